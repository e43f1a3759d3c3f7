"""Renaming, merging, colouring and deleting tags: everywhere, as one change that can be undone."""

from __future__ import annotations

import pytest
from fakes import NOW, markdown
from hypothesis import given
from hypothesis import strategies as st

from library import Library, LibraryError, TagNotFound
from library.search.facts import fold_tag
from library.tags.rename import Renaming
from library.text.cleaning import TAG_LIMIT


def tags_by_title(library: Library) -> dict[str, tuple[str, ...]]:
    return {article.title[:6]: article.tags for article in library.select()}


def test_a_tag_is_renamed_on_articles_notes_and_trashed_articles_at_once(seeded: Library):
    strike, storm = seeded.search.ids("strike")[0], seeded.search.ids("Storm")[0]
    note = seeded.note(strike, "Ask again.", tags=["HARBOUR", "mine"])
    seeded.articles.trash([storm])

    change = seeded.tags.rename("harbour", "port")

    assert set(change.articles) == {strike, storm}
    assert change.annotations == (note.id,)
    assert not change.merged
    assert seeded.articles.get(strike).tags == ("port", "labour")
    assert seeded.articles.get(storm).tags == ("port",)
    assert seeded.annotations.get(note.id).tags == ("port", "mine")
    assert set(seeded.undo().ids) == {strike, storm, note.id}
    assert seeded.annotations.get(note.id).tags == ("HARBOUR", "mine")
    assert seeded.articles.get(storm).tags == ("Harbour",)
    seeded.redo()
    assert seeded.articles.get(storm).tags == ("port",)


def test_tags_below_a_renamed_tag_are_renamed_too(seeded: Library):
    seeded.tags.rename("World", "places/earth")
    assert tags_by_title(seeded)["Oil Sl"] == ("energy", "places/earth/europe")
    assert tags_by_title(seeded)["Совет "] == ("city", "places/earth")


def test_a_family_with_only_its_members_in_use_can_be_renamed(seeded: Library):
    seeded.importing.add_bytes("x.md", markdown("Else", "Words.", tags="[science/sea/deep]"))
    assert len(seeded.tags.rename("Science/Sea", "ocean").articles) == 1
    assert tags_by_title(seeded)["Else"] == ("ocean/deep",)


def test_a_tag_renamed_to_another_one_is_merged_with_it(seeded: Library):
    key = seeded.search.ids("strike")[0]
    change = seeded.tags.rename("labour", "CRAFT")
    assert change.merged and change.articles == (key,)
    assert seeded.articles.get(key).tags == ("harbour", "craft")
    seeded.tags.rename("craft", "HARBOUR")
    assert len(seeded.articles.get(key).tags) == 1


def test_of_two_spellings_that_become_one_the_first_stays():
    assert Renaming(["port"], "Harbour").of(["harbour", "port", "tide"]) == ["harbour", "tide"]


def test_a_family_in_a_query_stays_a_family():
    assert Renaming(["world"], "places").in_query("tide tag:world/* #world") == "tide tag:places/* #places"


def test_several_tags_become_one_in_one_change(seeded: Library):
    before = tags_by_title(seeded)
    change = seeded.tags.merge(["harbour", "world", "craft"], "misc")
    assert len(change.articles) == 5 and change.merged
    assert tags_by_title(seeded)["Oil Sl"] == ("energy", "misc/europe")
    seeded.undo()
    assert tags_by_title(seeded) == before


def test_the_spelling_of_a_tag_is_changed(seeded: Library):
    change = seeded.tags.rename("harbour", "Harbour")
    assert len(change.articles) == 1 and not change.merged
    assert [each.tag for each in seeded.tags.counts() if fold_tag(each.tag) == "harbour"] == ["Harbour"]


def test_a_rename_that_changes_nothing_is_no_change(seeded: Library):
    version = seeded.tags.rename("craft", "craft")
    assert version.articles == ()
    assert "import" in seeded.undo().title


