"""What an article may be tagged with: proposals with a reason, and how good the words are that stand out."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from corpora import CORPORA
from fakes import markdown

from library import Library
from library.tags.keywords import calendar_words, keywords, stop_words
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


def test_existing_tags_come_first_then_those_of_the_source_then_keywords(library: Library):
    add(library, "Other", "Nothing.", tags="[rivers/odra, Flood gates, weather]")
    key = add(library, "The Odra at the Bridge", FLOOD, tags="[news]", language="en")
    library.tags.remove([key], ["news"])
    found = list(reasons(library, key).items())
    assert found[:3] == [
        ("rivers/odra", "a tag of yours, in the headline"),
        ("Flood gates", "a tag of yours, in the text"),
        ("news", "came with the article"),
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


def test_the_plural_of_a_tag_that_the_article_has_is_not_suggested(library: Library):
    key = add(library, "The Odra", FLOOD, tags="[floods, Ida Kowals, flood-gate]", language="en")
    carried = {"flood", "floods", "flood gates", "flood-gate", "ida kowal", "ida kowals"}
    assert not carried & set(map(fold, reasons(library, key)))


def test_an_existing_tag_is_suggested_in_place_of_its_plural(library: Library):
    add(library, "Other", "Nothing.", tags="[otter]")
    key = add(library, "Otters", "Otters came. The otters stayed. Two otters slept.", language="en")
    assert [tag for tag in reasons(library, key) if tag.lower().startswith("otter")] == ["otter"]


def test_weekdays_months_and_words_of_interfaces_are_no_suggestions(library: Library):
    body = "On Friday, in March, Wrona met. Friday, Wrona. Subscribe to newsletters; share. Subscribe, March, Friday."
    key = add(library, "Friday in March", body, tags="[Friday, harbour]", language="en")
    library.tags.remove([key], ["Friday", "harbour"])
    assert not {"Friday", "March", "Subscribe", "newsletters", "share"} & set(reasons(library, key))
    assert {"harbour", "Wrona"} <= set(reasons(library, key))


def test_a_weekday_that_is_a_tag_already_is_suggested(library: Library):
    add(library, "Other", "Nothing.", tags="[Friday]")
    key = add(library, "Friday", "Friday came.", language="en")
    assert reasons(library, key)["Friday"] == "a tag of yours, in the headline"


@pytest.mark.parametrize("language", ["en", "xx", "../en", ""])
def test_each_language_has_the_english_words_of_the_calendar(language: str):
    assert {"friday", "march"} <= calendar_words(language)


def test_weekdays_of_other_languages_are_known():
    assert {"montag", "marz"} <= calendar_words("de")
    assert {"mardi", "aout"} <= calendar_words("fr")


def test_code_is_not_suggested(library: Library):
    body = (
        "Wrona uses `walrus`, `walrus` and `walrus`.\n\n```\nwalrus walrus()\nwalrus\n```\n\nSo says Wrona."
    )
    key = add(library, "A language", body, language="en")
    assert "walrus" not in reasons(library, key)
    assert "Wrona" in reasons(library, key)


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
    assert {"Odra", "Wrona", "Ida Kowal", "flood"} <= set(found)
    assert not {fold(word) for word in found} & stop_words("en")
    assert {"your", "the"} <= stop_words("en")


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


def marked_up(archive: Path) -> Iterator[tuple[str, str, set[str]]]:
    """The names and texts of a set of keyphrases, and what people marked in each."""
    with zipfile.ZipFile(archive) as files:
        names = set(files.namelist())
        for name in sorted(names):
            keys = name.replace("docsutf8/", "keys/").removesuffix(".txt") + ".key"
            if "docsutf8/" in name and keys in names:
                marked = files.read(keys).decode("utf-8", "replace").splitlines()
                text = files.read(name).decode("utf-8", "replace").strip()
                yield name.rpartition("/")[2], text, set(map(stemmed, marked))


@pytest.mark.corpora
@pytest.mark.parametrize(
    ("name", "language", "least"),
    [
        ("500N-KPCrowd-v1.1", "en", 0.49),
        ("WikiNews", "fr", 0.52),
        ("110-PT-BN-KP", "pt", 0.5),
        ("Inspec", "en", 0.17),
    ],
)
def test_of_five_keywords_people_chose_half(name: str, language: str, least: float):
    hits, texts = [0, 0], [0, 0]
    for key, text, marked in marked_up(KEYPHRASES / f"{name}.zip"):
        headline, _, body = text.partition("\n") if language != "pt" else ("", "", text)
        found = keywords(headline, body, stop_words(language), 5, calendar_words(language))
        half = zlib.crc32(key.encode()) & 1
        hits[half] += len(set(map(stemmed, found)) & marked)
        texts[half] += 1
    tuned, held_out = (hit / number / 5 for hit, number in zip(hits, texts, strict=True))
    print(f"{name}: P@5 {tuned:.3f} where it was tuned, {held_out:.3f} held out, {sum(texts)} texts")
    assert min(tuned, held_out) >= least


@pytest.mark.parametrize(
    "language",
    ["x" * 5000, "港" * 500, "../en", "en\0", "", "zz"],
    ids=["long", "wide", "a path", "with a zero", "empty", "unknown"],
)
def test_a_language_from_outside_names_no_file(language: str):
    assert "monday" in calendar_words(language)
