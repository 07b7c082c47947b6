"""Records: the annotation of a document as bytes, and many of them as the tables of a corpus."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.annotating import records
from toolkit.tables import SCHEMA, typed_table

WORDS = st.one_of(st.none(), st.text(max_size=6))
CELLS = {"int32": st.integers(-(2**31), 2**31 - 1), "category": WORDS}
CELLS["Int32"] = st.one_of(st.none(), CELLS["int32"])


@st.composite
def documents(draw):
    found = {}
    for name in records.TABLES:
        rows = draw(st.integers(0, 4))
        found[name] = {
            column: draw(st.lists(CELLS[dtype], min_size=rows, max_size=rows))
            for column, dtype in SCHEMA[name].items()
            if column != "doc"
        }
    return found


@given(st.lists(documents(), max_size=4))
def test_tables_are_those_of_all_rows_together(found):
    docs = [f"d{9 - number}" for number in range(len(found))]
    tables = records.tables_of(docs, [records.packed(columns) for columns in found])
    for name in records.TABLES:
        rows = {column: [] for column in SCHEMA[name]}
        for doc, columns in zip(docs, found, strict=True):
            rows["doc"] += [doc] * len(columns[name]["start"])
            for column, cells in columns[name].items():
                rows[column] += cells
        pd.testing.assert_frame_equal(tables[name], typed_table(name, rows))


def test_equal_annotation_gives_equal_bytes():
    columns = {name: {c: [] for c in SCHEMA[name] if c != "doc"} for name in records.TABLES}
    assert records.packed(columns) == records.packed(columns)


def test_a_record_that_is_cut_short_is_no_table():
    columns = {name: {c: [] for c in SCHEMA[name] if c != "doc"} for name in records.TABLES}
    with pytest.raises((OSError, ValueError)):
        records.unpacked(records.packed(columns)[:40])
