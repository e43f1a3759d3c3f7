"""The terminal: its input and output, its pictures and glyphs, and what of Textual is not public."""
