"""The theme ``auto`` in a terminal that says whether its background is dark or light."""

from __future__ import annotations

from pathlib import Path

from desk import Desk
from terminal import Terminal, wait_until

from tuireader.colours import COLOURS, DARK, LIGHT
from tuireader.settings.writing import change_settings
from tuireader.terminal.ground import FOLLOW, FOLLOW_NO_MORE, QUERY


def ground(terminal: Terminal) -> str:
    """The background of the last cell of the second line."""
    return f"#{terminal.cells(1)[-1][2]}"


def test_the_reader_follows_the_terminal_while_keys_are_typed(desk: Desk) -> None:
    desk.environment["COLORTERM"] = "truecolor"
    settings = Path(desk.environment["XDG_CONFIG_HOME"]) / "tuireader/config.toml"
    change_settings(settings, {"theme": "auto"})
    reader = desk.open_reader()
    wait_until(lambda: FOLLOW + QUERY in reader.output.decode(errors="replace"), "the question")
    reader.wait_for("Welcome to Your Library")
    assert ground(reader) == COLOURS[DARK].paper
    reader.send("\x1b[?62;c")  # the answer to the question about pictures, which comes first
    for piece in ("\x1b]11;rgb:fdf6/e3", "e3/d5d5\x1b", "\\\x1b[?6", "2;c"):
        reader.send(piece)
    wait_until(lambda: ground(reader) == COLOURS[LIGHT].paper, "the light theme")
    reader.send("\x1b[?997;1n")
    wait_until(lambda: ground(reader) == COLOURS[DARK].paper, "the dark theme")
    reader.send("Q")
    assert reader.ended() == 0
    assert FOLLOW_NO_MORE in reader.output.decode(errors="replace")


def test_a_terminal_is_not_asked_without_need(desk: Desk) -> None:
    reader = desk.open_reader()
    reader.wait_for("Welcome to Your Library")
    reader.send("Q")
    assert reader.ended() == 0
    assert QUERY not in reader.output.decode(errors="replace")
