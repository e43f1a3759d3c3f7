"""Finds the lead picture of a page, and the pictures saved with the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urlsplit

from library.importing.formats.html.addresses import whole_address
from library.importing.formats.html.structured_data import Node, PageData, element_text, first_text, texts
from library.importing.pictures import inline_picture
from library.models import FoundPicture, Image
from library.store.pictures import picture_form, picture_path
from library.text.cleaning import ADDRESS_LIMIT, AUTHOR_LIMIT, clean_line

CAPTION_LIMIT = 1000
"""Maximum length of the caption or description of a picture, in characters."""


def read_picture(page: PageData, url: str) -> Image | None:
    """Return the article's lead picture, or None. ``url`` is the page's address. Nothing is fetched."""
    listed = page.resolved_all(page.article.get("image"))
    node: Node = next((item for item in listed if isinstance(item, Mapping)), {})
    address = page.meta_text("og:image:secure_url", "og:image", "og:image:url", "twitter:image")
    stated = [
        address,
        *(str(item.get("url") or "") for item in listed if isinstance(item, Mapping)),
        *texts(listed),
    ]
    target = next((whole for text in stated if (whole := whole_address(text, url))), "")
    if not target:
        return None
    figure = _figure(page.tree, target)
    caption = first_text(node.get("caption")) or _part(figure, "figcaption")
    credit = (
        first_text(node.get("creditText"))
        or first_text(node.get("author"))
        or first_text(node.get("copyrightHolder"))
    )
    alt = page.meta_text("og:image:alt", "twitter:image:alt") or _alt(figure)
    return Image(
        url=target,
        caption=clean_line(caption, CAPTION_LIMIT),
        credit=clean_line(credit, AUTHOR_LIMIT),
        alt=clean_line(alt, CAPTION_LIMIT),
    )


def _figure(tree: Any, address: str) -> Any:
    """Return the ``figure`` that shows the picture at ``address`` in any size, or None."""
    last = urlsplit(address).path.rsplit("/", 1)[-1]
    if len(last) < 5:
        return None
    for figure in tree.iter("figure"):
        if any(
            last in (picture.get("src") or "") + (picture.get("srcset") or "")
            for picture in figure.iter("img")
        ):
            return figure
    return None


def _part(figure: Any, tag: str) -> str:
    found = figure.find(f".//{tag}") if figure is not None else None
    return element_text(found) if found is not None else ""


def _alt(figure: Any) -> str:
    picture = figure.find(".//img") if figure is not None else None
    return (picture.get("alt") or "") if picture is not None else ""


LEAST_WIDTH, LEAST_HEIGHT = 200, 100
"""Minimum size in pixels of a picture that illustrates an article; faces, logos and buttons are smaller."""

_ILLUSTRATING = ("figure", "article", "main")
_ELSEWHERE = ("aside", "nav", "footer", "header", "form")


def found_pictures(tree: Any, lead: Image | None) -> tuple[FoundPicture, ...]:
    """Return the article's pictures that are files beside the page or in it as ``data:`` addresses.

    The one with the file name of ``lead`` gets ``lead`` as its image.
    """
    found = list(_illustrations(tree))
    if lead is None:
        return tuple(found)
    name = file_name(lead.url)
    for index, one in enumerate(found):
        if isinstance(one.source, str) and file_name(one.source) == name:
            found[index] = replace(one, image=lead)
            break
    return tuple(found)


def file_name(address: str) -> str:
    """Return the last part of the path of ``address``; empty if there is none."""
    try:
        return unquote(urlsplit(address).path).rsplit("/", 1)[-1]
    except ValueError:
        return ""


def _illustrations(tree: Any) -> Iterator[FoundPicture]:
    for picture in tree.iter("img"):
        around = [element.tag for element in picture.iterancestors()]
        if not any(tag in _ILLUSTRATING for tag in around) or any(tag in _ELSEWHERE for tag in around):
            continue
        source: bytes | str | None = picture.get("src") or ""
        address = str(source)
        if address.startswith("data:"):
            source = inline_picture(address)
            form = picture_form(source) if source else None
            if source is None or form is None or form.width < LEAST_WIDTH or form.height < LEAST_HEIGHT:
                continue
            address = picture_path(source, form)
        if source and len(address) <= ADDRESS_LIMIT and "//" not in address[:8]:
            yield FoundPicture(image=_described(picture, address), source=source)


def _described(picture: Any, address: str) -> Image:
    figure = next(picture.iterancestors("figure"), None)
    return Image(
        url=clean_line(address, ADDRESS_LIMIT),
        caption=clean_line(_part(figure, "figcaption"), CAPTION_LIMIT),
        alt=clean_line(picture.get("alt") or "", CAPTION_LIMIT),
    )
