"""Compares the revisions of an article, one at a time, with the current text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING

from library import Library, LibraryError
from library.text.amounts import counted
from library.text.document import BETWEEN_BLOCKS, Block, BlockKind, Document
from tuireader.commands.binding import Bound, back, once, times
from tuireader.events import Signal
from tuireader.jobs.changes import Say
from tuireader.jobs.jobs import Jobs
from tuireader.presentation import long_date
from tuireader.widgets.article_view.page import Mark, Page
from tuireader.widgets.article_view.view import ArticleView

if TYPE_CHECKING:
    from library.text.difference import ParagraphDifference


_PARAGRAPH_ENDS = " ¶ "
_GLYPHS = {"removed": "−", "added": "+"}
"""Glyphs in the margin beside the changed words."""

_REPLACED = "±"


@dataclass(frozen=True, slots=True)
class ChangedText:
    """A document with the words of both texts, and ``marks`` on those that changed.

    ``changes`` are the offsets of the changes; a removal and the addition that replaces it are one.
    """

    document: Document
    marks: tuple[Mark, ...]
    changes: tuple[int, ...]


def changed_text(paragraphs: Sequence[ParagraphDifference], present: Document) -> ChangedText:
    """Combine the paragraphs of both texts, with marks; headings are those of the ``present`` text."""
    headings = {present.text[block.start : block.end]: block.level for block in present.headings()}
    writer = _Writer()
    for paragraph in paragraphs:
        words = "".join(run.text for run in paragraph.runs if run.kind != "removed")
        writer.write_paragraph(paragraph, headings.get(words, 0))
    document = Document("".join(writer.parts), tuple(writer.blocks))
    return ChangedText(document, tuple(writer.marks), tuple(writer.changes))


class _Writer:
    """Collects the words of the paragraphs and the positions of the changes."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.blocks: list[Block] = []
        self.marks: list[Mark] = []
        self.changes: list[int] = []
        self._length = 0

    def _write(self, words: str) -> None:
        self.parts.append(words)
        self._length += len(words)

    def write_paragraph(self, paragraph: ParagraphDifference, level: int) -> None:
        """Write one paragraph, as a heading if ``level`` is not 0."""
        if self.parts:
            self._write(BETWEEN_BLOCKS)
        start, before = self._length, ""
        for run, after in zip_longest(paragraph.runs, paragraph.runs[1:]):
            kind, following = str(run.kind), str(after.kind) if after else ""
            words = run.text.replace(BETWEEN_BLOCKS, _PARAGRAPH_ENDS).replace("\t", "  ")
            if kind == "added" and before == "removed" and not self.parts[-1][-1].isspace():
                self._write(" ")
            if kind in _GLYPHS:
                replaced = (before, kind) == ("removed", "added") or (kind, following) == ("removed", "added")
                glyph = _REPLACED if replaced else _GLYPHS[kind]
                self.marks.append(Mark(self._length, self._length + len(words), kind, glyph))
                if before not in _GLYPHS:
                    self.changes.append(self._length)
            self._write(words)
            before = kind
        kind_of_block = BlockKind.HEADING if level else BlockKind.PARAGRAPH
        self.blocks.append(Block(kind=kind_of_block, start=start, end=self._length, level=level))


@dataclass(frozen=True, slots=True)
class Compared:
    """The changes since a revision, and the revision itself; or the error if it cannot be read."""

    changed: ChangedText | None = None
    revision: Page | None = None
    error: str = ""


class Comparison:
    """Shows a revision of the article on ``page`` in ``view``: the changes since then, or its whole text."""

    def __init__(self, library: Library, jobs: Jobs, page: Page, view: ArticleView, say: Say) -> None:
        self._library = library
        self._jobs = jobs
        self._page = replace(page, annotations=(), marks=(), complete=True)
        self._view = view
        self._say = say
        self.count = len(page.article.revisions)
        """Number of revisions."""
        self._number = self.count
        self._compared: Compared | None = None
        self._is_whole = False
        self.status = ""
        """The result of the comparison in words, or the error."""
        self.changed: Signal[None] = Signal()
        """Published when the status changes."""

    def commands(self) -> Iterable[Bound]:
        yield times("next-change", self._step_change)
        yield back("previous-change", self._step_change)
        yield back("previous-revision", self._step_revision)
        yield times("next-revision", self._step_revision)
        yield once("whole-text", self._toggle_whole)

    @property
    def title(self) -> str:
        """The number of the revision, and when it was replaced."""
        revision = self._page.article.revisions[self.count - self._number]
        which = f"Revision {self._number} of {self.count}" if self.count > 1 else "Revision"
        return f"{which} · replaced on {long_date(revision.replaced)}"

    def compare(self) -> None:
        """Compare the texts in a worker; long ones take a while."""
        self._compared = None
        self._set_status("comparing …")
        self._jobs.load("compare", partial(self._read, self._number), self._show_compared)

    def _read(self, number: int) -> Compared:
        articles, article_id = self._library.articles, self._page.article.id
        try:
            changed = changed_text(articles.difference(article_id, number), self._page.document)
            document = articles.document(article_id, revision=number)
        except LibraryError as error:
            return Compared(error=str(error))
        return Compared(changed, replace(self._page, document=document))

    def _show_compared(self, compared: Compared) -> None:
        self._compared = compared
        self._show()

    def _show(self) -> None:
        compared = self._compared
        if compared is None:
            return
        if compared.changed is None or compared.revision is None:
            self._view.clear()
            self._set_status(compared.error)
        elif self._is_whole:
            self._view.show(compared.revision)
            self._set_status("whole text")
        else:
            changed = compared.changed
            self._view.show(replace(self._page, document=changed.document, marks=changed.marks))
            amount = len(changed.changes)
            self._set_status(f"{counted(amount, 'change')} since" if amount else "no changes")

    def _set_status(self, words: str) -> None:
        self.status = words
        self.changed.publish(None)

    def _step_change(self, count: int) -> None:
        if self._compared and self._compared.changed and not self._is_whole:
            self._view.pointer.step(self._compared.changed.changes, count)

    def _step_revision(self, step: int) -> None:
        number = min(max(1, self._number + step), self.count)
        if number == self._number:
            self._say(
                "This is the first revision."
                if step < 0
                else "This is the last revision; the current text follows it."
            )
            return
        self._number = number
        self.compare()

    def _toggle_whole(self) -> None:
        self._is_whole = not self._is_whole
        self._show()
