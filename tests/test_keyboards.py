"""Commands work on keyboards that are not Latin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuireader.commands import COMMANDS, Context, reachable_in
from tuireader.commands.remapping import letters_of, remap
from tuireader.keyboards import latin_key
from tuireader.keys import Invoked, KeySequences, Pending, latin_of, stroke
from tuireader.terminal.graphics import Replies
from tuireader.terminal.input import TerminalInput


@pytest.mark.parametrize(
    ("typed", "latin"),
    [
        ("оо п Й ] ю", "jj g Q  ."),
        ("ііїґ", "ss]\\"),
        ("ξξ γ Β ς", "jj g B w"),
        ("חח ע ש ץ", "jj g a ."),
        ("تت ل ض ؟ ٣", "jj g q ? 3"),
    ],
)
def test_letters_have_the_places_of_their_layout(typed, latin):
    found = "".join(" " if one == " " else latin_key(one) for one in typed)
    assert found == latin


@given(st.characters(max_codepoint=127))
def test_latin_keys_stay_what_they_are(character):
    assert latin_key(character, "q", {character: "x"}) == ""


def test_what_the_user_says_comes_first_then_what_the_terminal_says():
    assert latin_key("й", "w", {"й": "x"}) == "x"
    assert latin_key("й", "w") == "w"
    assert latin_key("Љ", "q") == "Q"
    assert latin_key("љ") == ""
    assert latin_key("é") == ""


def test_sequences_and_counts_take_other_letters():
    keys = KeySequences(reachable_in(Context.LIST))
    assert keys.feed("п", "g") == Pending("g")
    assert keys.feed("п", "g") == Invoked(
        keys.feed("g") and next(c for c in COMMANDS if c.id == "move-first")
    )


def test_a_letter_of_ones_own_is_not_translated():
    commands, found = remap(COMMANDS, {"bookmark": "й"})
    assert found == ()
    keys = KeySequences(commands)
    assert keys.feed("й", "q").command.id == "bookmark"


def test_a_langmap_is_read_and_its_mistakes_are_named():
    assert letters_of({"langmap": "љњ;qw"}) == ({"љ": "q", "њ": "w"}, ())
    assert letters_of({}) == ({}, ())
    for wrong in ("љњ;q", "љњ", "qw;љњ", 3, "ab;cd", ";;"):
        letters, (problem,) = letters_of({"langmap": wrong})
        assert letters == {} and problem.name == "langmap"


@pytest.mark.parametrize(
    ("sequence", "character", "place", "latin"),
    [
        ("\x1b[1081::113;;1081u", "й", "q", "q"),
        ("\x1b[1081:1049:113;2;1049u", "Й", "q", "Q"),
        ("\x1b[1114::113;;1114u", "њ", "q", "q"),
        ("\x1b[113;;113u", "q", "", ""),
        ("\x1b[252::91;;252u", "ü", "[", "["),
        ("й", "й", "", "q"),
    ],
)
def test_the_terminal_says_where_a_key_is(sequence, character, place, latin):
    from tuireader.commands import DEFAULT_KEYS

    (event,) = list(TerminalInput(Replies()).take(sequence.encode()))
    assert stroke(event.key, event.character) == character
    assert getattr(event, "place", "") == place
    assert latin_of(event, DEFAULT_KEYS) == latin
