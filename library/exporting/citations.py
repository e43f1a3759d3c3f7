"""Cites an article or a quote from it as plain text, Markdown, BibTeX or APA.

APA follows the Publication Manual of the American Psychological Association, 7th edition (2020), 9.7 to 9.15
(authors and dates) and 10.16 (web pages and websites). BibTeX is the entry type ``@misc``.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from enum import StrEnum
from urllib.parse import quote as percent_encoded

from library.models import Article
from library.text.case_folding import fold, is_unspaced
from library.text.cleaning import TITLE_LIMIT, clean_line, clean_text, is_openable

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~&])")
_LATEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", **{char: f"\\{char}" for char in "#$%&_"},
}  # fmt: skip
_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|[IVX]+")
_MOST_AUTHORS = 20
_BIBTEX_KEY = re.compile(r"[^a-z0-9]+")


class CitationFormat(StrEnum):
    """The formats of a citation."""

    PLAIN = "plain"
    MARKDOWN = "markdown"
    BIBTEX = "bibtex"
    APA = "apa"


def cite(article: Article, form: CitationFormat, words: str = "") -> str:
    """Return the article's citation, after the quoted ``words`` if there are any; no newline at the end."""
    match form:
        case CitationFormat.PLAIN:
            return _plain(article, _paragraphs(words))
        case CitationFormat.MARKDOWN:
            return _markdown(article, _paragraphs(words))
        case CitationFormat.BIBTEX:
            return _bibtex(article, _paragraphs(words))
        case CitationFormat.APA:
            return _apa(article, _paragraphs(words))


def _paragraphs(words: str) -> list[str]:
    """Return the paragraphs of a quote, each on one line."""
    return [" ".join(one.split()) for one in re.split(r"\n\s*\n", clean_text(words)) if one.strip()]


def _line(text: str) -> str:
    return clean_line(text, TITLE_LIMIT)


def _authors(article: Article) -> list[str]:
    """Return the authors, otherwise the agency; empty if nobody is named."""
    named = [_line(name) for name in article.authors or (article.agency,)]
    return [name for name in named if name]


def _day(article: Article) -> date | None:
    """Return the day of publication, in the time zone that the source gave."""
    return article.published and date(article.published.year, article.published.month, article.published.day)


def _long_date(day: date | None) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if day else "no date"


def _listed(names: list[str], last: str) -> str:
    """Join names as in ``A, B and C``; ``last`` is the separator before the last name."""
    return last.join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)


def _plain(article: Article, words: list[str]) -> str:
    about = [
        _listed(_authors(article), " and "),
        f"“{_line(article.title)}”",
        _line(article.source),
        _long_date(_day(article)),
        _line(article.url),
    ]
    citation = ", ".join(part for part in about if part)
    quoted = "\n\n".join(words)
    return f"“{quoted}”\n— {citation}" if words else citation


def _markdown(article: Article, words: list[str]) -> str:
    title = escape_markdown(_line(article.title))
    if is_openable(article.url):
        title = f"[{title}]({percent_encoded(article.url, safe=_ADDRESS_SAFE)})"
    source = _line(article.source)
    about = [
        escape_markdown(_listed(_authors(article), " and ")),
        title,
        f"*{escape_markdown(source)}*" if source else "",
        _long_date(_day(article)),
    ]
    citation = ", ".join(part for part in about if part)
    if not words:
        return citation
    return "\n>\n".join([f"> {escape_markdown(one)}" for one in words] + [f"> — {citation}"])


_ADDRESS_SAFE = "/:?#[]@!$&'*+,;=%~-._"
"""Characters that are not escaped in an address between parentheses."""


def escape_markdown(text: str) -> str:
    """Escape Markdown's special characters in ``text``, also those that are special at a line's start."""
    escaped = _MARKDOWN.sub(r"\\\1", text)
    return re.sub(r"^(\d{1,9})([.)])|^([-+=])", r"\1\\\2\3", escaped)


