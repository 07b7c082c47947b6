"""N-grams. Expected values: counted by hand in the corpus of conftest.py, or by nltk, as said."""

from collections import Counter
from math import comb

import nltk
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit import columns
from toolkit.columns import KINDS
from toolkit.counts import frequencies, ngrams
from toolkit.statistics import ngrams as sequences
from toolkit.tables import empty_table

COLUMNS = ["freq", "n", "per_million", "docs"]


def one_sentence(text, **columns):
    items = text.split()
    rows = {"doc": "a", "sent": 1, "kind": "word", "norm": items}
    return pd.DataFrame({**rows, **columns})


def test_neighbours_of_a_sentence_are_counted(tokens):
    # by hand: the sentences have 5, 3 and 4 words or numbers, so 4 + 2 + 3 bigrams
    found = ngrams(tokens)
    assert list(found.columns) == COLUMNS
    assert found.index.name == "ngram"
    assert set(found.index) == {
        "وصل وزير",
        "وزير الدفاع",
        "الدفاع الي",
        "الي دمشق",
        "قال للرءيس",
        "للرءيس نعم",
        "وقالت دمشق",
        "دمشق 3",
        "3 مرات",
    }
    assert found["n"].tolist() == [9] * 9
    assert found["per_million"].tolist() == pytest.approx([1e6 / 9] * 9)
    assert found["docs"].tolist() == [1] * 9
    assert found.index.tolist() == sorted(found.index)


def test_punctuation_is_left_out_and_its_neighbours_meet(tokens):
    # قال للرئيس: نعم
    assert "للرءيس نعم" in ngrams(tokens).index
    marked = ngrams(tokens, kinds=KINDS)
    assert "للرءيس نعم" not in marked.index
    assert {"للرءيس :", ": نعم"} <= set(marked.index)
    assert marked["n"].iloc[0] == 5 + 4 + 4


def test_words_are_sequences_with_clitics_split(words):
    found = ngrams(words, by="lemma")
    assert {"ل رئيس", "و قال", "قال دمشق"} <= set(found.index)
    assert found["n"].iloc[0] == 4 + 3 + 4


def test_end_of_a_sentence_is_crossed_only_where_asked(tokens):
    assert "دمشق قال" not in ngrams(tokens).index
    crossing = ngrams(tokens, across_sentences=True)
    assert "دمشق قال" in crossing.index
    assert crossing["n"].iloc[0] == 7 + 3


def test_end_of_a_document_is_never_crossed(tokens):
    assert "نعم وقالت" not in ngrams(tokens, across_sentences=True).index
    # the same document name again after another document: two runs, no neighbours
    again = one_sentence("قال قال قال", doc=["a", "b", "a"])
    assert ngrams(again, across_sentences=True).empty
    assert ngrams(again, 1)["docs"].tolist() == [2]


def test_documents_are_counted_once():
    table = one_sentence("قال نعم قال نعم قال نعم", doc=list("aaaabb"))
    # by hand: a قال نعم, نعم قال, قال نعم; b قال نعم
    assert ngrams(table)[["freq", "docs"]].to_dict("index") == {
        "قال نعم": {"freq": 3, "docs": 2},
        "نعم قال": {"freq": 1, "docs": 1},
    }


def test_rare_ngrams_are_left_out_and_stay_in_the_denominator():
    table = one_sentence("قال نعم قال نعم قال نعم", doc=list("aaaabb"))
    whole = ngrams(table)
    for filters in ({"min_freq": 2}, {"min_docs": 2}, {"min_freq": 3, "min_docs": 2}):
        pd.testing.assert_frame_equal(ngrams(table, **filters), whole.loc[["قال نعم"]])
    assert ngrams(table, min_freq=4).empty


def test_skipped_rows_are_counted_over_all_gaps():
    # Guthrie et al. (2006), section 2: insurgents killed in ongoing fighting
    table = one_sentence("insurgents killed in ongoing fighting")
    assert set(ngrams(table, skip=2).index) == {
        "insurgents killed",
        "insurgents in",
        "insurgents ongoing",
        "killed in",
        "killed ongoing",
        "killed fighting",
        "in ongoing",
        "in fighting",
        "ongoing fighting",
    }
    assert set(ngrams(table, 3, skip=2).index) == {
        "insurgents killed in",
        "insurgents killed ongoing",
        "insurgents killed fighting",
        "insurgents in ongoing",
        "insurgents in fighting",
        "insurgents ongoing fighting",
        "killed in ongoing",
        "killed in fighting",
        "killed ongoing fighting",
        "in ongoing fighting",
    }


