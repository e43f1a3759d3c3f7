"""Finding articles: the query language, its meaning, and the order of what is found."""

from library.search.counts import day_counts, tag_counts
from library.search.evaluate import Corpus, find, find_annotations, word_patterns
from library.search.front import first_articles
from library.search.index import LiveIndex
from library.search.syntax import parse_query
from library.search.tree import Query

__all__ = [
    "Corpus",
    "LiveIndex",
    "Query",
    "day_counts",
    "find",
    "find_annotations",
    "first_articles",
    "parse_query",
    "tag_counts",
    "word_patterns",
]
