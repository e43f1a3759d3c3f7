"""The command registry: everything a person can do, declared once.

Key bindings, footer, palette, help screen and ``docs/keys.md`` are made from ``COMMANDS``. Keys are
written as they are typed: ``"j"``, ``"?"``, ``"ctrl+d"``, ``"pagedown"``; the keys of a sequence are
separated by a space: ``"g g"``, ``"] u"``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from itertools import combinations


class Context(StrEnum):
    """Where a command holds. ``APP`` is everywhere but where text is being typed or a question is open."""

    APP = "app"
    LIST = "list"
    PAGE = "page"
    PLACES = "places"
    FILTER_LINE = "filter line"
    TAG_PROMPT = "tag prompt"
    NOTE_EDITOR = "note editor"
    DIALOGS = "questions"


class Group(StrEnum):
    """The headings of the help screen, in its order."""

    MOVING = "Moving"
    PANES = "Panes and places"
    FINDING = "Finding"
    ARTICLES = "Articles"
    READING = "Reading"
    PROGRAM = "Program"
    TYPING = "While typing"
    ANSWERING = "Questions"


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a person can do.

    ``id`` is what a keymap and an action name; ``title`` stands in the palette and in the help,
    ``label`` (one or two words) in the footer; ``help`` is a sentence. One without ``keys`` is found in
    the palette.
    """

    id: str
    title: str
    help: str
    keys: tuple[str, ...]
    contexts: tuple[Context, ...]
    group: Group
    label: str = ""
    footer: bool = False
    palette: bool = True


_APP = (Context.APP,)
_LIST = (Context.LIST,)
_PAGE = (Context.PAGE,)
_PLACES = (Context.PLACES,)
_ARTICLE = (Context.LIST, Context.PAGE)
_ROWS = (Context.LIST, Context.PLACES)
_PANES = (Context.LIST, Context.PAGE, Context.PLACES)


def _command(
    id_: str,
    keys: str,
    title: str,
    help_: str,
    *,
    group: Group,
    contexts: tuple[Context, ...],
    label: str = "",
    palette: bool = True,
) -> Command:
    """A command as the tables below write it: keys with commas between, in the footer if it has a label."""
    return Command(
        id_,
        title,
        help_,
        tuple(key.strip() for key in keys.split(",") if key),
        contexts,
        group,
        label=label,
        footer=bool(label),
        palette=palette,
    )


_move = partial(_command, group=Group.MOVING, contexts=_PANES, palette=False)
_go = partial(_command, group=Group.PANES, contexts=_APP)
_view = partial(_command, group=Group.PANES, contexts=_ROWS)
_place = partial(_command, group=Group.PANES, contexts=_PLACES, palette=False)
_find = partial(_command, group=Group.FINDING, contexts=_APP)
_article = partial(_command, group=Group.ARTICLES, contexts=_ARTICLE)
_read = partial(_command, group=Group.READING, contexts=_PAGE)
_program = partial(_command, group=Group.PROGRAM, contexts=_APP)
_type = partial(_command, group=Group.TYPING, palette=False)
_answer = partial(_command, group=Group.ANSWERING, contexts=(Context.DIALOGS,), palette=False)

