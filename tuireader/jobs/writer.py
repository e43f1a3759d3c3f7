"""The thread that changes the library, in the order in which changes were requested."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from tuireader.jobs.progress import UnderWay

P = ParamSpec("P")
T = TypeVar("T")


class Writer:
    """The thread that runs changes one after the other, and another one that saves drafts."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="library-writer")
        self._drafts = ThreadPoolExecutor(max_workers=1, thread_name_prefix="draft-writer")
        self._under_way: UnderWay | None = None

    async def __call__(self, change: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run ``change`` and return its result once it is on disk."""
        return await asyncio.wrap_future(self._thread.submit(change, *args, **kwargs))

    async def draft(self, keep: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Save a draft in the drafts' thread, so that it does not wait for changes of the library."""
        return await asyncio.wrap_future(self._drafts.submit(keep, *args, **kwargs))

    def keep(self, save: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> Future[None]:
        """Save a small file of the program in the drafts' thread, without waiting for it.

        ``save`` must handle its own errors.
        """
        return self._drafts.submit(save, *args, **kwargs)

    async def many(self, under_way: UnderWay, change: Callable[[UnderWay], T]) -> T:
        """Run a change of many articles, which ``stop`` can stop. Raises ChangeStopped."""

        def carried_out() -> T:
            self._under_way = under_way
            try:
                return change(under_way)
            finally:
                self._under_way = None

        return await self(carried_out)

    @property
    def can_stop(self) -> bool:
        """True if the progress of the running change is shown and the change can still be stopped."""
        under_way = self._under_way
        return under_way is not None and under_way.is_shown and under_way.can_stop

    def stop(self) -> bool:
        """Stop the running change. Return False if no progress is shown."""
        under_way = self._under_way
        if under_way is None or not under_way.is_shown:
            return False
        under_way.stop()
        return True

    def give_up(self) -> None:
        """Stop the running change, shown or not, because the program has to end."""
        under_way = self._under_way
        if under_way is not None:
            under_way.stop()

    def close(self) -> None:
        """Wait for the running changes, then end both threads."""
        self._drafts.shutdown(wait=True)
        self._thread.shutdown(wait=True)
