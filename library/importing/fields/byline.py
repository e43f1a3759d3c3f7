"""Reads the byline: the authors of an article, and their agency.

A byline is split at its marks, commas and conjunctions. Each part is a person, an agency, or a detail: a
place, an office, a newspaper, a photographer, a reading time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from library.importing.fields.agencies import agency_named
from library.importing.markdown_escapes import plain_text
from library.importing.word_sets import word_set
from library.text.cleaning import AUTHOR_LIMIT, clean_line

LINE_LIMIT = 400
UNLABELLED_LIMIT = 120

_KINDS = (
    r"story|words|text|article|report|reporting|analysis|opinion|commentary|comment|column|review|interview"
    r"|exclusive|feature|essay|posted|published|submitted|compiled|written|reported|contributed|authored"
    r"|told"
)
_LABEL = re.compile(
    rf"(?:(?:(?:an?|the)\s+)?(?:special\s+)?(?:{_KINDS})(?:\s+to)?\s+(?:and\s+\w+\s+)?by|by"
    r"|(?:ein(?:e)?\s+\w+\s+|text\s+|geschrieben\s+|verfasst\s+)?von"
    r"|(?:propos recueillis\s+|écrit\s+|rédigé\s+|publié\s+|texte\s+)?par"
    r"|(?:escrito\s+|escrita\s+|texto\s+|publicado\s+|redactado\s+)?por"
    r"|(?:geschreven\s+)?door|a cura di|(?:scritto\s+)?da|di|(?:skrivet\s+|skrevet\s+|tekst\s+"
    r"|text\s+)?a[vf]|od"
    r"|napsala?|opracowała?|oprac\.|kirjoittanut|toimittaja|írta|szerző|yazan|γράφει (?:ο|η)"
    r"|autor(?:in|en|es|a)?|autore|auteurs?|authors?|writers?|reporters?|redaktion|text[eo]?(?:\s(?:und"
    r"|and|et|y|e|&)\s(?:fotos?|photos?|bilder?))?|tekst|teksti|words|story"
    r"|автор(?:ы|и)?(?: статьи)?|текст|取材・文|文|執筆|撰文|記者|记者|기자|作者)"
    r"(?P<colon>\s*[:：=＝/]|\s*・)?(?:\s+"
    r"|(?<=[:：=＝/・]))",
    re.IGNORECASE,
)
_CERTAIN_LABEL = re.compile(rf"(?:(?:{_KINDS})(?:\s+to)?\s+by|by)\b", re.IGNORECASE)
_NAME_BEFORE_LABEL = re.compile(
    r"(?P<name>[\u4e00-\u9fff\u3040-\u30ff・]{2,8}|[\uac00-\ud7af]{2,4})\s?(?:記者|记者|기자|特派員|报道|報道|특파원)"
)
_LINK = re.compile(r"\[(?P<text>(?:\\.|[^\[\]\\])*)\]\((?:\\.|[^)\\])*\)(?:\{[^{}\n]*\})?")
_JOINING = re.compile(
    r"\s+(?:and|AND|und|UND|ET|et|y|e|og|och|ja|i|и|та|és|en|a|ir|un|și|si|ve|dan|và|και|в|&|\+)\s+"
    r"|\s*&\s*|、|，|・"
)
_MARKS = re.compile(r"\s*[|•·∙●▪;]\s*|\s+[–—-]\s+|\s*[–—]\s*|\s*/\s*|\s*[()]\s*|\s{3,}")
_TAIL = re.compile(
    r"\s+(?:reporting\s+)?(?:in|from|for|of|with|via|at|near|für|mit(?:\s+Material\s+von)?|aus|pour|avec"
    r"|à|depuis"
    r"|para|con|desde|en|per|voor|met|uit|vanuit|in|från|för|fra|dla|pro|z|w|для|из"
    r"|в)\s+(?:the\s+)?(?P<tail>\S.*)$",
    re.IGNORECASE,
)
_PARTICLES = word_set("""
    de da do dos das di del della van von der den ter ten te la le el al bin bint ibn abu ben zu zur
    vom af av y e i 't d' o' mac st san
    """)
_NOT_IN_NAMES = word_set("""
    the news staff team desk agency press times post redaktion editorial editors editor board
    redacción redação rédaction redazione redactie redakcja redakce reporter reporters correspondent
    correspondents writer writers journal herald tribune magazine media tv radio online digital
    office bureau service services network group figaro monde mundo país zeitung presse nachrichten
    weekly daily today le la les los las die der das il lo gli het een der een el agencies agenturen
    agences agencias agenzie gazette chronicle
    """)
_NOT_IN_UNLABELLED_NAMES = word_set("""
    middle east west north south northern southern eastern western central united states nations world
    europe european africa african asia asian america american americas latin national local international
    breaking live exclusive video watch photos photo gallery opinion business sports sport politics culture
    lifestyle travel health science technology tech weather top special report analysis feature features
    home page read more share comments subscribe sign log what why how when where who this that these for
    city town county province island islands street road university college court house white supreme
    """)
_ROLES = word_set("""
    reporter reporters correspondent correspondents editor editors writer writers staff columnist contributor
    contributing journalist journalists producer photographer analyst author intern fellow critic bureau chief
    senior junior deputy managing associate assistant special political business diplomatic foreign health
    science sports sport crime education environment security defence defense economics chief head freelance
    lead investigative data local national our own redakteur redakteurin korrespondent korrespondentin
    reporterin autor autorin volontär journaliste correspondant correspondante envoyé envoyée spécial spéciale
    corresponsal periodista redactor redactora enviado enviada especial inviato inviata giornalista redacteur
    verslaggever correspondente repórter jornalista dziennikarz dziennikarka redaktor redaktorka reporterka
    журналист корреспондент обозреватель редактор специальный
    """)
_EVERYBODY = re.compile(
    r"(?:news\s+|other\s+|press\s+|the\s+|our\s+)?(?:agencies|wires?|wire services|staff|staff"
    r" reporters?|others|agenturen"
    r"|agences|agencias|agenzie|agentschappen|agências|byråer|agencje|agentury|news services?)"
    r"|(?:the\s+)?[\w ]{1,40}(?:correspondents?|reporters?|staff|bureau|desk|newsroom|redaktion"
    r"|rédaction|redacción)",
    re.IGNORECASE,
)
_OTHER_WORK = re.compile(
    r"(?:with\s+|and\s+|additional\s+|mit\s+|avec\s+)*(?:photo(?:graph(?:s|y)?|s)?|pictures?|images?"
    r"|illustrations?|video|graphics?"
    r"|fotos?|fotograf\w*|bild(?:er)?|foto|kuvat?|zdjęcia|фото|写真|撮影|사진|图|摄影|edit(?:ed|ing|or)"
    r"|translat(?:ed|ion|or)"
    r"|produced|narrated|data|design(?:ed)?|camera|übersetzt|traduit|traducción)\b\s*(?:[:：]|by\b|von\b"
    r"|par\b|por\b|de\b|di\b|av\b"
    r"|editing|reporting)",
    re.IGNORECASE,
)
_BEFORE_OTHER_WORK = re.compile(
    r"\.?\s+(?=(?:photo(?:graph)?s?|pictures?|illustrations?|fotos?|bild(?:er)?|фото)\s?(?::|by\b|von\b))",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r"(?:\d{1,3}[\s-]*(?:min(?:ute)?s?|minuten|minutos|minuti)\b.*|(?:reading time|lesezeit|temps de"
    r" lecture).*"
    r"|@\w+|\S+@\S+\.\w+|(?:follow|folgen|suivre|seguir)\b.{0,40}|https?://\S+|www\.\S+|\d+\s+comments?"
    r"|share|save|print|comments?|subscribe|bio|email|twitter|facebook)",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:Port|New|San|Santa|Santo|São|Los|Las|North|South|East|West|Fort|Cape|Lake|Mount|El|Abu|Hong"
    r"|Kuala|Rio|Buenos"
    r"|Tel|Addis|Saint|St\.?|Bad|Den|Puerto|Costa|Sri|Saudi|Salt|Mexico|Ho|Washington,?)\s.+|.+\s(?:City"
    r"|Beach|Springs|Falls"
    r"|Hills|Island|Islands|Bay|D\.?C\.?|Town|Valley|River|County|Province|Heights)",
)
_EAST_ASIAN_NAME = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]{2,5}")
_HONORIFIC = re.compile(r"(?:Dr|Prof|Mr|Mrs|Ms|Sir|Dame|Rev|Fr|Lt|Col|Gen|Capt|Sgt)\.?\s+(?=\S+\s)")
_SUFFIX = re.compile(r",\s*(?=(?:Jr|Sr|II|III|IV|M\.?D|Ph\.?D|Esq)\b\.?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Byline:
    """The authors in their order, and the agency (empty if none is named)."""

    authors: tuple[str, ...] = ()
    agency: str = ""


def looks_like_person(text: str) -> bool:
    """Return True if ``text`` has the shape of one person's name: two to five capitalised words."""
    if _EAST_ASIAN_NAME.fullmatch(text):
        return True
    words = text.split()
    if not 2 <= len(words) <= 5 or any(character.isdigit() for character in text):
        return False
    if any(word.casefold().strip(".") in _NOT_IN_NAMES for word in (words[0], words[-1])):
        return False
    if any(agency_named(word) for word in words):
        return False
    return (
        all(word[0].isupper() or word.casefold() in _PARTICLES for word in words) and words[-1][0].isupper()
    )