COMMANDS: tuple[Command, ...] = (
    _move("move-down", "j, down", "Down", "One row or line down; with a count, that many."),
    _move("move-up", "k, up", "Up", "One row or line up; with a count, that many."),
    _move("half-page-down", "ctrl+d", "Half a page down", "Half a screenful down."),
    _move("half-page-up", "ctrl+u", "Half a page up", "Half a screenful up."),
    _move("page-down", "ctrl+f, pagedown", "Page down", "A screenful down."),
    _move("page-up", "ctrl+b, pageup", "Page up", "A screenful up."),
    _move("move-first", "g g, home", "To the beginning", "The first row, or the top of the article."),
    _move("move-last", "G, end", "To the end", "The last row, or the end of the article."),
    _move("next-unread", "] u", "Next unread", "The next unread article.", contexts=_ARTICLE),
    _move("previous-unread", "[ u", "Previous unread", "The unread article before.", contexts=_ARTICLE),
    _move("next-bookmarked", "] b", "Next bookmarked", "The next bookmarked article.", contexts=_ARTICLE),
    _move("previous-bookmarked", "[ b", "Previous bookmarked", "The bookmarked article before.",
          contexts=_ARTICLE),
    _go("next-pane", "tab", "Next pane", "Go on to the next pane.", palette=False),
    _go("previous-pane", "shift+tab", "Previous pane", "Go to the pane before.", palette=False),
    _go("pane-out", "h, left", "Out", "From the page back to the list.", contexts=_PAGE, label="list",
        palette=False),
    _go("go-places", "h, left", "Go to the places", "Put the focus on tags and dates.", contexts=_LIST,
        label="places"),
    _go("pane-in", "l, right", "In", "From the list into the page.", contexts=_LIST, palette=False),
    _go("go-list", "g l", "Go to the list", "Put the focus on the list of articles."),
    _go("go-notes", "g n", "Go to the notes", "List the articles with notes.", palette=False),
    _go("go-bookmarks", "g b", "Go to the bookmarks", "List the bookmarked articles.", palette=False),
    _go("go-tags", "g t", "Go to the tags", "Put the focus on the tags among the places."),
    _go("go-trash", "g x", "Go to the trash", "List the articles in the trash."),
    _view("view-all", "1", "All articles", "List everything but the trash."),
    _view("view-unread", "2", "Unread articles", "List what has not been read."),
    _view("view-bookmarked", "3", "Bookmarked articles", "List the bookmarked articles."),
    _view("view-noted", "4", "Articles with notes", "List the articles with notes."),
    _place("pick-place", "enter", "Pick", "List what belongs to the place under the cursor.", label="list"),
    _place("open-place", "l, right", "Open", "Open the place; in an open one, go in.", label="open"),
    _place("close-place", "h, left", "Close", "Close the place; in a closed one, go out.", label="close"),
    _place("toggle-place", "space", "Open or close", "Open or close the place under the cursor."),
    _find("filter", "/", "Filter", "Write a query; the list follows while you type.", label="filter"),
    _find("clear-filter", "F", "Clear the filter", "List all articles again."),
    _find("sort", "s", "Sort", "Sort the list by the next order.", contexts=_LIST),
    _find("reverse", "S", "Reverse the order", "Turn the order of the list round.", contexts=_LIST),
    _article("open-article", "enter", "Read", "Open the article under the cursor.",
             contexts=_LIST, label="read", palette=False),
    _article("bookmark", "b", "Bookmark", "Set or remove the bookmark.", label="bookmark"),
    _article("note", "a", "Write a note", "Write a note on the article.", label="note"),
    _article("edit-note", "E", "Change the note", "Change the last note on the article."),
    _article("toggle-read", "r", "Read or unread", "Mark as read, or as unread again."),
    _article("add-tag", "t", "Add a tag", "Add a tag.", label="tag"),
    _article("remove-tag", "T", "Remove a tag", "Take a tag away."),
    _article("trash", "x", "Trash", "Put into the trash; in the trash, take out again."),
    _article("empty-trash", "X", "Empty the trash", "In the trash: delete for good what is listed.",
             contexts=_LIST),
    _article("select", "space", "Select", "Select the article, or not; commands go to all that are selected.",
             contexts=_LIST, palette=False),
    _article("select-all", "*", "Select all", "Select every article in the list, or none.", contexts=_LIST),
    _article("open-browser", "o", "Open in the browser", "Open the article's address."),
    _article("copy-link", "y", "Copy the link", "Copy the article's address."),
    _read("read-on", "space", "Read on", "A screenful down.", label="read on", palette=False),
    _read("next-paragraph", "}", "Next paragraph", "To the next paragraph.", palette=False),
    _read("previous-paragraph", "{", "Previous paragraph", "To the paragraph before.", palette=False),
    _read("next-heading", "] ]", "Next heading", "To the next heading."),
    _read("previous-heading", "[ [", "Previous heading", "To the heading before."),
    _read("next-article", "J", "Next article", "Read the next article of the list."),
    _read("previous-article", "K", "Previous article", "Read the article before."),
    _read("wider", "+", "Wider column", "Set longer lines."),
    _read("narrower", "-", "Narrower column", "Set shorter lines."),
    _read("see-right", "l, right", "Further right",
          "More columns of a table that is wider than the page; the key for out goes back.", palette=False),
    _read("justify", "", "Even margins", "Justify the lines of the page, or leave them ragged again."),
    _read("hyphenate", "", "Hyphenation", "Divide words at the ends of lines, or keep them whole again."),
    _read("pictures", "p", "Pictures", "Show the pictures of articles, or only their captions."),
    _read("zen", "z", "Nothing but the page", "Hide all but the page, or show it again.", contexts=_ARTICLE),
    _program("undo", "u", "Undo", "Take the last change back."),
    _program("redo", "ctrl+r", "Redo", "Make the change again that was taken back."),
    _program("back", "q, escape", "Back", "Out of the selection, the page, the filter.", palette=False),
    _program("palette", "ctrl+p", "Commands", "Find a command by its name.", palette=False),
    _program("redraw", "ctrl+l", "Redraw", "Draw the screen afresh."),
    _program("quit", "Q", "Quit", "Close the reader; everything is kept.", label="quit"),
    _program("help", "?", "Help", "All keys, searchable.", label="help"),
    _type("finish-note", "ctrl+s, escape", "Done", "Keep the note and close the editor.",
          contexts=(Context.NOTE_EDITOR,), label="done"),
    _type("finish-filter", "enter, tab, down", "Done", "Keep the filter and go to the list.",
          contexts=(Context.FILTER_LINE,), label="done"),
    _type("dismiss-filter", "escape", "Never mind", "Back to the filter that was there before.",
          contexts=(Context.FILTER_LINE,), label="never mind"),
    _type("finish-tags", "enter", "Done", "Set the tags, or take them away.",
          contexts=(Context.TAG_PROMPT,), label="done"),
    _type("complete-tag", "tab", "Complete", "Take the first of the tags that fit.",
          contexts=(Context.TAG_PROMPT,), label="complete"),
    _type("dismiss-tags", "escape", "Never mind", "Leave the tags as they are.",
          contexts=(Context.TAG_PROMPT,), label="never mind"),
    _answer("answer-yes", "y", "Yes", "Do what is asked about.", label="yes"),
    _answer("answer-no", "n, enter, escape", "No", "Leave everything as it is.", label="no"),
)  # fmt: skip
"""Every command, in the order of the help screen."""

