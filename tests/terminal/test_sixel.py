"""Pictures as Sixel, decoded again as by a terminal."""

from __future__ import annotations

import re
from itertools import product

import pytest

from tuireader.terminal.sixel import COLOURS, sixel_rows

Image = pytest.importorskip("PIL.Image", reason="Pillow comes with the extra “images”")

TOKEN = re.compile(r"#(\d+);2;(\d+);(\d+);(\d+)|#(\d+)|!(\d+)(.)|([?-~])|(\$)|(-)")


def decoded(sequence: str):
    """Return the picture that ``sequence`` draws; unchanged pixels are transparent."""
    head = re.match(r'\x1bP0;1q"1;1;(\d+);(\d+)', sequence)
    assert head
    assert sequence.endswith("\x1b\\")
    body, image = sequence[head.end() : -2], Image.new("RGBA", (int(head[1]), int(head[2])))
    assert "".join(found[0] for found in TOKEN.finditer(body)) == body
    colours: dict[str, tuple[int, ...]] = {}
    x, y, colour = 0, 0, (0, 0, 0, 255)
    for name, red, green, blue, chosen, count, repeated, single, back, down in TOKEN.findall(body):
        if name:
            colours[name] = (*(round(int(value) * 255 / 100) for value in (red, green, blue)), 255)
        elif chosen:
            colour = colours[chosen]
        elif back or down:
            x, y = 0, y + (6 if down else 0)
        else:
            width, bits = int(count or 1), ord(repeated or single) - 63
            for column, line in product(range(x, x + width), range(6)):
                if bits >> line & 1:
                    image.putpixel((column, y + line), colour)
            x += width
    return image


def near(one, other) -> bool:
    """Return True if the colours are equal up to rounding to percents."""
    return all(abs(a - b) <= 2 for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize(("size", "height"), [((30, 40), 20), ((7, 13), 13), ((1, 1), 6), ((50, 23), 7)])
def test_what_is_written_is_the_picture(size: tuple[int, int], height: int):
    picture = Image.new("RGB", size)
    for x, y in product(range(size[0]), range(size[1])):
        picture.putpixel((x, y), (x // 8 * 36, y // 7 % 5 * 60, 128 if x % 7 else 0))
    rows = sixel_rows(picture, height)
    assert len(rows) == -(-size[1] // height)
    for number, row in enumerate(rows):
        drawn = decoded(row)
        part = picture.crop((0, number * height, size[0], min(size[1], (number + 1) * height)))
        assert drawn.size == part.size
        for place in product(range(drawn.width), range(drawn.height)):
            assert near(drawn.getpixel(place), (*part.getpixel(place), 255)), (number, place)


def test_a_picture_of_many_colours_is_nearly_itself():
    picture = Image.linear_gradient("L").resize((60, 40)).convert("RGB")
    noise = Image.effect_noise((60, 40), 60).convert("RGB")
    for row in sixel_rows(Image.blend(picture, noise, 0.5), 20):
        assert len(set(re.findall(r"#(\d+);2;", row))) <= COLOURS
        assert decoded(row).getextrema()[3] == (255, 255), "no pixel is left out"


def test_a_row_of_one_colour_is_short():
    (row,) = sixel_rows(Image.new("RGB", (1200, 20), "navy"), 20)
    assert len(row) < 120
