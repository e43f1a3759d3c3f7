"""The head and the tail of a dump in many forms, each part alone and all of them combined."""

import random
from datetime import date, datetime

import pytest

from library.importing.paragraphs.blocks import split_blocks
from library.importing.registry import parse

TODAY = date(2026, 11, 22)
TITLE = "Harbour Strike Enters Third Week"
STANDFIRST = "A union that nobody had heard of has brought the port to a halt."
PARAGRAPHS = [
    "Dockers at the northern terminal voted on Thursday to stay out for a third week, leaving forty ships.",
    "The port authority said talks would resume on Monday and that goods would be unloaded under a rota.",
    "Shop owners in the old town say shelves are emptying and that prices have doubled since February.",
]
URL = "https://news.example.org/2021/03/04/harbour-strike-a1"
CAPTION = "An empty quay on Thursday."

TITLES = {
    "#": f"# {TITLE}",
    "##": f"## {TITLE}",
    "###": f"### {TITLE}",
    "closed": f"# {TITLE} #",
    "bold": f"**{TITLE}**",
    "bold with underscores": f"__{TITLE}__",
    "bold heading": f"# **{TITLE}**",
    "linked": f"# [{TITLE}]({URL})",
    "underlined": f"{TITLE}\n{'=' * len(TITLE)}",
    "underlined with dashes": f"{TITLE}\n{'-' * len(TITLE)}",
    "over two lines": "# Harbour Strike Enters\nThird Week",
    "two headings": "# Harbour Strike Enters\n# Third Week",
    "bold over two lines": "**Harbour Strike Enters**\n**Third Week**",
    "one bold run over two lines": "**Harbour Strike Enters\nThird Week**",
    "underlined over two lines": "Harbour Strike Enters\nThird Week\n==========",
}
BYLINES = [
    "By [Jane Roe for AFP](#)", "By Jane Roe for AFP", "By Jane Roe, AFP", "Jane Roe, AFP", "Von Jane Roe (AFP)",
    "By Jane Roe (AFP) in Port Alder", "Story by Jane Roe, AFP", "**By Jane Roe / AFP**", "*By Jane Roe, AFP*",
    "By Jane Roe | AFP | 4 min read", "[Jane Roe](https://x.example/a), AFP", "BY JANE ROE, AFP", "### By Jane Roe, AFP",
]  # fmt: skip
DATES = [
    "March 4, 2021", "Published 4 March 2021 07.15", "4. März 2021, 17:45 Uhr", "March 4, 2021 / 5:45 PM / CBS",
    "*4 March 2021*", "2021-03-04", "Port Alder, March 4, 2021", "4 mars 2021 à 17 h 45", "Last updated: 4 March 2021",
    "Published: 4 Mar 2021, 07:15 GMT\n\nUpdated: 5 Mar 2021, 10:00 GMT", "Thursday, 4 March 2021 12.30 (MSK)",
    "4 March 2021 • 5 min read", "Updated 5 Mar 2021\n\nPublished 4 Mar 2021", "Thursday 4 March 2021 17:45, UK",
]  # fmt: skip
PICTURES = [
    "", "**AP / John Doe**", f"{CAPTION}\n\n**AP / John Doe**", "Photo: Ana Ruiz / Reuters",
    f"{CAPTION} (Ana Ruiz/Reuters)", f"{CAPTION} Photo: Ana Ruiz/Reuters", f"{CAPTION} | Ana Ruiz/Reuters",
    f"![](images/page1_img1.png)\n\n*{CAPTION} Photo: Ana Ruiz / Reuters*", f"*{CAPTION} Photo: Ana Ruiz*",
    f"![An empty quay](images/a.jpg)\n\n{CAPTION}\n\n**AP / John Doe**", f"{CAPTION}\n\nPhoto: Ana Ruiz / Reuters",
]  # fmt: skip
TAILS = [
    f"Original url\n\n<{URL}>", f"Source: {URL}", f"Read the original article: <{URL}>", f"Quelle: <{URL}>",
    f"Original url\n\n<{URL[:40]}\n{URL[40:]}>", f"Original url\n\n{URL[:46]}\n\n{URL[46:]}", f"Read more at {URL}",
    f"Original url\n\n<{URL[:44]}\n\n{URL[44:]}>", f"Original url\n\n<{URL[:44]} {URL[44:]}>",
    f"[Original article]({URL})", f"Originally published at {URL}", f"## Original url\n\n<{URL}>", f"View original: {URL}",
    f"**Source:** [{URL}]({URL})", f"Original url: {URL}\n\n3", f"URL: {URL}", f"Artículo original: {URL}",
]  # fmt: skip
ORDERS = {
    "byline, date": ["byline", "date"],
    "date, byline": ["date", "byline"],
    "standfirst first": [STANDFIRST, "byline", "date"],
    "standfirst between": ["byline", STANDFIRST, "date"],
    "buttons between": ["byline", "Share on Facebook", "4 min read", "date"],
    "one block": ["byline\ndate"],
}
FIRST = {
    "title": "#", "byline": BYLINES[0], "date": DATES[0], "order": "byline, date", "picture": PICTURES[1], "tail": TAILS[0],
}  # fmt: skip
CHOICES = {
    "title": list(TITLES), "byline": BYLINES, "date": DATES, "order": list(ORDERS), "picture": PICTURES, "tail": TAILS,
}  # fmt: skip
ONE_BY_ONE = [{**FIRST, part: choice} for part, choices in CHOICES.items() for choice in choices]
MIXED = random.Random(5)
COMBINED = [{part: MIXED.choice(choices) for part, choices in CHOICES.items()} for _ in range(150)]


