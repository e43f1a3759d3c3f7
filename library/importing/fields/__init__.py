"""Reads article fields from text: headline, byline, dates, front matter."""
