"""A folder of Parquet files and a manifest: how a `Corpus` is kept on disk."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from toolkit import __version__
from toolkit.tables import SCHEMA

SCHEMA_VERSION = 1
NO_CATEGORIES = pd.CategoricalDtype(pd.Index([], dtype="str"))
MANIFEST = "manifest.json"
MOST_REPLACEMENTS = 20  # how often a corpus may change while it is read
# What may stand in a folder that `save` replaces; file managers leave `.DS_Store` behind.
FILES = frozenset({MANIFEST, ".DS_Store"} | {f"{name}.parquet" for name in SCHEMA})


def write(tables: Mapping[str, pd.DataFrame], provenance: Any, folder: Path) -> Path:
    """Write the tables to a folder that appears as a whole; see `corpus.save`."""
    if folder.exists() and not _is_replaceable(folder):
        raise ValueError(
            f"save: {str(folder)!r} exists and is no saved corpus ({_strange(folder)}); "
            "name another folder."
        )
    target = folder.resolve()  # a link stays one, "." has a name
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    unfinished, replaced = aside / "new", aside / "old"
    try:
        unfinished.mkdir()  # mkdtemp makes a private folder
        _write_parts(tables, provenance, unfinished)
        try:
            if target.exists():
                target.rename(replaced)
            unfinished.rename(target)
        except BaseException:
            if replaced.exists():
                replaced.rename(target)
            raise
    finally:
        if target.exists() or not replaced.exists():
            shutil.rmtree(aside, ignore_errors=True)
    return folder


def _is_replaceable(folder: Path) -> bool:
    if not folder.is_dir():
        return False
    names = {path.name for path in folder.iterdir()}
    is_corpus = MANIFEST in names and any(name.endswith(".parquet") for name in names)
    return names <= FILES and (is_corpus or names <= {".DS_Store"})


def _strange(folder: Path) -> str:
    """What makes a folder no saved corpus."""
    if not folder.is_dir():
        return "a file"
    others = sorted(path.name for path in folder.iterdir() if path.name not in FILES)
    if others:
        return f"{others[0]!r} is in it"
    return f"no {MANIFEST} or no tables"


def _write_parts(tables: Mapping[str, pd.DataFrame], provenance: Any, folder: Path) -> None:
    files = {}
    for name, table in tables.items():
        plain = table.reset_index(drop=True)
        plain.attrs = {}
        try:
            plain.to_parquet(folder / f"{name}.parquet", index=False, compression="zstd")
        except (ValueError, TypeError) as error:  # pyarrow: a column of mixed types
            raise ValueError(f"save: the table {name} cannot be written ({error}).") from error
        files[name] = {
            "file": f"{name}.parquet",
            "rows": len(table),
            "sha256": hash_file(folder / f"{name}.parquet"),
        }
    manifest = {
        "schema": SCHEMA_VERSION,
        "written_by": f"mudawwana {__version__}",
        "tables": files,
        "provenance": provenance,
    }
    try:
        listed = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True)
    except (ValueError, TypeError) as error:
        raise ValueError(f"save: the provenance is not plain JSON ({error}).") from error
    (folder / MANIFEST).write_text(listed + "\n", encoding="utf-8", newline="\n")


def hash_file(path: Path, digest: str | Callable[[], Any] = "sha256") -> str:
    """The hash of a file's bytes, in hexadecimal; the file is never in memory as a whole."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, digest).hexdigest()


def read(names: Iterable[str], folder: Path) -> tuple[dict[str, pd.DataFrame], dict[str, Any]]:
    """The named tables and the provenance of a saved corpus; see `corpus.load`."""
    names = list(names)
    manifest = _read_manifest(folder)
    for _ in range(MOST_REPLACEMENTS):
        try:
            return _read_tables(names, manifest, folder), manifest.get("provenance", {})
        except (ValueError, OSError):
            # another process may have replaced the corpus meanwhile
            replaced = _read_manifest(folder)
            if replaced == manifest:
                raise
            manifest = replaced
    raise OSError(f"load: {str(folder)!r} is being replaced all the time; try again later.")


def _read_tables(
    names: Iterable[str], manifest: dict[str, Any], folder: Path
) -> dict[str, pd.DataFrame]:
    tables = {}
    for name in names:
        if name not in manifest["tables"]:
            raise ValueError(f"load: the manifest of {str(folder)!r} names no table {name!r}.")
        file, sha256 = manifest["tables"][name]
        path = folder / file
        if not path.is_file():
            raise FileNotFoundError(f"load: {str(path)!r} is missing; save the corpus again.")
        if hash_file(path) != sha256:
            raise ValueError(
                f"load: {str(path)!r} is not the file that was saved (its sha256 differs); "
                "save the corpus again."
            )
        tables[name] = _checked(name, pd.read_parquet(path), path)
    return tables


def _checked(name: str, table: pd.DataFrame, path: Path) -> pd.DataFrame:
    missing = [column for column in SCHEMA[name] if column not in table.columns]
    if missing:
        raise ValueError(f"load: {str(path)!r} has no column {', '.join(missing)}.")
    without_values = [
        column
        for column, dtype in table.dtypes.items()
        if isinstance(dtype, pd.CategoricalDtype) and dtype.categories.empty
    ]
    # Parquet keeps no type for the categories of a column that has none
    return table.astype(dict.fromkeys(without_values, NO_CATEGORIES))


def _read_manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    if not path.is_file():
        raise FileNotFoundError(f"load: no saved corpus in {str(folder)!r} (no {MANIFEST}).")
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        schema = int(manifest["schema"])
        if schema <= SCHEMA_VERSION:
            manifest["tables"] = {
                name: (str(entry["file"]), str(entry["sha256"]))
                for name, entry in manifest["tables"].items()
            }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"load: {str(path)!r} is damaged ({error!r}).") from error
    if schema > SCHEMA_VERSION:
        raise ValueError(
            f"load: {str(folder)!r} has schema {schema}, written by "
            f"{manifest.get('written_by', 'a newer version')}; this version reads up to "
            f"{SCHEMA_VERSION}. Update mudawwana."
        )
    return manifest
