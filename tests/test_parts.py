"""Annotation into a folder, part by part: the same corpus as in memory, however it is cut."""

import os

import dask.dataframe
import pandas as pd
import pytest
from filelock import FileLock
from test_keeping import SENTENCES, assert_same, texts_of

from toolkit import corpus, counts, pipeline
from toolkit.annotating import pieces, repeated_names, worker
from toolkit.keeping import storage


@pytest.fixture(scope="module")
def texts():
    """Names in spellings that compete across documents, and two documents that have no words."""
    sentences = [*SENTENCES, "زار احمد القاهرة.", "وصل أحمد إلى القاهره.", "عاد أحمد من دمشق.", " "]
    return texts_of([*sentences, None]).assign(section=[*"aaabbbccc", "c", None])


@pytest.fixture(scope="module")
def whole(texts):
    return pipeline.annotate(texts, cache=False)


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(pieces, "SLICE_CHARACTERS", 60)


def parts_of(folder, table):
    return sorted(path.name for path in (folder / table).iterdir())


def test_parts_together_are_the_corpus_that_annotate_gives(texts, whole, small, tmp_path):
    folder = pipeline.annotate_to(texts, tmp_path / "news", cache=False)
    assert parts_of(folder, "words") == [f"{number:05}.parquet" for number in range(5)]
    assert_same(corpus.load(folder), whole)
    assert len(whole.problems) == 2


def test_tables_one_after_the_other_are_one_corpus(texts, whole, tmp_path):
    given = (texts.iloc[first : first + 4] for first in range(0, len(texts), 4))
    folder = pipeline.annotate_to(given, tmp_path / "news", cache=False, workers=2)
    assert parts_of(folder, "texts") == ["00000.parquet", "00001.parquet", "00002.parquet"]
    assert_same(corpus.load(folder), whole)


def test_names_are_spelt_alike_in_all_parts(texts, small, tmp_path):
    folder = pipeline.annotate_to(texts, tmp_path / "news", cache=False)
    names = [
        name
        for part in parts_of(folder, "entities")
        for name in pd.read_parquet(folder / "entities" / part)["name"]
    ]
    assert "احمد" not in names
    assert "القاهره" not in names
    assert names.count("القاهرة") == 3


def test_problems_of_reading_stand_once_before_those_of_annotation(small, tmp_path):
    (tmp_path / "texts").mkdir()
    for number, sentence in enumerate([*SENTENCES, "latin only"]):
        (tmp_path / f"texts/{number}.txt").write_text(sentence, encoding="utf-8")
    (tmp_path / "texts/broken.bin").write_bytes(b"\0")
    with pytest.warns(UserWarning, match="1 of 8 files were not read"):
        texts = corpus.read_texts(tmp_path / "texts")
    folder = pipeline.annotate_to(texts, tmp_path / "news", cache=False)
    expected = pipeline.annotate(texts, cache=False)
    assert_same(corpus.load(folder), expected)
    assert expected.problems["stage"].tolist() == ["read", "annotate"]


def test_a_corpus_is_replaced_and_anything_else_refused(texts, whole, tmp_path):
    folder = corpus.save(whole, tmp_path / "news")
    pipeline.annotate_to(texts.iloc[:2], folder, cache=False)
    assert len(corpus.load(folder).texts) == 2
    corpus.save(whole, folder)
    assert_same(corpus.load(folder), whole)
    (folder / "words").mkdir()
    (folder / "words/notes.txt").write_text("mine")
    with pytest.raises(ValueError, match="'words' is in it"):
        pipeline.annotate_to(texts, folder, cache=False)
    assert (folder / "words/notes.txt").read_text() == "mine"


def test_a_run_that_fails_leaves_the_old_corpus(texts, whole, small, tmp_path, monkeypatch):
    folder = corpus.save(whole, tmp_path / "news")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storage, "write_table", full)
    with pytest.raises(OSError, match="No space left"):
        pipeline.annotate_to(texts, folder, cache=False)
    assert_same(corpus.load(folder), whole)
    assert [path.name for path in tmp_path.iterdir()] == ["news"]


