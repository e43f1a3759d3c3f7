"""Commands of the reading pane."""

from __future__ import annotations

from functools import partial

from tuireader.commands.declaring import Command, Context, Group, command

_PAGE = (Context.PAGE,)
_ARTICLE = (Context.LIST, Context.PAGE)

_read = partial(command, group=Group.READING, contexts=_PAGE)

READING: tuple[Command, ...] = (
    _read("read-on", "space", "Read on", "A screenful down.", contexts=(Context.PAGE, Context.REVISIONS),
          label="read on", palette=False),
    _read("next-paragraph", "}", "Next paragraph", "To the next paragraph.", palette=False),
    _read("previous-paragraph", "{", "Previous paragraph", "To the paragraph before.", palette=False),
    _read("next-heading", "] ]", "Next heading", "To the next heading."),
    _read("previous-heading", "[ [", "Previous heading", "To the heading before."),
    _read("contents", "g O", "Table of contents", "The headings of the article; Enter goes to one."),
    _read("follow-link", ";", "Follow a link", "Letters over the links; the address is shown first."),
    _read("show-changes", "g d", "What has changed", "The revisions of the article, word by word."),
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
)  # fmt: skip
