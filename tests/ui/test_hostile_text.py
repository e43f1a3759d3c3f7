"""Hostile text: it is never interpreted, and never ends the reader."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from textual import events

from library.store.documents import article_to_document
from library.store.texts import write_text

MARKUP = [
    "a [/] b",
    "[@click=app.quit]x",
    "[link=http://x",
    "[bold",
    "$x [b]$t[/b]",
    "\\[b]x",
    "[red]x[/blue]",
]
CONTROLS = [
    "\x1b]0;x\x07t",
    "\x9b31mred",
    "\x1b[2Jx",
    "a\u202egpj.exe",
    "a\x00b\x08\x7fc",
    "\x1b]52;c;eA==\x07x",
    "a\rb\x0cc",
]
HEAPS = ["e" + "\u0301" * 10_000, "x" * 1_000_000, "港" * 100_000, "\u200f" * 500 + "שלום", "👨‍👩‍👧" * 5_000]
HOSTILE = MARKUP + CONTROLS + HEAPS
FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def plant(library, article, text: str, tags: Sequence[str] = ()) -> None:
    """Put ``text`` in every field of an article, a note and a draft, bypassing the import."""
    short = text[:3000]
    hostile = replace(
        article, title=text, authors=(short, text), agency=short, source=short, url=f"https://x.example/{short}", tags=(*tags, short, f"world/{short}"), summary=text, language=short
    )  # fmt: skip
    database = library.workspace.database
    database.catalog_table("articles").put({article.id: article_to_document(hostile)})
    write_text(library.path, article, text)
    note = library.note(article.id, "body")
    documents = database.catalog_table("annotations").documents()
    database.catalog_table("annotations").put({note.id: {**documents[note.id], "body": text}})
    quoted = {**documents[note.id], "body": short, "quote": {"exact": short, "prefix": "", "suffix": "", "start": 0, "end": 9}, "colour": short, "kind": "highlight"}  # fmt: skip
    database.catalog_table("annotations").put({f"{article.id}-quoted": quoted})
    library.drafts.keep(article.id, text)


def assert_harmless(desk) -> None:
    for line in desk.lines():
        assert not FORBIDDEN.search(line), repr(line)


@pytest.mark.parametrize(
    "texts",
    [
        CONTROLS,
        *(pytest.param(texts, marks=pytest.mark.slow) for texts in (MARKUP, *([one] for one in HEAPS))),
    ],
    ids=lambda texts: ascii(texts[0][:9]),
)
async def test_every_pane_and_prompt_shows_it_as_text(folder, reader, library_at, texts):
    with library_at(folder) as library:
        for article, text in zip(library.select(), texts, strict=False):
            plant(library, article, text)
    async with reader(size=(150, 40)) as desk:
        assert_harmless(desk)
        for _ in texts:
            for key in ("enter", "G", "a", "escape", "E", "escape", "t", "tab", "escape", "y", "h"):
                await desk.pilot.press(key)
                await desk.pilot.pause()
                assert_harmless(desk)
            await desk.press("j")
        await desk.press("T", "tab", "enter", "o", "b", "u", "g", "t", "G")
        assert_harmless(desk)
        assert desk.app.is_running


async def test_in_the_sidebar_they_are_chosen_like_other_entries(folder, reader, library_at):
    with library_at(folder) as library:
        plant(library, library.select()[0], "x", MARKUP + CONTROLS)
    async with reader(size=(150, 40)) as desk:
        for text in MARKUP + CONTROLS:
            await desk.pilot.press("h")
            await desk.until(lambda text=text: desk.screen.sidebar.entries.go_to(f"tag:{text}"))
            await desk.press("enter")
            assert_harmless(desk)


@pytest.mark.parametrize(
    "text",
    ["".join(MARKUP), *(pytest.param(text, marks=pytest.mark.slow) for text in (*HEAPS, "".join(CONTROLS)))],
    ids=lambda text: ascii(text[:9]),
)
async def test_typed_hostile_texts_are_harmless(reader, text):
    async with reader(size=(100, 30)) as desk:
        for key in ("slash", "a", "t", "?", "ctrl+p"):
            await desk.pilot.press(key)
            desk.app.post_message(events.Paste(text))
            await desk.pilot.pause()
            assert_harmless(desk)
            await desk.pilot.press("enter" if key == "t" else "escape")
            await desk.until(lambda: len(desk.app.screen_stack) == 1)
            await desk.rest()
            assert_harmless(desk)


async def test_messages_are_shown_as_text(reader):
    async with reader(size=(100, 60)) as desk:
        for text in MARKUP + CONTROLS:
            desk.screen.desk.say(text)
            desk.screen.desk.say(text, "error")
            await desk.pilot.pause()
            assert_harmless(desk)
