"""The theme of an open reader: the one that was chosen, or the one for a light or a dark terminal."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from textual.app import App
from textual.filter import LineFilter

from tuireader.colours import AUTO
from tuireader.settings import SETTINGS, Settings
from tuireader.settings.chosen import ChosenSettings
from tuireader.themes import ANSI, in_terminal_colours, register_themes, theme_of

_THEME = next(setting for setting in SETTINGS if setting.name == "theme")


class Appearance:
    """Chooses the theme of ``app`` by its settings, and lets the user choose another one.

    Args:
        app: The app.
        settings: Its settings.
        colours: The terminal has colours.
        dark: The terminal has a dark background, as far as is known.
    """

    def __init__(self, app: App[Any], settings: ChosenSettings, *, colours: bool, dark: bool) -> None:
        self._app = app
        self._settings = settings
        self._dark = dark
        self._is_previewing = False
        self._own: set[str] = set()
        self._filters = {name: in_terminal_colours(one) for name, one in ANSI.items()}
        register_themes(app, colours=colours)
        self._register_own()
        app.theme = self._current
        settings.tried.subscribe(self._try)

    @property
    def _current(self) -> str:
        return self._settings.now.theme_on(dark=self._dark)

    @property
    def follows_terminal(self) -> bool:
        """True if the theme depends on the background of the terminal."""
        return self._settings.now.theme == AUTO

    @property
    def line_filters(self) -> list[LineFilter]:
        """What the theme changes in every line before it is drawn."""
        one = self._filters.get(self._app.theme)
        return [] if one is None else [one]

    def settings_changed(self, names: frozenset[str]) -> None:
        """Use the theme that the settings now name, in its colours as they now are."""
        if "themes" in names:
            gone = self._own - set(self._settings.themes)
            self._register_own()
            self._use(self._current)
            for name in gone:
                self._app.unregister_theme(name)
            self._app.mutate_reactive(App.theme)
        elif names & {"theme", "dark_theme", "light_theme"}:
            self._use(self._current)

    def terminal_is(self, *, dark: bool) -> None:
        """Use the theme for a terminal with a dark or a light background, if the settings say so."""
        self._dark = dark
        if not self._is_previewing:
            self._use(self._current)

    def theme_changed(self, theme: str) -> None:
        """Keep a theme that was chosen in the settings."""
        if not self._is_previewing and theme != self._current:
            self._settings.choose(theme=theme)

    def open_menu(self) -> None:
        """Let the user choose a theme; each is shown while the cursor is on it."""
        from tuireader.dialogs.choice import ChoiceScreen

        names, before = _THEME.choices(self._settings.themes), self._settings.now.theme

        def show(number: int) -> None:
            self._settings.tried.publish(replace(self._settings.now, theme=names[number]))

        def choose(number: int | None) -> None:
            if number is not None:
                self._settings.choose(theme=names[number])
            self._settings.tried.publish(self._settings.now)

        options = [f"{name}{' · current' if name == before else ''}" for name in names]
        self._app.push_screen(ChoiceScreen("Theme", options, names.index(before), preview=show), choose)

    def _try(self, settings: Settings) -> None:
        self._is_previewing = settings != self._settings.now
        self._use(settings.theme_on(dark=self._dark))

    def _use(self, theme: str) -> None:
        if theme in self._app.available_themes:
            self._app.theme = theme

    def _register_own(self) -> None:
        for name, colours in self._settings.themes.items():
            self._app.register_theme(theme_of(name, colours))
        self._own = set(self._settings.themes)
