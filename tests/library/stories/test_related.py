"""Related articles and the timeline of a story: found by rare words and tags, without a network."""

from __future__ import annotations

import random
from datetime import date

import pytest
from fakes import markdown

from library import Library
from library.stories.related import particular_words

STRIKE = (
    "Crane drivers of the Northmole terminal met Brandvold. The Northmole union spoke with Brandvold again."
)
DEAL = "The Northmole union agreed with Brandvold on Sunday, and the terminal opened its gates at dawn."


def made(seed: int, count: int = 120) -> str:
    """A text of its own of words that all texts have."""
    words = [f"common{chr(97 + number)}" for number in range(26)]
    return " ".join(random.Random(seed).choices(words, k=count))


@pytest.fixture
def port(library: Library) -> Library:
    """Three articles about one port, a copy of the first, and twelve about nothing of the kind."""
    articles = {
        "strike": markdown("Strike at Northmole", f"{STRIKE}\n\n{made(1)}", date="2021-02-15", tags="[quay]"),
        "copy": markdown("Northmole stands still", f"{STRIKE}\n\n{made(1)[:600]}", date="2021-02-16"),
        "deal": markdown("A deal at Northmole", f"{DEAL}\n\n{made(2)}", date="2021-04-19", tags="[quay]"),
        "undated": markdown(
            "Brandvold of Northmole", f"Who is Brandvold, whom the crane drivers met? {made(3)}"
        ),
        **{
            f"other{n}": markdown(f"Other {n}", f"The union of {made(n)}", tags="[news]")
            for n in range(10, 22)
        },
    }
    for name, data in articles.items():
        library.importing.add_bytes(f"{name}.md", data)
    list(library.search.index_texts())
    return library


def id_of(library: Library, title: str) -> str:
    (found,) = library.search.ids(f'title:"{title}"')
    return found


def titles(library: Library, ids: list[str]) -> list[str]:
    return [library.articles.get(key).title for key in ids]


def test_related_articles_share_rare_words_and_tags_and_are_not_of_the_story(port: Library):
    found = port.stories.related(id_of(port, "Strike at Northmole"))
    assert titles(port, [one.id for one in found]) == ["A deal at Northmole", "Brandvold of Northmole"]
    assert {"northmole", "brandvold", "terminal"} <= set(found[0].words)
    assert "union" not in found[0].words
    assert found[0].tags == ("quay",)
    assert 1.0 >= found[0].closeness > found[1].closeness > 0.0


def test_related_articles_are_not_from_the_trash_and_not_more_than_asked_for(port: Library):
    strike = id_of(port, "Strike at Northmole")
    assert len(port.stories.related(strike, 1)) == 1
    port.articles.trash([id_of(port, "A deal at Northmole")])
    assert titles(port, [one.id for one in port.stories.related(strike)]) == ["Brandvold of Northmole"]


def test_without_a_full_text_index_nothing_is_related(port: Library):
    port.maintenance.run_due()
    for file in port.path.glob("search.db*"):
        file.unlink()
    with Library.open(port.path) as library:
        strike = id_of(library, "Strike at Northmole")
        assert library.stories.related(strike) == []
        list(library.search.index_texts())
        assert len(library.stories.related(strike)) == 2


def test_words_that_every_text_has_are_not_distinctive():
    text = "Der Nachtzug von Moorhagen wurde nicht verkauft. Moorhagen!"
    words = particular_words("Der Nachtzug hält", text, "de")
    assert {"nachtzug", "moorhagen"} <= set(list(words)[:3])
    assert "nicht" not in words


def test_pairs_of_characters_serve_as_words_in_scripts_without_spaces():
    assert next(iter(particular_words("港町の図書館", "港町"))) == "港町"


def test_a_timeline_has_the_story_and_close_articles_by_day_with_the_notes_on_them(port: Library):
    strike, deal = id_of(port, "Strike at Northmole"), id_of(port, "A deal at Northmole")
    note = port.note(deal, "So that was it.")
    timeline = port.stories.timeline(strike)
    assert [(moment.day, moment.same) for moment in timeline] == [
        (date(2021, 2, 15), True),
        (date(2021, 2, 16), True),
        (date(2021, 4, 19), False),
        (None, False),
    ]
    assert [moment.annotations for moment in timeline] == [(), (), (note,), ()]
