"""Waiting until an app has nothing more to do."""

from __future__ import annotations

import asyncio
from typing import Any

from textual.app import App


async def workers_done(app: App[Any]) -> None:
    """Wait until no worker runs.

    Textual's own ``wait_for_complete`` raises if a worker is cancelled, as a search is by the next one.
    """
    while any(not worker.is_finished for worker in app.workers):
        await asyncio.sleep(0.01)
