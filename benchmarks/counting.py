"""Counting beside other tools: time and peak memory on a synthetic table and on real news.

    python benchmarks/counting.py                               # ten million tokens, 200,000 types
    python benchmarks/counting.py --data ../shared/data         # and news, where it is at hand
    python benchmarks/counting.py --rows 1000000 --tools toolkit,pandas

Prints Markdown tables. Every job runs in a fresh process: it loads the same table, lets the tool
turn it into what it works on (``encode``, timed apart), does the job, and does it again `RUNS`
times; shown are the median and the memory that the job needed on top of the loaded data. The
tools get what suits them best: pandas the categoricals, polars ``Categorical``, duckdb ``ENUM``
columns, the standard library and NLTK lists of strings. A job ends with the same rows and columns
for every tool: counts sorted by frequency, and what else its name says.
"""

import argparse
import collections
import contextlib
import importlib.metadata
import json
import lzma
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

RUNS = 3
WINDOW = 5
LINES = 1000
TYPES = 200_000
SEED = 20251116
TOOLS = ("toolkit", "Counter", "nltk", "pandas", "polars", "duckdb")
TASKS = {
    "unigrams": "unigrams: freq, per million",
    "documents": "the same with document frequency",
    "bigrams": "bigrams within sentences: freq",
    "bigram_documents": "the same with document frequency",
    "keyness": "keyness of two halves: log-likelihood",
    "collocates": f"collocates of a frequent node, {WINDOW} on each side: freq",
    "kwic_frequent": f"KWIC of a frequent word: count and {LINES:,} lines",
    "kwic_rare": "KWIC of a rare word",
}
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"


# --- data -------------------------------------------------------------------------------------


def word(number):
    """A made-up Arabic word, different for every number."""
    letters = ""
    while number >= 0:
        number, letter = divmod(number, len(LETTERS))
        letters += LETTERS[letter]
        number -= 1
    return letters


