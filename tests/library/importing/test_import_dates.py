from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.importing.fields.dates import DateHints, date_in_name, read_date_line

TODAY = date(2026, 11, 22)
FIFTH_OF_JUNE = date(2025, 6, 5)

DATE_LINES = """
en|Thursday, June 5, 2025
en|5 June 2025
en|Jun. 5, 2025, 2:30 p.m. ET
en|June 5th, 2025
en|**June 5, 2025**
en|Published 5 June 2025
en|Last updated: 5 June 2025
de|Donnerstag, 5. Juni 2025
de|am 5. Juni 2025 um 14:30 Uhr
de|Stand: 05.06.2025, 14.30 Uhr
fr|jeudi 5 juin 2025
fr|Publié le 5 juin 2025 à 14h30
es|jueves, 5 de junio de 2025
es|5 jun 2025
it|giovedì 5 giugno 2025
pt|quinta-feira, 5 de junho de 2025
pt|5 de jun. de 2025
nl|donderdag 5 juni 2025
sv|torsdag 5 juni 2025
da|torsdag den 5. juni 2025
no|5. juni 2025
fi|torstai 5. kesäkuuta 2025
et|5. juuni 2025
lv|2025. gada 5. jūnijs
lt|2025 m. birželio 5 d.
pl|czwartek, 5 czerwca 2025
cs|čtvrtek 5. června 2025
sk|5. júna 2025
sl|5. junij 2025
hr|5. lipnja 2025.
sr|5. јун 2025.
bg|5 юни 2025 г.
mk|5 јуни 2025
ru|четверг, 5 июня 2025 г.
uk|5 червня 2025 р.
be|5 чэрвеня 2025 г.
ro|5 iunie 2025
hu|2025. június 5., csütörtök
el|Πέμπτη 5 Ιουνίου 2025
tr|5 Haziran 2025 Perşembe
az|5 iyun 2025
sq|5 qershor 2025
ga|5 Meitheamh 2025
cy|5 Mehefin 2025
eu|2025(e)ko ekainaren 5(a)
ca|5 de juny del 2025
gl|5 de xuño de 2025
is|5. júní 2025
af|5 Junie 2025
id|Kamis, 05 Juni 2025
fil|Hunyo 5, 2025
vi|Thứ Năm, 5 tháng 6, 2025
vi|ngày 5 tháng 6 năm 2025
th|วันพฤหัสบดีที่ 5 มิถุนายน พ.ศ. 2568
hi|गुरुवार, 5 जून 2025
ne|५ जुन २०२५
bn|৫ জুন, ২০২৫
ta|5 ஜூன், 2025
ur|5 جون، 2025
fa|۵ ژوئن ۲۰۲۵
ar|الخميس، 5 يونيو 2025
ar|٥ يونيو ٢٠٢٥
he|יום חמישי, 5 ביוני 2025
am|5 ጁን 2025
ka|5 ივნისი, 2025
hy|5 հունիսի, 2025 թ.
mt|5 ta’ Ġunju 2025
kk|2025 ж. 5 маусым
my|၅ ဇွန် ၂၀၂၅
zh|2025年6月5日 星期四
ja|2025年6月5日（木）
ja|2025年6月5日 14時30分
ko|2025년 6월 5일
ko|입력 2025-06-05 14:30
ko|2025.06.05 오후 2:30
|2025-06-05
|05.06.25
""".strip().splitlines()

TRAPS = """
March on Washington
9/11
Part 3
Boeing 737
Q3 2020
EPA / Jane Roe / TASS
By April Summers
May
August 2020
The year 2020
1984
2001: A Space Odyssey
Euro 2024
COP26
G20
24/7
50/50
Covid-19
Apollo 11
Windows 11
Catch-22
Article 5
3-2-1
4-3-3
10 Downing Street
5 June
Sunday
Monday, 8 pm
14.30 Uhr
Version 2.10.2020b
March 5, 2020 rally in Minsk
On 5 June 2025 the council met
From 5 June 2025 to 7 June 2025
5 June 2025 – 7 June 2025
3 January 2020 and 4 January 2020
31 February 2020
5 June 1903
5 June 2031
32.13.2020
2020/13/45
Chapter 12, page 2020
Isaiah 40:31
12-12-12
1-800-555-2020
Mars 2020
Sept. 11
Black Friday 2023
192.168.2020.1
2.0.1
30.000.000
Le 14 juillet
2 hours ago
vor 3 Stunden
6月5日
2025年
10. Mai-Feier 2020
""".strip().splitlines()


def hints(language="", **said):
    return DateHints(today=TODAY, language=language, **said)


def day(value):
    return value.date() if isinstance(value, datetime) else value


@pytest.mark.parametrize("line", DATE_LINES)
def test_a_date_line_in_any_language_is_read(line):
    language, _, text = line.partition("|")
    found = read_date_line(text, hints(language))
    assert found is not None and day(found.published) == FIFTH_OF_JUNE and not found.guessed


