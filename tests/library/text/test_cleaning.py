import json
import re
import unicodedata

import pytest
from corpora import CORPORA
from hypothesis import given, settings
from hypothesis import strategies as st

from library.text import cleaning
from library.text.cleaning import (
    ADDRESS_LIMIT,
    BODY_LINE_LIMIT,
    TITLE_LIMIT,
    clean_address,
    clean_line,
    clean_text,
    is_openable,
)

HOSTILE = CORPORA / "hostile" / "own"
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff\u00ad\ufff9-\ufffb"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e0fff]"
)


def cleaners():
    return [clean_text, lambda text: clean_line(text, TITLE_LIMIT), clean_address]


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("a\x1b[31mred\x1b[0m", "ared"),
        ("a\x1b[38:2::1:2:3mz", "az"),
        ("a\x9b31mz", "az"),
        ("a\x1b]52;c;cHduZWQ=\x07z", "az"),
        ("a\x1b]8;;http://e.example\x1b\\link\x1b]8;;\x1b\\z", "alinkz"),
        ("a\x1b]0;title\x9cz", "az"),
        ("a\x1bPq payload\x1b\\z", "az"),
        ("a\x1bcz", "az"),
        ("a\x1b(0z", "az"),
        ("a\x1b]0;unfinished", "a0;unfinished"),
        ("a\x1b]0;line\nnext\x07", "a0;line\nnext"),
        ("a\x1b\x1b[31m[32mz", "az"),
        ("bell\x07 back\x08 del\x7f", "bell back del"),
        ("\x93quoted\x94 \x80 5", "“quoted” € 5"),
        ("‹a\x8bb\x9b c", "‹a‹b› c"),
        ("one\r\ntwo\rthree\x85four\u2028five\x0csix", "one\ntwo\nthree\nfour\nfive\nsix"),
        ("\u202eevil\u202c \u2066x\u2069", "evil x"),
        ("ze\u200bro soft\u00adhy\ufeffphen", "zero softhyphen"),
        ("\ud800 alone", "\ufffd alone"),
        ("e\u0301", "é"),
        ("a\n\n\n\n\nb", "a\n\n\nb"),
    ],
)
def test_characters_that_are_not_text_are_removed_from_a_body(dirty, clean):
    assert clean_text(dirty) == clean


def test_persian_joiners_and_emoji_sequences_stay_in_a_body():
    text = "می\u200cخواهم 👩\u200d👩\u200d👧\u200d👦 👨🏽\u200d🚀"
    assert clean_text(text) == text
    assert "\u200c" not in clean_address("https://a.example/\u200cx")


def test_direction_marks_stay_only_in_lines_of_right_to_left_script():
    assert clean_text("abc\u200f\nשלום\u200f!") == "abc\nשלום\u200f!"
    assert clean_line("שלום\u200f!", TITLE_LIMIT) == "שלום!"


def test_more_than_eight_combining_marks_are_cut():
    cleaned = clean_text("x" + "\u0316" * 50 + "y")
    assert cleaned == "x" + "\u0316" * 8 + "y"


def test_marks_are_ordered_only_after_too_many_are_cut(monkeypatch: pytest.MonkeyPatch):
    longest: list[int] = []

    def noting(form: str, text: str) -> str:
        longest.append(max(len(heap) for heap in text.split("x")))
        return unicodedata.normalize(form, text)

    monkeypatch.setattr(cleaning, "normalize", noting)
    assert clean_text("x" + "\u0301\u0316" * 100_000 + "xe\u0301") == "x" + "\u0316" * 8 + "x\xe9"
    assert max(longest) <= 32


def test_a_very_long_emoji_sequence_is_split():
    assert max(map(len, re.split(r"(?<!\u200d)(?=👩)", clean_text("👩\u200d" * 40 + "👩")))) <= 10


def test_a_line_is_one_line_and_a_long_one_ends_in_an_ellipsis():
    assert clean_line("  a\n\tb\u00a0 c  ", 50) == "a b c"
    cut = clean_line("word " * 200, TITLE_LIMIT)
    assert len(cut) <= TITLE_LIMIT and cut.endswith("word…")
    assert clean_line(cut, TITLE_LIMIT) == cut


def test_a_very_long_line_of_a_body_is_wrapped_and_keeps_its_words():
    text = "word " * 10_000
    cleaned = clean_text(text)
    assert max(map(len, cleaned.split("\n"))) <= BODY_LINE_LIMIT
    assert cleaned.split() == text.split()


def test_an_address_loses_white_space_and_is_dropped_when_too_long():
    assert clean_address(" https://a.example/\nx y ") == "https://a.example/x%20y"
    assert clean_address("https://a.example/" + "x" * ADDRESS_LIMIT) == ""


@settings(max_examples=150, deadline=None)
@given(
    st.text(
        alphabet=st.one_of(
            st.characters(), st.sampled_from("\x1b\x9b\x9d\x07\x9c\\[]m;31\n\r ab\u0301\u200d\u200f")
        )
    )
)
def test_cleaning_twice_changes_nothing_and_leaves_no_control(text):
    for clean in cleaners():
        once = clean(text)
        assert clean(once) == once
        assert not FORBIDDEN.search(once)
        assert unicodedata.is_normalized("NFC", once)


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126)))
def test_clean_ascii_comes_back_unchanged(text):
    assert clean_text(text) == text


@pytest.mark.parametrize(
    "address",
    ["https://a.example/x?y=1#z", "http://a.example", "HTTPS://A.example", "http://[::1]/", "mailto:a@b.example",
     "mailto:a@b.example?subject=x", "https://a.example:8080/a b"],
)  # fmt: skip
def test_web_and_mail_addresses_may_be_opened(address):
    assert is_openable(address)


@pytest.mark.parametrize(
    "address",
    ["", "javascript:alert(1)", "file:///etc/passwd", "ssh://-oProxyCommand=x/", "vscode://x", "-version", " https://a.example",
     "http://user:pw@a.example/", "http://a.example\\@b.example/", "http:///etc", "//a.example", "http:a.example",
     "http://a.example/\n--x", "http://a.example/\x1b]0;x\x07", "\u202ehttp://a.example", "http://a.example:99999/",
     "http://-a.example/", "mailto:-x@b.example", "mailto:a@b.example?attach=/etc/passwd", "mailto:", "data:text/html,x"],
)  # fmt: skip
def test_other_addresses_may_not(address):
    assert not is_openable(address)


def vectors(name):
    return [json.loads(line) for line in (HOSTILE / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.corpora
def test_no_control_sequence_of_the_corpus_remains():
    for vector in vectors("terminal-vectors.jsonl"):
        for clean in cleaners():
            once = clean(vector["text"])
            assert not FORBIDDEN.search(once), vector["id"]
            assert clean(once) == once, vector["id"]


@pytest.mark.corpora
def test_opener_addresses_match_the_corpus():
    for vector in vectors("opener-urls.jsonl"):
        if not vector["url"].startswith("mailto:"):  # opened after a question, which the corpus counts as no
            assert is_openable(vector["url"]) is bool(vector["allow"]), vector["url"]
