"""A folder of Parquet files and a manifest: how a `Corpus` is kept on disk."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from pandas.api.types import (
    is_bool_dtype,
    is_numeric_dtype,
    is_object_dtype,
    is_string_dtype,
    union_categoricals,
)

from toolkit import __version__
from toolkit.keeping.folders import LOCK, MANIFEST, appearing, put_back, refuse_other
from toolkit.tables import SCHEMA

SCHEMA_VERSION = 2  # 1: one file a table; 2: that, or a folder of files
NO_CATEGORIES = pd.CategoricalDtype(pd.Index([], dtype="str"))
MOST_REPLACEMENTS = 20  # how often a corpus may change while it is read
__all__ = [
    "LOCK",
    "MANIFEST",
    "hash_file",
    "joined",
    "put_back",
    "read",
    "read_parts",
    "refuse_other",
    "write",
    "write_parts",
    "write_table",
]

Tables = Mapping[str, pd.DataFrame]


def write(tables: Tables, provenance: Any, folder: Path) -> Path:
    """Write the tables to a folder that appears as a whole; see `corpus.save`."""
    with appearing(folder) as unfinished:
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
    with appearing(folder) as unfinished:
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


def write_table(name: str, table: pd.DataFrame, path: Path) -> None:
    """Write one table as Parquet, without its index, each column of the schema of one type."""
    plain = table.reset_index(drop=True)
    plain.attrs = {}
    wrong = _wrong_type(name, plain)
    if wrong:
        raise ValueError(f"save: the table {name} cannot be written ({wrong}).")
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


class Manifest(NamedTuple):
    """What a saved corpus says of itself: the files of each table with their sha256."""

    tables: dict[str, list[tuple[str, str]]]
    provenance: dict[str, Any]


def read(names: Iterable[str], folder: Path) -> tuple[dict[str, pd.DataFrame], dict[str, Any]]:
    """The named tables and the provenance of a saved corpus; see `corpus.load`."""
    names = list(names)
    manifest = _read_manifest("load", names, folder)
    for _ in range(MOST_REPLACEMENTS):
        try:
            tables = {name: _whole(name, manifest.tables[name], folder) for name in names}
            return tables, manifest.provenance
        except (ValueError, OSError):
            # another process may have replaced the corpus meanwhile
            replaced = _read_manifest("load", names, folder)
            if replaced == manifest:
                raise
            manifest = replaced
    raise OSError(f"load: {str(folder)!r} is being replaced all the time; try again later.")


def _whole(name: str, files: list[tuple[str, str]], folder: Path) -> pd.DataFrame:
    parts = [_read_table("load", name, folder / file, sha256) for file, sha256 in files]
    return parts[0] if len(parts) == 1 else joined(parts)


def read_parts(
    function: str, names: Iterable[str], folder: Path
) -> Iterator[tuple[dict[str, pd.DataFrame], dict[str, Any]]]:
    """The named tables of each part of a saved corpus, and the provenance; see `export.parts`."""
    names = list(names)
    manifest = _read_manifest(function, names, folder)
    for files in zip(*(manifest.tables[name] for name in names), strict=True):
        try:
            tables = {
                name: _read_table(function, name, folder / file, sha256)
                for name, (file, sha256) in zip(names, files, strict=True)
            }
        except (ValueError, OSError) as error:
            if _read_manifest(function, names, folder) == manifest:
                raise
            raise ValueError(
                f"{function}: {str(folder)!r} was replaced while it was read; read it again."
            ) from error
        yield tables, manifest.provenance


def _read_table(function: str, name: str, path: Path, sha256: str) -> pd.DataFrame:
    if not path.is_file():
        raise FileNotFoundError(f"{function}: {str(path)!r} is missing; save the corpus again.")
    if hash_file(path) != sha256:
        raise ValueError(
            f"{function}: {str(path)!r} is not the file that was saved (its sha256 differs); "
            "save the corpus again."
        )
    try:
        table = pd.read_parquet(path)
    except ValueError as error:  # pyarrow: no Parquet, or a kind that it does not know
        raise ValueError(f"{function}: {str(path)!r} cannot be read ({error}).") from error
    missing = [column for column in SCHEMA[name] if column not in table.columns]
    if missing:
        raise ValueError(f"{function}: {str(path)!r} has no column {', '.join(missing)}.")
    wrong = _wrong_type(name, table)
    if wrong:
        raise ValueError(f"{function}: {str(path)!r} is no table of {name} ({wrong}).")
    return _with_categories(table)


def _wrong_type(name: str, table: pd.DataFrame) -> str | None:
    """What is wrong with the first column that has numbers for text, or text for numbers."""
    for column, wanted in SCHEMA[name].items():
        if column not in table.columns:
            continue
        dtype = table.dtypes[column]
        held = dtype.categories.dtype if isinstance(dtype, pd.CategoricalDtype) else dtype
        is_right, kind = (
            (is_numeric_dtype(held) and not is_bool_dtype(held), "whole numbers")
            if wanted.lower() == "int32"
            else (is_string_dtype(held) or is_object_dtype(held), "text")
        )
        if not is_right and table[column].notna().any():
            return f"the column {column} is {held}, not {kind}"
    return None


def _with_categories(table: pd.DataFrame) -> pd.DataFrame:
    without_values = [
        column
        for column, dtype in table.dtypes.items()
        if isinstance(dtype, pd.CategoricalDtype) and dtype.categories.empty
    ]
    # Parquet keeps no type for the categories of a column that has none
    return table.astype(dict.fromkeys(without_values, NO_CATEGORIES))


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


def _read_manifest(function: str, names: Sequence[str], folder: Path) -> Manifest:
    put_back(folder)
    path = folder / MANIFEST
    if not path.is_file():
        raise FileNotFoundError(f"{function}: no saved corpus in {str(folder)!r} (no {MANIFEST}).")
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        schema = found["schema"]
        if type(schema) is not int or schema < 1:
            raise ValueError(f"its schema is {schema!r:.60}")
        if schema <= SCHEMA_VERSION:
            return Manifest(_listed(found["tables"], names), dict(found.get("provenance", {})))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"{function}: {str(path)!r} is damaged ({error!r}).") from error
    raise ValueError(
        f"{function}: {str(folder)!r} has schema {schema}, written by "
        f"{found.get('written_by', 'a newer version')}; this version reads up to "
        f"{SCHEMA_VERSION}. Update mudawwana."
    )


def _listed(tables: Mapping[str, Any], names: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """The files of each table, part by part, and their sha256."""
    missing = [name for name in names if name not in tables]
    if missing:
        raise ValueError(f"it names no table {missing[0]!r}")
    listed = {name: [_file(name, entry) for entry in _entries(tables[name])] for name in names}
    if len({len(files) for files in listed.values()}) > 1:
        raise ValueError("its tables have not equally many parts")
    return listed


def _entries(entries: Any) -> list[Any]:
    """The entries of a table: version 1 had one."""
    found = entries if isinstance(entries, list) else [entries]
    if not found:
        raise ValueError("a table has no file")
    return found


def _file(name: str, entry: Mapping[str, Any]) -> tuple[str, str]:
    """The file of an entry, which lies in the folder, and its sha256."""
    path = PurePosixPath(str(entry["file"]))
    if path != PurePosixPath(f"{name}.parquet") and str(path.parent) != name:
        raise ValueError(f"{str(path)!r} is no file of the table {name}")
    return str(path), str(entry["sha256"])
