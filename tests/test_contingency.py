"""Contingency tables. Expected values: by hand, unless said."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2, norm
from scipy.stats.contingency import expected_freq

from toolkit.contingency import expected, observed, p_value, score

CELLS = ["O11", "O12", "O21", "O22"]


def test_observed_follows_from_frequencies_and_sizes():
    table = observed(pd.Series([4, 1], index=["قلم", "كتاب"]), r1=10, c1=[5, 6], n=20)
    assert list(table.columns) == CELLS
    assert table.index.tolist() == ["قلم", "كتاب"]
    assert table.to_numpy().tolist() == [[4, 6, 1, 9], [1, 9, 5, 5]]
    assert set(table.dtypes) == {np.dtype("int64")}


def test_observed_takes_numbers_arrays_and_columns():
    assert observed(4, r1=10, c1=5, n=20).to_numpy().tolist() == [[4, 6, 1, 9]]
    sizes = observed(np.array([1, 2]), r1=np.array([3, 4]), c1=2, n=10)
    assert sizes.to_numpy().tolist() == [[1, 2, 1, 6], [2, 2, 0, 6]]
    table = pd.DataFrame({"f": [1.5], "f2": [2]}, index=["قلم"])
    found = observed(table["f"], r1=4, c1=table["f2"], n=8)
    assert found.loc["قلم"].tolist() == [1.5, 2.5, 0.5, 3.5]
    assert observed([], r1=4, c1=[], n=8).empty


def test_duplicate_items_keep_their_rows():
    frequency = pd.Series([1, 2], index=["قلم", "قلم"])
    assert observed(frequency, r1=4, c1=2, n=8)["O11"].tolist() == [1, 2]


def test_columns_of_different_items_are_refused():
    one, other = pd.Series([1, 2], index=["a", "b"]), pd.Series([2, 2], index=["b", "a"])
    with pytest.raises(ValueError, match="observed: the items of c1 and o11 differ; align them"):
        observed(one, r1=4, c1=other, n=8)


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ((-1, 4, 2, 8), r"O11 of 'قلم' would be -1 \(o11=-1, r1=4, c1=2, n=8\)"),
        ((5, 4, 5, 8), r"O12 of 'قلم' would be -1"),
        ((3, 4, 2, 8), r"O21 of 'قلم' would be -1 .* count all in the same unit\."),
        ((2, 6, 6, 8), r"O22 of 'قلم' would be -2"),
    ],
)
def test_impossible_frequencies_are_named(cells, message):
    o11, r1, c1, n = cells
    with pytest.raises(ValueError, match=message):
        observed(pd.Series([1, o11], index=["كتاب", "قلم"]), r1=r1, c1=[1, c1], n=n)


def test_expected_is_row_times_column_by_the_sum():
    found = expected(observed(pd.Series([4], index=["قلم"]), r1=10, c1=5, n=20))
    assert list(found.columns) == ["E11", "E12", "E21", "E22"]
    assert found.loc["قلم"].tolist() == [2.5, 7.5, 2.5, 7.5]
    assert expected(observed(0, r1=0, c1=0, n=0)).isna().all(axis=None)


def test_missing_column_is_named():
    with pytest.raises(ValueError, match="expected: no column 'O12' in the table"):
        expected(pd.DataFrame({"O11": [1]}))


def test_score_keeps_index_and_input():
    table = observed(pd.Series([4, 1], index=["قلم", "كتاب"]), r1=10, c1=[5, 6], n=20)
    before = table.copy(deep=True)
    found = score(table)
    pd.testing.assert_frame_equal(table, before)
    assert found.name == "log_likelihood"
    assert found.index.equals(table.index)


def test_score_passes_the_number_of_comparisons_on():
    table = observed(40, r1=1000, c1=42, n=2000)
    one = score(table, "conservative_log_ratio")
    many = score(table, "conservative_log_ratio", comparisons=1000)
    assert 0 < many[0] < one[0]


def test_p_values_agree_with_scipy():
    scores = pd.Series([3.841, -6.635, np.nan], index=["a", "b", "c"])
    for measure in ("log_likelihood", "chi_squared_yates"):
        found = p_value(scores, measure=measure)
        assert found.index.tolist() == ["a", "b", "c"]
        np.testing.assert_allclose(found, chi2.sf(scores.abs(), 1))
    found = p_value(pd.Series([1.96, -2.576]), measure="z_score")
    np.testing.assert_allclose(found, 2 * norm.sf([1.96, 2.576]))
    assert p_value(pd.Series([0.25]), measure="fisher_exact").tolist() == [0.25]


@pytest.mark.parametrize("measure", ["mi", "log_ratio", "t_score", "bayes_factor", "nonsense"])
def test_measure_without_p_is_refused(measure):
    with pytest.raises(ValueError, match=f"'{measure}' has no p value; these have: log_likelihood"):
        p_value(pd.Series([2.0]), measure=measure)


COUNT = st.integers(0, 1_000_000)


@settings(deadline=None, max_examples=50)
@given(COUNT, COUNT, COUNT, COUNT)
def test_expected_agrees_with_scipy_and_keeps_the_sums(a, b, c, d):
    table = observed(a, r1=a + b, c1=a + c, n=a + b + c + d)
    assert table.to_numpy().tolist() == [[a, b, c, d]]
    if a + b + c + d:
        found = expected(table).to_numpy().reshape(2, 2)
        np.testing.assert_allclose(found, expected_freq([[a, b], [c, d]]))
        np.testing.assert_allclose(found.sum(), a + b + c + d)
