"""Writes docs/keys.md from the command registry.

python -m docs.keys
"""

from __future__ import annotations

from pathlib import Path

from tuireader.commands import COMMANDS, markdown_table

PAGE = Path(__file__).parent / "keys.md"
HEAD = """# Keys

This page is written by `make docs` from the command registry, `tuireader/commands/`; the footer, the
help screen (`?`) and the palette (`ctrl+p`) come from the same place. A movement takes a count before it:
`5j`. Arrows, Enter, Esc and Tab alone are enough.

"""


def page() -> str:
    """The whole page."""
    return HEAD + markdown_table(COMMANDS)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
