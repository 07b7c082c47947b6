"""Fisher's exact test. Expected values: from Pedersen 1996, and from scipy on random tables."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from toolkit.contingency import observed
from toolkit.statistics.exact import ALTERNATIVES, fisher_exact


def frame(rows):
    return pd.DataFrame(rows, columns=["O11", "O12", "O21", "O22"])


def test_published_values_are_reproduced():
    # Pedersen 1996; Wordless' tests
    tea = frame([[1, 3, 3, 1]])
    found = [fisher_exact(tea, alternative=side)[0] for side in ALTERNATIVES]
    assert np.round(found, 3).tolist() == [0.486, 0.243, 0.986]
    # quanteda.textstats, test-textstat_keyness.R: b 7 of 10 and 2 of 9
    assert fisher_exact(observed(7, r1=10, c1=9, n=19))[0] == pytest.approx(0.069779, abs=5e-7)


@pytest.mark.parametrize("alternative", ALTERNATIVES)
@pytest.mark.parametrize("highest", [8, 60, 4000])
def test_p_agrees_with_scipy(alternative, highest):
    random = np.random.default_rng(highest)
    rows = random.integers(0, highest, (150, 4)) * random.integers(0, 3, (150, 4))
    found = fisher_exact(frame(rows), alternative=alternative)
    table = rows[found.notna()]
    theirs = [
        stats.fisher_exact(row.reshape(2, 2), alternative=alternative).pvalue for row in table
    ]
    assert len(table) > 50
    np.testing.assert_allclose(found.dropna(), theirs, rtol=1e-6, atol=1e-300)


def test_rare_item_of_a_large_corpus_agrees_with_scipy():
    rows = [[59, 8, 6, 570_934], [3, 0, 0, 31_774], [0, 10, 50, 9_999_940]]
    theirs = [stats.fisher_exact(np.reshape(row, (2, 2))).pvalue for row in rows]
    np.testing.assert_allclose(fisher_exact(frame(rows)), theirs, rtol=1e-6)


def test_tables_that_cannot_differ_have_p_of_one():
    assert fisher_exact(frame([[6, 0, 4, 0]]))[0] == pytest.approx(1)


def test_undefined_is_missing_and_no_table_is_no_score():
    assert fisher_exact(frame([[0, 5, 0, 5], [0, 0, 1, 5], [1, 5, 0, 0]])).isna().all()
    assert fisher_exact(frame([[1, 1, 1, 1]]).iloc[:0]).empty


def test_fractions_and_unknown_alternatives_are_refused():
    with pytest.raises(ValueError, match=r"fisher_exact: O11 of 'قلم' is 0\.5, which is no count"):
        fisher_exact(frame([[0.5, 1, 1, 1]]).set_axis(["قلم"]))
    with pytest.raises(ValueError, match="no alternative 'both'; there are two-sided, less, gre"):
        fisher_exact(frame([[1, 1, 1, 1]]), alternative="both")


def test_very_small_p_is_told_on_a_scale_of_logarithms():
    """scipy's logarithms of the hypergeometric distribution: p of 10 ** -3000 and less."""
    rows = frame([[3000, 1000, 100, 100_000], [59, 8, 6, 570_934], [7, 3, 2, 7], [1, 3, 3, 1]])
    found = fisher_exact(rows, alternative="greater", scale="-log10")
    assert fisher_exact(rows, alternative="greater")[0] == 0
    for row, ours in zip(rows.to_numpy(), found, strict=True):
        a, b, c, d = row.tolist()
        theirs = -stats.hypergeom.logsf(a - 1, a + b + c + d, a + b, a + c) / np.log(10)
        if np.isfinite(theirs):
            assert ours == pytest.approx(theirs, rel=1e-6)
    assert found[0] > 3000
    two_sided = fisher_exact(rows, scale="-log10")
    np.testing.assert_allclose(10 ** -two_sided[1:], fisher_exact(rows)[1:])
    with pytest.raises(ValueError, match="fisher_exact: no scale 'log'; there are p, -log10"):
        fisher_exact(rows, scale="log")
