"""How far annotation is: a bar of documents with tokens, tokens per second and problems.

It is for someone who watches: in a terminal, or in a notebook at which someone sits. Programs that
run notebooks (nbconvert, nbval) say with each cell that nobody can be asked; there is no bar then,
so that the outputs of a stored notebook are the same each time.
"""

import sys
import threading
import warnings
from collections.abc import Sequence
from typing import Any

from tqdm import TqdmWarning, tqdm

from toolkit.annotating import tally
from toolkit.annotating.work import Done
from toolkit.reading.wording import counted

INTERVAL = 1  # seconds between two states of a bar on a screen
LOG_INTERVAL = 60  # the same in a file, which keeps all of them


class Progress:
    """A bar of documents; silent where it is hidden.

    Attributes
    ----------
    total : int or None
        How many documents there are, where that is known.
    tokens : int
        Those of the documents that were annotated now.
    problems : int
        The documents that could not be annotated.
    kept : int
        The documents that the next run will find in the cache.
    """

    def __init__(self, total: int | None, shown: bool | None) -> None:
        self.total, self.tokens, self.problems, self.kept = total, 0, 0, 0
        self.bar, self.interval = _bar(total, shown)
        self._begin = tally.read()
        self._ended = threading.Event()

    def pass_over(self, number: int) -> None:
        """Count documents that cannot be annotated."""
        self.problems += number
        self._say()
        self.bar.update(number)

    def add(self, finished: Sequence[Done]) -> None:
        """Count documents that were annotated now, or found."""
        self.tokens += sum(done.tokens for done in finished)
        self.problems += sum(done.record is None for done in finished)
        self._say()
        self.bar.update(len(finished))

    def _say(self) -> None:
        """Set what stands behind the bar."""
        if self.bar.disable:
            return
        tokens = max(self.tokens, tally.read() - self._begin)
        said = [f"{tokens:,} tokens"]
        seconds = self.bar.format_dict["elapsed"]
        if seconds:
            said.append(f"{tokens / seconds:,.0f} tokens/s")
        if self.problems:
            said.append(counted(self.problems, "problems"))
        self.bar.set_postfix_str(", ".join(said), refresh=False)

    def _tick(self) -> None:
        """Show time and tokens going on, however long a document takes."""
        while not self._ended.wait(self.interval):
            self._say()
            self.bar.refresh()

    def __enter__(self) -> "Progress":
        """Show the bar."""
        if not self.bar.disable:
            threading.Thread(target=self._tick, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the bar as it is."""
        self._ended.set()
        self._say()
        self.bar.close()


def _bar(total: int | None, shown: bool | None) -> tuple[Any, float]:
    """The bar, and the seconds between two of its states."""
    kind, options = tqdm, {"total": total, "desc": "annotate", "unit": "text"}
    in_notebook = _someone_sits_at_the_notebook()
    on_screen = in_notebook or _is_terminal(sys.stderr)
    if not (on_screen if shown is None else shown):
        return kind(disable=True, **options), INTERVAL
    if not on_screen:  # no state but those of `_tick`, and the last one
        return kind(mininterval=float("inf"), **options), LOG_INTERVAL
    if in_notebook:
        kind = _bar_of_notebooks()
    return kind(**options), INTERVAL


def _is_terminal(stream: Any) -> bool:
    return stream is not None and hasattr(stream, "isatty") and bool(stream.isatty())


def _someone_sits_at_the_notebook() -> bool:
    """Whether this is the cell of a notebook, and whoever runs it can be asked something."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    kernel = getattr(shell, "kernel", None)
    if kernel is None or not hasattr(kernel, "get_parent"):
        return False
    return bool((kernel.get_parent() or {}).get("content", {}).get("allow_stdin"))


def _bar_of_notebooks() -> Any:
    """A widget, or without ipywidgets the bar of a terminal, which notebooks show too."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", TqdmWarning)
        from tqdm.auto import tqdm as kind
    return kind