def _bibtex(article: Article, words: list[str]) -> str:
    day, authors = _day(article), _authors(article)
    persons = (
        [_bibtex_name(name) for name in authors] if article.authors else [f"{{{_latex(n)}}}" for n in authors]
    )
    fields = {
        "author": " and ".join(persons),
        "title": f"{{{_latex(_line(article.title))}}}",
        "howpublished": _latex(_line(article.source)),
        "year": str(day.year) if day else "",
        "month": _MONTHS[day.month - 1][:3].lower() if day else "",
        "day": str(day.day) if day else "",
        "url": percent_encoded(_line(article.url), safe=_ADDRESS_SAFE + "()"),
        "annote": _latex(" ".join(words)),
    }
    lines = [
        f"  {name} = {value if name == 'month' else f'{{{value}}}'},"
        for name, value in fields.items()
        if value
    ]
    return "\n".join((f"@misc{{{_bibtex_key(article, authors, day)},", *lines, "}"))


def _latex(text: str) -> str:
    return "".join(_LATEX.get(char, char) for char in text)


def _bibtex_name(name: str) -> str:
    """Return ``Roe, Jane``; in braces if the family name is unknown or BibTeX would split the name."""
    family, given, suffix = _name_parts(name)
    parts = [_latex(part) for part in (family, suffix, given) if part]
    if not given or any(re.search(r"\band\b|,", part, re.IGNORECASE) for part in parts):
        return f"{{{_latex(name)}}}"
    return ", ".join(parts)


def _bibtex_key(article: Article, authors: list[str], day: date | None) -> str:
    """Return ``roe2021sd5d``: a name, the year, and the beginning of the article's id."""
    name = _name_parts(authors[0])[0] if authors else article.source
    ascii_name = unicodedata.normalize("NFKD", fold(name)).encode("ascii", "ignore").decode()
    return f"{_BIBTEX_KEY.sub('', ascii_name) or 'article'}{day.year if day else ''}{article.id[:4]}"


def _apa(article: Article, words: list[str]) -> str:
    names = _authors(article)
    who = _apa_authors([_apa_name(name) for name in names] if article.authors else names)
    day = _day(article)
    when = f"({day.year}, {_MONTHS[day.month - 1]} {day.day})." if day else "(n.d.)."
    title = _ended(_line(article.title))
    source = _line(article.source) if _line(article.source) not in names else ""
    head = f"{_ended(who)} {when} {title}" if who else f"{title} {when}"
    reference = " ".join(part for part in (head, _ended(source), _line(article.url)) if part)
    if not words:
        return reference
    short = _apa_short([_name_parts(name)[0] for name in names] if article.authors else names)
    short = short or f"“{_line(article.title)}”"
    return f"“{' '.join(words)}” ({short}, {day.year if day else 'n.d.'})\n\n{reference}"


def _apa_authors(names: list[str]) -> str:
    if len(names) > _MOST_AUTHORS:
        return f"{', '.join(names[: _MOST_AUTHORS - 1])}, … {names[-1]}"
    return _listed(names, ", & ")


def _apa_short(names: list[str]) -> str:
    """Return the authors for a citation in the text: ``Roe``, ``Roe & Li``, ``Roe et al.``"""
    return f"{names[0]} et al." if len(names) > 2 else " & ".join(names)


def _apa_name(name: str) -> str:
    """Return ``Roe, J. A.``, or the unchanged name in a script without such initials."""
    family, given, suffix = _name_parts(name)
    initials = " ".join(
        "-".join(f"{part[0]}." for part in word.split("-") if part) for word in given.split() if word
    )
    return ", ".join(part for part in (family, initials, suffix) if part)


def _name_parts(name: str) -> tuple[str, str, str]:
    """Split a name into family name with particles, given names, and a suffix such as ``Jr.``.

    The whole name is the family name if it is one word, or if its script does not show the parts.
    """
    name = name.strip()
    if is_unspaced(name) or unicodedata.bidirectional(name[:1]) in ("R", "AL"):
        return name, "", ""
    if "," in name:
        family, _, rest = (part.strip() for part in name.partition(","))
        if not _SUFFIX.fullmatch(rest):
            return family, rest, ""
        name, suffix = family, rest
    else:
        suffix = ""
    words = name.split()
    if len(words) > 2 and not suffix and _SUFFIX.fullmatch(words[-1]):
        suffix = words.pop()
    first = len(words) - 1
    while first > 1 and words[first - 1].islower():
        first -= 1
    if len(words) < 2:
        return name, "", suffix
    return " ".join(words[first:]), " ".join(words[:first]), suffix


def _ended(text: str) -> str:
    """Return ``text`` with a full stop, unless it already ends a sentence."""
    return text if not text or text[-1] in ".!?。！？…" else f"{text}."
