"""What reading the sentences of a text together changes in news of 2018, to be read and judged.

    python training/reading_together.py --data ../shared/data --out build/reading
    python training/reading_together.py                # counts of the verdicts that were given

Names PER, LOC and ORG as the model has them of each sentence alone, and as `annotate` has them
(`toolkit/annotating/stages.py`, `named`), in 600 articles drawn with a fixed seed. What overlaps of
the spans that the two do not share is one difference. Two files are written: ``to_read.tsv`` shows
differences drawn by the seed, each in its sentence, the two sides as ``a`` and ``b`` in an order
drawn too, so that a reader does not see which is which; ``differences.tsv`` has the columns of the
gold file in the same order. The verdicts, without the text, are in ``gold/together_read.tsv``:
`doc` is the source file and the number of the article in it, `sentence` counts from 0.
"""

import argparse
import csv
import pathlib
import random
from collections import Counter

from evaluate_scores import table
from ner_differences import compare, shown, write, write_spans
from vectors import NEWS, read_articles

from toolkit import models
from toolkit.annotating.bioes import spans
from toolkit.annotating.loading import load
from toolkit.annotating.pieces import batches, source_of
from toolkit.annotating.recogniser import best_tags
from toolkit.annotating.repeated_names import stretches
from toolkit.annotating.work import Document

JUDGED = pathlib.Path(__file__).parent / "gold/together_read.tsv"
VERDICTS = ("together", "alone", "neither", "open")
KINDS = ("found", "dropped", "type", "border")  # what reading together did
ARTICLES, DRAWN, SEED = 600, 300, 2026
AROUND = 25  # tokens of context on each side


def draw_articles(data):
    """Articles as (id, text)."""
    found = []
    for path in sorted((data / NEWS).glob("*.txt.xz")):
        for number, lines in enumerate(read_articles(path.parent, name=path.name)):
            text = "\n".join(line.rstrip("\n") for line in lines)
            found.append((f"{path.name.split('.')[0]}:{number}", text))
    return random.Random(SEED).sample(found, ARTICLES)


def read_together(stages, text):
    """Tokens of each sentence of a text, its tags read alone and read together."""
    sources = [source_of(Document(0, "", text, 0))]
    said = (
        (piece.doc, len(piece.text), sentences)
        for batch in batches(sources)
        for piece, sentences in zip(batch, stages.run(batch, entities=True), strict=True)
    )
    for _, sentences in stretches(said):
        alone = best_tags(stages.recogniser, [sentence.scores for sentence in sentences])
        for tags, sentence in zip(alone, stages.named(sentences), strict=True):
            yield [token.text for token in sentence.tokens], tags, sentence.names


def differences(stages, articles):
    """Of each difference the tokens of its sentence and its row; and how many mentions agree."""
    found, agreed = [], 0
    for doc, text in articles:
        for number, (tokens, *both) in enumerate(read_together(stages, text)):
            apart, shared = compare(*({*spans(tags)} for tags in both))
            agreed += len(shared)
            for alone, together in apart:
                row = {"doc": doc, "sentence": number}
                sides = {"alone": alone, "together": together}
                found.append((tokens, sides, row))
    return found, agreed


def sheet_line(number, tokens, sides, swapped):
    """A difference as it is shown to a reader."""
    places = [span[:2] for side in sides.values() for span in side]
    first, last = min(place[0] for place in places), max(place[1] for place in places)
    before, after = tokens[max(0, first - AROUND) : first], tokens[last : last + AROUND]
    context = " ".join([*before, "[[", *tokens[first:last], "]]", *after])
    a, b = reversed(sides.values()) if swapped else sides.values()
    return {"number": number, "context": context, "a": shown(tokens, a), "b": shown(tokens, b)}


def draw(data, out):
    """Write the two files."""
    found, agreed = differences(load(models.resolve("news"), "cpu"), draw_articles(data))
    rng = random.Random(SEED)
    chosen = sorted(rng.sample(range(len(found)), min(DRAWN, len(found))))
    sheet, rows = [], []
    for number, place in enumerate(chosen):
        tokens, sides, row = found[place]
        swapped = rng.random() < 0.5
        sheet.append(sheet_line(number, tokens, sides, swapped))
        written = {name: write_spans(side) for name, side in sides.items()}
        rows.append({**row, **written, "first": "together" if swapped else "alone"})
    out.mkdir(parents=True, exist_ok=True)
    write(sheet, out / "to_read.tsv")
    write(rows, out / "differences.tsv")
    print(f"{len(found)} differences in {ARTICLES} articles, {agreed} mentions alike")


def count_lines(rows):
    """Cells of the table of verdicts, by what the step did."""
    counts = Counter((kind_of(row), row["verdict"]) for row in rows)
    for kind in KINDS:
        of_kind = [counts[kind, verdict] for verdict in VERDICTS]
        yield [kind, sum(of_kind), *of_kind]
    yield ["all", len(rows), *(Counter(row["verdict"] for row in rows)[v] for v in VERDICTS)]


def kind_of(row):
    """What reading together did to the names of a row."""
    if not row["alone"] or not row["together"]:
        return "found" if row["together"] else "dropped"
    places = [[span.split(":")[0] for span in row[side].split()] for side in ("alone", "together")]
    return "type" if places[0] == places[1] else "border"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=pathlib.Path, default=pathlib.Path("../shared/data"))
    parser.add_argument("--out", type=pathlib.Path, help="write rows to be read here")
    options = parser.parse_args()
    if options.out:
        draw(options.data, options.out)
        return
    with JUDGED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    print(table(["together", "all", *VERDICTS], count_lines(rows)))


if __name__ == "__main__":
    main()
