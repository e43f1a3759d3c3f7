"""Joins paragraphs that were split by page breaks or line ends."""
