"""The document model: what becomes of Markdown, and that no word is lost."""

from __future__ import annotations

import json
import re
import unicodedata

import pytest
from corpora import CORPORA
from hypothesis import example, given, settings
from hypothesis import strategies as st

from library.text.document import Block, BlockKind, Document, SpanStyle
from library.text.markdown import BEGINNING, grammar, parse_beginning, parse_document
from library.text.markdown.grammar import NESTING_LIMIT


def words_of(document: Document, block: Block) -> str:
    return document.text[block.start : block.end]


def styled(document: Document) -> set[tuple[SpanStyle, str]]:
    return {(span.style, document.text[span.start : span.end]) for span in document.spans}


def test_blocks_are_joined_by_a_blank_line():
    document = parse_document("# Quays\n\nFirst\nline.\n\nSecond.")
    assert document.text == "Quays\n\nFirst line.\n\nSecond."
    assert [block.kind for block in document.blocks] == ["heading", "paragraph", "paragraph"]
    assert [words_of(document, block) for block in document.blocks] == ["Quays", "First line.", "Second."]


def test_a_hard_break_is_a_line_end_and_a_soft_one_a_space():
    assert parse_document("one\ntwo\\\nthree  \nfour").text == "one two\nthree\nfour"


def test_styles_are_spans_over_the_plain_text():
    document = parse_document("a **b *c*** `d` ~~e~~ [f](https://example.org/x)")
    assert document.text == "a b c d e f"
    assert styled(document) == {
        (SpanStyle.STRONG, "b c"),
        (SpanStyle.EMPHASIS, "c"),
        (SpanStyle.CODE, "d"),
        (SpanStyle.STRIKE, "e"),
        (SpanStyle.LINK, "f"),
    }
    assert [span.target for span in document.spans if span.target] == ["https://example.org/x"]


def test_raw_html_stays_text():
    text = "<script>alert(1)</script> and <b>bold</b>"
    assert parse_document(text).text == text


def test_a_table_is_rows_of_cells():
    document = parse_document("| a | b |\n|---|--:|\n| 1 | **2** |")
    (table,) = document.blocks
    assert document.text == "a\tb\n1\t2"
    assert [[document.text[c.start : c.end] for c in row] for row in table.rows] == [["a", "b"], ["1", "2"]]
    assert table.alignments == ("", "right")
    assert styled(document) == {(SpanStyle.STRONG, "2")}


def test_list_items_have_their_markers_and_their_containers():
    document = parse_document("- a\n- b\n\n  9. c\n  10. d\n\n      more\n\n> quote\n> - e")
    shown = [(words_of(document, b), b.marker, b.frame, b.list_depth, b.quote_depth) for b in document.blocks]
    assert shown == [
        ("a", "•", (2,), 1, 0),
        ("b", "•", (2,), 1, 0),
        ("c", " 9.", (2, 4), 2, 0),
        ("d", "10.", (2, 4), 2, 0),
        ("more", "", (2, 4), 2, 0),
        ("quote", "", (0,), 0, 1),
        ("e", "•", (0, 2), 1, 1),
    ]


def test_items_of_a_compact_list_follow_without_a_blank_line():
    compact = parse_document("Text\n\n- a\n- b")
    assert [block.tight for block in compact.blocks] == [False, False, True]
    loose = parse_document("- a\n\n- b")
    assert [block.tight for block in loose.blocks] == [False, False]


def test_a_picture_is_shown_as_its_description():
    document = parse_document('![The quays](q.jpg "Photo: Jo Doe")\n\nText ![in line](x.png).')
    assert document.text == "The quays\nPhoto: Jo Doe\n\nText in line."
    assert [block.kind for block in document.blocks] == [BlockKind.IMAGE, BlockKind.PARAGRAPH]


def test_rules_and_empty_items_have_no_characters():
    document = parse_document("a\n\n---\n\n-\n\nb")
    assert document.text == "a\n\nb"
    assert [block.kind for block in document.blocks] == ["paragraph", "rule", "list item", "paragraph"]


def test_tabs_in_code_are_spaces_so_that_offsets_are_columns():
    assert parse_document("```\nx\ty\n```").text == "x   y"


def test_controls_are_removed_also_as_entities():
    text = parse_document("a&#x202E;b&#13;c\x1b[31md\x9be &#x85; `\x07`").text
    assert not [char for char in text if unicodedata.category(char) == "Cc" or char == "\u202e"]
    assert "a" in text and "d" in text


