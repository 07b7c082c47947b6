"""Lexical diversity. Expected: published figures, lexicalrichness, scipy, or a hand count."""

from math import isnan, log, log10, sqrt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lexicalrichness import LexicalRichness
from scipy import stats

from toolkit.diversity import MEASURES, WHOLE, WITH_INTERVALS, diversity, intervals
from toolkit.statistics import growth
from toolkit.statistics.richness import OF_SPECTRUM, bounds
from toolkit.statistics.sequences import OF_SEQUENCE, OF_WINDOWS
from toolkit.tables import empty_table

# The 57 words of the example in the LexicalRichness README, each word as the number of its type.
README_WORDS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 10, 11, 12, 13, 14, 15, 16, 13, 17, 18, 19, 20, 21]
README_WORDS += [22, 11, 23, 19, 24, 25, 26, 13, 18, 27, 28, 29, 30, 31, 32, 33, 22, 34, 32, 35]
README_WORDS += [36, 37, 13, 29, 18, 12, 7, 38, 1, 34, 34, 32, 35]
# how many types occur so often
ST_JOHN = {1: 212, 2: 51, 3: 26, 4: 13, 5: 6, 6: 6, 7: 3, 8: 4, 10: 1, 11: 1, 13: 3, 16: 1, 17: 1}
ST_JOHN |= {19: 1, 21: 1, 59: 1}
POPESCU = {11: 1, 9: 2, 7: 1, 6: 2, 5: 2, 4: 7, 3: 6, 2: 18, 1: 85}


def text(items, **columns):
    items = [None if item is None else str(item) for item in items]
    return pd.DataFrame({"kind": "word", "norm": pd.Series(items, dtype="object")} | columns)


def of_spectrum(spectrum):
    """A text in which so many types occur so often."""
    freqs = [freq for freq, types in spectrum.items() for _ in range(types)]
    return text(np.repeat(np.arange(len(freqs)), freqs))


def measured(table, measure, **options):
    return diversity(table, measures=measure, **options)[measure].iloc[0]


def note(table, **options):
    return diversity(table, **options)["note"].iloc[0]


# --- published figures ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        # LexicalRichness README
        ("ttr", 0.684211),
        ("rttr", 5.165676),
        ("cttr", 3.652685),
        ("herdan_c", 0.906138),
        ("msttr", 0.88),
        ("mattr", 0.835152),
        ("mtld", 46.792264),
        ("hdd", 0.746870),
        ("yule_k", 153.893506),
        ("simpson", 0.015664),
        # the variants of LexicalRichness, quanteda and Wordless on the same words, computed from
        # their formulas apart from this package
        ("maas", 0.0232157),
        ("yule_i", 22.367647),
        ("herdan_vm", 0.0853943),
        ("mtld_below", 48.009464),
        ("index_of_diversity", 64.98),
        ("herdan_vm_squared", 0.0072922),
    ],
)
def test_readme_of_lexicalrichness_is_reproduced(measure, expected):
    assert measured(text(README_WORDS), measure, window=25) == pytest.approx(expected, abs=6e-7)


@pytest.mark.parametrize(("window", "expected"), [(2, 5 / 6), (3, 2 / 3), (4, 1 / 2)])
def test_moving_average_of_the_test_of_quanteda_is_reproduced(window, expected):
    words = text(["one", "one", "two", "one", "one", "two", "one"])
    assert measured(words, "mattr", window=window) == pytest.approx(expected)


def test_ratio_and_herdan_of_the_test_of_quanteda_are_reproduced():
    found = diversity(text(["one", "one", "two", "one", "one", "two", "one"])).iloc[0]
    assert found["ttr"] == pytest.approx(0.2857, abs=5e-5)
    assert found["herdan_c"] == pytest.approx(0.3562, abs=5e-5)
    # quanteda's form of Maas, by hand from 7 words and 2 types
    assert found["maas_a"] == pytest.approx(sqrt((log10(7) - log10(2)) / log10(7) ** 2))
    assert found["maas"] == pytest.approx((log(7) - log(2)) / log(7) ** 2)


