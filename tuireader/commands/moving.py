"""Commands that move in a list or on a page."""

from __future__ import annotations

from functools import partial

from tuireader.commands.declaring import Command, Context, Group, command

_APP = (Context.APP,)
_PAGE = (Context.PAGE,)
_ARTICLE = (Context.LIST, Context.PAGE)
_PANES = (Context.LIST, Context.PAGE, Context.SIDEBAR, Context.NOTEBOOK, Context.TAGS)
_MOVED = (*_PANES, Context.REVISIONS)

_move = partial(command, group=Group.MOVING, contexts=_MOVED, palette=False)

MOVING: tuple[Command, ...] = (
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
)  # fmt: skip
