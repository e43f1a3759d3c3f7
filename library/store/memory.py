"""How much memory there is."""

from __future__ import annotations

import mmap

_NO_ACCESS = 0


def assert_room(length: int) -> None:
    """Raises MemoryError where the process may not have ``length`` bytes more: see RLIMIT_AS in setrlimit(2).

    To be asked before code is called that ends the process when an allocation fails, as orjson's parser
    does. The addresses are taken and given back; no page is touched.
    """
    try:
        mmap.mmap(-1, max(1, length), flags=mmap.MAP_PRIVATE, prot=_NO_ACCESS).close()
    except OSError as error:
        raise MemoryError from error
