"""Texts that record the original offset of every character, and nine ways to edit them."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

NEW = -1
"""Origin of a character that was not in the original text."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Traced:
    """A text with its ``origins``: for each character, the offset in the original text, or ``NEW``."""

    text: str
    origins: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Traced:
        return cls(text, tuple(range(len(text))))

    @classmethod
    def new(cls, text: str) -> Traced:
        return cls(text, (NEW,) * len(text))

    def __getitem__(self, part: slice) -> Traced:
        return Traced(self.text[part], self.origins[part])

    def __add__(self, other: Traced) -> Traced:
        return Traced(self.text + other.text, self.origins + other.origins)


def joined(parts: Sequence[Traced], between: str = "") -> Traced:
    """Join the parts, with ``between`` as the separator."""
    glued = [
        part for index, each in enumerate(parts) for part in ([Traced.new(between)] if index else []) + [each]
    ]
    return Traced("".join(part.text for part in glued), tuple(o for part in glued for o in part.origins))


def pieces(text: Traced, pattern: str) -> list[Traced]:
    """Split ``text`` after each match of ``pattern``."""
    ends = [match.end() for match in re.finditer(pattern, text.text)]
    cuts = sorted({0, *ends, len(text.text)})
    return [text[start:end] for start, end in pairwise(cuts)]


def paragraphs(text: Traced) -> list[Traced]:
    return pieces(text, r"\n\n+")


def sentences(text: Traced) -> list[Traced]:
    return pieces(text, r"[.!?…]+[”\"’»]*\s+|[。！？]+[”」]*\s*|\n\n+")


def _replaced(text: Traced, pattern: str, replacement: Callable[[str], str | None]) -> Traced:
    """Replace each match of ``pattern`` for which ``replacement`` does not return None."""
    parts, done = [], 0
    for match in re.finditer(pattern, text.text):
        words = replacement(match[0])
        if words is not None and words != match[0]:
            parts += [text[done : match.start()], Traced.new(words)]
            done = match.end()
    return joined([*parts, text[done:]])


WORD = r"[\u2e80-\ud7af]{2}|[^\W_\u2e80-\ud7af]+"

_TYPOGRAPHY = {
    "'": "’", "’": "'", '"': "“", "“": '"', "”": '"', "«": "“", "»": "”", "–": "-", "—": "–", "-": "\u2011",
    "…": "...", "，": ",", "。": "．",
}  # fmt: skip


def typography(text: Traced, chance: random.Random, passage: Span) -> Traced:
    """Change quotes, dashes, spaces, ligatures, soft hyphens and the normal form."""
    decomposed = chance.random() < 0.5
    parts = list[Traced]()
    for index, char in enumerate(text.text):
        new = _TYPOGRAPHY.get(char, char)
        if char == " " and chance.random() < 0.2:
            new = chance.choice(("\u00a0", "  ", "\u202f"))
        elif char.isalpha() and text.text[index - 1 : index].isalpha() and chance.random() < 0.03:
            new = "\u00ad" + char
        elif decomposed and char.isalpha():
            new = unicodedata.normalize("NFD", char)
        parts.append(Traced(new, (text.origins[index],) * len(new)))
    changed = joined(parts)
    for letters, ligature in (("fi", "ﬁ"), ("fl", "ﬂ")):
        changed = _kept(changed, letters, ligature)
    return changed


def _kept(text: Traced, words: str, other: str) -> Traced:
    """Replace ``words`` with ``other``, with the origins of the same characters."""
    parts, done = [], 0
    for match in re.finditer(re.escape(words), text.text):
        parts += [
            text[done : match.start()],
            Traced(other, text.origins[match.start() : match.start() + len(other)]),
        ]
        done = match.end()
    return joined([*parts, text[done:]])


def typos(text: Traced, chance: random.Random, passage: Span) -> Traced:
    """Remove, double, replace or transpose a letter in one of thirty words."""
    parts, done = [], 0
    for match in re.finditer(WORD, text.text):
        if chance.random() > 1 / 30 or len(match[0]) < 4:
            continue
        at = chance.randrange(match.start() + 1, match.end() - 1)
        one, two = text[at : at + 1], text[at + 1 : at + 2]
        edited = chance.choice(([two], [one, Traced.new(one.text), two], [Traced.new("e"), two], [two, one]))
        parts += [text[done:at], *edited]
        done = at + 2
    return joined([*parts, text[done:]])


