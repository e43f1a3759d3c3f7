"""Commands for articles."""

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
    _article("bookmark", "b", "Bookmark", "Add or remove the bookmark.", label="bookmark"),
    _article("note", "a", "Write a note",
             "In the list: a note on the article; in the article: on the selection or the paragraph.",
             contexts=(*_ARTICLE, Context.CHOOSING), label="note"),
    _article("note-on-article", "A", "Write a note on the article", "Write a note on the whole article."),
    _article("edit-note", "E", "Edit the note",
             "Edit the current note, or the last one on the article."),
    _article("toggle-read", "r", "Toggle read", "Mark as read or unread."),
    _article("add-tag", "t", "Add a tag", "Add one or more tags.", label="tag", contexts=_WITH_NOTEBOOK,
             argument="TAGS"),
    _article("remove-tag", "T", "Remove a tag", "Remove one or more tags.", contexts=_WITH_NOTEBOOK,
             argument="TAGS"),
    _article("trash", "x", "Trash", "Move to the trash; in the trash: restore."),
    _article("empty-trash", "X", "Empty the trash",
             "In the trash: delete the selected articles, or all, for good.",
             contexts=_LIST),
    _article("select", "space", "Select", "Select or deselect the article; commands apply to all selected.",
             contexts=_LIST, palette=False),
    _article("select-range", "V", "Select a range",
             "Select while you move; again: end the range and keep it selected.", contexts=_LIST),
    _article("select-all", "*", "Select all", "Select all articles in the list, or none.", contexts=_LIST),
    _article("open-story", ">", "Open the story",
             "Show the other articles of the story below the first.", contexts=_LIST),
    _article("close-story", "<", "Close the story", "Hide the other articles of the story.",
             contexts=_LIST),
    _article("fold-stories", "g >", "Fold stories",
             "Show each story as one row, or each article as its own.", contexts=_LIST),
    _article("open-browser", "o", "Open in the browser", "Open the article's address."),
    _article("copy-link", "y", "Copy the link", "Copy the article's address."),
    _article("copy-citation", "Y", "Copy with citation",
             "Copy the selected words, or those of the current note, with their source.",
             contexts=_CITED),
    _article("choose-citation", "g Y", "Choose a citation style",
             "Copy a citation as plain text, Markdown, BibTeX or APA; Y then uses that style.",
             contexts=_CITED),
    _article("export", "e", "Export",
             "Export the articles and your notes as Markdown files into a folder; again: stop."),
)  # fmt: skip
