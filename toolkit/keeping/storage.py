"""A folder of Parquet files and a manifest: how a `Corpus` is kept on disk."""

import glob
import hashlib
import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock, Timeout
from pandas.api.types import union_categoricals

from toolkit import __version__
from toolkit.tables import SCHEMA

SCHEMA_VERSION = 2  # 1: one file a table; 2: that, or a folder of files
NO_CATEGORIES = pd.CategoricalDtype(pd.Index([], dtype="str"))
MANIFEST = "manifest.json"
OLD, LOCK = "old", "lock"  # in the hidden folder beside a corpus that is being written
JUST_BEGUN = 60  # seconds in which such a folder may have no lock yet
MOST_REPLACEMENTS = 20  # how often a corpus may change while it is read
# What may stand in a folder that `save` replaces; file managers leave `.DS_Store` behind.
FILES = frozenset({MANIFEST, ".DS_Store"} | {f"{name}.parquet" for name in SCHEMA})

Tables = Mapping[str, pd.DataFrame]


def write(tables: Tables, provenance: Any, folder: Path) -> Path:
    """Write the tables to a folder that appears as a whole; see `corpus.save`."""
    with _appearing(folder) as unfinished:
        names = {name: [f"{name}.parquet"] for name in tables}
        for name, table in tables.items():
            write_table(name, table, unfinished / f"{name}.parquet")
        _write_manifest(names, provenance, unfinished)
    return folder


def write_parts(
    parts: Iterable[Tables], provenance: Any, folder: Path, *, finish: Callable[[Path], None]
) -> Path:
    """Write tables that come part by part, a folder of files for each of them.

    `finish` is called with the unfinished folder when all parts are written.
    """
    with _appearing(folder) as unfinished:
        names: dict[str, list[str]] = {}
        for number, tables in enumerate(parts):
            for name, table in tables.items():
                file = f"{name}/{number:05}.parquet"
                names.setdefault(name, []).append(file)
                (unfinished / name).mkdir(exist_ok=True)
                write_table(name, table, unfinished / file)
        finish(unfinished)
        _write_manifest(names, provenance, unfinished)
    return folder


@contextmanager
def _appearing(folder: Path) -> Iterator[Path]:
    """A new folder that takes the place of `folder` when all that is written to it is there."""
    if folder.exists() and not _is_replaceable(folder):
        raise ValueError(
            f"save: {str(folder)!r} exists and is no saved corpus ({_strange(folder)}); "
            "name another folder."
        )
    target = folder.resolve()  # a link stays one, "." has a name
    target.parent.mkdir(parents=True, exist_ok=True)
    _sweep(target)
    aside = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    unfinished, replaced = aside / "new", aside / OLD
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


def _sweep(target: Path) -> None:
    """Take away what killed processes left unfinished beside a folder."""
    for left in target.parent.glob(f"{glob.escape(f'.{target.name}-')}*"):
        lock = left / LOCK
        # the old corpus stands in it where a process was killed between two renames
        if not lock.is_file() or (left / OLD).exists() or time.time() - _begun(left) < JUST_BEGUN:
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


def write_table(name: str, table: pd.DataFrame, path: Path) -> None:
    """Write one table as Parquet, without its index, each column of the schema of one type."""
    plain = table.reset_index(drop=True)
    plain.attrs = {}
    try:
        pq.write_table(_as_arrow(name, plain), path, compression="zstd")
    except (ValueError, TypeError) as error:  # pyarrow: a column of mixed types
        raise ValueError(f"save: the table {name} cannot be written ({error}).") from error


def _as_arrow(name: str, table: pd.DataFrame) -> pa.Table:
    """The table for Arrow: parts of one table have one type, however few categories are in them."""
    found = pa.Table.from_pandas(table, preserve_index=False)
    for place, column in enumerate(table.columns):
        values = table[column].array
        if isinstance(values, pd.Categorical) and _are_strings(SCHEMA[name].get(column), values):
            codes = values.codes.astype(np.int32)
            kept = pa.array(codes, mask=codes < 0)
            items = pa.array(values.categories.astype("str"), type=pa.large_string())
            encoded = pa.DictionaryArray.from_arrays(kept, items)
            found = found.set_column(place, column, encoded)
    return found


def _are_strings(dtype: str | None, values: pd.Categorical) -> bool:
    """Whether the categories of a column are strings, by the schema or by themselves."""
    return dtype == "category" or not len(values.categories) or values.categories.dtype == "str"


def _write_manifest(names: Mapping[str, list[str]], provenance: Any, folder: Path) -> None:
    manifest = {
        "schema": SCHEMA_VERSION,
        "written_by": f"mudawwana {__version__}",
        "tables": {name: [_entry(file, folder) for file in files] for name, files in names.items()},
        "provenance": provenance,
    }
    try:
        listed = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True)
    except (ValueError, TypeError) as error:
        raise ValueError(f"save: the provenance is not plain JSON ({error}).") from error
    (folder / MANIFEST).write_text(listed + "\n", encoding="utf-8", newline="\n")


def _entry(file: str, folder: Path) -> dict[str, Any]:
    rows = pq.read_metadata(folder / file).num_rows
    return {"file": file, "rows": rows, "sha256": hash_file(folder / file)}


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
        parts = []
        for file, sha256 in manifest["tables"][name]:
            path = folder / file
            if not path.is_file():
                raise FileNotFoundError(f"load: {str(path)!r} is missing; save the corpus again.")
            if hash_file(path) != sha256:
                raise ValueError(
                    f"load: {str(path)!r} is not the file that was saved (its sha256 differs); "
                    "save the corpus again."
                )
            parts.append(_checked(name, pd.read_parquet(path), path))
        tables[name] = parts[0] if len(parts) == 1 else joined(parts)
    return tables


def joined(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Tables one below the other, categories united and in code point order.

    A column that some tables lack is missing there.
    """
    names = dict.fromkeys(column for part in parts for column in part.columns)
    return pd.DataFrame({name: _joined_column(name, parts) for name in names})


def _joined_column(name: str, parts: Sequence[pd.DataFrame]) -> pd.Series:
    given = [part[name] for part in parts if name in part.columns]
    cells = [part.get(name, pd.Series([None] * len(part), dtype="object")) for part in parts]
    types = [each.dtype for each in given]
    if all(isinstance(each, pd.CategoricalDtype) and not each.ordered for each in types):
        cells = [each.astype("category").array for each in cells]
        texts = [pd.Categorical(each, each.categories.astype("str")) for each in cells]
        return pd.Series(union_categoricals(texts, sort_categories=True))
    if len(given) < len(parts) or len(set(map(str, types))) > 1:
        cells = [each.astype("object") for each in cells]
        return pd.concat(cells, ignore_index=True).infer_objects()
    return pd.concat(cells, ignore_index=True)


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
                name: [
                    (str(entry["file"]), str(entry["sha256"]))
                    for entry in (entries if isinstance(entries, list) else [entries])
                ]
                for name, entries in manifest["tables"].items()
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