def words(text: Traced, chance: random.Random, passage: Span) -> Traced:
    """Replace one of twelve words with another word of the same text."""
    vocabulary = re.findall(WORD, text.text)
    return _replaced(text, WORD, lambda _: chance.choice(vocabulary) if chance.random() < 1 / 12 else None)


_STOPS = '.!?…”"’»'


def sentences_moved(text: Traced, chance: random.Random, passage: Span) -> Traced:
    """Remove one eighth of the sentences and move another eighth."""
    kept, moved = [], []
    for sentence in sentences(text):
        fate = chance.random()
        if fate >= 1 / 4:
            kept.append(sentence)
        elif fate >= 1 / 8:
            moved.append(sentence)
    for sentence in moved:
        kept.insert(chance.randint(0, len(kept)), sentence)
    parts = list[Traced]()
    for sentence in kept:
        if parts and parts[-1].text[-1] in _STOPS:
            parts.append(Traced.new(" "))
        parts.append(sentence)
    return joined(parts)


_BOILERPLATE = (
    "Sign up for our newsletter and never miss a story.\n\n",
    "Updated at noon. This article has been corrected.\n\n",
    "Advertisement\n\n",
    "Читайте также: все новости дня в одном письме.\n\n",
    "اقرأ أيضًا: كل أخبار اليوم في رسالة واحدة.\n\n",
    "订阅我们的新闻，每天一封信。\n\n",
)


def boilerplate(text: Traced, chance: random.Random, passage: Span) -> Traced:
    """Add paragraphs that appear on every page of a site before, between and after the others."""
    parts = list[Traced]()
    for paragraph in paragraphs(text):
        if not parts or chance.random() < 0.4:
            parts.append(Traced.new(chance.choice(_BOILERPLATE)))
        parts.append(paragraph)
    return joined([*parts, Traced.new("\n\n" + chance.choice(_BOILERPLATE))])


def reordered(text: Traced, chance: random.Random, passage: Span) -> Traced:
    """Shuffle the paragraphs."""
    parts = paragraphs(text)
    parts[-1] += Traced.new("\n\n")
    chance.shuffle(parts)
    return joined(parts)


def halved(text: Traced, chance: random.Random, passage: Span) -> Traced:
    """Keep only the first or the second half."""
    middle = len(text.text) // 2
    return text[:middle] if chance.random() < 0.5 else text[middle:]


def passage_deleted(text: Traced, chance: random.Random, passage: Span) -> Traced:
    """Delete the passage, alone or with the sentences around it."""
    start, end = passage
    if chance.random() < 0.6:
        start, end = _sentences_around(text, passage)
    return text[:start] + text[end:]


def passage_duplicated(text: Traced, chance: random.Random, passage: Span) -> Traced:
    """Insert a copy of the passage, its sentences or its paragraph before or after it."""
    start, end = chance.choice(
        (passage, _sentences_around(text, passage), _around(paragraphs(text), passage))
    )
    copy = Traced.new(text.text[start:end].strip() + "\n\n")
    edges = list(accumulate((len(part.text) for part in paragraphs(text)), initial=0))
    # A copy directly next to the original could not be distinguished from it.
    place = chance.choice([edge for edge in edges if text.text[min(edge, end) : max(edge, start)].strip()])
    return text[:place] + (copy if place < len(text.text) else Traced.new("\n\n") + copy) + text[place:]


def _sentences_around(text: Traced, passage: Span) -> Span:
    return _around(sentences(text), passage)


def _around(parts: Sequence[Traced], passage: Span) -> Span:
    """Return the span of the parts that contain the passage."""
    edges = list(accumulate((len(part.text) for part in parts), initial=0))
    return max(e for e in edges if e <= passage[0]), min(e for e in edges if e >= passage[1])


EDITS: dict[str, Callable[[Traced, random.Random, Span], Traced]] = {
    "typography": typography,
    "typos repaired": typos,
    "words changed": words,
    "sentences removed or moved": sentences_moved,
    "boilerplate added": boilerplate,
    "paragraphs re-ordered": reordered,
    "cut to half": halved,
    "passage deleted": passage_deleted,
    "passage duplicated": passage_duplicated,
}
"""Nine ways to edit a text; each gets the text, a random generator and a passage (start, end)."""
