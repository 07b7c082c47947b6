"""The annotation of a document as one string of bytes, and many of them as tables.

A record is what goes from a worker process to its parent and what is kept between runs: the
sentences, tokens, words and entities of a document without its name, as Arrow tables.
"""

import struct
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.tables import SCHEMA

TABLES = ("sentences", "tokens", "words", "entities")
TYPES = {"int32": pa.int32(), "Int32": pa.int32(), "category": pa.large_string()}
SCHEMAS = {
    name: pa.schema(
        [(column, TYPES[dtype]) for column, dtype in SCHEMA[name].items() if column != "doc"]
    )
    for name in TABLES
}
LENGTHS = struct.Struct(f"<{len(TABLES)}Q")
COMPRESSED = pa.ipc.IpcWriteOptions(compression="zstd")


def packed(columns: Mapping[str, Mapping[str, Sequence[Any]]]) -> bytes:
    """The record of a document: its columns by table, each in the order of the schema."""
    parts = []
    for name in TABLES:
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, SCHEMAS[name], options=COMPRESSED) as writer:
            writer.write_table(pa.table(dict(columns[name]), schema=SCHEMAS[name]))
        parts.append(sink.getvalue().to_pybytes())
    return LENGTHS.pack(*map(len, parts)) + b"".join(parts)


def unpacked(record: bytes) -> dict[str, pa.Table]:
    """The tables of a record."""
    found, begin = {}, LENGTHS.size
    for name, length in zip(TABLES, LENGTHS.unpack_from(record), strict=True):
        with pa.ipc.open_stream(pa.py_buffer(record)[begin : begin + length]) as reader:
            found[name] = reader.read_all()
        begin += length
    return found


def tables_of(docs: Sequence[str], records: Sequence[bytes]) -> dict[str, pd.DataFrame]:
    """The tables of many documents, in this order, with categories sorted by code point."""
    parts = [unpacked(record) for record in records]
    found = {}
    for name in TABLES:
        each = [part[name] for part in parts]
        whole = pa.concat_tables(each) if each else SCHEMAS[name].empty_table()
        columns = {"doc": _repeated(docs, [len(table) for table in each])}
        for column, dtype in SCHEMA[name].items():
            if column != "doc":
                columns[column] = _column(whole[column], dtype)
        found[name] = pd.DataFrame(columns)
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
    encoded = values.dictionary_encode().unify_dictionaries().combine_chunks()
    if isinstance(encoded, pa.ChunkedArray):  # of no rows
        return pd.Categorical([], categories=pd.Index([], dtype="str"))
    order = pc.sort_indices(encoded.dictionary).to_numpy()
    place = np.empty(len(order) + 1, dtype=np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    place[-1] = -1  # missing
    codes = place[encoded.indices.fill_null(len(order)).to_numpy()]
    categories = pd.Index(encoded.dictionary.take(pa.array(order)).to_pylist(), dtype="str")
    return pd.Categorical.from_codes(codes, categories=categories)
