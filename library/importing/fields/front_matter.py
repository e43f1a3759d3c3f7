"""Reads the front matter of a text: YAML, TOML, JSON, or lines such as ``Title: …``.

Every value is a string as written (``No``, ``12:30``, ``007``), a list, or a mapping. Invalid YAML or TOML is
read line by line, so that one unusual line does not affect the others.
"""

from __future__ import annotations

import json
import re
import textwrap
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import takewhile
from typing import Any

from library.importing.fields.field_names import is_known, normal_name

HEAD_LINES = 400
"""Maximum number of lines in a front-matter block."""

_SPACED_LINES = 60
"""Maximum number of lines above a ``Content:`` line, which a reader service puts before the text."""

UNREAD = "unread"
"""Name of the field that keeps the lines of a block that are not fields."""

_FENCE = re.compile(r"-{3,}[ \t]*(?P<form>ya?ml|toml|json)?[ \t]*", re.IGNORECASE)
_CLOSING = re.compile(r"(?:-{3,}|\.{3})[ \t]*")
_TOML_FENCE = re.compile(r"\+{3,}[ \t]*")
_JSON_FENCE = re.compile(r";;;[ \t]*")
_KEY = re.compile(
    r"""(?:\.\.[ ]+)?
    (?P<key>"[^"\n]{1,80}"|'[^'\n]{1,80}'|[^\W\d][^:：\n"'\[\]{}#]{0,60}?)
    [ \t]*(?P<mark>::|:|：)
    (?P<space>[ \t]*)(?P<value>.*)""",
    re.VERBOSE,
)
_TOML_KEY = re.compile(r"""(?P<key>"[^"\n]+"|'[^'\n]+'|[\w.-]+)[ \t]*=[ \t]*(?P<value>.*)""")
_QUOTED = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^']|'')*'""")
_HASHTAG_ITEM = re.compile(r"(?m)^([ \t]*-[ \t]+)(#[^\s\"]+)[ \t]*$")
_COMMENT = re.compile(r"[ \t]#.*")
_BLOCK_TEXT = re.compile(r"[|>][-+\d]{0,2}")
_CONTENT = re.compile(
    r"(?:(?:markdown|page|main|full|article)[ ])?(?:content|text|body):[ \t]*", re.IGNORECASE
)
_NEVER_ALONE = frozenset(
    {"date", "source", "tags", "topic", "label", "by", "web", "link", "original", "time"}
)


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its name, its value, and the text on its line unless it is quoted."""

    name: str
    value: Any
    written: str = ""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields at the head of a text, in their order, and the text below them."""

    fields: tuple[Field, ...] = ()
    rest: str = ""
    unread: tuple[str, ...] = field(default=())


def read_front_matter(text: str) -> FrontMatter | None:
    """Return the fields at the head of ``text`` and the text below; None if it has no front matter."""
    text = re.sub("\r\n?|[\u2028\u2029\x85]", "\n", text.lstrip("\ufeff")).lstrip("\n \t\ufeff")
    first = text.partition("\n")[0]
    if (fence := _FENCE.fullmatch(first)) is not None:
        form = (fence["form"] or "").lower()
        reader = {"toml": _toml_fields, "json": _json_fields}.get(form, _yaml_fields)
        return _fenced(text, _CLOSING, reader) or _unclosed(text)
    if _TOML_FENCE.fullmatch(first):
        return _fenced(text, _TOML_FENCE, _toml_fields)
    if _JSON_FENCE.fullmatch(first):
        return _fenced(text, _JSON_FENCE, _json_fields)
    if first.startswith("{"):
        return _json_head(text)
    if first.startswith("<!--"):
        return _comment_head(text)
    return _percent_head(text) if first.startswith("% ") else _bare_head(text)


def _fenced(text: str, closing: re.Pattern[str], read: Any) -> FrontMatter | None:
    lines = text.split("\n", HEAD_LINES)
    end = next((at for at, line in enumerate(lines) if at and closing.fullmatch(line)), None)
    if end is None:
        return None
    block = "\n".join(lines[1:end])
    found: FrontMatter | None = read(block) if block.strip() else FrontMatter()
    return found and FrontMatter(found.fields, "\n".join(lines[end + 1 :]), found.unread)


def _unclosed(text: str) -> FrontMatter | None:
    """Read a block with an opening fence only; it ends at the first line that is not a field."""
    return _bare_head(text.partition("\n")[2].lstrip("\n"))


# YAML


def _yaml_fields(block: str) -> FrontMatter | None:
    block = textwrap.dedent(block.expandtabs(2) if re.search(r"(?m)^ *\t", block) else block)
    block = _HASHTAG_ITEM.sub(r'\1"\2"', block)
    blocks, unread = _blocks(block.split("\n"))
    whole = _yaml(block)
    if isinstance(whole, dict) and _are_fields(list(map(str, whole)), 0):
        lines = {one.name: one for one in blocks}
        return FrontMatter(tuple(Field(str(key), whole[key], _written(lines.get(str(key)))) for key in whole))
    if not _are_fields([one.name for one in blocks], len(unread)):
        return None
    return FrontMatter(tuple(map(_yaml_field, blocks)), "", tuple(unread))


def _yaml(block: str) -> Any:
    """Parse ``block`` as YAML, with every scalar as a string; None if it is not valid."""
    import yaml

    try:
        return yaml.load(block, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except (yaml.YAMLError, ValueError, TypeError, RecursionError):  # TypeError: a list as a key
        return None


def _are_fields(names: Sequence[str], unread: int) -> bool:
    """Return True if a block between fences has fields, and is not text between two rules."""
    if not names or unread * 2 > len(names):
        return False
    return any(map(is_known, names)) or all(re.fullmatch(r"[a-z][\w-]*", name) for name in names)


@dataclass(slots=True)
class _Lines:
    """The line of a key, with the lines that belong to it."""

    name: str
    value: str
    lines: list[str]


def _blocks(lines: Iterable[str]) -> tuple[list[_Lines], list[str]]:
    """Group lines by key; return the groups, and the lines that belong to no key."""
    blocks: list[_Lines] = []
    unread: list[str] = []
    for line in lines:
        match = None if line[:1] in " \t-#" else _key_line(line)
        if match is not None:
            blocks.append(_Lines(_unquoted(match["key"].strip()), match["value"].strip(), [line]))
        elif blocks and (not line.strip() or line[:1] in " \t" or line.startswith("- ") or line == "-"):
            blocks[-1].lines.append(line)
        elif line.strip() and not line.startswith("#") and not _closes(line, blocks):
            unread.append(line)
    return blocks, unread


def _closes(line: str, blocks: list[_Lines]) -> bool:
    """Add ``line`` to the last key if it completes a value in quotes or brackets; return True if so."""
    if not blocks or _yaml("\n".join(blocks[-1].lines)) is not None:
        return False
    blocks[-1].lines.append(line)
    if isinstance(_yaml("\n".join(blocks[-1].lines)), dict):
        return True
    blocks[-1].lines.pop()
    return False


def _key_line(line: str) -> re.Match[str] | None:
    match = _KEY.fullmatch(line)
    if match is None or match["key"].count(" ") > 4:
        return None
    tight = match["value"] and not match["space"]
    if (tight or match["mark"] == "：") and not is_known(match["key"]):
        return None
    return None if tight and match["value"].startswith("//") else match


def _written(one: _Lines | None) -> str:
    """Return the text on the line of a key if it is the whole value, without quotes; otherwise empty."""
    if one is None or len([line for line in one.lines if line.strip()]) > 1:
        return ""
    quoted = _QUOTED.match(one.value)
    whole = quoted is not None and not _COMMENT.sub("", one.value[quoted.end() :]).strip()
    return "" if whole or _BLOCK_TEXT.fullmatch(one.value) else one.value


def _yaml_field(one: _Lines) -> Field:
    alone = _yaml("\n".join(one.lines))
    value = alone[one.name] if isinstance(alone, dict) and one.name in alone else _lenient(one)
    return Field(one.name, value, _written(one))


def _lenient(one: _Lines) -> Any:
    """Return the value of lines that are not valid YAML: a list, or a string as written."""
    below = [line.strip() for line in one.lines[1:] if line.strip()]
    first = one.value
    if _BLOCK_TEXT.fullmatch(first):
        return "\n".join(below)
    if below and all(line.startswith("-") for line in below):
        items = [_unquoted(line[1:].strip()) for line in below]
        return [_unquoted(first), *items] if first else items
    if not below and re.fullmatch(r"\[[^\[\]]*\]?", first):
        return [_unquoted(item.strip()) for item in _items(first.strip("[]"))]
    return _unquoted(" ".join((first, *below)).strip())


def _items(text: str) -> Iterator[str]:
    """Split ``text`` at the commas outside quotation marks."""
    for match in re.finditer(r"""(?:"[^"]*"|'[^']*'|[^,])+""", text):
        if match.group().strip():
            yield match.group()


