"""What queries find, and in which order; against a slow and obvious reading of the language."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from fakes import BERLIN, NOW, FakeCorpus, article_document
from hypothesis import given, settings
from hypothesis import strategies as st

from library import Library
from library.query import parse_query
from library.search.plan import find
from library.search.service import find_annotations

TODAY = date(2026, 11, 22)


def titles(library: Library, query: str) -> list[str]:
    return [article.title.split()[0] for article in library.select(query)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Storm", "Oil", "Harbour", "Совет", "Pottery"]),
        ("workers", ["Harbour"]),
        ("harbour", ["Harbour"]),
        ("HARBOUR voted", ["Harbour"]),
        ('"price war"', ["Oil"]),
        ('"war price"', []),
        ("cease", ["Oil"]),
        ('"cease fire"', ["Oil"]),
        ("cease-fire", ["Oil"]),
        ("tra*", ["Oil", "Совет"]),
        ("трамвай", ["Совет"]),
        ("ТРАМВАИ", ["Совет"]),
        ("zołć", ["Совет"]),
        ("angstrom", ["Совет"]),
        ("title:oil", ["Oil"]),
        ("text:oil", []),
        ("author:roe", ["Harbour"]),
        ('author:"jane roe"', ["Harbour"]),
        ('source:"example news"', ["Harbour"]),
        ("url:news.example.org", ["Storm", "Harbour"]),
        ("language:ru", ["Совет"]),
        ("tag:harbour", ["Storm", "Harbour"]),
        ("#HARBOUR", ["Storm", "Harbour"]),
        ("tag:world", ["Совет"]),
        ("tag:world/*", ["Oil", "Совет"]),
        ("tag:harbour,craft", ["Storm", "Harbour", "Pottery"]),
        ("-tag:harbour", ["Oil", "Совет", "Pottery"]),
        ("tag:none", []),
        ("date:2021-03-04", ["Storm", "Oil", "Harbour"]),
        ("date:2021-03-03", ["Совет"]),
        ("date:none", ["Pottery"]),
        ("-date:none tag:harbour", ["Storm", "Harbour"]),
        ("date:..2021-03-03", ["Совет"]),
        ("added:today", ["Storm", "Oil", "Harbour", "Совет", "Pottery"]),
        ("added:yesterday", []),
        ("opened:none limit:2", ["Storm", "Oil"]),
        ("oil OR pottery", ["Oil", "Pottery"]),
        ("(oil OR storm) -tag:harbour", ["Oil"]),
        ("is:unread limit:1", ["Storm"]),
        ("sort:title limit:2", ["Harbour", "Oil"]),
        ("tag:harbour sort:date", ["Harbour", "Storm"]),
        ("sort:added", ["Harbour", "Oil", "Совет", "Pottery", "Storm"]),
        ("limit:0", []),
    ],
)
def test_a_query_finds(seeded: Library, query: str, found: list[str]):
    assert titles(seeded, query) == found


def test_the_newest_comes_first_and_undated_articles_last(seeded: Library):
    assert titles(seeded, "")[-2:] == ["Совет", "Pottery"]
    assert titles(seeded, "sort:date")[:2] == ["Pottery", "Совет"]


def test_articles_are_found_by_state_and_contents(seeded: Library):
    strike, oil, *_ = seeded.search.ids("strike OR oil sort:title")
    seeded.bookmark([strike])
    seeded.articles.mark_read([oil])
    seeded.note(strike, "Ask the operator.")
    seeded.highlight(oil, "price war")
    assert titles(seeded, "is:bookmarked") == ["Harbour"]
    assert titles(seeded, "is:read") == ["Oil"]
    assert len(titles(seeded, "is:unread")) == 4
    assert (
        titles(seeded, "has:note")
        == titles(seeded, "operator")
        == titles(seeded, "note:operator")
        == ["Harbour"]
    )
    assert titles(seeded, "has:highlight") == titles(seeded, "quote:war") == ["Oil"]
    assert sorted(titles(seeded, "noted:today")) == ["Harbour", "Oil"]
    assert titles(seeded, "noted:today sort:-noted") == ["Oil", "Harbour"]


def test_the_trash_is_searched_only_on_request(seeded: Library):
    seeded.articles.trash(seeded.search.ids("tag:harbour"))
    assert sorted(titles(seeded, "")) == ["Oil", "Pottery", "Совет"]
    assert titles(seeded, "storm") == []
    assert titles(seeded, "is:trashed storm") == ["Storm"]
    assert sorted(titles(seeded, "is:trashed OR oil")) == ["Harbour", "Oil", "Storm"]
    assert sorted(titles(seeded, "-is:trashed")) == ["Oil", "Pottery", "Совет"]
    assert [note.body for note in seeded.annotations.select()] == []


def test_annotations_are_found_by_kind_and_by_article(seeded: Library):
    strike, oil = seeded.search.ids("strike OR oil sort:title")
    seeded.note(strike, "First words.")
    seeded.note(strike, "Second thoughts.", quote="another week")
    seeded.highlight(oil, "price war")

    def bodies(query: str) -> list[str]:
        return [
            one.body or f"“{one.quote.exact}”"
            for one in seeded.annotations.select(query)
            if one.body or one.quote
        ]

    assert bodies("") == ["“price war”", "Second thoughts.", "First words."]
    assert bodies("tag:harbour") == ["Second thoughts.", "First words."]
    assert bodies("note:thoughts") == bodies("quote:week") == ["Second thoughts."]
    assert bodies("has:highlight") == ["“price war”"]
    assert bodies("limit:1") == ["“price war”"]
    seeded.articles.trash([oil])
    assert bodies("") == ["Second thoughts.", "First words."]
    assert bodies("is:trashed") == ["“price war”"]


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("snake_case here", "snake_case", True),
        ("snake_case here", "snake", True),
        ("port", "por", False),
        ("airport", "port", False),
        ("portal", "port*", True),
        ("AT&T said", "at&t", True),
        ("the union’s offer", "union's", True),
        ("港口罢工进入", "罢工", True),
        ("港口罢工进入", "工罢", False),
        ("한국에서", "한국", True),
        ("هاتف محمول", "محمول", True),
        ("مُحَمَّد", "محمد", True),
        ("हिन्दी समाचार", "हिन्दी", True),
        ("हिन्दी समाचार", "हिन्द", False),
        ("हिन्दी समाचार", "हनद", False),
        ("ภาษาไทย", "ไทย", True),
        ("100 % sure", '"%"', True),
        ("3.14", "3.14", True),
        ("C'est déjà l’été", "ete", True),
    ],
)
def test_words_are_found_in_any_script(text: str, query: str, found: bool):
    corpus = FakeCorpus({"a": article_document(text="a.md")}, {"a.md": text})
    assert find(parse_query(query, TODAY), corpus, corpus.index()) == (["a"] if found else [])


def test_a_phrase_does_not_span_two_notes():
    notes = {
        "1": {
            "article": "a",
            "kind": "note",
            "body": "We ask for a cease",
            "quote": None,
            "created": NOW.isoformat(),
        },
        "2": {
            "article": "a",
            "kind": "note",
            "body": "fire at once",
            "quote": {"exact": "cold"},
            "created": NOW.isoformat(),
        },
    }
    corpus = FakeCorpus({"a": article_document()}, {}, notes)
    for query, found in (
        ('"cease fire"', []),
        ('note:"cease fire"', []),
        ('"once cold"', []),
        ('"a cease"', ["a"]),
    ):
        assert find(parse_query(query, TODAY), corpus, corpus.index()) == found


def test_texts_are_read_only_if_nothing_cheaper_excludes_the_article():
    documents = {
        str(n): article_document(text=f"{n}.md", tags=["x"] if n == 7 else [], title=f"t{n}")
        for n in range(20)
    }
    corpus = FakeCorpus(documents, {f"{n}.md": "word" for n in range(20)})
    assert find(parse_query("word tag:x", TODAY), corpus, corpus.index()) == ["7"]
    assert corpus.read == ["7.md"]


def test_a_second_order_decides_between_articles_of_one_day():
    documents = {
        "b": article_document(title="B", published="2026-01-02T09:00:00+00:00"),
        "a": article_document(title="A", published="2026-01-02T08:00:00+00:00"),
        "c": article_document(title="C", published="2026-01-02T07:00:00+00:00"),
        "old": article_document(title="0", published="2025-01-02"),
    }
    corpus = FakeCorpus(documents)
    assert find(parse_query("sort:-date,title", TODAY), corpus, corpus.index()) == ["a", "b", "c", "old"]
    assert find(parse_query("sort:-date,-title", TODAY), corpus, corpus.index()) == ["c", "b", "a", "old"]
    assert find(parse_query("sort:-date", TODAY), corpus, corpus.index()) == ["b", "a", "c", "old"]


def test_relevance_puts_titles_that_have_the_words_first():
    documents = {
        "in text": article_document(text="t", published="2026-01-02"),
        "in title": article_document(title="The truce"),
    }
    corpus = FakeCorpus(documents, {"t": "truce"})
    assert find(parse_query("truce", TODAY), corpus, corpus.index()) == ["in title", "in text"]
    assert find(parse_query("truce sort:-date", TODAY), corpus, corpus.index()) == ["in text", "in title"]
    assert find(parse_query("truce sort:relevance", TODAY), corpus, corpus.index()) == ["in title", "in text"]


# A slow and obvious reading of the language


@dataclass(frozen=True)
class Item:
    """An article of the reference: its parts as lists of plain words."""

    document: dict[str, Any]
    title: list[str]
    text: list[str]
    notes: list[list[str]]
    quotes: list[list[str]]
    created: list[str]
    kinds: list[str]
    note_tags: list[list[str]]
    orphans: list[bool]


Test = Callable[[Item], bool]
VOCABULARY = ["truce", "Trucé", "harbour", "harb", "über", "Straße", "мир", "fire", "cease"]


def plain(word: str) -> str:
    letters = unicodedata.normalize("NFD", word.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def day(text: str | None) -> date | None:
    if text is None:
        return None
    return (
        date.fromisoformat(text)
        if len(text) == 10
        else datetime.fromisoformat(text).astimezone(BERLIN).date()
    )


def has(words: list[str], wanted: list[str], prefix: bool = False) -> bool:
    known, wanted = [plain(word) for word in words], [plain(word) for word in wanted]
    for start in range(len(known) - len(wanted) + 1):
        piece = known[start : start + len(wanted)]
        if piece[:-1] == wanted[:-1] and (
            piece[-1] == wanted[-1] or (prefix and piece[-1].startswith(wanted[-1]))
        ):
            return True
    return False


def has_near(words: list[str], wanted: list[str], near: int) -> bool:
    """Whether some stretch, so many words longer than they are different, has all that are wanted."""
    known, every = [plain(word) for word in words], {plain(word) for word in wanted}
    length = len(every) + near
    return any(every <= set(known[start : start + length]) for start in range(len(known)))


def parts(item: Item, field: str) -> list[list[str]]:
    anywhere = {"title": [item.title], "text": [item.text], "note": item.notes, "quote": item.quotes}
    if not field:
        return [piece for pieces in anywhere.values() for piece in pieces]
    document = item.document
    names = [*document["authors"], document["agency"]]
    return {
        **anywhere,
        "author": [name.split() for name in names],
        "source": [document["source"].replace(".", " ").split()],
    }[field]


def word_terms() -> st.SearchStrategy[tuple[str, Test]]:
    def term(field: str, words: list[str], prefix: bool) -> tuple[str, Test]:
        prefix = prefix and len(words) == 1
        value = words[0] + "*" * prefix if len(words) == 1 else f'"{" ".join(words)}"'
        text = f"{field}:{value}" if field else value
        return text, lambda item: any(has(piece, words, prefix) for piece in parts(item, field))

    fields = st.sampled_from(["", "", "title", "text", "note", "quote", "author", "source"])
    return st.builds(
        term, fields, st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=2), st.booleans()
    ) | st.builds(
        near_term,
        fields,
        st.lists(st.sampled_from(VOCABULARY), min_size=2, max_size=3).filter(several),
        st.integers(0, 2),
    )


def several(words: list[str]) -> bool:
    return len(set(map(plain, words))) > 1


def near_term(field: str, words: list[str], near: int) -> tuple[str, Test]:
    value = f'"{" ".join(words)}"~{near}'
    text = f"{field}:{value}" if field else value
    return text, lambda item: any(has_near(piece, words, near) for piece in parts(item, field))


def within(first: str, last: str, text: str | None) -> bool:
    found = day(text)
    return found is not None and date.fromisoformat(first) <= found <= date.fromisoformat(last)


def tags(item: Item) -> list[str]:
    """The tags of an article and of what is noted on it."""
    return [tag.lower() for some in (item.document["tags"], *item.note_tags) for tag in some]


def marked(name: str) -> Test:
    return lambda item: item.document["state"][name] is not None


def noted(kind: str) -> Test:
    return lambda item: kind in item.kinds


def opened(first: str, last: str) -> Test:
    return lambda item: within(first, last, item.document["state"]["opened"])


SIMPLE: list[tuple[str, Test]] = [
    ("tag:eu", lambda item: "eu" in tags(item)),
    ("#nato,EU", lambda item: bool({"eu", "nato"} & set(tags(item)))),
    ("tag:world/*", lambda item: any(tag == "world" or tag.startswith("world/") for tag in tags(item))),
    ("tag:nato,WORLD/*", lambda item: any(tag in ("nato", "world") or tag.startswith("world/") for tag in tags(item))),
    ("tag:none", lambda item: not item.document["tags"]),
    ("tag:none,eu", lambda item: not item.document["tags"] or "eu" in tags(item)),
    ("date:2020-10", lambda item: within("2020-10-01", "2020-10-31", item.document["published"])),
    ("date:2020-10-24..2020-10-25", lambda item: within("2020-10-24", "2020-10-25", item.document["published"])),
    ("date:<2020-10-25", lambda item: within("0001-01-01", "2020-10-24", item.document["published"])),
    ("date:<=2020-10-24", lambda item: within("0001-01-01", "2020-10-24", item.document["published"])),
    ("date:>2020-10-25", lambda item: within("2020-10-26", "9999-12-31", item.document["published"])),
    ("date:>=2020-10-25", lambda item: within("2020-10-25", "9999-12-31", item.document["published"])),
    ("date:..2020-10-25", lambda item: within("0001-01-01", "2020-10-25", item.document["published"])),
    ("date:7y", lambda item: within("2019-11-23", "2026-11-22", item.document["published"])),
    ("date:none", lambda item: item.document["published"] is None),
    ("date:none,2020-11", lambda item: item.document["published"] in (None, "2020-11-01")),
    ("added:today", lambda item: within("2026-11-22", "2026-11-22", item.document["added"])),
    ("added:<today", lambda item: within("0001-01-01", "2026-11-21", item.document["added"])),
    ("added:none", lambda item: False),
    ("noted:2026-11-22", lambda item: any(within("2026-11-22", "2026-11-22", text) for text in item.created)),
    ("noted:3d", lambda item: any(within("2026-11-20", "2026-11-22", text) for text in item.created)),
    ("noted:none", lambda item: not item.created),
    ("opened:today", opened("2026-11-22", "2026-11-22")),
    ("opened:none", lambda item: item.document["state"]["opened"] is None),
    ("is:unread", lambda item: item.document["state"]["read"] is None),
    ("is:read", marked("read")),
    ("is:bookmarked", marked("bookmarked")),
    ("is:trashed", marked("trashed")),
    ("is:started", lambda item: 0.02 <= item.document["state"]["position"]["share"] < 0.95),
    (
        "is:doubtful",
        lambda item: (
            not item.document["published"] or item.document["date_guessed"] or item.document["words"] < 40
        ),
    ),
    ("is:orphaned", lambda item: any(item.orphans)),
    ("is:read,bookmarked", lambda item: marked("read")(item) or marked("bookmarked")(item)),
    ("has:note", noted("note")),
    ("has:highlight", noted("highlight")),
    ("has:bookmark", noted("bookmark")),
    ("has:image", lambda item: bool(item.document["images"])),
    ("words:>2", lambda item: item.document["words"] > 2),
    ("words:<2", lambda item: item.document["words"] < 2),
    ("words:1..2", lambda item: 1 <= item.document["words"] <= 2),
    ("words:3", lambda item: item.document["words"] == 3),
    ("minutes:<=5", lambda item: item.document["reading_minutes"] <= 5),
    ("minutes:>=5", lambda item: item.document["reading_minutes"] >= 5),
    ("language:DE", lambda item: item.document["language"] == "de"),
    ("url:example.org/a", lambda item: "example.org/a" in item.document["url"]),
    ("saved:mine", lambda item: "eu" in tags(item) or has(item.title, ["truce"])),
    ("saved:Ours", lambda item: ("eu" in tags(item) or has(item.title, ["truce"])) and item.document["state"]["read"] is None),
]  # fmt: skip
SAVED = {"mine": "tag:eu OR title:truce", "ours": "saved:MINE is:unread limit:1 sort:title"}

Pair = tuple[str, Test]


def combined(terms: st.SearchStrategy[Pair]) -> st.SearchStrategy[Pair]:
    def negated(term: Pair) -> Pair:
        return f"-({term[0]})", lambda item: not term[1](item)

    def joined(one: Pair, other: Pair) -> Pair:
        return f"({one[0]} {other[0]})", lambda item: one[1](item) and other[1](item)

    def either(one: Pair, other: Pair) -> Pair:
        return f"({one[0]} OR {other[0]})", lambda item: one[1](item) or other[1](item)

    return st.builds(negated, terms) | st.builds(joined, terms, terms) | st.builds(either, terms, terms)


queries = st.recursive(st.sampled_from(SIMPLE) | word_terms(), combined, max_leaves=6)
sentences = st.lists(st.sampled_from(VOCABULARY), max_size=4)
moments = st.sampled_from(
    [
        None,
        "2020-10-25",
        "2020-10-24T23:30:00+02:00",
        "2020-10-24T22:30:00+00:00",
        "2020-10-25T23:30:00+00:00",
        "2020-11-01",
    ]
)
DAYS_AGO = [(NOW - timedelta(days=ago)).isoformat() for ago in range(3)]
marks = st.fixed_dictionaries({name: st.booleans() for name in ("read", "bookmarked", "trashed", "opened")})


@st.composite
def items(draw: st.DrawFn) -> Item:
    title, text = draw(sentences), draw(sentences)
    notes = draw(st.lists(sentences, max_size=2))
    created = [draw(st.sampled_from(DAYS_AGO)) for _ in notes]
    some_tags = st.lists(
        st.sampled_from(["EU", "nato", "world", "world/asia", "worldly"]), unique=True, max_size=2
    )
    document = article_document(
        title=" ".join(title),
        published=draw(moments),
        added=draw(st.sampled_from(DAYS_AGO)),
        authors=draw(st.lists(st.sampled_from(["Jane Truce", "Über Harbour", "Fire"]), max_size=2)),
        agency=draw(st.sampled_from(["", "Cease Fire"])),
        source=draw(st.sampled_from(["", "harbour.example.org", "The Truce"])),
        url=draw(st.sampled_from(["", "https://news.example.org/a/b", "https://example.com/a"])),
        language=draw(st.sampled_from(["", "de", "en"])),
        reading_minutes=draw(st.sampled_from([1, 5, 6])),
        tags=draw(some_tags),
        words=len(text),
        images=draw(st.sampled_from([[], [{"alt": "x"}]])),
        **draw(marks),
    )
    document["state"]["position"] = {"offset": 0, "share": draw(st.sampled_from([0.0, 0.02, 0.5, 0.95, 1.0]))}
    quotes = [draw(sentences) for _ in notes]
    kinds = [draw(st.sampled_from(["note", "highlight", "bookmark"])) for _ in notes]
    note_tags = [draw(some_tags) for _ in notes]
    orphans = [draw(st.booleans()) for _ in notes]
    return Item(document, title, text, notes, quotes, created, kinds, note_tags, orphans)


def corpus_of(library: list[Item]) -> FakeCorpus:
    documents, texts, annotations = {}, {}, {}
    for number, item in enumerate(library):
        key = f"id{number}"
        documents[key] = {**item.document, "text": f"{key}.md"}
        texts[f"{key}.md"] = ", ".join(item.text)
        for index, (note, quote, created) in enumerate(
            zip(item.notes, item.quotes, item.created, strict=True)
        ):
            annotations[f"{key}/{index}"] = {
                "article": key, "kind": item.kinds[index], "body": "\n".join(note),
                "quote": {"exact": " ".join(quote)} if quote else None, "created": created,
                "tags": item.note_tags[index], "orphan": item.orphans[index],
            }  # fmt: skip
    return FakeCorpus(documents, texts, annotations)


def in_trash(text: str) -> bool:
    """Whether a query looks into the trash."""
    return "is:trashed" in text


@settings(max_examples=150)
@given(st.lists(items(), max_size=4), queries)
def test_queries_find_the_same_as_a_naive_implementation(library: list[Item], query: Pair):
    text, matches = query
    expected = {
        f"id{number}"
        for number, item in enumerate(library)
        if matches(item) and (in_trash(text) or not item.document["state"]["trashed"])
    }
    corpus = corpus_of(library)
    assert set(find(parse_query(text, TODAY, SAVED), corpus, corpus.index())) == expected


@settings(max_examples=60)
@given(st.lists(items(), max_size=3), queries)
def test_annotations_are_found_independently_of_each_other(library: list[Item], query: Pair):
    text, matches = query
    expected = set()
    for number, item in enumerate(library):
        for index in range(len(item.notes)):
            one = slice(index, index + 1)
            alone = replace(
                item,
                notes=item.notes[one],
                quotes=item.quotes[one],
                created=item.created[one],
                kinds=item.kinds[one],
                note_tags=item.note_tags[one],
                orphans=item.orphans[one],
            )
            if matches(alone) and (in_trash(text) or not item.document["state"]["trashed"]):
                expected.add(f"id{number}/{index}")
    corpus = corpus_of(library)
    found = find_annotations(parse_query(text, TODAY, SAVED), corpus, corpus.annotations, corpus.index())
    assert set(found) == expected
    created = [corpus.annotations[key]["created"] for key in found]
    assert created == sorted(created, reverse=True)


@given(
    st.lists(items(), max_size=8),
    st.sampled_from(["date", "title", "words"]),
    st.booleans(),
    st.integers(0, 9),
)
def test_results_have_the_requested_order(library: list[Item], name: str, down: bool, limit: int):
    corpus = corpus_of(library)
    found = find(
        parse_query(f"(is:trashed OR -is:trashed) sort:{'-' * down}{name} limit:{limit}", TODAY),
        corpus,
        corpus.index(),
    )
    assert len(found) == min(limit, len(library))

    def measure(document: dict[str, Any]) -> Any:
        if name == "words":
            return document["words"]
        if name == "title":
            return " ".join(plain(word) for word in document["title"].split())
        published = day(document["published"]) or date.min
        exact = document["published"] if document["published"] and len(document["published"]) > 10 else None
        return (published, datetime.fromisoformat(exact).timestamp() if exact else 0.0)

    values = [measure(dict(corpus.documents[key])) for key in found]
    everything = sorted((measure(dict(document)) for document in corpus.documents.values()), reverse=down)
    assert values == everything[:limit]
