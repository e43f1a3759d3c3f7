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
    """The thread that runs changes one after the other, one that saves drafts, and one for imports."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="library-writer")
        self._drafts = ThreadPoolExecutor(max_workers=1, thread_name_prefix="draft-writer")
        self._imports = ThreadPoolExecutor(max_workers=1, thread_name_prefix="library-importer")
        self._under_way = list[UnderWay]()

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
        return await self(self._stoppable, under_way, change)

    async def beside(self, under_way: UnderWay, change: Callable[[UnderWay], T]) -> T:
        """Run a change that may take minutes as ``many`` does, while other changes go on."""
        return await asyncio.wrap_future(self._imports.submit(self._stoppable, under_way, change))

    def _stoppable(self, under_way: UnderWay, change: Callable[[UnderWay], T]) -> T:
        self._under_way.append(under_way)
        try:
            return change(under_way)
        finally:
            self._under_way.remove(under_way)

    @property
    def can_stop(self) -> bool:
        """True if the progress of a running change is shown and the change can still be stopped."""
        return any(one.is_shown and one.can_stop for one in tuple(self._under_way))

    def stop(self) -> bool:
        """Stop the change that was started last. Return False if no progress is shown."""
        shown = [one for one in tuple(self._under_way) if one.is_shown]
        if shown:
            shown[-1].stop()
        return bool(shown)

    def give_up(self) -> None:
        """Stop the running changes, shown or not, because the program has to end."""
        for under_way in tuple(self._under_way):
            under_way.stop()

    def close(self) -> None:
        """Wait for the running changes, then end the threads."""
        self._imports.shutdown(wait=True)
        self._drafts.shutdown(wait=True)
        self._thread.shutdown(wait=True)
