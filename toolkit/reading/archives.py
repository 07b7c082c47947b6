"""Texts in zip and tar archives and in compressed files, read where they lie.

Nothing is unpacked to disk. A member whose name leads out of the archive, a link, a device, an
archive in an archive, and data that would swell beyond measure are named and not read.
"""

import bz2
import gzip
import io
import lzma
import re
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from itertools import count
from pathlib import Path
from typing import IO, Any, BinaryIO, NamedTuple, cast

from toolkit.reading.decoding import Unreadable

COMPRESSED: dict[str, Callable[..., Any]] = {
    ".gz": gzip.open,
    ".bz2": bz2.open,
    ".xz": lzma.open,
}
TAR = re.compile(r".*\.(?:tar|t(?:ar\.)?gz|t(?:ar\.)?bz2?|t(?:ar\.)?xz)", re.IGNORECASE)
ZIP = re.compile(r".*\.zip", re.IGNORECASE)
UNSAFE_NAME = re.compile(r"/|[A-Za-z]:|(?:.*/)?\.\.(?:/|$)|.*[\0\n\r]", re.DOTALL)

# Arabic text shrinks to a fifth, a table of repeated lines to a fiftieth. Deflate can do a
# thousandth, and what shrinks so far was made to fill the memory.
HIGHEST_RATIO = 200
# Below this size nothing can harm, however far it shrank.
HARMLESS = 50_000_000
LARGEST_TOTAL = 100_000_000_000
MOST_MEMBERS = 1_000_000
# One document is never larger; tables are read row by row and have no limit.
LARGEST_DOCUMENT = 300_000_000

DAMAGED = (
    OSError,
    EOFError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    tarfile.TarError,
)
# What zipfile and tarfile trip over in a damaged file: a version or a kind of compression from
# the future, a name that is no text, a place before the beginning of the file, a cut field.
TRIPPED = (NotImplementedError, ValueError, IndexError, OverflowError, struct.error)
# What a member is called that has no name.
NAMELESS = "(no name)"


class Member(NamedTuple):
    """A file in an archive: its number there, its name, and why it is not read (what, detail)."""

    number: int
    name: str
    problem: tuple[str, str] | None


class Source(NamedTuple):
    """Bytes that can be read once.

    Attributes
    ----------
    size : int
        How many there are, or as many as the archive says; -1 where nobody knows before.
    open : callable
        Gives them as a binary file; whoever asks closes it.
    """

    size: int
    open: Callable[[], BinaryIO]

    def read(self) -> bytes:
        """All bytes, where they are few enough for one document."""
        if self.size > LARGEST_DOCUMENT:
            raise Unreadable("too large", _too_large(f"{self.size:,} bytes"))
        with understood(), self.open() as file:
            data = file.read(LARGEST_DOCUMENT + 1)
        if len(data) > LARGEST_DOCUMENT:
            raise Unreadable("too large", _too_large("the unpacked bytes"))
        return data

    def seekable(self) -> BinaryIO:
        """A file in which one can go back: that on disk, or the bytes in memory."""
        with understood():
            file = self.open()
        if isinstance(file, io.BufferedReader) and isinstance(file.raw, io.FileIO):
            return file
        file.close()
        return io.BytesIO(self.read())


def _too_large(what: str) -> str:
    return (
        f"{what} are more than one document may have ({LARGEST_DOCUMENT:,}); split it, or make it "
        "a table of documents (.jsonl, .csv, .parquet), which is read row by row"
    )


def is_archive(name: str) -> bool:
    """Whether a file is an archive by its name.

    Examples
    --------
    >>> is_archive("news.tar.gz"), is_archive("NEWS.ZIP"), is_archive("news.jsonl.gz")
    (True, True, False)
    """
    return bool(ZIP.fullmatch(name) or TAR.fullmatch(name))


def source_of_file(path: Path) -> Source:
    """The bytes of a file, unpacked where its name ends in ``.gz``, ``.bz2`` or ``.xz``."""
    if path.suffix.lower() in COMPRESSED:
        return Source(-1, lambda: cast(BinaryIO, io.BufferedReader(_unpacked(path))))
    try:
        size = path.stat().st_size
    except OSError:
        size = -1  # opening it says why
    return Source(size, lambda: path.open("rb"))