def is_place(text: str) -> bool:
    """Return True if ``text`` has the shape of a place, such as “Port Alder” or “Salt Lake City”."""
    return _PLACE.fullmatch(text.strip(" ,")) is not None


@dataclass(slots=True)
class _Found:
    """The findings in the parts of a byline so far."""

    people: list[str] = field(default_factory=list)
    agency: str = ""
    unknown: list[str] = field(default_factory=list)

    def take(self, part: str) -> None:
        """Classify one part between commas, conjunctions or marks, and store it."""
        part = (
            part.strip(" ,;:|&*_–—-").rstrip(".")
            if not re.search(r"\b[A-Z]\.$|\b[JS]r\.$", part)
            else part.strip(" ,")
        )
        part = _HONORIFIC.sub("", re.sub(r"^(?:and|und|et|y|e|og|och)\s+|\s+@\w+$", "", part))
        if not any(character.isalpha() for character in part) or _NOISE.fullmatch(part):
            return
        if agency := agency_named(part):
            self.agency = self.agency or agency
        elif self._take_person(part) or self._goes_with_people(part):
            return
        else:
            self.unknown.append(part)

    def _take_person(self, part: str) -> bool:
        name = _without_office(part)
        if looks_like_person(name) and not (self.people and _PLACE.fullmatch(name)):
            self.people.append(name)
            return True
        tail = _TAIL.search(part)
        if tail is None:
            return False
        name = _without_office(part[: tail.start()])
        if not looks_like_person(name):
            return False
        self.people.append(name)
        self.agency = self.agency or agency_named(tail["tail"].strip(" ,"))
        return True

    def _goes_with_people(self, part: str) -> bool:
        """Return True if ``part`` is a place, an office, a newspaper or “agencies” next to the names."""
        tail = re.sub(
            r"^(?:for|in|from|at|with|avec|mit|con|com|met|für|pour|para|per|aus|à|en|and|und|et|y)\s+",
            "",
            part,
        )
        if agency := agency_named(tail):
            self.agency = self.agency or agency
            return True
        if _EVERYBODY.fullmatch(tail) or _is_office(tail):
            return bool(self.people or self.agency)
        words = [word for word in tail.split() if word.casefold() not in _PARTICLES]
        capital = all(not word[0].islower() or word.casefold() in ("of", "the", "and") for word in words)
        return bool(self.people) and len(words) <= 6 and capital


