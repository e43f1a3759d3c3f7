"""``serve``: who is let in, and the reader in a browser."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyte
import pytest
from commandline import ROOT, CommandLine

aiohttp = pytest.importorskip("aiohttp", reason="the extra “serve” is not installed")

from tuireader.serve import Door, ReaderServer  # noqa: E402

ECHO = """
import os, sys
out = sys.stdout.buffer
out.write(b"__GANGLION__\\n"); out.flush()
while head := sys.stdin.buffer.read(5):
    data = sys.stdin.buffer.read(int.from_bytes(head[1:], "big"))
    if b"quit" in data and head[:1] == b"M":
        break
    out.write(b"D" + head[1:] + data); out.flush()
"""
"""A program that speaks as a reader does, and sends back what is typed."""


class Served:
    """A server on a port of this computer, and clients of it."""

    def __init__(self, door: Door) -> None:
        self.door = door

    @asynccontextmanager
    async def client(self, *, comes_in: bool = False) -> AsyncIterator[Any]:
        """A browser of its own; with ``comes_in`` it has opened the address."""
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as client:
            if comes_in:
                assert (await client.get(self.door.address)).status == 200
            yield client

    def at(self, path: str) -> str:
        """The address of a path, without the token."""
        return f"http://{self.door.host}{path}"


@asynccontextmanager
async def served() -> AsyncIterator[Served]:
    """Serve a program that sends back what is typed."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        door = Door(f"127.0.0.1:{listening.getsockname()[1]}")
        server = ReaderServer([sys.executable, "-c", ECHO], door)
        runner = aiohttp.web.AppRunner(server.application(), access_log=None)
        await runner.setup()
        await aiohttp.web.SockSite(runner, listening).start()
        try:
            yield Served(door)
        finally:
            await runner.cleanup()


PATHS = ["/", "/?token=wrong", "/?token=", "/ws", "/static/js/textual.js", "/static/", "/nowhere"]


@pytest.mark.parametrize("path", PATHS)
async def test_a_request_without_the_token_is_refused(path: str) -> None:
    async with served() as server, server.client() as client:
        assert (await client.get(server.at(path))).status == 403


async def test_the_address_opens_once_and_only_for_who_opened_it() -> None:
    async with served() as server, server.client(comes_in=True) as first, server.client() as second:
        assert (await first.get(server.at("/"))).status == 200
        assert (await first.get(server.door.address)).status == 200
        assert (await second.get(server.door.address)).status == 403
        assert (await second.get(server.at("/"))).status == 403


@pytest.mark.parametrize("host", ["localhost", "localhost:80", "evil.example", "127.0.0.1", "127.0.0.1:1"])
async def test_another_host_is_refused_also_with_the_token(host: str) -> None:
    async with served() as server, server.client(comes_in=True) as client:
        assert (await client.get(server.at("/"), headers={"Host": host})).status == 403
        async with server.client() as other:
            assert (await other.get(server.door.address, headers={"Host": host})).status == 403
        assert (await client.get(server.at("/"))).status == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1", "http://localhost"])
@pytest.mark.parametrize("path", ["/", "/ws"])
async def test_a_request_of_another_page_is_refused(origin: str, path: str) -> None:
    async with served() as server, server.client(comes_in=True) as client:
        assert (await client.get(server.at(path), headers={"Origin": origin})).status == 403


async def test_the_socket_is_refused_without_the_cookie_or_with_another_origin() -> None:
    async with served() as server, server.client(comes_in=True) as client, server.client() as stranger:
        own = f"http://{server.door.host}"
        for one, origin in ((stranger, own), (client, "http://evil.example"), (client, None)):
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                await one.ws_connect(server.at("/ws"), origin=origin)
            assert refused.value.status == 403


async def test_the_socket_is_joined_to_a_program_and_ends_it() -> None:
    async with served() as server, server.client(comes_in=True) as client:
        origin = f"http://{server.door.host}"
        async with client.ws_connect(server.at("/ws?width=x&height=-3"), origin=origin) as joined:
            for nonsense in ("no json", "[]", '["stdin"]', '["resize", 3]', "7"):
                await joined.send_str(nonsense)
            await joined.send_str(json.dumps(["stdin", "typed"]))
            message = await asyncio.wait_for(joined.receive(), 60)
            assert message.data == b"typed"


