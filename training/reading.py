"""Draw predicted entities and split tokens from news of 2018, to be read and judged.

    python training/reading.py --data ../shared/data --out build/reading

Writes ``entities.tsv`` and ``splits.tsv``: one row an entity or a token that was split into words,
with its place (source file, article number in it, code points), what the models say, and the words
around it. Articles, entities and tokens are drawn with a fixed seed: the same weights give the same
sample. A reader adds a verdict to each row; verdicts, without the text, are kept in
``training/gold/``.
"""

import argparse
import csv
import pathlib
import random

from vectors import NEWS, read_articles

from toolkit import pipeline

ARTICLES, ROWS, SEED = 120, 220, 2018
AROUND = 60  # code points of context on each side


def draw_articles(data):
    """Articles as (id, text): forty of each source, their lines as in the source, folded."""
    rng = random.Random(SEED)
    drawn = []
    for path in sorted((data / NEWS).glob("*.txt.xz")):
        articles = list(read_articles(path.parent, name=path.name))
        for number in sorted(rng.sample(range(len(articles)), ARTICLES // 3)):
            drawn.append((f"{path.name.split('.')[0]}:{number}", "".join(articles[number])))
    return drawn


def context(text, start, end):
    before = text[max(0, start - AROUND) : start]
    return f"{before}[[{text[start:end]}]]{text[end : end + AROUND]}".replace("\n", " ¶ ")


def entity_rows(news, texts):
    for row in news.entities.itertuples():
        yield {
            "doc": row.doc, "start": row.start, "end": row.end, "type": row.type,
            "name": row.name, "context": context(texts[row.doc], row.start, row.end),
        }  # fmt: skip


def split_rows(news, texts):
    words = news.words.groupby(["doc", "sent", "token"], observed=True, sort=False)
    sizes = words["word"].transform("size")
    fused = news.words[sizes > 1].groupby(["doc", "sent", "token"], observed=True, sort=False)
    joined = fused.agg(forms=("form", " + ".join), tags=("upos", " ".join)).reset_index()
    spans = news.tokens[["doc", "sent", "token", "start", "end"]]
    for row in joined.merge(spans, on=["doc", "sent", "token"]).itertuples():
        yield {
            "doc": row.doc, "start": row.start, "end": row.end, "words": row.forms,
            "upos": row.tags, "context": context(texts[row.doc], row.start, row.end),
        }  # fmt: skip


def write(rows, path, rng):
    rows = list(rows)
    chosen = sorted(rng.sample(range(len(rows)), min(ROWS, len(rows))))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0], "verdict"], delimiter="\t")
        writer.writeheader()
        for index in chosen:
            writer.writerow({**rows[index], "verdict": ""})
    print(f"{path}: {len(chosen)} of {len(rows)}")


def main():
    import pandas as pd

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=pathlib.Path, default=pathlib.Path("../shared/data"))
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("build/reading"))
    args = parser.parse_args()
    articles = pd.DataFrame(draw_articles(args.data), columns=["doc", "text"])
    news = pipeline.annotate(articles, progress=False)
    texts = articles.set_index("doc")["text"]
    args.out.mkdir(parents=True, exist_ok=True)
    rng = random.Random(SEED)
    write(entity_rows(news, texts), args.out / "entities.tsv", rng)
    write(split_rows(news, texts), args.out / "splits.tsv", rng)


if __name__ == "__main__":
    main()
