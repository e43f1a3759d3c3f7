"""Suggests tags for an article, each with a reason. Nothing is changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from library.search.facts import fold_tag
from library.tags.keywords import keywords, stop_words
from library.tags.values import TagSuggestion
from library.text.case_folding import fold, is_unspaced
from library.text.language import guess_language
from library.text.tag_names import clean_tags

OWN_LIMIT, KEYWORD_LIMIT = 8, 5
"""Maximum number of suggested tags of the reader, and of suggested words that stand out."""

SAMPLE = 60_000
"""Maximum number of characters of a text that are examined."""

FROM_SOURCE = "came with the article"
IN_HEADLINE, IN_TEXT = "a tag of yours, in the headline", "a tag of yours, in the text"
STANDS_OUT = "stands out in the text"

_apart = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagless:
    """The article to examine: its ``title``, plain ``text`` and ``language`` (empty: to be guessed).

    ``carried`` are its tags, ``source`` those with which its file came.
    """

    title: str
    text: str
    language: str
    carried: tuple[str, ...]
    source: tuple[str, ...]


def suggestions(
    article: Tagless, used: Mapping[str, str], known: Mapping[str, Mapping[str, Any]]
) -> list[TagSuggestion]:
    """Suggest the source's own tags, the reader's tags that occur in the text, then words that stand out.

    ``used`` are the tags of the library, folded → as written; ``known`` the documents of the table of tags,
    which record the new names of renamed tags.
    """
    text = article.text[:SAMPLE]
    said = stop_words(article.language or guess_language(text))
    found: dict[str, TagSuggestion] = {}
    carried = {fold_tag(tag) for tag in article.carried}
    for each in (
        *_from_source(article.source, used, known),
        *_own(article.title, text, used, said, carried),
        *_standing_out(article.title, text, said, used),
    ):
        if fold_tag(each.tag) not in carried:
            found.setdefault(fold_tag(each.tag), each)
    return list(found.values())


def _from_source(
    tags: Iterable[str], used: Mapping[str, str], known: Mapping[str, Mapping[str, Any]]
) -> Iterator[TagSuggestion]:
    for tag in tags:
        became: str | None = tag
        seen: set[str] = set()
        while became and fold_tag(became) not in used and fold_tag(became) not in seen:
            seen.add(fold_tag(became))
            document = known.get(fold_tag(became), {})
            if document.get("became") is None:
                break
            became = document["became"]
        if became:
            yield TagSuggestion(used.get(fold_tag(became), became), FROM_SOURCE)


def _own(
    title: str, text: str, used: Mapping[str, str], said: frozenset[str], carried: set[str]
) -> list[TagSuggestion]:
    headline, words = _as_words(title), _as_words(text)
    found = []
    for folded, tag in used.items():
        name = _as_words(folded.rpartition("/")[2]).strip()
        unspaced = is_unspaced(name)
        if not name or name in said or (len(name) < 2 and not unspaced) or folded in carried:
            continue
        wanted = name if unspaced else f" {name} "
        in_headline, times = wanted in headline, words.count(wanted)
        if in_headline or times:
            reason = IN_HEADLINE if in_headline else IN_TEXT
            found.append((not in_headline, -times, TagSuggestion(tag, reason)))
    found.sort(key=lambda each: (*each[:2], each[2].tag))
    return [each for _, _, each in found[:OWN_LIMIT]]


def _as_words(text: str) -> str:
    """Return the folded words of ``text`` with one space before, between and after them."""
    return f" {_apart.sub(' ', fold(text)).strip()} "


def _standing_out(
    title: str, text: str, said: frozenset[str], used: Mapping[str, str]
) -> Iterator[TagSuggestion]:
    if not said:
        return  # without stop words, the most common words would stand out
    for word in clean_tags(keywords(title, text, said, KEYWORD_LIMIT)):
        yield TagSuggestion(used.get(fold_tag(word), word), STANDS_OUT)
