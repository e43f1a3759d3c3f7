"""Tags as things of their own: families, renaming, colours, rules, and what an article may be tagged with."""

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
