"""How official models get here: over HTTP, resumed, checked, installed as a whole or not at all.

What is unfinished lies in a folder of its own inside the target, which neither `models.resolve` nor
Stanza looks into; the target itself changes only when every file has arrived and has its hash.
"""

import json
import os
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import filelock
import requests
from tqdm import tqdm

from toolkit.keeping.storage import hash_file
from toolkit.models import LANGUAGE, MANUAL, MD5

UNFINISHED = ".mudawwana-download"
TIMEOUT = (10, 60)  # seconds without an answer: to connect, and between two pieces
PIECE = 1 << 16  # bytes
LARGEST_LISTING = 1 << 26  # bytes; Stanza's has less than a hundredth of that
MD5_HEX = re.compile(r"[0-9a-f]{32}")
RANGE = re.compile(r"bytes (\d+)-")
KINDS = (ConnectionError, FileNotFoundError, OSError)


@dataclass(frozen=True)
class Listing:
    """A parsed ``resources.json``, its address, and the pattern of a model's address."""

    resources: dict[str, Any]
    address: str
    pattern: str

    def md5(self, kind: str, model: str) -> str:
        """The hash that the list states for a model."""
        try:
            stated = str(self.resources[LANGUAGE][kind][model]["md5"])
        except (KeyError, TypeError) as error:
            raise ValueError(
                f"download: {self.address} lists no {kind}/{model} with an md5."
            ) from error
        if not MD5_HEX.fullmatch(stated):
            raise ValueError(
                f"download: {self.address} states no md5 of {kind}/{model} but {stated!r}."
            )
        return stated

    def model_address(self, kind: str, model: str) -> str:
        """Where a model is fetched from."""
        in_language = self.pattern.replace("{lang}", LANGUAGE)
        return in_language.replace("{filename}", f"{kind}/{model}.pt")


@contextmanager
def advice(folder: Path) -> Iterator[None]:
    """Errors that end in what to do: go on from what has arrived, or the way without a network."""
    try:
        yield
    except (OSError, ValueError) as error:
        reason = str(error)
        if isinstance(error, OSError) and error.strerror:
            reason = f"download: cannot write to {str(folder)!r} ({error.strerror})."
        size = 0
        with suppress(OSError):  # the folder may be closed to us
            size = sum(path.stat().st_size for path in (folder / UNFINISHED).glob("*.part"))
        kept = f" The {size:,} bytes that have arrived are kept; the same call goes on from there."
        kind = next((kind for kind in KINDS if isinstance(error, kind)), ValueError)
        raise kind(f"{reason}{kept if size else ''} {MANUAL}") from error


def listing(source: str | None = None) -> Listing:
    """The list of models of a mirror, by default of the source of the installed Stanza."""
    if source is not None:
        return _mirrored(source)
    from toolkit.annotating import loading

    places = loading.stanza_places()
    address, resources = _list(places.resources, f"resources_{places.version}.json")
    pattern = places.models
    if pattern.lower() == "default":
        pattern = str(resources.get("url"))
    return Listing(resources, address, pattern.replace("{resources_version}", places.version))


def _mirrored(source: str) -> Listing:
    """The list of a copied directory, or of one that has lists for several versions of Stanza."""
    try:
        address, resources = _list(source, "resources.json")
    except FileNotFoundError:
        from toolkit.annotating import loading

        version = loading.stanza_places().version
        address, resources = _list(source, f"resources_{version}.json")
    return Listing(resources, address, source.rstrip("/") + "/{lang}/{filename}")


def _list(folder: str, name: str) -> tuple[str, dict[str, Any]]:
    """Address, as it may be shown, and content of a list."""
    _check_address(folder)
    address = f"{folder.rstrip('/')}/{name}"
    content = _limited(_answer(address))
    address = _shown(address)
    try:
        resources = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"download: {address} is no list of Stanza models ({error}).") from error
    if not isinstance(resources, dict):
        raise ValueError(
            f"download: {address} is no list of Stanza models but a {type(resources).__name__}."
        )
    return address, resources


