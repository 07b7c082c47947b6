"""Tests of preference. Expected values: from the papers and tools named, or by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.metrics import BigramAssocMeasures
from scipy.stats import chi2_contingency

from toolkit.contingency import expected, observed
from toolkit.statistics import significance
from toolkit.statistics.significance import (
    bayes_factor,
    chi_squared,
    chi_squared_yates,
    log_likelihood,
    log_likelihood_two_term,
    log_likelihood_williams,
    simple_log_likelihood,
    t_score,
    z_score,
)

SIGNED = [
    log_likelihood,
    log_likelihood_two_term,
    log_likelihood_williams,
    simple_log_likelihood,
    chi_squared,
    chi_squared_yates,
]
MEASURES = [*SIGNED, z_score, t_score, bayes_factor]


def one(measure, o11, r1, c1, n, **options):
    return measure(observed(o11, r1=r1, c1=c1, n=n), **options)[0]


def in_corpora(measure, a, b, c, d, **options):
    """The score of an item that occurs a times in c words and b times in d."""
    return one(measure, a, c, a + b, c + d, **options)


@pytest.mark.parametrize(
    ("measure", "cells", "value", "decimals"),
    [
        # Dunning 1993, table 1; NLTK collocations.doctest
        (log_likelihood, (110, 2552, 221, 31_777), 270.72, 2),
        (log_likelihood, (8, 13, 32, 31_777), 95.29, 2),
        # Dunning 1993, p. 72; Wordless' tests
        (log_likelihood, (10, 10, 13, 31_777), 167.23, 2),
        # Dunning 1993, p. 73; Wordless' tests
        (chi_squared, (3, 3, 3, 31_777), 31_777, 0),
        # Manning and Schütze 1999, 5.3; NLTK collocations.doctest
        (chi_squared, (59, 67, 65, 571_007), 456_400, 0),
        (chi_squared, (8, 15_828, 4675, 14_307_668), 1.55, 2),
        (t_score, (8, 15_828, 4675, 14_307_668), 0.9999, 4),
        (t_score, (20, 42, 20, 14_307_668), 4.4721, 4),
    ],
)
def test_published_tables_are_reproduced(measure, cells, value, decimals):
    assert round(one(measure, *cells), decimals) == value


def test_yates_of_pedersen_1996():
    # 0.5 there without a sign; O11 is below its expectation of 2
    assert one(chi_squared, 1, 4, 4, 8, correction="yates", signed=False) == pytest.approx(0.5)
    assert one(chi_squared_yates, 1, 4, 4, 8) == pytest.approx(-0.5)


@pytest.mark.parametrize(
    ("measure", "corpora", "value"),
    [
        # UCREL's wizard leaves out two of four terms: both recomputed from the formulas
        (log_likelihood, (100, 50, 10_000, 10_000), 17.1158),
        (log_likelihood_two_term, (100, 50, 10_000, 10_000), 16.9899),
        (log_likelihood, (10, 0, 1000, 1000), 13.9132),
        (log_likelihood_two_term, (10, 0, 1000, 1000), 13.8629),
        # G2 - ln N: Wilson 2013; Wordless' documentation
        (bayes_factor, (100, 50, 10_000, 10_000), 7.2124),
    ],
)
def test_two_and_four_terms_are_told_apart(measure, corpora, value):
    assert round(in_corpora(measure, *corpora), 4) == value


# README of pandas-association-measures, gold values of the UCS toolkit: f1 = 15334, N = 191998
UCS = pd.DataFrame(
    {
        "f": [1, 7, 1, 2, 2],
        "f2": [2, 120, 8, 47, 5],
        "E11": [0.159731, 9.58385, 0.638923, 3.753675, 0.399327],
        "z_score": [2.102442, -0.834636, 0.451726, -0.90515, 2.533018],
        "t_score": [0.840269, -0.976603, 0.361077, -1.240035, 1.131847],
        "log_likelihood": [2.448757, -0.829802, 0.191806, -1.059386, 3.879126],
        "simple_log_likelihood": [1.987992, -0.769331, 0.173788, -0.988997, 3.243141],
    },
    index=["appreciated", "certain", "measuring", "particularly", "arrived"],
)


@pytest.mark.parametrize("name", ["z_score", "t_score", "log_likelihood", "simple_log_likelihood"])
def test_five_rows_of_ucs_are_reproduced(name):
    table = observed(UCS["f"], r1=15_334, c1=UCS["f2"], n=191_998)
    found = getattr(significance, name)(table)
    assert found.round(6).to_dict() == UCS[name].to_dict()
    assert expected(table)["E11"].round(6).to_dict() == UCS["E11"].to_dict()


def quanteda_toy(measure, **options):
    """Scores of the words a and b of d1 = b*7 a*3 against d2 = a*7 b*2."""
    return measure(observed([3, 7], r1=10, c1=[10, 9], n=19), **options).round(6).tolist()


def test_toy_of_quanteda_is_reproduced():
    # tests/testthat/test-textstat_keyness.R of quanteda.textstats
    assert quanteda_toy(chi_squared) == [-4.33716, 4.33716]
    assert quanteda_toy(chi_squared_yates) == [-2.632438, 2.632438]
    assert quanteda_toy(log_likelihood) == [-4.534939, 4.534939]
    assert quanteda_toy(log_likelihood_williams) == [-4.200833, 4.200833]


def test_order_of_quanteda_is_reproduced():
    # test-textstat_keyness.R: a a a b b c c c c c c d e f g h h / a a b c c d d d d e f h
    target = pd.Series({"a": 3, "b": 2, "c": 6, "d": 1, "e": 1, "f": 1, "g": 1, "h": 2})
    both = target + pd.Series({"a": 2, "b": 1, "c": 2, "d": 4, "e": 1, "f": 1, "g": 0, "h": 1})
    found = log_likelihood(observed(target, r1=17, c1=both, n=29))
    assert "".join(found.sort_values(ascending=False, kind="stable").index) == "cgbhaefd"
    assert found.round(4).to_dict() == {
        "a": 0.0048,
        "b": 0.0912,
        "c": 1.2742,
        "d": -3.7794,
        "e": -0.0649,
        "f": -0.0649,
        "g": 1.0933,
        "h": 0.0912,
    }
    default = chi_squared(observed(target, r1=17, c1=both, n=29), correction="quanteda")
    assert "".join(default.sort_values(ascending=False, kind="stable").index) == "gcbhaefd"


def test_quanteda_corrects_only_small_tables_far_from_expectation():
    # by hand, condition of quanteda.textstats src/keyness.cpp: |ad - bc| >= N / 2 and some E < 5
    small_and_far = observed(7, r1=10, c1=9, n=19)  # E11 = 4.74, O11 - E11 = 2.26
    assert chi_squared(small_and_far, correction="quanteda")[0] == pytest.approx(2.632438, abs=1e-6)
    near = observed(5, r1=10, c1=9, n=19)  # O11 - E11 = 0.26
    large = observed(100, r1=1000, c1=150, n=2000)
    for table in (near, large):
        assert chi_squared(table, correction="quanteda")[0] == chi_squared(table)[0]
        assert log_likelihood(table, correction="quanteda")[0] == log_likelihood(table)[0]
    # b = 7, 2 moved to 6.5, 2.5 and 3, 7 to 3.5, 6.5: 2 * sum O ln(O / E), by hand 2.7081
    moved = 2 * sum(
        o * np.log(o / e)
        for o, e in [(6.5, 90 / 19), (3.5, 100 / 19), (2.5, 81 / 19), (6.5, 90 / 19)]
    )
    assert log_likelihood(small_and_far, correction="quanteda")[0] == pytest.approx(moved)


def test_williams_may_leave_tables_with_a_zero_alone():
    table = observed(10, r1=1000, c1=10, n=2000)
    assert log_likelihood_williams(table)[0] < log_likelihood(table)[0]
    assert log_likelihood_williams(table, zero_cells=False)[0] == log_likelihood(table)[0]


def test_sign_tells_the_direction_and_can_be_left_out():
    table = observed([4, 1], r1=10, c1=[5, 5], n=20)
    for measure in SIGNED:
        found = measure(table)
        assert found[0] > 0 > found[1]
        if measure is not simple_log_likelihood:  # which looks at the first cell alone
            assert found[0] == pytest.approx(-found[1])
    for measure in (log_likelihood, log_likelihood_two_term, simple_log_likelihood, chi_squared):
        assert (measure(table, signed=False) > 0).all()


def test_no_preference_is_zero():
    table = observed(5, r1=10, c1=10, n=20)
    for measure in [*SIGNED, z_score, t_score]:
        assert measure(table)[0] == pytest.approx(0)


def test_absent_item_counts_as_zero_times_log_of_zero():
    # the item 0 times in 10 words and 5 in 10; by hand: 2 * (10 ln(10/7.5) + 5 ln 2 + 5 ln(5/7.5))
    table = observed(0, r1=10, c1=5, n=20)
    assert log_likelihood(table)[0] == pytest.approx(
        -2 * (10 * np.log(10 / 7.5) + 5 * np.log(2) + 5 * np.log(5 / 7.5))
    )
    assert log_likelihood_two_term(table)[0] == pytest.approx(-2 * 5 * np.log(2))
    assert simple_log_likelihood(table)[0] == pytest.approx(-5)  # 2 * E11
    assert t_score(table)[0] == -np.inf
    assert z_score(table)[0] == pytest.approx(-np.sqrt(2.5))


def test_corpora_of_one_word_repeated_show_no_preference():
    # C2 = 0: the likelihood is 1 whatever the sizes, while chi-squared divides by an E of 0
    table = observed(6, r1=6, c1=10, n=10)
    assert log_likelihood(table)[0] == 0
    assert log_likelihood_two_term(table)[0] == 0
    assert np.isnan(chi_squared(table)[0])


@pytest.mark.parametrize("measure", MEASURES)
def test_undefined_is_missing_and_no_table_is_no_score(measure):
    # no such item; no target; no rest; nothing
    table = observed([0, 0, 3, 0], r1=[10, 0, 10, 0], c1=[0, 4, 3, 0], n=[20, 20, 10, 0])
    assert measure(table).isna().all()
    assert measure(table.iloc[:0]).empty


@pytest.mark.parametrize("measure", [log_likelihood, chi_squared])
def test_unknown_correction_is_named(measure):
    with pytest.raises(
        ValueError, match=r"no correction 'Yates'; there are yates, (ucs, )?quanteda\."
    ):
        measure(observed(1, r1=4, c1=4, n=8), correction="Yates")


def test_bayes_factor_of_other_terms_is_refused():
    with pytest.raises(ValueError, match="bayes_factor: no G2 of 3 terms; pass 4 or 2"):
        bayes_factor(observed(1, r1=4, c1=4, n=8), terms=3)


# --- independent implementations on random tables ---------------------------------------------


@pytest.fixture(scope="module")
def tables():
    """Three hundred tables without empty margins; many cells are 0."""
    random = np.random.default_rng(7)
    cells = random.integers(0, 30, (300, 4)) * random.integers(0, 2, (300, 4)) + [0, 1, 0, 1]
    table = pd.DataFrame(cells, columns=["O11", "O12", "O21", "O22"])
    return table[table["O11"] + table["O21"] > 0].reset_index(drop=True)


@pytest.mark.parametrize("corrected", [False, True])
def test_chi_squared_agrees_with_scipy(tables, corrected):
    found = chi_squared(tables, correction="yates" if corrected else None, signed=False)
    theirs = [
        chi2_contingency(row.reshape(2, 2), correction=corrected).statistic
        for row in tables.to_numpy()
    ]
    np.testing.assert_allclose(found, theirs, rtol=1e-9, atol=1e-12)


def test_log_likelihood_agrees_with_scipy(tables):
    theirs = [
        chi2_contingency(row.reshape(2, 2), correction=False, lambda_="log-likelihood").statistic
        for row in tables.to_numpy()
    ]
    np.testing.assert_allclose(log_likelihood(tables, signed=False), theirs, rtol=1e-9, atol=1e-9)


def test_scores_agree_with_nltk(tables):
    for name, measure in (
        ("likelihood_ratio", lambda t: log_likelihood(t, signed=False)),
        ("chi_sq", lambda t: chi_squared(t, signed=False)),
        ("student_t", t_score),
    ):
        present = tables[tables["O11"] > 0]
        theirs = [
            getattr(BigramAssocMeasures, name)(a, (a + b, a + c), a + b + c + d)
            for a, b, c, d in present.to_numpy().tolist()
        ]
        np.testing.assert_allclose(measure(present), theirs, rtol=1e-7, atol=1e-9)


def test_scores_agree_with_association_measures(tables, peer):
    with_means = pd.concat([tables, expected(tables)], axis=1)
    np.testing.assert_allclose(
        log_likelihood(tables), peer.log_likelihood(with_means), rtol=1e-9, atol=1e-9
    )
    np.testing.assert_allclose(
        simple_log_likelihood(tables), peer.simple_ll(with_means), rtol=1e-9, atol=1e-9
    )
    np.testing.assert_allclose(z_score(tables), peer.z_score(with_means), rtol=1e-9, atol=1e-12)
    present = tables["O11"] > 0  # they put in 0.001 for 0
    np.testing.assert_allclose(
        t_score(tables)[present], peer.t_score(with_means)[present], rtol=1e-9, atol=1e-12
    )


COUNT = st.integers(0, 10_000)


@settings(deadline=None, max_examples=30)
@given(COUNT, COUNT, COUNT, COUNT)
def test_exchange_of_the_corpora_turns_the_sign(a, b, c, d):
    table = pd.DataFrame([[a, b, c, d], [c, d, a, b]], columns=["O11", "O12", "O21", "O22"])
    for measure in (log_likelihood, log_likelihood_two_term, chi_squared, chi_squared_yates):
        found = measure(table).to_numpy()
        np.testing.assert_allclose(found[0], -found[1], rtol=1e-6, atol=1e-7)


@settings(deadline=None, max_examples=30)
@given(COUNT, COUNT, COUNT, COUNT)
def test_corrections_only_make_scores_smaller(a, b, c, d):
    table = pd.DataFrame([[a, b, c, d]], columns=["O11", "O12", "O21", "O22"])
    plain, yates = (chi_squared(table, signed=False, correction=c)[0] for c in (None, "yates"))
    assert np.isnan(plain) == np.isnan(yates)
    assert np.isnan(plain) or yates <= plain + 1e-9
    four, two = (m(table, signed=False)[0] for m in (log_likelihood, log_likelihood_two_term))
    assert np.isnan(four) or two <= four + 1e-7
