"""Which Stanza models to use: the bundled ones, Stanza's official ones, or a directory.

This module only looks at files; `pipeline` loads them.
"""

import hashlib
import json
import os
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from toolkit.storage import hash_file

LANGUAGE = "ar"
PROCESSORS = ("tokenize", "mwt", "pos", "lemma", "ner")
# Models that another one reads: word vectors and character language models.
DEPENDENCIES = ("pretrain", "forward_charlm", "backward_charlm")
NAMES = ("news", "official")


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
    """Where Stanza keeps official models: ``STANZA_RESOURCES_DIR``, else in the home directory."""
    named = os.environ.get("STANZA_RESOURCES_DIR")
    return [Path(named)] if named else [Path.home() / "stanza_resources"]


def resolve(models: str | os.PathLike[str] = "news", *, package: str | None = None) -> ModelSet:
    """The models that a name or a directory stands for, checked to be there and whole.

    Parameters
    ----------
    models : str or path
        ``"news"``, the bundled set; ``"official"``, Stanza's default Arabic package from
        ``STANZA_RESOURCES_DIR`` or the home directory; or any directory in Stanza's layout.
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
        return _model_set("official", _official_dir(), package or "default")
    folder = Path(models)
    if not folder.is_dir():
        raise FileNotFoundError(
            f"models: {str(models)!r} is neither a known name ({', '.join(NAMES)}) nor a directory."
        )
    return _model_set(folder.name, folder, package)


def _official_dir() -> Path:
    for folder in official_dirs():
        if (folder / "resources.json").is_file() and (folder / LANGUAGE).is_dir():
            return folder
    places = ", ".join(str(folder) for folder in official_dirs())
    raise FileNotFoundError(
        f"models: no official Arabic models in {places}. Where the network allows, run "
        f"python -c \"import stanza; stanza.download('ar')\"; else copy such a directory from "
        "another machine and name it in STANZA_RESOURCES_DIR."
    )


def _model_set(name: str, folder: Path, package: str | None) -> ModelSet:
    resources = _read_resources(folder)
    package = _choose_package(resources, folder, package)
    chosen = resources["packages"][package]
    missing = [processor for processor in PROCESSORS if processor not in chosen]
    if missing:
        raise ValueError(
            f"models: package {package!r} in {str(folder)!r} has no model for "
            f"{', '.join(missing)}; needed are {', '.join(PROCESSORS)}."
        )
    wanted = [(processor, chosen[processor]) for processor in PROCESSORS]
    for processor, model in list(wanted):
        entry = resources.get(processor, {}).get(model, {})
        wanted += [
            (needed["model"], needed["package"])
            for needed in entry.get("dependencies", [])
            if (needed["model"], needed["package"]) not in wanted
        ]
    files = {
        f"{kind}/{model}": _checked_file(folder, resources, kind, model) for kind, model in wanted
    }
    return ModelSet(name, folder, package, files)


def _read_resources(folder: Path) -> dict[str, Any]:
    path = folder / "resources.json"
    if not path.is_file():
        raise FileNotFoundError(
            f"models: {str(folder)!r} holds no resources.json; name a directory in Stanza's layout."
        )
    try:
        resources = json.loads(path.read_text(encoding="utf-8"))[LANGUAGE]
        resources["packages"].items()
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(
            f"models: {str(path)!r} is damaged or knows no packages for {LANGUAGE!r} ({error!r})."
        ) from error
    found: dict[str, Any] = resources
    return found


def _choose_package(resources: dict[str, Any], folder: Path, package: str | None) -> str:
    known = sorted(resources["packages"])
    candidates = [package] if package else ["news", "default", *(known if len(known) == 1 else [])]
    for candidate in candidates:
        if candidate in known:
            return candidate
    if not known:
        raise ValueError(f"models: {str(folder / 'resources.json')!r} lists no package.")
    wrong = f"no package {package!r}" if package else "several packages"
    raise ValueError(
        f"models: {wrong} in {str(folder)!r}; there are {', '.join(known)}. Pass one as package=."
    )


def _checked_file(folder: Path, resources: dict[str, Any], kind: str, model: str) -> dict[str, str]:
    path = folder / LANGUAGE / kind / f"{model}.pt"
    if not path.is_file():
        raise FileNotFoundError(
            f"models: {str(path)!r} is missing; restore the directory or install mudawwana again."
        )
    stated = resources.get(kind, {}).get(model, {}).get("md5")
    if stated and hash_file(path, partial(hashlib.md5, usedforsecurity=False)) != stated:
        raise ValueError(
            f"models: {str(path)!r} is damaged ({path.stat().st_size:,} bytes, its md5 is not the "
            "one in resources.json); restore the directory or install mudawwana again."
        )
    return {"file": f"{LANGUAGE}/{kind}/{model}.pt", "sha256": hash_file(path)}
