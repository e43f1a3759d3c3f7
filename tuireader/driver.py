"""The terminal as Textual drives it, when the first frame is on the screen already."""

from __future__ import annotations

from textual.drivers.linux_driver import LinuxDriver

_ALTERNATE_SCREEN = "\x1b[?1049h"


class ContinuingDriver(LinuxDriver):
    """Does not change to the alternate screen at the start, which some terminals would clear for it."""

    _continued = False

    def write(self, data: str) -> None:
        """Write to the terminal."""
        if data == _ALTERNATE_SCREEN and not self._continued:
            self._continued = True
            return
        super().write(data)
