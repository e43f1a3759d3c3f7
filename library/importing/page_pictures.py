"""The lead picture of a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from library.importing.page_addresses import whole_address
from library.importing.structured_data import Node, PageData, element_text, first_text, texts
from library.models import Image
from library.text.cleaning import AUTHOR_LIMIT, clean_line

CAPTION_LIMIT = 1000
"""The longest caption or description of a picture, in characters."""


def read_picture(page: PageData, url: str) -> Image | None:
    """The picture that stands for the article, by its address; ``url`` is the page's. Nothing is fetched."""
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
    """The ``figure`` that shows the picture at ``address`` in any size, or None."""
    file_name = urlsplit(address).path.rsplit("/", 1)[-1]
    if len(file_name) < 5:
        return None
    for figure in tree.iter("figure"):
        if any(
            file_name in (picture.get("src") or "") + (picture.get("srcset") or "")
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
