"""Frequencies. Expected values: counted by hand in the corpus of conftest.py, unless said."""

from collections import Counter

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.counts import frequencies
from toolkit.tables import empty_table

COLUMNS = ["freq", "n", "per_million", "docs"]


def small(**columns):
    rows = len(next(iter(columns.values())))
    return pd.DataFrame({"doc": ["a"] * rows, "kind": ["word"] * rows} | columns)


def test_words_and_numbers_are_counted_and_punctuation_is_not(tokens):
    freqs = frequencies(tokens)
    assert list(freqs.columns) == COLUMNS
    assert freqs.index.name == "norm"
    assert freqs.index.tolist() == [
        "دمشق",
        "3",
        "الدفاع",
        "الي",
        "قال",
        "للرءيس",
        "مرات",
        "نعم",
        "وزير",
        "وصل",
        "وقالت",
    ]
    assert freqs["freq"].tolist() == [2] + [1] * 10
    assert freqs["docs"].tolist() == [2] + [1] * 10
    assert freqs["n"].tolist() == [12] * 11


def test_per_million_uses_all_words(words):
    # by hand: 2 of 14 words
    found = frequencies(words, by="lemma").loc["قال"]
    assert found[["freq", "n", "docs"]].tolist() == [2, 14, 2]
    assert found["per_million"] == pytest.approx(142857.142857)


def test_clitics_are_items_of_words_and_parts_of_tokens(tokens, words):
    assert "ل" in frequencies(words, by="form").index
    assert "ل" not in frequencies(tokens, by="form").index
    assert frequencies(words, by="form")["n"].iloc[0] == 14


def test_kinds_say_what_is_counted_and_what_n_counts(tokens):
    marks = frequencies(tokens, by="form", kinds=["punctuation"])
    assert marks["freq"].to_dict() == {".": 2, "!": 1, ":": 1}
    assert marks["n"].tolist() == [4] * 3
    assert frequencies(tokens, kinds="number").index.tolist() == ["3"]
    everything = frequencies(tokens, kinds=("word", "number", "punctuation", "symbol"))
    assert everything["n"].iloc[0] == 16
    assert frequencies(tokens, kinds=["word"])["n"].iloc[0] == 11


def test_several_columns_make_one_item(words):
    pairs = frequencies(words, by=["lemma", "form"])
    assert pairs.index.names == ["lemma", "form"]
    assert pairs.loc[("قال", "قالت"), "freq"] == 1
    assert pairs.loc[("دمشق", "دمشق"), "freq"] == 2
    assert len(pairs) == 13
    assert pairs["n"].iloc[0] == 14


def test_documents_can_be_counted_by(words):
    assert frequencies(words, by="doc")["freq"].to_dict() == {"a": 9, "b": 5}
    by_doc = frequencies(words, by=["doc", "lemma"])
    assert by_doc.loc[("b", "قال"), ["freq", "n", "docs"]].tolist() == [1, 14, 1]
    assert by_doc["freq"].sum() == 14


def test_one_column_in_a_list_gives_the_same_table(words):
    pd.testing.assert_frame_equal(frequencies(words, by=["lemma"]), frequencies(words, by="lemma"))


def test_ties_are_in_code_point_order_whatever_the_order_of_categories():
    letters = ["و", "ب", "ا", "ت"]
    plain = small(form=letters)
    for categories in (letters, letters[::-1], sorted(letters)):
        table = plain.assign(form=pd.Categorical(letters, categories=categories))
        assert frequencies(table, by="form").index.tolist() == ["ا", "ب", "ت", "و"]
        paired = table.assign(tag=pd.Categorical(["y", "x", "y", "x"], categories=["y", "x"]))
        assert frequencies(paired, by=["tag", "form"]).index.tolist() == [
            ("x", "ب"),
            ("x", "ت"),
            ("y", "ا"),
            ("y", "و"),
        ]


def test_ties_beyond_the_basic_plane_are_in_code_point_order():
    # U+FEFB comes before U+1F600, though not in UTF-16
    assert frequencies(small(form=["\U0001f600", "\ufefb"]), by="form").index.tolist() == [
        "\ufefb",
        "\U0001f600",
    ]


def test_categories_that_do_not_occur_are_dropped(tokens):
    only_b = tokens[tokens["doc"] == "b"]
    assert frequencies(only_b).index.tolist() == ["3", "دمشق", "مرات", "وقالت"]
    pairs = frequencies(only_b, by=["norm", "kind"])
    assert len(pairs) == 4
    assert "punctuation" not in pairs.index.levels[1]


@pytest.mark.parametrize("dtype", ["str", "object", "category"])
def test_missing_items_are_counted_in_n_only(dtype):
    lemmas = pd.Series(["قال", None, "قال", float("nan")], dtype="object")
    table = small(lemma=lemmas.astype(dtype))
    found = frequencies(table, by="lemma")
    assert found.index.tolist() == ["قال"]
    assert found.iloc[0].tolist() == [2, 4, 500_000, 1]


