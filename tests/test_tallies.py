"""Tallies of items: large tables are counted in parts, whose borders must not show."""

from collections import Counter, defaultdict

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.columns import Coded
from toolkit.statistics import tallies

ITEMS = pd.Index(["ا", "ب", "ت"], dtype="str")
ROWS = st.lists(st.tuples(st.integers(-1, 2), st.booleans(), st.integers(-1, 5)), max_size=60)


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    monkeypatch.setattr(tallies, "BLOCK", 1)  # then a part has 4 rows for each item


def arrays(rows):
    codes, mask, docs = ([row[place] for row in rows] for place in range(3))
    return np.array(codes, dtype=np.int32), np.array(mask, bool), np.array(docs, dtype=np.int32)


@settings(deadline=None)
@given(rows=ROWS)
def test_items_are_counted_where_they_are_chosen(rows):
    codes, mask, _ = arrays(rows)
    for where, chosen in ((mask, mask), (slice(None), np.ones(len(codes), dtype=bool))):
        by_hand = Counter(codes[chosen].tolist())
        found = tallies.counts_where(codes, where, 3)
        assert found.tolist() == [by_hand[code] for code in range(3)]


@settings(deadline=None)
@given(rows=ROWS, in_order=st.booleans())
def test_documents_of_an_item_are_counted_once_wherever_their_rows_stand(rows, in_order):
    codes, mask, docs = arrays(sorted(rows, key=lambda row: row[2]) if in_order else rows)
    freq, in_docs = tallies.per_item(Coded(codes, ITEMS), mask, docs)
    found = defaultdict(set)
    for code, _, doc in (row for row in rows if row[1] and row[2] >= 0):
        found[code].add(doc)
    assert in_docs.tolist() == [len(found[code]) for code in range(3)]
    by_hand = Counter(code for code, chosen, _ in rows if chosen)
    assert freq.tolist() == [by_hand[code] for code in range(3)]


def test_more_items_and_documents_than_32_bits_hold_are_told_apart():
    codes = np.array([2**24, 5, 2**24, 5], dtype=np.int32)
    run = np.array([0, 0, 299, 299], dtype=np.uint32)
    item, freq, docs = tallies._of_runs(codes, run, np.ones(300, dtype=bool))
    assert item.tolist() == [5, 2**24]
    assert freq.tolist() == docs.tolist() == [2, 2]


@pytest.mark.parametrize(
    ("freq", "order"),
    [([1, 3, 1, 2], [1, 3, 0, 2]), ([2, 2], [0, 1]), ([], []), ([2**62, 1, 2**62], [0, 2, 1])],
)
def test_equal_frequencies_stay_as_they_stood(freq, order):
    assert tallies.falling(np.array(freq, dtype=np.int64)).tolist() == order


def test_positions_pass_over_rows_that_are_not_counted():
    table = pd.DataFrame({"kind": ["word", "punctuation", "punctuation", "word"]})
    codes = np.array([0, 1, 1, 2], dtype=np.int32)
    found = tallies.counted_rows(table, codes, items=3, kinds=["word"])
    assert found.codes.tolist() == [0, 2]
    assert found.freq.tolist() == [1, 0, 1]
    assert found.positions(np.array([0, 1, 2, 3, 4])).tolist() == [0, 1, 1, 1, 2]
