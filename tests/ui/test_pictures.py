"""Pictures on the page: shown in the text flow, hidden by a key, never in the way of the text."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path

import pytest
from picture_files import png
from textual.color import Color

from tuireader.settings import load_settings
from tuireader.terminal import pictures
from tuireader.terminal.pictures import Picture, PictureDamaged, look_at, pixels_of, slot_for
from tuireader.widgets.article_view import pictures as page_pictures
from tuireader.widgets.article_view.picture_rows import PictureRow
from tuireader.widgets.article_view.pictures import half_blocks

Image = pytest.importorskip("PIL.Image", reason="Pillow comes with the extra “images”")

RED, BLUE = (200, 40, 40), (0, 0, 200)


@pytest.fixture(autouse=True)
def _colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")


def address(data: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(data).decode()}"


def encoded(image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


@pytest.fixture
def illustrated(folder: Path, library_at):
    """The library with one more article, the newest: a lead picture, and one between the paragraphs."""

    def fill(lead: bytes = png(colour=RED), inside: bytes = png(60, 20, BLUE)) -> Path:
        text = (
            f"---\ntitle: Pictures of the canal\ndate: 2026-11-22\nimage: {{src: '{address(lead)}', "
            f"caption: At noon, credit: Jane Roe}}\n---\nThe first paragraph.\n\n![The lock]({address(inside)})\n\n"
            + "\n\n".join(f"Paragraph {number} is here." for number in range(40))
        )
        with library_at(folder) as library:
            assert library.importing.add_bytes("a.md", text.encode()).status == "added"
        return folder

    return fill


def cells(desk, colour: tuple[int, int, int]) -> int:
    """Return the number of cells of the page with this background."""
    return sum(
        segment.cell_length
        for strip in desk.app.screen._compositor.render_strips()
        for segment in strip
        if segment.style
        and segment.style.bgcolor
        and Color.from_rich_color(segment.style.bgcolor).rgb == colour
    )


async def test_a_picture_is_above_its_caption(reader, illustrated):
    async with reader(illustrated()) as desk:
        await desk.press("enter")
        await desk.until(lambda: cells(desk, RED) == 69 * 17)
        lines = [line[47:118].strip() for line in desk.lines()]
        caption = lines.index("▣ At noon\xa0· Jane Roe")
        assert set(lines[caption - 17 : caption]) == {""}
        assert "▀" not in desk.text, "a picture of one colour has no glyph"


async def test_a_picture_is_between_the_paragraphs_as_in_the_text(reader, illustrated):
    async with reader(illustrated()) as desk:
        await desk.press("enter", *"j" * 12)
        await desk.until(lambda: cells(desk, BLUE) == 60 * 10)
        lines = [line[47:118].strip() for line in desk.lines()]
        assert (
            lines.index("The first paragraph.") + 12
            == lines.index("▣ The lock")
            < lines.index("Paragraph 0 is here.")
        )
        assert desk.text.count("The lock") == 1


async def test_a_key_hides_the_pictures_permanently_and_shows_them_again(reader, illustrated, tmp_path: Path):
    settings = tmp_path / "state" / "config.toml"
    path = illustrated()
    async with reader(path, settings=settings) as desk:
        await desk.press("enter")
        await desk.until(lambda: cells(desk, RED))
        await desk.press("p")
        await desk.until(lambda: not cells(desk, RED))
        assert "▣ At noon\xa0· Jane Roe" in desk.text
    assert not load_settings(settings).pictures
    async with reader(path, settings=settings) as desk:
        await desk.press("enter")
        assert not cells(desk, RED)
        await desk.press("p")
        await desk.until(lambda: cells(desk, RED))


async def test_another_width_scales_the_pictures_and_keeps_the_words_on_top(reader, illustrated):
    async with reader(illustrated()) as desk:
        await desk.press("enter", "space", "space")
        top = desk.screen.page.reading_offset
        assert top > 0
        await desk.pilot.resize_terminal(60, 30)
        await desk.rest()
        assert desk.screen.page.reading_offset == top
        await desk.press("g", "g")
        await desk.until(lambda: cells(desk, RED) == 54 * 14)


@pytest.mark.parametrize(
    ("variable", "value", "reason"),
    [("NO_COLOR", "1", "NO_COLOR is set"), ("COLORTERM", "", "256 colours")],
)
async def test_without_colours_only_captions_are_shown(
    reader, illustrated, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, reason: str
):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv(variable, value)
    async with reader(illustrated()) as desk:
        await desk.press("enter")
        assert "▣ At noon\xa0· Jane Roe" in desk.text
        assert not cells(desk, RED)
        await desk.press("p")
        assert reason in desk.said


async def test_without_pillow_only_captions_are_shown(reader, illustrated, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pictures, "find_spec", lambda name: None)
    async with reader(illustrated()) as desk:
        await desk.press("enter", "p")
        assert "▣ At noon\xa0· Jane Roe" in desk.text
        assert "tuireader[images]" in desk.said


def noise(kind: str = "PNG") -> bytes:
    return encoded(Image.effect_noise((300, 200), 90).convert("RGB"), kind)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
async def test_a_damaged_picture_becomes_its_frame_with_the_reason(reader, illustrated, kind: str):
    damaged = noise(kind)[:600]
    async with reader(illustrated(damaged)) as desk:
        await desk.press("enter")
        await desk.until(lambda: "▣ This picture cannot be shown: its file is damaged" in desk.text)
        assert "▣ At noon\xa0· Jane Roe" in desk.text
        await desk.until(lambda: cells(desk, BLUE))
        await desk.press("b")
        assert "▣ This picture cannot be shown" in desk.text


async def test_a_picture_that_is_missing_says_so(reader, illustrated):
    path = illustrated()
    for file in path.glob("images/*/*"):
        file.unlink()
    async with reader(path) as desk:
        await desk.press("enter")
        await desk.until(lambda: "cannot be read" in re.sub(r"\s+", " ", desk.text))


async def test_the_page_keeps_few_pictures_in_memory(reader, illustrated, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(page_pictures, "DECODED", 1)
    async with reader(illustrated()) as desk:
        await desk.press("enter", "j", "j", "j")
        await desk.until(lambda: cells(desk, BLUE))
        assert len(desk.screen.page.pictures.decoded) == 1


# Decoding


@pytest.mark.parametrize(
    ("size", "width", "slot"),
    [((720, 360), 72, (72, 18)), ((16, 16), 72, (16, 8)), ((100, 4000), 72, (1, 20)), ((4000, 10), 72, (72, 1)), ((50, 50), 0, (0, 1))],
)  # fmt: skip
def test_a_picture_keeps_its_proportions_and_is_not_enlarged(size, width: int, slot):
    place = slot_for(Picture("a", *size), width)
    assert (place.columns, place.rows) == slot


def test_a_photograph_that_was_held_upright_is_turned():
    upright = Image.new("RGB", (80, 40), "red")
    upright.paste("blue", (0, 0, 40, 40))
    exif = Image.Exif()
    exif[0x0112] = 6
    data = encoded(upright, "JPEG", exif=exif)
    picture = look_at("a", data)
    assert (picture.width, picture.height) == (40, 80)
    pixels = pixels_of(data, slot_for(picture, 40))
    assert pixels[2] > 200 > 50 > pixels[0]
    assert pixels[-3] > 200 > 50 > pixels[-1]


def test_transparent_pixels_are_white():
    data = encoded(Image.new("RGBA", (20, 20)), "PNG")
    assert set(pixels_of(data, slot_for(look_at("a", data), 20))) == {255}


def test_a_picture_of_too_many_pixels_is_not_decoded():
    bomb = encoded(Image.new("1", (13_000, 13_000)), "PNG")
    assert len(bomb) < 50_000
    assert "50 million pixels" in look_at("a", bomb).problem
    with pytest.raises(PictureDamaged, match="50 million pixels"):
        pixels_of(bomb, pictures.Slot("a", 10, 5))


def test_a_picture_is_decoded_only_in_its_own_format():
    with pytest.raises(PictureDamaged):
        pixels_of(encoded(Image.new("RGB", (20, 20)), "TIFF"), pictures.Slot("a", 10, 5))
    assert look_at("a", b"<svg/>").problem


def test_neighbouring_cells_that_are_the_same_are_drawn_at_once():
    above, below = bytes([255, 0, 0] * 2 + [0, 0, 255] * 2), bytes([0, 0, 255] * 4)
    segments = half_blocks(above + below, PictureRow(pictures.Slot("a", 4, 1), 0))
    assert [segment.text for segment in segments] == ["▀▀", "  "]
