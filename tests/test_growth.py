"""Vocabulary growth, Heaps and Zipf. Expected values: a hand count, or scipy."""

from collections import Counter
from math import isnan

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from toolkit.counts import frequencies
from toolkit.statistics.growth import growth, heaps, rank_frequency, zipf
from toolkit.tables import empty_table


def text(items):
    return pd.DataFrame({"kind": "word", "norm": pd.Series(list(items), dtype="object")})


def list_of(counts):
    return pd.DataFrame({"freq": counts}, index=[f"w{place:05}" for place in range(len(counts))])


# --- growth -----------------------------------------------------------------------------------


def test_growth_of_the_twelve_words_is_the_hand_count(tokens):
    # all words differ but the tenth, which is the fifth again: دمشق
    found = growth(tokens, points=12)
    assert found["n"].tolist() == list(range(1, 13))
    assert found["types"].tolist() == [1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 10, 11]
    assert found["hapax"].tolist() == [1, 2, 3, 4, 5, 6, 7, 8, 9, 8, 9, 10]
    assert found.dtypes.astype("str").tolist() == ["int64"] * 3


def test_points_are_evenly_spaced_and_end_with_the_text():
    assert growth(text("abcdefghij"), points=4)["n"].tolist() == [2, 5, 8, 10]
    assert growth(text("abc"), points=100)["n"].tolist() == [1, 2, 3]
    assert growth(text("abc"), points=1)["n"].tolist() == [3]
    assert growth(text("abcdef"), points=np.int64(2))["n"].tolist() == [3, 6]


def test_points_can_be_named():
    found = growth(text("abacab"), points=[5, 1, 5])
    assert found.to_dict("list") == {"n": [1, 5], "types": [1, 3], "hapax": [1, 2]}


def test_last_point_agrees_with_the_frequency_list(words):
    freqs = frequencies(words, by="lemma")
    last = growth(words, by="lemma").iloc[-1]
    assert last.tolist() == [freqs["freq"].sum(), len(freqs), (freqs["freq"] == 1).sum()]


def test_missing_items_and_punctuation_are_passed_over():
    table = text(["a", None, ".", "a", float("nan"), "b"])
    table.loc[2, "kind"] = "punctuation"
    assert growth(table).to_dict("list") == {"n": [1, 2, 3], "types": [1, 1, 2], "hapax": [1, 0, 1]}
    assert growth(table, kinds="punctuation")["n"].tolist() == [1]


def test_several_columns_make_one_item(words):
    assert growth(words, by=["lemma", "form"], points=1)["types"].tolist() == [13]


def test_text_without_words_has_no_points():
    found = growth(empty_table("tokens"))
    assert found.empty
    assert found.columns.tolist() == ["n", "types", "hapax"]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from("ابتثجحخ"), max_size=60))
def test_growth_agrees_with_a_plain_count(items):
    table = text(items).set_axis([0] * len(items))
    before = table.copy()
    found = growth(table, points=max(len(items), 1))
    pd.testing.assert_frame_equal(table, before)
    for row in found.itertuples():
        counts = Counter(items[: row.n])
        assert row.types == len(counts)
        assert row.hapax == sum(freq == 1 for freq in counts.values())
    assert found["n"].tolist() == list(range(1, len(items) + 1))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            {"points": 0},
            "points is 0; pass a whole number, 1 or more, or the whole numbers",
        ),
        ({"points": [0, 2]}, "point 0 lies outside the 3 words; pass 1 to 3."),
        ({"points": [2, 4]}, "point 4 lies outside the 3 words; pass 1 to 3."),
        ({"by": "root"}, "no column 'root' in the table; its columns are kind, norm."),
        ({"kinds": "verb"}, "no kind 'verb'; there are word, "),
    ],
)
def test_wrong_argument_is_named(arguments, message):
    with pytest.raises(ValueError, match=f"^growth: {message}"):
        growth(text("aba"), **arguments)


def test_table_of_another_shape_is_named():
    with pytest.raises(ValueError, match=r"^growth: no column 'kind' .*Pass the tokens or words"):
        growth(pd.DataFrame({"norm": ["a"]}))