def test_five_types_in_turn_fall_to_the_cut_at_every_seventh_word():
    # 5 / 7 is below 0.72: 14 stretches of 7 words, and 2 words of ratio 1, which add nothing
    found = diversity(text("abcde" * 20)).iloc[0]
    assert found["mtld"] == pytest.approx(100 / 14)
    assert found["hdd"] == pytest.approx(0.119047, abs=1e-6)


def test_yule_k_of_john_1_is_that_of_quanteda():
    found = diversity(of_spectrum(ST_JOHN)).iloc[0]
    assert (found["n"], found["types"]) == (755, 331)
    assert found["yule_k"] == pytest.approx(112.767, abs=5e-4)


def test_spectrum_of_popescu_is_reproduced():
    found = diversity(of_spectrum(POPESCU)).iloc[0]
    assert (found["n"], found["types"]) == (225, 124)
    assert found["repeat_rate"] == pytest.approx(0.0153, abs=5e-5)
    assert found["entropy"] == pytest.approx(6.5270, abs=5e-5)
    assert (found["hapax"], found["dis"]) == (85, 18)


def test_fisher_alpha_of_butterflies_is_reproduced():
    # Fisher, Corbet & Williams (1943): 15,609 specimens of 240 species
    moths = of_spectrum({1: 239, 15_609 - 239: 1})
    assert measured(moths, "fisher_alpha") == pytest.approx(40.247, abs=5e-4)


# --- independent implementations --------------------------------------------------------------

PROPERTIES = {
    "ttr": "ttr",
    "rttr": "rttr",
    "cttr": "cttr",
    "herdan_c": "Herdan",
    "maas": "Maas",
    "yule_k": "yulek",
    "yule_i": "yulei",
    "herdan_vm": "herdanvm",
    "simpson": "simpsond",
}


def zipfian(n, types, seed):
    random = np.random.default_rng(seed)
    chances = 1 / np.arange(1, types + 1)
    return random.choice(types, n, p=chances / chances.sum())


SAMPLES = [(60, 20, 0), (130, 1000, 1), (755, 300, 2), (3000, 5000, 3), (2000, 3, 4)]


@pytest.mark.parametrize(("n", "types", "seed"), SAMPLES)
def test_every_index_equals_that_of_lexicalrichness(n, types, seed):
    words = [str(item) for item in zipfian(n, types, seed)]
    theirs = LexicalRichness(words, preprocessor=None, tokenizer=None)
    ours = diversity(text(words), window=25).iloc[0]
    for name, theirs_name in PROPERTIES.items():
        assert ours[name] == pytest.approx(getattr(theirs, theirs_name), rel=1e-9), name
    assert ours["mattr"] == pytest.approx(theirs.mattr(25), rel=1e-9)
    assert ours["mtld"] == pytest.approx(theirs.mtld(0.72), rel=1e-9)
    assert ours["hdd"] == pytest.approx(theirs.hdd(42), rel=1e-9)
    # theirs drops the last segment even where it is full, so it is given one word more
    longer = LexicalRichness([*words, "-"], preprocessor=None, tokenizer=None)
    assert ours["msttr"] == pytest.approx(longer.msttr(25), rel=1e-9)


def test_words_of_the_article_measure_as_in_lexicalrichness():
    path = next(Path(__file__).parent.parent.joinpath("seeds").glob("*.txt"))
    article = path.read_text(encoding="utf-8")
    words = article.split()
    theirs = LexicalRichness(words, preprocessor=None, tokenizer=None)
    ours = diversity(text(words), window=50).iloc[0]
    # its words are too varied for a full stretch: theirs is a guess from a part of one
    assert isnan(ours["mtld"])
    assert ours["mattr"] == pytest.approx(theirs.mattr(50), rel=1e-9)
    assert ours["hdd"] == pytest.approx(theirs.hdd(), rel=1e-9)
    letters = list(article)
    theirs = LexicalRichness(letters, preprocessor=None, tokenizer=None)
    assert measured(text(letters), "mtld") == pytest.approx(theirs.mtld(), rel=1e-9)


