"""Which Stanza models to use: the bundled ones, Stanza's official ones, or a directory.

This module only looks at files; `loading` loads them, `download` fetches and installs them.
"""

import hashlib
import json
import os
import re
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from toolkit.keeping.storage import hash_file

LANGUAGE = "ar"
PROCESSORS = ("tokenize", "mwt", "pos", "lemma", "ner")
NAMES = ("news", "official")
OFFICIAL_PACKAGE = "default"
MD5 = partial(hashlib.md5, usedforsecurity=False)  # what Stanza states for its files
# A kind or a name of a model becomes part of a path and of an address.
MODEL_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+-]*")
MANUAL = (
    "Without the network: copy Stanza's resources directory with the Arabic models "
    f"(resources.json and {LANGUAGE}/) from another machine and name it in STANZA_RESOURCES_DIR."
)


@dataclass(frozen=True)
class ModelSet:
    """A complete set of Arabic Stanza models on disk.

    Attributes
    ----------
    name : str
        ``news``, ``official`` or the name of the directory.
    folder : Path
        Directory in Stanza's resource layout, with its ``resources.json``.
    package : str
        The package of that directory; ``stanza.Pipeline("ar", dir=folder, package=package,
        download_method=None)`` loads the same models.
    files : dict
        For each model (``pos/news``, ``pretrain/news``), its file and the sha256 of its bytes.
    """

    name: str
    folder: Path
    package: str
    files: dict[str, dict[str, str]]

    @property
    def fingerprint(self) -> str:
        """One hash for all files: equal fingerprints, equal models."""
        lines = "".join(f"{key} {file['sha256']}\n" for key, file in sorted(self.files.items()))
        return hashlib.sha256(lines.encode()).hexdigest()


def bundled_dir() -> Path:
    """The directory of the models that ship with the package, in Stanza's layout.

    Examples
    --------
    >>> bundled_dir().name
    'resources'
    """
    return Path(__file__).parent / "resources"


def official_dirs() -> list[Path]:
    """Where official models are looked for, in this order; the first is where they are installed.

    ``STANZA_RESOURCES_DIR`` alone where it is set; else the usual place of the installed Stanza,
    and ``stanza_resources`` in the home directory, the place of versions before it.
    """
    named = os.environ.get("STANZA_RESOURCES_DIR")
    if named:
        return [Path(named)]
    from toolkit.annotating import loading

    return [loading.stanza_places().folder, Path.home() / "stanza_resources"]


def resolve(models: str | os.PathLike[str] = "news", *, package: str | None = None) -> ModelSet:
    """The models that a name or a directory stands for, checked to be there and whole.

    Parameters
    ----------
    models : str or path
        ``"news"``, the bundled set; ``"official"``, Stanza's default Arabic package from
        ``STANZA_RESOURCES_DIR`` or its usual place, where `download` puts it; or any directory in
        Stanza's layout.
    package : str, optional
        Which package of a directory; needed where it has several and none is ``news`` or
        ``default``.

    Returns
    -------
    ModelSet
        Its files are hashed; each file whose md5 the directory's ``resources.json`` states
        agrees with it.

    Raises
    ------
    FileNotFoundError
        The directory, its ``resources.json`` or a model file is missing.
    ValueError
        Damaged ``resources.json``, no such package, or a file that differs from its stated md5.
    """
    if models == "news":
        return _model_set("news", bundled_dir(), package or "news")
    if models == "official":
        return _model_set("official", _official_dir(), package or OFFICIAL_PACKAGE)
    folder = Path(models)
    if not folder.is_dir():
        raise FileNotFoundError(
            f"models: {str(models)!r} is neither a known name ({', '.join(NAMES)}) nor a directory."
        )
    return _model_set(folder.name, folder, package)


def download(
    models: str = "official",
    *,
    folder: str | os.PathLike[str] | None = None,
    source: str | None = None,
    extra: tuple[str, ...] = (),
    progress: bool | None = None,
) -> ModelSet:
    """The official Arabic models, fetched where they are not yet there, and checked.

    Only the files that annotation needs are fetched, one by one. They appear in the folder all
    together, after each has the md5 that Stanza states for it: a download that fails or is stopped
    changes nothing there, keeps what has arrived, and the same call goes on from it. Proxies are
    taken from the environment. Other languages in the folder stay as they are.

    Parameters
    ----------
    models : str
        ``"official"``; nothing else is downloaded.
    folder : str or path, optional
        Where to install; by default where `resolve` looks first for ``"official"``.
    source : str, optional
        Address of a mirror: a Stanza resources directory, served over HTTP. By default where the
        installed Stanza gets its models.
    extra : tuple of str
        Further processors of the package, such as ``("depparse",)``.
    progress : bool, optional
        Whether to show a progress bar on stderr; by default only in a terminal.

    Returns
    -------
    ModelSet
        As `resolve` returns it.

    Raises
    ------
    ConnectionError
        The source cannot be reached, answers with an error, or the transfer was cut off.
    FileNotFoundError
        The source does not have a file.
    ValueError
        The source lists no such models, states unsafe names, or sends a file that is not the one
        it lists.
    OSError
        The folder cannot be written to, or another process downloads into it.
    """
    from toolkit import download as transfer

    if models != "official":
        raise ValueError(
            f"models: {models!r} cannot be downloaded, only official can; news ships with the "
            "package, and a directory is used as it is."
        )
    target = Path(folder) if folder is not None else official_dirs()[0]
    with transfer.advice(target):
        listing = transfer.listing(source)
        resources = _arabic(listing.resources, listing.address)
        if OFFICIAL_PACKAGE not in resources["packages"]:
            raise ValueError(f"models: {listing.address!r} lists no package {OFFICIAL_PACKAGE!r}.")
        processors = (*PROCESSORS, *extra)
        wanted = _needed(resources, listing.address, OFFICIAL_PACKAGE, processors)
        transfer.install(listing, wanted, target, progress=progress)
    return _model_set("official", target, OFFICIAL_PACKAGE)


