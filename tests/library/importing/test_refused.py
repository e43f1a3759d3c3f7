"""Data that is not a single article is refused with a message and never imported."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from library.errors import FormRefused, ImportFailed
from library.importing.registry import parse

REPORTED = Path(__file__).parent / "reported" / "other-forms"
TODAY = date(2026, 11, 22)
READ = {"chrome.mhtml", "ie.mht", "mail.eml"}

REFUSED = {
    "table": "title,url,time_added,tags,status\nCranes,https://n.example/1,1541343937,port,unread\n",
    "table of a reader": "URL;Title;Selection;Folder\nhttps://n.example/1;Cranes;;Unread\n",
    "table of numbers": "day,ships,cranes\nMonday,3,11\nTuesday,4,12\nWednesday,5,12\n",
    "table in tabs": "name\tcount\tplace\nA\t1\tquay\nB\t2\troads\n",
    "json lines": '{"title":"A","content":"Cranes"}\n{"title":"B","content":"Ships"}\n',
    "lists a line": '["A", 1]\n["B", 2]\n',
    "broken json": '{"title": "Cranes", "content": "They stood',
    "json with a comma too many": '[\n  {"title": "A",},\n]',
    "script data": 'window.YTD.tweets.part0 = [ {\n  "tweet" : {}\n} ]',
    "a list": "[1, 2, 3]",
    "mailbox": "From a@b.example Mon Mar  4 06:00:00 2024\nFrom: a@b.example\nSubject: x\nDate: Mon, 4 Mar 2024 06:00:00 +0000\n\n"
    "One.\n\nFrom c@d.example Tue Mar  5 06:00:00 2024\nFrom: c@d.example\nSubject: y\n\nTwo.\n",
    "bookmarks": "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>\n<DL><p><DT><A HREF='https://n.example'>A</A>",
    "bookmarks without their first line": '<META HTTP-EQUIV="Content-Type" CONTENT="text/html">\n<TITLE>B</TITLE><DL><p>'
    '<DT><A HREF="https://n.example" ADD_DATE="1">A</A>\n<DT><A HREF="https://n.example/2" ADD_DATE="2">B</A></DL>',
    "pocket": "<!DOCTYPE html><html><head><title>Pocket Export</title></head><body><h1>Unread</h1><ul>"
    '<li><a href="https://n.example" time_added="1" tags="">A</a></li></ul></body></html>',
    "subtitles": "1\n00:00:01,000 --> 00:00:03,000\nThe cranes stood still.\n",
    "subtitles for the web": "WEBVTT - a film\n\n00:00:01.000 --> 00:00:03.000\nThe cranes stood still.\n",
    "subtitles of youtube": "0:00:01.000,0:00:03.000\nThe cranes stood still.\n",
    "subtitles with styles": "[Script Info]\nTitle: x\n",
    "subtitles in frames": "{0}{25}The cranes stood still.\n",
    "lyrics": "[ar:Port]\n[00:12.00]The cranes\n",
    "shortcut": "[InternetShortcut]\r\nURL=https://n.example/1\r\n",
    "desktop shortcut": "[Desktop Entry]\nType=Link\nURL=https://n.example\n",
    "property list": '<?xml version="1.0"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "x">\n<plist><dict/></plist>',
    "feed": "<rss version='2.0'><channel><title>A</title></channel></rss>",
    "subscriptions": "<?xml version='1.0'?>\n<!-- a\n comment -->\n<opml version='2.0'><body/></opml>",
    "site map": "<?xml version='1.0'?><urlset xmlns='x'><url><loc>https://n.example</loc></url></urlset>",
    "calendar": "BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n",
    "contacts": "BEGIN:VCARD\nFN:Mira\nEND:VCARD\n",
    "ris": "TY  - NEWS\nAU  - Tolle, Mira\nTI  - Cranes\nER  - \n",
    "bibtex": "@article{tolle2024,\n  title = {Cranes},\n}\n",
    "endnote": "%0 Journal Article\n%A Mira Tolle\n%T Cranes\n",
    "medline": "PMID- 25744111\nOWN - NLM\nTI  - Cranes\n",
    "org": "#+TITLE: Cranes\n#+DATE: <2024-03-04 Mon>\n\n* Why\nText.\n",
    "latex": "\\documentclass{article}\n\\begin{document}\nText.\n\\end{document}\n",
    "addresses": "https://n.example/1\nhttps://n.example/2\n",
    "one address": "https://n.example/1\n",
    "tabs": "https://n.example | Example\nhttps://m.example | Another\n",
    "kindle": "The Harbour (Tolle, Mira)\n- Your Highlight on page 12 | Added on Monday\n\nWords.\n==========\n",
    "playlist": "#EXTM3U\n#EXTINF:1,x\nx.mp3\n",
    "key": "-----BEGIN PGP MESSAGE-----\n\nabc\n",
    "patch": "diff --git a/x b/x\n--- a/x\n+++ b/x\n",
    "program": "#!/bin/sh\necho x\n",
    "web archive": "WARC/1.0\r\nWARC-Type: warcinfo\r\n",
    "pdf": "%PDF-1.7\n",
    "old web archive": "filedesc://x.arc 127.0.0.1 20140301000000 text/plain 10\n",
    "rich text": "{\\rtf1\\ansi Text}",
}  # fmt: skip


def read(text: str | bytes, name: str = "x"):
    return parse(text if isinstance(text, bytes) else text.encode(), name=name, today=TODAY)


@pytest.mark.parametrize("what", REFUSED)
def test_data_is_refused_under_any_name(what: str):
    for name in ("x", "x.txt", "x.md", "x.html"):
        with pytest.raises(ImportFailed) as refused:
            read(REFUSED[what], name)
        assert str(refused.value).startswith(f"{name}: is ")
        assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    "data",
    [b"bplist00\xd1\x01", b"\xd0\xcf\x11\xe0\xa1\xb1", b"RIFF....WEBP", b"\0\0\0\x18ftypmp42", b"ID3\x04", b"MZ\x90\0" + b"\0" * 60,
     b"PK\x03\x04", b"\x1f\x8b\x08", b"7z\xbc\xaf'\x1c", b"\x7fELF", b"x" * 60 + b"BOOKMOBI", b"x" * 257 + b"ustar\0",
     b"BM\x36\x10\x0e\0" + bytes(4) + b"\x36\0\0\0\x28\0\0\0", b"BM\x9a\x01\0\0" + bytes(4) + b"\x8a\0\0\0\x7c\0\0\0"],
)  # fmt: skip
def test_binary_data_is_refused(data: bytes):
    with pytest.raises(FormRefused):
        read(data)


def test_a_picture_with_the_name_of_a_text_is_a_failed_import():
    with pytest.raises(ImportFailed) as failure:
        read(b"\x89PNG\r\n", "x.md")
    assert not isinstance(failure.value, FormRefused)


def test_books_and_documents_are_named_in_the_message():
    for name, what in (("x.epub", "EPUB"), ("x.docx", "Word"), ("x.wacz", "web archive"), ("x", "zip")):
        with pytest.raises(FormRefused, match=what):
            read(b"PK\x03\x04....", name)


@pytest.mark.parametrize("path", sorted(REPORTED.iterdir()), ids=lambda path: path.name)
def test_reported_formats_are_read_or_refused(path: Path):
    if path.name in READ:
        assert read(path.read_bytes(), path.name).title
        return
    with pytest.raises(FormRefused):
        read(path.read_bytes(), path.name)


@pytest.mark.parametrize("suffix", [".csv", ".json", ".srt", ".bib", ".yml", ".ini", ".url"])
def test_the_suffix_of_the_name_is_the_last_fallback(suffix: str):
    with pytest.raises(FormRefused):
        read("whatever: it is\nand some more of it", f"x{suffix}")


@pytest.mark.parametrize(
    "text",
    [
        "Red, white and blue, they said\n\nGreen, black and grey, they said again, and went.\n",
        "Ships, cranes, and men\nStood, waited, and slept\nThen rose, laughed, and left\n",
        "https://n.example/1\n\nThe cranes stood still on Monday, and nobody knew why they did.\n",
        "[Jane Roe](https://a.example) said so.",
        "[1] See below.\n\nThe cranes stood still.",
        "[Update] Cranes stand still\n\nNobody knows why.",
        "{ an aside } and a sentence.",
        "1\n\nThe first chapter begins here, and goes on.",
        "From the harbour to the hills it is a day of 2024\n\nFrom there on it is easy.",
        "Title, text and tags: what editors need\n\nA lot of coffee.",
        "10:30, 11:45 and 12:00 are the times\n\nAt which ships leave.",
        "@portwatch says cranes stand still\n\nNobody knows why.",
        "#breaking cranes stand still\n\nNobody knows why.",
        "-- and then he left\n\nNobody knows why.",
        "Index: what prices did\n\nThey rose.",
        "TY for reading\n\nNobody did.",
    ],
)
def test_prose_is_read(text: str):
    article = read(text, "x.txt")
    assert any(word in f"{article.title} {article.body}" for word in text.split())
