"""p values. Expected values: tables of critical values, scipy, and by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from toolkit.statistics.p_values import CORRECTIONS, corrected, p_of_chi_squared


def test_critical_values_have_their_p():
    # any table of chi-squared with one degree of freedom
    found = p_of_chi_squared([3.841, 6.635, 10.828, 15.137, 0])
    assert found.round(4).tolist() == [0.05, 0.01, 0.001, 0.0001, 1]


def test_p_agrees_with_scipy_far_into_the_tail():
    scores = np.array([0.01, 1, 50, 700, 1300])
    np.testing.assert_allclose(p_of_chi_squared(-scores), stats.chi2.sf(scores, 1), rtol=1e-9)


@pytest.mark.parametrize(
    ("correction", "expected"),
    [
        # by hand: p * 5; p * 5, 4, 3, 2, 1 and never falling; p * 5 / rank and never rising back
        ("bonferroni", [0.05, 0.1, 0.15, 0.2, 1]),
        ("holm", [0.05, 0.08, 0.09, 0.09, 0.9]),
        ("benjamini_hochberg", [0.05, 0.05, 0.05, 0.05, 0.9]),
    ],
)
def test_corrections_by_hand(correction, expected):
    p = [0.01, 0.02, 0.03, 0.04, 0.9]
    np.testing.assert_allclose(corrected(p, correction), expected)
    np.testing.assert_allclose(corrected(p[::-1], correction), expected[::-1])


def test_missing_p_stays_missing_and_is_no_comparison():
    found = corrected(pd.Series([0.01, np.nan, 0.02]), "bonferroni")
    np.testing.assert_allclose(found, [0.02, np.nan, 0.04])
    for correction in CORRECTIONS:
        assert corrected([], correction).tolist() == []


def test_unknown_correction_is_named():
    with pytest.raises(ValueError, match="no correction 'fdr'; there are bonferroni, holm, benj"):
        corrected([0.1], "fdr")


@settings(deadline=None, max_examples=50)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_corrections_are_ordered_and_bounded(p):
    by_name = {name: corrected(p, name) for name in CORRECTIONS}
    np.testing.assert_allclose(by_name["benjamini_hochberg"], stats.false_discovery_control(p))
    assert (by_name["benjamini_hochberg"] <= by_name["holm"] + 1e-12).all()
    assert (by_name["holm"] <= by_name["bonferroni"] + 1e-12).all()
    assert (by_name["bonferroni"] <= 1).all()
    assert (by_name["benjamini_hochberg"] >= np.array(p) - 1e-12).all()
