"""Reads the tags written inside a note, such as ``#idea``."""

from __future__ import annotations

import re

from library.text.case_folding import LETTER

_NO_WORDS = re.compile(
    r"""
    ^[ ]{0,3}(?P<fence>`{3,}|~{3,})[^\n]*$ .*? (?:^[ ]{0,3}(?P=fence)[`~]*[ ]*$ | \Z)   # a block of code
    | (?<!`)(?P<ticks>`+)(?!`) .+? (?<!`)(?P=ticks)(?!`)                               # code
    | \]\([^)\s]*\)                                                                    # where a link leads
    | <[a-z][a-z0-9+.-]*:[^>\s]*>
    | \b[a-z][a-z0-9+.-]*://\S+ | \bwww\.\S+                                           # an address
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL | re.IGNORECASE,
)
_NAME = f"(?:{LETTER}|[_/\u0300-\u036f\u200c\u200d-])"
_TAG = re.compile(rf"(?<![\w#/&\\])#(?=[\d_/-]*(?!\d){LETTER})({_NAME}+)(?!#)")


def note_tags(body: str) -> tuple[str, ...]:
    """Return the tags in the Markdown ``body``, in order and as written.

    A tag contains a letter of any script, and may contain digits, ``-``, ``_`` and ``/``. A ``#`` in code, in
    an address or before a space, as in a heading, begins no tag.
    """
    return tuple(match[1].strip("-_/") for match in _TAG.finditer(_NO_WORDS.sub(" ", body)))