def _unquoted(text: str) -> str:
    """Remove the quotation marks around ``text``."""
    if len(text) < 2 or text[0] != text[-1] or text[0] not in "\"'":
        return text
    inner = text[1:-1]
    return inner.replace('\\"', '"') if text[0] == '"' else inner.replace("''", "'")


# TOML and JSON


def _toml_fields(block: str) -> FrontMatter | None:
    try:
        return FrontMatter(_native(tomllib.loads(block)))
    except (ValueError, RecursionError):
        return _toml_lines(block)


def _toml_lines(block: str) -> FrontMatter | None:
    """Read invalid TOML: each key on its own, with the lines that follow it."""
    blocks: list[_Lines] = []
    unread: list[str] = []
    for line in block.split("\n"):
        match = _TOML_KEY.fullmatch(line.strip())
        if re.fullmatch(r"\s*\[+[\w. -]+\]+\s*", line):
            continue
        if match is not None:
            blocks.append(_Lines(_unquoted(match["key"]), match["value"].strip(), [line.strip()]))
        elif blocks and line.strip() and line.strip()[0] in "\"'],-":
            blocks[-1].lines.append(line)
        elif line.strip() and not line.strip().startswith("#"):
            unread.append(line)
    if not _are_fields([one.name for one in blocks], len(unread)):
        return None
    return FrontMatter(tuple(_toml_field(one) for one in blocks), "", tuple(unread))


