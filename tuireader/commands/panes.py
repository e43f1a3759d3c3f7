"""Commands that go to panes, views and the sidebar."""

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
    _go("next-pane", "tab", "Next pane", "Move to the next pane.", palette=False),
    _go("previous-pane", "shift+tab", "Previous pane", "Move to the previous pane.", palette=False),
    _go("pane-out", "h, left", "Back to the list", "Go from the article back to the list.",
        contexts=_PAGE, label="list",
        palette=False),
    _go("go-sidebar", "h, left", "Go to the sidebar", "Move the focus to the sidebar.", contexts=_LIST,
        label="sidebar"),
    _go("pane-in", "l, right", "Go to the article", "Go from the list to the article.",
        contexts=_LIST, palette=False),
    _go("go-list", "g l", "Go to the list", "Move the focus to the article list."),
    _go("go-notes", "g n", "Go to the notebook", "Show all notes, highlights and bookmarks."),
    _go("go-bookmarks", "g b", "Go to the bookmarks",
        "Show bookmarked articles and passages in the notebook."),
    _go("go-started", "g r", "Continue reading", "List articles you have started, the last opened first."),
    _go("go-tags", "g t", "Go to the tags", "Show all tags: mark, rename, colour, delete."),
    _go("go-searches", "g s", "Go to the saved searches",
        "Move the focus to the saved searches in the sidebar."),
    _go("go-related", "g a", "Related articles",
        "Show near-duplicates of the article and related articles.",
        contexts=(Context.LIST, Context.PAGE)),
    _go("go-timeline", "g h", "Timeline of the story",
        "Show the story and related articles by day, with your notes.",
        contexts=(Context.LIST, Context.PAGE)),
    _go("go-doubtful", "g i", "Needs a look",
        "List articles to check: date missing or guessed, very short, joined paragraphs, text left out."),
    _go("go-trash", "g x", "Go to the trash", "List the articles in the trash."),
    _view("view-all", "1", "All articles", "List all articles except the trash."),
    _view("view-unread", "2", "Unread articles", "List the unread articles."),
    _view("view-bookmarked", "3", "Bookmarked articles", "List the bookmarked articles."),
    _view("view-noted", "4", "Articles with notes", "List the articles with notes."),
    _entry("rename-search", "R", "Rename the search", "Rename the saved search under the cursor."),
    _entry("remove-search", "x", "Remove the search", "Remove the saved search under the cursor."),
    _entry("pick-sidebar-entry", "enter", "List", "List the articles of the entry under the cursor.",
           label="list"),
    _entry("open-sidebar-entry", "l, right", "Open",
           "Open the entry; if it is open, go to the first one in it.", label="open"),
    _entry("close-sidebar-entry", "h, left", "Close",
           "Close the entry; if it is closed, go to the one above it.",
           label="close"),
    _entry("find-in-sidebar", "f", "Find in the sidebar",
           "Type part of a name; only matching entries are shown.",
           label="find"),
    _entry("next-sidebar-section", "] ]", "Next section", "Go to the next section of the sidebar."),
    _entry("previous-sidebar-section", "[ [", "Previous section",
           "Go to the previous section of the sidebar."),
    _entry("toggle-sidebar-entry", "space", "Open or close", "Open or close the entry under the cursor."),
)  # fmt: skip
