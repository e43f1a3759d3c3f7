"""Description of a link address before it is opened: its host, and warnings if it may be deceptive.

A host that is not ASCII is shown and opened in its ASCII form (RFC 3492 with the prefix of RFC 5890), so the
link leads to the host that is shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit, urlunsplit

from library.text.cleaning import clean_text, is_openable

_PREFIX = "xn--"
_DOTS = re.compile("[。．｡]")
_WORDS_OF_HOST = re.compile(
    r"(?:(?:https?|ftp)://)?(?P<host>[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,})(?P<port>:\d+)?(?:[/?#]\S*)?",
    re.IGNORECASE,
)
_TOGETHER = (
    frozenset({"HAN", "HIRAGANA", "KATAKANA"}),
    frozenset({"HAN", "HANGUL"}),
    frozenset({"HAN", "BOPOMOFO"}),
)
"""Sets of scripts that are used together in one language (UTS #39, 5.2), here without Latin."""

_SCRIPT_NAMES = {"CJK": "HAN", "IDEOGRAPHIC": "HAN", "KATAKANA-HIRAGANA": "KATAKANA"}


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressDescription:
    """A description of a link. ``address`` is the one that is opened; ``openable`` is True if it may be.

    ``host`` is in ASCII, or empty if there is none. ``readable_host`` is the host in its own script, or empty
    if it is the same. ``warnings`` are sentences.
    """

    address: str
    host: str = ""
    readable_host: str = ""
    openable: bool = False
    warnings: tuple[str, ...] = ()


def describe_address(address: str, words: str = "") -> AddressDescription:
    """Describe the address of a link with the text ``words``."""
    address = " ".join(clean_text(address).split())
    parts = _split(address)
    written = _host(parts) if parts else ""
    if not parts or not written:
        return AddressDescription(address=address, openable=is_openable(address))
    host = ascii_host(written)
    if not host:
        warning = "Its host cannot be written in ASCII."
        return AddressDescription(address=address, readable_host=written, warnings=(warning,))
    readable, opened = _readable(host), _with_host(parts, written, host)
    return AddressDescription(
        address=opened,
        host=host,
        readable_host=readable if readable != host else "",
        openable=is_openable(address) and is_openable(opened),
        warnings=(*_name_before(parts, host), *_deceptions(readable), *_other_host(words, host)),
    )


def ascii_host(host: str) -> str:
    """Return ``host`` as used for lookup: in lower case, with non-ASCII labels as ``xn--…``.

    Empty if a label would be too long.
    """
    labels = _DOTS.sub(".", unicodedata.normalize("NFKC", host).lower()).split(".")
    encoded = [
        label if label.isascii() else f"{_PREFIX}{label.encode('punycode').decode('ascii')}"
        for label in labels
    ]
    return ".".join(encoded) if all(len(label) <= 63 for label in encoded) else ""


def _split(address: str) -> SplitResult | None:
    try:
        return urlsplit(address)
    except ValueError:  # an invalid host
        return None


def _host(parts: SplitResult) -> str:
    if parts.scheme == "mailto":
        return parts.path.rpartition("@")[2]
    return parts.hostname or ""


def _with_host(parts: SplitResult, written: str, host: str) -> str:
    """Return the address with its host in ASCII."""
    if written.isascii():
        return urlunsplit(parts)
    if parts.scheme == "mailto":
        name = parts.path.rpartition("@")[0]
        return urlunsplit(parts._replace(path=f"{name}@{host}"))
    user, at, _ = parts.netloc.rpartition("@")
    port = re.search(r":\d*$", parts.netloc)
    return urlunsplit(parts._replace(netloc=f"{user}{at}{host}{port[0] if port else ''}"))


def _readable(host: str) -> str:
    """Return ``host`` with its encoded labels in their own script."""
    labels = []
    for label in host.split("."):
        if label.startswith(_PREFIX):
            with suppress(UnicodeError):  # looks like an encoded label, but is none
                label = clean_text(label.removeprefix(_PREFIX).encode("ascii").decode("punycode")) or label
        labels.append(label)
    return ".".join(labels)


def _name_before(parts: SplitResult, host: str) -> Iterator[str]:
    """Yield a warning if a user name, which may look like the host, precedes the host of a web address."""
    if "@" in parts.netloc:
        yield f"What stands before the @ is a name, not the host; it leads to {host}."


def _deceptions(host: str) -> Iterator[str]:
    """Yield warnings about deceptive letters in a host."""
    for label in host.split("."):
        scripts = _scripts(label)
        if len(scripts) > 1 and not any(scripts - {"LATIN"} <= together for together in _TOGETHER):
            names = " and ".join(sorted(script.capitalize() for script in scripts))
            yield f"“{label}” mixes letters of several scripts: {names}."
    if not host.isascii():
        yield "The host has letters that are not ASCII; they may look like others."


def _scripts(label: str) -> set[str]:
    """Return the scripts of the letters of ``label``, from the first words of their Unicode names."""
    names = (unicodedata.name(letter, "UNKNOWN").split()[0] for letter in label if letter.isalpha())
    return {_SCRIPT_NAMES.get(name, name) for name in names}


def _other_host(words: str, host: str) -> Iterator[str]:
    """Yield a warning if the text of a link is an address with another host than ``host``."""
    match = _WORDS_OF_HOST.fullmatch(words.strip().rstrip(".,;:!?…"))
    if match is None:
        return
    promised = ascii_host(match["host"]).removeprefix("www.")
    leads_to = host.removeprefix("www.")
    if promised and leads_to != promised and not leads_to.endswith(f".{promised}"):
        yield f"The link says {match['host']}, but it leads to {host}."