def _official_dir() -> Path:
    for folder in official_dirs():
        if (folder / "resources.json").is_file() and (folder / LANGUAGE).is_dir():
            return folder
    places = ", ".join(str(folder) for folder in official_dirs())
    raise FileNotFoundError(
        f"models: no official Arabic models in {places}. Where the network allows, run "
        f"mudawwana models download official. {MANUAL}"
    )


def _model_set(name: str, folder: Path, package: str | None) -> ModelSet:
    resources = _read_resources(folder)
    listed = str(folder / "resources.json")
    package = _choose_package(resources, listed, package)
    wanted = _needed(resources, listed, package, PROCESSORS)
    remedy = "restore the directory or install mudawwana again"
    if name == "official":
        remedy = f"run mudawwana models download official. {MANUAL.removesuffix('.')}"
    files = {
        f"{kind}/{model}": _checked_file(folder, resources, f"{kind}/{model}", remedy)
        for kind, model in wanted
    }
    return ModelSet(name, folder, package, files)


def _needed(
    resources: dict[str, Any], where: str, package: str, processors: tuple[str, ...]
) -> list[tuple[str, str]]:
    """Kind and name of each model that a package needs for the processors, dependencies last."""
    chosen = resources["packages"][package]
    missing = [processor for processor in processors if processor not in chosen]
    if missing:
        raise ValueError(
            f"models: package {package!r} in {where!r} has no model for "
            f"{', '.join(missing)}; needed are {', '.join(processors)}."
        )
    wanted = [(processor, chosen[processor]) for processor in processors]
    try:
        for processor, model in list(wanted):
            entry = resources.get(processor, {}).get(model, {})
            wanted += [
                (needed["model"], needed["package"])
                for needed in entry.get("dependencies", [])
                if (needed["model"], needed["package"]) not in wanted
            ]
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"models: {where!r} is damaged ({error!r}).") from error
    for part in (part for model in wanted for part in model):
        if not (isinstance(part, str) and MODEL_NAME.fullmatch(part)):
            raise ValueError(f"models: {part!r} in {where!r} is no name of a model.")
    return wanted


def _read_resources(folder: Path) -> dict[str, Any]:
    path = folder / "resources.json"
    if not path.is_file():
        raise FileNotFoundError(
            f"models: {str(folder)!r} holds no resources.json; name a directory in Stanza's layout."
        )
    try:
        resources = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise ValueError(_no_arabic(str(path), error)) from error
    return _arabic(resources, str(path))


def _arabic(resources: Any, where: str) -> dict[str, Any]:
    """The part of a parsed ``resources.json`` that is about Arabic."""
    try:
        found: dict[str, Any] = resources[LANGUAGE]
        found["packages"].items()
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(_no_arabic(where, error)) from error
    return found


def _no_arabic(where: str, error: Exception) -> str:
    return f"models: {where!r} is damaged or knows no packages for {LANGUAGE!r} ({error!r})."


def _choose_package(resources: dict[str, Any], where: str, package: str | None) -> str:
    known = sorted(resources["packages"])
    candidates = [package] if package else ["news", "default", *(known if len(known) == 1 else [])]
    for candidate in candidates:
        if candidate in known:
            return candidate
    if not known:
        raise ValueError(f"models: {where!r} lists no package.")
    wrong = f"no package {package!r}" if package else "several packages"
    raise ValueError(
        f"models: {wrong} in {where!r}; there are {', '.join(known)}. Pass one as package=."
    )


def _checked_file(folder: Path, resources: dict[str, Any], key: str, remedy: str) -> dict[str, str]:
    file = f"{LANGUAGE}/{key}.pt"
    path = folder / file
    if not path.is_file():
        raise FileNotFoundError(f"models: {str(path)!r} is missing; {remedy}.")
    kind, model = key.split("/")
    stated = resources.get(kind, {}).get(model, {}).get("md5")
    if stated and _hash(path, MD5) != stated:
        raise ValueError(
            f"models: {str(path)!r} is damaged ({path.stat().st_size:,} bytes, its md5 is not the "
            f"one in resources.json); {remedy}."
        )
    return {"file": file, "sha256": _hash(path, "sha256")}


def _hash(path: Path, digest: Any) -> str:
    stat = path.stat()
    return _hash_of(path, digest, (stat.st_size, stat.st_mtime_ns, stat.st_ino))


@lru_cache(maxsize=256)
def _hash_of(path: Path, digest: Any, state: tuple[int, ...]) -> str:
    """The hash of a file in this state, so that a later call need not read all models anew."""
    return hash_file(path, digest)
