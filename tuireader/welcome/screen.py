"""The welcome: three steps in one dialog, shown once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import events, getters
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.strip import Strip
from textual.widgets import Static
from textual.worker import get_current_worker

from library.importing.candidates import Candidate, find_candidates
from library.text.amounts import counted
from tuireader.commands.key_map import KeyMap
from tuireader.dialogs.dialog import DialogScreen, frame
from tuireader.keys import key_map_of
from tuireader.rows import clipped, fit, one_line
from tuireader.widgets.row_list import RowList

STEPS = 3
MOST = 6
"""Maximum number of folders that are offered."""

_KEYS: Sequence[tuple[tuple[str, ...], str]] = (
    (("move-down", "move-up"), "move"),
    (("open-article",), "read; Esc returns"),
    (("help",), "all keys; Enter there changes one"),
    (("palette",), "find a command"),
    (("filter",), "filter the list"),
    (("choose-dates",), "choose dates"),
    (("bookmark",), "bookmark"),
    (("add-tag",), "tag"),
    (("note",), "write a note"),
    (("undo",), "undo"),
    (("settings",), "choose a theme, and other settings"),
)
"""Commands of the second step, with what they do, the first ones first: a low screen shows only some."""


class CandidateList(RowList):
    """The folders that are offered, each with a box that is ticked or not."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "candidate-list--row",
        "candidate-list--count",
        "candidate-list--bar",
        "candidate-list--cursor",
    }
    DEFAULT_CSS = """
    CandidateList {
        display: none; height: 1; margin-top: 1; background: $surface;
        &.-found { display: block; }
        & > .candidate-list--row { color: $foreground; }
        & > .candidate-list--count { color: $text-muted; }
        & > .candidate-list--bar { color: $accent; }
        & > .candidate-list--cursor { background: $panel; }
    }
    """
    can_focus = False

    def __init__(self) -> None:
        super().__init__()
        self._candidates: Sequence[Candidate] = ()
        self._ticked = set[int]()

    @property
    def row_count(self) -> int:
        return len(self._candidates)

    def offer(self, candidates: Sequence[Candidate]) -> None:
        """Offer these folders."""
        self._candidates = candidates
        self.styles.height = max(1, len(candidates))
        self.set_class(bool(candidates), "-found")
        self.rows_changed(0)

    def toggle(self) -> None:
        """Tick the folder under the cursor, or remove its tick."""
        if self._candidates:
            self._ticked ^= {self.cursor_row}
            self.redraw()

    @property
    def files(self) -> tuple[str, ...]:
        """The files in the ticked folders."""
        return tuple(str(file) for row in sorted(self._ticked) for file in self._candidates[row].files)

    def open_row(self, row: int) -> None:
        """Tick a clicked row."""
        self.toggle()

    def draw_row(self, row: int, width: int) -> tuple[Strip, ...]:
        name, candidate = "candidate-list--row", self._candidates[row]
        box = "[x] " if row in self._ticked else "[ ] "
        count = f"  {counted(len(candidate.files), 'file')}"
        folder = fit(one_line(_in_home(candidate.folder)), max(1, width - 1 - len(box) - len(count)))
        at_cursor = row == self.cursor_row
        ground = self.get_component_rich_style("candidate-list--cursor") if at_cursor else None
        bar = ("▌" if at_cursor else " ", "candidate-list--bar")
        pieces = [bar, (box + folder, name), (count, "candidate-list--count")]
        return (self.strip(clipped(pieces, width, name), ground=ground),)


