"""Notes, highlights, passage bookmarks and jump marks, and the passages they belong to."""

from library.annotations.anchors import ArticleAnchors, Reanchoring, anchored, reanchored
from library.annotations.quotes import find_quote, quote_at

__all__ = ["ArticleAnchors", "Reanchoring", "anchored", "find_quote", "quote_at", "reanchored"]
