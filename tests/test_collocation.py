"""Collocates and relations. Expected values: counted by hand, or NLTK's where the test says so."""

import math
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.collocations import BigramAssocMeasures, BigramCollocationFinder

from toolkit import concordance
from toolkit.collocation import collocates, relations
from toolkit.tables import empty_table

COLUMNS = ["freq", "before", "after", "freq_item", "freq_node", "n", "expected", "log_dice"]


def text(*sentences, doc="a"):
    """A table of words from sentences written with spaces; a dot is punctuation."""
    rows = [
        (doc, sent, number, form, "punctuation" if form == "." else "word")
        for sent, sentence in enumerate(sentences, 1)
        for number, form in enumerate(sentence.split(), 1)
    ]
    table = pd.DataFrame(rows, columns=["doc", "sent", "word", "lemma", "kind"])
    return table.astype({"lemma": "category"})


def counted(found, *columns):
    return {
        item: tuple(row)
        for item, row in zip(found.index, found[[*columns]].to_numpy(), strict=True)
    }


def test_words_near_the_node_are_counted_on_each_side(words):
    found = collocates(words, "دمشق", window=2)
    assert list(found.columns) == COLUMNS
    assert found.index.name == "lemma"
    # وصل وزير [دفاع إلى] دمشق . / [و قال] دمشق [3 مرة] .
    assert counted(found, "freq", "before", "after") == {
        "3": (1, 0, 1),
        "إلى": (1, 1, 0),
        "دفاع": (1, 1, 0),
        "مرة": (1, 0, 1),
        "و": (1, 1, 0),
        "قال": (1, 1, 0),
    }
    assert found.index.tolist() == ["3", "إلى", "دفاع", "مرة", "و", "قال"]
    assert found["freq_item"].tolist() == [1] * 5 + [2]
    assert set(found["freq_node"]) == {2}
    assert set(found["n"]) == {14}
    # 6 positions near the node of 14
    assert found["expected"].tolist() == pytest.approx([6 / 14] * 5 + [12 / 14])
    # logDice of the frequencies: 14 + log2(2 * 1 / (2 + 1)), 14 + log2(2 * 1 / (2 + 2))
    expected = [14 + math.log2(2 / 3)] * 5 + [13]
    assert found["log_dice"].tolist() == pytest.approx(expected)


def test_punctuation_takes_no_place_in_the_window_unless_asked():
    table = text("قال . نعم")
    assert collocates(table, "قال", window=1).index.tolist() == ["نعم"]
    kinds = ("word", "punctuation")
    assert collocates(table, "قال", window=1, kinds=kinds).index.tolist() == ["."]
    assert collocates(table, "قال", window=1, kinds=kinds)["n"].tolist() == [3]


def test_node_may_be_of_another_kind_than_is_counted():
    found = collocates(text("قال . نعم لا"), ".", window=1)
    assert counted(found, "before", "after") == {"قال": (1, 0), "نعم": (0, 1)}


def test_window_ends_with_the_sentence_unless_asked_and_with_the_document():
    table = pd.concat([text("ا ب", "ج"), text("د", doc="b")])
    assert sorted(collocates(table, "ب", window=9).index) == ["ا"]
    assert sorted(collocates(table, "ب", window=9, across_sentences=True).index) == ["ا", "ج"]


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        (1, {"ب": (1, 0), "د": (0, 1)}),
        ((0, 2), {"د": (0, 1), "ه": (0, 1)}),
        ((2, 0), {"ا": (1, 0), "ب": (1, 0)}),
        ((1, 9), {"ب": (1, 0), "د": (0, 1), "ه": (0, 1)}),
    ],
)
def test_sides_of_the_window(window, expected):
    found = collocates(text("ا ب ج د ه"), "ج", window=window)
    assert counted(found, "before", "after") == expected


def test_position_near_two_nodes_counts_once_and_in_pairs_twice():
    table = text("ب ا ب")
    once = collocates(table, "ب", window=1, measure="mi")
    assert counted(once, "freq", "before", "after") == {"ا": (1, 1, 1)}
    assert once["expected"].tolist() == pytest.approx([1 / 3])  # 1 position of 3, ا once
    for convention in ("antconc", "sketchengine", "nltk", "berry_rogghe"):
        pairs = collocates(table, "ب", window=1, convention=convention)
        assert counted(pairs, "freq", "before", "after") == {"ا": (2, 1, 1)}


