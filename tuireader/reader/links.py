"""Opens links: shows letters over the links, then the full address of the chosen one."""

from __future__ import annotations

import webbrowser
from collections.abc import Iterable
from functools import partial

from textual.app import SuspendNotSupported

from library.text.cleaning import is_openable
from library.text.link_addresses import describe_address
from tuireader.commands.binding import Bound, once
from tuireader.desk import Desk
from tuireader.reader.article_view.jumps import Jumps
from tuireader.reader.keys import NextKey
from tuireader.widgets.article_view.links import Link, hint_names
from tuireader.widgets.article_view.view import ArticleView


class LinkCommands:
    """The commands that follow, open and copy links and addresses."""

    def __init__(self, desk: Desk, page: ArticleView, next_key: NextKey, jumps: Jumps) -> None:
        self._desk = desk
        self._page = page
        self._next_key = next_key
        self._jumps = jumps
        next_key.changed.subscribe(lambda _: self._hide_hints())

    def commands(self) -> Iterable[Bound]:
        yield once("follow-link", self.follow)
        yield once("open-browser", self.open_in_browser)
        yield once("copy-link", self.copy_link)

    def follow(self) -> None:
        page = self._page.page
        links = self._page.lines.links() if page else []
        if not links:
            self._desk.say("No links on the screen.")
            return
        named = dict(zip(hint_names(len(links)), links, strict=False))
        self._page.lines.show_hints({(link.row, link.cell): name for name, link in named.items()})
        self._next_key.take("which link?", lambda key: self._hint_typed(named, "", key))

    def _hint_typed(self, named: dict[str, Link], typed: str, key: str) -> None:
        """Process a letter of a hint. Any other key ends the choice of a link."""
        typed += key
        left = {name: link for name, link in named.items() if name.startswith(typed)}
        if len(left) > 1 or (left and typed not in left):
            self._page.lines.show_hints({(link.row, link.cell): name for name, link in left.items()})
            self._next_key.take(f"which link? {typed}", lambda key: self._hint_typed(left, typed, key))
            return
        self._next_key.drop()
        if typed in left:
            self.ask_about(left[typed].target, left[typed].words)

    def _hide_hints(self) -> None:
        if not self._next_key.is_wanted:
            self._page.lines.show_hints({})

    def clicked(self, message: ArticleView.LinkClicked) -> None:
        """Ask about the link that was clicked."""
        self.ask_about(message.address, "")

    def ask_about(self, address: str, words: str) -> None:
        """Show the whole address and offer to open or copy it. For a link to a footnote, go there instead."""
        page = self._page.page
        footnote = page.document.footnote(address) if page else None
        if footnote is not None:
            self._jumps.record()
            self._page.go_to(footnote.start)
            return
        from tuireader.dialogs.address import AddressScreen, LinkAnswer

        described = describe_address(address, words)

        def answered(answer: LinkAnswer | None) -> None:
            if answer is LinkAnswer.OPEN:
                self._jumps.record()
                self.open_address(described.address)
            elif answer is LinkAnswer.COPY:
                self.copy_address(described.address)

        self._desk.app.push_screen(AddressScreen(described, words), answered)

    # Addresses

    def copy_address(self, address: str) -> None:
        """Send an address to the terminal's clipboard."""
        self._desk.app.copy_to_clipboard(address)
        self._desk.say(f"Sent to the terminal’s clipboard: {address}")

    def open_address(self, address: str) -> None:
        """Open an address in the browser, if it is safe to open."""
        if not address:
            self._desk.say("This article has no address.")
        elif not is_openable(address):
            self._desk.say(f"Not opened, because it is not a plain web or mail address: {address}", "warning")
        else:
            self._desk.say(f"Opening {address}")
            if _needs_the_terminal():
                self._lend_terminal(address)
            else:
                self._desk.jobs.in_thread(partial(self._open, address), "browser", exclusive=False)

    def _lend_terminal(self, address: str) -> None:
        """Open an address in a browser that draws on the terminal, until it is left."""
        try:
            with self._desk.app.suspend():
                webbrowser.open(address)
        except SuspendNotSupported:
            self._desk.say("This terminal cannot run another program.", "warning")

    def _open(self, address: str) -> None:
        if not webbrowser.open(address):
            say = partial(self._desk.say, "No browser was found. Name one in BROWSER.", "warning")
            self._desk.app.call_later(say)

    def open_in_browser(self) -> None:
        article = self._desk.article_in_front()
        if article is not None:
            self.open_address(article.url)

    def copy_link(self) -> None:
        article = self._desk.article_in_front()
        if article is None or not article.url:
            self._desk.say("This article has no address.")
            return
        self.copy_address(article.url)


def _needs_the_terminal() -> bool:
    """Return True if the browser is one of those that draw on the terminal, as lynx and w3m do."""
    try:
        return type(webbrowser.get()) in (webbrowser.GenericBrowser, webbrowser.Elinks)
    except webbrowser.Error:
        return False
