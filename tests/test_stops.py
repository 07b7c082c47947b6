"""Ctrl-C: what is said to be kept is kept, and what the same call does then is said."""

import pytest
from test_keeping import SENTENCES, texts_of

from toolkit import corpus, pipeline
from toolkit.annotating import engine, pieces, worker
from toolkit.keeping import cache, storage

ANNOTATE = worker.annotate


@pytest.fixture(autouse=True)
def one_by_one(monkeypatch):
    monkeypatch.setattr(engine, "CHUNK_CHARACTERS", 1)


@pytest.fixture
def stop_at(monkeypatch):
    """Have Ctrl-C come when the models are given a document."""

    def stop(doc):
        def annotate(how, documents):
            if documents[0].doc == doc:
                raise KeyboardInterrupt
            return ANNOTATE(how, documents)

        monkeypatch.setattr(worker, "annotate", annotate)

    return stop


def note_of(call, *arguments, **options):
    with pytest.raises(KeyboardInterrupt) as stopped:
        call(*arguments, **options)
    (note,) = stopped.value.__notes__
    return note


def test_without_a_cache_nothing_is_said_to_be_kept(stop_at):
    stop_at("d3")
    note = note_of(pipeline.annotate, texts_of(SENTENCES), cache=False)
    assert note == "annotate: nothing is kept, as no cache is used; the same call begins anew."


def test_a_document_that_failed_does_not_count_as_kept(stop_at, tmp_path, monkeypatch):
    run = worker.Stages.run

    def fail(self, batch, **options):
        if any("موسكو" in piece.text for piece in batch):
            raise RuntimeError("no room")
        return run(self, batch, **options)

    monkeypatch.setattr(worker.Stages, "run", fail)
    stop_at("d3")
    note = note_of(pipeline.annotate, texts_of(SENTENCES), cache=tmp_path)
    assert note.startswith("annotate: 2 of 6 texts are finished and kept in ")  # d0 and d2
    assert note.endswith("; the same call goes on from there.")


def test_equal_texts_are_all_kept(stop_at, tmp_path):
    stop_at("d4")
    texts = texts_of([SENTENCES[0], SENTENCES[0], SENTENCES[1], SENTENCES[0], SENTENCES[2]])
    note = note_of(pipeline.annotate, texts, cache=tmp_path)
    assert note.startswith("annotate: 4 of 5 texts are finished and kept in ")


def test_texts_of_all_parts_are_counted(stop_at, tmp_path, monkeypatch):
    monkeypatch.setattr(pieces, "SLICE_CHARACTERS", 60)
    stop_at("d5")
    given = (texts_of(SENTENCES).iloc[first : first + 3] for first in (0, 3))
    note = note_of(pipeline.annotate_to, given, tmp_path / "news", cache=tmp_path / "kept")
    assert note.startswith("annotate: 5 texts are finished and kept in ")


def test_a_stop_while_a_part_is_written_says_what_is_kept(tmp_path, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(storage, "write_table", stop)
        note = note_of(
            pipeline.annotate_to,
            texts_of(SENTENCES),
            tmp_path / "news",
            cache=tmp_path / "kept",
        )
    assert note.startswith("annotate: 6 of 6 texts are finished and kept in ")
    monkeypatch.setattr(worker, "load", None)
    again = texts_of(SENTENCES), tmp_path / "news"
    assert len(corpus.load(pipeline.annotate_to(*again, cache=tmp_path / "kept")).texts) == 6


def test_a_cache_that_could_not_be_made_keeps_nothing(stop_at, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    stop_at("d3")
    with pytest.warns(cache.CacheWarning, match="cache: "):
        note = note_of(pipeline.annotate, texts_of(SENTENCES), cache=tmp_path / "file" / "below")
    assert note.startswith("annotate: nothing is kept in ")
    assert note.endswith("; the same call begins anew.")


def test_what_a_cache_no_longer_takes_is_not_counted(stop_at, tmp_path, monkeypatch):
    add = engine.Progress.add
    seen = []

    def full(self, *_, **__):
        self._file._stop_writing(OSError(28, "No space left on device"))

    def fill(bar, some):
        add(bar, some)
        seen.extend(some)
        if len(seen) == 2:
            monkeypatch.setattr(cache.Cache, "put", full)

    monkeypatch.setattr(engine.Progress, "add", fill)
    stop_at("d4")
    with pytest.warns(cache.CacheWarning, match="No space left"):
        note = note_of(pipeline.annotate, texts_of(SENTENCES), cache=tmp_path)
    assert note.startswith("annotate: 2 of 6 texts are finished and kept in ")
    with cache.Cache(tmp_path) as kept:
        assert sum(1 for _ in kept._file._connection.execute("SELECT key FROM records")) == 2
