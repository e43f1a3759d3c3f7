"""The animated picture of the README."""

from __future__ import annotations

import re
from io import StringIO
from xml.etree import ElementTree

from rich.console import Console
from rich.text import Text

from docs import demo

SVG = "{http://www.w3.org/2000/svg}"


def exported(*lines: str) -> str:
    console = Console(width=20, record=True, file=StringIO(), color_system="truecolor")
    for line in lines:
        console.print(Text(line, style="bold #ff0000 on #000080"))
    return console.export_svg(title="")


def drawn(*frames: tuple[str, float]) -> str:
    drawing = demo.Drawing((20, 3))
    for line, seconds in frames:
        drawing.add(exported("the same line", line), f"shows <{line}>", seconds)
    return drawing.write()


def text_of(node: ElementTree.Element) -> str:
    return "".join(node.itertext()).replace("\u00a0", " ")


def frames_of(picture: str) -> list[list[str]]:
    """Return the lines of each frame, without its caption."""
    root = ElementTree.fromstring(picture)
    lines = {group.get("id"): text_of(group) for group in root.iter(f"{SVG}g") if group.get("class") is None}
    frames = [group for group in root.iter(f"{SVG}g") if group.get("class") == "frame"]
    return [[lines[use.get("href", "")[1:]] for use in frame.iter(f"{SVG}use")] for frame in frames]


def test_each_frame_has_its_lines_and_a_line_of_several_frames_is_written_once() -> None:
    picture = drawn(("one & two", 1), ("three", 2))
    first, second = frames_of(picture)
    assert [line.strip() for line in first] == ["the same line", "one & two"]
    assert [line.strip() for line in second] == ["the same line", "three"]
    assert picture.count("same") == 1
    assert "shows &lt;three&gt;" in picture


def test_frames_follow_each_other_without_a_gap() -> None:
    picture = drawn(("a", 1), ("b", 2), ("c", 1))
    shown = re.findall(r"([\d.]+)%{visibility:visible}(?:([\d.]+)%)?", picture)
    assert [(float(begin), float(end or 100)) for begin, end in shown] == [(0, 25), (25, 75), (75, 100)]
    assert set(re.findall(r"animation:k\d (\S+) step-end", picture)) == {"4s"}


def test_without_motion_the_first_frame_is_shown() -> None:
    outside = drawn(("a", 1), ("b", 2)).split("@media (prefers-reduced-motion:no-preference)")[0]
    assert ".frame{visibility:hidden}#f0{visibility:visible}" in outside


def test_the_picture_in_the_repository_is_that_of_the_steps_and_small() -> None:
    picture = demo.FILE.read_text("utf-8")
    assert len(picture.encode()) < 300_000
    captions = re.findall(r'class="caption"[^>]*>([^<]*)<', picture)
    assert captions == [step.caption for step in demo.STEPS]
    assert all(frames_of(picture))
