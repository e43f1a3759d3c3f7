"""A draft belongs to the session that writes it; drafts of ended sessions are offered to the next."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from library import Library
from library.models import Passage
from library.store.drafts import Drafts

KEY = "abcdefgh234567ij"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "catalog.json").write_text("{}")
    return tmp_path


def files(folder: Path) -> list[str]:
    return sorted(path.read_text() for path in (folder / "drafts").glob("[!.]*"))


def test_two_sessions_that_write_on_the_same_article_keep_a_draft_each(folder: Path):
    one, other = Drafts(folder), Drafts(folder)
    one.keep(KEY, "one")
    assert other.get(KEY) == "", "it is being written elsewhere"
    other.keep(KEY, "other")
    assert (one.get(KEY), other.get(KEY)) == ("one", "other")
    other.keep(KEY, "")
    assert one.get(KEY) == "one" and files(folder) == ["one"]
    one.close()
    assert other.get(KEY) == "one"


def test_a_draft_of_a_killed_program_is_offered_once_and_removed_with_the_note(folder: Path):
    program = f"""
import os, signal, sys
from pathlib import Path
from library.models import Passage
from library.store.drafts import Drafts
drafts = Drafts(Path(sys.argv[1]))
drafts.keep("{KEY}", "half", Passage("words", 7))
os.kill(os.getpid(), signal.SIGKILL)
"""
    subprocess.run([sys.executable, "-c", program, str(folder)], check=False)
    drafts = Drafts(folder)
    assert (drafts.get(KEY), drafts.passage(KEY)) == ("half", Passage("words", 7))
    drafts.keep(KEY, "half and whole")
    assert files(folder) == ["half and whole"]
    drafts.keep(KEY, "")
    assert drafts.get(KEY) == "" and files(folder) == []
    drafts.close()
    assert list((folder / "drafts").iterdir()) == []


def test_a_leftover_draft_that_was_not_used_stays_when_another_note_is_written(folder: Path):
    older = Drafts(folder)
    older.keep(KEY, "left")
    drafts = Drafts(folder)
    assert drafts.get(KEY) == ""
    drafts.keep(KEY, "new")
    older.close()
    drafts.keep(KEY, "")
    assert drafts.get(KEY) == "left"


def test_a_leftover_draft_that_changed_since_it_was_read_is_not_removed(folder: Path):
    (folder / "drafts").mkdir()
    path = folder / "drafts" / f"{KEY}.md"
    path.write_text("of an older program")
    drafts = Drafts(folder)
    assert drafts.get(KEY) == "of an older program"
    path.write_text("changed by it")
    drafts.keep(KEY, "")
    assert drafts.get(KEY) == "changed by it"


@pytest.mark.parametrize(
    "name", [f"{KEY}.sync-conflict-20261130-155500-ABC.md", f"{KEY}~0badcafe (conflicted copy).md"]
)
def test_a_conflict_copy_of_a_draft_is_offered_as_well(folder: Path, name: str):
    (folder / "drafts").mkdir()
    (folder / "drafts" / name).write_text("from the other machine")
    drafts = Drafts(folder)
    assert drafts.get(KEY) == "from the other machine"
    drafts.keep(KEY, "")
    assert files(folder) == []


def test_the_newest_leftover_is_offered_first_and_then_the_next(folder: Path):
    for number in (1, 2, 3):
        drafts = Drafts(folder)
        drafts.keep(KEY, f"draft {number}")
        drafts.close()
        path = next(path for path in (folder / "drafts").iterdir() if path.read_text() == f"draft {number}")
        os.utime(path, (number, number))
    drafts = Drafts(folder)
    for number in (3, 2, 1):
        assert drafts.get(KEY) == f"draft {number}"
        drafts.keep(KEY, "")
    assert drafts.get(KEY) == ""


def test_deleting_an_article_for_good_deletes_its_drafts_of_any_session(seeded: Library):
    (key,) = seeded.search.ids("oil")
    seeded.drafts.keep(key, "half a thought")
    (seeded.path / "drafts" / f"{key}.md").write_text("older")
    seeded.articles.trash([key])
    seeded.maintenance.empty_trash()
    assert files(seeded.path) == []
