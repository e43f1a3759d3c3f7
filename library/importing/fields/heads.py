"""Reads the first and last lines of a text: byline, date line, original address.

Lines around a headline that do not belong to the article (buttons, counts, reading times) are recognised
only if they contain nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from library.importing.fields.agencies import agency_named
from library.importing.fields.byline import Byline, is_place, parse_byline, parse_unlabelled_byline, says_by
from library.importing.fields.dates import DateHints, DateLine, date_in_name, is_date_word, read_date_line
from library.importing.fields.original_address import take_original_url
from library.importing.markdown_escapes import plain_text
from library.importing.paragraphs.blocks import bold_line
from library.models import ArticleFields, Image, ParsedArticle, Published
from library.text.article_addresses import host_of
from library.text.language import guess_language

_SITES = (
    r"(?:facebook|twitter|x|whats\s?app|linkedin|e-?mail|reddit|telegram|pinterest|pocket|messenger|bluesky"
    r"|threads)"
)
_MINUTES = (
    r"(?:min(?:ute)?s?|minuten|minutos|minuti|minutter|minut|minuter|mín|мин(?:ут[аы]?)?|хв|分|분|dk|perc)"
)
_LINES = (
    rf"(?:share|tweet|post|save|send|print|pin|mail|e-?mail|copy|gift|listen)(?:\s+(?:this|the|it))?"
    rf"(?:\s+(?:article|story|page|post|link))?(?:\s+(?:on|via|by|to|with)\s+(?:{_SITES}|friends?|a"
    rf" friend))?",
    rf"(?:share|follow us|find us|like us)\s+on\s+{_SITES}(?:\s+\w+)?",
    rf"{_SITES}(?:\s*[|•·,/]?\s*{_SITES})*",
    r"(?:copy|share)\s+(?:link|url|options?)(?:\s+copied!?)?|link copied!?|open share options|share"
    r" options?|more sharing options",
    rf"(?:reading time|read time|lesezeit|lesedauer|temps de lecture|tiempo de lectura|tempo di lettura"
    rf"|tempo de leitura"
    rf"|leestijd|lästid|læsetid|lesetid|lukuaika|czas czytania|doba čtení|время чтения|okuma"
    rf" süresi)\s*[:：]?\s*"
    rf"(?:ca\.?\s*)?\d{{1,3}}\s*{_MINUTES}\.?",
    rf"(?:a\s+)?\d{{1,3}}[\s-]*{_MINUTES}\.?[\s-]*(?:read|listen|lesezeit|de lecture|de lectura|di"
    rf" lettura|de leitura|lezen"
    rf"|leestijd|läsning|читать|чтения)?",
    r"\d+\s+(?:comments?|kommentare?|commentaires?|comentarios?|commenti|shares?|views?|likes?|reacties)"
    r"|(?:comments?|kommentare?|commentaires?|comentarios?|commenti)(?:\s*[(:]?\s*\d+\s*\)?)?",
    r"(?:leave|add|post|write)\s+a\s+comment|join the (?:conversation|discussion)|jump to comments",
    r"(?:listen|play)(?:\s+(?:to|this|the))*\s+(?:article|story|audio|now)(?:\s*[(\d:)\smin]*)?"
    r"|audio\s+player|this article is (?:more than|over) .{1,30} old",
    r"(?:sign in|sign up|log ?in|register|subscribe|subscribe now|become a member|my account|follow"
    r"|following|\+ follow|bookmark"
    r"|save for later|add to (?:favou?rites|reading list|bookmarks)|saved?|read later|view in app|open"
    r" in app)",
    r"advert(?:isement|ising)?|sponsored|promoted|anzeige|werbung|publicité|publicidad|pubblicità"
    r"|reclame|annons|реклама|広告|광고",
    r"(?:increase|decrease|change|adjust)?\s*(?:text|font)\s*size(?:\s*[a+\-\s]*)?|a[- ]?a[+ ]?a?|print"
    r" this page|printer-friendly version"
    r"|skip to (?:main )?content|back to top|go to content|menu|search|home",
    r"teilen|merken|drucken|vorlesen|artikel (?:teilen|merken|drucken|anhören|vorlesen)|partager(?: sur"
    r" .{2,20})?|imprimer|sauvegarder"
    r"|écouter(?: l.article)?|compartir(?: en .{2,20})?|imprimir|guardar|escuchar|condividi(?: su"
    r" .{2,20})?|stampa|salva|ascolta"
    r"|compartilhar|salvar|ouvir|delen|bewaren|dela|spara|lyssna|del|gem|udostępnij|sdílet|поделиться"
    r"|поділитися|paylaş|シェアする|공유|分享",
)  # fmt: skip
_LINE = re.compile("|".join(f"(?:{line})" for line in _LINES), re.IGNORECASE)
LIMIT = 80


def is_furniture(block: str) -> bool:
    """Return True if every line of ``block`` is page furniture: a button, a count or the like."""
    lines = [line for line in block.split("\n") if line.strip()]
    return bool(lines) and all(map(_is_furniture_line, lines))


def _is_furniture_line(line: str) -> bool:
    text = plain_text(line).strip(" *_-–—•·|>#\t")
    if not text or len(text) > LIMIT:
        return False
    pieces = [piece for piece in re.split(r"\s*[|•·]\s*", text) if piece]
    return all(_LINE.fullmatch(piece) for piece in pieces)


HEAD_BLOCKS = 6
HEAD_LINE_LIMIT = 300
FURNITURE_BLOCKS = 16
LOOSE_LIMIT = 80
MARKED_BLOCKS = 2
"""Number of blocks in which a lower heading may be a byline or a date line."""
UNREAD_WORDS = 12

_DATELINE_AGENCY = re.compile(
    r"[^\W\d_][^()/\n]{0,60}[\s,.]\s*(?:\((?P<round>[^()\n]{2,40})\)"
    r"|/(?P<slashed>[^/\n]{2,40})/\.?)\s*[-–—.:]"
)
_AGO = re.compile(
    r"(?:an?|seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|ago|today|yesterday|just|now|at|vor|Stunden?"
    r"|Minuten|Tag(?:en)?|heute|gestern|il|y|a|heures?|jours?|hace|horas?|días?|ayer|hoy|ore|fa|ieri|oggi)[.,]?",
    re.IGNORECASE,
)
_BY = re.compile(r"\s+[-–—|,]?\s*(?=(?:by|von|par|por|door)\s)", re.IGNORECASE)

_Field = TypeVar("_Field", Byline, DateLine)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The fields from the head and the tail of a text, and the blocks that are left for the body.

    The first ``lead`` blocks come before the last line of the head: they are a standfirst, not a caption.
    """

    blocks: list[str]
    lead: int
    fields: ArticleFields

    def article(
        self, title: str, blocks: Sequence[str], *, summary: str, joined: int, images: tuple[Image, ...] = ()
    ) -> ParsedArticle:
        """Return the article with these fields.

        Args:
            title: The headline.
            blocks: The blocks of the body, Markdown.
            summary: The summary.
            joined: The number of places where torn paragraphs were joined.
            images: The pictures.
        """
        stated = self.fields.stated(title=title, summary=summary, images=images)
        return ParsedArticle(**stated, body="\n\n".join(blocks), joined=joined)


