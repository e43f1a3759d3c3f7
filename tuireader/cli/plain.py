"""The plain reader: lines that are read from top to bottom, for screen readers and simple terminals.

It draws nothing and moves no cursor. Each answer is printed below the question, and the cursor waits behind
the last word.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from library import Article, Library, LibraryError, QueryError
from library.text.amounts import counted
from library.text.cells import cells
from library.text.document import BETWEEN_BLOCKS, BlockKind, Document
from tuireader.cli.article_lines import wrapped
from tuireader.cli.output import complain, line, on_terminal
from tuireader.cli.output import say as say_lines

PAGE_ROWS = 10
PAGE_CHARACTERS = 1500
"""A page of an article ends with the paragraph that reaches this length."""


def say(text: str = "") -> None:
    """Print lines, broken between words where the terminal would break them anywhere."""
    if not on_terminal():
        say_lines(text)
        return
    width = max(20, shutil.get_terminal_size().columns)
    for each in text.split("\n"):
        parts = wrapped(each, width) if cells(each) > width else [each]
        say_lines("\n".join(parts))


@dataclass(frozen=True, slots=True)
class PlainCommand:
    """A command of the plain reader.

    Attributes:
        key: The first word of a line.
        help: A sentence.
        run: Carries it out with the rest of the line.
        article: True if it acts on the article that is open.
        like: The id of the command of the reader that does the same.
    """

    key: str
    help: str
    run: Callable[[str], None]
    article: bool = False
    like: str = ""


class PlainReader:
    """Lists and shows articles by lines.

    Args:
        library: The open library.
        ask: Prints a question and returns the line that was typed; None if there are no more.
        keys: Keys that the user has given to commands of the reader, by their ids.
    """

    def __init__(
        self, library: Library, ask: Callable[[str], str | None], keys: Mapping[str, str] | None = None
    ) -> None:
        self._library = library
        self._ask = ask
        self._query = ""
        self._found: list[str] = []
        self._first = 0
        self._open: str | None = None
        self._pages: list[str] = []
        self._page = 0
        self._ends = False
        self._commands = {command.key: command for command in _with_keys(self._declared(), keys or {})}

    def _declared(self) -> Iterable[PlainCommand]:
        yield PlainCommand("n", "Next page; an empty line does the same.", lambda rest: self._turn(1))
        yield PlainCommand("p", "Previous page.", lambda rest: self._turn(-1))
        yield PlainCommand("l", "The list again.", lambda rest: self._show_list())
        yield PlainCommand("b", "Add or remove a bookmark.", self._bookmark, article=True, like="bookmark")
        yield PlainCommand(
            "r", "Mark as read or unread.", self._toggle_read, article=True, like="toggle-read"
        )
        yield PlainCommand("t", "Add tags: t TAG…", self._tag, article=True, like="add-tag")
        yield PlainCommand("a", "Write a note: a TEXT", self._note, article=True, like="note")
        yield PlainCommand("x", "Move to the trash.", self._trash, article=True, like="trash")
        yield PlainCommand("i", "Say what the article is, and read its notes.", self._describe, article=True)
        yield PlainCommand("u", "Undo the last change.", self._undo, like="undo")
        yield PlainCommand("?", "This help.", self._help, like="help")
        yield PlainCommand("q", "From an article to the list, from the list out.", self._leave, like="back")
        yield PlainCommand("Q", "Quit.", self._quit, like="quit")

    def run(self) -> None:
        """Read commands until the last one."""
        self._filter("")
        say(f"Type {self._key('help')} and Enter for help.")
        while not self._ends:
            typed = self._ask("Article> " if self._open else "List> ")
            if typed is None:
                return
            try:
                self._carry_out(typed.strip())
            except QueryError as error:
                complain(error.with_caret())
            except LibraryError as error:
                complain(str(error))

    def _carry_out(self, typed: str) -> None:
        word, _, rest = typed.partition(" ")
        if typed.startswith("/"):
            self._filter(typed[1:].strip())
        elif word.isdecimal():
            self._open_number(int(word))
        elif (command := self._commands.get(word or "n")) is None:
            say(f"There is no command “{line(word)}”. Type {self._key('help')} for help.")
        elif command.article and self._open is None:
            say("Open an article first: type its number.")
        else:
            command.run(rest.strip())

    def _key(self, like: str) -> str:
        return next(command.key for command in self._commands.values() if command.like == like)

    # The list

    def _filter(self, query: str) -> None:
        """List the articles of a query. Raises QueryError."""
        self._found = list(self._library.search.ids(query))
        self._query, self._first, self._open = query, 0, None
        self._show_list()

    def _show_list(self) -> None:
        self._open = None
        self._found = self._library.articles.known(self._found)
        about = f" for {line(self._query)}" if self._query else ""
        if not self._found:
            say(f"No matches{about}. Type / to list all." if self._query else "The library is empty.")
            return
        last = min(self._first + PAGE_ROWS, len(self._found))
        say(f"{counted(len(self._found), 'article')}{about}. {self._first + 1:,} to {last:,}:")
        for number in range(self._first, last):
            say(f"{number + 1}. {self._about(self._library.articles.get(self._found[number]))}")

    def _about(self, article: Article) -> str:
        notes = self._library.annotations.note_count(article.id)
        day = article.published.isoformat()[:10] if article.published else ""
        parts = [line(article.title), line(article.source), day]
        parts += ["" if article.state.read else "unread", "bookmarked" if article.state.bookmarked else ""]
        parts += [counted(notes, "note") if notes else ""]
        return ", ".join(part for part in parts if part)

    def _open_number(self, number: int) -> None:
        """Open an article by its number in the list."""
        if not 1 <= number <= len(self._found):
            say(f"The list has no number {number}.")
            return
        article = self._library.articles.get(self._found[number - 1])
        pages = _pages(self._library.articles.document(article.id))
        self._open, self._pages, self._page = article.id, pages, 0
        self._first = (number - 1) // PAGE_ROWS * PAGE_ROWS
        self._library.articles.record_opened(article.id)
        self._describe("")
        self._show_page()

    def _turn(self, step: int) -> None:
        """Show the next or the previous page, of the article or of the list."""
        if self._open is not None:
            if 0 <= self._page + step < len(self._pages):
                self._page += step
                self._show_page()
            else:
                say("End of the article." if step > 0 else "Beginning of the article.")
        elif 0 <= self._first + step * PAGE_ROWS < len(self._found):
            self._first += step * PAGE_ROWS
            self._show_list()
        else:
            say("End of the list." if step > 0 else "Beginning of the list.")

    # The article

    def _show_page(self) -> None:
        say(self._pages[self._page] if self._pages else "The article has no text.")
        if len(self._pages) > 1:
            say(f"Page {self._page + 1} of {len(self._pages)}.")

    def _in_front(self) -> Article:
        assert self._open is not None
        return self._library.articles.get(self._open)

    def _describe(self, rest: str) -> None:
        article = self._in_front()
        say(self._about(article))
        if article.authors:
            say(f"By {line(', '.join(article.authors))}.")
        if article.tags:
            say(f"Tags: {line(', '.join(article.tags))}.")
        for one in self._library.annotations.of(article.id):
            quote = f" on “{line(one.quote.exact)}”" if one.quote else ""
            say(f"{str(one.kind).capitalize()}{quote}{f': {one.body}' if one.body else '.'}")

    def _bookmark(self, rest: str) -> None:
        article, articles = self._in_front(), self._library.articles
        if article.state.bookmarked:
            articles.remove_bookmark([article.id])
        else:
            articles.bookmark([article.id])
        say("Bookmark removed." if article.state.bookmarked else "Bookmarked.")

    def _toggle_read(self, rest: str) -> None:
        article, articles = self._in_front(), self._library.articles
        if article.state.read:
            articles.mark_unread([article.id])
        else:
            articles.mark_read([article.id])
        say("Unread." if article.state.read else "Read.")

    def _tag(self, rest: str) -> None:
        tags = rest.split() or (self._ask("Tags: ") or "").split()
        if tags:
            self._library.tags.add([self._in_front().id], tags)
        say(f"Tags: {line(', '.join(self._in_front().tags)) or 'none'}.")

    def _note(self, rest: str) -> None:
        text = rest or self._ask("Note: ") or ""
        if not text.strip():
            say("Nothing was noted.")
            return
        while True:
            quote = (
                self._ask("Words of the article that it is on (empty: the whole article): ") or ""
            ).strip()
            try:
                self._library.note(self._in_front().id, text, quote=quote)
            except LibraryError as error:
                complain(str(error))
                if not quote:
                    say(f"The note was not saved: {text}")
                    return
            else:
                say("Note saved.")
                return

    def _trash(self, rest: str) -> None:
        self._library.articles.trash([self._in_front().id])
        say(f"Moved to the trash. Type {self._key('undo')} to undo.")
        self._found = list(self._library.search.ids(self._query))
        self._first = min(self._first, max(0, len(self._found) - 1) // PAGE_ROWS * PAGE_ROWS)
        self._show_list()

    # The program

    def _undo(self, rest: str) -> None:
        say(f"Undone: {line(self._library.undo().title)}.")
        self._found = list(self._library.search.ids(self._query))

    def _help(self, rest: str) -> None:
        say("Type a number and Enter to open an article of the list.")
        say("/QUERY lists what matches; / alone lists all.")
        for command in self._commands.values():
            say(f"{command.key}: {command.help}")

    def _leave(self, rest: str) -> None:
        if self._open is None:
            self._quit(rest)
        else:
            self._show_list()

    def _quit(self, rest: str) -> None:
        self._ends = True
        say("Everything is saved.")


def _with_keys(commands: Iterable[PlainCommand], keys: Mapping[str, str]) -> Iterable[PlainCommand]:
    """Yield the commands with the keys of the user that can be typed in a line and mean nothing else."""
    declared = list(commands)
    taken = {command.key for command in declared if command.like not in keys}
    for command in declared:
        key = keys.get(command.like, "")
        fits = key.isprintable() and not key[:1].isdecimal() and key[:1] != "/" and "+" not in key[1:]
        if not key or not fits or key in taken:
            key = command.key
        taken.add(key)
        yield replace(command, key=key)


def _pages(document: Document) -> list[str]:
    """Return the paragraphs of a text in pages, with empty lines between them; headings are named."""
    headings = {block.start for block in document.blocks if block.kind is BlockKind.HEADING}
    pages: list[str] = []
    start = 0
    for paragraph in document.text.split(BETWEEN_BLOCKS):
        words = f"Heading: {paragraph.strip()}" if start in headings else paragraph.strip()
        start += len(paragraph) + len(BETWEEN_BLOCKS)
        if words and pages and len(pages[-1]) < PAGE_CHARACTERS:
            pages[-1] += f"\n\n{words}"
        elif words:
            pages.append(words)
    return pages


def typed_line(question: str) -> str | None:
    """Print a question, and return the line that is typed behind it; None at the end of the input."""
    try:
        return input(question)
    except EOFError:
        say()
        return None