def text_of(parts):
    head = [block.replace("byline", parts["byline"]) for block in ORDERS[parts["order"]]]
    head = [block.replace("date", parts["date"]) if "date" in block else block for block in head]
    blocks = [TITLES[parts["title"]], *head, parts["picture"], *PARAGRAPHS, parts["tail"]]
    return "\n\n".join(block for block in blocks if block)


def day(value):
    return value.date() if isinstance(value, datetime) else value


@pytest.mark.parametrize("name", ["x.md", "x.txt"])
@pytest.mark.parametrize("parts", [*ONE_BY_ONE, *COMBINED])
def test_every_part_of_the_head_is_read_in_many_combinations(parts, name):
    text = text_of(parts)
    article = parse(text.encode(), name=name, today=TODAY)
    assert article.title == TITLE
    assert (article.authors, article.agency) == (("Jane Roe",), "AFP")
    assert (day(article.published), article.date_guessed) == (date(2021, 3, 4), False)
    assert article.url == URL
    standfirst = [STANDFIRST] if STANDFIRST in text else []
    assert split_blocks(article.body) == standfirst + PARAGRAPHS
    captions = [image.caption for image in article.images]
    assert captions == ([] if not parts["picture"] else [CAPTION if CAPTION in text else ""])
    assert all(image.credit for image in article.images)


@pytest.mark.parametrize(
    "line",
    ["By somebody whom nobody has ever heard of", "By the light of the moon", "Story by x and y",
     "2 hours ago", "Thursday", "4 March", "March 2021", "Yesterday", "vor 3 Stunden", "an hour ago",
     "The 4th of the March of 2021 or so", "March 4, 2021 (or 5, 2021)", "Published on 4/3/2021-x"],
)  # fmt: skip
def test_an_unknown_line_of_the_head_is_text_and_not_a_caption(line):
    text = f"# {TITLE}\n\n{line}\n\n**AP / John Doe**\n\n" + "\n\n".join(PARAGRAPHS)
    article = parse(text.encode(), name="x.md", today=TODAY)
    assert [image.caption for image in article.images] in ([""], [])
    assert line in article.body or article.published or article.authors


@pytest.mark.parametrize(
    "tail",
    ["Source: Ministry of Health", "Sources: https://a.example/x and https://b.example/y", "Source: https://who.example/",
     "Read more about the strike and about all that came of it in our long report at https://a.example/report",
     "The full report is at https://a.example/report."],
)  # fmt: skip
def test_a_last_line_that_only_mentions_an_address_is_text(tail):
    text = f"# {TITLE}\n\nBy Jane Roe\n\n4 March 2021\n\n" + "\n\n".join([*PARAGRAPHS, tail])
    article = parse(text.encode(), name="x.md", today=TODAY)
    assert article.url == ""
    assert split_blocks(article.body)[-1].replace("<", "").replace(">", "") == tail


@pytest.mark.parametrize(
    "lines",
    ["Share on Facebook", "Share\n\nTweet\n\nSave", "5 min read", "Reading time: 5 minutes", "Lesezeit: 4 Minuten",
     "Listen to this article", "12 comments", "Copy link", "Facebook | Twitter | WhatsApp", "Advertisement",
     "Temps de lecture : 4 min", "[Share](https://x.example/share)"],
)  # fmt: skip
def test_buttons_before_the_first_paragraph_are_removed(lines):
    text = f"# {TITLE}\n\nBy Jane Roe\n\n{lines}\n\n4 March 2021\n\n" + "\n\n".join(PARAGRAPHS)
    article = parse(text.encode(), name="x.md", today=TODAY)
    assert split_blocks(article.body) == PARAGRAPHS
    below = f"# {TITLE}\n\nBy Jane Roe\n\n4 March 2021\n\n" + "\n\n".join([*PARAGRAPHS * 6, lines])
    assert parse(below.encode(), name="x.md", today=TODAY).body.endswith(lines)


