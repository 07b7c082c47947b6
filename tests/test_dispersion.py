"""Dispersion. Expected values: published worked examples, scipy, or a count by hand, as said."""

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import pdist
from scipy.stats import chisquare, entropy, variation

from toolkit.counts import dispersion, frequencies
from toolkit.statistics import dispersion as measures
from toolkit.statistics.parts import gaps_of_rows, parts_of
from toolkit.tables import empty_table

# Gries (2008), International Journal of Corpus Linguistics 13(4): 406; as five parts of unequal
# size in Gries (2020), Analyzing dispersion.
FIVE = [
    "b a m n i b e u p",
    "b a s a t b e w q n",
    "b c a g a b e s t a",
    "b a g h a b e a a t",
    "b a h a a b e a x a t",
]
# The layout of 2008: five equal parts.
FIVE_EQUAL = [
    "b a m n i b e u p k",
    "b a s a t b e w q n",
    "b c a g a b e s t a",
    "b a g h a b e a a t",
    "b a h a a b e a x a",
]


def letters(parts):
    return pd.DataFrame(
        [
            (str(place), "word", letter)
            for place, part in enumerate(parts)
            for letter in part.split()
        ],
        columns=["doc", "kind", "norm"],
    )


def equal(freqs):
    return parts_of([freqs], [sum(freqs)] * len(freqs))


# Gries (2020); b, i, q and x also stand in the tests of Scattertext, a in the literature for DP.
@pytest.mark.parametrize(
    ("letter", "freq", "in_parts", "expected"),
    [
        (
            "a",
            15,
            5,
            {
                "juilland_d": 0.7852,
                "rosengren_s": 0.9498,
                "dp": 0.18,
                "dp_norm": 0.2195,
                "kld": 0.137,
                "da": 0.6975,
            },
        ),
        (
            "b",
            10,
            5,
            {
                "juilland_d_equal": 1,
                "juilland_d": 0.968,
                "rosengren_s": 0.999,
                "dp": 0.02,
                "dp_norm": 0.024,
                "kld": 0.003,
                "da": 0.9598,
            },
        ),
        (
            "e",
            5,
            5,
            {"juilland_d": 0.968, "rosengren_s": 0.999, "dp": 0.02, "kld": 0.003},
        ),
        (
            "i",
            1,
            1,
            {
                "juilland_d_equal": 0,
                "juilland_d": 0,
                "rosengren_s": 0.18,
                "dp": 0.82,
                "dp_norm": 1,
                "kld": 2.474,
                "da": 0,
            },
        ),
        (
            "q",
            1,
            1,
            {
                "juilland_d": 0,
                "rosengren_s": 0.2,
                "dp": 0.8,
                "dp_norm": 0.976,
                "kld": 2.322,
                "da": 0,
            },
        ),
        (
            "x",
            1,
            1,
            {
                "juilland_d": 0,
                "rosengren_s": 0.22,
                "dp": 0.78,
                "dp_norm": 0.951,
                "kld": 2.184,
                "da": 0,
            },
        ),
    ],
)
def test_five_parts_of_gries(letter, freq, in_parts, expected):
    found = dispersion(letters(FIVE)).loc[letter]
    assert found[["freq", "n", "parts", "range"]].tolist() == [freq, 50, 5, in_parts]
    for measure, value in expected.items():
        decimals = max(len(str(value).partition(".")[2]), 3)
        assert round(found[measure], decimals) == pytest.approx(value, abs=1e-9), measure


def test_distances_of_gries():
    # Savicky and Hlavacova's measures in Gries (2008): 410, to the digits printed there
    found = dispersion(letters(FIVE_EQUAL)).loc["a"]
    assert round(found["arf"], 1) == 10.8
    assert round(found["ald"], 3) == 0.628
    assert round(found["awt"], 2) == 3.18
    assert round(found["f_ald"], 3) == 11.764
    assert round(found["f_awt"], 3) == 9.328
    assert round(dispersion(letters(FIVE)).loc["a", "arf"], 1) == 11.1


def test_distances_run_round_the_end_of_the_corpus():
    # Gries (2008): 409, the distances of a
    codes = np.array([0 if letter == "a" else -1 for letter in " ".join(FIVE_EQUAL).split()])
    gaps = gaps_of_rows(codes.astype(np.int32), 1)
    assert gaps.distance.tolist() == [2, 10, 2, 9, 2, 5, 2, 3, 3, 1, 3, 2, 1, 3, 2]
    assert gaps.distance.sum() == gaps.n == 50


