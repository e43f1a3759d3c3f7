"""Decides whether a paragraph continues one that was split by a page break.

A paragraph that begins in lower case is the easy case. Before a capital, a number or a dash, evidence is
needed: a word that requires more, an open quotation, a name that also occurs undivided elsewhere in the text,
and other breaks in the same text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from library.importing.fields.dates import is_month
from library.importing.paragraphs.blocks import is_running_text
from library.importing.word_sets import word_set
from library.text.language import function_words

SHORT = 50
"""Two neighbours that are both shorter than this are lines of a poem or of a list."""

LINE_LENGTH = 64
LINES = 3
ITEM_LENGTH = 160
ITEMS = 4
LEAST_WORDS = 4
LEAST_WORDS_AT_MARK = 3
NAME_LENGTH = 60
LIKELY_LENGTH = 100
PROSE_LENGTH = 150
CASELESS_LENGTH = 40
LIST_ITEM_LENGTH = 60
DICTIONARY_LENGTH = 500_000
HEAD_BLOCKS = 2
"""Number of blocks at the head that may be a caption or standfirst without a full stop."""

_CLOSING = "\"'”’»›)]*_“ \u201c」』）》】"
_FINAL = frozenset(".!?…。！？؟।॥۔։።:;；：‽")
_OPENING = "\"'“”„‘’«»‹›([¿¡*_ 「『（"
_UNPUNCTUATED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_HYPHENS = "-\u2010\u2011"
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:[A-Za-zÀ-ÿА-я]{1,3}|(?:[A-Za-z]\.)+[A-Za-z]|prof|approx|resp|abbr|incl)\.$", re.I
)
_HONORIFIC = re.compile(
    r"(?:^|[\s(])(?:Mr|Mrs|Ms|Mx|Dr|Prof|Gen|Maj|Col|Lt|Sgt|Capt|Cpl|Adm|Sen|Rep|Gov|Rev|Hon|Fr|Hr|Sr"
    r"|Sra|Srta"
    r"|Mme|Mlle|Mag|Ing|Msgr|St|Ste|Mt|Dott|Avv|Dipl|Ph|dr|prof|ing|mgr|inż|г|ул|им|св|ст)\.$"
)
_NUMBERED = re.compile(
    r"(?:^|[\s(])(?:No|Nos|Nr|Núm|núm|nr|č|№|Art|art|Abs|Sec|Fig|pp|p|vol|Vol|ca|approx|etwa"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mrd|Mio)\.$"
)
_INITIAL_AT_END = re.compile(r"\b[A-ZÀ-ÞА-Я][\w’'-]+\s+(?P<initial>[A-ZÀ-ÞА-Я])\.$")
_LETTERED = word_set("""
    Plan Vitamin Hepatitis Group Section Part Grade Class Category Type Team Appendix Route Terminal Gate Pier
    Block Level Schedule Exhibit Option Phase Level Unit Line Platform Building Hall Studio Wing Tier Series
    """)
"""Words before a letter that is not an initial."""

_SPEAKER_TO_COME = re.compile(
    r"[”\"“»«]\s?,?\s?(?:[^\W\d_]+\s){0,2}(?:said|says|added|adds|wrote|writes|explained|explains"
    r"|recalled|argued"
    r"|sagt|sagte|erklärte?|betonte?|meinte?|schrieb|déclaré|expliqué|explique|assure|indique|affirme"
    r"|confie"
    r"|raconte|dijo|señaló|explicó|afirmó|aseguró|dice|detto|spiega|spiegato|afferma|disse|afirmou"
    r"|explicou|zei|zegt"
    r"|sier|siger|säger|mówi|powiedział|powiedziała|řekl|řekla|uvedl|uvedla|сказал|сказала|заявил|заявила)$"
)
_OPENED_AT_END = re.compile(r"[\s(][“„«(\[]$")
_POSSESSIVE = re.compile(r"[^\W\d_]{2}[’']s$")
_SURNAME_AT_START = re.compile(r"[A-ZÀ-ÞА-Я][^\W\d_]+(?:[’'-][^\W\d_]+)?(?:,\s|\s(?=[a-zß-ÿ]))")
_INITIAL_AT_START = re.compile(r"[A-ZÀ-ÞА-Я]\.(?:\s?[A-ZÀ-ÞА-Я]\.)*\s?[A-ZÀ-ÞА-Я][\w’'-]+")
_NUMBER = re.compile(
    r"(?:(?:US|A|C|NZ|HK|R|S)?[$€£¥₽₹₩₺₴₦]\s?|(?:USD|EUR|GBP|CHF|Rs\.?|R|Kč|kr\.?)\s?)?[+\u2212-]?\d"
)
_NUMBERING = re.compile(
    r"(?:\d{1,3}[.):]\s|\d{1,4}(?:er|st|nd|rd|th"
    r"|\.)?(?:\s[^\W\d_]{3,12}\.?)?(?:,?\s\d{4})?\s*(?:[.:](?=\s)|[–—](?!\d)|\||-\s|\()"
    r"|\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\.?)?\s*[:–—-])"
)
"""A number that counts or dates the next text: “3. Bread”, “2012: The firm opens”, “29 octobre 2012. - …”."""

_SENTENCE_INSIDE = re.compile(
    r"(?<=[^\W\d_]{2})[.!?…][\"'”’»)“]*\s+[\"“„«(‘¿¡]?[^\W\da-zß-ÿ_]|[。！？]\s?\S|[؟।]\s\S"
)
_SIGNATURE = re.compile(r"[—–]\s?[^\W\d_][^—–.!?]{2,40}$")
_SIGNED_LINE = re.compile(
    r"[—–-]+\s?[A-ZÀ-ÞА-Я][\w’'.-]*(?:[\s,(]+(?:[A-ZÀ-ÞА-Я@\d][\w’'@.-]*|of|the|de"
    r"|von)[),]*){0,8}\s*\W{0,3}"
)
_UNPROSAIC_END = re.compile(
    r"(?:https?://\S+|www\.\S+|\S+\.(?:com|org|net)(?:/\S*)?|[@#]\w+|\d[\d ()+-]{6,}|[}>])$"
)
_ATTRIBUTION = re.compile(r"[”\"“»«’]\s?,?\s+(?:[^\W\d_]+\s){0,3}[A-ZÀ-ÞА-Я][\w’'-]+$")
_LABELLED = re.compile(
    r"(?:read|see|watch|listen|also|related|more|follow|subscribe|photo|image|picture|source|lesen|siehe"
    r"|mehr|lire"
    r"|voir|lea|leia|leggi|video|bild|foto)\b.{0,20}[:|>»]",
    re.IGNORECASE,
)
_CANNOT_OPEN = re.compile(r"[,;%)\]}”»›…]|\.{2,}")
_DASH_AND_SMALL = re.compile(r"[–—]\s?(?P<first>\w)")
_WORD = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*")
_NEIGHBOURS = re.compile(r"([^\W_]+(?:[’'.-][^\W_]+)*)(?=[ -]([^\W\d_a-zß-ÿ][^\W_]*(?:[’'.-][^\W_]+)*))")
_TITLES = word_set("""
    Lord Lady Sir Dame President Minister Chancellor Senator Congressman Congresswoman Representative
    Governor Mayor Judge Justice Professor Captain Colonel General Major Admiral Sergeant Lieutenant
    Inspector Detective Commissioner Ambassador Secretary Pope Bishop Archbishop Cardinal Father Sister
    King Queen Prince Princess Duke Sheikh Sultan Imam Rabbi Saint San Santa Santo São Los Las New Mount
    United European Prime Foreign Supreme Federal National International Republican Democratic Nobel
    Wall Grand Royal Holy Middle Fort Lake Cape Port Hong Abu Ben Bin Von Van De Da Di Del El Al Le La Saudi
    Sri Costa Puerto Buenos Rio
    Präsident Präsidentin Kanzler Kanzlerin Bundeskanzler Ministerin Außenminister Außenministerin
    Innenminister Innenministerin Finanzminister Finanzministerin Bürgermeister Bürgermeisterin Herr Frau
    Professorin König Königin Papst Kardinal Bischof Sankt
    Monsieur Madame Maître Señor Señora Don Doña Signor Signora Dom Dona Mme Mlle
    """)
_CANNOT_END = {
    "en": word_set("""
        that its their our your my we they he she but or if when where who whose these those into between
        against during without within toward towards because while until than each every both would could
        should might must been being were including such amid among beyond despite via whether
        """),
    "de": word_set("""
        einer eines einem einen dieser diese dieses diesem diesen jeder jede jedes zwischen gegen vom zum zur
        beim oder aber wenn weil dass sowie ihre ihren ihrer seine seinen seiner unsere ohne seit bis während
        wegen trotz laut als ob deren dessen
        """),
    "fr": word_set("""
        à ou où mais donc dont ne se sa son cet ces notre votre nos ils elles vers chez entre sans sous
        pendant selon comme afin lorsque
        """),
    "es": word_set("""
        ni sin hasta desde este esta estos estas ese esa mi nos les lo le sobre tras ante bajo contra según
        cuando donde quien cuyo muy tan porque aunque mientras
        """),
    "it": word_set(
        "o ma se come dal dalla dai dalle sul sulla sui nei nelle agli alle alla suo sua loro questo questa"
        " quando dove tra fra senza durante"
    ),
    "pt": word_set(
        "ou mas se como seu sua seus suas este esta estes estas esse essa entre sem sob sobre após até"
        " desde durante quando onde aos às pelos pelas num numa"
    ),
    "nl": word_set("of als dan zijn haar hun deze dit die tussen tegen zonder tijdens wanneer"),
    "pl": word_set("lub ale gdy przed po pod nad między bez podczas oraz czy więc także jego jej ich"),
    "cs": word_set("nebo ale když před po pod nad mezi bez během také jeho její jejich u při kvůli proti"),
    "ru": word_set("или но если когда перед под над между без во со об при через их её эти этот также чтобы"),
    "uk": word_set("або але якщо коли перед під над між без зі при через їх її ці цей також щоб"),
}
"""Words that cannot end a paragraph, besides the most common words of the language."""

_BEFORE_QUANTITY = word_set("""
    about above across after almost approximately around at below beyond between by circa costing cost costs
    every exceeding exceeds first for from have hitting in is just last least less more most nearing nearly
    next of off only over past per reaching reached roughly since some than to topping totaling totalling
    toward towards under until up was were with within worth another additional extra
    rund etwa knapp fast mindestens höchstens bis über unter circa ungefähr insgesamt seit um ab ca gut als
    environ près presque jusque quelque depuis plus moins entre quasi vers dépassant atteignant
    unos unas casi cerca alrededor aproximadamente hasta desde más menos entre
    oltre almeno circa quasi fino più cerca quase mais até pelo aproximadamente
    ongeveer bijna ruim minstens sinds tot omkring ungefär nästan cirka drygt över minst cirka næsten
    około ponad prawie niemal przez blisko asi přes téměř kolem zhruba około
    около более почти примерно свыше менее до более близько понад майже
    yaklaşık
    """)


class Verdict(IntEnum):
    """The certainty that a paragraph continues.

    LIKELY counts only in a text that is known to be broken. PROBABLE counts everywhere, but only CERTAIN
    shows that a text is broken.
    """

    APART = 0
    LIKELY = 1
    PROBABLE = 2
    CERTAIN = 3


@dataclass(frozen=True, slots=True)
class Seam:
    """Two neighbouring paragraphs, and the facts about the place between them."""

    left: str
    right: str
    at_mark: bool = False
    """True if a page is known to end between them."""

    at_head: bool = False
    """True if ``left`` is one of the first blocks, which may be a caption or a standfirst."""

    in_lines: bool = False
    """True if both are among short lines: a poem, or a list without bullets."""


def bare_end(text: str) -> str:
    """Return ``text`` without its closing quotation marks and brackets."""
    return text.rstrip().rstrip(_CLOSING)


def is_finished(left: str) -> bool:
    """Return True if ``left`` ends like a sentence, or like a clause before a list."""
    end = bare_end(left)
    return not end or end[-1] in _FINAL


def is_text(block: str) -> bool:
    """Return True if a page break may split ``block``: a paragraph, or a long list item of one line."""
    if is_running_text(block):
        return True
    item = re.match(r"(?:[-*+•–—]|\d{1,3}[.)])\s", block)
    return item is not None and "\n" not in block and len(block) >= LIST_ITEM_LENGTH


def starts_small(right: str) -> bool:
    """Return True if ``right`` begins with a lower-case letter; a digit or a dash is no letter."""
    first = right.lstrip().lstrip(_OPENING)[:1]
    word = re.match(r"\w+", right.lstrip().lstrip(_OPENING))
    mixed = word is not None and any(character.isupper() for character in word.group()[1:3])
    return first.islower() and not mixed  # iPhone, eBay, uRejoice may begin a paragraph


def is_caseless(text: str) -> bool:
    """Return True if the letters at the end of ``text`` have no case."""
    letters = [character for character in text[-60:] if character.isalpha()]
    caseless = sum(unicodedata.category(character) == "Lo" for character in letters)
    return caseless * 2 > len(letters)


def is_hyphenated(left: str) -> bool:
    """Return True if ``left`` ends in the first part of a hyphenated word."""
    text = left.rstrip()
    return len(text) > 1 and text[-1] in _HYPHENS and text[-2].isalpha()


def lines_of_verse(blocks: list[str]) -> set[int]:
    """Return the indexes of short lines among short lines, most of them without a full stop.

    Longer lines count if many without a full stop follow each other and their lengths differ. Lines that a
    machine has wrapped all have about the same length.
    """
    found: set[int] = set()
    items: list[int] = []
    for index, block in enumerate([*blocks, "#"]):
        if index < len(blocks) and is_running_text(block) and len(block) < ITEM_LENGTH and "\n" not in block:
            items.append(index)
            if not is_finished(block) or bare_end(block).endswith(";"):
                continue
        widths = [len(blocks[each]) for each in items[:-1]]
        uneven = (
            sum(width * 5 < max(widths) * 4 for width in widths) * 10 >= 3 * len(widths) if widths else False
        )
        if len(items) >= ITEMS and uneven:
            found.update(items)
        items = []
    run: list[int] = []
    for index, block in enumerate([*blocks, "#"]):
        short = index < len(blocks) and is_running_text(block) and _width(block) < LINE_LENGTH
        if short and "\n" not in block:
            run.append(index)
            continue
        open_ended = sum(not is_finished(blocks[each]) or bare_end(blocks[each])[-1:] in ",;" for each in run)
        if len(run) >= LINES and open_ended * 2 >= len(run):
            found.update(run)
        run = []
    return found


def _width(text: str) -> int:
    """Return the width of ``text`` in columns; East Asian characters count twice."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


