"""What a query can go on with: fields, values and their counts, and which part of the text each replaces."""

from __future__ import annotations

import pytest
from fakes import markdown
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from library import Completion, Library, QueryError
from library.query.completion import FIELD_HELP
from library.query.terms import FIELDS
from library.query.unfinished import slot_at


def offered(library: Library, text: str) -> list[Completion]:
    """The completions at ``|`` in ``text``, or at its end."""
    before, _, after = text.partition("|")
    return library.search.completions(before + after, len(before))


def texts(library: Library, text: str) -> list[str]:
    return [one.text for one in offered(library, text)]


def counts(library: Library, text: str) -> dict[str, int | None]:
    return {one.text: one.count for one in offered(library, text)}


def taken(library: Library, text: str, chosen: str) -> str:
    """``text`` once the completion ``chosen`` has been taken."""
    whole = text.replace("|", "")
    one = next(one for one in offered(library, text) if one.text == chosen)
    return whole[: one.start] + one.text + whole[one.end :]


def test_every_field_has_a_help_text():
    assert sorted(FIELD_HELP) == sorted(FIELDS)
    assert all(help_.endswith(".") for help_ in FIELD_HELP.values())


def test_an_empty_query_offers_the_fields_with_their_help_texts(seeded: Library):
    for text in ("", "oil ", "(", "oil | storm"):
        assert texts(seeded, text) == [f"{name}:" for name in FIELD_HELP]
    assert offered(seeded, "")[0].help.startswith("A tag.")


@pytest.mark.parametrize(
    ("text", "chosen", "result"),
    [
        ("so|", "sort:", "sort:"),
        ("oil ti|", "title:", "oil title:"),
        ("-ti|", "title:", "-title:"),
        ("(ti|) oil", "title:", "(title:) oil"),
        ("t|g:eu", "tag:", "tag:eu"),
        ("tga|:eu oil", "tag:", "tag:eu oil"),
        ("tag:harb|", "Harbour", "tag:Harbour"),
        ("tag:ha|rb storm", "Harbour", "tag:Harbour storm"),
        ("#ha|", "Harbour", "#Harbour"),
        ("-tag:x,ha|", "Harbour", "-tag:x,Harbour"),
        ("tag:ha|,x", "Harbour", "tag:Harbour,x"),
        ('source:"exam|', '"Example News"', 'source:"Example News"'),
        ('source:"exam| oil" (', '"Example News"', 'source:"Example News" ('),
        ("source:new|", '"Example News"', 'source:"Example News"'),
        ("harb|", "tag:Harbour", "tag:Harbour"),
        ("date:la|", '"last week"', 'date:"last week"'),
        ("date:>=2|", ">=2021", "date:>=2021"),
        ("date:>=la|", '">=last week"', 'date:">=last week"'),
        ("date:2020..2021|", "2020..2021", "date:2020..2021"),
        ("date:2020..20|", "2020..2021", "date:2020..2021"),
        ("date:2021-|", "2021-03", "date:2021-03"),
        ("date:2021-03-0|", "2021-03-04", "date:2021-03-04"),
        ("sort:-ti|", "-title", "sort:-title"),
        ("is:un|", "unread", "is:unread"),
        ("words:>|", ">1000", "words:>1000"),
        ("language:|", "ru", "language:ru"),
        ("author:r|", '"Jane Roe"', 'author:"Jane Roe"'),
    ],
)
def test_an_accepted_completion_replaces_the_typed_text(seeded: Library, text: str, chosen: str, result: str):
    assert taken(seeded, text, chosen) == result


def test_values_are_counted_in_the_results_of_the_rest_of_the_query(seeded: Library):
    assert counts(seeded, "tag:harb") == {"Harbour": 2}
    assert counts(seeded, "date:2021-03-04 tag:")["energy"] == 1
    assert "city" not in counts(seeded, "date:2021-03-04 tag:")
    assert counts(seeded, "tag:harb| author:roe") == {"harbour": 1}
    assert counts(seeded, "(author:roe tag:harb") == {"harbour": 1}
    assert counts(seeded, "author:roe sort:title limit:0 tag:harb") == {"harbour": 1}
    assert counts(seeded, "tag:craft OR tag:harb") == {"Harbour": 2}
    assert counts(seeded, "source:") == {
        '"Example News"': 1, "city.example.org": 1, "craft.example.org": 1, "markets.example.org": 1, "news.example.org": 1,
    }  # fmt: skip


