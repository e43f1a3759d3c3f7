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
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files

from library.importing.fields.other_calendars import in_gregorian
from library.importing.fields.times import take_time
from library.importing.word_sets import word_set
from library.models import Published

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
    rest, clock = take_time(text)
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
    if updated is None and published is not None and _only_date_words(take_time(last)[0]):
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
