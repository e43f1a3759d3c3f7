"""Imports articles from saved pages, dumps, Markdown, plain text and exports.

The heavy parsers are loaded when the first source needs them.
"""

from __future__ import annotations

from library.importing.addresses import canonical_address, host_of
from library.importing.folders import find_sources
from library.importing.registry import parse

__all__ = ["canonical_address", "find_sources", "host_of", "parse"]
