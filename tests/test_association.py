"""Association of item and target. Expected values: from the papers and tools named, or by hand."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.metrics import BigramAssocMeasures

from toolkit.contingency import expected, observed
from toolkit.statistics import association
from toolkit.statistics.association import (
    delta_p_1_given_2,
    delta_p_2_given_1,
    dice,
    liddell,
    local_mi,
    log_dice,
    mi,
    mi2,
    mi3,
    minimum_sensitivity,
    npmi,
    phi,
    ppmi,
)

MEASURES = [
    mi,
    mi2,
    mi3,
    ppmi,
    npmi,
    local_mi,
    dice,
    log_dice,
    minimum_sensitivity,
    liddell,
    delta_p_1_given_2,
    delta_p_2_given_1,
    phi,
]


def frame(rows):
    return pd.DataFrame(rows, columns=["O11", "O12", "O21", "O22"])


@pytest.mark.parametrize(
    ("measure", "cells", "value", "decimals"),
    [
        # Manning and Schütze 1999, 5.4; NLTK collocations.doctest
        (mi, (20, 42, 20, 14_307_668), 18.38, 2),
        (mi, (20, 15_019, 15_629, 14_307_668), 0.29, 2),
        # Church and Hanks 1990, p. 24; Wordless' tests
        (mi, (8, 1105, 44, 15_000_000), 11.3, 1),
        # Smadja et al. 1996; Wordless' tests
        (dice, (130, 3121, 143, 10_000_000), 0.08, 2),
        # Rychlý 2008: always together; once in 16,384 of each
        (log_dice, (5, 5, 5, 1000), 14.0, 6),
        (log_dice, (1, 16_384, 16_384, 10_000_000), 0.0, 6),
        # Bouma 2009: p(x) = p(y) = p(x, y) = .1; independent
        (npmi, (10, 10, 10, 100), 1.0, 6),
        (npmi, (1, 10, 10, 100), 0.0, 6),
    ],
)
def test_published_values_are_reproduced(measure, cells, value, decimals):
    o11, r1, c1, n = cells
    assert round(measure(observed(o11, r1=r1, c1=c1, n=n))[0], decimals) == value


def test_published_tables_of_four_cells_are_reproduced():
    # Gries 2013, p. 144: "of course"
    course = frame([[5610, 168_938, 2257, 10_233_063]])
    assert round(delta_p_1_given_2(course)[0], 3) == 0.697
    assert round(delta_p_2_given_1(course)[0], 3) == 0.032
    # Church and Gale 1991: phi squared of "house" and "chambre"
    assert round(phi(frame([[31_950, 12_004, 4793, 848_330]]))[0] ** 2, 2) == 0.62


# README of pandas-association-measures, gold values of the UCS toolkit: f1 = 15334, N = 191998
UCS = pd.DataFrame(
    {
        "f": [1, 7, 1, 2, 2],
        "f2": [2, 120, 8, 47, 5],
        "liddell": [0.420139, -0.021546, 0.045136, -0.037321, 0.320143],
        "mi": [0.796611, -0.136442, 0.194551, -0.273427, 0.699701],
    },
    index=["appreciated", "certain", "measuring", "particularly", "arrived"],
)


def test_five_rows_of_ucs_are_reproduced():
    table = observed(UCS["f"], r1=15_334, c1=UCS["f2"], n=191_998)
    assert liddell(table).round(6).to_dict() == UCS["liddell"].to_dict()
    assert mi(table, base=10).round(6).to_dict() == UCS["mi"].to_dict()
    assert mi(table)["appreciated"] == pytest.approx(2.646285, abs=5e-7)  # the same in bits


# by hand: O11 = 4, R1 = 8, C1 = 4, N = 32, so E11 = 1
BY_HAND = {
    "mi": 2,
    "mi2": 4,
    "mi3": 6,
    "ppmi": 2,
    "npmi": 2 / 3,
    "local_mi": 8,
    "dice": 2 / 3,
    "log_dice": 14 + math.log2(2 / 3),
    "minimum_sensitivity": 1 / 2,
    "liddell": 1 - 4 / 28,
    "delta_p_1_given_2": 1 - 4 / 28,
    "delta_p_2_given_1": 1 / 2,
    "phi": 96 / math.sqrt(8 * 24 * 4 * 28),
}


@pytest.mark.parametrize("name", BY_HAND)
def test_values_by_hand(name):
    found = getattr(association, name)(observed(4, r1=8, c1=4, n=32))
    assert found.name == name
    assert found[0] == pytest.approx(BY_HAND[name])


def test_base_of_the_logarithm_can_be_chosen():
    table = observed(4, r1=8, c1=4, n=32)
    assert mi(table, base=math.e)[0] == pytest.approx(math.log(4))
    assert mi3(table, base=10)[0] == pytest.approx(math.log10(64))
    assert local_mi(table, base=10)[0] == pytest.approx(4 * math.log10(4))
    assert ppmi(table, base=4)[0] == pytest.approx(1)


def test_item_that_never_occurs_in_the_target_has_the_limit():
    found = {m.__name__: m(observed(0, r1=8, c1=4, n=32))[0] for m in MEASURES}
    minus_infinity = {name for name, value in found.items() if value == -np.inf}
    assert minus_infinity == {"mi", "mi2", "mi3", "log_dice"}
    assert found["npmi"] == -1
    assert {name for name, value in found.items() if value == 0} == {
        "ppmi",
        "local_mi",
        "dice",
        "minimum_sensitivity",
    }
    assert found["delta_p_2_given_1"] == pytest.approx(-4 / 24)


def test_item_that_is_everything_is_independent():
    everything = frame([[10, 0, 20, 0]])  # O11 = E11 = 10
    assert [measure(everything)[0] for measure in (mi, npmi, ppmi, local_mi)] == [0, 0, 0, 0]
    # no other item to compare with: 0 / 0
    assert [np.isnan(measure(everything)[0]) for measure in (phi, liddell)] == [True, True]


@pytest.mark.parametrize("measure", MEASURES)
def test_undefined_is_missing_and_no_table_is_no_score(measure):
    # no such item; no target; no rest; nothing
    table = frame([[0, 10, 0, 10], [0, 0, 4, 16], [3, 7, 0, 0], [0, 0, 0, 0]])
    assert measure(table).isna().all()
    assert measure(table.iloc[:0]).empty


@pytest.mark.parametrize("measure", MEASURES)
def test_index_and_input_are_kept(measure):
    table = frame([[4, 4, 0, 24], [1, 7, 3, 21]]).set_axis(["قلم", "كتاب"])
    before = table.copy(deep=True)
    found = measure(table)
    pd.testing.assert_frame_equal(table, before)
    assert found.index.tolist() == ["قلم", "كتاب"]
    assert found.dtype == "float64"
    # each row by itself
    pd.testing.assert_series_equal(measure(table.iloc[[1]]), found.iloc[[1]])


@pytest.fixture(scope="module")
def table():
    return frame(np.random.default_rng(11).integers(1, 400, (500, 4)))


def test_scores_agree_with_nltk(table):
    rows = table.to_numpy().tolist()
    for name, ours in (
        ("pmi", mi(table)),
        ("phi_sq", phi(table) ** 2),
        ("dice", dice(table)),
    ):
        theirs = [
            getattr(BigramAssocMeasures, name)(a, (a + b, a + c), a + b + c + d)
            for a, b, c, d in rows
        ]
        np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-12)


def test_scores_agree_with_association_measures(table, peer):
    whole = pd.concat([table, expected(table)], axis=1).assign(
        R1=table["O11"] + table["O12"],
        C1=table["O11"] + table["O21"],
        C2=table["O12"] + table["O22"],
    )
    for name, ours in (
        ("mutual_information", mi(table, base=10)),
        ("local_mutual_information", local_mi(table, base=10)),
        ("dice", dice(table)),
        ("min_sensitivity", minimum_sensitivity(table)),
        ("liddell", liddell(table)),
    ):
        np.testing.assert_allclose(ours, getattr(peer, name)(whole), rtol=1e-9, atol=1e-12)


COUNT = st.integers(0, 10_000)


@settings(deadline=None, max_examples=20)
@given(COUNT, COUNT, COUNT, COUNT)
def test_bounds_and_symmetry(a, b, c, d):
    table, turned = frame([[a, b, c, d]]), frame([[a, c, b, d]])
    for measure in (mi, npmi, dice, log_dice, minimum_sensitivity, phi):
        one, other = measure(table)[0], measure(turned)[0]
        if not (np.isnan(one) or np.isnan(other)):
            assert one == other or one == pytest.approx(other, abs=1e-9)
    for measure, lowest, highest in (
        (npmi, -1, 1),
        (dice, 0, 1),
        (log_dice, -np.inf, 14),
        (minimum_sensitivity, 0, 1),
        (phi, -1, 1),
        (delta_p_1_given_2, -1, 1),
        (delta_p_2_given_1, -1, 1),
    ):
        found = measure(table)[0]
        assert np.isnan(found) or lowest - 1e-9 <= found <= highest + 1e-9