@pytest.mark.parametrize(("n", "skip"), [(1, 0), (1, 3), (2, 0), (3, 2), (5, 4)])
def test_patterns_are_as_many_as_ways_to_choose_the_later_places(n, skip):
    found = list(sequences.patterns(n, skip))
    assert len(found) == len(set(found)) == comb(n - 1 + skip, n - 1)
    assert all(pattern[0] == 0 and list(pattern) == sorted(set(pattern)) for pattern in found)


def test_one_item_is_a_sequence_too(tokens):
    alone = ngrams(tokens, 1)
    assert alone.index.name == "ngram"
    pd.testing.assert_frame_equal(alone, frequencies(tokens), check_names=False)


def test_nine_items_are_the_longest():
    table = one_sentence("a b c d e f g h i j")
    assert ngrams(table, 9).index.tolist() == ["a b c d e f g h i", "b c d e f g h i j"]
    assert ngrams(table.head(8), 9).empty


@pytest.mark.parametrize("dtype", ["str", "object", "category"])
def test_ngram_with_a_missing_item_is_counted_in_n_only(dtype):
    items = pd.Series(["قال", "نعم", None, "قال", "نعم"], dtype="object").astype(dtype)
    found = ngrams(one_sentence("- - - - -", norm=items))
    assert found["freq"].to_dict() == {"قال نعم": 2}
    assert found["n"].tolist() == [4]


def test_ngrams_of_no_document_are_in_no_document():
    table = one_sentence("قال نعم قال نعم", doc=[None, None, "a", "a"])
    assert ngrams(table).loc["قال نعم", ["freq", "docs"]].tolist() == [2, 1]


def test_ties_follow_the_items_and_not_the_letters_of_the_whole():
    table = one_sentence("ab c a d", doc=list("aabb"))
    assert ngrams(table).index.tolist() == ["a d", "ab c"]
    shuffled = table.assign(
        norm=pd.Categorical(table["norm"], categories=["d", "ab", "unused", "c", "a"])
    )
    assert ngrams(shuffled).index.tolist() == ["a d", "ab c"]


@pytest.mark.parametrize("n", [1, 2, 3])
def test_empty_table_gives_an_empty_table(tokens, n):
    for table in (empty_table("tokens"), tokens[tokens["kind"] == "symbol"]):
        found = ngrams(table, n)
        assert found.empty
        assert found.dtypes.astype("str").tolist() == ["int64", "int64", "float64", "int64"]
        assert found.index.name == "ngram"


def test_index_of_the_table_plays_no_part(tokens):
    pd.testing.assert_frame_equal(ngrams(tokens.set_axis([0] * 16)), ngrams(tokens))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"n": 0}, "ngrams: n is 0; pass a whole number, 1 or more."),
        ({"n": 10}, "ngrams: n is 10; pass 9 items or fewer."),
        ({"skip": -1}, "ngrams: skip is -1; pass a whole number, 0 or more."),
        ({"min_freq": 2.5}, "ngrams: min_freq is 2.5; pass a whole number, 1 or more."),
        ({"min_docs": "3"}, "ngrams: min_docs is '3'; pass a whole number, 1 or more."),
        (
            {"by": "root"},
            "ngrams: no column 'root' in the table; its columns are doc, sent, kind, norm. "
            "Pass one of them as by=.",
        ),
        (
            {"by": ["norm", "kind"]},
            "ngrams: by=['norm', 'kind'] is not the name of one column; pass one string.",
        ),
        (
            {"kinds": "words"},
            "ngrams: no kind 'words'; there are word, number, punctuation, symbol.",
        ),
    ],
)
def test_number_out_of_range_or_unknown_name_is_named(arguments, message):
    with pytest.raises(ValueError, match=r"^ngrams: ") as refused:
        ngrams(one_sentence("قال نعم"), **arguments)
    assert str(refused.value) == message


def test_table_without_sentences_is_named():
    with pytest.raises(ValueError, match="ngrams: no column 'sent' in the table"):
        ngrams(one_sentence("قال").drop(columns="sent"))


SENTENCES = st.lists(
    st.tuples(
        st.sampled_from(["a", "a", "b"]),
        st.lists(st.sampled_from(["قال", "نعم", "أ", "لا", "."]), max_size=7),
    ),
    max_size=5,
)


def table_of(sentences):
    rows = [
        (doc, sent, "punctuation" if item == "." else "word", item)
        for sent, (doc, items) in enumerate(sentences)
        for item in items
    ]
    return pd.DataFrame(rows, columns=["doc", "sent", "kind", "norm"]).astype({"sent": "int32"})