# Carroll (1970): 61-65, Rosengren (1971), Lyne (1985) and Lijffijt and Gries (2012), as quoted in
# the tests of Wordless.
@pytest.mark.parametrize(
    ("measure", "freqs", "expected"),
    [
        ("juilland_d_equal", [0, 4, 3, 2, 1], 0.6464),
        ("juilland_d", [0, 4, 3, 2, 1], 0.6464),
        ("juilland_u", [0, 4, 3, 2, 1], 6.46),
        ("carroll_d2", [2, 1, 1, 1, 0], 0.8277),
        ("carroll_um", [2, 1, 1, 1, 0], 4.31),
        ("juilland_d_equal", [1, 2, 3, 4, 5], 0.7643),
        ("rosengren_s", [1, 2, 3, 4, 5], 0.937),
        ("rosengren_kf", [1, 2, 3, 4, 5], 14.053),
        ("carroll_um", [1, 2, 3, 4, 5], 14.108),
        ("lyne_d3", [1, 2, 3, 4, 5], 0.944),
        ("dp", [2, 1, 0], 0.333),
        ("dp_norm", [2, 1, 0], 0.5),
        ("dp", [3, 3, 3], 0.0),
        ("dp_norm", [3, 3, 3], 0.0),
    ],
)
def test_published_vectors_of_equal_parts(measure, freqs, expected):
    found = measures.OVER_PARTS[measure](equal(freqs))
    decimals = len(str(expected).partition(".")[2])
    assert np.round(found, decimals).tolist() == [expected]


TABLES = st.integers(2, 6).flatmap(
    lambda n: st.tuples(
        st.lists(st.lists(st.integers(0, 9), min_size=n, max_size=n), min_size=1, max_size=4),
        st.lists(st.integers(0, 30), min_size=n, max_size=n),
    )
)


@settings(max_examples=50, deadline=None)
@given(TABLES)
def test_measures_agree_with_scipy(table):
    freqs, more = np.array(table[0]), np.array(table[1])
    sizes = freqs.sum(axis=0) + more + 1
    found = {name: measure(parts_of(freqs, sizes)) for name, measure in measures.OVER_PARTS.items()}
    share, n = sizes / sizes.sum(), len(sizes)
    for place, freq in enumerate(freqs):
        if not freq.sum():
            assert all(np.isnan(values[place]) for values in found.values())
            continue
        rate = freq / sizes
        expected = {
            "juilland_d": 1 - variation(rate) / np.sqrt(n - 1),
            "juilland_d_equal": 1 - variation(freq) / np.sqrt(n - 1),
            "carroll_d2": entropy(rate) / np.log(n),
            "lyne_d3": 1 - chisquare(freq, share * freq.sum()).statistic / (4 * freq.sum()),
            "rosengren_s": np.sqrt(share * freq).sum() ** 2 / freq.sum(),
            "dp": np.abs(freq / freq.sum() - share).sum() / 2,
            "kld": entropy(freq, share, base=2),
            "da": 1 - pdist(rate[:, None], "cityblock").mean() / (2 * rate.mean()),
        }
        for name, value in expected.items():
            assert found[name][place] == pytest.approx(value, abs=1e-9), name


ROWS = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from(["قال", "نعم", "لا", None])),
    min_size=1,
    max_size=40,
)


@settings(max_examples=50, deadline=None)
@given(ROWS)
def test_bounds_hold_and_the_input_stays(rows):
    table = pd.DataFrame(rows, columns=["doc", "norm"], dtype="object").assign(kind="word")
    before = table.copy()
    found = dispersion(table)
    pd.testing.assert_frame_equal(table, before)
    pd.testing.assert_series_equal(found["freq"], frequencies(table)["freq"])
    pd.testing.assert_series_equal(found["range"], frequencies(table)["docs"], check_names=False)
    shares = ["juilland_d", "juilland_d_equal", "carroll_d2", "rosengren_s", "dp", "dp_norm", "da"]
    for name in shares:
        assert found[name].dropna().between(-1e-9, 1 + 1e-9).all(), name
    assert (found["lyne_d3"] <= 1 + 1e-9).all()
    assert (found["kld"] >= -1e-9).all()
    for name in ("arf", "f_ald", "f_awt"):
        assert found[name].between(1 - 1e-9, found["freq"] + 1e-9).all(), name


@settings(max_examples=30, deadline=None)
@given(ROWS, st.randoms())
def test_order_of_rows_plays_no_part_in_measures_over_parts(rows, random):
    def measured(rows):
        table = pd.DataFrame(rows, columns=["doc", "norm"], dtype="object").assign(kind="word")
        return dispersion(table, measures=list(measures.OVER_PARTS))

    pd.testing.assert_frame_equal(measured(rows), measured(random.sample(rows, len(rows))))


