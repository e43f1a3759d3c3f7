"""Folding text for search."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from library.text.case_folding import fold, is_unspaced


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Harbour STRIKE", "harbour strike"),
        ("Żółć, Ångström, CAFÉ", "zolc, angstrom, cafe"),
        ("Straße", "strasse"),
        ("Йод и Ёлка", "иод и елка"),
        ("مُحَمَّد", "محمد"),
        ("שָׁלוֹם", "שלום"),
        ("ﬁne ＡＢＣ", "fine abc"),
        ("Ὀδυσσεύς ὈΔΥΣΣΕΎΣ", "οδυσσευσ οδυσσευσ"),
        ("हिन्दी", "हिन्दी"),
        ("ガス", "ガス"),
        ("한국", "한국"),
        ("İstanbul", "istanbul"),
        ("Łódź, Øresund, Đorđe, ırmak", "lodz, oresund, dorde, irmak"),
        ("Æther, Œuvre, Þórr, Ðað, Ħamrun", "aether, oeuvre, thorr, dad, hamrun"),
        ("كتاب عربي", "کتاب عربی"),
        ("کتاب عربی", "کتاب عربی"),
        ("ســلام ۱۴۰۲ ٢٠٢٤", "سلام 1402 2024"),
    ],
)
def test_case_and_accents_are_folded_away(text: str, folded: str):
    assert fold(text) == folded


@settings(max_examples=300)
@given(st.text())
def test_folding_twice_is_folding_once(text: str):
    assert fold(fold(text)) == fold(text)


def test_folding_any_character_twice_is_folding_it_once():
    characters = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
    different = [f"U+{ord(char):04X}" for char in characters if fold(fold(char)) != fold(char)]
    assert different == []


@given(st.text(st.characters(categories=["L"])), st.text(st.characters(categories=["L"])))
def test_texts_that_differ_only_in_case_fold_to_the_same(one: str, other: str):
    assert fold((one + " " + other).upper().lower()) == fold((one + " " + other).upper())


def test_scripts_without_spaces_are_known():
    assert all(map(is_unspaced, ("中", "あ", "ไทย", "ខ្មែរ", "x 中")))
    assert not any(map(is_unspaced, ("", "Latin", "Совет", "سلام", "हिन्दी")))
