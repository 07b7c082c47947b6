"""What the entity tagger and the gold disagree on: what was judged of it, as Markdown tables.

    python training/ner_differences.py --data ../shared/data
    python training/ner_differences.py --data ../shared/data --out build/reading    # to be read

A difference is what overlaps of the spans over PER, LOC and ORG that gold and tagger do not share.
``gold/anercorp_disagreements.tsv`` holds a verdict on each, and on agreements drawn with a fixed
seed; `gold/README.md` says what the columns are and who read. With ``--out`` two files are written:
``to_read.tsv`` shows each in its sentence, the two sides as ``a`` and ``b`` in an order drawn by
the seed, so that a reader does not see which one is the gold; ``differences.tsv`` has the columns
of the gold file, without verdicts. The same weights give the same rows.
"""

import argparse
import collections
import csv
import hashlib
import logging
import pathlib
import random

from evaluate_ner import PACKED, TYPES, load_tagger, predict, read_sets
from evaluate_scores import table
from ner_reading import CLASSIC, read_anercorp, read_aqmar, spans_of

from toolkit.annotating.bioes import spans

JUDGED = pathlib.Path(__file__).parent / "gold/anercorp_disagreements.tsv"
SETS = {"anercorp": "ANERcorp, last tenth", "aqmar": "AQMAR, held out"}
AGREEMENTS = {"anercorp": 150, "aqmar": 100}  # how many are drawn to be read
SEED, AROUND = 1411, 16  # words of context on each side
VERDICTS = ("tagger", "gold", "both", "open")
KINDS = ("missed", "excess", "type", "border", "border+type")
ERRORS = {
    "ordinary": "words that are no name taken for one",
    "other": "a thing of another class (product, competition, program) taken for one of the three",
    "type": "span right, or near, and type wrong",
    "drawn": "a word beside the name drawn in",
    "cut": "a part of the name left out",
    "joined": "two names made one, or one made two",
    "word": "a name that is an ordinary word as well, missed",
    "name": "another name missed",
}


# --- differences -------------------------------------------------------------------------------


def compare(gold, guess):
    """Differences and agreements of one sentence, two sets of (first, last, class).

    A difference is a pair of lists, the gold's spans and the tagger's; spans that overlap, however
    many, are one difference.
    """
    gold, guess = ({span for span in side if span[2] in TYPES} for side in (gold, guess))
    apart = sorted([(span, 0) for span in gold - guess] + [(span, 1) for span in guess - gold])
    found, end = [], -1
    for span, side in apart:
        if span[0] >= end:
            found.append(([], []))
        found[-1][side].append(span)
        end = max(end, span[1])
    return found, sorted(gold & guess)


def kind_of(gold, guess):
    """The kind of a difference: one of KINDS, or ``agreement``."""
    if gold == guess:
        return "agreement"
    if not gold or not guess:
        return "excess" if guess else "missed"
    same_type = {span[2] for span in gold} == {span[2] for span in guess}
    same_place = [span[:2] for span in gold] == [span[:2] for span in guess]
    return "border" if same_type else "type" if same_place else "border+type"


def corrected(counts, rows):
    """Counts (gold, tagger, right) once the gold of these rows has the tagger's spans."""
    gold, guess, hits = counts
    for row in rows:
        right = len(read_spans(row["tagger"]))
        gold += right - len(read_spans(row["gold"]))
        hits += right
    return gold, guess, hits


def f1(counts):
    gold, guess, hits = counts
    return 200 * hits / (gold + guess)


# --- practice ----------------------------------------------------------------------------------


class Practice:
    """How the training part of a corpus labels a run of words."""

    def __init__(self, sentences):
        self.tokens = [[token for token, _ in sentence] for sentence in sentences]
        self.spans = [
            {(first, last): kind for first, last, kind in spans_of(s, CLASSIC)} for s in sentences
        ]
        self.places = collections.defaultdict(list)
        for number, tokens in enumerate(self.tokens):
            for place, token in enumerate(tokens):
                self.places[token].append((number, place))

    def counts(self, words):
        """Counter: a class, ``part`` where only some of them or more is a name, ``O``."""
        found = collections.Counter()
        for number, first in self.places[words[0]]:
            last = first + len(words)
            if self.tokens[number][first:last] == words:
                found[self.label(number, first, last)] += 1
        return found

    def label(self, number, first, last):
        inside = any(a < last and first < b for a, b in self.spans[number])
        return self.spans[number].get((first, last), "part" if inside else "O")


def write_counts(counts):
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return " ".join(f"{label}:{number}" for label, number in ordered) or "-"


def read_counts(text):
    pairs = (pair.split(":") for pair in text.split() if pair != "-")
    return {label: int(number) for label, number in pairs}


