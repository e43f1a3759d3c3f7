"""An error in the handler of a message ends that handler, not the widget.

After an error Textual leaves the loop in which the widget takes its messages, and ends the program.
"""

from __future__ import annotations

from collections.abc import Callable

from textual._context import active_message_pump
from textual.message import Message
from textual.message_pump import MessagePump


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
