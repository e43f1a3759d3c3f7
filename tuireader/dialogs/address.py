"""Shows the full address of a link before it is opened."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from textual import events, getters
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from library.text.link_addresses import AddressDescription
from tuireader.commands import Context
from tuireader.dialogs.dialog import DialogScreen, frame
from tuireader.keys import Invoked, KeySequences, key_map_of, latin_of, stroke
from tuireader.presentation import shown_line
from tuireader.widgets.key_footer import keys_in_words

_MOVES = {
    **dict.fromkeys(("down", "j"), "down"),
    **dict.fromkeys(("up", "k"), "up"),
    **dict.fromkeys(("pagedown", "space"), "page_down"),
    "pageup": "page_up",
}
"""Keys → the scrolling they do."""


class LinkAnswer(StrEnum):
    """The user's choice for an address."""

    OPEN = "open-link"
    COPY = "copy-address"
    LEAVE = "leave-link"


class AddressScreen(DialogScreen[LinkAnswer]):
    """A dialog that shows an address and asks what to do with it; it opens only after all of it was shown."""

    DEFAULT_CSS = """
    AddressScreen {
        & > .frame { width: auto; min-width: 40; scrollbar-size-vertical: 1; }
        &.-low > .frame { max-width: 100%; }
        & Static { width: auto; max-width: 100%; }
    }
    """

    _frame = getters.query_one(VerticalScroll)

    def __init__(self, description: AddressDescription, words: str) -> None:
        super().__init__()
        self._description = description
        self._words = shown_line(words)
        self._keys = KeySequences(key_map_of(self.app).reachable_in(Context.LINK))

    def compose(self) -> ComposeResult:
        openable = self._description.openable
        answers = [
            one
            for one in key_map_of(self.app).footer_for(Context.LINK)
            if openable or one.id != LinkAnswer.OPEN
        ]
        with VerticalScroll(classes="frame", can_focus=False) as container:
            frame(container, "Link", keys_in_words(answers))
            yield Static(Content.assemble(*self._parts()), markup=False)

    def _parts(self) -> Iterator[tuple[str, str]]:
        said = self._description
        address = shown_line(said.address)
        if self._words and self._words != address:
            yield f"“{self._words}”\n\n", "$text-muted"
        before, host, after = address.partition(said.host) if said.host else (address, "", "")
        yield before, ""
        yield host, "bold $text-accent underline"
        yield after, ""
        if said.host:
            yield "\n\nhost  ", "$text-muted"
            yield said.host, "bold"
        if said.readable_host:
            yield "\nin its own letters  ", "$text-muted"
            yield shown_line(said.readable_host), ""
        for warning in said.warnings:
            yield f"\n! {shown_line(warning)}", "bold $text-warning"
        if not said.openable:
            yield "\n! Not a plain web or mail address, so it is not opened.", "bold $text-warning"

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        if event.key in _MOVES:
            getattr(self._frame, f"scroll_{_MOVES[event.key]}")(animate=False)
            return
        result = self._keys.feed(stroke(event.key, event.character), latin_of(event, key_map_of(self.app)))
        if not isinstance(result, Invoked):
            return
        answer = LinkAnswer(result.command.id)
        if answer is LinkAnswer.OPEN and self._frame.scroll_offset.y < self._frame.max_scroll_y:
            self._frame.scroll_page_down(animate=False)
        elif answer is not LinkAnswer.OPEN or self._description.openable:
            self.end(answer)