def test_a_tag_is_deleted_with_its_family_and_undo_restores_it(seeded: Library):
    before = tags_by_title(seeded)
    assert len(seeded.tags.delete("world").articles) == 2
    assert "world" not in str(tags_by_title(seeded))
    seeded.undo()
    assert tags_by_title(seeded) == before


@pytest.mark.parametrize("name", ["", " , ", "#"])
def test_an_invalid_tag_is_rejected(seeded: Library, name: str):
    with pytest.raises(LibraryError, match="not a tag name"):
        seeded.tags.rename("harbour", name)


def test_an_unknown_tag_is_reported_with_a_similar_one(seeded: Library):
    with pytest.raises(TagNotFound, match="Did you mean “harbour”"):
        seeded.tags.rename("habour", "port")
    with pytest.raises(TagNotFound, match="tuireader tags"):
        seeded.tags.delete("quite another")


def test_a_name_that_is_too_long_is_rejected_and_nothing_is_changed(seeded: Library):
    before = tags_by_title(seeded)
    with pytest.raises(LibraryError, match="shorter"):
        seeded.tags.rename("world", "w" * (TAG_LIMIT - 3))
    assert tags_by_title(seeded) == before


def test_a_note_keeps_its_words_and_the_new_tag_after_an_edit(seeded: Library):
    key = seeded.search.ids("strike")[0]
    note = seeded.note(key, "#idea and #harbour")
    seeded.tags.rename("idea", "thought")
    seeded.tags.delete("harbour")
    renamed = seeded.annotations.get(note.id)
    assert (renamed.body, renamed.tags) == ("#idea and #harbour", ("thought",))
    assert seeded.annotations.edit_note(note.id, "#idea and #harbour, and #more").tags == ("thought", "more")


def test_a_renamed_tag_keeps_its_colour(seeded: Library):
    seeded.tags.recolour("World/Europe", "green")
    assert seeded.tags.colours() == {"world/europe": "green"}
    seeded.tags.rename("world", "earth")
    assert seeded.tags.colours() == {"earth/europe": "green"}
    seeded.undo()
    assert seeded.tags.colours() == {"world/europe": "green"}
    seeded.tags.delete("world")
    assert seeded.tags.colours() == {}


def test_a_merged_tag_has_the_colour_of_the_remaining_one(seeded: Library):
    seeded.tags.recolour("harbour", "green")
    seeded.tags.recolour("labour", "blue")
    seeded.tags.rename("labour", "harbour")
    assert seeded.tags.colours() == {"harbour": "green"}


def test_a_colour_is_changed_and_removed_and_both_can_be_undone(seeded: Library):
    seeded.tags.recolour("harbour", "red")
    seeded.tags.recolour("harbour", "")
    assert seeded.tags.colours() == {}
    seeded.undo()
    assert seeded.tags.colours() == {"harbour": "red"}
    with pytest.raises(LibraryError, match="yellow, green"):
        seeded.tags.recolour("harbour", "pink")


names = st.text("abA é-", min_size=1, max_size=3).filter(lambda name: name.strip() == name)
paths = st.lists(names, min_size=1, max_size=3).map("/".join)


@given(st.lists(paths, max_size=6), paths, paths)
def test_renaming_touches_a_family_and_nothing_else(tags: list[str], old: str, new: str):
    renaming = Renaming([old], new)
    for tag in tags:
        inside = f"{fold_tag(tag)}/".startswith(f"{fold_tag(old)}/")
        renamed = renaming(tag)
        assert renaming.touches(tag) == inside
        assert renamed == tag if not inside else renamed.startswith(new)
        assert not inside or renamed.count("/") - new.count("/") == tag.count("/") - old.count("/")


def test_the_doctor_finds_nothing_wrong_with_colours_and_rules(seeded: Library):
    from library.maintenance.doctor import examine

    seeded.tags.recolour("harbour", "red")
    seeded.tags.rename("harbour", "port")
    seeded.tag_rules.add("storm", ["weather"])
    assert [finding.sentence for finding in examine(seeded.path, now=NOW)] == []
