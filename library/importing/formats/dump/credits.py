"""Extracts photo credits, and the captions before them, from an article's blocks.

A credit is a paragraph of one bold line. Bold sub-headings and sentences look the same, so away from the
head of an article only a line with an agency, a picture source or a label such as “Photo:” counts.
"""

from __future__ import annotations

import re
import unicodedata

from library.importing.fields.agencies import names_picture_source
from library.importing.markdown_escapes import plain_text
from library.importing.paragraphs.blocks import bold_line, is_running_text
from library.importing.word_sets import word_set
from library.models import Image
from library.text.cleaning import TITLE_LIMIT, clean_line

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
