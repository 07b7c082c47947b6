"""Tables of texts that are refused before a model is loaded."""

import datetime

import pandas as pd
import pytest
from test_keeping import SENTENCES, texts_of

from toolkit import corpus, pipeline
from toolkit.annotating import worker


@pytest.fixture
def no_models(monkeypatch):
    monkeypatch.setattr(worker, "load", None)


def with_column(*cells):
    return texts_of(SENTENCES[: len(cells)]).assign(n=pd.Series(cells, dtype="object"))


UNWRITABLE = [
    ((1, "two"), r"\(int, str\) cannot be written \(Could not convert 'two'"),
    (({"a": 1}, "b"), r"\(dict, str\) cannot be written \(cannot mix struct"),
    ((b"one", "two"), r"\(bytes, str\) cannot be written \(all of it would become bytes\)"),
    ((["a"], [1]), r"\(list\) cannot be written \(Could not convert 'a'"),
    (({}, {}), r"\(dict\) cannot be written \(Cannot write struct type 'n' with no child"),
    ((2**70, 1), r"\(int\) cannot be written \(Python int too large"),
    ((datetime.date(2025, 1, 1), "x"), r"\(date, str\) cannot be written"),
    (("\ud800", "a"), r"\(str\) cannot be written \('utf-8' codec"),
    ((object(), None), r"\(object\) cannot be written"),
]


@pytest.mark.parametrize(("cells", "message"), UNWRITABLE)
def test_metadata_that_no_file_holds_is_refused_at_once(cells, message, no_models, tmp_path):
    texts = with_column(*cells)
    said = rf"the column 'n' of texts {message}.*Make its cells of one type"
    with pytest.raises(ValueError, match=f"^annotate: {said}"):
        pipeline.annotate(texts, cache=False)
    with pytest.raises(ValueError, match=f"^annotate_to: {said}"):
        pipeline.annotate_to(texts, tmp_path / "news", cache=False)
    assert list(tmp_path.iterdir()) == []


def test_two_columns_of_one_name_are_refused(no_models):
    texts = pd.DataFrame([["a", "نص", 1, 2]], columns=["doc", "text", "n", "n"])
    with pytest.raises(ValueError, match=r"^annotate: the texts have two columns 'n'; rename one"):
        pipeline.annotate(texts, cache=False)


@pytest.mark.parametrize(
    "cells",
    [(1, None), ("a", None), (None, None), (1, 2.5), (b"a", b"b"), (["a"], ["b", "c"])],
)
def test_other_metadata_are_saved_and_come_back(cells, tmp_path):
    found = pipeline.annotate(with_column(*cells))
    back = corpus.load(corpus.save(found, tmp_path / "news")).texts["n"]
    assert [None if value is None else value for value in map(plain, back)] == list(cells)


def plain(value):
    if isinstance(value, (bytes, str)):
        return value
    if hasattr(value, "tolist"):
        return value.tolist()
    return None if pd.isna(value) else value


def test_a_wrong_header_beside_right_ones_is_a_problem_and_the_corpus_can_be_saved(tmp_path):
    texts = texts_of(SENTENCES[:2]).assign(body_start=pd.Series([0, "two"], dtype="object"))
    found = pipeline.annotate(texts)
    assert found.problems[["doc", "what"]].to_numpy().tolist() == [["d1", "header"]]
    assert "two" in found.problems["detail"].iloc[0]
    back = corpus.load(corpus.save(found, tmp_path / "news")).texts["body_start"]
    assert back[0] == 0
    assert pd.isna(back[1])
