"""The folders of the program. Nothing else knows the platform's folders."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

LIBRARY_VARIABLE = "TUIREADER_LIBRARY"


def library_folder(option: str | None, environment: Mapping[str, str]) -> Path:
    """Return the library: ``--library``, else TUIREADER_LIBRARY, else the platform's user-data folder."""
    named = option or environment.get(LIBRARY_VARIABLE)
    if named:
        return Path(named).expanduser()
    from platformdirs import user_data_path

    return user_data_path("tuireader", appauthor=False)


def usual_folders() -> tuple[Path, ...]:
    """Return the folders in which people keep what they saved: downloads, documents, the desktop."""
    from platformdirs import user_desktop_path, user_documents_path, user_downloads_path

    return tuple(dict.fromkeys((user_downloads_path(), user_documents_path(), user_desktop_path())))


def settings_file() -> Path:
    """Return the file of the settings, in the platform's folder for configuration."""
    from platformdirs import user_config_path

    return user_config_path("tuireader", appauthor=False) / "config.toml"


def state_folder() -> Path:
    """Return where the reader remembers things for itself: the platform's folder for a program's state."""
    from platformdirs import user_state_path

    return user_state_path("tuireader", appauthor=False)


def log_file() -> Path:
    """Return the log file for unexpected errors, in the platform's folder for logs."""
    from platformdirs import user_log_path

    return user_log_path("tuireader", appauthor=False) / "tuireader.log"
