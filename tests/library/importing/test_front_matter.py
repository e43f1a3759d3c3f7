"""Fields at the head of a text, in the forms in which other programs write them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from library import Library
from library.exporting.formats.markdown import markdown_file
from library.importing.fields.head_fields import EXTRA_LIMIT
from library.importing.registry import parse

REPORTED = Path(__file__).parent / "reported" / "front-matter"
TODAY = date(2026, 11, 22)
DAY = date(2024, 3, 4)
MORNING = datetime(2024, 3, 4, 6, tzinfo=UTC)
MIRA, JON = "Mira Tolle", "Jon Vask"
BODY = "The cranes stood still on Monday."


def read(text: str, name: str = "x.md"):
    return parse(text.encode(), name=name, today=TODAY)


def fields(*lines: str):
    """Return the article below these lines of YAML."""
    return read("\n".join(("---", *lines, "---", "", BODY, "")))


def has(article, **expected) -> bool:
    assert {name: getattr(article, name) for name in expected} == expected
    return True


EXPECTED = {
    "at_title": {"title": "@portwatch says cranes stand still"},
    "backtick": {"title": "`Cranes` stand"},
    "bad_day": {"published": None, "tags": ("port",), "extra": {"date": "2024-02-30"}},
    "bools": {"title": "No", "authors": ("Yes",), "tags": ("on", "off", "no")},
    "brace": {"title": "{Cranes}"},
    "bracket": {"title": "[Update] Cranes stand"},
    "camel": {"authors": (MIRA,), "updated": date(2024, 3, 9), "tags": ("a",)},
    "cr_only": {"body": f"{BODY}\n\nSecond."},
    "custom": {"body": "The cranes stood.", "extra": {"rating": "5", "my_note": "keep this"}},
    "dash_title": {"title": "- cranes stand"},
    "four_dashes": {"url": "https://x.example/a%20b"},
    "fwd": {
        "title": "Fwd: Clever cranes.....", "published": datetime(2024, 3, 4, 3, 55, 32, tzinfo=UTC),
        "updated": datetime(2024, 3, 5, 3, 55, 32, tzinfo=UTC), "tags": ("archive", "port news"),
        "source": "mail.smtp",
    },
    "hash": {"title": "Cranes # and ships"},
    "hash_tags": {"tags": ("port", "labour")},
    "inner_quotes": {"title": 'The "quiet" harbour'},
    "ints": {
        "title": "2024", "published": date(2024, 1, 1), "date_guessed": True, "authors": ("007",),
        "tags": ("2024", "true", "1.0"),
    },
    "jina": {
        "url": "https://news.example.org/cranes", "published": MORNING,
        "body": f"{BODY}\n\n## Why\n\nNobody knows.",
    },
    "mustache": {"extra": {"template": "{{title}}"}},
    "obsidian_clip": {
        "url": "https://news.example.org/2024/03/04/cranes", "authors": (MIRA, JON), "date_guessed": True,
        "summary": "Nothing moved on Monday.", "tags": ("clippings",), "extra": {"created": "2024-06-09"},
        "body": "The cranes stood still on Monday, and nothing moved in the harbour.",
    },
    "omnivore": {
        "authors": (MIRA,), "tags": ("port",), "url": "https://news.example.org/cranes",
        "body": "The cranes stood still.",
    },
    "pelican": {"authors": (MIRA,), "tags": ("port", "labour"), "extra": {"Slug": "cranes"}},
    "percent": {"title": "% of cranes"},
    "quoted_keys": {"tags": ("port",), "date_guessed": True},
    "sexagesimal": {"title": "12:30"},
    "single": {"title": "It's the cranes"},
    "site_name": {"source": "XX: YY"},
    "star_title": {"title": "*Breaking* cranes stand"},
    "tab_indent": {"tags": ("port", "labour")},
    "toml": {"published": MORNING, "authors": (MIRA,), "tags": ("port", "labour")},
    "wikilinks": {"extra": {"attachments": "[[a.pdf]] [[b.pdf]]"}},
}  # fmt: skip
SHORT_TITLES = {
    "custom", "four_dashes", "hash_tags", "site_name", "tab_indent", "wikilinks",
}  # fmt: skip


@pytest.mark.parametrize("name", EXPECTED)
def test_reported_heads_are_read(name: str):
    article = parse((REPORTED / f"{name}.md").read_bytes(), name=f"{name}.md", today=TODAY)
    title = "Cranes" if name in SHORT_TITLES else "Cranes stand still"
    published = {} if name in {"fwd", "ints", "jina", "toml", "bad_day"} else {"published": DAY}
    assert has(article, **{"title": title, **published, "body": BODY, **EXPECTED[name]})


def test_every_reported_head_is_tested():
    assert {path.stem for path in REPORTED.iterdir()} == set(EXPECTED)


@pytest.mark.parametrize(
    "title",
    ["Harbour:", "Harbour strike: what we know: part 2", "&c. and so on", "!Important cranes", "? Why cranes",
     "| cranes | ships", "> cranes", ", cranes", '"Yes" or "No"', "'Dockers' strike", '"Over," says union',
     "“Over”: the end", "0x1F", "0777", "1.10", ".inf", "on", "2024-03-04", "1e5", "[Update]", "#Breaking cranes",
     "*", "=", "<<", "{{title}}", "C# and .NET", "100%", "@", "- - -", "1_000", "~x", "10:15 # now"],
)  # fmt: skip
def test_a_title_stays_as_written_and_the_other_fields_are_read(title: str):
    article = fields(f"title: {title}", "date: 2024-03-04", f"author: {MIRA}", "tags: [port, labour]")
    assert has(article, title=title, published=DAY, authors=(MIRA,), tags=("port", "labour"), body=BODY)


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["title: >", "  Cranes stand", "  still"], "Cranes stand still"),
        (["title: Cranes stand", "  still"], "Cranes stand still"),
        (['title: "Cranes', '  stand: still"'], "Cranes stand: still"),
        (["title: 'It''s on'"], "It's on"),
        (["title: One", "title: Two"], "Two"),
        (["TITLE: Cranes"], "Cranes"),
        (["title : Cranes"], "Cranes"),
        (["title:Cranes"], "Cranes"),
        (["title:\tCranes"], "Cranes"),
        (["titel: Kräne"], "Kräne"),
        (["标题：起重机"], "起重机"),
        (["title: [[Cranes]]"], "Cranes"),
        (["headline: Cranes"], "Cranes"),
        (["title:", "  rendered: Cranes"], "Cranes"),
        (["  title: Cranes", "  tags:", "    - a"], "Cranes"),
        (["# mine", "title: Cranes", "", "# when"], "Cranes"),
        (["{title: Cranes, date: 2024-03-04}"], "Cranes"),
    ],
)
def test_titles_in_other_forms(lines: list[str], title: str):
    assert has(fields(*lines), title=title, body=BODY)


@pytest.mark.parametrize("nothing", ["null", "~", '""', "", "# to be filled in"])
def test_a_field_without_a_usable_value_is_empty(nothing: str):
    head = (
        f"---\ntitle: {nothing}\nauthor: {nothing}\ntags: {nothing}\ndate: {nothing}\nrating: {nothing}\n---"
    )
    article = read(f"{head}\n\n# Real title\n\n{BODY}")
    assert has(article, title="Real title", authors=(), tags=(), published=None, extra={}, body=BODY)


@pytest.mark.parametrize(
    ("lines", "tags"),
    [
        (["tags: port, labour; strike"], ("port", "labour", "strike")),
        (['tags: "#port #labour/dock"'], ("port", "labour/dock")),
        (["tags:", "  - #port", '  - "#labour"', "  - ok"], ("port", "labour", "ok")),
        (["tags: [#port, #labour]"], ("port", "labour")),
        (["tags: [[a, b], [c]]"], ("a", "b", "c")),
        (['tags: "[[Port]], [[Labour Law|labour]]"'], ("Port", "labour")),
        (["tags:", "- name: Port", "  slug: port", "- {name: Labour}"], ("Port", "Labour")),
        (["tags: {port: 1, labour: 2}"], ("port", "labour")),
        (["tags: [port, labour"], ("port", "labour")),
        (["tags: [port, labour] # mine"], ("port", "labour")),
        (["tags: ['port', \"labour\", 'it's']"], ("port", "labour", "it's")),
        (["tags: [topic: port, c:d]"], ("topic: port", "c:d")),
        (["tags:", "- @port", "- %x", "- `y`", "- a: b"], ("@port", "%x", "`y`", "a: b")),
        (["tags:", "- port", "- labour", "other: x"], ("port", "labour")),
        (["tags: [c#, c++, .net]"], ("c#", "c++", ".net")),
        (["keywords: a, b", "categories: [B, d]"], ("B", "d", "a")),
        (["filetags: :port:labour:"], ("port", "labour")),
        (["tags: port, labour"], ("port", "labour")),
    ],
)
def test_tags_are_all_found(lines: list[str], tags: tuple[str, ...]):
    assert fields("title: Cranes", *lines).tags == tags


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        (["author: [[Mira Tolle]]"], (MIRA,)),
        (["author: [[Mira Tolle]], [[people/Jon Vask|Jon Vask]]"], (MIRA, JON)),
        (['authors: ["[[Mira Tolle]]", Jon Vask]'], (MIRA, JON)),
        (['author: "[Mira Tolle](https://x.example/m)"'], (MIRA,)),
        (["author: Mira Tolle <mira@x.example>"], (MIRA,)),
        (["author: Mira Tolle, Jon Vask and Ada Roe"], (MIRA, JON, "Ada Roe")),
        (["author: Mira Tolle | Jon Vask"], (MIRA, JON)),
        (["author:", "- given: Mira", "  family: Tolle", "- literal: Port Desk"], (MIRA, "Port Desk")),
        (["author:", "  name: Mira Tolle", "  email: a@b.example"], (MIRA,)),
        (["authors:", "  - @mira", "  - Jon: Vask"], ("@mira", "Jon: Vask")),
        (["author: |", "  Mira Tolle", "  Jon Vask"], (MIRA, JON)),
        (["author: 007"], ("007",)),
        (["author: none"], ()),
    ],
)
def test_authors_are_names(lines: list[str], authors: tuple[str, ...]):
    assert fields("title: Cranes", *lines).authors == authors


@pytest.mark.parametrize(
    "day",
    ["2024-3-4", "4.3.2024", "March 4, 2024", "2024/03/04", "20240304", "20240304T060000Z", "2024-03-04T06:00",
     "<2024-03-04 Mon>", "[[2024-03-04]]", '"2024-03-04"', "2024-03-04 # guess", "Mon Mar 04 2024", "2024年3月4日",
     "[2024-03-04, 2024-03-05]", "2024-03-04T25:00:00Z", "Monday, March 4th, 2024"],
)  # fmt: skip
def test_days_are_read(day: str):
    assert has(fields("title: Cranes", f"date: {day}"), published=DAY, date_guessed=False)


@pytest.mark.parametrize(
    "moment",
    ["1709532000", "1709532000000", "'1709532000'", "2024-03-04 06:00:00 UTC", "2024-03-04 07:00:00 +0100",
     "2024-03-04 07:00:00 +01:00", "2024-03-04T06:00:00.000000000Z", "Mon, 04 Mar 2024 06:00:00 GMT",
     "Mon Mar 04 2024 07:00:00 GMT+0100 (CET)"],
)  # fmt: skip
def test_moments_are_read(moment: str):
    assert has(fields("title: Cranes", f"date: {moment}"), published=MORNING, date_guessed=False)


@pytest.mark.parametrize(
    ("part", "day"),
    [("2024-03", date(2024, 3, 1)), ("March 2024", date(2024, 3, 1)), ("2024", date(2024, 1, 1))],
)
def test_a_month_or_a_year_is_a_guess_at_the_day(part: str, day: date):
    assert has(fields("title: Cranes", f"date: {part}"), published=day, date_guessed=True)


@pytest.mark.parametrize("day", ["2024-02-30", "0000-00-00", "TBD", "{{date}}", "2999-01-01", "9999999999"])
def test_a_date_that_cannot_be_read_is_kept_as_written(day: str):
    article = fields("title: Cranes", f"date: {day}")
    assert article.published is None
    assert str(article.extra["date"]) in (day, "{'{date}': ''}")


def test_the_day_a_file_was_created_is_the_last_fallback():
    assert has(fields("title: C", "created: 2024-03-04"), published=DAY, date_guessed=True)
    assert fields("created: 2024-06-09", "date: 2024-03-04").date_guessed is False
    assert fields("created: 2024-06-09", "url: https://x.example/2024/03/04/c").published == DAY
    assert read(f"---\ncreated: 2024-06-09\n---\n{BODY}", "2024-03-04-c.md").published == DAY


def test_the_next_field_is_used_if_a_value_is_invalid():
    article = fields("title: C", "date: true", "published: 2024-03-04")
    assert has(article, published=DAY, extra={"date": "true"})


@pytest.mark.parametrize(
    "head",
    [
        "---  \ntitle: C\ndate: 2024-03-04\n---  \n",
        "-----\ntitle: C\ndate: 2024-03-04\n-----\n",
        "---\ntitle: C\ndate: 2024-03-04\n...\n",
        "\n\n---\ntitle: C\ndate: 2024-03-04\n---\n",
        "\ufeff---\r\ntitle: C\r\ndate: 2024-03-04\r\n---\r\n",
        "---yaml\ntitle: C\ndate: 2024-03-04\n---\n",
        "---\ntitle: C\ndate: 2024-03-04\n\n",
        '+++\ntitle = "C"\ndate = 2024-03-04\n+++\n',
        '---toml\ntitle = "C"\ndate = 2024-03-04\n---\n',
        '+++\ntitle = "C"\ndate = 2024-03-04\ndraft = False\n+++\n',
        '{"title": "C", "date": "2024-03-04", "tags": [1, null, true]}\n\n',
        '---json\n{"title": "C", "date": "2024-03-04"}\n---\n',
        ';;;\n"title": "C",\n"date": "2024-03-04"\n;;;\n',
        "<!--\n.. title: C\n.. slug: c\n.. date: 2024-03-04\n-->\n\n",
        ".. title: C\n.. date: 2024-03-04\n\n",
        "% C\n% Mira Tolle\n% 4 March 2024\n\n",
        "Title:  C\nAuthor: Mira Tolle\nDate:   March 4, 2024\n\n",
        "title:: C\nauthor:: [[Mira Tolle]]\ndate:: [[2024-03-04]]\n\n",
        "Title: C\n\nURL Source: https://n.example/c\n\nPublished Time: 2024-03-04\n\nMarkdown Content:\n",
        "Title: C\n\nPublished Time: 2024-03-04\n\nWarning: a cached copy\n\nMarkdown Content:\n",
        "Title: C\nURL: https://n.example/c\nDate: 2024-03-04\nContent:\n",
    ],
)
def test_a_head_may_have_any_of_these_forms(head: str):
    assert has(read(f"{head}{BODY}\n\nKey: value."), title="C", published=DAY, body=f"{BODY}\n\nKey: value.")


@pytest.mark.parametrize(
    "text",
    [
        "---\nThe night was dark: nobody came.\nThen the ship.\n---\n\nText.",
        "---\nNote: this is a draft\n---\n\nText.",
        "Question: Who are you?\nAnswer: A crane.\n\nText.",
        "Note: read this.\n\nText.",
        "Author: I wrote this.\nReader: I read it.\n\nText.",
        "% of people\n\nText.",
        "{ an aside } and a sentence.\n\nText.",
    ],
)
def test_a_text_that_only_looks_like_a_head_is_kept_whole(text: str):
    article = read(text)
    shown = f"{article.title} {article.body}"
    assert [word for word in text.replace("-", " ").split() if word not in shown] == []


def test_a_line_that_is_not_a_field_is_kept():
    article = fields("title: Cranes", "this line is nothing", "date: 2024-03-04")
    assert has(article, title="Cranes", published=DAY, extra={"unread": ["this line is nothing"]})


def test_fields_below_params_and_taxonomies_are_read():
    toml = '+++\ntitle = "C"\n[taxonomies]\ntags = ["a"]\n[extra]\nauthor = "Mira Tolle"\nrating = 5\n+++\n'
    assert has(read(toml + BODY), tags=("a",), authors=(MIRA,), extra={"extra": {"rating": "5"}})
    yaml = fields("title: C", "author: Jon Vask", "params:", "  author: Mira Tolle", "  date: 2024-03-04")
    assert has(yaml, authors=(JON,), published=DAY, extra={"params": {"author": MIRA}})


def test_an_address_may_be_a_link():
    article = fields("title: C", 'source: "[Harbour Post](https://n.example/c)"')
    assert has(article, url="https://n.example/c", source="Harbour Post")
    assert fields("title: C", "url: <https://n.example/c> # here").url == "https://n.example/c"


def test_unknown_fields_are_limited_and_cleaned():
    assert fields("title: C", "x: a\x07b\x1b[31mc").extra == {"x": "abc"}
    assert fields("title: C", f"x: {'y' * EXTRA_LIMIT}").extra == {}
    bomb = [f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 9)}]" for i in range(9)]
    assert len(str(fields("title: C", "a: &a [x, x, x, x, x, x, x, x, x]", *bomb).extra)) < EXTRA_LIMIT * 8
    assert fields("title: C", f"x: {'[' * 3000}{']' * 3000}").title == "C"


def test_unknown_fields_are_restored_from_an_export(library: Library, tmp_path: Path):
    head = "id: 3f9c2a\ntitle: 'No'\ndate: 2024-02-30\nrating: 5\nup: [[Index]]\nlist:\n- a\n- 1.10\nlong: |\n  x\n  y"
    key = library.importing.add_bytes("x.md", f"---\n{head}\n---\n\n{BODY}\n".encode()).id
    article = library.articles.get(key)
    assert article.extra == {
        "id": "3f9c2a", "date": "2024-02-30", "rating": "5", "up": "[[Index]]", "list": ["a", "1.10"],
        "long": "x\ny",
    }  # fmt: skip
    whole = library.exporting.whole_article(key)
    text = markdown_file(whole)
    assert "\nrating: 5\n" in text
    again = read(text)
    assert has(again, title="No", extra=article.extra, body=BODY)
    assert SimpleNamespace(**again.extra).date == "2024-02-30"


def test_html_below_front_matter_is_read_as_a_page():
    html = (
        "<p>The crane drivers laid down their work on Monday morning, and by noon eleven ships lay idle.</p>\n\n"
        "<h2>Why</h2>\n<p>Nobody <em>knows</em>, said <a href='https://x.example/a'>a spokeswoman</a>.</p>\n"
        "<ul><li>one</li><li>two</li></ul>"
    )
    body = read(f"---\ntitle: C\n---\n{html}\n").body
    assert "<" not in body
    assert "## Why" in body and "[a spokeswoman](https://x.example/a)" in body and "- one\n- two" in body


def test_markdown_that_begins_with_a_tag_stays_markdown():
    text = '<img src="a.png" alt="A crane"> The *cranes* stood.\n\n## Why\n\nNobody knows.'
    assert read(f"---\ntitle: C\n---\n{text}\n").body == text
