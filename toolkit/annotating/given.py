"""Whether a table of texts can be annotated and kept: looked at before a model is loaded."""

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from toolkit.annotating.pieces import SURROGATE
from toolkit.columns import require


def check_texts(function: str, texts: pd.DataFrame) -> None:
    """Refuse texts that cannot be told apart, or whose metadata no file would hold."""
    require(function, texts, ["doc", "text"], advice="Pass what corpus.read_texts returns.")
    twice = texts.columns[texts.columns.duplicated()]
    if len(twice):
        raise ValueError(f"{function}: the texts have two columns {twice[0]!r}; rename one.")
    _check_docs(function, texts["doc"])
    # a wrong body_start is a problem of its document alone
    for column in texts.columns.drop(["doc", "text", "body_start"], errors="ignore"):
        _check_that_it_can_be_written(function, texts[column])


def _check_docs(function: str, docs: pd.Series) -> None:
    if docs.isna().any():
        raise ValueError(f"{function}: a doc is missing; give every text a doc of its own.")
    halves = (doc for doc in docs if isinstance(doc, str) and SURROGATE.search(doc))
    wrong = next(halves, None)
    if wrong is not None:
        raise ValueError(f"{function}: doc {wrong!r} holds half a surrogate pair; rename it.")
    names = docs.astype("str")
    repeated = names[names.duplicated()]
    if len(repeated):
        raise ValueError(f"{function}: doc {repeated.iloc[0]!r} occurs twice; make doc unique.")


def _check_that_it_can_be_written(function: str, cells: pd.Series) -> None:
    """Refuse a column of metadata that cannot be saved, or would come back as something else."""
    kinds = [str(cells.dtype)]
    if cells.dtype == "object":
        kinds = sorted({type(cell).__name__ for cell in cells.dropna()})
    reason = _unwritable(cells.reset_index(drop=True))
    if reason is None and "bytes" in kinds and len(kinds) > 1:
        reason = "all of it would become bytes"
    if reason is not None:
        raise ValueError(
            f"{function}: the column {cells.name!r} of texts ({', '.join(kinds)}) cannot be "
            f"written ({reason}). Make its cells of one type, as with astype('str'), or leave it "
            "out."
        )


def _unwritable(cells: pd.Series) -> str | None:
    """Why Parquet does not hold a column."""
    try:
        found = pa.Table.from_pandas(cells.to_frame(), preserve_index=False)
        pq.write_table(found.slice(0, 0), pa.BufferOutputStream())
    except (ValueError, TypeError, OverflowError, NotImplementedError) as error:
        # pyarrow says in a second argument which column it is
        return str(error.args[0]) if isinstance(error, pa.ArrowException) else str(error)
    return None
