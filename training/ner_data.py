"""Training and dev data of the named-entity tagger, in Stanza's JSON form.

    python training/ner_data.py --data ../shared/data --work build/training

Two label sets are learned side by side, each by an output layer of its own (Stanza's
``multi_ner``): the one of WikiFANE and NewsFANE (column 0: generous, with groups of people,
currencies left out) and the one of ANERcorp (column 1, which the shipped model predicts). Their
guidelines differ too much to be merged into one column: what WikiFANE teaches about names reaches
the ANERcorp layer through the shared network.

Written to ``<work>/ner``:

- ``train.json``: ANERcorp without its last tenth and 15 articles of AQMAR, as they are and in
  augmented copies, and WikiFANE;
- ``anneal.json``: the same with a third of WikiFANE, for the first part and one of the two ends;
- ``dev.json``: the last tenth of ANERcorp, contiguous, as it is;
- ``aqmar.json``: the five AQMAR articles that are never trained on, one a subject
  (the article-specific classes of AQMAR count as O).
"""

import argparse
import collections
import json
import pathlib
import random

from excerpts import read_labelled, sentences_of, shingles
from ner_augmentation import Augmenter
from ner_names import read_names
from ner_reading import CLASSIC, FINE, cut, read_anercorp, read_aqmar, read_wikifane
from vectors import HAMZA


def hamza_restorer(work):
    """Map a bare-alef form to its commonest spelling with hamza, by the counts in our text."""
    best = {}
    counts = collections.Counter()
    with open(work / "vectors.txt", encoding="utf-8") as lines:
        for line in lines:
            counts.update(line.split())
    for form, count in counts.items():
        bare = form.translate(HAMZA)
        if form != bare and count > best.get(bare, ("", 0))[1]:
            best[bare] = (form, count)
    # One article in four comes again without hamza: these copies do not count as bare forms.
    return {
        bare: form
        for bare, (form, count) in best.items()
        if count >= 5 and count > 1.5 * (counts[bare] - count / 4)
    }


def runs_of(sentence):
    return shingles([token for token, _ in sentence])


def write(sentences, path):
    """Stanza's JSON: a list of sentences, each a list of tokens with their columns of tags."""
    document = [
        [{"text": token, "multi_ner": tags[:FINE]} for token, tags in sentence]
        for sentence in sentences
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    tags = collections.Counter(
        tags[CLASSIC] for s in sentences for _, tags in s if tags[CLASSIC][0] == "B"
    )
    print(f"{path}: {len(sentences)} sentences, {sum(map(len, sentences))} tokens, {dict(tags)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=pathlib.Path, default=pathlib.Path("../shared/data"))
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path("build/training"))
    parser.add_argument("--copies", type=int, default=2, help="altered copies of ANERcorp, AQMAR")
    parser.add_argument("--seed", type=int, default=20)
    args = parser.parse_args()
    rng = random.Random(args.seed)

    train, dev = read_anercorp(args.data)
    aqmar, held_out = read_aqmar(args.data)
    wiki = read_wikifane(args.data)
    # WikiFANE and AQMAR both come from Wikipedia: what it shares with held-out text is left out.
    held_back = set().union(*map(runs_of, held_out), *map(runs_of, dev))
    kept = [s for s in wiki if not runs_of(s) & held_back]
    print(f"WikiFANE: {len(wiki) - len(kept)} of {len(wiki)} sentences left out (shared text)")
    train = [s for s in train if not runs_of(s) & held_back]
    aqmar = [s for s in aqmar if not runs_of(s) & held_back]
    train = [piece for s in train + aqmar for piece in cut(s)]
    wiki = [piece for s in kept for piece in cut(s)]
    read, tested = ([s for e in part for s in sentences_of(e)] for part in read_labelled(args.data))

    labelled = train + read + wiki
    augmenter = Augmenter(read_names(args.data, args.work, train + wiki), labelled, rng)
    restore = hamza_restorer(args.work)
    news, other = list(train), []
    for _ in range(args.copies):
        news += [augmenter.alter(s, 0.6) for s in train]
    news += read
    news += [augmenter.alter(s, 0.4) for s in read]
    for sentence in wiki:
        if rng.random() < 0.7:
            sentence = [(restore.get(token, token), tags) for token, tags in sentence]
        other.append(augmenter.alter(sentence, 0.25))
    for name, rows in (("train", news + other), ("anneal", news + other[::3])):
        rng.shuffle(rows)
        write(rows, args.work / f"ner/{name}.json")
    write(dev, args.work / "ner/dev.json")
    write(held_out, args.work / "ner/aqmar.json")
    write(tested, args.work / "ner/today.json")


if __name__ == "__main__":
    main()
