"""The settings view: shows all settings and changes them, here and in the file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult, SuspendNotSupported
from textual.content import Content
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Static

from library.text.amounts import counted
from tuireader.commands import Context, find
from tuireader.commands.binding import Bound, once
from tuireader.desk import Desk
from tuireader.dialogs.choice import ChoiceScreen
from tuireader.dialogs.naming import NamingScreen
from tuireader.notes.editor import named_editor, run_editor
from tuireader.presentation import shown_line
from tuireader.rows import clipped, fit, one_line, pad
from tuireader.screens.view_screen import CarryOut, RowCommands, ViewScreen
from tuireader.settings import SECTIONS, SETTINGS, Section, Setting, Settings, in_words
from tuireader.settings.writing import SettingsNotSaved, change_settings
from tuireader.tags.head_line import HeadLine
from tuireader.widgets.row_list import RowList, RowTops

_NAME_CELLS, _VALUE_CELLS, _HELP_CELLS = 15, 18, 44
_WIDEST_VALUE = 40

Row = Section | Setting


def _rows() -> Iterator[Row]:
    for section in SECTIONS:
        yield section
        yield from (setting for setting in SETTINGS if setting.section is section)


ROWS: tuple[Row, ...] = tuple(_rows())


class SettingList(RowList):
    """One line for each setting: name, value and, where there is room, its help."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"setting-list--{name}"
        for name in ("blank", "bar", "cursor", "name", "value", "chosen", "help", "heading")
    }
    DEFAULT_CSS = """
    SettingList {
        background: $background;
        & .setting-list--bar { color: $accent; }
        & .setting-list--cursor { background: $panel; }
        & .setting-list--value { color: $text-muted; }
        & .setting-list--chosen { color: $accent; text-style: bold; }
        & .setting-list--help { color: $text-muted; }
        & .setting-list--heading { color: $accent; text-style: bold; }
    }
    """

    @dataclass
    class Highlighted(Message):
        """The cursor moved to another setting."""

        setting: Setting

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, SettingList.Highlighted)

    class Opened(Message):
        """A setting was opened with the mouse."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._settings = Settings()
        heights = (1 if isinstance(row, Setting) or row is SECTIONS[0] else 2 for row in ROWS)
        self._tops = RowTops(heights)

    def show(self, settings: Settings) -> None:
        """Show the values of ``settings``."""
        self._settings = settings
        self.rows_changed(self.cursor_row)

    @property
    def setting(self) -> Setting:
        """The setting under the cursor."""
        row = ROWS[self.stop_at(self.cursor_row, 1)]
        assert isinstance(row, Setting)
        return row

    def go_to(self, setting: Setting) -> None:
        """Put the cursor on ``setting``."""
        self.move_to(ROWS.index(setting))

    # Methods of the base class

    @property
    def row_count(self) -> int:
        """Number of rows, including headings."""
        return len(ROWS)

    def top_of(self, row: int) -> int:
        """Return the first line of ``row``; headings have a blank line above."""
        return self._tops.top_of(row)

    def row_of(self, line: int) -> int:
        """Return the row at ``line``."""
        return self._tops.row_of(line)

    def is_heading(self, row: int) -> bool:
        """Return True for the name of a section, which always has settings after it."""
        return not isinstance(ROWS[row], Setting)

    def cursor_moved(self) -> None:
        """Tell which setting the cursor is on."""
        self.post_message(self.Highlighted(self.setting))

    def open_row(self, row: int) -> None:
        """Tell that a setting is to be changed."""
        self.post_message(self.Opened())

    def draw_row(self, row: int, width: int) -> tuple[Strip, ...]:
        """Draw a heading, or a setting."""
        shown, blank = ROWS[row], "setting-list--blank"
        if isinstance(shown, Section):
            title = [(f" {shown.name.capitalize()}", "setting-list--heading")]
            lines = [title] if shown is SECTIONS[0] else [[("", blank)], title]
            return tuple(self.strip(clipped(line, width, blank)) for line in lines)
        at_cursor = row == self.cursor_row
        value = getattr(self._settings, shown.name)
        kind = "value" if value == shown.default else "chosen"
        words, room = one_line(in_words(value)) or "–", width - _NAME_CELLS - 2
        pieces = [
            ("▌" if at_cursor else " ", "setting-list--bar"),
            (pad(f" {shown.name}", _NAME_CELLS), "setting-list--name"),
        ]
        cells = max(0, min(room - _HELP_CELLS, _WIDEST_VALUE))
        if cells < _VALUE_CELLS:  # the help is below the list
            pieces.append((fit(words, max(0, room)), f"setting-list--{kind}"))
        else:
            pieces.append((pad(fit(words, cells), cells), f"setting-list--{kind}"))
            pieces.append((f" {fit(shown.help, room - cells)}", "setting-list--help"))
        ground = self.get_component_rich_style("setting-list--cursor") if at_cursor else None
        return (self.strip(clipped(pieces, width, blank), ground=ground),)


class SettingsScreen(ViewScreen[None]):
    """All settings by section; the line below the list says what the one at the cursor takes."""

    AUTO_FOCUS = "SettingList"

    DEFAULT_CSS = """
    SettingsScreen {
        background: $background;
        & SettingList { height: 1fr; }
        &.-upright SettingList { margin-top: 1; }
        &.-tall SettingList { margin-top: 1; }
        & #setting-detail { height: auto; max-height: 5; padding: 0 1; border-top: solid $border-blurred; }
    }
    """

    def __init__(self, desk: Desk, carry_out: CarryOut) -> None:
        super().__init__(desk, carry_out, Context.SETTINGS, result=lambda: None)
        self.head = HeadLine()
        self.rows = SettingList(id="settings")
        self.detail = Static(id="setting-detail", markup=False)
        self.commands.add(RowCommands(self.rows.moves), SettingChanges(desk, self.rows), _Leaving(self))

    def compose(self) -> ComposeResult:
        yield self.head
        yield self.rows
        yield self.detail
        yield self.footer

    def on_mount(self) -> None:
        self.desk.settings.changed.subscribe(self._settings_changed)
        self.head.title = "Settings"
        self._settings_changed(frozenset())

    def on_unmount(self) -> None:
        self.desk.settings.changed.unsubscribe(self._settings_changed)

    def show_keys(self) -> None:
        """Show the keys of the view: every change holds already, so the way out is to be done."""
        if self.is_mounted:
            shown = self.key_map.footer_for(self.context)
            self.footer.show_commands(
                [replace(one, label="done") if one.id == "back" else one for one in shown]
            )

    def _settings_changed(self, names: frozenset[str]) -> None:
        self.rows.show(self.desk.settings.now)
        self._show_detail(self.rows.setting)
        self._show_head()

    def on_resize(self) -> None:
        self._show_head()

    def _show_head(self) -> None:
        """Show where the file is, of a long path its end, and how much is wrong in it."""
        settings = self.desk.settings
        wrong = f"{counted(len(settings.problems), 'problem')} · " if settings.problems else ""
        place = shown_line(str(settings.file)) if settings.file else "not saved: there is no file"
        room = max(self.size.width - len(self.head.title) - len(wrong) - 4, 1)
        self.head.amount = wrong + (place if len(place) <= room else f"…{place[1 - room :]}")

    @on(SettingList.Highlighted)
    def _cursor_moved(self, message: SettingList.Highlighted) -> None:
        self._show_detail(message.setting)

    @on(SettingList.Opened)
    def _setting_opened(self) -> None:
        self.invoke(find("change-setting"))

    def _show_detail(self, setting: Setting) -> None:
        default = in_words(setting.default) or "empty"
        takes = f"Takes {setting.kind.values} · default {default}"
        value = shown_line(in_words(getattr(self.desk.settings.now, setting.name))) or "empty"
        parts = ((f"{setting.help}\n", "bold"), (f"{setting.name} is {value}\n", ""), (takes, "$text-muted"))
        self.detail.update(Content.assemble(*parts))


class _Leaving:
    """The way back to the panes."""

    def __init__(self, screen: SettingsScreen) -> None:
        self._screen = screen

    def commands(self) -> Iterable[Bound]:
        yield once("back", self._screen.leave)


class SettingChanges:
    """The commands that change the setting at the cursor, and undo that."""

    def __init__(self, desk: Desk, rows: SettingList) -> None:
        self._desk = desk
        self._rows = rows
        self._done: list[tuple[Setting, Any]] = []
        self._undone: list[tuple[Setting, Any]] = []

    def commands(self) -> Iterable[Bound]:
        yield once("change-setting", self.change)
        yield once("reset-setting", lambda: self._set(self._rows.setting, self._rows.setting.default))
        yield once("edit-settings-file", self.edit_file)
        yield once("undo", lambda: self._replay(self._done, self._undone, "undo"))
        yield once("redo", lambda: self._replay(self._undone, self._done, "redo"))

    def change(self) -> None:
        """Switch the setting at the cursor, or ask for its value."""
        setting = self._rows.setting
        value = getattr(self._desk.settings.now, setting.name)
        choices = setting.choices(self._desk.settings.themes)
        if isinstance(value, bool):
            self._set(setting, not value)
        elif choices:
            chosen = choices.index(in_words(value))
            preview = partial(self._try_theme, choices) if setting.kind.takes_own_themes else None
            menu = ChoiceScreen(setting.help[:-1], choices, chosen, preview=preview)
            self._desk.app.push_screen(menu, partial(self._chosen, setting, choices))
        else:
            screen = NamingScreen(
                setting.help[:-1],
                in_words(value),
                f"Takes {setting.kind.values}.",
                "set",
                refuse=partial(_why_not, setting),
            )
            self._desk.app.push_screen(screen, partial(self._typed, setting))

    def _try_theme(self, choices: tuple[str, ...], number: int) -> None:
        settings = self._desk.settings
        settings.tried.publish(replace(settings.now, theme=choices[number]))

    def _chosen(self, setting: Setting, choices: tuple[str, ...], chosen: int | None) -> None:
        self._desk.settings.tried.publish(self._desk.settings.now)
        if chosen is not None:
            self._set(setting, setting.value_of(choices[chosen], self._desk.settings.themes))

    def _typed(self, setting: Setting, word: str | None) -> None:
        if word:
            self._set(setting, setting.value_of(word))

    def _set(self, setting: Setting, value: Any) -> None:
        before = getattr(self._desk.settings.now, setting.name)
        if value == before:
            self._desk.say(f"{setting.name} is {in_words(value) or 'empty'} already.")
            return
        self._done.append((setting, before))
        self._undone.clear()
        self._desk.settings.choose(**{setting.name: value})

    def _replay(self, taken: list[tuple[Setting, Any]], given: list[tuple[Setting, Any]], what: str) -> None:
        if not taken:
            self._desk.say(f"No change of settings to {what} here.")
            return
        setting, value = taken.pop()
        given.append((setting, getattr(self._desk.settings.now, setting.name)))
        self._rows.go_to(setting)
        self._desk.settings.choose(**{setting.name: value})

    def edit_file(self) -> None:
        """Open the file in the user's editor; what is changed there applies when it is left."""
        file, editor = self._desk.settings.file, named_editor(os.environ)
        if file is None or not editor:
            self._desk.say("No editor is set in VISUAL or EDITOR.", "warning")
            return
        try:
            if not file.exists():
                change_settings(file, {})
            with self._desk.app.suspend():
                failure = run_editor(editor, file)
        except SettingsNotSaved as error:
            failure = str(error)
        except SuspendNotSupported:
            failure = "This terminal cannot run another program."
        if failure:
            self._desk.say(failure, "error")
        settings = self._desk.settings
        if settings.is_stale():
            settings.take(settings.read())


def _why_not(setting: Setting, word: str) -> str:
    """Return why a typed word is no value; empty if it is one."""
    try:
        setting.value_of(word)
    except ValueError:
        return f"{word} is not {setting.kind.values}."
    return ""
