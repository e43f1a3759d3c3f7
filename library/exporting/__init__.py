"""Exports articles in the formats of the registry."""

from __future__ import annotations

from library.exporting.registry import FORMATS, ExportFormat
from library.exporting.values import ExportOutcome, ExportStatus

__all__ = ["FORMATS", "ExportFormat", "ExportOutcome", "ExportStatus"]
