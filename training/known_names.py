"""Have the bundled entity tagger say what it makes of the forms of the raw articles.

    python training/known_names.py --data ../shared/data

Reads the raw news and encyclopaedia, a sentence at a time, adds up the evidence of each place for
the tags of its form (`toolkit/annotating/evidence.py`), and writes for each form that occurs often
enough the mean: ``toolkit/resources/names.parquet``. The articles of the test excerpts, and those
that share eight words in a row with the held-out text of ANERcorp and AQMAR, are not read. To be
run again when the tagger is trained anew.
"""

import argparse
import pathlib
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import chain

import numpy as np
from excerpts import cut_at_ends, read_lines, read_names, shingles, shingles_of, sources
from ner_reading import LONGEST, read_anercorp, read_aqmar

from toolkit import models
from toolkit.annotating import known_names
from toolkit.annotating.evidence import LETTERS, evidence_of
from toolkit.annotating.loading import load

LEAST = 3  # places of a form that is kept
AT_ONCE = 100  # articles
PARTS = 2  # of the articles, read beside each other


def articles(data):
    """The articles that may be read: lists of lines, each a list of tokens."""
    of_test = {(row["source"], row["article"]) for row in read_names() if row["use"] == "test"}
    held_out = read_anercorp(data)[1] + read_aqmar(data)[1]
    held_back = shingles_of(held_out)
    found = {}
    for source, path in sources(data).items():
        for key, _, _, tokens in read_lines(path):
            if (source, key) not in of_test and tokens:
                found.setdefault((source, key), []).append(tokens)
    return [
        lines
        for _, lines in sorted(found.items())
        if not any(shingles(line) & held_back for line in lines)
    ]


def added_up(data, part):
    """The sum of the evidence for each form, and how many places it had, in a part of them."""
    import torch

    torch.set_num_threads(1)
    recogniser = load(models.resolve("news"), "cpu").recogniser
    read = articles(data)[part::PARTS]
    places, sums, counts, size = {}, np.zeros((1 << 20, len(recogniser.tags))), [], 0
    for begin in range(0, len(read), AT_ONCE):
        lines = chain.from_iterable(read[begin : begin + AT_ONCE])
        sentences = [line[a:b] for line in lines for a, b in cut_at_ends(line, LONGEST)]
        evidence = evidence_of(np.concatenate(recogniser.scores(sentences)), recogniser.tags)
        forms = list(chain.from_iterable(sentences))
        kept = np.array([len(form) >= LETTERS for form in forms])
        rows = [places.setdefault(form, len(places)) for form in forms if len(form) >= LETTERS]
        np.add.at(sums, rows, evidence[kept])
        counts += [np.bincount(rows)]
        size += len(forms)
    total = np.zeros(len(places), int)
    for each in counts:
        total[: len(each)] += each
    return list(places), sums[: len(places)], total, size


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=pathlib.Path, default=pathlib.Path("../shared/data"))
    options = parser.parse_args()
    sums, counts, size = {}, {}, 0
    with ProcessPoolExecutor(PARTS) as processes:
        for forms, evidence, places, tokens in processes.map(
            partial(added_up, options.data), range(PARTS)
        ):
            size += tokens
            for form, row, count in zip(forms, evidence, places.tolist(), strict=True):
                sums[form] = sums.get(form, 0) + row
                counts[form] = counts.get(form, 0) + count
    known = {form: sums[form] / count for form, count in counts.items() if count >= LEAST}
    path = known_names.write(models.resolve("news"), known)
    print(f"{size:,} tokens, {len(known):,} forms of {len(sums):,}, {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
