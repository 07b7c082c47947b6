"""Memory while a corpus is annotated into a folder: flat in its size, and in that of one document.

    python benchmarks/memory.py --data ../shared/data --megabytes 100 --documents 30000
    python benchmarks/memory.py --data ../shared/data --megabytes 20 --documents 1

The text is news of 2018, repeated where it does not suffice, each document of the same size. One
document alone has no punctuation and no line break: nothing but words and spaces. A row is printed
for every tenth of the documents, or of the one document: what is finished, and the memory of the
process with its workers.
"""

import argparse
import itertools
import re
import sys
import tempfile
import threading
import time
from pathlib import Path

import pandas as pd
import psutil
from annotate import articles

from toolkit import pipeline
from toolkit.annotating import engine, worker

TABLE = 500  # documents of a table of texts
LOOK = 0.2  # seconds between two looks at the memory
MEGABYTE = 1_000_000


def endless(data):
    """Characters of news without end."""
    for _ in itertools.count():
        for _, text in articles(data):
            yield text


def documents(data, size, number):
    """Tables of `number` documents of `size` bytes each."""
    source, rows, rest = endless(data), [], b""
    for place in range(number):
        parts, length = [rest], len(rest)
        while length < size:
            parts.append(next(source).encode())
            length += len(parts[-1])
        whole = b"".join(parts)
        text, rest = whole[:size].decode(errors="ignore"), whole[size:]
        rest = rest.decode(errors="ignore").encode()
        if number == 1:
            text = " ".join(re.findall(r"[^\W_]+", text))
        rows.append((f"d{place:06}", text))
        if len(rows) == TABLE or place == number - 1:
            yield pd.DataFrame(rows, columns=["doc", "text"])
            rows = []


class Watch(threading.Thread):
    """The memory of this process and its workers, now and at its largest."""

    def __init__(self):
        super().__init__(daemon=True)
        self.now = self.peak = 0

    def run(self):
        root = psutil.Process()
        while True:
            total = 0
            for each in (root, *root.children(recursive=True)):
                try:
                    total += each.memory_info().rss
                except psutil.Error:
                    continue
            self.now, self.peak = total, max(self.peak, total)
            time.sleep(LOOK)


class Curve:
    """A row of the table for every tenth of a whole."""

    def __init__(self, whole, watch):
        self.whole, self.watch = whole, watch
        self.begin, self.finished = time.monotonic(), 0

    def add(self, number):
        """Count what is finished now."""
        before = self.finished * 10 // self.whole
        self.finished += number
        if self.finished * 10 // self.whole > before:
            self.row(f"{self.finished:,}")

    def row(self, what):
        """Print what is finished, the time and the memory."""
        memory = [f"{size / 2**20:,.0f}" for size in (self.watch.now, self.watch.peak)]
        cells = [what, f"{time.monotonic() - self.begin:,.0f}", *memory]
        print(f"| {' | '.join(cells)} |", flush=True)


def of_documents(curve):
    """Have a curve count the documents of a run."""
    add = engine.Progress.add

    def noted(bar, some):
        add(bar, some)
        curve.add(len(some))

    engine.Progress.add = noted


def of_characters(curve):
    """Have it count the characters that the models of this process have read."""
    batches = worker.batches

    def noted(sources):
        for batch in batches(sources):
            yield batch
            curve.add(sum(len(piece.text) for piece in batch))

    worker.batches = noted


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--megabytes", type=float, default=10, help="of all documents, in UTF-8")
    parser.add_argument("--documents", type=int, default=3000)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    size = int(options.megabytes * MEGABYTE / options.documents)
    given = documents(options.data, size, options.documents)
    watch = Watch()
    watch.start()
    if options.documents > 1:
        what, curve = "documents", Curve(options.documents, watch)
        of_documents(curve)
    else:
        given = list(given)
        what, curve = "characters", Curve(len(given[0]["text"][0]), watch)
        of_characters(curve)
    print(f"{options.documents:,} documents of {size:,} bytes, {options.workers} workers\n")
    print(f"| {what} | seconds | memory, MB | largest until then, MB |\n|---|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        out = pipeline.annotate_to(
            given, Path(folder, "corpus"), cache=False, workers=options.workers, progress=False
        )
        curve.row("written")
        bytes_written = sum(path.stat().st_size for path in out.rglob("*.parquet"))
        tokens = sum(
            len(pd.read_parquet(path, columns=["sent"])) for path in out.glob("tokens/*.parquet")
        )
    print(f"\n{tokens:,} tokens, {bytes_written / MEGABYTE:,.0f} MB of Parquet")


if __name__ == "__main__":
    sys.exit(main())
