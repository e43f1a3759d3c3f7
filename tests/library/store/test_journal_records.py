"""Records: damage to their bytes is always noticed, and never read as a change."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.store import journal
from library.store.journal import End, encode_change, encode_header, salvage, scan
from library.store.tables import encode_document, encoded_changes

CHANGES = [
    {"articles": {f"a{number}": {"title": "Über\n" * (number % 4), "n": number}}} for number in range(1, 9)
]
JOURNAL = [
    encode_header(0, "line"),
    *(b"".join(encode_change(number, encoded_changes(change))) for number, change in enumerate(CHANGES, 1)),
]
DATA = b"".join(JOURNAL)
PAYLOADS = tuple(json.loads(record[18:]) for record in JOURNAL)
ENDS = [len(b"".join(JOURNAL[:count])) for count in range(len(JOURNAL) + 1)]


def test_what_is_written_is_read():
    found = scan(DATA)
    assert (found.payloads, found.length, found.end) == (PAYLOADS, len(DATA), End.WHOLE)
    assert DATA[found.last :] == JOURNAL[-1]
    assert scan(b"").end is End.WHOLE


@given(
    st.dictionaries(
        st.text(),
        st.dictionaries(st.text(), st.text() | st.integers(-(2**63), 2**64 - 1) | st.none()) | st.none(),
        max_size=3,
    )
)
def test_any_document_makes_one_line_that_is_read_back(document: dict[str, object]):
    record = b"".join(encode_change(1, {"articles": {"a": encode_document(document)}}))
    assert record.count(b"\n") == 1
    assert scan(record).payloads == ({"n": 1, "t": {"articles": {"a": document}}},)


def test_a_record_inside_a_text_is_not_taken_for_one():
    hidden = b"".join(encode_change(2, {"articles": {"hidden": b"{}"}}))
    record = b"".join(encode_change(1, {"articles": {"a": encode_document({"text": (hidden * 3).decode()})}}))
    assert salvage(record) == scan(record).payloads
    assert scan(record[:-30]).end is End.TORN
    assert salvage(record[:-30]) == ()


def test_cut_at_any_byte_everything_before_the_cut_is_read():
    for cut in range(len(DATA) + 1):
        whole = sum(end <= cut for end in ENDS) - 1
        found = scan(DATA[:cut])
        assert found.payloads == PAYLOADS[:whole]
        assert found.length == ENDS[whole]
        assert found.end is (End.WHOLE if cut in ENDS else End.TORN)


def test_any_flipped_bit_is_noticed_and_no_other_record_is_lost():
    for place in range(len(DATA)):
        struck = sum(end <= place for end in ENDS) - 1
        for bit in range(8):
            data = bytearray(DATA)
            data[place] ^= 1 << bit
            found = scan(bytes(data))
            assert found.payloads == PAYLOADS[:struck], (place, bit)
            assert found.end is (End.TORN if struck == len(JOURNAL) - 1 else End.DAMAGED), (place, bit)
            assert salvage(bytes(data)) == PAYLOADS[:struck] + PAYLOADS[struck + 1 :], (place, bit)


def test_destroyed_blocks_never_give_a_wrong_record():
    chance = random.Random(3)
    for _ in range(2000):
        start, length = chance.randrange(len(DATA)), chance.randint(1, 600)
        block = bytes(length) if chance.random() < 0.5 else chance.randbytes(length)
        rest = DATA[start + length :] if chance.random() < 0.5 else b""
        data = DATA[:start] + block + rest
        found = scan(data)
        assert found.payloads == PAYLOADS[: sum(end <= start for end in ENDS) - 1]
        assert found.end is not End.WHOLE
        assert set(map(str, salvage(data))) <= set(map(str, PAYLOADS))


@pytest.mark.parametrize(
    "head",
    [b"0000000A", b" 0000002", b"+0000002", b"0000_002", b"0x000002", "０".encode() + b"00002"],
    ids=["upper case", "space", "sign", "underscore", "prefix", "wide digit"],
)
def test_a_head_must_be_written_exactly_as_we_write_it(head: bytes):
    assert scan(head + b" 00000000 {}\n").payloads == ()


def test_a_long_record_in_parts_is_the_same_record(monkeypatch: pytest.MonkeyPatch):
    changes = encoded_changes(
        {"articles": {"a": {"text": "é" * 30}, "b": None, "c": {}}, "meta": None, "x": {}}
    )
    (whole,) = encode_change(7, changes)
    monkeypatch.setattr(journal, "_PART", 8)
    parts = encode_change(7, changes)
    assert len(parts) > 5
    assert b"".join(parts) == whole
    (payload,) = scan(whole).payloads
    assert payload["t"] == {"articles": {"a": {"text": "é" * 30}, "b": None, "c": {}}, "meta": None, "x": {}}