def _is_office(text: str) -> bool:
    """Return True if ``text`` is an office: “Senior Staff Writer”, “chief political correspondent”."""
    words = text.casefold().replace("-", " ").split()
    return bool(words) and (words[-1] in _ROLES or words[0] in _ROLES) and len(words) <= 7


def _without_office(text: str) -> str:
    """Remove the office, or the broadcaster, before or after a name, as in “Staff Writer Jane Roe”."""
    words = text.split()
    while len(words) > 2 and words[0].casefold().strip(",") in _ROLES:
        words = words[1:]
    while len(words) > 2 and (words[-1].casefold() in _ROLES or words[-1] == "News" or _is_acronym(words)):
        words = words[:-1]
    return " ".join(words)


def _is_acronym(words: list[str]) -> bool:
    """Return True if the last of ``words`` is in capitals and the others are not."""
    return re.fullmatch(r"[A-Z]{2,5}", words[-1]) is not None and not _in_capitals("".join(words[:-1]))


def _parts(text: str) -> list[str]:
    """Split ``text`` at marks, commas and conjunctions; leave out other people's work."""
    text = _BEFORE_OTHER_WORK.sub(" | ", _SUFFIX.sub(" ", text))
    found: list[str] = []
    for piece in _MARKS.split(text):
        if _OTHER_WORK.match(piece):
            continue
        label = _LABEL.match(piece)
        if label is not None and label["colon"]:
            piece = piece[label.end() :]
        for part in re.split(r"\s*[,，、]\s*", piece):
            if _OTHER_WORK.match(part):
                break
            found += _JOINING.split(part)
    return [part for part in found if part and part.strip()]


