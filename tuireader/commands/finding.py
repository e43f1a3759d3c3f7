"""Commands for searching."""

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
    _find("filter", "/", "Filter", "Type a query; the list updates as you type.",
          contexts=(*_ROWS, Context.NOTEBOOK),
          label="filter", argument="QUERY"),
    _find("find", "/", "Find in the article", "Type words; matches are marked as you type.", contexts=_PAGE,
          label="find"),
    _find("next-match", "n", "Next match",
          "Go to the next match; in the list, to the next article.",
          contexts=_ARTICLE),
    _find("previous-match", "N", "Previous match",
          "Go to the previous match; in the list, to the previous article.",
          contexts=_ARTICLE),
    _find("clear-filter", "F", "Clear the filter", "List all articles."),
    _find("save-search", "g S", "Save the search", "Save the current query under a name.", argument="NAME"),
    _find("sort", "s", "Sort", "Switch to the next order.",
          contexts=(Context.LIST, Context.NOTEBOOK, Context.TAGS)),
    _find("reverse", "S", "Reverse the order", "Reverse the order of the list.", contexts=_LIST),
)  # fmt: skip