def _toml_field(one: _Lines) -> Field:
    try:
        return Field(one.name, _as_text(next(iter(tomllib.loads("\n".join(one.lines)).values()))))
    except (ValueError, RecursionError, StopIteration):
        return Field(one.name, _lenient(one))


def _json_fields(block: str) -> FrontMatter | None:
    """Read a JSON object, with or without the braces around it."""
    for text in (block, f"{{{block}}}"):
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict):
            return FrontMatter(_native(found))
    return None


def _json_head(text: str) -> FrontMatter | None:
    """Read a JSON object that is followed by text; one on its own is data, not the head of an article."""
    try:
        found, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return None
    rest = text[end:]
    if not isinstance(found, dict) or not any(map(is_known, found)) or not rest.startswith("\n"):
        return None
    if not any(character.isalnum() for character in rest) or rest.lstrip().startswith(("{", "[{")):
        return None
    return FrontMatter(_native(found), rest)


def _native(found: Mapping[str, Any]) -> tuple[Field, ...]:
    return tuple(Field(str(key), _as_text(value)) for key, value in found.items())


def _as_text(value: Any) -> Any:
    """Return ``value`` with every scalar as a string."""
    if isinstance(value, Mapping):
        return {str(key): _as_text(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_as_text(inner) for inner in value]
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return "" if value is None else str(value)


# Heads without fences


def _bare_head(text: str) -> FrontMatter | None:
    """Read lines such as ``Title: …`` before the first blank line, or before a line ``Content:``."""
    lines = text.split("\n", HEAD_LINES)
    marker = next((at for at, line in enumerate(lines[:_SPACED_LINES]) if _CONTENT.fullmatch(line)), 0)
    end = marker or _end_of_bare_head(lines)
    head = [line for line in lines[:end] if line.strip()]
    blocks, unread = _blocks(head)
    if unread or not blocks or not _key_line(lines[0]) or any(line.startswith(("- ", "#")) for line in head):
        return None
    names = [normal_name(one.name) for one in blocks]
    known = sum(map(is_known, names))
    if known < 2 or known * 2 < len(names) or len(set(names)) < len(names) or _NEVER_ALONE.issuperset(names):
        return None
    rest = "\n".join(lines[end + bool(marker) :])
    return FrontMatter(tuple(map(_bare_field, blocks)), rest.lstrip("\n"))


def _end_of_bare_head(lines: Sequence[str]) -> int:
    """Return the line at which the text begins; reader services add a blank line after each field."""
    end = sum(1 for _ in takewhile(str.strip, lines))
    if end > 1:
        return end
    for at, line in enumerate(lines[1:], 1):
        match = _key_line(line)
        if line.strip() and (match is None or not is_known(match["key"])):
            break
        end = at + 1 if line.strip() else end
    return end


def _bare_field(one: _Lines) -> Field:
    below = (line.strip() for line in one.lines[1:] if line.strip())
    text = " ".join((one.value, *below)).strip()
    return Field(one.name, _unquoted(text), text if text == _unquoted(text) else "")


def _comment_head(text: str) -> FrontMatter | None:
    """Read the fields in an HTML comment above a text (Nikola); above a page, it is only a comment."""
    inside, closed, rest = text.removeprefix("<!--").partition("-->")
    if not closed or rest.lstrip().startswith("<") or inside.count("\n") > HEAD_LINES:
        return None
    block = "\n".join(line.strip() for line in inside.split("\n") if not _FENCE.fullmatch(line))
    found = _bare_head(block.strip())
    return found and FrontMatter(found.fields, f"{found.rest}\n\n{rest}".lstrip("\n"))


def _percent_head(text: str) -> FrontMatter | None:
    """Read Pandoc's title block: title, authors and date on lines that begin with ``%``."""
    lines = list(takewhile(lambda line: line.startswith(("%", "  ")), text.split("\n", HEAD_LINES)))
    parts: list[str] = []
    for line in lines:
        if line.startswith("%"):
            parts.append(line[1:].strip())
        else:
            parts[-1] = f"{parts[-1]} {line.strip()}"
    if not 2 <= len(parts) <= 3 or not parts[0]:
        return None
    names = ("title", "author", "date")
    fields = (Field(name, value, value) for name, value in zip(names, parts, strict=False) if value)
    return FrontMatter(
        tuple(fields), text.split("\n", len(lines))[-1] if len(lines) <= text.count("\n") else ""
    )
