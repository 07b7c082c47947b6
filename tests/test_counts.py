"""Frequencies. Expected values: counted by hand in the corpus of conftest.py, unless said."""

from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit import counts
from toolkit.columns import KINDS
from toolkit.counts import frequencies, function_words, ledger, stop_words
from toolkit.normalise import fold, strip_diacritics
from toolkit.statistics import tallies
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


def test_document_that_is_missing_is_no_document():
    table = small(form=["قال", "قال", "نعم"]).assign(doc=["a", None, None])
    found = frequencies(table, by="form")
    assert found["freq"].to_dict() == {"قال": 2, "نعم": 1}
    assert found["docs"].to_dict() == {"قال": 1, "نعم": 0}
    assert found["n"].tolist() == [3, 3]


# --- stop words -------------------------------------------------------------------------------


def test_stop_words_get_no_row_and_stay_in_the_denominator(words):
    whole = frequencies(words, by="lemma")
    found = frequencies(words, by="lemma", stop_words={"إلى", "و", "ل", "absent"})
    pd.testing.assert_frame_equal(found, whole.drop(["إلى", "و", "ل"]))
    assert found["n"].tolist() == [14] * 9
    assert found["freq"].sum() == 11


def test_stop_words_of_several_columns_are_tuples(words):
    found = frequencies(words, by=["lemma", "upos"], stop_words=[("قال", "VERB")])
    assert ("قال", "VERB") not in found.index
    assert len(found) == 11


def test_one_string_is_no_list_of_stop_words(words):
    with pytest.raises(ValueError, match=r"^frequencies: stop_words='من' is one string; pass a li"):
        frequencies(words, stop_words="من")
    with pytest.raises(ValueError, match=r"^frequencies: stop_words has 'من'.*pass tuples of 2"):
        frequencies(words, by=["lemma", "upos"], stop_words=["من"])


def test_listed_words_leave_the_content_words(words):
    # by hand: إلى, ل, و and نعم (a particle) are function words
    left = ["دمشق", "قال", "3", "دفاع", "رئيس", "مرة", "وزير", "وصل"]
    for by in ("lemma", "norm", "form"):
        found = frequencies(words, by=by, stop_words=stop_words(by))
        assert not {"إلى", "الي", "ل", "و", "نعم"} & set(found.index)
    assert frequencies(words, by="lemma", stop_words=stop_words("lemma")).index.tolist() == left


@pytest.mark.parametrize("by", ["norm", "form", "lemma"])
def test_list_is_sorted_and_has_each_word_once(by):
    found = stop_words(by)
    assert found == sorted(set(found))
    assert set(found) == set(function_words()[by])


def test_list_covers_the_closed_classes():
    forms = set(stop_words("form"))
    assert len(forms) >= 250
    assert {"و", "ف", "ب", "ل", "ك", "س", "أ", "ه", "ها", "هما", "هم", "هن", "نا", "ي"} <= forms
    assert {"هو", "هي", "نحن", "أنا", "أنت", "هذا", "هذه", "ذلك", "تلك", "هؤلاء"} <= forms
    assert {"الذي", "التي", "الذين", "اللذان", "اللتين"} <= forms
    assert {"كان", "كانت", "يكون", "تكون", "ليس", "ليست", "أصبح", "مازال"} <= forms
    assert {"في", "من", "إلى", "على", "عن", "مع", "بعد", "قبل", "بين", "حتى", "منذ"} <= forms
    assert {"أن", "إن", "لأن", "لكن", "أو", "ثم", "قد", "سوف", "لا", "لم", "لن", "هل"} <= forms


def test_lemmas_are_those_of_the_models():
    # as the bundled models give them for pronouns, relatives and demonstratives
    known = function_words()
    lemmas = known[known["class"] != "particle"].set_index("form")["lemma"]
    assert set(lemmas[["ه", "ها", "هم", "هي"]]) == {"هو"}
    assert set(lemmas[["التي", "الذين", "اللذان"]]) == {"الذي"}
    assert set(lemmas[["هذه", "هؤلاء"]]) == {"هذا"}
    assert set(lemmas[["كانت", "يكون"]]) == {"كان"}
    assert set(lemmas[["ليست", "لسنا"]]) == {"ليس"}


