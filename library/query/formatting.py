"""The canonical form of a query, which parses to the same query on the same day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from library.query.tree import (
    Amount,
    And,
    Days,
    Has,
    Is,
    NoDay,
    Node,
    Not,
    Or,
    Query,
    Saved,
    SortKey,
    Tagged,
    Untagged,
    Words,
    usual_order,
)

_or = re.compile("or", re.IGNORECASE)
_field = re.compile(r"[^\W\d_]+:")
_sign = re.compile(r"[!+~][^\W\d_]+:")
_FOREIGN = ("AND", "NOT", "&", "&&", "|", "||")
_broken = re.compile(r'[\s()"]|~[0-9]*$')
_MOST_DIGITS = 10**9


def canonical(query: Query | Node) -> str:
    """Format ``query``, with quotation marks only where needed. Those inside values become spaces."""
    if not isinstance(query, Query):
        return _either(query)
    parts = [_either(query.node)]
    if query.has_order or query.sort != usual_order(query.node):
        parts.append(sorting(query.sort))
    if query.limit is not None:
        parts.append(f"limit:{query.limit}")
    return " ".join(filter(None, parts))


def quoted(value: str, field: str = "") -> str:
    """Format ``value`` for use after ``field:`` (or as a word), in quotation marks if needed."""
    value = value.replace('"', " ")
    plain = bool(value) and not _broken.search(value) and not any(char.isspace() for char in value)
    if field:
        plain = plain and "," not in value and (field in ("tag", *_DATES) or not value.endswith("*"))
    else:
        plain = plain and not (value[0] in "-#" or _or.fullmatch(value) or _field.match(value))
        plain = plain and not value.endswith("*") and not _sign.match(value) and value not in _FOREIGN
    return value if plain else f'"{value}"'


_DATES = ("date", "added", "noted", "opened")


def sorting(keys: Sequence[SortKey]) -> str:
    """Format an order as a ``sort:`` term."""
    return f"sort:{','.join(map(_sort_key, keys))}"


def _sort_key(key: SortKey) -> str:
    return f"-{key.name}" if key.descending else key.name


def _either(node: Node) -> str:
    if isinstance(node, Or) and _alternatives(node) is None:
        return " OR ".join(_grouped(child) if isinstance(child, Or) else _all(child) for child in node.nodes)
    return _all(node)


def _all(node: Node) -> str:
    return " ".join(map(_grouped, node.nodes)) if isinstance(node, And) else _grouped(node)


def _grouped(node: Node) -> str:
    """Format ``node`` for use next to other terms, in parentheses if needed."""
    match node:
        case Not(child):
            inner = _grouped(child)
            return f"-({inner})" if isinstance(child, Not) else f"-{inner}"
        case And():
            return f"({_all(node)})"
        case Or():
            values = _alternatives(node)
            return f"({_either(node)})" if values is None else ":".join(values)
        case Words(field=""):
            return _word(node)
    field, value = _field_value(node)
    return f"{field}:{value}"


def _alternatives(node: Or) -> tuple[str, str] | None:
    """Return the field and the values if ``node`` can be one term with several values, otherwise None."""
    if not all(map(_is_listed, node.nodes)):
        return None
    kinds = [type(child) for child in node.nodes]
    if (Tagged in kinds or Untagged in kinds) and kinds != [Untagged, Tagged]:
        return None
    pairs = [_field_value(child) for child in node.nodes]
    fields = {field for field, _ in pairs}
    return (fields.pop(), ",".join(value for _, value in pairs)) if len(fields) == 1 else None


def _is_listed(node: Node) -> bool:
    """Return True if ``node`` can be one of several values. Amounts cannot: commas look like thousands."""
    match node:
        case Not() | And() | Or() | Words(field="") | Amount():
            return False
    return True


def _field_value(node: Node) -> tuple[str, str]:
    match node:
        case Words(field=field):
            return field, _word(node)
        case Tagged(names):
            return "tag", ",".join(map(_tag, names))
        case Untagged():
            return "tag", "none"
        case Days():
            return str(node.clock), quoted(node.written or days_text(node.first, node.last), "date")
        case NoDay(clock):
            return str(clock), "none"
        case Is(state):
            return "is", state
        case Has(thing):
            return "has", thing
        case Amount():
            return node.measure, _amount(node.least, node.most)
        case Saved(name):
            return "saved", quoted(name, "saved")
    raise TypeError(f"{type(node).__name__} is no term")


def _word(words: Words) -> str:
    star = "*" * words.prefix
    if words.near is None:
        return quoted(words.text, words.field) + star
    phrase = words.text.replace('"', " ")
    return f'"{phrase}"{star}~{words.near}'


def _tag(name: str) -> str:
    plain = name.casefold() != "none" and "*" not in name.removesuffix("/*")
    return quoted(name, "tag") if plain else f'"{name}"'


def _amount(least: int | None, most: int | None) -> str:
    if least is not None and most is not None:
        return str(least) if least == most else f"{least}..{most}"
    if most is not None:
        return f"<={most}" if most >= 0 else f"<{most + 1}"
    assert least is not None
    return f">={least}" if least < _MOST_DIGITS else f">{least - 1}"


def days_text(first: date | None, last: date | None) -> str:
    """Format the days from ``first`` to ``last`` as the shortest value of a date term."""
    start, end = first.isoformat() if first else "", last.isoformat() if last else ""
    if first and last:
        if first == last:
            return start
        after = last + timedelta(days=1) if last < date.max else None
        if first.day == 1 and (after is None or after.day == 1):
            if first.month == 1 and last.month == 12 and first.year == last.year:
                return start[:4]
            if start[:7] == end[:7]:
                return start[:7]
    return f"{start}..{end}"


FAMILY = "/*"
"""End of a tag name that includes all tags below it."""

_PLAIN = re.compile(r'[^\s"(),*]+(?:/\*)?')


def field_term(field: str, value: str) -> str:
    """Format the term that finds ``value`` in ``field``."""
    return f"{field}:{quoted(value, field)}"


def tag_term(tag: str, *, family: bool = False) -> str:
    """Format the term that finds ``tag``, and with ``family`` also all tags below it."""
    return f"tag:{tag_value(tag + FAMILY * family)}"


def tags_query(every: Iterable[str] = (), some: Iterable[str] = (), none: Iterable[str] = ()) -> str:
    """Format the query for articles with all tags in ``every``, one in ``some`` and none in ``none``.

    A name may end in ``/*``, for a family.
    """
    terms = [f"tag:{tag_value(name)}" for name in every]
    either = ",".join(map(tag_value, some))
    if either:
        terms.append(f"tag:{either}")
    return " ".join([*terms, *(f"-tag:{tag_value(name)}" for name in none)])


def tag_value(name: str) -> str:
    """Format ``name`` for use after ``tag:``, in quotation marks if needed."""
    plain = _PLAIN.fullmatch(name) and name.casefold() != "none"
    return name if plain else f'"{name}"'
