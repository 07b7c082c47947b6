"""Workers that die, and errors that cannot be sent back: what is lost, and what is said."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from test_keeping import SENTENCES, assert_same, texts_of

from toolkit import pipeline
from toolkit.annotating import worker
from toolkit.annotating.runners import runner
from toolkit.annotating.work import Document, Done

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
ANNOTATE = worker.annotate
DEADLY = "الفريق"


def documents(*texts):
    return [Document(n, f"d{n}", text, 0) for n, text in enumerate(texts)]


def upper(chunk):
    return [Done(each.place, each.text.upper().encode(), len(each.text)) for each in chunk]


def die(chunk):
    if any(each.text.startswith("die") for each in chunk):
        os.kill(os.getpid(), signal.SIGKILL)
    return upper(chunk)


def die_once(chunk):
    """Ends the first process that is given a text which is the name of a file."""
    for each in chunk:
        if each.text.startswith("/") and not Path(each.text).exists():
            Path(each.text).touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return upper(chunk)


def die_annotating(how, chunk):
    if any(DEADLY in each.text for each in chunk):
        os.kill(os.getpid(), signal.SIGKILL)
    return ANNOTATE(how, chunk)


class NeedsTwo(Exception):
    """Cannot be made anew from its arguments, as pickle does."""

    def __init__(self, one, two):
        super().__init__(f"{one} and {two}")


def fail(chunk):
    raise NeedsTwo("this", "that")


def by_place(finished):
    return {done.place: done for chunk in finished for done in chunk}


def in_chunks(size, *texts):
    given = documents(*texts)
    return [given[begin : begin + size] for begin in range(0, len(given), size)]


def test_a_document_that_ends_its_worker_is_a_problem_and_no_other_is_lost():
    texts = ["a", "b", "c", "d", "die", "f", "g", "h", "i", "j", "k"]
    with runner(2) as run:
        chunks = list(run(in_chunks(3, *texts), die))
        again = by_place(run(in_chunks(3, "l", "m"), die))
    assert sorted(done.place for chunk in chunks for done in chunk) == list(range(11))
    found = by_place(chunks)
    assert (found[4].record, found[4].what) == (None, "worker died")
    assert "pass fewer workers" in found[4].detail
    assert [found[n].record for n in range(11) if n != 4] == [
        text.upper().encode() for text in texts if text != "die"
    ]
    assert [done.record for done in again.values()] == [b"L", b"M"]


def test_a_worker_that_is_killed_from_outside_loses_nothing(tmp_path):
    texts = ["a", "b", str(tmp_path / "killed"), "d", "e", "f"]
    with runner(2) as run:
        found = by_place(run(in_chunks(2, *texts), die_once))
    assert (tmp_path / "killed").exists()
    assert [found[n].record for n in range(6)] == [text.upper().encode() for text in texts]


def test_workers_that_die_one_after_the_other_are_a_clear_error():
    with (
        pytest.raises(
            ChildProcessError, match=r"^annotate: a worker process ended .*fewer workers"
        ),
        runner(2) as run,
    ):
        list(run(in_chunks(10, *["die"] * 10), die))


def test_workers_that_cannot_be_started_are_a_clear_error(tmp_path):
    script = tmp_path / "run.py"
    lines = [
        "from toolkit.annotating.runners import runner",
        "with runner(2) as run:",
        "    list(run([[1], [2]], print))",
    ]
    script.write_text("\n".join(lines), encoding="utf-8")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    # Python may write of what the dead workers held behind it
    begins = "ChildProcessError: annotate: a worker process ended"
    (said,) = [line for line in done.stderr.splitlines() if line.startswith(begins)]
    assert '`if __name__ == "__main__":`' in said


def test_an_error_that_cannot_be_sent_back_is_said():
    with pytest.raises(RuntimeError, match=r"^NeedsTwo: this and that$"), runner(2) as run:
        list(run(in_chunks(1, "a"), fail))


def test_a_text_that_ends_its_worker_is_a_problem_of_a_corpus_that_is_whole(tmp_path, monkeypatch):
    texts = texts_of(SENTENCES)
    expected = pipeline.annotate(texts, cache=False)
    with monkeypatch.context() as patch:
        patch.setattr(worker, "annotate", die_annotating)
        with pytest.warns(UserWarning, match="1 of 6 texts could not be annotated, first 'd4'"):
            found = pipeline.annotate(texts, cache=tmp_path, workers=2)
    assert found.problems[["doc", "stage", "what"]].to_numpy().tolist() == [
        ["d4", "annotate", "worker died"]
    ]
    rest = expected.words[expected.words["doc"] != "d4"]
    assert found.words["form"].tolist() == rest["form"].tolist()
    sent = []

    def noted(how, chunk):
        sent.extend(document.doc for document in chunk)
        return ANNOTATE(how, chunk)

    monkeypatch.setattr(worker, "annotate", noted)
    assert_same(pipeline.annotate(texts, cache=tmp_path), expected)
    assert sent == ["d4"]
