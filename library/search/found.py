"""What can be told of a query without reading a text."""

from __future__ import annotations

from library.models import Found
from library.query.tree import Query
from library.search.corpora import Unread
from library.search.facts import ArticleIndex
from library.search.fulltext.index import WordIndex
from library.search.plan import find
from library.search.predicates import Corpus


def find_at_once(query: Query, corpus: Corpus, index: ArticleIndex, words: WordIndex | None) -> Found:
    """What ``query`` finds by the index of words, titles and notes, and how many texts it would have read."""
    unread = Unread(corpus)
    ids = find(query, unread, index, words)
    return Found(tuple(ids), len(unread.passed_over))
