"""What reading the sentences of a text together changes in news of 2018, to be read and judged.

    python training/reading_repeated.py --data ../shared/data --out build/reading
    python training/reading_repeated.py                # counts of the verdicts that were given

Writes ``repeated.tsv``: one row a name that `toolkit/annotating/repeated_names.py` added or whose
type it changed in 600 articles, drawn with a fixed seed from those that its limits were not set on.
A reader adds a verdict on what stands there now: ``ok``, ``wrong`` or ``open``. The verdicts,
without the text, are in ``gold/repeated_read.tsv``: `doc` is the source file and the number of the
article in it, `sentence` counts from 0 in the article, `first` and `last` its tokens.
"""

import argparse
import csv
import pathlib
import random
from collections import Counter

from evaluate_scores import table
from vectors import NEWS, read_articles

from toolkit import models
from toolkit.annotating.bioes import spans
from toolkit.annotating.loading import load
from toolkit.annotating.pieces import batches, source_of
from toolkit.annotating.repeated_names import stretches
from toolkit.annotating.work import Document

JUDGED = pathlib.Path(__file__).parent / "gold/repeated_read.tsv"
COLUMNS = ("doc", "sentence", "first", "last", "before", "after", "verdict")
VERDICTS = ("ok", "wrong", "open")
ARTICLES, SEED = 600, 2018
SET_ON, SEED_OF_THESE = 360, 77  # articles that the limits were set on
AROUND = 9  # tokens of context on each side


def draw_articles(data):
    """Articles as (id, text)."""
    found = []
    for path in sorted((data / NEWS).glob("*.txt.xz")):
        for number, lines in enumerate(read_articles(path.parent, name=path.name)):
            text = "\n".join(line.rstrip("\n") for line in lines)
            found.append((f"{path.name.split('.')[0]}:{number}", text))
    places = range(len(found))
    seen = set(random.Random(SEED_OF_THESE).sample(places, SET_ON))
    drawn = random.Random(SEED).sample(places, ARTICLES + 100)
    return [found[place] for place in drawn if place not in seen][:ARTICLES]


def read_together(stages, text):
    """The sentences of a text as the models read each, and as they agree."""
    sources = [source_of(Document(0, "", text, 0))]
    said = (
        (piece.doc, len(piece.text), sentences)
        for batch in batches(sources)
        for piece, sentences in zip(batch, stages.run(batch, entities=True), strict=True)
    )
    for _, sentences in stretches(said):
        yield from zip(sentences, stages.agreed(sentences), strict=True)


def changes(stages, articles):
    """The rows of the names that are not what they were, and how many mentions there were."""
    rows, mentions = [], 0
    for doc, text in articles:
        for number, (before, after) in enumerate(read_together(stages, text)):
            was = {span[:2]: span[2] for span in spans(before.names)}
            mentions += len(was)
            forms = [token.text for token in before.tokens]
            for first, last, kind in spans(after.names):
                if was.get((first, last)) != kind:
                    name = " ".join(forms[first:last])
                    around = forms[max(0, first - AROUND) : first], forms[last : last + AROUND]
                    context = f"{' '.join(around[0])} [[{name}]] {' '.join(around[1])}"
                    kinds = was.get((first, last), ""), kind
                    rows.append((doc, number, first, last, *kinds, "", context))
    return rows, mentions


def count_lines(rows):
    """Cells of the table of verdicts."""
    for what, kinds in (("added", True), ("of another type", False)):
        counts = Counter(row["verdict"] for row in rows if (row["before"] == "") == kinds)
        yield [what, counts.total(), *(counts[verdict] for verdict in VERDICTS)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=pathlib.Path, default=pathlib.Path("../shared/data"))
    parser.add_argument("--out", type=pathlib.Path, help="write rows to be read here")
    options = parser.parse_args()
    if options.out:
        rows, mentions = changes(load(models.resolve("news"), "cpu"), draw_articles(options.data))
        options.out.mkdir(parents=True, exist_ok=True)
        with (options.out / "repeated.tsv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter="\t")
            writer.writerows([[*COLUMNS, "context"], *rows])
        print(f"{len(rows)} changes, {mentions} mentions before, {ARTICLES} articles")
    else:
        with JUDGED.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t"))
        print(table(["name", "all", *VERDICTS], count_lines(rows)))


if __name__ == "__main__":
    main()
