"""From a node to rows. Expected rows: counted by hand in the corpus of conftest.py, unless said."""

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit import concordance
from toolkit.normalise import fold
from toolkit.statistics.query import find, folded, run_of, searchable, wildcard
from toolkit.tables import empty_table


def rows(table, node, by="form", fold=True):
    return find("kwic", searchable("kwic", table, by), node, by=by, fold=fold)[0].tolist()


def small(*forms, sent=None):
    return pd.DataFrame(
        {"doc": ["a"] * len(forms), "sent": sent or [1] * len(forms), "form": list(forms)}
    )


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        ("دمشق", [4, 12]),
        ("وزير الدفاع", [1]),
        ("الدفاع وزير", []),
        ("ال*", [2, 3]),  # إلى is folded
        ("*ر*", [1, 7, 14]),
        ("و*", [0, 1, 11]),
        ("???", [0, 3, 6, 9]),
        ("?????*", [2, 7, 11]),
        ("وزير *", [1]),
        ("* الدفاع *", [1]),
        ("* * * * * *", [0]),
        ("قا? *", [6]),
        (re.compile("دمشق|نعم"), [4, 9, 12]),
        (re.compile(r"\d+"), [13]),
        (re.compile("دمش"), []),
        ([re.compile("وز.*"), "الدفاع"], [1]),
        (["وزير", "*"], [1]),
        ({"دمشق", "نعم"}, [4, 9, 12]),
        (frozenset({"الى", "قا?"}), [3, 6]),
        ([{"وزير", "الدفاع"}, {"الدفاع", "إلى"}], [1, 2]),
    ],
)
def test_node_is_found_where_it_stands(tokens, node, expected):
    assert rows(tokens, node) == expected
    assert rows(concordance.index(tokens), node) == expected


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        ({"upos": "NOUN"}, [1, 2, 8, 16]),
        ({"lemma": "قال", "form": "قالت"}, [13]),
        ({"lemma": "قال", "upos": "NOUN"}, []),
        ([{"lemma": "وزير"}, {"upos": "NOUN"}], [1]),
        ([{"upos": "VERB"}, {"upos": "PROPN"}], [13]),
        ([{"upos": "ADP"}, {"lemma": "*", "upos": "NOUN"}, {"form": ":"}], [7]),
        ([{"lemma": re.compile("رئيس|وزير")}], [1, 8]),
        ({"feats": "*"}, []),
    ],
)
def test_conditions_on_several_columns_hold_together(words, node, expected):
    assert rows(words, node) == expected
    assert rows(concordance.index(words, by="lemma"), node) == expected


def test_phrase_stays_in_its_sentence():
    table = small("لا", "لا", "لا", "لا", sent=[1, 1, 2, 2])
    assert rows(table, "لا لا") == [0, 2]
    assert rows(table, "لا * *") == []


def test_star_alone_is_any_item_but_not_a_missing_one():
    table = small("قال", None, ".", "قال")
    assert rows(table, "*") == [0, 2, 3]
    assert rows(table, "قال *") == []


def test_question_mark_and_star_are_found_behind_a_backslash():
    table = small("?", "*", "قال", "من?", r"\*")
    assert rows(table, r"\?") == [0]
    assert rows(table, r"\*") == [1]
    assert rows(table, r"*\?") == [0, 3]
    assert rows(table, "؟") == []


def test_signs_of_expressions_are_letters_in_a_wildcard():
    table = small("a.b", "axb", "a.bc", "(a", "a\nb")
    assert rows(table, "a.b*") == [0, 2]
    assert rows(table, "(?") == [3]
    assert rows(table, "a?b") == [0, 1, 4]
    assert wildcard("a.b") is None


def test_spelling_is_folded_in_wildcards_and_never_in_expressions(tokens):
    assert rows(tokens, "ا?ى") == [3]
    assert rows(tokens, "ا?ى", fold=False) == []
    assert rows(tokens, "إ?ى", fold=False) == [3]
    assert rows(tokens, re.compile("ا.ى")) == []
    assert rows(tokens, re.compile("إ.ى")) == [3]


def test_expression_with_capital_classes_is_not_folded():
    assert rows(small("a b", "ab"), re.compile(r"\S+")) == [1]


