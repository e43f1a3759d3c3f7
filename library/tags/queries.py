"""Tags as text of the query language."""

from __future__ import annotations

import re
from collections.abc import Iterable

FAMILY = "/*"
"""What the name of a tag ends in where all below it is meant as well."""

_PLAIN = re.compile(r'[^\s"(),*]+(?:/\*)?')


def tag_term(tag: str, *, family: bool = False) -> str:
    """The term that finds ``tag``; ``family``: and all below it."""
    return f"tag:{tag_value(tag + FAMILY * family)}"


def tags_query(every: Iterable[str] = (), some: Iterable[str] = (), none: Iterable[str] = ()) -> str:
    """The query for what has each of ``every``, one of ``some`` and none of ``none``.

    A name may end in ``/*``, for a family.
    """
    terms = [f"tag:{tag_value(name)}" for name in every]
    either = ",".join(map(tag_value, some))
    if either:
        terms.append(f"tag:{either}")
    return " ".join([*terms, *(f"-tag:{tag_value(name)}" for name in none)])


def tag_value(name: str) -> str:
    """``name`` as it stands after ``tag:``, in quotation marks where it needs them."""
    plain = _PLAIN.fullmatch(name) and name.casefold() != "none"
    return name if plain else f'"{name}"'