def _pieces(block: str) -> list[str]:
    """Split a head block into its lines, and a line such as “By Jane Roe | 5 June 2025” into its parts."""
    lines = [line for line in block.split("\n") if line.strip()]
    return [piece.strip() for line in lines for piece in re.split(r"\s+[|•·]\s+", line)]


def _halves(piece: str) -> list[tuple[str, str]]:
    """Return the ways to split “By Jane Roe March 4, 2021” into byline and date, in either order."""
    ways = [(piece[match.end() :], piece[: match.start()]) for match in _BY.finditer(piece)]
    for match in re.finditer(r"\s+(?:[-–—|(]\s*)?(?=(?P<word>\d+|[^\W\d_]+))", piece):
        if is_date_word(match["word"]):
            ways.append((piece[: match.start()].rstrip(" ,;(-–—|"), piece[match.end() :].rstrip(")")))
    return ways


def loose_date(line: str, hints: DateHints) -> DateLine | None:
    """Read a date next to a place or a source: “March 4, 2021 / 5:45 PM / CBS”, “Geneva, 4 March 2021”."""
    text = plain_text(line).strip(" *_")
    if len(text) > LOOSE_LIMIT:
        return None
    for mark in (r"\s*[/|•·]\s*|\s+[–—-]\s+", r"\s*[/|•·]\s*|\s+[–—-]\s+|\s*,\s+"):
        parts = [part for part in re.split(mark, text) if part]
        kept = [part for part in parts if not _is_place_or_source(part)]
        if 0 < len(kept) < len(parts) <= len(kept) + 2:
            found = read_date_line(" ".join(kept), hints) or read_date_line(", ".join(kept), hints)
            if found is not None:
                return found
    return None


