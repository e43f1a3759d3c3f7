"""Splits Markdown into blocks at blank lines. Fenced code stays whole."""

from __future__ import annotations

import re

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_STRUCTURE = re.compile(
    r"""\s{0,3}(?: \#{1,6}(?:\s|$) | > | [-+*]\s | \d{1,9}[.)]\s | \| | `{3} | ~{3} | !\[ | <[a-zA-Z/!]
    | (?:[-*_=]\s*){3,}$ ) | \ {4} | \t""",
    re.VERBOSE,
)
_BOLD_LINE = re.compile(r"(\*\*|__)(?=\S)(?P<text>(?:(?!\1).)+)(?<=\S)\1")
_EMPHASIZED = re.compile(r"([*_]{1,3})(?=\S).+(?<=\S)\1", re.DOTALL)


def split_blocks(text: str) -> list[str]:
    """Split ``text`` into blocks; fenced code stays unchanged, and its blank lines end no block."""
    blocks: list[str] = []
    lines: list[str] = []
    fence = ""
    for line in text.split("\n"):
        if not fence and not line.strip(" \t"):
            if lines:
                blocks.append("\n".join(lines))
            lines = []
            continue
        inside, match = bool(fence), _FENCE.match(line)
        if match is not None and not fence:
            fence = match[1]
        elif fence and match is not None and match[1].startswith(fence) and not line.strip(" `~"):
            fence = ""
        text = line.rstrip(" \t")
        lines.append(line if inside and fence else f"{text}  " if line.endswith("  ") else text)
    return [*blocks, "\n".join(lines)] if lines else blocks


def is_running_text(block: str) -> bool:
    """Return True for a paragraph: no heading, list, quote, table, code, image or emphasised line."""
    return not _STRUCTURE.match(block) and _EMPHASIZED.fullmatch(block) is None


def bold_line(block: str) -> str:
    """Return the text of a block that is one bold line, without its marks; otherwise empty."""
    match = _BOLD_LINE.fullmatch(block.strip())
    return match["text"].strip() if match else ""
