"""The views: their names, their texts when empty, and the keys in their status bars."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from library.query.editing import Part, part_of, units_of
from tuireader.commands import DEFAULT_KEYS, Command, Context, Group, KeyMap

TRASHED, UNREAD, STARTED = "is:trashed", "is:unread", "is:started"
BOOKMARKED, NOTED, DOUBTFUL = "is:bookmarked", "has:note", "is:doubtful"


@dataclass(frozen=True, slots=True)
class View:
    """A list with a name of its own.

    Attributes:
        name: The name in the reader.
        term: The query.
        empty: The text of the empty list.
        hint: The suggestion under that text; ids of commands in braces stand for their keys.
        keys: The commands that the footer shows first, each with its label in this view.
    """

    name: str
    term: str
    empty: str
    hint: str = "{view-all} shows all articles"
    keys: tuple[tuple[str, str], ...] = ()


VIEWS = (
    View(
        "Trash",
        TRASHED,
        "The trash is empty.",
        keys=(("trash", "restore"), ("empty-trash", "delete for good")),
    ),
    View(
        "Unread",
        UNREAD,
        "No unread articles.",
        keys=(("open-article", "read"), ("toggle-read", "mark as read")),
    ),
    View(
        "Continue reading",
        STARTED,
        "No articles in progress.",
        keys=(("open-article", "continue"), ("toggle-read", "finished")),
    ),
    View(
        "Bookmarks",
        BOOKMARKED,
        "No bookmarks.",
        "{bookmark} bookmarks an article",
        keys=(("bookmark", "remove bookmark"), ("go-bookmarks", "passages")),
    ),
    View(
        "Notes",
        NOTED,
        "No notes.",
        "{note} adds a note to an article",
        keys=(("go-notes", "notebook"), ("edit-note", "edit note")),
    ),
    View(
        "Needs a look",
        DOUBTFUL,
        "No article needs a look.",
        "Articles without a sure date, with little text, joined paragraphs or text left out",
        keys=(("open-article", "compare"), ("open-browser", "original")),
    ),
)

_BY_TERM = {view.term: view for view in VIEWS}
_BY_TERM["is:begun"] = _BY_TERM[STARTED]  # its earlier name, as in saved searches


def view_of(query: str) -> View | None:
    """Return the view that ``query`` lists as a whole, or None if it lists no view or filters one."""
    units = units_of(query)
    return _BY_TERM.get(units[0].casefold()) if len(units) == 1 else None


def views_in(query: str) -> tuple[View, ...]:
    """Return the views that ``query`` lists or filters."""
    return tuple(_BY_TERM[unit.casefold()] for unit in units_of(query) if unit.casefold() in _BY_TERM)


def is_in_trash(query: str) -> bool:
    """Return True if every article that ``query`` lists is in the trash."""
    return any(view.term == TRASHED for view in views_in(query))


def name_of(query: str) -> str:
    """Return the name of a list: its view or saved search, then its filter; empty if it has no name."""
    units = units_of(query)
    names = [name for unit in units if (name := _name(unit))]
    return " · ".join((*names, *_rest(units))) if names else ""


def words_when_empty(query: str, keys: KeyMap = DEFAULT_KEYS) -> tuple[str, ...]:
    """Return the text of an empty list for ``query``: the situation, then the possible actions."""
    view, name = view_of(query), name_of(query)
    if view is not None:
        return view.empty, keys.named_in(view.hint)
    if query.strip():
        return "No matches.", name or query, keys.named_in("{back} clears the filter")
    return "The library is empty.", keys.named_in("{add} adds articles: files, folders, exports")


def footer_in(
    query: str, context: Context, keys: KeyMap = DEFAULT_KEYS, *, is_empty: bool = False
) -> tuple[Command, ...]:
    """Return the commands that the footer shows in ``context``, the nearest first.

    Args:
        query: The query of the list.
        context: The context whose keys apply.
        keys: The keys that hold now.
        is_empty: True if the list is empty, so that commands on articles have nothing to act on.
    """
    commands = keys.footer_for(context)
    if context is Context.LIST and query.strip() and keys.find("back").keys:
        commands = (keys.find("back"), *(one for one in commands if one.id != "back"))
    if is_empty and context is Context.LIST:
        commands = tuple(one for one in commands if one.group is not Group.ARTICLES)
        if not query.strip() and keys.find("add").keys:
            commands = (replace(keys.find("add"), label="add articles"), *commands)
    if is_empty or context not in (Context.LIST, Context.PAGE):
        return commands
    first = tuple(
        replace(keys.find(id_), label=label)
        for view in views_in(query)
        for id_, label in view.keys
        if keys.find(id_).keys and keys.find(id_) in keys.reachable_in(context)
    )
    named = {command.id for command in first}
    others = [command for command in commands if command.id not in named]
    ways_out = [one for one in others[:1] if one.id == "back"]
    return (*ways_out, *first, *others[len(ways_out) :])


def _name(unit: str) -> str:
    """Return the name of the view or saved search that ``unit`` names; empty if it is another term."""
    if part_of(unit) is Part.SAVED:
        return unit.partition(":")[2].strip('"').strip()
    view = _BY_TERM.get(unit.casefold())
    return view.name if view else ""


def _rest(units: tuple[str, ...]) -> Iterator[str]:
    """Yield the terms that filter a list, with adjacent words as one term."""
    words: list[str] = []
    for unit in units:
        if _name(unit):
            continue
        if ":" in unit or unit[0] in '-#("':
            if words:
                yield " ".join(words)
            words = []
            yield unit
        else:
            words.append(unit)
    if words:
        yield " ".join(words)
