"""Folders of corpora that appear as a whole: killed at any moment, the old one or the new is there.

A corpus is written to a hidden folder beside its place: ``new`` in it is what is being written,
``old`` what it replaces, and ``lock`` is held as long as the process lives.
"""

import glob
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from toolkit.keeping.system_errors import naming, refuse_below_file
from toolkit.tables import SCHEMA

MANIFEST = "manifest.json"  # written last
NEW, OLD, LOCK = "new", "old", "lock"
JUST_BEGUN = 60  # seconds in which such a folder may have no lock yet
PATIENCE = 10  # seconds for another process to rename two folders
# What may stand in a folder that is replaced; file managers leave `.DS_Store` behind.
FILES = frozenset({MANIFEST, ".DS_Store"} | {f"{name}.parquet" for name in SCHEMA})


@contextmanager
def appearing(folder: Path) -> Iterator[Path]:
    """A new folder that takes the place of `folder` when all that is written to it is there."""
    put_back(folder)
    refuse_other(folder)
    target = folder.resolve()  # a link stays one, "." has a name
    with naming(folder, unfinished=f".{target.name}-"):
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep(target)
        yield from _replacing(target)


def _replacing(target: Path) -> Iterator[Path]:
    aside = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    unfinished, replaced = aside / NEW, aside / OLD
    lock = FileLock(aside / LOCK)
    try:
        lock.acquire()
        unfinished.mkdir()  # mkdtemp makes a private folder
        yield unfinished
        try:
            if target.exists():
                target.rename(replaced)
            unfinished.rename(target)
        except BaseException:
            if replaced.exists():
                replaced.rename(target)
            raise
    finally:
        lock.release()
        if target.exists() or not replaced.exists():
            shutil.rmtree(aside, ignore_errors=True)


def refuse_other(folder: Path) -> None:
    """Raise ValueError for a folder that holds anything but a saved corpus, or lies in a file."""
    refuse_below_file("save", folder)
    if folder.exists() and not _is_replaceable(folder):
        raise ValueError(
            f"save: {str(folder)!r} exists and is no saved corpus ({_strange(folder)}); "
            "name another folder."
        )


def put_back(folder: Path) -> None:
    """Put the old folder back where a process was killed between the two renames.

    A process that is still at it is waited for.
    """
    target = folder.resolve()
    if target.exists():
        return
    for aside in sorted(_beside(target)):
        if not (aside / OLD).exists():
            continue
        with suppress(Timeout, OSError), FileLock(aside / LOCK, timeout=PATIENCE):
            if not target.exists():
                (aside / OLD).rename(target)


def _beside(target: Path) -> Iterator[Path]:
    """The hidden folders of processes that write, or were killed when they wrote, this folder."""
    return target.parent.glob(f"{glob.escape(f'.{target.name}-')}*")


def _sweep(target: Path) -> None:
    """Take away what killed processes left unfinished beside a folder."""
    for left in _beside(target):
        lock = left / LOCK
        is_between_renames = (left / OLD).exists() and (left / NEW).exists()
        if not lock.is_file() or is_between_renames or time.time() - _begun(left) < JUST_BEGUN:
            continue
        try:
            with FileLock(lock, timeout=0):
                dead = True
        except (Timeout, OSError):
            dead = False
        if dead:
            shutil.rmtree(left, ignore_errors=True)


def _begun(folder: Path) -> float:
    return folder.stat().st_mtime


def _is_replaceable(folder: Path) -> bool:
    if not folder.is_dir():
        return False
    paths = list(folder.iterdir())
    is_corpus = any(path.name == MANIFEST for path in paths) and any(map(_is_table, paths))
    return all(map(_is_ours, paths)) and (is_corpus or all(p.name == ".DS_Store" for p in paths))


def _is_table(path: Path) -> bool:
    """Whether this is the file of a table, or the folder of its parts."""
    if path.is_dir():
        return path.name in SCHEMA and all(part.suffix == ".parquet" for part in path.iterdir())
    return path.suffix == ".parquet"


def _is_ours(path: Path) -> bool:
    return path.name in FILES or (path.is_dir() and _is_table(path))


def _strange(folder: Path) -> str:
    """What makes a folder no saved corpus."""
    if not folder.is_dir():
        return "a file"
    others = sorted(path.name for path in folder.iterdir() if not _is_ours(path))
    if others:
        return f"{others[0]!r} is in it"
    return f"no {MANIFEST} or no tables"
