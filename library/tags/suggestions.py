"""Suggests tags for an article, each with a reason. Nothing is changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from library.search.facts import fold_tag
from library.tags.keywords import calendar_words, keywords, singular, stop_words
from library.tags.values import TagSuggestion
from library.text.case_folding import fold, is_unspaced
from library.text.document import BlockKind, Document, SpanStyle
from library.text.language import guess_language
from library.text.tag_names import clean_tags

OWN_LIMIT, KEYWORD_LIMIT = 8, 5
"""Maximum number of suggested tags of the reader, and of suggested words that stand out."""

SAMPLE = 60_000
"""Maximum number of characters of a text that are examined."""

FROM_SOURCE = "came with the article"
IN_HEADLINE, IN_TEXT = "a tag of yours, in the headline", "a tag of yours, in the text"
STANDS_OUT = "stands out in the text"

_NO_WORDS = ";"

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
    """Suggest existing tags, then other tags of the source, then words that stand out.

    Nothing is suggested twice in singular and plural, or if the article carries its plural or singular.
    Weekdays and months are suggested only if they are tags already.

    ``used`` are the tags of the library, folded → as written; ``known`` the documents of the table of tags,
    which record the new names of renamed tags.
    """
    text = article.text[:SAMPLE]
    language = article.language or guess_language(text)
    said, calendar = stop_words(language), calendar_words(language)
    carried = {fold_tag(tag) for tag in article.carried}
    proposed = [
        *_from_source(article.source, used, known),
        *_own(article.title, text, used, said, carried),
        *_standing_out(article.title, text, said, used, calendar),
    ]
    new = [each for each in proposed if fold_tag(each.tag) not in used]
    old = [each for each in proposed if fold_tag(each.tag) in used]
    found: list[TagSuggestion] = []
    taken = set(map(_twin, article.carried))
    for each in (*old, *(each for each in new if fold_tag(each.tag) not in calendar)):
        if _twin(each.tag) not in taken:
            taken.add(_twin(each.tag))
            found.append(each)
    return found


def _twin(tag: str) -> str:
    """Return what a tag has in common with its plural."""
    return " ".join(map(singular, _as_words(fold_tag(tag).replace("/", " / ")).split()))


def prose(document: Document) -> str:
    """Return the text of ``document`` with a sign in place of each piece of code."""
    parts: list[str] = []
    end = 0
    code = [(block.start, block.end) for block in document.blocks if block.kind is BlockKind.CODE]
    code += [(span.start, span.end) for span in document.spans if span.style is SpanStyle.CODE]
    for start, after in sorted(code):
        if start >= end:
            parts += (document.text[end:start], _NO_WORDS)
        end = max(end, after)
    return "".join((*parts, document.text[end:]))


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
    title: str, text: str, said: frozenset[str], used: Mapping[str, str], calendar: frozenset[str]
) -> Iterator[TagSuggestion]:
    if not said:
        return  # without stop words, the most common words would stand out
    twins = {_twin(tag): tag for tag in used.values()}
    for word in clean_tags(keywords(title, text, said, KEYWORD_LIMIT, calendar)):
        yield TagSuggestion(used.get(fold_tag(word), twins.get(_twin(word), word)), STANDS_OUT)
