import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.importing.fields.agencies import agency_named
from library.importing.fields.byline import parse_byline, parse_unlabelled_byline, says_by


@pytest.mark.parametrize(
    ("line", "authors", "agency"),
    [
        ("By [Jane Roe for AFP](#)", ["Jane Roe"], "AFP"),
        ("By Jane Roe, AFP", ["Jane Roe"], "AFP"),
        ("By [Jane Roe/AFP](#)", ["Jane Roe"], "AFP"),
        ("By [Jane Roe (Reuters)](#)", ["Jane Roe"], "Reuters"),
        ("By [Jane Roe](#) for AFP", ["Jane Roe"], "AFP"),
        ("**By Jane Roe**", ["Jane Roe"], ""),
        ("By [Jane Roe](#), [John Doe](#)", ["Jane Roe", "John Doe"], ""),
        ("By [Jane Roe and John Doe](#)", ["Jane Roe", "John Doe"], ""),
        ("By [Max Müller und Erika Muster](#)", ["Max Müller", "Erika Muster"], ""),
        ("Par [Jeanne Roe et Jean Doe](#)", ["Jeanne Roe", "Jean Doe"], ""),
        ("Von Max Müller", ["Max Müller"], ""),
        ("By [Le Figaro et AFP](#)", ["Le Figaro et AFP"], "AFP"),
        ("By [Associated Press](#)", ["Associated Press"], "AP"),
        ("By [dpa](#)", ["dpa"], "dpa"),
        ("By [News Desk](#)", ["News Desk"], ""),
        ("By [TPN](#)", ["TPN"], ""),
        ("By [배윤경](#), [이상현](#)", ["배윤경", "이상현"], ""),
        ("By Jane Roe, Staff Writer", ["Jane Roe"], ""),
        ("By [Smith, Jane](#)", ["Smith, Jane"], ""),
        ("By Maria de la Cruz & Jan van der Berg", ["Maria de la Cruz", "Jan van der Berg"], ""),
    ],
)
def test_authors_and_agency_are_distinguished(line, authors, agency):
    byline = parse_byline(line)
    assert byline is not None
    assert (list(byline.authors), byline.agency) == (authors, agency)


@pytest.mark.parametrize(
    "line",
    ["By the time he arrived, it was over", "By Monday 3000 people had come", "By and large, it went well.", "Jane Roe",
     "Von da an ging es bergab", "Par exemple", "By", "Da diese Woche nichts geschah", "By\nJane Roe"],
)  # fmt: skip
def test_a_sentence_is_not_a_byline(line):
    assert parse_byline(line) is None


def test_a_short_agency_name_is_case_sensitive():
    assert agency_named("AP") == "AP" and agency_named("dpa") == "dpa"
    assert not agency_named("ap") and not agency_named("Pa") and not agency_named("beta")
    assert agency_named("the associated press") == "AP"


@given(st.text(max_size=80))
def test_no_line_makes_the_reader_fail(text):
    parse_byline("By [" + text + "](#)")
    parse_byline("By " + text)