def _check_address(address: str) -> None:
    try:
        known = urlsplit(address).scheme in ("http", "https") and bool(urlsplit(address).hostname)
    except ValueError:
        known = False
    if not known:
        raise ValueError(
            f"download: {address!r} is no http or https address; a directory needs no download, "
            "name it as models."
        )


def install(
    listing: Listing,
    wanted: list[tuple[str, str]],
    folder: Path,
    *,
    progress: bool | None = None,
) -> None:
    """The wanted models in a folder: those that are not there are fetched, then all appear."""
    hashes = {(kind, model): listing.md5(kind, model) for kind, model in wanted}
    is_new = not folder.exists()
    unfinished = folder / UNFINISHED
    unfinished.mkdir(parents=True, exist_ok=True)
    lock = _lock(unfinished)
    is_done = False
    try:
        _merged(folder, listing, wanted)  # a damaged list is found before the long part
        moves = {}
        for (kind, model), md5 in hashes.items():
            target = folder / LANGUAGE / kind / f"{model}.pt"
            if target.is_file() and hash_file(target, MD5) == md5:
                continue
            part = unfinished / f"{kind}-{model}-{md5}.part"
            _fetch(listing.model_address(kind, model), part, md5, progress=progress)
            moves[part] = target
        _appear(moves, folder, _merged(folder, listing, wanted))
        is_done = True
    finally:
        # an earlier model that could not be moved back lies there too, under .old
        if is_done or (not any(unfinished.glob("*.part")) and not any(unfinished.glob("*.old"))):
            _clear(unfinished, lock)
        lock.release()
        if is_new:
            with suppress(OSError):
                folder.rmdir()  # where nothing has arrived


def _lock(unfinished: Path) -> filelock.BaseFileLock:
    """Two processes must not write into one unfinished file."""
    lock = filelock.FileLock(unfinished / "lock")
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout as error:
        raise OSError(
            f"download: another process is downloading into {str(unfinished.parent)!r}; wait for "
            "it."
        ) from error
    return lock


def _clear(unfinished: Path, lock: filelock.BaseFileLock) -> None:
    """Remove the unfinished folder while it is ours alone."""
    held = Path(lock.lock_file)
    with suppress(OSError):
        for path in unfinished.iterdir():
            if path != held:
                path.unlink()
        # While it is held: whoever waits for it sees that the file is gone, and makes a new one.
        # Windows does not let go of an open file; there an empty folder stays until the next call.
        held.unlink()
        unfinished.rmdir()


def _fetch(address: str, part: Path, md5: str, *, progress: bool | None) -> None:
    """The file at an address, whole and with the right hash; a part of it is gone on from."""
    if part.is_file() and hash_file(part, MD5) == md5:
        return
    begun_at = _transfer(address, part, progress=progress)
    if begun_at and hash_file(part, MD5) != md5:
        # the file at the address may have changed since the part was fetched
        part.unlink()
        _transfer(address, part, progress=progress)
    found = hash_file(part, MD5)
    if found != md5:
        part.unlink()
        raise ValueError(
            f"download: {_shown(address)} is not the file that is listed (its md5 is {found}, not "
            f"{md5}); it was not kept. Try again later, or take another source."
        )


def _transfer(address: str, part: Path, *, progress: bool | None) -> int:
    """Write what is missing of a file, and return the position from which it was sent."""
    begin_at = part.stat().st_size if part.is_file() else 0
    response = _answer(address, begin_at)
    if begin_at and not _goes_on(response, begin_at):
        begin_at = 0
        if response.status_code != requests.codes.ok:
            response.close()
            response = _answer(address)
    length = response.headers.get("Content-Length", "")
    with (
        response,
        part.open("ab" if begin_at else "wb") as file,
        tqdm(
            desc="/".join(urlsplit(address).path.split("/")[-2:]),
            total=begin_at + int(length) if length.isdecimal() else None,
            initial=begin_at,
            unit="B",
            unit_scale=True,
            disable=None if progress is None else not progress,
        ) as bar,
    ):
        for piece in _pieces(response):
            file.write(piece)
            bar.update(len(piece))
        file.flush()
        os.fsync(file.fileno())  # its name will say that it is whole
    return begin_at


