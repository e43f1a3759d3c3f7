"""What an article may be tagged with: proposals with a reason, and how good the words are that stand out."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from corpora import CORPORA
from fakes import markdown

from library import Library
from library.tags.keywords import keywords, stop_words
from library.text.case_folding import fold

KEYPHRASES = CORPORA / "keyphrases"

FLOOD = """The river Odra rose by a metre on Sunday, and the town of Wrona ordered its people out of the lower streets.

Engineers of the river board opened the old flood gates at Wrona for the first time in a century. “The flood gates
were built for a night such as this,” said Ida Kowal of the river board. By noon the Odra stood at the bridge.

Ida Kowal asked the farmers upstream to leave their dykes alone. The flood, she said, would reach the coast by Friday.
"""


def add(library: Library, title: str, body: str, **fields: str) -> str:
    return library.importing.add_bytes(f"{title}.md", markdown(title, body, **fields)).id


def reasons(library: Library, key: str) -> dict[str, str]:
    return {each.tag: each.reason for each in library.tags.suggest(key)}


def test_tags_of_the_source_come_first_then_those_of_the_library_then_keywords(library: Library):
    add(library, "Other", "Nothing.", tags="[rivers/odra, Flood gates, weather]")
    key = add(library, "The Odra at the Bridge", FLOOD, tags="[news]", language="en")
    library.tags.remove([key], ["news"])
    found = list(reasons(library, key).items())
    assert found[:3] == [
        ("news", "came with the article"),
        ("rivers/odra", "a tag of yours, in the headline"),
        ("Flood gates", "a tag of yours, in the text"),
    ]
    assert {reason for _, reason in found[3:]} == {"stands out in the text"}
    assert "Wrona" in dict(found)
    assert "weather" not in dict(found)


def test_asking_sets_nothing_and_tags_already_set_are_not_suggested(library: Library):
    key = add(library, "The Odra", FLOOD, language="en")
    first = library.tags.suggest(key)
    assert library.articles.get(key).tags == ()
    library.tag([key], [first[0].tag.upper()])
    assert first[0].tag not in reasons(library, key)


def test_the_tags_of_a_source_are_suggested_by_their_current_names(library: Library):
    key = add(library, "One", "Words.", tags="[old, gone, kept]")
    library.tags.rename("old", "new")
    library.tags.rename("new", "newest")
    library.tags.delete("gone")
    library.tags.remove([key], ["newest", "kept"])
    assert [tag for tag, reason in reasons(library, key).items() if "came" in reason] == ["newest", "kept"]


def test_a_tag_is_found_as_a_whole_word(library: Library):
    add(library, "Other", "Nothing.", tags="[art, Straße, climate-change, it, 雨]")
    key = add(library, "Party", "It is part of the strasse. Climate change. 大雨が降る。", language="en")
    assert {tag for tag, reason in reasons(library, key).items() if "yours" in reason} == {
        "Straße",
        "climate-change",
        "雨",
    }


def test_a_language_without_stop_words_has_no_keywords(library: Library):
    key = add(library, "雨の夜", "雨が降る。雨が降る。", language="ja")
    assert library.tags.suggest(key) == []


def test_frequent_and_early_names_and_words_are_keywords():
    found = keywords("The Odra at the Bridge", FLOOD, stop_words("en"), 6)
    assert {"Odra", "Wrona", "Ida Kowal", "flood gates"} <= set(found)
    assert not {fold(word) for word in found} & stop_words("en")


def test_a_name_is_suggested_complete_and_once():
    text = "Then Ida Kowal came. So Ida Kowal spoke. Later Kowal left for the coast."
    found = keywords("", text, stop_words("en"), 8)
    assert found[0] == "Ida Kowal"
    assert not {"Ida", "Kowal"} & set(found)


@pytest.mark.parametrize("text", ["", "…", "the of and", "12 34", "雨" * 50, "\n\n\n"])
def test_a_text_without_content_words_has_no_keywords(text: str):
    assert keywords("", text, stop_words("en"), 5) == []


def stemmed(phrase: str) -> str:
    """Folded words without their plural, which is all the stemming that the measurement allows itself."""
    return " ".join(
        word if word.endswith("ss") or len(word) < 4 else word.rstrip("sx")
        for word in fold(phrase.replace("-", " ").replace("'", " ").replace("’", " ")).split()
    )


def marked_up(archive: Path) -> Iterator[tuple[str, set[str]]]:
    """The texts of a set of keyphrases, and what people marked in each."""
    with zipfile.ZipFile(archive) as files:
        names = set(files.namelist())
        for name in sorted(names):
            keys = name.replace("docsutf8/", "keys/").removesuffix(".txt") + ".key"
            if "docsutf8/" in name and keys in names:
                marked = files.read(keys).decode("utf-8", "replace").splitlines()
                yield files.read(name).decode("utf-8", "replace").strip(), set(map(stemmed, marked))


@pytest.mark.corpora
@pytest.mark.parametrize(
    ("name", "language", "least"),
    [("500N-KPCrowd-v1.1", "en", 0.45), ("WikiNews", "fr", 0.5), ("110-PT-BN-KP", "pt", 0.45)],
)
def test_of_five_keywords_people_chose_more_than_two(name: str, language: str, least: float):
    archive = KEYPHRASES / f"{name}.zip"
    hits = texts = 0
    for text, marked in marked_up(archive):
        headline, _, body = text.partition("\n") if language != "pt" else ("", "", text)
        hits += len({stemmed(word) for word in keywords(headline, body, stop_words(language), 5)} & marked)
        texts += 1
    print(f"{name}: P@5 {hits / texts / 5:.3f} over {texts} texts")
    assert hits / texts / 5 >= least