def _in_capitals(name: str) -> bool:
    letters = [character for character in name if character.isalpha()]
    return len(letters) > 3 and all(character.isupper() for character in letters)


def _natural_case(name: str) -> str:
    """Turn “JEAN-LUC VAN DER BERG” into “Jean-Luc van der Berg”; initials and numerals stay."""
    if not _in_capitals(name) or _EAST_ASIAN_NAME.search(name):
        return name
    words = []
    for index, word in enumerate(name.split()):
        if "." in word or re.fullmatch(r"[IVX]{2,4}", word) or len(word) == 1:
            words.append(word)
        elif index and word.casefold() in _PARTICLES:
            words.append(word.lower())
        else:
            words.append(re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), word))
    return " ".join(words)


def _read_text(text: str) -> _Found:
    """Read a byline of plain text, without its label."""
    found = _Found()
    for part in _parts(text):
        found.take(part)
    found.people = [_natural_case(name) for name in found.people]
    return found


def _read_field(text: str) -> Byline:
    """Read the text of one link of a byline; it stays as written unless it names persons only."""
    text = text.strip(" ,;|")
    whole = agency_named(text)
    if not text or whole:
        return Byline((text,) if text else (), whole)
    found = _Found()
    for part in _parts(text):
        found.take(part)
    if found.people and not found.unknown:
        named = len(_parts(text)) > 1 or found.people[0] == text or _TAIL.search(text) is not None
        if named:
            return Byline(tuple(found.people), found.agency)
    return Byline((text,), found.agency)


def _fields(text: str) -> list[tuple[bool, str]]:
    """Return the texts of a byline, inside and between its links, as (is a link, text)."""
    fields, end = [], 0
    for match in _LINK.finditer(text):
        fields += [(False, text[end : match.start()]), (True, match["text"])]
        end = match.end()
    fields.append((False, text[end:]))
    cleaned = [
        (linked, clean_line(plain_text(part), LINE_LIMIT).strip(" ,;|&–—-")) for linked, part in fields
    ]
    return [(linked, part) for linked, part in cleaned if any(character.isalpha() for character in part)]


def _read_links(text: str) -> Byline | None:
    """Read a byline whose names are links; words between them may name an agency, a place or more people."""
    connecting = re.compile(r"(?:and|und|et|y|e|og|och|i|и|for|with|in|ja|en|a|by)", re.IGNORECASE)
    authors: list[str] = []
    agency = ""
    links = 0
    others = False
    for linked, part in _fields(text):
        if linked and others:
            continue
        others = not linked and _OTHER_WORK.search(part) is not None
        if linked and not _NOISE.fullmatch(part):
            links += 1
            byline = _read_field(part)
            authors += byline.authors
            agency = agency or byline.agency
        elif not linked and not connecting.fullmatch(part) and not _OTHER_WORK.match(part):
            between = _read_text(re.sub(r"^(?:and|und|et|y)\s+", "", part))
            authors += between.people
            agency = agency or between.agency
    if links and not authors:
        return None
    people = [author for author in authors if not agency_named(author)]
    return _byline(people or authors, agency)


