"""The terminal: input, output, pictures, glyphs, and everything that uses private parts of Textual."""
