"""What each command does. A function gets the open library and the options; it may return a status."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict
from typing import NamedTuple

from library import ImportOutcome, ImportStatus, Library
from library.exporting.citations import CitationFormat, cite
from library.text.cleaning import clean_text
from library.text.counting import counted
from library.text.tag_names import clean_tags
from tuireader.cli.annotating import bookmark_passage
from tuireader.cli.output import (
    STANDARD_INPUT,
    complain,
    line,
    print_article,
    print_article_line,
    print_citation,
    print_difference,
    print_plan,
    print_record,
    print_revision,
    print_snippet,
    say,
    standard_input,
)
from tuireader.cli.records import article_record, outcome_record, whole_article_record
from tuireader.cli.relating import also_told_by
from tuireader.cli.tagging import complain_of_rules, suggest
from tuireader.cli.targets import find_targets, one_target
from tuireader.cli.upkeep import empty_trash
from tuireader.cli.watching import watched


def add(library: Library, options: Namespace) -> int:
    """Import; exit status 1 where a source failed."""
    failed, warned, counts = 0, 0, dict.fromkeys(ImportStatus, 0)
    for outcome in _outcomes(library, options):
        counts[outcome.status] += 1
        failed += outcome.status is ImportStatus.FAILED
        if options.json:
            print_record(outcome_record(outcome))
        elif not outcome.error:
            say(f"{outcome.status:<9}  {outcome.id[:8]}  {line(outcome.title)}")
        if outcome.status is ImportStatus.FAILED:
            complain(f"{outcome.source}: {outcome.error}")
        elif outcome.status is ImportStatus.SKIPPED and not options.json:
            complain(f"Skipped {outcome.source}: {outcome.error}")
        elif outcome.warning:
            warned += 1
            complain(f"{outcome.source}: {outcome.warning}")
    if not options.json:
        parts = [f"{count:,} {status}" for status, count in counts.items() if count]
        parts += [f"{warned:,} to check"] if warned else []
        say(("Would be: " if options.dry_run else "") + (", ".join(parts) or "nothing found to import"))
    complain_of_rules(library)
    return 1 if failed else 0


def _outcomes(library: Library, options: Namespace) -> Iterator[ImportOutcome]:
    for source in options.sources:
        if source == STANDARD_INPUT:
            data = standard_input()
            yield from library.importing.iter_add_bytes(
                source, data, tags=options.tag, dry_run=options.dry_run
            )
        else:
            yield from library.importing.iter_add(source, tags=options.tag, dry_run=options.dry_run)


def list_articles(library: Library, options: Namespace) -> None:
    """The articles that match."""
    query = library.search.parse(" ".join(options.query))
    if options.explain:
        print_plan(library.search.plan(query), options)
        return
    has_words = bool(query.words())
    for article in library.select(query)[: options.limit]:
        snippet = library.search.snippet(article.id, query).text if has_words else ""
        if options.json:
            print_record(article_record(library, article, snippet))
        else:
            print_article_line(library, article)
            print_snippet(snippet)


def show(library: Library, options: Namespace) -> None:
    """One article, a former text of it, what has changed since, or its citation."""
    article = one_target(library, options.id)
    if options.cite:
        print_citation(options, cite(article, CitationFormat(options.cite)), {"id": article.id})
    elif options.diff:
        print_difference(library, options, article)
    elif options.json and options.revision is not None:
        print_revision(library, article, options.revision)
    elif options.json:
        print_record(whole_article_record(library, article))
    elif options.plain:
        say(library.articles.document(article.id, revision=options.revision).text)
    elif options.markdown:
        say(clean_text(library.articles.body(article.id, revision=options.revision)))
    else:
        print_article(library, article, options.revision, also_told_by(library, article))


class Words(NamedTuple):
    """What a change is called while it is under way, and when it is done."""

    doing: str
    done: str


_BOOKMARKED = (
    Words("Bookmarking", "bookmarked"),
    Words("Taking bookmarks away", "no longer bookmarked"),
)
_READ = Words("Marking as read", "marked as read"), Words("Marking as unread", "marked as unread")
_TRASHED = (
    Words("Moving to the trash", "moved to the trash"),
    Words("Moving out of the trash", "moved out of the trash"),
)


def bookmark(library: Library, options: Namespace) -> int:
    """Bookmark articles, or words of one; or take bookmarks away."""
    if options.quote:
        bookmark_passage(library, options)
        return 0
    return _mark(library, options, "bookmarked", _BOOKMARKED)


def read(library: Library, options: Namespace) -> int:
    """Mark as read or unread."""
    return _mark(library, options, "read", _READ)


def trash(library: Library, options: Namespace) -> int:
    """Move to the trash or back; with --empty, delete for good."""
    if options.empty:
        return empty_trash(library, options)
    return _mark(library, options, "trashed", _TRASHED)


def _mark(library: Library, options: Namespace, mark: str, words: tuple[Words, Words]) -> int:
    also_trashed = options.command == "trash" and options.undo
    targets = find_targets(library, options.which, trashed=also_trashed)
    said = words[1 if options.undo else 0]
    with watched(said.doing) as progress:
        changed = library.articles.mark(targets.ids, mark, not options.undo, progress=progress)
    _report(library, options, changed, said.done)
    return targets.complain()


def tag(library: Library, options: Namespace) -> int:
    """Add tags, or remove them; or say what an article may be tagged with."""
    if options.suggest:
        return suggest(library, options)
    if not clean_tags(options.names):
        given = (
            f"“{' '.join(options.names)}” is no tag; a tag has a letter or a figure. "
            if options.names
            else ""
        )
        complain(f"{given}Name the tags (NAME), or let some be suggested (--suggest).")
        return 2
    targets = find_targets(library, [options.which])
    with watched("Untagging" if options.remove else "Tagging") as progress:
        retag = library.tags.remove if options.remove else library.tags.add
        changed = retag(targets.ids, options.names, progress=progress)
    names = ", ".join(line(name) for name in options.names)
    _report(library, options, changed, f"{'no longer tagged' if options.remove else 'tagged'} {names}")
    return targets.complain()


def _report(library: Library, options: Namespace, changed: list[str], done: str) -> None:
    if options.json:
        for key in changed:
            print_record(article_record(library, library.articles.get(key)))
        return
    say(f"{counted(len(changed), 'article')} {done}.")
    if len(changed) <= 10:
        for key in changed:
            print_article_line(library, library.articles.get(key))


def undo(library: Library, options: Namespace) -> None:
    """Take back the last change."""
    with watched("Undoing") as progress:
        change = library.undo(progress=progress)
    _report_change(options, "Undone", change.title, change.ids)


def redo(library: Library, options: Namespace) -> None:
    """Make the change last taken back again."""
    with watched("Redoing") as progress:
        change = library.redo(progress=progress)
    _report_change(options, "Done again", change.title, change.ids)


def _report_change(options: Namespace, what: str, title: str, ids: tuple[str, ...]) -> None:
    if options.json:
        print_record({"change": title, "ids": list(ids)})
    else:
        say(f"{what}: {line(title)} ({len(ids):,} changed).")


def dates(library: Library, options: Namespace) -> None:
    """Counts by day, of articles or of what was noted."""
    query = " ".join(options.query)
    if options.on_this_day:
        counts = library.calendar.on_this_day(query=query)
    else:
        counts = library.calendar.annotation_days(query) if options.noted else library.calendar.days(query)
    for count in counts:
        day = count.day.isoformat() if count.day else None
        if options.json:
            print_record({"day": day, "count": count.count})
        else:
            say(f"{count.count:>7,}  {day or 'undated'}")


def stats(library: Library, options: Namespace) -> None:
    """The library in figures."""
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
