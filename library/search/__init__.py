"""Search: runs queries over the articles and orders the results."""

from library.search.annotations import annotation_days, find_annotations
from library.search.counts import day_counts, same_day_counts, tag_counts
from library.search.facts import LiveIndex, fold_tag
from library.search.first_page import first_articles
from library.search.fulltext.index import FullText, WordIndex
from library.search.fulltext.records import Records
from library.search.plan import carried_out, find, find_at_once
from library.search.predicates import Corpus, Stoppable
from library.search.snippets import snippet_of
from library.search.word_patterns import headline_patterns, word_patterns

__all__ = [
    "Corpus",
    "FullText",
    "LiveIndex",
    "Records",
    "Stoppable",
    "WordIndex",
    "annotation_days",
    "carried_out",
    "day_counts",
    "find",
    "find_annotations",
    "find_at_once",
    "first_articles",
    "fold_tag",
    "headline_patterns",
    "same_day_counts",
    "snippet_of",
    "tag_counts",
    "word_patterns",
]
