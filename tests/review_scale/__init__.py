"""The report of a corpus far larger than ours: how long a browser takes to show it."""
