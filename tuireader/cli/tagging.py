"""The commands on tags themselves: their names and colours, what an article may be tagged with, rules."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable

from library import Library, TagChange, TagFamily, TagRule
from library.text.counting import counted
from tuireader.cli.output import complain, line, print_article_line, print_record, say
from tuireader.cli.records import article_record
from tuireader.cli.targets import one_target
from tuireader.cli.watching import watched

ID_SHOWN, FEW = 8, 10


def list_tags(library: Library, options: Namespace) -> None:
    """Counts by tag; as a tree, those out of use, or those related to one."""
    query = " ".join(options.query)
    if options.tree:
        _print_families(library.tags.families(query), options.json)
    elif options.unused:
        _print_unused(library, options)
    elif options.related:
        _print_related(library, options)
    else:
        for count in library.tags.counts(query):
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
    """Give a tag another name."""
    with watched("Renaming the tag:") as progress:
        change = library.tags.rename(options.former, options.latter, progress=progress)
    _report(options, [options.former], options.latter, change)


def merge(library: Library, options: Namespace) -> int:
    """Make several tags one, the last named."""
    *former, latter = options.names
    if not former:
        complain("Name the tags to be merged, and the tag that they become.")
        return 2
    with watched("Merging the tags:") as progress:
        change = library.tags.merge(former, latter, progress=progress)
    _report(options, former, latter, change)
    return 0


def delete(library: Library, options: Namespace) -> None:
    """Take a tag from everything that carries it."""
    with watched("Deleting the tag:") as progress:
        change = library.tags.delete(options.name, progress=progress)
    _report(options, [options.name], "", change)


def colour(library: Library, options: Namespace) -> None:
    """Give a tag a colour, or none."""
    given = "" if options.colour == "none" else options.colour
    library.tags.recolour(options.name, given)
    if options.json:
        print_record({"tag": options.name, "colour": given or None})
    else:
        say(f"{line(options.name)} {f'is {given}' if given else 'has no colour'} now.")


def _report(options: Namespace, former: list[str], latter: str, change: TagChange) -> None:
    articles, annotations = len(change.articles), len(change.annotations)
    if options.json:
        touched = {
            "articles": articles,
            "annotations": annotations,
            "rules": change.rules,
            "searches": change.searches,
        }
        print_record({"former": former, "tag": latter or None, **touched, "merged": change.merged})
        return
    names = ", ".join(line(name) for name in former)
    became = f"{'merged into' if change.merged else 'renamed to'} {line(latter)}" if latter else "deleted"
    say(f"{names} {became}: {touched_by(change)} changed.")


def touched_by(change: TagChange) -> str:
    """What a change of tags touched, in words."""
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
    """What an article may be tagged with; nothing is changed."""
    if options.names or options.remove:
        complain("--suggest changes nothing: leave out the names and --remove.")
        return 2
    for suggestion in library.tags.suggest(one_target(library, options.which).id):
        if options.json:
            print_record({"tag": suggestion.tag, "reason": suggestion.reason})
        else:
            say(f"{line(suggestion.tag):<30}  {line(suggestion.reason)}")
    return 0


def list_rules(library: Library, options: Namespace) -> None:
    """The tag rules."""
    for rule in library.tag_rules.all():
        _print_rule(options, rule)


def add_rule(library: Library, options: Namespace) -> None:
    """A rule for what comes in from now on."""
    rule = library.tag_rules.add(" ".join(options.query), options.tag)
    _print_rule(options, rule)
    lacking = len(library.tag_rules.preview(rule.query, rule.tags))
    if lacking and not options.json:
        they = (
            "1 article that is there already matches"
            if lacking == 1
            else (f"{lacking:,} articles that are there already match")
        )
        say(f"It tags what comes in. {they}; to tag that as well: tuireader tag QUERY NAME")


def remove_rule(library: Library, options: Namespace) -> None:
    """Remove rules; what they tagged stays tagged."""
    for prefix in options.ids:
        rule = library.tag_rules.remove(prefix)
        if options.json:
            print_record(_rule_record(rule))
        else:
            say(f"Removed: {line(rule.query)} → {', '.join(map(line, rule.tags))}")


def preview_rule(library: Library, options: Namespace) -> None:
    """Which articles that are there already a rule would tag; nothing is changed."""
    articles = library.tag_rules.preview(" ".join(options.query), options.tag)
    if options.json:
        for article in articles:
            print_record(article_record(library, article))
        return
    say(f"{counted(len(articles), 'article')} would be tagged {', '.join(map(line, options.tag))}.")
    for article in articles[:FEW]:
        print_article_line(library, article)
    if len(articles) > FEW:
        say(f"… and {len(articles) - FEW:,} more")


def complain_of_rules(library: Library) -> None:
    """Name the rules that do nothing because their query can no longer be understood."""
    for rule in library.tag_rules.all():
        if rule.error:
            complain(f"The rule {rule.id[:ID_SHOWN]} ({rule.query}) tags nothing: {rule.error}")


def _print_rule(options: Namespace, rule: TagRule) -> None:
    if options.json:
        print_record(_rule_record(rule))
        return
    say(f"{rule.id[:ID_SHOWN]}  {line(rule.query)} → {', '.join(map(line, rule.tags))}")
    if rule.error:
        say(f"          does nothing: {line(rule.error)}")


def _rule_record(rule: TagRule) -> dict[str, object]:
    return {
        "id": rule.id,
        "query": rule.query,
        "tags": list(rule.tags),
        "created": rule.created.isoformat(),
        "error": rule.error or None,
    }