def _byline(authors: list[str], agency: str) -> Byline:
    names = dict.fromkeys(clean_line(author, AUTHOR_LIMIT) for author in authors)
    return Byline(tuple(name for name in names if name), agency)


def parse_byline(line: str) -> Byline | None:
    """Return the authors if ``line`` is a byline such as ``By [Jane Roe for AFP](#)``; otherwise None.

    “By” is enough; labels of other languages count only before a colon, a link or names of persons.
    """
    text = re.sub(r"\]\(([^)]*)\)\{[^{}\n]*\}", r"](\1)", line.strip().strip("*_").strip())
    if len(text) > LINE_LIMIT or "\n" in text:
        return None
    named = _NAME_BEFORE_LABEL.fullmatch(text)
    if named is not None:
        return Byline((named["name"],))
    label = _LABEL.match(text)
    if label is None:
        return None
    rest = text[label.end() :].strip("* ")
    if _LINK.match(rest):
        return _read_links(rest)
    plain = clean_line(plain_text(rest), LINE_LIMIT)
    certain = bool(label["colon"])
    if not plain or (plain.endswith(("!", "?", ":")) and not certain):
        return None
    found = _read_text(plain)
    sentence = plain.endswith(".") and not re.search(r"\b(?:[A-Z]|[JS]r)\.$", plain)
    if sentence and not certain and not (found.people and len(plain.split()) <= 4):
        return None
    if found.people and not found.unknown:
        return _byline(found.people, found.agency)
    return _organisation(text, plain, found, certain=certain)


def _organisation(text: str, plain: str, found: _Found, *, certain: bool) -> Byline | None:
    """Read a byline that names no persons but an agency, a desk or a newspaper."""
    opening = plain.split()
    if whole := agency_named(plain) or (
        agency_named(opening[0]) if _is_office(" ".join(opening[1:])) else ""
    ):
        return Byline((plain,), whole)
    words = text.split()
    capitals = sum(word[0].isupper() for word in words[1:])
    english = bool(_CERTAIN_LABEL.match(text))
    if not (certain or english) or len(words) > 8:
        return None
    everybody = _EVERYBODY.fullmatch(plain) is not None or (_is_office(plain) and len(words) <= 6)
    if found.agency and not found.unknown:
        return Byline((plain,), found.agency)
    if not everybody and capitals * 2 <= len(words) - 1:
        return None
    if any(character.isdigit() for character in plain):
        return None
    return _byline(found.people or [plain], found.agency)


def says_by(line: str) -> bool:
    """Return True if ``line`` begins with a label that only bylines have, whatever follows."""
    return _CERTAIN_LABEL.match(line.strip().strip("*_").strip()) is not None


def parse_unlabelled_byline(line: str) -> Byline | None:
    """Return the persons if ``line`` is only names, with places, offices and agency; otherwise None.

    Use it only where a byline is expected: many sub-headings look like names.
    """
    text = line.strip().strip("*_").strip()
    plain = clean_line(plain_text(_LINK.sub(r"\g<text>", text)), LINE_LIMIT)
    if not plain or len(plain) > UNLABELLED_LIMIT or "\n" in text or plain[-1:] in "!?:;" or says_by(plain):
        return None
    if whole := agency_named(plain):
        return Byline((plain,), whole)
    if any(word.casefold().strip(".,") in _NOT_IN_UNLABELLED_NAMES for word in plain.split()[:3]):
        return None
    found = _read_text(plain)
    first = _parts(plain)[:1]
    if not found.people or found.unknown or not first:
        return None
    opening = _Found()
    opening.take(first[0])
    return _byline(found.people, found.agency) if opening.people or opening.agency else None
