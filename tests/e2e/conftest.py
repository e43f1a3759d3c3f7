"""Fixtures of the tests in a real terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A user's machine, whose programs are ended with the test."""
    with ExitStack() as programs:
        yield Desk(tmp_path, programs)