def test_rows_of_the_list_are_complete_and_plainly_written():
    known = function_words()
    assert list(known.columns) == ["form", "norm", "lemma", "class", "gloss"]
    assert not known.duplicated(["form", "lemma", "class"]).any()
    assert (known != "").all(axis=None)
    assert (known == known.apply(lambda column: column.str.strip())).all(axis=None)
    for column in ("form", "lemma"):
        assert known[column].str.fullmatch(r"[\u0621-\u064A]+").all()
        assert (known[column] == known[column].map(strip_diacritics)).all()
    assert (known["norm"] == known["form"].map(fold)).all()
    assert known["gloss"].str.isascii().all()
    assert set(known["class"]) == {
        "adverb",
        "auxiliary",
        "clitic",
        "conjunction",
        "demonstrative",
        "interrogative",
        "negation",
        "particle",
        "preposition",
        "pronoun",
        "quantifier",
        "relative",
    }


def test_table_of_the_list_is_the_callers_own():
    mine = function_words()
    mine["form"] = ""
    assert "في" in stop_words("form")


def test_list_by_another_column_is_refused():
    with pytest.raises(ValueError, match=r"^stop_words: no list by 'upos'; there are norm"):
        stop_words("upos")


# --- the two ledgers --------------------------------------------------------------------------

LEDGER = [
    "freq_tokens",
    "n_tokens",
    "freq_words",
    "n_words",
    "bare",
    "attached",
    "hidden",
    "clitics",
]


def fused(*tokens, doc="a"):
    """Tokens and words of one sentence, each token given as its words joined by +."""
    pieces = [token.split("+") for token in tokens]
    written = pd.DataFrame({"doc": doc, "kind": "word", "norm": list(map("".join, pieces))})
    rows = [(place, word) for place, words in enumerate(pieces, 1) for word in words]
    split = pd.DataFrame(rows, columns=["token", "norm"]).assign(doc=doc, sent=1, kind="word")
    return written, split.assign(form=split["norm"])


def test_ledger_counts_tokens_and_words_side_by_side(tokens, words):
    found = ledger(tokens, words)
    assert list(found.columns) == LEDGER
    assert found.index.name == "norm"
    assert found.loc["دمشق"].tolist() == [2, 12, 2, 14, 2, 0, 0.0, ""]
    assert found.loc["قالت"].tolist() == [0, 12, 1, 14, 0, 1, 1.0, "و 1"]
    assert found.loc["الرءيس"].tolist() == [0, 12, 1, 14, 0, 1, 1.0, "ل 1"]
    assert found.loc["و"].tolist() == [0, 12, 1, 14, 0, 1, 1.0, ""]
    fused_token = found.loc["وقالت"]
    assert fused_token[["freq_tokens", "freq_words", "bare", "attached"]].tolist() == [1, 0, 0, 0]
    assert pd.isna(fused_token["hidden"])
    assert fused_token["clitics"] == ""


def test_ledger_adds_up_to_both_denominators(tokens, words):
    for by in ("norm", "form"):
        found = ledger(tokens, words, by=by)
        assert found["freq_tokens"].sum() == 12
        assert found["freq_words"].sum() == 14
        assert (found["bare"] + found["attached"] == found["freq_words"]).all()
        for table, column in ((tokens, "freq_tokens"), (words, "freq_words")):
            counted = found[column][found[column] > 0].to_dict()
            assert counted == frequencies(table, by=by)["freq"].to_dict()


def test_lemma_is_a_token_where_it_is_alone_in_one(tokens, words):
    found = ledger(tokens, words, by="lemma")
    # by hand: قال alone in قال, and after و in وقالت
    assert found.loc["قال"].tolist() == [1, 12, 2, 14, 1, 1, 0.5, "و 1"]
    assert set(found.index) == set(frequencies(words, by="lemma").index)


def test_clitics_are_named_most_frequent_first():
    found = ledger(*fused("و+كتاب", "و+كتاب", "ب+كتاب", "و+ل+كتاب+ه", "كتاب", "كتاب+ها"))
    assert found.loc["كتاب", "clitics"] == "و 3, ب 1, ل 1, ه 1, ها 1"
    assert found.loc["كتاب"].tolist()[:7] == [1, 6, 6, 13, 1, 5, 5 / 6]
    # of a clitic, its fellow clitics and not the word that bears them
    assert found.loc["ل", "clitics"] == "ه 1, و 1"
    assert found.index[0] == "كتاب"


def test_letter_is_a_clitic_only_on_the_side_where_it_can_be_one():
    # ه before a word and و after one are no clitics
    found = ledger(*fused("ه+كتاب", "كتاب+و"))
    assert found["clitics"].tolist() == [""] * len(found)


def test_punctuation_in_a_token_hides_nothing():
    written, split = fused("كتاب+.")
    split["kind"] = ["word", "punctuation"]
    found = ledger(written.assign(norm="كتاب."), split)
    assert found.loc["كتاب", ["bare", "attached", "clitics"]].tolist() == [1, 0, ""]


