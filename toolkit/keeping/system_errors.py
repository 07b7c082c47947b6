"""Errors of the system that say which file they are about, as what was asked for is called."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)


@contextmanager
def naming(target: str | os.PathLike[str], *, unfinished: str | None = None) -> Iterator[None]:
    """Name the file that is written where the system says that there is no room, but not for what.

    Parameters
    ----------
    target : path
        What the caller asked for.
    unfinished : str, optional
        How names of temporary files begin that take its place later, and which nobody knows.

    Raises
    ------
    OSError
        The same error with the name, in the system's own words. Others are not touched: they may
        be about what is read.
    """
    try:
        yield
    except OSError as error:
        if error.errno not in NO_ROOM or not _is_nameless(error, unfinished):
            raise
        raise OSError(error.errno, os.strerror(error.errno or 0), os.fspath(target)) from error


def _is_nameless(error: OSError, unfinished: str | None) -> bool:
    if error.filename is None:
        return True
    parts = Path(os.fsdecode(error.filename)).parts if not isinstance(error.filename, int) else ()
    return unfinished is not None and any(part.startswith(unfinished) for part in parts)


def refuse_below_file(function: str, target: Path) -> None:
    """Raise ValueError where a folder on the way is a file.

    Examples
    --------
    >>> refuse_below_file("save", Path(__file__) / "corpus")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ValueError: save: '...' cannot be written ('...' is a file); name another place.
    """
    above = next((each for each in target.absolute().parents if each.exists()), None)
    if above is not None and not above.is_dir():
        shown = next((each for each in target.parents if each.exists()), above)
        raise ValueError(
            f"{function}: {str(target)!r} cannot be written ({str(shown)!r} is a file); name "
            "another place."
        )
