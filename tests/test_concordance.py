"""Concordance lines. Expected lines: set by hand from the corpus of conftest.py."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.text import ConcordanceIndex

from toolkit import concordance, counts
from toolkit.concordance import hits, kwic
from toolkit.normalise import fold
from toolkit.tables import empty_table

SEEDS = Path(__file__).parents[1] / "seeds"

COLUMNS = ["doc", "sent", "before", "node", "after", "start", "end"]
DTYPES = ["str", "int32", "str", "str", "str", "int32", "int32"]


def lines(found):
    return found[["doc", "before", "node", "after"]].to_numpy().tolist()


def test_every_occurrence_is_a_line_in_text_order(tokens):
    found = kwic(tokens, "دمشق", window=2)
    assert list(found.columns) == COLUMNS
    assert lines(found) == [
        ["a", "الدفاع إلى", "دمشق", ". قال"],
        ["b", "وقالت", "دمشق", "3 مرات"],
    ]
    assert found[["sent", "start", "end"]].to_numpy().tolist() == [[1, 20, 24], [1, 22, 26]]


def test_spacing_is_that_of_the_text(tokens):
    found = kwic(tokens, "قال", window=3).iloc[0]
    assert [found["before"], found["after"]] == ["إلى دمشق.", "للرئيس: نعم"]


def test_offsets_point_at_the_raw_text(tokens, texts):
    raw = dict(zip(texts["doc"], texts["text"], strict=True))
    for node in ("دمشق", "وزير الدفاع", "للرئيس"):
        for row in kwic(tokens, node).itertuples():
            assert raw[row.doc][row.start : row.end] == node


def test_window_crosses_sentences_but_not_documents(tokens):
    found = kwic(tokens, "نعم", window=100).iloc[0]
    assert found["before"] == "وصل وزير الدفاع إلى دمشق. قال للرئيس:"
    assert found["after"] == "!"
    assert kwic(tokens, "وقالت", window=100).iloc[0]["before"] == ""


def test_node_at_the_borders_of_a_document(tokens):
    assert lines(kwic(tokens, "وصل", window=1)) == [["a", "", "وصل", "وزير"]]
    assert lines(kwic(tokens, ".", window=1)) == [
        ["a", "دمشق", ".", "قال"],
        ["b", "مرات", ".", ""],
    ]
    assert lines(kwic(tokens, "!", window=1)) == [["a", "نعم", "!", ""]]


def test_window_of_zero_shows_the_node_alone(tokens):
    assert lines(kwic(tokens, "دمشق", window=0)) == [["a", "", "دمشق", ""], ["b", "", "دمشق", ""]]


def test_phrase_is_found_in_sequence(tokens):
    found = kwic(tokens, "وزير  الدفاع ", window=1)
    assert lines(found) == [["a", "وصل", "وزير الدفاع", "إلى"]]
    assert found[["start", "end"]].to_numpy().tolist() == [[4, 15]]
    assert lines(kwic(tokens, "للرئيس : نعم", window=0)) == [["a", "", "للرئيس: نعم", ""]]


@pytest.mark.parametrize("phrase", [". قال", "دمشق . قال", "! وقالت", "الدفاع وزير", "مرات . وصل"])
def test_phrase_across_sentences_or_out_of_order_is_no_hit(tokens, phrase):
    assert kwic(tokens, phrase).empty


def test_phrase_that_repeats_one_word_overlaps_itself():
    table = pd.DataFrame(
        {
            "doc": ["a"] * 3,
            "sent": [1] * 3,
            "form": ["لا"] * 3,
            "start": [0, 3, 6],
            "end": [2, 5, 8],
        }
    )
    assert kwic(table, "لا لا")["start"].tolist() == [0, 3]


def test_spelling_is_folded_on_both_sides_unless_told_not_to(tokens):
    assert len(kwic(tokens, "الى")) == 1
    assert len(kwic(tokens, "إلـى")) == 1
    assert len(kwic(tokens, "دِمَشْق")) == 2
    assert kwic(tokens, "الى", fold=False).empty
    assert len(kwic(tokens, "إلى", fold=False)) == 1


def test_norm_is_searched_as_it_is(tokens):
    assert len(kwic(tokens, "إلى", by="norm")) == 1
    assert kwic(tokens, "إلى", by="norm", fold=False).empty
    assert len(kwic(tokens, "الي", by="norm", fold=False)) == 1


def test_any_column_is_searched_and_forms_are_shown(words):
    assert lines(kwic(words, "قال", by="lemma", window=1)) == [
        ["a", ".", "قال", "ل"],
        ["b", "و", "قالت", "دمشق"],
    ]
    assert lines(kwic(words, "NOUN NOUN", by="upos", window=0)) == [["a", "", "وزير الدفاع", ""]]
    assert kwic(words, "noun", by="upos", fold=False).empty


def test_words_that_share_a_span_have_a_space_between_them(words):
    found = kwic(words, "الرئيس", window=2)
    assert lines(found) == [["a", "قال ل", "الرئيس", ": نعم"]]
    assert found[["start", "end"]].to_numpy().tolist() == [[30, 36]]
    assert lines(kwic(words, "ل الرئيس", window=0)) == [["a", "", "ل الرئيس", ""]]
    assert lines(kwic(words, "و قالت", window=1)) == [["b", "", "وقالت", "دمشق"]]


def test_missing_values_are_no_hit(words, tokens):
    assert kwic(words, "Case", by="feats").empty
    assert kwic(words, "nan", by="deprel").empty
    tokens["ner"] = tokens["ner"].where(tokens["form"] != "وصل")
    assert kwic(tokens, "S-LOC", by="ner")["node"].tolist() == ["دمشق", "دمشق"]


@pytest.mark.parametrize("node", ["لندن", "دمشق لندن", "وصل وزير الدفاع إلى دمشق . قال"])
def test_nothing_found_is_an_empty_table(tokens, node):
    found = kwic(tokens, node)
    assert found.empty
    assert found.dtypes.astype("str").tolist() == DTYPES


def test_dtypes_do_not_depend_on_what_is_found(tokens):
    assert kwic(tokens, "دمشق").dtypes.astype("str").tolist() == DTYPES
    assert kwic(empty_table("tokens"), "دمشق").dtypes.astype("str").tolist() == DTYPES


def test_phrase_longer_than_the_table_is_no_hit(tokens):
    assert kwic(tokens.head(1), "وصل وزير الدفاع").empty


def test_categories_and_strings_give_the_same_lines(tokens):
    plain = tokens.astype({"doc": "str", "form": "str", "norm": "str"})
    for node in ("دمشق", "وزير الدفاع"):
        pd.testing.assert_frame_equal(kwic(plain, node), kwic(tokens, node))


def test_index_of_the_table_plays_no_part(tokens):
    expected = kwic(tokens, "وزير الدفاع")
    for index in ([0] * 16, range(100, 84, -1)):
        pd.testing.assert_frame_equal(kwic(tokens.set_axis(index), "وزير الدفاع"), expected)


def test_another_document_between_is_never_shown(tokens):
    apart = tokens.iloc[[0, 11, 1]]
    assert lines(kwic(apart, "وصل")) == [["a", "", "وصل", ""]]
    assert lines(kwic(apart, "وقالت")) == [["b", "", "وقالت", ""]]
    assert kwic(apart, "وصل وزير").empty


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"node": ""}, "kwic: node is empty; pass a word, or several separated by spaces."),
        ({"node": " \n"}, "kwic: node is empty; pass a word, or several separated by spaces."),
        (
            {"node": "\N{ARABIC TATWEEL} \N{ARABIC FATHA}"},
            "kwic: node is empty; pass a word, or several separated by spaces.",
        ),
        (
            {"node": "نعم", "window": -1},
            "kwic: window is -1; pass a whole number, 0 or more, or 'sentence'.",
        ),
        (
            {"node": "نعم", "by": "root"},
            "kwic: no column 'root' in the table; its columns are doc, sent, token, form, norm, "
            "kind, start, end, ner. Pass one of them as by=.",
        ),
    ],
)
def test_bad_argument_is_named(tokens, arguments, message):
    with pytest.raises(ValueError, match=r"^kwic: ") as refused:
        kwic(tokens, **arguments)
    assert str(refused.value) == message


def test_table_of_another_shape_is_named(tokens):
    with pytest.raises(ValueError, match="kwic: no column 'start' in the table"):
        kwic(tokens.drop(columns="start"), "نعم")


@st.composite
def random_tokens(draw):
    """Documents of one to three sentences of the letters ا ب, with a space between all."""
    rows = []
    for doc in draw(st.permutations(["x", "y"])):
        position = 0
        for sent in range(1, draw(st.integers(1, 3)) + 1):
            for form in draw(st.lists(st.sampled_from("اب"), min_size=1, max_size=5)):
                rows.append((doc, sent, form, position, position + 1))
                position += 2
    return pd.DataFrame(rows, columns=["doc", "sent", "form", "start", "end"])


@settings(deadline=None)
@given(random_tokens(), st.lists(st.sampled_from("اب"), min_size=1, max_size=3), st.integers(0, 4))
def test_lines_agree_with_a_plain_search(table, phrase, window):
    """An independent search, sentence by sentence over lists."""
    expected = []
    for doc in dict.fromkeys(table["doc"]):
        document = table[table["doc"] == doc].reset_index(drop=True)
        forms, sents = document["form"].tolist(), document["sent"].tolist()
        for at in range(len(forms) - len(phrase) + 1):
            end = at + len(phrase)
            if forms[at:end] == phrase and len(set(sents[at:end])) == 1:
                before = " ".join(forms[max(at - window, 0) : at])
                after = " ".join(forms[end : end + window])
                expected.append([doc, before, " ".join(phrase), after])
    kept = table.copy()
    assert lines(kwic(table, " ".join(phrase), window=window)) == expected
    pd.testing.assert_frame_equal(table, kept)


def test_lines_of_words_show_the_raw_text():
    # by hand: أجراها is أجرى and ها; للجزيرة is ل and الجزيرة, which share its span
    text = "الزيارة  أجراها\nوزير للجزيرة."
    words = pd.DataFrame(
        {
            "doc": ["a"] * 7,
            "sent": [1] * 7,
            "form": ["الزيارة", "أجرى", "ها", "وزير", "ل", "الجزيرة", "."],
            "start": [0, 9, 13, 16, 21, 21, 28],
            "end": [7, 13, 15, 20, 28, 28, 29],
        }
    )
    texts = pd.DataFrame({"doc": ["a"], "text": [text]})
    shown = ["before", "node", "after"]
    line = kwic(words, "وزير", window=3, texts=texts)[shown].iloc[0].tolist()
    assert line == ["الزيارة أجراها", "وزير", "للجزيرة."]
    line = kwic(words, "الجزيرة", window=2, texts=texts)[shown].iloc[0].tolist()
    assert line == ["وزير", "للجزيرة", "."]
    with pytest.raises(ValueError, match="kwic: no document 'a' in texts"):
        kwic(words, "وزير", texts=texts.assign(doc="b"))


def pieces():
    """By hand: وسيقولها is و س يقول ها, and لكتابه is ل كتاب ه; the raw text has no other."""
    forms = ["وصل", "و", "س", "يقول", "ها", "نعم", "ل", "كتاب", "ه", "."]
    starts = [0, 4, 5, 6, 10, 13, 17, 18, 22, 23]
    ends = [3, 5, 6, 10, 12, 16, 18, 22, 23, 24]
    table = pd.DataFrame({"doc": "a", "sent": 1, "form": forms, "start": starts, "end": ends})
    table["token"] = [1, 2, 2, 2, 2, 3, 4, 4, 4, 5]
    return table, pd.DataFrame({"doc": ["a"], "text": ["وصل وسيقولها نعم لكتابه."]})


@pytest.mark.parametrize(
    ("node", "window", "before", "after"),
    [
        ("نعم", 1, "وسيقولها", "لكتابه"),
        ("نعم", 3, "وسيقولها", "لكتابه"),
        ("نعم", 5, "وصل وسيقولها", "لكتابه."),
        ("نعم", 0, "", ""),
        ("يقول", 1, "وس", "ها"),
        ("و", 1, "وصل", "سيقولها"),
        ("و", 0, "", ""),
        (".", 2, "لكتابه", ""),
        ("وصل", 1, "", "وسيقولها"),
    ],
)
def test_what_is_written_as_one_token_is_shown_whole_in_the_raw_text(node, window, before, after):
    table, texts = pieces()
    for token in (table["token"], table["token"].astype("Int32"), table["token"].astype("str")):
        found = kwic(table.assign(token=token), node, window=window, texts=texts)
        assert lines(found) == [["a", before, node, after]]
        assert found["start"].tolist() == table.loc[table["form"] == node, "start"].tolist()


def test_tokens_of_another_sentence_or_document_are_not_joined():
    table, texts = pieces()
    other = table.assign(sent=[1] * 4 + [2] * 6)
    assert lines(kwic(other, "نعم", window=1, texts=texts))[0][1] == "ها"
    apart = table.assign(doc=["a"] * 4 + ["b"] * 6)
    both = pd.concat([texts, texts.assign(doc="b")])
    assert lines(kwic(apart, "نعم", window=1, texts=both))[0][1] == "ها"
    without = table.assign(token=pd.array([None] * 10, dtype="Int32"))
    for shown in (without, table.drop(columns="token")):
        assert lines(kwic(shown, "نعم", window=1, texts=texts)) == [["a", "ها", "نعم", "ل"]]


# --- the index, hits --------------------------------------------------------------------------


@pytest.mark.parametrize("node", ["دمشق", "وزير الدفاع", "و*", "*", "لندن", re.compile("[!:]")])
def test_index_finds_the_same_lines(tokens, node):
    pd.testing.assert_frame_equal(kwic(concordance.index(tokens), node), kwic(tokens, node))
    pd.testing.assert_frame_equal(hits(concordance.index(tokens), node), hits(tokens, node))


def test_index_is_searched_by_its_column_unless_another_is_named(words):
    indexed = concordance.index(words, by="lemma")
    pd.testing.assert_frame_equal(kwic(indexed, "قال"), kwic(words, "قال", by="lemma"))
    pd.testing.assert_frame_equal(kwic(indexed, "قال", by="form"), kwic(words, "قال"))
    with pytest.raises(ValueError, match="kwic: no column 'root' in the table"):
        kwic(indexed, "قال", by="root")


def test_index_keeps_the_table_as_it_was(tokens):
    before = tokens.copy(deep=True)
    indexed = concordance.index(tokens)
    kwic(indexed, "* دمشق", sort="before1")
    assert indexed.table is tokens
    pd.testing.assert_frame_equal(tokens, before)
    with pytest.raises(ValueError, match="index: no column 'root' in the table"):
        concordance.index(tokens, by="root")


def test_hits_have_their_place_in_the_document(tokens):
    found = hits(tokens, "دمشق")
    assert found.index.name == "row"
    assert found["form"].tolist() == ["دمشق"] * 2
    assert found.index.tolist() == [4, 12]
    # by hand: the fifth of 11 tokens of a, the second of 5 of b
    assert found[["position", "length", "width"]].to_numpy().tolist() == [[5, 11, 1], [2, 5, 1]]
    assert found["relative"].tolist() == [4 / 11, 1 / 5]
    assert found[["doc", "sent", "start", "end"]].to_numpy().tolist() == [
        ["a", 1, 20, 24],
        ["b", 1, 22, 26],
    ]


def test_hits_name_their_token_where_the_table_has_one(tokens, words):
    for table in (tokens, words):
        found = hits(table, "دمشق")
        assert list(found.columns)[:4] == ["doc", "sent", "token", "form"]
        assert found["token"].tolist() == table["token"].iloc[found.index].tolist()
        assert found["token"].dtype == table["token"].dtype
    without = hits(tokens.drop(columns="token"), "دمشق")
    assert list(without.columns)[:3] == ["doc", "sent", "form"]
    assert len(kwic(tokens, without)) == 2


def test_hits_of_a_phrase_end_with_it(words):
    found = hits(words, "ل الرئيس").iloc[0]
    assert found[["form", "position", "width", "start", "end"]].tolist() == ["ل", 8, 2, 30, 36]


def test_places_of_hits_are_those_of_nltk(tokens):
    forms = tokens["form"].tolist()
    offsets = ConcordanceIndex(forms)
    for node in set(forms):
        assert hits(tokens, re.compile(re.escape(node))).index.tolist() == offsets.offsets(node)


def test_lines_of_hits_are_those_of_the_search(tokens):
    for node in ("*", "دمشق", "* *"):
        found = hits(tokens, node)
        pd.testing.assert_frame_equal(kwic(tokens, found), kwic(tokens, node))
        some = found.sample(2, random_state=1)
        expected = kwic(tokens, node).iloc[[list(found.index).index(row) for row in some.index]]
        pd.testing.assert_frame_equal(kwic(tokens, some), expected.reset_index(drop=True))
    assert kwic(tokens, hits(tokens, "لندن")).empty


def test_hits_of_several_searches_keep_their_widths(tokens):
    both = pd.concat([hits(tokens, "وزير الدفاع"), hits(tokens, "نعم")])
    assert kwic(tokens, both, window=1)["node"].tolist() == ["وزير الدفاع", "نعم"]
    assert kwic(tokens, both, sort="node")["node"].tolist() == ["نعم", "وزير الدفاع"]


def test_hits_of_another_table_are_refused(tokens):
    found = hits(tokens, "دمشق")
    for table in (tokens.tail(5), tokens.drop(index=0)):
        with pytest.raises(ValueError, match="kwic: the hits are not of this table"):
            kwic(table, found)
    with pytest.raises(ValueError, match="kwic: no column 'width'"):
        kwic(tokens, found.drop(columns="width"))


@pytest.mark.parametrize("column", ["doc", "form", "start"])
def test_hits_of_a_table_of_the_same_shape_are_refused(tokens, column):
    found = hits(tokens, "دمشق")
    other = tokens.assign(**{column: tokens[column].to_numpy()[::-1]})
    with pytest.raises(ValueError, match="kwic: the hits are not of this table; pass the table th"):
        kwic(other, found)
    assert len(kwic(tokens, found.astype({"doc": "str", "form": "object"}))) == 2


def test_hits_of_a_phrase_of_another_table_are_refused(tokens):
    found = hits(tokens, "وزير *")
    assert len(kwic(tokens, found)) == len(found) == 1
    second = tokens["norm"].shift().eq("وزير")
    other = tokens.assign(end=tokens["end"] - second)
    with pytest.raises(ValueError, match="kwic: the hits are not of this table"):
        kwic(other, found)
    assert len(kwic(other, found.drop(columns="end"))) == 1


@pytest.mark.parametrize("width", [float("nan"), 0, -1, 1.5, 10**6, 1e300, float("inf"), "x", None])
def test_width_of_hits_is_a_number_of_rows(tokens, width):
    found = hits(tokens, "دمشق").drop(columns="end").assign(width=width)
    with pytest.raises(ValueError, match="kwic: the hits are not of this table"):
        kwic(tokens, found)


def test_lines_of_hits_are_in_their_order(tokens):
    found = hits(tokens, "دمشق")[::-1]
    assert kwic(tokens, found)["doc"].tolist() == ["b", "a"]


def test_rows_without_a_document_have_places_as_if_in_one(tokens):
    table = tokens.assign(doc=tokens["doc"].astype("object").where(tokens["doc"] == "a"))
    found = hits(pd.concat([table[5:], table[:5]]), "دمشق")
    assert found["doc"].isna().tolist() == [True, False]
    assert found["length"].tolist() == [5, 11]


def test_hits_that_lost_their_rows_are_refused(tokens):
    found = hits(tokens, "دمشق")
    for index in (range(2), list("ab"), [4.0, 12.0]):
        with pytest.raises(ValueError, match=r"kwic: .* hits whose index is still that of conc"):
            kwic(tokens, found.set_axis(index))


def test_hits_without_a_form_are_shown(tokens):
    table = tokens.assign(form=tokens["form"].astype("object").where(tokens["norm"] != "دمشق"))
    found = hits(table, "دمشق", by="norm")
    assert found["form"].isna().all()
    assert kwic(table, found)["node"].tolist() == ["", ""]


def test_document_in_several_runs_is_one_and_its_runs_are_no_neighbours(tokens):
    again = pd.concat([tokens[tokens["doc"] == doc] for doc in "aba"])
    found = hits(again, "دمشق")
    # by hand: the fifth of 11 tokens of a, twice, so of 22, and the second of 5 of b
    assert found["position"].tolist() == [5, 2, 16]
    assert found["length"].tolist() == [22, 5, 22]
    assert found["relative"].tolist() == [4 / 22, 1 / 5, 15 / 22]
    assert kwic(again, "وصل", window=1)["before"].tolist() == ["", ""]
    assert kwic(again, found).equals(kwic(again, "دمشق"))


def test_window_may_be_longer_than_any_text(tokens):
    for window in (10**30, np.int8(100)):
        assert kwic(tokens, "نعم", window=window).equals(kwic(tokens, "نعم", window=11))


# --- sorting, limits, sentences, metadata -----------------------------------------------------


def ordered(*forms, **options):
    """The node and its neighbours, each line in a document of its own."""
    table = pd.DataFrame(
        [(str(doc), 1, form) for doc, line in enumerate(forms) for form in line.split()],
        columns=["doc", "sent", "form"],
    )
    table["start"] = range(0, 4 * len(table), 4)
    table["end"] = table["start"] + 3
    found = kwic(table, "ن*", window=3, **options)
    return found[["before", "node", "after"]].agg(" ".join, axis=1).str.strip().tolist()


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ((), ["ج نا ي", "أ نب ت", "ا نا ب ر", "نب"]),
        ("after1", ["نب", "ا نا ب ر", "أ نب ت", "ج نا ي"]),
        ("before1", ["نب", "أ نب ت", "ا نا ب ر", "ج نا ي"]),
        ("node", ["ج نا ي", "ا نا ب ر", "أ نب ت", "نب"]),
        ("after2", ["ج نا ي", "أ نب ت", "نب", "ا نا ب ر"]),
        (("node", "before1"), ["ا نا ب ر", "ج نا ي", "نب", "أ نب ت"]),
        (("before2", "after1"), ["نب", "ا نا ب ر", "أ نب ت", "ج نا ي"]),
    ],
)
def test_lines_are_sorted_by_their_neighbours(sort, expected):
    lines = ["ج نا ي", "أ نب ت", "ا نا ب ر", "نب"]
    assert ordered(*lines, sort=sort) == expected
    assert ordered(*lines, sort=sort, limit=2) == expected[:2]


@pytest.mark.parametrize(
    ("window", "sort", "message"),
    [
        (1, "before2", "sort='before2' is beyond the window of 1"),
        (0, "after1", "sort='after1' is beyond the window of 0"),
        (2, ("before1", "after3"), "sort='after3' is beyond the window of 2, where no line shows"),
    ],
)
def test_neighbours_that_are_not_shown_do_not_sort(tokens, window, sort, message):
    with pytest.raises(ValueError, match=rf"^kwic: {message}.*; pass window=\d or more, or ano"):
        kwic(tokens, "*", window=window, sort=sort)
    assert len(kwic(tokens, "*", window=0, sort="node")) == 16
    assert len(kwic(tokens, "*", window="sentence", sort="after3")) == 16


def test_sorting_in_a_sentence_looks_no_further(tokens):
    # before نعم and ! in their sentence; وصل and وقالت begin theirs
    found = kwic(tokens, "*", window="sentence", sort="before1")
    assert found["node"].tolist()[:3] == ["وصل", "قال", "وقالت"]


def test_sentence_of_the_node_is_shown(tokens):
    assert lines(kwic(tokens, "نعم", window="sentence")) == [["a", "قال للرئيس:", "نعم", "!"]]
    assert lines(kwic(tokens, "دمشق", window="sentence")) == [
        ["a", "وصل وزير الدفاع إلى", "دمشق", "."],
        ["b", "وقالت", "دمشق", "3 مرات."],
    ]


def test_sentence_is_cut_from_the_raw_text(tokens, texts):
    for node in ("نعم", "دمشق", "مرات"):
        assert lines(kwic(tokens, node, window="sentence", texts=texts)) == lines(
            kwic(tokens, node, window="sentence")
        )


def test_limit_is_the_number_of_lines(tokens):
    everything = kwic(tokens, "*")
    for limit in (0, 1, 5, 16, 100):
        pd.testing.assert_frame_equal(kwic(tokens, "*", limit=limit), everything.head(limit))
    found = kwic(tokens, "*", limit=0, sort="node")
    assert found.dtypes.astype("str").tolist() == DTYPES


def test_metadata_stand_behind_the_line(tokens, texts):
    texts["year"] = pd.Series([2024, 2025], dtype="Int32")
    found = kwic(tokens, "دمشق", texts=texts.iloc[::-1], metadata=("year", "date"))
    assert list(found.columns) == [*COLUMNS, "year", "date"]
    assert found["year"].tolist() == [2024, 2025]
    assert found["year"].dtype == "Int32"
    assert found["date"].isna().tolist() == [True, False]
    pd.testing.assert_frame_equal(found[COLUMNS], kwic(tokens, "دمشق"))
    assert list(kwic(tokens, "لندن", texts=texts, metadata=["date"]).columns) == [*COLUMNS, "date"]


def test_missing_form_is_shown_as_nothing():
    table = pd.DataFrame(
        {"doc": "a", "sent": 1, "form": ["قال", None, "نعم"], "start": [0, 4, 6], "end": [3, 5, 9]}
    )
    assert lines(kwic(table, "نعم")) == [["a", "قال ", "نعم", ""]]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            {"window": "paragraph"},
            "kwic: window is 'paragraph'; pass a whole number, 0 or more",
        ),
        ({"window": 2.5}, "kwic: window is 2.5; pass a whole number, 0 or more, or 'sentence'"),
        ({"window": True}, "kwic: window is True; pass a whole number"),
        ({"sort": "left1"}, "kwic: no sort key 'left1'; there are before3, before2, before1, node"),
        ({"sort": ("node", "after4")}, "kwic: no sort key 'after4'"),
        ({"sort": None}, "kwic: sort is None; pass a name, or a list of names"),
        ({"limit": -1}, "kwic: limit is -1; pass a whole number, 0 or more, or None for all"),
        ({"limit": "3"}, "kwic: limit is '3'; pass a whole number"),
        ({"by": ["form"]}, r"kwic: by=\['form'\] is not the name of one column; pass one string"),
        ({"metadata": ("date",)}, "kwic: metadata are columns of the texts; pass them as texts="),
    ],
)
def test_bad_option_is_named(tokens, arguments, message):
    with pytest.raises(ValueError, match=message):
        kwic(tokens, "دمشق", **arguments)


def test_bad_texts_are_named(tokens, texts):
    with pytest.raises(ValueError, match="kwic: texts is of type list, not a DataFrame"):
        kwic(tokens, "دمشق", texts=["نعم"])
    with pytest.raises(ValueError, match="kwic: no column section in texts; its columns are doc"):
        kwic(tokens, "دمشق", texts=texts, metadata=("section",))
    with pytest.raises(ValueError, match="kwic: the lines have a column 'doc' of their own"):
        kwic(tokens, "دمشق", texts=texts, metadata=("doc",))
    with pytest.raises(ValueError, match="kwic: document 'a' is in texts twice"):
        kwic(tokens, "دمشق", texts=pd.concat([texts, texts]))


@settings(deadline=None, max_examples=50)
@given(random_tokens(), st.sampled_from(["before1", "before2", "node", "after1", "after3"]))
def test_sorting_keeps_every_line_and_its_order(table, key):
    """The letters ا ب sort by code point, so an independent sort of the lists is at hand."""
    found = kwic(table, "*", window=3)

    def neighbour(row):
        before, after = row["before"].split()[::-1], row["after"].split()
        sides = {"before": before, "after": after, "node": [row["node"]]}
        place = int(key[-1]) - 1 if key[-1].isdigit() else 0
        side = sides[key.rstrip("123")]
        return side[place] if place < len(side) else ""

    expected = sorted(found.to_dict("records"), key=neighbour)
    assert kwic(table, "*", window=3, sort=key).to_dict("records") == expected


# --- what a node consists of ------------------------------------------------------------------


COUNTED = ("word", "number")


def test_phrase_passes_over_punctuation_where_asked(tokens):
    # قال للرئيس: نعم
    assert kwic(tokens, "للرئيس نعم").empty
    found = kwic(tokens, "للرئيس نعم", kinds=COUNTED, window=1)
    assert lines(found) == [["a", "قال", "للرئيس: نعم", "!"]]
    assert found[["start", "end"]].to_numpy().tolist() == [[30, 41]]
    place = hits(tokens, "للرئيس نعم", kinds=COUNTED)
    assert place[["width", "start", "end"]].to_numpy().tolist() == [[3, 30, 41]]
    pd.testing.assert_frame_equal(kwic(tokens, place, window=1), found)


def test_kinds_of_a_node_leave_other_rows_out_of_it_and_its_sentence_whole(tokens):
    assert hits(tokens, "دمشق قال", kinds=COUNTED).empty  # another sentence
    assert hits(tokens, "*", kinds=COUNTED)["form"].tolist() == [
        *["وصل", "وزير", "الدفاع", "إلى", "دمشق", "قال", "للرئيس", "نعم"],
        *["وقالت", "دمشق", "3", "مرات"],
    ]
    assert hits(tokens, "*", kinds="punctuation")["form"].tolist() == [".", ":", "!", "."]
    assert hits(tokens, ".", kinds=COUNTED).empty
    with pytest.raises(ValueError, match="hits: no kind 'words'; there are word, number"):
        hits(tokens, "نعم", kinds="words")
    with pytest.raises(ValueError, match="no column 'kind'"):
        hits(tokens.drop(columns="kind"), "نعم", kinds="word")


@pytest.mark.parametrize(
    "node", ["دمشق", "وزير الدفاع", "* *", "* * *", "لندن", re.compile(".*ر.*")]
)
@pytest.mark.parametrize("kinds", [None, COUNTED, ["word", "punctuation"]])
def test_count_is_the_number_of_hits(tokens, node, kinds):
    for table in (tokens, concordance.index(tokens), concordance.index(tokens, by="norm")):
        found = hits(table, node, kinds=kinds)
        assert concordance.count(table, node, kinds=kinds) == len(found)
        assert len(kwic(table, node, kinds=kinds)) == len(found)


def test_every_ngram_is_found_as_often_as_it_was_counted(tokens, words):
    for table, by in ((tokens, "norm"), (tokens, "form"), (words, "lemma")):
        searched = concordance.index(table, by=by)
        for n in (1, 2, 3):
            for ngram, freq in counts.ngrams(table, n, by=by)["freq"].items():
                assert len(hits(table, ngram, by=by, kinds=COUNTED)) == freq
                found = hits(searched, ngram.split(), fold=False, kinds=counts.COUNTED_KINDS)
                assert len(found) == freq


def test_every_ngram_of_the_article_is_found_as_often_as_it_was_counted(article):
    """Of a plain cut into words and marks, line by line: no models are needed."""
    searched = concordance.index(article, by="norm")
    for n in (2, 3):
        ngrams = counts.ngrams(article, n)
        assert len(ngrams) > 200
        for ngram, freq in ngrams["freq"].items():
            assert concordance.count(searched, ngram, kinds=COUNTED) == freq
    # by eye: the dual names of months stand as أكتوبر/ تشرين
    assert concordance.count(searched, "اكتوبر تشرين", kinds=COUNTED) == 2
    assert concordance.count(searched, "اكتوبر تشرين") == 0


@pytest.fixture
def article():
    text = (SEEDS / "000_7fa08adb6b02ef67.txt").read_text(encoding="utf-8")
    rows = [
        ("a", sent, match[0], fold(match[0]), "word" if match[0][0].isalnum() else "punctuation")
        for sent, line in enumerate(text.splitlines())
        for match in re.finditer(r"\w+|[^\w\s]", line)
    ]
    table = pd.DataFrame(rows, columns=["doc", "sent", "form", "norm", "kind"])
    return table.assign(start=range(len(table)), end=range(1, len(table) + 1))


# --- texts that do not belong -----------------------------------------------------------------


def test_texts_that_are_too_short_are_refused(tokens, texts):
    short = texts.assign(text=[texts["text"][0], texts["text"][1][:25]])
    assert len(kwic(tokens, "قال", texts=short)) == 1
    message = (
        r"kwic: the text of document 'b' has 25 code points, and its rows reach to 26\. Pass the "
        r"texts that were annotated\."
    )
    with pytest.raises(ValueError, match=message):
        kwic(tokens, "دمشق", texts=short, window=0)


def test_texts_with_other_letters_are_refused(tokens, texts):
    other = texts.assign(text=["date 2025-11-16 " + texts["text"][0], texts["text"][1]])
    message = r"kwic: the text of document 'a' has 'وزير' from 20 to 24, where the table has 'دمشق'"
    with pytest.raises(ValueError, match=message):
        kwic(tokens, "دمشق", texts=other)
    swapped = texts.assign(doc=["b", "a"])
    with pytest.raises(ValueError, match="kwic: the text of document 'a' has"):
        kwic(tokens, "وصل", texts=swapped, window=0)


def test_texts_whose_spelling_was_mended_are_shown(tokens, words, texts):
    mended = texts.assign(text=[text.replace("إلى", "الي") for text in texts["text"]])
    assert kwic(tokens, "إلى", texts=mended)["node"].tolist() == ["الي"]
    for table in (tokens, words):
        assert len(kwic(table, "*", texts=texts)) == len(table)


def test_rows_that_stand_nowhere_are_refused(tokens):
    for name in ("start", "end"):
        table = tokens.assign(**{name: tokens[name].astype("float64").where(tokens["sent"] == 1)})
        for search in (hits, kwic):
            message = rf"{search.__name__}: 5 of 16 rows have no '{name}', so they stand nowhere"
            with pytest.raises(ValueError, match=message):
                search(table, "دمشق")
    whole = tokens.astype({"start": "float64", "end": "Int64"})
    assert hits(whole, "دمشق")["end"].tolist() == [24, 26]
