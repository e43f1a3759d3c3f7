"""Commands of the reading pane."""

from __future__ import annotations

from functools import partial

from tuireader.commands.declaring import Command, Context, Group, command

_PAGE = (Context.PAGE,)
_ARTICLE = (Context.LIST, Context.PAGE)

_read = partial(command, group=Group.READING, contexts=_PAGE)

READING: tuple[Command, ...] = (
    _read("read-on", "space", "Read on", "Scroll down one screen.",
          contexts=(Context.PAGE, Context.REVISIONS),
          label="read on", palette=False),
    _read("next-paragraph", "}", "Next paragraph", "Go to the next paragraph.", palette=False),
    _read("previous-paragraph", "{", "Previous paragraph", "Go to the previous paragraph.", palette=False),
    _read("next-heading", "] ]", "Next heading", "Go to the next heading."),
    _read("previous-heading", "[ [", "Previous heading", "Go to the previous heading."),
    _read("contents", "g O", "Table of contents", "Show the headings of the article; Enter goes to one."),
    _read("follow-link", ";", "Follow a link",
          "Show letters on the links; the address is shown before it opens."),
    _read("show-changes", "g d", "Show changes", "Compare the revisions of the article word by word."),
    _read("next-article", "J", "Next article", "Read the next article in the list."),
    _read("previous-article", "K", "Previous article", "Read the previous article in the list."),
    _read("wider", "+", "Wider column", "Use longer lines."),
    _read("narrower", "-", "Narrower column", "Use shorter lines."),
    _read("see-right", "l, right", "Scroll right",
          "Show more columns of a wide table; “Back to the list” scrolls left.", palette=False),
    _read("justify", "", "Justify text", "Justify the text, or align it left."),
    _read("hyphenate", "", "Hyphenation", "Hyphenate words at line ends, or keep them whole."),
    _read("pictures", "p", "Pictures", "Show pictures, or only their captions."),
    _read("zen", "z", "Zen mode", "Show only the article, or all panes.", contexts=_ARTICLE),
)  # fmt: skip
