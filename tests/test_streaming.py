"""Texts read part by part: the same as in one table, in little memory."""

import json
import tracemalloc
import warnings

import pandas as pd
import pytest

from toolkit import corpus, pipeline
from toolkit.reading import archives, streaming

FIRST = "وصلت القافلة إلى الواحة مساء أمس."


@pytest.fixture
def small_parts(monkeypatch):
    monkeypatch.setattr(streaming, "MOST_ROWS", 3)


def whole(paths, **options):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return corpus.read_texts(paths, **options)


def fill(folder, number=10):
    for place in range(number):
        text = f"---\ntitle: خبر {place}\nn: {place}\n---\n{FIRST}"
        (folder / f"{place:02}.md").write_text(text, encoding="utf-8")
    rows = "".join(f"د{place},{FIRST}\n" for place in range(5))
    (folder / "t.csv").write_text(f"doc,text\n{rows}x,\n", encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")


@pytest.mark.usefixtures("small_parts")
def test_stream_is_the_table_in_parts(tmp_path):
    fill(tmp_path)
    parts = list(corpus.stream_texts(tmp_path))
    assert [len(part) for part in parts] == [3, 3, 3, 3, 3, 0]
    together = pd.concat(parts, ignore_index=True)
    expected = whole(tmp_path).astype({"n": "str"})
    pd.testing.assert_frame_equal(together[list(expected.columns)], expected, check_like=True)
    rows = [row for part in parts for row in part.attrs["problems"]]
    assert rows == expected.attrs["problems"]


@pytest.mark.usefixtures("small_parts")
def test_problems_after_the_last_text_come_in_a_table_without_rows(tmp_path):
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(FIRST, encoding="utf-8")
    (tmp_path / "d.txt").write_bytes(b"")
    parts = list(corpus.stream_texts(tmp_path))
    assert [len(part) for part in parts] == [3, 0]
    assert corpus.problems(parts[1])["doc"].tolist() == ["d.txt"]


@pytest.mark.usefixtures("small_parts")
def test_docs_are_unique_in_the_whole_stream(tmp_path):
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(f"doc,text\n1,{FIRST}\n2,{FIRST}\n", encoding="utf-8")
    docs = [doc for part in corpus.stream_texts(tmp_path) for doc in part["doc"]]
    assert docs == ["1", "2", "1#2", "2#2"]


def test_names_are_remembered_beyond_those_at_hand():
    names = streaming.Names()
    assert all(names.unique(str(number)) == str(number) for number in range(250_000))
    assert names.unique("7") == "7#2"
    assert names.unique("7") == "7#3"
    assert names.unique("7#2") == "7#2#2"


def test_stream_of_nothing_is_an_error_at_its_end(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"")
    stream = corpus.stream_texts(tmp_path)
    assert len(next(stream)) == 0
    with pytest.raises(
        ValueError, match=r"^stream_texts: 'a.txt' could not be read: the file holds"
    ):
        next(stream)


def test_wrong_arguments_are_refused_at_once(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"^stream_texts: no file or folder"):
        corpus.stream_texts(tmp_path / "gone")
    with pytest.raises(ValueError, match=r"^stream_texts: no encoding"):
        corpus.stream_texts(tmp_path, encoding="utf-9")
    with pytest.raises(ValueError, match=r"^read_texts: text=3 is no column"):
        corpus.read_texts(tmp_path, text=3)


def test_table_that_is_too_large_is_refused_with_advice(tmp_path, monkeypatch):
    monkeypatch.setattr(streaming, "LARGEST_TABLE", 20)
    (tmp_path / "a.txt").write_text(FIRST, encoding="utf-8")
    with pytest.raises(ValueError, match="1 texts of 33 code points are too many for one table"):
        corpus.read_texts(tmp_path)


@pytest.mark.parametrize("name", ["a.txt", "a.docx", "a.html", "a.pdf", "a.xml", "a.conllu"])
def test_file_too_large_for_one_document_is_not_read(tmp_path, monkeypatch, name):
    monkeypatch.setattr(archives, "LARGEST_DOCUMENT", 1_000)
    (tmp_path / name).write_bytes(b"a" * 1_001)
    with pytest.raises(ValueError, match=r"1,001 bytes are more than .* split it, or make it a ta"):
        corpus.read_texts(tmp_path)


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_stream_needs_memory_for_one_part_only(tmp_path, monkeypatch, name):
    monkeypatch.setattr(streaming, "MOST_CHARACTERS", 500_000)
    text = f"{FIRST} " * 30
    with (tmp_path / name).open("w", encoding="utf-8") as file:
        file.write("text\n" if name == "a.csv" else "")
        line = f"{text}\n" if name == "a.csv" else json.dumps({"text": text}) + "\n"
        for _ in range(10_000):
            file.write(line)
    tracemalloc.start()
    rows = sum(len(part) for part in corpus.stream_texts(tmp_path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert rows == 10_000
    # ten million code points, 2 bytes each in memory: 20 MB at once
    assert peak < 12_000_000


@pytest.mark.usefixtures("small_parts")
def test_stream_is_annotated_part_by_part(tmp_path):
    (tmp_path / "texts").mkdir()
    fill(tmp_path / "texts", 4)
    stream = corpus.stream_texts(tmp_path / "texts")
    options = {"cache": False, "progress": False, "entities": False}
    loaded = corpus.load(pipeline.annotate_to(stream, tmp_path / "kept", **options))
    assert loaded.texts["doc"].tolist() == whole(tmp_path / "texts")["doc"].tolist()
    assert loaded.texts["title"].notna().sum() == 4
    assert loaded.problems["what"].tolist() == ["empty", "empty"]
