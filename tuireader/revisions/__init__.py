"""Revisions: the earlier texts of an article, and what has changed since."""
