"""What workers tell the main screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from textual.message import Message

from library.citing import CitationFormat
from tuireader.dates.counted import Counted
from tuireader.dates.look import Layer
from tuireader.notebook import Row, View
from tuireader.widgets.entry_lines import Extent


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
class ExportFolderChosen(Message):
    """The person exports to ``folder``, as it was written; it is offered again, also the next time."""

    folder: str


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


class Rested(Message):
    """No key has been pressed for a while."""


class PlacesCounted(Message):
    """The sidebar has been counted."""


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
