"""The thread that changes the library, in the order in which changes were requested."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from tuireader.jobs.progress import UnderWay

P = ParamSpec("P")
T = TypeVar("T")


class Writer:
    """Runs changes one after the other in its own thread."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="library-writer")
        self._drafts = ThreadPoolExecutor(max_workers=1, thread_name_prefix="draft-writer")
        self._under_way: UnderWay | None = None

    async def __call__(self, change: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Carry out ``change`` and hand back its result once it is on the disk."""
        return await asyncio.wrap_future(self._thread.submit(change, *args, **kwargs))

    async def draft(self, keep: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Put a draft on the disk in a thread of its own, so that it waits for no change of the library."""
        return await asyncio.wrap_future(self._drafts.submit(keep, *args, **kwargs))

    def keep(self, save: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
        """Put a small file of the program on the disk in the thread of the drafts; nobody waits for it.

        ``save`` has to deal with its errors.
        """
        self._drafts.submit(save, *args, **kwargs)

    async def many(self, under_way: UnderWay, change: Callable[[UnderWay], T]) -> T:
        """Carry out a change of many documents, which ``stop`` stops. Raises ChangeStopped."""

        def carried_out() -> T:
            self._under_way = under_way
            try:
                return change(under_way)
            finally:
                self._under_way = None

        return await self(carried_out)

    @property
    def can_stop(self) -> bool:
        """Whether ``stop`` would still stop the change under way."""
        under_way = self._under_way
        return under_way is not None and under_way.can_stop

    def stop(self) -> bool:
        """Stop the change under way; false if none is shown."""
        under_way = self._under_way
        if under_way is None or not under_way.is_shown:
            return False
        under_way.stop()
        return True

    def give_up(self) -> None:
        """Stop the change under way, shown or not: the program has to end."""
        under_way = self._under_way
        if under_way is not None:
            under_way.stop()

    def close(self) -> None:
        """Wait for the changes under way, and stop."""
        self._drafts.shutdown(wait=True)
        self._thread.shutdown(wait=True)
