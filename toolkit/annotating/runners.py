"""Where documents are annotated: in this process, in worker processes, or on a Dask cluster.

A runner is called with chunks of documents and the function that annotates one, and gives what is
finished, in any order. It is opened once for many calls, so that workers keep their models.
"""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Protocol

WAITING = 3  # chunks that are sent to each worker before it asks
RETRIES = 3  # of a chunk whose Dask worker was lost


@dataclass(frozen=True)
class Document:
    """A document as it is sent to the models."""

    place: int
    doc: str
    text: str
    body_start: int
    day: str = ""  # ISO, where it is known

    def __len__(self) -> int:
        """Code points of the body."""
        return len(self.text) - self.body_start


@dataclass(frozen=True)
class Done:
    """A document that is finished: its record, or what went wrong with it."""

    place: int
    record: bytes | None
    tokens: int
    what: str = ""
    detail: str = ""


Work = Callable[[Sequence[Document]], list[Done]]
Chunks = Iterable[Sequence[Document]]


class Runner(Protocol):
    """What annotates chunks of documents on some workers."""

    @property
    def workers(self) -> int:
        """How many work at the same time."""

    def __call__(self, sent: Chunks, work: Work) -> Iterator[list[Done]]:
        """What the work makes of each chunk, in the order in which the chunks are finished."""


@contextmanager
def runner(workers: Any) -> Iterator[Runner]:
    """The runner for a number of processes, 1 being this one, or for a Dask client."""
    if is_client(workers):
        yield _OnCluster(workers)
    elif workers == 1:
        yield _Here()
    else:
        processes = _Processes(workers)
        try:
            yield processes
        except BaseException:
            processes.stop()
            raise
        processes.close()


def is_client(workers: Any) -> bool:
    """Whether this is a `dask.distributed.Client`, without importing Dask."""
    distributed = sys.modules.get("distributed")
    return distributed is not None and isinstance(workers, distributed.Client)


def answer_there(client: Any, function: Callable[[str], str], argument: str) -> str:
    """What a function gives on one of the workers of a Dask client."""
    _check_open(client)
    return str(client.submit(function, argument).result())


def _check_open(client: Any) -> None:
    if client.status != "running":
        raise ChildProcessError(
            "annotate: the Dask client is closed; the same call with an open one goes on with "
            "what is missing."
        )


class _Here:
    """This process."""

    workers = 1

    def __call__(self, sent: Chunks, work: Work) -> Iterator[list[Done]]:
        return map(work, sent)


class _Processes:
    """Worker processes, started at the first chunk."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self.pool: ProcessPoolExecutor | None = None

    def __call__(self, sent: Chunks, work: Work) -> Iterator[list[Done]]:
        try:
            waiting: set[Future[list[Done]]] = set()
            for chunk in sent:
                waiting.add(self._started().submit(work, chunk))
                if len(waiting) < self.workers * WAITING:
                    continue
                finished, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for future in finished:
                    yield future.result()
            while waiting:
                finished, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for future in finished:
                    yield future.result()
        except BrokenProcessPool as error:
            raise ChildProcessError(
                "annotate: a worker process ended before its texts were annotated. In a script, "
                'put the call under `if __name__ == "__main__":`; if memory was short, pass fewer '
                "workers. The same call goes on with what is missing."
            ) from error

    def _started(self) -> ProcessPoolExecutor:
        if self.pool is None:
            # a fork of a process with threads, as torch has them, may hang
            context = multiprocessing.get_context("spawn")
            threads = max(1, _cores() // self.workers)
            self.pool = ProcessPoolExecutor(
                self.workers, context, initializer=_begin, initargs=(threads,)
            )
        return self.pool

    def close(self) -> None:
        """End the processes when they have finished what they have begun."""
        if self.pool is not None:
            self.pool.shutdown(wait=False, cancel_futures=True)

    def stop(self) -> None:
        """End the processes at once; what they have begun is lost."""
        processes = list((getattr(self.pool, "_processes", None) or {}).values())
        self.close()
        for process in processes:
            process.terminate()


def _cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _begin(threads: int) -> None:
    """In a worker: its share of the processor, no part in the parent's Ctrl-C, but in its end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if "OMP_NUM_THREADS" in os.environ:  # the user's choice
        return
    os.environ["OMP_NUM_THREADS"] = str(threads)
    if "torch" in sys.modules:  # a script that imports it has read the variable before
        sys.modules["torch"].set_num_threads(threads)


def _end_with_parent() -> None:
    """End this process when its parent is gone, which may have been killed without a word."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


class _OnCluster:
    """The workers of a Dask cluster; the chunks of a worker that is lost go to another one."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def __call__(self, sent: Chunks, work: Work) -> Iterator[list[Done]]:
        from distributed import as_completed

        finished: Any = as_completed()  # type: ignore[no-untyped-call]
        unsent, waiting = iter(sent), set()

        def send() -> None:
            for chunk in unsent:
                future = self.client.submit(work, chunk, pure=False, retries=RETRIES)
                waiting.add(future)
                finished.add(future)
                if len(waiting) >= self.workers * WAITING:
                    return

        try:
            send()
            for future in finished:
                waiting.discard(future)
                yield self._result(future)
                send()
        finally:
            with suppress(Exception):  # where the client is closed, nothing is left to cancel
                self.client.cancel(list(waiting))

    @property
    def workers(self) -> int:
        _check_open(self.client)
        return max(1, len(self.client.scheduler_info(n_workers=-1)["workers"]))

    def _result(self, future: Any) -> list[Done]:
        from distributed import KilledWorker

        try:
            found: list[Done] = future.result()
        except KilledWorker as error:
            raise ChildProcessError(
                f"annotate: the cluster lost the workers that had some of the texts ({error}); if "
                "memory was short, give each worker more. The same call goes on with what is "
                "missing."
            ) from error
        return found
