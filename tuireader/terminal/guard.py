"""An error in a message handler ends only that handler, not its widget or the program.

Without this, Textual would stop the widget's message loop after an error, and end the program.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from textual._context import active_message_pump
from textual.app import App
from textual.dom import DOMNode
from textual.driver import Driver
from textual.message import Message
from textual.message_pump import MessagePump
from textual.widget import Widget
from textual.worker import WorkerFailed

R = TypeVar("R")


class GuardedApp(App[R]):
    """An app that can continue after an unexpected error, wherever it occurred."""

    def __init__(self, driver_class: type[Driver] | None = None) -> None:
        super().__init__(driver_class=driver_class)
        guard(self, self._handle_exception)

    def goes_on_after(self, error: BaseException) -> bool:
        """Handle an unexpected error. Return False if it ends the app."""
        return False

    def _handle_exception(self, error: Exception) -> None:
        """Handle an error as Textual does, but without printing it and all local variables."""
        if self.goes_on_after(error.error if isinstance(error, WorkerFailed) else error):
            return
        self._return_code = 1
        if self._exception is None:  # raised by a test that drives the app
            self._exception = error
            self._exception_event.set()
        self._close_messages_no_wait()

    def _register_child(self, parent: DOMNode, child: Widget, before: int | None, after: int | None) -> None:
        guard(child, self._handle_exception)
        super()._register_child(parent, child, before, after)

    def _start_widget(self, parent: Widget, widget: Widget) -> None:
        guard(widget, self._handle_exception)  # a scroll bar, which is not registered
        super()._start_widget(parent, widget)


def guard(pump: MessagePump, failed: Callable[[Exception], object]) -> None:
    """Pass errors of the handlers of ``pump`` to ``failed``, and let it handle further messages.

    Errors while ``pump`` is being mounted are left to Textual.
    """
    if "_dispatch_message" in vars(pump):  # guarded earlier, and mounted again
        return
    dispatch = pump._dispatch_message

    async def guarded(message: Message) -> None:
        try:
            await dispatch(message)
        except Exception as error:
            if not pump._is_mounted:  # a half-built widget is useless
                raise
            failed(error)

    # For this object only, whatever its class; type checkers reject a plain assignment to a method.
    setattr(pump, "_dispatch_message", guarded)  # noqa: B010


def is_being_made() -> bool:
    """Return True if the widget, screen or app whose code is running is not mounted yet."""
    pump = active_message_pump.get(None)
    return pump is not None and not pump._is_mounted
