"""The list that is on the screen before Textual is loaded."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pyte
import pytest
from desk import Desk
from terminal import cells

from library import Library
from library.search.first_page import first_articles
from tuireader.colours import COLOURS, DARK, LIGHT
from tuireader.first_frame import PLACEHOLDER, drawn, list_place
from tuireader.settings.writing import change_settings
from tuireader.state import State, save_state

ENVIRONMENT = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
KEYS = "? help"


def first_screen(library: Path, columns: int, lines: int, theme: str, sidebar: str = "") -> pyte.Screen:
    screen = pyte.Screen(columns, lines)
    articles = first_articles(library, lines)
    text = drawn(articles, columns, lines, date.today(), COLOURS[theme], ENVIRONMENT, sidebar)
    pyte.Stream(screen).feed(text)
    return screen


SIZES = [(60, 20), (89, 29), (90, 30), (120, 40), (200, 60)]
FAST = [(89, 29, LIGHT), (120, 40, DARK)]


@pytest.mark.parametrize(
    ("columns", "lines", "theme"),
    [
        pytest.param(*size, theme, marks=() if (*size, theme) in FAST else pytest.mark.slow)
        for size in SIZES
        for theme in (DARK, LIGHT)
    ],
)
def test_textual_draws_the_same_list_a_moment_later(
    desk: Desk, columns: int, lines: int, theme: str, sidebar: str = ""
) -> None:
    with Library.open(desk.library) as library:
        library.importing.add_starter_articles()
    desk.environment |= ENVIRONMENT
    change_settings(Path(desk.environment["XDG_CONFIG_HOME"]) / "tuireader/config.toml", {"theme": theme})
    first = first_screen(desk.library, columns, lines, theme, sidebar)
    reader = desk.open_reader(columns, lines)
    reader.wait_for(lambda text: KEYS in text and "articles" in text.splitlines()[0])
    place = list_place(columns, lines, sidebar)
    for line in range(place.top, place.top + place.height):
        ours, theirs = cells(first, line), reader.cells(line)
        for rule in place.rules:
            assert ours[rule] == theirs[rule]
        end = place.left + place.width
        assert ours[place.left : end] == theirs[place.left : end], f"line {line}"
    asked = slice(1, 1 + len(PLACEHOLDER))
    assert cells(first, 0)[asked] == reader.cells(0)[asked]


@pytest.mark.parametrize(
    ("columns", "lines", "sidebar"),
    [(110, 30, "beside"), pytest.param(200, 60, "hidden", marks=pytest.mark.slow)],
)
def test_the_sidebar_is_where_it_was_put(desk: Desk, columns: int, lines: int, sidebar: str) -> None:
    state = Path(desk.environment["XDG_STATE_HOME"]) / "tuireader/state.json"
    save_state(state, State(sidebar=sidebar))
    test_textual_draws_the_same_list_a_moment_later(desk, columns, lines, DARK, sidebar)


def test_it_is_there_before_textual_and_keys_pressed_then_are_not_lost(desk: Desk) -> None:
    with Library.open(desk.library) as library:
        library.importing.add_starter_articles()
        second = library.select()[1]
    reader = desk.open_reader(100, 30)
    reader.send("j\r")  # maybe before the program sets its modes; Enter then becomes a line feed
    reader.wait_for(KEYS)
    reader.wait_for("Space read on")
    reader.send("Q")
    assert reader.ended() == 0
    output = bytes(reader.output)
    assert output.count(b"\x1b[?1049h") == output.count(b"\x1b[?1049l") - 1 == 1
    assert output.index(PLACEHOLDER.encode()) < output.index(b"\x1b[?1000h")  # Textual asks for the mouse
    assert json.loads(json.dumps(desk.run("list", "is:read")))[0]["id"] == second.id


def test_an_unusual_library_gets_no_first_frame(tmp_path: Path) -> None:
    assert first_articles(tmp_path, 10) == []
    (tmp_path / "catalog.json").write_bytes(b'{"meta":{}}')
    assert first_articles(tmp_path, 10) == []
    (tmp_path / "catalog.journal").write_bytes(b"rubbish")
    assert first_articles(tmp_path, 10) == []


@pytest.mark.parametrize("keys", ["2", "j", "s", "\r"])
def test_no_other_list_flashes_before_the_one_that_is_restored(desk: Desk, keys: str) -> None:
    with Library.open(desk.library) as library:
        library.importing.add_starter_articles()
    reader = desk.open_reader(100, 30)
    reader.wait_for(KEYS)
    reader.send(keys + "Q")
    assert reader.ended() == 0
    reader = desk.open_reader(100, 30)
    reader.wait_for(KEYS)
    reader.send("Q")
    assert reader.ended() == 0
    output = bytes(reader.output)
    assert output.count(b"\x1b[?1049h") == 1
