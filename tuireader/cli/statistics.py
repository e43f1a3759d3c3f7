"""The commands ``dates``, ``sources`` and ``stats``."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

from library import Library
from tuireader.cli.grammar import Commands, take_query
from tuireader.cli.output import line, no_matches, print_record, say


def declare(commands: Commands) -> None:
    """Declare the commands and their arguments."""
    days = commands.add("dates", dates, "count articles by day", rest="query")
    take_query(days)
    which = days.add_mutually_exclusive_group()
    which.add_argument("--noted", action="store_true", help="count annotations by the day they were made")
    which.add_argument("--on-this-day", action="store_true", help="only this day of the year, in other years")
    named = commands.add("sources", sources, "count articles by source", rest="query")
    take_query(named)
    commands.add("stats", stats, "show statistics of the library")


def dates(library: Library, options: Namespace) -> None:
    """Print counts by day, of articles or of annotations."""
    query = " ".join(options.query)
    if options.on_this_day:
        counts = library.calendar.on_this_day(query=query)
    else:
        counts = library.calendar.annotation_days(query) if options.noted else library.calendar.days(query)
    if not counts:
        no_matches(options)
    for count in counts:
        day = count.day.isoformat() if count.day else None
        if options.json:
            print_record({"day": day, "count": count.count})
        else:
            say(f"{count.count:>7,}  {day or 'undated'}")


def sources(library: Library, options: Namespace) -> None:
    """Print counts of articles by source."""
    counts = library.search.sources(" ".join(options.query))
    if not counts:
        no_matches(options)
    for count in counts:
        if options.json:
            print_record({"source": count.source, "articles": count.articles})
        else:
            say(f"{count.articles:>7,}  {line(count.source)}")


def stats(library: Library, options: Namespace) -> None:
    """Print the statistics of the library."""
    figures = library.articles.statistics()
    record = asdict(figures)
    record["first"] = figures.first.isoformat() if figures.first else None
    record["last"] = figures.last.isoformat() if figures.last else None
    record["languages"] = dict(figures.languages)
    if options.json:
        print_record(record)
        return
    say(f"library     {line(str(library.path))}")
    for name, value in record.items():
        if name == "languages":
            value = ", ".join(f"{language} {count:,}" for language, count in figures.languages)
        say(f"{name:<11} {value:,}" if isinstance(value, int) else f"{name:<11} {line(str(value or '–'))}")
