"""Finished documents, kept between runs in one SQLite file that processes and threads share.

The cache is never in the way: what goes wrong with it is said once, as a `CacheWarning`, and the
run goes on with less of it or without. What it gives is what was put: each record has a checksum.
"""

import hashlib
import os
import re
import sqlite3
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Self, TypeVar

import platformdirs

from toolkit.keeping import claims, database
from toolkit.keeping.sharing import CacheWarning as CacheWarning
from toolkit.keeping.sharing import SharedFile

KEY = re.compile(r"[0-9a-f]{64}")
LARGEST = 900_000_000  # bytes of a record; SQLite takes a billion

T = TypeVar("T")


def default_folder() -> Path:
    """``MUDAWWANA_CACHE_DIR`` where it is set, else mudawwana's place among the user's caches.

    It belongs on a disk of the machine: a SQLite file on a network drive breaks when two machines
    write to it.
    """
    named = os.environ.get("MUDAWWANA_CACHE_DIR")
    return Path(named) if named else platformdirs.user_cache_path("mudawwana", appauthor=False)


def file_in(folder: str | os.PathLike[str] | None) -> Path:
    """The SQLite file in a folder, by default in `default_folder`."""
    return Path(default_folder() if folder is None else folder).absolute() / database.FILE


class Cache:
    """The records in a folder; a context manager.

    A key is 64 hexadecimal digits in lower case, a record is any bytes. Threads may share one
    object; a forked process opens its own.

    Examples
    --------
    >>> import tempfile
    >>> key = "7f" * 32
    >>> with tempfile.TemporaryDirectory() as folder, Cache(folder) as cache:
    ...     for missing in cache.claim([key]):
    ...         cache.put({missing: "وصل".encode()}, group="news 3f2a")
    ...     cache.get([key])[key].decode()
    'وصل'
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        path = file_in(folder)
        self._claimant = claims.Claimant(path.parent)
        self._read = 0
        self._damaged: set[bytes] = set()
        self._said = 0  # how many damaged records were spoken of
        self._unreadable: set[bytes] = set()  # damaged, and not put again since
        self._file = SharedFile(path)
        self._ended = threading.Event()
        self._renewing: threading.Thread | None = None

    @property
    def path(self) -> Path:
        """The SQLite file."""
        return self._file.path

    @property
    def is_writable(self) -> bool:
        """Whether what is put is kept, as far as is known by now."""
        return self._file.writable

    @property
    def problems(self) -> list[str]:
        """What went wrong so far; each was said once, as a `CacheWarning`."""
        return list(self._file.problems)

    def get(self, keys: Sequence[str]) -> dict[str, bytes]:
        """The records of those keys that have one, in the order of the keys.

        A record that is not what was put is removed and counts as missing.
        """
        asked = _packed(keys)
        found: dict[bytes, bytes] = {}
        damaged: set[bytes] = set()

        def read(connection: sqlite3.Connection) -> None:
            for key, record in _rows(connection, asked):
                if record is None:
                    damaged.add(key)
                else:
                    found[key] = record

        with self._file.lock:
            self._file.attempt(read, None, writes=False)
            self._read += len(found) + len(damaged)
            self._unreadable.difference_update(found)
            if damaged:
                self._remove(damaged)
        return {asked[key]: found[key] for key in asked if key in found}

    def put(self, records: Mapping[str, bytes], *, group: str = "") -> None:
        """Keep records, all of them or none, in the place of those with the same keys.

        Parameters
        ----------
        records : mapping of str to bytes
            A record of more than 900 MB is not kept.
        group : str
            What `holdings.info` counts them under, and `holdings.clear` removes them by.
        """
        keys = _packed(records)
        rows = {key: records[name] for key, name in keys.items() if _fits(name, records[name])}

        def write(connection: sqlite3.Connection) -> None:
            connection.executemany(
                "INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?)",
                ((key, group, _checksum(key, value), value) for key, value in rows.items()),
            )
            self._claimant.release(connection, list(keys))
            self._unreadable.difference_update(rows)

        if len(rows) < len(keys):
            self._file.say(
                f"cache: a record of more than {LARGEST:,} bytes is not kept in {str(self.path)!r}."
            )
        self._write(write, None)

    def claim(self, keys: Sequence[str]) -> list[str]:
        """Those of the keys that are to be computed here and now.

        Each of the others has a record by now, or was claimed through another `Cache` whose
        process lives. Leave them to the end; then `get` them and `claim` what is still missing,
        again after a pause, until nothing is. A claim ends with `put`, `release` or `close`, with
        its process, and ten minutes after the process was stopped. Where the cache cannot be
        written to, all keys are given.
        """
        asked = _packed(keys)

        def take(connection: sqlite3.Connection) -> list[bytes]:
            return self._claimant.take(connection, list(asked), self._unreadable)

        given = self._write(take, list(asked))
        self._begin_to_renew()
        return [asked[key] for key in given]

    def release(self, keys: Sequence[str]) -> None:
        """Give up claims on keys whose records will not be put."""
        given_up = list(_packed(keys))
        self._write(lambda connection: self._claimant.release(connection, given_up), None)

    def close(self) -> None:
        """Give up all claims, and let go of the file."""
        self._ended.set()
        with self._file.lock:
            if self._file.is_ours:
                if self._claimant.is_alive:
                    self._write(self._claimant.release_all, None)
                self._claimant.leave()
                self._file.close()
                self._say_damaged()

    def __enter__(self) -> Self:
        """The cache itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def _write(self, work: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        with self._file.lock:
            done = self._file.attempt(work, otherwise, writes=True)
            if not self._file.writable:
                self._claimant.leave()  # others need not wait for records that will not come
            return done

    def _begin_to_renew(self) -> None:
        """Have a thread renew the claims, however long a record takes."""
        if self._renewing is None and self._claimant.is_alive:
            # the thread holds no cache, so that one which nobody closes ends with its last user
            renewing = (weakref.ref(self), self._ended)
            self._renewing = threading.Thread(target=_renewed, args=renewing, daemon=True)
            self._renewing.start()

    def renew(self) -> None:
        """Let the claims hold for longer; a thread does it while there are any."""
        with self._file.lock:
            if self._file.is_ours and self._claimant.is_alive:
                self._write(self._claimant.renew, None)

    def _remove(self, damaged: set[bytes]) -> None:
        """Remove records, unless another process has put good ones in their place."""
        self._unreadable.update(damaged)

        def remove(connection: sqlite3.Connection) -> None:
            still = [(key,) for key, record in _rows(connection, damaged) if record is None]
            connection.executemany("DELETE FROM records WHERE key = ?", still)

        self._write(remove, None)
        self._damaged.update(damaged)
        if not self._said:  # how many they are in all is said at the end
            self._say_damaged()

    def _say_damaged(self) -> None:
        count = len(self._damaged)
        if count > self._said:
            self._said = count
            were = "was damaged and is" if count == 1 else "were damaged and are"
            self._file.say(
                f"cache: {count:,} of {self._read:,} records in {str(self.path)!r} {were} computed "
                "again."
            )


def _renewed(cache: "weakref.ref[Cache]", ended: threading.Event) -> None:
    while not ended.wait(claims.RENEWAL):
        held = cache()
        if held is None:
            return
        held.renew()
        del held


def _rows(
    connection: sqlite3.Connection, keys: Iterable[bytes]
) -> Iterator[tuple[bytes, bytes | None]]:
    """Key and record of those that are there; no record where it is not what was put."""
    select = "SELECT key, checksum, value FROM records"
    for key, checksum, record in database.among(connection, select, list(keys)):
        is_whole = isinstance(record, bytes) and _checksum(key, record) == checksum
        yield key, record if is_whole else None


def _packed(keys: Iterable[str]) -> dict[bytes, str]:
    """Each key as it is kept, once, in order, with itself."""
    if isinstance(keys, str):
        raise ValueError("cache: the keys are one string; pass a list of keys.")
    packed = {}
    for key in keys:
        if not (isinstance(key, str) and KEY.fullmatch(key)):
            raise ValueError(f"cache: {key!r} is no key; a key is 64 digits of 0-9 and a-f.")
        packed[bytes.fromhex(key)] = key
    return packed


def _fits(key: str, record: bytes) -> bool:
    if not isinstance(record, bytes):
        raise ValueError(
            f"cache: the record of {key} is of type {type(record).__name__}, not bytes."
        )
    return len(record) <= LARGEST


def _checksum(key: bytes, record: bytes) -> bytes:
    return hashlib.blake2b(record, key=key, digest_size=16).digest()
