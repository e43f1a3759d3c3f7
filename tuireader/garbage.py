"""Schedules Python's garbage collection: small portions while idle, and never through the whole library.

Textual's strips and workers are cyclic: a strip is in its own cache, a worker in the context of its task.
Only the collector removes them, and every opened article leaves some hundred. A full collection would go
through the facts of every article, which takes a quarter of a second at 100,000.
"""

from __future__ import annotations

import gc

BACKSTOP = 1000
"""Number of young collections after which Python collects old objects itself: about 700 MB."""

PORTION = 5
"""Collections of younger objects after which there is something to look for: about 35,000 new objects."""

MANY = 200_000
"""More old objects than this take too long (25 ms) to look through while keys are pressed."""

LOOK_SECONDS = 1.0
"""How often it is time for ``GarbageCollection.look``."""


class GarbageCollection:
    """The collector of this process, from ``start`` to ``stop``."""

    def __init__(self) -> None:
        self._usual = gc.get_threshold()
        self._has_frozen_garbage = False

    def start(self) -> None:
        """Leave old objects to ``look`` and ``rest``."""
        self._usual = gc.get_threshold()
        gc.set_threshold(*self._usual[:2], BACKSTOP)

    def stop(self) -> None:
        """Leave everything to Python again."""
        gc.set_threshold(*self._usual)
        gc.enable()

    def pause(self) -> None:
        """Very many objects are being made that stay; ``settle`` follows."""
        gc.disable()

    def settle(self) -> None:
        """Leave all objects that exist now out of every later search."""
        self._has_frozen_garbage = self._has_frozen_garbage or gc.get_freeze_count() > 0
        gc.freeze()
        gc.enable()

    def look(self) -> None:
        """Collect garbage if that is quick. To be called every second or so.

        Where very many objects have come since ``settle``, such as those of an import by another program,
        they are left out from now on together with the garbage between them, until ``rest``.
        """
        if not gc.isenabled() or gc.get_count()[2] < PORTION:
            return
        if len(gc.get_objects(generation=2)) > MANY:
            self.settle()
            self._has_frozen_garbage = True
        else:
            gc.collect()

    def rest(self) -> None:
        """Collect all garbage, however long that takes, because no keys are being pressed."""
        if not gc.isenabled():
            return
        if self._has_frozen_garbage:
            self._has_frozen_garbage = False
            gc.unfreeze()
            gc.collect()
            gc.freeze()
        elif gc.get_count()[2] >= PORTION:
            gc.collect()
