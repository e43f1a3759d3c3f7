"""The rows that pictures take in the article view, above their captions."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from library.models import Image
from library.text.document import Block, BlockKind
from library.text.layout import Line
from tuireader.terminal.pictures import Picture, Slot, slot_for


@dataclass(frozen=True, slots=True)
class PictureRow:
    """The row ``row``, from 0, of the picture in ``slot``."""

    slot: Slot
    row: int


def rows_of(picture: Picture, width: int) -> tuple[PictureRow, ...]:
    """The rows of ``picture`` in a column of ``width`` cells."""
    slot = slot_for(picture, width)
    return tuple(PictureRow(slot, row) for row in range(slot.rows))


def at_the_head(images: Sequence[Image], blocks: Sequence[Block], *, complete: bool) -> Iterator[Image]:
    """The images that are not between the ``blocks`` of the body, as far as these are ``complete``."""
    placed = {block.target for block in blocks if block.kind is BlockKind.IMAGE}
    for image in images:
        described = image.caption or image.credit or not image.path
        if image.url not in placed and (complete or described):
            yield image


def places_in_body(blocks: Sequence[Block], lines: Sequence[Line]) -> Iterator[tuple[int, Block]]:
    """The index of the first line of each picture between the ``blocks`` of the body, and its block.

    Pictures without words have no characters, so that several may begin at the same one.
    """
    waiting: defaultdict[int, deque[Block]] = defaultdict(deque)
    for block in blocks:
        if block.kind is BlockKind.IMAGE:
            waiting[block.start].append(block)
    for index, line in enumerate(lines):
        if line.kind is BlockKind.IMAGE and waiting[line.start]:
            yield index, waiting[line.start].popleft()
