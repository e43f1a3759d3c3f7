"""The article list: rows of which only the visible ones are drawn."""
