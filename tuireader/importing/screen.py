"""The dialog that asks for the files and folders to import."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual import events, getters
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.strip import Strip
from textual.widgets import Input, Static

from library.importing.folders import problem_of
from library.text.amounts import counted
from tuireader.dialogs.dialog import DialogScreen, frame
from tuireader.importing.sources import Offer, in_one_line, offers, sources_of
from tuireader.presentation import shown
from tuireader.rows import clipped, fit, one_line
from tuireader.widgets.row_list import RowList

_FRAME = 11
"""Number of lines of the dialog without its list."""

_LINES = 10
"""Maximum number of lines of the list."""


class PathList(RowList):
    """The list of the paths that complete the one being typed."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "path-list--folder",
        "path-list--file",
        "path-list--bar",
        "path-list--cursor",
        "path-list--empty",
    }
    DEFAULT_CSS = """
    PathList {
        height: 6; background: $surface;
        & > .path-list--folder { color: $text-accent; }
        & > .path-list--file { color: $foreground; }
        & > .path-list--bar { color: $accent; }
        & > .path-list--cursor { background: $panel; }
        & > .path-list--empty { color: $text-muted; }
    }
    """
    can_focus = False

    def __init__(self) -> None:
        super().__init__()
        self._offers: Sequence[Offer] = ()

    @property
    def row_count(self) -> int:
        return len(self._offers)

    @property
    def chosen(self) -> Offer | None:
        """The path under the cursor; None if there is none."""
        return self._offers[self.cursor_row] if self._offers else None

    def show_offers(self, found: Sequence[Offer]) -> None:
        """Show these paths, with the cursor on the first."""
        self._offers = found
        self.rows_changed(0)

    def draw_row(self, row: int, width: int) -> tuple[Strip, ...]:
        offer, here = self._offers[row], row == self.cursor_row
        name = "path-list--folder" if offer.is_folder else "path-list--file"
        bar = ("▌" if here else " ", "path-list--bar")
        words = (fit(one_line(offer.name), width - 1), name)
        ground = self.get_component_rich_style("path-list--cursor") if here else None
        return (self.strip(clipped([bar, words], width, name), ground=ground),)

    def draw_empty(self, width: int, height: int) -> tuple[Strip, ...]:
        name = "path-list--empty"
        return (self.strip(clipped([("  No file or folder begins like this.", name)], width, name)),)

    def open_row(self, row: int) -> None:
        """Complete the path with a clicked row."""
        self.screen.query_one(PathLine).complete(self._offers[row])


class PathLine(Input):
    """The line with the paths. Several that are pasted become one line."""

    def complete(self, offer: Offer) -> None:
        """Replace what was typed by ``offer``."""
        self.value = offer.text
        self.cursor_position = len(self.value)

    def on_paste(self, event: events.Paste) -> None:
        """Take what a file manager puts on the clipboard: several lines, quotation marks, addresses."""
        pasted = sources_of(event.text)
        if pasted:
            event.prevent_default()
            event.stop()
            before = "" if not self.value.strip() or self.value.endswith("/") else f"{self.value.rstrip()} "
            self.value = before + in_one_line(pasted)
            self.cursor_position = len(self.value)


class ImportScreen(DialogScreen[tuple[str, ...]]):
    """A dialog that asks for sources. The result is empty if it was cancelled.

    ``typed`` is the initial text of the line.
    """

    DEFAULT_CSS = """
    ImportScreen {
        & > .frame { width: 90%; max-width: 84; }
        &.-low > .frame { max-width: 100%; }
        &.-low #import-about { display: none; }
        & PathLine {
            height: 1; margin-top: 1; border: none; padding: 0 1; background: $panel;
            &:focus { border: none; }
        }
        & Static { width: 100%; color: $text-muted; }
        & #import-problem { height: auto; min-height: 1; color: $text-error; }
    }
    """

    _line = getters.query_one(PathLine)
    _list = getters.query_one(PathList)
    _problem = getters.query_one("#import-problem", Static)

    def __init__(self, typed: str = "~/") -> None:
        super().__init__()
        self._typed = typed

    def compose(self) -> ComposeResult:
        with Vertical(classes="frame") as container:
            frame(container, "Add articles", ("Esc", "cancel"), ("Enter", "add"), ("Tab", "complete"))
            about = "File or folder: saved pages, dumps, Markdown, emails, exports."
            yield Static(Content(about), id="import-about", markup=False)
            yield PathLine(self._typed, select_on_focus=False)
            yield Static(id="import-problem", markup=False)
            yield PathList()

    def on_mount(self) -> None:
        self._line.cursor_position = len(self._typed)
        self._look()

    def on_resize(self) -> None:
        self._list.styles.height = max(1, min(_LINES, self.size.height - _FRAME))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._show_problem("")
        self._look()

    def _look(self) -> None:
        """List the folder that is being typed, in a job: it may be on a slow disk."""
        self.jobs.load("offers", partial(offers, self._line.value), self._list.show_offers)

    def _show_problem(self, words: str) -> None:
        self._problem.update(Content(shown(words)))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.jobs.load("check", partial(_checked, event.value), self._checked)

    def _checked(self, found: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
        sources, problems = found
        if not sources:
            self._show_problem("Type the path of a file or folder.")
        elif problems:
            more = len(problems) - 1
            self._show_problem(problems[0] + (f" And {counted(more, 'other')} like it." if more else ""))
        else:
            self.end(sources)

    def on_click(self, event: events.Click) -> None:
        """Close the dialog on a click outside its frame."""
        if event.widget is self:
            self.end(())

    def on_key(self, event: events.Key) -> None:
        moves: dict[str, Callable[[], object]] = {
            "down": self._list.moves.down,
            "up": self._list.moves.up,
            "pagedown": self._list.moves.page_down,
            "pageup": self._list.moves.page_up,
            "tab": self._complete,
            "escape": lambda: self.end(()),
        }
        if event.key in moves:
            event.stop()
            event.prevent_default()
            moves[event.key]()

    def _complete(self) -> None:
        if offer := self._list.chosen:
            self._line.complete(offer)


def _checked(typed: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the sources that were typed, and why some cannot be imported. Reads the disk."""
    sources = tuple(sources_of(typed))
    return sources, tuple(problem for source in sources if (problem := problem_of(source)))
