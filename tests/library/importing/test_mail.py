"""Emails and web archives: MIME messages of many programs."""

from __future__ import annotations

import base64
import contextlib
import quopri
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.errors import ImportFailed
from library.importing.formats.mail import is_mail
from library.importing.registry import parse
from library.models import ParsedArticle

REPORTED = Path(__file__).parent / "reported" / "other-forms"
TODAY = date(2026, 11, 22)
WORDS = (
    "The crane drivers of the western basin laid down their work on Monday morning, and by noon eleven ships "
    "lay idle in the roads while the port authority looked for a way out."
)
PLACE = "https://news.example.org/2024/03/04/cranes"
PIXELS = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def read(data: bytes | str, name: str = "x.eml") -> ParsedArticle:
    return parse(data.encode() if isinstance(data, str) else data, name=name, today=TODAY)


def page(words: str = WORDS, head: str = "") -> str:
    return (
        f"<!DOCTYPE html><html><head>{head}<title>Cranes stand still</title></head>"
        f"<body><article><h1>Cranes stand still</h1><p>{words}</p><p>{words[::-1]}</p></article></body></html>"
    )


def archive(*parts: str, head: str = f"Snapshot-Content-Location: {PLACE}\n") -> str:
    body = "".join(f"--X\n{part}\n" for part in parts)
    return (
        f"From: <Saved by Blink>\n{head}Subject: Cranes stand still\nDate: Sun, 9 Jun 2024 08:00:01 -0000\n"
        f'MIME-Version: 1.0\nContent-Type: multipart/related;\n\ttype="text/html";\n\tboundary="X"\n\n{body}--X--\n'
    )


def html_part(text: str, headers: str = f"Content-Location: {PLACE}\n") -> str:
    return f"Content-Type: text/html\n{headers}\n{text}\n"


@pytest.mark.parametrize("name", ["chrome.mhtml", "ie.mht"])
def test_the_page_of_a_reported_archive_is_read(name: str):
    article = read((REPORTED / name).read_bytes(), name)
    assert article.title == {"chrome.mhtml": "Cranes stand still", "ie.mht": "Cranes"}[name]
    assert article.body.startswith("The crane drivers of the western basin")
    assert article.url.startswith("https://news.example.org/")
    assert "MIME" not in article.body and "=3D" not in article.body


def test_the_reported_email_is_read():
    article = read((REPORTED / "mail.eml").read_bytes())
    assert article.title == "Kräne stehen still"
    assert article.authors == ("Hafen Blätt",)
    assert article.source == "example.org"
    assert article.published == datetime(2024, 3, 4, 6, tzinfo=timezone(timedelta(hours=1)))
    assert (
        article.body
        == "Die Kräne stehen still, seit Montag früh, und niemand weiß, wie lange noch.\n\nMehr morgen."
    )


def test_the_day_an_archive_was_saved_is_not_the_publication_date():
    article = read(archive(html_part(page()), head="Snapshot-Content-Location: https://n.example/cranes\n"))
    assert article.published is None
    assert article.extra == {"saved": "2024-06-09T08:00:01+00:00"}
    assert read(archive(html_part(page()))).published == date(2024, 3, 4)


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
def test_every_transfer_encoding_and_charset_is_decoded(encoding: str):
    words = "Краны стоят с понедельника, и никто не знает, когда они снова начнут работать в порту."
    data = page(words, '<meta charset="koi8-r">').encode("windows-1251")
    packed = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes}.get(encoding, bytes)(
        data
    )
    head = f"Content-Transfer-Encoding: {encoding}\n".encode()
    whole = (
        archive("PART")
        .encode()
        .replace(b"PART", b"Content-Type: text/html; charset=windows-1251\n" + head + b"\n" + packed)
    )
    assert words in read(whole, "x.mhtml").body


def test_the_root_of_an_archive_is_the_page():
    frame = html_part(
        page("An advertisement in a frame, with many words that nobody wants to read at all."), ""
    )
    article = read(archive(frame, html_part(page())))
    assert article.body.startswith(WORDS)
    named = archive(frame, html_part(page(), "Content-ID: <root@x>\n"), head="")
    article = read(named.replace('type="text/html";', 'type="text/html"; start="<root@x>";'))
    assert article.body.startswith(WORDS)


def test_a_picture_of_an_archive_is_imported_with_the_article():
    lead = '<meta property="og:image" content="https://n.example/quay.png">'
    picture = f"Content-Type: image/png\nContent-Transfer-Encoding: base64\nContent-Location: https://n.example/quay.png\n\n{base64.encodebytes(PIXELS).decode()}"
    article = read(archive(html_part(page(head=lead)), picture))
    assert [(one.image.url, one.source) for one in article.found] == [("https://n.example/quay.png", PIXELS)]


def test_an_archive_with_broken_headers_is_read():
    broken = archive(html_part(page())).replace(
        "Subject: Cranes", "X-Title: =?utf-8?Q?This is on several\nlines\nSubject: Cranes"
    )
    assert read(broken).title == "Cranes stand still"
    assert read(archive(html_part(page())).replace("\n", "\r\n")).title == "Cranes stand still"
    assert read(archive(html_part(page())).replace("--X--", "")).body.startswith(WORDS)