@contextmanager
def understood() -> Iterator[None]:
    """Turn what the readers of archives raise into `Unreadable`."""
    try:
        yield
    except DAMAGED as error:
        reason = getattr(error, "strerror", None)
        if reason:
            raise Unreadable("cannot be opened", reason) from error
        raise Unreadable("damaged", str(error) or type(error).__name__) from error


@contextmanager
def opening() -> Iterator[None]:
    """As `understood`, where only the reader of an archive is at work: it may trip anywhere."""
    try:
        with understood():
            yield
    except Unreadable:
        raise
    except TRIPPED as error:
        raise Unreadable("damaged", str(error) or type(error).__name__) from error


class _Limited(io.RawIOBase):
    """A stream of unpacked bytes that ends with an error where they become too many."""

    def __init__(self, file: IO[bytes], packed: int, *, owner: BinaryIO | None = None) -> None:
        self.file, self.owner = file, owner
        self.left = min(max(packed * HIGHEST_RATIO, HARMLESS), LARGEST_TOTAL)
        self.given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        with opening():
            data = self.file.read(len(buffer))
        self.left -= len(data)
        self.given += len(data)
        if self.left < 0:
            raise Unreadable("bomb", f"it swells to more than {HIGHEST_RATIO} times its size")
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        for file in (self.file, self.owner):
            if file is not None:
                file.close()
        super().close()


def _unpacked(path: Path) -> _Limited:
    with understood():
        raw = path.open("rb")
        unpack = COMPRESSED.get(path.suffix.lower())
        packed = path.stat().st_size
    return _Limited(raw if unpack is None else unpack(raw), packed, owner=raw)


def members(path: Path) -> Iterator[Member]:
    """The files in an archive, in a fixed order: of a zip by name, of a tar as they stand in it.

    Raises
    ------
    Unreadable
        The archive is damaged, or swells beyond measure.
    """
    with understood():
        if ZIP.fullmatch(path.name):
            with zip_of(path) as archive:
                yield from _zip_members(archive, path)
        else:
            with _tar(path) as (tar, data):
                yield from _tar_members(tar)
                _refuse_cut(tar, data)


def zip_of(file: Path | BinaryIO) -> zipfile.ZipFile:
    """A zip file, or `Unreadable` where it is none."""
    with opening():
        return zipfile.ZipFile(file)


def _zip_members(archive: zipfile.ZipFile, path: Path) -> Iterator[Member]:
    infos = archive.infolist()
    refuse_bomb(infos, path.stat().st_size)
    found = [
        Member(number, name := _zip_name(info), _zip_problem(info, name))
        for number, info in enumerate(infos, 1)
        if not info.filename.endswith("/")
    ]
    yield from sorted(found, key=lambda member: (member.name, member.number))


def refuse_bomb(infos: Sequence[zipfile.ZipInfo], size: int) -> None:
    """Raise `Unreadable` for a zip file of this size whose members swell beyond measure."""
    total = sum(info.file_size for info in infos)
    if len(infos) > MOST_MEMBERS:
        raise Unreadable("bomb", f"it has {len(infos):,} members, more than {MOST_MEMBERS:,}")
    if total > min(max(size * HIGHEST_RATIO, HARMLESS), LARGEST_TOTAL):
        raise Unreadable("bomb", f"its {size:,} bytes would swell to {total:,}")


def _zip_name(info: zipfile.ZipInfo) -> str:
    """The name of a member; where it is not marked as UTF-8, but is, it is read so."""
    name = info.filename
    if not info.flag_bits & 0x800:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return name.replace("\\", "/") or NAMELESS


def _zip_problem(info: zipfile.ZipInfo, name: str) -> tuple[str, str] | None:
    mode = info.external_attr >> 16
    if stat.S_ISLNK(mode):
        return "link", "a link is not followed"
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "no file", "it is no file, but a device or the like"
    if info.flag_bits & 0x1:
        return "encrypted", "it is encrypted; unpack it with its password"
    if info.file_size > max(info.compress_size * HIGHEST_RATIO, HARMLESS):
        return "bomb", f"its {info.compress_size:,} bytes would swell to {info.file_size:,}"
    return _name_problem(name)


