"""The annotation of a document as one string of bytes, and many of them as tables.

A record is what goes from a worker process to its parent and what is kept between runs: the
sentences, tokens, words and entities of a document without its name, as compressed Arrow tables.
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
LENGTHS = struct.Struct(f"<Q{len(TABLES)}Q")  # of a part: compressed, and of each table in it
CODEC = "zstd"


def packed(columns: Mapping[str, Mapping[str, Sequence[Any]]]) -> bytes:
    """Rows of a document, its columns by table: a record, or a part of one.

    Parts one after the other are a record too, so that a long document need not be whole.
    """
    messages = []
    for name in TABLES:
        schema = SCHEMAS[name]
        arrays = [pa.array(columns[name][field.name], type=field.type) for field in schema]
        messages.append(pa.RecordBatch.from_arrays(arrays, schema=schema).serialize())
    content = pa.compress(b"".join(messages), codec=CODEC, asbytes=True)
    return bytes(LENGTHS.pack(len(content), *map(len, messages)) + content)


def unpacked(record: bytes) -> dict[str, pa.Table]:
    """The tables of a record."""
    batches: dict[str, list[pa.RecordBatch]] = {name: [] for name in TABLES}
    begin = 0
    while begin < len(record):
        compressed, *sizes = LENGTHS.unpack_from(record, begin)
        begin += LENGTHS.size
        content = pa.decompress(record[begin : begin + compressed], sum(sizes), codec=CODEC)
        begin += compressed
        place = 0
        for name, size in zip(TABLES, sizes, strict=True):
            message = content.slice(place, size)
            batches[name].append(pa.ipc.read_record_batch(message, SCHEMAS[name]))
            place += size
    return {name: pa.Table.from_batches(batches[name], SCHEMAS[name]) for name in TABLES}


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
