"""Reads the line with an article's publication date, in any common form and language.

A line is a date line only if every word of it belongs to a date: a day, a month, a year, a weekday, a time,
a label such as “Published” or a connecting word. So “March on Washington” and “9/11” are never dates.
Month and weekday names are those of the Unicode CLDR (``months.json``).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from importlib.resources import files

from library.importing.word_sets import word_set
from library.models import Published

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "民國": 1911, "民国": 1911}
_ERA = re.compile(
    r"(?:中華|中华)?(?P<era>令和|平成|昭和|大正|民國|民国)\s*(?P<year>元|\d{1,3})\s*(?:年|[./-])"
    r"\s*(?P<month>\d{1,2})\s*(?:月|[./-])\s*(?P<day>\d{1,2})\s*日?"
)
_MINGUO = re.compile(
    r"(?<!\d)(?P<year>1[01]\d)\s*(?:年|[./-])\s*(?P<month>\d{1,2})\s*(?:月|[./-])\s*(?P<day>\d{1,2})(?!\d)\s*日?"
)
_JALALI_MONTHS = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
_NAMED_JALALI = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})\s*(?:ام|م)?\s+(?P<month>{'|'.join(_JALALI_MONTHS)})(?:\s*ماه)?\s*(?:سال\s*)?[،,]?\s*(?P<year>1[34]\d\d)(?!\d)"
)
_JALALI = re.compile(
    r"(?<!\d)(?P<year>1[34]\d\d)\s*[./-]\s*(?P<month>\d{1,2})\s*[./-]\s*(?P<day>\d{1,2})(?!\d)"
)
_THAI_MONTHS = {
    "ม.ค.": "มกราคม", "ก.พ.": "กุมภาพันธ์", "มี.ค.": "มีนาคม", "เม.ย.": "เมษายน", "พ.ค.": "พฤษภาคม",
    "มิ.ย.": "มิถุนายน", "ก.ค.": "กรกฎาคม", "ส.ค.": "สิงหาคม", "ก.ย.": "กันยายน", "ต.ค.": "ตุลาคม",
    "พ.ย.": "พฤศจิกายน", "ธ.ค.": "ธันวาคม",
}  # fmt: skip
_THAI_MONTH = re.compile("|".join(map(re.escape, sorted(_THAI_MONTHS, key=len, reverse=True))))
_JALALI_EPOCH = date(622, 3, 21)  # by the 33-year cycle; the astronomical calendar begins a day later
_LEAP_CYCLE = {1, 5, 9, 13, 17, 22, 26, 30}


def in_gregorian(text: str, language: str) -> str:
    """Write dates of other calendars in ``text`` as ISO 8601; ``language`` decides on bare numbers."""
    text = text.replace("ي", "ی").replace("ك", "ک") if "ي" in text or "ك" in text else text
    text = _ERA.sub(lambda found: _written(found, _ERAS[found["era"]]), text)
    text = _NAMED_JALALI.sub(_jalali, text)
    if language == "zh":
        text = _MINGUO.sub(lambda found: _written(found, _ERAS["民國"]), text)
    elif language == "th":
        text = _THAI_MONTH.sub(lambda found: _THAI_MONTHS[found[0]], text)
    elif language == "fa":
        text = _JALALI.sub(_jalali, text)
    return text


def _written(found: re.Match[str], before_first: int) -> str:
    year = 1 if found["year"] == "元" else int(found["year"])
    return f" {before_first + year:04d}-{int(found['month']):02d}-{int(found['day']):02d} "


def _jalali(found: re.Match[str]) -> str:
    named = found["month"] in _JALALI_MONTHS
    month = _JALALI_MONTHS.index(found["month"]) + 1 if named else int(found["month"])
    day = jalali_day(int(found["year"]), month, int(found["day"]))
    return f" {day.isoformat()} " if day else found[0]


def jalali_day(year: int, month: int, day: int) -> date | None:
    """Return the Gregorian day of a Solar Hijri day (1300 to 1500); None if it does not exist.

    Leap years follow the cycle of 33 years, which agrees with the astronomical rule in that period.
    """
    if not (1300 <= year < 1500 and 1 <= month <= 12 and 1 <= day <= (31 if month < 7 else 30)):
        return None
    if month == 12 and day == 30 and year % 33 not in _LEAP_CYCLE:
        return None
    past = year - 1
    leaps = past // 33 * 8 + sum(1 for one in _LEAP_CYCLE if one <= past % 33)
    days = past * 365 + leaps + (month - 1) * 30 + min(month - 1, 6) + day - 1
    return _JALALI_EPOCH + timedelta(days=days)


_OFFSETS = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 60, "BST": 60, "CET": 60, "MEZ": 60, "CEST": 120,
    "MESZ": 120, "EET": 120, "EEST": 180, "SAST": 120, "MSK": 180, "PKT": 300, "ICT": 420, "WIB": 420,
    "SGT": 480, "HKT": 480, "JST": 540, "KST": 540, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780,
    "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480,
    "PDT": -420, "AKST": -540, "AKDT": -480, "HST": -600, "AST": -240, "ADT": -180, "NST": -210, "NDT": -150,
    "BRT": -180, "ART": -180, "WAT": 60, "CAT": 120, "EAT": 180, "TRT": 180, "GST": 240, "NPT": 345,
    "MYT": 480, "PHT": 480, "AWST": 480, "ACST": 570, "ACDT": 630, "МСК": 180,
}  # fmt: skip
"""Minutes east of Greenwich for zone names on news sites, without IST, which has three meanings."""

_NO_OFFSET = ("ET", "CT", "MT", "PT", "IST")
_ZONE = (
    r"(?P<zone>(?:UTC|GMT)?\s?[+\u2212-]\d{1,2}(?::?\d\d)?|(?:"
    + "|".join(sorted((*_OFFSETS, *_NO_OFFSET), key=len, reverse=True))
    + r")(?![^\W\d_]))"
)
_BEFORE = r"(?:\b(?:at|um|om|a\s+las?|kl|klo|ob|ore|orë|alle|às|as|à|о|в|w|godz|saat|o)\.?\s+)?"
_TIME = re.compile(
    _BEFORE
    + r"""(?<![\d./-]) (?P<hour>[01]?\d|2[0-4])
    (?: (?::|\s?h\s?)(?P<minute>[0-5]\d)(?::[0-5]\d(?:[.,]\d+)?)?(?!\d)
      | \.(?P<dotted>[0-5]\d)(?=\s*(?:Uhr|hrs?\b|[ap]\.?m\b|\(?[A-ZА-Я]{3,4}\b))
      | (?=\s?[ap]\.?m\b) | (?=\s?Uhr\b) | (?=\s?h\b(?!\s?\d)) )
    \s* (?P<half>[ap]\.?\s?m\b\.?)? (?:\s*(?:Uhr|hrs?|hs?)\b\.?)? (?:\s*\(?"""
    + _ZONE
    + r"\)?)?",
    re.VERBOSE | re.IGNORECASE,
)
_DOTTED = re.compile(
    r"\b(?:kl|klo|ob|um|alle(?: ore)?|ore)\.?\s+(?P<hour>[01]?\d|2[0-3])\.(?P<minute>[0-5]\d)(?![\d.])",
    re.IGNORECASE,
)
_DOTTED_AFTER_YEAR = re.compile(
    r"(?<=\d{4})(?:\s*,|\s+(?:at|um|kl|o|v|à|alle|às)\.?)?\s+(?P<hour>[01]?\d|2[0-3])\.(?P<minute>[0-5]\d)(?![\d.])",
    re.IGNORECASE,
)
_EAST_ASIAN = re.compile(
    r"(?P<half>午前|午後|上午|下午|오전|오후)?\s*(?P<hour>\d{1,2})\s*(?:[時时点點시]|(?(half):|(?!)))\s*"
    r"(?P<minute>\d{1,2})\s*[分분]?(?!\d)"
)
_AFTERNOON = frozenset(("午後", "下午", "오후"))


def _offset(name: str) -> timezone | None:
    """Return the zone called ``name``; None if it is not certain."""
    name = name.strip().upper().replace("\u2212", "-")
    if name in _OFFSETS:
        return timezone(timedelta(minutes=_OFFSETS[name]))
    match = re.fullmatch(r"(?:UTC|GMT)?\s?(?P<sign>[+-])(?P<hours>\d{1,2}):?(?P<minutes>\d\d)?", name)
    if match is None:
        return None
    minutes = int(match["hours"]) * 60 + int(match["minutes"] or 0)
    if minutes > 14 * 60:
        return None
    return timezone(timedelta(minutes=-minutes if match["sign"] == "-" else minutes))


def _take_time(text: str) -> tuple[str, time | None]:
    """Remove the time of day from ``text``; return both. The time is aware if its zone is next to it."""
    match = _EAST_ASIAN.search(text) if not text.isascii() else None
    match = match or _TIME.search(text) or _DOTTED.search(text) or _DOTTED_AFTER_YEAR.search(text)
    if match is None:
        return text, None
    groups = match.groupdict()
    hour, minute = int(groups["hour"]), int(groups["minute"] or groups.get("dotted") or 0)
    half = groups.get("half") or ""
    if half and hour <= 12:
        afternoon = half in _AFTERNOON or half.lower().startswith("p")
        hour = hour % 12 + (12 if afternoon else 0)
    if hour > 23 or minute > 59:
        return text, None
    zone = _offset(groups["zone"]) if groups.get("zone") else None
    return f"{text[: match.start()]} {text[match.end() :]}", time(hour, minute, tzinfo=zone)


EARLIEST_YEAR = 1980
DAYS_AHEAD = 2
LINE_LIMIT = 120
FALLBACK_LIMIT = 60
BUDDHIST_ERA = 543

_CONNECTING = word_set("""
    of the on at in de del den der le les la il di do da du dne el em no op på am um à a ad o в г
    года году ob od от dnia w gada gads m d метаў года р року рік pr år st nd rd th er re ий го º ª
    ko e en i uhr h hrs hs kl klo ore orë alle às as saat saatler godz hod g год гг ч y ngày tháng
    năm ko ren թ ta оны сарын ж р ที่ พ ศ เมื่อ วัน วันที่ พุทธศักราช
    """)
_LABELS = word_set("""
    published posted date dated first last created written uploaded filed online
    issued release released veröffentlicht erschienen
    stand datum publié publiée publication publicado publicada publicación fecha pubblicato
    pubblicata data gepubliceerd geplaatst publicerad publicerat publisert publiceret udgivet
    julkaistu opublikowano publikacji dodano publikováno vydáno zveřejněno publikované objavljeno
    objavljen опубликовано опубліковано дата публикации публикувано paskelbta publicat yayınlanma
    yayın tarihi tarih közzétéve megjelent diterbitkan δημοσίευση δημοσιεύτηκε
    掲載 公開 発行 公開日時 公開日
    配信 配信日時 掲載日 投稿 投稿日 时间 時間 日期 发布时间 offentliggjort gepost
    发布 发表 发布于 發布 入力 등록 입력 발행 게시
    """)
_UPDATED = re.compile(
    r"(?<![^\W\d_])(?:(?:last |latest |article )?(?:updated?|modified|revised|edited|amended"
    r"|modification)(?! by)"
    r"|(?:zuletzt )?(?:aktualisiert|geändert|bearbeitet)|letzte (?:aktualisierung|änderung)|update vom"
    r"|(?:dernière )?mise? à jour|màj|maj|modifié|(?:última )?actuali[zs](?:ad[oa]|ación)|modificado"
    r"|(?:ultimo )?aggiorna(?:t[oa]|mento)|modificato|(?:última )?atuali[zs]a(?:d[oa]|ção)"
    r"|gewijzigd|bijgewerkt|laatste update|laatst gewijzigd|geüpdatet|uppdatera[dt]|senast uppdaterad"
    r"|oppdatert"
    r"|sist oppdatert|opdateret|ændret|(?:viimeksi )?päivitetty|(?:ostatnia )?aktualizacja|zaktualizowano"
    r"|aktualizov[aá]n[oéý]?|aktualizace|upraveno|ažurirano|posodobljeno|обновлен[оа]?|изменен[оа]?"
    r"|оновлено|змінено"
    r"|обновен[оа]?|последна промяна|actualizat|güncelle(?:me|ndi|nme)|frissítve|frissítés|módosítva"
    r"|ενημερώθηκε"
    r"|ενημέρωση|cập nhật|diperbarui|更新日時|最終更新|更新|수정"
    r"|최종수정|업데이트|آخر تحديث|تحديث|עודכן)(?![^\W\d_])",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"(?<![^\W\d_])(?:(?:first |originally )?(?:published|posted|created|issued)|veröffentlicht"
    r"|erschienen|publiée?|publicado"
    r"|publicada|pubblicato|gepubliceerd|publicerad|publisert|offentliggjort|julkaistu|opublikowano"
    r"|publikováno"
    r"|опубликовано|опубліковано|公開|入力|입력|등록)(?![^\W\d_])",
    re.IGNORECASE,
)
_WEEKDAYS_OF_EAST_ASIA = re.compile(
    r"[（(]?(?:星期|周|週|礼拜)[一二三四五六日天][)）]?|[（(][月火水木金土日월화수목금토일一二三四五六][)）]"
    r"|[月火水木金土日]曜日?|[월화수목금토일]요일"
)
_YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<year>\d{4})\s*(?:[-/.]|年|년)\s*(?P<month>\d{1,2})\s*(?:[-/.]|月|월)\s*(?P<day>\d{1,2})"
    r"(?!\d)\s*[.日일]?"
)
_YEAR_LAST = re.compile(
    r"(?<!\d)(?P<first>\d{1,2})\s*(?P<mark>[./-])\s*(?P<second>\d{1,2})\s*(?P=mark)\s*(?P<year>\d{4}"
    r"|\d{2})(?!\d)"
)
_VIETNAMESE = re.compile(
    r"(?P<day>\d{1,2})\s*tháng\s*(?P<month>\d{1,2})\s*,?\s*(?:năm\s*)?(?P<year>\d{4})", re.IGNORECASE
)
_TOKENS = re.compile(r"\d+|[^\s\d.,،;:：；/()（）【】\[\]|·•–—\-‑'’`´]+")
_ADDRESS_DAYS = (
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)[/_.-](?P<month>\d{1,2})[/_.-](?P<day>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?:\d{4}|\d{6})?(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)/(?P<name>[a-z]{3,9})/(?P<day>\d{1,2})(?!\d)", re.IGNORECASE),
)
_MONTH_FIRST_ENDINGS = (".com", ".us", ".org", ".net", ".gov", ".edu", ".mil")


@dataclass(frozen=True, slots=True, kw_only=True)
class DateLine:
    """The content of a date line. ``guessed`` is true if the order of day and month was not certain."""

    published: Published = None
    updated: Published = None
    guessed: bool = False
    only_updated: bool = False
    """True if the line has only the date of a change; ``published`` is then that date as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateHints:
    """The context for reading a date: today, the language, the site's host, the day in the address."""

    today: date
    language: str = ""
    host: str = ""
    address_day: date | None = None


@cache
def _names() -> tuple[dict[str, int], dict[str, dict[str, int]], frozenset[str]]:
    """Return month names with numbers, names that differ in one language, and weekday names."""
    table = json.loads(files("library.importing.fields").joinpath("months.json").read_text(encoding="utf-8"))
    months = {name: int(number) for number, names in table["months"].items() for name in names}
    return months, table["by_language"], frozenset(table["weekdays"])


def _month_named(name: str, language: str) -> int | None:
    months, by_language, _ = _names()
    own = by_language.get(language, {})
    found = own.get(name) or months.get(name)
    if found is None and language in {"", "he"}:
        found = months.get(name.removeprefix("ב"))  # the prefix “in”
    if found is None and language in {"", "eu"}:
        found = months.get(name.removesuffix("ren"))  # the suffix “of”
    return found


def is_month(name: str) -> bool:
    """Return True if ``name`` is the name of a month, in any language."""
    return name[:1].isupper() and _month_named(name.casefold(), "") is not None


def is_date_word(word: str) -> bool:
    """Return True if ``word`` alone may begin a date: a number, a month, a weekday or a label."""
    name = word.casefold().strip(".,")
    if name.isdigit() or _month_named(name, "") is not None or name in _names()[2]:
        return True
    return name in _LABELS or _UPDATED.fullmatch(name) is not None


def _plausible(year: int, month: int, day: int, today: date) -> date | None:
    """Return the day if it exists and lies between 1980 and the day after tomorrow."""
    year -= BUDDHIST_ERA if year > 2400 else 0
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if found.year >= EARLIEST_YEAR and found <= today + timedelta(days=DAYS_AHEAD) else None


def _full_year(text: str, today: date) -> int:
    """Return the year of ``text``; a year of two digits is next year at the latest."""
    if len(text) == 4:
        return int(text)
    year = 2000 + int(text)
    return year if year <= today.year + 1 else year - 100


def _only_date_words(text: str) -> bool:
    """Return True if ``text`` has only labels, weekdays and connecting words."""
    text = _WEEKDAYS_OF_EAST_ASIA.sub(" ", text)
    weekdays = _names()[2]
    return all(
        word in _CONNECTING or word in _LABELS or word.removesuffix("ที่") in weekdays
        for word in (token.casefold() for token in _TOKENS.findall(text))
    )


def _without(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"


def _year_first(text: str, hints: DateHints) -> date | None:
    match = _YEAR_FIRST.search(text) or _VIETNAMESE.search(text)
    if match is None or not _only_date_words(_without(text, match)):
        return None
    return _plausible(int(match["year"]), int(match["month"]), int(match["day"]), hints.today)


def _year_last(text: str, hints: DateHints) -> tuple[date, bool] | None:
    """Read a date such as 22.11.2024 or 03/04/2020; the flag is True if its order was guessed."""
    match = _YEAR_LAST.search(text)
    if match is None or not _only_date_words(_without(text, match)):
        return None
    if len(match["year"]) == 2 and match["mark"] == "-":
        return None
    year, first, second = _full_year(match["year"], hints.today), int(match["first"]), int(match["second"])
    day_first = _plausible(year, second, first, hints.today)
    month_first = _plausible(year, first, second, hints.today) if match["mark"] != "." else None
    if day_first is None or month_first is None or day_first == month_first:
        known = day_first or month_first
        return (known, False) if known else None
    if hints.address_day in (day_first, month_first):
        return hints.address_day, False
    american = hints.language == "en" and hints.host.endswith(_MONTH_FIRST_ENDINGS)
    return (month_first if american else day_first), True


def _with_month_name(text: str, hints: DateHints) -> date | None:
    """Read a date such as “22 novembre 2024”, “May 15, 2023” or “2024 m. kovo 31 d.”."""
    tokens = [token.casefold() for token in _TOKENS.findall(text)]
    for start, length, month in _months_in(tokens, hints.language):
        rest = tokens[:start] + tokens[start + length :]
        if not _only_date_words(" ".join(token for token in rest if not token.isdigit())):
            continue
        numbers = [token for token in rest if token.isdigit()]
        if len(numbers) != 2:
            continue
        day, year = sorted(numbers, key=len) if len(numbers[0]) != len(numbers[1]) else numbers
        if len(year) == 4 or (len(year) == 2 and text.strip().endswith(year)):
            return _plausible(_full_year(year, hints.today), month, int(day), hints.today)
    return None


def _months_in(tokens: list[str], language: str) -> Iterator[tuple[int, int, int]]:
    """Yield the index, the length in tokens and the number of each month name in ``tokens``."""
    for length in (3, 2, 1):
        for start in range(len(tokens) - length + 1):
            month = _month_named(" ".join(tokens[start : start + length]), language)
            if month is not None:
                yield start, length, month


def _standard(text: str, hints: DateHints) -> Published:
    """Read an ISO 8601 or RFC 2822 date; a time without a zone is dropped."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        if not re.search(r"\d{4} \d{1,2}:\d\d", text):
            return None
        from email.utils import parsedate_to_datetime

        try:
            found = parsedate_to_datetime(text)
        except (ValueError, TypeError):
            return None
    if _plausible(found.year, found.month, found.day, hints.today) is None:
        return None
    return found if found.tzinfo is not None else found.date()


def _by_dateparser(text: str, hints: DateHints) -> date | None:
    """Read an unusual form with dateparser, in strict mode so that it never adds missing parts."""
    if len(text) > FALLBACK_LIMIT or len(re.findall(r"\d+", text)) < 2 or not re.search(r"\d{4}", text):
        return None
    if hints.language in {"", "en"}:  # English forms are covered above; without a language it guesses
        return None
    import dateparser

    settings = {
        "STRICT_PARSING": True,
        "PARSERS": ["absolute-time"],
        "REQUIRE_PARTS": ["day", "month", "year"],
    }
    try:
        found = dateparser.parse(text, languages=[hints.language], settings=settings)
    except (ValueError, OverflowError):  # dateparser does not know the language
        return None
    return _plausible(found.year, found.month, found.day, hints.today) if found else None


def _prepared(line: str) -> str:
    """Return ``line`` with plain spaces and Western digits, without emphasis and link marks."""
    line = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", line)
    line = "".join(
        str(unicodedata.digit(character)) if character.isdigit() and not character.isascii() else character
        for character in line
        if unicodedata.category(character) != "Cf"
    )
    return " ".join(line.strip("*_ |\t").split())


def _read(text: str, hints: DateHints) -> tuple[Published, bool]:
    """Read the date of one prepared piece of a line, and whether it was guessed."""
    text = text.strip(" ,;:|·•–—-")
    if not any(character.isdigit() for character in text):
        return None, False
    standard = _standard(text, hints)
    if standard is not None:
        return standard, False
    rest, clock = _take_time(text)
    day = _year_first(rest, hints) or _with_month_name(rest, hints)
    guessed = False
    if day is None and (found := _year_last(rest, hints)):
        day, guessed = found
    day = day or _by_dateparser(rest, hints)
    if day is not None and isinstance(clock, time) and clock.tzinfo is not None:
        return datetime.combine(day, clock), guessed
    return day, guessed


def read_date_line(line: str, hints: DateHints) -> DateLine | None:
    """Return the date if ``line`` consists of one; otherwise None.

    A time of day counts only with its zone: the value is then a ``datetime``, otherwise a ``date``.
    """
    if not line or len(line) > LINE_LIMIT:
        return None
    text = in_gregorian(_prepared(line), hints.language)
    label = _UPDATED.search(text)
    first, last = (text[: label.start()], text[label.end() :]) if label else (text, "")
    again = _PUBLISHED.search(last)
    if again is not None and _only_date_words(first):  # “Updated 5 March, first published 4 March”
        first, last = last[again.end() :], last[: again.start()]
    published, guessed = _read(first, hints)
    updated, updated_guessed = _read(last, hints) if last else (None, False)
    if label is None:
        return DateLine(published=published, guessed=guessed) if published else None
    if updated is None and published is not None and _only_date_words(_take_time(last)[0]):
        return DateLine(published=published, guessed=guessed)  # “Updated at 6 pm”
    if updated is None or (published is None and not _only_date_words(first)):
        return None
    return DateLine(
        published=published or updated,
        updated=updated,
        guessed=guessed or updated_guessed,
        only_updated=published is None,
    )


def date_in_name(text: str, today: date) -> date | None:
    """Return the day in an address or a file name, as in ``/2024/11/22/``, ``20241122``, ``2024_11_22``."""
    for pattern in _ADDRESS_DAYS:
        for match in pattern.finditer(text):
            parts = match.groupdict()
            month = _month_named(parts["name"].casefold(), "en") if "name" in parts else int(parts["month"])
            found = _plausible(int(parts["year"]), month, int(parts["day"]), today) if month else None
            if found is not None:
                return found
    return None
