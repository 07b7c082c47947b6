"""The engine: what is sent out, in how many processes, and what becomes of a failure."""

import os
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.annotating import engine
from toolkit.annotating.runners import runner
from toolkit.annotating.work import Document, Done


def documents(*texts, body_start=0):
    return [Document(n, f"d{n}", text, body_start) for n, text in enumerate(texts)]


def upper(chunk):
    return [Done(each.place, each.text.upper().encode(), len(each.text)) for each in chunk]


def process_of(chunk):
    return [Done(each.place, str(os.getpid()).encode(), 1) for each in chunk]


def sleep(chunk):
    time.sleep(60 if chunk[0].text == "late" else 0)
    return upper(chunk)


def by_place(finished):
    return {done.place: done.record for chunk in finished for done in chunk}


@given(st.lists(st.text("ab", max_size=8), max_size=12), st.integers(1, 10))
def test_chunks_hold_all_documents_in_order(texts, size):
    before = engine.CHUNK_CHARACTERS
    engine.CHUNK_CHARACTERS = size
    try:
        found = list(engine.chunks(documents(*texts)))
    finally:
        engine.CHUNK_CHARACTERS = before
    assert [each for chunk in found for each in chunk] == documents(*texts)
    assert all(sum(len(each.text) for each in chunk[:-1]) < size for chunk in found)


def test_several_workers_share_a_small_corpus():
    texts = ["x" * 1000] * 64
    assert len(list(engine.chunks(documents(*texts)))) == 2
    shared = list(engine.chunks(documents(*texts), workers=2))
    assert [len(chunk) for chunk in shared] == [8] * 8
    assert len(list(engine.chunks(documents(*texts[:12]), workers=2))) == 3


@pytest.mark.parametrize("workers", [1, 2])
def test_every_document_comes_back_once(workers, monkeypatch):
    monkeypatch.setattr(engine, "CHUNK_CHARACTERS", 10)
    texts = [f"text {number}" for number in range(30)]
    with runner(workers) as run:
        finished = list(run(engine.chunks(documents(*texts)), upper))
    places = [done.place for chunk in finished for done in chunk]
    assert sorted(places) == list(range(30))
    assert by_place(finished) == {n: text.upper().encode() for n, text in enumerate(texts)}


def test_workers_are_other_processes(monkeypatch):
    monkeypatch.setattr(engine, "CHUNK_CHARACTERS", 1)
    with runner(2) as run:
        processes = set(by_place(run(engine.chunks(documents(*"abcdefgh")), process_of)).values())
        assert str(os.getpid()).encode() not in processes
        again = set(by_place(run(engine.chunks(documents(*"abcdefgh")), process_of)).values())
    assert len(processes | again) <= 2  # they stay for the next call


def test_stopping_in_the_middle_leaves_no_process_behind(monkeypatch):
    monkeypatch.setattr(engine, "CHUNK_CHARACTERS", 1)
    with runner(2) as run:
        next(run(engine.chunks(documents(*map(str, range(50)))), upper))
    left = [each for each in threading.enumerate() if "QueueManager" in each.name]
    for each in left:
        each.join(timeout=20)
    assert not any(each.is_alive() for each in left)


def test_a_stop_ends_the_workers_at_once(monkeypatch):
    monkeypatch.setattr(engine, "CHUNK_CHARACTERS", 1)
    begin, processes = time.monotonic(), []

    def interrupted():
        with runner(2) as run:
            next(run(engine.chunks(documents("now", *["late"] * 8)), sleep))
            processes.extend(run.pool._processes.values())
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    # the thread of the pool waits for them too, so only one of the two learns of an end at once
    while any(process.is_alive() for process in processes) and time.monotonic() - begin < 30:
        time.sleep(0.1)
    assert not any(process.is_alive() for process in processes)
    assert time.monotonic() - begin < 30


def test_key_is_of_text_header_and_settings():
    one = Document(0, "a", "date نص", 5)
    keys = {
        engine.key_of(one, "news"),
        engine.key_of(Document(0, "a", "date نص", 4), "news"),
        engine.key_of(Document(0, "a", "date نصص", 5), "news"),
        engine.key_of(one, "official"),
    }
    assert len(keys) == 4
    assert engine.key_of(Document(7, "other", "date نص", 5), "news") == engine.key_of(one, "news")