def test_words_of_neighbouring_sentences_and_documents_are_not_one_token():
    written, split = fused("و", "كتاب")
    apart = {"token": [1, 1]}
    for other in ({"sent": [1, 2]}, {"doc": ["a", "b"]}):
        tokens = written.assign(**{key: value for key, value in other.items() if key == "doc"})
        found = ledger(tokens, split.assign(**apart, **other))
        assert found["attached"].tolist() == [0, 0]


@pytest.mark.parametrize("by", ["norm", "lemma"])
def test_ledger_of_nothing_is_empty(by):
    found = ledger(empty_table("tokens"), empty_table("words"), by=by)
    assert found.empty
    assert list(found.columns) == LEDGER
    assert found.index.name == by


def test_missing_items_are_counted_in_the_ledgers_denominators():
    written, split = fused("و+كتاب", "قلم")
    split["norm"] = pd.Series(["و", None, "قلم"], dtype="object")
    found = ledger(written, split)
    assert found.loc["و"].tolist() == [0, 2, 1, 3, 0, 1, 1.0, ""]
    assert None not in found.index.tolist()


def test_ledgers_of_different_documents_are_refused(tokens, words):
    with pytest.raises(ValueError, match=r"^ledger: document 'a' is in words and not in tokens"):
        ledger(tokens[tokens["doc"] == "b"], words)
    with pytest.raises(ValueError, match=r"^ledger: document 'a' is in tokens and not in words"):
        ledger(tokens, words[words["doc"] == "b"])


@pytest.mark.parametrize("column", ["sent", "token", "form", "kind", "norm"])
def test_ledger_of_a_table_of_another_shape_names_the_column(tokens, words, column):
    with pytest.raises(ValueError, match=f"^ledger: no column '{column}' in the table"):
        ledger(tokens, words.drop(columns=column))
    if column == "kind":
        with pytest.raises(ValueError, match=r"^ledger: no column 'kind' in the table"):
            ledger(tokens.drop(columns=column), words)


TOKEN = st.lists(st.sampled_from(["و", "ل", "كتاب", "ه", "قال"]), min_size=1, max_size=4)


@settings(max_examples=40, deadline=None)
@given(st.lists(TOKEN, min_size=1, max_size=12))
def test_ledger_agrees_with_a_plain_count(pieces):
    written, split = fused(*map("+".join, pieces))
    before = written.copy(), split.copy()
    found = ledger(written, split)
    pd.testing.assert_frame_equal(written, before[0])
    pd.testing.assert_frame_equal(split, before[1])
    bare = Counter(words[0] for words in pieces if len(words) == 1)
    freq = Counter(word for words in pieces for word in words)
    assert found["freq_words"][found["freq_words"] > 0].to_dict() == freq
    assert found["bare"][found["bare"] > 0].to_dict() == bare
    for item in freq:
        clitics = Counter(
            other
            for words in pieces
            for place, word in enumerate(words)
            for beside, other in enumerate(words)
            if word == item and beside != place
            if (other in "ول" and beside < len(words) - 1) or (other == "ه" and beside > 0)
        )
        named = sorted(clitics.items(), key=lambda pair: (-pair[1], pair[0]))
        assert found.loc[item, "clitics"] == ", ".join(f"{form} {n}" for form, n in named)
    order = [(-row.freq_words, -row.freq_tokens, row.Index) for row in found.itertuples()]
    assert order == sorted(order)


# --- refusals ---------------------------------------------------------------------------------


def test_public_names_are_imported_from_counts():
    for name in ("frequencies", "ledger", "ngrams", "dispersion", "stop_words", "function_words"):
        assert callable(getattr(counts, name))


@pytest.mark.parametrize("bits", [63, 4])
def test_falling_numbers_keep_the_order_of_equal_ones(monkeypatch, bits):
    monkeypatch.setattr(tallies, "MOST_BITS", bits)
    numbers = np.array([1, 3, 1, 0, 3, 2])
    assert tallies.falling(numbers).tolist() == [1, 4, 5, 0, 2, 3]


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


def test_ledger_refuses_words_without_their_clitics(tokens, words):
    some = words[words["upos"] != "CCONJ"]
    assert len(some) < len(words)
    with pytest.raises(ValueError, match=r"ledger: in document .* follows word .*pass all words"):
        ledger(tokens, some)
    of_one = words["doc"] == "a"
    assert len(ledger(tokens[tokens["doc"] == "a"], words[of_one]))


