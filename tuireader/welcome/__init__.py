"""The welcome at the first start: where things are, which keys, and articles to bring in."""
