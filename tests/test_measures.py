"""The registry: every name works, and every convention differs where it says so."""

import numpy as np
import pytest

from toolkit import contingency
from toolkit.contingency import measures, observed, score
from toolkit.statistics.measures import CONVENTIONS, MEASURES, WITH_P_VALUE, chosen

TABLE = observed([7, 3, 0], r1=10, c1=[9, 10, 2], n=19)


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_is_found_by_its_name(name):
    found = score(TABLE, name)
    assert found.name == name
    assert found.dtype == "float64"
    assert found.equals(getattr(contingency, name)(TABLE))


def test_every_measure_is_listed_with_its_formula():
    found = measures()
    assert found.index.tolist() == list(MEASURES)
    assert found.index.is_unique
    assert set(found["kind"]) == {"test", "association", "effect"}
    assert found["formula"].str.len().min() > 0
    # those that the issue of the statistics names, and no fewer
    assert len(found) == 29
    assert set(WITH_P_VALUE) < set(found.index)


@pytest.mark.parametrize(
    ("convention", "measure"),
    [(tool, name) for tool, variants in CONVENTIONS.items() for name in variants],
)
def test_convention_gives_another_number_than_the_default(convention, measure):
    own, theirs = score(TABLE, measure), score(TABLE, measure, convention=convention)
    assert theirs.name == measure
    if measure != "chi_squared_yates":  # the same here, all tables being small
        assert not np.allclose(own, theirs, equal_nan=True)


def test_convention_changes_nothing_else():
    for tool, variants in CONVENTIONS.items():
        for name in set(MEASURES) - set(variants):
            assert score(TABLE, name, convention=tool).equals(score(TABLE, name))


@pytest.mark.parametrize(
    ("convention", "measure", "value"),
    [
        # formulas of UCREL's wizard, NLTK's source, Sketch Engine's statistics; by hand
        ("ucrel", "log_likelihood", 2 * (7 * np.log(7 * 19 / 90) + 2 * np.log(2 * 19 / 81))),
        ("nltk", "mi", np.log2(7 * 19 / 90)),
        ("ucs", "mi", np.log10(7 * 19 / 90)),
        ("quanteda", "mi", np.log(7 * 19 / 90)),
        ("sketchengine", "mi3", np.log2(7**3 * 19 / 90)),
        ("antconc", "mi", np.log2(7 * 19 / 90)),
        # quanteda.textstats, test-textstat_keyness.R
        ("quanteda", "chi_squared", 2.632438),
        ("antconc", "log_likelihood", 4.534939),
    ],
)
def test_conventions_of_tools(convention, measure, value):
    assert score(TABLE, measure, convention=convention)[0] == pytest.approx(value, abs=5e-7)


def test_nltk_knows_no_sign_and_one_side():
    assert score(TABLE, "log_likelihood", convention="nltk")[1] == pytest.approx(4.534939, abs=1e-6)
    less = contingency.fisher_exact(TABLE, alternative="less")
    assert score(TABLE, "fisher_exact", convention="nltk").equals(less)


def test_unknown_measure_lists_the_known_ones_the_closest_first():
    with pytest.raises(ValueError, match=r"^keywords: no measure 'logdice'; there are ") as refused:
        chosen("keywords", "logdice")
    names = str(refused.value).split("there are ")[1].rstrip(".").split(", ")
    assert names[0] == "log_dice"
    assert sorted(names) == sorted(MEASURES)


def test_unknown_convention_lists_the_known_ones():
    with pytest.raises(ValueError, match=r"^score: no convention 'wordsmith'; there are antconc,"):
        score(TABLE, "mi", convention="wordsmith")
    assert set(CONVENTIONS) == {"antconc", "ucrel", "sketchengine", "quanteda", "ucs", "nltk"}


# tests/ucs-gold-100.ds of pandas-association-measures (commit 7700f255), computed by the UCS
# toolkit: R1 = 15334, N = 191998
UCS = observed([1, 7, 1, 2, 2, 1, 2, 52], r1=15_334, c1=[2, 120, 18, 5, 2, 19, 31, 658], n=191_998)
OF_UCS = {
    "odds_ratio": [
        *[1.06151846545363, -0.146567379083828, -0.168969790852697, 0.885450614819354],
        *[10_000_000, -0.193795833129028, -0.0998900501510147, -0.00499371186920616],
    ],
    "chi_squared_yates": [
        *[0.78778847254683, -0.492734538404499, -0.00294605445916486, 3.29721876625307],
        *[12.2221743469593, -0.000217929566715054, -0.00025652402847471, -5.49176102678802e-05],
    ],
    "fisher_exact": [
        *[0.8143084918729303, 0.06938119984837126, 0.10986338006576303, 1.2660687275743098],
        *[2.195308552983274, 0.09999158212906548, 0.14239867307941528, 0.25773543410675437],
    ],
    "mi2": [
        *[0.796611250194937, 0.708656079839807, -0.157631259244387, 1.00073123285086],
        *[1.3986712415229, -0.18111235509391, 0.208339543352608, 1.71142203951456],
    ],
}


@pytest.mark.parametrize("measure", OF_UCS)
def test_gold_of_ucs_is_reproduced(measure):
    found = score(UCS, measure, convention="ucs")
    np.testing.assert_allclose(found, OF_UCS[measure], rtol=1e-9)


def test_p_of_the_exact_test_of_ucs_is_that_of_its_score():
    scores = score(UCS, "fisher_exact", convention="ucs")
    found = contingency.p_value(scores, measure="fisher_exact", convention="ucs")
    np.testing.assert_allclose(found, contingency.fisher_exact(UCS, alternative="greater"))


def test_quanteda_adds_a_small_number_inside_its_logarithms():
    # src/keyness.cpp of quanteda.textstats: log(a / E + 1e-9)
    absent = observed(0, r1=10, c1=9, n=19)
    assert score(absent, "mi", convention="quanteda")[0] == pytest.approx(np.log(1e-9))
    assert round(score(absent, "mi", convention="quanteda")[0], 3) == -20.723
    assert score(absent, "mi")[0] == -np.inf
    large = observed(10**9, r1=10**10, c1=2 * 10**9, n=2 * 10**10)
    # by hand: no preference, and 2 * N * 1e-9 of what is added
    for measure in ("log_likelihood", "log_likelihood_williams"):
        theirs = contingency.score(large, measure, convention="quanteda")[0]
        assert abs(theirs) in (0, pytest.approx(2 * 2e10 * 1e-9, rel=1e-3))
