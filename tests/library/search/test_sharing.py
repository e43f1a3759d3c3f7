"""Several programs search and index one library at once: all results are right, and no search hangs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from fakes import markdown
from sharing import KEPT

from library import Library

HERE = Path(__file__).parent
SECONDS = float(os.environ.get("SHARING_SECONDS", "15"))
"""How long many programs share a library; longer in ``make torture``."""
TOO_LONG = 8.0
"""Maximum seconds of a search, which waits two for another program and then reads the texts."""


def shared(folder: Path, kinds: list[str], seconds: float) -> None:
    """Let programs share a library for some ``seconds``, one for each of ``kinds``."""
    with Library.open(folder) as library:
        for number in range(KEPT):
            library.importing.add_bytes(
                f"{number}.md", markdown(f"Title {number}", f"Words {number} about everything.")
            )
    environment = {**os.environ, "PYTHONPATH": f"{HERE.parents[2]}{os.pathsep}{HERE.parents[1]}"}
    programs = [
        subprocess.Popen(
            [sys.executable, HERE / "sharing.py", kind, folder, str(seconds), str(seed)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        )
        for seed, kind in enumerate(kinds)
    ]
    ended = [(*program.communicate(timeout=seconds + 120), program.returncode) for program in programs]
    for kind, (out, errors, code) in zip(kinds, ended, strict=True):
        assert code == 0, (kind, errors)
        result = json.loads(out)
        assert result["rounds"] > 0, kind
        assert result["wrong"] == [], kind
        assert result["slowest"] < TOO_LONG, kind


def usable(folder: Path) -> bool:
    """Return True if all texts can be indexed, so that a search reads none."""
    with Library.open(folder) as library:
        list(library.search.index_texts())
        return library.search.at_once("everything").unsearched == 0


def test_programs_that_open_and_close_do_not_disturb_each_others_searches(tmp_path: Path):
    shared(tmp_path, ["searches", "stays", "writes", "dies"], 2)
    assert usable(tmp_path)


def test_deleting_truncating_or_overwriting_an_open_index_does_no_harm(tmp_path: Path):
    shared(tmp_path, ["searches", "stays", "writes", "damages"], 2)
    assert usable(tmp_path)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("last", ["dies", "damages"])
def test_many_programs_share_a_library_for_a_long_time(tmp_path: Path, last: str):
    shared(tmp_path, ["searches", "searches", "stays", "stays", "writes", "writes", "dies", last], SECONDS)
    assert usable(tmp_path)
