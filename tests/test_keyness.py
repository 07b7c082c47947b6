"""Keywords. Expected values: by hand, or from the tests and formulas that are named."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from toolkit.counts import frequencies
from toolkit.keyness import keywords, observed
from toolkit.statistics.measures import MEASURES, WITH_P_VALUE

COLUMNS = [
    "freq_target",
    "freq_reference",
    "per_million_target",
    "per_million_reference",
    "log_likelihood",
    "p",
    "log_ratio",
]


def listed(counts, n=None, docs=None, name="norm"):
    """A frequency table as `counts.frequencies` gives it."""
    table = pd.DataFrame({"freq": counts}, dtype="int64").rename_axis(name)
    table.index = table.index.astype("str")
    table["n"] = sum(counts.values()) if n is None else n
    table["per_million"] = table["freq"] / table["n"] * 1_000_000
    table["docs"] = 1 if docs is None else docs
    return table.sort_index().sort_values("freq", ascending=False, kind="stable")


# quanteda.textstats, test-textstat_keyness.R: d1 = b*7 a*3, d2 = a*7 b*2
TOY = listed({"b": 7, "a": 3}), listed({"a": 7, "b": 2})
# the same file: a a a b b c c c c c c d e f g h h / a a b c c d d d d e f h
ORDER = (
    listed({"a": 3, "b": 2, "c": 6, "d": 1, "e": 1, "f": 1, "g": 1, "h": 2}),
    listed({"a": 2, "b": 1, "c": 2, "d": 4, "e": 1, "f": 1, "h": 1}),
)


def test_toy_of_quanteda_is_reproduced():
    found = keywords(*TOY)
    assert list(found.columns) == COLUMNS
    assert found.index.tolist() == ["b", "a"]
    assert found.index.name == "norm"
    assert found["log_likelihood"].round(6).tolist() == [4.534939, -4.534939]
    assert found[["freq_target", "freq_reference"]].to_numpy().tolist() == [[7, 2], [3, 7]]
    assert keywords(*TOY, measure="fisher_exact")["p"].round(6).tolist() == [0.069779] * 2
    exact = keywords(*TOY, measure="chi_squared", effect="odds_ratio", convention="quanteda")
    assert exact["chi_squared"].round(6).tolist() == [2.632438, -2.632438]
    assert round(exact["odds_ratio"].iloc[0], 4) == 8.1667


def test_order_of_quanteda_is_reproduced():
    found = keywords(*ORDER)
    assert "".join(found.index) == "cgbhaefd"
    scores = [1.2742, 1.0933, 0.0912, 0.0912, 0.0048, -0.0649, -0.0649, -3.7794]
    assert found["log_likelihood"].round(4).tolist() == scores
    default = keywords(*ORDER, measure="chi_squared", convention="quanteda")
    assert "".join(default.index) == "gcbhaefd"


def test_per_million_and_zero_use_the_size_of_each_corpus():
    found = keywords(listed({"قلم": 4}, n=1000), listed({"كتاب": 3}, n=2000))
    assert found.loc["قلم"].tolist()[:4] == [4, 0, 4000, 0]
    assert found.loc["كتاب"].tolist()[:4] == [0, 3, 0, 1500]
    # Hardie 2014: 0.5 for the zero, so log2(0.004 / 0.00025) = 4
    assert found.loc["قلم", "log_ratio"] == pytest.approx(4)


def test_denominators_stay_when_rows_are_dropped():
    whole = keywords(*ORDER)
    part = keywords(ORDER[0].loc[["c"]], ORDER[1].loc[["c"]])
    pd.testing.assert_frame_equal(part, whole.loc[["c"]])


def test_words_of_two_documents_are_compared(words):
    target = frequencies(words[words["doc"] == "a"], by="lemma")
    reference = frequencies(words[words["doc"] == "b"], by="lemma")
    found = keywords(target, reference)
    # by hand: 9 lemmas of 9 words, 5 lemmas of 5 words, two of them in both
    assert len(found) == 12
    assert found["freq_target"].sum() == 9
    assert found["freq_reference"].sum() == 5
    # two terms of 1 * ln(14 / 9), and of 1 * ln(14 / 5), and the rest
    assert found.index[:7].tolist() == sorted(set(target.index) - {"قال", "دمشق"})
    assert set(found.index[-3:]) == {"3", "و", "مرة"}


def test_ucrel_computes_two_terms():
    target, reference = listed({"قلم": 10}, n=1000), listed({"كتاب": 5}, n=1000)
    found = keywords(target, reference, convention="ucrel")
    assert round(found.loc["قلم", "log_likelihood"], 4) == 13.8629
    assert round(keywords(target, reference).loc["قلم", "log_likelihood"], 4) == 13.9132
    assert found.loc["قلم", "p"] == pytest.approx(stats.chi2.sf(13.862944, 1))


@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_sorts_its_own_column(measure):
    found = keywords(*ORDER, measure=measure, effect=None)
    assert list(found.columns) == [*COLUMNS[:4], measure, "p"]
    scores = found[measure].to_numpy()
    falling = scores if measure == "fisher_exact" else -scores
    assert (falling[1:] >= falling[:-1]).all()
    test = measure if measure in WITH_P_VALUE else "log_likelihood"
    beside = keywords(*ORDER, measure=test)["p"]
    pd.testing.assert_series_equal(found["p"].sort_index(), beside.sort_index())


def test_effect_can_be_the_measure_or_left_out():
    assert list(keywords(*TOY, measure="log_ratio")) == [*COLUMNS[:4], "log_ratio", "p"]
    assert "log_ratio" not in keywords(*TOY, effect=None)
    assert list(keywords(*TOY, effect="percent_diff"))[-1] == "percent_diff"


@pytest.mark.parametrize(
    ("correction", "expected"),
    [
        ("bonferroni", lambda p: np.minimum(p * 8, 1)),
        ("benjamini_hochberg", stats.false_discovery_control),
    ],
)
def test_comparisons_are_the_items_compared(correction, expected):
    found = keywords(*ORDER, correction=correction)
    assert list(found.columns) == [*COLUMNS[:6], "p_corrected", "log_ratio"]
    np.testing.assert_allclose(found["p_corrected"], expected(found["p"].to_numpy()))
    fewer = keywords(*ORDER, correction="bonferroni", min_freq=4)
    # c and d are left
    np.testing.assert_allclose(fewer["p_corrected"], np.minimum(fewer["p"] * 2, 1))


def test_conservative_log_ratio_counts_items_and_not_kinds_of_items(peer):
    # 40 of 1000 against 2, and 30 words of equal frequencies
    rare = {f"w{place}": 1 for place in range(30)}
    target, reference = listed({"قلم": 40, **rare}, n=1000), listed({"قلم": 2, **rare}, n=1000)
    found = keywords(target, reference, measure="conservative_log_ratio")
    # association-measures 0.3.0 with alpha=0.05, vocab=31
    cells = pd.DataFrame(
        {"O11": [40], "O12": [960], "O21": [2], "O22": [998], "R1": [1000], "R2": [1000]}
    )
    theirs = peer.conservative_log_ratio(cells, alpha=0.05, vocab=31)[0]
    assert found["conservative_log_ratio"].iloc[0] == pytest.approx(theirs, abs=1e-6)


def test_rare_items_are_dropped_only_if_rare_in_both():
    target = listed({"قلم": 5, "كتاب": 1, "باب": 1}, n=100, docs=[3, 1, 2])
    reference = listed({"كتاب": 7, "باب": 2, "نور": 6}, n=100, docs=[1, 4, 1])
    assert set(keywords(target, reference, min_freq=5).index) == {"قلم", "كتاب", "نور"}
    by_docs = keywords(target, reference, min_docs=3)
    # 3 documents of the target, 4 of the reference
    assert set(by_docs.index) == {"قلم", "باب"}
    assert by_docs.loc["قلم", "per_million_target"] == 50_000
    assert keywords(target, reference, min_freq=50).empty


def test_nothing_reached_gives_an_empty_table_of_the_same_columns():
    found = keywords(*ORDER, min_freq=50, correction="holm", measure="conservative_log_ratio")
    assert found.empty
    assert found.index.name == "norm"
    assert found.dtypes["freq_target"] == "int64"
    assert list(found.columns)[4:] == ["conservative_log_ratio", "p", "p_corrected", "log_ratio"]


# --- ties -------------------------------------------------------------------------------------


def test_ties_are_in_code_point_order_whatever_the_order_of_the_tables():
    letters = ["و", "ب", "ا", "ت"]
    target = listed(dict.fromkeys(letters, 2), n=20)
    reference = listed(dict.fromkeys(["ي", "ج", *letters], 1), n=20)
    expected = [*sorted(letters), "ج", "ي"]
    for one, other in ((target, reference), (target[::-1], reference[::-1])):
        assert keywords(one, other).index.tolist() == expected


def test_ties_go_by_frequency_before_code_point():
    # never in the reference, positive information 0 or more; all clipped to 0 together
    target = listed({"ا": 1, "ب": 2, "ت": 3}, n=1000)
    reference = listed({"ا": 900, "ب": 901, "ت": 902}, n=1000 * 3)
    assert keywords(target, reference, measure="ppmi").index.tolist() == ["ت", "ب", "ا"]


def test_ties_beyond_the_basic_plane_are_in_code_point_order():
    # U+FEFB comes before U+1F600, though not in UTF-16
    one = listed({"\U0001f600": 1, "\ufefb": 1, "ا": 3})
    assert keywords(one[::-1], listed({"ب": 5})).index.tolist()[:3] == ["ا", "\ufefb", "\U0001f600"]


def test_undefined_scores_stand_last():
    # every word of both corpora is قلم: chi-squared divides by an expected 0
    found = keywords(listed({"قلم": 5}), listed({"قلم": 7}), measure="chi_squared")
    assert found["chi_squared"].isna().all()
    assert found["p"].isna().all()
    same = keywords(listed({"قلم": 5}), listed({"قلم": 7}))
    assert same.iloc[0][["log_likelihood", "p", "log_ratio"]].tolist() == [0, 1, 0]


# --- other kinds of items ---------------------------------------------------------------------


def test_items_of_several_columns_are_compared(words):
    by = ["upos", "lemma"]
    target = frequencies(words[words["doc"] == "a"], by=by)
    reference = frequencies(words[words["doc"] == "b"], by=by)
    found = keywords(target, reference)
    assert found.index.names == by
    assert found.loc[("PROPN", "دمشق"), ["freq_target", "freq_reference"]].tolist() == [1, 1]
    tied = [item for item in found.index if found.loc[item, "freq_reference"] == 0]
    assert tied == sorted(tied)


@pytest.mark.parametrize("dtype", ["object", "category"])
def test_type_of_the_index_plays_no_part(dtype):
    expected = keywords(*ORDER)
    cast = [table.set_axis(table.index.astype(dtype)) for table in ORDER]
    found = keywords(*cast)
    assert found.index.tolist() == expected.index.tolist()
    pd.testing.assert_frame_equal(found.reset_index(drop=True), expected.reset_index(drop=True))


def test_input_is_unchanged():
    before = [table.copy(deep=True) for table in ORDER]
    keywords(*ORDER, correction="holm", min_freq=2, min_docs=1)
    observed(*ORDER)
    for table, kept in zip(ORDER, before, strict=True):
        pd.testing.assert_frame_equal(table, kept)


# --- errors -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        (
            (ORDER[0].drop(columns="n"), ORDER[1]),
            "keywords: no column 'n' in the table; its columns are freq, per_million, docs. Make "
            "`target` with counts.frequencies.",
        ),
        (
            (ORDER[0].iloc[:0], ORDER[1]),
            "keywords: `target` has no rows, and so no n; was the filter on its documents or on "
            "its items too strict?",
        ),
        (
            (ORDER[0].set_axis([1, *ORDER[0].index[1:]]).rename_axis("norm"), ORDER[1]),
            "keywords: the items are of several types, such as 1 and 'h'; make them strings with "
            "table.set_axis(table.index.astype('str')).",
        ),
        (
            (ORDER[0], ORDER[1].assign(n=0)),
            "keywords: `reference` is empty (0 words); was the filter on doc too strict?",
        ),
        (
            (ORDER[0], ORDER[1].rename_axis("lemma")),
            "keywords: `target` counts norm and `reference` counts lemma; count both by the same "
            "column.",
        ),
        (
            (pd.concat([ORDER[0], ORDER[1]]), ORDER[1]),
            "keywords: the rows of `target` have different n (12 to 17), but n is the size of one "
            "corpus; count its parts together instead of joining their tables.",
        ),
        (
            (ORDER[0], pd.concat([ORDER[1], ORDER[1].loc[["d"]]])),
            "keywords: 'd' stands 2 times in the index of `reference`; each item of a frequency "
            "table has one row.",
        ),
        (
            (pd.concat([ORDER[0], ORDER[0].loc[["g"]]]), ORDER[1]),
            "keywords: 'g' stands 2 times in the index of `target`; each item of a frequency table "
            "has one row.",
        ),
        (
            (ORDER[0].assign(n=5), ORDER[1]),
            "keywords: 'c' has freq 6 in `target`, whose n is 5; a frequency is a whole number up "
            "to n.",
        ),
    ],
)
def test_tables_that_cannot_be_compared_are_named(tables, message):
    with pytest.raises(ValueError, match=r"^keywords: ") as refused:
        keywords(*tables)
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"measure": "keyness"}, "keywords: no measure 'keyness'; there are "),
        ({"effect": "logratio"}, "keywords: no measure 'logratio'; there are log_ratio, "),
        ({"convention": "wordsmith"}, "keywords: no convention 'wordsmith'; there are antconc, "),
        ({"correction": "fdr"}, "keywords: no correction 'fdr'; there are bonferroni, holm, "),
    ],
)
def test_unknown_names_are_refused(options, message):
    with pytest.raises(ValueError, match=f"^{message}"):
        keywords(*ORDER, **options)


def test_range_needs_documents():
    bare = [table[["freq", "n"]] for table in ORDER]
    assert len(keywords(*bare)) == 8
    with pytest.raises(ValueError, match="keywords: no column 'docs' in the table"):
        keywords(*bare, min_docs=2)


# --- contingency tables and invariants --------------------------------------------------------


def test_observed_keeps_the_order_of_the_tables():
    found = observed(*TOY)
    assert found.loc["b"].tolist() == [7, 3, 2, 7]
    assert observed(*ORDER).index.tolist() == ORDER[0].index.tolist()
    only = observed(listed({"قلم": 2}), listed({"كتاب": 3}))
    assert only.to_numpy().tolist() == [[2, 0, 0, 3], [0, 2, 3, 0]]


COUNTS = st.dictionaries(st.text("ابتث", min_size=1, max_size=3), st.integers(1, 50), min_size=1)


@settings(deadline=None, max_examples=15)
@given(COUNTS, COUNTS, st.randoms())
def test_keywords_agree_with_a_plain_computation(one, other, random):
    """scipy row by row; the order of the rows plays no part."""
    shuffled = [dict(random.sample(sorted(counts.items()), len(counts))) for counts in (one, other)]
    tables = [
        pd.DataFrame({"freq": counts, "n": sum(counts.values()) + 1}, dtype="int64")
        for counts in shuffled
    ]
    found = keywords(*tables)
    sizes = sum(one.values()) + 1, sum(other.values()) + 1
    expected = {}
    for item in one.keys() | other.keys():
        a, b = one.get(item, 0), other.get(item, 0)
        g2 = stats.chi2_contingency(
            [[a, sizes[0] - a], [b, sizes[1] - b]], correction=False, lambda_="log-likelihood"
        ).statistic
        expected[item] = g2 * np.sign(a * sizes[1] - b * sizes[0])
    assert found["freq_target"].sum() == sizes[0] - 1
    assert found["freq_reference"].sum() == sizes[1] - 1
    assert found["log_likelihood"].to_dict() == pytest.approx(expected, abs=1e-7)
    assert keywords(*(table.sort_index() for table in tables)).equals(found)
    rows = list(found[["log_likelihood", "freq_target", "freq_reference"]].itertuples())
    keys = [(-row[1], -row[2], -row[3], row[0]) for row in rows]
    assert keys == sorted(keys)


@settings(deadline=None, max_examples=8)
@given(COUNTS, COUNTS)
def test_exchange_of_the_corpora_turns_the_list(one, other):
    there, back = keywords(listed(one), listed(other)), keywords(listed(other), listed(one))
    turned = back.loc[there.index]
    for column in ("log_likelihood", "log_ratio"):
        np.testing.assert_allclose(there[column], -turned[column], rtol=1e-7, atol=1e-9)
    np.testing.assert_allclose(there["p"], turned["p"], rtol=1e-7)


@pytest.mark.parametrize("name", ["min_freq", "min_docs"])
@pytest.mark.parametrize("number", [0, 2.5, "3", None, True])
def test_thresholds_are_whole_numbers_from_1(name, number):
    message = rf"keywords: {name} is {number!r}; pass a whole number, 1 or more\."
    with pytest.raises(ValueError, match=message):
        keywords(*ORDER, **{name: number})
    expected = keywords(*ORDER, **{name: 2})
    pd.testing.assert_frame_equal(keywords(*ORDER, **{name: np.int32(2)}), expected)


def test_fisher_as_nltk_has_it_puts_avoided_items_first():
    target = pd.DataFrame({"freq": [7, 3], "n": 10}, index=["ا", "ب"])
    reference = pd.DataFrame({"freq": [7, 2], "n": 9}, index=["ب", "ا"])
    found = keywords(target, reference, measure="fisher_exact", convention="nltk")
    assert found.index.tolist() == ["ب", "ا"]
    assert found["p"].tolist() == found["fisher_exact"].tolist()
    # by hand, of 10 drawn from 10 of ب and 9 others: 1, 2 or 3 of ب, over comb(19, 10)
    assert found.loc["ب", "p"] == pytest.approx((10 * 1 + 45 * 9 + 120 * 36) / 92_378)


def test_sizes_of_corpora_may_be_as_large_as_they_are():
    # two frequencies times a size of 10 ** 10 are more than an integer of 64 bits holds
    target = listed({"قلم": 700_000_000, "كتاب": 1}, n=12_000_000_000)
    reference = listed({"قلم": 900_000_000, "باب": 5_000_000_000}, n=16_000_000_000)
    found = keywords(target, reference)
    assert found[["freq_target", "freq_reference"]].to_dict("index") == {
        "قلم": {"freq_target": 700_000_000, "freq_reference": 900_000_000},
        "كتاب": {"freq_target": 1, "freq_reference": 0},
        "باب": {"freq_target": 0, "freq_reference": 5_000_000_000},
    }
    # by hand: 700 / 12 and 900 / 16 per thousand
    assert found.loc["قلم", "per_million_target"] == pytest.approx(58_333.333333)
    assert found.loc["قلم", "per_million_reference"] == pytest.approx(56_250)
    assert found.loc["قلم", "log_ratio"] == pytest.approx(np.log2(58_333.333333 / 56_250))


def test_scores_that_differ_by_rounding_alone_are_tied():
    # all only in the target: log2((a / 10 ** 6) * (2 * 10 ** 6) / a) = 1 whatever a is, but for
    # the last bit
    frequencies = {f"{number:03}": number for number in range(1, 200)}
    target, reference = listed(frequencies, n=1_000_003), listed({"ي": 7}, n=1_999_993)
    found = keywords(target, reference, measure="mi").drop("ي")
    assert len(set(found["mi"].round(9))) == 1
    assert len(set(found["mi"])) > 1
    assert found["freq_target"].tolist() == list(range(199, 0, -1))


def test_stop_words_are_not_compared():
    whole = keywords(*ORDER, correction="bonferroni")
    found = keywords(*ORDER, correction="bonferroni", stop_words=["a", "ي"])
    kept = whole.drop("a")
    pd.testing.assert_frame_equal(
        found.drop(columns="p_corrected"), kept.drop(columns="p_corrected")
    )
    np.testing.assert_allclose(found["p_corrected"], np.minimum(kept["p"] * 7, 1))
    with pytest.raises(ValueError, match="keywords: stop_words='a' is one string; pass a list"):
        keywords(*ORDER, stop_words="a")


def test_exact_test_of_ucs_stands_highest_first():
    found = keywords(*TOY, measure="fisher_exact", effect="odds_ratio", convention="ucs")
    # scipy: p of 7 or more of 10, and of 3 or more
    greater = [
        stats.fisher_exact([[a, 10 - a], [b, 9 - b]], alternative="greater").pvalue
        for a, b in ((7, 2), (3, 7))
    ]
    assert found.index.tolist() == ["b", "a"]
    np.testing.assert_allclose(found["p"], greater)
    np.testing.assert_allclose(found["fisher_exact"], -np.log10(greater))
    np.testing.assert_allclose(found["odds_ratio"], np.log10([7 * 7 / (2 * 3), 3 * 2 / (7 * 7)]))


def test_several_measures_are_computed_and_the_first_orders():
    found = keywords(*ORDER, measure=["mi", "chi_squared", "mi"], effect="chi_squared")
    assert list(found)[4:] == ["mi", "chi_squared", "p"]
    one, other = keywords(*ORDER, measure="mi"), keywords(*ORDER, measure="chi_squared")
    assert found.index.tolist() == one.index.tolist()
    pd.testing.assert_series_equal(found["chi_squared"], other["chi_squared"].loc[found.index])
    pd.testing.assert_series_equal(found["p"], one["p"])
    with pytest.raises(ValueError, match="keywords: measure names none; pass one or several"):
        keywords(*ORDER, measure=[])
