"""The renderers, looked at from outside: nothing a person said is lost, and no medium's limit is passed."""
