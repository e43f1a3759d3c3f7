"""Commands of screens over the panes: revisions, links, questions."""

from __future__ import annotations

from functools import partial

from tuireader.commands.declaring import Command, Context, Group, command

_compare = partial(command, group=Group.REVISIONS, contexts=(Context.REVISIONS,), palette=False)
_answer = partial(command, group=Group.ANSWERING, contexts=(Context.DIALOGS,), palette=False)

ANSWERS: tuple[Command, ...] = (
    _compare("next-change", "n, ] c", "Next change", "Go to the next change.", label="next"),
    _compare("previous-change", "N, [ c", "Previous change", "Go to the previous change."),
    _compare("previous-revision", "[ r", "Previous revision", "Compare with the previous revision.",
             label="older"),
    _compare("next-revision", "] r", "Next revision", "Compare with the next revision.", label="newer"),
    _compare("whole-text", "d", "Whole text", "Show the revision by itself, or the changes.",
             label="whole text"),
    _compare("leave-revisions", "escape, q, g d", "Back", "Return to the article.", label="back"),
    _answer("open-link", "enter, o", "Open", "Open the address.", contexts=(Context.LINK,), label="open"),
    _answer("copy-address", "y", "Copy", "Copy the address.", contexts=(Context.LINK,), label="copy"),
    _answer("leave-link", "escape, q", "Cancel", "Close the dialog; open nothing.", contexts=(Context.LINK,),
            label="cancel"),
    _answer("answer-yes", "y", "Yes", "Confirm.", label="yes"),
    _answer("answer-no", "n, enter, escape", "No", "Change nothing.", label="no"),
)  # fmt: skip