@pytest.mark.parametrize("language", ["", "en", "de"])
@pytest.mark.parametrize("line", TRAPS)
def test_a_line_that_only_looks_like_a_date_is_not_read_as_one(line, language):
    assert read_date_line(line, hints(language)) is None


def test_a_time_is_read_only_with_its_zone():
    assert read_date_line("5 June 2025, 14:30", hints("en")).published == FIFTH_OF_JUNE
    at_noon = datetime(2025, 6, 5, 12, 0, tzinfo=UTC)
    for line in ("5 June 2025, 12:00 GMT", "2025-06-05T14:00:00+02:00", "Thu, 05 Jun 2025 08:00:00 -0400",
                 "5. Juni 2025, 14.00 Uhr (MESZ)", "5 June 2025 at 5:30 pm (UTC+5:30)"):  # fmt: skip
        assert read_date_line(line, hints("en")).published == at_noon


def test_the_offset_of_a_named_zone_is_kept():
    found = read_date_line("March 3, 2021 at 4:15 PM EST", hints("en")).published
    assert found == datetime(2021, 3, 3, 16, 15, tzinfo=timezone(timedelta(hours=-5)))


def test_an_ambiguous_month_name_is_read_in_the_given_language():
    assert read_date_line("6. listopadu 2025", hints("cs")).published == date(2025, 11, 6)
    assert read_date_line("5 listopada 2025", hints("pl")).published == date(2025, 11, 5)
    assert read_date_line("5. listopada 2025.", hints("hr")).published == date(2025, 10, 5)


def test_ambiguous_day_and_month_are_resolved_by_the_address_or_guessed():
    line = "03/04/2020"
    settled = read_date_line(line, hints("fr", address_day=date(2020, 3, 4)))
    assert (settled.published, settled.guessed) == (date(2020, 3, 4), False)
    american = read_date_line(line, hints("en", host="news.example.com"))
    assert (american.published, american.guessed) == (date(2020, 3, 4), True)
    british = read_date_line(line, hints("en", host="news.example.co.uk"))
    assert (british.published, british.guessed) == (date(2020, 4, 3), True)
    assert not read_date_line("13/04/2020", hints("en", host="a.com")).guessed


def test_published_and_updated_on_one_line_are_distinguished():
    found = read_date_line("Published 3 May 2021 | Updated: 4 May 2021, 10:30", hints("en"))
    assert (found.published, found.updated) == (date(2021, 5, 3), date(2021, 5, 4))


@pytest.mark.parametrize(
    "text",
    ["https://a.example/2024/11/22/x", "https://a.example/x-20241122", "https://a.example/2024/nov/22/x",
     "at-DiePresse_2024_11_22.md", "2024-11-22-x.md", "https://a.example/x-20241122145127-nts.html"],
)  # fmt: skip
def test_the_day_in_an_address_or_a_file_name_is_found(text):
    assert date_in_name(text, TODAY) == date(2024, 11, 22)


@pytest.mark.parametrize(
    "text", ["https://a.example/123456789012", "/2031/01/01/", "/1912/04/15/", "article-99999999", ""]
)
def test_other_numbers_in_an_address_are_not_a_date(text):
    assert date_in_name(text, TODAY) is None


@given(st.dates(min_value=date(1980, 1, 1), max_value=TODAY))
def test_every_iso_day_is_read_as_itself(moment):
    assert read_date_line(moment.isoformat(), hints()).published == moment
    assert read_date_line(f"{moment:%B} {moment.day}, {moment.year}", hints("en")).published == moment


@given(st.text(max_size=100))
def test_no_line_makes_the_reader_fail(text):
    read_date_line(text, hints())


