"""Files that appear as a whole: written beside their place, then moved to it."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from toolkit.keeping.system_errors import naming, refuse_below_file


def target_of(function: str, path: str | os.PathLike[str], suffixes: Sequence[str]) -> Path:
    """The path of a file to write, which must end as files of its format do.

    So that a slip cannot put a table in the place of a text. Folders on the way are made.

    Examples
    --------
    >>> target_of("write_csv", "words.txt", [".csv", ".tsv"])
    Traceback (most recent call last):
    ValueError: write_csv: 'words.txt' does not end in .csv or .tsv; rename it.
    """
    target = Path(path)
    if target.suffix.lower() not in suffixes:
        raise ValueError(
            f"{function}: {target.name!r} does not end in {' or '.join(suffixes)}; rename it."
        )
    if target.is_dir():
        raise ValueError(f"{function}: {str(target)!r} is a folder; name a file.")
    refuse_below_file(function, target)
    target.parent.mkdir(parents=True, exist_ok=True)
    return target


@contextmanager
def appearing(target: Path) -> Iterator[Path]:
    """A path beside the target, which takes its place when all is written; a link stays one.

    Of several nested in one another, none takes its place before all are written.
    """
    given, target = target, target.resolve()
    beginning = f".{target.name}-"
    with naming(given, unfinished=beginning):
        handle, name = tempfile.mkstemp(prefix=beginning, dir=target.parent)
        os.close(handle)
        unfinished = Path(name)
        try:
            yield unfinished
            unfinished.chmod(_mode_of(target))
            unfinished.replace(target)
        finally:
            unfinished.unlink(missing_ok=True)


@contextmanager
def appearing_text(target: Path) -> Iterator[TextIO]:
    """An open UTF-8 file with line feeds, which takes the place of the target when it is closed."""
    with (
        appearing(target) as unfinished,
        unfinished.open("w", encoding="utf-8", newline="\n") as file,
    ):
        yield file


def _mode_of(target: Path) -> int:
    """The permissions of the file that is replaced, or of any new one."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
