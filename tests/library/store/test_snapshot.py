"""The snapshot is read as it was written, also by stock TinyDB, and any damage is noticed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from library.errors import CatalogDamaged, FormatTooNew
from library.store.checksum_chain import Trail, first_link
from library.store.database import open_database
from library.store.snapshot import Snapshot, decode_snapshot, encode_snapshot
from library.store.tables import Documents

PATH = Path("catalog.json")
TABLES = {
    "articles": {"a": {"title": "Über", "n": 1}, "b": {"text": '"crc32":"00000000"', "x": [1.5, None]}},
    "meta": {"other": {"crc32": "ffffffff"}},
    "notes": {},
}


def snapshot_of(tables: dict[str, dict], number: int = 0, line: str = "") -> Snapshot:
    return Snapshot({name: Documents.of(table) for name, table in tables.items()}, number, line)


DATA = b"".join(encode_snapshot(snapshot_of(TABLES, 7, "abc")))


def test_what_is_written_is_read():
    found = decode_snapshot(PATH, DATA)
    assert (found.tables, found.number, found.line) == (TABLES, 7, "abc")
    assert not found.chained and list(found.trail) == [(7, found.link)] == [(7, first_link("abc", 7))]
    plain = json.loads(DATA)
    assert plain["articles"] == TABLES["articles"]
    assert plain["meta"]["library"]["number"] == 7


def test_the_links_of_the_history_are_read_as_written():
    trail = Trail([(5, "aa"), (6, "bb"), (7, "cc")])
    trail.add_merged(Trail(), (3, "dd"))
    written = Snapshot({}, 7, "abc", link="cc", trail=trail, journal=True)
    found = decode_snapshot(PATH, b"".join(encode_snapshot(written)))
    assert (found.link, found.chained, found.journal) == ("cc", True, True)
    assert sorted(found.trail) == sorted(trail) and found.trail.merged == trail.merged


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)
some_tables = st.dictionaries(
    st.text(max_size=4).filter(lambda name: name != "meta"),
    st.dictionaries(
        st.text(max_size=3), st.dictionaries(st.text(max_size=3), json_values, max_size=2), max_size=2
    ),
    max_size=2,
)


@settings(max_examples=60)
@given(some_tables)
def test_any_tables_are_read_back(tables: dict):
    assert decode_snapshot(PATH, b"".join(encode_snapshot(snapshot_of(tables)))).tables == tables


def test_many_documents_are_written_in_pieces():
    tables = {"articles": {str(number): {"n": number} for number in range(1201)}}
    pieces = list(encode_snapshot(snapshot_of(tables)))
    assert len(pieces) > 4
    assert decode_snapshot(PATH, b"".join(pieces)).tables == tables


def test_any_flipped_bit_is_noticed():
    for place in range(len(DATA)):
        for bit in range(8):
            data = bytearray(DATA)
            data[place] ^= 1 << bit
            with pytest.raises(CatalogDamaged):
                decode_snapshot(PATH, bytes(data))


def test_any_missing_end_is_noticed():
    for cut in range(len(DATA)):
        with pytest.raises(CatalogDamaged):
            decode_snapshot(PATH, DATA[:cut])


@pytest.mark.parametrize(
    "version", [0, -1, True, "x", None, 1.5], ids=["zero", "negative", "true", "letter", "null", "fraction"]
)
def test_a_format_that_is_not_a_number_is_damage(version: object):
    with pytest.raises(CatalogDamaged, match="its format is"):
        decode_snapshot(PATH, json.dumps({"meta": {"library": {"format": version}}}).encode())


def test_a_newer_format_needs_no_checksum_that_we_know_to_be_refused(tmp_path: Path):
    (tmp_path / "catalog.json").write_text(json.dumps({"meta": {"library": {"format": 99}}}))
    with pytest.raises(FormatTooNew, match="format 99"):
        open_database(tmp_path)


def test_a_catalogue_of_stock_tinydb_is_one_of_the_first_format():
    found = decode_snapshot(PATH, b'{"articles": {"1": {"a": 1}}}')
    assert (found.tables, found.number, found.line, found.format) == ({"articles": {"1": {"a": 1}}}, 0, "", 1)


def test_the_articles_are_sorted_newest_first():
    days = {"old": "1999-05-01", "none": None, "new": "2026-11-01T10:00:00+00:00", "middle": "2020-02-29"}
    tables = {"articles": {key: {"published": day} for key, day in days.items()}}
    written = json.loads(b"".join(encode_snapshot(snapshot_of(tables))))
    assert list(written["articles"]) == ["new", "middle", "old", "none"]


def test_a_document_is_decoded_on_access_and_not_before():
    tables = decode_snapshot(PATH, DATA).tables
    assert tables["articles"].encoded["a"] == '{"title":"Über","n":1}'.encode()
