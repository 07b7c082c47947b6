"""Counting beside other tools: time and peak memory on a synthetic table and on real news.

    python benchmarks/counting.py                               # ten million tokens, 200,000 types
    python benchmarks/counting.py --data ../shared/data         # and news, where it is at hand
    python benchmarks/counting.py --rows 1000000 --tools toolkit,pandas --tasks bigrams

Prints Markdown tables. Every job runs in a fresh process: it loads the same table, lets the tool
turn it into what it works on (``encode``, timed apart), and does the job `RUNS` times, or more
often where that takes less than `SECONDS`; shown are the fastest, which other programs disturbed
least, and the most memory that the job needed on top of what was loaded. The tools get what
suits them best: the toolkit its ``concordance.index``, pandas the categoricals, polars
``Categorical``, duckdb ``ENUM`` columns, NLTK its ``ConcordanceIndex``, and, as the standard
library, lists of strings. The toolkit leaves out punctuation in every run, the others did so when
encoding. A job ends with the same rows and columns for every tool, those of `COLUMNS`; the result
of each is compared with the toolkit's, and the run ends where one differs.
"""

import argparse
import collections
import contextlib
import importlib.metadata
import json
import lzma
import math
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

RUNS = 3
SECONDS = 3
MOST_RUNS = 20
WINDOW = 5
LINES = 1000
TYPES = 200_000
SEED = 20251116
TOOLS = ("toolkit", "toolkit without index", "Counter", "nltk", "pandas", "polars", "duckdb")
TASKS = {
    "unigrams": "unigrams: freq, per million",
    "documents": "unigrams with document frequency",
    "bigrams": "bigrams within sentences: freq",
    "bigram_documents": "bigrams with document frequency",
    "keyness": "keyness of two halves: log-likelihood",
    "collocates": f"collocates of a frequent node, {WINDOW} on each side: log-dice",
    "node_pairs": f"collocates of a frequent node as pairs, {WINDOW} on each side: freq",
    "kwic_most": f"KWIC of the most frequent word: count and {LINES:,} lines",
    "kwic_frequent": f"KWIC of a frequent word: count and {LINES:,} lines",
    "kwic_rare": "KWIC of a rare word",
}
# Tasks that are another with another word.
SAME_AS = {"kwic_most": "kwic_frequent", "kwic_rare": "kwic_frequent"}
# What a result has beside the item, or the items; the rows fall by the column named in `SORTED`.
COLUMNS = {
    "unigrams": ("freq", "per_million"),
    "documents": ("freq", "per_million", "docs"),
    "bigrams": ("freq",),
    "bigram_documents": ("freq", "docs"),
    "keyness": ("freq_target", "freq_reference", "log_likelihood"),
    "collocates": ("freq", "freq_item", "n", "log_dice"),
    "node_pairs": ("freq",),
}
SORTED = {"keyness": "log_likelihood", "collocates": "log_dice"}  # the others: freq
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


def node(frame, task):
    """The word that a task asks for: the 51st, the most frequent, or a rare one."""
    counts = frame.loc[frame["kind"] == "word", "norm"].value_counts()
    rank = {"kwic_most": 0, "kwic_rare": int((counts >= 5).sum()) - 1}.get(task, 50)
    return str(counts.index[rank])


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
        found = [counts.frequencies(part, by="norm", docs=False) for part in parts]
        return keyness.keywords(*found, effect=None)

    def collocates(self, frequent):
        from toolkit import collocation

        return collocation.collocates(self.index, frequent, by="norm", window=WINDOW, fold=False)

    def node_pairs(self, frequent):
        from toolkit import collocation

        found = collocation.collocates(
            self.index, frequent, by="norm", window=WINDOW, fold=False, convention="antconc"
        )
        return found[["freq"]].sort_values("freq", ascending=False)

    def kwic_frequent(self, frequent):
        from toolkit import concordance

        found = {"by": "norm", "fold": False}
        lines = concordance.kwic(self.index, frequent, window=WINDOW, limit=LINES, **found)
        return concordance.count(self.index, frequent, **found), lines


class Unindexed(Toolkit):
    def encode(self, frame):
        self.frame = self.index = frame

    unigrams = documents = bigrams = bigram_documents = keyness = None  # read the table anyway


