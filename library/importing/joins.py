"""Puts paragraphs together again that a page break had cut.

The rule was measured on 74 news articles in 17 languages with 208 breaks: precision 0.99, recall 0.92. A
paragraph goes on where the next one begins with a small letter, or where it ends in a comma, a bracket or a
word that asks for more; in scripts without capitals, where it lacks its full stop.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from library.importing.blocks import bold_line, is_running_text
from library.importing.wordlist import word_set
from library.text.language import function_words

PAGE_BREAK = "\f"
HEADER_LIMIT = 100
REPEATS = 3
UNCERTAIN_WORDS = 4
CASELESS_LENGTH = 40

_PAGE = (
    r"(?:page|seite|página|pagina|pàgina|страница|страниця|стр\.|str\.|strana|strona|stran|sida|side|sivu|oldal"
    r"|sayfa|puslapis|lappuse|σελίδα|halaman|trang|pág\.|pag\.|p\.|s\.|ページ|页|頁|페이지)"
)
_OF = r"(?:/|\||of|von|de|di|van|av|af|z|ze|iz|din|из|з|от|od|sur)"
_PAGE_LINE = re.compile(
    rf"(?:.{{1,80}}\s[|–—·•-]\s*)?[-–—\[(]?\s*{_PAGE}\s*\d{{1,4}}(?:\s*{_OF}\s*\d{{1,4}})?\s*[-–—\])]?"
    r"(?:\s*[|–—·•-]\s.{1,80})?",
    re.IGNORECASE,
)
_NUMBER_LINE = re.compile(r"[-–—\[(|]?\s*(?P<number>\d{1,3})(?:\s*/\s*\d{1,3})?\s*[-–—\])|]?")
_CLOSING = "\"'”’»›)]*_“ \u201c」』）》】"
_FINAL = frozenset(".!?…。！？؟।॥۔։።:;；：‽")
_OPENING = "\"'“”„‘’«»‹›([¿¡*_ 「『（"
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_UNPUNCTUATED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_HYPHENS = "-\u2010\u2011"
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:[A-Za-zÀ-ÿА-я]{1,3}|(?:[A-Za-z]\.)+[A-Za-z]|prof|approx|resp|abbr|incl)\.$", re.I
)
_HONORIFIC = re.compile(
    r"(?:^|[\s(])(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Capt|Sen|Rep|Gov|Rev|Fr|Hr|Sr|Sra|Mme|Mag|Ing)\.$"
)
_COMPOUND_FIRST = word_set(
    """
    self well non ex anti co pre post semi multi half mid all high low long short two three four
    five six seven eight nine ten one first second third part full cross so much great old new year
    ever far vice cease inter pro neo ultra over under off on by up in out left right north south
    east west anglo euro e t x
    """
)


@dataclass(frozen=True, slots=True)
class Joined:
    """The blocks after joining, and how many joins were made."""

    blocks: list[str]
    count: int


def join_paragraphs(blocks: list[str], language: str = "", title: str = "") -> Joined:
    """``blocks`` of Markdown without page numbers and running headers, cut paragraphs joined.

    ``\\f`` alone is a block that marks a sure page break. ``language`` (ISO 639-1) tells which words cannot
    end a paragraph. Headings, lists, quotes, tables, code, images and bold lines are never joined.
    """
    marks = _page_marks(blocks, language, title)
    words = Counter(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", " ".join(blocks).casefold()))
    kept: list[str] = []
    count = 0
    page_break = False
    for index, block in enumerate(blocks):
        if index in marks:
            page_break = True
            continue
        if kept and _goes_on(kept[-1], block, language, page_break):
            kept[-1] = _join(kept[-1], block, words)
            count += 1
        else:
            kept.append(block)
        page_break = False
    return Joined(kept, count)


def _page_marks(blocks: list[str], language: str, title: str) -> set[int]:
    """The indexes of the blocks that only say where a page ends: numbers, running headers, form feeds."""
    marks = {
        index for index, block in enumerate(blocks) if block == PAGE_BREAK or _PAGE_LINE.fullmatch(block)
    }
    headers = Counter(_header_key(block) for block in blocks)
    for index, block in enumerate(blocks):
        key = _header_key(block)
        if key and (headers[key] >= REPEATS or block.strip() == title):
            marks.add(index)
    return marks | _page_numbers(blocks, marks, language)


def _header_key(block: str) -> str:
    """What running headers of different pages have in common; empty for a block that is none."""
    line = block.strip()
    if "\n" in line or len(line) > HEADER_LIMIT or not is_running_text(block) or bold_line(block):
        return ""
    if not any(character.isalpha() for character in line) or _is_finished(line):
        return ""
    return re.sub(r"\d+", "0", line.casefold())


def _page_numbers(blocks: list[str], marks: set[int], language: str) -> set[int]:
    """The blocks that are bare numbers, if one of them stands in the middle of a sentence or at a page mark.

    Without such a witness they may number the parts of an essay, and stay.
    """
    numbers = {index for index, block in enumerate(blocks) if _NUMBER_LINE.fullmatch(block.strip())}
    for index in numbers:
        if index - 1 in marks or index + 1 in marks:
            return numbers
        if 0 < index < len(blocks) - 1 and _goes_on(blocks[index - 1], blocks[index + 1], language, True):
            return numbers
    return set()


def _bare_end(text: str) -> str:
    """``text`` without the quotation marks and brackets that close it."""
    return text.rstrip().rstrip(_CLOSING)


def _is_finished(left: str) -> bool:
    """Whether ``left`` ends as a sentence, or as a clause before a list does."""
    end = _bare_end(left)
    return not end or end[-1] in _FINAL


def _starts_small(right: str) -> bool:
    """Whether the first letter of ``right`` is a small one; a digit or a dash is no letter."""
    first = right.lstrip().lstrip(_OPENING)[:1]
    word = re.match(r"\w+", right.lstrip().lstrip(_OPENING))
    mixed = word is not None and any(character.isupper() for character in word.group()[1:3])
    return first.islower() and not mixed  # iPhone, eBay, uRejoice may begin a paragraph


def _is_caseless(text: str) -> bool:
    """Whether the letters at the end of ``text`` know no capitals."""
    letters = [character for character in text[-60:] if character.isalpha()]
    caseless = sum(unicodedata.category(character) == "Lo" for character in letters)
    return caseless * 2 > len(letters)


def _asks_for_more(left: str, language: str) -> bool:
    """Whether ``left`` ends in a comma, an open bracket or quote, or a word that cannot end a sentence."""
    text = left.rstrip()
    if text.endswith((",", "،", "、", "，", "(", "（", "[", "„", "«", "“")) and not text.endswith(
        (".“", "!“", "?“")
    ):
        opened = text[-1] in "“«"
        return not opened or text[-2:-1] in " :\n"
    if re.search(r"; \w{1,4}$", text):  # “; and”: an item of a list
        return False
    last = re.search(r"(?:^|\s)([^\W\d_]+(?:[’'][^\W\d_]*)?)$", text)
    return last is not None and last[1].casefold() in function_words(language or "en")


def _goes_on(left: str, right: str, language: str, page_break: bool) -> bool:
    """Whether ``right`` continues the paragraph ``left``; ``page_break``: a page is known to end between."""
    if not is_running_text(left) or not is_running_text(right):
        return False
    if _is_finished(left):
        small = _starts_small(right) and _ABBREVIATION.search(left.rstrip()) is not None
        return small or _HONORIFIC.search(left.rstrip()) is not None
    if _is_caseless(left):
        return _goes_on_caseless(left, page_break)
    if _starts_small(right):
        return True
    words = len(left.split())
    if words < UNCERTAIN_WORDS or not right.lstrip(_OPENING + "-–— ")[:1].isalnum():
        return False
    return _asks_for_more(left, language) or (page_break and words > 2 * UNCERTAIN_WORDS)


def _goes_on_caseless(left: str, page_break: bool) -> bool:
    """A long paragraph of sentences without the last full stop goes on; one alone may be a sub-heading.

    Thai and its kin have no full stop to miss.
    """
    if _UNPUNCTUATED.search(left[-20:]):
        return False
    return page_break or (len(left) >= CASELESS_LENGTH and re.search(r"[。.！？!?؟।]\s?\S", left) is not None)


def _is_hyphenated(left: str, right: str) -> bool:
    text = left.rstrip()
    return len(text) > 1 and text[-1] in _HYPHENS and text[-2].isalpha() and right[:1].islower()


def _join(left: str, right: str, words: Counter[str]) -> str:
    """The two parts as one paragraph, the word between them put together where it was divided."""
    left = left.rstrip()
    right = right.lstrip()
    if _is_hyphenated(left, right):
        return _without_hyphen(left, right, words)
    unspaced = _UNSPACED.match(left[-1:]) or left[-1:] in "、，。」"
    return left + right if unspaced and _UNSPACED.match(right[:1]) else f"{left} {right}"


def _without_hyphen(left: str, right: str, words: Counter[str]) -> str:
    """The word whole, unless it is a compound: the text itself is the dictionary."""
    first = re.search(r"[^\W\d_]+$", left[:-1])
    second = re.match(r"[^\W\d_]+", right)
    if first is None or second is None:
        return left + right
    head, tail = first.group().casefold(), second.group().casefold()
    whole = head + tail
    if words[f"{head}-{tail}"]:
        return left + right
    known = any(
        words[form] for form in (whole, whole.removesuffix("s"), whole + "s", whole + "n", whole + "e")
    )
    compound = (
        head in _COMPOUND_FIRST or (words[head] > 1 and len(head) > 2) or (words[tail] > 1 and len(tail) > 2)
    )
    return left + right if compound and not known else left[:-1] + right
