"""Workers of a cluster that annotate as this process would: the same versions, code and models.

A record is kept under what this process has. One that was made by other versions would be taken for
another's ever after, so a worker that has any is refused by name.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from toolkit import models
from toolkit.annotating.provenance import made_with
from toolkit.annotating.work import Document, Done, Work
from toolkit.models import ModelSet

REMEDY = (
    "Give all workers the same packages and models as here, or annotate with workers=2 on this "
    "machine."
)


def checked(client: Any, work: Work, model_set: ModelSet) -> Work:
    """The work, once it is sure that all workers of a Dask client are alike.

    A worker that comes later is looked at when it is given something.
    """
    folder, package = model_set.folder, model_set.package
    here = made_with(model_set)
    try:
        answers = client.run(_made_there, folder, package, on_error="return")
    except Exception as error:  # a worker without this module cannot even say so
        raise _refused("a Dask worker", error) from error
    for address, there in sorted(answers.items()):
        if isinstance(there, Exception):
            raise _refused(f"the Dask worker {address}", there)
        _compare(address, here, there)
    return partial(_worked, here, folder, package, work)


def _refused(who: str, error: Exception) -> ValueError:
    return ValueError(
        f"annotate: {who} cannot say what it would annotate with "
        f"({type(error).__name__}: {error}). {REMEDY}"
    )


def _compare(address: str, here: Mapping[str, str], there: Mapping[str, str]) -> None:
    for what, version in here.items():
        found = there.get(what, "none")
        if found != version:
            raise ValueError(
                f"annotate: the Dask worker {address} has {what} {found}, this process "
                f"{version}. {REMEDY}"
            )


@lru_cache(maxsize=1)
def _made_there(folder: Path, package: str) -> dict[str, str]:
    """On a worker: what it annotates with."""
    return made_with(models.resolve(folder, package=package))


def _worked(
    here: Mapping[str, str], folder: Path, package: str, work: Work, chunk: Sequence[Document]
) -> list[Done]:
    """On a worker: what the work makes of a chunk."""
    from distributed import get_worker

    _compare(get_worker().address, here, _made_there(folder, package))
    return work(chunk)
