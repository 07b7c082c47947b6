"""Score the named-entity model on held-back text and print Markdown tables.

    python training/evaluate_ner.py --data ../shared/data
    python training/evaluate_ner.py --work build/training    # the last training, not packed

Three sets, none trained on: the contiguous last tenth of ANERcorp train (news of the early 2000s;
training was watched on it), the AQMAR articles that are held out (Wikipedia), and the test excerpts
of ``gold/names.tsv`` (news of 2018 and Wikipedia, labelled by a language model). A span counts
as found when its first token, its last token and its type are all right. The micro scores are over
PER, LOC and ORG; MISC stands apart, and AQMAR has no MISC that could be compared.

The first table is the model's alone, a sentence at a time. The second is that of `annotate`, which
reads the sentences of a text together (`toolkit/annotating/stages.py`, `named`): an AQMAR article
and an excerpt are a text, and so is the tenth of ANERcorp, whose articles nothing divides. Last in
it, the excerpts are scored as parts of the articles that they are from, which is how they would be
annotated.
"""

import argparse
import collections
import logging
import pathlib
from functools import partial
from itertools import accumulate, chain

from evaluate_scores import RESOURCES, table
from excerpts import read_in_articles, read_labelled, sentences_of
from ner_reading import AQMAR_HELD_OUT, EMPTY, aqmar_articles, read_anercorp

from toolkit import models
from toolkit.annotating.bioes import spans
from toolkit.annotating.loading import load
from toolkit.annotating.repeated_names import stretches
from toolkit.arabic.sentences import RawToken

TYPES = ("PER", "LOC", "ORG")
PACKED = RESOURCES / "ar"


def load_tagger(model, pretrain):
    """Stanza's tagger from a model file and the file of its word vectors."""
    from stanza.models.common.pretrain import Pretrain
    from stanza.models.ner.trainer import Trainer

    for path in (model, pretrain):
        if not path.exists():
            raise FileNotFoundError(
                f"{path}: no such model. Train and pack it (training/README.md) or pass its path."
            )
    return Trainer(model_file=str(model), pretrain=Pretrain(str(pretrain)), device="cpu")


def predict(tagger, sentences):
    """Predicted BIOES tags of each sentence, a list of token lists in."""
    from stanza.models.common.doc import Document
    from stanza.models.ner.data import DataLoader

    document = Document([[{"text": token} for token in tokens] for tokens in sentences])
    # The options of the pipeline: no tag preprocessing, no vocabulary building.
    batches = DataLoader(
        document, 32, tagger.args, vocab=tagger.vocab, evaluation=True, preprocess_tags=False
    )
    return [tags for batch in batches for tags in tagger.predict(batch)]


def scores(gold, predicted):
    """Precision, recall, F1 (percent) and number of gold spans, by type and for ``micro``."""
    counts = collections.Counter()
    for true, guess in zip(gold, predicted, strict=True):
        true, guess = set(spans(true)), set(spans(guess))
        for name, group in (("gold", true), ("guess", guess), ("hit", true & guess)):
            counts.update((name, kind) for _, _, kind in group)
    rows = {}
    for name, kinds in [("micro", TYPES), *((kind, (kind,)) for kind in (*TYPES, "MISC"))]:
        gold_n, guess_n, hits = (
            sum(counts[which, kind] for kind in kinds) for which in ("gold", "guess", "hit")
        )
        precision = 100 * hits / guess_n if guess_n else float("nan")
        recall = 100 * hits / gold_n if gold_n else float("nan")
        f1 = 200 * hits / (gold_n + guess_n) if gold_n + guess_n else float("nan")
        rows[name] = (precision, recall, f1, gold_n)
    return rows


def read_texts(data):
    """The texts of the evaluation sets: name -> texts, each a list of (tokens, gold tags)."""
    articles = aqmar_articles(data)
    sets = {
        "ANERcorp, last tenth": [read_anercorp(data)[1]],
        "AQMAR, held out": [articles[name] for name in AQMAR_HELD_OUT],
        "news of 2018 and Wikipedia, read": list(map(sentences_of, read_labelled(data)[1])),
    }
    return {name: list(map(tagged, texts)) for name, texts in sets.items()}


def tagged(text):
    """The sentences of a text as (tokens, gold tags)."""
    return [([token for token, _ in s], [tags[1] for _, tags in s]) for s in text]


def read_sets(data):
    """The evaluation sets: name -> list of (tokens, gold tags)."""
    return {name: list(chain.from_iterable(texts)) for name, texts in read_texts(data).items()}


def as_written(stages, tokens):
    """The tokens with the tokeniser's word on which of them hold several words."""
    found = stages.tokeniser.tokens([" ".join(tokens)])[0]
    fused = {(token.start, token.end): token.fused for token in found}
    begins = accumulate((len(token) + 1 for token in tokens), initial=0)
    places = [(begin, begin + len(token)) for begin, token in zip(begins, tokens, strict=False)]
    return [RawToken(t, *p, fused.get(p, False)) for t, p in zip(tokens, places, strict=True)]


def predict_together(stages, texts):
    """Predicted BIOES tags of each sentence of each text, as `annotate` has them."""
    for number, text in enumerate(texts):
        sentences = stages.said([as_written(stages, tokens) for tokens, _ in text])
        parts = ((number, s.tokens[-1].end, [s]) for s in sentences)
        for _, stretch in stretches(parts):
            yield from (sentence.names for sentence in stages.named(stretch))


def score_lines(sets, tags_of):
    """Cells of the table of scores by set and type; `tags_of` predicts those of a set's texts."""
    for name, texts in sets.items():
        gold = [tags for text in texts for _, tags in text]
        both = zip(gold, tags_of(texts), strict=True)
        labelled = [pair for pair in both if pair[0][0] != EMPTY]
        rows = scores(*zip(*labelled, strict=True))
        for kind, (*measures, count) in rows.items():
            if count:
                yield [name, kind, *(f"{measure:.1f}" for measure in measures), count]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=pathlib.Path, default=pathlib.Path("../shared/data"))
    parser.add_argument("--work", type=pathlib.Path, help="score <work>/saved_models instead")
    parser.add_argument("--model", type=pathlib.Path, help="score this model file instead")
    args = parser.parse_args()
    logging.getLogger("stanza").setLevel(logging.ERROR)
    folder = args.work / "saved_models" if args.work else PACKED
    tagger = load_tagger(args.model or folder / "ner/news.pt", folder / "pretrain/news.pt")
    header = ["set", "type", "precision", "recall", "F1", "gold spans"]
    sets = read_texts(args.data)

    def alone(texts):
        return predict(tagger, [tokens for text in texts for tokens, _ in text])

    print("### Named entities, the model alone\n")
    print(table(header, score_lines(sets, alone)))
    if not args.work and not args.model:
        stages = load(models.resolve("news"), "cpu")
        whole = list(map(tagged, read_in_articles(args.data)))
        sets["the same excerpts, in their articles"] = whole
        print("\n### Named entities, `annotate`\n")
        print(table(header, score_lines(sets, partial(predict_together, stages))))


if __name__ == "__main__":
    main()
