"""The story service: near-duplicates, related articles, timelines."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from math import inf, sqrt
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from library.arguments import each_text
from library.errors import ArticleNotFound
from library.models import RelatedArticle, Story, StoryMoment
from library.search.facts import fold_tag
from library.search.indexes import Indexes
from library.search.near_duplicates.story_file import story_edition, story_numbers
from library.store.documents import annotation_from_document
from library.stories.related import particular_words, related_articles
from library.workspace import Workspace

if TYPE_CHECKING:
    from sqlite3 import Connection


T = TypeVar("T")


class SearchFile(Protocol):
    """The file ``search.db``, which answers questions."""

    def asked(self, question: Callable[[Connection], T]) -> T | None:
        """Return the result of ``question`` on the file; None if the file cannot be queried."""


class StoryGroups(NamedTuple):
    """The stories, and the story of each article."""

    numbers: Mapping[str, int]
    """Id of an article → number of its story, for stories of several articles."""
    stories: Mapping[int, Story]


class KnownStories:
    """The stories of a library, cached. Safe for threads; without a ``search.db`` there are none."""

    def __init__(self, file: SearchFile) -> None:
        self._file = file
        self._turn = threading.Lock()
        self._seen: tuple[str, int] | None = None
        self._groups = StoryGroups({}, {})

    def current(self, place: Callable[[str], tuple[float, ...]]) -> StoryGroups:
        """Return the current stories. ``place`` is the sort key of their articles; the least comes first."""
        with self._turn:
            seen = self._file.asked(story_edition)
            if seen is None:
                self._groups = StoryGroups({}, {})
            elif seen != self._seen:
                self._groups = _ordered(self._file.asked(story_numbers) or {}, place)
            self._seen = seen
            return self._groups


def _ordered(numbers: Mapping[str, int], place: Callable[[str], tuple[float, ...]]) -> StoryGroups:
    groups = defaultdict[int, list[str]](list)
    for key, number in numbers.items():
        groups[number].append(key)
    stories = {
        number: Story(tuple(sorted(keys, key=lambda key: (place(key), key))))
        for number, keys in groups.items()
    }
    return StoryGroups(numbers, stories)


def folded(ids: Sequence[str], numbers: Mapping[str, int], stories: Mapping[int, Story]) -> list[Story]:
    """Return the stories with at least two articles among ``ids``, in the order of the list.

    ``numbers`` has the story of each article. The returned stories contain only articles of the list.
    """
    grouped = [key for key in ids if key in numbers]
    counts = Counter([numbers[key] for key in grouped])
    listed: set[str] = set()
    result = []
    for number, count in counts.items():
        if count < 2:
            continue
        story = stories[number]
        if count < len(story.ids):
            listed = listed or set(grouped)
            story = Story(tuple([key for key in story.ids if key in listed]))
        result.append(story)
    return result


RELATED = 10
"""Default number of related articles."""

_CLOSE = 0.22
"""Minimum closeness of a related article on the timeline of a story."""

_USUAL_LENGTH = 400
"""Number of words up to which an article is never too broad to be related."""

_MOST_RELATED = 100
"""Maximum number of articles on a timeline besides those of the story itself."""


class Stories:
    """Stories (near-duplicates) and related articles.

    They are read from ``search.db``, as last updated by ``Search.index_texts``; without it there are none.
    """

    def __init__(self, workspace: Workspace, indexes: Indexes) -> None:
        self._catalog = workspace.catalog
        self._facts = indexes.facts
        self._full_text = indexes.full_text
        self._known = KnownStories(indexes.full_text)

    def among(self, ids: Sequence[str]) -> list[Story]:
        """Return the stories that have at least two of the articles ``ids``, in their order.

        The first article of a story is the longest, or the oldest of equally long ones.
        """
        groups = self._groups()
        return folded(list(each_text(ids, "ids")), groups.numbers, groups.stories)

    def of(self, prefix: str) -> Story:
        """Return the story of an article: its near-duplicates outside the trash.

        Args:
            prefix: The id of the article, or an unambiguous prefix of it.

        Returns:
            The longest article first; only the article itself if it has no near-duplicates.

        Raises:
            ArticleNotFound: No article has such an id.
            AmbiguousId: Several articles have such an id.
        """
        article_id = self._catalog.resolve(prefix)
        groups, facts = self._groups(), self._facts.current().facts
        if article_id not in groups.numbers:
            return Story((article_id,))
        ids = groups.stories[groups.numbers[article_id]].ids
        return Story(
            tuple(key for key in ids if key == article_id or (key in facts and not facts[key].trashed))
        )

    def _groups(self) -> StoryGroups:
        """Return the stories. Their order does not depend on marks, because reading changes those."""
        facts = self._facts.current().facts

        def place(key: str) -> tuple[float, ...]:
            known = facts.get(key)
            return (inf,) if known is None else (-known.words, known.rank.day or inf, known.rank.moment)

        return self._known.current(place)

    def related(self, prefix: str, limit: int = RELATED) -> list[RelatedArticle]:
        """Return articles that share rare words and tags with an article.

        Args:
            prefix: The id of the article, or an unambiguous prefix of it.
            limit: Number of articles at most.

        Returns:
            The closest first, without its own story and the trash.

        Raises:
            ArticleNotFound: No article has such an id.
            AmbiguousId: Several articles have such an id.
        """
        article_id = self._catalog.resolve(prefix)
        document, index = self._catalog.articles().get(article_id), self._facts.current()
        if document is None or article_id not in index.facts:  # removed in the meantime
            raise ArticleNotFound(prefix)
        text = self._catalog.plain_text(document)
        words = particular_words(document.get("title", ""), text, document.get("language", ""))
        tagged = {tag: index.tagged.get(fold_tag(tag), frozenset()) for tag in document.get("tags", ())}
        own, length = set(self.of(article_id).ids), max(index.facts[article_id].words, _USUAL_LENGTH)

        def breadth(key: str) -> float:
            facts = index.facts.get(key)
            if facts is None or facts.trashed or key in own:
                return 0.0
            return max(1.0, sqrt(facts.words / length))

        return related_articles(self._full_text, words, tagged, len(index.kept), breadth)[:limit]

    def timeline(self, prefix: str) -> list[StoryMoment]:
        """Return the story and the related articles of an article by day, with their annotations.

        Args:
            prefix: The id of the article, or an unambiguous prefix of it.

        Returns:
            The oldest first, undated ones last.

        Raises:
            ArticleNotFound: No article has such an id.
            AmbiguousId: Several articles have such an id.
        """
        article_id = self._catalog.resolve(prefix)
        same = self.of(article_id).ids
        related = self.related(article_id, _MOST_RELATED)
        chosen = (*same, *(one.id for one in related if one.closeness >= _CLOSE))
        facts = self._facts.current().facts  # without articles that were removed in the meantime
        ranks = {key: facts[key].rank for key in chosen if key in facts}
        dated = sorted((key for key in ranks if ranks[key].day), key=ranks.__getitem__)
        undated = [key for key in ranks if not ranks[key].day]
        return [self._moment(key, ranks[key].day, same=key in same) for key in (*dated, *undated)]

    def _moment(self, article_id: str, day: int, *, same: bool) -> StoryMoment:
        documents, keys = self._catalog.annotations(), self._catalog.annotation_ids(article_id)
        annotations = tuple(annotation_from_document(key, documents[key]) for key in keys if key in documents)
        return StoryMoment(date.fromordinal(day) if day else None, article_id, same, annotations)
