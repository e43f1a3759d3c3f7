"""The notebook: every note, highlight and bookmark of the library."""
