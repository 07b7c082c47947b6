"""Documents annotated in worker processes, and what becomes of those that end their worker."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from toolkit.annotating import tally
from toolkit.annotating.work import DIED, Chunks, Document, Done, Work, worked

WAITING = 3  # chunks that are sent to each worker before it asks
MOST_DEATHS = 5  # workers that end one after the other: then it is not for the documents
DIED_HOW = (
    "the worker process ended early, also with this text alone; if memory was short, pass fewer "
    "workers"
)

Waiting = dict[Future[list[Done]], Sequence[Document]]


class Processes:
    """Worker processes, started at the first chunk."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self.pool: ProcessPoolExecutor | None = None
        self.deaths = 0  # one after the other, with nothing finished between them

    def __call__(self, sent: Chunks, work: Work) -> Iterator[list[Done]]:
        """What the work makes of each chunk; those that are lost with a worker are tried again."""
        unsent, waiting = iter(sent), Waiting()
        while True:
            try:
                yield from self._finished(unsent, waiting, work)
                return
            except BrokenProcessPool as error:
                broken = error
            self._begin_anew(broken)
            lost = []
            for future in wait(waiting).done:
                chunk = waiting.pop(future)
                if future.exception() is None:
                    yield future.result()
                else:
                    lost.append(chunk)
            for chunk in lost:
                yield from self._alone(chunk, work)

    def _finished(
        self, unsent: Iterator[Sequence[Document]], waiting: Waiting, work: Work
    ) -> Iterator[list[Done]]:
        """What is finished of the chunks; what was sent out and is not stays in `waiting`."""
        sending = True
        while sending or waiting:
            chunk = next(unsent, None) if sending else None
            sending = chunk is not None
            if chunk is not None:
                waiting[self._sent(work, chunk)] = chunk
                if len(waiting) < self.workers * WAITING:
                    continue
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                found = future.result()
                del waiting[future]
                self.deaths = 0
                yield found

    def _alone(self, chunk: Sequence[Document], work: Work) -> Iterator[list[Done]]:
        """What becomes of a chunk that was lost with a worker, nothing else being done meanwhile.

        Where a worker is lost again, each document is tried alone; one that is lost then has ended
        its worker.
        """
        try:
            yield self._sent(work, chunk).result()
            self.deaths = 0
            return
        except BrokenProcessPool as error:
            self.deaths += len(chunk) == 1
            if self.deaths == MOST_DEATHS:
                raise _ended_early() from error
            broken = error
        self._begin_anew(broken)
        if len(chunk) == 1:
            yield [Done(chunk[0].place, None, 0, DIED, DIED_HOW)]
            return
        for document in chunk:
            yield from self._alone([document], work)

    def _sent(self, work: Work, chunk: Sequence[Document]) -> Future[list[Done]]:
        try:
            return self._started().submit(worked, work, chunk)
        except BrokenProcessPool as error:  # meanwhile
            broken: Future[list[Done]] = Future()
            broken.set_exception(error)
            return broken

    def _begin_anew(self, error: BrokenProcessPool) -> None:
        """Have new workers; where none can be started, no document is to blame."""
        self.close()
        self.pool = None
        try:
            self._started().submit(_cores).result()
        except BrokenProcessPool:
            raise _ended_early() from error

    def _started(self) -> ProcessPoolExecutor:
        if self.pool is None:
            # a fork of a process with threads, as torch has them, may hang
            context = multiprocessing.get_context("spawn")
            threads = max(1, _cores() // self.workers)
            self.pool = ProcessPoolExecutor(
                self.workers, context, initializer=_begin, initargs=(threads, tally.shared())
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


def _ended_early() -> ChildProcessError:
    return ChildProcessError(
        "annotate: a worker process ended before its texts were annotated. In a script, put the "
        'call under `if __name__ == "__main__":`; if memory was short, pass fewer workers. The '
        "same call annotates what is not kept yet."
    )


def _cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _begin(threads: int, read: Any) -> None:
    """In a worker: its share of the processor, no part in the parent's Ctrl-C, but in its end.

    What it reads is counted in a number that it shares with its parent.
    """
    tally.share(read)
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
