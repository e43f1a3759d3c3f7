"""Link definitions in Markdown; those that no link uses are treated as ordinary text.

Markdown takes ``[Note]: important`` for a definition, and also the numbered sources at the end of many texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from markdown_it.token import Token

if TYPE_CHECKING:
    from collections.abc import Sequence

KIND = "definition"
"""Type of the tokens of definitions."""

_BETWEEN_LINES = re.compile(r"\s*\n[ \t>]*")


class LookedUp(dict[str, Any]):
    """Definitions by label; ``labels`` collects the labels that were looked up."""

    def __init__(self, references: dict[str, Any]) -> None:
        super().__init__(references)
        self.labels: set[str] = set()

    def get(self, label: str, default: Any = None) -> Any:
        self.labels.add(label)
        return super().get(label, default)


def write_down(tokens: Sequence[Token], source: str) -> None:
    """Set the content of each definition in ``tokens`` to its text in ``source``."""
    definitions = [token for token in tokens if token.type == KIND]
    lines = source.split("\n") if definitions else []
    for token in definitions:
        first, last = token.map or (0, 0)
        words = _BETWEEN_LINES.sub(" ", "\n".join(lines[first:last]))
        token.content = words[words.find("[") :].strip()


def without_used(tokens: list[Token], look_up: Callable[[str, LookedUp], object]) -> list[Token]:
    """Return ``tokens`` without the definitions that are used.

    ``look_up`` parses words and looks up the definitions that they refer to.
    """
    if not any(token.type == KIND for token in tokens):
        return tokens
    looked_up = LookedUp({token.meta["id"]: _reference(token) for token in tokens if token.type == KIND})
    for token in tokens:
        if token.type == "inline" and "[" in token.content:
            look_up(token.content, looked_up)
    return list(_left(tokens, looked_up.labels))


def _reference(token: Token) -> dict[str, str]:
    return {"href": token.meta["url"], "title": token.meta["title"]}


def _left(tokens: list[Token], used: set[str]) -> Iterator[Token]:
    """Yield the unused tokens. Of several definitions with one label, only the first counts as used."""
    used = set(used)
    for token in tokens:
        if token.type == KIND and token.meta["id"] in used:
            used.remove(token.meta["id"])
        else:
            yield token


def inline(token: Token) -> list[Token]:
    """Return the tokens for the words of a definition, with its address as a link."""
    address = token.meta["url"]
    before, found, after = token.content.partition(address)
    if not (address and found):
        return [Token("text", "", 0, content=token.content)]
    link = Token("link_open", "a", 1, attrs={"href": address})
    words = [Token("text", "", 0, content=text) for text in (before, found, after)]
    return [words[0], link, words[1], Token("link_close", "a", -1), words[2]]
