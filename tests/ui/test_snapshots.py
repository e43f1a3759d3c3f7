"""Snapshots of the reader, with articles in several scripts. Update: ``pytest --snapshot-update``."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tuireader.app import ReaderApp
from tuireader.colours import DARK, LIGHT

ARTICLES = (
    ("Harbour strike enters third week as talks stall", "2026-11-22", "[harbour, work]", "en"),
    ("港湾のストライキ、三週目に入る", "2026-11-21", "[harbour, 港]", "ja"),
    ("إضراب الميناء يدخل أسبوعه الثالث", "2026-11-20", "[harbour, ميناء]", "ar"),
    ("An octopus 🐙 opens its own tank 👩‍🔬 again", "2021-03-04", "[nature/sea]", "en"),
)
BODIES = (
    "Dock workers voted **on Thursday** to stay out.\n\n## Empty quays\n\n> Nobody was here.\n\n- one\n- two\n\n| ship | days |\n|---|---|\n| Ada | 12 |\n",
    "港の労働者は木曜日、さらに一週間続けることを決めた。\n",
    "صوّت عمال الميناء يوم الخميس على الاستمرار أسبوعا آخر.\n",
    "The octopus 🐙 was found *outside* its tank.\n",
)


@pytest.fixture
def scripts(tmp_path, library_at):
    """A library of articles in several scripts, one bookmarked, one with a note, one read."""
    with library_at(tmp_path / "scripts") as library:
        for number, ((title, day, tags, language), body) in enumerate(zip(ARTICLES, BODIES, strict=True)):
            head = f"title: {title}\nauthor: Jane Roe\nagency: AFP\ndate: {day}\ntags: {tags}\nlanguage: {language}\nurl: https://news.example.org/{number}\n"
            library.importing.add_bytes("article.md", f"---\n{head}---\n{body}".encode())
        first, second, third, _ = library.search.ids()
        library.note(first, "Compare with the *operator's* figures.", quote="on Thursday")
        library.bookmark([second])
        library.articles.mark_read([third])
        yield library


@pytest.mark.parametrize(
    ("size", "theme", "keys"),
    [
        ((80, 24), DARK, ()),
        ((120, 40), DARK, ("enter",)),
        ((120, 40), LIGHT, ("j", "enter")),
        ((200, 60), DARK, ("j", "j", "enter")),
        ((120, 40), DARK, ("a", *"A *note*.")),
        ((80, 24), DARK, ("question_mark",)),
        ((80, 24), DARK, ("comma", *"jjjj", "enter")),
        ((60, 20), LIGHT, ("comma", *"jjj", "enter")),
    ],
    ids=[
        "list-80x24",
        "reading-120x40",
        "reading-120x40-light",
        "reading-200x60",
        "note-120x40",
        "help-80x24",
        "settings-80x24",
        "setting-60x20-light",
    ],
)
def test_the_reader_looks_as_it_did(snap_compare, scripts, at_rest, size, theme, keys):
    app = ReaderApp(scripts)
    app.animation_level = "none"
    app.theme = theme

    async def run(pilot):
        await at_rest(pilot, scripts)
        await pilot.press(*keys)
        await at_rest(pilot, scripts)

    assert snap_compare(app, terminal_size=size, run_before=run)


@pytest.mark.parametrize(
    ("size", "theme", "keys"),
    [((120, 40), DARK, ()), ((80, 24), LIGHT, ("s",)), ((60, 20), DARK, ("l",))],
    ids=["notebook-120x40", "notebook-80x24-light", "bookmarks-60x20"],
)
def test_the_notebook_looks_as_it_did(snap_compare, scripts, at_rest, size, theme, keys):
    first, second, third, fourth = scripts.search.ids()
    scripts.highlight(second, "木曜日、さらに一週間", colour="green")
    scripts.note(third, "ميناء #idea", quote="عمال الميناء")
    scripts.annotations.bookmark(fourth, "outside its tank")
    scripts.highlight(first, "Nobody was here.", colour="purple")
    app = ReaderApp(scripts)
    app.animation_level = "none"
    app.theme = theme

    async def run(pilot):
        await at_rest(pilot, scripts)
        await pilot.press("g", "n")
        await at_rest(pilot, scripts)
        await pilot.press(*keys)
        await at_rest(pilot, scripts)

    assert snap_compare(app, terminal_size=size, run_before=run)


@pytest.fixture
def dated(tmp_path, library_at):
    """A library of 120 articles of one year, most of them of a few weeks, and one without a date."""
    with library_at(tmp_path / "dated") as library:
        for number in range(120):
            day = date(2021, 1, 1) + timedelta(number * 3 if number % 3 else 60 + number * number % 29)
            head = f"title: Report {number}\n" + (f"date: {day}\n" if number else "")
            library.importing.add_bytes("article.md", f"---\n{head}---\nReport {number}.\n".encode())
        library.note(library.search.ids("date:2021-03")[0], "Mine.")
        yield library


@pytest.mark.parametrize(
    ("size", "theme", "keys"),
    [
        ((120, 40), DARK, ("{", "v", "h", "h")),
        ((80, 24), LIGHT, ("g", "g", "+", "}", "}")),
        ((60, 20), DARK, ("n",)),
        ((40, 10), LIGHT, ("g", "g", "w")),
    ],
    ids=["year-120x40", "month-80x24-light", "notes-60x20", "month-40x10-light"],
)
def test_the_calendar_looks_as_it_did(snap_compare, dated, at_rest, size, theme, keys):
    app = ReaderApp(dated)
    app.animation_level = "none"
    app.theme = theme

    async def run(pilot):
        await at_rest(pilot, dated)
        await pilot.press("d")
        await at_rest(pilot, dated)
        await pilot.press(*keys)
        await at_rest(pilot, dated)

    assert snap_compare(app, terminal_size=size, run_before=run)
