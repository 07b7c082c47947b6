"""Where texts lie: files, folders, patterns of paths and archives, as sources in a fixed order."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, count, groupby
from pathlib import Path
from typing import BinaryIO, NamedTuple

from toolkit.reading import archives, folders, formats
from toolkit.reading.archives import Source
from toolkit.reading.decoding import Unreadable
from toolkit.reading.folders import STAGE, Problem, is_content, printable

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]


class Place(NamedTuple):
    """Where one source lies.

    Attributes
    ----------
    name : str
        Its path below the folder or the archive that was given, with forward slashes.
    path : Path
        The file, or the archive that it is in.
    member : int or None
        Its number in the archive.
    """

    name: str
    path: Path
    member: int | None = None


def places(function: str, paths: Paths) -> tuple[list[Place], list[Problem]]:
    """Where the sources of some paths lie, in a fixed order, and a problem row for what is none.

    Hidden files and files that describe a folder (README, LICENSE, CITATION ...) are neither.
    """
    given = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    found: list[Place] = []
    problems: list[Problem] = []
    whole = {
        folders.real_path(path): printable(Path(path)) for path in given if Path(path).is_dir()
    }
    for path in given:
        for file in _files(function, path, problems, whole):
            _sort_in(file, found, problems)
    return found, problems


class _File(NamedTuple):
    """A file, its name below what was given, and whether it was itself given."""

    name: str
    path: Path
    is_given: bool = False


def _files(
    function: str,
    given: str | os.PathLike[str],
    problems: list[Problem],
    whole: dict[str, str],
) -> Iterator[_File]:
    """The files that a path stands for; a pattern stands for what it matches."""
    path, written = Path(given), os.fspath(given)
    if path.is_dir():
        yield from _below(path, folders.in_folder(path, problems, whole))
    elif path.exists():
        yield _File(printable(Path(path.name)), path, is_given=True)
    else:
        is_pattern = bool(folders.IS_PATTERN.search(written))
        before = len(problems)
        matches = folders.matching(written, problems, whole) if is_pattern else []
        if not matches and len(problems) == before:
            what = "file matches" if is_pattern else "file or folder"
            raise FileNotFoundError(f"{function}: no {what} {written!r}.")
        yield from _below(folders.fixed_part(written), matches)


def _below(base: Path, paths: Iterable[Path]) -> Iterator[_File]:
    return (_File(printable(path.relative_to(base)), path) for path in paths)


def _sort_in(file: _File, found: list[Place], problems: list[Problem]) -> None:
    """Add a file, or what is in it where it is an archive, to the places or to the problems."""
    name, path, is_given = file
    if not archives.is_archive(name):
        if is_given or formats.is_known(name):
            found.append(Place(name, path))
        else:
            problems.append((name, STAGE, "format", formats.unread(name)))
        return
    try:
        for member in archives.members(path):
            _sort_member("" if is_given else f"{name}/", member, path, found, problems)
    except Unreadable as reason:
        problems.append((name, STAGE, reason.what, reason.detail))


def _sort_member(
    prefix: str,
    member: archives.Member,
    file: Path,
    found: list[Place],
    problems: list[Problem],
) -> None:
    name = prefix + member.name
    if not is_content(member.name):
        return
    if member.problem:
        problems.append((name, STAGE, *member.problem))
    elif not formats.is_known(member.name):
        problems.append((name, STAGE, "format", formats.unread(member.name)))
    else:
        found.append(Place(name, file, member.number))


def opened(found: Sequence[Place]) -> Iterator[tuple[Place, Source]]:
    """Each place with its source, which can be read until the next one is asked for."""
    for path, group in groupby(found, key=lambda place: place.path if place.member else None):
        if path is None:
            for place in group:
                yield place, archives.source_of_file(place.path)
        else:
            yield from _members(path, list(group))


def _members(path: Path, group: Sequence[Place]) -> Iterator[tuple[Place, Source]]:
    """The places in one archive; where it breaks off, sources that say so."""
    sources = archives.sources(path, [place.member or 0 for place in group])
    reason = Unreadable("damaged", "the archive ends before it")
    for place in group:
        try:
            source = next(sources, None)
        except Unreadable as error:
            source, reason = None, error
        yield place, source or Source(-1, partial(_fail, reason))


def _fail(reason: Unreadable) -> BinaryIO:
    raise reason


def short_names(names: Sequence[str]) -> list[str]:
    """Paths without their suffix, where that is unique.

    Examples
    --------
    >>> short_names(["a.txt", "b.txt", "b.md"])
    ['a', 'b.txt', 'b.md']
    """
    stems = [formats.stem(name) for name in names]
    counts = Counter(stems)
    shorter = [stem if counts[stem] == 1 else name for stem, name in zip(stems, names, strict=True)]
    if len(set(shorter)) == len(shorter):
        return shorter
    unique: dict[str, None] = {}  # in order
    for name in names:
        copies = (f"{name}#{number}" for number in count(2))
        unique[next(copy for copy in chain([name], copies) if copy not in unique)] = None
    return list(unique)
