"""Prepare the treebank data of all models but the entity tagger and the word vectors.

    python training/treebank.py --data ../shared/data --out build/training

Sources (all derived from UD Arabic-PADT but the last two):

- ``chdzdt-padt-upos``: all sentences, multiword tokens and UPOS, but no spacing.
- ``sigmorphon2019-padt``: raw text, vocalised lemmas and UniMorph bundles of a random fifth.
- ``ud-arabic-padt-v1``: vocalised lemmas, features and trees of another part.
- ``iahlt-arabic``: press of 2021-22 with raw text, lemmas and its own UPOS.
- ``chainbank-lemmas``: a list of lemmas.

The split is that of UD. A sentence of UD dev or test never enters training, whichever file it
comes from: sentences are compared by their letters (folded, no spaces, no punctuation), and a
sentence that shares four fifths of its five-word sequences with dev or test is left out too. UD
test is written as gold beside dev; nothing is learned from it.

The work is done by the modules beside this one, in this order: ``treebank_reading``, ``_features``,
``_alignment``, ``_spacing``, ``_augmentation``, ``_writing`` and ``_models``.
"""

import argparse
import hashlib
import json
import random
from collections import Counter
from pathlib import Path

from treebank_alignment import add_sigmorphon, add_v1, without_held_out
from treebank_attested import attested_tokens
from treebank_models import (
    write_expander,
    write_lemmatizer,
    write_parser,
    write_tagger,
    write_tokenizer,
)
from treebank_reading import bare, chainbank_rows, read_iahlt, read_padt, words_of
from treebank_spacing import learn_spacing, respace
from treebank_writing import SEED, paragraphs_of, write_characters, write_conllu

__all__ = ["bare", "prepare"]

SOURCES = {
    "padt-train": "treebank/chdzdt-padt-upos/ar_padt-ud-train.txt",
    "padt-dev": "treebank/chdzdt-padt-upos/ar_padt-ud-dev.txt",
    "padt-test": "treebank/chdzdt-padt-upos/ar_padt-ud-test.txt",
    "sigmorphon-dev": "treebank/sigmorphon2019-padt/ar_padt-um-dev.conllu",
    "sigmorphon-test": "treebank/sigmorphon2019-padt/ar_padt-um-test.conllu",
    "v1-dev": "treebank/ud-arabic-padt-v1/ar-ud-dev.conllu",
    "v1-test": "treebank/ud-arabic-padt-v1/ar-ud-test.conllu",
    "iahlt-train": "treebank/iahlt-arabic/ar_iahlt-ud-train.conllu",
    "iahlt-dev": "treebank/iahlt-arabic/ar_iahlt-ud-dev.conllu",
    "iahlt-test": "treebank/iahlt-arabic/ar_iahlt-ud-test.conllu",
    "chainbank": "treebank/chainbank-lemmas/lemmas.csv",
    "wordfreq": "raw/wordfreq/wordfreq_large_ar.tsv.xz",
}


def source_paths(data):
    """Path of each source under `data`."""
    paths = {name: Path(data) / path for name, path in SOURCES.items()}
    missing = [str(path) for path in paths.values() if not path.exists()]
    if missing:
        raise FileNotFoundError(f"treebank: {missing[0]} is not there. Pass its folder as --data.")
    return paths


def sha256(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def count_words(sentences):
    return sum(len(words_of(sentence)) for sentence in sentences)


def features_by_source(sentences):
    """How many words have features from which source."""
    words = [word for sentence in sentences for word in words_of(sentence)]
    return Counter(word["feats_from"] for word in words if "feats" in word)


def prepare(data, out):
    """Write all training, dev and test files under `out`; return the sizes."""
    paths = source_paths(data)
    out.mkdir(parents=True, exist_ok=True)
    rng = random.Random(SEED)

    dev, test = read_padt(paths["padt-dev"]), read_padt(paths["padt-test"])
    held_out = dev + test
    padt = without_held_out(read_padt(paths["padt-train"]), held_out)
    iahlt = read_iahlt([paths[f"iahlt-{part}"] for part in ("train", "dev", "test")])
    iahlt = without_held_out(iahlt, held_out)
    sigmorphon = [paths["sigmorphon-dev"], paths["sigmorphon-test"]]
    real, dev_real, _ = (add_sigmorphon(part, sigmorphon) for part in (padt, dev, test))
    v1 = [paths["v1-dev"], paths["v1-test"]]
    aligned, _, _ = (add_v1(part, v1) for part in (padt, dev, test))

    table = learn_spacing([padt[i] for i in sorted(real)])
    padt = [s if i in real else respace(s) for i, s in enumerate(padt)]
    dev_true = [dev[i] for i in sorted(dev_real)]
    gold = {"dev": [respace(s) for s in dev], "test": [respace(s) for s in test]}
    for name, sentences in gold.items():
        write_conllu(out / f"{name}.conllu", sentences, lemmas=True, feats=True)
        write_characters(out / name, paragraphs_of(sentences, random.Random(SEED)))
    write_conllu(out / "dev_real.conllu", dev_true, lemmas=True, feats=True)
    write_characters(out / "dev_real", [[sentence] for sentence in dev_true])

    write_tokenizer(out, padt + iahlt, gold["dev"], rng, table)
    chainbank = chainbank_rows(paths["chainbank"])
    attested = attested_tokens(padt + iahlt, chainbank, paths["wordfreq"])
    write_expander(out, padt + iahlt, gold["dev"], attested)
    # a new draw for each writer: what changes in one leaves the others as they are
    written = write_tagger(out, padt, random.Random(SEED), gold["dev"])
    written |= write_parser(out, padt, gold["dev"], gold["test"])
    lemmas = write_lemmatizer(out, padt, iahlt, chainbank, dev)

    parts = {"padt_train": padt, "iahlt": iahlt, "dev_real": dev_true, **gold, **written}
    sizes = {
        "sources": {path: sha256(paths[name]) for name, path in SOURCES.items()},
        "sentences": {name: len(part) for name, part in parts.items()},
        "words": {name: count_words(part) for name, part in parts.items()},
        "words_with_features": {name: features_by_source(part) for name, part in parts.items()},
        "attested_tokens": len(attested),
        "padt_train_real_text": len(real),
        "padt_train_aligned_v1": aligned,
        "lemma_words": lemmas,
        "dev_words_with_lemma": sum(w["lemma"] is not None for s in dev for w in words_of(s)),
        "spacing": {" ".join(pair): round(share, 3) for pair, share in sorted(table.items())},
    }
    text = json.dumps(sizes, ensure_ascii=False, indent=1)
    (out / "treebank.json").write_text(text, encoding="utf-8")
    return sizes


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default="../shared/data")
    parser.add_argument("--out", default="build/training")
    options = parser.parse_args()
    sizes = prepare(Path(options.data), Path(options.out))
    for name, value in sizes.items():
        if name not in ("sources", "spacing"):
            print(f"{name}: {value}")


if __name__ == "__main__":
    main()