MORE_DATE_LINES = """
en|Published 4 March 2021 07.15
fr|4 mars 2021 à 17 h 45
fr|4 mars 2021 à 17h
en|4 March 2021 12.30 (MSK)
ru|4 марта 2021 г., 17:45 МСК
en|Published: 4 Mar 2021, 07:15 GMT
en|Thu 4 Mar 2021 07.15 GMT
en|First published on Thu 4 Mar 2021 07.15 EST
en|Published March 4, 2021 5:45pm EST
en|March 4, 2021 at 5:45 p.m. EST
en|Mar 4, 2021, 5:45 PM IST
en|4 MARCH 2021 • 5:45PM
en|4 March 2021 - 17:45
en|March 4, 2021 17:45
en|2021-03-04 17:45
en|2021-03-04 17:45:00 UTC
en|2021-03-04T17:45Z
de|Stand: 04.03.2021 17:45 Uhr
de|Veröffentlicht am 4. März 2021 um 17.45 Uhr
de|4.3.2021
es|4 de marzo de 2021 17:45 h
es|Publicado el 4 de marzo de 2021 a las 17:45
es|04/03/2021 a las 17:45h. Actualizado a las 18:10h
it|4 marzo 2021 alle 17:45
pt|4 de março de 2021 às 17:45
ja|公開日時：2021年3月4日 17:45
nl|Gepubliceerd op 4 maart 2021 om 17:45
sv|Publicerad 4 mars 2021 kl. 17.45
da|Offentliggjort 4. marts 2021 kl. 17:45
fi|4.3.2021 klo 17.45
pl|Opublikowano: 4 marca 2021, 17:45
cs|4. března 2021 v 17:45
hu|2021. március 4. 17:45
en|Last Updated : 04 Mar 2021 05:45 PM IST
en|Thursday, March 4th, 2021
en|Posted on March 4, 2021
en|Posted Mar 4, 2021 at 5:45 am
en|Date: 4 March 2021
en|March 4 2021 5.45pm
en|March 4, 2021, 5:45 p.m.
en|March 4, 2021 12:01 AM ET
en|Mar 4, 2021 - 17:45
en|(March 4, 2021)
en|[4 March 2021]
en|4th March, 2021
en|the 4th of March 2021
en|04-Mar-2021
en|4/Mar/2021
en|Mar. 04, 2021
en|Created: 4 March 2021
en|4 March 2021 17:45 local time
en|Updated 5:45 PM EST, Thu March 4, 2021
en|Published 5:45 PM EST March 4, 2021
en|Published at 17:45 on 4 March 2021
uk|4 березня 2021, 17:45
el|4 Μαρτίου 2021, 17:45
ar|4 مارس 2021
he|4 במרץ 2021, 17:45
ro|4 martie 2021, ora 17:45
bg|4 март 2021, 17:45
vi|04/03/2021 17:45
id|Kamis, 4 Maret 2021 17:45 WIB
en|Thursday 4 March 2021 17.45 GMT
""".strip().splitlines()

LINES_OF_TWO_DATES = """
en|Published 4 March 2021 07.15 | Last modified 5 March 2021 10.00
en|Issued on: 04/03/2021 - 17:45 Modified: 05/03/2021 - 09:10
de|04.03.2021, 17:45 Uhr, aktualisiert: 05.03.2021, 09:10 Uhr
fr|Publié le jeudi 4 mars 2021 à 17h45, mis à jour le 5 mars 2021 à 09h10
fr|Publié le 04/03/2021 à 17h45 Mis à jour le 05/03/2021 à 09h10
es|Publicado: 04 mar 2021 17:45. Última actualización: 05 mar 2021 09:10
it|Pubblicato il 4 marzo 2021, aggiornato il 5 marzo 2021
pt|04/03/2021 17h45 Atualizado 05/03/2021 09h10
ko|입력 2021.03.04 17:45 | 수정 2021.03.05 09:10
ja|2021年3月4日 17時45分 更新 2021年3月5日 9時10分
nl|4 maart 2021, 17:45 • Bijgewerkt 5 maart 2021
sv|Uppdaterad 5 mars 2021, Publicerad 4 mars 2021
pl|4 marca 2021, 17:45; aktualizacja: 5 marca 2021
tr|4 Mart 2021 17:45 Güncelleme: 5 Mart 2021 09:10
en|Updated 5 March 2021, first published 4 March 2021
en|Updated: 5 March 2021; Published: 4 March 2021
en|Posted: Mar 04, 2021 5:45 PM ET | Last Updated: March 5, 2021
en|Published 4 March 2021, 17:45 (Updated 5 March 2021)
en|March 4, 2021 | Updated: March 5, 2021 9:10 a.m.
""".strip().splitlines()

FOURTH_OF_MARCH = date(2021, 3, 4)


@pytest.mark.parametrize("line", MORE_DATE_LINES)
def test_labels_times_and_marks_around_a_date_are_read(line):
    language, _, text = line.partition("|")
    found = read_date_line(text, hints(language, address_day=FOURTH_OF_MARCH))
    assert found is not None
    assert (day(found.published), found.guessed) == (FOURTH_OF_MARCH, False)


@pytest.mark.parametrize("line", LINES_OF_TWO_DATES)
def test_the_day_of_a_change_is_distinguished_from_the_day_of_publication(line):
    language, _, text = line.partition("|")
    found = read_date_line(text, hints(language, address_day=FOURTH_OF_MARCH))
    assert found is not None
    assert (day(found.published), day(found.updated)) == (FOURTH_OF_MARCH, date(2021, 3, 5))
    assert not found.only_updated


def test_a_line_with_only_the_date_of_a_change_gives_no_publication_date():
    found = read_date_line("Updated: 5 March 2021, 10:00 GMT", hints("en"))
    assert found is not None and found.only_updated and day(found.updated) == date(2021, 3, 5)
