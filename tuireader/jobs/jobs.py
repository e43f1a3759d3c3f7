"""Background jobs, in a thread or as a task of the event loop.

Nothing else in the program starts a worker. An error ends only the job, and the app shows and logs it;
Textual itself would end the program.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from textual.app import App
from textual.dom import DOMNode
from textual.message import Message
from textual.worker import Worker, WorkerError, get_current_worker

from tuireader.delay import Delay

P = ParamSpec("P")
T = TypeVar("T")


@dataclass
class JobFailed(Message):
    """The failure of a job of the group ``doing`` with ``error``."""

    doing: str
    error: Exception


class Jobs:
    """The jobs of ``node``: a widget, a screen or the app. They are cancelled when it is removed."""

    def __init__(self, node: DOMNode) -> None:
        self._node = node
        self._newest: dict[str, int] = {}

    def load(self, key: str, work: Callable[[], T], then: Callable[[T], object]) -> Worker[None]:
        """Call ``work`` in a thread, and ``then`` with its result in the event loop's thread.

        A newer call with the same ``key`` cancels this one and drops its result.
        """
        return self.load_in_steps(key, lambda give: give(work()), then)

    def load_in_steps(
        self, key: str, work: Callable[[Callable[[T], None]], object], then: Callable[[T], object]
    ) -> Worker[None]:
        """Do the same as ``load`` for several results: ``work`` receives a function to call with each."""
        number = self.drop(key)

        def give(result: T) -> None:
            if not get_current_worker().is_cancelled:
                self._node.call_later(show, result)

        def show(result: T) -> None:
            if self._newest[key] == number:  # a newer load may have been started meanwhile
                then(result)

        return self.in_thread(lambda: work(give), key)

    def drop(self, key: str) -> int:
        """Drop the result of the current load for ``key``. Return the number of the next load."""
        self._newest[key] = self._newest.get(key, 0) + 1
        return self._newest[key]

    def in_thread(self, work: Callable[[], object], group: str, *, exclusive: bool = True) -> Worker[None]:
        """Call ``work`` in a thread.

        Args:
            work: The function; ``get_current_worker().is_cancelled`` tells it to stop.
            group: The purpose of the job, in one word.
            exclusive: Cancel the other jobs of the group.
        """
        app = self._node.app

        def guarded() -> None:
            try:
                work()
            except Exception as error:
                _report(app, group, error)

        # Without a description, Textual would compute the repr of the work and of all objects in it.
        return self._node.run_worker(
            guarded, group=group, description=group, thread=True, exclusive=exclusive, exit_on_error=False
        )

    def show(self, callback: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> None:
        """Call ``callback`` in the event loop's thread. For use in a job."""
        if not get_current_worker().is_cancelled:
            self._node.call_later(callback, *args, **kwargs)

    def later(self, seconds: float, callback: Callable[[], object]) -> Delay:
        """Call ``callback`` after a pause."""
        return Delay(self._node, seconds, callback)

    def start(self, work: Callable[[], Awaitable[object]], group: str) -> Worker[None]:
        """Await ``work()`` in a task of the event loop."""
        app = self._node.app

        async def guarded() -> None:
            try:
                await work()
            except Exception as error:
                _report(app, group, error)

        return self._node.run_worker(guarded, group=group, description=group, exit_on_error=False)

    def is_running(self, group: str) -> bool:
        """Return True if a job of the app in ``group`` has not ended."""
        return any(worker.group == group and not worker.is_finished for worker in self._node.workers)

    async def finished(self, group: str) -> None:
        """Wait until all current jobs of the app in ``group`` have ended, even with an error."""
        for worker in [worker for worker in self._node.workers if worker.group == group]:
            with suppress(WorkerError):
                await worker.wait()


def _report(app: App[object], group: str, error: Exception) -> None:
    if not get_current_worker().is_cancelled:  # a cancelled job may fail
        app.post_message(JobFailed(group, error))
