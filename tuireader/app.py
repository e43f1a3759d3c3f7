"""The Textual app: themes, command palette and the main screen."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from signal import SIGHUP
from typing import Any

from textual import events, on
from textual.app import App, SystemCommand
from textual.command import CommandPalette
from textual.css.query import NoMatches
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.filter import LineFilter, Monochrome
from textual.notifications import Notify
from textual.screen import Screen

from library import Library
from tuireader.appearance import Appearance
from tuireader.colours import TEXTUAL_THEMES
from tuireader.commands import COMMANDS, TYPING, Context, KeyMap
from tuireader.delay import Delay
from tuireader.errors import FailureApp, Unexpected
from tuireader.events import Remembered, Rested, SidebarCounted
from tuireader.garbage import LOOK_SECONDS, GarbageCollection
from tuireader.jobs.changes import ChangeProgress
from tuireader.jobs.jobs import JobFailed, Jobs
from tuireader.jobs.writer import Writer
from tuireader.log import Log, sentence_of, watch_threads
from tuireader.palette import CommandProvider
from tuireader.paths import log_file, settings_file, state_folder
from tuireader.presentation import shown
from tuireader.reader.screen import ReaderScreen
from tuireader.screens.command_screen import CommandScreen
from tuireader.screens.key_queue import KeyQueue, Typed
from tuireader.settings.chosen import ChosenSettings
from tuireader.state import SESSION_FILE, STATE_FILE, Session, SessionFile, load_state, save_state
from tuireader.terminal.driver import ContinuingDriver, GraphicsKnown, ReaderDriver, driver_of
from tuireader.terminal.glyphs import wants_ascii
from tuireader.terminal.graphics import MULTIPLEXERS, Graphics, Way
from tuireader.terminal.ground import GroundKnown, usually_dark
from tuireader.terminal.guard import GuardedApp, is_being_made
from tuireader.terminal.line_filters import AsciiGlyphs, WithoutColours
from tuireader.terminal.signals import Ending, status_of
from tuireader.terminal.stylesheet import ComponentStylesheet
from tuireader.terminal.textual_internals import Palette
from tuireader.themes import ANSI, legible
from tuireader.widgets.key_footer import labelled_keys

SESSION_SECONDS = 1.0
"""Seconds between two checks whether the session has changed and must be saved."""


class ReaderApp(GuardedApp[int]):
    """The reader of an open library. Without colours, it does not even use Textual's shades of grey.

    Args:
        library: The open library.
        settings: The settings file; None for no file.
        state: The folder for what the reader remembers; None for nothing.
        shown: The ids of the articles that are already on the screen: see ``first_frame``.
        ascii: The terminal can show ASCII characters only.
        error_log: The log of unexpected errors. An error that ends the app sets ``failure``, the sentences
            to show.
        resume: Restore the session in which the reader was left.
        is_new: The library was made a moment ago: welcome a user who has not been welcomed yet.
    """

    TITLE = "tuireader"
    CSS_PATH = "reader.tcss"
    COMMANDS = App.COMMANDS | {CommandProvider}
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-narrow"),
        (90, "-medium"),
        (140, "-wide"),
    ]

    VERTICAL_BREAKPOINTS = [(0, "-short"), (24, "-upright"), (30, "-tall")]  # noqa: RUF012

    def __init__(
        self,
        library: Library,
        *,
        settings: Path | None = None,
        state: Path | None = None,
        shown: tuple[str, ...] = (),
        ascii: bool = False,  # noqa: A002
        error_log: Log | None = None,
        resume: bool = True,
        is_new: bool = False,
    ) -> None:
        super().__init__(driver_class=ContinuingDriver if shown else None)
        # An empty NO_COLOR does not count (no-color.org). Some terminals have no colours.
        self.no_color = bool(os.environ.get("NO_COLOR")) or self.console.color_system is None
        self._plain_filters: list[LineFilter] = [WithoutColours()] if self.no_color else []
        self._glyph_filters = [AsciiGlyphs()] if ascii else []
        self._library = library
        self.error_log = error_log or Log(None)
        self.failure: tuple[str, str] | None = None
        self.unexpected = Unexpected(self.error_log, self._show_error)
        self._goes_with_next_key = False
        self._is_ready = False
        self._is_ending = False
        self._shown = shown
        self._writer = Writer()
        self._has_graphics = False
        self.typed = KeyQueue(self, super().on_event)
        self.settings = ChosenSettings(
            settings,
            keep=self._writer.keep,
            tell=lambda sentence: self.call_later(self._show_error, sentence),
        )
        self.settings.changed.subscribe(self._settings_changed)
        self.key_map = KeyMap(COMMANDS)
        self._use_keys()
        self._state_file = state / STATE_FILE if state else None
        self._state = load_state(self._state_file)
        self._welcomes = is_new and not self._state.welcomed
        self._sessions = SessionFile(state / SESSION_FILE if state else None, library.path)
        self._session = self._sessions.load() if resume else Session()
        self._appearance = Appearance(self, self.settings, colours=not self.no_color, dark=self._state.dark)
        self.stylesheet = ComponentStylesheet(variables=self.get_css_variables())  # of the chosen theme

    def get_default_screen(self) -> Screen[None]:
        return ReaderScreen(
            self,
            self._library,
            self._writer,
            settings=self.settings,
            queries=self._state.queries,
            lines=self._state.lines,
            session=self._session,
            shown=self._shown,
            welcomes=self._welcomes,
            sidebar=self._state.sidebar,
        )

    def get_driver_class(self) -> type[Driver]:
        usual = super().get_driver_class()
        return ReaderDriver if usual is LinuxDriver else usual

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return the filters that are applied to every line before it is drawn."""
        usual = [one for one in super().get_line_filters() if not isinstance(one, Monochrome)]
        colours = self._plain_filters or [*usual, *self._appearance.line_filters]
        return [*colours, *self._glyph_filters]

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Yield those commands of Textual that are not in the registry."""
        yield SystemCommand("Theme", "Choose a theme.", self.action_change_theme)

    def action_command_palette(self) -> None:
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(Palette(labelled_keys((("Esc", "close"), ("Enter", "choose")))))

    def goes_on_after(self, error: BaseException) -> bool:
        """Show an unexpected error and return True if the app can go on.

        The app ends if something fails repeatedly, or if the error occurred while the app or one of its
        widgets was being created.
        """
        complete = self._is_ready and self.is_running and not is_being_made()
        if complete and isinstance(error, Exception) and self.unexpected.may_go_on("reader", error):
            return True
        written = self.error_log.error("reader", error)
        if self.failure is None:
            self.failure = (sentence_of(error), self.error_log.where(written))
        return False

    def _show_error(self, sentence: str) -> None:
        self.notify(shown(sentence), severity="error", markup=False, timeout=8)

    def on_notify(self, message: Notify) -> None:
        """Remove the previous message: Textual would stack messages over the article."""
        self.clear_notifications()
        self._goes_with_next_key = message.notification.severity == "information"

    def _remove_seen_message(self) -> None:
        """Remove the message that a key follows; warnings and errors stay for a while."""
        if self._goes_with_next_key:
            self._goes_with_next_key = False
            self.clear_notifications()

    def on_job_failed(self, message: JobFailed) -> None:
        self.unexpected.job_failed(f"job {message.doing}", message.error)

    def on_hung_up(self) -> None:
        """End because the terminal is gone. SIGHUP reports this too, but not every program receives it."""
        self.end(status_of(SIGHUP))

    def end(self, status: int) -> None:
        """Save what is not on disk yet and end with ``status``, whatever is running."""
        if not self._is_ending:
            self._is_ending = True
            Jobs(self).start(partial(self._end, status), "end")

    async def _end(self, status: int) -> None:
        try:
            main = self.screen_stack[0] if self.screen_stack else None
            if isinstance(main, ReaderScreen):
                await main.leaving.end()
        finally:
            self.exit(return_code=status)

    def _give_terminal_back(self) -> None:
        if driver := driver_of(self, ReaderDriver):
            driver.give_back_at_once()

    async def action_quit(self) -> None:
        """Quit only when everything is on disk, also with Textual's own key."""
        main = self.screen_stack[0]
        if isinstance(main, ReaderScreen):
            main.leaving.quit()

    def action_help_quit(self) -> None:
        """Explain how to leave, after a ctrl+c that had nothing to copy."""
        screen, leaves = self.screen, self.key_map.key("quit")
        closes = {*TYPING, Context.CHOOSING}
        if not isinstance(screen, CommandScreen) or screen.context in closes:
            words = f"Esc closes this, then {leaves} leaves the reader"
        else:
            words = f"{leaves} leaves the reader · {self.key_map.key('back')} goes back"
        self.notify(f"{words} · ctrl+q leaves from everywhere", markup=False)

    # Settings and session

    def _settings_changed(self, names: frozenset[str]) -> None:
        self._appearance.settings_changed(names)
        if "pictures" in names:
            self._ask_for_graphics()
        if "theme" in names:
            self._ask_for_ground()
        if "keys" in names:
            self._use_keys()

    def _use_keys(self) -> None:
        """Let the keys of the settings file hold."""
        table = self.settings.tables.get("keys")
        if table or self.key_map.commands is not COMMANDS:
            from tuireader.commands.remapping import letters_of, remap

            self.key_map.use(remap(COMMANDS, table or {})[0], letters_of(table or {})[0])
            for screen in self.screen_stack if self._is_ready else ():
                if isinstance(screen, CommandScreen):
                    screen.keys_changed()

    def on_remembered(self, message: Remembered) -> None:
        self._state = replace(self._state, **message.values)
        self._writer.keep(save_state, self._state_file, self._state)

    def get_css_variables(self) -> dict[str, str]:
        """Return the variables of the theme; in the themes of others, with text that is legible."""
        variables, theme = super().get_css_variables(), self.current_theme
        if theme.name in TEXTUAL_THEMES and theme.name not in ANSI:
            variables = self.theme_variables = legible(variables)
        return variables

    def action_change_theme(self) -> None:
        """Let the user choose a theme."""
        self._appearance.open_menu()

    def watch_theme(self, theme: str) -> None:
        if self.is_running:
            self._appearance.theme_changed(theme)

    def _keep_session(self) -> None:
        main = self.screen_stack[0] if self.screen_stack else None
        if not isinstance(main, ReaderScreen) or not main.is_mounted:
            return
        with suppress(NoMatches):  # its widgets are being removed
            session = main.session
            if session != self._session:
                self._session = session
                self._writer.keep(self._sessions.save, session)

    def exit(self, *args: Any, **kwargs: Any) -> None:
        """Save the session and end the program."""
        self._keep_session()
        super().exit(*args, **kwargs)

    # What the terminal says about itself

    def on_ready(self) -> None:
        self._is_ready = True
        self.set_interval(SESSION_SECONDS, self._keep_session)
        self._ask_for_graphics()
        self._ask_for_ground()
        self.settings.tell_problems()

    def on_resize(self) -> None:
        if self._has_graphics:  # the cells may have another size
            self._ask_for_graphics()

    def on_app_focus(self) -> None:
        self._ask_for_ground()  # few terminals report a change

    def _ask_for_ground(self) -> None:
        driver = driver_of(self, ReaderDriver)
        if driver and self._appearance.follows_terminal and self._is_ready:
            driver.ask_for_ground()

    def on_ground_known(self, message: GroundKnown) -> None:
        dark = usually_dark(os.environ) if message.dark is None else message.dark
        self._appearance.terminal_is(dark=dark)
        if dark != self._state.dark:
            self.post_message(Remembered(dark=dark))

    def _ask_for_graphics(self) -> None:
        main, driver = self.screen_stack[0], driver_of(self, ReaderDriver)
        wanted = isinstance(main, ReaderScreen) and main.pictures.may_be_shown
        if wanted and driver and MULTIPLEXERS.isdisjoint(os.environ):
            driver.ask_for_graphics()

    def on_graphics_known(self, message: GraphicsKnown) -> None:
        main, driver, graphics = self.screen_stack[0], driver_of(self, ReaderDriver), message.graphics
        if graphics.way is Way.PLACEHOLDERS and self.console.color_system != "truecolor":
            graphics = Graphics()  # a picture's number is encoded as a colour, which would be rounded
        if isinstance(main, ReaderScreen) and driver:
            self._has_graphics = graphics.way is not Way.HALF_BLOCKS
            driver.before_stop = main.page.pictures.forget_fine
            main.pictures.use_graphics(graphics, driver)

    def on_change_progress(self, message: ChangeProgress) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, CommandScreen) and screen.is_attached:  # else its widgets are being removed
                screen.show_change(message.words)

    async def on_event(self, event: events.Event) -> None:
        """Queue typed keys so that each is handled in its turn, and clean pasted text."""
        if isinstance(event, events.Paste):
            event.text = shown(event.text)
        if isinstance(event, Typed) and not event.is_forwarded:
            self.unexpected.key_pressed()
            self._remove_seen_message()
            await self.typed.take(event)
        else:
            await super().on_event(event)

    def on_unmount(self) -> None:
        self._writer.close()