@pytest.mark.parametrize(("n", "types", "seed"), SAMPLES)
def test_entropy_and_draws_agree_with_scipy(n, types, seed):
    items = zipfian(n, types, seed)
    counts = np.unique(items, return_counts=True)[1]
    found = diversity(text(items)).iloc[0]
    assert found["entropy"] == pytest.approx(stats.entropy(counts, base=2), rel=1e-12)
    absent = stats.hypergeom.pmf(0, n, counts, 42)
    assert found["hdd"] == pytest.approx((1 - absent).sum() / 42, rel=1e-9)


def stretches(items, below):
    """Mean length of the stretches of one direction, or None, with sets: a plain second way."""
    full, seen = 0, []
    for item in items:
        seen.append(item)
        ratio = len(set(seen)) / len(seen)
        if ratio < 0.72 or (ratio == 0.72 and not below):
            full, seen = full + 1, []
    rest = (1 - len(set(seen)) / len(seen)) / 0.28 if seen else 0
    return len(items) / (full + rest) if full else None


ITEMS = st.lists(st.sampled_from("ابتثجحخدذرزسشصضطظعغف"), min_size=1, max_size=120)


@settings(max_examples=25, deadline=None)
@given(ITEMS, st.integers(1, 30))
def test_windows_and_stretches_agree_with_a_plain_count(items, window):
    found = diversity(text(items), measures=["msttr", "mattr", *OF_SEQUENCE], window=window).iloc[0]
    n = len(items)
    windows = [items[begin : begin + window] for begin in range(n - window + 1)]
    for name, parts in {"mattr": windows, "msttr": windows[::window]}.items():
        if parts:
            assert found[name] == pytest.approx(np.mean([len(set(p)) / window for p in parts]))
        else:
            assert isnan(found[name])
    for name, below in {"mtld": False, "mtld_below": True}.items():
        both = [stretches(items, below), stretches(items[::-1], below)]
        if None in both:
            assert isnan(found[name])
            assert f"{name}" in found["note"]
        else:
            assert found[name] == pytest.approx(sum(both) / 2)


def test_ratio_of_exactly_the_cut_is_a_stretch_of_mtld_and_not_of_mtld_below():
    # 18 types, the last of which is repeated until the ratio is 18 / 25
    once = [*range(18), *[17] * 7]
    assert stretches(once, below=False) == 25
    assert stretches(once, below=True) is None
    forwards_and_back = [*once, *once[::-1]]
    assert measured(text(forwards_and_back), "mtld") != measured(
        text(forwards_and_back), "mtld_below"
    )


@settings(max_examples=25, deadline=None)
@given(ITEMS)
def test_bounds_and_relations_hold(items):
    table = text(items)
    before = table.copy()
    found = diversity(table).iloc[0]
    pd.testing.assert_frame_equal(table, before)
    n, types = found["n"], found["types"]
    assert (n, types) == (len(items), len(set(items)))
    assert found["rttr"] == pytest.approx(found["cttr"] * sqrt(2))
    assert found["herdan_vm"] == pytest.approx(sqrt(found["herdan_vm_squared"]))
    assert found["repeat_rate"] == pytest.approx(found["yule_k"] / 10_000 + 1 / n)
    assert -1e-9 <= found["entropy"] <= np.log2(types) + 1e-9
    assert found["hapax"] + 2 * found["dis"] <= n
    for name in ("ttr", "herdan_c", "simpson", "repeat_rate", "hdd", "mattr", "msttr"):
        assert isnan(found[name]) or 0 <= found[name] <= 1
    # every missing number has its reason, and no other
    reasons = found["note"].split("; ")
    explained = {name for reason in reasons for name in reason.split(":")[0].split(", ")}
    assert explained - {""} == {name for name in MEASURES if isnan(found[name])}


@settings(max_examples=25, deadline=None)
@given(ITEMS, st.randoms(use_true_random=False))
def test_order_plays_no_part_where_only_frequencies_count(items, random):
    shuffled = random.sample(items, len(items))
    names = list(OF_SPECTRUM)
    pd.testing.assert_frame_equal(
        diversity(text(items), measures=names), diversity(text(shuffled), measures=names)
    )


