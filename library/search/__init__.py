"""Finding articles: the query language, its meaning, and the order of what is found."""

from library.search.annotated import annotation_days, find_annotations
from library.search.canonical import canonical
from library.search.corpora import Stoppable
from library.search.counts import day_counts, same_day_counts, tag_counts
from library.search.dates import MONDAY
from library.search.evaluate import Corpus
from library.search.found import find_at_once
from library.search.front import first_articles
from library.search.fulltext import FullText, WordIndex
from library.search.index import LiveIndex, fold_tag
from library.search.patterns import headline_patterns, word_patterns
from library.search.periods import Period, days_value, period_of, shifted, shifted_months
from library.search.plan import carried_out, find
from library.search.records import Records
from library.search.related import particular_words, related_articles
from library.search.slots import open_ended
from library.search.snippets import snippet_of
from library.search.syntax import parse_query, saved_uses, tag_uses
from library.search.tree import Query, looks_for_words
from library.search.while_typing import finished, so_far

__all__ = [
    "MONDAY",
    "Corpus",
    "FullText",
    "LiveIndex",
    "Period",
    "Query",
    "Records",
    "Stoppable",
    "WordIndex",
    "annotation_days",
    "canonical",
    "carried_out",
    "day_counts",
    "days_value",
    "find",
    "find_annotations",
    "find_at_once",
    "finished",
    "first_articles",
    "fold_tag",
    "headline_patterns",
    "looks_for_words",
    "open_ended",
    "parse_query",
    "particular_words",
    "period_of",
    "related_articles",
    "same_day_counts",
    "saved_uses",
    "shifted",
    "shifted_months",
    "snippet_of",
    "so_far",
    "tag_counts",
    "tag_uses",
    "word_patterns",
]
