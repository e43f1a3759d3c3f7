"""Commands on articles."""

from __future__ import annotations

from functools import partial

from tuireader.commands.declaring import Command, Context, Group, command

_LIST = (Context.LIST,)
_ARTICLE = (Context.LIST, Context.PAGE)
_WITH_NOTEBOOK = (*_ARTICLE, Context.NOTEBOOK)
_CITED = (*_WITH_NOTEBOOK, Context.CHOOSING)

_article = partial(command, group=Group.ARTICLES, contexts=_ARTICLE)

ARTICLES: tuple[Command, ...] = (
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
    _article("trash", "x", "Trash", "Put into the trash; in the trash, restore."),
    _article("empty-trash", "X", "Empty the trash", "In the trash, delete the selected or all for good.",
             contexts=_LIST),
    _article("select", "space", "Select", "Select the article, or not; commands go to all that are selected.",
             contexts=_LIST, palette=False),
    _article("select-range", "V", "Select a range",
             "Select from here on while you move; again: the range ends and stays selected.", contexts=_LIST),
    _article("select-all", "*", "Select all", "Select every article in the list, or none.", contexts=_LIST),
    _article("open-story", "+", "Open the story",
             "Show the other articles that tell the same, below the first.", contexts=_LIST),
    _article("close-story", "-", "Close the story", "Hide the other articles of the story again.",
             contexts=_LIST),
    _article("fold-stories", "g +", "Fold stories",
             "Show the articles of a story under one line, or each on its own.", contexts=_LIST),
    _article("open-browser", "o", "Open in the browser", "Open the article's address."),
    _article("copy-link", "y", "Copy the link", "Copy the article's address."),
    _article("copy-citation", "Y", "Copy with citation",
             "Copy the chosen words, or those of the note in front, and where they are from.",
             contexts=_CITED),
    _article("choose-citation", "g Y", "Choose how to cite",
             "Copy a citation as plain text, Markdown, BibTeX or APA; Y keeps to it.",
             contexts=_CITED),
    _article("export", "e", "Export",
             "Write the articles, with what you noted, as Markdown files into a folder; again: stop."),
)  # fmt: skip
