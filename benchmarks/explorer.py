"""How long the explorer takes to answer, on the teaching corpus repeated under new names.

    python benchmarks/explorer.py                 # 4 copies: about 110,000 words and numbers
    python benchmarks/explorer.py --copies 40 --browser

Prints a Markdown table: the kernel's side of each interaction, from a message of the browser to the
answer with its HTML, `RUNS` times with other values, so that nothing is there already. With
``--browser`` JupyterLab and Chromium are started, and the time is that which a reader waits: from
the press to the next picture after the answer is drawn. Where other programs keep the machine busy
that says more of them than of the explorer; the processor time of the kernel and of the page does
not.
"""

import argparse
import json
import statistics
import time
from dataclasses import replace
from pathlib import Path

import pandas as pd

from toolkit import corpus, explore
from toolkit.corpus import TABLES, Corpus

ROOT = Path(__file__).parents[1]
TAUGHT = ROOT / "data" / "mawsua" / "annotated"
RUNS = 5
LIMIT = 300  # milliseconds: what feels like a lag begins here


def repeated(source, copies):
    """The corpus some times over, the documents of each copy under names of their own."""
    tables = {}
    for name in TABLES:
        table = getattr(source, name)
        parts = [
            table.assign(doc=table["doc"].astype("str") + f"~{copy}") for copy in range(copies)
        ]
        whole = pd.concat(parts, ignore_index=True)
        tables[name] = whole.astype({"doc": table["doc"].dtype.name})
    titles = tables["texts"]["title"] + " " + tables["texts"]["doc"].str.partition("~")[2]
    return replace(source, **tables | {"texts": tables["texts"].assign(title=titles)})


def changes(**values):
    return {"do": "change", "changes": values}


def interactions(session):
    """Messages of each kind; no two of a kind ask for the same."""
    words = ["كتاب", "مدينة", "عام", "قال", "حرب"]
    frequent = ["من", "في", "و", "ال", "على"]
    sections = [[0], [1, 2], [3], [0, 4, 5], [2, 5]]
    years = [[900, 1900], [None, 1500], [1800, None], [1000, 1950], [1200, 2000]]
    names = session.part.mentions.index[:RUNS]
    items = session.part.frequencies(session.state).index[:RUNS]
    row = "row"
    return {
        "search a word": [changes(node=word, unit="word") for word in words],
        "search a frequent word": [changes(node=word, unit="lemma") for word in frequent],
        "search a pattern": [changes(node=f"*{word[0]}*", unit="word") for word in words],
        "search every word": [changes(node="*" * (place + 1)) for place in range(RUNS)],
        "search a phrase": [changes(node=f"{word} *", unit="word") for word in frequent],
        "sort lines of a frequent word": [
            changes(node=word, order=order)
            for word, order in zip(frequent, ["before", "after", "node"] * 2, strict=False)
        ],
        "sort lines of every word": [
            changes(node="*" * (place + 1), order=order)
            for place, order in enumerate(["before", "after", "node"])
        ],
        "filter by choices": [
            changes(node="في", order="text", filters={0: {"among": each}}) for each in sections
        ],
        "filter by a range": [changes(node="في", filters={1: {"between": each}}) for each in years],
        "all texts": [changes(filters={})],
        "count words as written": [changes(unit="token", node="")],
        "press a word": [
            changes(list="words", **{row: place}, label=item) for place, item in enumerate(items)
        ],
        "press a name": [
            changes(list="names", **{row: place}, label=name) for place, name in enumerate(names)
        ],
        "open a text": [changes(doc=place * 7) for place in range(RUNS)],
    }


def timed(session, message):
    begin, processor = time.perf_counter(), time.process_time()
    answer = session.answer(message)
    spent = (time.perf_counter() - begin) * 1000, (time.process_time() - processor) * 1000
    if answer.get("problem"):
        raise SystemExit(f"{message}: {answer['problem']}")
    return *spent, len(json.dumps(answer, ensure_ascii=False).encode())


def kernel(annotated):
    """Rows of: interaction, median and longest wait, most processor time, bytes of an answer."""
    begin, processor = time.perf_counter(), time.process_time()
    session = explore.explore(annotated)._session
    made = (time.perf_counter() - begin) * 1000, (time.process_time() - processor) * 1000
    opened = timed(session, {"do": "open"})
    rows = [_row("open", [(made[0] + opened[0], made[1] + opened[1], opened[2])])]
    fresh = explore.explore(annotated)._session
    for name, messages in interactions(fresh).items():
        if name == "press a word":
            fresh.answer(changes(unit="lemma", node=""))
        rows.append(_row(name, [timed(fresh, message) for message in messages]))
    session.answer(changes(node="*"))
    pages = [{"do": "more", "list": "lines", "shown": 50 * page} for page in range(1, 6)]
    return [*rows, _row("50 more lines", [timed(session, page) for page in pages])]


def _row(name, found):
    waited, spent, sizes = zip(*found, strict=True)
    return [name, statistics.median(waited), max(waited), max(spent), max(sizes)]


def markdown(rows, heads):
    print(f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}")
    for name, *values in rows:
        print(f"| {name} | {' | '.join(f'{value:,.0f}' for value in values)} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--copies", type=int, default=4)
    parser.add_argument("--browser", action="store_true", help="in JupyterLab, with Chromium")
    options = parser.parse_args()
    annotated: Corpus = repeated(corpus.load(TAUGHT), options.copies)
    words = annotated.words["kind"].isin(["word", "number"]).sum()
    print(f"{len(annotated.texts):,} texts, {words:,} words and numbers\n")
    heads = ["median", "longest", "processor, most"]
    rows = kernel(annotated)
    markdown(rows, ["kernel, milliseconds", *heads, "bytes"])
    slow = [row[0] for row in rows if row[2] > LIMIT]
    if options.browser:
        from explorer_browser import waits

        print()
        waited = waits(annotated)
        markdown(waited, ["browser, milliseconds", *heads])
        slow += [f"{row[0]} (browser)" for row in waited if row[2] > LIMIT]
    print(f"\nlonger than {LIMIT} ms: {', '.join(slow) or 'none'}")


if __name__ == "__main__":
    main()
