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
    """An app that may go on after an error that nobody expected, wherever it came from."""

    def __init__(self, driver_class: type[Driver] | None = None) -> None:
        super().__init__(driver_class=driver_class)
        guard(self, self._handle_exception)

    def goes_on_after(self, error: BaseException) -> bool:
        """Handle an unexpected error; return false if it ends the app."""
        return False

    def _handle_exception(self, error: Exception) -> None:
        """As in Textual, but without printing the error and all local variables."""
        if self.goes_on_after(error.error if isinstance(error, WorkerFailed) else error):
            return
        self._return_code = 1
        if self._exception is None:  # a test that drives the app raises it
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
    """Give what the handlers of ``pump`` raise to ``failed``, and let it take further messages.

    What fails while it is being made is left to Textual.
    """
    if "_dispatch_message" in vars(pump):  # it was here before, and has come again
        return
    dispatch = pump._dispatch_message

    async def guarded(message: Message) -> None:
        try:
            await dispatch(message)
        except Exception as error:
            if not pump._is_mounted:  # half a widget is of no use
                raise
            failed(error)

    # Of this object alone, whatever its class; a method cannot be assigned otherwise.
    setattr(pump, "_dispatch_message", guarded)  # noqa: B010


def is_being_made() -> bool:
    """Whether the widget, the screen or the app whose code runs now is not complete yet."""
    pump = active_message_pump.get(None)
    return pump is not None and not pump._is_mounted