_CONTEXTS_APART = frozenset({Context.FILTER_LINE, Context.TAG_PROMPT, Context.NOTE_EDITOR, Context.DIALOGS})
"""Where the commands of the app do not hold: text is being typed, or a question is open."""


def find(command_id: str) -> Command:
    """The command named ``command_id``; raises ``KeyError`` where there is none."""
    for command in COMMANDS:
        if command.id == command_id:
            return command
    raise KeyError(command_id)


def for_context(context: Context | str) -> tuple[Command, ...]:
    """The commands declared for ``context`` itself (those of the app: see ``reachable_in``)."""
    return tuple(command for command in COMMANDS if context in command.contexts)


def reachable_in(context: Context | str) -> tuple[Command, ...]:
    """What can be done while ``context`` has the focus: its own commands, then those of the app.

    Where text is being typed, or a question is open, the commands of the app do not hold.
    """
    own = for_context(context)
    if context == Context.APP or context in _CONTEXTS_APART:
        return own
    return own + for_context(Context.APP)


def footer_for(context: Context | str) -> tuple[Command, ...]:
    """The commands that the footer shows while ``context`` has the focus, the nearest first."""
    return tuple(command for command in reachable_in(context) if command.footer)


_SHOWN_KEYS = {
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "enter": "Enter",
    "escape": "Esc",
    "space": "Space",
    "tab": "Tab",
    "shift+tab": "shift+Tab",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
}


