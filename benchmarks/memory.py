"""Memory while a corpus is annotated into a folder: flat in its size, and in that of one document.

    python benchmarks/memory.py --data ../shared/data --megabytes 100 --documents 30000
    python benchmarks/memory.py --data ../shared/data --megabytes 20 --documents 1

The text is news of 2018, repeated where it does not suffice, each document of the same size. One
document alone has no punctuation and no line break: nothing but words and spaces. A row is printed
for every tenth of the documents: what is finished, and the memory of the process with its workers.
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
from toolkit.annotating import engine

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


def row(finished, seconds, watch):
    cells = [finished, f"{seconds:,.0f}", f"{watch.now / 2**20:,.0f}", f"{watch.peak / 2**20:,.0f}"]
    print(f"| {' | '.join(cells)} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--megabytes", type=float, default=10, help="of all documents, in UTF-8")
    parser.add_argument("--documents", type=int, default=3000)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    watch, begin, finished = Watch(), time.monotonic(), [0]
    watch.start()
    add = engine.Progress.add

    def noted(bar, some):
        add(bar, some)
        tenth = max(1, options.documents // 10)
        before = finished[0] // tenth
        finished[0] += len(some)
        if finished[0] // tenth > before:
            row(f"{finished[0]:,}", time.monotonic() - begin, watch)

    engine.Progress.add = noted
    size = int(options.megabytes * MEGABYTE / options.documents)
    print(f"{options.documents:,} documents of {size:,} bytes, {options.workers} workers\n")
    print("| documents | seconds | memory, MB | largest until then, MB |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        given = documents(options.data, size, options.documents)
        out = pipeline.annotate_to(
            given, Path(folder, "corpus"), cache=False, workers=options.workers, progress=False
        )
        row("written", time.monotonic() - begin, watch)
        bytes_written = sum(path.stat().st_size for path in out.rglob("*.parquet"))
        tokens = sum(
            len(pd.read_parquet(path, columns=["sent"])) for path in out.glob("tokens/*.parquet")
        )
    print(f"\n{tokens:,} tokens, {bytes_written / MEGABYTE:,.0f} MB of Parquet")


if __name__ == "__main__":
    sys.exit(main())
