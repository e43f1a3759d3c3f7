"""Citations of articles and quotes."""
