"""The report of an import: what came of each source, with reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import ClassVar

from textual import events, getters
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.strip import Strip
from textual.widgets import Static

from library import ImportOutcome, ImportStatus
from tuireader.dialogs.dialog import DialogScreen, frame
from tuireader.presentation import shown_line
from tuireader.rows import clipped, fit, one_line
from tuireader.widgets.row_list import RowList

_FRAME = 9
"""Number of lines of the dialog without its list, with a reason of three lines."""

_DETAIL = 3


class Part(StrEnum):
    """The parts of a report, those that need a look first."""

    FAILED = "Failed"
    WARNED = "Added, but check these"
    SKIPPED = "Skipped"
    ADDED = "Added"
    UPDATED = "Updated"
    DUPLICATE = "Already in the library"


def part_of(outcome: ImportOutcome) -> Part:
    """Return the part of the report that ``outcome`` belongs to."""
    if outcome.warning and outcome.status in (ImportStatus.ADDED, ImportStatus.UPDATED):
        return Part.WARNED
    return Part[outcome.status.name]


@dataclass(frozen=True, slots=True)
class Report:
    """The outcomes of an import, which may have been ``stopped``."""

    outcomes: tuple[ImportOutcome, ...]
    stopped: bool = False

    def parts(self) -> dict[Part, tuple[ImportOutcome, ...]]:
        """Return the outcomes by part, without empty parts."""
        found: dict[Part, list[ImportOutcome]] = {part: [] for part in Part}
        for outcome in self.outcomes:
            found[part_of(outcome)].append(outcome)
        return {part: tuple(outcomes) for part, outcomes in found.items() if outcomes}

    def in_words(self) -> str:
        """Return the number of outcomes of each kind: “3 added, 1 failed”."""
        counts = dict.fromkeys(ImportStatus, 0)
        for outcome in self.outcomes:
            counts[outcome.status] += 1
        words = ", ".join(f"{count:,} {_WORDS[status]}" for status, count in counts.items() if count)
        return f"{'Stopped: ' if self.stopped else ''}{words or 'nothing found to import'}"

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the articles that were added or updated."""
        changed = (ImportStatus.ADDED, ImportStatus.UPDATED)
        return tuple(dict.fromkeys(one.id for one in self.outcomes if one.status in changed))


_WORDS = {status: status.value for status in ImportStatus} | {ImportStatus.DUPLICATE: "already there"}

Row = str | ImportOutcome
"""A heading or an outcome."""


def _rows(report: Report) -> Iterator[Row]:
    for part, outcomes in report.parts().items():
        yield f"{part} · {len(outcomes):,}"
        yield from outcomes


