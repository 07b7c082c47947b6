"""What a GPU has room for, on a machine without one: its memory is told, or said to be short."""

from collections import Counter

import pytest
import torch

from toolkit import models
from toolkit.annotating import devices, loading, tokeniser, vectors
from toolkit.annotating.devices import BYTES_AT_ONCE, MOST_TIMES, Room
from toolkit.annotating.recogniser import Recogniser, best_tags
from toolkit.annotating.tagger import Tagger
from toolkit.annotating.tokeniser import Tokeniser

SENTENCES = [
    sentence.split()
    for sentence in (
        "وصل الرئيس السوري بشار الأسد إلى موسكو صباح اليوم",
        "قالت وزارة الدفاع إن الوفد غادر",
        "نعم",
        "كتب التلاميذ درسهم الأول في مدرسة المدينة",
        "عاد الفريق إلى القاهرة",
    )
]
PARAGRAPHS = [" ".join(sentence) + "." for sentence in SENTENCES]


@pytest.fixture(scope="module")
def processors():
    found = models.resolve("news")
    return loading.stanza_pipeline(found.folder, found.package).processors


@pytest.mark.parametrize(
    ("free", "times"),
    [
        (0, 1),
        (2 * BYTES_AT_ONCE - 2, 1),
        (6 * BYTES_AT_ONCE, 3),
        (1000 * BYTES_AT_ONCE, MOST_TIMES),
    ],
)
def test_batches_grow_with_the_free_memory_of_a_gpu(free, times, monkeypatch):
    total = 2000 * BYTES_AT_ONCE
    monkeypatch.setattr(torch.cuda, "mem_get_info", lambda device: (free, total))
    assert Room(torch.device("cuda")).times == times
    assert Room(torch.device("cpu")).times == Room().times == 1


def short_of(memory):
    """Reads a batch of so many at most; how large those were that it was given."""
    given = []

    def read(batch):
        given.append(len(batch))
        if len(batch) > memory:
            raise torch.OutOfMemoryError("CUDA out of memory.")
        return [10 * each for each in batch]

    return read, given


def test_a_batch_that_is_too_large_is_read_in_halves_in_order():
    read, given = short_of(3)
    room = Room()
    room.times = 5
    found = list(room.read(read, list(range(10))))
    assert given == [10, 5, 2, 3, 5, 2, 3]
    assert [part for part, _ in found] == [[0, 1], [2, 3, 4], [5, 6], [7, 8, 9]]
    assert [each for _, said in found for each in said] == list(range(0, 100, 10))
    assert room.times == 1  # halved three times: later batches are smaller from the beginning


def test_a_single_item_for_which_memory_is_short_is_an_error():
    read, _ = short_of(0)
    with pytest.raises(torch.OutOfMemoryError):
        list(Room().read(read, [1, 2]))


@pytest.mark.parametrize("build", ["tokenize", "pos", "ner"])
def test_answers_are_the_same_whatever_there_is_room_for(build, processors, monkeypatch):
    made = {"tokenize": Tokeniser, "pos": Tagger, "ner": Recogniser}[build](processors[build])
    ask = {"tokenize": "tokens", "pos": "tags"}.get(build)
    ask = getattr(made, ask) if ask else lambda some: best_tags(made, made.scores(some))
    asked = PARAGRAPHS if build == "tokenize" else SENTENCES
    expected = ask(asked)
    step = {"tokenize": "_read", "pos": "_tagged", "ner": "_scored"}[build]
    read = getattr(made, step)
    sizes = Counter()

    def short(rows, batch):
        if len(batch) > 2:
            raise torch.OutOfMemoryError("CUDA out of memory.")
        sizes[len(batch)] += 1
        return read(rows, batch)

    monkeypatch.setattr(made, step, short)
    made.room.times = MOST_TIMES
    assert ask(asked) == expected
    assert sum(size * number for size, number in sizes.items()) == 5
    assert made.room.times == 1


def test_vectors_are_the_same_whatever_there_is_room_for(processors, monkeypatch):
    tagger = Tagger(processors["pos"])
    expected = tagger.tags(SENTENCES)
    again = Tagger(processors["pos"])
    compute = again.vectors.compute

    def short(forms):
        if len(forms) > 4:
            raise torch.OutOfMemoryError("CUDA out of memory.")
        return compute(forms)

    monkeypatch.setattr(again.vectors, "compute", short)
    assert again.tags(SENTENCES) == expected


def test_batches_are_as_many_times_as_large(monkeypatch):
    monkeypatch.setattr(vectors, "WORDS_AT_ONCE", 10)
    assert [len(batch) for batch in vectors.batches([5] * 12)] == [2] * 6
    assert [len(batch) for batch in vectors.batches([5] * 12, 3)] == [6] * 2
    windows = [tokeniser.Window(n, 0, 10, 10) for n in range(12)]
    assert [len(batch) for batch in tokeniser._batches(windows, 60)] == [6] * 2
    assert devices.device_of("cpu") == "cpu"