@settings(max_examples=25, deadline=None)
@given(ITEMS)
def test_mtld_is_the_same_read_backwards(items):
    there, back = (
        diversity(text(order), measures=list(OF_SEQUENCE))[list(OF_SEQUENCE)].iloc[0].tolist()
        for order in (items, items[::-1])
    )
    assert there == pytest.approx(back, nan_ok=True)


# --- what is counted --------------------------------------------------------------------------


def test_words_of_the_corpus_are_counted_by_group(words):
    # the counts of conftest.py: a has 9 words and numbers of words.kind, b has 5
    found = diversity(words, by="lemma", groups="doc", measures=["ttr", "hapax"])
    assert found.index.tolist() == ["a", "b"]
    assert found.index.name == "doc"
    assert found[["n", "types", "hapax"]].to_numpy().tolist() == [[9, 9, 9], [5, 5, 5]]
    whole = diversity(words, by="lemma", measures=["ttr", "hapax", "dis"])
    assert whole.index.tolist() == ["all"]
    assert whole.iloc[0].tolist() == [14, 12, 12 / 14, 10, 2, ""]


def test_punctuation_is_counted_where_asked(tokens):
    found = diversity(tokens, by="form", kinds=["punctuation"], measures="ttr")
    assert found[["n", "types"]].iloc[0].tolist() == [4, 3]


def test_several_columns_make_one_item_and_one_group(words):
    found = diversity(words, by=["lemma", "form"], groups=["doc", "sent"], measures="ttr")
    assert found.index.tolist() == [("a", "1"), ("a", "2"), ("b", "1")]
    assert found["n"].tolist() == [5, 4, 5]
    assert diversity(words, by=["lemma", "form"])["types"].iloc[0] == 13


def test_groups_stand_in_the_order_in_which_they_begin_and_may_alternate():
    table = text("abcabb", doc=["ي", "ا", "ي", "ا", "ي", "ا"])
    found = diversity(table, groups="doc", measures="ttr")
    assert found.index.tolist() == ["ي", "ا"]
    assert found["types"].tolist() == [3, 2]  # a c b and b a b


def test_each_group_measures_as_it_does_alone():
    items = zipfian(900, 400, 7)
    table = text(items, doc=np.repeat(["a", "b", "c"], 300))
    together = diversity(table, groups="doc")
    for doc, alone in table.groupby("doc"):
        expected = diversity(alone).iloc[0]
        pd.testing.assert_series_equal(together.loc[doc], expected, check_names=False)


@pytest.mark.parametrize("dtype", ["object", "str", "category"])
def test_missing_items_are_not_counted_and_the_note_says_so(dtype):
    table = text(["a", None, "b", float("nan"), "a"])
    table["norm"] = pd.Series(["a", None, "b", np.nan, "a"], dtype="object").astype(dtype)
    found = diversity(table, measures="ttr").iloc[0]
    assert found.tolist() == [3, 2, 2 / 3, "2 without an item, not counted"]


def test_rows_without_a_group_are_in_no_text():
    table = text("aab", doc=["x", None, "x"])
    assert diversity(table, groups="doc", measures="ttr")["n"].to_dict() == {"x": 2}


def test_index_and_unused_categories_play_no_part(tokens):
    expected = diversity(tokens, groups="doc")
    pd.testing.assert_frame_equal(diversity(tokens.set_axis([0] * 16), groups="doc"), expected)
    only_b = tokens[tokens["doc"] == "b"]
    pd.testing.assert_frame_equal(diversity(only_b, groups="doc"), expected.loc[["b"]])


# --- too few words ----------------------------------------------------------------------------


def test_too_short_a_text_is_refused_with_the_reason():
    found = diversity(text("abcdefghijklmnopq"), measures=["hdd", "mattr", "msttr", "mtld", "ttr"])
    assert found.iloc[0][["hdd", "mattr", "msttr", "mtld"]].isna().all()
    assert found["ttr"].iloc[0] == 1
    assert found["note"].iloc[0] == (
        "hdd: 17 words, needs 42; mattr, msttr: 17 words, needs 100; "
        "mtld: the type-token ratio never falls to 0.72 in 17 words"
    )


