"""Imported texts that are the same article, and texts that are different ones."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from fakes import markdown

from library import Library
from library.models import ImportStatus
from library.text.article_addresses import canonical_address, is_article_address

REPORTED = Path(__file__).parent / "reported" / "distinct"

CRANES = (
    "The crane drivers of the western basin laid down their work on Monday morning, and by noon eleven ships "
    "lay idle in the roads.\n\nThe port authority looked for a way out of the quarrel that has lasted since spring."
)
SHIPS = (
    "The authority answered in the evening that talks would go on.\n\nIt had never meant the roster to be more "
    "than a trial of what could be done with fewer shifts at night."
)
NOTICE = (
    "\n\nRegistered users may quote from this page where they name it. Write to the editors about mistakes."
)

SHARED = [
    "https://spa.example/",
    "https://spa.example",
    "https://spa.example/index.php",
    "https://spa.example/en/",
    "https://spa.example/de/index.html",
    "https://spa.example/?lang=en",
    "https://spa.example/forum/index.php",
    "https://spa.example/search?q=cranes",
    "https://spa.example/?s=cranes",
    "https://spa.example/tag/harbour",
    "https://spa.example/app",
    "https://spa.example/news/latest",
    "https://spa.example/viewtopic.php",
    "https://spa.example/item?id=1",
]


def page(title: str, address: str, body: str) -> bytes:
    paragraphs = "".join(f"<p>{one}</p>" for one in body.split("\n\n"))
    head = f"<title>{title}</title><link rel='canonical' href='{address}'>"
    return f"<!doctype html><html><head>{head}</head><body><article><h1>{title}</h1>{paragraphs}</article></body></html>".encode()


def test_the_reported_articles_are_twelve(library: Library):
    outcomes = list(library.add(REPORTED))
    assert [str(outcome.status) for outcome in outcomes] == ["added"] * 12
    assert library.articles.count() == 12
    again = list(library.add(REPORTED))
    assert [(one.status, one.id) for one in again] == [(ImportStatus.DUPLICATE, one.id) for one in outcomes]


def test_a_dry_run_of_them_reports_the_same(library: Library):
    assert [str(outcome.status) for outcome in library.add(REPORTED, dry_run=True)] == ["added"] * 12


@pytest.mark.parametrize("address", SHARED)
@pytest.mark.parametrize("form", ["page", "front matter"])
def test_a_different_headline_and_text_are_another_article_at_any_address(
    library: Library, address: str, form: str
):
    made = (
        (page("Cranes stand still", address, CRANES + NOTICE), page("Ships wait", address, SHIPS + NOTICE))
        if form == "page"
        else (
            markdown("Cranes stand still", CRANES, source=address),
            markdown("Ships wait", SHIPS, source=address),
        )
    )
    first, second = (library.importing.add_bytes(f"{number}", data) for number, data in enumerate(made))
    assert (first.status, second.status) == (ImportStatus.ADDED, ImportStatus.ADDED)
    assert library.articles.body(first.id).startswith("The crane drivers")
    assert library.articles.body(second.id).startswith("The authority")
    again = [library.importing.add_bytes("again", data) for data in reversed(made)]
    assert [(one.status, one.id) for one in again] == [
        (ImportStatus.DUPLICATE, second.id),
        (ImportStatus.DUPLICATE, first.id),
    ]


def test_each_of_several_articles_at_one_address_gets_its_own_changes(library: Library):
    address = "https://spa.example/app"
    first = library.importing.add_bytes("a", markdown("Cranes", CRANES, url=address))
    second = library.importing.add_bytes("b", markdown("Ships", SHIPS, url=address))
    changed = [
        library.importing.add_bytes(
            "b", markdown("Ships sail", SHIPS + "\n\nThey sailed at dawn.", url=address)
        ),
        library.importing.add_bytes(
            "a", markdown("Cranes move", CRANES + "\n\nThey move again.", url=address)
        ),
        library.importing.add_bytes(
            "b", markdown("Ships sail", "Nothing of the first report was left.", url=address)
        ),
    ]
    assert [one.id for one in changed] == [second.id, first.id, second.id]
    assert {one.status for one in changed} == {ImportStatus.UPDATED}
    assert library.articles.count() == 2
    assert [len(library.articles.get(one.id).revisions) for one in (first, second)] == [1, 2]


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Cranes", SHIPS),
        ("CRANES!", SHIPS),
        ("Cranes move again", CRANES),
        ("Cranes move again", "Corrected at noon.\n\n" + CRANES + "\n\nThey move again."),
        ("Cranes move again", CRANES.split("\n\n")[0]),
    ],
    ids=["headline", "headline spelled differently", "text", "most of the text", "a part of the text"],
)
def test_same_address_with_the_headline_or_most_of_the_text_is_the_same_article(
    library: Library, title: str, body: str
):
    address = "https://post.example/2024/03/04/cranes"
    first = library.importing.add_bytes("a", markdown("Cranes", CRANES, url=address))
    again = library.importing.add_bytes("b", markdown(title, body, url=address))
    assert again.id == first.id
    assert again.status is (ImportStatus.DUPLICATE if body == CRANES else ImportStatus.UPDATED)


def test_same_address_in_a_script_without_spaces(library: Library):
    address = "https://post.example/1"
    text = "港湾労働者は木曜日に投票し、もう一週間ストライキを続けることを決めた。組合が発表した。"
    first = library.importing.add_bytes("a", markdown("港のスト", text, url=address))
    changed = library.importing.add_bytes(
        "b", markdown("スト続く", text + "会社は失望したと述べた。", url=address)
    )
    other = library.importing.add_bytes(
        "c",
        markdown("船は沖に", "会社は夕方、交渉を続けると答えた。夜の勤務を減らす試みだという。", url=address),
    )
    assert (changed.id, changed.status) == (first.id, ImportStatus.UPDATED)
    assert other.status is ImportStatus.ADDED


def test_another_article_at_the_address_of_one_whose_text_is_missing_replaces_nothing(library: Library):
    address = "https://post.example/1"
    first = library.importing.add_bytes("a", markdown("Cranes", CRANES, url=address))
    (library.path / library.articles.get(first.id).text).unlink()
    assert (
        library.importing.add_bytes("b", markdown("Ships", SHIPS, url=address)).status is ImportStatus.ADDED
    )


def test_routes_of_pages_built_by_scripts_are_addresses():
    routes = ["#/article/1", "#/article/2", "#!/article/1", "#!a"]
    addresses = [canonical_address(f"https://app.example/{route}") for route in routes]
    assert all(one != other for one, other in combinations(addresses, 2))
    for plain in ("#comments", "#", "#/", "#!", ""):
        assert canonical_address(f"https://app.example/a{plain}") == "https://app.example/a"


@pytest.mark.parametrize(
    "address",
    [
        "https://post.example/?p=12",
        "https://post.example/index.php?id=3",
        "https://post.example/index.php/2024/cranes",
        "https://post.example/2024/03/04/cranes/index.html",
        "https://post.example/research/cranes",
        "https://post.example/category/news/cranes-stand-still",
        "https://post.example/#/story/1",
        "https://post.example/en/cranes",
        "https://post.example/item?id=1&q=x",
        "https://post.example/search-for-cranes",
    ],
)
def test_addresses_of_articles(address: str):
    assert is_article_address(address)


@pytest.mark.parametrize(
    "address",
    ["", "mailto:a@b.example", "https://[", "https://post.example#comments", "https://post.example/en-GB?ref=x",
     "https://post.example/default.aspx", "https://post.example/home", "https://post.example/?q=cranes",
     "https://post.example/suche.html?page=2", "https://post.example/category/news/page/2",
     "https://post.example/#/", "https://post.example/#/index"],
)  # fmt: skip
def test_addresses_that_do_not_identify_an_article(address: str):
    assert not is_article_address(address)
