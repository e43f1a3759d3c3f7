"""Imports articles from saved pages, dumps, Markdown, plain text and exports.

The heavy parsers are loaded when the first source needs them.
"""
