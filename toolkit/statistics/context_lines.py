"""Concordance lines as a table, put together from the forms or cut from the raw texts."""

from typing import Any

import pandas as pd

from toolkit.statistics.context import Context, last_end, texts_by_doc

COLUMNS = {
    "doc": "str",
    "sent": "int32",
    "before": "str",
    "node": "str",
    "after": "str",
    "start": "int32",
    "end": "int32",
}


def lines_of(shown: Context, texts: pd.DataFrame | None, metadata: list[str]) -> pd.DataFrame:
    """One row per node: what stands before it, itself, what stands after it, and where.

    Parameters
    ----------
    shown : Context
        The nodes and what is shown of each.
    texts : DataFrame, optional
        The documents, whose raw text is shown then.
    metadata : list of str
        Columns of them that are added.
    """
    table, first = shown.table, shown.first
    docs = table["doc"].take(first).astype("str").tolist()
    about = None if texts is None else _about(texts, docs, metadata)
    if about is None and metadata:
        raise ValueError("kwic: metadata are columns of the texts; pass them as texts=.")
    sides = shown.forms() if about is None else shown.raw(dict(about["text"]), docs)
    spans = table["start"].take(first).array, last_end(table, first, shown.last)
    cells = dict(zip(COLUMNS, [docs, table["sent"].take(first).array, *sides, *spans], strict=True))
    lines = pd.DataFrame(cells).astype(COLUMNS)
    return lines if about is None else lines.assign(**_metadata_of(about, docs, metadata))


def _metadata_of(about: pd.DataFrame, docs: list[str], metadata: list[str]) -> dict[str, Any]:
    return {column: about[column].loc[docs].array for column in metadata}


def _about(texts: pd.DataFrame, docs: list[str], metadata: list[str]) -> pd.DataFrame:
    """The documents of the lines, each once, with all columns that are asked of them."""
    if not isinstance(texts, pd.DataFrame):
        raise ValueError(
            f"kwic: texts is of type {type(texts).__name__}, not a DataFrame. Pass the texts of "
            "the corpus."
        )
    missing = [column for column in ("doc", "text", *metadata) if column not in texts.columns]
    if missing:
        raise ValueError(
            f"kwic: no column {', '.join(map(str, missing))} in texts; its columns are "
            f"{', '.join(map(str, texts.columns))}. Pass the texts of the corpus."
        )
    taken = [column for column in metadata if column in COLUMNS]
    if taken:
        raise ValueError(
            f"kwic: the lines have a column {taken[0]!r} of their own; rename that of the texts."
        )
    return texts_by_doc(texts, docs)
