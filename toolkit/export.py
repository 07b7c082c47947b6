"""Tables and corpora as files for other programs; what each function writes, it also returns.

A file appears as a whole: it is written beside its place and takes the place of an older one when
it is complete. Its suffix must be that of its format, so that a slip replaces no text. The parts
of this module are called from here, as ``export.write_tei``.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from toolkit.columns import require
from toolkit.corpus import TABLES, Corpus
from toolkit.exporting.cells import ADVICE
from toolkit.exporting.citation import citation
from toolkit.exporting.conllu import write_conllu
from toolkit.exporting.files import appearing, target_of
from toolkit.exporting.guarded import read_csv, write_csv
from toolkit.exporting.tei import write_tei
from toolkit.exporting.vertical import write_vrt
from toolkit.exporting.workbook import write_xlsx
from toolkit.keeping.storage import MANIFEST, NO_CATEGORIES, hash_file

__all__ = [
    "citation",
    "parts",
    "read_csv",
    "write_conllu",
    "write_csv",
    "write_parquet",
    "write_tei",
    "write_vrt",
    "write_xlsx",
]


def write_parquet(table: pd.DataFrame, path: str | os.PathLike[str]) -> Path:
    """The path of the Parquet file written: columns, types and index as they are.

    A whole corpus is kept with `corpus.save`.

    Parameters
    ----------
    table : DataFrame
        Any table whose columns are each of one type.
    path : path
        A file that ends in .parquet; replaced as a whole if it is there.

    Returns
    -------
    Path
        The path; ``pandas.read_parquet`` gives the table back.

    Raises
    ------
    ValueError
        No table, another suffix, or a column of mixed types.
    """
    require("write_parquet", table, [], advice=ADVICE)
    target = target_of("write_parquet", path, (".parquet",))
    plain = table.copy(deep=False)
    plain.attrs = {}
    with appearing(target) as unfinished:
        try:
            plain.to_parquet(unfinished, compression="zstd")
        except (ValueError, TypeError) as error:  # pyarrow: a column of mixed types
            raise ValueError(f"write_parquet: the table cannot be written ({error}).") from error
    return target


def parts(folder: str | os.PathLike[str]) -> Iterator[Corpus]:
    """Each part of a saved corpus, one in memory at a time: for a corpus larger than memory.

    Parameters
    ----------
    folder : path
        What `corpus.save` (one part) or `pipeline.annotate_to` wrote.

    Returns
    -------
    iterator of Corpus
        The tables of each part; a document is in one part as a whole.

    Raises
    ------
    FileNotFoundError
        The folder holds no saved corpus, or a file is missing.
    ValueError
        The manifest is damaged, or a file is not the one that was saved.

    Examples
    --------
    ``export.write_conllu(export.parts("corpus/"), "corpus.conllu")``
    """
    folder = Path(folder)
    listed, provenance = _manifest(folder)
    for entries in zip(*(listed[name] for name in TABLES), strict=True):
        tables = {name: _table(folder, entry) for name, entry in zip(TABLES, entries, strict=True)}
        yield Corpus(**tables, provenance=provenance)


def _manifest(folder: Path) -> tuple[dict[str, list[dict[str, Any]]], dict[str, Any]]:
    """The files of each table, and the provenance."""
    path = folder / MANIFEST
    if not path.is_file():
        raise FileNotFoundError(f"parts: no saved corpus in {str(folder)!r} (no {MANIFEST}).")
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        tables = {name: manifest["tables"][name] for name in TABLES}
        listed = {name: each if isinstance(each, list) else [each] for name, each in tables.items()}
        if len({len(entries) for entries in listed.values()}) > 1:
            raise ValueError("its tables have not equally many parts")
        return listed, manifest.get("provenance", {})
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"parts: {str(path)!r} is damaged ({error!r}).") from error


def _table(folder: Path, entry: dict[str, Any]) -> pd.DataFrame:
    path = folder / entry["file"]
    if not path.is_file():
        raise FileNotFoundError(f"parts: {str(path)!r} is missing; save the corpus again.")
    if hash_file(path) != entry["sha256"]:
        raise ValueError(
            f"parts: {str(path)!r} is not the file that was saved (its sha256 differs); save the "
            "corpus again."
        )
    table = pd.read_parquet(path)
    empty = [
        column
        for column, dtype in table.dtypes.items()
        if isinstance(dtype, pd.CategoricalDtype) and dtype.categories.empty
    ]
    return table.astype(dict.fromkeys(empty, NO_CATEGORIES))