def synthetic(rows):
    """Words table of `rows` rows: Zipf's law, sentences of 20 rows, documents of 500."""
    random = np.random.default_rng(SEED)
    weights = 1 / np.arange(1, TYPES + 1)
    drawn = random.choice(TYPES, size=rows, p=weights / weights.sum()).astype(np.int32)
    at = np.arange(rows)
    return table(drawn, [word(n) for n in range(TYPES)], at // 500, at % 500 // 20)


def news(data):
    """Words table of the news articles: written words and marks, lines as sentences."""
    codes, forms, docs, sents = [], {}, [], []
    doc = sent = -1
    for path in sorted((data / "raw/antcorpus_multisource").glob("*.txt.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("# ") and "\t" in line:
                    doc, sent = doc + 1, -1
                    continue
                sent += 1
                for form in re.findall(r"\w+|[^\w\s]", line):
                    codes.append(forms.setdefault(form, len(forms)))
                    docs.append(doc)
                    sents.append(sent)
    return table(np.array(codes, dtype=np.int32), list(forms), np.array(docs), np.array(sents))


def table(codes, forms, doc, sent):
    """The columns that are counted, as the package holds them."""
    order = np.argsort(np.array(forms))
    place = np.empty(len(forms), dtype=np.int32)
    place[order] = np.arange(len(forms), dtype=np.int32)
    form = pd.Categorical.from_codes(place[codes], pd.Index(forms, dtype="str").take(order))
    names = pd.Index([f"d{n:06}" for n in range(int(doc.max()) + 1)], dtype="str")
    is_word = np.array([forms[n][0].isalnum() for n in order])[form.codes]
    kind = pd.Categorical.from_codes(np.where(is_word, 0, 1), ["word", "punctuation"])
    start = np.arange(len(codes), dtype=np.int32) * 2
    columns = {"doc": pd.Categorical.from_codes(doc, names), "sent": sent.astype(np.int32)}
    columns |= {"form": form, "norm": form, "kind": kind, "start": start, "end": start + 1}
    return pd.DataFrame(columns)


def nodes(frame):
    """A frequent and a rare word of the table."""
    counts = frame.loc[frame["kind"] == "word", "norm"].value_counts()
    rare = counts[counts >= 5]
    return str(counts.index[50]), str(rare.index[-1])


# --- the tools --------------------------------------------------------------------------------
# For each: what it turns the table into, and a function for each task.


class Toolkit:
    def encode(self, frame):
        from toolkit import concordance

        self.frame = frame
        self.index = concordance.index(frame, by="norm")

    def unigrams(self, *_):
        from toolkit import counts

        return counts.frequencies(self.frame, by="norm", docs=False)

    def documents(self, *_):
        from toolkit import counts

        return counts.frequencies(self.frame, by="norm")

    def bigrams(self, *_):
        from toolkit import counts

        return counts.ngrams(self.frame, 2, by="norm")

    bigram_documents = bigrams  # there is no way without

    def keyness(self, *_):
        from toolkit import counts, keyness

        half = len(self.frame) // 2
        parts = [self.frame.iloc[:half], self.frame.iloc[half:]]
        return keyness.keywords(
            *(counts.frequencies(part, by="norm", docs=False) for part in parts)
        )

    def collocates(self, frequent, _):
        from toolkit import collocation

        return collocation.collocates(self.frame, frequent, by="norm", window=WINDOW)

    def kwic_frequent(self, frequent, _):
        from toolkit import concordance

        return concordance.kwic(self.index, frequent, window=WINDOW, limit=LINES)

    def kwic_rare(self, _, rare):
        return self.kwic_frequent(rare, _)


class Counter:
    def encode(self, frame):
        words = frame[frame["kind"] == "word"]
        self.words = words["norm"].astype("object").tolist()
        self.docs = words["doc"].astype("object").tolist()
        self.sents = words["sent"].tolist()

    def unigrams(self, *_):
        found, n = collections.Counter(self.words), len(self.words)
        return [(item, freq, freq / n * 1e6) for item, freq in found.most_common()]

    def documents(self, *_):
        found, n = collections.Counter(self.words), len(self.words)
        docs = collections.Counter(item for item, _ in set(zip(self.words, self.docs, strict=True)))
        return [(item, freq, freq / n * 1e6, docs[item]) for item, freq in found.most_common()]

    def bigrams(self, *_):
        places = list(zip(self.docs, self.sents, strict=True))
        pairs = zip(self.words, self.words[1:], places, places[1:], strict=False)
        return collections.Counter((a, b) for a, b, p, q in pairs if p == q).most_common()

    def bigram_documents(self, *_):
        places = list(zip(self.docs, self.sents, strict=True))
        pairs = zip(self.words, self.words[1:], places, places[1:], strict=False)
        within = [(a, b, p[0]) for a, b, p, q in pairs if p == q]
        found = collections.Counter((a, b) for a, b, _ in within)
        docs = collections.Counter((a, b) for a, b, _ in set(within))
        return [(pair, freq, docs[pair]) for pair, freq in found.most_common()]

    def keyness(self, *_):
        half = len(self.words) // 2
        parts = [collections.Counter(part) for part in (self.words[:half], self.words[half:])]
        return keyness_of(*(pd.Series(part, dtype="int64") for part in parts))

    def collocates(self, frequent, _):
        found = collections.Counter()
        for at, item in enumerate(self.words):
            if item == frequent:
                for near in (*range(max(at - WINDOW, 0), at), *range(at + 1, at + WINDOW + 1)):
                    if near < len(self.words) and self.place(near) == self.place(at):
                        found[self.words[near]] += 1
        return found.most_common()

    def place(self, at):
        return self.docs[at], self.sents[at]

    def kwic_frequent(self, frequent, _):
        hits = [at for at, item in enumerate(self.words) if item == frequent]
        return len(hits), [self.words[max(at - 5, 0) : at + 6] for at in hits[:LINES]]

    def kwic_rare(self, _, rare):
        return self.kwic_frequent(rare, _)


class Nltk(Counter):
    def unigrams(self, *_):
        import nltk

        found = nltk.FreqDist(self.words)
        return [(item, freq, freq / found.N() * 1e6) for item, freq in found.most_common()]

    def bigrams(self, *_):
        from nltk.collocations import BigramCollocationFinder

        sentences = [[]]
        for at, item in enumerate(self.words):
            if at and self.place(at) != self.place(at - 1):
                sentences.append([])
            sentences[-1].append(item)
        return BigramCollocationFinder.from_documents(sentences).ngram_fd.most_common()

    documents = bigram_documents = keyness = collocates = None  # has no such function

    def kwic_frequent(self, frequent, _):
        from nltk.text import ConcordanceIndex

        if not hasattr(self, "index"):
            self.index = ConcordanceIndex(self.words)
        hits = self.index.offsets(frequent)
        return len(hits), [self.words[max(at - 5, 0) : at + 6] for at in hits[:LINES]]


class Pandas:
    def encode(self, frame):
        self.frame = frame[frame["kind"] == "word"].reset_index(drop=True)

    def unigrams(self, *_):
        found = self.frame["norm"].value_counts().to_frame("freq")
        return found.assign(per_million=found["freq"] / len(self.frame) * 1e6)

    def documents(self, *_):
        grouped = self.frame.groupby("norm", observed=True)["doc"]
        found = grouped.agg(["size", "nunique"]).sort_values("size", ascending=False)
        return found.assign(per_million=found["size"] / len(self.frame) * 1e6)

    def bigrams(self, *_):
        after = self.frame.shift(-1)
        same = (after["doc"] == self.frame["doc"]) & (after["sent"] == self.frame["sent"])
        pairs = pd.DataFrame({"first": self.frame["norm"], "second": after["norm"]})[same]
        found = pairs.groupby(["first", "second"], observed=True).size()
        return found.sort_values(ascending=False)

    def bigram_documents(self, *_):
        after = self.frame.shift(-1)
        same = (after["doc"] == self.frame["doc"]) & (after["sent"] == self.frame["sent"])
        pairs = self.frame[["doc", "norm"]].assign(second=after["norm"])[same]
        grouped = pairs.groupby(["norm", "second"], observed=True)["doc"]
        return grouped.agg(["size", "nunique"]).sort_values("size", ascending=False)

    def keyness(self, *_):
        half = len(self.frame) // 2
        parts = (self.frame["norm"].iloc[:half], self.frame["norm"].iloc[half:])
        return keyness_of(*(part.value_counts() for part in parts))

    def collocates(self, frequent, _):
        words, place = self.frame["norm"], self.frame[["doc", "sent"]]
        is_node = words == frequent
        found = 0
        for distance in (*range(-WINDOW, 0), *range(1, WINDOW + 1)):
            same = (place.shift(distance) == place).all(axis=1)
            near = is_node.shift(distance, fill_value=False) & same
            found = words[near].value_counts() + found
        return found[found > 0].sort_values(ascending=False)

    def kwic_frequent(self, frequent, _):
        hits = np.flatnonzero(self.frame["norm"] == frequent)
        words = self.frame["norm"]
        return len(hits), [" ".join(words.iloc[max(at - 5, 0) : at + 6]) for at in hits[:LINES]]

    def kwic_rare(self, _, rare):
        return self.kwic_frequent(rare, _)


class Polars:
    def encode(self, frame):
        import polars as pl

        words = frame.loc[frame["kind"] == "word", ["doc", "sent", "norm"]]
        self.frame = pl.from_pandas(words.astype({"doc": "category", "norm": "category"}))

    def unigrams(self, *_):
        import polars as pl

        found = self.frame["norm"].value_counts(sort=True)
        return found.with_columns(per_million=pl.col("count") / len(self.frame) * 1e6)

    def documents(self, *_):
        import polars as pl

        found = self.frame.group_by("norm").agg(freq=pl.len(), docs=pl.col("doc").n_unique())
        found = found.with_columns(per_million=pl.col("freq") / len(self.frame) * 1e6)
        return found.sort("freq", descending=True)

    def bigrams(self, *_):
        import polars as pl

        same = (pl.col("doc").shift(-1) == pl.col("doc")) & (
            pl.col("sent").shift(-1) == pl.col("sent")
        )
        pairs = self.frame.lazy().select("norm", second=pl.col("norm").shift(-1), same=same)
        found = pairs.filter(pl.col("same")).group_by("norm", "second").len()
        return found.sort("len", descending=True).collect()

    def bigram_documents(self, *_):
        import polars as pl

        same = (pl.col("doc").shift(-1) == pl.col("doc")) & (
            pl.col("sent").shift(-1) == pl.col("sent")
        )
        pairs = self.frame.lazy().select("doc", "norm", second=pl.col("norm").shift(-1), same=same)
        found = pairs.filter(pl.col("same")).group_by("norm", "second")
        found = found.agg(freq=pl.len(), docs=pl.col("doc").n_unique())
        return found.sort("freq", descending=True).collect()

    def keyness(self, *_):
        half = len(self.frame) // 2
        parts = (self.frame["norm"][:half], self.frame["norm"][half:])
        counts = [part.value_counts(name="freq").to_pandas() for part in parts]
        return keyness_of(*(part.set_index("norm")["freq"] for part in counts))

    def collocates(self, frequent, _):
        import polars as pl

        near = pl.lit(0)
        for distance in (*range(-WINDOW, 0), *range(1, WINDOW + 1)):
            hit = pl.col("norm").shift(distance) == frequent
            for column in ("doc", "sent"):
                hit = hit & (pl.col(column).shift(distance) == pl.col(column))
            near = near + hit.fill_null(False).cast(pl.Int32)
        found = self.frame.lazy().with_columns(near=near).filter(pl.col("near") > 0)
        found = found.group_by("norm").agg(pl.col("near").sum())
        return found.sort("near", descending=True).collect()

    def kwic_frequent(self, frequent, _):
        hits = (self.frame["norm"] == frequent).arg_true().to_list()
        words = self.frame["norm"]
        return len(hits), [" ".join(words[max(at - 5, 0) : at + 6]) for at in hits[:LINES]]

    def kwic_rare(self, _, rare):
        return self.kwic_frequent(rare, _)


class Duckdb:
    def encode(self, frame):
        import duckdb

        words = frame.loc[frame["kind"] == "word", ["doc", "sent", "norm"]].reset_index(drop=True)
        words["place"] = np.arange(len(words))
        self.base = duckdb.connect()
        self.base.execute("SET threads TO 2")
        self.base.execute("CREATE TABLE words AS SELECT * FROM words ORDER BY place")
        self.n = len(words)

    def ask(self, question, *values):
        return self.base.execute(question, values).to_arrow_table()

    def unigrams(self, *_):
        return self.ask(
            "SELECT norm, count(*) AS freq, count(*) / ? * 1e6 FROM words GROUP BY norm"
            " ORDER BY freq DESC",
            self.n,
        )

    def documents(self, *_):
        return self.ask(
            "SELECT norm, count(*) AS freq, count(*) / ? * 1e6, count(DISTINCT doc) FROM words"
            " GROUP BY norm ORDER BY freq DESC",
            self.n,
        )

    def bigrams(self, *_):
        return self.ask(
            "SELECT norm, second, count(*) AS freq FROM (SELECT norm, lead(norm) OVER"
            " (PARTITION BY doc, sent ORDER BY place) AS second FROM words)"
            " WHERE second IS NOT NULL GROUP BY ALL ORDER BY freq DESC"
        )

    def bigram_documents(self, *_):
        return self.ask(
            "SELECT norm, second, count(*) AS freq, count(DISTINCT doc) FROM (SELECT doc, norm,"
            " lead(norm) OVER (PARTITION BY doc, sent ORDER BY place) AS second FROM words)"
            " WHERE second IS NOT NULL GROUP BY norm, second ORDER BY freq DESC"
        )

    def keyness(self, *_):
        parts = [
            self.ask(f"SELECT norm, count(*) AS freq FROM words WHERE place {where} GROUP BY norm")
            for where in (f"< {self.n // 2}", f">= {self.n // 2}")
        ]
        return keyness_of(*(part.to_pandas().set_index("norm")["freq"] for part in parts))

    def collocates(self, frequent, _):
        return self.ask(
            "SELECT b.norm, count(*) AS freq FROM words a JOIN words b ON a.doc = b.doc AND"
            f" a.sent = b.sent AND a.place <> b.place AND abs(a.place - b.place) <= {WINDOW}"
            " WHERE a.norm = ? GROUP BY b.norm ORDER BY freq DESC",
            frequent,
        )

    def kwic_frequent(self, frequent, _):
        count = self.ask("SELECT count(*) FROM words WHERE norm = ?", frequent)
        lines = self.ask(
            "SELECT a.place, string_agg(b.norm, ' ' ORDER BY b.place) FROM"
            f" (SELECT place FROM words WHERE norm = ? ORDER BY place LIMIT {LINES}) a JOIN words b"
            f" ON b.place BETWEEN a.place - {WINDOW} AND a.place + {WINDOW} GROUP BY a.place",
            frequent,
        )
        return count, lines

    def kwic_rare(self, _, rare):
        return self.kwic_frequent(rare, _)


def keyness_of(target, reference):
    """Signed log-likelihood over the union of two count series, with pandas alone."""
    target.index, reference.index = target.index.astype("object"), reference.index.astype("object")
    both = pd.concat([target, reference], axis=1, keys=["target", "reference"]).fillna(0)
    size, n = both.sum(), both.sum().sum()
    score, row = 0, both.sum(axis=1)
    for name in both:
        for seen, all_seen in ((both[name], row), (size[name] - both[name], n - row)):
            expected = all_seen * size[name] / n
            score = score + 2 * (seen * np.log((seen / expected).where(seen > 0, 1)))
    over = both["target"] >= row * size["target"] / n
    return both.assign(score=score.where(over, -score)).sort_values("score", ascending=False)


CLASSES = dict(zip(TOOLS, (Toolkit, Counter, Nltk, Pandas, Polars, Duckdb), strict=True))


# --- one job in a fresh process ---------------------------------------------------------------


def memory(field):
    """A field of this process's memory in MB, or nothing where the system does not tell."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return float("nan")
    return int(re.search(rf"{field}:\s+(\d+)", status)[1]) / 1024


def forget_peak():
    """Have the system measure the peak anew."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def job(path, tool, task):
    """Seconds to encode and to run, and the MB that the run needed on top, as JSON."""
    frame = pd.read_pickle(path)
    chosen, asked = CLASSES[tool](), nodes(frame)
    run = getattr(chosen, task)
    if run is None:
        return {}
    begun = time.perf_counter()
    chosen.encode(frame)
    encoded = time.perf_counter() - begun
    times, peaks = [], []
    for _ in range(RUNS):
        forget_peak()
        before = memory("VmRSS")
        begun = time.perf_counter()
        found = run(*asked)
        times.append(time.perf_counter() - begun)
        peaks.append(memory("VmHWM") - before)
        del found
    first, middle = times[0], statistics.median(times)
    size = frame.memory_usage(deep=True).sum() / 2**20
    return {"encode": encoded, "first": first, "run": middle, "peak": max(peaks), "table": size}


def in_process(path, tool, task, limit):
    """The result of one job; "time" or "memory" where it did not end."""
    command = [sys.executable, __file__, "--job", path, tool, task]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit)
    except subprocess.TimeoutExpired:
        return f"over {limit} s"
    if done.returncode < 0:
        return "killed"
    if done.returncode:
        raise RuntimeError(f"{tool}, {task}: {done.stderr[-800:]}")
    return json.loads(done.stdout)


# --- the tables -------------------------------------------------------------------------------


def seconds(value):
    return f"{value:.3f}" if value < 1 else f"{value:.1f}"


def lines(path, tools, limit):
    """Markdown rows: a job, then each tool."""
    for task, name in TASKS.items():
        results = {tool: in_process(path, tool, task, limit) for tool in tools}
        ours = results.get("toolkit")
        for tool, result in results.items():
            if isinstance(result, str):
                yield f"| {name} | {tool} | – | {result} | – | – |"
            elif result:
                ratio = f"{result['run'] / ours['run']:.1f}" if ours else "–"
                cells = (seconds(result["encode"]), seconds(result["run"]), ratio)
                yield f"| {name} | {tool} | {' | '.join(cells)} | {result['peak']:.0f} |"
        print(f"{task} done", file=sys.stderr)


def report(title, frame, tools, limit):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "table.pickle")
        frame.to_pickle(path)
        size = frame.memory_usage(deep=True).sum() / 2**20
        types = frame["norm"].nunique()
        print(f"### {title}\n")
        print(
            f"{len(frame):,} rows, {types:,} types, {frame['doc'].nunique():,} documents; "
            f"the table takes {size:.0f} MB.\n"
        )
        print("| job | tool | encode, s | run, s | times ours | peak on top, MB |")
        print("|---|---|---|---|---|---|")
        for line in lines(path, tools, limit):
            print(line, flush=True)
        print()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--data", type=Path, help="a folder with raw/antcorpus_multisource")
    parser.add_argument("--tools", default=",".join(TOOLS))
    parser.add_argument("--limit", type=int, default=300, help="seconds that one job may take")
    parser.add_argument("--job", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.job:
        print(json.dumps(job(*options.job)))
        return
    tools = options.tools.split(",")
    versions = [f"{name} {importlib.metadata.version(name)}" for name in ("numpy", "pandas")]
    versions += [f"{t} {importlib.metadata.version(t)}" for t in tools if t in ("nltk", "polars")]
    versions += [f"duckdb {importlib.metadata.version('duckdb')}"] if "duckdb" in tools else []
    print(
        f"Python {platform.python_version()}, {', '.join(versions)}; {os.cpu_count()} cores, "
        f"{platform.machine()}. Median of {RUNS} runs in one process for each job.\n"
    )
    report("Synthetic words", synthetic(options.rows), tools, options.limit)
    if options.data:
        report("News of 2018", news(options.data), tools, options.limit)


if __name__ == "__main__":
    main()
