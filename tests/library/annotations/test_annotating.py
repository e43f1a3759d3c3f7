"""Changing annotations: place, colour, tags; passage bookmarks; revisions."""

from __future__ import annotations

import pytest
from fakes import markdown

from library import Library
from library.errors import (
    AmbiguousId,
    AnnotationNotFound,
    LibraryError,
    QuoteNotFound,
    RevisionNotFound,
)
from library.exporting.records import annotation_record
from library.models import HIGHLIGHT_COLOURS, AnnotationKind
from library.store.database import open_database
from library.text.difference import ChangeKind

BODY = (
    "Dock workers voted on Thursday, the union said. Nobody expects a quick end.\n\n"
    "The operator asked for time, the union said. The port is closed."
)


def add(library: Library, body: str = BODY) -> str:
    url = "https://news.example.org/strike"
    return library.importing.add_bytes("a.md", markdown("Strike", body, date="2021-03-04", url=url)).id


def test_an_orphan_can_be_reattached_and_undo_reverts_it(library: Library):
    key = add(library)
    note = library.note(key, "Mine.", quote="a quick end")
    add(library, BODY.replace("Nobody expects a quick end.", "It may take long."))
    lost = library.annotations.get(note.id)
    assert lost.orphan

    placed = library.annotations.reattach(note.id, "take long")

    text = library.articles.document(key).text
    assert placed.quote is not None
    assert text[placed.quote.start : placed.quote.end] == "take long"
    assert not placed.orphan and placed.body == "Mine." and placed.updated > lost.updated
    assert placed.text_sha256 == library.articles.get(key).text_sha256
    assert library.search.ids("is:orphaned") == []
    library.undo()
    assert library.annotations.get(note.id) == lost


def test_an_annotation_is_placed_at_the_given_offset(library: Library):
    key = add(library)
    words, at = "the union said", BODY.rindex("the union said")
    made = [
        library.note(key, "Mine.", quote=words, at=at),
        library.highlight(key, words, at=at),
        library.annotations.bookmark(key, words, at=at),
        library.annotations.reattach(library.note(key, "Whole.").id, words, at=at),
    ]
    assert [one.quote.start for one in made if one.quote] == [at] * 4
    for wrong in (at + 1, -1, 10_000):
        with pytest.raises(QuoteNotFound):
            library.highlight(key, words, at=wrong)
    assert len(library.annotations.select()) == 4


def test_an_annotation_is_placed_at_the_given_occurrence(library: Library):
    key = add(library)
    note = library.note(key, "Mine.")
    placed = library.annotations.reattach(note.id, "the union said", occurrence=2)
    assert placed.quote is not None and placed.quote.start == BODY.rindex("the union said")
    with pytest.raises(QuoteNotFound):
        library.annotations.reattach(note.id, "the union said", occurrence=3)
    assert library.annotations.get(note.id) == placed
    with pytest.raises(AnnotationNotFound):
        library.annotations.reattach("nobody", "the union said")


def test_an_import_distinguishes_equal_words_by_their_original_text(library: Library):
    key = add(library)
    first = library.highlight(key, "the union said")
    second = library.highlight(key, "the union said", occurrence=2)
    opening, ending = BODY.split("\n\n")
    add(library, f"Updated.\n\n{ending}")
    assert library.annotations.get(first.id).orphan
    moved = library.annotations.get(second.id)
    assert moved.quote is not None and moved.quote.start == len("Updated.\n\n") + ending.index("the union")
    add(library, f"{ending}\n\n{opening}")
    back = library.annotations.get(first.id)
    assert back.quote is not None and not back.orphan
    assert back.quote.start == len(ending) + 2 + opening.index("the union")


def test_an_import_recognises_a_single_sentence_by_its_original_text(library: Library):
    key = add(library)
    note = library.note(key, "Mine.", quote="Nobody expects a quick end.")
    add(library, "An entirely different report.\n\nNobody expects a quick end.\n\nSo it goes.")
    assert not library.annotations.get(note.id).orphan


