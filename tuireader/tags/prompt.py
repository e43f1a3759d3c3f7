"""The line for typing tags, with completions."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from rich.cells import cell_len
from textual import getters
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from library import TagCount, TagSuggestion
from library.text.case_folding import fold
from tuireader.commands.binding import Bound, once
from tuireader.jobs.changes import Changes
from tuireader.presentation import shown_line
from tuireader.rows import fit, pad

_OFFERED = 12
_LINES, _FEW_LINES, _TALL = 6, 3, 16
"""Maximum numbers of suggestions on a tall and on a low screen, and minimum height of a tall one."""
_WIDEST = 32
"""Maximum width of a suggested tag in cells."""


def completions(typed: str, known: Sequence[TagCount]) -> tuple[str, ...]:
    """Return the tags of ``known`` that contain the last one in ``typed``; prefix matches come first."""
    *before, last = (fold(part.strip()) for part in typed.split(","))
    fitting = [count.tag for count in known if last in fold(count.tag) and fold(count.tag) not in before]
    return tuple(sorted(fitting, key=lambda tag: not fold(tag).startswith(last)))[:_OFFERED]


def split_tags(typed: str) -> tuple[str, ...]:
    """Return the tags in ``typed``, which are separated by commas."""
    return tuple(tag for part in typed.split(",") if (tag := part.strip()))


class TagPrompt(Vertical):
    """A prompt for tags, separated by commas. Tab inserts a matching tag or a suggestion."""

    DEFAULT_CSS = """
    TagPrompt {
        display: none; height: auto; border-top: solid $accent; padding: 0 1;
        &.-open { display: block; }
        & Horizontal { height: 1; }
        & #tag-label { width: auto; color: $text-muted; }
        & Input { width: 1fr; height: 1; border: none; padding: 0; background: $background; }
        & Input:focus { border: none; }
        & #tag-carried { height: 1; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis; }
        & #tag-offer { height: auto; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """

    @dataclass
    class Answered(Message):
        """The user named ``tags``; an empty tuple changes nothing."""

        tags: tuple[str, ...]
        remove: bool

    _input = getters.query_one(Input)
    _label = getters.query_one("#tag-label", Static)
    _has = getters.query_one("#tag-carried", Static)
    _offer = getters.query_one("#tag-offer", Static)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._known: Sequence[TagCount] = ()
        self._carried: Sequence[str] = ()
        self._suggestions: Sequence[TagSuggestion] = ()
        self._remove = False
        self._new = self._typed = ""
        self._chosen = 0

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Static(id="tag-label", markup=False)
            yield Input()
        yield Static(id="tag-carried", markup=False)
        yield Static(id="tag-offer", markup=False)

    @property
    def is_open(self) -> bool:
        """True while the prompt is open."""
        return self.has_class("-open")

    def ask(
        self,
        label: str,
        known: Sequence[TagCount],
        *,
        remove: bool,
        typed: str = "",
        new: str = "new tag",
        carried: Sequence[str] = (),
    ) -> None:
        """Ask for tags to add, or to ``remove``; ``known`` are those that can be completed.

        ``typed`` is the initial text of the line; ``new`` is shown for an unknown tag.
        ``carried`` are tags that the article has: they are shown, and not offered.
        """
        self._carried = tuple(map(shown_line, carried))
        self._has.display = bool(carried)
        self._has.update(Content("Has " + "  ".join(f"#{tag}" for tag in self._carried)))
        self._known, self._remove, self._new = known, remove, new
        self._suggestions, self._chosen, self._typed = (), 0, shown_line(typed)
        self._label.update(Content(f"{label} "))
        with self.prevent(Input.Changed):
            self._input.value = self._typed
            self._input.cursor_position = len(self._input.value)
        self._show_offer()
        self.add_class("-open")
        self.screen.set_focus(self._input)

    def suggest(self, suggestions: Sequence[TagSuggestion]) -> None:
        """Offer suggestions with their reasons while no tag has been begun."""
        self._suggestions = suggestions
        self._show_offer()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._chosen = 0
        self._show_offer()

    def finish(self) -> None:
        """Answer with the tags that were typed."""
        self._answer(split_tags(self._input.value))

    def dismiss(self) -> None:
        """Answer with no tags."""
        self._answer(())

    def _answer(self, tags: tuple[str, ...]) -> None:
        self.remove_class("-open")
        self.post_message(self.Answered(tags, self._remove))

    # Suggestions

    def _names(self) -> list[str]:
        """Return the folded tags of the line. The last one is being typed."""
        return [fold(part.strip()) for part in self._input.value.split(",")]

    def _completions(self) -> tuple[str, ...]:
        carried = set(map(fold, self._carried))
        known = [count for count in self._known if fold(shown_line(count.tag)) not in carried]
        return completions(self._input.value, known)

    def _suggested(self) -> list[TagSuggestion]:
        """Return the suggestions not in the line yet; empty if a tag has been begun."""
        *before, last = self._names()
        return [] if last else [one for one in self._suggestions if fold(one.tag) not in before]

    def _offered(self) -> tuple[str, ...]:
        suggested = self._suggested()
        if suggested:
            return tuple(one.tag for one in suggested)
        return self._completions()

    def step(self, step: int) -> None:
        """Move the selection in the suggestions by ``step``."""
        number = len(self._offered())
        if number:
            self._chosen = (self._chosen + step) % number
            self._show_offer()

    def complete(self) -> None:
        """Accept the selected suggestion; afterwards another tag can be typed."""
        offered, more = self._offered(), ", " if self._suggested() else ""
        if offered:
            before = self._input.value.rpartition(",")[0]
            tag = shown_line(offered[min(self._chosen, len(offered) - 1)])
            self._input.value = (f"{before}, {tag}" if before else tag) + more
            self._input.cursor_position = len(self._input.value)

    def _show_offer(self) -> None:
        suggested = self._suggested()
        self._chosen = min(self._chosen, max(len(self._offered()) - 1, 0))
        self._offer.update(self._suggestion_lines(suggested) if suggested else self._words_that_fit())

    def _words_that_fit(self) -> Content:
        offered = self._completions()
        if not offered and self._names()[-1] in map(fold, self._carried):
            return Content("The article has this tag.")
        if not offered:
            return Content("" if self._input.value.strip() == self._typed else self._new)
        words = [
            Content.styled(shown_line(tag), "bold $accent" if place == self._chosen else "")
            for place, tag in enumerate(offered)
        ]
        return Content("  ").join(words)

    def _suggestion_lines(self, suggested: Sequence[TagSuggestion]) -> Content:
        """Return as many suggestions as fit, one per line, with the selected one among them."""
        room = _LINES if self.screen.size.height >= _TALL else _FEW_LINES
        first = max(0, min(self._chosen - room + 1, len(suggested) - room))
        width = min(max(cell_len(shown_line(one.tag)) for one in suggested), _WIDEST)
        lines = []
        for place, one in enumerate(suggested[first : first + room], first):
            tag = pad(fit(shown_line(one.tag), width), width)
            chosen = place == self._chosen
            sign, style = ("▌", "bold $foreground") if chosen else (" ", "$foreground")
            about = (f"  {one.reason}", "$text-muted")
            lines.append(Content.assemble((sign, "$accent"), (tag, style), about))
        return Content("\n").join(lines)


Answer = Callable[[tuple[str, ...], bool], Awaitable[None]]
"""A function that carries out an answer: the tags, and True to remove them."""


class TagQuestion:
    """Asks for tags in the prompt of one screen."""

    def __init__(self, prompt: TagPrompt, changes: Changes, leave: Callable[[], object]) -> None:
        self.prompt = prompt
        self._changes = changes
        self._leave = leave
        self._answer: Answer | None = None
        self.number = 0
        """Number of questions asked so far, which identifies the current one."""

    def commands(self) -> Iterable[Bound]:
        yield once("finish-tags", self.prompt.finish)
        yield once("complete-tag", self.prompt.complete)
        yield once("next-suggestion", lambda: self.prompt.step(1))
        yield once("previous-suggestion", lambda: self.prompt.step(-1))
        yield once("dismiss-tags", self.prompt.dismiss)

    def ask(
        self,
        label: str,
        known: Sequence[TagCount],
        answer: Answer,
        *,
        remove: bool = False,
        typed: str = "",
        new: str = "new tag",
        carried: Sequence[str] = (),
    ) -> None:
        """Ask for tags. The other arguments are those of ``TagPrompt.ask``.

        Args:
            label: The text before the typed tags.
            known: The tags that can be completed.
            answer: Carries out the answer, if there is one.
        """
        self._answer = answer
        self.number += 1
        self.prompt.ask(label, known, remove=remove, typed=typed, new=new, carried=carried)

    def answered(self, message: TagPrompt.Answered) -> None:
        """Give the focus back, and carry out the answer."""
        self._leave()
        if message.tags and self._answer is not None:
            self._changes.start(partial(self._answer, message.tags, message.remove))

    def cancel(self) -> None:
        """Close the prompt if it is open."""
        if self.prompt.is_open:
            self.prompt.dismiss()
