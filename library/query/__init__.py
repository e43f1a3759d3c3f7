"""The query language: parsing of text into queries, and formatting of queries as text."""

from library.query.dates import MONDAY, Period, days_value, period_of, shifted, shifted_months
from library.query.formatting import canonical
from library.query.parser import parse_query, saved_uses, tag_uses
from library.query.tree import Query, looks_for_words
from library.query.unfinished import finished, open_ended, so_far

__all__ = [
    "MONDAY",
    "Period",
    "Query",
    "canonical",
    "days_value",
    "finished",
    "looks_for_words",
    "open_ended",
    "parse_query",
    "period_of",
    "saved_uses",
    "shifted",
    "shifted_months",
    "so_far",
    "tag_uses",
]
