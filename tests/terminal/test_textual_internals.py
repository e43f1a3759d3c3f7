"""Every private part of Textual that the reader uses exists, and does what the reader needs.

If a test fails after an update of Textual, its message says what the part is for. Everything that uses
such parts is in ``tuireader/terminal``.
"""

from __future__ import annotations

import asyncio
import inspect
import io
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import textual
from textual import _compositor, _context, _xterm_parser
from textual.app import App, ComposeResult
from textual.command import CommandPalette
from textual.drivers._writer_thread import WriterThread
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Region, Size
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.widget import Widget

from tests.private_names import used_in
from tuireader.terminal.compositor import FrontCompositor, compose_in_front
from tuireader.terminal.driver import driver_of
from tuireader.terminal.guard import GuardedApp, is_being_made
from tuireader.terminal.input import EscParser
from tuireader.terminal.textual_internals import draw_now, resize_ahead, vertical_scroll_bar

ROOT = Path(__file__).resolve().parents[2]


class Square(ScrollView):
    """A widget that counts how often it is drawn, and fails on request."""

    DEFAULT_CSS = "Square { width: 4; height: 4; overflow: hidden; }"

    drawn = 0

    def render_lines(self, crop: Region) -> list[Any]:
        self.drawn += 1
        return super().render_lines(crop)

    def on_click(self) -> None:
        raise ValueError("clicked")


class SmallApp(GuardedApp[int]):
    """An app of two squares that continues after every error."""

    def __init__(self) -> None:
        super().__init__()
        self.errors: list[BaseException] = []
        self.goes_on = True

    def compose(self) -> ComposeResult:
        yield Square(id="one")
        yield Square(id="two")

    def goes_on_after(self, error: BaseException) -> bool:
        self.errors.append(error)
        return self.goes_on


@asynccontextmanager
async def running() -> AsyncIterator[SmallApp]:
    app = SmallApp()
    async with app.run_test(size=(20, 10)) as pilot:
        await pilot.pause()
        yield app


class Part(NamedTuple):
    """A private part of Textual."""

    of: Callable[[App[Any]], object]
    """Returns the owner of the part in a running app."""
    name: str
    purpose: str
    parameters: tuple[str, ...] | None = None
    """The parameters of a function that the reader relies on."""


def _of_driver(_: App[Any]) -> object:
    driver = LinuxDriver.__new__(LinuxDriver)
    LinuxDriver.__init__(driver, App())
    return driver


