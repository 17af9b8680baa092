"""The stand-in for Slack, held against what Slack documents, with the real SDK and the real Bolt."""
