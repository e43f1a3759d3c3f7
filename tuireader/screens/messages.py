"""What workers tell the main screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.message import Message

from library import DayCount, TagCount
from library.search import Query
from tuireader.place_tree import Totals
from tuireader.widgets.page import Page


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
class PicturesChosen(Message):
    """The person wants to see pictures, or only their captions, also the next time."""

    shown: bool


@dataclass
class Found(Message):
    """The query ``text`` finds ``ids``; the cursor is to be on ``keep``."""

    text: str
    query: Query
    ids: tuple[str, ...]
    keep: str | None


@dataclass
class PlacesCounted(Message):
    """What the places pane shows."""

    tags: Sequence[TagCount]
    days: Sequence[DayCount]
    totals: Totals


@dataclass
class PageLoaded(Message):
    """An article has been read from the disk; ``renewed`` where it stands on the page already."""

    page: Page
    renewed: bool
