import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.importing.agencies import agency_named
from library.importing.byline import parse_byline


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
def test_authors_and_agency_are_told_apart(line, authors, agency):
    byline = parse_byline(line)
    assert byline is not None
    assert (list(byline.authors), byline.agency) == (authors, agency)


@pytest.mark.parametrize(
    "line",
    ["By the time he arrived, it was over", "By Monday 3000 people had come", "By and large, it went well.", "Jane Roe",
     "Von da an ging es bergab", "Par exemple", "By", "Da diese Woche nichts geschah", "By\nJane Roe"],
)  # fmt: skip
def test_a_sentence_is_no_byline(line):
    assert parse_byline(line) is None


def test_a_short_agency_name_counts_only_as_it_is_written():
    assert agency_named("AP") == "AP" and agency_named("dpa") == "dpa"
    assert not agency_named("ap") and not agency_named("Pa") and not agency_named("beta")
    assert agency_named("the associated press") == "AP"


@given(st.text(max_size=80))
def test_no_line_makes_the_reader_fail(text):
    parse_byline("By [" + text + "](#)")
    parse_byline("By " + text)