@pytest.mark.parametrize("colour", HIGHLIGHT_COLOURS)
def test_a_highlight_has_one_of_five_colours(library: Library, colour: str):
    assert len(HIGHLIGHT_COLOURS) == 5
    key = add(library)
    assert library.highlight(key, "closed", colour=colour).colour == colour
    other = library.highlight(key, "closed")
    assert library.annotations.recolour(other.id, colour).colour == colour
    assert library.annotations.get(other.id).colour == colour


def test_only_highlights_have_colours_and_only_the_listed_ones(library: Library):
    key = add(library)
    note, highlight = library.note(key, "Mine."), library.highlight(key, "closed")
    with pytest.raises(LibraryError, match="“mauve” is not a highlight colour"):
        library.annotations.recolour(highlight.id, "mauve")
    with pytest.raises(LibraryError, match="“mauve”"):
        library.highlight(key, "closed", colour="mauve")
    with pytest.raises(LibraryError, match="is a note and cannot have a colour"):
        library.annotations.recolour(note.id, "red")
    assert library.annotations.of(key) == [note, highlight]


def test_a_passage_is_bookmarked_once_and_its_bookmark_can_be_removed(library: Library):
    key = add(library)
    first = library.annotations.bookmark(key, "the union said")
    assert first.kind is AnnotationKind.BOOKMARK
    assert library.annotations.bookmark(key, "the union said") == first
    second = library.annotations.bookmark(key, "the union said", occurrence=2)
    assert library.annotations.of(key) == [first, second]
    assert library.articles.get(key).state.bookmarked is None

    assert library.annotations.remove_bookmark(key, "the union said", occurrence=2) == second
    assert library.annotations.of(key) == [first]
    with pytest.raises(LibraryError, match="There is no bookmark on “closed”"):
        library.annotations.remove_bookmark(key, "closed")
    with pytest.raises(QuoteNotFound):
        library.annotations.remove_bookmark(key, "not there")
    library.undo()
    assert library.annotations.of(key) == [first, second]


def test_an_orphaned_bookmark_is_removed_by_its_words(library: Library):
    key = add(library)
    bookmark = library.annotations.bookmark(key, "a quick end")
    add(library, "Everything is different now.")
    assert library.annotations.get(bookmark.id).orphan
    assert library.annotations.remove_bookmark(key, "a  quick end").id == bookmark.id
    assert library.annotations.of(key) == []


def test_tags_in_a_note_are_its_tags_and_follow_its_text(library: Library):
    key = add(library)
    note = library.note(key, "Compare. #Idea #world/eu `#no`", tags=["mine"])
    assert note.tags == ("mine", "Idea", "world/eu")
    edited = library.annotations.edit_note(note.id, "Compare. #later")
    assert edited.tags == ("mine", "later")
    assert library.annotations.tag(note.id, ["Übrig", "LATER"]).tags == ("mine", "later", "Übrig")
    assert library.annotations.tag(note.id, ["ubrig"], remove=True).tags == ("mine", "later")


def test_an_article_and_a_note_are_found_by_the_tags_of_the_note(library: Library):
    key = add(library)
    note = library.note(key, "#idea/old")
    other = library.note(key, "nothing")
    for query in ("tag:idea/old", "tag:IDEA/*", "#idea/old"):
        assert library.search.ids(query) == [key]
        assert library.annotations.select(query) == [note]
    assert library.search.ids("-tag:idea/*") == []
    assert library.annotations.select("-tag:idea/*") == [other]
    assert library.search.ids("tag:none") == [key]
    assert library.tags.counts() == []


def test_an_annotation_is_found_by_a_prefix_of_its_id(library: Library):
    key = add(library)
    first, second = library.note(key, "1"), library.note(key, "2")
    assert library.annotations.resolve(first.id) == first.id
    assert library.annotations.resolve(f" {second.id.upper()} ") == second.id
    with pytest.raises(AmbiguousId, match="2 annotations"):
        library.annotations.resolve("note")
    for nothing in ("", "x"):
        with pytest.raises(AnnotationNotFound):
            library.annotations.resolve(nothing)


