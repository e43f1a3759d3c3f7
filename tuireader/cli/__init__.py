"""The command line: what scripts rely on. It never imports Textual, but to open the reader."""

from tuireader.cli.run import run

__all__ = ["run"]
