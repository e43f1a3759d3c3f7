"""A small menu for choosing one item."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events, getters
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tuireader.dialogs.dialog import DialogScreen, frame
from tuireader.widgets.menu import Menu

_AROUND = 5
"""Lines of the frame and its distance from the top."""

_STEPS = {"j": 1, "down": 1, "k": -1, "up": -1}


class ChoiceScreen(DialogScreen[int | None]):
    """A menu of ``options`` under ``title``. The result is the index of the chosen option, or None.

    An option has a sample in its colour, if ``colours`` has one for it. ``preview`` is called with the index
    of each option that the cursor comes to; what is below the dialog is then not dimmed.
    """

    DEFAULT_CSS = """
    ChoiceScreen {
        & > .frame { width: 52; }
        &.-preview { background: transparent; align: right top; }
        &.-preview > .frame { width: 42; }
    }
    """

    _list = getters.query_one(Menu)

    def __init__(
        self,
        title: str,
        options: Sequence[str],
        chosen: int = 0,
        *,
        colours: Sequence[str] = (),
        preview: Callable[[int], object] | None = None,
    ) -> None:
        super().__init__()
        self._preview = preview
        self.set_class(preview is not None, "-preview")
        self._title = title
        self._options = options
        self._chosen = chosen
        self._colours = colours

    def _option(self, number: int, text: str) -> Content:
        colour = self._colours[number] if number < len(self._colours) else ""
        digit = number + 1 if number < 9 else " "
        sample = ("███  " if colour else "     ", colour) if any(self._colours) else ""
        return Content.assemble(f" {digit}  ", sample, text)

    def compose(self) -> ComposeResult:
        with Vertical(classes="frame") as container:
            frame(container, self._title, ("Esc", "close"), ("Enter", "choose"))
            yield Menu(
                *(Option(self._option(number, text)) for number, text in enumerate(self._options)),
                markup=False,
            )

    def on_mount(self) -> None:
        self._list.highlighted = self._chosen

    def on_resize(self) -> None:
        """Leave room for the title and the keys, however many options there are."""
        self._list.styles.max_height = max(1, self.size.height * 9 // 10 - _AROUND)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if self._preview is not None and self.is_current:
            self._preview(event.option_index)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.end(event.option_index)

    def on_key(self, event: events.Key) -> None:
        """Move with ``j`` and ``k``, choose with a digit, cancel with Esc or ``q``."""
        chosen = int(event.key) if event.key in tuple("123456789") else 0
        if event.key in _STEPS:
            event.stop()
            event.prevent_default()
            step = self._list.action_cursor_down if _STEPS[event.key] > 0 else self._list.action_cursor_up
            step()
        elif 1 <= chosen <= len(self._options):
            event.stop()
            self.end(chosen - 1)
        elif event.key in ("escape", "q"):
            event.stop()
            event.prevent_default()
            self.end(None)
