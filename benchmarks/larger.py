"""Counting a corpus larger than memory: time and peak memory through Dask, below a limit.

    python benchmarks/larger.py                       # 200 million tokens, 200,000 types
    python benchmarks/larger.py --tokens 5000000      # a minute

Writes a synthetic corpus as `pipeline.annotate_to` does, part by part, into a temporary folder and
deletes it in the end. Each job runs in a fresh process, on Dask's threads or on a local cluster of
processes; what is shown is the wall time of the statistic itself (without imports and the start of
the cluster) and the highest memory of all processes together, looked at every `PAUSE` seconds.
Fails where that is above the limit.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
import psutil
from counting import TYPES, word

PART = 1_000_000  # tokens; `annotate_to` cuts at four million letters
DOCUMENT = 500  # tokens
SENTENCE = 20  # tokens
NODE = 50  # place of the node among the most frequent types
LIMIT = 2_000_000_000  # bytes
PAUSE = 0.05  # seconds
SEED = 20251116
TASKS = {
    "frequencies": "frequencies with document frequency",
    "keywords": "keywords of two halves, chosen by document",
    "collocates": "collocates of a frequent node, 5 on each side",
    "bigrams": "bigrams with freq 100 or more",
    "dispersion": "dispersion of 100 words over documents",
}
SETTINGS = {"1 thread": (0, 1), "2 threads": (0, 2), "2 processes": (2, 1)}


# --- the corpus -------------------------------------------------------------------------------


def write(folder, tokens):
    """Zipf's law, sentences of 20 tokens, documents of 500; a file for each million tokens."""
    random = np.random.default_rng(SEED)
    forms = pd.Index(sorted(word(n) for n in range(TYPES)), dtype="str")
    rank = random.permutation(TYPES)  # of the word at each place in the alphabet
    weights = np.empty(TYPES)
    weights[rank] = 1 / np.arange(1, TYPES + 1)
    shares = np.cumsum(weights / weights.sum())
    for number, first in enumerate(range(0, tokens, PART)):
        at = np.arange(first, min(first + PART, tokens))
        drawn = np.minimum(np.searchsorted(shares, random.random(len(at))), TYPES - 1)
        part(at, drawn, forms).to_parquet(
            folder / f"{number:05}.parquet", index=False, compression="zstd"
        )
    return forms[rank[NODE]]


def name(number):
    return f"d{number:07}"


def part(at, drawn, forms):
    present, codes = np.unique(drawn, return_inverse=True)
    form = pd.Categorical.from_codes(codes, forms.take(present))
    doc = at // DOCUMENT
    names = [name(number) for number in range(doc[0], doc[-1] + 1)]
    kind = np.where(at % SENTENCE == SENTENCE - 1, 1, 0)
    start = (at % DOCUMENT * 6).astype(np.int32)
    columns = {
        "doc": pd.Categorical.from_codes(doc - doc[0], names),
        "sent": (at % DOCUMENT // SENTENCE).astype(np.int32),
        "form": form,
        "norm": form,
        "lemma": form,
        "kind": pd.Categorical.from_codes(kind, ["word", "punctuation"]),
        "start": start,
        "end": start + 5,
    }
    return pd.DataFrame(columns)


# --- a job, in a process of its own -----------------------------------------------------------


def run(task, setting, folder, node, tokens):
    """Do a task and print the seconds and the rows of its table."""
    import dask
    import dask.dataframe as dd
    from distributed import Client, LocalCluster

    processes, threads = SETTINGS[setting]
    with ExitStack() as stack:
        if processes:
            cluster = LocalCluster(
                n_workers=processes,
                threads_per_worker=threads,
                memory_limit=LIMIT // (processes + 1),
                dashboard_address=":0",
            )
            stack.enter_context(Client(stack.enter_context(cluster)))
        else:
            stack.enter_context(dask.config.set(scheduler="threads", num_workers=threads))
        words = dd.read_parquet(folder)
        first_half = [name(number) for number in range(int(tokens) // DOCUMENT // 2)]
        begun = time.perf_counter()
        rows = len(done(task, words, node, first_half))
        print(time.perf_counter() - begun, rows)


def done(task, words, node, first_half):
    from toolkit import collocation, counts, keyness

    if task == "frequencies":
        return counts.frequencies(words)
    if task == "collocates":
        return collocation.collocates(words, node, by="norm")
    if task == "bigrams":
        return counts.ngrams(words, min_freq=100)
    if task == "dispersion":
        frequent = counts.frequencies(words, docs=False).index[:1000:10]
        return counts.dispersion(words, items=list(frequent))
    in_half = words["doc"].isin(first_half)
    halves = words[in_half], words[~in_half]
    return keyness.keywords(*(counts.frequencies(half, docs=False) for half in halves))


def measured(command):
    """What a process prints, and the highest memory of it and its children together."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    highest = 0
    while process.poll() is None:
        highest = max(highest, memory(psutil.Process(process.pid)))
        time.sleep(PAUSE)
    printed = process.communicate()[0]
    if process.returncode:
        raise SystemExit(f"larger: {' '.join(command[2:])} failed.")
    return printed.split(), highest


def memory(process):
    total = 0
    try:
        for each in [process, *process.children(recursive=True)]:
            total += each.memory_info().rss
    except psutil.NoSuchProcess:  # ended meanwhile; the next look counts the others
        return total
    return total


# --- the table --------------------------------------------------------------------------------


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tokens", type=int, default=200_000_000)
    parser.add_argument("--tasks", nargs="+", choices=TASKS, default=list(TASKS)[:3])
    parser.add_argument("--settings", nargs="+", choices=SETTINGS, default=list(SETTINGS))
    parser.add_argument("--job", nargs=5, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.job:
        run(*options.job)
        return
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        node = write(Path(folder), options.tokens)
        seconds = time.perf_counter() - begun
        size = sum(path.stat().st_size for path in Path(folder).iterdir())
        print(
            f"{options.tokens:,} tokens, {size / 1e9:.2f} GB of Parquet in "
            f"{-(-options.tokens // PART)} parts, written in {seconds:.0f} s; "
            f"{os.cpu_count()} cores, Python {platform.python_version()}, "
            f"dask {version('dask')}, pandas {version('pandas')}\n"
        )
        print("| task | on | seconds | tokens per second | peak memory, MB | rows |")
        print("|---|---|---:|---:|---:|---:|")
        above = []
        for task in options.tasks:
            for setting in options.settings:
                job = [
                    sys.executable,
                    __file__,
                    "--job",
                    task,
                    setting,
                    folder,
                    node,
                    str(options.tokens),
                ]
                (seconds, rows), highest = measured(job)
                print(
                    f"| {TASKS[task]} | {setting} | {float(seconds):.1f} | "
                    f"{options.tokens / float(seconds):,.0f} | {highest / 1e6:,.0f} | "
                    f"{int(rows):,} |",
                    flush=True,
                )
                above += [f"{task} on {setting}"] if highest > LIMIT else []
    if above:
        raise SystemExit(f"larger: above {LIMIT / 1e9:g} GB: {', '.join(above)}.")


if __name__ == "__main__":
    main()
