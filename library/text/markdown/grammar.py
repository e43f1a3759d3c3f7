"""The supported Markdown: CommonMark with tables, strike-through and footnotes. Raw HTML is text.

Imports the parser, and is itself imported only where something is parsed.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from library.text.markdown import definitions

NESTING_LIMIT = 60
"""How deep quotes and lists are followed; the parser calls itself for each level."""

OPEN_BRACKET_LIMIT = 50
"""A paragraph with more brackets that nothing closes is plain text: the search for links is quadratic."""

BRACKET_LIMIT = 2000
"""The same for brackets of any kind."""

Environment = dict[str, Any]
"""What one text defines for all of its paragraphs: the addresses of links, and footnotes."""

_USUAL_ADDRESS = re.compile(r"(?:[A-Za-z0-9!#$&'()*+,./:;=?@_~-]|%[0-9A-Fa-f]{2})*")
"""Addresses that are left as they are when they are brought into their normal form."""

_SIGNS = re.compile(r"[\\`*_~\[<&]|  \n")
"""One of these is in everything within a paragraph that is not plain text."""

_LINE_ENDS = re.compile(r" ?\n[ \t]*")


class _Parser(MarkdownIt):
    def normalizeLink(self, url: str) -> str:
        return url if _USUAL_ADDRESS.fullmatch(url) else super().normalizeLink(url)


@cache
def _parser() -> MarkdownIt:
    parser = _Parser("commonmark", {"html": False, "maxNesting": NESTING_LIMIT, "inline_definitions": True})
    footnote_plugin(parser, inline=False, move_to_end=False)
    # The words within a block are read one block at a time, by ``Grammar.words``.
    parser.enable(["table", "strikethrough"]).disable(["inline", "text_join"])
    # Its lists of rules are made at the first use, which is here, so that threads can share it.
    parser.parse("a")
    parser.inline.parse("a", parser, {}, [])
    return parser


class Grammar:
    """Reads one text: first all blocks, then the words of each."""

    def __init__(self) -> None:
        self._parser = _parser()
        self._environment: Environment = {}

    def blocks(self, source: str) -> list[Token]:
        """The tokens of the blocks, each with its words as Markdown. May raise what the parser raises."""
        tokens = self._parser.parse(source, self._environment)
        definitions.write_down(tokens, source)
        return tokens

    def without_used_definitions(self, tokens: list[Token]) -> list[Token]:
        """``tokens`` of a whole text without the definitions that its links use."""
        return definitions.without_used(
            tokens, lambda content, looked_up: self._words(content, {"references": looked_up})
        )

    def words(self, content: str) -> list[Token]:
        """The tokens of the ``content`` of one block."""
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
        """The label of the footnote that ``words`` has given this number, from 1; None for none yet."""
        noted = self._environment.get("footnotes", {}).get("list", {}).get(number - 1)
        return str(noted["label"]) if noted else None

    def refer_to(self, label: str) -> None:
        """Gives the footnote ``label`` the next number, as if the text referred to it."""
        self.words(f"[^{label}]")


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
