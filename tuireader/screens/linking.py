"""Links: letters over those on the screen, the whole address before anything is opened."""

from __future__ import annotations

import webbrowser

from textual import on

from library import Article
from library.text.addresses import describe_address
from library.text.cleaning import is_openable
from tuireader.dialogs.address import AddressScreen, LinkAnswer
from tuireader.screens.reading import Reading
from tuireader.widgets.article_view import ArticleView
from tuireader.widgets.in_view import Link, hint_names


class Linking(Reading):
    """The commands and handlers of the links on the page."""

    def do_follow_link(self, count: int | None) -> None:
        page = self.page.page
        links = self.page.links_in_view(page.document) if page else []
        if not links:
            self.say("There is no link on the screen.")
            return
        named = dict(zip(hint_names(len(links)), links, strict=False))
        self.page.show_hints({(link.row, link.cell): name for name, link in named.items()})
        self.take_keys("which link?", lambda key: self._hint_typed(named, "", key))

    def _hint_typed(self, named: dict[str, Link], typed: str, key: str) -> None:
        """A letter of a hint; any other key leaves the links."""
        typed += key
        left = {name: link for name, link in named.items() if name.startswith(typed)}
        if len(left) > 1 or (left and typed not in left):
            self.page.show_hints({(link.row, link.cell): name for name, link in left.items()})
            self.take_keys(f"which link? {typed}", lambda key: self._hint_typed(left, typed, key))
            return
        self.drop_key_taker()
        if typed in left:
            self._ask_about(left[typed].target, left[typed].words)

    @on(ArticleView.LinkClicked)
    def _link_clicked(self, message: ArticleView.LinkClicked) -> None:
        self._ask_about(message.address, "")

    def _ask_about(self, address: str, words: str) -> None:
        """Show the whole address; it is opened or copied where that is wanted. To a footnote, go there."""
        page = self.page.page
        footnote = page.document.footnote(address) if page else None
        if footnote is not None:
            self.record_jump()
            self.page.go_to(footnote.start)
            return
        described = describe_address(address, words)

        def answered(answer: LinkAnswer | None) -> None:
            if answer is LinkAnswer.OPEN:
                self.record_jump()
                self.open_address(described.address)
            elif answer is LinkAnswer.COPY:
                self.copy_address(described.address)

        self.app.push_screen(AddressScreen(described, words), answered)

    # Addresses

    def copy_address(self, address: str) -> None:
        """Send an address to the terminal's clipboard."""
        self.app.copy_to_clipboard(address)
        self.say(f"Sent to the terminal's clipboard: {address}")

    def open_address(self, address: str) -> None:
        """Hand an address to the browser, if it is one that may be opened."""
        if not address:
            self.say("This article has no address.")
        elif not is_openable(address):
            self.say(f"Not opened, for it is no plain web or mail address: {address}", "warning")
        else:
            self.say(f"Opening {address}")
            self.jobs.in_thread(lambda: webbrowser.open(address), "browser", exclusive=False)

    def do_open_browser(self, count: int | None) -> None:
        article = self._target_article()
        if article is not None:
            self.open_address(article.url)

    def do_copy_link(self, count: int | None) -> None:
        article = self._target_article()
        if article is None or not article.url:
            self.say("This article has no address.")
            return
        self.copy_address(article.url)

    def _target_article(self) -> Article | None:
        return self.desk.article_in_front()
