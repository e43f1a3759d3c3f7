"""What workers tell the main screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from textual.message import Message

from library.citing import CitationFormat
from library.query import Query
from tuireader.dates.counted import Counted
from tuireader.dates.look import Layer
from tuireader.dates.timeline import Spread
from tuireader.folding import Folding
from tuireader.notebook import Row, View
from tuireader.place_tree import Place
from tuireader.relatives import Relatives
from tuireader.widgets.entry_lines import Extent
from tuireader.widgets.page import Mark, Page


@dataclass
class MeasureChosen(Message):
    """The person wants the page ``measure`` cells wide, also the next time."""

    measure: int


@dataclass
class TypesettingChosen(Message):
    """The person wants the page set like this, also the next time."""

    justified: bool
    hyphenated: bool


@dataclass
class FoldingChosen(Message):
    """The person wants the articles of a story under one line, or each on its own, also the next time."""

    folded: bool


@dataclass
class CitationChosen(Message):
    """The person wants citations written like this, also the next time."""

    form: CitationFormat


@dataclass
class CopyDone(Message):
    """``what`` was sent to the clipboards; ``by_system`` where a program of the system took it."""

    what: str
    by_system: bool


@dataclass
class ExportFolderChosen(Message):
    """The person exports to ``folder``, as it was written; it is offered again, also the next time."""

    folder: str


@dataclass
class ExportProgress(Message):
    """``done`` of ``total`` articles have been exported."""

    done: int
    total: int


@dataclass
class ExportEnded(Message):
    """An export has come to its end, or was ``stopped``.

    ``written`` articles have a new file, ``present`` ones had it already; ``failures`` are sentences.
    """

    folder: str
    written: int
    present: int
    failures: tuple[str, ...]
    stopped: bool


@dataclass
class NotebookFound(Message):
    """What ``view`` of the notebook holds: rows, extents, how many entries, how many lost their place."""

    view: View
    rows: tuple[Row, ...]
    extents: list[Extent]
    entries: int
    lost: int


@dataclass
class QueryKept(Message):
    """A query was finished; ``queries`` are those to be had again, also the next time."""

    queries: tuple[str, ...]


@dataclass
class PicturesChosen(Message):
    """The person wants to see pictures, or only their captions, also the next time."""

    shown: bool


@dataclass
class Found(Message):
    """Of ``total`` articles ``text`` finds those of ``folding``; the cursor is to be on ``keep``."""

    text: str
    query: Query
    folding: Folding
    keep: str | None
    total: int
    unsearched: int = 0
    """So many texts were not looked at, because the index of words does not have them yet."""


class Rested(Message):
    """No key has been pressed for a while."""


@dataclass
class TextsIndexed(Message):
    """``done`` of ``total`` texts are in the index of words; ``left`` is the time left, empty at the end."""

    done: int
    total: int
    left: str


@dataclass
class PlacesCounted(Message):
    """What the places pane shows, and the colours of tags, by folded tag."""

    places: tuple[Place, ...]
    colours: Mapping[str, str]


@dataclass
class PageLoaded(Message):
    """An article has been read from the disk; ``renewed`` where it stands on the page already."""

    page: Page
    renewed: bool


@dataclass
class RelativesFound(Message):
    """What belongs to an article has been found."""

    relatives: Relatives


@dataclass
class MatchesFound(Message):
    """The article has ``words`` at these places."""

    article_id: str
    words: str
    matches: tuple[Mark, ...]


@dataclass
class CalendarCounted(Message):
    """How much there is on each day, on each layer of the calendar."""

    counts: dict[Layer, Counted]


@dataclass
class DayListed(Message):
    """The articles that appeared, or were noted, on a day."""

    day: date
    layer: Layer
    ids: tuple[str, ...]


@dataclass
class SpreadCounted(Message):
    """How the articles that the query ``text`` finds spread over time."""

    text: str
    spread: Spread