def test_an_imported_annotation_with_capitals_in_its_id_is_found_by_it(library: Library):
    note = library.note(add(library), "Ask the union", tags=["Harbour"])
    file = library.path / "export.jsonl"
    library.exporting.export("", "jsonl", file)
    lines = (
        file.read_text("utf-8").replace(note.id, "Aa-Note_1").replace('["Harbour"]', '["Harbour", "harbour"]')
    )
    file.write_text(lines + lines.replace("Aa-Note_1", "aA-other").replace("Ask the", "Ask another"), "utf-8")
    with Library.open(library.path / "other") as other:
        other.add(file)
        for name in ("Aa-Note_1", "Aa", "aa-note_1", " AA-NOTE "):
            assert other.annotations.resolve(name) == "Aa-Note_1"
        assert other.annotations.edit_note("Aa-Note_1", "Asked").tags == ("Harbour",)
        with pytest.raises(AmbiguousId, match="2 annotations"):
            other.annotations.resolve("AA")


def test_previous_texts_can_be_read_and_compared(library: Library):
    key = add(library)
    with pytest.raises(RevisionNotFound, match="never imported with a different text"):
        library.articles.difference(key)
    add(library, BODY.replace("Thursday", "Wednesday"))
    with pytest.raises(RevisionNotFound, match="only revision is number 1"):
        library.articles.body(key, revision=2)
    add(library, BODY.replace("Thursday", "Friday"))

    assert len(library.articles.revisions(key)) == 2
    assert "Thursday" in library.articles.body(key, revision=1)
    assert "Wednesday" in library.articles.document(key, revision=2).text
    assert library.articles.body(key, revision=-1) == library.articles.body(key, revision=2)
    assert library.articles.revision(key, 1) == library.articles.revisions(key)[0]
    first, second = library.articles.difference(key)
    assert [(run.kind, run.text) for run in first.runs][1:3] == [
        (ChangeKind.REMOVED, "Wednesday"),
        (ChangeKind.ADDED, "Friday"),
    ]
    assert first.changed and not second.changed
    assert library.articles.difference(key, 1)[0].runs[1].text == "Thursday"
    for number in (0, 3, -3):
        with pytest.raises(RevisionNotFound, match="numbered 1"):
            library.articles.revision(key, number)


def test_a_missing_previous_text_is_reported(library: Library):
    key = add(library)
    add(library, "Other words.")
    path = library.articles.revision(key).text
    (library.path / path).unlink()
    with pytest.raises(LibraryError, match=path):
        library.articles.body(key, revision=1)
    add(library, "Other words again.")
    assert library.articles.get(key).words == 3


def test_the_catalogue_records_similar_words_and_can_be_read_without_them(library: Library):
    key = add(library)
    note = library.note(key, "Which?", quote="the union said")
    assert note.quote is not None
    with open_database(library.path) as database:
        table = database.catalog_table("annotations")
        document = dict(table.documents()[note.id])
        (rival,) = document["quote"]["rivals"]
        document["quote"] = {name: value for name, value in document["quote"].items() if name != "rivals"}
        table.put({note.id: document})

    add(library, "Updated.\n\n" + BODY)
    moved = library.annotations.get(note.id).quote
    assert moved is not None and moved.start == note.quote.start + len("Updated.\n\n")
    assert note.quote.rivals == (rival,)
    assert moved.rivals is not None and len(moved.rivals) == 1


def test_records_for_scripts_have_only_the_selectors(library: Library):
    key = add(library)
    record = annotation_record(library.articles.get(key), library.note(key, "1", quote="the union said"))
    assert record["quote"].keys() == {"exact", "prefix", "suffix", "start", "end"}