PARTS = (
    Part(lambda app: app, "_driver", "asks the terminal for graphics, and gives it back at the end"),
    Part(lambda app: app, "_handle_exception", "shows an unexpected error and goes on", ("error",)),
    Part(lambda app: app, "_register_child", "guards every widget", ("parent", "child", "before", "after")),
    Part(lambda app: app, "_start_widget", "guards and starts scroll bars", ("parent", "widget")),
    Part(lambda app: app, "_return_code", "ends with status 1 after an error"),
    Part(lambda app: app, "_exception", "raises the error that ended the app in a test"),
    Part(lambda app: app, "_exception_event", "wakes a test whose app has failed"),
    Part(lambda app: app, "_close_messages_no_wait", "ends the app after an error", ()),
    Part(lambda _: MessagePump, "_dispatch_message", "keeps a widget that failed", ("message",)),
    Part(lambda app: app.screen, "_is_mounted", "tells an error at the start from a later one"),
    Part(lambda _: textual, "_context", "knows which widget's code runs"),
    Part(lambda app: app.screen, "_repaint_required", "draws list and article in one frame"),
    Part(lambda app: app.screen, "_dirty_widgets", "draws list and article in one frame"),
    Part(lambda app: app.screen, "_on_timer_update", "draws without waiting for the clock", ()),
    Part(lambda app: app.screen, "_compositor", "draws only what is seen"),
    Part(lambda app: app.screen._compositor, "_dirty_regions", "draws only what is seen"),
    Part(lambda app: app.screen._compositor, "_visible_widgets", "draws only what is seen"),
    Part(lambda app: app.query_one("#one"), "_vertical_scrollbar", "draws the scroll bar of an article"),
    Part(
        lambda _: ScrollView,
        "_size_updated",
        "lays an article out before it is shown",
        ("size", "virtual_size", "container_size"),
    ),
    Part(
        lambda _: CommandPalette,
        "_action_command_list",
        "ignores the keys of pages while the palette has no room",
        ("action",),
    ),
    Part(
        lambda app: app.stylesheet,
        "_process_component_classes",
        "matches the rules of component classes once for each state",
        ("node",),
    ),
    Part(lambda app: app.screen, "_get_component_classes", "knows which component classes a widget has", ()),
    Part(lambda app: app.screen, "_component_styles", "remembers the styles of component classes"),
    Part(_of_driver, "_file", "writes to a terminal that may be slow or gone"),
    Part(_of_driver, "_debug", "records input on request"),
    Part(_of_driver, "_in_band_window_resize", "believes a size only where it was asked for"),
    Part(_of_driver, "_query_in_band_window_resize", "believes a size only where it was asked for", ()),
    Part(_of_driver, "_writer_thread", "knows whether the terminal lags behind"),
    Part(lambda _: WriterThread(io.StringIO()), "_queue", "knows whether the terminal lags behind"),
    Part(lambda _: EscParser(), "_tokens", "goes on after input that breaks the parser"),
    Part(lambda _: EscParser(), "_gen", "goes on after input that breaks the parser"),
    Part(lambda _: EscParser(), "_awaiting", "goes on after input that breaks the parser"),
    Part(lambda _: EscParser(), "_timeout_time", "goes on after input that breaks the parser"),
    Part(
        lambda _: _xterm_parser.XTermParser,
        "_sequence_to_key_events",
        "reads Esc and the key after it as two keys",
        ("sequence", "alt"),
    ),
    Part(lambda _: textual, "_xterm_parser", "makes events of what the terminal sends"),
)


async def test_textual_has_each_private_part_that_the_reader_uses():
    async with running() as app:
        missing = [sentence for part in PARTS if (sentence := _missing(part, app))]
    assert not missing, "\n".join(missing)


def _missing(part: Part, app: App[Any]) -> str:
    """Return a sentence if a part is not as the reader needs it, otherwise an empty text."""
    owner = part.of(app)
    sentence = f"Textual {textual.__version__}: {owner!r} has no {part.name} as before; the reader {part.purpose} by it"
    if not hasattr(owner, part.name):
        return sentence
    if part.parameters is None:
        return ""
    names = [name for name in inspect.signature(getattr(owner, part.name)).parameters if name != "self"]
    return (
        "" if names[: len(part.parameters)] == list(part.parameters) else f"{sentence} (parameters: {names})"
    )


async def test_a_missing_part_is_named_with_its_purpose():
    async with running() as app:
        gone = _missing(Part(lambda app: app, "_gone", "does a thing"), app)
        assert "no _gone as before; the reader does a thing by it" in gone
        assert "parameters: ['error']" in _missing(
            Part(lambda app: app, "_handle_exception", "", ("other",)), app
        )


def test_every_part_that_is_used_has_its_test():
    used = {
        name
        for path in sorted((ROOT / "tuireader/terminal").glob("*.py"))
        for name in used_in(path, f"tuireader.terminal.{path.stem}")
    }
    assert used == {part.name for part in PARTS}


def test_textual_queries_in_band_sizes_with_the_method_that_is_counted():
    source = inspect.getsource(LinuxDriver)
    assert "self._query_in_band_window_resize()" in source and "self._in_band_window_resize" in source


async def test_a_widget_continues_after_an_error_in_its_handler():
    async with running() as app:
        square = app.query_one("#one", Square)
        async with asyncio.timeout(300):
            for _ in range(2):
                before = len(app.errors)
                square.post_message(textual.events.Click(square, 0, 0, 0, 0, 1, False, False, False))
                while len(app.errors) == before:
                    await asyncio.sleep(0)
        assert [str(error) for error in app.errors] == ["clicked", "clicked"]