def test_index_of_one_column_searches_another(words):
    indexed = concordance.index(words, by="lemma")
    assert find("kwic", indexed, "قالت", by="form", fold=True)[0].tolist() == [13]
    assert find("kwic", indexed, "قال", by=None, fold=True)[0].tolist() == [6, 13]


def test_many_spellings_of_an_item_come_in_text_order():
    table = small("إلى", "من", "الى", "من", "إلي", "الي")
    for searched in (table, concordance.index(table)):
        assert rows(searched, "الى") == [0, 2, 4, 5]


def test_table_without_rows_has_no_hit():
    for table in (empty_table("tokens"), small(), small(None, None)):
        assert rows(table, "قال") == []
        assert rows(concordance.index(table), "* *") == []


@pytest.mark.parametrize(
    ("node", "message"),
    [
        (3, "kwic: node is 3 of type int; pass a word, several separated by spaces, a compiled "),
        ({"form": 3}, "kwic: node is 3 of type int; pass a word"),
        (None, "kwic: node is None of type NoneType; pass a word"),
        ("", "kwic: node is empty; pass a word, or several separated by spaces."),
        ([], "kwic: node is empty"),
        ({}, "kwic: node is empty"),
        ([{"form": "قال"}, {}], "kwic: node is empty"),
        ({"form": "\N{ARABIC FATHA}"}, "kwic: node is empty"),
        (set(), "kwic: node is empty"),
        ([{"قال"}, set()], "kwic: node is empty"),
        ({"قال", 3}, "kwic: node is 3 of type int; pass a word"),
        ({"root": "قول"}, "kwic: no column 'root' in the table; its columns are doc, sent, form."),
    ],
)
def test_node_that_asks_for_nothing_is_refused(node, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        rows(small("قال"), node)


@pytest.mark.parametrize("rows", [[0, 2, 3, 6, 6, 1], [0, 0, 1, 2, 3, 4, 5, 6], [], [6]], ids=str)
def test_borders_of_each_row(rows):
    # runs 0-2, 3-5, 6: by hand
    starts = np.array([0, 3, 6, 7])
    lowest, highest = run_of(starts, np.array(rows, dtype=np.int64))
    assert lowest.tolist() == [row // 3 * 3 for row in rows]
    assert highest.tolist() == [min(row // 3 * 3 + 3, 7) for row in rows]


LETTERS = (
    "اأإآبةىيئؤء١3aZ?*.\n\r \N{ARABIC TATWEEL}\N{ARABIC FATHA}\N{ARABIC HAMZA ABOVE}"
    "\N{ZERO WIDTH JOINER}\N{ARABIC LIGATURE LAM WITH ALEF ISOLATED FORM}Σß\U0001f600"
)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.text(LETTERS, max_size=6), unique=True, max_size=8))
def test_folding_all_at_once_is_folding_each(items):
    index = pd.Index(items, dtype="str")
    assert folded(index).tolist() == [fold(item) for item in items]


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.text("اأب", min_size=1, max_size=3), max_size=12),
    st.lists(st.text("اب*?", min_size=1, max_size=3), min_size=1, max_size=2),
)
def test_wildcards_agree_with_a_search_letter_by_letter(forms, parts):
    def meets(text, pattern):
        if not pattern:
            return not text
        if pattern[0] == "*":
            return meets(text, pattern[1:]) or (bool(text) and meets(text[1:], pattern))
        return bool(text) and pattern[0] in ("?", text[0]) and meets(text[1:], pattern[1:])

    spellings = [form.replace("أ", "ا") for form in forms]
    expected = [
        at
        for at in range(len(forms) - len(parts) + 1)
        if all(meets(spellings[at + place], part) for place, part in enumerate(parts))
    ]
    table = small(*forms).astype({"form": "category"})
    assert rows(table, " ".join(parts)) == expected
    assert rows(concordance.index(table), " ".join(parts)) == expected


def test_an_index_can_be_made_of_an_index_by_another_column(words):
    again = concordance.index(concordance.index(words, by="form"), by="lemma")
    assert again.by == "lemma"
    assert len(concordance.hits(again, "في")) == len(concordance.hits(words, "في", by="lemma"))
    assert repr(again).startswith("InvertedIndex(by='lemma', ")
    assert len(repr(again)) < 100
