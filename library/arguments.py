"""Checks arguments that take several texts: a single text is one item, not a list of letters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def each_text(given: Iterable[str] | str, what: str) -> Iterator[str]:
    """The texts that were ``given``; a single one is one item.

    Args:
        given: One text, or any number of them.
        what: What they are, in the plural, for the message: ``"ids"``.

    Raises:
        TypeError: One of them is no text.
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
