"""Where annotation runs: in this process or in worker processes, and what is kept between runs.

The engine knows documents and records (`toolkit.records`), not models: what annotates a list of
documents is a function that it is given. A document is sent out once, its record kept as soon as it
is there, so that a run that was stopped goes on where it was.
"""

import hashlib
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from typing import Any

from tqdm import tqdm

from toolkit.cache import Cache

# Code points that a worker gets at once: enough to fill the matrices, little enough that all
# workers end at about the same time and a stop loses little.
CHUNK_CHARACTERS = 40_000
AT_ONCE = 1_000  # keys that are looked up in the cache together
PAUSE = 0.5  # seconds before another process's documents are looked for again
WAITING = 3  # chunks that are sent to each worker before it asks


@dataclass(frozen=True)
class Document:
    """A document as it is sent to the models."""

    place: int
    doc: str
    text: str
    body_start: int


@dataclass(frozen=True)
class Done:
    """A document that is finished: its record, or what went wrong with it."""

    place: int
    record: bytes | None
    tokens: int
    what: str = ""
    detail: str = ""


Work = Callable[[Sequence[Document]], list[Done]]


@dataclass(frozen=True)
class Store:
    """Where records are kept between runs.

    Attributes
    ----------
    cache : Cache or None
        Their place; None: nowhere.
    settings : str
        All but the text that decides what is in a record: models, options, versions.
    group : str
        What the cache lists the records under.
    """

    cache: Cache | None
    settings: str
    group: str


def chunks(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """The documents, in order, in lists of about `CHUNK_CHARACTERS`."""
    chunk: list[Document] = []
    size = 0
    for document in documents:
        chunk.append(document)
        size += len(document.text) - document.body_start
        if size >= CHUNK_CHARACTERS:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def key_of(document: Document, settings: str) -> str:
    """What a record is kept under: the text, where its body begins, and how it is annotated."""
    digest = hashlib.blake2b(digest_size=32)
    for part in (settings, str(document.body_start), document.text):
        data = part.encode()
        digest.update(len(data).to_bytes(8, "little"))
        digest.update(data)
    return digest.hexdigest()


def annotated(
    documents: Sequence[Document], work: Work, *, workers: int, store: Store, bar: "Progress"
) -> list[Done]:
    """The finished documents, in any order: read where they are kept, else annotated and kept."""
    finished: list[Done] = []
    if store.cache is None:
        for some in _run(chunks(documents), work, workers):
            bar.add(some)
            finished += some
        return finished
    try:
        for some in _kept(documents, work, workers, store.cache, store):
            bar.add(some)
            finished += some
    except KeyboardInterrupt as stop:
        stop.add_note(
            f"annotate: {len(finished)} of {len(documents)} texts are finished and kept in "
            f"{str(store.cache.path)!r}; the same call goes on from there."
        )
        raise
    return finished


def _kept(
    documents: Sequence[Document], work: Work, workers: int, cache: Cache, store: Store
) -> Iterator[list[Done]]:
    """The documents as they are found in the cache or finished; equal texts are annotated once."""
    left: dict[str, list[Document]] = {}
    for document in documents:
        left.setdefault(key_of(document, store.settings), []).append(document)
    key_at = {same[0].place: key for key, same in left.items()}

    def taken(key: str, done: Done) -> list[Done]:
        return [replace(done, place=document.place) for document in left.pop(key)]

    def found() -> Iterator[list[Done]]:
        keys = list(left)
        for begin in range(0, len(keys), AT_ONCE):
            records = cache.get(keys[begin : begin + AT_ONCE])
            yield [each for key in records for each in taken(key, Done(0, records[key], 0))]

    def claimed() -> Iterator[list[Document]]:
        for chunk in chunks([same[0] for same in left.values()]):
            ours = set(cache.claim([key_at[document.place] for document in chunk]))
            yield [document for document in chunk if key_at[document.place] in ours]

    yield from found()
    while left:
        before = len(left)
        for some in _run(filter(None, claimed()), work, workers):
            good = {key_at[done.place]: done.record for done in some if done.record is not None}
            cache.put(good, group=store.group)
            cache.release([key_at[done.place] for done in some if done.record is None])
            yield [each for done in some for each in taken(key_at[done.place], done)]
        yield from found()
        if len(left) == before:  # another process is at them
            time.sleep(PAUSE)


def _run(sent: Iterable[Sequence[Document]], work: Work, workers: int) -> Iterator[list[Done]]:
    """What the work makes of each chunk, in the order in which the chunks are finished."""
    if workers == 1:
        return map(work, sent)
    return _in_processes(sent, work, workers)


def _in_processes(
    sent: Iterable[Sequence[Document]], work: Work, workers: int
) -> Iterator[list[Done]]:
    # a fork of a process with threads, as torch has them, may hang
    context = multiprocessing.get_context("spawn")
    threads = max(1, (os.cpu_count() or 1) // workers)
    pool = ProcessPoolExecutor(workers, context, initializer=_begin, initargs=(threads,))
    try:
        waiting: set[Future[list[Done]]] = set()
        for chunk in sent:
            waiting.add(pool.submit(work, chunk))
            if len(waiting) < workers * WAITING:
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
            "annotate: a worker process ended before its texts were annotated. In a script, put "
            'the call under `if __name__ == "__main__":`; if memory was short, pass fewer workers. '
            "The same call goes on with what is missing."
        ) from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _begin(threads: int) -> None:
    """In a worker: its share of the processor, and no part in the parent's Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ["OMP_NUM_THREADS"] = str(threads)
    if "torch" in sys.modules:  # a script that imports it has read the variable before
        sys.modules["torch"].set_num_threads(threads)


class Progress:
    """A bar of documents with tokens per second; silent where it is hidden."""

    def __init__(self, total: int, shown: bool | None) -> None:
        hidden = None if shown is None else not shown
        self.bar: Any = tqdm(total=total, desc="annotate", unit="text", disable=hidden)
        self.tokens = 0

    def add(self, finished: Sequence[Done]) -> None:
        """Count documents that were annotated now."""
        self.tokens += sum(done.tokens for done in finished)
        seconds = self.bar.format_dict["elapsed"]
        if seconds:
            self.bar.set_postfix_str(f"{self.tokens / seconds:,.0f} tokens/s", refresh=False)
        self.bar.update(len(finished))

    def __enter__(self) -> "Progress":
        """Show the bar."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the bar as it is."""
        self.bar.close()
