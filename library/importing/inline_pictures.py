"""Pictures that are written into a text as ``data:`` addresses (RFC 2397)."""

from __future__ import annotations

import base64
import binascii
import re

from library.models import FoundPicture, Image
from library.store.pictures import BYTES, picture_form, picture_path

_INLINE = re.compile(r"data:image/[a-z0-9.+-]{1,20};base64,[A-Za-z0-9+/]{40,}={0,2}")


def inline_picture(address: str) -> bytes | None:
    """The bytes of a ``data:`` address; None where it is not one in base64, or too long."""
    head, comma, text = address.partition(",")
    if not comma or not head.lower().endswith(";base64") or len(text) > BYTES * 4 // 3 + 4:
        return None
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return None


def take_inline_pictures(text: str) -> tuple[str, tuple[FoundPicture, ...]]:
    """``text`` with each such picture's address as the path it will have in the library, and the pictures."""
    found: dict[str, FoundPicture] = {}

    def path_of(match: re.Match[str]) -> str:
        data = inline_picture(match[0])
        form = picture_form(data) if data else None
        if data is None or form is None:
            return match[0]
        path = picture_path(data, form)
        found[path] = FoundPicture(image=Image(url=path), source=data)
        return path

    return (_INLINE.sub(path_of, text) if ";base64," in text else text), tuple(found.values())
