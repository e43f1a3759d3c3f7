"""Formats keys for display."""

from __future__ import annotations

_SHOWN_KEYS = {
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "enter": "Enter",
    "escape": "Esc",
    "space": "Space",
    "tab": "Tab",
    "shift+tab": "shift+Tab",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
}


def shown_key(key: str) -> str:
    """Format ``key`` for display: ``"g g"`` → ``gg``, ``"down"`` → ``↓``."""
    return "".join(_SHOWN_KEYS.get(stroke, stroke) for stroke in key.split())
