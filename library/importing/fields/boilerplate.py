"""Recognises lines around a headline that do not belong to the article.

These are buttons, counts and reading times. A line is recognised only if it contains nothing else.
"""

from __future__ import annotations

import re

from library.importing.markdown_escapes import plain_text

_SITES = (
    r"(?:facebook|twitter|x|whats\s?app|linkedin|e-?mail|reddit|telegram|pinterest|pocket|messenger|bluesky"
    r"|threads)"
)
_MINUTES = (
    r"(?:min(?:ute)?s?|minuten|minutos|minuti|minutter|minut|minuter|mín|мин(?:ут[аы]?)?|хв|分|분|dk|perc)"
)
_LINES = (
    rf"(?:share|tweet|post|save|send|print|pin|mail|e-?mail|copy|gift|listen)(?:\s+(?:this|the|it))?"
    rf"(?:\s+(?:article|story|page|post|link))?(?:\s+(?:on|via|by|to|with)\s+(?:{_SITES}|friends?|a"
    rf" friend))?",
    rf"(?:share|follow us|find us|like us)\s+on\s+{_SITES}(?:\s+\w+)?",
    rf"{_SITES}(?:\s*[|•·,/]?\s*{_SITES})*",
    r"(?:copy|share)\s+(?:link|url|options?)(?:\s+copied!?)?|link copied!?|open share options|share"
    r" options?|more sharing options",
    rf"(?:reading time|read time|lesezeit|lesedauer|temps de lecture|tiempo de lectura|tempo di lettura"
    rf"|tempo de leitura"
    rf"|leestijd|lästid|læsetid|lesetid|lukuaika|czas czytania|doba čtení|время чтения|okuma"
    rf" süresi)\s*[:：]?\s*"
    rf"(?:ca\.?\s*)?\d{{1,3}}\s*{_MINUTES}\.?",
    rf"(?:a\s+)?\d{{1,3}}[\s-]*{_MINUTES}\.?[\s-]*(?:read|listen|lesezeit|de lecture|de lectura|di"
    rf" lettura|de leitura|lezen"
    rf"|leestijd|läsning|читать|чтения)?",
    r"\d+\s+(?:comments?|kommentare?|commentaires?|comentarios?|commenti|shares?|views?|likes?|reacties)"
    r"|(?:comments?|kommentare?|commentaires?|comentarios?|commenti)(?:\s*[(:]?\s*\d+\s*\)?)?",
    r"(?:leave|add|post|write)\s+a\s+comment|join the (?:conversation|discussion)|jump to comments",
    r"(?:listen|play)(?:\s+(?:to|this|the))*\s+(?:article|story|audio|now)(?:\s*[(\d:)\smin]*)?"
    r"|audio\s+player|this article is (?:more than|over) .{1,30} old",
    r"(?:sign in|sign up|log ?in|register|subscribe|subscribe now|become a member|my account|follow"
    r"|following|\+ follow|bookmark"
    r"|save for later|add to (?:favou?rites|reading list|bookmarks)|saved?|read later|view in app|open"
    r" in app)",
    r"advert(?:isement|ising)?|sponsored|promoted|anzeige|werbung|publicité|publicidad|pubblicità"
    r"|reclame|annons|реклама|広告|광고",
    r"(?:increase|decrease|change|adjust)?\s*(?:text|font)\s*size(?:\s*[a+\-\s]*)?|a[- ]?a[+ ]?a?|print"
    r" this page|printer-friendly version"
    r"|skip to (?:main )?content|back to top|go to content|menu|search|home",
    r"teilen|merken|drucken|vorlesen|artikel (?:teilen|merken|drucken|anhören|vorlesen)|partager(?: sur"
    r" .{2,20})?|imprimer|sauvegarder"
    r"|écouter(?: l.article)?|compartir(?: en .{2,20})?|imprimir|guardar|escuchar|condividi(?: su"
    r" .{2,20})?|stampa|salva|ascolta"
    r"|compartilhar|salvar|ouvir|delen|bewaren|dela|spara|lyssna|del|gem|udostępnij|sdílet|поделиться"
    r"|поділитися|paylaş|シェアする|공유|分享",
)  # fmt: skip
_LINE = re.compile("|".join(f"(?:{line})" for line in _LINES), re.IGNORECASE)
LIMIT = 80


def is_furniture(block: str) -> bool:
    """Return True if every line of ``block`` is page furniture: a button, a count or the like."""
    lines = [line for line in block.split("\n") if line.strip()]
    return bool(lines) and all(map(_is_furniture_line, lines))


def _is_furniture_line(line: str) -> bool:
    text = plain_text(line).strip(" *_-–—•·|>#\t")
    if not text or len(text) > LIMIT:
        return False
    pieces = [piece for piece in re.split(r"\s*[|•·]\s*", text) if piece]
    return all(_LINE.fullmatch(piece) for piece in pieces)
