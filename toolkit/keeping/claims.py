"""Who computes what: keys that one process has claimed, so that others leave them to the end.

A claim holds while its owner lives and works. An owner lives as long as it holds the lock on a file
of its own, which the system lets go of when a process ends, however it ends. It works as long as it
renews its claims: those of a process that is stopped lapse after `LAPSE` seconds.
"""

import re
import sqlite3
import time
import uuid
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path

import filelock

from toolkit.keeping.database import among

LAPSE = 600  # seconds after which a claim that is not renewed no longer holds
RENEWAL = 60  # seconds between renewals
NAME = re.compile(r"[0-9a-f]{32}")
PREFIX, SUFFIX = "claims-", ".lock"


class Claimant:
    """One that claims keys, with the file whose lock shows that it lives."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.name = uuid.uuid4().hex
        self._lock: filelock.BaseFileLock | None = None

    @property
    def is_alive(self) -> bool:
        """Whether others may wait for it."""
        return self._lock is not None

    def take(
        self,
        connection: sqlite3.Connection,
        keys: Sequence[bytes],
        unreadable: Collection[bytes],
    ) -> list[bytes]:
        """The keys that have no readable record and are not claimed by another; they are ours now.

        To be called within a transaction.
        """
        now = time.time()
        self._appear()
        connection.execute(  # a clock may have been set back
            "DELETE FROM claims WHERE since NOT BETWEEN ? AND ?", (now - LAPSE, now + LAPSE)
        )
        for (owner,) in connection.execute("SELECT DISTINCT owner FROM claims").fetchall():
            if owner != self.name and not self._knows_alive(owner):
                connection.execute("DELETE FROM claims WHERE owner = ?", (owner,))
        done = {row[0] for row in among(connection, "SELECT key FROM records", keys)}
        claimed = among(connection, "SELECT key, owner FROM claims", keys)
        others = {key for key, owner in claimed if owner != self.name}
        ours = [key for key in keys if key not in others and (key not in done or key in unreadable)]
        connection.executemany(
            "INSERT OR REPLACE INTO claims VALUES (?, ?, ?)",
            [(key, self.name, now) for key in ours],
        )
        return ours

    def renew(self, connection: sqlite3.Connection) -> None:
        """Let all claims hold for longer."""
        connection.execute("UPDATE claims SET since = ? WHERE owner = ?", (time.time(), self.name))

    def release(self, connection: sqlite3.Connection, keys: Sequence[bytes]) -> None:
        """Give up the claims on some keys."""
        if self.is_alive:
            connection.executemany(
                "DELETE FROM claims WHERE key = ? AND owner = ?", [(key, self.name) for key in keys]
            )

    def release_all(self, connection: sqlite3.Connection) -> None:
        """Give up all claims."""
        connection.execute("DELETE FROM claims WHERE owner = ?", (self.name,))

    def _knows_alive(self, owner: object) -> bool:
        is_name = isinstance(owner, str) and NAME.fullmatch(owner)  # else the claim is damaged
        return bool(is_name) and _is_alive(_file_of(self.folder, str(owner)))

    def _appear(self) -> None:
        """Be alive for others; remove the files of those who ended without a word."""
        if self._lock is not None:
            return
        for path in self.folder.glob(f"{PREFIX}*{SUFFIX}"):
            _is_alive(path)
        lock = filelock.FileLock(_file_of(self.folder, self.name), thread_local=False)
        lock.acquire(timeout=0)
        self._lock = lock

    def leave(self) -> None:
        """Be dead for others."""
        if self._lock is not None:
            _remove(self._lock)
            self._lock = None


def _file_of(folder: Path, name: str) -> Path:
    return folder / f"{PREFIX}{name}{SUFFIX}"


def _is_alive(path: Path) -> bool:
    """Whether the lock on a file is held; the file of the dead is removed."""
    if not path.exists():
        return False
    lock = filelock.FileLock(path)
    try:
        lock.acquire(timeout=0)
    except (OSError, NotImplementedError):  # also where it cannot be told: claims lapse
        return True
    _remove(lock)
    return False


def _remove(lock: filelock.BaseFileLock) -> None:
    with suppress(OSError):
        Path(lock.lock_file).unlink()  # Windows removes no open file; there it stays until later
    with suppress(OSError):
        lock.release()
    with suppress(OSError):
        Path(lock.lock_file).unlink()