def test_node_is_a_collocate_of_itself():
    found = collocates(text("لا لا ا لا"), "لا", window=1)
    # the first two are near each other; ا is near the second and the third
    assert counted(found, "freq", "before", "after") == {"لا": (2, 1, 1), "ا": (1, 1, 1)}


def test_window_around_a_phrase_begins_at_its_ends():
    found = collocates(text("ا ب ج د ه"), "ب ج د", window=1)
    assert counted(found, "before", "after") == {"ا": (1, 0), "ه": (0, 1)}
    assert found["freq_node"].tolist() == [1, 1]


@pytest.mark.parametrize(
    ("node", "freq_node"),
    [
        ("دفا*", 1),
        ({"upos": "NOUN"}, 4),
        ({"form": "قالت"}, 1),
        (re.compile("وزير|رئيس"), 2),
        ([{"lemma": "وزير"}, {"upos": "NOUN"}], 1),
    ],
)
def test_node_is_searched_as_in_a_concordance(words, node, freq_node):
    assert set(collocates(words, node)["freq_node"]) == {freq_node}


def test_spelling_of_the_node_is_folded_unless_told_not_to(words):
    assert len(collocates(words, "الى")) == 4
    assert collocates(words, "الى", fold=False).empty


def test_several_measures_and_the_first_orders():
    found = collocates(text("ا ب", "ا ب", "ج ا", "ب د"), "ا", window=1, measure=["mi", "t_score"])
    assert list(found.columns[-2:]) == ["mi", "t_score"]
    # 3 positions near of 8; ب 2 of 3, ج 1 of 1
    assert found.index.tolist() == ["ج", "ب"]
    assert found["mi"].tolist() == pytest.approx([math.log2(8 / 3), math.log2(2 * 8 / (3 * 3))])
    assert found["t_score"].tolist() == pytest.approx([1 - 3 / 8, (2 - 9 / 8) / math.sqrt(2)])


def test_exact_test_begins_with_the_lowest_probability():
    found = collocates(text("ا ب", "ا ب", "ا ب", "ا ج", "ج د", "ج د"), "ا", measure="fisher_exact")
    assert found.index.tolist() == ["ب", "ج"]
    assert found["fisher_exact"].is_monotonic_increasing


def test_rare_neighbours_are_left_out_and_change_nothing_else():
    table = text("ا ب", "ا ب", "ا ج")
    everything, frequent = collocates(table, "ا"), collocates(table, "ا", min_freq=2)
    pd.testing.assert_frame_equal(frequent, everything[everything["freq"] >= 2])


def test_ties_go_by_frequency_and_code_point():
    table = text("ن ي", "ن و", "ن ب", "ن ب", "ب")
    found = collocates(table, "ن", window=1, measure="delta_p_2_given_1")
    assert found.index.tolist()[-2:] == ["و", "ي"]


# --- conventions ------------------------------------------------------------------------------

NURSERY = list("ابجابداجبااهباججدبا")


@pytest.mark.parametrize("size", [2, 3, 5])
@pytest.mark.parametrize("node", ["ا", "ب", "د"])
def test_counts_and_scores_of_nltk(size, node):
    finder = BigramCollocationFinder.from_words(NURSERY, window_size=size)
    nltk = BigramAssocMeasures
    measures = {
        "mi": nltk.pmi,
        "t_score": nltk.student_t,
        "dice": nltk.dice,
        "phi": lambda *counts: math.sqrt(nltk.phi_sq(*counts)),
    }
    found = collocates(
        text(" ".join(NURSERY)), node, window=(0, size - 1), measure=[*measures], convention="nltk"
    )
    assert found["freq"].to_dict() == {
        second: freq for (first, second), freq in finder.ngram_fd.items() if first == node
    }
    for item in found.index:
        for name, measure in measures.items():
            expected = finder.score_ngram(measure, node, item)
            assert abs(found.loc[item, name]) == pytest.approx(abs(expected), rel=1e-6)


