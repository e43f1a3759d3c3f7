"""Extracts the pictures of a dump from its blocks: photo credits, and the captions before them.

A credit is a paragraph of one bold line. Bold sub-headings and sentences look the same, so away from the
head of an article only a line with an agency, a picture source or a label such as “Photo:” counts.

The lead picture below the head may have no bold line: an image with a caption in italics, a caption that
ends in its credit in brackets, or a line with a label.
"""

from __future__ import annotations

import re
import unicodedata

from library.importing.fields.agencies import names_picture_source
from library.importing.markdown_escapes import is_nameless_picture, plain_text
from library.importing.paragraphs.blocks import bold_line, is_running_text
from library.importing.word_sets import word_set
from library.models import Image
from library.text.cleaning import TITLE_LIMIT, clean_address, clean_line

CREDIT_LIMIT = 160
CAPTION_LIMIT = 700
UNCERTAIN_CAPTION_LIMIT = 400
BODY_CAPTION_LIMIT = 200
HEAD = 3
"""Number of blocks after the date line that may hold the lead picture's caption and credit."""

LABEL = re.compile(
    r"(?:photos?|photographs?|fotos?|fotografía|fotografia|bild(?:er|quelle|nachweis)?|images?|picture|credits?"
    r"|crédits?(?: photo)?|copyright|fot\.?|zdroj|zdjęcie|kuva|kép|nuotr\.?|фото|写真|사진|图|圖)"
    r"(?: (?:by|credit|courtesy|von|de|di))?\s*[:：]"
    r"|(?:photos?|images?|picture|foto) (?:by|courtesy|credit|von|de|di)\b|©|\(c\)|courtesy (?:of|photo)\b",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"\s*[/|;,()©]\s*|\s+[–—-]\s+|\s+(?:via|for|für|pour|para|per|by|von|with|mit|courtesy of"
    r"|and|und|et|y|e|&)\s+"
)
_WORDS_OF_CREDITS = word_set("""
    via courtesy of the by for and und et y e from photo foto fotos photos image images picture
    handout archive archiv archivo archivio file supplied provided privat private nuotr zdj fot arch
    de di del della la le el los da do dos das du des van von der den zu al bin ibn pool stock
    screenshot own work sent
    """)
_STRONG_WORDS = re.compile(
    r"\b(?:photo|foto|image|images|handout|courtesy|archiv\w*|supplied|screenshot|nuotr|getty|fot|via)\b|©|/",
    re.IGNORECASE,
)
_QUESTION_WORDS = word_set("""
    what why how who when where which was wie warum wer wo wann welche qué cómo por quién comment
    pourquoi qui quoi où come perché chi hoe waarom wat vad hur varför jak proč kdo dlaczego kto что
    как почему кто
    """)


def _is_name(part: str) -> bool:
    """Return True if every word of ``part`` can be in a credit: a capitalised word, a particle, a site."""
    if not part:
        return True
    words = part.split()
    if _is_caseless(part):
        return len(part) <= 40
    return len(words) <= 6 and all(
        not word[0].islower() or word.casefold().strip(".") in _WORDS_OF_CREDITS or "." in word[1:-1]
        for word in words
    )


