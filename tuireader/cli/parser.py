"""The grammar of the command line: every command, its arguments, its help."""

from __future__ import annotations

from argparse import SUPPRESS, ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Callable, Container, Sequence
from typing import Any

from library.exporting import FORMATS
from library.exporting.citations import CitationFormat
from library.models import HIGHLIGHT_COLOURS
from library.stories.service import RELATED
from library.text.cleaning import clean_text
from tuireader import __version__
from tuireader.cli import annotating, commands, config, exporting, relating, searches, tagging, upkeep

_QUERY_HELP = "words, tag:, date:, source:, author:, is:, has:, -, quotes, sort:, limit:"
_CITATIONS = tuple(str(form) for form in CitationFormat)
_CITE_HELP = f"as a citation: {', '.join(_CITATIONS)}"
_TEXT_HELP = "- is standard input"
_WHICH_HELP = "ids (or beginnings of ids), or a query"

SubParsers = Any
"""What ``add_subparsers`` returns; its type is private to argparse."""


class CleanParser(ArgumentParser):
    """argparse, which repeats the person's words: they are cleaned like all that is printed."""

    def _print_message(self, message: str, file: Any = None) -> None:
        if message and file is not None:
            file.write(clean_text(message))


def parse_arguments(arguments: Sequence[str]) -> Namespace:
    """Understand the command line. Raises SystemExit, once the mistake or the help has been printed.

    argparse fills a positional from one run of words alone; here the words that come after an option
    belong to it too, as in ``note ID --quote WORDS TEXT`` or ``list tag:a --json -- -tag:b``.
    """
    parser = build_parser()
    options, later = parser.parse_known_args(_with_whole_names(arguments, parser))
    end = later.index("--") if "--" in later else len(later)
    words = later[:end] + later[end + 1 :]
    place: str = getattr(options, "open_place", "")
    if any(word.startswith("-") and word != "-" for word in later[:end]) or (words and not place):
        parser.error(f"unrecognized arguments: {' '.join(later)}")
    if words:
        _put_into(options, place, words, parser)
    return options


def _with_whole_names(arguments: Sequence[str], parser: ArgumentParser) -> list[str]:
    """``arguments`` with a command of two words, such as ``tags rename``, as one word.

    So ``tags`` takes queries as well; one that begins with such a word quotes it.
    """
    valued = {at + 1 for at, word in enumerate(arguments) if word == "--library"}
    plain = [at for at, word in enumerate(arguments) if not word.startswith("-") and at not in valued]
    if len(plain) < 2 or "--" in arguments[: plain[1]]:
        return list(arguments)
    first, second = plain[:2]
    whole = f"{arguments[first]} {arguments[second]}"
    if whole not in _names(parser):
        return list(arguments)
    return [*arguments[:first], whole, *arguments[first + 1 : second], *arguments[second + 1 :]]


def _names(parser: ArgumentParser) -> Container[str]:
    """The names of the commands."""
    found = [action.choices for action in parser._actions if isinstance(action, _SubParsersAction)]
    return found[0]


def _put_into(options: Namespace, place: str, words: list[str], parser: ArgumentParser) -> None:
    """Add ``words`` to the positional ``place``: a list, or a single word not given yet."""
    given = getattr(options, place)
    if isinstance(given, list):
        given.extend(words)
    elif given is None and len(words) == 1:
        setattr(options, place, words[0])
    else:
        parser.error(f"unrecognized arguments: {' '.join(words)}")


