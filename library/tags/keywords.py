"""Finds the key words of an article from its text, without the stop words of its language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from runpy import run_path
from typing import NamedTuple, cast

from library.query.dates import WEEKDAYS
from library.text.case_folding import LETTER, fold, is_unspaced

LONGEST_PHRASE = 3
"""Maximum number of words in a keyword."""

_CAPITALS = 0.7
"""Bonus of a keyword that is always capitalised inside sentences, as names are."""

_EARLY = 60
"""Number of words after which the bonus for an early position is halved; the first word counts twice."""

_HEADLINE = 1.5
"""Factor of words of the headline."""

_PHRASE, _NAME, _SAID_ONCE = 1.4, 2.6, 0.5
"""Factors of phrases compared with single words, of phrases that are names, and of those that occur once."""

_FEW_CAPITALS, _TERM = 0.03, 4.2
"""A text with a smaller share of capitals inside sentences has terms rather than names: there, phrases get
this factor, also those that occur once."""

_FEW_LETTERS, _SHORT = 4, 0.5
"""Words of up to this many letters get this factor unless they are names; most are function words."""

_INSIDE = frozenset([",", "(", ")", "-"])
"""Signs that do not end a sentence."""

_INTERFACE = frozenset({
    "alt", "backspace", "ctrl", "delete", "enter", "esc", "escape", "press", "shift", "tab", "scroll",
    "advertisement", "click", "comment", "cookie", "download", "email", "home", "log", "login", "logout",
    "menu", "newsletter", "page", "print", "search", "share", "sign", "subscribe", "subscription",
    "article", "bookmark", "command", "file", "filter", "folder", "key", "list", "note", "read", "reading",
    "toolbar",
})  # fmt: skip
"""Singulars of words of keys, of page furniture and of this program. A keyword of nothing else is none."""

_MISSING = {
    "en": frozenset({
        "me", "my", "myself", "our", "ours", "ourselves", "your", "yours", "hers", "whom", "am", "above",
        "below", "here", "why", "nor", "too", "don", "says",
    }),
}  # fmt: skip
"""Function words that a list of jusText lacks."""

_LANGUAGE = re.compile("[a-z]{2,3}")
"""A language whose table of dates may be read; the language of an article is text from outside."""

_word = re.compile(rf"{LETTER}+(?:['’\-.]{LETTER}+)*")
_between = re.compile(r"[ \t]*\n?[ \t]*")
_elided = re.compile(r"^(?:[cdjlmnst]|qu)['’](?=\w)|['’]s$", re.IGNORECASE)


def singular(word: str) -> str:
    """Return the folded ``word`` without a plural ending, so that “flood” and “floods” are equal.

    The result need not be a word. It serves for comparing only.
    """
    if len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith(("s", "aux", "eux", "oux")) else word


class _Token(NamedTuple):
    folded: str
    written: str
    place: int
    begins: bool
    """True at the start of a sentence and in the headline, where a capital means nothing."""

    @property
    def capital(self) -> bool:
        return self.written[:1].isupper()


Phrase = tuple[str, ...]


@dataclass
class _Seen:
    """The position, the counts and the spellings of a phrase in the text."""

    first: int
    count: int = 0
    inside: int = 0
    """Number of occurrences that are more than the first word of a sentence."""
    capitals: int = 0
    spelled: Counter[str] = field(default_factory=Counter)


def keywords(
    title: str, text: str, stop_words: Set[str], limit: int, calendar: Set[str] = frozenset()
) -> list[str]:
    """Return the words and names that stand out, the best first, as written.

    Frequent, early and capitalised words count more, and a plural counts as its singular. ``stop_words`` and
    ``calendar`` are folded; words of the calendar and of interfaces are no keywords alone. Words of scripts
    without spaces are left out.
    """
    seen: dict[Phrase, _Seen] = {}
    headline = sum(1 for _ in _word.finditer(title))
    inside = capitals = 0
    for run in _runs(f"{title}.\n\n{text}", headline, stop_words):
        telling = [token for token in run if not token.begins]
        inside += len(telling)
        capitals += sum(token.capital for token in telling)
        for start in range(len(run)):
            for end in range(start + 1, min(len(run), start + LONGEST_PHRASE) + 1):
                _note(seen, run[start:end])
    terms = capitals < _FEW_CAPITALS * inside
    alone = {*map(singular, calendar), *_INTERFACE}
    scores = {
        phrase: _score(phrase, each, headline, terms=terms)
        for phrase, each in seen.items()
        if not alone.issuperset(phrase)
    }
    ranked = sorted(scores, key=lambda phrase: (-scores[phrase], seen[phrase].first))
    chosen: list[Phrase] = []
    for phrase in ranked:
        if len(chosen) == limit:
            break
        if not any(set(phrase) <= set(other) or set(other) <= set(phrase) for other in chosen):
            chosen.append(phrase)
    return [seen[phrase].spelled.most_common(1)[0][0] for phrase in chosen]


def _runs(text: str, headline: int, stop_words: Set[str]) -> Iterator[list[_Token]]:
    """Yield runs of words between stop words, signs and paragraphs; the headline has ``headline`` words."""
    run: list[_Token] = []
    end = 0
    for place, match in enumerate(_word.finditer(text)):
        between, end = text[end : match.start()], match.end()
        apart = _between.fullmatch(between) is None or place == 0
        if apart and run:
            yield run
            run = []
        word = _elided.sub("", match[0])
        begins = place < headline or (apart and between.strip() not in _INSIDE)
        token = _Token(fold(word), word, place, begins)
        if _says_something(token, stop_words):
            run.append(token)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _says_something(token: _Token, stop_words: Set[str]) -> bool:
    return (
        len(token.folded) > 1
        and token.folded not in stop_words
        and any(map(str.isalpha, token.folded))
        and not is_unspaced(token.folded)
    )


def _note(seen: dict[Phrase, _Seen], tokens: list[_Token]) -> None:
    phrase = tuple(singular(token.folded) for token in tokens)
    found = seen.setdefault(phrase, _Seen(tokens[0].place))
    telling = [token for token in tokens if not token.begins]
    found.count += 1
    found.inside += bool(telling)
    found.capitals += bool(telling) and all(token.capital for token in tokens)
    found.spelled[" ".join(token.written for token in tokens)] += bool(telling)


def _score(phrase: Phrase, seen: _Seen, headline: int, *, terms: bool) -> float:
    names = seen.capitals / seen.inside if seen.inside else 0.0
    score = seen.count * (1 + _CAPITALS * names) * (1 + _EARLY / (_EARLY + seen.first))
    if seen.first < headline:
        score *= _HEADLINE
    if len(phrase) > 1 and terms:
        return score * _TERM
    if len(phrase) > 1:
        score *= _PHRASE + (_NAME - _PHRASE) * names
        return score * (_SAID_ONCE if seen.count == 1 else 1)
    return score * _SHORT if len(phrase[0]) <= _FEW_LETTERS and not names else score


_LISTS = {
    "af": "Afrikaans", "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian",
    "bn": "Bengali", "bs": "Bosnian", "ca": "Catalan", "cs": "Czech", "cy": "Welsh", "da": "Danish",
    "de": "German", "el": "Greek", "en": "English", "eo": "Esperanto", "es": "Spanish", "et": "Estonian",
    "eu": "Basque", "fa": "Persian", "fi": "Finnish", "fr": "French", "ga": "Irish", "gl": "Galician",
    "gu": "Gujarati", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian",
    "hy": "Armenian", "id": "Indonesian", "is": "Icelandic", "it": "Italian", "ka": "Georgian",
    "kk": "Kazakh", "kn": "Kannada", "ko": "Korean", "lb": "Luxembourgish", "lt": "Lithuanian",
    "lv": "Latvian", "mk": "Macedonian", "ml": "Malayalam", "mr": "Marathi", "ms": "Malay",
    "mt": "Maltese", "ne": "Nepali", "nl": "Dutch", "nb": "Norwegian_Bokmal", "nn": "Norwegian_Nynorsk",
    "no": "Norwegian_Bokmal", "pa": "Western_Panjabi", "pl": "Polish", "pt": "Portuguese",
    "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "sq": "Albanian",
    "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "te": "Telugu", "tl": "Tagalog",
    "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "uz": "Uzbek", "vi": "Vietnamese", "yo": "Yoruba",
}  # fmt: skip
"""ISO 639-1 → name of the list in jusText."""


@cache
def stop_words(language: str) -> frozenset[str]:
    """Return the folded stop words of ``language`` (ISO 639-1) from jusText; empty if it has none."""
    name = _LISTS.get(language)
    if name is None:
        return frozenset()
    from justext import get_stoplist

    return frozenset(fold(word) for word in get_stoplist(name)) | _MISSING.get(language, frozenset())


_DAYS_AND_MONTHS = (
    *WEEKDAYS, "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip


@cache
def calendar_words(language: str) -> frozenset[str]:
    """Return the folded names of weekdays and months in ``language`` and English, without short forms."""
    found = set(_DAYS_AND_MONTHS)
    known = _dates_of(language) if _LANGUAGE.fullmatch(language) else {}
    for name in _DAYS_AND_MONTHS:
        forms = [fold(form) for form in known.get(name, ())]
        longest = max(map(len, forms), default=0)
        found.update(form for form in forms if len(form) > 3 or len(form) == longest)
    return frozenset(found)


def _dates_of(language: str) -> Mapping[str, list[str]]:
    """Return dateparser's table of ``language``, without importing the package; empty if it has none."""
    package = find_spec("dateparser")
    if package is None or package.origin is None:
        return {}
    table = Path(package.origin).parent / "data" / "date_translation_data" / f"{language}.py"
    if not table.is_file():
        return {}
    return cast(Mapping[str, list[str]], run_path(str(table))["info"])