class Counter:
    def encode(self, frame):
        words = frame[frame["kind"] == "word"]
        self.half = words_of_first_half(frame)
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
        parts = (self.words[: self.half], self.words[self.half :])
        counts = [pd.Series(collections.Counter(part), dtype="int64") for part in parts]
        return keyness_of(pd.concat(counts, axis=1).fillna(0))

    def collocates(self, frequent):
        near, node = set(), 0
        for at, item in enumerate(self.words):
            if item == frequent:
                node += 1
                around = (*range(max(at - WINDOW, 0), at), *range(at + 1, at + WINDOW + 1))
                near.update(place for place in around if self.is_near(at, place))
        found = collections.Counter(self.words[place] for place in near)
        freq, n = collections.Counter(self.words), len(self.words)
        rows = [
            (item, times, freq[item], n, log_dice(times, node, freq[item], math.log2))
            for item, times in found.items()
        ]
        return sorted(rows, key=lambda row: -row[-1])

    def is_near(self, at, place):
        return place < len(self.words) and self.place(place) == self.place(at)

    def place(self, at):
        return self.docs[at], self.sents[at]

    def hits(self, item):
        return [at for at, word in enumerate(self.words) if word == item]

    def kwic_frequent(self, frequent):
        hits = self.hits(frequent)
        rows = around(hits, len(self.words))
        return len(hits), joined([self.words[at] for at in rows], [self.docs[at] for at in rows])


class Nltk(Counter):
    def encode(self, frame):
        from nltk.text import ConcordanceIndex

        super().encode(frame)
        self.index = ConcordanceIndex(self.words)

    def unigrams(self, *_):
        import nltk

        found = nltk.FreqDist(self.words)
        return [(item, freq, freq / found.N() * 1e6) for item, freq in found.most_common()]

    def bigrams(self, *_):
        return self.finder(2).ngram_fd.most_common()

    def finder(self, window=WINDOW + 1):
        """All pairs of words of a sentence that a window holds, counted: there is no other way."""
        from nltk.collocations import BigramCollocationFinder

        nothing = [None] * (window - 1)  # between sentences, as from_documents puts it between all
        words = []
        for at, item in enumerate(self.words):
            if at and self.place(at) != self.place(at - 1):
                words += nothing
            words.append(item)
        return BigramCollocationFinder.from_words([*words, *nothing], window_size=window)

    documents = bigram_documents = keyness = collocates = None  # has no such function

    def node_pairs(self, frequent):
        found = collections.Counter()
        for (first, second), freq in self.finder().ngram_fd.items():
            if first == frequent:
                found[second] += freq
            if second == frequent:
                found[first] += freq
        return found.most_common()

    def hits(self, item):
        return self.index.offsets(item)


class Pandas:
    def encode(self, frame):
        self.frame = frame[frame["kind"] == "word"].reset_index(drop=True)
        self.half = words_of_first_half(frame)

    def unigrams(self, *_):
        found = self.frame["norm"].value_counts().to_frame("freq")
        found = found[found["freq"] > 0]
        return found.assign(per_million=found["freq"] / len(self.frame) * 1e6)

    def documents(self, *_):
        grouped = self.frame.groupby("norm", observed=True)["doc"]
        found = grouped.agg(freq="size", docs="nunique").sort_values("freq", ascending=False)
        return found.assign(per_million=found["freq"] / len(self.frame) * 1e6)

    def bigrams(self, *_):
        after = self.frame.shift(-1)
        same = (after["doc"] == self.frame["doc"]) & (after["sent"] == self.frame["sent"])
        pairs = pd.DataFrame({"first": self.frame["norm"], "second": after["norm"]})[same]
        found = pairs.groupby(["first", "second"], observed=True).size()
        return found.sort_values(ascending=False).to_frame("freq")

    def bigram_documents(self, *_):
        after = self.frame.shift(-1)
        same = (after["doc"] == self.frame["doc"]) & (after["sent"] == self.frame["sent"])
        pairs = self.frame[["doc", "norm"]].assign(second=after["norm"])[same]
        grouped = pairs.groupby(["norm", "second"], observed=True)["doc"]
        return grouped.agg(freq="size", docs="nunique").sort_values("freq", ascending=False)

    def keyness(self, *_):
        parts = (self.frame["norm"].iloc[: self.half], self.frame["norm"].iloc[self.half :])
        # in the order of the categories, so that no string is looked up
        return keyness_of(pd.concat([part.value_counts(sort=False) for part in parts], axis=1))

    def collocates(self, frequent):
        words, place = self.frame["norm"], self.frame[["doc", "sent"]]
        is_node = words == frequent
        near = np.zeros(len(words), dtype=bool)
        for distance in (*range(-WINDOW, 0), *range(1, WINDOW + 1)):
            same = (place.shift(distance) == place).all(axis=1)
            near |= is_node.shift(distance, fill_value=False) & same
        found = pd.concat([words[near].value_counts(), words.value_counts()], axis=1)
        found = found.set_axis(["freq", "freq_item"], axis=1).query("freq > 0")
        score = log_dice(found["freq"], is_node.sum(), found["freq_item"], np.log2)
        found = found.assign(n=len(words), log_dice=score)
        return found.sort_values("log_dice", ascending=False)

    def kwic_frequent(self, frequent):
        hits = np.flatnonzero(self.frame["norm"] == frequent)
        rows = around(hits, len(self.frame))
        near = self.frame[["norm", "doc"]].take(rows).astype("object")
        return len(hits), joined(near["norm"].tolist(), near["doc"].tolist())


