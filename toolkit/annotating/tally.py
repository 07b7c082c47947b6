"""How many tokens the workers of this machine have read, while their documents are not finished."""

import ctypes
import multiprocessing
from typing import Any

# No lock: a worker that is killed would never give it back. Two workers may seldom overwrite each
# other's tokens; they are for a progress bar alone.
_read: Any = ctypes.c_uint64(0)


def shared() -> Any:
    """The number, as it is handed to a worker process when it starts."""
    before = read()
    share(multiprocessing.get_context("spawn").Value(ctypes.c_uint64, before, lock=False))
    return _read


def share(number: Any) -> None:
    """Count into this number: in a worker process, that of its parent."""
    global _read
    _read = number


def add(tokens: int) -> None:
    """Count tokens that were read now."""
    _read.value += tokens


def read() -> int:
    """The tokens that were read so far, of documents that are finished or not."""
    return int(_read.value)