class WelcomeScreen(DialogScreen[tuple[str, ...]]):
    """Three steps. The result is the files to import; empty if none were chosen.

    Args:
        folders: Where articles to bring in may be.
        library: The folder of the library, which is not offered.
    """

    DEFAULT_CSS = """
    WelcomeScreen {
        & > .frame { width: 90%; max-width: 72; }
        &.-low > .frame { max-width: 100%; }
        & Static { width: 100%; height: auto; }
    }
    """

    _text = getters.query_one("#welcome-text", Static)
    _list = getters.query_one(CandidateList)

    def __init__(self, folders: Iterable[Path], library: Path) -> None:
        super().__init__()
        self._folders = tuple(folders)
        self._library = library
        self._step = 1
        self._found: Sequence[Candidate] | None = None
        self._map: KeyMap = key_map_of(self.app)

    def compose(self) -> ComposeResult:
        with Vertical(classes="frame"):
            yield Static(id="welcome-text", markup=False)
            yield CandidateList()

    def on_mount(self) -> None:
        self._show()
        self.jobs.load("candidates", self._look, self._take)

    def _look(self) -> list[Candidate]:
        worker = get_current_worker()
        return find_candidates(self._folders, apart=self._library, is_stopped=lambda: worker.is_cancelled)

    def _take(self, found: list[Candidate]) -> None:
        self._found = found[:MOST]
        self._show()

    def _show(self) -> None:
        last = self._step == STEPS
        self._list.offer((self._found or ()) if last else ())
        keys = [("Esc", "skip"), ("Enter", "continue")]
        if last:
            adds = [("Space", "tick"), ("Enter", "add the ticked")]
            keys[1:] = adds if self._found else [("Enter", "begin")]
        frame(self.query_one(Vertical), f"Welcome · {self._step} of {STEPS}", *keys)
        words = (self._places, self._keys, self._articles)[self._step - 1]()
        self._text.update(words)

    def _places(self) -> Content:
        key = self._map.key
        return _paragraphs(
            ("Where things are", "bold $accent"),
            ("The list has all articles, the newest first. There are samples in it to try things on.", ""),
            (
                f"{key('go-sidebar')} goes to the sidebar with views, tags, sources and dates. "
                f"{key('open-article')} opens an article, Esc always goes back.",
                "",
            ),
            ("The last line shows the keys of the place where you are.", ""),
        )

    def _keys(self) -> Content:
        parts: list[Content | tuple[str, str]] = [("The first keys\n", "bold $accent")]
        for ids, does in _KEYS:
            keys = " ".join(self._map.key(one) for one in ids)
            parts += [(f"\n{keys:>8}", "bold $accent"), (f"  {does}", "")]
        return Content.assemble(*parts)

    def _articles(self) -> Content:
        title = ("Bring your articles in", "bold $accent")
        places = ", ".join(_in_home(folder) for folder in self._folders)
        more = (f"{self._map.key('add')} adds any file or folder, now or later.", "")
        if self._found is None:
            return _paragraphs(title, (f"Looking in {places} …", "$text-muted"), more)
        if not self._found:
            return _paragraphs(title, (f"No saved pages or texts in {places}.", "$text-muted"), more)
        return _paragraphs(title, more, ("These folders have saved pages, letters, exports or texts:", ""))

    def on_click(self, event: events.Click) -> None:
        """Close the dialog on a click outside its frame."""
        if event.widget is self:
            self.end(())

    def _turn(self, step: int) -> None:
        if self._step + step > STEPS:
            self.end(self._list.files)
        else:
            self._step = max(1, self._step + step)
            self._show()

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        actions: dict[str, Callable[[], object]] = {
            **dict.fromkeys(("enter", "ctrl+j"), partial(self._turn, 1)),
            **dict.fromkeys(("right", "l"), partial(self._turn, 1 if self._step < STEPS else 0)),
            **dict.fromkeys(("left", "h", "backspace"), partial(self._turn, -1)),
            **dict.fromkeys(("down", "j"), self._list.moves.down),
            **dict.fromkeys(("up", "k"), self._list.moves.up),
            "space": self._list.toggle,
            **dict.fromkeys(("escape", "q"), lambda: self.end(())),
        }
        if event.key in actions:
            actions[event.key]()


def _paragraphs(*parts: tuple[str, str]) -> Content:
    return Content("\n\n").join(
        Content.styled(words, style) if style else Content(words) for words, style in parts
    )


def _in_home(folder: Path) -> str:
    """Return a path with ``~`` for the home folder."""
    home = Path.home()
    return f"~/{folder.relative_to(home)}" if folder.is_relative_to(home) else str(folder)
