"""Words, sentences and paragraphs, one after the other, in any script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.text.document import plain_document
from library.text.units import paragraph_at, sentence_at, whole_words, word_after, word_at, word_before


def words(text: str) -> list[str]:
    found, span = [], word_after(text, 0)
    while span is not None:
        found.append(text[slice(*span)])
        span = word_after(text, span[1])
    return found


def sentences(text: str) -> list[str]:
    document, found, place = plain_document(text), [], 0
    while place < len(document.text):
        span = sentence_at(document, place)
        assert span is not None
        found.append(document.text[slice(*span)])
        place = span[1] + 1
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Don’t stop: 1,200 ships – 3.5 % more!", ["Don’t", "stop", "1,200", "ships", "3.5", "more"]),
        ("well-known U.S. port", ["well-known", "U.S", "port"]),
        ("港の人。", ["港", "の", "人"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("صوّت عمال", ["صوّت", "عمال"]),
        ("cafe\u0301 noir", ["cafe\u0301", "noir"]),
        ("… – !", []),
    ],
)
def test_words_are_those_a_reader_sees(text: str, expected: list[str]):
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! “Three?” Four", ["One.", "Two!", "“Three?”", "Four"]),
        ("Mr. Roe and J. Doe came. They left.", ["Mr. Roe and J. Doe came.", "They left."]),
        (
            "It cost 3.5 m. euros. “Much!” he said. End.",
            ["It cost 3.5 m. euros.", "“Much!” he said.", "End."],
        ),
        ("一つ。二つ！三つ", ["一つ。", "二つ！", "三つ"]),
        ("متى؟ اليوم.", ["متى؟", "اليوم."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]):
    assert [sentence.strip() for sentence in sentences(text)] == expected


def test_a_paragraph_is_a_block():
    document = plain_document("One two.\n\nThree.")
    assert document.text[slice(*paragraph_at(document, 12))] == "Three."
    assert paragraph_at(plain_document(""), 0) is None
    assert sentence_at(plain_document(""), 0) is None


@given(st.text(alphabet="ab’. -\n港é\u0301", max_size=60))
def test_moving_back_meets_the_same_words_as_moving_on(text: str):
    forward, backward = [], []
    span = word_after(text, 0)
    while span is not None:
        forward.append(span)
        span = word_after(text, span[1])
    span = word_before(text, len(text))
    while span is not None:
        backward.append(span)
        span = word_before(text, span[0])
    assert forward == backward[::-1]
    for start, end in forward:
        assert all(word_at(text, place) == (start, end) for place in range(start, end))


def test_a_word_is_found_at_once_in_a_very_long_line():
    text = "word " * 200_000
    assert word_before(text, 500_003) == (499_995, 499_999)
    assert word_at(text, 500_002) == (500_000, 500_004)
    assert word_before("x" * 100_000, 100_000) is not None


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("It isn’t so.", "n’t s", "isn’t so"),
        ("One two three.", " two ", "two"),
        ("One two three.", "e.", "three."),
        ("港口工人", "口工", "口工"),
        ("בנמל הצפוני", "מל הצ", "בנמל הצפוני"),
        ("a  b", "  ", "  "),
    ],
)
def test_a_part_of_a_text_is_extended_to_whole_words(text, part, whole):
    start = text.index(part)
    assert text[slice(*whole_words(text, start, start + len(part)))] == whole
