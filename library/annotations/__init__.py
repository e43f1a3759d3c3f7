"""Where notes and highlights stand in a text."""

from library.annotations.anchors import ArticleAnchors, Reanchoring, anchored, reanchored
from library.annotations.quotes import find_quote, quote_at

__all__ = ["ArticleAnchors", "Reanchoring", "anchored", "find_quote", "quote_at", "reanchored"]