async def test_the_page_loads_nothing_from_elsewhere() -> None:
    async with served() as server, server.client(comes_in=True) as client:
        page = await client.get(server.at("/"))
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
        assert page.headers["X-Frame-Options"] == "DENY"
        assert "https://" not in await page.text()


@contextmanager
def program(folder: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run ``tuireader serve`` as a program, and yield it with its first line."""
    running = subprocess.Popen(
        [sys.executable, "-m", "tuireader", "--library", str(folder), "serve", *arguments],
        cwd=ROOT, env={**os.environ, "PYTHONUTF8": "1"}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert running.stdout is not None
        yield running, running.stdout.readline().strip()
    finally:
        if running.poll() is None:
            running.send_signal(signal.SIGINT)
        running.communicate(timeout=120)


def test_the_first_line_is_the_address_and_ctrl_c_ends(tuireader: CommandLine) -> None:
    with program(tuireader.folder) as (running, line):
        assert line.startswith("http://127.0.0.1:")
        assert "/?token=" in line
    assert running.returncode == 0


def test_a_port_in_use_is_named(tuireader: CommandLine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert f"Port {port} cannot be used" in tuireader("serve", "--port", port, status=1).err


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
def test_the_reader_works_in_a_browser(tuireader: CommandLine, tmp_path: Path) -> None:
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with program(tuireader.folder) as (_, address), playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            page = browser.new_page(viewport={"width": 1100, "height": 700})
            terminal = Terminal(page)
            page.goto(address)
            assert "token" not in page.url
            page.wait_for_selector("body.-first-byte", timeout=120_000)
            terminal.shows("Harbour Strike Enters Third Week")
            page.keyboard.press("/")
            terminal.shows("Esc")
            page.keyboard.type("tag:harbour", delay=30)
            terminal.shows("tag:harbour")
            terminal.lacks("The Regatta Nobody Saw")
            page.keyboard.press("Enter")
            page.keyboard.press("Enter")
            terminal.shows("Dock workers voted on Thursday")
            page.keyboard.press("b")
            until(page, lambda: tuireader.titles("is:bookmarked") == ["Harbour Strike Enters Third Week"])
            page.keyboard.press("a")
            terminal.shows("your editor")
            page.keyboard.type("Written in a browser.", delay=30)
            page.keyboard.press("Escape")
            until(page, lambda: [one["body"] for one in tuireader("notes", "--json").records if one["kind"] == "note"]
                  == ["Written in a browser."])  # fmt: skip
            page.screenshot(path=os.environ.get("TUIREADER_PICTURE") or tmp_path / "browser.png")
        finally:
            browser.close()


def until(page: Any, holds: Any, patience: float = 60) -> None:
    """Wait until ``holds()``."""
    end = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < end
        page.wait_for_timeout(200)


class Terminal:
    """What the terminal of a page shows: the page draws it on a canvas, so it is read from its socket."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self._screen)
        page.on("websocket", self._follow)

    def _follow(self, joined: Any) -> None:
        size = parse_qs(urlsplit(joined.url).query)
        self._screen.resize(int(size["height"][0]), int(size["width"][0]))
        joined.on("framereceived", self._feed)

    def _feed(self, data: bytes | str) -> None:
        if isinstance(data, bytes):
            self._stream.feed(data)

    def shows(self, words: str, patience: float = 60) -> None:
        """Wait until the terminal shows ``words``."""
        self._wait(lambda text: words in text, patience)

    def lacks(self, words: str, patience: float = 60) -> None:
        """Wait until the terminal no longer shows ``words``."""
        self._wait(lambda text: words not in text, patience)

    def _wait(self, holds: Any, patience: float) -> None:
        end = time.monotonic() + patience
        while not holds(text := "\n".join(self._screen.display)):
            assert time.monotonic() < end, text
            self._page.wait_for_timeout(200)
