"""A command on hundreds of selected articles: reported with their number, undone at once, never blocking."""

from __future__ import annotations

import shutil
from threading import current_thread, main_thread

import pytest

from library import Library
from library.store.documents import article_from_document

MANY = 300
"""Number of articles that the query finds; seven more are in the library."""


@pytest.fixture(scope="module")
def _many(tmp_path_factory, _printed):
    folder = tmp_path_factory.mktemp("many")
    (folder / "reports").mkdir()
    for number in range(MANY):
        head = f"title: Report {number}\ndate: 2024-01-01\ntags: [report]\n"
        (folder / "reports" / f"{number}.md").write_text(f"---\n{head}---\nReport number {number}.\n")
    with Library.open(shutil.copytree(_printed, folder / "library")) as library:
        assert [one.status for one in library.add(folder / "reports")] == ["added"] * MANY
    return folder / "library"


@pytest.fixture
def many(_many, tmp_path):
    """A library with hundreds of articles that share a tag, and some others."""
    return shutil.copytree(_many, tmp_path / "many")


@pytest.fixture
def decoded_by_handlers(monkeypatch):
    """The ids of articles built from documents in the event loop, once for each time."""
    ids: list[str] = []

    def decode(article_id, document):
        if current_thread() is main_thread():
            ids.append(article_id)
        return article_from_document(article_id, document)

    for module in ("library.articles.service", "library.store.catalog"):
        monkeypatch.setattr(f"{module}.article_from_document", decode)
    return ids


@pytest.mark.parametrize(
    ("keys", "message", "found"),
    [
        (("b",), "Bookmarked", "is:bookmarked"),
        (("r",), "Marked as read", "is:read"),
        (("t", *"seen", "enter"), "Tagged seen", "tag:seen"),
        (("T", *"report", "enter"), "Removed tags: report", "-tag:report Report"),
        (("x",), "Moved to the trash", "is:trashed"),
    ],
    ids=["bookmark", "read", "tag", "untag", "trash"],
)
async def test_all_articles_of_a_result_are_changed_and_one_undo_restores_them(
    reader, many, decoded_by_handlers, keys, message, found
):
    async with reader(many) as desk:
        await desk.filter("tag:report")
        assert desk.screen.articles.row_count == MANY
        before = desk.on_disk().search.ids(found)
        decoded_by_handlers.clear()
        await desk.press("asterisk", *keys)
        assert f"{message}: {MANY} articles · u to undo" in desk.said
        assert len(desk.on_disk().search.ids(found)) == len(before) + MANY
        await desk.press("u")
        assert "Undone" in desk.said
        assert desk.on_disk().search.ids(found) == before
        assert desk.screen.articles.row_count == MANY
        assert len(decoded_by_handlers) < MANY
        assert len(set(decoded_by_handlers)) <= desk.screen.articles.size.height
