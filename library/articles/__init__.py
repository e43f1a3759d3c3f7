"""Articles: reading their texts, marking them, and library statistics."""