# --- Heaps ------------------------------------------------------------------------------------


def test_heaps_finds_the_law_that_made_the_curve():
    n = np.array([10, 50, 200, 1000, 40_000])
    found = heaps(pd.DataFrame({"n": n, "types": 3.5 * n**0.62})).iloc[0]
    assert found["constant"] == pytest.approx(3.5)
    assert found["exponent"] == pytest.approx(0.62)
    assert found["r_squared"] == pytest.approx(1)
    assert (found["points"], found["n"], found["note"]) == (5, 40_000, "")


def test_heaps_line_is_that_of_scipy():
    random = np.random.default_rng(0)
    curve = growth(text(random.zipf(1.6, 5000).astype("str")))
    found = heaps(curve).iloc[0]
    line = stats.linregress(np.log(curve["n"]), np.log(curve["types"]))
    assert found["constant"] == pytest.approx(np.exp(line.intercept))
    assert found["exponent"] == pytest.approx(line.slope)
    assert found["r_squared"] == pytest.approx(line.rvalue**2)
    assert 0.3 < found["exponent"] < 0.9


def test_too_few_points_give_no_law():
    for curve, note in (
        (growth(text("ab")), "2 points, needs 3"),
        (growth(text("a")), "1 point, needs 3"),
        (growth(text("")), "0 points, needs 3"),
    ):
        found = heaps(curve).iloc[0]
        assert found[["constant", "exponent", "r_squared"]].isna().all()
        assert found["note"] == note


def test_vocabulary_that_does_not_grow_has_no_r_squared():
    found = heaps(growth(text("aaaa"))).iloc[0]
    assert (found["constant"], found["exponent"]) == (1, 0)
    assert isnan(found["r_squared"])
    assert found["note"] == "r_squared: the types do not grow"


def test_heaps_names_a_missing_column():
    with pytest.raises(ValueError, match=r"^heaps: no column 'types' .*Pass a table of growth\."):
        heaps(pd.DataFrame({"n": [1]}))


# --- Zipf -------------------------------------------------------------------------------------


def likeliest(counts):
    """The exponent by maximising the likelihood of scipy's `zipfian` directly."""
    ranks = np.arange(1, len(counts) + 1)

    def unlikelihood(exponent):
        return -(counts * stats.zipfian.logpmf(ranks, exponent, len(counts))).sum()

    return optimize.minimize_scalar(
        unlikelihood, bounds=(1e-9, 20), method="bounded", options={"xatol": 1e-10}
    ).x


def drawn(exponent, ranks, n, seed):
    """Frequencies, by rank, of words drawn by the law."""
    chances = stats.zipfian.pmf(np.arange(1, ranks + 1), exponent, ranks)
    return np.random.default_rng(seed).multinomial(n, chances)


COUNTS = st.lists(st.integers(1, 500), min_size=2, max_size=40).map(
    lambda counts: np.array(sorted(counts, reverse=True))
)


@settings(max_examples=30, deadline=None)
@given(COUNTS)
def test_exponent_is_the_likeliest_of_scipy(counts):
    found = zipf(list_of(counts)).iloc[0]
    assert found["exponent"] == pytest.approx(likeliest(counts), abs=1e-5)
    assert (found["n"], found["types"]) == (counts.sum(), len(counts))


def test_exponent_of_words_drawn_by_the_law_is_found_within_its_error():
    found = zipf(list_of(drawn(1.2, ranks=50, n=50_000, seed=3))).iloc[0]
    assert abs(found["exponent"] - 1.2) < 3 * found["standard_error"]
    assert found["standard_error"] < 0.01


def test_standard_error_is_the_spread_over_many_texts():
    """With so many words to so few ranks that the ranks are those of the law."""
    texts = [list_of(drawn(1.0, ranks=5, n=4000, seed=seed)) for seed in range(120)]
    found = pd.concat([zipf(freqs) for freqs in texts])
    assert found["exponent"].std() == pytest.approx(found["standard_error"].mean(), rel=0.2)


