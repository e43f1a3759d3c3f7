"""The articles that a new library starts with: a short guide and invented news.

The files under ``articles/`` have the formats of real users' files (the dump format, Markdown with front
matter, plain text, saved pages), so they are read by the same importers. All of them are fiction, written for
this program. Their addresses are under example.org, example.com and example.net and lead nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import PurePosixPath

STARTER_TAG = "starter"
"""Tag of every starter article, so that all of them can be found or trashed together."""
STARTER_WRITTEN = date(2026, 11, 22)
"""Day of the newest starter article."""


@dataclass(frozen=True, slots=True)
class StarterArticle:
    """One file: its ``path`` under ``articles/``, with forward slashes, and its tags."""

    path: str
    tags: tuple[str, ...]


STARTER_ARTICLES: tuple[StarterArticle, ...] = (
    StarterArticle("guide/2026-11-22-welcome-to-your-library.md", ("guide",)),
    StarterArticle("guide/2026-11-21-how-to-find-anything.md", ("guide", "search")),
    StarterArticle("guide/2026-11-21-bookmarks-and-notes-that-stay.md", ("guide", "notes")),
    StarterArticle("guide/2026-11-20-bringing-your-own-articles-in.md", ("guide", "importing")),
    StarterArticle("guide/2026-11-20-where-your-articles-live.md", ("guide", "files")),
    StarterArticle(
        "news/2026-11-19-a-garden-of-glass-on-the-sea-floor.md", ("science", "ocean", "world/europe")
    ),
    StarterArticle("news/2026-11-17-octopus-opens-its-own-tank-again.md", ("city", "science")),
    StarterArticle(
        "news/2026-11-14-the-last-keeper-of-skerry-light.md",
        ("culture", "long-read", "harbour", "world/europe"),
    ),
    StarterArticle("news/2026-10-24-the-regatta-nobody-saw.md", ("sport", "harbour")),
    StarterArticle("news/2026-09-27-storm-over-the-sound.md", ("city", "weather", "live")),
    StarterArticle("news/2026-05-21-wind-auction-clears-at-a-record-low.html", ("energy", "markets", "wind")),
    StarterArticle("news/2025-02-11-where-the-citys-bicycles-go.md", ("city", "transport", "data")),
    StarterArticle("news/2024-10-12-port-library-opens-at-night.md", ("culture", "world/asia")),
    StarterArticle("news/2023-05-14-old-orchard-blooms-again.md", ("science", "world/europe")),
    StarterArticle(
        "news/2022-09-12-le-marche-aux-livres-revient-sur-les-quais.md", ("culture", "world/europe")
    ),
    StarterArticle("news/2021-03-19-port-strike-ends-with-a-deal-at-dawn.md", ("harbour", "labour")),
    StarterArticle("news/2021-03-04-harbour-strike-enters-third-week.md", ("harbour", "labour")),
    StarterArticle("news/2021-03-04-oil-slips-for-a-third-day.txt", ("energy", "markets")),
    StarterArticle("news/2021-03-03-city-council-votes-on-tram-line.md", ("city", "transport")),
    StarterArticle("news/2021-02-15-dockers-walk-out-at-northern-port.md", ("harbour", "labour")),
    StarterArticle("news/2020-02-09-reading-room-in-the-palm-grove.md", ("culture", "world/middle-east")),
    StarterArticle(
        "news/2019-06-05-der-nachtzug-haelt-wieder-in-moorhagen.md", ("transport", "world/europe")
    ),
    StarterArticle(
        "news/2018-11-06-museum-opens-its-basement-to-the-night-shift.html", ("city", "culture", "museums")
    ),
    StarterArticle("news/2018-04-03-el-reloj-de-la-plaza-vuelve-a-andar.md", ("culture", "world/europe")),
    StarterArticle("news/2017-01-08-in-praise-of-the-slow-newspaper.md", ("opinion", "media")),
    StarterArticle("news/2016-10-02-a-map-is-a-promise.md", ("culture", "interview")),
    StarterArticle("news/2015-06-23-bats-follow-the-tram-wires-home.md", ("science", "transport")),
    StarterArticle("news/2014-08-03-rowers-from-a-town-of-900-take-the-cup.txt", ("sport",)),
    StarterArticle("news/2013-12-15-a-winter-soup-for-the-whole-street.md", ("food", "recipe")),
    StarterArticle("news/2012-02-09-ferry-resumes-after-ice.txt", ("harbour", "transport")),
)
"""Every starter article, newest first."""


def starter_articles() -> Iterator[tuple[str, bytes, tuple[str, ...]]]:
    """Yield the file name, the bytes and the tags of every starter article, newest first.

    The tags end with ``starter``. The files are read one at a time, from the location of the package.
    """
    root = files(__name__).joinpath("articles")
    for article in STARTER_ARTICLES:
        path = PurePosixPath(article.path)
        yield path.name, root.joinpath(*path.parts).read_bytes(), (*article.tags, STARTER_TAG)
