"""A disk that has no room, as the system tells of it: a limit to the size of files."""

from contextlib import contextmanager

import pytest


@contextmanager
def no_file_beyond(size):
    """What is written beyond so many bytes of a file fails, whoever writes it."""
    resource = pytest.importorskip("resource", reason="Windows has no limits of this kind")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
