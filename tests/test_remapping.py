"""Commands get the keys that the user has chosen, and nobody is locked in."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuireader.commands import COMMANDS, Command, Context, KeyMap, problems
from tuireader.commands.presets import PRESETS
from tuireader.commands.remapping import WAYS_OUT, KeyProblem, read_keys, remap
from tuireader.keys import Invoked, KeySequences

IDS = [command.id for command in COMMANDS]


def remapped(**mapping: Any) -> tuple[KeyMap, list[str]]:
    """The key map, and the sentences on what is wrong; underscores stand for hyphens in ids."""
    commands, found = remap(COMMANDS, {name.replace("_", "-"): value for name, value in mapping.items()})
    return KeyMap(commands), [f"{one.name}: {one.what} {one.remedy}".rstrip() for one in found]


def test_without_a_key_of_ones_own_everything_stays():
    assert remap(COMMANDS, {}) == (COMMANDS, ())


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        ("b", ("b",)),
        ("gc", ("g c",)),
        ("g c", ("g c",)),
        ("]u", ("] u",)),
        (["ö", "F5"], ("ö", "f5")),
        (["C-x C-c", "<C-e>", "Ctrl+E"], ("ctrl+x ctrl+c", "ctrl+e")),
        (["Esc", "PgDn", "Return", "spc", "↓", "backtab"], ("escape", "pagedown", "enter", "space", "down", "shift+tab")),
        ("nop", ()),
        ("", ()),
        ([], ()),
        (False, ()),
    ],
)  # fmt: skip
def test_keys_are_written_as_people_write_them(written, keys):
    assert read_keys(written) == keys


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("ctrl+i", "Terminals send ctrl+i as Tab."),
        ("C-m", "Terminals send ctrl+m as Enter."),
        ("alt+x", "Not every terminal sends “alt+x”."),
        ("M-x", "Not every terminal sends “M-x”."),
        ("ctrl+enter", "Not every terminal sends “ctrl+enter”."),
        ("ctrl+1", "Not every terminal sends “ctrl+1”."),
        ("ctrl+q", "ctrl+q cannot have another meaning: ctrl+q always leaves the reader."),
        ("ctrl+c", "ctrl+c cannot have another meaning: ctrl+c copies what is selected."),
        ("numlock", "There is no key “numlock”."),
        ("f13x9", "There is no key “f13x9”."),
        ("5j", "“5j” begins with a digit, which is a count."),
        ("a b c d e", "“a b c d e” is too long: a sequence has at most 4 keys."),
        (7, "Keys are a text, or a list of texts."),
        ([["b"]], "Keys are a text, or a list of texts."),
    ],
)
def test_what_no_terminal_sends_is_named(written, sentence):
    keys, found = remapped(bookmark=written)
    assert found == [f"bookmark: {sentence}"]
    assert keys.find("bookmark").keys == ("b",)


def test_a_key_of_ones_own_is_taken_from_the_command_that_has_it():
    keys, found = remapped(bookmark=["m", "b"], set_mark="M")
    assert found == []
    assert KeySequences(keys.reachable_in(Context.PAGE)).feed("m") == Invoked(keys.find("bookmark"))
    assert keys.find("set-mark").keys == ("M",)


def test_a_command_that_loses_its_only_key_is_named_unless_that_was_said():
    keys, found = remapped(bookmark="m")
    assert keys.find("set-mark").keys == ()
    assert found == [
        'bookmark: set-mark has no key left. Give set-mark another key, or write: set-mark = "nop"'
    ]
    assert remapped(bookmark="m", set_mark="nop")[1] == []
    assert remapped(move_first="home", select="gg")[1] == []


def test_a_key_that_begins_sequences_takes_their_place():
    keys, found = remapped(sort="g")
    assert not any(
        key.startswith("g ") for command in keys.reachable_in(Context.LIST) for key in command.keys
    )
    assert len(found) == 1 and "more have no key left" in found[0]


def test_the_first_of_two_lines_with_the_same_key_holds():
    keys, found = remapped(bookmark="K", note="K", set_mark="nop", previous_article="nop")
    assert keys.find("bookmark").keys == ("K",)
    assert keys.find("note").keys == ()
    assert "note: “K” is taken by bookmark above. Give note another key." in found
    assert remapped(pick_days="K", note="K", previous_article="nop", previous_year="[[")[1] == []  # elsewhere


def test_unknown_commands_and_presets_are_named_with_what_may_be_meant():
    assert remapped(bokmark="b")[1] == ["bokmark: There is no command “bokmark”. Did you mean “bookmark”?"]
    assert "tuireader keys" in remapped(xyzzy="b")[1][0]
    assert remapped(preset="vmi")[1] == [
        "preset: There is no preset “vmi”. Did you mean “vim”? There are: default, vim, emacs, newsboat."
    ]
    assert remapped(preset=3)[1]


def test_letters_stay_letters_where_they_are_typed():
    keys, found = remapped(dismiss_filter=["x", "ctrl+x"], finish_note="space w")
    assert keys.find("dismiss-filter").keys == ("ctrl+x",)
    assert "escape" in keys.find("finish-note").keys
    assert [line.split(":")[0] for line in found] == ["dismiss-filter", "finish-note", "finish-note"]


def test_no_key_map_takes_away_the_ways_out():
    keys, found = remapped(**{name.replace("-", "_"): "nop" for name in IDS})
    for name in WAYS_OUT:
        assert keys.find(name).keys == ("escape",) or name == "leave-revisions"
        assert any(line.startswith(f"{name}: {name} keeps") for line in found)
    assert "quit: No key quits the reader; ctrl+q always does." in found
    keys, found = remapped(bookmark="escape", back="nop")
    assert keys.find("back").keys == ("escape",) and keys.find("bookmark").keys == ()


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_has_no_conflict_and_leaves_no_command_without_a_key(preset):
    commands, found = remap(COMMANDS, {"preset": preset})
    assert found == ()
    assert list(problems(commands)) == []
    assert [c.id for c, d in zip(commands, COMMANDS, strict=True) if d.keys and not c.keys] == []
    assert set(PRESETS[preset]) <= set(IDS)


def test_sequences_and_counts_work_with_keys_of_ones_own():
    keys, _ = remapped(next_unread=", u")
    sequences = KeySequences(keys.reachable_in(Context.LIST))
    assert [sequences.feed(one) for one in "7,u"][-1] == Invoked(keys.find("next-unread"), 7)


def consistent(commands: tuple[Command, ...]) -> None:
    """Every context can be left, and no key has two meanings."""
    keys = KeyMap(commands)
    for name in WAYS_OUT:
        assert keys.find(name).keys
    assert [line for line in problems(commands) if "clashes" in line] == []


VALUES = st.one_of(
    st.sampled_from(
        ["b", "g", "gg", "escape", "q", "j", "ctrl+s", "enter", "nop", "up", "x y", "ctrl+i", ""]
    ),
    st.text(max_size=5),
    st.lists(st.sampled_from(["b", "g", "escape", "] u", "tab", "enter", "q"]), max_size=3),
    st.integers(),
    st.none(),
)


@given(
    st.dictionaries(st.one_of(st.sampled_from([*IDS, "preset"]), st.text(max_size=5)), VALUES, max_size=12)
)
def test_no_mapping_makes_a_key_map_that_one_cannot_use(mapping):
    commands, found = remap(COMMANDS, mapping)
    consistent(commands)
    assert [command.id for command in commands] == IDS
    assert all(isinstance(one, KeyProblem) and one.what.endswith(".") for one in found)
