"""The two themes of TUIReader: ink on paper, and its night side. One accent colour, for focus and marks.

Every colour of text reaches the contrast of WCAG 2.2 level AA (4.5 : 1) on background, surface and panel.
Textual's own themes remain available.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.theme import Theme

if TYPE_CHECKING:
    from textual.app import App

LIGHT = "tuireader-light"
DARK = "tuireader-dark"


def _variables(
    *, muted: str, disabled: str, accent: str, paper: str, panel: str, rule: str, thumb: str
) -> dict[str, str]:
    """The derived colours that Textual would mix itself, too faint for text or too loud for a page."""
    return {
        "text-muted": muted,
        "text-disabled": disabled,
        "text-primary": accent,
        "text-accent": accent,
        "foreground-muted": muted,
        "foreground-disabled": disabled,
        "block-cursor-foreground": paper,
        "block-cursor-background": accent,
        "block-cursor-blurred-background": panel,
        "block-hover-background": panel,
        "border": accent,
        "border-blurred": rule,
        "scrollbar": thumb,
        "scrollbar-hover": disabled,
        "scrollbar-active": accent,
        "scrollbar-background": paper,
        "scrollbar-background-hover": paper,
        "scrollbar-background-active": paper,
        "scrollbar-corner-color": paper,
        "footer-background": paper,
        "footer-description-foreground": muted,
        "link-color": accent,
        "input-cursor-background": accent,
    }


def light() -> Theme:
    """Dark ink on warm paper."""
    return Theme(
        name=LIGHT,
        dark=False,
        primary="#1c5a86",
        secondary="#1c5a86",
        accent="#1c5a86",
        warning="#8a4b00",
        error="#a8261c",
        success="#2f6a2c",
        foreground="#25231f",
        background="#fbf9f4",
        surface="#f6f3ec",
        panel="#ece8de",
        variables=_variables(
            muted="#5f5b53",
            disabled="#6b665c",
            accent="#1c5a86",
            paper="#fbf9f4",
            panel="#ece8de",
            rule="#d6d0c3",
            thumb="#c4bdae",
        ),
    )


def dark() -> Theme:
    """Pale letters on a dim page."""
    return Theme(
        name=DARK,
        dark=True,
        primary="#8cbbe0",
        secondary="#8cbbe0",
        accent="#8cbbe0",
        warning="#e0b060",
        error="#ee8d82",
        success="#9cc286",
        foreground="#dcd8cf",
        background="#16181b",
        surface="#1a1d20",
        panel="#25292d",
        variables=_variables(
            muted="#a19d94",
            disabled="#98948b",
            accent="#8cbbe0",
            paper="#16181b",
            panel="#25292d",
            rule="#363b40",
            thumb="#454b51",
        ),
    )


def register_themes(app: App[Any]) -> None:
    """Make both themes known to ``app``, beside Textual's own."""
    app.register_theme(light())
    app.register_theme(dark())