def test_shortest_text_that_is_enough_is_measured():
    words = text(["a"] * 42)
    assert measured(words, "hdd") == pytest.approx(1 / 42)
    assert isnan(measured(words.head(41), "hdd"))
    assert measured(words, "mattr", window=42) == pytest.approx(1 / 42)
    assert isnan(measured(words, "mattr", window=43))
    assert measured(words, "msttr", window=42) == pytest.approx(1 / 42)


def test_mtld_needs_a_full_stretch_in_both_directions():
    # forwards a a is a stretch at once; backwards 29 of 30 are types, and none is full
    one_sided = ["a", "a", *map(str, range(28))]
    assert stretches(one_sided, below=False) == 30
    assert stretches(one_sided[::-1], below=False) is None
    assert isnan(measured(text(one_sided), "mtld"))


def test_words_that_all_differ_have_no_fisher_alpha_and_no_yule_i():
    found = diversity(text("abc"), measures=["yule_i", "index_of_diversity", "fisher_alpha"])
    assert found["note"].iloc[0] == (
        "yule_i, index_of_diversity, fisher_alpha: every word occurs once"
    )


def test_one_word_has_no_logarithm_to_divide_by():
    found = diversity(text("a"), measures=["herdan_c", "maas", "maas_a", "simpson", "ttr"]).iloc[0]
    assert found["note"] == "herdan_c, maas, maas_a, simpson: 1 word, needs 2"
    assert found["ttr"] == 1


def test_one_item_repeated_has_no_variety():
    found = diversity(text("a" * 50), window=10).iloc[0]
    assert found[["entropy", "herdan_c", "herdan_vm", "yule_i"]].tolist() == [0, 0, 0, 1 / 2499]
    assert found[["simpson", "repeat_rate", "mtld"]].tolist() == [1, 1, 2]
    assert found["fisher_alpha"] * np.log1p(50 / found["fisher_alpha"]) == pytest.approx(1)


def test_equal_frequencies_have_no_spread():
    assert measured(text("abc" * 30), "herdan_vm") == 0


def test_table_without_words_has_no_values(tokens):
    for table in (empty_table("tokens"), tokens[tokens["kind"] == "punctuation"]):
        found = diversity(table)
        assert len(found) == 1
        assert found.iloc[0][["n", "types", *WHOLE]].tolist() == [0, 0, 0, 0]
        assert found.drop(columns=["n", "types", "note", *WHOLE]).isna().all(axis=None)
        assert found["note"].iloc[0].endswith(": no words")


def test_empty_table_has_no_groups():
    found = diversity(empty_table("tokens"), groups="doc")
    assert found.empty
    assert found.columns.tolist() == ["n", "types", *MEASURES, "note"]
    assert found.dtypes.astype("str").tolist()[:3] == ["int64", "int64", "float64"]


def test_group_of_punctuation_alone_keeps_its_row(tokens):
    only = tokens[tokens["kind"] == "punctuation"]
    assert diversity(only, groups="doc", measures="ttr")["n"].to_dict() == {"a": 0, "b": 0}


# --- intervals --------------------------------------------------------------------------------


def sentences(items, length):
    """A text of sentences of equal length."""
    return text(items, doc="a", sent=np.arange(len(items)) // length)


def test_values_of_intervals_are_those_of_diversity():
    table = sentences(zipfian(600, 300, 5), 20)
    found = intervals(table, measures=MEASURES, samples=20).iloc[0]
    expected = diversity(table).iloc[0]
    assert found[["n", "types", *MEASURES]].tolist() == expected[["n", "types", *MEASURES]].tolist()
    assert found["units"] == 30
    for name in MEASURES:
        low, high = found[f"{name}_low"], found[f"{name}_high"]
        assert low <= found[name] <= high
        lowest, highest = bounds(name, 600, 100)
        if lowest < low and high < highest:
            assert (low + high) / 2 == pytest.approx(found[name])


@pytest.mark.parametrize(
    ("measure", "table", "bound"),
    [
        # 12 sentences: all words differ but for one sentence that is said twice, so ttr is near 1
        ("ttr", [*range(40), *range(38, 46)], 1),
        ("hapax", [*range(40), *range(38, 46)], 48),
        ("yule_k", [*range(40), *range(38, 46)], 0),
        ("simpson", [*range(40), *range(38, 46)], 0),
        ("entropy", [*range(40), *range(38, 46)], np.log2(48)),
        ("hdd", [*range(40), *range(38, 46)], 1),
    ],
)
def test_bounds_of_an_interval_are_possible_values(measure, table, bound):
    found = intervals(sentences(table, 4), measures=measure, samples=100).iloc[0]
    lowest, highest = bounds(measure, 48, 100)
    low, high = found[f"{measure}_low"], found[f"{measure}_high"]
    assert lowest <= low <= found[measure] <= high <= highest
    assert bound in (pytest.approx(lowest), pytest.approx(highest))
    assert bound in (pytest.approx(low), pytest.approx(high))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from("abcdefghijklmnop"), min_size=2, max_size=70), st.integers(1, 9))
