"""Finding articles: the query language, its meaning, and the order of what is found."""

from library.search.evaluate import Corpus, find, find_annotations
from library.search.syntax import parse_query
from library.search.tree import Query

__all__ = ["Corpus", "Query", "find", "find_annotations", "parse_query"]