def test_a_document_in_two_tables_is_refused(texts, tmp_path):
    with pytest.raises(ValueError, match=r"^annotate_to: doc 'd1' occurs in two tables; make doc"):
        pipeline.annotate_to([texts.iloc[:3], texts.iloc[1:2]], tmp_path / "news", cache=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("texts", [[], texts_of([" ", "latin"])])
def test_nothing_to_annotate_is_refused(texts, tmp_path):
    with pytest.raises(ValueError, match=r"^annotate_to: no text to annotate"):
        pipeline.annotate_to(texts, tmp_path / "news", cache=False)
    assert list(tmp_path.iterdir()) == []


def test_a_long_document_comes_in_parts_of_a_record_and_is_whole(monkeypatch):
    text = "\n".join(SENTENCES * 3)
    expected = pipeline.annotate(texts_of([text, *SENTENCES]), cache=False)
    monkeypatch.setattr(pieces, "BATCH_CHARACTERS", 50)
    found = pipeline.annotate(texts_of([text, *SENTENCES]), cache=False)
    assert_same(found, expected)
    first = found.sentences[found.sentences["doc"] == "d0"]
    assert first["sent"].tolist() == list(range(1, 19))


def test_of_a_long_document_only_what_tells_names_and_dates_is_held(monkeypatch):
    """The other columns of its words, which are most of the memory, are packed away."""
    monkeypatch.setattr(pieces, "BATCH_CHARACTERS", 50)
    monkeypatch.setattr(repeated_names, "STRETCH", 50)
    held, tables = [], worker._Growing.tables

    def noted(growing):
        held.append(tables(growing))
        assert len(growing.finished) > 3
        return held[-1]

    monkeypatch.setattr(worker._Growing, "tables", noted)
    found = pipeline.annotate(texts_of(["\n".join(SENTENCES * 3)]), cache=False)
    columns = ["sent", "token", "word", "form", "start", "end"]
    assert held[0]["words"].column_names == columns
    assert held[0]["words"].to_pydict() == found.words[columns].to_dict("list")
    assert held[0]["sentences"].to_pydict() == found.sentences[["sent", "start", "end"]].to_dict(
        "list"
    )
    assert "tokens" not in held[0]


def test_equal_texts_are_annotated_once_without_a_cache_too(monkeypatch):
    sent, annotate = [], worker.annotate

    def noted(how, documents):
        sent.extend(document.doc for document in documents)
        return annotate(how, documents)

    monkeypatch.setattr(worker, "annotate", noted)
    found = pipeline.annotate(texts_of([SENTENCES[0], SENTENCES[1], SENTENCES[0]]), cache=False)
    assert sent == ["d0", "d1"]
    forms = found.tokens.groupby("doc", observed=True)["form"].apply(list)
    assert forms["d0"] == forms["d2"] != forms["d1"]


def uneven():
    """A part with few forms and no names before one with many, and columns that only one has."""
    few = texts_of(["نعم نعم."]).assign(doc=["a"], section=["x"])
    words = " ".join(f"كتاب{number}" for number in range(300))
    many = texts_of([*SENTENCES, f"{words}."]).assign(date="2025-01-01")
    return [few, many]


def test_parts_of_any_size_are_read_as_one_table(tmp_path):
    folder = pipeline.annotate_to(uneven(), tmp_path / "news", cache=False)
    expected = pipeline.annotate(pd.concat(uneven(), ignore_index=True), cache=False)
    found = corpus.load(folder)
    for name in ("sentences", "tokens", "words"):
        table = getattr(expected, name)
        pd.testing.assert_frame_equal(getattr(found, name), table)
        read = pd.read_parquet(folder / name)
        assert read.astype("object").equals(table.astype("object")), name
        lazy = dask.dataframe.read_parquet(folder / name)
        assert lazy.columns.tolist() == table.columns.tolist()
        assert len(lazy[["doc"]].compute()) == len(table)
    lazy = dask.dataframe.read_parquet(folder / "words")
    pd.testing.assert_frame_equal(
        counts.frequencies(lazy, by="upos"), counts.frequencies(expected.words, by="upos")
    )
    assert found.texts["date"].isna().tolist() == [True] + [False] * 7
    assert found.texts["section"].isna().tolist() == [False] + [True] * 7
    assert found.texts["doc"].tolist() == expected.texts["doc"].tolist()


def test_parts_without_names_are_those_of_annotate(texts, small, tmp_path):
    folder = pipeline.annotate_to(texts, tmp_path / "news", cache=False, entities=False)
    assert_same(corpus.load(folder), pipeline.annotate(texts, cache=False, entities=False))


def test_what_a_killed_run_left_is_taken_away(texts, tmp_path):
    left, alive = tmp_path / ".news-killed", tmp_path / ".news-alive"
    for folder in (left, alive):
        (folder / "new").mkdir(parents=True)
        (folder / storage.LOCK).touch()
        os.utime(folder, (0, 0))
    with FileLock(alive / storage.LOCK):
        pipeline.annotate_to(texts.iloc[:1], tmp_path / "news", cache=False)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".news-alive", "news"]
