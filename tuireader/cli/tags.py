"""The commands for tags: on articles, and their names and colours."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable

from library import Library, TagChange, TagFamily
from library.models import HIGHLIGHT_COLOURS
from library.text.amounts import counted
from library.text.tag_names import clean_tags
from tuireader.cli.article_lines import print_changed
from tuireader.cli.grammar import WHICH_HELP, Commands, take_query
from tuireader.cli.output import complain, line, no_matches, print_record, say
from tuireader.cli.progress import shown_progress
from tuireader.cli.targets import find_targets, one_target


def declare(commands: Commands) -> None:
    """Declare the commands and their arguments."""
    retag = commands.add("tag", tag, "add tags to articles", rest="names")
    retag.add_argument("which", metavar="ID", help=WHICH_HELP)
    retag.add_argument("names", nargs="*", metavar="NAME")
    retag.add_argument("--suggest", action="store_true", help="suggest tags; change nothing")
    retag.add_argument("--remove", action="store_true", help="remove these tags")
    tags = commands.add("tags", list_tags, "count articles by tag", rest="query")
    take_query(tags)
    form = tags.add_mutually_exclusive_group()
    form.add_argument("--tree", action="store_true", help="count by family, including all tags below")
    form.add_argument("--unused", action="store_true", help="tags without articles outside the trash")
    form.add_argument("--related", metavar="TAG", help="tags often used with this one")
    renaming = commands.add("tags rename", rename, "rename a tag and all tags below it")
    renaming.add_argument("old", metavar="OLD")
    renaming.add_argument("new", metavar="NEW", help="the new name; the name of another tag merges the two")
    merging = commands.add("tags merge", merge, "merge tags into the last one named", rest="names")
    merging.add_argument("names", nargs="+", metavar="TAG")
    deleting = commands.add("tags delete", delete, "remove a tag from everything that has it")
    deleting.add_argument("name", metavar="TAG")
    colouring = commands.add("tags colour", colour, "set the colour of a tag")
    colouring.add_argument("name", metavar="TAG")
    colouring.add_argument("colour", choices=(*HIGHLIGHT_COLOURS, "none"), metavar="COLOUR")


def tag(library: Library, options: Namespace) -> int:
    """Add or remove tags, or suggest tags for an article."""
    if options.suggest:
        return suggest(library, options)
    if not clean_tags(options.names):
        given = (
            f"“{' '.join(options.names)}” is not a tag; a tag needs a letter or a digit. "
            if options.names
            else ""
        )
        complain(f"{given}Name the tags (NAME), or use --suggest.")
        return 2
    targets = find_targets(library, [options.which])
    with shown_progress("Untagging" if options.remove else "Tagging") as progress:
        retag = library.tags.remove if options.remove else library.tags.add
        changed = retag(targets.ids, options.names, progress=progress)
    names = ", ".join(line(name) for name in options.names)
    print_changed(library, options, changed, f"{'no longer tagged' if options.remove else 'tagged'} {names}")
    return targets.complain()


def list_tags(library: Library, options: Namespace) -> None:
    """Print tags with their counts, as a list or a tree; or the unused tags, or those related to one."""
    query = " ".join(options.query)
    if options.tree:
        _print_families(library.tags.families(query), options.json)
    elif options.unused:
        _print_unused(library, options)
    elif options.related:
        _print_related(library, options)
    else:
        counts = library.tags.counts(query)
        if not counts:
            no_matches(options)
        for count in counts:
            _print_count(options, count.tag, count.count)


def _print_count(options: Namespace, tag: str, count: int) -> None:
    if options.json:
        print_record({"tag": tag, "count": count})
    else:
        say(f"{count:>7,}  {line(tag)}")


def _print_families(families: Iterable[TagFamily], json: bool, depth: int = 0) -> None:
    for family in families:
        if json:
            record = {"tag": family.tag, "count": family.count, "own": family.own}
            print_record({**record, "colour": family.colour or None})
        else:
            colour = f"  ({line(family.colour)})" if family.colour else ""
            say(f"{family.count:>7,}  {'  ' * depth}{line(family.name)}{colour}")
        _print_families(family.members, json, depth + 1)


def _print_unused(library: Library, options: Namespace) -> None:
    for tag in library.tags.unused():
        if options.json:
            print_record({"tag": tag.tag, "colour": tag.colour or None, "trashed": tag.trashed})
        else:
            why = [f"{tag.trashed:,} in the trash"] if tag.trashed else []
            say(f"{line(tag.tag)}  ({', '.join([*why, *([line(tag.colour)] if tag.colour else [])])})")


def _print_related(library: Library, options: Namespace) -> None:
    for tag in library.tags.related(options.related):
        if options.json:
            print_record({"tag": tag.tag, "together": tag.together, "lift": round(tag.lift, 2)})
        else:
            say(f"{tag.together:>7,}  {line(tag.tag)}")


def rename(library: Library, options: Namespace) -> None:
    """Rename a tag."""
    with shown_progress("Renaming the tag:") as progress:
        change = library.tags.rename(options.old, options.new, progress=progress)
    _report(options, [options.old], options.new, change)


def merge(library: Library, options: Namespace) -> int:
    """Merge tags into the last one named."""
    *old, new = options.names
    if not old:
        complain("Name the tags to merge and the tag to merge them into.")
        return 2
    with shown_progress("Merging the tags:") as progress:
        change = library.tags.merge(old, new, progress=progress)
    _report(options, old, new, change)
    return 0


def delete(library: Library, options: Namespace) -> None:
    """Remove a tag from everything that has it."""
    with shown_progress("Deleting the tag:") as progress:
        change = library.tags.delete(options.name, progress=progress)
    _report(options, [options.name], "", change)


def colour(library: Library, options: Namespace) -> None:
    """Set or remove the colour of a tag."""
    given = "" if options.colour == "none" else options.colour
    library.tags.recolour(options.name, given)
    if options.json:
        print_record({"tag": options.name, "colour": given or None})
    else:
        say(f"{line(options.name)} {f'is {given}' if given else 'has no colour'} now.")


def _report(options: Namespace, old: list[str], new: str, change: TagChange) -> None:
    articles, annotations = len(change.articles), len(change.annotations)
    if options.json:
        touched = {
            "articles": articles,
            "annotations": annotations,
            "rules": change.rules,
            "searches": change.searches,
        }
        print_record({"previous": old, "tag": new or None, **touched, "merged": change.merged})
        return
    names = ", ".join(line(name) for name in old)
    became = f"{'merged into' if change.merged else 'renamed to'} {line(new)}" if new else "deleted"
    say(f"{names} {became}: {touched_by(change)} changed.")


def touched_by(change: TagChange) -> str:
    """Return the extent of a tag change in words."""
    parts = [counted(len(change.articles), "article")]
    parts += (
        [counted(len(change.annotations), "note or highlight", "notes or highlights")]
        if change.annotations
        else []
    )
    parts += [counted(change.rules, "rule")] if change.rules else []
    parts += [f"{change.searches:,} saved search{'es' * (change.searches > 1)}"] if change.searches else []
    return ", ".join(parts)


def suggest(library: Library, options: Namespace) -> int:
    """Suggest tags for an article. Nothing is changed."""
    if options.names or options.remove:
        complain("--suggest changes nothing: give it without names and --remove.")
        return 2
    for suggestion in library.tags.suggest(one_target(library, options.which).id):
        if options.json:
            print_record({"tag": suggestion.tag, "reason": suggestion.reason})
        else:
            say(f"{line(suggestion.tag):<30}  {line(suggestion.reason)}")
    return 0
