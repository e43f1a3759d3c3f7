"""The article view: one article, set as a page."""
