"""Finds the original address at the end of a text, and removes it from the text.

“Original url” is accepted anywhere near the end. Weaker labels (“Source:”, “Read more at”) count only if
their block contains nothing but the label and one address.
"""

from __future__ import annotations

import re

from library.importing.paragraphs.page_marks import PAGE_BREAK
from library.text.article_addresses import canonical_address
from library.text.cleaning import is_openable

TAIL_BLOCKS = 10
WEAK_TAIL_BLOCKS = 4
WORDS_BEFORE_ADDRESS = 8

_LABEL = re.compile(r"[\s*_>\[(\\#]*original[\s_-]*(?:url|link|address)\b[\s*_\]:：]*", re.IGNORECASE)
_WEAK_LABEL = re.compile(
    r"[\s*_>\[(\\#–—-]*(?:(?:read|view|see|find|continue reading|get|visit)\b[^:<\[\n]{0,60}?"
    r"|(?:this (?:article|story|post) )?(?:was )?(?:originally |first )?(?:published|appeared|posted)"
    r" (?:at|on|in|by|here)"
    r"|(?:the )?original(?: (?:article|story|source|post|page|version|text))?"
    r"|(?:article|story|source|web|page|canonical|permanent|full)[ -]?(?:url|link|address|article|story"
    r"|page|site)?"
    r"|sources?|permalink|url|link|web(?:site)?|via|available (?:at|from|online)|retrieved from|accessed"
    r" (?:at|from)"
    r"|quelle|original(?:artikel|quelle|beitrag)|zum (?:original|artikel)\w*|(?:weiterlesen|mehr dazu"
    r"|nachzulesen)(?: auf| unter)?"
    r"|fuente|(?:artículo|enlace|nota|noticia) original|leer (?:más|completo|el artículo)[^:<\[\n]{0,30}"
    r"|lien|(?:article|source|lien) (?:original|originale|complet)|lire (?:l|la|sur|aussi)[^:<\[\n]{0,30}"
    r"|fonte|(?:articolo|link) originale|leggi[^:<\[\n]{0,30}|(?:artigo|texto|link) original"
    r"|leia[^:<\[\n]{0,30}"
    r"|bron|(?:origineel|oorspronkelijk) artikel|lees[^:<\[\n]{0,30}|källa|kilde|lähde|źródło|zdroj"
    r"|forrás|sursa|kaynak"
    r"|источник|оригинал(?: статьи)?|читать[^:<\[\n]{0,30}|ссылка|джерело|出典|元記事"
    r"|引用元|原文(?:链接|連結)?"
    r"|来源|來源|출처|원문)"
    r"(?:\s+(?:at|on|here|here at|link))?[\s*_\]]*[:：]?[\s*_\](]*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://(?:[^\s<>()\[\]\\]|\([^\s<>()]*\)|\\(?=[!-/:-@\[-`{-~]))+", re.IGNORECASE)
_SMALL_PRINT = re.compile(r"[-–—\[(|]?\s*(?:\D{1,90}\s)?\d{1,4}(?:\s*\D{1,5}\s*\d{1,4})?\s*[-–—\])|]?")
_OPEN_ADDRESS = re.compile(r"<https?://[^<>]*$", re.IGNORECASE)
_REST_OF_ADDRESS = re.compile(r"[\w./?=&%#~+:@!$,;-]+>?")


def address_in(block: str) -> str:
    """Return the first address in ``block``, without Markdown's escapes; empty if there is none."""
    match = _ADDRESS.search(block)
    if match is None:
        return ""
    address = match.group().replace("\\", "").rstrip(".,;:!?*_'\"]")
    return canonical_address(address) if is_openable(address) else ""


def take_original_url(blocks: list[str], *, weak: bool = False) -> tuple[list[str], str]:
    """Remove the closing “Original url” and the page marks after it; return the blocks and the address.

    Args:
        blocks: The blocks of the text.
        weak: Accept labels such as “Source:” as well, before an address that is not a site's front page.
    """
    labels = ((_LABEL, TAIL_BLOCKS), (_WEAK_LABEL, WEAK_TAIL_BLOCKS))
    for label, least in labels if weak else labels[:1]:
        first = max(0, len(blocks) - least)
        for index in range(len(blocks) - 1, first - 1, -1):
            match = label.match(blocks[index])
            if match is None:
                continue
            address, end = _labelled_address(blocks, index, match.end(), weak=label is _WEAK_LABEL)
            if address:
                tail = [block for block in blocks[end:] if not _says_nothing(block)]
                return blocks[:index] + tail, address
    return blocks, ""


def _labelled_address(blocks: list[str], index: int, start: int, *, weak: bool) -> tuple[str, int]:
    """Return the address after the label that ends at ``start``, and the index of the next block."""
    rest = blocks[index][start:]
    if rest.strip():
        text, end = _whole(rest, blocks, index + 1)
        address = address_in(text)
        if weak and (not _says_only_address(blocks[index], text) or _is_front_page(address)):
            return "", end
        return address, end
    end = index + 1
    if weak and len(blocks[index].split()) > WORDS_BEFORE_ADDRESS:
        return "", end
    while end < len(blocks):
        text, after = _whole(blocks[end], blocks, end + 1)
        if _is_only_address(text) and (address := address_in(text)):
            return address, after
        if not _says_nothing(blocks[end]):
            break
        end += 1
    return "", end


def _whole(text: str, blocks: list[str], following: int) -> tuple[str, int]:
    """Rejoin an address that is wrapped over lines or blocks; return the text and the next index."""
    text = re.sub(r"<https?://[^<>]*>", lambda match: "".join(match.group().split()), text)
    lines = text.strip().split("\n")
    if len(lines) > 1 and _continues(lines[0], lines[1]):
        text = "".join(line.strip() for line in lines)
    while following < len(blocks) and _continues(text, blocks[following]):
        if PAGE_BREAK in blocks[following]:
            break
        text += blocks[following].strip()
        following += 1
    return text, following


def _continues(text: str, more: str) -> bool:
    """Return True if ``more`` is the rest of the address at the end of ``text``."""
    more = more.strip()
    match = _ADDRESS.search(text)
    if match is None or match.end() != len(text.rstrip()) or not _REST_OF_ADDRESS.fullmatch(more):
        return False
    if _OPEN_ADDRESS.search(text):
        return True
    cut = text.rstrip()[-1] in "-/_=&?%.#"
    return cut or (re.search(r"[/=_&?%]|\w-\w", more) is not None and not _says_nothing(more))


def _says_only_address(block: str, text: str) -> bool:
    """Return True if there is one address, with so few words around it that they are its label."""
    addresses = {match.group().rstrip(".,>)]") for match in _ADDRESS.finditer(text)}
    words = re.sub(r"<[^<>]*>|https?://\S+", " ", block).split()
    return len(addresses) == 1 and len(words) <= WORDS_BEFORE_ADDRESS


def _is_front_page(address: str) -> bool:
    return not re.sub(r"^https?://[^/]*/?", "", address)


def _is_only_address(block: str) -> bool:
    return len(re.sub(r"\s+", " ", block.strip()).split(" ")) == 1 and _ADDRESS.search(block) is not None


def _says_nothing(block: str) -> bool:
    """Return True if ``block`` is a page break, a page number or a short footer with one."""
    return block == PAGE_BREAK or _SMALL_PRINT.fullmatch(block.strip()) is not None
