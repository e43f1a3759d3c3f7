"""Text processing: cleaning, parsing, measuring and layout."""