def _is_caseless(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return sum(unicodedata.category(character) == "Lo" for character in letters) * 2 > len(letters)


def is_credit(text: str) -> bool:
    """Return True if ``text`` is a credit in any position: labelled, or names with a picture source."""
    if not text or len(text) > CREDIT_LIMIT or text.endswith(("?", "!", ":")):
        return False
    if LABEL.match(text):
        return LABEL.fullmatch(text.strip()) is None
    parts = [part.strip(" .") for part in _PARTS.split(text)]
    return any(map(names_picture_source, parts)) and all(_is_name(part) or " " not in part for part in parts)


def may_be_credit(text: str) -> bool:
    """Return True if ``text``, below the lead picture, can be its credit: names, not a sentence."""
    if is_credit(text):
        return True
    words = text.split()
    if not words or len(text) > CREDIT_LIMIT or words[0].casefold() in _QUESTION_WORDS:
        return False
    strong = _STRONG_WORDS.search(text) is not None
    if text.rstrip("\"'”’»").endswith(("?", "!", ":", "…", "。")):
        return False
    if text.endswith(".") and not strong and len(words) > 3:
        return False
    if _is_caseless(text):
        return len(text) <= 40
    return (strong and len(words) <= 15) or (len(words) <= 8 and _is_name(" ".join(words[:6])))


def _is_caption(block: str, limit: int) -> bool:
    """Return True if the paragraph before a credit can be its caption: running text within ``limit``."""
    return is_running_text(block) and len(block) <= limit


def _is_body_caption(block: str) -> bool:
    """Return True if ``block`` can be a caption away from the head: one short sentence, not speech."""
    sentences = len(re.findall(r"[.!?…](?=\s+[^\W\d_a-zß-ÿ])", block.strip()))
    speech = block.lstrip().startswith(('"', "“", "„", "«", "—", "– ", "- "))
    return _is_caption(block, BODY_CAPTION_LIMIT) and sentences == 0 and not speech


def _picture(credit: str, caption: str) -> Image:
    return Image(
        caption=clean_line(plain_text(caption), TITLE_LIMIT * 2),
        credit=clean_line(plain_text(credit), TITLE_LIMIT),
    )


def _kind_of_lead(blocks: list[str], index: int, subheadings: bool) -> str:
    """Return the kind of the bold line at ``index`` near the head: "credit", "captioned" or "" (neither)."""
    text = plain_text(bold_line(blocks[index]))
    certain = is_credit(text)
    if not certain and (subheadings or not may_be_credit(text)):
        return ""
    if index == 0:
        return "credit"
    limit = CAPTION_LIMIT if certain or _STRONG_WORDS.search(text) else UNCERTAIN_CAPTION_LIMIT
    before = blocks[index - 1]
    fits = _is_caption(before, limit) if index == 1 else _is_body_caption(before)
    return "captioned" if fits else ("credit" if certain else "")


def _kind(blocks: list[str], index: int, subheadings: bool) -> str:
    if not bold_line(blocks[index]):
        return ""
    if index < HEAD:
        return _kind_of_lead(blocks, index, subheadings)
    if not is_credit(plain_text(bold_line(blocks[index]))):
        return ""
    return "captioned" if _is_body_caption(blocks[index - 1]) else "credit"


def take_pictures(blocks: list[str]) -> tuple[list[str], tuple[Image, ...]]:
    """Return ``blocks`` (after the date line) without captions and credits, and the pictures they describe.

    A caption without a credit looks like a paragraph and stays.
    """
    later = (plain_text(bold_line(block)) for block in blocks[HEAD:])
    subheadings = any(text and not is_credit(text) for text in later)
    kept: list[str] = []
    pictures: list[Image] = []
    for index, block in enumerate(blocks):
        kind = _kind(blocks, index, subheadings)
        if not kind:
            kept.append(block)
            continue
        caption = kept.pop() if kind == "captioned" and kept and kept[-1] == blocks[index - 1] else ""
        pictures.append(_picture(bold_line(block), caption))
    return kept, tuple(pictures)


_LEAD_CAPTION_LIMIT = 300
_CREDIT_WORDS = 12

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


def _split_credit(text: str) -> tuple[str, str]:
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
    if italic is not None and len(blocks[1]) <= _LEAD_CAPTION_LIMIT:
        caption, credit = _split_credit(" ".join(italic["text"].split()))
        end = 2
    elif len(blocks) > 2 and len(blocks[1]) <= _LEAD_CAPTION_LIMIT and is_running_text(blocks[1]):
        caption, credit = _split_credit(" ".join(blocks[1].split()))
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
    if len(text) > _LEAD_CAPTION_LIMIT or not (is_running_text(text) or italic):
        return None
    text = italic["text"] if italic is not None else text
    if _is_credit_line(text):
        above = blocks[index - 1] if index else ""
        if above and (len(above) > _LEAD_CAPTION_LIMIT // 2 or not is_running_text(above)):
            return index, _image("", text)
        return max(0, index - 1), _image(above, text)
    caption, credit = _split_credit(text)
    one_sentence = (
        re.search(r"[.!?…][\"”»]?\s+[^\W\da-zß-ÿ_]", caption) is None
        or len(caption) <= _LEAD_CAPTION_LIMIT // 2
    )
    if index == 0 and credit and one_sentence:
        return index, _image(caption, credit)
    return None


def _is_credit_line(text: str) -> bool:
    """Return True if a line that is not bold is only a credit, with a label or two names."""
    plain = plain_text(" ".join(text.split()))
    if len(plain.split()) > _CREDIT_WORDS or not is_credit(plain):
        return False
    return LABEL.match(plain) is not None or bool(re.search(r"\S\s?/\s?\S|\s(?:via|for)\s|\(", plain))


def take_nameless_pictures(blocks: list[str]) -> tuple[list[str], tuple[Image, ...]]:
    """Return ``blocks`` without a converter's pictures that have no description, and those pictures."""
    kept = [block for block in blocks if not is_nameless_picture(block)]
    taken = [_IMAGE.fullmatch(block.strip()) for block in blocks if is_nameless_picture(block)]
    return kept, tuple(_image("", "", match) for match in taken if match is not None)
