"""Where the corpora are: real texts with known answers, beside the repository and not part of it.

A test that reads them is marked ``corpora``; it is skipped, and says so, where they are absent.
"""

from __future__ import annotations

from pathlib import Path

CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora"
ABSENT = "../shared/corpora is absent: this test reads real texts that are not part of the repository"
