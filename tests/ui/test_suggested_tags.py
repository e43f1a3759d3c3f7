"""Suggestions in the tag prompt: shown with their reason, accepted by a key, never set by themselves."""

from __future__ import annotations

import pytest

OTTERS, TRAM = "Otters return to the canal", "Council votes on the tram"


@pytest.fixture
def tagged(folder, library_at):
    """A library with the tag “canal”, in which the article on otters has lost a tag."""
    with library_at(folder) as library:
        library.tag(library.search.ids("title:soup"), ["canal", "noon"])
        library.tags.remove(library.search.ids("title:otters"), ["city"])
    return folder


def offered(desk) -> list[str]:
    """Return the suggested tags, one per line."""
    lines = desk.lines()
    first = next(number for number, line in enumerate(lines) if "Tag 1 article:" in line) + 1
    first += lines[first].strip().startswith("Has #")
    return [line.strip().removeprefix("▌").split("  ")[0] for line in lines[first:-1] if line.strip()]


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 10)])
async def test_suggestions_are_shown_with_their_reason_and_nothing_is_set(reader, tagged, size):
    async with reader(tagged, size=size) as desk:
        await desk.press("t")
        assert offered(desk)[:3] == ["city", "canal", "noon"]
        text = desk.text
        assert "came with the article" in text and "a tag of yours" in text
        await desk.press("enter")
        assert desk.on_disk().articles.get(desk.id_of(OTTERS)).tags == ("nature",)


async def test_a_suggestion_is_accepted_by_tab_and_another_after_it(reader, tagged):
    async with reader(tagged) as desk:
        await desk.press("t", "down", "tab")
        assert offered(desk)[:2] == ["city", "noon"]
        await desk.press("tab", "enter")
        assert desk.on_disk().articles.get(desk.id_of(OTTERS)).tags == ("nature", "canal", "city")


async def test_tags_of_the_article_are_shown_and_not_offered(reader, tagged):
    async with reader(tagged) as desk:
        await desk.press("t")
        assert "Has #nature" in desk.text
        await desk.press(*"natu")
        assert offered(desk) == ["nature/bats"]
        await desk.press("escape", "t", *"zebra", "enter")
        await desk.press("t", *"zebra")
        assert offered(desk) == ["The article has this tag."]
        await desk.press("escape", "j", "t")
        assert "Has #nature" not in desk.text


async def test_the_choice_goes_round(reader, tagged):
    async with reader(tagged) as desk:
        await desk.press("t", "up", "down", "down", "tab", "enter")
        assert "canal" in desk.on_disk().articles.get(desk.id_of(OTTERS)).tags


async def test_typed_text_is_still_completed(reader, tagged):
    async with reader(tagged) as desk:
        await desk.press("t", *"wo")
        assert "work" in offered(desk)[0]
        await desk.press("tab", "enter")
        assert desk.on_disk().articles.get(desk.id_of(OTTERS)).tags == ("nature", "work")


async def test_several_articles_and_tags_to_remove_have_no_suggestions(reader, tagged):
    async with reader(tagged) as desk:
        await desk.press("T")
        assert "came with" not in desk.text
        await desk.press("escape", "space", "space", "t")
        assert "came with" not in desk.text


async def test_suggestions_of_one_article_are_not_offered_for_the_next(reader, tagged):
    async with reader(tagged) as desk:
        await desk.press("t", "escape", "j", "t")
        assert desk.at_cursor == TRAM
        assert "noon" not in offered(desk)
