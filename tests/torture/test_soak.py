"""Memory use of a reader in which articles are opened for a long time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.timeout(0)]


def test_memory_does_not_grow_with_the_number_of_opened_articles():
    """Run the reader in a separate process, so that only its own memory is measured."""
    root = Path(__file__).resolve().parents[2]
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.soak", "1500"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    print(run.stdout)
    assert run.returncode == 0, run.stdout + run.stderr
