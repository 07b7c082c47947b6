"""Two frequency tables side by side. Expected values: by hand."""

import pandas as pd
import pytest

from toolkit.statistics.alignment import aligned

ITEMS = {"target": ["قلم", "كتاب", "باب"], "reference": ["كتاب", "نور", "قلم"]}


def index(items, kind):
    if kind == "pairs":
        return pd.MultiIndex.from_tuples([(item, "NOUN") for item in items])
    if kind == "numbers":
        return pd.Index([len(item) * 10 + ord(item[0]) for item in items])
    return pd.Index(items, dtype=kind)


@pytest.mark.parametrize("kind", ["str", "object", "category", "pairs", "numbers"])
def test_items_of_both_tables_are_found_once(kind):
    one = pd.DataFrame({"freq": [3, 2, 1], "n": 6}, index=index(ITEMS["target"], kind))
    other = pd.DataFrame({"freq": [9, 8, 7], "n": 24}, index=index(ITEMS["reference"], kind))
    sides = aligned("keywords", one, other)
    expected = index(["قلم", "كتاب", "باب", "نور"], kind)
    assert sides.joined.take(sides.first).tolist() == expected.tolist()
    assert [column.tolist() for column in sides.both("freq")] == [[3, 2, 1, 0], [7, 9, 0, 8]]
    assert sides.sizes == (6, 24)


def test_missing_item_is_an_item():
    one = pd.DataFrame({"freq": [3, 2], "n": 6}, index=pd.Index(["قلم", None], dtype="str"))
    sides = aligned("keywords", one, one)
    assert [column.tolist() for column in sides.both("freq")] == [[3, 2], [3, 2]]
