"""Where notes and highlights stand in a text."""

from library.annotations.anchoring import find_quote, quote_at, reanchored

__all__ = ["find_quote", "quote_at", "reanchored"]
