"""The reader in ASCII: the terminals that need it, and the replacements."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from library.text.cells import cells
from library.text.cleaning import clean_line
from tuireader.presentation import shown_line
from tuireader.rows import one_line
from tuireader.terminal.glyphs import drawn_in_ascii, in_ascii, text_in_ascii, wants_ascii

FACE = sorted((Path(__file__).resolve().parents[2] / "tuireader").rglob("*.py"))


@pytest.mark.parametrize(
    ("environment", "encoding", "wanted"),
    [
        ({"TERM": "xterm-256color"}, "UTF-8", False),
        ({"TERM": "xterm-256color"}, "utf8", False),
        ({"TERM": "xterm-256color"}, "ANSI_X3.4-1968", True),
        ({"TERM": "xterm-256color"}, "ISO-8859-1", True),
        ({"TERM": "linux"}, "UTF-8", True),
        ({"TERM": "dumb"}, "UTF-8", True),
        ({}, "UTF-8", False),
        ({"TERM": "xterm", "TUIREADER_ASCII": "1"}, "UTF-8", True),
        ({"TERM": "linux", "TUIREADER_ASCII": "0"}, "ISO-8859-1", False),
        ({"TERM": "xterm", "TUIREADER_ASCII": ""}, "UTF-8", False),
    ],
)
def test_the_terminal_decides_unless_the_user_does(environment, encoding: str, wanted: bool):
    assert wants_ascii(environment, encoding) is wanted


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("● Café “Zoë” – 3…", '* Cafe "Zoe" - 3~'),
        ("港町 🐙 Старый", "???? ?? ??????"),
        ("│─┌┐└┘├┤╭╮╰╯═║╱", "|-++++++++++-|+"),
        ("½ ﬁ ²", "1 f 2"),
        ("e\u0301a\u0308", "ea"),
    ],
)
def test_glyphs_and_their_replacements(text: str, shown: str):
    assert in_ascii(text) == shown


@example("👨‍👩‍👧 and 🇫🇷")
@example("\u0301 alone")
@given(st.text())
def test_a_line_keeps_its_width(text: str):
    text = clean_line(text, 500)
    assert in_ascii(text, cell_len).isascii()
    assert cell_len(in_ascii(text, cell_len)) == cell_len(text)


def test_every_glyph_that_the_reader_draws_has_an_ascii_replacement():
    drawn = {
        character
        for path in FACE
        if path.name not in ("glyphs.py", "keyboards.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for character in node.value
        if not character.isascii()
        and character.isprintable()
        and not character.isalpha()
        and character < "\U00010000"
    }
    assert drawn
    assert [sign for sign in sorted(drawn) if "?" in in_ascii(sign)] == []


def test_heights_of_bars_and_shades_are_distinct_in_ascii():
    for steps in ("▁▂▃▄▅▆▇█", "∙░▒▓█"):
        assert len(set(in_ascii(steps))) == len(steps)
        assert in_ascii(steps).isascii() and "?" not in in_ascii(steps)


def test_no_glyph_of_a_text_becomes_one_of_our_marks():
    assert text_in_ascii("★ Café “Zoë” ●○✓ 3…") == '? Cafe "Zoe" ??? 3~'
    assert in_ascii("★") == "B"


def test_a_star_of_a_headline_is_not_drawn_as_a_bookmark():
    assert drawn_in_ascii("Film: ★★★☆ – Zoë") == "Film: ???? - Zoe"
    assert drawn_in_ascii("★★★") == "???"
    for sign in "★✎✓✗✔":
        for headline in (sign, f"{sign} 5", f"{sign} {sign}", f"{sign}☆"):
            assert not set(drawn_in_ascii(one_line(headline))) & set("Bnx+"), headline
            assert cells(one_line(headline)) == cells(headline)
            assert drawn_in_ascii(shown_line(headline)) == drawn_in_ascii(one_line(headline))
    assert [drawn_in_ascii(piece) for piece in ("●", "✎3 ★", "✓", "▌")] == ["*", "n3 B", "x", ">"]
