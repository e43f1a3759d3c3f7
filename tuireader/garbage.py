"""Schedules Python's garbage collection: small portions while idle, and never through the whole library.

Textual's strips and workers are cyclic: a strip is in its own cache, a worker in the context of its task.
Only the collector removes them, and every opened article leaves about a hundred. A full collection would
visit the facts of every article, which takes a quarter of a second for 100,000 articles.
"""

from __future__ import annotations

import gc

BACKSTOP = 1000
"""Number of young collections after which Python itself collects old objects: about 700 MB."""

PORTION = 5
"""Number of collections of younger objects that make a collection worthwhile: about 35,000 new objects."""

MANY = 200_000
"""Maximum number of old objects that are collected while keys are pressed; more take over 25 ms."""

LOOK_SECONDS = 1.0
"""Seconds between two calls of ``GarbageCollection.look``."""


class GarbageCollection:
    """The garbage collector of this process, from ``start`` to ``stop``."""

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
        """Stop collecting while very many lasting objects are created; ``freeze`` follows."""
        gc.disable()

    def freeze(self) -> None:
        """Leave all objects that exist now out of later collections."""
        self._has_frozen_garbage = self._has_frozen_garbage or gc.get_freeze_count() > 0
        gc.freeze()
        gc.enable()

    def look(self) -> None:
        """Collect garbage if that is quick. Called about every second.

        If very many objects were created since ``freeze``, as after an import by another program, leave
        them out from now on, together with the garbage among them, until ``rest``.
        """
        if not gc.isenabled() or gc.get_count()[2] < PORTION:
            return
        if len(gc.get_objects(generation=2)) > MANY:
            self.freeze()
            self._has_frozen_garbage = True
        else:
            gc.collect()

    def rest(self) -> None:
        """Collect all garbage, however long that takes. Called when no keys are being pressed."""
        if not gc.isenabled():
            return
        if self._has_frozen_garbage:
            self._has_frozen_garbage = False
            gc.unfreeze()
            gc.collect()
            gc.freeze()
        elif gc.get_count()[2] >= PORTION:
            gc.collect()
