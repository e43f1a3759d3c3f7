"""A terminal news reader with an offline library."""

__version__ = "0.1.0"
