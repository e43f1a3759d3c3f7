"""The whole of one entry of the notebook, beside the rows."""

from __future__ import annotations

from datetime import date

from textual.content import Content

from library import Annotation, AnnotationKind
from library.models import Article
from tuireader.note_text import note_content
from tuireader.notebook.entries import Entry
from tuireader.notebook.entry_lines import quoted
from tuireader.presentation import byline, long_date, shown, shown_line
from tuireader.widgets.article_view.marks import HIGHLIGHT_GLYPHS, HIGHLIGHT_INKS, HIGHLIGHT_STYLES, colour_of


def detail_of(entry: Entry, article: Article | None, day: date) -> Content:
    """All of the entry's words, whose they are, and when it was made."""
    annotation = entry.annotation
    parts: list[Content] = []
    if annotation is not None and annotation.orphan:
        parts.append(Content.styled("These words are no longer in the article’s text:", "$text-error"))
    if annotation is not None and annotation.quote is not None:
        parts.append(_quote(annotation, annotation.quote.exact))
    if annotation is not None and annotation.body.strip():
        parts.append(note_content(annotation.body))
    if annotation is not None and annotation.tags:
        parts.append(Content.styled(" ".join(f"#{shown_line(tag)}" for tag in annotation.tags), "$accent"))
    if article is not None:
        source = " · ".join(part for part in (byline(article), shown_line(article.source)) if part)
        about = [part for part in (source, long_date(article.published)) if part]
        title = Content.styled(shown_line(article.title), "bold")
        parts.append(Content("\n").join([title, *(Content.styled(one, "$text-muted") for one in about)]))
    parts.append(Content.styled(f"{_kind(entry)}, {long_date(day)}", "$text-muted"))
    return Content("\n\n").join(parts)


def _quote(annotation: Annotation, words: str) -> Content:
    """The words that the annotation is on; a highlight's are set as on the page, beside its sign."""
    quote = quoted(shown(words))
    if annotation.kind is not AnnotationKind.HIGHLIGHT:
        return Content.styled(quote, "italic $text-muted")
    colour = colour_of(annotation)
    style = f"{HIGHLIGHT_STYLES[colour]} $text-muted"
    return Content.assemble((f"{HIGHLIGHT_GLYPHS[colour]} ", HIGHLIGHT_INKS[colour]), (quote, style))


def _kind(entry: Entry) -> str:
    annotation = entry.annotation
    if annotation is None:
        return "Bookmark of the article"
    colour = f" ({shown_line(annotation.colour)})" if annotation.colour else ""
    return f"{annotation.kind.capitalize()}{colour}"
