"""The tables of an annotated corpus: their columns, dtypes and order."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

# Columns of each table and their dtypes; `texts` may have more columns. "str" is pandas' string
# dtype, "Int32" its integers with missing values.
SCHEMA: dict[str, dict[str, str]] = {
    "texts": {"doc": "str", "text": "str"},
    "sentences": {"doc": "category", "sent": "int32", "start": "int32", "end": "int32"},
    "tokens": {
        "doc": "category",
        "sent": "int32",
        "token": "int32",
        "form": "category",
        "norm": "category",
        "kind": "category",
        "start": "int32",
        "end": "int32",
        "ner": "category",
    },
    "words": {
        "doc": "category",
        "sent": "int32",
        "token": "int32",
        "word": "int32",
        "form": "category",
        "norm": "category",
        "kind": "category",
        "lemma": "category",
        "lemma_vocalised": "category",
        "upos": "category",
        "feats": "category",
        "head": "Int32",
        "deprel": "category",
        "start": "int32",
        "end": "int32",
        "span": "category",
    },
    "entities": {
        "doc": "category",
        "sent": "int32",
        "entity": "int32",
        "text": "category",
        "type": "category",
        "name": "category",
        "start": "int32",
        "end": "int32",
    },
    "dates": {
        "doc": "category",
        "sent": "Int32",
        "text": "str",
        "start": "int32",
        "end": "int32",
        "first": "str",
        "last": "str",
        "precision": "category",
    },
    "problems": {"doc": "str", "stage": "str", "what": "str", "detail": "str"},
}


def empty_table(name: str) -> pd.DataFrame:
    """A table of the schema without rows.

    Examples
    --------
    >>> list(empty_table("problems").columns)
    ['doc', 'stage', 'what', 'detail']
    """
    return typed_table(name, {column: [] for column in SCHEMA[name]})


def table_of_rows(name: str, rows: Sequence[Sequence[Any]]) -> pd.DataFrame:
    """A table of the schema from its rows, cells in the order of its columns.

    Examples
    --------
    >>> table_of_rows("problems", [("a.txt", "read", "empty", "no text")])["what"].tolist()
    ['empty']
    """
    columns = {column: [row[place] for row in rows] for place, column in enumerate(SCHEMA[name])}
    return typed_table(name, columns)


def typed_table(name: str, columns: Mapping[str, Any]) -> pd.DataFrame:
    """A table of the schema from its columns, in the schema's order and dtypes.

    Categories are sorted by code point, so that equal data give equal bytes.
    """
    typed = {}
    for column, dtype in SCHEMA[name].items():
        values = pd.Series(columns[column], dtype="object" if dtype == "category" else dtype)
        if dtype == "category":
            values = sorted_categories(values)
        typed[column] = values.reset_index(drop=True)
    extra = {column: columns[column] for column in columns if column not in typed}
    return pd.DataFrame({**typed, **extra})


def sorted_categories(values: pd.Series) -> pd.Series:
    """The values as categories in the order of code points, those that occur and no others."""
    categories = pd.Index(sorted(values.dropna().unique()), dtype="str")
    return values.astype(pd.CategoricalDtype(categories))