def test_antconc_and_sketch_engine_compare_with_the_frequency_of_the_node():
    table = text(" ".join(NURSERY))
    # by hand: 19 words, ا 7, ب 5; ب is within 2 words of ا, pair by pair, 10 times
    for convention in ("antconc", "sketchengine"):
        found = collocates(
            table, "ا", window=2, measure=("log_dice", "mi"), convention=convention
        ).loc["ب"]
        assert found["freq"] == 10
        assert found["expected"] == pytest.approx(7 * 5 / 19)
        assert found["log_dice"] == pytest.approx(14 + math.log2(2 * 10 / (7 + 5)))
        assert found["mi"] == pytest.approx(math.log2(10 * 19 / (7 * 5)))


def test_a_negative_cell_leaves_tests_undefined_and_goes_last():
    # ا is near ب 4 times, though ب occurs 3 times and ا twice
    found = collocates(
        text("ب ا ب ا ب"), "ب", window=1, measure=("log_likelihood", "mi"), convention="antconc"
    )
    assert found.loc["ا", "freq"] == 4
    assert math.isnan(found.loc["ا", "log_likelihood"])
    assert found.loc["ا", "mi"] == pytest.approx(math.log2(4 * 5 / (3 * 2)))


def test_berry_rogghe_expects_by_the_span_among_the_other_words():
    # Berry-Rogghe (1973): p = C1 / (N - R1), E = p * R1 * span
    found = collocates(
        text(" ".join(NURSERY)), "د", window=(1, 2), measure="z_score", convention="berry_rogghe"
    ).loc["ب"]
    assert found["freq"] == 2  # before the first, after the second
    assert found["expected"] == pytest.approx(5 / (19 - 2) * 2 * 3)
    assert found["z_score"] == pytest.approx((2 - 30 / 17) / math.sqrt(30 / 17 * (1 - 5 / 17)))


def test_berry_rogghe_divides_by_the_deviation_of_a_binomial():
    table = text("a b c d b e a f b d g h i j k l m n o p q r b s t u v w x y z b")
    options = {"window": 1, "measure": "z_score", "convention": "berry_rogghe"}
    found = collocates(table, "d", **options).loc["b"]
    # by hand: p = 5 / (32 - 2), E = p * 2 * 2, z = (2 - E) / sqrt(E * (1 - p))
    assert found[["freq", "expected"]].tolist() == [2, pytest.approx(2 / 3)]
    assert found["z_score"] == pytest.approx(1.78885, abs=1e-5)
    # more pairs than other words, so that a cell is negative: p = 2 / 3, E = p * 2 * 2
    found = collocates(text("d b d b c"), "d", **options).loc["b"]
    assert found["z_score"] == pytest.approx((3 - 8 / 3) / math.sqrt(8 / 9))
    # all other words are the item
    assert math.isnan(collocates(text("d b d b"), "d", **options).loc["b", "z_score"])


def test_convention_of_the_measure_alone_counts_as_the_default():
    table = text(" ".join(NURSERY))
    ours = collocates(table, "ا", window=1, measure="mi")
    ucs = collocates(table, "ا", window=1, measure="mi", convention="ucs")
    assert ours["mi"].notna().all()
    pd.testing.assert_frame_equal(ucs.drop(columns="mi"), ours.drop(columns="mi"))
    assert ucs["mi"].to_numpy() == pytest.approx(ours["mi"].to_numpy() * math.log10(2))


# --- edge cases -------------------------------------------------------------------------------


@pytest.mark.parametrize("convention", [None, "antconc", "nltk", "berry_rogghe"])
def test_nothing_to_count_is_an_empty_table(words, convention):
    for table in (words, empty_table("words"), text("ا"), words.head(0)):
        for measure in ("log_dice", "log_likelihood"):
            found = collocates(table, "لندن", convention=convention, measure=measure)
            assert found.empty
            assert list(found.columns) == [*COLUMNS[:-1], measure]
            assert found.index.name == "lemma"
    assert collocates(text("ا"), "ا", convention=convention).empty


