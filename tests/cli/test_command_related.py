"""``related``: related articles, and the words and tags that they share."""

from __future__ import annotations

from pathlib import Path

from commandline import CommandLine
from test_command_articles import ARTICLE_FIELDS


def test_related_lists_articles_and_what_they_share(tuireader: CommandLine, tmp_path: Path) -> None:
    for number in (1, 2):
        text = f"Brandvold of Northmole spoke. {'The quay lay still. ' * number}"
        (tmp_path / f"{number}.md").write_text(
            f"---\ntitle: Part {number}\ntags: [quay]\n---\n\n{text}\n", "utf-8"
        )
    added = tuireader("add", tmp_path / "1.md", tmp_path / "2.md", "--json").records
    one, other = (record["id"] for record in added)
    (found,) = tuireader("related", one, "--json").records
    assert list(found) == [*ARTICLE_FIELDS, "closeness", "shared_words", "shared_tags"]
    assert found["id"] == other
    assert {"brandvold", "northmole"} <= set(found["shared_words"])
    assert found["shared_tags"] == ["quay"]
    assert "northmole" in tuireader("related", one).out
    assert tuireader("related", "harbour strike", "--json").records == []
    assert "takes one" in tuireader("related", "nothing like it", status=1).err
