"""Annotation on a Dask cluster: the same corpus, and nothing lost or twice when a worker dies."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import dask
import pytest
from distributed import Client, LocalCluster
from test_keeping import SENTENCES, assert_same, texts_of

from toolkit import pipeline
from toolkit.annotating import engine
from toolkit.annotating.runners import is_client, runner
from toolkit.annotating.work import Document, Done

HERE = Path(__file__).parent
PATIENCE = 60  # seconds for processes to start


@pytest.fixture(scope="module")
def texts():
    return texts_of([f"{sentence} ثم عاد {n}." for n, sentence in enumerate(SENTENCES * 4)])


def test_a_local_cluster_gives_the_same(texts, monkeypatch):
    monkeypatch.setattr(engine, "CHUNK_CHARACTERS", 150)
    expected = pipeline.annotate(texts, cache=False)
    with (
        LocalCluster(
            n_workers=1, threads_per_worker=2, processes=True, dashboard_address=None
        ) as cluster,
        Client(cluster) as client,
    ):
        assert_same(pipeline.annotate(texts, workers=client, cache=False), expected)


def test_a_closed_client_is_said_to_be_one():
    with LocalCluster(n_workers=1, processes=False, dashboard_address=None) as cluster:
        client = Client(cluster)
        assert is_client(client)
        assert not is_client(cluster)
        client.close()
        with pytest.raises(ChildProcessError, match=r"^annotate: the Dask client is closed"):
            pipeline.annotate(texts_of(SENTENCES), workers=client, cache=False)


def test_only_a_client_is_one():
    assert not is_client(2)
    assert not is_client("client")
    assert not is_client(None)


@pytest.fixture
def processes(tmp_path):
    """A scheduler and two workers, each a process of its own, and a client."""
    where = tmp_path / "scheduler.json"
    environment = {**os.environ, "PYTHONPATH": str(HERE)}
    dask = [sys.executable, "-m", "dask"]
    quiet = {"env": environment, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    at = ["--host", "127.0.0.1", "--no-dashboard"]
    started = [
        subprocess.Popen(
            [*dask, "scheduler", *at, "--port", "0", "--scheduler-file", str(where)], **quiet
        )
    ]
    file = ["--scheduler-file", str(where), "--nthreads", "1", "--no-nanny"]
    started += [subprocess.Popen([*dask, "worker", *file, *at], **quiet) for _ in range(2)]
    try:
        end = time.monotonic() + PATIENCE
        while not where.exists() and time.monotonic() < end:
            time.sleep(0.1)
        with Client(scheduler_file=str(where)) as client:
            client.wait_for_workers(2, timeout=PATIENCE)
            yield client, started[1:]
    finally:
        for process in started:
            process.kill()
            process.wait()


def slow(chunk):
    """Says in a file which documents it was given, then takes its time."""
    for document in chunk:
        folder, _, _ = document.text.rpartition("/")
        Path(folder, f"{document.place}-{os.getpid()}-{time.time_ns()}").touch()
    time.sleep(0.1)
    return [Done(each.place, each.text.encode(), 1) for each in chunk]


def test_a_lost_worker_loses_nothing_and_gives_nothing_twice(processes, tmp_path):
    client, workers = processes
    folder = tmp_path / "sent"
    folder.mkdir()
    documents = [Document(n, f"d{n}", f"{folder}/{n}", 0) for n in range(40)]
    places = []
    with runner(client) as run:
        for number, some in enumerate(run(([each] for each in documents), slow)):
            places += [done.place for done in some]
            if number == 8:
                workers[0].send_signal(signal.SIGKILL)
    assert sorted(places) == list(range(40))
    sent = [path.name.split("-")[:2] for path in folder.iterdir()]
    assert len({process for _, process in sent}) == 2
    assert {int(place) for place, _ in sent} == set(range(40))
    assert len(sent) <= 40 + 6  # what the lost one had finished or begun is all that is done again


def test_annotation_outlives_a_worker(processes, texts, monkeypatch):
    client, workers = processes
    monkeypatch.setattr(engine, "CHUNK_CHARACTERS", 1)
    expected = pipeline.annotate(texts, cache=False)
    add = engine.Progress.add
    seen = []

    def kill_one(bar, some):
        seen.extend(some)
        if len(seen) == 5:
            workers[1].send_signal(signal.SIGKILL)
        add(bar, some)

    monkeypatch.setattr(engine.Progress, "add", kill_one)
    assert_same(pipeline.annotate(texts, workers=client, cache=False), expected)
    assert sorted(done.place for done in seen) == list(range(len(texts)))


def die(chunk):
    if any(each.text == "die" for each in chunk):
        os.kill(os.getpid(), signal.SIGKILL)
    return [Done(each.place, each.text.encode(), 1) for each in chunk]


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_document_that_ends_its_workers_is_a_problem_and_no_other_is_lost():
    texts = ["a", "b", "die", "d", "e", "f"]
    given = [Document(n, f"d{n}", text, 0) for n, text in enumerate(texts)]
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        LocalCluster(
            n_workers=1, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        Client(cluster) as client,
        runner(client) as run,
    ):
        chunks = list(run([given[:4], given[4:]], die))
    assert sorted(done.place for chunk in chunks for done in chunk) == list(range(6))
    found = {done.place: done for chunk in chunks for done in chunk}
    assert (found[2].record, found[2].what) == (None, "worker died")
    assert [found[n].record for n in range(6) if n != 2] == [b"a", b"b", b"d", b"e", b"f"]