FREEZE_PAUSE = 5.0
"""Seconds after the start or a large change until its new objects are left out of garbage collection."""


class ReaderProgram(ReaderApp):
    """The app in a process of its own: it handles signals and garbage collection."""

    _is_frozen = False

    def on_mount(self) -> None:
        Ending(self.end, self._give_terminal_back).listen()
        self._garbage = GarbageCollection()
        self._garbage.start()
        self._garbage.pause()  # what the start makes stays
        Delay(self, FREEZE_PAUSE, self._freeze)
        self.set_interval(LOOK_SECONDS, self._garbage.look)

    def on_unmount(self) -> None:
        self._garbage.stop()

    @on(Rested)
    def _rest(self) -> None:
        self._garbage.rest()

    @on(SidebarCounted)
    def _freeze(self) -> None:
        """Leave the facts of all articles, which stay in memory, out of garbage collection."""
        if not self._is_frozen:
            self._is_frozen = True
            self._garbage.freeze()

    @on(ChangeProgress)
    def _pause_collection(self, message: ChangeProgress) -> None:
        """Pause garbage collection during a large change, which creates the facts of its articles again."""
        self._garbage.pause()
        self._is_frozen = False
        if not message.words:
            Delay(self, FREEZE_PAUSE, self._freeze)


def run_reader(library: Library, *, shown: tuple[str, ...] = (), is_new: bool = False) -> int:
    """Open the reader and return the exit status. ``shown`` and ``is_new`` are passed to ``ReaderApp``.

    After an unexpected error, ask the user whether to open it again.
    """
    log = Log(log_file())
    watch_threads(log)
    plain = wants_ascii(os.environ, locale.getencoding())
    resume = True
    while True:
        app = ReaderProgram(
            library,
            settings=settings_file(),
            state=state_folder(),
            shown=shown,
            ascii=plain,
            error_log=log,
            resume=resume,
            is_new=is_new,
        )
        app.run()
        resume = False  # the session may have caused the failure
        if app.failure is None:
            return app.return_code or 0
        if not _again(log, *app.failure):
            print(*app.failure, file=sys.stderr)
            return 1
        shown = ()


def _again(log: Log, what: str, where: str) -> bool:
    """Show what happened and return True if the user wants to open the reader again."""
    try:
        return bool(FailureApp(what, where).run())
    except Exception as error:
        log.error("error screen", error)
        return False