def favours(row):
    """Whose reading the training part has more often: ``tagger``, ``gold``, '' where neither.

    What counts is the whole run of words that the two sides disagree on, labelled as one name, in
    part or not at all.
    """
    sides = {side: read_spans(row[side]) for side in ("gold", "tagger")}
    places = [span[:2] for found in sides.values() for span in found]
    whole = min(first for first, _ in places), max(last for _, last in places)
    counts = next((c for side in sides for c in counts_of(row, side, whole)), {})
    most = [label for label, number in counts.items() if number == max(counts.values())]
    return next((s for s, found in sides.items() if [reading(found, whole)] == most), "")


def counts_of(row, side, place):
    """The counts of the span at a place, if this side has one there."""
    texts = row[f"{side}_train"].split("; ")
    pairs = zip(read_spans(row[side]), texts, strict=False)
    return [read_counts(text) for span, text in pairs if span[:2] == place]


def reading(found, place):
    """What these spans make of a place, in the labels of ``Practice``."""
    labels = {(first, last): kind for first, last, kind in found}
    return labels.get(place, "part" if found else "O")


# --- rows --------------------------------------------------------------------------------------


def write_spans(found):
    return " ".join(f"{first}-{last}:{kind}" for first, last, kind in found)


def read_spans(text):
    pairs = (span.split(":") for span in text.split())
    return [(*map(int, place.split("-")), kind) for place, kind in pairs]


def read_rows():
    with JUDGED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def key(row):
    return row["set"], int(row["sentence"]), row["gold"], row["tagger"]


def row_of(name, number, tokens, sides, practice):
    row = {"set": name, "sentence": number, "kind": kind_of(*sides)}
    row["sha256"] = hashlib.sha256(" ".join(tokens).encode("utf-8")).hexdigest()
    for side, found in zip(("gold", "tagger"), sides, strict=True):
        row[side] = write_spans(found)
        words = [tokens[first:last] for first, last, _ in found]
        row[f"{side}_train"] = "; ".join(write_counts(practice.counts(w)) for w in words)
    return row


def rows_of(name, sentences, predicted, practice):
    """Rows of all differences and of all agreements of a set."""
    apart, shared = [], []
    for number, ((tokens, true), guess) in enumerate(zip(sentences, predicted, strict=True)):
        found, hits = compare(set(spans(true)), set(spans(guess)))
        apart += [row_of(name, number, tokens, sides, practice) for sides in found]
        shared += [row_of(name, number, tokens, ([hit], [hit]), practice) for hit in hits]
    return apart, shared


def run(data):
    """Sets by name: (sentences, rows of differences, rows of agreements)."""
    tagger = load_tagger(PACKED / "ner/news.pt", PACKED / "pretrain/news.pt")
    sets = read_sets(data)
    trained = {"anercorp": read_anercorp(data)[0], "aqmar": read_aqmar(data)[0]}
    found = {}
    for name, title in SETS.items():
        predicted = predict(tagger, [tokens for tokens, _ in sets[title]])
        practice = Practice(trained[name])
        found[name] = sets[title], *rows_of(name, sets[title], predicted, practice)
    return found


# --- to be read --------------------------------------------------------------------------------


def shown(tokens, found):
    return " + ".join(f"{' '.join(tokens[a:b])}/{kind}" for a, b, kind in found) or "none"


def to_read(number, row, tokens, swapped):
    sides = [("a", "tagger" if swapped else "gold"), ("b", "gold" if swapped else "tagger")]
    places = read_spans(row["gold"]) + read_spans(row["tagger"])
    first, last = min(place[0] for place in places), max(place[1] for place in places)
    before, after = tokens[max(0, first - AROUND) : first], tokens[last : last + AROUND]
    sheet = {"number": number}
    sheet["context"] = " ".join([*before, "[[", *tokens[first:last], "]]", *after])
    for letter, side in sides:
        sheet[letter] = shown(tokens, read_spans(row[side]))
        sheet[f"{letter}_train"] = row[f"{side}_train"]
    return sheet


def write(rows, path):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter="\t", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{path}: {len(rows)}")


def draw(found, out):
    """Write the two files: all differences, and the agreements drawn."""
    rng = random.Random(SEED)
    rows = []
    for name, (_, apart, shared) in found.items():
        chosen = sorted(rng.sample(range(len(shared)), min(AGREEMENTS[name], len(shared))))
        rows += [*apart, *(shared[index] for index in chosen)]
    tokens = [found[row["set"]][0][row["sentence"]][0] for row in rows]
    sheet = [
        to_read(number, row, words, rng.random() < 0.5)
        for number, (row, words) in enumerate(zip(rows, tokens, strict=True))
    ]
    out.mkdir(parents=True, exist_ok=True)
    write(sheet, out / "to_read.tsv")
    write(rows, out / "differences.tsv")