async def test_an_error_that_the_app_does_not_take_ends_it_and_prints_nothing(
    capsys: pytest.CaptureFixture[str],
):
    with pytest.raises(ZeroDivisionError):
        async with running() as app:
            app.goes_on = False
            app._handle_exception(ZeroDivisionError())
    assert app.return_code == 1
    printed = capsys.readouterr()
    assert printed.out + printed.err == ""


async def test_code_of_an_unmounted_widget_is_distinguished_from_other_code():
    seen: list[bool] = []

    class Watching(SmallApp):
        def compose(self) -> ComposeResult:
            seen.append(is_being_made())
            yield Square(id="one")

    app = Watching()
    async with app.run_test() as pilot:
        await pilot.pause()
        app.call_later(lambda: seen.append(is_being_made()))
        await pilot.pause()
    assert seen == [True, False]
    assert _context.active_message_pump.get(None) is None


async def test_changes_are_drawn_at_once_on_request():
    async with running() as app:
        square = app.query_one("#one", Square)
        before = square.drawn
        square.refresh()
        app.screen._dirty_widgets.add(square)
        draw_now(app.screen)
        assert square.drawn > before


async def test_a_widget_gets_the_scroll_bar_that_is_made_for_it():
    async with running() as app:
        square = app.query_one("#one", Square)
        square._vertical_scrollbar = None
        bar = ScrollBar()
        assert vertical_scroll_bar(square, lambda: bar) is bar
        assert vertical_scroll_bar(square, ScrollBar) is bar
        assert bar.parent is square and not bar.display
        async with asyncio.timeout(300):
            while not bar.is_running:
                await asyncio.sleep(0)


async def test_a_hidden_widget_can_be_given_its_size_ahead():
    async with running() as app:
        square = app.query_one("#one", Square)
        square.display = False
        assert resize_ahead(square, Size(7, 3))
        assert square.container_size == (7, 3)
        assert not resize_ahead(square, Size(7, 3))


async def test_our_compositor_draws_only_the_visible_widgets_of_a_part():
    async with running() as app:
        compose_in_front(app.screen)
        assert isinstance(app.screen._compositor, FrontCompositor)
        app.screen.refresh(layout=True)
        draw_now(app.screen)
        one, two = app.query_one("#one", Square), app.query_one("#two", Square)
        before = one.drawn, two.drawn
        app.screen._compositor.update_widgets({one})
        app.screen._compositor._dirty_regions.add(one.region)
        assert isinstance(app.screen._compositor.render_partial_update(), _compositor.ChopsUpdate)
        assert (one.drawn > before[0], two.drawn) == (True, before[1])


async def test_the_driver_of_an_app_is_known_by_its_kind():
    async with running() as app:
        assert driver_of(app, LinuxDriver) is None
        assert driver_of(app, type(app._driver)) is app._driver


def test_widget_and_screen_are_guarded_through_methods_that_textual_calls():
    source = inspect.getsource(App) + inspect.getsource(Widget) + inspect.getsource(Screen)
    assert "self._register_child(" in source and "._start_widget(" in source


async def test_a_reader_in_a_browser_is_started_without_a_shell() -> None:
    service = pytest.importorskip("textual_serve.app_service", reason="the extra “serve” is not installed")
    from tuireader.terminal.browser import BrowserSession

    assert "_open_app_process" in vars(service.AppService), "the method that starts the program"
    assert "_open_app_process" in inspect.getsource(service.AppService.start)
    assert inspect.signature(BrowserSession._open_app_process) == inspect.signature(
        service.AppService._open_app_process
    )
    assert {"self._process", "self._stdin"} <= set(
        re.findall(r"self\._\w+", inspect.getsource(service.AppService))
    )
    environment = BrowserSession([], FakeSocket())._build_environment(100, 30)
    assert environment["TEXTUAL_DRIVER"].endswith(":WebDriver")


class FakeSocket:
    """A socket that nothing is sent to."""

    async def send_bytes(self, data: bytes) -> None: ...

    async def send_str(self, data: str) -> None: ...
