"""CSV: no formula in a spreadsheet, and the same cells back.

What spreadsheets take for a formula is what OWASP lists ("CSV Injection"): a cell that begins with
= + - @, a tab, a carriage return or a line feed, or a full-width form of these.
"""

import csv
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import counts
from toolkit.exporting import guarded

OWASP = "=+-@\t\r\n＝＋－＠"
texts = st.text(st.sampled_from([*OWASP, *"'\",; ابج\N{RIGHT-TO-LEFT MARK}\x00"]), max_size=6)


@pytest.mark.parametrize("first", OWASP)
def test_cell_that_begins_a_formula_gets_an_apostrophe(first, tmp_path):
    table = pd.DataFrame({"form": [f"{first}1+1"]})
    path = guarded.write_csv(table, tmp_path / "a.csv", bom=False)
    with path.open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [["form"], [f"'{first}1+1"]]
    assert guarded.read_csv(path)["form"].tolist() == [f"{first}1+1"]


@given(texts)
def test_guarded_cell_begins_no_formula_and_comes_back(text):
    cell = guarded.guarded(text)
    assert not re.match(f"[{re.escape(OWASP)}]", cell)
    assert guarded.unguarded(cell) == text


@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=5))
def test_table_of_odd_cells_comes_back(tmp_path_factory, rows):
    table = pd.DataFrame(rows, columns=["form", "=norm"], dtype="str")
    for name in ("a.csv", "a.tsv"):
        path = guarded.write_csv(table, tmp_path_factory.mktemp("csv") / name)
        found = guarded.read_csv(path)
        assert list(found.columns) == list(table.columns)
        for column in table:  # an empty cell is missing
            expected = [cell or None for cell in table[column]]
            assert found[column].astype("object").where(found[column].notna(), None).tolist() == (
                expected
            )


def test_numbers_stay_numbers_and_missing_cells_are_empty(tmp_path):
    table = pd.DataFrame({"n": [-1, 2], "share": [-0.5, None], "form": [None, "قال"]})
    path = guarded.write_csv(table, tmp_path / "a.csv", bom=False)
    assert path.read_bytes().decode() == "n,share,form\n-1,-0.5,\n2,,قال\n"


def test_mark_at_the_beginning_is_there_for_excel_and_can_be_left_out(twelve, tmp_path):
    assert guarded.write_csv(twelve.words, tmp_path / "a.csv").read_bytes()[:3] == b"\xef\xbb\xbf"
    path = guarded.write_csv(twelve.words, tmp_path / "b.csv", bom=False)
    assert path.read_bytes()[:3] == b"doc"


def test_guard_can_be_left_out(tmp_path):
    path = guarded.write_csv(pd.DataFrame({"form": ["-"]}), tmp_path / "a.csv", guard=False)
    assert path.read_text(encoding="utf-8-sig") == "form\n-\n"


def test_categories_and_unused_ones_are_written_as_text(tmp_path):
    forms = pd.Categorical(["-", "قال", None], categories=["-", "'-", "قال", "لا"])
    path = guarded.write_csv(pd.DataFrame({"form": forms}), tmp_path / "a.csv", bom=False)
    assert path.read_text(encoding="utf-8") == 'form\n\'-\nقال\n""\n'
    assert guarded.read_csv(path)["form"].isna().tolist() == [False, False, True]


def test_index_that_says_something_becomes_a_column(twelve, tmp_path):
    freqs = counts.frequencies(twelve.words, by="lemma")
    path = guarded.write_csv(freqs, tmp_path / "a.csv")
    assert guarded.read_csv(path)["lemma"].tolist() == freqs.index.tolist()
    pairs = freqs.set_index("docs", append=True)
    assert list(guarded.read_csv(guarded.write_csv(pairs, path)))[:2] == ["lemma", "docs"]
    askew = twelve.words.iloc[5:9]
    assert list(guarded.read_csv(guarded.write_csv(askew, path))) == list(askew.columns)


def test_halves_of_characters_are_counted(tmp_path):
    table = pd.DataFrame({"form": pd.Series(["ا\ud800"], dtype="object")})
    with pytest.warns(UserWarning, match=r"^write_csv: 1 halves of characters were replaced"):
        path = guarded.write_csv(table, tmp_path / "a.csv")
    assert guarded.read_csv(path)["form"].tolist() == ["ا\ufffd"]


def test_table_is_not_changed(twelve, tmp_path):
    before = twelve.words.copy(deep=True)
    guarded.write_csv(twelve.words, tmp_path / "a.csv")
    pd.testing.assert_frame_equal(twelve.words, before)


@pytest.mark.parametrize("given_table", [None, 3, [1], {"form": [1]}])
def test_what_is_no_table_is_refused(given_table, tmp_path):
    with pytest.raises(ValueError, match=r"^write_csv: the table is of type \w+, not a DataFrame"):
        guarded.write_csv(given_table, tmp_path / "a.csv")


def test_missing_and_foreign_files_are_refused(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"^read_csv: no file '.*none\.csv'"):
        guarded.read_csv(tmp_path / "none.csv")
    with pytest.raises(ValueError, match=r"^read_csv: 'a\.txt' does not end in \.csv or \.tsv"):
        guarded.read_csv(tmp_path / "a.txt")
