"""Where documents are annotated: in this process, in worker processes, or on a Dask cluster.

A runner is called with chunks of documents and the function that annotates one, and gives what is
finished, in any order. It is opened once for many calls, so that workers keep their models.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from toolkit.annotating.cluster import OnCluster
from toolkit.annotating.processes import Processes
from toolkit.annotating.work import Chunks, Done, Work


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
        yield OnCluster(workers)
    elif workers == 1:
        yield _Here()
    else:
        processes = Processes(workers)
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


class _Here:
    """This process."""

    workers = 1

    def __call__(self, sent: Chunks, work: Work) -> Iterator[list[Done]]:
        return map(work, sent)
