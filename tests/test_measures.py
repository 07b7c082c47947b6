"""The registry: every name works, and every convention differs where it says so."""

import numpy as np
import pytest

from toolkit import contingency
from toolkit.contingency import measures, observed, score
from toolkit.measures import CONVENTIONS, MEASURES, WITH_P_VALUE, chosen

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
