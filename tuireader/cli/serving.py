"""The command ``serve``: the reader in a browser."""

from __future__ import annotations

import socket
import sys
from argparse import Namespace
from pathlib import Path

from library.errors import LibraryError
from tuireader.cli.grammar import Commands, amount
from tuireader.cli.output import complain, print_record, say

_LOOPBACK = "127.0.0.1"
_LAST_PORT = 65535


def declare(commands: Commands) -> None:
    """Declare the command and its arguments."""
    command = commands.add(
        "serve",
        serve_reader,
        "open the reader in a browser on this computer",
        examples=("", "--port 8000"),
        on_folder=True,
        needs_library=False,
    )
    command.add_argument("--port", type=amount, metavar="N", default=0, help="default: a free one")


def serve_reader(folder: Path, options: Namespace) -> int:
    """Serve the reader until ctrl+c. The first line printed is the address to open."""
    try:
        from tuireader.serve import serve
    except ImportError:
        raise LibraryError(
            "To open the reader in a browser, install the extra “serve”: pipx install 'tuireader[serve]', "
            "or pip install textual-serve."
        ) from None
    if options.port > _LAST_PORT:
        raise LibraryError(f"{options.port} is not a port; ports end at {_LAST_PORT}.")
    program = [sys.executable, "-m", "tuireader", "--library", str(folder.absolute())]
    try:
        listening = socket.create_server((_LOOPBACK, options.port))
    except OSError as error:
        raise LibraryError(
            f"Port {options.port} cannot be used: {error.strerror}. Choose another."
        ) from error
    with listening:
        serve(program, listening, lambda address: _announce(address, options))
    return 0


def _announce(address: str, options: Namespace) -> None:
    if options.json:
        print_record({"address": address})
    else:
        say(address)
    sys.stdout.flush()
    complain("Open this address; it opens once, and only on this computer. ctrl+c ends.")
