"""The supported Markdown: CommonMark with tables, strike-through and footnotes. Raw HTML is text.

Link definitions that no link uses are treated as ordinary text.

This module imports the parser, so it is imported only when a text is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

KIND = "definition"
"""Type of the tokens of definitions."""

_BETWEEN_LINES = re.compile(r"\s*\n[ \t>]*")


class _LookedUp(dict[str, Any]):
    """Definitions by label; ``labels`` collects the labels that were looked up."""

    def __init__(self, references: dict[str, Any]) -> None:
        super().__init__(references)
        self.labels: set[str] = set()

    def get(self, label: str, default: Any = None) -> Any:
        self.labels.add(label)
        return super().get(label, default)


def _write_down(tokens: Sequence[Token], source: str) -> None:
    """Set the content of each definition in ``tokens`` to its text in ``source``."""
    definitions = [token for token in tokens if token.type == KIND]
    lines = source.split("\n") if definitions else []
    for token in definitions:
        first, last = token.map or (0, 0)
        words = _BETWEEN_LINES.sub(" ", "\n".join(lines[first:last]))
        token.content = words[words.find("[") :].strip()


def _without_used(tokens: list[Token], look_up: Callable[[str, _LookedUp], object]) -> list[Token]:
    """Return ``tokens`` without the definitions that are used.

    ``look_up`` parses words and looks up the definitions that they refer to.
    """
    if not any(token.type == KIND for token in tokens):
        return tokens
    looked_up = _LookedUp({token.meta["id"]: _reference(token) for token in tokens if token.type == KIND})
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


NESTING_LIMIT = 60
"""Maximum depth of nested quotes and lists; the parser is recursive."""

OPEN_BRACKET_LIMIT = 50
"""Maximum number of unclosed brackets in a paragraph that is not plain text. The link search is quadratic."""

BRACKET_LIMIT = 2000
"""Maximum number of opening brackets in a paragraph, for the same reason."""

Environment = dict[str, Any]
"""Definitions that apply to all paragraphs of a text: link addresses and footnotes."""

_USUAL_ADDRESS = re.compile(r"(?:[A-Za-z0-9!#$&'()*+,./:;=?@_~-]|%[0-9A-Fa-f]{2})*")
"""Addresses that normalisation does not change."""

_SIGNS = re.compile(r"[\\`*_~\[<&]|  \n")
"""Characters that all inline markup contains at least one of."""

_LINE_ENDS = re.compile(r" ?\n[ \t]*")


class _Parser(MarkdownIt):
    def normalizeLink(self, url: str) -> str:
        return url if _USUAL_ADDRESS.fullmatch(url) else super().normalizeLink(url)


@cache
def _parser() -> MarkdownIt:
    parser = _Parser("commonmark", {"html": False, "maxNesting": NESTING_LIMIT, "inline_definitions": True})
    footnote_plugin(parser, inline=False, move_to_end=False)
    # ``Grammar.words`` parses the words of one block at a time.
    parser.enable(["table", "strikethrough"]).disable(["inline", "text_join"])
    # The first use builds its lists of rules. Do it here, so that threads can share the parser.
    parser.parse("a")
    parser.inline.parse("a", parser, {}, [])
    return parser


class Grammar:
    """Parser of one text: first all blocks, then the words of each."""

    def __init__(self) -> None:
        self._parser = _parser()
        self._environment: Environment = {}

    def blocks(self, source: str) -> list[Token]:
        """Return the tokens of the blocks, with their words still as Markdown. The parser may raise."""
        tokens = self._parser.parse(source, self._environment)
        _write_down(tokens, source)
        return tokens

    def without_used_definitions(self, tokens: list[Token]) -> list[Token]:
        """Return the ``tokens`` of a whole text without the definitions that its links use."""
        return _without_used(
            tokens, lambda content, looked_up: self._words(content, {"references": looked_up})
        )

    def words(self, content: str) -> list[Token]:
        """Return the tokens of the ``content`` of one block."""
        return self._words(content, self._environment)

    def _words(self, content: str, environment: Environment) -> list[Token]:
        if not _SIGNS.search(content):
            return [_text(_LINE_ENDS.sub(" ", content))]
        brackets = content.count("[")
        if brackets > BRACKET_LIMIT or brackets - content.count("]") > OPEN_BRACKET_LIMIT:
            return [_text(content.replace("\n", " "))]
        tokens: list[Token] = []
        self._parser.inline.parse(content, self._parser, environment, tokens)
        return tokens

    def footnote(self, number: int) -> str | None:
        """Return the label of the footnote that ``words`` gave ``number`` (from 1); None if none has it."""
        noted = self._environment.get("footnotes", {}).get("list", {}).get(number - 1)
        return str(noted["label"]) if noted else None

    def refer_to(self, label: str) -> None:
        """Give the footnote ``label`` the next number, as if the text referred to it."""
        self.words(f"[^{label}]")


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
