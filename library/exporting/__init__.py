"""Writes articles out, in the formats of the registry."""

from __future__ import annotations

from library.exporting.outcomes import ExportOutcome, ExportStatus
from library.exporting.registry import FORMATS, ExportFormat

__all__ = ["FORMATS", "ExportFormat", "ExportOutcome", "ExportStatus"]
