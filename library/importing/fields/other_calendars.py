"""Converts dates of other calendars to Gregorian ones: Minguo, Japanese eras, Solar Hijri (Jalali).

Buddhist years need no table: they are the Gregorian ones plus 543 (``dates.BUDDHIST_ERA``).
"""

from __future__ import annotations

import re
from datetime import date, timedelta

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
