"""Checks arguments that take several strings: a single string is one item, not a list of letters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def each_text(given: Iterable[str] | str, what: str) -> Iterator[str]:
    """Yield the strings that were ``given``; a single string is one item.

    Args:
        given: One string, or any number of them.
        what: A plural noun for the error message, such as ``"ids"``.

    Raises:
        TypeError: An item is not a string.
    """
    if isinstance(given, str):
        return iter((given,))
    if isinstance(given, bytes | bytearray) or not isinstance(given, Iterable):
        raise TypeError(f"The {what} are one text or several, not {type(given).__name__}.")
    return _checked(given, what)


def _checked(given: Iterable[str], what: str) -> Iterator[str]:
    for item in given:
        if not isinstance(item, str):
            hint = ": give its id" if hasattr(item, "id") else ""
            raise TypeError(
                f"The {what} are texts, and one of them is of the type {type(item).__name__}{hint}."
            )
        yield item
