"""Texts that are not UTF-8 and do not declare their encoding."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from encoded_texts import TEXTS, encoded_texts, expected

from library.importing.decoding import decode
from library.importing.registry import parse

UNDECIDED = {("lt", "cp1257", "short"), ("lt", "iso8859_13", "short")}
"""Headlines whose only special letter also occurs in another language."""

CASES = [case for case in encoded_texts() if case[:3] not in UNDECIDED]


def read(data: bytes) -> str:
    return unicodedata.normalize("NFC", decode(data, "x.txt"))


@pytest.mark.parametrize(("language", "page", "size", "data"), CASES, ids=lambda value: str(value)[:12])
def test_the_code_page_is_guessed_from_the_language(language: str, page: str, size: str, data: bytes):
    assert read(data) == unicodedata.normalize("NFC", expected(language, page, size))


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("Café", "cp1252"), ("Price: £40 – €50", "cp1252"), ("Naïve café – 20 °C", "cp1252"),
        ("“Quoted” — text… isn’t it", "cp1252"), ("ÜBER DIE HÄFEN", "cp1252"), ("São Paulo não para", "cp1252"),
        ("Łódź", "cp1250"), ("Žižkov", "cp1250"), ("Đorđe ide kući", "cp1250"), ("Příliš žluťoučký kůň", "iso8859_2"),
        ("Köprü yapımı için yeni karar", "cp1254"), ("Rīgas domes vēlēšanas", "cp1257"),
        ("Vilniaus savivaldybė paskelbė naują planą", "cp1257"), ("Привет", "cp1251"), ("Новости дня", "koi8_r"),
        ("КРАНЫ СТОЯТ В ПОРТУ", "cp1251"), ("КРАНЫ СТОЯТ В ПОРТУ", "koi8_r"), ("Україна: новини", "cp1251"),
        ("Διαβάστε σήμερα", "cp1253"), ("דג סקרן שט בים", "cp1255"), ("نص حكيم له سر قاطع", "cp1256"),
        ("敏捷的棕色狐狸跳过懒狗", "gb18030"), ("いろはにほへと", "euc_jp"), ("키스의 고유조건은", "cp949"),
    ],
)  # fmt: skip
def test_a_few_words_are_enough(text: str, page: str):
    assert read(text.encode(page)) == text


@pytest.mark.parametrize("language", sorted(set(TEXTS) - {"vi"}))
def test_pages_without_a_declared_encoding_are_decoded_like_texts(language: str):
    pages, headline, paragraph = TEXTS[language]
    page = (
        f"<html><head><title>{headline}</title><script>var a = 'no words';</script></head><body><article>"
        f"<h1>{headline}</h1><p>{paragraph}</p><p>{paragraph[::-1]}</p></article></body></html>"
    )
    article = parse(page.encode(pages[0]), name="x.html", today=date(2026, 11, 22))
    assert unicodedata.normalize("NFC", paragraph)[:60].replace("\u200c", "") in article.body.replace(
        "\u200c", ""
    )


def test_a_few_invalid_bytes_leave_the_rest_of_a_utf_8_text_intact():
    text = "Die Kräne stehen still – über Nacht, für immer, größer als je. "
    assert read(text.encode() + "café “x”".encode("cp1252")) == f"{text}café “x”"
    assert read(("Краны стоят. " * 5).encode()[:-3] + b"\xd1").startswith("Краны стоят. Краны")


def test_the_declared_encoding_of_a_page_takes_precedence_over_a_guess():
    page = '<html><head><meta charset="windows-1251"><title>x</title></head><body><p>Кот и кит и ток. Вот и всё.</p></body></html>'
    assert "Кот и кит" in parse(page.encode("cp1251"), name="x.html", today=date(2026, 11, 22)).body