@pytest.mark.parametrize("dtype", ["str", "object", "category"])
def test_missing_item_fills_a_position_and_is_no_collocate(dtype):
    table = text("ا ؟ ب ا")
    table["lemma"] = pd.Series(["ا", None, "ب", "ا"], dtype="object").astype(dtype)
    found = collocates(table, "ا", window=1, measure="mi")
    assert found.index.tolist() == ["ب"]
    # 2 positions near of 4
    assert found["expected"].tolist() == [0.5]


def test_index_of_the_table_and_its_concordance_index_play_no_part(words):
    expected = collocates(words, "قال")
    for index in ([0] * 18, range(100, 82, -1)):
        pd.testing.assert_frame_equal(collocates(words.set_axis(index), "قال"), expected)
    for by in ("lemma", "form"):
        pd.testing.assert_frame_equal(collocates(concordance.index(words, by=by), "قال"), expected)


@pytest.mark.parametrize("of_index", ["form", "norm", "lemma", "upos"])
@pytest.mark.parametrize("node", ["قال", {"upos": "VERB"}, [{"form": "و"}, {"lemma": "قال"}]])
def test_index_of_another_column_finds_the_same(words, of_index, node):
    indexed = concordance.index(words, by=of_index)
    for by in ("form", "lemma", "upos"):
        expected = collocates(words, node, by=by)
        pd.testing.assert_frame_equal(collocates(indexed, node, by=by), expected)
    message = "collocates: no column 'root' in the table; its columns are doc, .* of them as by="
    with pytest.raises(ValueError, match=message):
        collocates(indexed, node, by="root")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"by": "root"}, "collocates: no column 'root' in the table; its columns are doc, sent"),
        ({"window": 0}, "collocates: window is 0; pass a whole number of words on each side"),
        ({"window": (-1, 3)}, r"collocates: window is \(-1, 3\); pass"),
        ({"kinds": "words"}, "collocates: no kind 'words'; there are word, number"),
        ({"measure": "dize"}, "collocates: no measure 'dize'; there are dice"),
        ({"measure": []}, "collocates: measure names none"),
        ({"measure": 3}, "collocates: measure is 3; pass a name, or a list of names"),
        (
            {"convention": "excel"},
            "collocates: no convention 'excel'; .* nltk, berry_rogghe, and",
        ),
        ({"convention": 3}, "collocates: no convention 3; there are antconc"),
        ({"min_freq": 0}, "collocates: min_freq is 0; pass a whole number, 1 or more."),
        ({"by": ["lemma", "upos"]}, "collocates: by=.* is not the name of one column; pass one s"),
    ],
)
def test_bad_argument_is_named(words, arguments, message):
    with pytest.raises(ValueError, match=message):
        collocates(words, "قال", **arguments)
    with pytest.raises(ValueError, match="collocates: no column 'kind'"):
        collocates(words.drop(columns="kind"), "قال")


SENTENCES = st.lists(st.text("ابج.", min_size=1, max_size=7), min_size=1, max_size=4)


@settings(deadline=None, max_examples=40)
@given(SENTENCES, st.integers(0, 3), st.integers(1, 3), st.booleans())
def test_counts_agree_with_a_plain_search(sentences, before, after, in_pairs):
    """An independent count, node by node over lists."""
    table = text(*(" ".join(sentence) for sentence in sentences))
    lists = [[letter for letter in sentence if letter != "."] for sentence in sentences]
    pairs = []
    for number, letters in enumerate(lists):
        for at in (at for at, letter in enumerate(letters) if letter == "ا"):
            near = range(max(at - before, 0), min(at + after + 1, len(letters)))
            pairs += [(number, place) for place in near if place != at]
    expected = pd.Series([lists[a][b] for a, b in (pairs if in_pairs else set(pairs))], dtype="str")
    kept = table.copy()
    found = collocates(
        table, "ا", window=(before, after), convention="antconc" if in_pairs else None, measure="mi"
    )
    assert found["freq"].to_dict() == expected.value_counts().to_dict()
    if not in_pairs and len(found):
        n = sum(map(len, lists))
        assert found["expected"].sum() == pytest.approx(
            len(expected) * found["freq_item"].sum() / n
        )
        assert (found["freq"] <= found["freq_item"]).all()
        assert (found["freq"] <= found["before"] + found["after"]).all()
    pd.testing.assert_frame_equal(table, kept)


