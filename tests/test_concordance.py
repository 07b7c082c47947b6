"""Concordance lines. Expected lines: set by hand from the corpus of conftest.py."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.concordance import kwic
from toolkit.tables import empty_table

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
            "kwic: window is -1; pass 0 or more words on each side.",
        ),
        (
            {"node": "نعم", "by": "root"},
            "kwic: no column 'root' in the table; its columns are doc, sent, token, form, norm, "
            "kind, start, end, ner.",
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
