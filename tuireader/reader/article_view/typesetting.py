"""Typesetting of the article: justification and hyphenation."""

from __future__ import annotations

from collections.abc import Iterable

from library.text.layout import Setting
from library.text.layout.hyphenation import hyphenator
from tuireader.commands.binding import Bound, once
from tuireader.desk import Desk
from tuireader.reader.front import InView


class Typesetting:
    """The user's choices for the typesetting of articles."""

    def __init__(self, desk: Desk, in_view: InView) -> None:
        self._settings = desk.settings
        self._in_view = in_view
        desk.settings.changed.subscribe(self._settings_changed)

    def commands(self) -> Iterable[Bound]:
        yield once("justify", self.justify)
        yield once("hyphenate", self.hyphenate)

    def of(self, language: str) -> Setting:
        """Return the typesetting of an article in ``language``."""
        chosen = self._settings.now
        return Setting(
            justified=chosen.justified,
            hyphenator=hyphenator(language) if chosen.hyphenated else None,
            wide_tables=True,
        )

    def justify(self) -> None:
        """Switch justification on or off."""
        self._settings.choose(justified=not self._settings.now.justified)

    def hyphenate(self) -> None:
        """Switch hyphenation on or off."""
        self._settings.choose(hyphenated=not self._settings.now.hyphenated)

    def _settings_changed(self, names: frozenset[str]) -> None:
        if names & {"justified", "hyphenated"}:
            self._in_view.refresh()
