"""Which articles are listed, in which order."""
