"""Tables and corpora as files for other programs; what each function writes, it also returns.

A file appears as a whole: it is written beside its place and takes the place of an older one when
it is complete. Its suffix must be that of its format, so that a slip replaces no text. The parts
of this module are called from here, as ``export.write_tei``.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from toolkit.columns import require
from toolkit.corpus import TABLES, Corpus
from toolkit.exporting.cells import ADVICE
from toolkit.exporting.citation import citation
from toolkit.exporting.conllu import read_conllu, write_conllu
from toolkit.exporting.files import appearing, target_of
from toolkit.exporting.guarded import read_csv, write_csv
from toolkit.exporting.tei import write_tei
from toolkit.exporting.vertical import read_vrt, write_vrt
from toolkit.exporting.workbook import write_xlsx
from toolkit.keeping import storage

__all__ = [
    "citation",
    "parts",
    "read_conllu",
    "read_csv",
    "read_vrt",
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
    for tables, provenance in storage.read_parts("parts", TABLES, Path(folder)):
        yield Corpus(**tables, provenance=provenance)
