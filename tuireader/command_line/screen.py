"""The command line: a line at the bottom of the screen, with completions above it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from rich.cells import cell_len
from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tuireader.command_line.meaning import Call, Meaning, NotUnderstood, Offer, argument_of
from tuireader.commands import Command
from tuireader.filter_bar.history import QueryHistory
from tuireader.jobs.jobs import Jobs
from tuireader.presentation import shown_line
from tuireader.rows import fit, pad
from tuireader.widgets.key_footer import labelled_keys
from tuireader.widgets.menu import Menu

_WIDEST_NAME = 30
_GAP = 2

Complete = Callable[[Command, str], Iterable[tuple[str, str]]]
"""A function that returns completions of a command's argument, each with an explanation."""


class CommandLineScreen(ModalScreen[Call]):
    """The command line over another screen. The result is what to carry out, or None if cancelled.

    Args:
        meaning: Finds the command that a line means.
        complete: Completes the argument of a command.
        history: The lines typed before.
        typed: The text that the line begins with.
    """

    BINDINGS = [Binding("ctrl+c", "app.help_quit", show=False)]  # noqa: RUF012
    DEFAULT_CSS = """
    CommandLineScreen {
        background: transparent; align: left bottom;
        & > Vertical {
            height: auto; max-height: 100%; background: $background;
            &.-offering { border-top: solid $accent; }
        }
        & Menu {
            display: none; max-height: 8; scrollbar-size-vertical: 0; background: $background;
            &.-open { display: block; }
        }
        & #command-problem { display: none; height: auto; padding: 0 1; color: $text-warning; }
        & #command-problem.-open { display: block; }
        & Horizontal { height: 1; padding: 0 1; background: $panel; }
        & #command-sign { width: 1; color: $accent; text-style: bold; }
        & Input { width: 1fr; height: 1; border: none; padding: 0; background: $panel; color: $foreground; }
        & Input:focus { border: none; background-tint: $foreground 0%; }
        & #command-keys { width: auto; padding-left: 2; color: $text-muted; }
        &.-narrow #command-keys { display: none; }
    }
    """

    _input = getters.query_one(Input)
    _list = getters.query_one(Menu)
    _problem = getters.query_one("#command-problem", Static)

    def __init__(self, meaning: Meaning, complete: Complete, history: QueryHistory, typed: str = "") -> None:
        super().__init__()
        self.jobs = Jobs(self)
        self._meaning = meaning
        self._complete = complete
        self._history = history
        self._typed_before = typed
        self._offers: Sequence[Offer] = ()
        self._is_stepping = False

    def compose(self) -> ComposeResult:
        with Vertical():
            options = Menu(markup=False)
            options.can_focus = False
            yield options
            yield Static(id="command-problem", markup=False)
            with Horizontal():
                yield Static(":", id="command-sign", markup=False)
                yield Input(placeholder="command, or the number of a row", select_on_focus=False)
                keys = labelled_keys((("Esc", "cancel"), ("Tab", "complete")))
                yield Static(keys, id="command-keys", markup=False)

    def on_mount(self) -> None:
        self._put(self._typed_before)
        self._look()

    # Completions

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._history.leave()
        self._look()

    def _look(self) -> None:
        """Find completions of the line."""
        self._is_stepping = False
        self._show_problem("")
        text = self._input.value
        begun = argument_of(text, self._meaning)
        if begun is None:
            self.jobs.drop("arguments")
            self._show(self._meaning.offers(text), 0 if text.strip() else None)
            return
        command, head, argument = begun
        self._show((), None)

        def show(found: Sequence[tuple[str, str]]) -> None:
            if self.is_current and self._input.value == text:
                self._show([Offer(head + word, word, help_) for word, help_ in found], None)

        self.jobs.load("arguments", lambda: tuple(self._complete(command, argument)), show)

    def _show(self, offers: Sequence[Offer], chosen: int | None) -> None:
        self._offers = offers
        self._list.clear_options()
        self._list.set_class(bool(offers), "-open")
        self.query_one(Vertical).set_class(bool(offers), "-offering")
        self._list.add_options([Option(row) for row in _rows(offers, self.app.size.width - _GAP)])
        self._list.highlighted = chosen if offers else None

    def _step(self, step: int) -> None:
        """Move the selection by ``step``; beyond the first or the last one, go round."""
        at, number = self._list.highlighted, len(self._offers)
        if number:
            self._list.highlighted = ((-1 if at is None and step > 0 else at or 0) + step) % number

    def _insert(self, step: int) -> None:
        """Insert the selected completion; if it is in the line already, the next one."""
        if not self._offers:
            return
        if self._is_stepping or self._list.highlighted is None:
            self._step(step)
        self._put(self._offers[self._list.highlighted or 0].line)
        self._is_stepping = True
        if len(self._offers) == 1:
            self._look()

    def _put(self, line: str) -> None:
        with self.prevent(Input.Changed):
            self._input.value = shown_line(line) + (" " if line.endswith(" ") else "")
        self._input.cursor_position = len(self._input.value)

    # Keys

    def on_key(self, event: events.Key) -> None:
        does = {
            "escape": lambda: self._end(None),
            "enter": self._finish,
            "tab": lambda: self._insert(1),
            "shift+tab": lambda: self._insert(-1),
            "up": self._up,
            "down": self._down,
        }.get(event.key)
        if does is None and event.key == "backspace" and not self._input.value:
            does = lambda: self._end(None)  # noqa: E731
        if does is not None:
            event.stop()
            event.prevent_default()
            does()

    def _up(self) -> None:
        if self._list.highlighted and not self._history.is_under_way:
            self._step(-1)
        else:
            self._recall(self._history.older(self._input.value))

    def _down(self) -> None:
        if self._history.is_under_way:
            self._recall(self._history.newer())
        else:
            self._step(1)

    def _recall(self, line: str) -> None:
        self._put(line)
        self._show((), None)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._put(self._offers[event.option_index].line)
        if self._input.value.endswith(" "):
            self._look()
        else:
            self._finish()

    def _finish(self) -> None:
        """Carry out what the line means, otherwise the selected completion."""
        line = self._input.value
        if not line.strip():
            self._end(None)
            return
        at = self._list.highlighted
        try:
            call = self._meaning.call(line)
            if call is None and at is not None:
                line = self._offers[at].line
                call = self._meaning.call(line)
        except NotUnderstood as answer:
            self._show_problem(str(answer))
            return
        if call is None:
            self._show_problem(self._meaning.problem(line))
        elif call.argument and at is not None and argument_of(line, self._meaning):
            self._end(self._meaning.call(self._offers[at].line))
        else:
            self._end(call)

    def _show_problem(self, words: str) -> None:
        if words:
            self._show((), None)
        self._problem.set_class(bool(words), "-open")
        self._problem.update(Content(shown_line(words)))

    def _end(self, call: Call | None) -> None:
        if self.is_current:
            if call is not None:
                self._history.keep(self._input.value.strip())
            self._history.leave()
            self.dismiss(call)


def _rows(offers: Sequence[Offer], width: int) -> list[Content]:
    """Return a row for each offer: its name, its explanation and its keys, in columns."""
    if not offers or width < 1:
        return []
    names = [shown_line(offer.name) for offer in offers]
    name_width = min(max(map(cell_len, names)), _WIDEST_NAME, width)
    key_width = max(cell_len(offer.keys) for offer in offers)
    help_width = width - name_width - key_width - 2 * _GAP
    rows = []
    for offer, name in zip(offers, names, strict=True):
        help_ = shown_line(offer.help)
        gap, rest = "", ""
        if help_width > 0:
            gap, rest = " " * _GAP, f"{pad(fit(help_, help_width), help_width)}{'':{_GAP}}{offer.keys}"
        rows.append(Content.assemble(pad(fit(name, name_width), name_width) + gap, (rest, "dim")))
    return rows
