from datetime import date

import pytest

from library.errors import ImportFailed
from library.importing.formats.html import PAGE_LIMIT, is_html
from library.importing.registry import parse
from library.importing.source import TEXT_LIMIT

TODAY = date(2026, 11, 22)


def read(data, name="x"):
    return parse(data if isinstance(data, bytes) else data.encode(), name=name, today=TODAY)


def test_the_format_is_detected_from_the_content():
    dump = read("# T\n\nBy [Jane Roe](#)\n\n4 March 2021\n\n**AP**\n\nText.", "x.txt")
    assert dump.authors == ("Jane Roe",) and dump.images
    assert read("---\ntitle: T\n---\nText", "x.html").title == "T"
    assert read("Heading\n=======\n\nSome *text*.", "x").title == "Heading"
    assert read("Headline\n\nA 2*3*4 text_of_x.", "x.md").body == "A 2\\*3\\*4 text_of_x."


@pytest.mark.parametrize(
    "text", ["<!DOCTYPE html><p>x", "\n<html lang=en>", "<!-- a --><head>", "<?xml version='1.0'?><html>", "<article>x",
             "<div><p>one</p><p>two</p></div>"],
)  # fmt: skip
def test_pages_and_pieces_of_pages_are_html(text):
    assert is_html(text)


@pytest.mark.parametrize(
    "text", ["# A <b>bold</b> title", "<3 is a heart", "a < b > c", "<https://a.example>"]
)
def test_text_with_angle_brackets_is_not_html(text):
    assert not is_html(text)


@pytest.mark.parametrize(
    "data",
    [
        "Größe: Straße".encode(encoding)
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")
    ],
)
def test_unicode_encodings_are_recognised(data):
    assert "Straße" in read(data).title


def test_an_older_encoding_is_guessed():
    text = "Die Größe der Straße überraschte die Bürger, die für ihre Häuser größere Gärten wünschten. " * 20
    assert "überraschte die Bürger" in read(f"Titel\n\n{text}".encode("cp1252")).body


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\x00\x01\x02binary\x00\xff", "NUL"),
        (b"text\x00with nul in utf-8, and then some more of it", "NUL"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04....", "zip"),
        (b"*** --- ...", "no words"),
        (b"\xff\xfea", "save it as UTF-8"),
        (b"x" * (TEXT_LIMIT + 1), "larger than 16 MB"),
        (b"<html>" + b" x" * (PAGE_LIMIT // 2 + 1), "more than the 8 MB"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_data_without_an_article_is_refused_with_its_name_and_the_reason(data, reason):
    with pytest.raises(ImportFailed, match=reason) as failure:
        read(data, "source.bin")
    assert str(failure.value).startswith("source.bin: ")
    assert str(failure.value).endswith(".")


@pytest.mark.parametrize(
    "data",
    ["<?xml version='1.0'?><rss><channel/></rss>", "<feed xmlns='x'><title>A feed</title></feed>",
     "<!DOCTYPE lolz [<!ENTITY a 'b'>]><lolz>&a;</lolz>", '{"title": "A record", "text": "Words"}'],
)  # fmt: skip
def test_text_written_for_programs_is_not_an_article(data):
    with pytest.raises(ImportFailed, match="not an article"):
        read(data)


@pytest.mark.parametrize("text", ["[Jane Roe](https://a.example) said so.", "{ an aside } and a sentence."])
def test_an_article_may_begin_with_a_bracket(text):
    assert read(text).title


def test_many_leading_comments_take_little_time():
    assert not is_html("<!---->" * 500 + "words")
    assert is_html("<!-- a --> <!-- b -->\n<html>")