@pytest.mark.parametrize(
    "data",
    [
        archive(html_part("")),
        archive(),
        archive("Content-Type: image/png\n\nx"),
        "From: a@b.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: application/pdf\n\nAAAA",
        "From: a@b.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/plain\n\n \n",
        "From: a@b.example\nSubject: x\nMIME-Version: 1.0\n"
        + "".join(f"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n" for i in range(2000)),
    ],
)
def test_a_message_without_text_is_refused_with_a_sentence(data: str):
    with pytest.raises(ImportFailed) as failure:
        read(data)
    assert str(failure.value).endswith(".")


LETTER = "From: Mira Tolle <mira@port.example>\nTo: me@x.example\nSubject: Cranes\nDate: Mon, 4 Mar 2024 06:00:00 +0000\n"


def test_an_email_in_plain_text():
    article = read(f"{LETTER}\n{WORDS}\n\nSecond.\n")
    assert (article.title, article.authors, article.body) == (
        "Cranes",
        ("Mira Tolle",),
        f"{WORDS}\n\nSecond.",
    )
    assert article.published == datetime(2024, 3, 4, 6, tzinfo=UTC)


def test_the_longer_of_plain_text_and_html_is_kept():
    mixed = (
        f"{LETTER}MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=X\n\n--X\nContent-Type: text/plain"
        f"\n\nPLAIN\n--X\nContent-Type: text/html\n\nHTML\n--X--\n"
    )
    long = f"{WORDS}\n\n{WORDS[::-1]}"
    assert read(mixed.replace("PLAIN", "See the web.").replace("HTML", page())).body.startswith(WORDS)
    assert read(mixed.replace("PLAIN", long).replace("HTML", "<p>Short.</p>")).body.startswith(WORDS)
    only_table = f"<table><tr><td>{WORDS}</td></tr><tr><td>Second cell here, with as many words as it takes to be more than the small print of a letter.</td></tr></table>"
    article = read(mixed.replace("PLAIN", " ").replace("HTML", only_table))
    assert WORDS[:40] in article.body and "Second cell" in article.body


def test_attachments_are_named():
    mixed = (
        f"{LETTER}MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=X\n\n--X\nContent-Type: text/plain\n\n{WORDS}"
        '\n--X\nContent-Type: application/pdf\nContent-Disposition: attachment; filename="roster.pdf"\n\nAAAA\n--X--\n'
    )
    assert read(mixed).extra == {"attachments": ["roster.pdf"]}


@pytest.mark.parametrize(
    "before",
    [
        "From mira@port.example Mon Mar  4 06:00:00 2024\n",
        "1234\n",
        "\ufeff",
        "\n",
        "Return-Path: <a@b.example>\n",
    ],
)
def test_lines_that_mail_programs_write_before_the_headers_are_skipped(before: str):
    assert read(f"{before}{LETTER}\n{WORDS}\n").title == "Cranes"


def test_headers_in_raw_bytes_are_read():
    data = (
        LETTER.replace("Cranes", "Kräne").encode("latin-1") + b"Content-Type: text/plain\n\n" + WORDS.encode()
    )
    assert read(data).title == "Kräne"


@pytest.mark.parametrize(
    "text",
    [
        "Note: read this.\nFrom: the harbour\n\nText.",
        "# Headline\n\nFrom: somewhere\nSubject: x\n\nText.",
        "Date: 4 March 2024\nSource: AP\n\nText.",
        "From the harbour: a view\nSubject: none\nDate: never\nText.",
    ],
)
def test_a_text_that_only_looks_like_an_email_is_not_one(text: str):
    assert not is_mail(text.encode())


def test_data_of_apple_mail_below_an_email_is_removed():
    letter = f"{LETTER}\n{WORDS}\n"
    article = read(f"{len(letter)}\n{letter}<?xml version='1.0'?>\n<plist><dict/></plist>\n", "x.emlx")
    assert (article.title, article.body) == ("Cranes", WORDS)


def test_an_email_without_a_subject_has_the_name_of_its_file():
    assert (
        read(f"{LETTER.replace('Subject: Cranes', 'Message-ID: <1@x>')}\n{WORDS}\n", "two cranes.eml").title
        == "two cranes"
    )


def test_an_email_in_a_text_file_has_a_sender_and_a_date():
    article = read(f"From: The harbour desk\nDate: 4 March 2024\nSubject: Cranes\n\n{WORDS}\n", "x.txt")
    assert (article.authors, article.source, article.published) == (
        ("The harbour desk",),
        "",
        date(2024, 3, 4),
    )


def test_a_page_that_never_closes_its_tags_is_read_quickly():
    page = f"<p>{WORDS} {'<title ' * 60_000}"
    article = read(f"{LETTER}MIME-Version: 1.0\nContent-Type: text/html\n\n{page}")
    assert WORDS[:40] in article.body


@given(
    st.binary(max_size=300),
    st.sampled_from(["", LETTER, archive("PART"), archive(html_part("PART")), "MIME-Version: 1.0\n"]),
)
def test_no_message_makes_the_reader_fail(junk: bytes, head: str):
    data = head.encode().replace(b"PART", junk) if "PART" in head else head.encode() + junk
    with contextlib.suppress(ImportFailed):
        read(data)