class Polars:
    def encode(self, frame):
        import polars as pl

        words = frame.loc[frame["kind"] == "word", ["doc", "sent", "norm"]]
        self.frame = pl.from_pandas(words.astype({"doc": "category", "norm": "category"}))
        self.half = words_of_first_half(frame)

    def unigrams(self, *_):
        import polars as pl

        found = self.frame["norm"].value_counts(sort=True, name="freq")
        return found.with_columns(per_million=pl.col("freq") / len(self.frame) * 1e6)

    def documents(self, *_):
        import polars as pl

        found = self.frame.group_by("norm").agg(freq=pl.len(), docs=pl.col("doc").n_unique())
        found = found.with_columns(per_million=pl.col("freq") / len(self.frame) * 1e6)
        return found.sort("freq", descending=True)

    def pairs(self):
        import polars as pl

        same = (pl.col("doc").shift(-1) == pl.col("doc")) & (
            pl.col("sent").shift(-1) == pl.col("sent")
        )
        pairs = self.frame.lazy().select("doc", "norm", second=pl.col("norm").shift(-1), same=same)
        return pairs.filter(pl.col("same")).group_by("norm", "second")

    def bigrams(self, *_):
        return self.pairs().len("freq").sort("freq", descending=True).collect()

    def bigram_documents(self, *_):
        import polars as pl

        found = self.pairs().agg(freq=pl.len(), docs=pl.col("doc").n_unique())
        return found.sort("freq", descending=True).collect()

    def keyness(self, *_):
        import polars as pl

        parts = {"freq_target": slice(self.half), "freq_reference": slice(self.half, None)}
        one, other = (self.frame["norm"][rows].value_counts(name=n) for n, rows in parts.items())
        both = one.join(other, on="norm", how="full", coalesce=True).fill_null(0)
        sizes = self.half, len(self.frame) - self.half
        a, b = (pl.col(name).cast(pl.Float64) for name in parts)
        terms = [
            pl.when(seen > 0).then(seen * (seen / expected).log()).otherwise(0)
            for seen, expected in cells(a, b, *sizes)
        ]
        sign = pl.when(a >= (a + b) * (sizes[0] / sum(sizes))).then(2).otherwise(-2)
        found = both.with_columns(log_likelihood=sign * sum(terms))
        return found.sort("log_likelihood", descending=True)

    def collocates(self, frequent):
        import polars as pl

        hits = []
        for distance in (*range(-WINDOW, 0), *range(1, WINDOW + 1)):
            hit = pl.col("norm").shift(distance) == frequent
            for column in ("doc", "sent"):
                hit = hit & (pl.col(column).shift(distance) == pl.col(column))
            hits.append(hit)
        near = self.frame.lazy().filter(pl.any_horizontal(hits)).group_by("norm").len("freq")
        of_all = self.frame.lazy().group_by("norm").len("freq_item")
        node = (self.frame["norm"] == frequent).sum()
        freq, freq_item = pl.col("freq"), pl.col("freq_item")
        found = near.join(of_all, on="norm").with_columns(
            n=len(self.frame), log_dice=14 + (2 * freq / (node + freq_item)).log(2)
        )
        return found.sort("log_dice", descending=True).collect()

    def kwic_frequent(self, frequent):
        hits = (self.frame["norm"] == frequent).arg_true().to_numpy()
        near = self.frame[around(hits, len(self.frame))]
        return len(hits), joined(near["norm"].to_list(), near["doc"].to_list())


