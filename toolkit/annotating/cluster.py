"""Documents annotated on a Dask cluster; those of a worker that is lost go to another one."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from toolkit.annotating.work import DIED, Chunks, Document, Done, Work, worked

WAITING = 3  # chunks that are sent to each worker before it asks
RETRIES = 3  # of a chunk whose worker was lost
DIED_THERE = (
    "the workers of the cluster that had this text alone ended early; if memory was short, give "
    "each more"
)


def answer_there(client: Any, function: Callable[[str], str], argument: str) -> str:
    """What a function gives on one of the workers of a Dask client."""
    _check_open(client)
    return str(client.submit(function, argument).result())


def _check_open(client: Any) -> None:
    if client.status != "running":
        raise ChildProcessError(
            "annotate: the Dask client is closed; the same call with an open one annotates what "
            "is not kept yet."
        )


class OnCluster:
    """The workers of a Dask cluster; the chunks of a worker that is lost go to another one."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def __call__(self, sent: Chunks, work: Work) -> Iterator[list[Done]]:
        """What the work makes of each chunk, at last of each document of those that were lost."""
        from distributed import KilledWorker, as_completed

        finished: Any = as_completed()  # type: ignore[no-untyped-call]
        unsent: Iterator[Sequence[Document]] = iter(sent)
        waiting: dict[Any, Sequence[Document]] = {}
        lost: list[Document] = []

        def send() -> None:
            for chunk in unsent:
                future = self._sent(work, chunk)
                waiting[future] = chunk
                finished.add(future)
                if len(waiting) >= self.workers * WAITING:
                    return

        try:
            send()
            for future in finished:
                chunk = waiting.pop(future)
                try:
                    yield future.result()
                except KilledWorker:  # of what a worker has, Dask does not know which ended it
                    lost += chunk
                send()
        finally:
            with suppress(Exception):  # where the client is closed, nothing is left to cancel
                self.client.cancel(list(waiting))
        for document in lost:
            try:
                yield self._sent(work, [document]).result()
            except KilledWorker:
                yield [Done(document.place, None, 0, DIED, DIED_THERE)]

    def _sent(self, work: Work, chunk: Sequence[Document]) -> Any:
        return self.client.submit(worked, work, chunk, pure=False, retries=RETRIES)

    @property
    def workers(self) -> int:
        """How many there are now."""
        _check_open(self.client)
        return max(1, len(self.client.scheduler_info(n_workers=-1)["workers"]))
