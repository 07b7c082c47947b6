"""What is sent to workers, and what comes back."""

import pickle
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

DIED = "worker died"  # what is wrong with a document that ends the process that annotates it


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


def worked(work: Work, chunk: Sequence[Document]) -> list[Done]:
    """In a worker: what the work makes of a chunk; an error that can be sent back as one."""
    try:
        return work(chunk)
    except Exception as error:
        try:
            pickle.loads(pickle.dumps(error))
        except Exception:  # whatever its class does when it is made anew from its arguments
            raise RuntimeError(f"{type(error).__name__}: {error}") from None
        raise