class Duckdb:
    def encode(self, frame):
        import duckdb

        words = frame.loc[frame["kind"] == "word", ["doc", "sent", "norm"]].reset_index(drop=True)
        words["place"] = np.arange(len(words))
        self.base = duckdb.connect()
        self.base.execute("SET threads TO 2")
        self.base.execute("CREATE TABLE words AS SELECT * FROM words ORDER BY place")
        self.n, self.half = len(words), words_of_first_half(frame)

    def ask(self, question, *values):
        return self.base.sql(question, params=values).to_arrow_table()

    def unigrams(self, *_):
        return self.ask(
            "SELECT norm, count(*) AS freq, count(*) / ? * 1e6 AS per_million FROM words"
            " GROUP BY norm ORDER BY freq DESC",
            self.n,
        )

    def documents(self, *_):
        return self.ask(
            "SELECT norm, count(*) AS freq, count(*) / ? * 1e6 AS per_million,"
            " count(DISTINCT doc) AS docs FROM words GROUP BY norm ORDER BY freq DESC",
            self.n,
        )

    # The rows of the table are in the order of the text, so a window without an order is faster.
    pairs = (
        "(SELECT doc, norm, lead(norm) OVER () AS second, doc = lead(doc) OVER () AND"
        " sent = lead(sent) OVER () AS same FROM words) WHERE same GROUP BY norm, second"
    )

    def bigrams(self, *_):
        return self.ask(
            f"SELECT norm, second, count(*) AS freq FROM {self.pairs} ORDER BY freq DESC"
        )

    def bigram_documents(self, *_):
        return self.ask(
            "SELECT norm, second, count(*) AS freq, count(DISTINCT doc) AS docs"
            f" FROM {self.pairs} ORDER BY freq DESC"
        )

    def keyness(self, *_):
        sizes = self.half, self.n - self.half
        a, b = SqlNumber("freq_target"), SqlNumber("freq_reference")
        terms = " + ".join(
            f"CASE WHEN {seen} > 0 THEN {seen} * ln({seen} / {expected}) ELSE 0 END"
            for seen, expected in cells(a, b, *sizes)
        )
        sign = f"CASE WHEN {a} >= {(a + b) * (sizes[0] / self.n)} THEN 2 ELSE -2 END"
        return self.ask(
            f"SELECT *, {sign} * ({terms}) AS log_likelihood FROM (SELECT norm,"
            f" count(*) FILTER (place < {self.half}) AS freq_target,"
            f" count(*) FILTER (place >= {self.half}) AS freq_reference"
            " FROM words GROUP BY norm) ORDER BY log_likelihood DESC"
        )

    def collocates(self, frequent):
        return self.ask(
            "WITH node AS (SELECT * FROM words WHERE norm = ?), near AS (SELECT DISTINCT b.place,"
            " b.norm FROM node a JOIN words b ON a.doc = b.doc AND a.sent = b.sent AND"
            f" a.place <> b.place AND abs(a.place - b.place) <= {WINDOW}), found AS (SELECT norm,"
            " count(*) AS freq FROM near GROUP BY norm), item AS (SELECT norm, count(*) AS"
            f" freq_item FROM words GROUP BY norm) SELECT *, {self.n} AS n, 14 + log2(2 * freq /"
            " ((SELECT count(*) FROM node) + freq_item)) AS log_dice FROM found JOIN item"
            " USING (norm) ORDER BY log_dice DESC",
            frequent,
        )

    def kwic_frequent(self, frequent):
        count = self.ask("SELECT count(*) FROM words WHERE norm = ?", frequent)
        lines = self.ask(
            "SELECT a.doc, string_agg(b.norm, ' ' ORDER BY b.place) FILTER (b.place < a.place),"
            " any_value(a.norm), string_agg(b.norm, ' ' ORDER BY b.place)"
            " FILTER (b.place > a.place) FROM (SELECT * FROM words WHERE norm = ?"
            f" ORDER BY place LIMIT {LINES}) a CROSS JOIN range(-{WINDOW}, {WINDOW + 1}) d(far)"
            " JOIN words b ON b.place = a.place + far AND b.doc = a.doc"
            " GROUP BY a.doc, a.place ORDER BY a.place",
            frequent,
        )
        return count[0][0].as_py(), lines


