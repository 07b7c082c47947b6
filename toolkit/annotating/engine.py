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
from typing import Any

from tqdm import tqdm

from toolkit.annotating.runners import Document, Done, Runner, Work
from toolkit.keeping.cache import Cache

# Code points that a worker gets at once: enough to fill the matrices, little enough that a stop
# loses little; fewer where else not every worker would have several chunks of a small corpus.
CHUNK_CHARACTERS, FEWEST_CHARACTERS = 40_000, 4_000
CHUNKS_PER_WORKER = 4
AT_ONCE = 1_000  # keys that are looked up in the cache together
PAUSE = 0.5  # seconds before another process's documents are looked for again

Left = dict[str, list[Document]]  # under a key, the documents that are alike


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
    documents: Sequence[Document], work: Work, *, run: Runner, store: Store, bar: "Progress"
) -> list[Done]:
    """The finished documents, in any order: read where they are kept, else annotated and kept.

    Equal texts are annotated once.
    """
    left: dict[str, list[Document]] = {}
    for document in documents:
        left.setdefault(key_of(document, store.settings), []).append(document)
    if store.cache is None:
        found = _computed(left, work, run)
    else:
        found = _kept(left, work, run, store.cache, store.group)
    finished: list[Done] = []
    try:
        for some in found:
            same = [replace(done, place=each.place) for key, done in some for each in left.pop(key)]
            bar.add(same)
            finished += same
    except KeyboardInterrupt as stop:
        if store.cache is not None:
            stop.add_note(
                f"annotate: {bar.count} are finished and kept in {str(store.cache.path)!r}; "
                "the same call goes on from there."
            )
        raise
    return finished


def _computed(left: Left, work: Work, run: Runner) -> Iterator[list[tuple[str, Done]]]:
    """What becomes of each text, where nothing is kept."""
    key_at = {same[0].place: key for key, same in left.items()}
    first = [same[0] for same in left.values()]
    for some in run(chunks(first, workers=run.workers), work):
        yield [(key_at[done.place], done) for done in some]


def _kept(
    left: Left, work: Work, run: Runner, cache: Cache, group: str
) -> Iterator[list[tuple[str, Done]]]:
    """The same, of texts that are found in the cache, and of those that are kept there now."""
    key_at = {same[0].place: key for key, same in left.items()}

    def found() -> Iterator[list[tuple[str, Done]]]:
        keys = list(left)
        for begin in range(0, len(keys), AT_ONCE):
            records = cache.get(keys[begin : begin + AT_ONCE])
            yield [(key, Done(0, record, 0)) for key, record in records.items()]

    def claimed() -> Iterator[list[Document]]:
        for chunk in chunks([same[0] for same in left.values()], workers=run.workers):
            ours = set(cache.claim([key_at[document.place] for document in chunk]))
            yield [document for document in chunk if key_at[document.place] in ours]

    yield from found()
    while left:
        before = len(left)
        for some in run(filter(None, claimed()), work):
            good = {key_at[done.place]: done.record for done in some if done.record is not None}
            cache.put(good, group=group)
            cache.release([key_at[done.place] for done in some if done.record is None])
            yield [(key_at[done.place], done) for done in some]
        yield from found()
        if len(left) == before:  # another process is at them
            time.sleep(PAUSE)


class Progress:
    """A bar of documents with tokens per second; silent where it is hidden."""

    def __init__(self, total: int | None, shown: bool | None) -> None:
        hidden = None if shown is None else not shown
        self.bar: Any = tqdm(total=total, desc="annotate", unit="text", disable=hidden)
        self.total, self.tokens, self.finished = total, 0, 0

    @property
    def count(self) -> str:
        """How many texts are finished, of how many where that is known."""
        of_all = "" if self.total is None else f" of {self.total:,}"
        return f"{self.finished:,}{of_all} texts"

    def pass_over(self, number: int) -> None:
        """Count documents that cannot be annotated."""
        self.bar.update(number)

    def add(self, finished: Sequence[Done]) -> None:
        """Count documents that were annotated now."""
        self.tokens += sum(done.tokens for done in finished)
        seconds = self.bar.format_dict["elapsed"]
        if seconds:
            self.bar.set_postfix_str(f"{self.tokens / seconds:,.0f} tokens/s", refresh=False)
        self.finished += len(finished)
        self.bar.update(len(finished))

    def __enter__(self) -> "Progress":
        """Show the bar."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the bar as it is."""
        self.bar.close()