def test_tags_are_offered_by_count_then_families_then_none(seeded: Library):
    assert texts(seeded, "tag:")[0] == "Harbour"
    assert texts(seeded, "tag:")[-2:] == ["world/*", "none"]
    assert counts(seeded, "tag:wo") == {"world": 1, "world/europe": 1, "world/*": 2}
    assert texts(seeded, "tag:world/") == ["world/*", "world/europe"]


def test_states_and_things_are_counted(seeded: Library):
    seeded.articles.mark_read(seeded.search.ids("oil"))
    seeded.articles.trash(seeded.search.ids("pottery"))
    seeded.note(seeded.search.ids("storm")[0], "x")
    assert counts(seeded, "is:") == {
        "unread": 3, "read": 1, "started": 0, "bookmarked": 0, "trashed": 1, "orphaned": 0, "doubtful": 4,
    }  # fmt: skip
    assert counts(seeded, "title:oil is:read") == {"read": 1}
    assert counts(seeded, "title:pottery is:t") == {"trashed": 1}
    assert counts(seeded, "has:") == {"note": 1, "highlight": 0, "bookmark": 0, "image": 0}


def test_days_are_counted_as_the_query_would_find_them(seeded: Library):
    for text, count in counts(seeded, "date:").items():
        assert count == len(seeded.search.ids(f"date:{text}")), text
    assert counts(seeded, "date:20") == {"2021": 4}
    assert counts(seeded, "tag:harbour date:2021-03-0") == {"2021-03-04": 2}
    assert counts(seeded, "added:today") == {"today": None}


def test_saved_searches_are_offered_with_their_queries(seeded: Library):
    seeded.searches.save("Port, all", "tag:harbour")
    (one,) = offered(seeded, "saved:po")
    assert (one.text, one.help) == ('"Port, all"', "tag:harbour")
    assert texts(seeded, "port")[0] == 'saved:"Port, all"'


def test_words_and_closed_quotes_are_not_completed(seeded: Library):
    assert texts(seeded, "title:ha") == []
    assert texts(seeded, '"har') == []
    assert texts(seeded, 'tag:"harbour"') == []
    assert texts(seeded, "xyz:") == []
    near = 'title:"oil day"~5'
    assert slot_at(near, len(near)) is None


def test_counts_follow_changes(seeded: Library):
    assert counts(seeded, "author:") == {'"Jane Roe"': 1}
    seeded.importing.add_bytes(
        "x.md", markdown("More", "Some more of it.", author="Ann Roe", tags="[harbour]")
    )
    assert counts(seeded, "author:roe") == {'"Ann Roe"': 1, '"Jane Roe"': 1}
    assert counts(seeded, "tag:harb") == {"harbour": 3}
    seeded.articles.trash(seeded.search.ids("title:more"))
    assert counts(seeded, "author:roe") == {'"Jane Roe"': 1}


pieces = st.sampled_from(
    ["tag:", "#", "-", "(", ")", '"', "OR", " ", "date:", "..", ">=", "words:", "sort:", "limit:", "is:", "saved:",
     ",", "*", "~", "none", "2021-0", "har", "x:", "ł", "中", "a"]
)  # fmt: skip


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(pieces, max_size=8).map("".join) | st.text(max_size=12), st.data())
def test_completions_fit_at_any_place_of_any_text(seeded: Library, text: str, data: st.DataObject):
    caret = data.draw(st.integers(0, len(text)))
    slot = slot_at(text, caret)
    assert slot is None or slot.term[0] <= slot.start <= caret <= slot.end <= slot.term[1]
    for one in seeded.search.completions(text, caret):
        assert 0 <= one.start <= caret <= one.end <= len(text)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["", "oil ", "(oil OR storm) ", "-"]),
    st.sampled_from(FIELDS),
    st.sampled_from(["", "a", "h", "2", "-", "t"]),
)
def test_completions_after_a_field_make_a_valid_query(seeded: Library, before: str, field: str, typed: str):
    text = f"{before}{field}:{typed}"
    for one in seeded.search.completions(text, len(text)):
        try:
            seeded.search.parse(text[: one.start] + one.text + text[one.end :])
        except QueryError as error:
            assert "cannot be excluded" in str(error)
