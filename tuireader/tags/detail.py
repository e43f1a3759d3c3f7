"""What is known of the tag under the cursor of the tags view: how it is used, and what goes with it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from library import RelatedTag
from library.text.counting import counted
from tuireader.presentation import shown_line
from tuireader.tags.tree import TagRow
from tuireader.widgets.article_view.marks import HIGHLIGHT_GLYPHS


def detail_of(row: TagRow, related: Sequence[RelatedTag]) -> Content:
    """The tag whole, its figures and its colour, and the tags that stand together with it."""
    parts = [Content.styled(f"#{shown_line(row.tag)}", "bold"), Content.styled(_use(row), "$text-muted")]
    if row.colour:
        sign = HIGHLIGHT_GLYPHS.get(row.colour, "")
        parts.append(Content.styled(f"{sign} {row.colour}", "$text-muted"))
    if related:
        goes = [Content.styled("Goes together with", "$text-muted")]
        width = max(len(f"{tag.together:,}") for tag in related)
        goes += [Content(f"{tag.together:>{width},}  {shown_line(tag.tag)}") for tag in related]
        parts.append(Content("\n").join([Content(""), *goes]))
    return Content("\n").join(parts)


def _use(row: TagRow) -> str:
    if row.count is None:
        return f"In the trash alone: {counted(row.trashed, 'article')}" if row.trashed else "On no article"
    if row.opened is None:
        return counted(row.count, "article")
    return f"{counted(row.count, 'article')}, {row.own:,} of them with the tag itself"


def goes_with(row: TagRow, related: Sequence[RelatedTag]) -> str:
    """The same in one line, for where there is no room beside the rows."""
    if not related:
        return ""
    return f"{shown_line(row.name)} goes with " + " · ".join(
        f"{shown_line(tag.tag)} {tag.together:,}" for tag in related
    )
