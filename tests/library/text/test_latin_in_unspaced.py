"""Latin words and numbers are found where they stand between letters of scripts without spaces."""

from __future__ import annotations

import pytest

from library import Library

ARTICLES = {
    "japanese": "# 東京でiPhone15発売\n\n昨日、Apple社はiPhone15を発売した。AI技術とGPT-4の話。COVID-19対策。"
    "2024年3月4日にNATO首脳会議、約3000人が参加した。",
    "korean": "# 삼성Galaxy와 NATO회의\n\n어제 NATO가 회의를 열었고 2024년에 AI기술을 발표했다.",
    "chinese": "# 习近平会见OpenAI代表\n\n周一，OpenAI公司与WHO代表在北京会面，使用ChatGPT模型。",
    "thai": "# ข่าวNATOวันนี้\n\nวันนี้NATOประชุมที่กรุงเทพ",
    "signs": "# Emoji🚢Ship and x²+y²=z² and H₂O\n\nThe NATO🚢summit. 10³ units; CO₂ fell. №5. ＦＵＬＬ width. Straße-Bahn.",
    "other": "# Another matter\n\nNothing of this is here, nor 30001 of them.",
}


@pytest.mark.parametrize("indexed", [True, False])
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("NATO", {"japanese", "korean", "thai", "signs"}),
        ("nat*", {"japanese", "korean", "thai", "signs"}),
        ("ATO", set()),
        ("iPhone15", {"japanese"}),
        ("iphone15を", {"japanese"}),
        ("iphone*", {"japanese"}),
        ("openai", {"chinese"}),
        ("WHO", {"chinese"}),
        ("chatgpt", {"chinese"}),
        ("2024", {"japanese", "korean"}),
        ("3000", {"japanese"}),
        ("GPT-4", {"japanese"}),
        ("COVID-19", {"japanese"}),
        ("galaxy", {"korean"}),
        ("nato首脳", {"japanese"}),
        ('"AI기술"', {"korean"}),
        ("h2o", {"signs"}),
        ("full", {"signs"}),
        ("strasse", {"signs"}),
        ("-nato", {"chinese", "other"}),
        ("title:nato", {"korean", "thai"}),
    ],
)
def test_words_between_unspaced_letters_are_found(
    library: Library, query: str, found: set[str], indexed: bool
):
    names = {
        library.importing.add_bytes(f"{name}.md", text.encode()).id: name for name, text in ARTICLES.items()
    }
    if indexed:
        for _ in library.search.index_texts():
            pass
    assert {names[key] for key in library.search.ids(query)} == found


def test_letters_are_found_with_and_without_strokes(library: Library):
    text = "# Łódź und Ørsted\n\nĐorđe, Ćevapčići, ırmak, Þór, œuvre, Straße, كتاب."
    key = library.importing.add_bytes("a.md", text.encode()).id
    for query in ("lodz", "orsted", "dorde", "irmak", "thor", "oeuvre", "strasse", "STRASSE", "کتاب", "łódź"):
        assert library.search.ids(query) == [key], query