@pytest.mark.parametrize(
    ("line", "authors", "agency"),
    [
        (
            "By Jane Roe, Max Mustermann and Ana Ruiz for Reuters",
            ["Jane Roe", "Max Mustermann", "Ana Ruiz"],
            "Reuters",
        ),
        ("By Jane Roe and agencies", ["Jane Roe"], ""),
        ("By Jane Roe and AFP", ["Jane Roe"], "AFP"),
        ("By Jane Roe with AFP", ["Jane Roe"], "AFP"),
        ("By Jane Roe with agencies", ["Jane Roe"], ""),
        ("By Jane Roe in Port Alder", ["Jane Roe"], ""),
        ("By Jane Roe in Port Alder and Max Mustermann in Geneva", ["Jane Roe", "Max Mustermann"], ""),
        (
            "By Jane Roe in Port Alder, Max Mustermann in Geneva and Ana Ruiz",
            ["Jane Roe", "Max Mustermann", "Ana Ruiz"],
            "",
        ),
        ("By Jane Roe, The Alder Gazette", ["Jane Roe"], ""),
        ("By Jane Roe, Alder Gazette", ["Jane Roe"], ""),
        ("By Jane Roe, Port Alder", ["Jane Roe"], ""),
        ("By Jane Roe, London", ["Jane Roe"], ""),
        ("By Jane Roe (Port Alder)", ["Jane Roe"], ""),
        ("By Jane Roe, Staff Writer", ["Jane Roe"], ""),
        ("By Jane Roe, staff writer", ["Jane Roe"], ""),
        ("By Jane Roe, Senior Political Correspondent", ["Jane Roe"], ""),
        ("By Jane Roe, Chief Political Correspondent, Port Alder", ["Jane Roe"], ""),
        ("By Staff Writer Jane Roe", ["Jane Roe"], ""),
        ("By our correspondent Jane Roe", ["Jane Roe"], ""),
        ("By Jane Roe • 5 min read", ["Jane Roe"], ""),
        ("By Jane Roe | 5 min read", ["Jane Roe"], ""),
        ("By Jane Roe · 5 minute read", ["Jane Roe"], ""),
        ("By JANE ROE", ["Jane Roe"], ""),
        ("BY JANE ROE AND MAX MUSTERMANN", ["Jane Roe", "Max Mustermann"], ""),
        ("By JANE ROE, Associated Press", ["Jane Roe"], "AP"),
        ("By Jane Roe | Reuters", ["Jane Roe"], "Reuters"),
        ("By Jane Roe - AFP", ["Jane Roe"], "AFP"),
        ("By Jane Roe – Reuters", ["Jane Roe"], "Reuters"),
        ("By Jane Roe of The Associated Press", ["Jane Roe"], "AP"),
        ("By Jane Roe @janeroe", ["Jane Roe"], ""),
        ("Story by Jane Roe", ["Jane Roe"], ""),
        ("Words by Jane Roe, photographs by Ana Ruiz", ["Jane Roe"], ""),
        ("Text: Jane Roe | Photos: Ana Ruiz", ["Jane Roe"], ""),
        ("Text: Jane Roe, Fotos: Ana Ruiz", ["Jane Roe"], ""),
        ("Text und Fotos: Jane Roe", ["Jane Roe"], ""),
        ("By Jane Roe Photographs by Ana Ruiz", ["Jane Roe"], ""),
        ("Reporting by Jane Roe; editing by Ana Ruiz", ["Jane Roe"], ""),
        ("Reporting by Jane Roe in Port Alder; Editing by Ana Ruiz", ["Jane Roe"], ""),
        ("Written by Jane Roe, Reporter", ["Jane Roe"], ""),
        ("By [Jane Roe](#){.author}", ["Jane Roe"], ""),
        (
            "By [Jane Roe](https://x.org/a), [Max Mustermann](https://x.org/b) and [Ana Ruiz](#)",
            ["Jane Roe", "Max Mustermann", "Ana Ruiz"],
            "",
        ),
        ("By [Jane Roe](#) and Max Mustermann", ["Jane Roe", "Max Mustermann"], ""),
        (
            "By [Jane Roe](#) in Port Alder and [Max Mustermann](#) in Geneva",
            ["Jane Roe", "Max Mustermann"],
            "",
        ),
        ("By [Jane Roe](#), Reuters", ["Jane Roe"], "Reuters"),
        ("By [Jane Roe](#), Staff Writer", ["Jane Roe"], ""),
        ("By [Jane Roe](#) | Photos by [Ana Ruiz](#)", ["Jane Roe"], ""),
        ("By Jane A. Roe", ["Jane A. Roe"], ""),
        ("By J. K. Roe", ["J. K. Roe"], ""),
        ("By Dr Jane Roe", ["Jane Roe"], ""),
        ("By Jane Roe Jr.", ["Jane Roe Jr."], ""),
        ("By Jane Roe, Jr., Reuters", ["Jane Roe Jr."], "Reuters"),
        ("By Conor O'Neill-Smith", ["Conor O'Neill-Smith"], ""),
        ("By Jane Roe & Max Mustermann", ["Jane Roe", "Max Mustermann"], ""),
        ("By Jane Roe; Max Mustermann", ["Jane Roe", "Max Mustermann"], ""),
        ("By Jane Roe/Max Mustermann", ["Jane Roe", "Max Mustermann"], ""),
        ("By Jane Roe, AFP, and Max Mustermann, Reuters", ["Jane Roe", "Max Mustermann"], "AFP"),
        ("Von Jane Roe und Max Mustermann, dpa", ["Jane Roe", "Max Mustermann"], "dpa"),
        ("Von Jane Roe, Berlin", ["Jane Roe"], ""),
        ("Von Jane Roe (dpa)", ["Jane Roe"], "dpa"),
        ("Ein Kommentar von Jane Roe", ["Jane Roe"], ""),
        ("Eine Analyse von Jane Roe, Brüssel", ["Jane Roe"], ""),
        ("Autorin: Jane Roe", ["Jane Roe"], ""),
        ("Par Jane Roe (avec AFP)", ["Jane Roe"], "AFP"),
        ("Par Jane Roe avec AFP", ["Jane Roe"], "AFP"),
        ("Par Jane Roe, à Genève", ["Jane Roe"], ""),
        ("Par Jane Roe, envoyée spéciale à Genève", ["Jane Roe"], ""),
        ("Propos recueillis par Jane Roe", ["Jane Roe"], ""),
        ("Por Jane Roe y Max Mustermann", ["Jane Roe", "Max Mustermann"], ""),
        ("Por Jane Roe, corresponsal en París", ["Jane Roe"], ""),
        ("Por Jane Roe / EFE", ["Jane Roe"], "EFE"),
        ("di Jane Roe", ["Jane Roe"], ""),
        ("a cura di Jane Roe", ["Jane Roe"], ""),
        ("Door Jane Roe en Max Mustermann", ["Jane Roe", "Max Mustermann"], ""),
        ("Av Jane Roe och Max Mustermann", ["Jane Roe", "Max Mustermann"], ""),
        ("Af Jane Roe, Ritzau", ["Jane Roe"], "Ritzau"),
        ("Tekst: Jane Roe. Foto: Ana Ruiz", ["Jane Roe"], ""),
        ("Autor: Jane Roe, PAP", ["Jane Roe"], "PAP"),
        ("Автор: Иван Петров", ["Иван Петров"], ""),
        ("Текст: Иван Петров, Анна Иванова", ["Иван Петров", "Анна Иванова"], ""),
        ("記者 山田太郎", ["山田太郎"], ""),
        ("文・山田太郎", ["山田太郎"], ""),
        ("김철수 기자", ["김철수"], ""),
        ("记者 王小明", ["王小明"], ""),
        ("作者：王小明", ["王小明"], ""),
        ("By Reuters", ["Reuters"], "Reuters"),
        ("By Reuters Staff", ["Reuters Staff"], "Reuters"),
        ("By staff and agencies", ["staff and agencies"], ""),
        ("By our staff reporter", ["our staff reporter"], ""),
        ("By The Alder Gazette", ["The Alder Gazette"], ""),
        ("By News Desk", ["News Desk"], ""),
        ("Author: Jane Roe", ["Jane Roe"], ""),
        ("Authors: Jane Roe, Max Mustermann", ["Jane Roe", "Max Mustermann"], ""),
        ("By: Jane Roe", ["Jane Roe"], ""),
        ("By Jane Roe.", ["Jane Roe"], ""),
        ("Posted by Jane Roe", ["Jane Roe"], ""),
        ("By Jane Roe for The Alder Gazette", ["Jane Roe"], ""),
        ("By Jane Roe, Special to The Alder Gazette", ["Jane Roe"], ""),
        ("By Jane Roe, CNN", ["Jane Roe"], ""),
        ("By Jane Roe, BBC News, Geneva", ["Jane Roe"], ""),
        ("By Jane Roe and Max Mustermann, CNN", ["Jane Roe", "Max Mustermann"], ""),
        ("By Jane Roe Staff Writer", ["Jane Roe"], ""),
        ("By Jane Roe BBC News", ["Jane Roe"], ""),
    ],
)
def test_places_offices_papers_and_other_people_beside_the_names_are_left_out(line, authors, agency):
    byline = parse_byline(line)
    assert byline is not None
    assert (list(byline.authors), byline.agency) == (authors, agency)


