"""Commands that lead to panes, views and the sidebar."""

from __future__ import annotations

from functools import partial

from tuireader.commands.declaring import Command, Context, Group, command

_APP = (Context.APP,)
_LIST = (Context.LIST,)
_PAGE = (Context.PAGE,)
_SIDEBAR = (Context.SIDEBAR,)
_ROWS = (Context.LIST, Context.SIDEBAR)

_go = partial(command, group=Group.PANES, contexts=_APP)
_view = partial(command, group=Group.PANES, contexts=_ROWS)
_entry = partial(command, group=Group.PANES, contexts=_SIDEBAR, palette=False)

PANES: tuple[Command, ...] = (
    _go("next-pane", "tab", "Next pane", "Go on to the next pane.", palette=False),
    _go("previous-pane", "shift+tab", "Previous pane", "Go to the pane before.", palette=False),
    _go("pane-out", "h, left", "Out", "From the page back to the list.", contexts=_PAGE, label="list",
        palette=False),
    _go("go-sidebar", "h, left", "Go to the sidebar", "Put the focus on tags and dates.", contexts=_LIST,
        label="sidebar"),
    _go("pane-in", "l, right", "In", "From the list into the page.", contexts=_LIST, palette=False),
    _go("go-list", "g l", "Go to the list", "Put the focus on the list of articles."),
    _go("go-notes", "g n", "Go to the notebook", "All notes, highlights and bookmarks of the library."),
    _go("go-bookmarks", "g b", "Go to the bookmarks", "Bookmarked articles and passages, in the notebook."),
    _go("go-begun", "g r", "Continue reading", "Articles begun and not finished, the last opened first."),
    _go("go-tags", "g t", "Go to the tags", "All tags in their families: mark, rename, colour, delete."),
    _go("go-searches", "g s", "Go to the saved searches", "Put the focus on them in the sidebar."),
    _go("go-related", "g a", "Related articles",
        "Who else tells the story, and articles that share rare words and tags; Enter reads one.",
        contexts=(Context.LIST, Context.PAGE)),
    _go("go-timeline", "g h", "Timeline of the story",
        "The story and related articles by the day, with your notes on them.",
        contexts=(Context.LIST, Context.PAGE)),
    _go("go-trash", "g x", "Go to the trash", "List the articles in the trash."),
    _view("view-all", "1", "All articles", "List everything but the trash."),
    _view("view-unread", "2", "Unread articles", "List what has not been read."),
    _view("view-bookmarked", "3", "Bookmarked articles", "List the bookmarked articles."),
    _view("view-noted", "4", "Articles with notes", "List the articles with notes."),
    _entry("rename-search", "R", "Rename the search", "Give the saved search under the cursor another name."),
    _entry("remove-search", "x", "Remove the search", "Remove the saved search under the cursor."),
    _entry("pick-sidebar-entry", "enter", "Pick", "List what belongs to the entry under the cursor.",
           label="list"),
    _entry("open-sidebar-entry", "l, right", "Open", "Open the entry; in an open one, go in.", label="open"),
    _entry("close-sidebar-entry", "h, left", "Close", "Close the entry; in a closed one, go out.",
           label="close"),
    _entry("find-in-sidebar", "f", "Find in the sidebar", "Type part of a name; only what has it is shown.",
           label="find"),
    _entry("next-sidebar-section", "] ]", "Next section", "To the next section of the sidebar."),
    _entry("previous-sidebar-section", "[ [", "Previous section", "To the section before."),
    _entry("toggle-sidebar-entry", "space", "Open or close", "Open or close the entry under the cursor."),
)  # fmt: skip
