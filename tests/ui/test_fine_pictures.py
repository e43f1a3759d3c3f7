"""Pictures that the terminal draws: with Kitty's protocol, or as rows of Sixel that can be covered."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path

import pytest
from picture_files import png
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tuireader.terminal import kitty
from tuireader.terminal.graphics import Graphics, Way
from tuireader.terminal.pictures import Picture, Slot, slot_for
from tuireader.terminal.pixel_pictures import Fine, made_ready
from tuireader.widgets.article_view import fine_pictures
from tuireader.widgets.article_view.fine_pictures import SixelStrip, placeholder_strip

pytestmark = pytest.mark.frames

Image = pytest.importorskip("PIL.Image", reason="Pillow comes with the extra “images”")

PLACEHOLDERS = Graphics(Way.PLACEHOLDERS, (10, 20))
SIXEL = Graphics(Way.SIXEL, (10, 20))
CELL = re.compile(f"{kitty.PLACEHOLDER}(.)(.)")


@pytest.fixture(autouse=True)
def _colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")


@pytest.fixture
def illustrated(folder: Path, library_at) -> Path:
    """The library with one more article, the newest: a picture at its head, and four in its text."""
    colours = [(200, 40, 40), (0, 0, 200), (0, 120, 0), (120, 0, 120), (0, 120, 120)]
    lead, *others = (
        f"data:image/png;base64,{base64.b64encode(png(240, 120, one)).decode()}" for one in colours
    )
    body = "\n\n".join(f"Paragraph {number}.\n\n![{number}]({one})" for number, one in enumerate(others))
    text = f"---\ntitle: Otters in pictures\ndate: 2026-11-22\nimage: {{src: '{lead}'}}\n---\nWords.\n\n{body}\n\nThe end."
    with library_at(folder) as library:
        assert library.importing.add_bytes("a.md", text.encode()).status == "added"
    return folder


def ready_for(graphics: Graphics, data: bytes, slot: Slot, number: int = 1):
    """Return the final picture."""
    *before, ready = made_ready(data, slot, graphics, number)
    assert all(one.more and one.pixels == ready.pixels for one in before)
    return ready


class Drawn:
    """A fake terminal: the pictures sent to it, and its screen."""

    def __init__(self, desk) -> None:
        self.written: list[str] = []
        self.is_behind = False
        self._desk = desk
        self._console = Console(force_terminal=True, color_system="truecolor")

    def write(self, data: str) -> None:
        self.written.append(data)

    def lines(self) -> list[str]:
        """Return the sequences of each row of the screen, as in a full redraw."""
        app = self._desk.app
        update = app.screen._compositor.render_full_update()
        return ["".join(strip.render(self._console) for strip in row) for row in update.strips]

    def sixels(self) -> list[int]:
        """Return the rows of the screen with Sixel."""
        return [y for y, line in enumerate(self.lines()) if "\x1bP" in line]

    def cells(self) -> list[int]:
        """Return the rows of the screen with placeholders."""
        return [y for y, line in enumerate(self.lines()) if kitty.PLACEHOLDER in line]

    def half_blocks(self) -> list[int]:
        """Return the rows with a picture in half blocks; half blocks of one colour have no glyph."""
        return [y for y, line in enumerate(self.lines()) if re.search(r"48;2;(200;40;40|0;0;200)m", line)]


async def opened(desk, graphics: Graphics) -> Drawn:
    """Show the article with pictures on a terminal with these ``graphics``."""
    drawn = Drawn(desk)
    desk.screen.page.pictures.use_graphics(graphics, drawn)
    await desk.press("enter")
    await desk.until(drawn.sixels if graphics.way is Way.SIXEL else drawn.cells)
    return drawn


# Kitty


def test_every_cell_says_which_row_and_column_of_which_picture_it_is():
    strip = placeholder_strip(0x540001, 3, 100, left=4, width=120, ground=Style(bgcolor="black"))
    assert strip.cell_length == 120
    for cut, first, count in (
        (strip, 0, 100),
        (strip.crop(10, 30), 6, 20),
        (strip.divide([54, 120])[1], 50, 50),
    ):
        cells = [found for segment in cut for found in CELL.findall(segment.text)]
        assert cells == [(kitty.MARKS[3], kitty.MARKS[column]) for column in range(first, first + count)]
        drawn = cut.render(Console(force_terminal=True, color_system="truecolor"))
        assert drawn.count("38;2;84;0;1") == 1


def test_there_is_a_mark_of_its_own_for_each_of_297_columns():
    assert len(kitty.MARKS) == len(set(kitty.MARKS)) == 297
    assert (kitty.MARKS[0], kitty.MARKS[296]) == ("\u0305", "\U0001d244")
    wide = png(600, 2)
    assert ready_for(PLACEHOLDERS, wide, Slot("a", 297, 1), 7).fine == Fine(7)
    wider = ready_for(PLACEHOLDERS, wide, Slot("a", 298, 1), 7)
    assert (wider.fine, wider.sent, len(wider.pixels)) == (None, "", 298 * 2 * 3)


def test_a_picture_is_sent_in_pieces_and_nothing_is_answered():
    noise = io.BytesIO()
    Image.effect_noise((400, 200), 90).convert("RGB").save(noise, "PNG")
    ready = ready_for(PLACEHOLDERS, noise.getvalue(), Slot("a", 30, 8), 9)
    pieces = re.findall("\x1b_G(.*?);(.*?)\x1b\\\\", ready.sent)
    assert "".join(f"\x1b_G{keys};{data}\x1b\\" for keys, data in pieces) == ready.sent
    assert [keys for keys, _ in pieces] == [
        "a=T,U=1,f=100,i=9,c=30,r=8,q=2,m=1",
        *["q=2,m=1"] * (len(pieces) - 2),
        "q=2,m=0",
    ]
    assert {len(data) for _, data in pieces[:-1]} == {4096}
    sent = Image.open(io.BytesIO(base64.b64decode("".join(data for _, data in pieces))))
    assert sent.size == (300, 160), "as large as it is shown"


def test_a_small_picture_is_sent_as_it_is():
    ready = ready_for(PLACEHOLDERS, png(32, 32), Slot("a", 32, 16), 9)
    data = re.sub("\x1b_G.*?;|\x1b\\\\", "", ready.sent)
    assert Image.open(io.BytesIO(base64.b64decode(data))).size == (32, 32)


async def test_kitty_gets_a_picture_once_and_text_draws_it(reader, illustrated):
    async with reader(illustrated) as desk:
        drawn = await opened(desk, PLACEHOLDERS)
        await desk.rest()
        sent = [text for text in drawn.written if "a=T" in text]
        numbers = [int(found) for text in sent for found in re.findall(r"i=(\d+)", text)]
        assert len(numbers) == len(set(numbers)) == 2, "one for each picture in view"
        lines = drawn.lines()
        colour = ";".join(map(str, kitty.colour_of(numbers[0])))
        assert f"38;2;{colour};" in lines[drawn.cells()[0]] or f"38;2;{colour}m" in lines[drawn.cells()[0]]
        first = drawn.cells()
        await desk.press("j", "j", "k")
        assert drawn.cells()[0] == first[0] - 1
        assert not drawn.half_blocks()
        assert [text for text in drawn.written if "a=T" in text] == sent


async def test_another_screen_has_half_blocks_behind_it_whose_colours_it_may_change(reader, illustrated):
    async with reader(illustrated) as desk:
        drawn = await opened(desk, PLACEHOLDERS)
        await desk.press("question_mark")
        assert not drawn.cells()
        await desk.press("escape")
        assert drawn.cells()


async def test_pictures_are_deleted_from_kitty_at_the_end(reader, illustrated):
    async with reader(illustrated) as desk:
        drawn = await opened(desk, PLACEHOLDERS)
        await desk.rest()
        numbers = re.findall(r"a=T,.*?i=(\d+)", "".join(drawn.written))
        desk.screen.page.pictures.forget_fine()
        assert re.findall(r"a=d,d=I,i=(\d+)", "".join(drawn.written)) == numbers
        desk.screen.page.refresh()
        await desk.until(lambda: len(re.findall("a=T", "".join(drawn.written))) == 2 * len(numbers))


async def test_pictures_out_of_view_are_deleted_when_there_are_many(
    reader, illustrated, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(fine_pictures, "FINE", 1)
    async with reader(illustrated) as desk:
        drawn = await opened(desk, PLACEHOLDERS)
        await desk.rest()
        assert "a=d" not in "".join(drawn.written), "both are in view"
        first = re.findall(r"a=T,.*?i=(\d+)", drawn.written[0])
        await desk.press("G")
        await desk.until(lambda: f"a=d,d=I,i={first[0]}" in "".join(drawn.written))
        await desk.press("g", "g")
        await desk.until(lambda: len(drawn.cells()) > 15)


# Sixel


def sixel_strip(cropped: list[int]) -> SixelStrip:
    plain = Strip([Segment("...."), Segment("▀" * 10), Segment("......")], 20)
    return SixelStrip(
        plain, "\x1bPq\x1b\\", left=4, columns=10, ground=Style(), was_cropped=lambda: cropped.append(1)
    )


def test_sixel_is_drawn_over_blanks_with_the_cursor_put_back():
    drawn = sixel_strip([]).render(Console())
    assert drawn == " " * 20 + "\x1b[16D\x1b7\x1bPq\x1b\\\x1b8\x1b[16C"


def test_a_row_of_sixel_that_is_cut_is_plain_where_the_picture_is_not_whole():
    cropped: list[int] = []
    strip, console = sixel_strip(cropped), Console()
    drawn = [piece.render(console) for piece in strip.divide([2, 16, 20])]
    assert drawn == ["..", " " * 14 + "\x1b[12D\x1b7\x1bPq\x1b\\\x1b8\x1b[12C", "...."]
    assert [piece.render(console) for piece in strip.divide([8, 20])] == ["....▀▀▀▀", "▀▀▀▀▀▀......"]
    assert strip.divide([20]) == [strip]
    assert not cropped
    assert "\x1bP" in strip.crop(0, 14).render(console)
    assert not cropped
    assert strip.crop(0, 13).render(console) == "....▀▀▀▀▀▀▀▀▀"
    assert cropped


async def test_rows_of_sixel_move_with_the_page_and_are_never_on_the_last_row(reader, illustrated):
    async with reader(illustrated) as desk:
        drawn = await opened(desk, SIXEL)
        await desk.until(lambda: len(drawn.sixels()) > 20)
        first = drawn.sixels()
        await desk.press("j")
        assert drawn.sixels()[0] == first[0] - 1
        await desk.press("z")
        await desk.rest()
        height = desk.app.size.height
        await desk.until(lambda: drawn.half_blocks() == [height - 1])
        assert drawn.sixels()[-1] == height - 2


async def test_a_terminal_that_is_behind_gets_half_blocks_until_it_has_caught_up(reader, illustrated):
    async with reader(illustrated) as desk:
        drawn = await opened(desk, SIXEL)
        drawn.is_behind = True
        await desk.press("j")
        assert drawn.half_blocks()
        assert not drawn.sixels()
        drawn.is_behind = False
        page, refreshed = desk.screen.page, []
        page.refresh = lambda *regions, **options: refreshed.append(regions) or page
        await desk.until(lambda: refreshed)
        assert drawn.sixels()


async def test_sixel_is_not_drawn_through_what_covers_it(reader, illustrated):
    async with reader(illustrated) as desk:
        drawn = await opened(desk, SIXEL)
        await desk.until(lambda: len(drawn.sixels()) > 20)
        before = drawn.sixels()
        await desk.press("question_mark")
        assert not drawn.sixels()
        await desk.press("escape")
        assert drawn.sixels() == before


async def test_rows_are_not_drawn_again_when_they_only_move(reader, illustrated):
    async with reader(illustrated) as desk:
        drawn = await opened(desk, SIXEL)
        await desk.until(lambda: len(drawn.sixels()) > 20)
        page = desk.screen.page

        def rows() -> dict[int, Strip]:
            strips = page.render_lines(page.size.region)
            return {
                page.scroll_offset.y + y: one for y, one in enumerate(strips) if isinstance(one, SixelStrip)
            }

        before = rows()
        await desk.press("j")
        after = rows()
        assert len(before.keys() & after.keys()) > 10
        assert all(before[y] is after[y] for y in before.keys() & after.keys())


async def test_a_row_that_is_drawn_again_in_part_is_drawn_again_whole(reader, illustrated):
    async with reader(illustrated) as desk:
        drawn = await opened(desk, SIXEL)
        await desk.until(lambda: len(drawn.sixels()) > 20)
        page, shown = desk.screen.page, []
        display = desk.app._display

        def show(screen, update) -> None:
            shown.append(update.render_segments(drawn._console) if update else "")
            display(screen, update)

        desk.app._display = show
        page.refresh(page.size.region.shrink((8, 60, 20, 0)))
        await desk.until(lambda: any("\x1bP" in one for one in shown))


async def test_cells_of_another_size_have_other_pictures(reader, illustrated):
    async with reader(illustrated) as desk:
        drawn = await opened(desk, SIXEL)
        desk.screen.page.pictures.use_graphics(Graphics(Way.SIXEL, (6, 13)), drawn)
        await desk.until(lambda: any(";13#" in line for line in drawn.lines()))
        assert not any(";20#" in line for line in drawn.lines())
        desk.screen.page.pictures.use_graphics(Graphics(), drawn)
        assert not drawn.sixels()
        assert drawn.half_blocks()


# The size


def test_a_picture_is_drawn_at_the_size_of_its_cells():
    ready = ready_for(Graphics(Way.SIXEL, (9, 19)), png(400, 200), Slot("a", 20, 5), 1)
    assert ready.fine
    assert len(ready.fine.rows) == 5
    assert {re.search(r"1;1;(\d+;\d+)#", row)[1] for row in ready.fine.rows} == {"180;19"}


@pytest.mark.parametrize(
    ("cell", "rows"), [((1, 2), 5), ((10, 20), 5), ((10, 25), 4), ((10, 16), 6), ((2, 64), 1)]
)
def test_in_cells_of_other_proportions_a_picture_keeps_its_own(cell: tuple[int, int], rows: int):
    assert slot_for(Picture("a", 400, 200, cell=cell), 20) == Slot("a", 20, rows)
    tall = slot_for(Picture("a", 100, 4000, cell=cell), 72)
    assert tall.columns == max(1, 20 * cell[1] // (40 * cell[0]))


async def test_the_page_is_set_again_when_the_proportions_of_cells_become_known(reader, illustrated):
    async with reader(illustrated) as desk:
        drawn = Drawn(desk)
        await desk.press("enter")
        await desk.until(drawn.half_blocks)
        desk.screen.pictures.use_graphics(Graphics(Way.PLACEHOLDERS, (10, 30)), drawn)
        await desk.until(drawn.cells)
        columns, rows = re.search(r"c=(\d+),r=(\d+),", drawn.written[0]).groups()
        assert int(rows) == round(int(columns) / 6)
