"""Conflict copies of article files are recognised, and their texts are kept as revisions."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from fakes import NOW, FakeClock

from library import Library
from library.maintenance.doctor import examine, repair
from library.maintenance.findings import Code

NAMES = [
    "{}.sync-conflict-20261130-155500-ABCDEFG.md",
    "{} (Anna's conflicted copy 2026-11-30).md",
    "{} (conflicted copy 2026-11-30 155500).md",
    "{}_conflict-20261130-155500.md",
    "{} (SFConflict anna@example.org 2026-11-30-15-55-00).md",
    "{} (Case Conflict).md",
    "{}.Conflict.md",
    "{} (1).md",
    "{} 2.md",
    "{}-LAPTOP.md",
    "{}-DESKTOP-AB12CD3.md",
    "{}.md.sync-conflict-20261130",
]


@pytest.fixture
def text(seeded: Library) -> Path:
    """The file of the article on the strike, which has a note, in a closed library."""
    key = seeded.search.ids("strike")[0]
    seeded.note(key, "Whose week?", quote="another week")
    seeded.close()
    return seeded.path / seeded.articles.get(key).text


def library_of(text: Path) -> Path:
    return next(parent for parent in text.parents if parent.name == "texts").parent


def bodies(folder: Path) -> list[str]:
    """Return the text of the article on the strike, and its revisions."""
    with Library.open(folder, clock=FakeClock()) as library:
        (key,) = library.search.ids("title:strike")
        numbers = range(1, len(library.articles.revisions(key)) + 1)
        return [
            library.articles.body(key),
            *(library.articles.body(key, revision=number) for number in numbers),
        ]


@pytest.mark.parametrize("name", NAMES)
def test_the_text_of_a_conflict_copy_becomes_a_revision(text: Path, name: str):
    folder = library_of(text)
    (before,) = bodies(folder)
    copy = text.with_name(name.format(text.stem))
    copy.write_text(text.read_text("utf-8").replace("Dock workers", "Yesterday dock workers"), "utf-8")
    (finding,) = examine(folder, now=NOW)
    assert finding.code is Code.CONFLICT_TEXT and "Harbour Strike" in finding.sentence
    assert copy.name in finding.sentence and not finding.harmless
    assert repair(folder, now=NOW) == (finding,)
    assert bodies(folder) == [before, before.replace("Dock workers", "Yesterday dock workers")]
    assert examine(folder, now=NOW) == ()
    assert not copy.exists() and list((folder / "damaged-1").rglob(copy.name))


@pytest.mark.parametrize("name", NAMES)
def test_a_copy_with_the_same_text_is_set_aside(text: Path, name: str):
    folder = library_of(text)
    before = bodies(folder)
    copy = Path(shutil.copy(text, text.with_name(name.format(text.stem))))
    (finding,) = examine(folder, now=NOW)
    assert finding.code is Code.SPENT_COPY and finding.harmless
    assert repair(folder, now=NOW) == (finding,)
    assert bodies(folder) == before and not copy.exists()


def test_our_text_is_kept_if_another_machine_s_replaced_it(text: Path):
    folder = library_of(text)
    (before,) = bodies(folder)
    shutil.copy(text, text.with_name(f"{text.stem}.sync-conflict-20261130-155500-ABCDEFG.md"))
    text.write_text(text.read_text("utf-8").replace("Dock workers", "Today dock workers"), "utf-8")
    assert {one.code for one in examine(folder, now=NOW)} == {Code.TEXT_CHANGED, Code.SPENT_COPY}
    repair(folder, now=NOW)
    assert bodies(folder) == [before.replace("Dock workers", "Today dock workers"), before]
    assert examine(folder, now=NOW) == ()


def test_a_copy_without_front_matter_is_recognised_by_its_name(text: Path):
    folder = library_of(text)
    copy = text.with_name(f"{text.stem}.sync-conflict-20261130-155500-ABCDEFG.md")
    copy.write_text("Other words.\n", "utf-8")
    repair(folder, now=NOW)
    assert bodies(folder)[1] == "Other words."


def test_a_copy_that_is_not_text_is_reported_and_stays(text: Path):
    folder = library_of(text)
    copy = text.with_name(f"{text.stem}.sync-conflict-20261130-155500-ABCDEFG.md")
    copy.write_bytes(b"\xff\xfe\x00")
    (finding,) = examine(folder, now=NOW)
    assert finding.code is Code.UNREADABLE_COPY and finding.harmless
    repair(folder, now=NOW)
    assert copy.exists() and len(bodies(folder)) == 1


def test_an_article_with_conflict_in_its_name_is_not_a_copy(seeded: Library):
    for number in (1, 2):
        seeded.importing.add_bytes(
            f"{number}.md", f"# Armed conflict (conflict {number})\n\nText {number}.\n".encode()
        )
    seeded.close()
    assert examine(seeded.path, now=NOW) == ()


def test_an_article_that_only_a_copy_has_is_restored(text: Path):
    folder = library_of(text)
    (before,) = bodies(folder)
    text.rename(text.with_name(f"{text.stem} (conflicted copy 2026-11-30).md"))
    repair(folder, now=NOW)
    assert bodies(folder) == [before]
    assert not [one for one in examine(folder, now=NOW) if not one.harmless]
