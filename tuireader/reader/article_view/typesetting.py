"""Typesetting of the article: justification and hyphenation."""

from __future__ import annotations

from collections.abc import Iterable

from library.text.layout import Setting
from library.text.layout.hyphenation import hyphenator
from tuireader.commands.binding import Bound, once
from tuireader.desk import Desk
from tuireader.messages import SettingsChosen
from tuireader.reader.front import InView


class Typesetting:
    """The user's choices for the typesetting of articles."""

    def __init__(self, desk: Desk, in_view: InView, *, justified: bool, hyphenated: bool) -> None:
        self._desk = desk
        self._in_view = in_view
        self.justified = justified
        self.hyphenated = hyphenated

    def commands(self) -> Iterable[Bound]:
        yield once("justify", self.justify)
        yield once("hyphenate", self.hyphenate)

    def of(self, language: str) -> Setting:
        """Return the typesetting of an article in ``language``."""
        return Setting(
            justified=self.justified,
            hyphenator=hyphenator(language) if self.hyphenated else None,
            wide_tables=True,
        )

    def justify(self) -> None:
        """Switch justification on or off."""
        self.justified = not self.justified
        self._set_again()

    def hyphenate(self) -> None:
        """Switch hyphenation on or off."""
        self.hyphenated = not self.hyphenated
        self._set_again()

    def _set_again(self) -> None:
        self._desk.app.post_message(SettingsChosen(justified=self.justified, hyphenated=self.hyphenated))
        self._in_view.refresh()
