"""The one thread that changes the library: changes happen in the order in which they were asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Writer:
    """Runs changes one after the other, away from the screen's thread."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="library-writer")

    async def __call__(self, change: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Carry out ``change`` and hand back its result once it is on the disk."""
        return await asyncio.wrap_future(self._thread.submit(change, *args, **kwargs))

    def close(self) -> None:
        """Wait for the changes under way, and stop."""
        self._thread.shutdown(wait=True)