class ReportList(RowList):
    """A list of outcomes under headings, two lines each; the cursor skips headings."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "report-list--heading",
        "report-list--name",
        "report-list--reason",
        "report-list--bar",
        "report-list--cursor",
    }
    DEFAULT_CSS = """
    ReportList {
        background: $surface;
        & .report-list--heading { color: $accent; text-style: bold; }
        & .report-list--name { color: $foreground; }
        & .report-list--reason { color: $text-muted; }
        & .report-list--bar { color: $accent; }
        & .report-list--cursor { background: $panel; }
    }
    """
    can_focus = False

    def __init__(self, rows: Iterable[Row]) -> None:
        super().__init__()
        self._rows: Sequence[Row] = tuple(rows)

    def on_mount(self) -> None:
        self.rows_changed(0)

    @property
    def chosen(self) -> ImportOutcome | None:
        """The outcome under the cursor; None if there is none."""
        row = self._rows[self.cursor_row] if self._rows else None
        return row if isinstance(row, ImportOutcome) else None

    @property
    def row_count(self) -> int:
        return len(self._rows)

    @property
    def row_height(self) -> int:
        return 2

    def is_heading(self, row: int) -> bool:
        """Return True for a heading, which always has an outcome after it."""
        return not isinstance(self._rows[row], ImportOutcome)

    def cursor_moved(self) -> None:
        self.screen.query_one(_Detail).show(self.chosen)

    def open_row(self, row: int) -> None:
        """Go to the clicked article."""
        if isinstance(self.screen, ReportScreen):
            self.screen.open_chosen()

    def draw_row(self, row: int, width: int) -> tuple[Strip, ...]:
        shown, blank = self._rows[row], "report-list--name"
        if isinstance(shown, str):
            lines = [("", blank)], [(fit(f" {shown}", width), "report-list--heading")]
            return tuple(self.strip(clipped(line, width, blank)) for line in lines)
        here = row == self.cursor_row
        ground = self.get_component_rich_style("report-list--cursor") if here else None
        bar = ("▌ " if here else "  ", "report-list--bar")
        name = fit(one_line(shown.title or PurePath(shown.source).name or shown.source), width - 2)
        reason = fit(one_line(_reason(shown)), width - 2)
        return tuple(
            self.strip(clipped([bar, piece], width, blank), ground=ground)
            for piece in ((name, "report-list--name"), (reason, "report-list--reason"))
        )


def _reason(outcome: ImportOutcome) -> str:
    """Return why a source failed or needs a look; otherwise where it came from."""
    return outcome.error or outcome.warning or outcome.source


class _Detail(Static):
    """The whole reason and the path of the outcome under the cursor."""

    def show(self, outcome: ImportOutcome | None) -> None:
        """Show the outcome."""
        said = (outcome.error or outcome.warning) if outcome else ""
        source = shown_line(outcome.source) if outcome else ""
        self.update(Content(f"{source}: {shown_line(said)}" if said else source))


class ReportScreen(DialogScreen[str]):
    """A dialog with a report. The result is the id of an article to go to, empty if none was chosen."""

    DEFAULT_CSS = """
    ReportScreen {
        & > .frame { width: 90%; max-width: 96; }
        & Static { width: 100%; }
        & #report-counts { height: 1; text-style: bold; text-wrap: nowrap; text-overflow: ellipsis; }
        & _Detail { height: auto; max-height: 3; margin-top: 1; color: $text-muted; }
    }
    """

    _list = getters.query_one(ReportList)

    def __init__(self, report: Report) -> None:
        super().__init__()
        self._report = report
        self._rows = tuple(_rows(report))

    def compose(self) -> ComposeResult:
        with Vertical(classes="frame") as container:
            frame(container, "Last import", ("Esc", "close"), ("Enter", "open the article"))
            words = self._report.in_words()
            yield Static(Content(words[:1].upper() + words[1:]), id="report-counts", markup=False)
            yield ReportList(self._rows)
            yield _Detail(id="report-detail", markup=False)

    def on_mount(self) -> None:
        self.query_one(_Detail).show(self._list.chosen)

    def on_resize(self) -> None:
        room = self.size.height * 9 // 10 - _FRAME
        self._list.styles.height = max(2, min(2 * len(self._rows), room))

    def open_chosen(self) -> None:
        """Go to the article under the cursor, if there is one."""
        chosen = self._list.chosen
        if chosen is not None and chosen.id:
            self.end(chosen.id)

    def on_click(self, event: events.Click) -> None:
        """Close the dialog on a click outside its frame."""
        if event.widget is self:
            self.end("")

    def on_key(self, event: events.Key) -> None:
        moves = self._list.moves
        actions: dict[str, Callable[[], object]] = {
            **dict.fromkeys(("down", "j"), moves.down),
            **dict.fromkeys(("up", "k"), moves.up),
            **dict.fromkeys(("pagedown", "ctrl+f", "space"), moves.page_down),
            **dict.fromkeys(("pageup", "ctrl+b"), moves.page_up),
            **dict.fromkeys(("home", "g"), moves.first),
            **dict.fromkeys(("end", "G", "upper_g"), moves.last),
            "enter": self.open_chosen,
            **dict.fromkeys(("escape", "q", "I", "upper_i"), lambda: self.end("")),
        }
        event.stop()
        event.prevent_default()
        if event.key in actions:
            actions[event.key]()
