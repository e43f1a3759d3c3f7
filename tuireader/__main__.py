"""The program ``tuireader``; also ``python -m tuireader``."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program with ``arguments`` (None: those of the process) and return the exit status."""
    if arguments is None:
        _leave_ascii()
        arguments = sys.argv[1:]
    if list(arguments) == ["--version"]:
        from tuireader import __version__

        print(f"tuireader {__version__}")
        return 0
    from tuireader.cli import run

    return run(arguments)


def _leave_ascii() -> None:
    """Restart Python in UTF-8 mode if the locale is plain ASCII, so that no argument is garbled.

    The output stays in ASCII. Python does this itself unless it was switched off.
    """
    if sys.getfilesystemencoding() not in ("ascii", "us-ascii") or sys.flags.utf8_mode:
        return
    environment = {"PYTHONIOENCODING": "ascii:replace", **os.environ}
    with contextlib.suppress(OSError):
        os.execve(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]], environment)


if __name__ == "__main__":
    sys.exit(main())
