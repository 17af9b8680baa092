"""The page of the rehearsal, looked at in a headless browser."""
