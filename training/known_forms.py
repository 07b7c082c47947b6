"""Have the bundled models say beforehand what they make of frequent forms.

    python training/known_forms.py build/news build/wiki --least 3

Reads the tables of annotated corpora (folders of `corpus.save` or `pipeline.annotate_to`), counts
their fused tokens and their words with a part of speech, and writes for those that occur often
enough what the expander and the lemmatiser say of them now: ``toolkit/resources/forms.parquet``.
To be run again when one of the two models is trained anew.
"""

import argparse
from collections import Counter
from pathlib import Path

import pandas as pd

from toolkit import corpus, models
from toolkit.annotating import known_forms, loading
from toolkit.annotating.lemmatiser import name_of


def counted(folders):
    """How often each fused token and each word with its part of speech occurs."""
    tokens, words = Counter(), Counter()
    for folder in folders:
        annotated = corpus.load(folder)
        columns = ["doc", "sent", "token"]
        size = annotated.words.groupby(columns, observed=True).size().rename("size").reset_index()
        forms = annotated.tokens[[*columns, "form"]].merge(size, on=columns)
        tokens.update(forms.loc[forms["size"] > 1, "form"].astype("str"))
        tagged = annotated.words[["form", "upos"]].dropna().astype("str")
        words.update(zip(tagged["form"], tagged["upos"], strict=True))
    return tokens, words


def main():
    """Count, ask the models, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpora", nargs="+", type=Path)
    parser.add_argument("--least", type=int, default=3, help="occurrences of a form that is kept")
    options = parser.parse_args()
    tokens, words = counted(options.corpora)
    model_set = models.resolve("news")
    stages = loading.load(model_set, "cpu")
    frequent = [token for token, count in tokens.items() if count >= options.least]
    stages.expander.learn(frequent)
    tagged = [word for word, count in words.items() if count >= options.least]
    stages.lemmatiser.learn(tagged)
    expanded = {token: " ".join(stages.expander.words[token]) for token in frequent}
    lemmas = {name_of(word): stages.lemmatiser.lemmas[word] for word in tagged}
    lemmas = {name: lemma for name, lemma in lemmas.items() if lemma}
    path = model_set.folder / known_forms.FILE
    known_forms.write(path, expanded, lemmas, models=known_forms.made_by(model_set))
    covered = pd.Series(
        {
            "fused tokens": sum(tokens[token] for token in frequent) / tokens.total(),
            "words": sum(words[word] for word in tagged) / words.total(),
        }
    )
    print(f"{len(expanded):,} tokens, {len(lemmas):,} words, {path.stat().st_size:,} bytes")
    print(covered.round(3).to_string())


if __name__ == "__main__":
    main()