# --- relations --------------------------------------------------------------------------------

# قال الوزير الجديد / قال الرئيس / وصل الوزير , parsed by hand
PARSED = [
    ("a", 1, 1, "قال", 0, "root"),
    ("a", 1, 2, "وزير", 1, "nsubj"),
    ("a", 1, 3, "جديد", 2, "amod"),
    ("a", 2, 1, "قال", 0, "root"),
    ("a", 2, 2, "رئيس", 1, "nsubj"),
    ("b", 1, 1, "وصل", 0, "root"),
    ("b", 1, 2, "وزير", 1, "nsubj"),
]


@pytest.fixture
def parsed():
    names = ["doc", "sent", "word", "lemma", "head", "deprel"]
    return pd.DataFrame(PARSED, columns=names).astype({"head": "Int32", "deprel": "category"})


def test_dependents_and_heads_of_a_node_by_relation(parsed):
    found = relations(parsed, "وزير", measure=("log_dice", "mi"))
    shown = found.reset_index()[
        ["lemma", "relation", "direction", "freq", "freq_node", "freq_item", "n"]
    ]
    # amod has one pair; nsubj three, وزير in two of them, قال in two, وصل in one
    assert sorted(shown.to_numpy().tolist()) == [
        ["جديد", "amod", "dependent", 1, 1, 1, 1],
        ["قال", "nsubj", "head", 1, 2, 2, 3],
        ["وصل", "nsubj", "head", 1, 2, 1, 3],
    ]
    scores = found["log_dice"]
    assert scores["قال"] == 13
    assert scores["وصل"] == pytest.approx(14 + math.log2(2 / 3))
    assert found["expected"].to_dict() == pytest.approx({"جديد": 1, "قال": 4 / 3, "وصل": 2 / 3})


def test_relations_are_chosen(parsed):
    assert relations(parsed, "وزير", deprel="amod").index.tolist() == ["جديد"]
    assert len(relations(parsed, "وزير", deprel=["amod", "nsubj"])) == 3
    with pytest.raises(ValueError, match=r"relations: no relation 'obj' in words; there are amod"):
        relations(parsed, "وزير", deprel="obj")


def test_relations_that_are_rare_are_left_out(parsed):
    assert relations(parsed, "*", min_freq=2).index.tolist() == ["قال", "وزير"]
    with pytest.raises(ValueError, match=r"relations: min_freq is 0; pass a whole number, 1 or m"):
        relations(parsed, "*", min_freq=0)


def test_conventions_of_relations_are_those_of_the_measures(parsed):
    message = r"relations: no convention 'berry_rogghe'; there are antconc, .* nltk, and None"
    with pytest.raises(ValueError, match=message):
        relations(parsed, "قال", convention="berry_rogghe")


def test_root_and_a_head_that_is_not_there_make_no_pair(parsed):
    assert relations(parsed, "قال")["relation"].tolist() == ["nsubj", "nsubj"]
    without = parsed.drop(index=0)
    found = relations(without, "وزير")
    assert found.index.tolist() == ["وصل", "جديد"]
    # the only pair of amod is that of the node: there is nothing to compare it with
    assert found["log_dice"].isna().tolist() == [False, True]


def test_order_of_the_rows_of_a_sentence_plays_no_part(parsed):
    turned = parsed.iloc[[2, 0, 1, 4, 3, 6, 5]]
    pd.testing.assert_frame_equal(relations(turned, "وزير"), relations(parsed, "وزير"))
    indexed = concordance.index(parsed, by="lemma")
    pd.testing.assert_frame_equal(relations(indexed, "وزير"), relations(parsed, "وزير"))
    pd.testing.assert_frame_equal(
        relations(indexed, "1", by="word"), relations(parsed, "1", by="word")
    )


