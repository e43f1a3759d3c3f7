"""Every command on a library with many damaged documents: it reports them and does the rest."""

from __future__ import annotations

import json
import shutil
from itertools import islice
from pathlib import Path

import pytest
from commandline import CommandLine
from damage import put_raw, variants

from library import Library
from library.store.database import open_database

TABLES = ("articles", "annotations", "searches", "tags", "rules", "history")
SECRET = "nobody shall read this"
READING = (
    ["list"],
    ["list", "--json", "strike"],
    ["list", "--json", "sort:title"],
    ["list", "--explain", "tag:harbour"],
    ["notes"],
    ["notes", "--json"],
    ["notes", "--on-this-day"],
    ["tags"],
    ["tags", "--tree"],
    ["dates"],
    ["stats"],
    ["searches", "list"],
    ["rules", "list"],
)


@pytest.fixture(scope="module", params=[pytest.param(7, marks=pytest.mark.slow), 23])
def damaged_folder(
    filled_folder: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Path:
    """A library with damaged fields in its documents: every 7th or 23rd of all possible damages."""
    folder = Path(shutil.copytree(filled_folder, tmp_path_factory.mktemp("damaged") / "library"))
    with Library.open(folder) as library:
        key = library.search.ids("strike")[0]
        library.note(key, SECRET, quote="another week", occurrence=1)
        library.bookmark([key])
        library.searches.save("strikes", "strike")
        library.tag_rules.add("oil", ["energy"])
        library.tags.recolour("harbour", "red")
    tables, number = dict[str, dict[str, bytes]](), 0
    with open_database(folder) as database:
        for name in TABLES:
            documents = database.catalog_table(name).documents().values()
            document = max(documents, key=lambda one: len(json.dumps(one)))
            for _, data in islice(variants(document), 0, None, request.param):
                number += 1
                key = str(1000 + number) if name == "history" else f"x{number}"
                tables.setdefault(name, {})[key] = data
    put_raw(folder, tables)
    return folder


@pytest.fixture
def damaged(damaged_folder: Path, fresh: CommandLine) -> CommandLine:
    """The command line of a copy of the damaged library."""
    shutil.copytree(damaged_folder, fresh.folder)
    return fresh


@pytest.mark.parametrize("arguments", READING, ids=" ".join)
def test_a_reading_command_names_the_damage_and_does_the_rest(
    damaged: CommandLine, arguments: list[str]
) -> None:
    ended = damaged(*arguments)
    assert "Traceback" not in ended.err and "did not expect" not in ended.err
    assert "tuireader doctor" in ended.err or arguments[0] in ("searches", "rules")
    assert SECRET not in ended.err


def test_every_article_can_be_shown_or_says_why_not(damaged: CommandLine) -> None:
    keys = [record["id"] for record in damaged("list", "--json").records]
    assert len(keys) > 10
    for key in keys:
        with open_database(damaged.folder) as database:
            assert key in database.catalog_table("articles").documents()
        ended = damaged("show", key, "--json", status=0 if not key.startswith("x") else None)
        assert "did not expect" not in ended.err


def test_changes_exports_and_undo_still_work(damaged: CommandLine, tmp_path: Path) -> None:
    damaged("read", "strike")
    damaged("tag", "strike", "seen")
    damaged("undo")
    damaged("redo")
    damaged("bookmark", "tag:seen")
    damaged("export", "--format", "jsonl", "-o", tmp_path / "all.jsonl", "strike", status=None)
    ended = damaged("backup", tmp_path / "all.zip", status=None)
    assert "did not expect" not in ended.err


def test_the_doctor_names_and_repairs_it(damaged: CommandLine) -> None:
    ended = damaged("doctor", status=None)
    assert "did not expect" not in ended.err and "has damaged fields" in ended.out + ended.err
    assert SECRET not in ended.out + ended.err
    damaged("doctor", "--repair", status=None)
    assert "damaged" not in damaged("list").err
