"""A story in a real terminal: imported, folded, opened, and with related articles."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk import Desk

ENTER = "\r"
TEXT = " ".join(f"sentence{number} of the report." for number in range(60))


@pytest.mark.slow
def test_an_imported_story_is_opened_and_one_of_its_articles_read(desk: Desk, tmp_path: Path) -> None:
    for name, share in (("Whole", 1.0), ("Shortened", 0.5)):
        text = TEXT[: int(len(TEXT) * share)]
        (tmp_path / f"{name}.md").write_text(f"---\ntitle: {name} report\n---\n\n{text}\n", "utf-8")
    desk.run("add", tmp_path / "Whole.md", tmp_path / "Shortened.md")

    reader = desk.open_reader()
    reader.wait_for(lambda text: "Whole report" in text and "+1" in text and "Shortened" not in text)
    reader.send(">")
    reader.wait_for(lambda text: "Shortened report" in text and "−1" in text)
    reader.send("<")
    reader.wait_until_gone("Shortened report")
    reader.send("ga")
    reader.wait_for(lambda text: "Same story" in text and "Shortened report" in text)
    reader.send(ENTER)
    reader.wait_for(lambda text: "Space read on" in text and "Shortened report" in text)
    reader.send("Q")
    assert reader.ended() == 0
