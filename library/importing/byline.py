"""Reads the byline: who wrote an article, and for which agency."""

from __future__ import annotations

import re
from dataclasses import dataclass

from library.importing.agencies import agency_named
from library.importing.escapes import plain_text
from library.importing.wordlist import word_set
from library.text.cleaning import AUTHOR_LIMIT, clean_line

LINE_LIMIT = 400

_LABEL = re.compile(
    r"(?:written by|reported by|by|von|par|por|door|da|di|av|af|od|autor(?:in|en|es|a)?|autore|auteurs?"
    r"|authors?|text[eo]?|tekst|автор(?:ы|и)?|текст|文|記者|기자|作者)(?P<colon>\s*[:：])?\s+",
    re.IGNORECASE,
)
_CERTAIN_LABEL = re.compile(r"(?:written by|reported by|by)\b", re.IGNORECASE)
_LINK = re.compile(r"\[(?P<text>(?:\\.|[^\[\]\\])*)\]\((?:\\.|[^)\\])*\)")
_JOINING = re.compile(
    r"\s+(?:and|und|et|y|e|og|och|ja|i|и|та|és|en|a|ir|un|și|si|ve|dan|và|και|в|&|\+)\s+|\s*&\s*|、|，|・"
)
_FOR_AGENCY = re.compile(
    r"(?:\s+(?:for|of|with|via|für|mit(?: Material von)?|pour|avec|para|con|per|voor|met|för|dla|pro|для"
    r"|in)\s+(?:the\s+)?|\s*[,/|;–—]\s*|\s+-\s+|\s*\(\s*)(?P<agency>[^,/|;()]+?)\s*\)?\s*$",
    re.IGNORECASE,
)
_PARTICLES = word_set(
    """
    de da do dos das di del della van von der den ter ten te la le el al bin bint ibn abu ben zu zur
    vom af av y e i 't d' o' mac st san
    """
)
_NOT_IN_NAMES = word_set(
    """
    the news staff team desk agency press times post redaktion editorial editors editor board
    redacción redação rédaction redazione redactie redakcja redakce reporter reporters correspondent
    correspondents writer writers journal herald tribune magazine media tv radio online digital
    office bureau service services network group figaro monde mundo país zeitung presse nachrichten
    weekly daily today le la les los las die der das il lo gli het een der een el agencies agenturen
    agences agencias agenzie
    """
)
_ROLES = word_set(
    """
    reporter correspondent editor writer staff columnist contributor journalist producer
    photographer analyst redakteur redakteurin korrespondent korrespondentin journaliste
    correspondant correspondante corresponsal periodista inviato giornalista redacteur verslaggever
    """
)
_EAST_ASIAN_NAME = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]{2,5}")


@dataclass(frozen=True, slots=True)
class Byline:
    """The authors in their order, and the agency (empty where none is named)."""

    authors: tuple[str, ...] = ()
    agency: str = ""


def looks_like_person(text: str) -> bool:
    """Whether ``text`` has the shape of one person's name: two to five capitalised words."""
    if _EAST_ASIAN_NAME.fullmatch(text):
        return True
    words = text.split()
    if not 2 <= len(words) <= 5 or any(character.isdigit() for character in text):
        return False
    if any(word.casefold().strip(".") in _NOT_IN_NAMES for word in (words[0], words[-1])):
        return False
    if any(agency_named(word) for word in words):
        return False
    return (
        all(word[0].isupper() or word.casefold() in _PARTICLES for word in words) and words[-1][0].isupper()
    )


def _people(text: str) -> tuple[str, ...]:
    """``text`` split into persons where each part has the shape of a name, else ``text`` whole."""
    parts = [part.strip() for part in re.split(r"\s*[,;]\s*", text)]
    parts = [name.strip() for part in parts for name in _JOINING.split(part)]
    parts = [part for part in parts if part]
    return tuple(parts) if len(parts) > 1 and all(map(looks_like_person, parts)) else (text,)