# How many bits a number may have: few of them, so that numbers are renumbered, by either way.
@pytest.mark.parametrize("bits", [63, 12, 8])
@settings(max_examples=40, deadline=None)
@given(SENTENCES, st.integers(1, 4), st.integers(0, 2))
def test_counts_agree_with_nltk(bits, sentences, n, skip):
    expected, docs = Counter(), Counter()
    for doc in {doc for doc, _ in sentences}:
        words = [
            [item for item in items if item != "."] for name, items in sentences if name == doc
        ]
        found = Counter(
            " ".join(gram) for sentence in words for gram in nltk.skipgrams(sentence, n, skip)
        )
        expected += found
        docs.update(found.keys())
    table = table_of(sentences)
    before = table.copy()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sequences, "MOST_BITS", bits)
        found = ngrams(table, n, skip=skip)
    pd.testing.assert_frame_equal(table, before)
    assert found["freq"].to_dict() == expected
    assert found["docs"].to_dict() == docs
    assert found["n"].tolist() == [expected.total()] * len(expected)
    ordered = sorted(expected, key=lambda gram: (-expected[gram], gram.split()))
    assert found.index.tolist() == ordered


@settings(max_examples=40, deadline=None)
@given(SENTENCES)
def test_order_of_the_categories_plays_no_part(sentences):
    table = table_of(sentences)
    reordered = pd.Categorical(table["norm"], categories=["نعم", "قال", ".", "لا", "أ"])
    pd.testing.assert_frame_equal(ngrams(table.assign(norm=reordered)), ngrams(table))


def test_long_numbers_do_not_overflow():
    # 2 ** 16 different items: nine of them need 144 bits
    items = np.random.default_rng(0).permutation(2**16).astype("str")
    found = ngrams(one_sentence("-", norm=items[:1]), 1)
    assert len(found) == 1
    found = ngrams(pd.DataFrame({"doc": "a", "sent": 1, "kind": "word", "norm": items}), 9)
    expected = {" ".join(items[start : start + 9]) for start in range(len(items) - 8)}
    assert set(found.index) == expected
    assert (found["freq"] == 1).all()


def test_more_may_be_left_out_than_there_is():
    table = one_sentence("أ ب أ ج")
    pd.testing.assert_frame_equal(ngrams(table, skip=10**9), ngrams(table, skip=4))


def test_document_in_several_runs_is_counted_once():
    table = one_sentence("قال نعم قال نعم قال نعم", doc=list("aabbaa"))
    # by hand: قال نعم in a, in b and in a again
    assert ngrams(table)[["freq", "docs"]].to_numpy().tolist() == [[3, 2]]
    pd.testing.assert_frame_equal(ngrams(table, across_sentences=True), ngrams(table))


TEXTS_OF_ITEMS = st.lists(st.text("ابپ𞸀 ", max_size=3), min_size=5, max_size=20)


@pytest.mark.parametrize("n", [1, 2, 3, 4])
@pytest.mark.parametrize("dtype", ["object", "str", "category"])
@settings(deadline=None, max_examples=25)
@given(items=TEXTS_OF_ITEMS)
def test_ngrams_are_their_items_joined_by_one_space(n, dtype, items):
    column = columns.coded(pd.DataFrame({"norm": pd.Series(items, dtype=dtype)}), ["norm"])
    column = sequences.by_code_point(column)
    one = np.zeros(len(items), dtype=np.int32)
    grams = sequences.count(column.codes, one, one[:1], n=n, skip=0)
    found = sequences.joined(grams.items(), column.items)
    places = [tuple(items[at : at + n]) for at in range(len(items) - n + 1)]
    assert found.tolist() == [" ".join(gram) for gram in sorted(set(places))]
    assert grams.freq.tolist() == [places.count(gram) for gram in sorted(set(places))]
    assert found.name == "ngram"


def test_sequences_with_a_stop_word_get_no_row_and_stay_in_the_denominator():
    table = one_sentence("قال في نعم قال نعم قال")
    whole = ngrams(table)
    found = ngrams(table, stop_words=["في", "لا"])
    pd.testing.assert_frame_equal(found, whole.drop(["قال في", "في نعم"]))
    assert found["n"].tolist() == [5, 5]
    with pytest.raises(ValueError, match="ngrams: stop_words='في' is one string; pass a list"):
        ngrams(table, stop_words="في")
    message = "ngrams: stop_words has 3, and by= names one column; pass strings"
    with pytest.raises(ValueError, match=message):
        ngrams(table, stop_words=[3])