def _is_place_or_source(part: str) -> bool:
    words = part.split()
    return len(words) <= 3 and all(word[0].isupper() and not is_date_word(word) for word in words)


@dataclass(slots=True)
class _Scan:
    """Reads the head's blocks one by one, and records which of them are used."""

    hints: DateHints
    byline: Byline | None = None
    dated: DateLine | None = None
    updated: Published = None
    used: set[int] = field(default_factory=set)
    date_block: int = -1
    names_alone: bool = False
    """True if names without a label count as a byline, in a block that also has a date."""

    def read(self, index: int, block: str) -> None:
        """Read byline and date from a block that has nothing else."""
        if index < MARKED_BLOCKS:
            block = re.sub(r"#{2,6}\s+", "", block)
        if "\n" not in block and (whole := read_date_line(block, self.hints)) is not None:
            self._take_date(index, whole)
            return
        byline, dates, agency = None, [], ""
        if self.byline is None and (byline := parse_byline(block)) is not None:
            self.byline = byline
            self.used.add(index)
            return
        pieces = _pieces(block)
        for piece in pieces:
            named, dated = self._read_piece(piece)
            if named is None and dated is None and len(pieces) > 1:
                dated = loose_date(piece, self.hints)
                if dated is None and self.names_alone and not is_place(piece):
                    named = parse_unlabelled_byline(piece)
            agency = agency or agency_named(piece)
            if named is None and dated is None and not agency_named(piece) and not is_furniture(piece):
                return
            byline = byline or named
            dates += [dated] if dated is not None else []
        if byline is None and not dates:
            return
        if byline is not None and agency and not byline.agency:
            byline = Byline(byline.authors, agency)
        if byline is not None and self.byline is not None:
            if not dates:
                return
        elif byline is not None:
            self.byline = byline
        self.used.add(index)
        for dated in dates:
            self._take_date(index, dated)

    def _read_piece(self, piece: str) -> tuple[Byline | None, DateLine | None]:
        if (dated := read_date_line(piece, self.hints)) is not None:
            return None, dated
        if (named := parse_byline(piece)) is not None:
            return named, None
        for names, day in _halves(piece):
            dated = read_date_line(day, self.hints) if day else None
            named = parse_byline(names) if dated is not None else None
            if named is not None:
                return named, dated
        return None, None

    def _take_date(self, index: int, dated: DateLine) -> None:
        if self.dated is None or (self.dated.only_updated and not dated.only_updated):
            if self.dated is not None:
                self.updated = self.updated or self.dated.updated
            self.dated = dated
        elif not dated.only_updated and dated.updated is None:
            return  # a second date without new information is text
        self.updated = self.updated or dated.updated
        self.date_block = max(self.date_block, index)
        self.used.add(index)


def _dates_loosely(word: str) -> bool:
    """Return True if ``word`` may belong to a vague date: “Thursday”, “2 hours ago”, “March 2021”."""
    return is_date_word(word.strip("(),;:/|")) or _AGO.fullmatch(word) is not None


def says_head(line: str, today: date) -> bool:
    """Return True if ``line`` is a byline or a date line, in any form that is recognised on its own."""
    scan = _Scan(DateHints(today=today))
    scan.read(MARKED_BLOCKS, line)
    return bool(scan.used) or loose_date(line, scan.hints) is not None


def _first(blocks: list[tuple[int, str]], read: Callable[[str], _Field | None]) -> tuple[int, _Field | None]:
    """Return the index and the content of the first block that ``read`` understands, or -1 and None."""
    for index, block in blocks:
        if (found := read(block)) is not None:
            return index, found
    return -1, None