def test_no_text_lies_outside_the_bounds_of_a_measure(items, window):
    texts = [items, items[:1] * len(items), list(range(len(items))), [0, *range(len(items) - 1)]]
    for words in texts:
        found = diversity(text(words), window=window).iloc[0]
        for name in MEASURES:
            lowest, highest = bounds(name, len(words), window)
            assert isnan(found[name]) or lowest - 1e-9 <= found[name] <= highest + 1e-9, name


def test_width_is_that_of_the_bootstrap_of_scipy():
    items = zipfian(800, 300, 6).reshape(40, 20)

    def simpson(units):
        counts = np.unique(items[units], return_counts=True)[1]
        return (counts * (counts - 1)).sum() / (800 * 799)

    theirs = stats.bootstrap(
        (np.arange(40),), simpson, vectorized=False, n_resamples=1500, method="basic", rng=1
    )
    found = intervals(sentences(items.ravel(), 20), measures="simpson", samples=2000).iloc[0]
    width = found["simpson_high"] - found["simpson_low"]
    assert width == pytest.approx(2 * 1.959964 * theirs.standard_error, rel=0.1)


def test_intervals_hold_the_expected_ratio_of_new_texts():
    """Of percentiles of the draws none would: a draw has fewer types than a text."""
    expected = np.mean([len(np.unique(zipfian(800, 5000, 1000 + t))) / 800 for t in range(200)])
    table = pd.concat(
        [sentences(zipfian(800, 5000, seed), 20).assign(doc=str(seed)) for seed in range(30)]
    )
    found = intervals(table, groups="doc", measures="ttr", samples=50)
    held = (found["ttr_low"] <= expected) & (expected <= found["ttr_high"])
    assert held.mean() >= 0.9


def test_sentences_that_are_all_alike_leave_no_doubt():
    found = intervals(sentences("abca" * 12, 4), measures=["ttr", "yule_k"], samples=50).iloc[0]
    assert found[["ttr_low", "ttr_high"]].tolist() == [3 / 48, 3 / 48]
    assert found["yule_k_low"] == pytest.approx(found["yule_k_high"])


def test_intervals_are_the_same_at_every_call_and_beside_other_groups():
    table = sentences(zipfian(400, 200, 8), 10)
    two = pd.concat([table.assign(doc="b"), table])
    found = intervals(two, groups="doc", samples=30)
    pd.testing.assert_frame_equal(found, intervals(two, groups="doc", samples=30))
    alone = intervals(table, samples=30).iloc[0]
    pd.testing.assert_series_equal(found.loc["a"], alone, check_names=False)
    assert found.loc["a"].equals(found.loc["b"])


def test_few_units_have_no_intervals_and_the_note_says_so():
    table = sentences(["a", "a", "b"] * 30, 10)
    found = intervals(table, measures=["ttr", "hdd", "mattr"], samples=20).iloc[0]
    assert found["units"] == 9
    assert found[["ttr", "hdd"]].notna().all()
    assert found[["ttr_low", "ttr_high", "hdd_low", "hdd_high", "mattr"]].isna().all()
    assert found["note"] == ("mattr: 90 words, needs 100; ttr, hdd: no interval, 9 units, needs 10")


