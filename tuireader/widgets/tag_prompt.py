"""The line in which tags are typed, with the tags of the library that fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import getters
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from library import TagCount
from library.text.folding import fold
from tuireader.presentation import shown_line

_OFFERED = 12


def completions(typed: str, known: Sequence[TagCount]) -> tuple[str, ...]:
    """The tags of ``known`` that fit the last of the tags in ``typed``: those that begin so come first."""
    *former, last = (fold(part.strip()) for part in typed.split(","))
    fitting = [count.tag for count in known if last in fold(count.tag) and fold(count.tag) not in former]
    return tuple(sorted(fitting, key=lambda tag: not fold(tag).startswith(last)))[:_OFFERED]


class TagPrompt(Vertical):
    """Asks for tags, separated by commas; Tab takes the first tag that fits."""

    DEFAULT_CSS = """
    TagPrompt {
        display: none; height: auto; border-top: solid $accent; padding: 0 1;
        &.-open { display: block; }
        & Horizontal { height: 1; }
        & #tag-label { width: auto; color: $text-muted; }
        & Input { width: 1fr; height: 1; border: none; padding: 0; background: $background; }
        & Input:focus { border: none; }
        & #tag-offer { height: 1; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """

    @dataclass
    class Answered(Message):
        """The person named ``tags``; an empty tuple changes nothing."""

        tags: tuple[str, ...]
        remove: bool

    _input = getters.query_one(Input)
    _label = getters.query_one("#tag-label", Static)
    _offer = getters.query_one("#tag-offer", Static)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._known: Sequence[TagCount] = ()
        self._remove = False

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Static(id="tag-label", markup=False)
            yield Input()
        yield Static(id="tag-offer", markup=False)

    @property
    def is_open(self) -> bool:
        """Whether tags are being asked for."""
        return self.has_class("-open")

    def ask(self, label: str, known: Sequence[TagCount], *, remove: bool) -> None:
        """Ask for tags to add, or to ``remove``; ``known`` are those that can be completed."""
        self._known, self._remove = known, remove
        self._label.update(Content(f"{label} "))
        with self.prevent(Input.Changed):
            self._input.value = ""
        self._show_offer()
        self.add_class("-open")
        self.screen.set_focus(self._input)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._show_offer()

    def finish(self) -> None:
        """Answer with the tags that were typed."""
        self._answer(tuple(tag for part in self._input.value.split(",") if (tag := part.strip())))

    def dismiss(self) -> None:
        """Answer with no tags."""
        self._answer(())

    def _answer(self, tags: tuple[str, ...]) -> None:
        self.remove_class("-open")
        self.post_message(self.Answered(tags, self._remove))

    def complete(self) -> None:
        """Take the first tag that fits."""
        offered = completions(self._input.value, self._known)
        if offered:
            former = self._input.value.rpartition(",")[0]
            tag = shown_line(offered[0])
            self._input.value = f"{former}, {tag}" if former else tag
            self._input.cursor_position = len(self._input.value)

    def _show_offer(self) -> None:
        offered = completions(self._input.value, self._known)
        words = "  ".join(shown_line(tag) for tag in offered)
        self._offer.update(Content(words or ("a new tag" if self._input.value else "")))
