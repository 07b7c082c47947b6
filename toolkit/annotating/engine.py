"""What is annotated when, and what is kept between runs.

The engine knows documents and records (`toolkit.annotating.records`), not models: what annotates a
list of documents is a function that it is given, and where that runs is a runner's to know
(`toolkit.annotating.runners`). A document is sent out once, its record kept as soon as it is there,
so that a run that was stopped goes on where it was.
"""

import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import cast

from toolkit.annotating.progress import Progress
from toolkit.annotating.runners import Runner
from toolkit.annotating.work import Document, Done, Work
from toolkit.keeping.cache import Cache

# Code points that a worker gets at once: enough to fill the matrices, little enough that a stop
# loses little; fewer where else not every worker would have several chunks of a small corpus.
CHUNK_CHARACTERS, FEWEST_CHARACTERS = 40_000, 4_000
CHUNKS_PER_WORKER = 4
AT_ONCE = 1_000  # keys that are looked up in the cache together
PAUSE = 0.5  # seconds before another process's documents are looked for again

Left = dict[str, list[Document]]  # under a key, the documents that are alike
Some = tuple[list[tuple[str, Done]], bool]  # what is finished, by key, and whether it is kept


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


def chunks(documents: Sequence[Document], *, workers: int = 1) -> Iterator[list[Document]]:
    """The documents, in order, in lists of about as many code points as a worker gets at once."""
    enough = CHUNK_CHARACTERS
    if workers > 1:
        share = sum(map(len, documents)) // (workers * CHUNKS_PER_WORKER)
        enough = min(enough, max(share, FEWEST_CHARACTERS))
    chunk: list[Document] = []
    size = 0
    for document in documents:
        chunk.append(document)
        size += len(document)
        if size >= enough:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def key_of(document: Document, settings: str) -> str:
    """What a record is kept under: how it is annotated, and all that is known of the text."""
    digest = hashlib.blake2b(digest_size=32)
    for part in (settings, str(document.body_start), document.day, document.text):
        data = part.encode()
        digest.update(len(data).to_bytes(8, "little"))
        digest.update(data)
    return digest.hexdigest()


def annotated(
    documents: Sequence[Document], work: Work, *, run: Runner, store: Store, bar: Progress
) -> list[Done]:
    """The finished documents, in any order: read where they are kept, else annotated and kept.

    Equal texts are annotated once.
    """
    left: dict[str, list[Document]] = {}
    for document in documents:
        left.setdefault(key_of(document, store.settings), []).append(document)
    found = _computed(left, work, run) if store.cache is None else _kept(left, work, run, store)
    finished: list[Done] = []
    for some, are_kept in found:
        same = [replace(done, place=each.place) for key, done in some for each in left.pop(key)]
        bar.add(same)
        if are_kept:
            bar.kept += sum(done.record is not None for done in same)
        finished += same
    return finished


def said_at_a_stop(store: Store, bar: Progress) -> str:
    """What is kept of a run that is stopped, and what the same call does then."""
    if store.cache is None:
        return "annotate: nothing is kept, as no cache is used; the same call begins anew."
    place = str(store.cache.path)
    if not bar.kept or not store.cache.path.exists():
        return f"annotate: nothing is kept in {place!r}; the same call begins anew."
    of_all = "" if bar.total is None else f" of {bar.total:,}"
    return (
        f"annotate: {bar.kept:,}{of_all} texts are finished and kept in {place!r}; the same call "
        "goes on from there."
    )


def _computed(left: Left, work: Work, run: Runner) -> Iterator[Some]:
    """What becomes of each text, where nothing is kept."""
    key_at = {same[0].place: key for key, same in left.items()}
    first = [same[0] for same in left.values()]
    for some in run(chunks(first, workers=run.workers), work):
        yield [(key_at[done.place], done) for done in some], False


def _kept(left: Left, work: Work, run: Runner, store: Store) -> Iterator[Some]:
    """The same, of texts that are found in the cache, and of those that are kept there now."""
    cache = cast(Cache, store.cache)
    key_at = {same[0].place: key for key, same in left.items()}

    def found() -> Iterator[Some]:
        keys = list(left)
        for begin in range(0, len(keys), AT_ONCE):
            records = cache.get(keys[begin : begin + AT_ONCE])
            yield [(key, Done(0, record, 0)) for key, record in records.items()], True

    def claimed() -> Iterator[list[Document]]:
        for chunk in chunks([same[0] for same in left.values()], workers=run.workers):
            ours = set(cache.claim([key_at[document.place] for document in chunk]))
            yield [document for document in chunk if key_at[document.place] in ours]

    yield from found()
    while left:
        before = len(left)
        for some in run(filter(None, claimed()), work):
            good = {key_at[done.place]: done.record for done in some if done.record is not None}
            cache.put(good, group=store.group)
            cache.release([key_at[done.place] for done in some if done.record is None])
            yield [(key_at[done.place], done) for done in some], cache.is_writable
        yield from found()
        if len(left) == before:  # another process is at them
            time.sleep(PAUSE)