def test_footnotes_stand_at_the_end_in_the_order_of_their_references():
    document = parse_document(
        "- a[^one] b[^x c] d[^2][^one]\n\n  [^2]: Second,\n      with[^in] more.\n\n      Apart.\n\n"
        "[^one]: *First*.\n[^unused]: Unused.\n[^in]: Inner."
    )
    assert document.text == ("a¹ b[^x c] d²¹\n\nFirst.\n\nSecond, with³ more.\n\nApart.\n\nInner.\n\nUnused.")
    item, rule, *footnotes = document.blocks
    assert (item.kind, rule.kind) == (BlockKind.LIST_ITEM, BlockKind.RULE)
    assert [(block.marker, block.tight) for block in footnotes] == [
        ("¹", False),
        ("²", True),
        ("", False),
        ("³", True),
        ("⁴", True),
    ]
    assert {block.kind for block in footnotes} == {BlockKind.FOOTNOTE, BlockKind.PARAGRAPH}


def test_references_lead_to_their_footnotes():
    document = parse_document("One[^a] and two[^b].\n\n[^b]: B.\n[^a]: A.")
    targets = [span.target for span in document.spans if span.style is SpanStyle.REFERENCE]
    found = [document.footnote(target) for target in targets]
    assert [document.text[note.start : note.end] for note in found if note] == ["A.", "B."]
    assert document.footnote("https://example.org") is None
    assert document.footnote("footnote:⁹") is None


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        (
            "Words [1].\n\n[1]: https://a.example\n[2]: https://b.example 'B'",
            "Words 1.\n\n[2]: https://b.example 'B'",
        ),
        ("[Note]: important\n\nWords.", "[Note]: important\n\nWords."),
        ("[a]: /one\n[a]: /two\n\nSee [A].", "[a]: /two\n\nSee A."),
        ("`[a]`\n\n[a]: /one", "[a]\n\n[a]: /one"),
        ("> [ä ö]: <x y>\n>   'über'\n\nWords.", "[ä ö]: <x y> 'über'\n\nWords."),
        ("- [a]: /one\n- two", "[a]: /one\n\ntwo"),
        ("One.[^n]\n\n[^n]: See [a] there.\n\n[a]: /one\n[b]: /b", "One.¹\n\n[b]: /b\n\nSee a there."),
    ],
)
def test_unused_link_definitions_are_shown_as_text(markdown, text):
    assert parse_document(markdown).text == text


def test_the_address_of_a_definition_that_is_shown_is_a_link():
    document = parse_document("[1]: https://a.example/x")
    (span,) = document.spans
    assert (document.text[span.start : span.end], span.target) == ("https://a.example/x",) * 2


def test_unreferenced_footnotes_are_numbered_too():
    document = parse_document("Words.\n\n[^u]: See.[^v]\n[^v]: There.")
    assert document.text == "Words.\n\nSee.²\n\nThere."
    assert [block.marker for block in document.blocks] == ["", "", "¹", "²"]


def test_links_find_the_addresses_of_their_definitions():
    document = parse_document("See [the port][p] and [p].\n\n> [p]: https://example.org/p")
    assert document.text == "See the port and p."
    assert [span.target for span in document.spans] == ["https://example.org/p"] * 2


def test_the_paragraph_at_an_offset():
    document = parse_document("one\n\n---\n\ntwo")
    assert [words_of(document, document.paragraph_at(at)) for at in (0, 2, 3, 4, 5, 99)] == [
        *["one"] * 4,
        *["two"] * 2,
    ]
    assert parse_document("").paragraph_at(0) is None


def test_headings_with_their_levels():
    document = parse_document("# a\n\ntext\n\n### b")
    assert [(words_of(document, block), block.level) for block in document.headings()] == [("a", 1), ("b", 3)]


@pytest.mark.corpora
def test_no_control_sequence_of_the_corpus_remains_in_the_text():
    vectors = CORPORA / "hostile" / "own" / "terminal-vectors.jsonl"
    for line in vectors.read_text(encoding="utf-8").splitlines():
        text = parse_document(json.loads(line)["text"]).text
        assert not [char for char in text if unicodedata.category(char) in {"Cc", "Cs"} and char != "\n"]


