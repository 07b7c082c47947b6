"""The annotation of a document as one string of bytes, and many of them as tables.

A record is what goes from a worker process to its parent and what is kept between runs: the
sentences, tokens, words, entities and dates of a document without its name, as compressed Arrow
tables.
"""

import struct
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.tables import SCHEMA

# What a record holds of each table: all its columns but ``doc``, and the title of a mention.
COLUMNS = {
    name: {column: dtype for column, dtype in SCHEMA[name].items() if column != "doc"}
    for name in ("sentences", "tokens", "words", "entities", "dates")
}
COLUMNS["entities"]["title"] = "category"
TYPES = {
    "int32": pa.int32(),
    "Int32": pa.int32(),
    "str": pa.large_string(),
    "category": pa.large_string(),
}
SCHEMAS = {
    name: pa.schema([(column, TYPES[dtype]) for column, dtype in columns.items()])
    for name, columns in COLUMNS.items()
}
LENGTHS = struct.Struct(f"<Q{len(COLUMNS)}Q")  # of a part: compressed, and of each table in it
CODEC = "zstd"

Batches = dict[str, pa.RecordBatch]
Parts = dict[str, pa.Table]


def batches_of(columns: Mapping[str, Mapping[str, Any]]) -> Batches:
    """Rows of a document, its columns by table, as Arrow has them.

    What has no rows, or no columns yet, may be missing.
    """
    found = {}
    for name, schema in SCHEMAS.items():
        given = columns.get(name, {})
        here = {
            field.name: _array(given[field.name], field.type)
            for field in schema
            if field.name in given
        }
        size = len(next(iter(here.values()), ()))
        arrays = [here.get(field.name, pa.nulls(size, field.type)) for field in schema]
        found[name] = pa.RecordBatch.from_arrays(arrays, schema=schema)
    return found


def _array(values: Any, kind: pa.DataType) -> pa.Array:
    if isinstance(values, pd.Series) and values.dtype == "category":
        values = values.astype("str")
    return pa.array(values, type=kind, from_pandas=True)


def packed(batches: Mapping[str, pa.RecordBatch]) -> bytes:
    """Rows of a document: a record, or a part of one.

    Parts one after the other are a record too, so that a long document need not be whole.
    """
    messages = [batches[name].serialize() for name in COLUMNS]
    content = pa.compress(b"".join(messages), codec=CODEC, asbytes=True)
    return bytes(LENGTHS.pack(len(content), *map(len, messages)) + content)


def unpacked(record: bytes, last: Batches | None = None) -> Parts:
    """The tables of a record, and of its last part, if that is not packed yet."""
    batches: dict[str, list[pa.RecordBatch]] = {name: [] for name in COLUMNS}
    begin = 0
    while begin < len(record):
        compressed, *sizes = LENGTHS.unpack_from(record, begin)
        begin += LENGTHS.size
        content = pa.decompress(record[begin : begin + compressed], sum(sizes), codec=CODEC)
        begin += compressed
        place = 0
        for name, size in zip(COLUMNS, sizes, strict=True):
            message = content.slice(place, size)
            batches[name].append(pa.ipc.read_record_batch(message, SCHEMAS[name]))
            place += size
    for name, batch in (last or {}).items():
        batches[name].append(batch)
    return {name: pa.Table.from_batches(batches[name], SCHEMAS[name]) for name in COLUMNS}


def tables_of(
    docs: Sequence[str], parts: Sequence[Parts], names: Iterable[str] = tuple(COLUMNS)
) -> dict[str, pd.DataFrame]:
    """Some tables of many documents, in this order, with categories sorted by code point.

    Parts may have some of the columns alone; the tables then have these.
    """
    found = {}
    for name in names:
        each = [part[name] for part in parts]
        whole = pa.concat_tables(each) if each else SCHEMAS[name].empty_table()
        values: dict[str, Any] = {"doc": _repeated(docs, [len(table) for table in each])}
        for column in whole.column_names:
            values[column] = _column(whole[column], COLUMNS[name][column])
        found[name] = pd.DataFrame(values)
    return found


def _repeated(docs: Sequence[str], sizes: Sequence[int]) -> pd.Categorical:
    """The document of each row; documents without rows are no category."""
    names = sorted({doc for doc, size in zip(docs, sizes, strict=True) if size})
    place = {name: number for number, name in enumerate(names)}
    codes = np.array([place.get(doc, -1) for doc in docs], dtype=np.int32)
    rows = np.repeat(codes, np.array(sizes, dtype=np.int64))
    return pd.Categorical.from_codes(rows, categories=pd.Index(names, dtype="str"))


def _column(values: pa.ChunkedArray, dtype: str) -> Any:
    if dtype == "int32":
        return values.to_numpy()
    if dtype == "Int32":
        return pd.array(values.to_pandas(), dtype="Int32")
    if dtype == "str":
        return pd.array(values.to_pylist(), dtype="str")
    whole = values.combine_chunks()  # many small dictionaries are slow to unite
    if isinstance(whole, pa.ChunkedArray):  # of no rows, or of more bytes than one array holds
        whole = pa.concat_arrays(whole.chunks) if whole.chunks else pa.array([], values.type)
    encoded = whole.dictionary_encode()
    order = pc.sort_indices(encoded.dictionary).to_numpy()
    place = np.empty(len(order) + 1, dtype=np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    place[-1] = -1  # missing
    codes = place[encoded.indices.fill_null(len(order)).to_numpy()]
    categories = pd.Index(encoded.dictionary.take(pa.array(order)).to_pylist(), dtype="str")
    return pd.Categorical.from_codes(codes, categories=categories)
