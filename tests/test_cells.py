"""Cells and margins. Expected values: by hand."""

import numpy as np
import pandas as pd
import pytest

from toolkit.statistics.cells import cells, log, ratio, x_log_ratio

# the item 4 times among 10 words, and once among 10 others
TABLE = pd.DataFrame({"O11": [4], "O12": [6], "O21": [1], "O22": [9]}, index=["قلم"])


def test_margins_and_expected_cells_follow_from_the_four():
    found = cells("mi", TABLE)
    assert [float(margin[0]) for margin in (found.r1, found.r2, found.c1, found.c2, found.n)] == [
        10,
        10,
        5,
        15,
        20,
    ]
    assert [float(cell[0]) for cell in found.expected] == [2.5, 7.5, 2.5, 7.5]
    assert found.difference.tolist() == [1.5]
    assert found.sign.tolist() == [1]


def test_scores_are_a_new_column_under_the_same_index():
    found = cells("mi", TABLE).scores("mi", np.array([2.0]))
    assert found.name == "mi"
    assert found.to_dict() == {"قلم": 2.0}


@pytest.mark.parametrize(
    "cells_of_row",
    [(0, 5, 0, 5), (0, 0, 1, 5), (1, 5, 0, 0), (0, 0, 0, 0)],
    ids=["no item", "no target", "no rest", "nothing"],
)
def test_table_without_item_target_or_rest_is_not_defined(cells_of_row):
    table = pd.DataFrame([cells_of_row], columns=["O11", "O12", "O21", "O22"])
    found = cells("mi", table)
    assert found.scores("mi", np.array([7.0])).isna().all()


def test_missing_column_is_named():
    with pytest.raises(ValueError, match="mi: no column 'O22' in the table; its columns are O11"):
        cells("mi", TABLE.drop(columns="O22"))


def test_large_counts_do_not_overflow():
    # the product of the margins, 10^40, is beyond 64 bits
    big = pd.DataFrame([[10**10] * 4], columns=["O11", "O12", "O21", "O22"])
    assert cells("phi", big).e11.tolist() == [1e10]


def test_zeros_are_limits_and_not_errors():
    assert ratio(np.array([1.0, -1.0]), np.array([0.0, 0.0])).tolist() == [np.inf, -np.inf]
    assert np.isnan(ratio(np.array([0.0]), np.array([0.0]))[0])
    assert log(np.array([0.0]), 10).tolist() == [-np.inf]
    assert np.isnan(log(np.array([-1.0]))[0])
    assert x_log_ratio(np.array([0.0, 0.0]), np.array([0.0, 2.0])).tolist() == [0, 0]


def test_bases_of_the_logarithm():
    values = np.array([1000.0])
    assert log(values, 10).tolist() == [3]
    assert log(values, 2)[0] == pytest.approx(9.965784, abs=1e-6)  # 3 / log10(2)
    assert log(values, np.e)[0] == pytest.approx(6.907755, abs=1e-6)
