"""The content of the article list: query, order and count."""
