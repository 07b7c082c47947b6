"""What differs between two annotations of the same texts."""

from dataclasses import replace

import pandas as pd
import pytest

from toolkit import drift
from toolkit.corpus import Corpus


def changed(corpus, table, **columns):
    return replace(corpus, **{table: getattr(corpus, table).assign(**columns)})


def test_the_same_annotation_has_no_drift(twelve):
    assert drift.drift(twelve, twelve).empty
    found = drift.summary(twelve, twelve)
    assert found["changed"].sum() == 0
    n = found.drop_duplicates("table").set_index("table")["n"].to_dict()
    assert n == {"sentences": 3, "tokens": 16, "words": 18, "entities": 2, "dates": 0}


def test_a_lemma_that_changed_is_one_row_with_its_place(twelve):
    lemmas = twelve.words["lemma"].astype("str").mask(twelve.words["form"] == "مرات", "مرات")
    (row,) = drift.drift(twelve, changed(twelve, "words", lemma=lemmas)).itertuples(index=False)
    assert (row.table, row.column, row.doc, row.start, row.end) == ("words", "lemma", "b", 29, 33)
    assert (row.text, row.before, row.after) == ("مرات", "مرة", "مرات")


def test_units_that_stand_in_one_alone(twelve):
    other = replace(twelve, entities=twelve.entities.iloc[:1], sentences=twelve.sentences.iloc[1:])
    found = drift.drift(twelve, other)
    assert found[["table", "column", "doc", "start"]].to_numpy().tolist() == [
        ["sentences", "unit", "a", 0],
        ["entities", "unit", "b", 22],
    ]
    assert found["before"].tolist() == ["a", "LOC"]
    assert found["after"].isna().all()
    back = drift.drift(other, twelve)
    assert back["before"].isna().all()
    assert back["after"].tolist() == ["a", "LOC"]
    counted = drift.summary(twelve, other).set_index(["table", "column"])
    assert counted.loc[("entities", "unit"), ["n", "changed", "share"]].tolist() == [2, 1, 0.5]


def test_words_of_a_contracted_token_are_told_apart(twelve):
    """ل and الرئيس share the letters of للرئيس."""
    tags = twelve.words["upos"].astype("str").mask(twelve.words["form"] == "الرئيس", "X")
    (row,) = drift.drift(twelve, changed(twelve, "words", upos=tags)).itertuples(index=False)
    assert (row.text, row.before, row.after) == ("للرئيس", "NOUN", "X")


def test_missing_and_a_value_differ_and_missing_twice_do_not(twelve):
    feats = pd.Series(["Case=Nom", *[None] * 17], dtype="str")
    (row,) = drift.drift(twelve, changed(twelve, "words", feats=feats)).itertuples(index=False)
    assert (row.column, row.after, pd.isna(row.before)) == ("feats", "Case=Nom", True)


def test_order_of_rows_and_unused_categories_do_not_matter(twelve):
    turned = replace(twelve, words=twelve.words.iloc[::-1], texts=twelve.texts.iloc[::-1])
    found = drift.drift(twelve, turned)
    # only the two words that share a place and come in the other order
    assert set(found["text"]) <= {"للرئيس"}
    kinds = twelve.tokens["kind"].cat.add_categories("odd")
    assert drift.drift(twelve, changed(twelve, "tokens", kind=kinds)).empty


def test_empty_corpora_have_no_drift():
    assert drift.drift(Corpus(), Corpus()).empty
    assert drift.summary(Corpus(), Corpus())["share"].isna().all()


def test_other_documents_are_refused(twelve):
    fewer = replace(twelve, texts=twelve.texts.iloc[:1])
    with pytest.raises(ValueError, match=r"^drift: 1 documents .* first 'b'"):
        drift.drift(twelve, fewer)
    other = changed(twelve, "texts", text=["نص", twelve.texts["text"].iloc[1]])
    with pytest.raises(ValueError, match=r"^drift: the text of 1 documents differs, first 'a'"):
        drift.drift(twelve, other)
