"""The program ``tuireader``; also ``python -m tuireader``."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program with ``arguments`` (None: those of the process); the exit status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if list(arguments) == ["--version"]:
        from tuireader import __version__

        print(f"tuireader {__version__}")
        return 0
    from tuireader.cli import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
