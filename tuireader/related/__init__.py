"""Related articles: the others of a story, articles of a similar matter, and both by their days."""
