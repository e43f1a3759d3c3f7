"""What a line of the command line means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuireader.command_line.meaning import ANSWERS, WELL_KNOWN, Meaning, NotUnderstood, argument_of
from tuireader.commands import COMMANDS, CONTEXTS_APART, OVER_THE_PANES, Context

HERE = [one for one in COMMANDS if not OVER_THE_PANES.issuperset(one.contexts)]
TYPED = [one for one in HERE if not CONTEXTS_APART.issuperset(one.contexts)]


@pytest.fixture
def meaning() -> Meaning:
    return Meaning(HERE, Context.LIST, COMMANDS)


@pytest.mark.parametrize("command", TYPED, ids=lambda one: one.id)
def test_every_command_is_meant_by_its_id_and_offered_by_both_names(meaning, command):
    assert meaning.call(command.id).command is command
    assert meaning.offers(command.id)[0].line.strip() == command.id
    assert command.id in [offer.line.strip() for offer in meaning.offers(command.title)]


def test_a_title_is_a_name_in_any_case(meaning):
    assert meaning.call("toggle READ").command.id == "toggle-read"


@pytest.mark.parametrize("word", sorted(WELL_KNOWN))
def test_words_of_other_programs_are_commands_here(meaning, word):
    call = meaning.call(word)
    assert call.command.id == WELL_KNOWN[word]
    assert meaning.offers(word)[0].line.strip() == call.command.id


@pytest.mark.parametrize("word", sorted(ANSWERS))
def test_words_without_a_counterpart_are_answered(meaning, word):
    with pytest.raises(NotUnderstood, match=r"\w.*\w"):
        meaning.call(word)


@pytest.mark.parametrize(
    ("line", "command", "count", "argument"),
    [
        (":q"[1:], "quit", None, ""),
        ("17", "move-first", 17, ""),
        (" 17 ", "move-first", 17, ""),
        ("$", "move-last", None, ""),
        ("5 next-unread", "next-unread", 5, ""),
        ("filter tag:city  -trams ", "filter", None, "tag:city  -trams"),
        ("tag city, news", "add-tag", None, "city, news"),
        ("add a tag", "add-tag", None, ""),
        ("99999999999999999999", "move-first", 999999999, ""),
    ],
)
def test_counts_rows_and_arguments_are_read(meaning, line, command, count, argument):
    call = meaning.call(line)
    assert (call.command.id, call.count, call.argument) == (command, count, argument)


def test_an_unknown_word_is_named_with_what_may_be_meant(meaning):
    assert meaning.call("bokmark") is None
    assert "Did you mean “bookmark”?" in meaning.problem("bokmark")
    assert "calendar" in meaning.problem("zoom-in")
    assert "Tab" in meaning.problem("xyzzy")


def test_a_row_is_an_answer_only_where_there_are_rows():
    with pytest.raises(NotUnderstood):
        Meaning([one for one in COMMANDS if one.id == "quit"], Context.LIST).call("3")


def test_commands_of_the_pane_in_front_come_first(meaning):
    assert [offer.line for offer in meaning.offers("next")][:2] == ["next-match", "next-unread"]
    assert Meaning(HERE, Context.SIDEBAR).offers("next")[0].line == "next-sidebar-section"


def test_an_argument_begins_after_a_command_that_takes_one(meaning):
    command, head, argument = argument_of("tag city, ne", meaning)
    assert (command.id, head, argument) == ("add-tag", "tag ", "city, ne")
    assert argument_of("tag", meaning) is None
    assert argument_of("quit now", meaning) is None


@given(line=st.text(max_size=40))
def test_no_line_is_an_error(line):
    meaning = Meaning(HERE, Context.PAGE, COMMANDS)
    meaning.offers(line)
    argument_of(line, meaning)
    try:
        assert meaning.call(line) or meaning.problem(line)
    except NotUnderstood as answer:
        assert str(answer)
