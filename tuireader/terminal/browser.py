"""Runs a reader for a page of a browser, as textual-serve does, but without a shell."""

from __future__ import annotations

import asyncio
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

if TYPE_CHECKING:
    from aiohttp.web import WebSocketResponse


_PATIENCE = 10.0
"""Seconds that a reader has to end after its page was closed."""


class BrowserSession(AppService):
    """A reader in a process of its own, joined to the socket of a page."""

    def __init__(self, program: Sequence[str], socket: WebSocketResponse) -> None:
        super().__init__(
            "",
            write_bytes=socket.send_bytes,
            write_str=socket.send_str,
            close=self._close,
            download_manager=DownloadManager(),
        )
        self._program = program
        self._socket = socket

    async def _close(self) -> None:
        await self._socket.close()

    async def stop(self) -> None:
        """End the program, and wait until it has ended."""
        await super().stop()
        process = self._process
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), _PATIENCE)
        except TimeoutError:
            process.kill()
            await process.wait()

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        """Start the program. Overridden because textual-serve starts it through a shell."""
        environment = self._build_environment(width, height)
        self._process = process = await asyncio.create_subprocess_exec(
            *self._program, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=environment
        )
        self._stdin = process.stdin
        return process