def build_parser() -> ArgumentParser:
    """The parser of the whole command line.

    ``carry_out`` of its result is the command's function, which gets the open library, or (``on_folder``)
    the library's folder; ``open_place`` is the positional that takes the words left over. ``needs_library``
    says whether the folder must hold a library, ``creates`` whether the command begins one there.
    """
    parser: ArgumentParser = CleanParser(
        prog="tuireader",
        description="Read, find, bookmark and annotate the articles of an offline library.",
        epilog="Without a command the reader opens. A query that begins with “-” comes after “--”.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"tuireader {__version__}")
    parser.add_argument("--library", metavar="DIR", help="the library's folder (else TUIREADER_LIBRARY)")
    sub = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    _reading_commands(sub)
    _marking_commands(sub)
    _tag_commands(sub)
    _rule_commands(sub)
    _annotating_commands(sub)
    _relating_commands(sub)
    _upkeep_commands(sub)
    _config_commands(sub)
    return parser


def _command(
    sub: SubParsers,
    name: str,
    carry_out: Callable[..., int | None],
    help_: str,
    open_place: str = "",
    **json_option: Any,
) -> ArgumentParser:
    parser: ArgumentParser = sub.add_parser(name, help=help_, description=help_, allow_abbrev=False)
    parser.set_defaults(carry_out=carry_out, open_place=open_place)
    parser.set_defaults(on_folder=False, needs_library=True, creates=False)
    parser.add_argument(
        "--json", action="store_true", **json_option, help="one JSON object a line on standard output"
    )
    return parser


def _reading_commands(sub: _SubParsersAction[ArgumentParser]) -> None:
    add = _command(
        sub, "add", commands.add, "import files, folders (recursively) or - (standard input)", "sources"
    )
    add.set_defaults(creates=True)
    add.add_argument("sources", nargs="+", metavar="SOURCE")
    add.add_argument("--tag", action="append", default=[], metavar="T", help="a tag for all of them")
    add.add_argument("--dry-run", action="store_true", help="say what would happen, and change nothing")

    listing = _command(sub, "list", commands.list_articles, "the articles that match, newest first", "query")
    listing.add_argument("query", nargs="*", metavar="QUERY", help=_QUERY_HELP)
    listing.add_argument("--limit", type=_amount, metavar="N", help="N articles at most")
    listing.add_argument("--explain", action="store_true", help="how the query is carried out, instead")

    show = _command(sub, "show", commands.show, "one article, with its notes")
    show.add_argument("id", metavar="ID")
    form = show.add_mutually_exclusive_group()
    form.add_argument("--plain", action="store_true", help="the plain text alone")
    form.add_argument("--markdown", action="store_true", help="the Markdown alone")
    form.add_argument("--diff", action="store_true", help="what has changed since a former text")
    form.add_argument("--cite", choices=_CITATIONS, metavar="FORMAT", help=_CITE_HELP)
    show.add_argument(
        "--revision", type=int, metavar="N", help="a former text: 1 is the oldest, -1 the latest"
    )

    dates = _command(sub, "dates", commands.dates, "how many articles appeared on each day", "query")
    dates.add_argument("query", nargs="*", metavar="QUERY", help=_QUERY_HELP)
    which = dates.add_mutually_exclusive_group()
    which.add_argument("--noted", action="store_true", help="notes and highlights by the day they were made")
    which.add_argument("--on-this-day", action="store_true", help="only this day of the year, in other years")
    _command(sub, "stats", commands.stats, "the library in figures")
    _searches_commands(sub)


def _searches_commands(sub: _SubParsersAction[ArgumentParser]) -> None:
    listed = "the saved searches, with the articles and unread articles that each finds"
    all_ = _command(
        sub, "searches", searches.list_searches, "queries under a name: list, save, rename, remove"
    )
    actions = all_.add_subparsers(dest="action", metavar="ACTION", title="actions")
    anywhere = {"default": SUPPRESS}  # --json may stand before the action as well
    _command(actions, "list", searches.list_searches, listed, **anywhere)
    save = _command(actions, "save", searches.save, "keep a query under a name", "query", **anywhere)
    save.add_argument("name", metavar="NAME")
    save.add_argument("query", nargs="*", metavar="QUERY", help=_QUERY_HELP)
    rename = _command(actions, "rename", searches.rename, "give a saved search another name", **anywhere)
    rename.add_argument("name", metavar="NAME")
    rename.add_argument("new_name", metavar="NEW")
    removing = "remove a saved search (“undo” brings it back)"
    remove = _command(actions, "remove", searches.remove, removing, **anywhere)
    remove.add_argument("name", metavar="NAME")


def _relating_commands(sub: _SubParsersAction[ArgumentParser]) -> None:
    related = _command(sub, "related", relating.related, "articles of a similar matter, the closest first")
    related.add_argument("id", metavar="ID")
    related.add_argument("--limit", type=_amount, metavar="N", default=RELATED, help="N articles at most")


def _marking_commands(sub: _SubParsersAction[ArgumentParser]) -> None:
    for name, carry_out, help_ in (
        ("bookmark", commands.bookmark, "bookmark articles"),
        ("read", commands.read, "mark articles as read"),
        ("trash", commands.trash, "move articles to the trash"),
    ):
        marking = _command(sub, name, carry_out, help_, "which")
        some = "*" if name == "trash" else "+"
        marking.add_argument("which", nargs=some, metavar="ID", help=_WHICH_HELP)
        marking.add_argument("--undo", action="store_true", help="take the mark away again")
        if name == "bookmark":
            _quote_options(marking, "bookmark these exact words of one article")
        if name == "trash":
            marking.add_argument("--empty", action="store_true", help="delete what is in the trash for good")
            marking.add_argument("--yes", action="store_true", help="with --empty: do not ask")
    tag = _command(sub, "tag", commands.tag, "give an article tags", "names")
    tag.add_argument("which", metavar="ID", help=_WHICH_HELP)
    tag.add_argument("names", nargs="*", metavar="NAME")
    tag.add_argument("--suggest", action="store_true", help="say what fits the article, and change nothing")
    tag.add_argument("--remove", action="store_true", help="take these tags away")
    _command(sub, "undo", commands.undo, "take back the last change")
    _command(sub, "redo", commands.redo, "make the change last taken back again")


def _tag_commands(sub: _SubParsersAction[ArgumentParser]) -> None:
    tags = _command(sub, "tags", tagging.list_tags, "how many articles carry each tag", "query")
    tags.add_argument("query", nargs="*", metavar="QUERY", help=_QUERY_HELP)
    form = tags.add_mutually_exclusive_group()
    form.add_argument("--tree", action="store_true", help="families, each with all below it")
    form.add_argument("--unused", action="store_true", help="tags that no article outside the trash has")
    form.add_argument("--related", metavar="TAG", help="tags that go together with this one")
    rename = _command(sub, "tags rename", tagging.rename, "give a tag, and all below it, another name")
    rename.add_argument("former", metavar="OLD")
    rename.add_argument("latter", metavar="NEW", help="a tag that is there already: both become one")
    merge = _command(sub, "tags merge", tagging.merge, "make several tags one, the last named", "names")
    merge.add_argument("names", nargs="+", metavar="TAG")
    delete = _command(sub, "tags delete", tagging.delete, "take a tag from all that carries it")
    delete.add_argument("name", metavar="TAG")
    colour = _command(sub, "tags colour", tagging.colour, "give a tag a colour, or none")
    colour.add_argument("name", metavar="TAG")
    colour.add_argument("colour", choices=(*HIGHLIGHT_COLOURS, "none"), metavar="COLOUR")


def _rule_commands(sub: _SubParsersAction[ArgumentParser]) -> None:
    for name in ("rules", "rules list"):
        _command(sub, name, tagging.list_rules, "the tag rules")
    add = _command(sub, "rules add", tagging.add_rule, "tag what comes in and matches a query", "query")
    preview = _command(
        sub, "rules preview", tagging.preview_rule, "what a rule would tag of what is there", "query"
    )
    for command in (add, preview):
        command.add_argument("query", nargs="+", metavar="QUERY", help=_QUERY_HELP)
        command.add_argument("--tag", action="append", default=[], metavar="T", help="a tag it gives")
    remove = _command(sub, "rules remove", tagging.remove_rule, "remove tag rules", "ids")
    remove.add_argument("ids", nargs="+", metavar="ID")


def _annotating_commands(sub: _SubParsersAction[ArgumentParser]) -> None:
    note = _command(sub, "note", annotating.note, "add a note to an article, or to words in it", "text")
    note.add_argument("id", metavar="ID")
    note.add_argument("text", nargs="?", metavar="TEXT", help=f"{_TEXT_HELP}, nothing is $EDITOR")
    _quote_options(note, "the exact words that the note is about")
    highlight = _command(sub, "highlight", annotating.highlight, "highlight words of an article")
    highlight.add_argument("id", metavar="ID")
    _quote_options(highlight, "the exact words", required=True)
    highlight.add_argument("--colour", default="yellow", choices=HIGHLIGHT_COLOURS, help="default: yellow")
    notes = _command(sub, "notes", annotating.notes, "notes, highlights, passage bookmarks", "query")
    notes.add_argument("query", nargs="*", metavar="QUERY", help=_QUERY_HELP)
    again = notes.add_mutually_exclusive_group()
    again.add_argument("--on-this-day", action="store_true", help="those of this day in former years")
    again.add_argument("--handful", action="store_true", help="a few old ones to see again, others each day")
    notes.add_argument("--cite", choices=_CITATIONS, metavar="FORMAT", help=_CITE_HELP)
    annotation = _command(
        sub, "annotation", annotating.annotation, "show or change one note, highlight or bookmark", "text"
    )
    annotation.add_argument("id", metavar="ID", help="as “notes” shows it")
    annotation.add_argument("text", nargs="?", metavar="TEXT", help=f"its new text; {_TEXT_HELP}")
    _quote_options(annotation, "put it on these exact words, as when it has lost its place")
    annotation.add_argument("--colour", choices=HIGHLIGHT_COLOURS, help="give a highlight this colour")
    annotation.add_argument("--tag", action="append", default=[], metavar="T", help="give it this tag")
    annotation.add_argument("--untag", action="append", default=[], metavar="T", help="take this tag away")
    annotation.add_argument("--remove", action="store_true", help="remove it (“undo” brings it back)")


def _quote_options(parser: ArgumentParser, help_: str, *, required: bool = False) -> None:
    parser.add_argument("--quote", required=required, default="", metavar="WORDS", help=help_)
    parser.add_argument(
        "--occurrence", type=_ordinal, default=1, metavar="N", help="the N-th place of the words"
    )


def _upkeep_commands(sub: _SubParsersAction[ArgumentParser]) -> None:
    doctor = _command(sub, "doctor", upkeep.doctor, "check the library, and mend it if asked")
    doctor.add_argument("--repair", action="store_true", help="mend what can be mended; nothing is lost")
    doctor.set_defaults(on_folder=True)
    _export_command(sub)
    backup = _command(sub, "backup", upkeep.backup, "write the whole library to one zip file")
    backup.add_argument("file", metavar="FILE")
    restore = _command(sub, "restore", upkeep.restore, "make a backup the library")
    restore.add_argument("file", metavar="FILE")
    restore.add_argument("--force", action="store_true", help="also over a library, which is moved aside")
    restore.set_defaults(on_folder=True, needs_library=False)


def _config_commands(sub: _SubParsersAction[ArgumentParser]) -> None:
    listing = _command(sub, "config", config.list_settings, "the settings of the reader")
    get = _command(sub, "config get", config.get_setting, "the value of a setting")
    get.add_argument("name", metavar="NAME")
    set_ = _command(sub, "config set", config.set_setting, "change a setting")
    set_.add_argument("name", metavar="NAME")
    set_.add_argument("value", metavar="VALUE")
    for command in (listing, get, set_):
        command.set_defaults(on_folder=True, needs_library=False)


def _export_command(sub: _SubParsersAction[ArgumentParser]) -> None:
    export = _command(
        sub, "export", exporting.export, "write articles to files, with what you noted", "query"
    )
    export.add_argument("query", nargs="*", metavar="QUERY", help=f"{_WHICH_HELP}; nothing is all articles")
    forms = tuple(form.name for form in FORMATS)
    printable = [form.name for form in FORMATS if form.in_one_file]
    helps = "; ".join(f"{form.name}: {form.help}" for form in FORMATS)
    export.add_argument("--format", required=True, choices=forms, help=helps)
    export.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="PATH",
        help=f"the folder or file; - is standard output ({', '.join(printable)})",
    )


def _amount(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError
    return number


_amount.__name__ = "whole number"


def _ordinal(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


_ordinal.__name__ = "number from 1"
