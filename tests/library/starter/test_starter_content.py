"""The starter articles: what is listed is there, and what is there is fit to be shipped."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

import library.starter
from library.query.parser import parse_query
from library.starter import STARTER_ARTICLES, STARTER_TAG, starter_articles

FOLDER = Path(library.starter.__file__).parent / "articles"
FILES = {name: data for name, data, _ in starter_articles()}
TAGS = {name: tags for name, _, tags in starter_articles()}

PUBLISHED = {
    "2026-11-22-welcome-to-your-library.md": date(2026, 11, 22),
    "2026-11-21-how-to-find-anything.md": date(2026, 11, 21),
    "2026-11-21-bookmarks-and-notes-that-stay.md": date(2026, 11, 21),
    "2026-11-20-bringing-your-own-articles-in.md": date(2026, 11, 20),
    "2026-11-20-where-your-articles-live.md": date(2026, 11, 20),
    "2026-11-19-a-garden-of-glass-on-the-sea-floor.md": date(2026, 11, 19),
    "2026-11-17-octopus-opens-its-own-tank-again.md": date(2026, 11, 17),
    "2026-11-14-the-last-keeper-of-skerry-light.md": date(2026, 11, 14),
    "2026-10-24-the-regatta-nobody-saw.md": date(2026, 10, 24),
    "2026-09-27-storm-over-the-sound.md": date(2026, 9, 27),
    "2026-05-21-wind-auction-clears-at-a-record-low.html": date(2026, 5, 21),
    "2025-02-11-where-the-citys-bicycles-go.md": date(2025, 2, 11),
    "2024-10-12-port-library-opens-at-night.md": date(2024, 10, 12),
    "2023-05-14-old-orchard-blooms-again.md": date(2023, 5, 14),
    "2022-09-12-le-marche-aux-livres-revient-sur-les-quais.md": date(2022, 9, 12),
    "2021-03-19-port-strike-ends-with-a-deal-at-dawn.md": date(2021, 3, 19),
    "2021-03-04-harbour-strike-enters-third-week.md": date(2021, 3, 4),
    "2021-03-04-oil-slips-for-a-third-day.txt": date(2021, 3, 4),
    "2021-03-03-city-council-votes-on-tram-line.md": date(2021, 3, 3),
    "2021-02-15-dockers-walk-out-at-northern-port.md": date(2021, 2, 15),
    "2020-02-09-reading-room-in-the-palm-grove.md": date(2020, 2, 9),
    "2019-06-05-der-nachtzug-haelt-wieder-in-moorhagen.md": date(2019, 6, 5),
    "2018-11-06-museum-opens-its-basement-to-the-night-shift.html": date(2018, 11, 6),
    "2018-04-03-el-reloj-de-la-plaza-vuelve-a-andar.md": date(2018, 4, 3),
    "2017-01-08-in-praise-of-the-slow-newspaper.md": date(2017, 1, 8),
    "2016-10-02-a-map-is-a-promise.md": date(2016, 10, 2),
    "2015-06-23-bats-follow-the-tram-wires-home.md": date(2015, 6, 23),
    "2014-08-03-rowers-from-a-town-of-900-take-the-cup.txt": date(2014, 8, 3),
    "2013-12-15-a-winter-soup-for-the-whole-street.md": date(2013, 12, 15),
    "2012-02-09-ferry-resumes-after-ice.txt": date(2012, 2, 9),
}
BIDI_CONTROLS = set("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
PUBLIC_IDENTIFIERS = {"schema.org"}
"""Hosts that stand in a page as the name of a vocabulary, not as an address."""

every_file = pytest.mark.parametrize("name", sorted(FILES))


def front_matter(text: str) -> dict[str, Any]:
    """Return the YAML fields on top of a file, or nothing where it has none."""
    match = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
    return yaml.safe_load(match[1]) if match else {}


def test_every_file_is_listed_and_every_listed_file_exists() -> None:
    there = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file()}
    assert there == {article.path for article in STARTER_ARTICLES}


def test_no_article_is_listed_twice() -> None:
    assert len(FILES) == len(STARTER_ARTICLES)


def test_the_number_of_articles_matches_the_welcome() -> None:
    assert len(FILES) == 30
    assert "Thirty articles" in FILES["2026-11-22-welcome-to-your-library.md"].decode()


def test_the_articles_are_small_enough_to_ship() -> None:
    assert sum(map(len, FILES.values())) <= 150_000


def test_the_articles_are_listed_newest_first_over_fifteen_years() -> None:
    days = [PUBLISHED[name] for name in FILES]
    assert days == sorted(days, reverse=True)
    assert {day.year for day in days} == set(range(2012, 2027))


def test_all_forms_of_articles_are_present() -> None:
    suffixes = [Path(name).suffix for name in FILES]
    texts = [data.decode() for name, data in FILES.items() if name.endswith(".md")]
    assert suffixes.count(".html") >= 2
    assert suffixes.count(".txt") >= 2
    assert sum(text.startswith("---\n") for text in texts) >= 5
    assert sum(text.startswith("# ") and "riginal url" in text for text in texts) >= 5


def test_the_articles_have_tag_families_and_many_sections() -> None:
    tags = {tag for own in TAGS.values() for tag in own}
    assert {"city", "culture", "energy", "guide", "harbour", "markets", "science", "sport"} <= tags
    assert {"world/asia", "world/europe", "world/middle-east"} <= tags


def test_three_scripts_besides_latin_are_present() -> None:
    text = "".join(data.decode() for data in FILES.values())
    for script in ("CYRILLIC", "ARABIC", "HIRAGANA"):
        assert any(unicodedata.name(character, "").startswith(script) for character in text), script


@every_file
def test_an_article_is_clean_text(name: str) -> None:
    text = FILES[name].decode("utf-8")
    assert text == unicodedata.normalize("NFC", text)
    assert not {c for c in text if unicodedata.category(c) == "Cc"} - {"\n"}
    assert not BIDI_CONTROLS & set(text)
    assert text.endswith("\n")


@every_file
def test_an_article_names_only_hosts_reserved_for_examples(name: str) -> None:
    hosts = set(re.findall(r"https?://([^/\s\"')>]+)", FILES[name].decode())) - PUBLIC_IDENTIFIERS
    assert hosts, "each article has an address"
    assert all(re.fullmatch(r"[a-z]+\.example\.(org|com|net)", host) for host in hosts), hosts


@every_file
def test_an_article_carries_the_starter_tag_and_clean_others(name: str) -> None:
    assert TAGS[name][-1] == STARTER_TAG
    assert len(TAGS[name]) == len(set(TAGS[name])) >= 2
    assert all(re.fullmatch(r"[a-z]+([/-][a-z]+)*", tag) for tag in TAGS[name])


@every_file
def test_front_matter_agrees_with_what_is_listed(name: str) -> None:
    fields = front_matter(FILES[name].decode())
    if fields:
        assert [*fields["tags"], STARTER_TAG] == [*TAGS[name]]
        assert str(fields["date"])[:10] == str(PUBLISHED[name])
        assert fields["title"] and fields["summary"] and fields["authors"]


def test_every_query_in_the_guide_is_valid() -> None:
    guide = FILES["2026-11-21-how-to-find-anything.md"].decode()
    in_tables = re.findall(r"^\| `([^`]+)`", guide, re.MULTILINE)
    on_their_own = re.findall(r"^ {4}(.+)$", guide, re.MULTILINE)
    in_sentences = re.findall(r"`([a-z]+:[^`]+)`", guide)
    assert len(in_tables) >= 15 and len(on_their_own) == 3 and len(in_sentences) >= 10
    for query in [*in_tables, *on_their_own, *in_sentences]:
        parse_query(query, date(2026, 11, 22))