@pytest.mark.parametrize("by", ["norm", ["norm"], ["norm", "kind"]])
def test_empty_table_gives_an_empty_table(by):
    found = frequencies(empty_table("tokens"), by=by)
    assert found.empty
    assert found.dtypes.astype("str").tolist() == ["int64", "int64", "float64", "int64"]
    assert list(found.index.names) == ([by] if isinstance(by, str) else by)


def test_table_without_words_gives_an_empty_table(tokens):
    assert frequencies(tokens[tokens["kind"] == "punctuation"]).empty
    assert frequencies(tokens, kinds=[]).empty
    assert frequencies(small(form=pd.Series([None, None], dtype="str")), by="form").empty


def test_index_of_the_table_plays_no_part(tokens):
    expected = frequencies(tokens)
    for index in ([0] * 16, list("abcdefghijklmnop"), range(100, 84, -1)):
        pd.testing.assert_frame_equal(frequencies(tokens.set_axis(index)), expected)


def test_numbers_are_items_too(tokens):
    # by hand: the words of sentence 1 of a and of b, and of sentence 2 of a
    assert frequencies(tokens, by="sent")["freq"].to_dict() == {"1": 9, "2": 3}


def test_document_frequency_counts_documents_once():
    table = small(form=["قال"] * 3 + ["نعم"]).assign(doc=["b", "a", "b", "b"])
    assert frequencies(table, by="form")["docs"].to_dict() == {"قال": 2, "نعم": 1}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            {"by": "root"},
            "frequencies: no column 'root' in the table; its columns are doc, kind, form. "
            "Pass one of them as by=.",
        ),
        (
            {"by": ["form", "root"]},
            "frequencies: no column 'root' in the table; its columns are doc, kind, form. "
            "Pass one of them as by=.",
        ),
        (
            {"by": []},
            "frequencies: by=[] names no column or one twice; pass one or several of "
            "doc, kind, form.",
        ),
        (
            {"by": ["form", "form"]},
            "frequencies: by=['form', 'form'] names no column or one twice; pass one or several "
            "of doc, kind, form.",
        ),
        (
            {"by": "form", "kinds": ["words"]},
            "frequencies: no kind 'words'; there are word, number, punctuation, symbol.",
        ),
    ],
)
def test_unknown_column_or_kind_is_named(arguments, message):
    with pytest.raises(ValueError, match=r"^frequencies: ") as refused:
        frequencies(small(form=["نعم"]), **arguments)
    assert str(refused.value) == message


@pytest.mark.parametrize("column", ["doc", "kind"])
def test_table_of_another_shape_is_named(column):
    with pytest.raises(
        ValueError, match=f"no column '{column}' in the table.*Pass the tokens or w"
    ):
        frequencies(small(form=["نعم"]).drop(columns=column), by="form")


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "ج"]),
        st.sampled_from(["word", "number", "punctuation", "symbol"]),
        st.sampled_from(["قال", "نعم", "أ", "ا", "3", None]),
        st.sampled_from(["NOUN", "VERB", None]),
    ),
    max_size=25,
)


def frame(rows, dtype="object"):
    return pd.DataFrame(rows, columns=["doc", "kind", "lemma", "upos"], dtype="object").astype(
        dtype
    )


@settings(deadline=None)
@given(ROWS, st.sampled_from(["object", "str", "category"]), st.randoms())
def test_counts_agree_with_a_plain_count(rows, dtype, random):
    """An independent count with `collections.Counter`; order and dtype of the rows play no part."""
    counted = [row for row in rows if row[1] in ("word", "number")]
    expected = Counter(row[2] for row in counted if row[2] is not None)
    docs = {item: len({row[0] for row in counted if row[2] == item}) for item in expected}
    shuffled = random.sample(rows, len(rows))
    table = frame(shuffled, dtype)
    before = table.copy()
    found = frequencies(table, by="lemma")
    pd.testing.assert_frame_equal(table, before)
    assert found["freq"].to_dict() == expected
    assert found["docs"].to_dict() == docs
    assert found["n"].tolist() == [len(counted)] * len(expected)
    assert found["freq"].sum() <= len(counted)
    assert found.index.tolist() == sorted(expected, key=lambda item: (-expected[item], item))


@settings(deadline=None)
@given(ROWS, st.sampled_from(["object", "str", "category"]))
def test_pairs_agree_with_a_plain_count(rows, dtype):
    counted = [row for row in rows if row[1] in ("word", "number")]
    expected = Counter((row[3], row[2]) for row in counted if row[2] and row[3])
    found = frequencies(frame(rows, dtype), by=["upos", "lemma"])
    assert found["freq"].to_dict() == expected
    assert found.index.tolist() == sorted(expected, key=lambda item: (-expected[item], item))