def take_head(blocks: list[str], *, today: date, name: str, skip: int = 0) -> Head:
    """Read byline, date line and address from ``blocks`` (without the headline).

    Args:
        blocks: The blocks of the text.
        today: The reader's day, the limit for plausible dates.
        name: The name of the file, used for the date if nothing else has one.
        skip: The number of blocks before the headline.
    """
    blocks, url = take_original_url(blocks, weak=True)
    language = guess_language("\n".join(blocks[2:] or blocks))
    address_day = date_in_name(url, today)
    source = host_of(url)
    scan = _Scan(DateHints(today=today, language=language, host=source, address_day=address_day))
    blocks = _without_furniture(blocks)
    window = [
        (index, block) for index, block in enumerate(blocks[:HEAD_BLOCKS]) if len(block) <= HEAD_LINE_LIMIT
    ]
    for index, block in window:
        scan.read(index, block)
    _read_rest(scan, [(index, block) for index, block in window if index >= skip])
    unread = [index for index, block in window if index not in scan.used and _is_head_line(block)]
    lead = max((*scan.used, *unread), default=-1) + 1
    rest = [block for index, block in enumerate(blocks) if index not in scan.used]
    dated = scan.dated or _guess(address_day or date_in_name(name, today))
    byline = scan.byline or Byline()
    return Head(
        blocks=rest,
        lead=lead - len(scan.used),  # the used blocks come before it
        fields=ArticleFields(
            title="",
            authors=byline.authors,
            agency=byline.agency or _dateline_agency(rest),
            url=url,
            source=source,
            language=language,
            published=dated.published,
            updated=scan.updated,
            date_guessed=dated.guessed,
        ),
    )


def _named_and_dated(block: str, hints: DateHints) -> tuple[Byline, DateLine] | None:
    """Read names without a label and a date on one line, as in “Jane Roe, March 4, 2021”."""
    for names, day in _halves(block) if len(block) <= LOOSE_LIMIT and "\n" not in block else ():
        dated = read_date_line(day, hints) if day else None
        if (
            dated is not None
            and not is_place(names)
            and (named := parse_unlabelled_byline(names)) is not None
        ):
            return named, dated
    return None


def _read_rest(scan: _Scan, window: list[tuple[int, str]]) -> None:
    """Read lines that are a byline or a date line only because of their position."""
    if scan.byline is None and scan.dated is None:
        scan.names_alone = True
        for index, block in window:
            if "\n" in block and index not in scan.used:
                scan.read(index, block)
        scan.names_alone = False
    if scan.dated is None and scan.byline is None:
        for index, block in window:
            both = _named_and_dated(block, scan.hints)
            if both is not None:
                scan.byline, scan.dated = both
                scan.used.add(index)
                return
    if scan.dated is None:
        index, dated = _first(window, lambda block: loose_date(block, scan.hints))
        if dated is not None:
            scan.dated, scan.updated, scan.date_block = dated, dated.updated, index
            scan.used.add(index)
    if scan.byline is None:
        last = scan.date_block + 1 if scan.date_block >= 0 else window[0][0] if window else -1
        near = [
            (index, block)
            for index, block in window
            if index <= last
            and index not in scan.used
            and not (bold_line(block) and index > scan.date_block >= 0)
        ]
        index, byline = _first(near, parse_unlabelled_byline)
        if byline is not None:
            scan.byline = byline
            scan.used.add(index)


def _is_head_line(block: str) -> bool:
    """Return True if ``block`` is a byline or a date line of unknown form, and so not a caption."""
    if "\n" in block:
        return any(_is_head_line(line) for line in block.split("\n"))
    words = plain_text(block).split()
    # A number alone is a page number.
    if words and all(map(_dates_loosely, words)) and any(map(str.isalpha, block)):
        return True
    if not 1 < len(words) <= UNREAD_WORDS:
        return False
    dates = sum(is_date_word(word.strip("(),;:/|")) for word in words)
    year = re.search(r"\b(?:19|20)\d\d\b", block) is not None
    return says_by(block) or (year and dates >= 3 and dates * 2 >= len(words))


def _without_furniture(blocks: list[str]) -> list[str]:
    """Remove the buttons and counts before the first paragraph."""
    kept: list[str] = []
    for index, block in enumerate(blocks):
        if index >= FURNITURE_BLOCKS or len(block) > HEAD_LINE_LIMIT:
            return kept + blocks[index:]
        if not is_furniture(block):
            kept.append(block)
    return kept


def _dateline_agency(blocks: list[str]) -> str:
    """Return the agency in the first paragraph's dateline, as in “PORT ALDER, March 4 (Reuters) - …”."""
    for block in blocks[:3]:
        match = _DATELINE_AGENCY.match(block)
        if match is not None and (agency := agency_named(match["round"] or match["slashed"])):
            return agency
    return ""


def _guess(day: date | None) -> DateLine:
    return DateLine(published=day, guessed=day is not None)