def _goes_on(response: requests.Response, begin_at: int) -> bool:
    """Whether the server sends the rest; it may ignore the request, or have a shorter file."""
    sent = RANGE.match(response.headers.get("Content-Range", ""))
    partial = response.status_code == requests.codes.partial_content
    return partial and sent is not None and int(sent[1]) == begin_at


def _answer(address: str, begin_at: int = 0) -> requests.Response:
    """The response to a request, whose body has not been read yet."""
    headers = {"Accept-Encoding": "identity"}  # positions count the bytes of the file itself
    good = [requests.codes.ok]
    if begin_at:
        headers["Range"] = f"bytes={begin_at}-"
        good += [requests.codes.partial_content, requests.codes.range_not_satisfiable]
    try:
        response = requests.get(address, headers=headers, stream=True, timeout=TIMEOUT)
    except requests.RequestException as error:
        raise ConnectionError(
            f"download: {_shown(address)} cannot be reached ({_reason(error)})."
        ) from error
    if response.status_code not in good:
        response.close()
        missing = response.status_code in (requests.codes.not_found, requests.codes.gone)
        raise (FileNotFoundError if missing else ConnectionError)(
            f"download: {_shown(address)} answers {response.status_code} {response.reason}."
        )
    return response


def _pieces(response: requests.Response) -> Iterator[bytes]:
    """The body of a response, piece by piece."""
    size = 0
    try:
        for piece in response.iter_content(PIECE):
            size += len(piece)
            yield piece
    except requests.RequestException as error:
        raise ConnectionError(
            f"download: {_shown(response.url)} was cut off after {size:,} bytes ({_reason(error)})."
        ) from error


def _limited(response: requests.Response) -> bytes:
    content = bytearray()
    with response:
        for piece in _pieces(response):
            content += piece
            if len(content) > LARGEST_LISTING:
                raise ValueError(f"download: {_shown(response.url)} is too large for a list.")
    return bytes(content)


def _reason(error: BaseException) -> str:
    """What lies under the error of the HTTP library, without the objects that it prints."""
    while (cause := error.__cause__ or error.__context__) is not None:
        error = cause
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


def _shown(address: str) -> str:
    """An address without the password in it."""
    shown: str = requests.utils.urldefragauth(address)
    return shown


def _merged(folder: Path, listing: Listing, wanted: list[tuple[str, str]]) -> bytes:
    """The ``resources.json`` of a folder with the models that are going to be there.

    Other languages stay as they are. The entry of an Arabic model that is there and is not among
    the wanted ones describes its file, so it stays too; all else comes from the new list.
    """
    path = folder / "resources.json"

    def describes_its_file(kind: str, model: str) -> bool:
        there = (folder / LANGUAGE / kind / f"{model}.pt").is_file()
        return there and (kind, model) not in wanted

    try:
        there = json.loads(path.read_bytes()) if path.exists() else {}
        merged = listing.resources | there
        arabic = merged[LANGUAGE] = dict(there.get(LANGUAGE, {}))
        for kind, fresh in listing.resources[LANGUAGE].items():
            if isinstance(fresh, dict):
                arabic[kind] = fresh | {
                    model: entry
                    for model, entry in arabic.get(kind, {}).items()
                    if model not in fresh or describes_its_file(kind, model)
                }
            else:
                arabic[kind] = fresh
    except (TypeError, ValueError, AttributeError, RecursionError) as error:
        raise ValueError(
            f"download: {str(path)!r} is damaged ({error}); move it away and try again."
        ) from error
    return json.dumps(merged, ensure_ascii=False, indent=2).encode()


def _appear(moves: dict[Path, Path], folder: Path, resources: bytes) -> None:
    """Move the finished files to their places; where one move fails, all are taken back."""
    listed, written = folder / "resources.json", folder / UNFINISHED / "resources.json"
    if not moves and listed.is_file() and listed.read_bytes() == resources:
        return
    written.write_bytes(resources)
    with ExitStack() as undo:
        for part, target in moves.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.exists():
                _move(target, part.with_suffix(".old"), undo)
            _move(part, target, undo)
        os.replace(written, listed)
        undo.pop_all()


def _move(path: Path, target: Path, undo: ExitStack) -> None:
    os.replace(path, target)
    undo.callback(os.replace, target, path)
