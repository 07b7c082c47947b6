"""Texts read part by part: seconds and memory, whatever the size.

A folder of small files and JSONL files of the sizes asked for are made up from sentences of this
module, read by `corpus.stream_texts` in a process of its own, and removed. A row is printed for
each: what was read, how long it took, and the largest memory that the process held.
"""

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TEXT = (
    "وصلت القافلة إلى الواحة مساء أمس وقال الدليل إن الطريق كان طويلا وإن الرمال غطت معالمه "
    "ثم نزل المسافرون عند البئر القديمة فشربوا وسقوا إبلهم وباتوا ليلتهم تحت النخيل"
)
SENTENCES, SENTENCE_WORDS = 500, 14
FILE_SENTENCES, ROW_SENTENCES = 8, 16
ROWS_AT_ONCE = 1_000
GIGABYTE = 1_000_000_000

READ = """
import resource, sys
from toolkit import corpus
begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
texts = characters = parts = problems = 0
for part in corpus.stream_texts(sys.argv[1]):
    parts, texts = parts + 1, texts + len(part)
    characters += int(part["text"].str.len().sum())
    problems += len(part.attrs["problems"])
print(texts, characters, parts, problems, begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def sentences():
    """Made-up sentences, the same in every run."""
    choice, words = random.Random(0), TEXT.split()
    return [" ".join(choice.choices(words, k=SENTENCE_WORDS)) + "." for _ in range(SENTENCES)]


def write_files(folder, number):
    """Files in folders of a thousand; the bytes of all."""
    known, choice, written = sentences(), random.Random(1), 0
    for place in range(number):
        path = folder / f"{place // 1_000:03}" / f"{place:06}.txt"
        path.parent.mkdir(exist_ok=True)
        text = f"{place}\n" + "\n".join(choice.choices(known, k=FILE_SENTENCES))
        written += path.write_bytes(text.encode())
    return written


def write_rows(path, size):
    """One JSONL file of a size, each row with a name of its own; the bytes written."""
    known, choice, written, place = sentences(), random.Random(2), 0, 0
    with path.open("wb") as file:
        while written < size:
            rows = []
            for _ in range(ROWS_AT_ONCE):
                text = " ".join(choice.choices(known, k=ROW_SENTENCES))
                row = {"doc": f"d{place}", "text": text, "section": f"s{place % 7}"}
                rows.append(json.dumps(row, ensure_ascii=False))
                place += 1
            written += file.write(("\n".join(rows) + "\n").encode())
    return written


def measured(path):
    """What a process of its own read of the path, and its seconds."""
    begin = time.monotonic()
    ran = subprocess.run(
        [sys.executable, "-c", READ, str(path)], check=True, capture_output=True, text=True
    )
    return *map(int, ran.stdout.split()), time.monotonic() - begin


def row(name, size, path):
    texts, characters, parts, problems, begun, peak, seconds = measured(path)
    unit = 2**20 if sys.platform == "darwin" else 2**10  # what ru_maxrss counts in
    cells = [
        *(name, f"{size / GIGABYTE:,.2f}", f"{texts:,}", f"{characters / 1e6:,.0f}", f"{parts:,}"),
        *(f"{problems:,}", f"{seconds:,.0f}", f"{size / seconds / 1e6:,.1f}"),
        *(f"{begun / unit:,.0f}", f"{peak / unit:,.0f}"),
    ]
    print(f"| {' | '.join(cells)} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=50_000, help="small files; 0 for none")
    parser.add_argument("--gigabytes", type=float, nargs="*", default=[1, 5], help="of JSONL files")
    parser.add_argument("--folder", type=Path, help="where there is room; by default a temporary")
    options = parser.parse_args()
    columns = [
        *("read", "GB", "texts", "million code points", "tables", "problems", "seconds"),
        *("MB per second", "memory before, MB", "largest memory, MB"),
    ]
    print(f"| {' | '.join(columns)} |\n|---|{'---:|' * (len(columns) - 1)}")
    folder = Path(tempfile.mkdtemp(prefix="mudawwana-", dir=options.folder))
    try:
        if options.files:
            (folder / "files").mkdir()
            size = write_files(folder / "files", options.files)
            row(f"{options.files:,} files", size, folder / "files")
            shutil.rmtree(folder / "files")
        for gigabytes in options.gigabytes:
            path = folder / "texts.jsonl"
            row("one JSONL file", write_rows(path, gigabytes * GIGABYTE), path)
            path.unlink()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
