"""The places of the sidebar with what the library counts for each."""

from __future__ import annotations

from library import DayCount, Library, TagCount
from tuireader.reader.sidebar.tree import Place, Totals, build_places


def counted_places(library: Library, query: str, *, authors: bool) -> tuple[Place, ...]:
    """The places, counted under ``query``; to be called in a worker. Raises QueryError.

    Without ``authors`` their section is there, and empty until it is opened.
    """
    facets = library.search.facets(query, authors=authors)
    families = [TagCount(f"{name}/*", count) for name, count in facets.families.items()]
    return build_places(
        tags=[*(TagCount(tag, count) for tag, count in facets.tags.items()), *families],
        days=[DayCount(day, count) for day, count in facets.days.items()],
        totals=Totals(all=facets.all, **facets.views),
        searches=[(search, facets.searches.get(search.name)) for search in library.searches.all()],
        colours=library.tags.colours(),
        sources=facets.sources,
        authors=facets.authors if authors or not facets.all else None,
    )