@pytest.mark.parametrize("opening", [">", "- ", "> - ", "1. "])
@pytest.mark.parametrize("depth", [NESTING_LIMIT // 2 - 1, NESTING_LIMIT, 5000])
def test_words_below_deep_nesting_are_not_lost(opening: str, depth: int):
    assert "deepest" in parse_document(opening * depth + " deepest").text


LONG = (
    "# Quays\n\nSee [the port][p] and the note.[^n]\n\n"
    + "- item *one*\n- [two](https://example.org/)\n\n> a quote\n\nA paragraph\nof two lines.\n\n" * 400
    + "[p]: https://example.org/p\n[^n]: Words."
)


def test_the_beginning_of_a_long_text_equals_that_of_the_whole():
    for shift in range(0, 80, 9):
        check_beginning(LONG.replace("# Quays", "# Quays" + "s" * shift))


def check_beginning(text: str) -> None:
    beginning, whole = parse_beginning(text), parse_document(text)
    assert len(beginning.blocks) > 50
    assert beginning.blocks == whole.blocks[: len(beginning.blocks)]
    assert whole.text.startswith(beginning.text)
    assert beginning.spans == whole.spans[: len(beginning.spans)]


@pytest.mark.parametrize("text", ["word " * BEGINNING, "x" * 3 * BEGINNING, "- item\n" * BEGINNING])
def test_the_beginning_of_a_single_block_is_shown(text: str):
    beginning = parse_beginning(text)
    assert len(beginning.text) > BEGINNING // 4
    assert parse_document(text).text.startswith(beginning.text[:-10])


def test_short_and_deeply_nested_texts_have_no_separate_beginning():
    assert parse_beginning("word") is None
    assert parse_beginning("> " * 100 + "deep\n\n" + "word\n\n" * BEGINNING) is None


HUGE = {
    "one line": "word " * 200_000,
    "hashes": "#" * 1_000_000,
    "headings": "# h\n" * 10_000,
    "brackets": "[" * 100_000,
    "pictures": "![" * 50_000,
    "stars": "*" * 100_000,
    "ticks": "`" * 100_000,
    "columns": "|a" * 3000 + "\n" + "|-" * 3000,
    "references": "[a]: b\n" * 10_000,
    "footnotes": "[^a]: b\n" * 5_000 + "[^a]" * 1000,
    "nested footnotes": "[^a]:" * 4_000 + " deepest",
    "ampersands": "&" * 100_000,
}


@pytest.mark.parametrize("text", HUGE.values(), ids=HUGE.keys())
def test_bodies_of_any_size_and_form_are_parsed(text: str):
    document = parse_document(text)
    assert isinstance(document.text, str)


MARKDOWN = st.lists(
    st.sampled_from(
        [
            "# ",
            "> ",
            "- ",
            "1. ",
            "    ",
            "\n",
            "\n\n",
            "```\n",
            "| ",
            "|--|\n",
            "*",
            "**",
            "`",
            "~~",
            "[",
            "](",
            ")",
            "!",
            "word",
            "two words",
            "\\",
            "---\n",
            "&amp;",
            "<b>",
            "[^1]",
            "[^1]: ",
            "\t",
            "é",
            "字",
            "👨‍👩‍👧",
            "\x1b[1m",
            "\u202e",
        ]
    ),
    max_size=40,
).map("".join)


@given(MARKDOWN)
def test_blocks_are_in_order_and_contain_all_the_text(markdown: str):
    document = parse_document(markdown)
    position = 0
    for block in document.blocks:
        assert position <= block.start <= block.end
        assert not document.text[position : block.start].strip()
        position = block.end
    assert not document.text[position:].strip()
    for span in document.spans:
        assert 0 <= span.start < span.end <= len(document.text)


@given(st.lists(st.from_regex(r"[a-zé字]{1,8}", fullmatch=True), min_size=1, max_size=30))
def test_every_word_is_in_the_text_once(words: list[str]):
    marked = [f"{word}{number}x" for number, word in enumerate(words)]
    forms = [
        "{}\n\n",
        "# {}\n\n",
        "- {}\n",
        "> {}\n\n",
        "**{}** ",
        "| {} | a |\n|--|--|\n\n",
        "    {}\n\n",
        "\n\n[^a]: {}\n\n",
        "[{}](b) ",
    ]
    markdown = "".join(forms[number % len(forms)].format(word) for number, word in enumerate(marked))
    text = parse_document(markdown).text
    for word in marked:
        assert len(re.findall(rf"(?<![a-zé字0-9]){re.escape(word)}(?![a-z0-9])", text)) == 1


markdown_like = st.lists(
    st.sampled_from(
        [
            *"ab1. -+=#>|~*_`[]()<>&!;:/@\\\"'^{}äשم中\t ",
            "\n",
            "\n\n",
            "  \n",
            "http://a.b",
            "&amp;",
            "![a](b)",
        ]
    )
    | st.characters(),
    max_size=40,
).map("".join)


@settings(max_examples=300)
@example("a  \nb")
@example("a\\\nb")
@given(markdown_like)
def test_a_block_without_markup_is_read_as_by_the_parser(text: str):
    shortened = parse_document(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grammar, "_SIGNS", re.compile(""))
        assert parse_document(text) == shortened


def test_the_shared_parser_has_built_its_rule_lists():
    """A second thread would find the list empty while the first one makes it."""
    grammar._parser.cache_clear()
    parser = grammar._parser()
    for ruler in (parser.core.ruler, parser.block.ruler, parser.inline.ruler, parser.inline.ruler2):
        assert ruler.__cache__


def test_a_parse_that_is_cancelled_ends_early():
    asked: list[None] = []
    document = parse_document("One.\n\n" * 100, cancelled=lambda: asked.append(None) or len(asked) > 10)
    assert 0 < len(document.blocks) < 10
