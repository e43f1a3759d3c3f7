"""Texts in which typography makes no difference, and the way back to their own offsets."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.text.typography import NormalText, normalised

texts = st.text(
    st.sampled_from("ab é\u00a0\t\n’'“\"–-…ﬁ\u00ad\u200b，。港한글\U0001f600й\u3000"), max_size=40
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“Don’t” – he said…", '"Don\'t" - he said...'),
        ("a\u00a0b\n\n\tc", "a b c"),
        ("the ﬁnal ﬂow", "the final flow"),
        ("soft\u00adhyphen", "softhyphen"),
        (unicodedata.normalize("NFD", "Żółć, край, 한글, が"), "Żółć, край, 한글, が"),
        ("（港口），罢工！", "(港口),罢工!"),
        ("«Совет»", '"Совет"'),
        ("مرحــبا", "مرحبا"),
    ],
)
def test_typography_makes_no_difference(one: str, other: str):
    assert normalised(one) == normalised(other)


@pytest.mark.parametrize("text", ["a", "A", "á"])
def test_letters_make_a_difference(text: str):
    assert normalised(text) == text


@given(texts)
def test_the_normal_form_is_stable(text: str):
    once = normalised(text)
    assert normalised(once) == once


@given(texts, st.data())
def test_every_part_of_the_normal_form_maps_to_its_original(text: str, data: st.DataObject):
    normal = NormalText(text)
    if not normal.text:
        return
    start = data.draw(st.integers(0, len(normal.text) - 1))
    end = data.draw(st.integers(start + 1, len(normal.text)))
    first, last = normal.source_span(start, end)
    assert 0 <= first < last <= len(text)
    assert normal.text[start:end] in normalised(text[first:last])


@given(texts, st.data())
def test_an_offset_maps_behind_the_text_before_it(text: str, data: st.DataObject):
    offset = data.draw(st.integers(0, len(text)))
    normal = NormalText(text)
    assert 0 <= normal.normal_offset(offset) <= len(normal.text)
    if offset and text[:offset].isascii() and text[offset - 1 : offset + 1].strip():
        assert normal.text[: normal.normal_offset(offset)] == normalised(text[:offset])


def test_offsets_count_in_the_text_itself():
    text = "soft\u00adhyphen…  the ﬁnal"
    normal = NormalText(text)
    start = normal.text.index("the final")
    assert text[slice(*normal.source_span(start, start + 9))] == "the ﬁnal"
    start = normal.text.index("hyphen")
    assert text[slice(*normal.source_span(start, start + 9))] == "hyphen…"


def test_a_decomposed_syllable_is_one_character():
    text = unicodedata.normalize("NFD", "출마했다")
    start, end = NormalText(text).source_span(0, 2)
    assert unicodedata.normalize("NFC", text[start:end]) == "출마"
