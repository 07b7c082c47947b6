"""Where networks compute: the processor or a GPU, and how much they have room for there."""

from collections.abc import Callable, Iterator
from importlib.metadata import version
from typing import Any, TypeVar

DEVICES = ("auto", "cpu", "cuda")
# What the networks read at once is set for a processor. For as much as that, letters of forms
# being the largest, a GPU should have this many bytes free; half of what is free is left alone.
BYTES_AT_ONCE = 512_000_000
MOST_TIMES = 5  # of it: no more than about this comes to the networks in one chunk of documents

Item = TypeVar("Item")
Said = TypeVar("Said")


class Room:
    """How much a network reads at once on its device, measured by what it reads on a processor.

    Attributes
    ----------
    times : int
        How many times as much: 1 on a processor; on a GPU by the memory that is free, and half of
        it after each time that this was too much.
    """

    def __init__(self, device: Any = None) -> None:
        self.times = _times(device)

    def read(
        self, read: Callable[[list[Item]], Said], batch: list[Item]
    ) -> Iterator[tuple[list[Item], Said]]:
        """What is said of a batch, or of its parts in order where memory is short for the whole."""
        left = [batch]
        while left:
            part = left.pop()
            said = self._tried(read, part)
            if said is not None:
                yield part, said
                continue
            self.times = max(1, self.times // 2)
            half = len(part) // 2
            left += [part[half:], part[:half]]

    def _tried(self, read: Callable[[list[Item]], Said], part: list[Item]) -> Said | None:
        import torch

        try:
            return read(part)
        except torch.OutOfMemoryError:
            if len(part) == 1:
                raise
        torch.cuda.empty_cache()  # once the error, and with it what was half computed, is gone
        return None


def _times(device: Any) -> int:
    if getattr(device, "type", "cpu") != "cuda":
        return 1
    import torch

    free, _ = torch.cuda.mem_get_info(device)
    return int(min(MOST_TIMES, max(1, free // 2 // BYTES_AT_ONCE)))


def device_of(name: str) -> str:
    """Where networks compute: "cpu", or "cuda" where torch sees such a GPU and it may be used."""
    if name not in DEVICES:
        raise ValueError(f"annotate: no device {name!r}; there are {', '.join(DEVICES)}.")
    there = name != "cpu" and _has_gpu()
    if name == "cuda" and not there:
        raise ValueError("annotate: torch sees no GPU for device='cuda'; pass 'auto' or 'cpu'.")
    return "cuda" if there else "cpu"


def _has_gpu() -> bool:
    if version("torch").endswith("+cpu"):  # known without the second that its import takes
        return False
    import torch

    return bool(torch.cuda.is_available())