def test_exact_law_is_found_exactly():
    # by hand: 60, 30, 20, 15 fall as 60 / rank
    found = rank_frequency(list_of([60, 30, 20, 15]))
    assert found["fitted"].tolist() == pytest.approx([60, 30, 20, 15])
    assert zipf(list_of([60, 30, 20, 15]))["exponent"].iloc[0] == pytest.approx(1)


def test_equal_frequencies_have_exponent_0():
    found = zipf(list_of([7, 7, 7])).iloc[0]
    assert found["exponent"] == 0
    assert rank_frequency(list_of([7, 7, 7]))["fitted"].tolist() == pytest.approx([7, 7, 7])


def test_steep_lists_are_within_reach():
    found = zipf(list_of([10_000_000, 1])).iloc[0]
    assert found["exponent"] == pytest.approx(np.log2(10_000_000))


def test_ranks_follow_frequency_and_code_point_whatever_the_order_of_rows():
    freqs = pd.DataFrame({"freq": [1, 5, 1, 9]}, index=["و", "ب", "ا", "ت"])
    before = freqs.copy()
    found = rank_frequency(freqs)
    pd.testing.assert_frame_equal(freqs, before)
    assert found.index.tolist() == ["ت", "ب", "ا", "و"]
    assert found["rank"].tolist() == [1, 2, 3, 4]
    assert found["freq"].tolist() == [9, 5, 1, 1]
    pd.testing.assert_frame_equal(rank_frequency(freqs[::-1]), found)


@settings(max_examples=30, deadline=None)
@given(COUNTS)
def test_fitted_frequencies_fall_and_add_up(counts):
    found = rank_frequency(list_of(counts))
    assert found["fitted"].sum() == pytest.approx(counts.sum())
    assert (found["fitted"].diff().dropna() <= 1e-9).all()


def test_lists_of_counts_are_taken_as_they_are(words):
    freqs = frequencies(words, by=["lemma", "upos"])
    assert zipf(freqs)["n"].tolist() == [14]
    assert rank_frequency(freqs).index.names == ["lemma", "upos"]
    assert rank_frequency(freqs)["freq"].tolist() == freqs["freq"].tolist()


@pytest.mark.parametrize(("counts", "note"), [([], "0 items, needs 2"), ([4], "1 item, needs 2")])
def test_fewer_than_two_items_have_no_exponent(counts, note):
    freqs = pd.DataFrame({"freq": np.array(counts, dtype="int64")}, index=list("a")[: len(counts)])
    found = zipf(freqs).iloc[0]
    assert isnan(found["exponent"])
    assert isnan(found["standard_error"])
    assert found["note"] == note
    assert rank_frequency(freqs)["fitted"].isna().all()


@pytest.mark.parametrize("statistic", [zipf, rank_frequency])
@pytest.mark.parametrize("freq", [0, -2, float("nan")])
def test_frequency_of_nothing_is_refused(statistic, freq):
    with pytest.raises(ValueError, match=f"^{statistic.__name__}: the frequency of 'w00001' is "):
        statistic(list_of([3, freq]))


def test_frequency_of_an_item_that_stands_twice_is_one_number():
    table = pd.DataFrame({"freq": [3, 0, -1]}, index=["أ", "ب", "ب"])
    with pytest.raises(ValueError, match=r"^zipf: the frequency of 'ب' is 0; pass the items"):
        zipf(table)


def test_missing_column_is_named():
    with pytest.raises(ValueError, match=r"^zipf: no column 'freq' .*Pass a table of counts"):
        zipf(pd.DataFrame({"count": [1]}))


@pytest.mark.parametrize("points", [1.5, [1.5], "x", None, True, [True], [[1]], []])
def test_points_are_whole_numbers(points):
    words = pd.DataFrame({"kind": "word", "norm": ["أ", "ب", "أ"]})
    with pytest.raises(ValueError, match=r"growth: points is .*; pass a whole number, 1 or more"):
        growth(words, points=points)


@pytest.mark.parametrize("law", [zipf, rank_frequency])
def test_fractions_of_occurrences_are_refused(law):
    table = pd.DataFrame({"freq": [1.5, 1.0]}, index=["أ", "ب"])
    with pytest.raises(ValueError, match=r"the frequency of 'أ' is 1.5; pass the items that occur"):
        law(table)
