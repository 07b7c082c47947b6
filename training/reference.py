"""The frequency lists of ``data/reference``: Arabic Wikipedia in the units of the package.

    python training/reference.py annotate --data ../shared/data --work build/training
    python training/reference.py count --work build/training

``annotate`` takes the articles of ``raw/arwiki`` in an order drawn with a fixed seed, annotates
them with the bundled models, without names, and writes the words of each hundred articles to
``<work>/reference``; it ends when there are `WORDS` words and numbers, and goes on where it was
stopped. ``count`` counts the parts with `counts.frequencies` and writes ``lemma.parquet``,
``norm.parquet`` and ``form.parquet`` with the items that occur at least `LEAST` times. No text is
kept in them, and no order of words.
"""

import argparse
import json
import lzma
import pathlib
import random

import pandas as pd

from toolkit import counts, models, pipeline

WIKI = "raw/arwiki"
SEED = 20
WORDS = 5_000_000
PART = 100  # articles
LEAST = 3
COLUMNS = ["doc", "kind", "form", "norm", "lemma"]
OUT = pathlib.Path(__file__).parents[1] / "data/reference"


def read_articles(data):
    """The articles, a row each: ``doc`` (number in Wikipedia), ``text`` (title and body)."""
    rows = []
    for path in sorted((data / WIKI).glob("*.txt.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("# ") and "\t" in line:
                    number, title = line[2:].rstrip("\n").split("\t")[:2]
                    rows.append((number, [title + "\n\n"]))
                else:
                    rows[-1][1].append(line)
    if not rows:
        raise FileNotFoundError(f"{data / WIKI}: no *.txt.xz here. Pass the data folder as --data.")
    return pd.DataFrame({"doc": [n for n, _ in rows], "text": ["".join(t) for _, t in rows]})


def annotate(data, work):
    articles = read_articles(data)
    order = list(range(len(articles)))
    random.Random(SEED).shuffle(order)
    folder = work / "reference"
    folder.mkdir(parents=True, exist_ok=True)
    total = 0
    for part, first in enumerate(range(0, len(order), PART)):
        path = folder / f"{part:03}.parquet"
        if not path.exists():
            found = pipeline.annotate(articles.iloc[order[first : first + PART]], entities=False)
            for problem in found.problems.itertuples():
                print(f"{problem.doc}: {problem.what}: {problem.detail}", flush=True)
            found.words[COLUMNS].to_parquet(path.with_suffix(".unfinished"))
            path.with_suffix(".unfinished").rename(path)
        total += pd.read_parquet(path, columns=["kind"])["kind"].isin(counts.COUNTED_KINDS).sum()
        print(f"part {part}: {total} words and numbers", flush=True)
        if total >= WORDS:
            return


def count(work):
    parts = [pd.read_parquet(path) for path in sorted((work / "reference").glob("*.parquet"))]
    if not parts:
        raise FileNotFoundError(
            f"{work / 'reference'}: no parts here. Run the step annotate first."
        )
    words = pd.concat([part.astype("str") for part in parts], ignore_index=True).astype("category")
    OUT.mkdir(parents=True, exist_ok=True)
    facts = {"documents": int(words["doc"].nunique()), "least": LEAST}
    for by in ("lemma", "norm", "form"):
        freqs = counts.frequencies(words, by=by)
        kept = freqs[freqs["freq"] >= LEAST]
        kept.to_parquet(OUT / f"{by}.parquet", compression="zstd")
        facts["n"] = int(freqs["n"].iloc[0])
        facts[by] = {
            "items": len(freqs),
            "kept": len(kept),
            "covered": round(float(kept["freq"].sum() / facts["n"]), 4),
        }
    files = models.resolve("news").files
    facts["models"] = {name: entry for name, entry in files.items() if "ner" not in name}
    written = json.dumps(facts, indent=1, ensure_ascii=False) + "\n"
    (OUT / "facts.json").write_text(written, encoding="utf-8")
    print(written)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("step", choices=("annotate", "count"))
    parser.add_argument("--data", type=pathlib.Path, default=pathlib.Path("../shared/data"))
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path("build/training"))
    args = parser.parse_args()
    if args.step == "annotate":
        annotate(args.data, args.work)
    else:
        count(args.work)


if __name__ == "__main__":
    main()
