"""Stores the pictures that come with an article, including those in ``data:`` addresses (RFC 2397).

Nothing is ever fetched.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from library.models import FoundPicture, Image, ParsedArticle
from library.store.paths import article_file
from library.store.pictures import BYTES, PIXELS, keep_picture, picture_form, picture_path
from library.text.document import BlockKind
from library.text.markdown import parse_document

PICTURES = 40
"""Maximum number of pictures stored for an article."""

LEAST_SIDE = 4
"""Minimum length of the shorter side, in pixels; smaller pictures only count readers."""


def keep_pictures(parsed: ParsedArticle, beside: Path | None, library: Path) -> ParsedArticle:
    """Store the pictures of ``parsed``; return it with them as images, the ones that it names first.

    Files are looked up in the folder ``beside`` its source and below. Anything else, and what is too large or
    no picture by its bytes, stays an address. Raises StoreUnwritable.
    """
    sources = {found.image.url: found.source for found in parsed.found}
    stated = {image.url: image for image in parsed.images if image.url}
    others = {image.url: image for image in _in_body(parsed)}
    for found in parsed.found:
        others.setdefault(found.image.url, found.image)
    paths: dict[str, str] = {}
    for url in dict.fromkeys((*stated, *others)):
        if len(paths) == PICTURES:
            break
        path = _kept(sources.get(url, url), beside, library)
        if path:
            paths[url] = path
    images = [replace(image, path=paths.get(image.url, "")) for image in parsed.images]
    more = {
        paths[url]: replace(image, path=paths[url])
        for url, image in reversed(others.items())
        if url in paths and url not in stated
    }
    body = parsed.body
    for found in parsed.found:
        if found.caption_block and found.image.caption and found.image.url in paths:
            body = _without_block(body, found.caption_block)
    return replace(parsed, body=body, images=(*images, *reversed(more.values())), found=())


def with_present_pictures(parsed: ParsedArticle, library: Path) -> ParsedArticle:
    """Clear the paths of those pictures of ``parsed``, an export, that are not in this library."""
    images = [
        image
        if not image.path or ((file := article_file(library, image.path)) and file.is_file())
        else replace(image, path="")
        for image in parsed.images
    ]
    return replace(parsed, images=tuple(images))


def _without_block(body: str, block: str) -> str:
    """Return ``body`` without the first block that equals ``block``."""
    return f"\n\n{body}\n\n".replace(f"\n\n{block}\n\n", "\n\n", 1).strip("\n")


def _in_body(parsed: ParsedArticle) -> Iterator[Image]:
    """Yield the pictures between the paragraphs."""
    if "![" not in parsed.body:
        return
    document = parse_document(parsed.body)
    for block in document.blocks:
        if block.kind is BlockKind.IMAGE and block.target:
            yield Image(url=block.target, alt=document.text[block.start : block.end])


def _kept(source: bytes | str, beside: Path | None, library: Path) -> str:
    """Store a picture and return its path; empty if it cannot be stored."""
    data = source if isinstance(source, bytes) else _read(source, beside)
    form = picture_form(data) if data and len(data) <= BYTES else None
    if not data or form is None or min(form.width, form.height) < LEAST_SIDE:
        return ""
    return keep_picture(library, data, form) if form.width * form.height <= PIXELS else ""


def _read(name: str, beside: Path | None) -> bytes | None:
    """Read the file ``name``, a relative address, in ``beside`` or below; None if it is not there."""
    if beside is None or ":" in name[:8]:
        return None
    for relative in dict.fromkeys((unquote(name.partition("?")[0]), name)):
        try:
            path = (beside / relative).resolve()
            if path.is_relative_to(beside.resolve()) and path.is_file() and path.stat().st_size <= BYTES:
                return path.read_bytes()
        except (OSError, ValueError):  # ValueError: a NUL in the name
            continue
    return None


_INLINE = re.compile(r"data:image/[a-z0-9.+-]{1,20};base64,[A-Za-z0-9+/]{40,}={0,2}")


def inline_picture(address: str) -> bytes | None:
    """Decode a ``data:`` address; return None if it is not in base64, or too long."""
    head, comma, text = address.partition(",")
    if not comma or not head.lower().endswith(";base64") or len(text) > BYTES * 4 // 3 + 4:
        return None
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return None


def take_inline_pictures(text: str) -> tuple[str, tuple[FoundPicture, ...]]:
    """Replace ``data:`` pictures in ``text`` with their paths in the library; return text and pictures."""
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
