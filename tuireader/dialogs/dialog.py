"""The base of all dialogs: a small framed screen in the middle of the one below it."""

from __future__ import annotations

from typing import TypeVar

from textual.binding import Binding
from textual.screen import ModalScreen

from tuireader.jobs.jobs import Jobs

R = TypeVar("R")


class DialogScreen(ModalScreen[R]):
    """A dialog. Its one container has the class ``frame``; each dialog sets the width of its frame."""

    BINDINGS = [Binding("ctrl+c", "app.help_quit", show=False)]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (14, "-high")]  # noqa: RUF012

    DEFAULT_CSS = """
    DialogScreen {
        align: center top;
        & > .frame {
            max-width: 90%; height: auto; max-height: 90%; margin-top: 1; padding: 1 2;
            background: $surface; border: round $accent;
        }
        &.-low > .frame { max-height: 100%; margin-top: 0; padding: 0 1; }
        & OptionList:focus > .option-list--option-highlighted {
            color: $block-cursor-foreground; background: $block-cursor-background; text-style: bold;
        }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.jobs = Jobs(self)

    def end(self, result: R | None) -> None:
        """Close with ``result``, unless a key typed just before has closed the dialog already."""
        if self.is_current:
            self.dismiss(result)
