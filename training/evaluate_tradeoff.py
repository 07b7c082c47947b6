"""Size, speed and scores of several models of one kind, as Markdown: what smaller ones cost.

    python training/evaluate_tradeoff.py --data ../shared/data \
        --ner small=small.pt --ner shipped=toolkit/resources/ar/ner/news.pt \
        --pos shipped=toolkit/resources/ar/pos/news.pt

A model is a packed file or a training checkpoint; it is loaded with the word vectors of
``--pretrain``, or with its own where it is written ``name=model.pt,vectors.pt``. Size is that of
the file alone, without the vectors. Parameters are those of the model in memory, without the
vectors, which are not its own.

Speed is that of the one stage, in a fresh process with one torch thread and with two, on news
articles of the raw data that the bundled models have tokenised and split once. The time is that of
the whole stage (making batches, computing, decoding), after one warm-up and without loading;
tokens are tokens as written, for taggers too. Scores: UPOS on gold words and from raw text (UD
dev, tokens and words by the bundled models); entity micro F1 on each evaluation set.
"""

import argparse
import itertools
import logging
import time
from pathlib import Path

from evaluate_ner import PACKED, load_tagger, predict, read_sets, scores
from evaluate_scores import (
    Token,
    in_fresh_process,
    load_pipeline,
    read_rows,
    rows,
    score,
    table,
    text_of,
    tokens_of,
    word_columns,
)
from treebank import prepare
from vectors import NEWS, read_articles

from toolkit.normalise import clean

THREADS = (1, 2)
STEP = 400  # one article of so many is read
WARM_UP = 20  # sentences
UPOS_AT = 2  # among the columns of a word


# --- models ------------------------------------------------------------------------------------


def load_pos(model, pretrain):
    """Stanza's tagger of parts of speech from a model file and the file of its word vectors."""
    from stanza.models.common.pretrain import Pretrain
    from stanza.models.pos.trainer import Trainer

    vectors = Pretrain(str(pretrain))
    tagger = Trainer(model_file=str(model), pretrain=vectors, device="cpu")
    tagger.vectors = vectors  # its data sets ask for them; without, every word is unknown
    return tagger


def predict_pos(tagger, sentences):
    """UPOS of each sentence, a list of word lists in; batches as in Stanza's pipeline."""
    import torch
    from stanza.models.common.doc import Document
    from stanza.models.common.utils import unsort
    from stanza.models.pos.data import Dataset

    document = Document([[{"text": word} for word in words] for words in sentences])
    data = Dataset(
        document,
        tagger.args,
        tagger.vectors,
        vocab=tagger.vocab,
        evaluation=True,
        sort_during_eval=True,
    )
    tags, order = [], []
    with torch.no_grad():
        for batch in data.to_length_limited_loader(tagger.args["batch_size"], maximum_tokens=5000):
            order.extend(batch[-1])
            tags += tagger.predict(batch)
    return [[columns[0] for columns in sentence] for sentence in unsort(tags, order)]


KINDS = {"ner": (load_tagger, predict), "pos": (load_pos, predict_pos)}


def parameters(tagger):
    """Weights of a tagger that are its own: not those of the vectors that it reads from a file."""
    shared = set(getattr(tagger.model, "unsaved_modules", ()))
    named = tagger.model.named_parameters()
    return sum(weight.numel() for name, weight in named if name.split(".")[0] not in shared)


def speed(kind, model, pretrain, sentences, tokens):
    """Tokens per second of one stage in this process."""
    load, run = KINDS[kind]
    tagger = load(model, pretrain)
    run(tagger, sentences[:WARM_UP])
    start = time.perf_counter()
    run(tagger, sentences)
    return tokens / (time.perf_counter() - start)


# --- texts -------------------------------------------------------------------------------------


def split_text(nlp, text):
    """Sentences of `Token` that the bundled tokeniser and expander make of a folded text."""
    return [
        [Token(t.text, " ", [word_columns(w.text) for w in t.words]) for t in sentence.tokens]
        for sentence in nlp(text).sentences
    ]


def news_text(data):
    """Some articles of the raw news, a line a paragraph."""
    articles = itertools.islice(read_articles(data / NEWS), 0, None, STEP)
    return "\n\n".join("\n\n".join(lines) for lines in articles)


def words_of(sentences):
    return [[word[0] for token in sentence for word in token.words] for sentence in sentences]


