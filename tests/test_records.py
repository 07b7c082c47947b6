"""Records: the annotation of a document as bytes, and many of them as the tables of a corpus."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.annotating import records
from toolkit.tables import sorted_categories, typed_table

WORDS = st.one_of(st.none(), st.text(max_size=6))
CELLS = {"int32": st.integers(-(2**31), 2**31 - 1), "category": WORDS}
CELLS["str"] = WORDS
CELLS["Int32"] = st.one_of(st.none(), CELLS["int32"])


@st.composite
def documents(draw):
    found = {}
    for name, columns in records.COLUMNS.items():
        rows = draw(st.integers(0, 4))
        found[name] = {
            column: draw(st.lists(CELLS[dtype], min_size=rows, max_size=rows))
            for column, dtype in columns.items()
        }
    return found


def record_of(columns):
    return records.packed(records.batches_of(columns))


@given(st.lists(documents(), max_size=4))
def test_tables_are_those_of_all_rows_together(found):
    docs = [f"d{9 - number}" for number in range(len(found))]
    tables = records.tables_of(docs, [records.unpacked(record_of(columns)) for columns in found])
    for name in records.COLUMNS:
        rows = {column: [] for column in ("doc", *records.COLUMNS[name])}
        for doc, columns in zip(docs, found, strict=True):
            rows["doc"] += [doc] * len(columns[name]["start"])
            for column, cells in columns[name].items():
                rows[column] += cells
        expected = typed_table(name, rows)
        if name == "entities":
            expected["title"] = sorted_categories(pd.Series(rows["title"], dtype="object"))
        pd.testing.assert_frame_equal(tables[name], expected)


@given(st.lists(documents(), min_size=2, max_size=3))
def test_parts_one_after_the_other_are_a_record_too(found):
    *early, last = found
    record = b"".join(map(record_of, found))
    joined = records.unpacked(b"".join(map(record_of, early)), records.batches_of(last))
    for name, table in records.unpacked(record).items():
        assert table.equals(joined[name])


def test_equal_annotation_gives_equal_bytes():
    assert record_of({}) == record_of({name: {} for name in records.COLUMNS})


def test_a_record_that_is_cut_short_is_no_table():
    with pytest.raises((OSError, ValueError)):
        records.unpacked(record_of({})[:-8])
