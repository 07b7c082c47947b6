"""Runs that are killed at any moment: `make test-slow` kills fifty, the usual tests three."""

import os
import random
import subprocess
import sys
import textwrap
import time

import psutil
import pytest
from test_keeping import SENTENCES, records_in, texts_of

from toolkit import corpus, pipeline
from toolkit.annotating import engine, worker
from toolkit.keeping import database

COPIES = 12  # texts, so that the run takes about a second

RUN = """
import sys
import pandas as pd
from toolkit import pipeline
from toolkit.annotating import engine
engine.CHUNK_CHARACTERS = 100
texts = pd.read_parquet(sys.argv[1])
pipeline.annotate(texts.iloc[:1], cache=False)
print("ready", flush=True)
if sys.argv[3] == "memory":
    pipeline.annotate(texts, cache=sys.argv[2])
else:
    pipeline.annotate_to(texts, sys.argv[3], cache=sys.argv[2])
print("done", flush=True)
"""


@pytest.fixture(scope="module")
def texts():
    sentences = [f"{each} ورقمه {number}." for number in range(COPIES) for each in SENTENCES]
    return texts_of(sentences)


@pytest.fixture(scope="module")
def run(texts, tmp_path_factory):
    """Start a run that is ready to annotate; the texts and the script of all runs."""
    folder = tmp_path_factory.mktemp("runs")
    texts.to_parquet(folder / "texts.parquet")
    (folder / "run.py").write_text(textwrap.dedent(RUN), encoding="utf-8")

    def start(cache, to="memory"):
        process = subprocess.Popen(
            [sys.executable, folder / "run.py", folder / "texts.parquet", cache, to],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout.readline() == "ready\n"
        return process

    return start


@pytest.fixture(scope="module")
def undisturbed(texts, run, tmp_path_factory):
    """What a run that is not disturbed saves, file by file, and the seconds that it takes."""
    process = run(tmp_path_factory.mktemp("undisturbed"))
    begin = time.monotonic()
    assert process.communicate()[0] == "done\n"
    seconds = time.monotonic() - begin
    return saved(pipeline.annotate(texts, cache=False), tmp_path_factory), seconds


def saved(found, tmp_path_factory):
    folder = corpus.save(found, tmp_path_factory.mktemp("saved") / "corpus")
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def check(texts, run, undisturbed, tmp_path, tmp_path_factory, monkeypatch, share):
    """Kill a run after a share of its time, and run again."""
    expected, seconds = undisturbed
    process = run(tmp_path / "kept")
    time.sleep(share * seconds)
    process.kill()
    process.wait()
    kept = tmp_path / "kept" / database.FILE
    there = records_in(kept) if kept.exists() else 0
    sent = []
    annotate = worker.annotate

    def noted(how, documents):
        sent.extend(document.doc for document in documents)
        return annotate(how, documents)

    monkeypatch.setattr(engine, "CHUNK_CHARACTERS", 100)
    monkeypatch.setattr(worker, "annotate", noted)
    found = pipeline.annotate(texts, cache=tmp_path / "kept")
    assert saved(found, tmp_path_factory) == expected
    assert len(sent) == len(texts) - there


@pytest.mark.parametrize("share", [0.05, 0.4, 0.8])
def test_a_killed_run_goes_on(
    texts, run, undisturbed, tmp_path, tmp_path_factory, monkeypatch, share
):
    check(texts, run, undisturbed, tmp_path, tmp_path_factory, monkeypatch, share)


@pytest.mark.slow
@pytest.mark.parametrize("moment", range(50))
def test_fifty_killed_runs_go_on(
    texts, run, undisturbed, tmp_path, tmp_path_factory, monkeypatch, moment
):
    share = random.Random(moment).uniform(0, 1.1)
    check(texts, run, undisturbed, tmp_path, tmp_path_factory, monkeypatch, share)


@pytest.mark.slow
@pytest.mark.parametrize("moment", range(10))
def test_a_killed_run_leaves_the_old_corpus_whole(texts, run, undisturbed, tmp_path, moment):
    _, seconds = undisturbed
    pipeline.annotate_to(texts.iloc[:3], tmp_path / "news", cache=False)
    process = run(tmp_path / "kept", str(tmp_path / "news"))
    time.sleep(random.Random(moment).uniform(0.2, 1.6) * seconds)
    process.kill()
    process.wait()
    found = corpus.load(tmp_path / "news")
    assert len(found.texts) in (3, len(texts))


WORKERS = """
import time
from toolkit.annotating import runners
if __name__ == "__main__":
    with runners.runner(2) as run:
        print("begun", flush=True)
        list(run([60, 60, 60, 60], time.sleep))
"""


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_workers_end_when_their_parent_is_killed(tmp_path):
    script = tmp_path / "run.py"
    script.write_text(WORKERS, encoding="utf-8")
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout.readline() == "begun\n"
        parent, until = psutil.Process(run.pid), time.monotonic() + 60
        while len(workers := working(parent)) < 2 and time.monotonic() < until:
            time.sleep(0.1)
        assert len(workers) == 2
        run.kill()
    _, alive = psutil.wait_procs(workers, timeout=30)
    assert alive == []


def working(parent):
    """The processes that have begun to work: they have a thread that looks after the parent."""
    return [each for each in parent.children(recursive=True) if each.num_threads() > 1]
