"""Tags as a tree of families, unused tags, and tags that occur together."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field

from library.search.facts import ArticleIndex, fold_tag
from library.tags.values import RelatedTag, TagFamily, UnusedTag

LEAST_TOGETHER = 2
"""Number of articles on which two tags must occur together to count as related."""

AnnotationTags = Mapping[str, Iterable[str]]
"""Id of an article → the tags of its annotations."""


@dataclass(eq=False)
class _Branch:
    """A family while it is being counted."""

    spelled: Counter[str] = field(default_factory=Counter)
    own: int = 0
    count: int = 0
    members: dict[str, _Branch] = field(default_factory=dict)

    def path(self, tag: str) -> list[_Branch]:
        """Return the branches on the path to ``tag``, its own last; create missing ones."""
        branches = [self]
        for part in tag.split("/"):
            branches.append(branches[-1].members.setdefault(fold_tag(part), _Branch()))
        return branches[1:]


def tags_of(key: str, index: ArticleIndex, noted: AnnotationTags) -> tuple[str, ...]:
    """Return the tags of an article and of its annotations, as written."""
    own = index.facts[key].tags
    return (*own, *noted[key]) if key in noted else own


def families(
    index: ArticleIndex, ids: Iterable[str], noted: AnnotationTags, colours: Mapping[str, str]
) -> tuple[TagFamily, ...]:
    """Return the tags of the articles ``ids`` as a tree. ``colours`` has folded tags as keys."""
    facts = index.facts
    alike = Counter(tags_of(key, index, noted) for key in ids if key in facts)
    root, paths = _Branch(), dict[str, list[_Branch]]()
    written: Counter[str] = Counter()
    for tags, count in alike.items():
        for tag in tags:
            written[tag] += count
            if tag not in paths:
                paths[tag] = root.path(tag)
        found = [paths[tag] for tag in tags]
        for branch in {path[-1] for path in found}:  # two spellings of a tag are one tag
            branch.own += count
        for branch in {branch for path in found for branch in path}:
            branch.count += count
    for tag, count in written.items():
        for part, branch in zip(tag.split("/"), paths[tag], strict=True):
            branch.spelled[part] += count
    return _members(root, "", colours)


def _members(branch: _Branch, above: str, colours: Mapping[str, str]) -> tuple[TagFamily, ...]:
    found = []
    for member in branch.members.values():
        name = min(member.spelled, key=lambda spelled: (-member.spelled[spelled], spelled))
        tag = f"{above}/{name}" if above else name
        found.append(
            TagFamily(
                tag=tag,
                name=name,
                own=member.own,
                count=member.count,
                colour=colours.get(fold_tag(tag), ""),
                members=_members(member, tag, colours),
            )
        )
    return tuple(sorted(found, key=lambda family: (-family.count, family.name)))


def unused(
    index: ArticleIndex, noted: AnnotationTags, coloured: Mapping[str, str], colours: Mapping[str, str]
) -> list[UnusedTag]:
    """Return the tags that nothing outside the trash has. ``coloured``: folded tag → spelling."""
    kept = {fold_tag(tag) for key in index.kept for tag in tags_of(key, index, noted)}
    trashed: Counter[str] = Counter()
    spelled = dict(coloured)
    for key in index.facts.keys() - set(index.kept):
        for tag in {fold_tag(tag): tag for tag in tags_of(key, index, noted)}.values():
            trashed[fold_tag(tag)] += 1
            spelled.setdefault(fold_tag(tag), tag)
    return [
        UnusedTag(tag=spelled[name], colour=colours.get(name, ""), trashed=trashed[name])
        for name in sorted(spelled)
        if name not in kept
    ]


class _Carriers:
    """The articles outside the trash that have a tag, or an annotation with it."""

    def __init__(self, index: ArticleIndex, noted: AnnotationTags) -> None:
        self._tagged = index.tagged
        self._trashed = index.facts.keys() - set(index.kept) if len(index.kept) < len(index.facts) else set()
        self._noted: dict[str, set[str]] = {}
        for key in noted.keys() & index.facts.keys():
            for name in map(fold_tag, noted[key]):
                self._noted.setdefault(name, set()).add(key)

    def of(self, name: str) -> Set[str]:
        """Return the articles with the folded tag ``name``."""
        found = self._tagged.get(name, frozenset())
        if name in self._noted:
            found = found | self._noted[name]
        return found - self._trashed if self._trashed else found

    def family(self, name: str) -> Set[str]:
        """Return the articles with the folded tag ``name`` or one below it."""
        names = {each for each in (*self._tagged, *self._noted) if in_family(each, name)}
        return frozenset().union(*map(self.of, names))


def related(tag: str, index: ArticleIndex, noted: AnnotationTags, limit: int) -> list[RelatedTag]:
    """Return the tags that occur with ``tag`` (or one of its family) more often than by chance.

    They are ordered by the log-likelihood ratio of Dunning (Computational Linguistics 19, 1993), which does
    not favour a tag on two articles. Members of its own family are left out.
    """
    wanted, total = fold_tag(tag), len(index.kept)
    carriers = _Carriers(index, noted)
    carrying = carriers.family(wanted)
    together: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for key in carrying:
        names = {fold_tag(name): name for name in tags_of(key, index, noted)}
        together.update(names.keys())
        spelled |= names
    counts = {name: len(carriers.of(name)) for name, both in together.items() if both >= LEAST_TOGETHER}
    found = [
        (
            _likelihood(together[name], len(carrying), count, total),
            RelatedTag(spelled[name], together[name], lift),
        )
        for name, count in counts.items()
        if not in_family(name, wanted) and not in_family(wanted, name)
        if (lift := together[name] * total / (len(carrying) * count)) > 1
    ]
    found.sort(key=lambda each: (-each[0], each[1].tag))
    return [each for _, each in found[:limit]]


def in_family(name: str, family: str) -> bool:
    """Return True if the folded tag ``name`` is the folded tag ``family`` or below it."""
    return name == family or name.startswith(f"{family}/")


def _likelihood(both: int, first: int, second: int, total: int) -> float:
    """Return Dunning's G² of a two-by-two table: how unlikely it is that the two are independent."""
    cells = (
        (both, first, second),
        (first - both, first, total - second),
        (second - both, total - first, second),
        (total - first - second + both, total - first, total - second),
    )
    return 2 * sum(seen * math.log(seen * total / (row * column)) for seen, row, column in cells if seen > 0)


def spelled_tags(index: ArticleIndex, noted: AnnotationTags, keys: Set[str] | None = None) -> dict[str, str]:
    """Return folded tag → most common spelling, in all articles (or ``keys``) and their annotations."""
    counts: Counter[str] = Counter()
    for key in index.facts if keys is None else keys:
        counts.update(tags_of(key, index, noted))
    return commonest(counts)


def commonest(counts: Counter[str]) -> dict[str, str]:
    """Return folded tag → its most common spelling."""
    names: dict[str, str] = {}
    for tag, _ in counts.most_common():
        names.setdefault(fold_tag(tag), tag)
    return names
