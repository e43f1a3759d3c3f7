"""Commands that find."""

from __future__ import annotations

from functools import partial

from tuireader.commands.declaring import Command, Context, Group, command

_APP = (Context.APP,)
_LIST = (Context.LIST,)
_PAGE = (Context.PAGE,)
_ARTICLE = (Context.LIST, Context.PAGE)
_ROWS = (Context.LIST, Context.SIDEBAR)

_find = partial(command, group=Group.FINDING, contexts=_APP)

FINDING: tuple[Command, ...] = (
    _find("filter", "/", "Filter", "Write a query; the list follows while you type.",
          contexts=(*_ROWS, Context.NOTEBOOK),
          label="filter"),
    _find("find", "/", "Find in the article", "Type words; they are marked while you type.", contexts=_PAGE,
          label="find"),
    _find("next-match", "n", "Next match",
          "To the next place with the words you search for; in the list, to the next article.",
          contexts=_ARTICLE),
    _find("previous-match", "N", "Previous match",
          "To the previous place with the words you search for; in the list, to the previous article.",
          contexts=_ARTICLE),
    _find("clear-filter", "F", "Clear the filter", "List all articles again."),
    _find("save-search", "g S", "Save the search", "Keep the query that is listed under a name."),
    _find("sort", "s", "Sort", "Go on to the next order.",
          contexts=(Context.LIST, Context.NOTEBOOK, Context.TAGS)),
    _find("reverse", "S", "Reverse the order", "Turn the order of the list round.", contexts=_LIST),
)  # fmt: skip
