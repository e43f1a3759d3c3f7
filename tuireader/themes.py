"""The two themes of TUIReader. Textual's own themes remain available."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.theme import Theme

from tuireader.colours import COLOURS, Colours

if TYPE_CHECKING:
    from textual.app import App


def _variables(colours: Colours, distinct: bool) -> dict[str, str]:
    """Return the derived colours: those that Textual would mix are too faint for text or too bright.

    ``distinct``: a cursor without the focus is drawn like one with the focus.
    """
    paper, panel, accent = colours.paper, colours.panel, colours.accent
    return {
        "text-muted": colours.muted,
        "text-disabled": colours.disabled,
        "text-primary": accent,
        "text-accent": accent,
        "text-secondary": colours.tag,
        "text-warning": colours.warning,
        "text-error": colours.error,
        "text-success": colours.success,
        "markdown-h2-color": colours.heading,
        "foreground-muted": colours.muted,
        "foreground-disabled": colours.disabled,
        "block-cursor-foreground": paper,
        "block-cursor-background": accent,
        "block-cursor-blurred-background": accent if distinct else panel,
        **({"block-cursor-blurred-foreground": paper} if distinct else {}),
        "block-hover-background": panel,
        "border": accent,
        "border-blurred": colours.rule,
        "scrollbar": colours.thumb,
        "scrollbar-hover": colours.disabled,
        "scrollbar-active": accent,
        "scrollbar-background": paper,
        "scrollbar-background-hover": paper,
        "scrollbar-background-active": paper,
        "scrollbar-corner-color": paper,
        "footer-background": paper,
        "footer-description-foreground": colours.muted,
        "link-color": accent,
        "input-cursor-background": accent,
    }


def themes(*, distinct: bool = False) -> list[Theme]:
    """Return both themes. ``distinct`` is for terminals in which colours only decide what is reversed."""
    return [
        Theme(
            name=name,
            dark=colours.dark,
            primary=colours.accent,
            secondary=colours.tag,
            accent=colours.accent,
            warning=colours.warning,
            error=colours.error,
            success=colours.success,
            foreground=colours.ink,
            background=colours.paper,
            surface=colours.surface,
            panel=colours.panel,
            variables=_variables(colours, distinct),
        )
        for name, colours in COLOURS.items()
    ]


def register_themes(app: App[Any], *, colours: bool = True) -> None:
    """Register both themes with ``app``. ``colours``: the terminal has colours."""
    for theme in themes(distinct=not colours):
        app.register_theme(theme)
