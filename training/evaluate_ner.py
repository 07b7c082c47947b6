"""Score the named-entity model on held-back text and print Markdown tables.

    python training/evaluate_ner.py --data ../shared/data
    python training/evaluate_ner.py --work build/training    # the last training, not packed

Three sets, none trained on: the contiguous last tenth of ANERcorp train (news of the early 2000s;
training was watched on it), the AQMAR articles that are held out (Wikipedia), and the test excerpts
of ``gold/names.tsv`` (news of 2018 and Wikipedia, labelled by a language model). A span counts
as found when its first token, its last token and its type are all right. The micro scores are over
PER, LOC and ORG; MISC stands apart, and AQMAR has no MISC that could be compared.
"""

import argparse
import collections
import logging
import pathlib

from evaluate_scores import RESOURCES, table
from excerpts import read_labelled, sentences_of
from ner_reading import read_anercorp, read_aqmar

from toolkit.annotating.bioes import spans

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


def read_sets(data):
    """The evaluation sets: name -> list of (tokens, gold tags)."""
    sets = {
        "ANERcorp, last tenth": read_anercorp(data)[1],
        "AQMAR, held out": read_aqmar(data)[1],
        "news of 2018 and Wikipedia, read": [
            s for excerpt in read_labelled(data)[1] for s in sentences_of(excerpt)
        ],
    }
    return {
        name: [([token for token, _ in s], [tags[1] for _, tags in s]) for s in sentences]
        for name, sentences in sets.items()
    }


def score_lines(tagger, sets):
    """Cells of the table of scores by set and type."""
    for name, sentences in sets.items():
        gold = [tags for _, tags in sentences]
        rows = scores(gold, predict(tagger, [tokens for tokens, _ in sentences]))
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
    print("### Named entities\n")
    print(table(header, score_lines(tagger, read_sets(args.data))))


if __name__ == "__main__":
    main()
