"""The command registry and the resolver of key sequences."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docs.keys import entries
from tuireader.commands import (
    COMMANDS,
    Context,
    find,
    footer_for,
    for_context,
    problems,
    reachable_in,
)
from tuireader.keys import MAXIMUM_COUNT, Cancelled, Invoked, KeySequences, Pending, stroke


def test_the_registry_has_no_problem():
    assert list(problems(COMMANDS)) == []


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (replace(find("sort"), keys=("b",)), "clashes"),
        (replace(find("sort"), keys=("u",)), "clashes"),
        (replace(find("sort"), keys=("g",)), "clashes"),
        (replace(find("sort"), keys=("ctrl+i",)), "not every terminal"),
        (replace(find("sort"), keys=("ctrl+enter",)), "not every terminal"),
        (replace(find("sort"), keys=("g ctrl+h",)), "not every terminal"),
        (replace(find("sort"), keys=("alt+s",)), "not every terminal"),
        (replace(find("sort"), keys=("é",)), "not every terminal"),
        (replace(find("sort"), help=""), "must not be empty"),
        (replace(find("sort"), keys=(), palette=False), "without keys"),
        (replace(find("sort"), keys=(), label="sort", footer=True), "without keys"),
        (replace(find("sort"), id="Sort"), "kebab-case"),
        (replace(find("sort"), footer=True), "label"),
    ],
)
def test_a_faulty_command_is_named_with_its_fault(changed, sentence):
    commands = [changed if command.id == "sort" else command for command in COMMANDS]
    found = list(problems(commands))
    assert any(sentence in line and changed.id in line for line in found), found


def test_an_id_declared_twice_is_reported():
    assert any("twice" in line for line in problems((*COMMANDS, replace(find("sort"), keys=("f9",)))))


def test_modal_contexts_may_use_the_keys_of_the_app():
    assert "escape" in find("finish-note").keys
    assert find("back") not in reachable_in(Context.NOTE_EDITOR)
    assert find("back") in reachable_in(Context.LIST)


def test_an_unknown_command_is_a_key_error():
    with pytest.raises(KeyError):
        find("make-coffee")


def test_what_is_reachable_begins_with_the_commands_of_the_context():
    reachable = reachable_in(Context.PAGE)
    assert reachable[: len(for_context(Context.PAGE))] == for_context(Context.PAGE)
    assert find("quit") in reachable
    assert find("sort") not in reachable


@pytest.mark.parametrize("context", list(Context))
def test_the_footer_is_short_and_labelled(context):
    shown = footer_for(context)
    assert shown
    assert all(command.label for command in shown)
    assert len(shown) <= 11


def test_the_page_of_keys_has_an_entry_for_every_command():
    listed = entries(COMMANDS)
    assert len(listed) == len(COMMANDS)
    assert all(f"**{command.title}.**" in entry for command, entry in zip(COMMANDS, listed, strict=True))
    assert {entry for entry in listed if "\n\n" in entry} == set()


def test_the_registry_is_read_without_textual():
    code = "import sys, tuireader.commands, tuireader.keys; assert not {'textual', 'rich'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.fixture
def keys() -> KeySequences:
    return KeySequences(reachable_in(Context.LIST))


def feed(keys: KeySequences, *strokes: str) -> list[object]:
    return [keys.feed(one) for one in strokes]


def test_a_single_key_is_its_command_at_once(keys):
    assert keys.feed("j") == Invoked(find("move-down"))


def test_a_sequence_is_pending_until_it_is_whole(keys):
    assert feed(keys, "g", "g") == [Pending("g"), Invoked(find("move-first"))]
    assert feed(keys, "]", "u") == [Pending("]"), Invoked(find("next-unread"))]


def test_a_count_goes_with_the_next_command_only(keys):
    assert feed(keys, "5", "1", "j", "j") == [
        Pending("5"),
        Pending("51"),
        Invoked(find("move-down"), 51),
        Invoked(find("move-down")),
    ]


def test_a_count_goes_before_a_sequence(keys):
    assert feed(keys, "7", "]", "u")[-1] == Invoked(find("next-unread"), 7)


def test_a_digit_that_is_a_key_is_no_count_unless_a_zero_precedes_it(keys):
    assert keys.feed("3") == Invoked(find("view-bookmarked"))
    assert feed(keys, "0", "3", "j")[-1] == Invoked(find("move-down"), 3)


def test_a_lone_zero_is_no_count(keys):
    assert feed(keys, "0", "j")[-1] == Invoked(find("move-down"), None)


def test_where_no_digit_is_a_key_every_count_can_be_typed():
    page = KeySequences(reachable_in(Context.PAGE))
    assert feed(page, "1", "2", "J")[-1] == Invoked(find("next-article"), 12)


def test_escape_only_cancels_an_incomplete_sequence(keys):
    assert feed(keys, "g", "escape") == [Pending("g"), Cancelled("g")]
    assert keys.feed("escape") == Invoked(find("back"))


def test_a_sequence_that_leads_nowhere_is_used_up(keys):
    assert feed(keys, "g", "j", "j") == [Pending("g"), Cancelled("gj"), Invoked(find("move-down"))]


def test_a_key_that_nothing_is_bound_to_is_left_to_others(keys):
    assert keys.feed("f5") is None


def test_a_reset_forgets_what_was_typed(keys):
    feed(keys, "5", "g")
    assert keys.typed == "5g"
    keys.reset()
    assert keys.typed == ""
    assert keys.feed("j") == Invoked(find("move-down"))


def test_an_endless_count_stays_bounded(keys):
    assert feed(keys, *["9"] * 5000, "j")[-1] == Invoked(find("move-down"), MAXIMUM_COUNT)


def test_strokes_are_named_by_their_character():
    assert stroke("left_square_bracket", "[") == "["
    assert stroke("upper_g", "G") == "G"
    assert stroke("ctrl+d", "\x04") == "ctrl+d"
    assert stroke("space", " ") == "space"
    assert stroke("up", None) == "up"


STROKES = st.sampled_from(["g", "]", "[", "u", "j", "0", "1", "5", "escape", "G", "f5", "ctrl+d", "é"])


@given(st.lists(STROKES, max_size=30))
def test_any_strokes_leave_the_resolver_either_at_rest_or_pending(strokes):
    keys = KeySequences(reachable_in(Context.LIST))
    for one in strokes:
        result = keys.feed(one)
        assert isinstance(result, Pending) == bool(keys.typed)
