"""Serves the reader to a browser on this computer, to the one that has the address with the token."""

from __future__ import annotations

import asyncio
import hmac
import json
import secrets
import signal
import socket
from collections.abc import Awaitable, Callable, Sequence
from importlib.resources import files
from typing import Any

import textual_serve
from aiohttp import WSMsgType, web

from tuireader.terminal.browser import BrowserSession

LOOPBACK = "127.0.0.1"
_LARGEST = 1000
"""Most columns or rows that a browser can ask for."""
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Door:
    """Decides who comes in: who has the token, once, and then who has the cookie that it was changed for.

    Args:
        host: The host and port under which the server is reached.
    """

    def __init__(self, host: str) -> None:
        self.host = host
        self.token = secrets.token_urlsafe(32)
        self._cookie = secrets.token_urlsafe(32)
        self._name = f"tuireader-{host.rpartition(':')[2]}"
        self._is_used = False

    @property
    def address(self) -> str:
        """The address to open, with the token."""
        return f"http://{self.host}/?token={self.token}"

    @web.middleware
    async def guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Answer 403 to a request of another host or page, or without the token or cookie."""
        if request.headers.get("Host") != self.host:
            raise web.HTTPForbidden(text="This address is not served here.", headers=_HEADERS)
        origin = request.headers.get("Origin")
        is_socket = request.headers.get("Upgrade", "").lower() == "websocket"
        if origin != f"http://{self.host}" and (origin is not None or is_socket):
            raise web.HTTPForbidden(text="Another page may not use the reader.", headers=_HEADERS)
        if self._has_cookie(request):
            response = await handler(request)
            if not response.prepared:
                response.headers.update(_HEADERS)
            return response
        if request.path == "/" and request.method == "GET" and self._takes(request.query.get("token", "")):
            leading = web.HTTPSeeOther("/", headers=_HEADERS)
            leading.set_cookie(self._name, self._cookie, httponly=True, samesite="Strict", path="/")
            raise leading
        raise web.HTTPForbidden(
            text="Open the address that “tuireader serve” has printed. It opens once; "
            "for another browser, start it again.",
            headers=_HEADERS,
        )

    def _has_cookie(self, request: web.Request) -> bool:
        return hmac.compare_digest(request.cookies.get(self._name, "").encode(), self._cookie.encode())

    def _takes(self, token: str) -> bool:
        """Return True for the token, the first time."""
        if self._is_used or not hmac.compare_digest(token.encode(), self.token.encode()):
            return False
        self._is_used = True
        return True


class ReaderServer:
    """The pages of the server. Each open page runs a reader of its own.

    Args:
        program: The arguments of the program that is the reader.
        door: Decides which requests are answered.
    """

    def __init__(self, program: Sequence[str], door: Door) -> None:
        self._program = program
        self._door = door
        self._open: set[web.WebSocketResponse] = set()

    def application(self) -> web.Application:
        """Return the application with all its addresses."""
        app = web.Application(middlewares=[self._door.guard])
        app.router.add_get("/", self._page)
        app.router.add_get("/focus.js", self._script)
        app.router.add_get("/ws", self._socket)
        app.router.add_static("/static", str(files(textual_serve).joinpath("static")))
        app.on_shutdown.append(self._close)
        return app

    async def _page(self, request: web.Request) -> web.Response:
        if "token" in request.query:
            raise web.HTTPSeeOther("/")
        host = self._door.host
        policy = (
            f"default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
            f"img-src 'self' data:; connect-src ws://{host}; frame-ancestors 'none'; base-uri 'none'"
        )
        return web.Response(
            text=_PAGE.replace("HOST", host),
            content_type="text/html",
            headers={"Content-Security-Policy": policy},
        )

    async def _script(self, request: web.Request) -> web.Response:
        return web.Response(text=_FOCUS, content_type="text/javascript")

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        """Run a reader for as long as the page is open."""
        socket_ = web.WebSocketResponse(heartbeat=15)
        await socket_.prepare(request)
        self._open.add(socket_)
        session = BrowserSession(self._program, socket_)
        try:
            await session.start(_size(request.query.get("width"), 80), _size(request.query.get("height"), 24))
            async for message in socket_:
                if message.type is WSMsgType.TEXT:
                    await self._carry_out(session, socket_, message.data)
        finally:
            await session.stop()
            self._open.discard(socket_)
        return socket_

    async def _carry_out(self, session: BrowserSession, socket_: web.WebSocketResponse, text: str) -> None:
        """Pass a message of the page on to the reader. What is no message is left out."""
        match _parsed(text):
            case ["stdin", str(typed)]:
                await session.send_bytes(typed.encode("utf-8", "replace"))
            case ["resize", {"width": int(width), "height": int(height)}]:
                await session.set_terminal_size(_size(width, 80), _size(height, 24))
            case ["ping", data]:
                await socket_.send_json(["pong", data])
            case ["blur", *_]:
                await session.blur()
            case ["focus", *_]:
                await session.focus()

    async def _close(self, app: web.Application) -> None:
        """Close all readers."""
        for socket_ in list(self._open):
            await socket_.close()


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _size(given: str | int | None, usual: int) -> int:
    """Return a number of columns or rows within reason."""
    text = str(given)
    return max(1, min(int(text), _LARGEST)) if text.isascii() and text.isdigit() else usual


def serve(program: Sequence[str], listening: socket.socket, announce: Callable[[str], None]) -> None:
    """Serve the reader until it is interrupted.

    Args:
        program: The arguments of the program that is the reader.
        listening: A socket that listens on the loopback address.
        announce: Takes the address to open.
    """
    asyncio.run(_serve(program, listening, announce))


async def _serve(program: Sequence[str], listening: socket.socket, announce: Callable[[str], None]) -> None:
    door = Door(f"{LOOPBACK}:{listening.getsockname()[1]}")
    runner = web.AppRunner(ReaderServer(program, door).application(), access_log=None)
    await runner.setup()
    try:
        await web.SockSite(runner, listening).start()
        ended = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, ended.set)
        announce(door.address)
        await ended.wait()
    finally:
        await runner.cleanup()


_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>TUIReader</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/static/css/xterm.css">
<script src="/static/js/textual.js"></script>
<script src="/focus.js" defer></script>
<style>
@font-face { font-family: "Roboto Mono"; src: url("/static/fonts/RobotoMono-VariableFont_wght.ttf"); }
@font-face {
  font-family: "Roboto Mono"; font-style: italic;
  src: url("/static/fonts/RobotoMono-Italic-VariableFont_wght.ttf");
}
html, body { height: 100%; margin: 0; background: #101418; color: #ddd; }
body { font-family: "Roboto Mono", monospace; }
.textual-terminal { position: absolute; inset: 0; }
.closed { display: none; position: absolute; inset: 0; z-index: 20; align-items: center;
  justify-content: center; background: #101418; }
body.-closed .closed { display: flex; }
a { color: #7fb4ff; }
</style>
</head>
<body>
<div id="terminal" class="textual-terminal" data-font-size="16"
  data-session-websocket-url="ws://HOST/ws"></div>
<div class="closed"><p>The reader is closed. <a href="/">Open it again</a></p></div>
</body>
</html>
"""

_FOCUS = """// Keys go to the reader without a click, as soon as its terminal is there.
const focus = () => {
  const keys = document.querySelector(".xterm-helper-textarea");
  if (keys) keys.focus();
  return keys !== null;
};
if (!focus()) {
  const waiting = new MutationObserver(() => focus() && waiting.disconnect());
  waiting.observe(document.body, { childList: true, subtree: true });
}
"""
