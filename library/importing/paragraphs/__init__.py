"""Paragraphs that a page break or a line end had cut."""
