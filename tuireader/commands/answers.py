"""Commands of screens in front of the panes: revisions, links, questions."""

from __future__ import annotations

from functools import partial

from tuireader.commands.declaring import Command, Context, Group, command

_compare = partial(command, group=Group.REVISIONS, contexts=(Context.REVISIONS,), palette=False)
_answer = partial(command, group=Group.ANSWERING, contexts=(Context.DIALOGS,), palette=False)

ANSWERS: tuple[Command, ...] = (
    _compare("next-change", "n, ] c", "Next change", "To the next change.", label="next"),
    _compare("previous-change", "N, [ c", "Previous change", "To the change before."),
    _compare("previous-revision", "[ r", "Previous revision", "Compare with the text before.", label="older"),
    _compare("next-revision", "] r", "Next revision", "Compare with the text after.", label="newer"),
    _compare("whole-text", "d", "As it was", "The revision by itself, or what has changed.",
             label="as it was"),
    _compare("leave-revisions", "q, escape, g d", "Back", "Back to the article.", label="back"),
    _answer("open-link", "enter, o", "Open", "Open the address.", contexts=(Context.LINK,), label="open"),
    _answer("copy-address", "y", "Copy", "Copy the address.", contexts=(Context.LINK,), label="copy"),
    _answer("leave-link", "escape, q", "Leave it", "Open nothing.", contexts=(Context.LINK,),
            label="leave it"),
    _answer("answer-yes", "y", "Yes", "Do what is asked about.", label="yes"),
    _answer("answer-no", "n, enter, escape", "No", "Leave everything as it is.", label="no"),
)  # fmt: skip
