"""The jump list: the places that were left by a jump, to go back to and forward again."""

from __future__ import annotations

from dataclasses import dataclass

MOST = 100
"""Places that are kept; the oldest go first."""


@dataclass(frozen=True, slots=True)
class JumpPlace:
    """The character ``offset`` of an article's text; 0 is its headline."""

    article: str
    offset: int


class JumpList:
    """Places in the order in which they were left. Going back keeps where one was."""

    def __init__(self) -> None:
        self._places: list[JumpPlace] = []
        self._at = 0  # the length of the list: at none of its places

    def leave(self, place: JumpPlace) -> None:
        """A jump leads away from ``place``; what one had gone back from is given up."""
        del self._places[self._at :]
        if self._places[-1:] != [place]:
            self._places.append(place)
        del self._places[:-MOST]
        self._at = len(self._places)

    def back(self, present: JumpPlace | None) -> JumpPlace | None:
        """The place before; None where there is none. ``present`` is what ``forward`` comes back to."""
        at = self._at
        if at == len(self._places) and self._places[-1:] == [present]:
            at -= 1
        if at <= 0:
            return None
        self._keep(at, present)
        self._at = at - 1
        return self._places[self._at]

    def forward(self, present: JumpPlace | None) -> JumpPlace | None:
        """The place that was gone back from; None where there is none."""
        if self._at + 1 >= len(self._places):
            return None
        self._keep(self._at, present)
        self._at += 1
        return self._places[self._at]

    def _keep(self, at: int, present: JumpPlace | None) -> None:
        if present is not None:
            self._places[at : at + 1] = [present]
