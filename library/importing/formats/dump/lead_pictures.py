"""Extracts the lead picture below the head of a dump when its credit is not a bold line.

Such a picture is an image with a caption in italics, a caption that ends in its credit in brackets, or a line
with a label such as “Photo:”.
"""

from __future__ import annotations

import re

from library.importing.formats.dump.converter_marks import is_nameless_picture
from library.importing.formats.dump.credits import LABEL, is_credit
from library.importing.markdown_escapes import plain_text
from library.importing.paragraphs.blocks import bold_line, is_running_text
from library.models import Image
from library.text.cleaning import TITLE_LIMIT, clean_address, clean_line

CAPTION_LIMIT = 300
CREDIT_WORDS = 12

_IMAGE = re.compile(
    r"(?:\[)?!\[(?P<alt>(?:\\.|[^\[\]\\])*)\]\(\s*<?(?P<target>[^\s<>()]+)>?(?:\s+\"(?P<title>[^\"]*)\")?\s*\)"
    r"(?:\]\([^()\s]*\))?"
)
_ITALIC = re.compile(r"(?P<mark>\*|_)(?![*_\s])(?P<text>.+?)(?<![*_\s])(?P=mark)", re.DOTALL)
_BRACKETED = re.compile(
    r"(?P<caption>.{8,}?)\s*(?:\((?P<round>[^()]{2,100})\)|\[(?P<square>[^\[\]]{2,100})\])\.?"
)
_LABELLED_END = re.compile(
    rf"(?P<caption>.{{8,}}?[.!?…”\"])\s*(?P<credit>(?:{LABEL.pattern}).{{2,100}})", re.IGNORECASE
)
_BARRED_END = re.compile(r"(?P<caption>.{8,}?)\s+(?:[|–—]|/{2})\s*(?P<credit>[^|.]{2,80})")


def split_credit(text: str) -> tuple[str, str]:
    """Return the caption and the credit of a line; the credit is empty if the line does not end in one."""
    bracketed = _BRACKETED.fullmatch(text)
    if bracketed is not None:
        credit = (bracketed["round"] or bracketed["square"]).strip()
        if is_credit(credit):
            return bracketed["caption"].strip(), credit
    for pattern in (_LABELLED_END, _BARRED_END):
        match = pattern.fullmatch(text)
        if match is not None and is_credit(match["credit"].strip().rstrip(".")):
            return match["caption"].strip(), match["credit"].strip()
    return text, ""


def _image(caption: str, credit: str, match: re.Match[str] | None = None) -> Image:
    address = clean_address(match["target"]) if match is not None else ""
    return Image(
        url=address,
        alt=clean_line(plain_text(match["alt"]), TITLE_LIMIT) if match is not None else "",
        caption=clean_line(plain_text(caption), TITLE_LIMIT * 2),
        credit=clean_line(plain_text(credit), TITLE_LIMIT),
    )


def take_lead_picture(blocks: list[str]) -> tuple[list[str], tuple[Image, ...]]:
    """Return ``blocks`` (those below the head) without the lead picture, and that picture.

    The picture must begin in one of the first two blocks, and another block must follow it.
    """
    if len(blocks) < 2:
        return blocks, ()
    match = _IMAGE.fullmatch(blocks[0].strip())
    if match is not None:
        caption, credit, end = _below_image(blocks)
        if end == 1:
            return blocks, ()
        return blocks[end:], (_image(caption, credit, match),)
    for index in (0, 1):
        found = _captioned(blocks, index)
        if found is not None and index + 1 < len(blocks):
            first, image = found
            return blocks[:first] + blocks[index + 1 :], (image,)
    return blocks, ()


def _below_image(blocks: list[str]) -> tuple[str, str, int]:
    """Return the caption and credit below an image, and the index of the first block after them."""
    caption, credit, end = "", "", 1
    italic = _ITALIC.fullmatch(blocks[1].strip()) if len(blocks) > 2 else None
    if italic is not None and len(blocks[1]) <= CAPTION_LIMIT:
        caption, credit = split_credit(" ".join(italic["text"].split()))
        end = 2
    elif len(blocks) > 2 and len(blocks[1]) <= CAPTION_LIMIT and is_running_text(blocks[1]):
        caption, credit = split_credit(" ".join(blocks[1].split()))
        end = 2 if credit or (len(blocks) > 3 and is_credit(plain_text(bold_line(blocks[2])))) else 1
    if (
        not credit
        and end + 1 < len(blocks)
        and (text := plain_text(bold_line(blocks[end])))
        and is_credit(text)
    ):
        return caption, text, end + 1
    if not credit and end + 1 < len(blocks) and _is_credit_line(blocks[end]):
        return caption, plain_text(blocks[end]), end + 1
    return caption, credit, end


def _captioned(blocks: list[str], index: int) -> tuple[int, Image] | None:
    """Return the picture whose credit is in the block at ``index``, after the index of its first block."""
    text = " ".join(blocks[index].split())
    italic = _ITALIC.fullmatch(text)
    if len(text) > CAPTION_LIMIT or not (is_running_text(text) or italic):
        return None
    text = italic["text"] if italic is not None else text
    if _is_credit_line(text):
        above = blocks[index - 1] if index else ""
        if above and (len(above) > CAPTION_LIMIT // 2 or not is_running_text(above)):
            return index, _image("", text)
        return max(0, index - 1), _image(above, text)
    caption, credit = split_credit(text)
    one_sentence = (
        re.search(r"[.!?…][\"”»]?\s+[^\W\da-zß-ÿ_]", caption) is None or len(caption) <= CAPTION_LIMIT // 2
    )
    if index == 0 and credit and one_sentence:
        return index, _image(caption, credit)
    return None


def _is_credit_line(text: str) -> bool:
    """Return True if a line that is not bold is only a credit, with a label or two names."""
    plain = plain_text(" ".join(text.split()))
    if len(plain.split()) > CREDIT_WORDS or not is_credit(plain):
        return False
    return LABEL.match(plain) is not None or bool(re.search(r"\S\s?/\s?\S|\s(?:via|for)\s|\(", plain))


def take_nameless_pictures(blocks: list[str]) -> tuple[list[str], tuple[Image, ...]]:
    """Return ``blocks`` without a converter's pictures that have no description, and those pictures."""
    kept = [block for block in blocks if not is_nameless_picture(block)]
    taken = [_IMAGE.fullmatch(block.strip()) for block in blocks if is_nameless_picture(block)]
    return kept, tuple(_image("", "", match) for match in taken if match is not None)
