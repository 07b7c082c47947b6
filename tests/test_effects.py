"""Effect sizes. Expected values: from the papers and tools named, or by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.contingency import observed
from toolkit.statistics.effects import (
    conservative_log_ratio,
    difference_coefficient,
    log_ratio,
    odds_ratio,
    percent_diff,
    simple_maths,
)
from toolkit.statistics.significance import log_likelihood

MEASURES = [
    conservative_log_ratio,
    difference_coefficient,
    log_ratio,
    odds_ratio,
    percent_diff,
    simple_maths,
]


def frame(rows):
    return pd.DataFrame(rows, columns=["O11", "O12", "O21", "O22"])


def in_corpora(measure, a, b, c, d, **options):
    """The score of an item that occurs a times in c words and b times in d."""
    return measure(frame([[a, c - a, b, d - b]]), **options)[0]


@pytest.mark.parametrize(
    ("measure", "corpora", "value", "decimals"),
    [
        # Sketch Engine's page on simple maths: 0.3117 and 0.1686 per million
        (simple_maths, (35, 263, 112_289_776, 1_559_716_979), 1.1224, 4),
        # Gabrielatos and Marchi 2011; Wordless' tests
        (percent_diff, (206_523, 178_174, 959_641, 1_562_358), 88.7, 1),
        # Pojanapunya and Watson Todd 2016; Wordless' tests
        (odds_ratio, (16_217, 735, 2_796_938, 2_087_946), 16.6, 1),
        # quanteda.textstats, test-textstat_keyness.R: (7 * 7) / (3 * 2)
        (odds_ratio, (7, 2, 10, 9), 8.1667, 4),
        # Hofland and Johansson 1982
        (difference_coefficient, (18, 35, 1_000_000, 1_000_000), -0.32, 2),
    ],
)
def test_published_values_are_reproduced(measure, corpora, value, decimals):
    assert round(in_corpora(measure, *corpora), decimals) == value


def test_log_ratio_of_ucs_and_its_discounts():
    # README of pandas-association-measures: UCS gold without discount; Walter's for "certain"
    items = ["appreciated", "certain", "measuring", "particularly", "arrived"]
    gold = [3.526202, -0.486622, 0.718847, -0.965651, 2.94124]
    frequency = pd.Series([1, 7, 1, 2, 2], index=items)
    table = observed(frequency, r1=15_334, c1=[2, 120, 8, 47, 5], n=191_998)
    assert log_ratio(table, discount=None).round(6).tolist() == gold
    assert log_ratio(table).round(6).tolist() == gold  # no zero, so nothing is put in
    assert log_ratio(table, discount="walter").round(6)["certain"] == -0.393499


def test_zero_cells_of_log_ratio():
    # by hand: 8 of 1000 against 0 of 2000, and the reverse
    table = frame([[8, 992, 0, 2000], [0, 2000, 8, 992]])
    np.testing.assert_allclose(log_ratio(table), [5, -5])  # 0.008 / (0.5 / 2000) = 32
    assert log_ratio(table, discount=None).tolist() == [np.inf, -np.inf]
    walter = np.log2((8.5 / 1000.5) / (0.5 / 2000.5))
    np.testing.assert_allclose(log_ratio(table, discount="walter"), [walter, -walter])


def test_zero_cells_of_the_other_effects():
    only_target, only_rest = (8, 0, 1000, 2000), (0, 8, 1000, 2000)
    assert in_corpora(percent_diff, *only_target) == np.inf
    assert in_corpora(percent_diff, *only_rest) == -100
    assert in_corpora(odds_ratio, *only_target) == np.inf
    assert in_corpora(odds_ratio, *only_rest) == 0
    assert in_corpora(difference_coefficient, *only_target) == 1
    assert in_corpora(difference_coefficient, *only_rest) == -1
    assert in_corpora(simple_maths, *only_target) == pytest.approx(8001)
    assert in_corpora(simple_maths, *only_rest, n=1000) == pytest.approx(0.2)  # 1000 / 5000


def test_equal_relative_frequencies_have_no_effect():
    values = [in_corpora(measure, 5, 10, 100, 200) for measure in MEASURES]
    assert dict(zip([m.__name__ for m in MEASURES], values, strict=True)) == {
        "conservative_log_ratio": 0,
        "difference_coefficient": 0,
        "log_ratio": 0,
        "odds_ratio": 1,
        "percent_diff": 0,
        "simple_maths": 1,
    }


def test_unknown_discount_is_named():
    with pytest.raises(ValueError, match="no discount 'laplace'; there are hardie, walter and No"):
        log_ratio(frame([[1, 1, 1, 1]]), discount="laplace")


@pytest.mark.parametrize("measure", MEASURES)
def test_undefined_is_missing_and_no_table_is_no_score(measure):
    # no such item; no target; no reference; nothing
    table = frame([[0, 10, 0, 10], [0, 0, 4, 16], [3, 7, 0, 0], [0, 0, 0, 0]])
    assert measure(table).isna().all()
    assert measure(table.iloc[:0]).empty


# --- conservative log ratio -------------------------------------------------------------------


@pytest.fixture(scope="module")
def tables():
    random = np.random.default_rng(5)
    cells = random.integers(0, 200, (500, 4)) * random.integers(0, 2, (500, 4)) + [0, 1, 0, 1]
    table = frame(cells)
    return table[table["O11"] + table["O21"] > 0].reset_index(drop=True)


# not smaller: they take the quantile of 1 - alpha, which loses the digits of alpha
@pytest.mark.parametrize("alpha", [0.05, 0.001, 1e-5])
@pytest.mark.parametrize("comparisons", [None, 1, 100_000])
def test_conservative_log_ratio_agrees_with_association_measures(tables, peer, alpha, comparisons):
    with_sizes = tables.assign(R1=tables["O11"] + tables["O12"], R2=tables["O21"] + tables["O22"])
    theirs = peer.conservative_log_ratio(
        with_sizes, alpha=alpha, vocab=len(tables) if comparisons is None else comparisons
    )
    found = conservative_log_ratio(tables, alpha=alpha, comparisons=comparisons)
    np.testing.assert_allclose(found, theirs, rtol=1e-6, atol=1e-6)


def test_conservative_log_ratio_lies_between_zero_and_the_log_ratio(tables):
    careful, plain = conservative_log_ratio(tables), log_ratio(tables, discount=None)
    assert (careful.abs() <= plain.abs() + 1e-9).all()
    assert (np.sign(careful) * np.sign(plain) >= 0).all()
    assert (careful == 0).any()
    assert (careful != 0).any()


def test_conservative_log_ratio_demands_more_of_more_comparisons():
    table = frame([[40, 960, 2, 998]])
    few, many = (conservative_log_ratio(table, comparisons=n)[0] for n in (1, 1_000_000))
    assert 0 <= many < few < log_ratio(table)[0]


@pytest.mark.parametrize("options", [{"alpha": 0}, {"alpha": 1.5}, {"comparisons": 0}])
def test_impossible_level_is_refused(options):
    with pytest.raises(ValueError, match="alpha lies between 0 and 1, and at least one item"):
        conservative_log_ratio(frame([[1, 1, 1, 1]]), **options)


COUNT = st.integers(0, 10_000)


@settings(deadline=None, max_examples=20)
@given(COUNT, COUNT, COUNT, COUNT)
def test_exchange_of_the_corpora_turns_the_effect(a, b, c, d):
    table, turned = frame([[a, b, c, d]]), frame([[c, d, a, b]])
    for measure in (log_ratio, difference_coefficient, conservative_log_ratio):
        np.testing.assert_allclose(measure(table), -measure(turned), rtol=1e-6, atol=1e-9)
    for measure in (simple_maths, odds_ratio):
        with np.errstate(divide="ignore"):
            np.testing.assert_allclose(measure(table), 1 / measure(turned), rtol=1e-9)
    sign = np.sign(log_likelihood(table)[0])
    for measure in (log_ratio, percent_diff):
        found = measure(table, **({"discount": None} if measure is log_ratio else {}))[0]
        assert np.isnan(found) or abs(found) < 1e-9 or np.sign(found) == sign