def forms_of(sentences):
    return [[token.form for token in sentence] for sentence in sentences]


# --- scores ------------------------------------------------------------------------------------


def with_tags(sentences, tags):
    """Rows of the sentences with the UPOS of their words replaced."""
    tagged = []
    for sentence, own in zip(sentences, tags, strict=True):
        rest = iter(own)
        tagged.append(
            [
                token._replace(
                    words=[[*w[:UPOS_AT], next(rest), *w[UPOS_AT + 1 :]] for w in token.words]
                )
                for token in sentence
            ]
        )
    return rows(tagged)


def pos_cells(tagger, gold, raw):
    """UPOS F1 on the gold words and on those that the bundled models find in the raw text."""
    for sentences in (gold, raw):
        system = with_tags(sentences, predict_pos(tagger, words_of(sentences)))
        yield f"{100 * score(rows(gold), system)['UPOS'].f1:.2f}"


def ner_cells(tagger, sets):
    for sentences in sets.values():
        predicted = predict(tagger, [tokens for tokens, _ in sentences])
        yield f"{scores([tags for _, tags in sentences], predicted)['micro'][2]:.1f}"


def cells(kind, name, paths, news, make_scores):
    """The row of one model."""
    load, _ = KINDS[kind]
    tagger = load(*paths)
    tokens = sum(map(len, news))
    sentences = words_of(news) if kind == "pos" else forms_of(news)
    speeds = [in_fresh_process(n, speed, kind, *paths, sentences, tokens) for n in THREADS]
    megabytes = paths[0].stat().st_size / 1e6
    size = [f"{megabytes:.2f}", f"{parameters(tagger):,}"]
    return [name, *size, *(f"{value:.0f}" for value in speeds), *make_scores(tagger)]


def named_paths(text, pretrain):
    """Name, model file and vector file of an argument `name=model.pt[,vectors.pt]`."""
    name, _, files = text.rpartition("=")
    model, _, vectors = files.partition(",")
    paths = Path(model), Path(vectors or pretrain)
    for path in paths:
        if not path.exists():
            raise FileNotFoundError(f"evaluate_tradeoff: {path} is not there; name=path is wanted.")
    return name or paths[0].stem, paths


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--work", type=Path, default=Path("build/training"))
    parser.add_argument("--pretrain", type=Path, default=PACKED / "pretrain/news.pt")
    parser.add_argument("--ner", action="append", default=[], metavar="NAME=FILE")
    parser.add_argument("--pos", action="append", default=[], metavar="NAME=FILE")
    parser.add_argument("--sentences", type=int, help="so many of the news alone")
    options = parser.parse_args()
    logging.getLogger("stanza").setLevel(logging.ERROR)
    models = {
        kind: [named_paths(text, options.pretrain) for text in getattr(options, kind)]
        for kind in KINDS
    }
    nlp = load_pipeline(processors=("tokenize", "mwt"))
    news = split_text(nlp, clean(news_text(options.data))[0])[: options.sentences]
    head = ["model", "MB", "parameters", *(f"tokens/s, {n} thread{'s' * (n > 1)}" for n in THREADS)]
    if models["pos"]:
        if not (options.work / "dev.conllu").exists():
            prepare(options.data, options.work)
        text = (options.work / "dev.txt").read_text("utf-8")
        gold = tokens_of(read_rows(options.work / "dev.conllu"), text)
        # not folded: the lone tatweels of dev are gold tokens here, as in evaluate.py
        raw = split_text(nlp, text_of(gold))
        lines = [
            cells("pos", name, paths, news, lambda tagger: pos_cells(tagger, gold, raw))
            for name, paths in models["pos"]
        ]
        print("### Taggers of parts of speech\n")
        print(table([*head, "UPOS, gold words", "UPOS, raw text"], lines), end="\n\n")
    if models["ner"]:
        sets = read_sets(options.data)
        lines = [
            cells("ner", name, paths, news, lambda tagger: ner_cells(tagger, sets))
            for name, paths in models["ner"]
        ]
        print("### Taggers of entities\n")
        print(table([*head, *(f"F1, {name}" for name in sets)], lines), end="\n\n")
    print(f"Speed on {sum(map(len, news))} tokens of news in {len(news)} sentences.")


if __name__ == "__main__":
    main()
