"""The commands for tag rules."""

from __future__ import annotations

from argparse import Namespace

from library import Library, TagRule
from library.text.amounts import counted
from tuireader.cli.article_lines import print_article_line
from tuireader.cli.grammar import Commands, take_query
from tuireader.cli.output import ID_SHOWN, complain, line, print_record, say
from tuireader.cli.records import article_record

FEW = 10
"""Maximum number of articles listed."""


def declare(commands: Commands) -> None:
    """Declare the commands and their arguments."""
    for name in ("rules", "rules list"):
        commands.add(name, list_rules, "list the tag rules")
    add = commands.add("rules add", add_rule, "tag new articles that match a query", rest="query")
    preview = commands.add(
        "rules preview", preview_rule, "show which present articles a rule would tag", rest="query"
    )
    for command in (add, preview):
        take_query(command, "+")
        command.add_argument("--tag", action="append", default=[], metavar="T", help="a tag to add")
    remove = commands.add("rules remove", remove_rule, "remove tag rules", rest="ids")
    remove.add_argument("ids", nargs="+", metavar="ID")


def list_rules(library: Library, options: Namespace) -> None:
    """Print the tag rules."""
    for rule in library.tag_rules.all():
        _print_rule(options, rule)


def add_rule(library: Library, options: Namespace) -> None:
    """Add a rule for new articles."""
    rule = library.tag_rules.add(" ".join(options.query), options.tag)
    _print_rule(options, rule)
    lacking = len(library.tag_rules.preview(rule.query, rule.tags))
    if lacking and not options.json:
        they = (
            "1 article in the library matches"
            if lacking == 1
            else (f"{lacking:,} articles in the library match")
        )
        say(f"It applies to new articles. {they}; to tag those too: tuireader tag QUERY NAME")


def remove_rule(library: Library, options: Namespace) -> None:
    """Remove rules. Articles that they tagged keep their tags."""
    for prefix in options.ids:
        rule = library.tag_rules.remove(prefix)
        if options.json:
            print_record(_rule_record(rule))
        else:
            say(f"Removed: {line(rule.query)} → {', '.join(map(line, rule.tags))}")


def preview_rule(library: Library, options: Namespace) -> None:
    """List the existing articles that a rule would tag. Nothing is changed."""
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
    """Report the rules that have no effect because their query is no longer valid."""
    for rule in library.tag_rules.all():
        if rule.error:
            complain(f"The rule {rule.id[:ID_SHOWN]} ({rule.query}) has no effect: {rule.error}")


def _print_rule(options: Namespace, rule: TagRule) -> None:
    if options.json:
        print_record(_rule_record(rule))
        return
    say(f"{rule.id[:ID_SHOWN]}  {line(rule.query)} → {', '.join(map(line, rule.tags))}")
    if rule.error:
        say(f"          no effect: {line(rule.error)}")


def _rule_record(rule: TagRule) -> dict[str, object]:
    return {
        "id": rule.id,
        "query": rule.query,
        "tags": list(rule.tags),
        "created": rule.created.isoformat(),
        "error": rule.error or None,
    }
