"""Fixtures that many tests share: a clock, an empty library, a library with five articles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from corpora import ABSENT, CORPORA
from fakes import BERLIN, FakeClock, FakeIds, markdown
from hypothesis import settings

from library import Library

# A change is judged by the same examples each time; ``make test-examples`` searches for others.
settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.register_profile("searching", deadline=None, print_blob=True)
settings.load_profile("repeatable")

SEARCHED = 8
"""How many times as many examples are tried while others are searched for."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--run-slow", action="store_true", help="run the tests marked slow too")


@pytest.hookimpl(tryfirst=True)  # before pytest selects by ``-m``
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--hypothesis-profile") == "searching":
        _try_more_examples(items)
    for item in items:
        if item.get_closest_marker("corpora"):
            item.add_marker(pytest.mark.slow)
            if not CORPORA.is_dir():
                item.add_marker(pytest.mark.skip(reason=ABSENT))
        if item.get_closest_marker("slow") and not config.getoption("--run-slow"):
            item.add_marker(pytest.mark.skip(reason="slow: give --run-slow to run it"))


def _try_more_examples(items: list[pytest.Item]) -> None:
    tests = {getattr(item, "obj", None) for item in items}
    for test in (one for one in tests if getattr(one, "is_hypothesis_test", False)):
        name = "_hypothesis_internal_use_settings"  # a test that has settings takes no others
        chosen = getattr(test, name, None) or settings()
        setattr(test, name, settings(chosen, max_examples=SEARCHED * chosen.max_examples))


def pytest_collection_finish() -> None:
    """What is loaded and collected stays to the end: no later search for garbage goes through it.

    Garbage is looked for more rarely: an app leaves much behind, but few tests are alive at a time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def library(tmp_path: Path, clock: FakeClock) -> Iterator[Library]:
    """An empty library of a reader in Berlin."""
    with Library.open(tmp_path / "library", clock=clock, timezone=BERLIN, new_id=FakeIds()) as opened:
        yield opened


@pytest.fixture
def seeded(library: Library) -> Library:
    """Five articles: strike, oil, tram, pottery (undated) and storm (one minute past midnight in Berlin)."""
    for name, data in ARTICLES.items():
        library.importing.add_bytes(f"{name}.md", data)
    return library


ARTICLES = {
    "strike": markdown(
        "Harbour Strike Enters Third Week",
        "Dock workers voted on Thursday to stay out for another week.\n\nThe union said so, and said it again.",
        date="2021-03-04",
        tags="[harbour, labour]",
        author="Jane Roe",
        url="https://news.example.org/strike",
        source="Example News",
    ),
    "oil": markdown(
        "Oil Slips for a Third Day",
        "Prices fell. Traders spoke of a cease-fire in the price war.",
        date="2021-03-04",
        tags="[energy, world/europe]",
        url="https://markets.example.org/oil",
    ),
    "tram": markdown(
        "Совет голосует за трамвай",
        "Городской совет одобрил новую линию.\n\nTram line: Żółć and Ångström.",
        date="2021-03-03",
        tags="[city, world]",
        language="ru",
        url="https://city.example.org/tram",
    ),
    "pottery": markdown(
        "Pottery for Beginners", "Knead the clay well.", tags="[craft]", url="https://craft.example.org/pots"
    ),
    "storm": markdown(
        "Storm over the Sound",
        "Ferries stayed in port all night.",
        date="2021-03-03T23:01:00+00:00",
        tags="[Harbour]",
        url="https://news.example.org/storm",
    ),
}
