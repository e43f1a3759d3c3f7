"""The rows of pictures in the article view, above their captions."""

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
    """Row number ``row``, from 0, of the picture in ``slot``."""

    slot: Slot
    row: int


def rows_of(picture: Picture, width: int) -> tuple[PictureRow, ...]:
    """Return the rows of ``picture`` in a column of ``width`` cells."""
    slot = slot_for(picture, width)
    return tuple(PictureRow(slot, row) for row in range(slot.rows))


def at_the_head(images: Sequence[Image], blocks: Sequence[Block], *, complete: bool) -> Iterator[Image]:
    """Yield the images that are not in the body.

    While the ``blocks`` of the body are not ``complete``, leave out images without a description, which may
    still follow in the body.
    """
    placed = {block.target for block in blocks if block.kind is BlockKind.IMAGE}
    for image in images:
        described = image.caption or image.credit or not image.path
        if image.url not in placed and (complete or described):
            yield image


def places_in_body(blocks: Sequence[Block], lines: Sequence[Line]) -> Iterator[tuple[int, Block]]:
    """Yield the index of the first line of each picture in the body, and its block.

    Pictures without words have no characters, so several may begin at the same offset.
    """
    waiting: defaultdict[int, deque[Block]] = defaultdict(deque)
    for block in blocks:
        if block.kind is BlockKind.IMAGE:
            waiting[block.start].append(block)
    for index, line in enumerate(lines):
        if line.kind is BlockKind.IMAGE and waiting[line.start]:
            yield index, waiting[line.start].popleft()
