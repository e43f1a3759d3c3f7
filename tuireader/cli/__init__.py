"""The command line, which scripts rely on. It imports Textual only to open the reader."""

from tuireader.cli.run import run

__all__ = ["run"]