class Judge:
    """Judges the seams of one text, which is its own dictionary of names.

    Args:
        blocks: The whole text, without page marks.
        language: ISO 639-1; decides which words cannot end a paragraph.
        title: The headline; its words count as text.
    """

    def __init__(self, blocks: list[str], language: str, title: str) -> None:
        self._english = language in {"", "en"}
        self._capitalised_nouns = language in {"", "de"}
        self._function_words = function_words(language or "en") | _CANNOT_END.get(
            language or "en", frozenset()
        )
        known = "\n".join((title, *blocks))[:DICTIONARY_LENGTH]
        self._pairs = set(_NEIGHBOURS.findall(known))
        paragraphs = [block for block in blocks if is_running_text(block)]
        unfinished = sum(not is_finished(block) for block in paragraphs)
        self._unpunctuated = unfinished * 3 > len(paragraphs)
        self._likely_length = LIKELY_LENGTH if self._has_headings(paragraphs) else LINE_LENGTH

    @staticmethod
    def _has_headings(paragraphs: list[str]) -> bool:
        """Return True if several paragraphs look like headings: no full stop, and a capital after them."""
        pairs = pairwise(paragraphs[1:])
        heads = [a for a, b in pairs if len(a) < LIKELY_LENGTH and not is_finished(a) and b[:1].isupper()]
        return len(heads) > 1

    def verdict(self, seam: Seam) -> Verdict:
        """Judge whether ``seam.right`` continues ``seam.left``."""
        left, right = seam.left.rstrip(), seam.right.lstrip()
        if not is_text(left) or not is_running_text(right) or _SIGNED_LINE.fullmatch(left):
            return Verdict.APART
        if re.match(r"<?(?:https?://|www\.)", right):
            return Verdict.APART
        if is_hyphenated(left) and right[:1].isalpha():
            return Verdict.CERTAIN
        if _HONORIFIC.search(left) and right[:1].isalpha():
            return Verdict.CERTAIN
        if seam.in_lines or (_width(left) < SHORT and _width(right) < SHORT):
            return Verdict.APART
        if _OPENED_AT_END.search(left) and len(left.split()) >= LEAST_WORDS:
            return Verdict.CERTAIN
        if is_finished(left):
            return self._after_full_stop(seam, left, right)
        if starts_small(right) or _CANNOT_OPEN.match(right) or self._is_open(left, right):
            return Verdict.CERTAIN
        if is_caseless(left):
            return self._caseless(seam, left)
        return self._before_capital(seam, left, right)

    def _after_full_stop(self, seam: Seam, left: str, right: str) -> Verdict:
        """Judge after a full stop: in mid-sentence it belongs to an abbreviation or an initial."""
        if starts_small(right) and _ABBREVIATION.search(left):
            return Verdict.CERTAIN
        if right[:1].isdigit() and _NUMBERED.search(left):
            return Verdict.CERTAIN
        initial = _INITIAL_AT_END.search(left)
        if initial is None or not right[:1].isupper():
            return Verdict.APART
        if seam.at_mark or self._known_pair(left, right):
            return Verdict.CERTAIN
        name = _SURNAME_AT_START.match(right) is not None and not self._opens_sentence(right)
        if name and initial.group().split()[0] not in _LETTERED:
            return Verdict.PROBABLE
        return Verdict.APART

    def _caseless(self, seam: Seam, left: str) -> Verdict:
        """Judge a script without case: a long paragraph of sentences without the last full stop continues.

        A single sentence may be a sub-heading. Thai and similar scripts have no full stop to miss.
        """
        if _UNPUNCTUATED.search(left[-20:]):
            return Verdict.APART
        if seam.at_mark or left.endswith(("、", "，", "،")):
            return Verdict.CERTAIN
        if len(left) >= CASELESS_LENGTH and _SENTENCE_INSIDE.search(left):
            return Verdict.CERTAIN
        return Verdict.LIKELY if _width(left) >= 2 * CASELESS_LENGTH and not seam.at_head else Verdict.APART

    def _is_open(self, left: str, right: str) -> bool:
        """Return True if ``right`` closes a quotation or a bracket that ``left`` opens."""
        for opening, closing in (("(", ")"), ("“", "”"), ("„", "“"), ("«", "»")):
            is_open = left.rfind(opening) > left.rfind(closing) and left.rfind(opening) >= 0
            end = right.find(closing)
            if is_open and end >= 0 and not 0 <= right.find(opening) < end:
                return len(left.split()) >= LEAST_WORDS
        return False

    def _before_capital(self, seam: Seam, left: str, right: str) -> Verdict:
        """Judge where ``right`` begins with a capital, a digit, a dash or a quotation mark."""
        words = left.split()
        least = LEAST_WORDS_AT_MARK if seam.at_mark else LEAST_WORDS
        dash = _DASH_AND_SMALL.match(right)
        opened = right.lstrip(_OPENING)[:1]
        if len(words) < least or not (opened.isalnum() or dash or _NUMBER.match(right)):
            return Verdict.APART
        if re.search(r"; \w{1,4}$", left):  # “; and”: an item of a list
            return Verdict.APART
        if (
            seam.at_mark
            or self._asks_for_more(left, at_head=seam.at_head)
            or (dash is not None and dash["first"].islower())
        ):
            return Verdict.CERTAIN
        if _NUMBER.match(right):
            return self._before_number(seam, left, right)
        if self._is_one_name(seam, left, right):
            return Verdict.CERTAIN
        return self._as_prose(seam, left)

    def _asks_for_more(self, left: str, *, at_head: bool = False) -> bool:
        """Return True if ``left`` ends in a comma, an open bracket or quote, or a word that is never last."""
        if bare_end(left).endswith((",", "،", "、", "，")) or left.endswith(("(", "（", "[")):
            return True
        if left.endswith(("„", "«", "“")) and not left.endswith((".“", "!“", "?“")):
            return left[-2:-1] in " :\n"
        if _SPEAKER_TO_COME.search(left) or (self._english and not at_head and _POSSESSIVE.search(left)):
            return True
        last = re.search(r"(?:^|[\s(“„«\"])([^\W\d_]+(?:[’'][^\W\d_]*)?)$", left)
        return last is not None and last[1].casefold() in self._function_words

    def _before_number(self, seam: Seam, left: str, right: str) -> Verdict:
        """Judge before a number: it continues a sentence, unless it counts or dates the next text."""
        last = re.search(r"([^\W\d_]+)$", left)
        if last is not None and last[1].casefold() in _BEFORE_QUANTITY:
            return Verdict.CERTAIN
        if re.search(r"\d[.,]?$", left) and re.match(r"\d{3}(?!\d)", right) and not seam.at_head:
            return Verdict.CERTAIN
        if (
            last is not None
            and is_month(last[1])
            and re.match(r"\d{1,2}(?!\d)(?!\.\d)|(?:19|20)\d\d(?!\d)", right)
        ):
            return Verdict.CERTAIN
        if self._unpunctuated or _NUMBERING.match(right) or last is None or not last[1].islower():
            return self._as_prose(seam, left)
        return Verdict.LIKELY if seam.at_head else Verdict.PROBABLE

    def _is_one_name(self, seam: Seam, left: str, right: str) -> bool:
        """Return True if the seam splits a name: after a title, at an initial, or known from the text."""
        last = self._last_word(left)
        plain = sum(word[:1].islower() for word in left.split()) * 3 >= len(left.split())
        if plain and last in _TITLES and right[:1].isupper():
            return True
        if last[:1].isupper() and _INITIAL_AT_START.match(right):
            return plain
        long = len(left) >= NAME_LENGTH and not (seam.at_head or _SIGNATURE.search(left))
        surname = _SURNAME_AT_START.match(right) is not None and not self._opens_sentence(right)
        if long and plain and last[:1].isupper() and surname and not self._capitalised_nouns:
            return True
        return self._known_pair(left, right)

    def _opens_sentence(self, right: str) -> bool:
        """Return True if the first word of ``right`` is a common word, not a name."""
        first = _WORD.match(right)
        return first is not None and first.group().casefold() in self._function_words

    def _last_word(self, left: str) -> str:
        tokens: list[str] = _WORD.findall(left[-80:])
        return tokens[-1] if tokens and left.endswith(tokens[-1]) else ""

    def _known_pair(self, left: str, right: str) -> bool:
        """Return True if the last word of ``left`` precedes the first of ``right`` elsewhere in the text."""
        last, first = self._last_word(left.rstrip(".")), _WORD.match(right)
        return first is not None and len(last) > 1 and (last, first.group()) in self._pairs

    def _as_prose(self, seam: Seam, left: str) -> Verdict:
        """Judge text without its full stop: prose continues; a heading, caption or signature does not."""
        if seam.at_head or _SIGNATURE.search(left) or _UNPROSAIC_END.search(left) or _LABELLED.match(left):
            return Verdict.APART
        sentences = len(_SENTENCE_INSIDE.findall(left))
        if self._unpunctuated or _ATTRIBUTION.search(left):
            return Verdict.APART
        if sentences and len(left) >= PROSE_LENGTH and left[-1:] not in ')]”"»':
            return Verdict.PROBABLE
        return Verdict.LIKELY if sentences > 1 or len(left) >= self._likely_length else Verdict.APART