def _without_roles(text: str) -> str:
    """“Jane Roe, Staff Writer” without what comes after the name, where that says an office."""
    head, comma, tail = text.partition(",")
    last = tail.split()[-1].casefold() if tail.split() else ""
    return head.strip() if comma and last in _ROLES and looks_like_person(head.strip()) else text


def _read_field(text: str) -> Byline:
    """One field of the byline, such as the text of one link."""
    text = text.strip(" ,;|")
    whole = agency_named(text)
    if not text or whole:
        return Byline((text,) if text else (), whole)
    match = _FOR_AGENCY.search(text)
    if match is not None and (agency := agency_named(match["agency"])):
        rest = text[: match.start()].strip(" ,;|")
        if looks_like_person(rest) or len(_people(rest)) > 1:
            return Byline(_people(rest), agency)
        return Byline((text,), agency)
    parts = _JOINING.split(text)
    agency = next((found for part in parts[1:] if (found := agency_named(part))), "")
    return Byline((text,) if agency else _people(_without_roles(text)), agency)


def _fields(text: str) -> list[str]:
    """The link texts of a byline, and what stands between them and names somebody."""
    fields, end = [], 0
    for match in _LINK.finditer(text):
        fields += [text[end : match.start()], match["text"]]
        end = match.end()
    fields.append(text[end:])
    cleaned = (clean_line(plain_text(field), LINE_LIMIT).strip(" ,;|&–—-") for field in fields)
    return [field for field in cleaned if any(character.isalpha() for character in field)]


def _drop_connecting(fields: list[str]) -> list[str]:
    joining = re.compile(r"(?:and|und|et|y|e|og|och|i|и|for|with|in|ja|en|a)", re.IGNORECASE)
    return [re.sub(r"^(?:for|für|pour|para|per|and|mit|with)\s+", "", field) for field in fields
            if not joining.fullmatch(field)]  # fmt: skip


def parse_byline(line: str) -> Byline | None:
    """Who wrote the article, if ``line`` is a byline such as ``By [Jane Roe for AFP](#)``; else None.

    “By” counts by itself; labels of other languages only before a colon, a link or names of persons.
    """
    text = line.strip().strip("*_").strip()
    label = _LABEL.match(text)
    if label is None or len(text) > LINE_LIMIT or "\n" in text:
        return None
    rest = text[label.end() :].strip("* ")
    linked = bool(_LINK.match(rest))
    fields = _drop_connecting(_fields(rest)) if linked else [plain_text(rest)]
    read = [_read_field(clean_line(field, LINE_LIMIT)) for field in fields]
    authors = tuple(author for byline in read for author in byline.authors)
    if not linked and not _says_names(text, authors, certain=bool(label["colon"])):
        return None
    return _joined(read, linked and len(_LINK.findall(rest)) > 0)


def _says_names(text: str, authors: tuple[str, ...], *, certain: bool) -> bool:
    """Whether a byline without links is one at all, and not a sentence that begins with “By”."""
    if not authors or (text.endswith((".", "!", "?", ":")) and not certain):
        return False
    if all(looks_like_person(author) or agency_named(author) for author in authors):
        return True
    words = text.split()
    capitals = sum(word[0].isupper() for word in words[1:])
    return (certain or bool(_CERTAIN_LABEL.match(text))) and len(words) <= 8 and capitals * 2 > len(words) - 1


def _joined(read: list[Byline], linked: bool) -> Byline:
    """All fields together; an agency beside persons is no author, alone it is the author."""
    agency = next((byline.agency for byline in read if byline.agency), "")
    named = [author for byline in read for author in byline.authors]
    people = [author for author in named if not agency_named(author)]
    if linked and len(read) > 1:
        named = people or named
    authors = dict.fromkeys(clean_line(author, AUTHOR_LIMIT) for author in named)
    return Byline(tuple(author for author in authors if author), agency)