def _name_problem(name: str) -> tuple[str, str] | None:
    if UNSAFE_NAME.match(name):
        return "unsafe name", "its name leads out of the archive"
    if is_archive(name) or Path(name).suffix.lower() in COMPRESSED:
        return "archive", "an archive in an archive is not opened; unpack the outer one"
    return None


@contextmanager
def _tar(path: Path) -> Iterator[tuple[tarfile.TarFile, _Limited]]:
    """A tar file read from its beginning to its end, unpacked on the way."""
    packed = {"tgz": ".gz", "tbz": ".bz2", "tbz2": ".bz2", "txz": ".xz"}
    suffix = path.suffix.lower()
    suffix = packed.get(suffix[1:], suffix)
    with path.open("rb") as raw:
        unpack = COMPRESSED.get(suffix)
        data = _Limited(raw if unpack is None else unpack(raw), path.stat().st_size)
        with opening():
            buffer = cast(Any, io.BufferedReader(data))
            tar = tarfile.open(fileobj=buffer, mode="r|")  # noqa: SIM115 - closed below
        with tar:
            yield tar, data


def _infos(tar: tarfile.TarFile) -> Iterator[tuple[int, tarfile.TarInfo]]:
    """The members of a tar file with their numbers; no list of them is kept, for it may be long."""
    for number in count(1):
        with opening():
            info = tar.next()
        if info is None:
            return
        vars(tar)["members"] = []
        yield number, info


def _tar_members(tar: tarfile.TarFile) -> Iterator[Member]:
    for number, info in _infos(tar):
        if number > MOST_MEMBERS:
            raise Unreadable("bomb", f"it has more than {MOST_MEMBERS:,} members")
        if not info.isdir():
            yield Member(number, _plain(info.name), _tar_problem(info))


def _refuse_cut(tar: tarfile.TarFile, data: _Limited) -> None:
    """Raise `Unreadable` for a tar that was cut between two members, which tarfile passes over."""
    if data.given < tar.offset + tarfile.BLOCKSIZE:
        raise Unreadable("damaged", "it has no end mark: what stood behind is lost")


def _plain(name: str) -> str:
    """A name in characters that can be written, without ``./`` before it."""
    written = name.replace("\\", "/").encode("utf-8", "surrogateescape")
    shown = written.decode("utf-8", "backslashreplace")
    return shown.removeprefix("./") or NAMELESS


def _tar_problem(info: tarfile.TarInfo) -> tuple[str, str] | None:
    if info.issym() or info.islnk():
        return "link", "a link is not followed"
    if not info.isreg() or info.issparse():
        return "no file", "it is no file, but a device or the like"
    return _name_problem(_plain(info.name))


def sources(path: Path, numbers: Sequence[int]) -> Iterator[Source]:
    """The sources of some members of an archive, in the order of `members`.

    A source can be read until the next one is asked for.
    """
    with understood():
        if ZIP.fullmatch(path.name):
            yield from _zip_sources(path, numbers)
        else:
            yield from _tar_sources(path, numbers)


def _zip_sources(path: Path, numbers: Sequence[int]) -> Iterator[Source]:
    with zip_of(path) as archive:
        infos = archive.infolist()
        for number in numbers:
            yield source_of_member(archive, infos[number - 1])


def _tar_sources(path: Path, numbers: Sequence[int]) -> Iterator[Source]:
    wanted = set(numbers)
    with _tar(path) as (tar, _):
        for number, info in _infos(tar):
            if number in wanted:
                wanted.remove(number)
                yield Source(info.size, partial(_tar_member, tar, info))
            if not wanted:
                return


def source_of_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Source:
    """The bytes of one member of an open zip file."""
    return Source(info.file_size, partial(_zip_member, archive, info))


def _zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> BinaryIO:
    try:
        with opening():
            return _guarded(archive.open(info))
    except RuntimeError as error:  # a password
        raise Unreadable("damaged", str(error)) from error


def _tar_member(tar: tarfile.TarFile, info: tarfile.TarInfo) -> BinaryIO:
    with opening():
        file = tar.extractfile(info)
    if file is None:
        raise Unreadable("no file", "it is no file, but a device or the like")
    return _guarded(file)


def _guarded(file: IO[bytes]) -> BinaryIO:
    """A member whose damage is `Unreadable`."""
    # its size was checked, and that of the archive is counted
    return cast(BinaryIO, io.BufferedReader(_Limited(file, LARGEST_TOTAL)))
