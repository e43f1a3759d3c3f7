"""Commands for moving in a list or in an article."""

from __future__ import annotations

from functools import partial

from tuireader.commands.declaring import Command, Context, Group, command

_APP = (Context.APP,)
_PAGE = (Context.PAGE,)
_ARTICLE = (Context.LIST, Context.PAGE)
_PANES = (Context.LIST, Context.PAGE, Context.SIDEBAR, Context.NOTEBOOK, Context.TAGS, Context.SETTINGS)
_MOVED = (*_PANES, Context.REVISIONS)

_move = partial(command, group=Group.MOVING, contexts=_MOVED, palette=False)

MOVING: tuple[Command, ...] = (
    _move("move-down", "j, down", "Down", "Move down one row or line; with a count, that many."),
    _move("move-up", "k, up", "Up", "Move up one row or line; with a count, that many."),
    _move("half-page-down", "ctrl+d", "Half a page down", "Scroll down half a screen."),
    _move("half-page-up", "ctrl+u", "Half a page up", "Scroll up half a screen."),
    _move("page-down", "ctrl+f, pagedown", "Page down", "Scroll down one screen."),
    _move("page-up", "ctrl+b, pageup", "Page up", "Scroll up one screen."),
    _move("move-first", "g g, home", "To the beginning", "Go to the first row, or the top of the article."),
    _move("move-last", "G, end", "To the end", "Go to the last row, or the end of the article."),
    _move("next-unread", "] u", "Next unread", "Go to the next unread article.", contexts=_ARTICLE),
    _move("previous-unread", "[ u", "Previous unread", "Go to the previous unread article.",
          contexts=_ARTICLE),
    _move("next-bookmarked", "] b", "Next bookmarked", "Go to the next bookmarked article.",
          contexts=_ARTICLE),
    _move("previous-bookmarked", "[ b", "Previous bookmarked", "Go to the previous bookmarked article.",
          contexts=_ARTICLE),
    _move("jump-back", "ctrl+o", "Jump back", "Go to where you were before the last jump.",
          contexts=_APP),
    _move("jump-forward", "ctrl+y", "Jump forward", "Go to where you were before jumping back.",
          contexts=_APP),
    _move("set-mark", "m", "Set a jump mark", "Mark this place with the letter typed next.", contexts=_PAGE,
          argument="LETTER"),
    _move("go-to-mark", "'", "Go to a jump mark", "Go to the mark with the letter typed next.",
          contexts=_APP, argument="LETTER"),
)  # fmt: skip
