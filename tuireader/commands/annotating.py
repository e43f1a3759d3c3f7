"""Commands that annotate, and that choose words for it."""

from __future__ import annotations

from functools import partial

from tuireader.commands.declaring import Command, Context, Group, command

_PAGE = (Context.PAGE,)
_ON_WORDS = (Context.PAGE, Context.CHOOSING)

_annotate = partial(command, group=Group.ANNOTATING, contexts=_PAGE)
_choose = partial(command, group=Group.CHOOSING, contexts=(Context.CHOOSING,), palette=False)

ANNOTATING: tuple[Command, ...] = (
    _annotate("highlight", "H", "Highlight",
              "Highlight the selection or the paragraph; again, in the next colour; 1H to 5H choose one.",
              contexts=_ON_WORDS, label="highlight"),
    _annotate("choose-words", "v", "Choose words", "Put a cursor on the page; movements choose words.",
              label="choose words"),
    _annotate("bookmark-passage", "B", "Bookmark the passage",
              "Set or remove a bookmark on the selection or the paragraph.", contexts=_ON_WORDS),
    _annotate("next-annotation", "] a", "Next annotation", "To the next note, highlight or bookmark."),
    _annotate("previous-annotation", "[ a", "Previous annotation", "To the one before."),
    _annotate("delete-annotation", "d d", "Delete the annotation",
              "Take away the annotation on the selection, or the one in front."),
    _annotate("reattach", "R", "Re-attach",
              "Put a note or highlight that lost its words on the selection.", contexts=_ON_WORDS),
    _choose("choose-from-here", "v, space", "From here",
            "Begin at the cursor, or go on without choosing.", label="from here"),
    _choose("choose-next-word", "w, l, right, e", "Next word", "A word on.", label="word"),
    _choose("choose-previous-word", "b, h, left", "Previous word", "A word back."),
    _choose("choose-next-sentence", ")", "Next sentence", "To the end of the sentence.", label="sentence"),
    _choose("choose-previous-sentence", "(", "Previous sentence", "To the beginning of the sentence."),
    _choose("choose-next-paragraph", "}", "Next paragraph", "To the end of the paragraph.",
            label="paragraph"),
    _choose("choose-previous-paragraph", "{", "Previous paragraph", "To the beginning of the paragraph."),
    _choose("choose-line-down", "j, down", "Down", "A line down."),
    _choose("choose-line-up", "k, up", "Up", "A line up."),
    _choose("choose-other-end", "o", "Other end", "The cursor goes to the other end.", label="other end"),
    _choose("leave-choosing", "escape, q", "Leave", "Choose nothing.", label="leave"),
)  # fmt: skip
