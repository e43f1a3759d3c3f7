"""Where notes and highlights stand in a text."""

from library.annotations.anchoring import find_quote, quote_at
from library.annotations.reanchoring import Reanchoring, anchored, reanchored

__all__ = ["Reanchoring", "anchored", "find_quote", "quote_at", "reanchored"]