def shown_key(key: str) -> str:
    """``key`` as a person reads it: ``"g g"`` → ``gg``, ``"down"`` → ``↓``."""
    return "".join(_SHOWN_KEYS.get(stroke, stroke) for stroke in key.split())


def markdown_table(commands: Iterable[Command] = COMMANDS) -> str:
    """The key map as Markdown: a heading and a table a group."""
    chosen = tuple(commands)
    parts = [_group_table(group, [c for c in chosen if c.group is group]) for group in Group]
    return "\n".join(part for part in parts if part)


def _group_table(group: Group, commands: list[Command]) -> str:
    if not commands:
        return ""
    rows = [f"| {_keys_cell(c)} | {c.title} | {c.help} | {_where(c)} | `{c.id}` |" for c in commands]
    head = ["| keys | command | what it does | where | id |", "|---|---|---|---|---|"]
    return "\n".join([f"## {group}", "", *head, *rows, ""])


def _keys_cell(command: Command) -> str:
    # A bar would end the cell of a Markdown table, even inside a code span.
    return " ".join(f"`{shown_key(key)}`".replace("|", "\\|") for key in command.keys) or "palette"


def _where(command: Command) -> str:
    return "everywhere" if Context.APP in command.contexts else ", ".join(command.contexts)


_PORTABLE_KEY = re.compile(
    r"[!-~]|f([1-9]|1[0-2])|ctrl\+[abd-gj-lnopr-y]|up|down|left|right|home|end|pageup|pagedown"
    r"|enter|escape|space|tab|shift\+tab"
)


def problems(commands: Iterable[Command] = COMMANDS) -> Iterator[str]:
    """What is wrong with a set of commands, a sentence each; nothing where all is well."""
    chosen = tuple(commands)
    ids = [command.id for command in chosen]
    yield from (f"{name}: this id is declared twice" for name in sorted({i for i in ids if ids.count(i) > 1}))
    for command in chosen:
        yield from _problems_of(command)
    for context in Context:
        yield from _clashes(context, chosen)


def _problems_of(command: Command) -> Iterator[str]:
    if not re.fullmatch(r"[a-z]+(-[a-z]+)*", command.id):
        yield f"{command.id}: an id is written in kebab-case"
    if not (command.title and command.help and command.contexts):
        yield f"{command.id}: title, help and contexts must not be empty"
    if not command.keys and (command.footer or not command.palette):
        yield f"{command.id}: without keys it must be in the palette, and not in the footer"
    if command.footer and not command.label:
        yield f"{command.id}: the footer needs a label"
    for key in command.keys:
        if not key.split() or not all(_PORTABLE_KEY.fullmatch(stroke) for stroke in key.split()):
            yield f"{command.id}: not every terminal sends the key “{key}”"


def _clashes(context: Context, commands: tuple[Command, ...]) -> Iterator[str]:
    """Keys that mean two things in ``context``, or that hide the beginning of a sequence."""
    apart = context in _CONTEXTS_APART
    here = [c for c in commands if context in c.contexts or (Context.APP in c.contexts and not apart)]
    for one, other in combinations(here, 2):
        for key in one.keys:
            for rival in other.keys:
                if f"{key} ".startswith(f"{rival} ") or f"{rival} ".startswith(f"{key} "):
                    yield f"{context}: “{key}” of {one.id} clashes with “{rival}” of {other.id}"