def test_ledger_refuses_tables_in_the_wrong_order(tokens, words):
    with pytest.raises(ValueError, match="ledger: the first table has a column 'word'"):
        ledger(words, tokens.assign(token=1))


@pytest.mark.parametrize("collection", [pd.Series, pd.Index, set, tuple])
def test_stop_words_may_be_any_collection(words, collection):
    expected = frequencies(words, by="lemma", stop_words=["في"])
    pd.testing.assert_frame_equal(
        frequencies(words, by="lemma", stop_words=collection(["في"])), expected
    )


@pytest.mark.parametrize("table", [None, [1, 2], pd.Series([1])])
def test_what_is_no_table_is_named(table):
    with pytest.raises(ValueError, match=r"frequencies: the table is of type .*, not a DataFrame"):
        frequencies(table)


@pytest.mark.parametrize("by", [None, 3, []])
def test_what_is_no_column_is_named(words, by):
    with pytest.raises(ValueError, match=r"frequencies: by=.* names no column or one twice"):
        frequencies(words, by=by)


@settings(deadline=None)
@given(
    ROWS,
    st.sampled_from(["object", "str", "category"]),
    st.sampled_from([["word", "number"], "word", ["punctuation"], [*KINDS]]),
    st.booleans(),
)
def test_without_documents_the_other_columns_are_the_same(rows, dtype, kinds, stop):
    table = frame(rows, dtype)
    for by in ("lemma", ["upos", "lemma"]):
        items = [("NOUN", "قال"), ("NOUN", "لا")] if by != "lemma" else ["قال", "لا"]
        options = {"by": by, "kinds": kinds, "stop_words": items if stop else None}
        expected = frequencies(table, **options).drop(columns="docs")
        for each in (table, table.drop(columns="doc")):
            pd.testing.assert_frame_equal(frequencies(each, **options, docs=False), expected)


@pytest.mark.parametrize("stop_words", [3, 2.5])
def test_what_is_no_list_of_stop_words_is_named(words, stop_words):
    with pytest.raises(ValueError, match=r"frequencies: stop_words=.* is no list; pass a list of"):
        frequencies(words, stop_words=stop_words)


def test_table_of_stop_words_is_refused(words):
    table = function_words()
    with pytest.raises(ValueError, match=r"^frequencies: stop_words is a DataFrame.*stop_words\("):
        frequencies(words, by="lemma", stop_words=table)
    found = frequencies(words, by="lemma", stop_words=table["lemma"])
    pd.testing.assert_frame_equal(
        found, frequencies(words, by="lemma", stop_words=stop_words("lemma"))
    )


@pytest.mark.parametrize("item", [("x",), ["x"], 3, None])
def test_stop_word_that_is_no_string_is_named(words, item):
    with pytest.raises(ValueError, match=r"^frequencies: stop_words has .*one column; pass str"):
        frequencies(words, by="lemma", stop_words=[item])
    for pair in (["قال", "VERB"], ("قال",), ("قال", item)):
        with pytest.raises(ValueError, match=r"^frequencies: stop_words has .*pass tuples of 2"):
            frequencies(words, by=["lemma", "upos"], stop_words=[pair])


def test_column_that_stands_twice_is_named(words):
    twice = pd.concat([words, words["norm"]], axis=1)
    with pytest.raises(ValueError, match=r"^frequencies: column 'norm' stands 2 times in"):
        frequencies(twice)


def test_ledger_refuses_tokens_that_are_not_those_of_the_words(tokens, words):
    some = tokens[tokens["norm"] != "وقالت"]
    expected = r"^ledger: in document 'b', sentence 1, token 1 is in words and not in tokens; pass"
    with pytest.raises(ValueError, match=expected):
        ledger(some, words)
    more = pd.concat([tokens, tokens.tail(1).assign(token=9)])
    with pytest.raises(ValueError, match=r"token 9 is in tokens and not in words; pass all tokens"):
        ledger(more, words)
    # where they are not numbered, or documents in another order, nothing is refused
    whole = ledger(tokens, words)
    assert len(ledger(some.drop(columns="token"), words))
    again = pd.concat([tokens[tokens["doc"] == doc] for doc in "ba"])
    pd.testing.assert_frame_equal(ledger(again, words), whole)
    pd.testing.assert_frame_equal(ledger(tokens.astype({"doc": "object"}), words), whole)


def test_document_in_several_runs_is_one(words):
    again = pd.concat([words[words["doc"] == doc] for doc in "aba"])
    # by hand: دمشق once in each run, in two documents
    assert frequencies(again).loc["دمشق", ["freq", "docs"]].tolist() == [3, 2]
