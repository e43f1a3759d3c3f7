"""Revisions: previous texts of an article, and what has changed since."""