def test_parts_are_a_column_or_a_number_of_equal_ones():
    table = letters(FIVE_EQUAL)
    pd.testing.assert_frame_equal(dispersion(table, parts=5), dispersion(table))
    pd.testing.assert_frame_equal(
        dispersion(table.assign(section=table["doc"]).assign(doc="a"), parts="section"),
        dispersion(table),
    )
    # by hand: 50 rows in 3 parts are 17, 17 and 16
    assert dispersion(table, parts=3)["parts"].iloc[0] == 3
    assert dispersion(table, by="kind", parts=3, measures=["dp"]).loc["word", "dp"] == 0


def test_parts_are_those_of_the_counted_rows(tokens):
    # by hand: 16 rows of which 12 are counted; 8 in a and 4 in b
    table = pd.concat([tokens, tokens[tokens["kind"] == "punctuation"].assign(doc="c")])
    found = dispersion(table)
    assert found["parts"].iloc[0] == 2
    assert found.loc["دمشق", ["freq", "n", "range"]].tolist() == [2, 12, 2]
    # by hand: |1/2 - 8/12| + |1/2 - 4/12| halved
    assert found.loc["دمشق", "dp"] == pytest.approx(1 / 6)
    assert found.loc["دمشق", "dp_norm"] == pytest.approx(1 / 4)


def test_one_part_leaves_measures_undefined_that_compare_parts():
    found = dispersion(letters(["a b a"])).loc["a"]
    undefined = {"juilland_d", "juilland_d_equal", "carroll_d2", "dp_norm", "da"}
    undefined |= {"juilland_u", "carroll_um"}
    assert set(found.index[found.isna()]) == undefined
    assert found[["rosengren_s", "lyne_d3", "dp", "kld"]].tolist() == pytest.approx([1, 1, 0, 0])


def test_items_that_do_not_occur_are_undefined_and_not_zero():
    found = dispersion(letters(FIVE), items=["z", "x", "a", "a"], min_freq=9)
    assert found.index.tolist() == ["a", "x", "z"]
    assert found.index.name == "norm"
    assert found.loc["z", ["freq", "n", "parts", "range"]].tolist() == [0, 50, 5, 0]
    assert found.loc["z", list(measures.MEASURES)].isna().all()
    whole = dispersion(letters(FIVE))
    pd.testing.assert_frame_equal(found.loc[["a", "x"]], whole.loc[["a", "x"]])
    assert dispersion(letters(FIVE), items=[]).empty


def test_items_of_several_columns_are_asked_for_as_tuples(words):
    pairs = dispersion(words, by=["lemma", "upos"], items=[("دمشق", "PROPN"), ("قال", "NOUN")])
    assert pairs.index.names == ["lemma", "upos"]
    assert pairs["freq"].tolist() == [2, 0]
    assert len(dispersion(words, by=["lemma", "upos"])) == 12


def test_rare_items_are_left_out_and_change_no_number():
    whole = dispersion(letters(FIVE))
    frequent = whole[whole["freq"] >= 3]
    pd.testing.assert_frame_equal(dispersion(letters(FIVE), min_freq=3), frequent)


def test_measures_are_the_columns_that_are_asked_for():
    found = dispersion(letters(FIVE), measures=["awt", "dp"])
    assert list(found.columns) == ["freq", "n", "parts", "range", "awt", "dp"]
    pd.testing.assert_frame_equal(found, dispersion(letters(FIVE))[list(found.columns)])


def test_missing_items_are_words_of_the_corpus():
    # by hand: distances of a are 3 and 1 of 4 rows
    table = letters(["a a a a"]).assign(norm=["a", None, None, "a"])
    found = dispersion(table)
    assert found.index.tolist() == ["a"]
    assert found.loc["a", ["freq", "n"]].tolist() == [2, 4]
    assert found.loc["a", "awt"] == (1 + (9 + 1) / 4) / 2


def test_empty_table_gives_an_empty_table(tokens):
    for table in (empty_table("tokens"), tokens[tokens["kind"] == "symbol"]):
        for parts in ("doc", 1):
            found = dispersion(table, parts=parts)
            assert found.empty
            assert list(found.columns) == ["freq", "n", "parts", "range", *measures.MEASURES]
        assert dispersion(table, items=["a"])["dp"].isna().all()