@pytest.mark.parametrize(
    ("line", "authors", "agency"),
    [
        ("[Jane Roe](https://news.example.org/a)", ["Jane Roe"], ""),
        ("JANE ROE", ["Jane Roe"], ""),
        ("Jane Roe", ["Jane Roe"], ""),
        ("Jane Roe and Max Mustermann", ["Jane Roe", "Max Mustermann"], ""),
        ("Jane Roe, Reuters", ["Jane Roe"], "Reuters"),
        ("Jane Roe | AFP", ["Jane Roe"], "AFP"),
        ("Jane Roe, Staff Writer", ["Jane Roe"], ""),
        ("Jane Roe in Port Alder", ["Jane Roe"], ""),
        ("Jane Roe, Port Alder", ["Jane Roe"], ""),
        ("Reuters", ["Reuters"], "Reuters"),
        ("Jane Roe (Geneva)", ["Jane Roe"], ""),
        ("JANE ROE, MAX MUSTERMANN", ["Jane Roe", "Max Mustermann"], ""),
        ("Jane Roe • 4 min read", ["Jane Roe"], ""),
        ("Staff Writer Jane Roe", ["Jane Roe"], ""),
    ],
)
def test_names_alone_are_read_where_a_byline_is_expected(line, authors, agency):
    byline = parse_unlabelled_byline(line)
    assert byline is not None
    assert (list(byline.authors), byline.agency) == (authors, agency)
    assert parse_byline(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "Middle East",
        "Dockers stay out for a third week",
        "An empty quay.",
        "World News",
        "What we know",
        "Port Alder?",
        "",
        "**",
    ],
)
def test_other_lines_are_not_names(line):
    assert parse_unlabelled_byline(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "Von da an ging es bergab",
        "Par exemple",
        "Por favor",
        "Di notte",
        "Words fail us",
        "Text messages show panic",
        "Report says Harbour Closed",
        "Story of a Strike",
        "By tomorrow",
        "By train to Port Alder",
        "By December it was over",
        "By air, sea and land",
        "By contrast, Port Alder stayed calm",
    ],
)
def test_more_sentences_are_not_bylines(line):
    assert parse_byline(line) is None


def test_a_label_that_only_bylines_have_is_recognised_alone():
    assert says_by("By somebody whom nobody knows") and says_by("Story by x")
    assert not says_by("Von da an ging es bergab")
