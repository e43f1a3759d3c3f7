"""Guesses the code page of a text that is not UTF-8 and declares no encoding.

Each code page is tried with the languages that use it, Windows-1252 first. The one that yields the most
plausible words of one language wins. A plausible word has only letters of the language, one shape (lower
case, capitalised or capitals) and no signs inside; the most common words of the language must be among them.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache

from library.importing.html_words import without_scripts
from library.text.language import function_words

SAMPLE = 24 * 1024
"""Maximum number of bytes examined."""

LEAST_SCORE = 0.35
"""Minimum score of a page; below it, charset_normalizer decides."""

_LETTERS = {
    "en": "éèêëïöüñçàâôæœ", "de": "äöüßéèà", "fr": "àâæçéèêëîïôœùûüÿ", "es": "áéíóúüñ", "it": "àèéìíîòóùú",
    "pt": "áâãàçéêíóôõúü", "nl": "áéëïíóöüèê", "sv": "åäöéáü", "da": "æøåéü", "no": "æøåéòóôü", "fi": "äöåšž",
    "is": "áðéíóúýþæö", "ca": "àçèéíïòóúü", "sq": "ëç", "et": "äõöüšž", "af": "éèêëïîôûáóú",
    "pl": "ąćęłńóśźż", "cs": "áčďéěíňóřšťúůýž", "sk": "áäčďéíĺľňóôŕšťúýž", "hu": "áéíóöőúüű", "sl": "čšžćđ",
    "hr": "čćđšž", "ro": "ăâîșțşţ", "tr": "çğıöşüâîû", "lt": "ąčęėįšųūž", "lv": "āčēģīķļņšūž",
    "vi": "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя", "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюя", "sr": "абвгдђежзијклљмнњопрстћуфхцчџш",
    "mk": "абвгдѓежзѕијклљмнњопрстќуфхцчџшѐѝ", "be": "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
    "el": "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰ",
}  # fmt: skip
_NO_LATIN = frozenset(("ru", "uk", "bg", "sr", "mk", "be", "el", "he", "ar", "fa", "th"))

_WESTERN = ("en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "no", "fi", "is", "ca", "sq", "et", "af")
_CENTRAL = ("pl", "cs", "sk", "hu", "sl", "hr", "ro", "sq", "de")
_CYRILLIC = ("ru", "uk", "bg", "sr", "mk", "be")
_PAGES = (
    ("cp1252", _WESTERN), ("cp1250", _CENTRAL), ("cp1251", _CYRILLIC), ("cp1254", ("tr",)),
    ("cp1257", ("lt", "lv", "et", "pl")), ("cp1253", ("el",)), ("cp1255", ("he",)), ("cp1256", ("ar", "fa")),
    ("cp874", ("th",)), ("cp1258", ("vi",)), ("koi8_r", ("ru", "bg")), ("koi8_u", ("uk", "be")),
    ("iso8859_2", _CENTRAL), ("iso8859_5", _CYRILLIC), ("iso8859_7", ("el",)), ("iso8859_8", ("he",)),
    ("iso8859_6", ("ar",)), ("iso8859_15", ("fr", "fi", "et")), ("iso8859_16", ("ro",)),
    ("cp866", ("ru", "uk", "be", "bg")), ("mac_cyrillic", _CYRILLIC),
    ("mac_roman", ("en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "no", "ca")),
    ("mac_latin2", _CENTRAL), ("mac_turkish", ("tr",)), ("mac_greek", ("el",)),
    ("cp850", ("de", "fr", "es", "it", "pt", "nl", "sv", "da", "no", "fi")), ("cp852", _CENTRAL),
    ("cp437", ("de", "fr", "es", "it", "sv")), ("cp857", ("tr",)), ("cp775", ("lt", "lv", "et")),
    ("iso8859_4", ("lt", "lv", "et")),
)  # fmt: skip
"""Pages and the languages written in them. If two fit equally well, the first is taken."""

_RARE_PAGES = ("mac_", "cp4", "cp7", "cp85", "iso8859_4", "iso8859_16")
"""Pages that few texts still use; their scores are reduced."""

_RARE_LETTERS = {
    "en": _LETTERS["en"], "nl": "áóöüèêú", "de": "éèà", "fr": "ëïüÿœæù", "it": "íîóú", "pt": "üà",
    "sv": "éáü", "da": "éü", "no": "éòóôü", "fi": "šž", "et": "šž", "ca": "ïü", "tr": "âîû", "cs": "ďťňó",
    "sk": "ďĺŕôňó", "sl": "ćđ", "hu": "íú", "es": "ü", "af": "ïîáóú", "ru": "ъё",
}  # fmt: skip
"""Letters that are rare in a language; a word with one of them counts only half."""

_MORE_WORDS = {
    "is": "og að í á er sem til við með um en það ekki var hann hún fyrir frá þar því af hefur eru nú",
    "el": "και το του της τη την να στο στη με για που από η ο οι τα των ότι θα δεν είναι αυτό",
    "he": "של על את לא הוא היא עם כי גם זה אל כל אבל אם או בין היה יש",
    "ar": "من في على إلى أن التي الذي هذا هذه عن مع كان قال لا ما بعد كما لكن و قد",
    "fa": "و در به از که این است را با برای آن تا هم اما اين يک بود شد",
}  # fmt: skip
_CEDILLAS = str.maketrans("șț", "şţ")
_WITH_LOANS = frozenset({"en", "nl", "ca", "is", "sq", "af"})
_FREQUENT = {
    "ru": "оеаинтсрвл", "el": "αοιετσνηυρς", "he": "יוהלארתבשמ", "ar": "اليمونترب", "fa": "ايروندمهتب",
}  # fmt: skip
_BLOCKS = {
    "he": "\u05d0-\u05ea\u05b0-\u05c7",
    "ar": "\u0621-\u0652",
    "fa": "\u0621-\u0652\u067e\u0686\u0698\u06a9\u06af\u06cc\u200c",
    "th": "\u0e01-\u0e5b",
}
_SIGNS = frozenset("“”„‘’‚«»‹›–—…•·°§©®™€£¥½¼¾²³¹ºª¿¡×÷№\xa0\xad¶†‡‰′″،؛؟")
_BEFORE_NO_LETTER = frozenset("®™©¹£¥€¡")
_INSIDE_WORDS = frozenset("’‘'-–·\xad—…“”")
_WORD = re.compile(
    r"[^\W\d_]+(?:[\u0300-\u036f\u05b0-\u05c7\u064b-\u0652\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u200c][^\W\d_]*)*"
)
_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
"""A character of UTF-8 that is not ASCII."""

_LEAST_SEQUENCES = 3
_THAI = re.compile(
    r"(?:[\u0e40-\u0e44]?[\u0e01-\u0e30\u0e32\u0e33\u0e3f\u0e45\u0e46][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]{0,3})+"
)
"""Thai, where a mark above or below follows a consonant."""

_VOWEL = re.compile("[аеёиоуыэюяіїєўъѐѝр]", re.IGNORECASE)
"""A vowel, or the r of Serbian and Macedonian; every Cyrillic word of three letters has one."""

_ACCENTED = re.compile("[άέήίόύώϊϋΐΰΆΈΉΊΌΎΏ]")
_TAGS = re.compile(r"<[^<>]{0,2000}>")

_EAST_ASIAN = (
    ("cp932", "ja"), ("euc_jp", "ja"), ("gb18030", "zh"), ("big5hkscs", "zh-tw"), ("cp949", "ko"),
)  # fmt: skip
_COMMON = {
    "ja": (
        "のにはをたがでてとしれさいるなもかすらこ日一人大年会国本中上月出を、。ーア-ンりまっくそうけよき"
        "あえどめわち"
    ),
    "zh": (
        "的一是不了在人有我他这中大来上国个到说们为和地出要就也时年会可下以家对日能多生自后子过得作分工行"
        "成方后于发动同面学月经没事者前已用所民从里进市政新家长开主此但现部全本关西起那被最公车今天将两高"
        "报道知价表示期外电机时间种钱情"
    ),
    "zh-tw": (
        "的一是不了在人有我他這中大來上國個到說們為和地出要就也時年會可下以家對日能多生自後子過得作分工行"
        "成方於發動同面學月經沒事者前已用所民從裡進市政新長開主此但現部全本關西起那被最公車今天將兩高報道"
        "知價表示期外電機間種錢情"
    ),
    "ko": (
        "이다는을의에가고하한은로지사기를서도들그어있자아인나수정대리시여보부일주라면해만전니게과와으구제"
        "스것성까년원장상오른세했동비없마말관미조공간무국위우회때생선소신더문트된바모거조려았었습했"
    ),
}
"""The most common characters of each language."""


def guess_code_page(data: bytes) -> str:
    """Guess the code page of ``data``, which is not UTF-8 and holds no NUL."""
    sample = _words_of(data[: SAMPLE * 4]) if data.lstrip()[:1] == b"<" else data
    sample = sample[:SAMPLE]
    best, score = "cp1252", LEAST_SCORE
    for page in (*_single_byte(sample), *_multi_byte(sample)):
        if page.score > score + 1e-6 and _decodes(data, page.name):
            best, score = page.name, page.score
    if score > LEAST_SCORE:
        return best
    return _by_charset_normalizer(data)


def _words_of(page: bytes) -> bytes:
    """Return the bytes of a page outside of tags and scripts."""
    return _TAGS.sub(" ", without_scripts(page.decode("latin-1"))).encode("latin-1")


def repaired_utf_8(data: bytes) -> str | None:
    """Decode ``data`` as UTF-8, and its few invalid bytes as Windows-1252; None if they are many."""
    whole = len(_SEQUENCE.findall(data))
    broken = sum(byte >= 0x80 for byte in _SEQUENCE.sub(b"", data))
    if whole < _LEAST_SEQUENCES or broken * 2 > whole:
        return None
    parts: list[str] = []
    end = 0
    for match in _SEQUENCE.finditer(data):
        parts += [
            data[end : match.start()].decode("cp1252", "replace"),
            match.group().decode("utf-8", "replace"),
        ]
        end = match.end()
    return "".join((*parts, data[end:].decode("cp1252", "replace")))


def seven_bit_page(data: bytes) -> str:
    """Return the 7-bit encoding of ``data`` (ISO-2022 or HZ); empty if it has none."""
    if b"\x1b$)C" in data[:SAMPLE]:
        return "iso2022_kr" if _decodes(data, "iso2022_kr") else ""
    if re.search(rb"\x1b(?:\$[@B]|\$\(D|\(J)", data[:SAMPLE]) and _decodes(data, "iso2022_jp_ext"):
        return "iso2022_jp_ext"
    packed = data.isascii() and len(re.findall(rb"~\{(?:[!-}][!-~]){2,}~\}", data[:SAMPLE])) > 1
    return "hz" if packed and _decodes(data, "hz") else ""


def _decodes(data: bytes, page: str) -> bool:
    try:
        data.decode(page)
    except UnicodeDecodeError:
        return False
    return True


def _by_charset_normalizer(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[: 64 * 1024]).best()
    pages = (best.encoding if best is not None else "cp1252", "cp1252")
    return next((page for page in pages if _decodes(data, page)), "latin-1")


@dataclass(frozen=True, slots=True)
class _Page:
    name: str
    score: float


def _single_byte(sample: bytes) -> list[_Page]:
    found = []
    for page, languages in _PAGES:
        try:
            text = unicodedata.normalize("NFC", sample.decode(page))
        except UnicodeDecodeError:
            continue
        words = Counter(_WORD.findall(text))
        unusual = {word: count for word, count in words.items() if not word.isascii()}
        signs = _wrong_signs(text)
        total = sum(unusual.values())
        if total + signs == 0:
            if page == "cp1252":
                return [_Page(page, _CERTAIN)]
            continue
        score = max(_fit(language, words, unusual, signs) for language in languages)
        score -= 0.3 if page.startswith(_RARE_PAGES) else 0.0
        found.append(_Page(page, score))
        if page == "cp1252" and score > _CERTAIN:
            break
    return found


_CERTAIN = 1.4
"""A score that is reached only if every word fits and many of the most common words occur."""


def _wrong_signs(text: str) -> int:
    """Count signs in impossible places: control characters, drawings, or a sign inside a word."""
    wrong = 0
    for match in re.finditer(r"[^\w\s\x00-\x7f]|[\x00-\x08\x0e-\x1f\x7f-\x9f]|[²³¹ªº½¼¾]", text):
        sign, at = match.group(), match.start()
        if unicodedata.category(sign)[0] == "M":
            continue
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        inside = before.isalpha() and after.isalpha() and sign not in _INSIDE_WORDS
        loose = sign in _BEFORE_NO_LETTER and after.isalpha() and not before.isalpha()
        raised = sign in "²³¹ªº½¼¾¿¡" and text[max(0, at - 2) : at].isalpha() and at > 1
        if sign not in _SIGNS or inside or loose or (raised and sign not in "ªº²³"):
            wrong += 1
    return wrong


def _fit(language: str, words: Counter[str], unusual: dict[str, int], signs: int) -> float:
    """Score how well words fit a language: at most 1, plus a bonus for its most common words."""
    fitting = {word: count for word, count in unusual.items() if _is_word(word, language)}
    good = sum(fitting.values())
    rare = _RARE_LETTERS.get(language, "")
    half = sum(count for word, count in fitting.items() if any(letter in rare for letter in word.casefold()))
    total = sum(unusual.values()) + signs
    common = _common_words(language)
    share = sum(count for word, count in words.items() if word.casefold() in common) / max(1, words.total())
    wrong = total - good
    score = (good - half / 2 - 2 * wrong) / total + min(share, 0.5) * 2
    if language in _WITH_LOANS and not share:  # words of many other languages fit their few letters
        score -= 0.5
    capitals = sum(count for word, count in unusual.items() if word.isupper())
    return score + _frequent_share(language, unusual) - 0.5 * capitals / total


def _frequent_share(language: str, words: dict[str, int]) -> float:
    """Return the share of the ten most common letters in a non-Latin language, less that of chance."""
    frequent = _FREQUENT.get("ru" if language in _CYRILLIC else language, "")
    letters = Counter(letter for word in words for letter in word.casefold())
    known = sum(letters[letter] for letter in frequent)
    return known / max(1, letters.total()) - 0.4 if frequent else 0.0


@cache
def _common_words(language: str) -> frozenset[str]:
    words = frozenset(_MORE_WORDS.get(language, "").split()) or function_words(language)
    return words | {word.translate(_CEDILLAS) for word in words}


@cache
def _pattern(language: str) -> re.Pattern[str]:
    if language == "th":
        return _THAI
    block = _BLOCKS.get(language)
    if block is not None:
        return re.compile(f"[{block}]+")
    letters = _LETTERS[language] if language in _NO_LATIN else f"a-z{_LETTERS[language]}"
    capitals = "".join(letter.upper() for letter in _LETTERS[language] if len(letter.upper()) == 1)
    latin = "" if language in _NO_LATIN else "A-Z"
    if language == "tr":
        capitals += "İ"
    start = "" if language in ("ca", "vi") or language in _NO_LATIN else "(?!è.)"
    inside = "[a-z]*[àèéìòù]?" if language == "it" else f"[{letters}]*"
    return re.compile(f"{start}[{letters}{latin}{capitals}]{inside}|[{latin}{capitals}ß]+")


def _is_word(word: str, language: str) -> bool:
    """Return True if ``word`` may be one of ``language``, judged by its letters and shape."""
    if not _pattern(language).fullmatch(word):
        return False
    if language == "el":  # a word of several syllables has an accent
        return "ς" not in word[:-1] and (
            len(word) < 4 or word.isupper() or _ACCENTED.search(word) is not None
        )
    if language in _CYRILLIC and len(word) > 2 and not word.isupper():
        return _VOWEL.search(word) is not None
    if language in _NO_LATIN or language == "vi" or len(word) < 6:
        return True
    return sum(not character.isascii() for character in word) * 5 <= len(word) * 3


# Multi-byte pages

_LEAST_CHARACTERS = 4


def _multi_byte(sample: bytes) -> list[_Page]:
    """Score the East Asian pages if at least a quarter of ``sample`` is not ASCII."""
    high = sum(byte >= 0x80 for byte in sample)
    if high * 4 < len(b"".join(sample.split())):
        return []
    found = []
    for page, language in _EAST_ASIAN:
        try:
            text = codecs.getincrementaldecoder(page)().decode(sample)
        except UnicodeDecodeError:
            continue
        score = _east_asian_fit(text, language)
        found.append(_Page(page, score))
    return found


def _east_asian_fit(text: str, language: str) -> float:
    characters = [character for character in text if not character.isascii() and not character.isspace()]
    if len(characters) < _LEAST_CHARACTERS:
        return 0.0
    common = _common_characters(language)
    known = sum(character in common for character in characters)
    odd = sum(_is_odd(character, language) for character in characters)
    return (known * 2 - odd * 3) / len(characters)


@cache
def _common_characters(language: str) -> frozenset[str]:
    kana = "".join(map(chr, (*range(0x3041, 0x3094), *range(0x30A1, 0x30FD)))) if language == "ja" else ""
    return frozenset(_COMMON[language] + kana + "，。、！？：；“”「」『』（）《》…－—・")


def _is_odd(character: str, language: str) -> bool:
    """Return True if hardly any text in ``language`` has this ``character``."""
    code = ord(character)
    if 0xFF61 <= code <= 0xFF9F or 0xE000 <= code <= 0xF8FF or code > 0xFFFF:
        return True
    name = unicodedata.category(character)
    hangul = 0xAC00 <= code <= 0xD7A3
    kana = 0x3041 <= code <= 0x30FF
    if language == "ko":
        return not hangul and name in ("Lo", "Ll", "Lu", "So")
    return hangul or name in ("Ll", "Lu", "So") or (kana and language != "ja")
