"""Articles: reading their texts, marking them, and where they stand in the library."""
