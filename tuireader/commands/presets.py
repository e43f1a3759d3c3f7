"""Key maps for the habits of other programs. Each names only what is different from the default."""

from __future__ import annotations

from collections.abc import Mapping

Preset = Mapping[str, str]
"""Ids of commands → their keys, separated by commas, as in the registry."""

_VIM: Preset = {
    "quit": "Q, Z Z, Z Q",
    "open-story": "z o",
    "close-story": "z c",
    "fold-stories": "z a",
    "zen": "g z",
    "next-pane": "tab, ctrl+w w, ctrl+w ctrl+w",
    "previous-pane": "shift+tab, ctrl+w p",
    "go-list": "g l, ctrl+w o",
    "trash": "d d, x",
    "delete-annotation": "d a",
    "delete-entry": "d d",
    "delete-tag": "d d",
    "choose-dates": "g D",
}
_EMACS: Preset = {
    "move-down": "ctrl+n, j, down",
    "move-up": "ctrl+p, k, up",
    "page-down": "ctrl+v, pagedown",
    "page-up": "pageup",
    "move-first": "<, g g, home",
    "move-last": ">, G, end",
    "open-story": "+",
    "close-story": "-",
    "pane-in": "ctrl+f, l, right",
    "pane-out": "ctrl+b, h, left",
    "next-pane": "tab, ctrl+x o",
    "filter": "ctrl+s, /",
    "find": "ctrl+s, /",
    "back": "ctrl+g, q, escape",
    "undo": "ctrl+x u, u",
    "palette": "ctrl+x x",
    "command-line": ":, ctrl+x :",
    "quit": "ctrl+x ctrl+c, Q",
    "dismiss-filter": "ctrl+g, escape",
    "dismiss-find": "ctrl+g, escape",
    "dismiss-tags": "ctrl+g, escape",
    "dismiss-sidebar-line": "ctrl+g, escape",
    "leave-choosing": "ctrl+g, escape, q",
    "choose-next-word": "ctrl+f, w, l, right, e",
    "choose-previous-word": "ctrl+b, b, h, left",
    "choose-line-down": "ctrl+n, j, down",
    "choose-line-up": "ctrl+p, k, up",
    "day-down": "ctrl+n, j, down",
    "day-up": "ctrl+p, k, up",
    "day-right": "ctrl+f, l, right",
    "day-left": "ctrl+b, h, left",
}
_NEWSBOAT: Preset = {
    "next-unread": "n, ] u",
    "previous-unread": "p, [ u",
    "next-match": "] m",
    "previous-match": "[ m",
    "toggle-read": "N",
    "follow-link": "u, ;",
    "undo": "U",
    "bookmark": "ctrl+b",
    "page-down": "pagedown",
    "page-up": "pageup",
    "add-tag": "ctrl+e",
    "filter": "F, /",
    "clear-filter": "ctrl+f",
    "export": "s",
    "sort": "e",
    "edit-entry": "E",
    "reverse": "R",
    "trash": "D",
    "delete-annotation": "d d",
    "pictures": "P",
    "other-layer": "N",
}
PRESETS: Mapping[str, Preset] = {"default": {}, "vim": _VIM, "emacs": _EMACS, "newsboat": _NEWSBOAT}
