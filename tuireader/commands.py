"""The command registry: everything a person can do, declared once.

Key bindings, footer, palette, help screen and ``docs/keys.md`` are made from ``COMMANDS``. Keys are
written as they are typed: ``"j"``, ``"?"``, ``"ctrl+d"``, ``"pagedown"``; the keys of a sequence are
separated by a space: ``"g g"``, ``"] u"``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import combinations

from tuireader.command import Command, Context, Group

__all__ = [
    "COMMANDS",
    "OVER_THE_PANES",
    "Command",
    "Context",
    "Group",
    "find",
    "footer_for",
    "for_context",
    "markdown_table",
    "problems",
    "reachable_in",
    "shown_key",
]

_APP = (Context.APP,)
_LIST = (Context.LIST,)
_PAGE = (Context.PAGE,)
_PLACES = (Context.PLACES,)
_NOTEBOOK = (Context.NOTEBOOK,)
_ARTICLE = (Context.LIST, Context.PAGE)
_ROWS = (Context.LIST, Context.PLACES)
_WITH_NOTEBOOK = (*_ARTICLE, Context.NOTEBOOK)
_CITED = (*_WITH_NOTEBOOK, Context.CHOOSING)
_PANES = (Context.LIST, Context.PAGE, Context.PLACES, Context.NOTEBOOK)
_MOVED = (*_PANES, Context.REVISIONS)
_ON_WORDS = (Context.PAGE, Context.CHOOSING)


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


_move = partial(_command, group=Group.MOVING, contexts=_MOVED, palette=False)
_go = partial(_command, group=Group.PANES, contexts=_APP)
_view = partial(_command, group=Group.PANES, contexts=_ROWS)
_place = partial(_command, group=Group.PANES, contexts=_PLACES, palette=False)
_entry = partial(_command, group=Group.NOTEBOOK, contexts=_NOTEBOOK, palette=False)
_find = partial(_command, group=Group.FINDING, contexts=_APP)
_article = partial(_command, group=Group.ARTICLES, contexts=_ARTICLE)
_read = partial(_command, group=Group.READING, contexts=_PAGE)
_annotate = partial(_command, group=Group.ANNOTATING, contexts=_PAGE)
_choose = partial(_command, group=Group.CHOOSING, contexts=(Context.CHOOSING,), palette=False)
_program = partial(_command, group=Group.PROGRAM, contexts=_APP)
_type = partial(_command, group=Group.TYPING, palette=False)
_compare = partial(_command, group=Group.COMPARING, contexts=(Context.REVISIONS,), palette=False)
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
    _move("jump-back", "ctrl+o", "Back to where you were", "To the place before the last jump.",
          contexts=_APP),
    _move("jump-forward", "ctrl+y", "Forward again", "To the place that you went back from.",
          contexts=_APP),
    _move("set-mark", "m", "Set a mark", "Mark this place with the letter that follows.", contexts=_PAGE),
    _move("go-to-mark", "'", "Go to a mark", "To the place that has the letter that follows.",
          contexts=_APP),
    _go("next-pane", "tab", "Next pane", "Go on to the next pane.", palette=False),
    _go("previous-pane", "shift+tab", "Previous pane", "Go to the pane before.", palette=False),
    _go("pane-out", "h, left", "Out", "From the page back to the list.", contexts=_PAGE, label="list",
        palette=False),
    _go("go-places", "h, left", "Go to the places", "Put the focus on tags and dates.", contexts=_LIST,
        label="places"),
    _go("pane-in", "l, right", "In", "From the list into the page.", contexts=_LIST, palette=False),
    _go("go-list", "g l", "Go to the list", "Put the focus on the list of articles."),
    _go("go-notes", "g n", "Go to the notebook", "All notes, highlights and bookmarks of the library."),
    _go("go-bookmarks", "g b", "Go to the bookmarks", "Bookmarked articles and passages, in the notebook."),
    _go("go-begun", "g r", "Continue reading", "Articles begun and not finished, the last opened first."),
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
    _find("filter", "/", "Filter", "Write a query; the list follows while you type.",
          contexts=(*_ROWS, Context.NOTEBOOK),
          label="filter"),
    _find("find", "/", "Find in the article", "Type words; they are marked while you type.", contexts=_PAGE,
          label="find"),
    _find("next-match", "n", "Next match", "To the next place of what is looked for.", contexts=_PAGE),
    _find("previous-match", "N", "Previous match", "To the place before.", contexts=_PAGE),
    _find("clear-filter", "F", "Clear the filter", "List all articles again."),
    _find("sort", "s", "Sort", "Go on to the next order.", contexts=(Context.LIST, Context.NOTEBOOK)),
    _find("reverse", "S", "Reverse the order", "Turn the order of the list round.", contexts=_LIST),
    _entry("open-entry", "enter", "Open at the passage", "Open the article where the note stands.",
           label="open"),
    _entry("edit-entry", "e", "Write on it", "Change the note, or write on a highlight.", label="write"),
    _entry("delete-entry", "d d", "Delete", "Delete the note, highlight or bookmark.", label="delete"),
    _entry("next-section", "l, right", "Next section", "Bookmarks, on this day, a daily handful.",
           label="section"),
    _entry("previous-section", "h, left", "Section before", "To the section before."),
    _entry("view-orphaned", "O", "Without a place",
           "Only those whose words are no longer in the article; again: all."),
    _article("open-article", "enter", "Read", "Open the article under the cursor.",
             contexts=_LIST, label="read", palette=False),
    _article("bookmark", "b", "Bookmark", "Set or remove the bookmark.", label="bookmark"),
    _article("note", "a", "Write a note",
             "From the list, write a note on the article; from the page, on the selection or the paragraph.",
             contexts=(*_ARTICLE, Context.CHOOSING), label="note"),
    _article("note-on-article", "A", "Write a note on the article", "Write a note on the whole article."),
    _article("edit-note", "E", "Change the note",
             "Change the note in front on the page, or the last one on the article."),
    _article("toggle-read", "r", "Read or unread", "Mark as read, or as unread again."),
    _article("add-tag", "t", "Add a tag", "Add a tag.", label="tag", contexts=_WITH_NOTEBOOK),
    _article("remove-tag", "T", "Remove a tag", "Take a tag away.", contexts=_WITH_NOTEBOOK),
    _article("trash", "x", "Trash", "Put into the trash; in the trash, take out again."),
    _article("empty-trash", "X", "Empty the trash", "In the trash: delete for good what is listed.",
             contexts=_LIST),
    _article("select", "space", "Select", "Select the article, or not; commands go to all that are selected.",
             contexts=_LIST, palette=False),
    _article("select-all", "*", "Select all", "Select every article in the list, or none.", contexts=_LIST),
    _article("open-browser", "o", "Open in the browser", "Open the article's address."),
    _article("copy-link", "y", "Copy the link", "Copy the article's address."),
    _article("copy-citation", "Y", "Copy with citation",
             "Copy the chosen words, or those of the note in front, and where they are from.",
             contexts=_CITED),
    _article("choose-citation", "g Y", "Choose how to cite",
             "Copy a citation as plain text, Markdown, BibTeX or APA; Y keeps to it.",
             contexts=_CITED),
    _read("read-on", "space", "Read on", "A screenful down.", contexts=(Context.PAGE, Context.REVISIONS),
          label="read on", palette=False),
    _read("next-paragraph", "}", "Next paragraph", "To the next paragraph.", palette=False),
    _read("previous-paragraph", "{", "Previous paragraph", "To the paragraph before.", palette=False),
    _read("next-heading", "] ]", "Next heading", "To the next heading."),
    _read("previous-heading", "[ [", "Previous heading", "To the heading before."),
    _read("contents", "g O", "Table of contents", "The headings of the article; Enter goes to one."),
    _read("follow-link", ";", "Follow a link", "Letters over the links; the address is shown first."),
    _read("show-changes", "g d", "What has changed", "The former texts of the article, word by word."),
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
    _annotate("highlight", "H", "Highlight",
              "Highlight the selection or the paragraph; again, in the next colour; 1H to 5H choose one.",
              contexts=_ON_WORDS, label="highlight"),
    _annotate("choose-words", "v", "Choose words", "Put a cursor on the page; movements choose words.",
              label="choose words"),
    _annotate("bookmark-passage", "B", "Bookmark the passage",
              "Set or remove a bookmark on the selection or the paragraph.", contexts=_ON_WORDS),
    _annotate("next-annotation", "] a", "Next annotation", "To the next note, highlight or bookmark."),
    _annotate("previous-annotation", "[ a", "Previous annotation", "To the one before."),
    _annotate("delete-annotation", "d d", "Delete the annotation",
              "Take away the annotation on the selection, or the one in front."),
    _annotate("reattach", "R", "Re-attach",
              "Put a note or highlight that lost its words on the selection.", contexts=_ON_WORDS),
    _choose("choose-from-here", "v, space", "From here",
            "Begin at the cursor, or go on without choosing.", label="from here"),
    _choose("choose-next-word", "w, l, right, e", "Next word", "A word on.", label="word"),
    _choose("choose-previous-word", "b, h, left", "Previous word", "A word back."),
    _choose("choose-next-sentence", ")", "Next sentence", "To the end of the sentence.", label="sentence"),
    _choose("choose-previous-sentence", "(", "Previous sentence", "To the beginning of the sentence."),
    _choose("choose-next-paragraph", "}", "Next paragraph", "To the end of the paragraph.",
            label="paragraph"),
    _choose("choose-previous-paragraph", "{", "Previous paragraph", "To the beginning of the paragraph."),
    _choose("choose-line-down", "j, down", "Down", "A line down."),
    _choose("choose-line-up", "k, up", "Up", "A line up."),
    _choose("choose-other-end", "o", "Other end", "The cursor goes to the other end.", label="other end"),
    _choose("leave-choosing", "escape, q", "Leave", "Choose nothing.", label="leave"),
    _program("undo", "u", "Undo", "Take the last change back."),
    _program("redo", "ctrl+r", "Redo", "Make the change again that was taken back."),
    _program("back", "q, escape", "Back", "Out of the selection, the page, the filter.", palette=False),
    _program("palette", "ctrl+p", "Commands", "Find a command by its name.", palette=False),
    _program("redraw", "ctrl+l", "Redraw", "Draw the screen afresh."),
    _program("quit", "Q", "Quit", "Close the reader; everything is kept.", label="quit"),
    _program("help", "?", "Help", "All keys, searchable.", label="help"),
    _type("finish-note", "ctrl+s, escape", "Done", "Keep the note and close the editor.",
          contexts=(Context.NOTE_EDITOR,), label="done"),
    _type("continue-outside", "ctrl+e", "In your editor", "Continue the note in $VISUAL or $EDITOR.",
          contexts=(Context.NOTE_EDITOR,), label="your editor"),
    _type("finish-filter", "enter, tab, down", "Done", "Keep the filter and go to the list.",
          contexts=(Context.FILTER_LINE,), label="done"),
    _type("dismiss-filter", "escape", "Never mind", "Back to the filter that was there before.",
          contexts=(Context.FILTER_LINE,), label="never mind"),
    _type("finish-find", "enter", "Done", "Keep the words marked; n and N step through them.",
          contexts=(Context.FIND_LINE,), label="done"),
    _type("dismiss-find", "escape", "Never mind", "Back to the place where you were.",
          contexts=(Context.FIND_LINE,), label="never mind"),
    _type("next-found", "down", "Next match", "To the next match while typing.",
          contexts=(Context.FIND_LINE,), label="next"),
    _type("previous-found", "up", "Previous match", "To the match before while typing.",
          contexts=(Context.FIND_LINE,)),
    _type("finish-tags", "enter", "Done", "Set the tags, or take them away.",
          contexts=(Context.TAG_PROMPT,), label="done"),
    _type("complete-tag", "tab", "Complete", "Take the first of the tags that fit.",
          contexts=(Context.TAG_PROMPT,), label="complete"),
    _type("dismiss-tags", "escape", "Never mind", "Leave the tags as they are.",
          contexts=(Context.TAG_PROMPT,), label="never mind"),
    _compare("next-change", "n, ] c", "Next change", "To the next change.", label="next"),
    _compare("previous-change", "N, [ c", "Previous change", "To the change before."),
    _compare("former-text", "[ r", "Former text", "Compare with the text before.", label="older"),
    _compare("later-text", "] r", "Later text", "Compare with the text after.", label="newer"),
    _compare("whole-text", "d", "As it was", "The former text by itself, or what has changed.",
             label="as it was"),
    _compare("leave-revisions", "q, escape, g d", "Back", "Back to the article.", label="back"),
    _answer("open-link", "enter, o", "Open", "Open the address.", contexts=(Context.LINK,), label="open"),
    _answer("copy-address", "y", "Copy", "Copy the address.", contexts=(Context.LINK,), label="copy"),
    _answer("leave-link", "escape, q", "Leave it", "Open nothing.", contexts=(Context.LINK,),
            label="leave it"),
    _answer("answer-yes", "y", "Yes", "Do what is asked about.", label="yes"),
    _answer("answer-no", "n, enter, escape", "No", "Leave everything as it is.", label="no"),
)  # fmt: skip
"""Every command, in the order of the help screen."""

_CONTEXTS_APART = frozenset(
    {
        Context.FILTER_LINE,
        Context.FIND_LINE,
        Context.TAG_PROMPT,
        Context.NOTE_EDITOR,
        Context.CHOOSING,
        Context.DIALOGS,
        Context.LINK,
        Context.REVISIONS,
    }
)
"""Where the commands of the app do not hold: text is typed, words are chosen, a screen is in front."""

OVER_THE_PANES = frozenset({Context.DIALOGS, Context.LINK, Context.REVISIONS, Context.NOTEBOOK})
"""Where a screen in front of the panes carries the commands out."""


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

    Where text is typed, words are chosen or a question is open, the commands of the app do not hold.
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