class SqlNumber(str):
    """A number in SQL, with which Python's signs build a longer one."""

    def __add__(self, other):
        return SqlNumber(f"({self} + {other})")

    def __mul__(self, other):
        return SqlNumber(f"({self} * {other})")

    def __rsub__(self, other):
        return SqlNumber(f"({other} - {self})")


# --- what the tools share, where they have no function for it --------------------------------


def words_of_first_half(frame):
    """How many of the words stand in the first half of the rows."""
    return int((frame["kind"].iloc[: len(frame) // 2] == "word").sum())


def cells(a, b, size, other_size):
    """The four cells of the table of an item, with what is expected of each."""
    n, row = size + other_size, a + b
    return [
        (a, row * (size / n)),
        (b, row * (other_size / n)),
        (size - a, (n - row) * (size / n)),
        (other_size - b, (n - row) * (other_size / n)),
    ]


def keyness_of(both):
    """Signed log-likelihood of each row of two columns of counts."""
    both = both.set_axis(["freq_target", "freq_reference"], axis=1)
    sizes = both.sum()
    both = both[both.sum(axis=1) > 0]
    a, b = both["freq_target"], both["freq_reference"]
    score = 0
    for seen, expected in cells(a, b, *sizes):
        score = score + 2 * seen * np.log((seen / expected).where(seen > 0, 1))
    over = a >= (a + b) * (sizes.iloc[0] / sizes.sum())
    found = both.assign(log_likelihood=score.where(over, -score))
    return found.sort_values("log_likelihood", ascending=False)


def log_dice(freq, freq_node, freq_item, log2):
    return 14 + log2(2 * freq / (freq_node + freq_item))


def around(hits, rows):
    """The rows from `WINDOW` before to `WINDOW` after each of the first hits, end to end.

    Where the table ends too soon, its last row stands for those that are not there.
    """
    near = np.add.outer(np.asarray(hits[:LINES]), np.arange(-WINDOW, WINDOW + 1))
    return near.clip(0, rows - 1).ravel()


def joined(words, docs):
    """Document, before, node and after of each line; of the words, those of its document."""
    lines = []
    for at in range(WINDOW, len(words), 2 * WINDOW + 1):
        before, after = (
            " ".join(words[near] for near in side if docs[near] == docs[at])
            for side in (range(at - WINDOW, at), range(at + 1, at + WINDOW + 1))
        )
        lines.append((docs[at], before, words[at], after))
    return lines


CLASSES = dict(zip(TOOLS, (Toolkit, Unindexed, Counter, Nltk, Pandas, Polars, Duckdb), strict=True))


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
    chosen, asked = CLASSES[tool](), node(frame, task)
    run = getattr(chosen, SAME_AS.get(task, task), None)
    if run is None:
        return {}
    begun = time.perf_counter()
    chosen.encode(frame)
    encoded = time.perf_counter() - begun
    times, peaks = [], []
    while len(times) < RUNS or (sum(times) < SECONDS and len(times) < MOST_RUNS):
        forget_peak()
        before = memory("VmRSS")
        begun = time.perf_counter()
        found = run(asked)
        times.append(time.perf_counter() - begun)
        peaks.append(memory("VmHWM") - before)
        essence = essence_of(found, task)
        del found
    return {"encode": encoded, "run": min(times), "peak": max(peaks), "essence": essence}


def essence_of(found, task):
    """Numbers that tell one result from another: its size, and of each column sum or highest."""
    if task not in COLUMNS:
        count, lines = found
        return [count, len(lines)]
    numbers = [len(found)]
    for place, name in enumerate(COLUMNS[task], start=1):
        if isinstance(found, list):
            column = np.fromiter((row[place] for row in found), dtype=float)
        else:
            column = np.asarray(found[name], dtype=float)
        numbers.append(float(column.sum()))
        if name == SORTED.get(task, "freq"):
            numbers += column[:10].tolist() + column[-10:].tolist()
    return numbers


def agree(one, other):
    """Whether two results have the same numbers, but for the last digits of a sum."""
    pairs = zip(one, other, strict=True)
    return all(math.isclose(a, b, rel_tol=1e-6, abs_tol=1e-6) for a, b in pairs)


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


def floors(frame):
    """Seconds of single steps: what a count cannot be faster than, with one thread of NumPy."""
    codes = frame["norm"].array.codes
    items = len(frame["norm"].array.categories)
    parts = [codes[at : at + 2**20] for at in range(0, len(codes), 2**20)]
    keys = np.random.default_rng(SEED).permutation(len(codes)) << 20
    steps = {
        "read once (sum of 32-bit codes)": codes.sum,
        "counted by item (np.bincount, a million at a time)": lambda: [
            np.bincount(part, minlength=items) for part in parts
        ],
        "copied as 64-bit integers": lambda: codes.astype(np.int64),
        "sorted (64-bit integers, the copy included)": lambda: np.sort(keys),
    }
    return {name: min(timed(step) for _ in range(9)) for name, step in steps.items()}


def timed(step):
    begun = time.perf_counter()
    step()
    return time.perf_counter() - begun


# --- the tables -------------------------------------------------------------------------------


def seconds(value):
    return f"{value:.3f}" if value < 1 else f"{value:.1f}"


def lines(path, tools, tasks, limit):
    """Markdown rows: a job, then each tool."""
    for task in tasks:
        name = TASKS[task]
        results = {tool: in_process(path, tool, task, limit) for tool in tools}
        ours = results.get("toolkit")
        for tool, result in results.items():
            if isinstance(result, str):
                yield f"| {name} | {tool} | – | {result} | – | – |"
            elif result:
                if ours and not agree(result["essence"], ours["essence"]):
                    raise RuntimeError(f"{tool}, {task}: {result['essence']}, {ours['essence']}")
                ratio = f"{result['run'] / ours['run']:.1f}" if ours else "–"
                cells = (seconds(result["encode"]), seconds(result["run"]), ratio)
                yield f"| {name} | {tool} | {' | '.join(cells)} | {result['peak']:.0f} |"
        print(f"{task} done", file=sys.stderr)


def report_floors(frame):
    print(f"### What single steps take\n\n| {len(frame):,} numbers | s |\n|---|---|")
    for name, taken in floors(frame).items():
        print(f"| {name} | {seconds(taken)} |")
    print()


def report(title, frame, tools, tasks, limit):
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
        for line in lines(path, tools, tasks, limit):
            print(line, flush=True)
        print()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--data", type=Path, help="a folder with raw/antcorpus_multisource")
    parser.add_argument("--tools", default=",".join(TOOLS))
    parser.add_argument("--tasks", default=",".join(TASKS))
    parser.add_argument("--limit", type=int, default=300, help="seconds that one job may take")
    parser.add_argument("--job", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.job:
        print(json.dumps(job(*options.job)))
        return
    tools, tasks = options.tools.split(","), options.tasks.split(",")
    versions = [f"{name} {importlib.metadata.version(name)}" for name in ("numpy", "pandas")]
    versions += [f"{t} {importlib.metadata.version(t)}" for t in tools if t in ("nltk", "polars")]
    versions += [f"duckdb {importlib.metadata.version('duckdb')}"] if "duckdb" in tools else []
    print(
        f"Python {platform.python_version()}, {', '.join(versions)}; {os.cpu_count()} cores, "
        f"{platform.machine()}. Fastest of {RUNS} to {MOST_RUNS} runs in one process per job.\n"
    )
    words = synthetic(options.rows)
    report_floors(words)
    report("Synthetic words", words, tools, tasks, options.limit)
    if options.data:
        report("News of 2018", news(options.data), tools, tasks, options.limit)


if __name__ == "__main__":
    main()
