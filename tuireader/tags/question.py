"""Asks for tags. The caller decides what happens with the answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import partial

from library import TagCount
from tuireader.commands.binding import Bound, once
from tuireader.jobs.changes import Changes
from tuireader.tags.prompt import TagPrompt

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
    ) -> None:
        """Ask for tags. The other arguments are those of ``TagPrompt.ask``.

        Args:
            label: The text before the typed tags.
            known: The tags that can be completed.
            answer: Carries out the answer, if there is one.
        """
        self._answer = answer
        self.number += 1
        self.prompt.ask(label, known, remove=remove, typed=typed, new=new)

    def answered(self, message: TagPrompt.Answered) -> None:
        """Give the focus back, and carry out the answer."""
        self._leave()
        if message.tags and self._answer is not None:
            self._changes.start(partial(self._answer, message.tags, message.remove))

    def cancel(self) -> None:
        """Close the prompt if it is open."""
        if self.prompt.is_open:
            self.prompt.dismiss()
