"""Commands for annotating, and for selecting words to annotate."""

from __future__ import annotations

from functools import partial

from tuireader.commands.declaring import Command, Context, Group, command

_PAGE = (Context.PAGE,)
_ON_WORDS = (Context.PAGE, Context.CHOOSING)

_annotate = partial(command, group=Group.ANNOTATING, contexts=_PAGE)
_choose = partial(command, group=Group.CHOOSING, contexts=(Context.CHOOSING,), palette=False)

ANNOTATING: tuple[Command, ...] = (
    _annotate("highlight", "H", "Highlight",
              "Highlight the selection or the paragraph; again: the next colour; 1H to 5H: that colour.",
              contexts=_ON_WORDS, label="highlight"),
    _annotate("choose-words", "v", "Select words", "Show a cursor; movement keys extend the selection.",
              label="select words"),
    _annotate("bookmark-passage", "B", "Bookmark the passage",
              "Add or remove a bookmark on the selection or the paragraph.", contexts=_ON_WORDS),
    _annotate("next-annotation", "] a", "Next annotation", "Go to the next note, highlight or bookmark."),
    _annotate("previous-annotation", "[ a", "Previous annotation", "Go to the previous one."),
    _annotate("delete-annotation", "D", "Delete the annotation",
              "Delete the annotation on the selection, or the current one."),
    _annotate("reattach", "R", "Re-attach",
              "Re-attach an orphaned note or highlight to the selection.", contexts=_ON_WORDS),
    _choose("choose-from-here", "v, space", "Start here",
            "Start the selection at the cursor, or clear it.", label="start here"),
    _choose("choose-next-word", "w, l, right, e", "Next word", "Go to the next word.", label="word"),
    _choose("choose-previous-word", "b, h, left", "Previous word", "Go to the previous word."),
    _choose("choose-next-sentence", ")", "Next sentence", "Go to the end of the sentence.", label="sentence"),
    _choose("choose-previous-sentence", "(", "Previous sentence", "Go to the beginning of the sentence."),
    _choose("choose-next-paragraph", "}", "Next paragraph", "Go to the end of the paragraph.",
            label="paragraph"),
    _choose("choose-previous-paragraph", "{", "Previous paragraph", "Go to the beginning of the paragraph."),
    _choose("choose-line-down", "j, down", "Down", "Go down a line."),
    _choose("choose-line-up", "k, up", "Up", "Go up a line."),
    _choose("choose-other-end", "o", "Other end", "Move the cursor to the other end of the selection.",
            label="other end"),
    _choose("leave-choosing", "escape, q", "Cancel", "Clear the selection.", label="cancel"),
)  # fmt: skip
