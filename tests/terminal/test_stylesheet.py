"""Component styles that are remembered are those that Textual would match again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.css.stylesheet import Stylesheet
from textual.widget import Widget

from tuireader.terminal.stylesheet import ComponentStylesheet


class Page(Widget, can_focus=True):
    COMPONENT_CLASSES = {"page--heading", "page--link"}  # noqa: RUF012
    DEFAULT_CSS = """
    Page { height: 3; }
    Page > .page--heading { color: $accent; }
    Page:focus > .page--heading { text-style: bold; }
    Page.-narrow .page--link { color: red; }
    .-dimmed Page > .page--link { color: $primary; text-style: dim; }
    App:light .page--link { text-style: underline; }
    """


class Counting(ComponentStylesheet):
    """Counts how often the rules of component classes are matched."""

    matched = 0

    def apply(self, node, *, animate=False, cache=None):
        self.matched += not isinstance(node, Widget | App)
        super().apply(node, animate=animate, cache=cache)


class PageApp(App[None]):
    def __init__(self, kind: type[Stylesheet]) -> None:
        super().__init__()
        self.stylesheet = kind(variables=self.get_css_variables())

    def compose(self) -> ComposeResult:
        with Vertical(id="around"):
            yield Page(id="page")
            yield Page(id="other")


STATES: dict[str, Callable[[App[None]], object]] = {
    "focused": lambda app: app.query_one("#page").focus(),
    "class": lambda app: app.query_one("#page").add_class("-narrow"),
    "class around": lambda app: app.query_one("#around").add_class("-dimmed"),
    "focus elsewhere": lambda app: app.query_one("#other").focus(),
    "light": lambda app: setattr(app, "theme", "textual-light"),
    "class removed": lambda app: app.query_one("#page").remove_class("-narrow"),
    "dark": lambda app: setattr(app, "theme", "nord"),
    "focused again": lambda app: app.query_one("#page").focus(),
    "class around removed": lambda app: app.query_one("#around").remove_class("-dimmed"),
    "new rules": lambda app: add_rules(app),
}


def add_rules(app: App[None]) -> None:
    app.stylesheet.add_source("Page > .page--link { color: green; }", ("", "added"))
    app.stylesheet.update(app.screen)


def styles(app: App[None]) -> list[str]:
    return [
        page.get_component_styles(name).css
        for page in app.query(Page)
        for name in sorted(Page.COMPONENT_CLASSES)
    ]


async def styles_through_all_states(kind: type[Stylesheet]) -> list[list[str]]:
    app = PageApp(kind)
    seen = []
    async with app.run_test() as pilot:
        for change in STATES.values():
            change(app)
            await pilot.pause()
            seen.append(styles(app))
    return seen


async def test_remembered_styles_follow_focus_classes_themes_and_rules():
    remembered = await styles_through_all_states(ComponentStylesheet)
    expected = await styles_through_all_states(Stylesheet)
    assert dict(zip(STATES, remembered, strict=True)) == dict(zip(STATES, expected, strict=True))
    assert len({tuple(one) for one in expected}) > 5


@pytest.mark.parametrize("turn", ["focus", "class"])
async def test_rules_are_matched_once_for_each_state(turn):
    app = PageApp(Counting)
    assert isinstance(app.stylesheet, Counting)
    async with app.run_test() as pilot:
        page, other = app.query_one("#page"), app.query_one("#other")

        async def there_and_back() -> None:
            for to in (page, other):
                to.focus() if turn == "focus" else page.toggle_class("-narrow")
                await pilot.pause()

        await there_and_back()
        before = app.stylesheet.matched
        await there_and_back()
        assert app.stylesheet.matched == before
        page.add_class("-unknown")
        await pilot.pause()
        assert app.stylesheet.matched == before