# --- tables ------------------------------------------------------------------------------------


def verdict_lines(rows):
    """Cells: verdicts by kind of difference, all kinds last."""
    counts = collections.Counter((row["kind"], row["verdict"]) for row in rows)
    for kind in KINDS:
        yield [kind, *(counts[kind, v] for v in VERDICTS), sum(counts[kind, v] for v in VERDICTS)]
    totals = [sum(counts[kind, v] for kind in KINDS) for v in VERDICTS]
    yield ["all", *totals, sum(totals)]


def score_lines(counts, rows, agreements):
    """Cells: F1 as published and as the verdicts would have it."""
    wrong = sum(row["verdict"] == "wrong" for row in agreements)
    share = wrong / len(agreements)
    faults = [row for row in rows if row["verdict"] == "gold"]
    mended = corrected(counts, faults)
    counted = corrected(counts, [row for row in faults if favours(row) == "tagger"])
    kindest = corrected(counts, [row for row in rows if row["verdict"] in ("gold", "open")])
    yield ["as published", f"{f1(counts):.1f}"]
    yield [
        "`gold` counted as agreement where the training part does as the tagger",
        f"{f1(counted):.1f}",
    ]
    yield ["`gold` counted as agreement", f"{f1(mended):.1f}"]
    less = (*mended[:2], mended[2] - share * counts[2])
    yield [f"and agreements corrected ({wrong} of {len(agreements)} wrong)", f"{f1(less):.1f}"]
    yield ["`gold` and `open` counted as agreement", f"{f1(kindest):.1f}"]


def practice_line(rows):
    judged = [favours(row) for row in rows if row["verdict"] == "gold"]
    counts = collections.Counter(judged)
    return (
        f"Of {len(judged)} judged `gold`, the training part labels the same words as the tagger "
        f"does in {counts['tagger']}, as the gold does in {counts['gold']}; it decides nothing in "
        f"{counts['']}."
    )


def repeated_line(rows, shared, sentences):
    """How many missed names are found, with their type, elsewhere in the set."""

    def words(row):
        tokens = sentences[int(row["sentence"])][0]
        return {(*tokens[a:b], kind) for a, b, kind in read_spans(row["gold"])}

    found = set().union(*map(words, shared))
    missed = [row for row in rows if row["error"] in ("word", "name") and row["gold"]]
    again = sum(bool(words(row) & found) for row in missed)
    return f"Missed names that the tagger finds elsewhere in the set: {again} of {len(missed)}."


def error_lines(rows):
    """Cells: the kinds of the tagger's own errors, by set."""
    counts = collections.Counter((row["error"], row["set"]) for row in rows if row["error"])
    totals = {name: sum(counts[error, name] for error in ERRORS) for name in SETS}
    for error, words in ERRORS.items():
        cells = (f"{counts[error, n]} ({100 * counts[error, n] / totals[n]:.0f} %)" for n in SETS)
        yield [words, *cells]
    yield ["all", *totals.values()]


def report(found):
    """Print the tables, and which differences have no verdict."""
    judged = {key(row): row for row in read_rows()}
    read = {name: [row for row in judged.values() if row["set"] == name] for name in SETS}
    for name, (sentences, apart, shared) in found.items():
        rows = [judged[key(row)] for row in apart if key(row) in judged]
        agreements = [row for row in read[name] if row["kind"] == "agreement"]
        print(f"\n### {SETS[name]}\n\nWithout a verdict: {len(apart) - len(rows)}\n")
        print(table(["kind", *VERDICTS, "all"], verdict_lines(rows)), "\n")
        sides = [sum(len(read_spans(r[side])) for r in apart) for side in ("gold", "tagger")]
        counts = (len(shared) + sides[0], len(shared) + sides[1], len(shared))
        print(table(["F1 over PER, LOC, ORG", ""], score_lines(counts, rows, agreements)), "\n")
        print(practice_line(rows), repeated_line(rows, shared, sentences))
    twice = [row for row in judged.values() if row["second"]]
    same = sum(row["second"] == row["verdict"] for row in twice)
    print(f"\nJudged twice: {len(twice)}, alike {same}\n\n### Errors of the tagger\n")
    print(table(["kind", *SETS.values()], error_lines(judged.values())))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=pathlib.Path, default=pathlib.Path("../shared/data"))
    parser.add_argument("--out", type=pathlib.Path, help="write what is to be read there instead")
    args = parser.parse_args()
    logging.getLogger("stanza").setLevel(logging.ERROR)
    found = run(args.data)
    draw(found, args.out) if args.out else report(found)


if __name__ == "__main__":
    main()
