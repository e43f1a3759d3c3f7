"""Tags: families, renaming, colours, rules and suggestions."""

from library.query.formatting import tag_term, tags_query
from library.tags.values import (
    RelatedTag,
    TagChange,
    TagFamily,
    TagRule,
    TagSuggestion,
    UnusedTag,
)

__all__ = [
    "RelatedTag",
    "TagChange",
    "TagFamily",
    "TagRule",
    "TagSuggestion",
    "UnusedTag",
    "tag_term",
    "tags_query",
]
