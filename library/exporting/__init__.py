"""Writes articles out: Markdown files with what was noted on them, or JSON lines."""

from __future__ import annotations

from library.exporting.outcomes import ExportForm, ExportOutcome, ExportStatus

__all__ = ["ExportForm", "ExportOutcome", "ExportStatus"]