@pytest.mark.parametrize(
    "mark",
    ["{1}------------------------------------------------", "--- end of page=0 ---", "<!-- PageBreak -->",
     "<!-- Page 3 -->", "\\newpage", '<div style="page-break-after: always;"></div>', "<page_number>3</page_number>",
     "[[PAGE 3]]", "**Page 3**", '<span id="page-3-0"></span>'],
)  # fmt: skip
def test_page_marks_of_converters_are_removed_and_the_sentence_is_joined(mark):
    cut = PARAGRAPHS[0].replace("stay out ", f"stay out\n\n{mark}\n\n")
    text = f"# {TITLE}\n\nBy Jane Roe\n\n4 March 2021\n\n" + "\n\n".join([cut, *PARAGRAPHS[1:]])
    assert split_blocks(parse(text.encode(), name="x.md", today=TODAY).body) == PARAGRAPHS


@pytest.mark.parametrize(
    "note",
    ["<!-- image -->", "**==> picture [345 x 200] intentionally omitted <==**", "![](_page_0_Picture_3.jpeg)",
     "![](image_000001_0f1e2d3c4b5a69788796a5b4c3d2e1f0aa.png)", "<watermark>DRAFT</watermark>"],
)  # fmt: skip
def test_picture_notes_of_converters_are_not_text(note):
    blocks = [PARAGRAPHS[0], note, *PARAGRAPHS[1:]]
    text = f"# {TITLE}\n\nBy Jane Roe\n\n4 March 2021\n\n" + "\n\n".join(blocks)
    assert split_blocks(parse(text.encode(), name="x.md", today=TODAY).body) == PARAGRAPHS


def test_bold_lines_between_paragraphs_are_headings():
    blocks = [PARAGRAPHS[0], "**Empty shelves**", PARAGRAPHS[1], "**He said it was over.**", PARAGRAPHS[2]]
    text = f"# {TITLE}\n\nBy Jane Roe\n\n4 March 2021\n\n" + "\n\n".join(blocks)
    body = split_blocks(parse(text.encode(), name="x.md", today=TODAY).body)
    assert body == [blocks[0], "## Empty shelves", *blocks[2:]]


def test_a_first_bold_line_is_a_heading_only_among_others():
    head = f"# {TITLE}\n\nBy Jane Roe\n\n4 March 2021\n\n**Key points of it**\n\n{PARAGRAPHS[0]}\n\n"
    alone = parse(f"{head}{PARAGRAPHS[1]}".encode(), name="x.md", today=TODAY)
    assert "## " not in alone.body
    others = parse(f"{head}**What comes next**\n\n{PARAGRAPHS[1]}".encode(), name="x.md", today=TODAY)
    assert split_blocks(others.body)[::2] == ["## Key points of it", "## What comes next"]


@pytest.mark.parametrize(
    ("dateline", "agency"),
    [("PORT ALDER, March 4 (Reuters) - ", "Reuters"), ("PARIS (AP) — ", "AP"), ("Berlin (dpa) - ", "dpa"),
     ("BEIJING, March 4 (Xinhua) -- ", "Xinhua"), ("MOSCOW, March 4. /TASS/. ", "TASS"), ("Geneva (home) - ", "")],
)  # fmt: skip
def test_the_agency_in_a_dateline_is_found_and_the_dateline_is_kept(dateline, agency):
    text = f"# {TITLE}\n\nBy Jane Roe\n\n4 March 2021\n\n{dateline}" + "\n\n".join(PARAGRAPHS)
    article = parse(text.encode(), name="x.md", today=TODAY)
    assert article.agency == agency
    assert article.body.startswith(dateline)


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [("â€œItâ€™s over â€“ at last,â€\ufffd", "“It’s over – at last,”"), ("MÃ¼ller", "Müller"), ("Â£40", "£40"),
     ("ﬁrst oﬃcial ﬂight", "first official flight"), ("Ð¿Ñ€Ð¸Ð²ÐµÑ‚", "привет"), ("São Paulo’s café", "São Paulo’s café"),
     ("a temperature of 5 Â°C", "a temperature of 5 °C")],
)  # fmt: skip
def test_damaged_letters_are_repaired(damaged, whole):
    text = f"# {TITLE}\n\nBy Jane Roe\n\n4 March 2021\n\nHe said {damaged} on Thursday.\n\n{PARAGRAPHS[1]}"
    article = parse(text.encode(), name="x.md", today=TODAY)
    assert article.body.startswith(f"He said {whole} on Thursday.")