def test_words_without_a_parser_are_refused_with_what_to_do(words):
    message = (
        "relations: deprel is empty in words: the models that annotated them have no parser, and "
        "the bundled ones have none. Fill head and deprel from a parser, as in "
        "words.assign(head=heads, deprel=relations), or count neighbours with "
        "collocation.collocates."
    )
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        relations(words, "قال")


def test_relations_of_nothing_are_an_empty_table(parsed):
    assert relations(parsed, "لندن").empty
    assert relations(parsed.head(0), "قال").empty
    with pytest.raises(ValueError, match="relations: no column 'head' in the table"):
        relations(parsed.drop(columns="head"), "قال")


def test_a_negative_cell_leaves_all_measures_undefined_that_read_it():
    # b stands beside n twice and occurs once: O21 is 1 - 2
    names = ["phi", "liddell", "odds_ratio", "chi_squared", "percent_diff", "fisher_exact", "npmi"]
    found = collocates(text("a n b n a", "c n"), "n", window=1, convention="antconc", measure=names)
    assert found.loc["b", "freq"] == 2
    assert found.loc["b", names].isna().all()
    assert found.loc["a", names].notna().all()
    defined = collocates(text("a n b n a"), "n", window=1, convention="antconc", measure="mi")
    assert defined.loc["b", "mi"] == pytest.approx(math.log2(2 / (2 * 1 / 5)))


def test_fractions_of_pairs_are_refused_by_an_exact_test():
    with pytest.raises(ValueError, match="collocates: the nltk convention divides the pairs"):
        collocates(text("a n b"), "n", convention="nltk", measure="fisher_exact")


@pytest.mark.parametrize(
    "window", ["sentence", (1, 2, 3), (1, 0.5), (1, True), 1.5, None, True, "x", (0, 0), -1, [1, 2]]
)
def test_a_window_is_one_number_or_two(window):
    with pytest.raises(ValueError, match=r"collocates: window is .*; pass a whole number of words"):
        collocates(text("a n b"), "n", window=window)


def test_numbers_of_numpy_are_numbers():
    table = text("a n b", "a n c")
    expected = collocates(table, "n", window=(1, 2), min_freq=2)
    found = collocates(table, "n", window=(np.int8(1), np.int64(2)), min_freq=np.int32(2))
    pd.testing.assert_frame_equal(found, expected)


def test_a_window_longer_than_the_text_holds_the_whole_text():
    table = text("a n b n a c n")
    pd.testing.assert_frame_equal(
        collocates(table, "n", window=10**12), collocates(table, "n", window=7)
    )


def test_phrase_node_passes_over_punctuation_where_asked():
    table = text("ا ب . ج د", "ب ج ه")
    assert set(collocates(table, "ب ج")["freq_node"]) == {1}
    found = collocates(table, "ب ج", node_kinds=("word", "number"), window=1)
    assert counted(found, "freq", "before", "after") == {
        "ا": (1, 1, 0),
        "د": (1, 0, 1),
        "ه": (1, 0, 1),
    }
    assert set(found["freq_node"]) == {2}
    with pytest.raises(ValueError, match="collocates: no kind 'words'; there are word"):
        collocates(table, "ب ج", node_kinds="words")


def test_stop_words_get_no_row_and_change_nothing_else():
    table = text("ا ب ج", "ا ب د")
    everything = collocates(table, "ا")
    pd.testing.assert_frame_equal(collocates(table, "ا", stop_words=["ب"]), everything.drop("ب"))
    with pytest.raises(ValueError, match="collocates: stop_words='ب' is one string; pass a list"):
        collocates(table, "ا", stop_words="ب")


def test_scores_that_differ_by_rounding_alone_are_tied():
    # items near the node alone have the same information, log2(N / positions), though not to the
    # last bit: of 15 positions and 78 words, 2.37851162325373 of 3 and 5, 2.3785116232537296 of 1
    sentences = [
        f"ن {item}" for item, times in zip("بتثجح", range(1, 6), strict=True) for _ in range(times)
    ]
    found = collocates(text(*sentences, *["س ص ع"] * 16), "ن", measure="mi")
    assert found["n"].iloc[0] == 78
    assert len(set(found["mi"].round(9))) == 1
    assert len(set(found["mi"])) > 1
    assert found.index.tolist() == list("حجثتب")
