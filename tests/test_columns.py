"""Columns as codes, and arguments that are checked. Expected values: by hand, or plain Python."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.columns import (
    coded,
    in_items,
    is_whole,
    keys_of,
    kinds_of,
    mask_of_kinds,
    names_of,
    one_name,
    segments,
    whole_number,
)

# --- arguments --------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [3, np.int8(3), np.int64(3), np.uint16(3)])
def test_whole_numbers_of_python_and_numpy_are_taken(number):
    found = whole_number("ngrams", "n", number, least=3)
    assert (found, type(found)) == (3, int)
    assert is_whole(number, least=0)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (2, "2"),
        (-5, "-5"),
        (3.5, "3.5"),
        (4.0, "4.0"),
        ("4", "'4'"),
        (None, "None"),
        (True, "True"),
        (np.True_, "np.True_"),
        (np.float64(4), "np.float64(4.0)"),
        (float("nan"), "nan"),
        ([4], "[4]"),
    ],
)
def test_what_is_no_whole_number_or_too_small_is_named(value, shown):
    assert not is_whole(value, least=3)
    with pytest.raises(ValueError, match=r"^ngrams: ") as refused:
        whole_number("ngrams", "n", value, least=3)
    assert str(refused.value) == f"ngrams: n is {shown}; pass a whole number, 3 or more."


def test_what_else_can_be_passed_is_named():
    with pytest.raises(ValueError, match=r"a whole number, 0 or more, or None for all\.$"):
        whole_number("kwic", "limit", -1, least=0, otherwise="None for all")


def test_one_name_or_several_become_a_list():
    assert names_of("kwic", "sort", "node") == ["node"]
    assert names_of("kwic", "sort", pd.Index(["node", "after1"])) == ["node", "after1"]
    with pytest.raises(ValueError, match=r"^kwic: sort is 3; pass a name, or a list of names\.$"):
        names_of("kwic", "sort", 3)
    with pytest.raises(ValueError, match=r"^kwic: kinds is None; pass a name"):
        kinds_of("kwic", None)


def test_column_is_one_name():
    assert one_name("ngrams", "lemma") == "lemma"
    for by in (None, 3, ["lemma"], pd.Series(["lemma"])):
        with pytest.raises(ValueError, match="is not the name of one column; pass one string"):
            one_name("ngrams", by)


@pytest.mark.parametrize("table", [None, 3, [], pd.Series(["a"], name="lemma")])
@pytest.mark.parametrize("by", ["lemma", ["lemma"], [], None])
def test_keys_of_what_is_no_table_are_refused(table, by):
    with pytest.raises(ValueError, match=r"^frequencies: the table is of type .* not a DataFrame"):
        keys_of("frequencies", table, by)


# --- rows -------------------------------------------------------------------------------------

ITEMS = ["قال", "نعم", "أ", "ا", "3", "لا", "في"]


@settings(deadline=None)
@given(
    st.lists(st.sampled_from([*ITEMS, None]), max_size=30),
    st.sampled_from([0, 1, 3, 4, len(ITEMS)]),
    st.sampled_from(["object", "str", "category"]),
    st.randoms(),
)
def test_rows_of_wanted_items_agree_with_a_plain_check(rows, wanted, dtype, random):
    column = coded(pd.DataFrame({"norm": pd.Series(rows, dtype="object").astype(dtype)}), ["norm"])
    some = [*random.sample(ITEMS, wanted), "لندن"]
    found = in_items(column, some)
    assert found.dtype == bool
    assert found.tolist() == [row in some for row in rows]
    assert not in_items(column, []).any()


def test_run_ends_where_a_cell_changes_and_is_no_document():
    table = pd.DataFrame({"doc": list("aabba"), "sent": [1, 2, 2, 2, 2]})
    assert segments(table).tolist() == [0, 1, 2, 2, 3]
    assert segments(table, ["doc"]).tolist() == [0, 0, 1, 1, 2]
    assert segments(table.head(0)).tolist() == []


@pytest.mark.parametrize("cell", [["قال", "نعم"], ("قال",), {"قال"}])
def test_a_cell_of_several_items_is_refused(cell):
    table = pd.DataFrame({"norm": pd.Series(["نعم", cell], dtype="object")})
    message = rf"the table: column 'norm' has .* in row 1, which is a {type(cell).__name__} and no"
    with pytest.raises(ValueError, match=message):
        coded(table, ["norm"])


def test_true_and_one_are_two_items():
    table = pd.DataFrame({"norm": pd.Series([True, 1, "1", None, 1], dtype="object")})
    found = coded(table, ["norm"])
    assert found.items.tolist() == ["True", "1"]
    assert found.codes.tolist() == [0, 1, 1, -1, 1]


@pytest.mark.parametrize("dtype", ["object", "str", "category"])
@pytest.mark.parametrize("kind", ["Word", "words", None])
def test_a_row_of_no_known_kind_is_refused(kind, dtype):
    kinds = pd.Series(["word", kind, "number"], dtype="object").astype(dtype)
    message = r"the table: kind is .* in row 1, and 1 of 3 rows are of no known kind; there are wo"
    with pytest.raises(ValueError, match=message):
        mask_of_kinds(pd.DataFrame({"kind": kinds}), ["word"])
    assert mask_of_kinds(pd.DataFrame({"kind": kinds.iloc[::2]}), ["word"]).tolist() == [
        True,
        False,
    ]
