"""Exporting articles from the reader."""