def test_index_of_the_table_and_runs_of_documents_play_no_part():
    table = letters(FIVE)
    over_parts = list(measures.OVER_PARTS)
    each_in_two_runs = pd.concat([table.iloc[::2], table.iloc[1::2]])
    pd.testing.assert_frame_equal(
        dispersion(each_in_two_runs, measures=over_parts), dispersion(table, measures=over_parts)
    )
    pd.testing.assert_frame_equal(dispersion(table.set_axis([7] * 50)), dispersion(table))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            {"parts": "section"},
            "dispersion: no column 'section' in the table; its columns are doc, kind, norm. "
            "Pass one of them, or a number, as parts=.",
        ),
        (
            {"parts": 51},
            "dispersion: parts is 51 and 50 rows are counted; pass a column, or a whole number of "
            "parts from 1 to 50.",
        ),
        (
            {"parts": 0},
            "dispersion: parts is 0 and 50 rows are counted; pass a column, or a whole number of "
            "parts from 1 to 50.",
        ),
        ({"min_freq": 0}, "dispersion: min_freq is 0; pass a whole number, 1 or more."),
        (
            {"min_freq": None, "items": ["a"]},
            "dispersion: min_freq is None; pass a whole number, 1 or more.",
        ),
        (
            {"measures": ["dpnorm"]},
            "dispersion: no measure 'dpnorm'; there are " + ", ".join(measures.MEASURES) + ".",
        ),
        (
            {"measures": "dpnorm"},
            "dispersion: no measure 'dpnorm'; there are " + ", ".join(measures.MEASURES) + ".",
        ),
        ({"measures": 3}, "dispersion: measures is 3; pass a name, or a list of names."),
        ({"items": "a"}, "dispersion: items='a' is one string; pass a list of items."),
        ({"items": 3}, "dispersion: items=3 is no list; pass a list of items."),
        (
            {"items": pd.DataFrame({"a": [1]})},
            "dispersion: items is a DataFrame, whose items are its columns; pass a list of items, "
            "such as counts.stop_words() or list(table.index).",
        ),
        (
            {"items": [["a"]]},
            "dispersion: items has ['a'], and by= names one column; pass strings.",
        ),
        (
            {"by": "root"},
            "dispersion: no column 'root' in the table; its columns are doc, kind, norm. "
            "Pass one of them as by=.",
        ),
    ],
)
def test_unknown_name_or_number_is_named(arguments, message):
    with pytest.raises(ValueError, match=r"^dispersion: ") as refused:
        dispersion(letters(FIVE), **arguments)
    assert str(refused.value) == message


def test_rows_without_a_part_are_refused():
    table = letters(FIVE).assign(section=[None] * 2 + ["news"] * 48)
    with pytest.raises(ValueError, match="2 of 50 counted rows have no 'section'"):
        dispersion(table, parts="section")


@pytest.mark.parametrize("parts", [1.5, True, None, [], [3], 5])
def test_a_number_of_parts_is_whole(parts):
    words = pd.DataFrame({"kind": "word", "norm": list("abac")})
    message = f"dispersion: parts is {parts!r} and 4 rows are counted; pass a column, or a whole"
    with pytest.raises(ValueError, match=re.escape(message)):
        dispersion(words, parts=parts)


def test_document_in_several_runs_is_one_part():
    table = letters(["a b", "b", "a"]).assign(doc=list("xxyx"))
    found = dispersion(table, measures=["dp"])
    # by hand: x has a, b, a and y has b
    assert found[["parts", "range"]].to_dict("index") == {
        "a": {"parts": 2, "range": 1},
        "b": {"parts": 2, "range": 2},
    }


def test_several_columns_make_the_parts(words):
    # by hand: three sentences, of 5, 4 and 5 words; دمشق in the first and the third
    found = dispersion(words, by="lemma", parts=["doc", "sent"], measures="dp")
    assert found.loc["دمشق", ["freq", "parts", "range"]].tolist() == [2, 3, 2]
    # by hand: |1/2 - 5/14| twice and |0 - 4/14|, halved
    assert found.loc["دمشق", "dp"] == pytest.approx(2 / 7)
    pd.testing.assert_frame_equal(
        dispersion(words, by="lemma", parts=["doc"]), dispersion(words, by="lemma", parts="doc")
    )
    with pytest.raises(ValueError, match="dispersion: no column 'section' in the table"):
        dispersion(words, by="lemma", parts=["doc", "section"])
    with pytest.raises(ValueError, match="14 of 14 counted rows have no 'doc' or 'head', so they"):
        dispersion(words, by="lemma", parts=["doc", "head"])


def test_one_measure_may_be_named_by_itself():
    pd.testing.assert_frame_equal(
        dispersion(letters(FIVE), measures="dp"), dispersion(letters(FIVE), measures=["dp"])
    )


def test_nothing_is_cut_into_as_many_parts_as_one_likes(words):
    for table in (words.head(0), words[words["kind"] == "symbol"]):
        found = dispersion(table, parts=3)
        assert found.empty
        assert list(found) == list(dispersion(words, parts=3))
