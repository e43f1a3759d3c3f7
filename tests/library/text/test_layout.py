"""The layout: no line too wide, no character lost, the same words at the same place."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from library.text.cells import cells, graphemes
from library.text.document import BlockKind, Document
from library.text.layout import LONG_BLOCK, RAGGED, Decoration, Layout, Setting, lay_out
from library.text.layout.line_breaking import break_lines, hyphenator
from library.text.markdown import parse_document


def shown(markdown: str, width: int, setting: Setting = RAGGED) -> list[str]:
    return [line.text.rstrip() for line in lay_out(parse_document(markdown), width, setting=setting).lines]


def everywhere(word: str) -> range:
    """Divides words at every letter."""
    return range(1, len(word))


JUSTIFIED = Setting(justified=True)
DIVIDED = Setting(hyphenator=everywhere)


def offsets_of(layout: Layout) -> list[int]:
    return [
        piece.start + index
        for line in layout.lines
        for piece in line.pieces
        if piece.start is not None
        for index in range(len(piece.text))
    ]


def test_paragraphs_break_at_spaces_with_a_blank_line_between():
    assert shown("one two three\n\nfour", 8) == ["one two", "three", "", "four"]


def test_words_break_after_hyphens_and_slashes_but_not_within_numbers():
    assert shown("well-known words", 6) == ["well-", "known", "words"]
    assert shown("a 2020-10-22 b", 10) == ["a", "2020-10-22", "b"]


def test_a_word_wider_than_the_line_is_broken():
    assert shown("a " + "x" * 25, 10) == ["a", "x" * 10, "x" * 10, "x" * 5]


def test_grapheme_clusters_stay_whole():
    family = "👨‍👩‍👧"
    assert shown(family * 3, 4) == [family * 2, family]
    assert shown("e\u0301q\u0301" * 3, 3) == ["éq\u0301é", "q\u0301éq\u0301"]
    assert shown("🇩🇪🇫🇷🇪🇸", 3) == ["🇩🇪", "🇫🇷", "🇪🇸"]


def test_no_line_begins_with_a_closing_sign_or_ends_with_an_opening_one():
    lines = shown("港口罢工进入第三周，工会「表示」。", 6)
    assert "".join(lines) == "港口罢工进入第三周，工会「表示」。"
    assert not any(line[0] in "，。」" or line[-1] in "「" for line in lines)


def test_korean_words_stay_whole_where_they_fit():
    assert shown("한국어 문장은 여기서", 8) == ["한국어", "문장은", "여기서"]


def test_lists_hang_and_quotes_have_a_bar():
    assert shown("- one two\n- b\n\n> three four", 7) == ["• one", "  two", "• b", "", "│ three", "│ four"]


def test_numbers_of_a_list_are_aligned():
    assert shown("9. a\n10. b", 20) == [" 9. a", "10. b"]


def test_code_is_kept_as_it_is_and_cut_where_it_is_too_long():
    assert shown("```\nif x:\n    go()  # on\n```", 8) == ["if x:", "    go()", "  # on"]


def test_a_continued_line_of_code_is_marked_where_there_is_room():
    layout = lay_out(parse_document("```\nlong_name = call(1)\n  字字字字字字字字 x\n```"), 16)
    assert [line.text for line in layout.lines] == [
        "long_name = call",
        "↳ (1)",
        "  字字字字字字字",
        "↳ 字 x",
    ]
    assert layout.lines[1].pieces[0].decoration is Decoration.CONTINUED


def test_all_justified_lines_but_the_last_end_at_the_margin():
    text = "aa bb cc dd ee ff\\\ngg hh\n\n> ii jj kk ll mm nn"
    assert shown(text, 12, JUSTIFIED) == [
        *["aa bb cc  dd", "ee ff", "gg hh", ""],
        *["│ ii  jj  kk", "│ ll mm nn"],
    ]


def test_a_line_with_too_wide_gaps_and_one_without_any_stay_ragged():
    assert shown("aa bb wwwwwwwwwwwwwwwwwwww cc", 20, JUSTIFIED)[0] == "aa bb"
    assert shown("wwwwwwwwww wwwwwwwwwwwwwww", 16, JUSTIFIED)[0] == "wwwwwwwwww"


def test_headings_tables_and_code_are_never_justified():
    text = "# aa bb cc dd ee\n\n    aa bb cc dd\n\n| aa bb | cc dd ee ff |\n|--|--|"
    assert shown(text, 13, JUSTIFIED) == shown(text, 13)


def test_a_divided_word_has_a_hyphen_that_is_not_in_the_text():
    document = parse_document("aa bbbbbbbb cc")
    layout = lay_out(document, 8, setting=DIVIDED)
    assert [line.text for line in layout.lines] == ["aa bbbb-", "bbbb cc"]
    assert layout.lines[0].pieces[-1].start is None
    assert [layout.line_at(offset) for offset in (6, 7)] == [0, 1]


def test_words_are_divided_where_letters_take_two_cells_around_them():
    assert shown("港口 bbbbbbbb 港口", 9, DIVIDED) == ["港口 bbb-", "bbbbb 港", "口"]


@pytest.mark.parametrize("whole", ["`bbbbbbbb`", "b2bbbbbb", "b.bbbbbb", "x@bbbbbb", "bbbb", "a/bbbbbb"])
def test_code_numbers_addresses_and_short_words_stay_whole(whole: str):
    assert "-" not in "".join(shown(f"aa {whole} cc", 8, DIVIDED))


def test_at_most_two_consecutive_lines_end_in_a_hyphen():
    lines = shown("bbbbbbbb " * 12, 11, DIVIDED)
    assert not any(all(line.endswith("-") for line in lines[at : at + 3]) for at in range(len(lines) - 2))
    assert sum(line.endswith("-") for line in lines) > 3


def test_words_are_divided_by_the_rules_of_their_language():
    assert shown("die Umstrukturierung", 12, Setting(hyphenator=hyphenator("de"))) == [
        "die Umstruk-",
        "turierung",
    ]
    assert hyphenator("no") and hyphenator("en-GB")
    assert hyphenator("") is hyphenator("zh") is None
    english = hyphenator("en")
    assert english is hyphenator("en") and not english("a") and not english("ab")


def test_words_whose_letters_would_change_stay_whole():
    hungarian = hyphenator("hu")
    assert hungarian and not hungarian("asszony")


def test_a_table_is_laid_out_in_columns():
    table = "| port | tons |\n|---|--:|\n| North | 12 |\n| South end | 3 |"
    assert shown(table, 30) == ["port       tons", "───────────────", "North        12", "South end     3"]
    assert shown(table, 12) == ["port    tons", "────────────", "North     12", "South      3", "end"]


def test_a_table_too_narrow_for_columns_is_a_list_of_its_cells():
    table = "| port | tons |\n|---|---|\n| North quay | 120000 |"
    assert shown(table, 10) == ["port", "tons", "", "North quay", "120000"]
    wide = "| a | b | c |\n|---|---|---|\n" + "| wording on | wording on | wording on |"
    assert shown(wide, 16) == ["a", "b", "c", "", "a: wording on", "b: wording on", "c: wording on"]


def test_deep_frames_leave_room_for_the_text():
    lines = lay_out(parse_document("> " * 20 + "deep words here"), 20).lines
    assert max(cells(line.text) for line in lines) <= 20
    assert all(sum(len(p.text) for p in line.pieces if p.start is None) <= 10 for line in lines)


def test_right_to_left_paragraphs_are_marked():
    lines = lay_out(parse_document("العمال في الميناء\n\nshalom שלום\n\n(שלום)"), 40).lines
    assert [line.right for line in lines if line.pieces] == [True, False, True]


def test_a_character_wider_than_the_line_is_replaced():
    assert shown("a字", 1) == ["a", "…"]


def test_a_limit_gives_the_beginning():
    document = parse_document("one two three\n\nfour")
    assert lay_out(document, 8, limit=2).lines == lay_out(document, 8).lines[:2]


def test_a_layout_can_begin_at_a_place():
    document = parse_document("\n\n".join(f"{number} word word word word" for number in range(50)))
    whole = lay_out(document, 12)
    place = document.text.index("30 word") + 13
    part = lay_out(document, 12, limit=4, start=place)
    index = whole.line_at(part.start)
    assert part.lines == whole.lines[index : index + 4]
    assert part.lines[part.line_at(place)].start <= place < part.lines[part.line_at(place)].end


def test_in_a_very_long_block_a_layout_begins_at_the_place_itself():
    document = parse_document("word " * LONG_BLOCK)
    place = 5 * LONG_BLOCK - 500
    part = lay_out(document, 70, start=place)
    assert part.start == place
    assert lay_out(document, 70, limit=9, start=10**9).lines == lay_out(document, 70, limit=9).lines
    assert [line.start for line in part.lines] == list(range(place, 5 * LONG_BLOCK, 70))


def test_a_layout_ends_when_it_is_cancelled():
    document = parse_document("word " * 1000)
    answers = iter([False] * 3 + [True])
    assert (
        lay_out(document, 20, cancelled=lambda: next(answers)).lines == lay_out(document, 20, limit=3).lines
    )


def test_a_blank_line_stands_for_the_next_words():
    layout = lay_out(parse_document("one\n\ntwo\n\n---"), 20)
    assert [layout.offset_of(index) for index in range(5)] == [0, 5, 5, 8, 8]
    assert [layout.line_at(offset) for offset in (0, 3, 5, 99)] == [0, 0, 2, 2]


def test_an_offset_in_a_cell_is_found_on_its_own_line():
    document = parse_document("| aa aa aa | bb |\n|---|---|\n| cccc cccc cccc | dddd dddd |")
    layout = lay_out(document, 14)
    place = document.text.index("dddd")
    assert "dddd" in layout.lines[layout.line_at(place)].text
    assert "cccc" in layout.lines[layout.line_at(place)].text


def test_the_layout_of_an_empty_text():
    layout = lay_out(Document(), 10)
    assert (len(layout.lines), layout.line_at(5), layout.offset_of(3)) == (0, 0, 0)


WORDS = st.sampled_from(
    [
        "a",
        "word",
        "well-known",
        "https://example.org/a/b/c",
        "x" * 30,
        "“quoted”",
        "été",
        "—",
        "字",
        "港口罢工，",
        "「会议」。",
        "العمال",
        "שלום",
        "👨‍👩‍👧",
        "🇩🇪🇫🇷",
        "👍🏽",
        "한국어",
        "ภาษาไทย",
        "e\u0301\u0302",
        "क्षि",
        "\u0301",
        "\u00a0",
        "\u3000",
        "  ",
        "**b**",
        "`c d`",
        "*e*",
        "~~f~~",
        "[l](u)",
        "\\\n",
        "\n",
    ]
)
BLOCK = st.tuples(
    st.sampled_from(["", "# ", "- ", "> ", "> - ", "12. ", "    ", "- - - ", "| "]),
    st.lists(WORDS, min_size=1, max_size=12).map(" ".join),
)


def as_markdown(blocks: list[tuple[str, str]]) -> str:
    parts = []
    for opening, words in blocks:
        if opening == "| ":
            row = "| " + " | ".join(words.replace("\n", " ").replace("\\", "").split(" ")) + " |"
            columns = row.count("|") - 1
            parts.append("\n".join([row, "|---" * columns + "|", row, row]))
        else:
            parts.append(opening + words)
    return "\n\n".join(parts)


DOCUMENTS = st.lists(BLOCK, max_size=5).map(as_markdown).map(parse_document)
WIDTHS = st.integers(min_value=1, max_value=100)
SETTINGS = st.sampled_from([RAGGED, JUSTIFIED, DIVIDED, Setting(justified=True, hyphenator=everywhere)])


@settings(max_examples=150, deadline=None)
@given(DOCUMENTS, WIDTHS, st.sampled_from([cells, cell_len]), SETTINGS)
def test_no_line_is_wider_than_the_pane(document, width, measure, setting):
    for line in lay_out(document, width, measure, setting=setting).lines:
        assert measure(line.text) <= width


@settings(max_examples=150, deadline=None)
@given(DOCUMENTS, st.integers(min_value=2, max_value=100), SETTINGS)
def test_every_character_is_on_exactly_one_line(document, width, setting):
    layout = lay_out(document, width, cell_len, setting=setting)
    seen = Counter(offsets_of(layout))
    assert not [offset for offset, count in seen.items() if count > 1]
    missing = [document.text[offset] for offset in range(len(document.text)) if offset not in seen]
    assert not "".join(missing).strip()
    for line in layout.lines:
        for piece in line.pieces:
            if piece.start is not None:
                assert document.text[piece.start : piece.start + len(piece.text)] == piece.text


@settings(max_examples=150, deadline=None)
@given(DOCUMENTS, st.integers(min_value=2, max_value=100), SETTINGS)
def test_a_character_is_found_on_the_line_that_shows_it(document, width, setting):
    layout = lay_out(document, width, cell_len, setting=setting)
    for index, line in enumerate(layout.lines):
        for piece in line.pieces:
            if piece.start is not None:
                assert {layout.line_at(piece.start + at) for at in range(len(piece.text))} <= {index}


def test_a_table_that_begins_with_an_empty_cell_is_laid_out_from_its_beginning():
    document = parse_document("|   | a |\n|---|---|\n|   | a |")
    assert lay_out(document, 4, cell_len).start == 0


@settings(max_examples=100, deadline=None)
@given(DOCUMENTS, st.integers(min_value=2, max_value=100), st.integers(0, 400), SETTINGS)
def test_a_layout_from_a_place_on_equals_that_part_of_the_whole(document, width, place, setting):
    whole = lay_out(document, width, cell_len, setting=setting)
    part = lay_out(document, width, cell_len, start=place, setting=setting)
    assert part.lines == whole.lines[len(whole.lines) - len(part.lines) :]
    assert part.start <= max(0, min(place, len(document.text)))


@settings(max_examples=100, deadline=None)
@given(DOCUMENTS, WIDTHS, WIDTHS)
def test_the_same_words_stay_on_top_at_another_width(document, width, other):
    before, after = lay_out(document, width, cell_len), lay_out(document, other, cell_len)
    for index, line in enumerate(before.lines):
        offset = before.offset_of(index)
        if line.end > line.start and line.kind is not BlockKind.TABLE:
            assert before.line_at(offset) == index
            found = after.lines[after.line_at(offset)]
            assert found.start <= offset < found.end


@given(st.text(max_size=60), st.integers(min_value=1, max_value=12))
def test_lines_are_cut_between_grapheme_clusters(text, width):
    text = text.replace("\n", " ")
    boundaries = {0}
    for cluster in graphemes(text):
        boundaries.add(max(boundaries) + len(cluster))
    for start, end, _ in break_lines(text, 0, len(text), width, cell_len):
        assert start in boundaries or text[start - 1].isspace()
        assert end in boundaries or text[end].isspace()


@pytest.mark.parametrize("width", [1, 2, 80])
def test_a_megabyte_on_one_line(width: int):
    text = "word " * (200_000 if width > 2 else 2_000)
    layout = lay_out(parse_document(text), width)
    assert (
        sum(len(piece.text.replace(" ", "")) for line in layout.lines for piece in line.pieces)
        == len(text) // 5 * 4
    )


@pytest.mark.parametrize(
    "text", ["字" * 300_000, "wörd 字 " * 100_000, "العمال " * 100_000, "`a 字` " * 50_000]
)
def test_the_first_lines_of_a_megabyte_are_laid_out_without_measuring_the_rest(text: str):
    measured = []
    document = parse_document(text)
    lay_out(document, 40, lambda part: measured.append(len(part)) or cell_len(part), limit=20)
    assert sum(measured) < 10_000


@given(
    st.text(st.sampled_from("港口罢工进第三周"), min_size=1, max_size=80),
    st.sampled_from("、。」』！ー"),
    st.data(),
)
def test_no_line_begins_with_a_closing_sign(text, sign, data):
    for place in sorted(data.draw(st.sets(st.integers(1, len(text)), max_size=10)), reverse=True):
        text = text[:place] + sign + text[place:]
    lines = shown(text, data.draw(st.integers(8, 40)))
    assert "".join(lines) == text
    assert not any(line.startswith(sign) for line in lines)


def test_a_style_within_a_table_stays_in_its_cell():
    layout = lay_out(parse_document("| *a* | b |\n|--|--|\n| c | **d** |"), 40)
    styled = [
        (piece.text, set(piece.styles)) for line in layout.lines[2:] for piece in line.pieces if piece.styles
    ]
    assert styled == [("d", {"strong"})]


def test_a_wide_table_keeps_its_columns():
    document = parse_document("| " + "wording-and-more | " * 5 + "\n|" + "--|" * 5 + "\n| " + "cell | " * 5)
    layout = lay_out(document, 30, setting=Setting(wide_tables=True))
    assert {line.wide for line in layout.lines} == {5 * 16 + 4 * 2}
    assert len(layout.lines) == 3
    seen = Counter(offsets_of(layout))
    assert not [at for at, char in enumerate(document.text) if not char.isspace() and seen[at] != 1]


def test_in_a_quote_a_wide_table_is_wider_by_its_bar():
    quoted = parse_document("> | " + "wording-and-more | " * 3 + "\n> |" + "--|" * 3)
    layout = lay_out(quoted, 30, setting=Setting(wide_tables=True))
    assert [line.wide for line in layout.lines] == [cells(line.text) for line in layout.lines] == [54, 54]


def test_pieces_carry_the_styles_of_their_words():
    (line,) = lay_out(parse_document("a **b *c*** d"), 40).lines
    assert [(piece.text, set(piece.styles)) for piece in line.pieces] == [
        ("a ", set()),
        ("b ", {"strong"}),
        ("c", {"strong", "emphasis"}),
        (" d", set()),
    ]