def test_measure_that_many_draws_lack_has_no_interval():
    # 10 sentences of 1 word and one of 60: a draw without the long one is too short for HD-D
    table = text([*"ابتثجحخدذر", *"كل" * 30], doc="a", sent=[*range(10), *[10] * 60])
    found = intervals(table, measures=["hdd", "ttr"], samples=200).iloc[0]
    assert found["hdd"] > 0
    assert isnan(found["hdd_low"])
    assert found["note"].startswith("hdd: no interval, undefined in ")
    assert found["note"].endswith(" of 200 draws")
    assert found["ttr_low"] < found["ttr"] < found["ttr_high"]


def test_unit_may_be_another_column():
    table = sentences(zipfian(300, 100, 9), 5).assign(paragraph=np.arange(300) // 20)
    by_paragraph = intervals(table, measures="ttr", unit=("doc", "paragraph"), samples=20)
    assert by_paragraph["units"].tolist() == [15]
    assert intervals(table, measures="ttr", samples=20)["units"].tolist() == [60]


def test_units_without_a_counted_word_are_no_units():
    table = sentences(list("ab" * 15), 2)
    table.loc[table["sent"] == 3, "kind"] = "punctuation"
    assert intervals(table, measures="ttr", samples=5)["units"].tolist() == [14]


def test_table_without_words_has_no_intervals():
    found = intervals(empty_table("tokens"))
    assert found[["n", "units"]].iloc[0].tolist() == [0, 0]
    assert found["note"].iloc[0] == "ttr, mattr, mtld, hdd, yule_k: no words"
    by_doc = intervals(empty_table("tokens"), groups="doc")
    assert by_doc.empty
    assert [name for name in by_doc.columns if name.endswith("_low")] == [
        f"{name}_low" for name in WITH_INTERVALS
    ]


# --- refusals ---------------------------------------------------------------------------------


@pytest.mark.parametrize("statistic", [diversity, intervals])
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"by": "root"}, "no column 'root' in the table; its columns are .* as by=."),
        ({"groups": "genre"}, "no column 'genre' in the table; .* Pass one of them as groups=."),
        ({"groups": []}, r"groups=\[\] names no column; pass one, or None."),
        ({"measures": "mltd"}, "no measure 'mltd'; there are ttr, rttr, .*fisher_alpha."),
        ({"groups": 3}, "groups is 3; pass a name, or a list of names."),
        ({"measures": None}, "measures is None; pass a name, or a list of names."),
        ({"window": 0}, "window is 0; pass a whole number, 1 or more."),
        ({"window": 2.5}, "window is 2.5; pass a whole number, 1 or more."),
        ({"window": True}, "window is True; pass a whole number, 1 or more."),
        ({"kinds": "words"}, "no kind 'words'; there are word, number, punctuation, symbol."),
    ],
)
def test_wrong_argument_is_named(statistic, arguments, message, tokens):
    with pytest.raises(ValueError, match=f"^{statistic.__name__}: {message}"):
        statistic(tokens, **arguments)


def test_intervals_name_a_missing_unit_and_too_few_samples(tokens):
    with pytest.raises(ValueError, match=r"^intervals: no column 'paragraph' .* as unit=\."):
        intervals(tokens, unit="paragraph")
    for samples in (1, 20.0, "20", None):
        with pytest.raises(ValueError, match=r"^intervals: samples is .*; pass a whole number, 2"):
            intervals(tokens, samples=samples)
    assert intervals(tokens, samples=np.int16(20)).equals(intervals(tokens, samples=20))


def test_table_of_another_shape_is_named():
    with pytest.raises(ValueError, match=r"^diversity: no column 'kind' .*Pass the tokens or w"):
        diversity(pd.DataFrame({"norm": ["a"]}))


def test_every_measure_has_its_formula():
    assert set(MEASURES) == set(OF_SPECTRUM) | set(OF_WINDOWS) | set(OF_SEQUENCE)
    assert len(MEASURES) == len(set(MEASURES))


def test_growth_is_reached_from_here():
    from toolkit import diversity as module

    assert module.growth is growth.growth
    assert module.zipf is growth.zipf
