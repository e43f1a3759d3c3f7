"""The base of all dialogs: a frame with a title above and keys below, the way out first."""

from __future__ import annotations

from typing import TypeVar

from textual.binding import Binding
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget

from tuireader.jobs.jobs import Jobs
from tuireader.presentation import shown_line
from tuireader.widgets.key_footer import labelled_keys

R = TypeVar("R")


def frame(container: Widget, title: str, *keys: tuple[str, str] | Content) -> None:
    """Write the title of a dialog and its keys into its frame.

    Args:
        container: The one container of the dialog, with the class ``frame``.
        title: The title.
        keys: Keys with what they do, the way out first; or all of them as they are to be shown.
    """
    pairs = [one for one in keys if not isinstance(one, Content)]
    whole = [one for one in keys if isinstance(one, Content)]
    container.border_title = Content.styled(shown_line(title), "bold $accent")
    container.border_subtitle = Content("  ").join([*([labelled_keys(pairs)] if pairs else []), *whole])


class DialogScreen(ModalScreen[R]):
    """A dialog. Its one container has the class ``frame``; each dialog sets the width of its frame."""

    BINDINGS = [Binding("ctrl+c", "app.help_quit", show=False)]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (14, "-high")]  # noqa: RUF012

    DEFAULT_CSS = """
    DialogScreen {
        align: center top;
        & > .frame {
            max-width: 90%; height: auto; max-height: 90%; margin-top: 1; padding: 1 2;
            background: $surface; border: round $accent; border-subtitle-align: left;
        }
        &.-low > .frame { max-height: 100%; margin-top: 0; padding: 0 1; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.jobs = Jobs(self)

    def end(self, result: R | None) -> None:
        """Close with ``result``, unless a key typed just before has closed the dialog already."""
        if self.is_current:
            self.dismiss(result)
