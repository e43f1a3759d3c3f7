"""Two texts compared word by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.text.difference import ChangeKind, ParagraphDifference, word_difference

SIGNS = {ChangeKind.KEPT: "{}", ChangeKind.REMOVED: "[{}]", ChangeKind.ADDED: "<{}>"}


def shown(previous: str, current: str) -> list[str]:
    """Each paragraph, with removed words in square and added ones in angle brackets."""
    return [
        "".join(SIGNS[run.kind].format(run.text) for run in paragraph.runs)
        for paragraph in word_difference(previous, current)
    ]


@pytest.mark.parametrize(
    ("previous", "current", "expected"),
    [
        ("", "", []),
        ("same words", "same words", ["same words"]),
        ("out for another week", "out for a month", ["out for [another week]<a month>"]),
        ("one\n\ntwo\n\nthree", "one\n\nthree", ["one", "[two]", "three"]),
        ("one\n\nthree", "one\n\ntwo\n\nthree", ["one", "<two>", "three"]),
        ("a\n\nb", "x\n\ny", ["[a]<x>", "[b]<y>"]),
        ("", "new", ["<new>"]),
        ("old", "", ["[old]"]),
        ("He won’t go.", "He won’t come.", ["He won’t [go]<come>."]),
        ("谈判破裂了", "谈判已破裂", ["谈判<已>破裂[了]"]),
        ("one two\n\nthree four", "one two three four", ["one two[\n\n]< >three four"]),
        ("a b c. d e f.", "a b c.\n\nd e f.", ["a b c.[ ]", "d e f."]),
    ],
)
def test_changes_are_marked_in_their_paragraph(previous: str, current: str, expected: list[str]):
    assert shown(previous, current) == expected


def side(paragraphs: tuple[ParagraphDifference, ...], left_out: ChangeKind) -> list[str]:
    return [
        "".join(run.text for run in paragraph.runs if run.kind is not left_out)
        for paragraph in paragraphs
        if any(run.kind is not left_out for run in paragraph.runs)
    ]


paragraph = st.lists(
    st.sampled_from(["port", "union", "no", "week", "港口", "said."]), min_size=1, max_size=8
)
text = st.lists(paragraph.map(" ".join), max_size=6).map("\n\n".join)


@given(text, text)
def test_both_texts_are_complete_in_the_difference(previous: str, current: str):
    paragraphs = word_difference(previous, current)
    assert "\n\n".join(side(paragraphs, ChangeKind.REMOVED)) == current
    assert " ".join(side(paragraphs, ChangeKind.ADDED)).split() == previous.split()


@given(text)
def test_a_text_does_not_differ_from_itself(text: str):
    assert not any(paragraph.changed for paragraph in word_difference(text, text))


@pytest.mark.parametrize(
    "filling", ["a ", *(pytest.param(one, marks=pytest.mark.slow) for one in ("a\n\n", "港", "x"))]
)
def test_a_difference_of_long_texts_takes_limited_time(filling: str):
    length = 1_000_000 // len(filling)
    previous = "beginning " + filling * length
    current = "".join(f"{filling}{number} " for number in range(length // 4))
    paragraphs = word_difference(previous, current)
    assert "\n\n".join(side(paragraphs, ChangeKind.REMOVED)).split() == current.split()
