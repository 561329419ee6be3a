"""People and machines that fail: what is killed, filled up or edited by hand loses nothing."""
