"""Score the named-entity model on held-back text and print Markdown tables.

    python training/evaluate_ner.py --data ../shared/data [--perturb]
    python training/evaluate_ner.py --work build/training    # the last training, not packed

Two sets, neither trained on: the contiguous last tenth of ANERcorp train (news of the early 2000s;
the checkpoint was chosen on it) and 20 AQMAR articles (Wikipedia, out of domain). A span counts as
found when its first token, its last token and its type are all right. The micro scores are over
PER, LOC and ORG; MISC stands apart, and AQMAR has no MISC that could be compared.
"""

import argparse
import collections
import logging
import pathlib

from ner_data import read_anercorp, read_aqmar
from vectors import HAMZA

TYPES = ("PER", "LOC", "ORG")
RESOURCES = pathlib.Path(__file__).parents[1] / "toolkit/resources/ar"
DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


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


def spans(tags):
    """Set of (first token, last token, type) of a BIO or BIOES tag sequence."""
    found, start, kind = set(), 0, ""  # kind is empty outside of a span
    for i, tag in enumerate([*tags, "O"]):
        if kind and tag[0] in "IE" and tag[2:] == kind:
            continue
        if kind:
            found.add((start, i - 1, kind))
        start, kind = i, tag[2:]
    return found


def scores(gold, predicted):
    """Precision, recall, F1 (percent) and number of gold spans, by type and for ``micro``."""
    counts = collections.Counter()
    for true, guess in zip(map(spans, gold), map(spans, predicted), strict=True):
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


def with_letters(change):
    """A perturbation of sentences out of one of single tokens."""
    return lambda sentences: [[change(token) for token in tokens] for tokens, _ in sentences]


def drop_hamza(token):
    return token.translate(HAMZA)


def confuse_ya(token):
    return token[:-1] + "ى" if token.endswith("ي") else token


def confuse_ta(token):
    return token[:-1] + "ه" if token.endswith("ة") else token


def and_before_names(sentences):
    """The clitic و written to the first token of every name that is Arabic and not long."""
    return [
        [
            f"و{token}" if tag[0] == "B" and "\u0621" <= token[0] <= "\u064a" else token
            for token, tag in zip(tokens, tags, strict=True)
        ]
        for tokens, tags in sentences
    ]


PERTURBATIONS = {
    "as written": with_letters(lambda token: token),
    "hamza dropped (أإآ → ا)": with_letters(drop_hamza),
    "final ي written ى": with_letters(confuse_ya),
    "ة written ه": with_letters(confuse_ta),
    "Arabic-Indic digits": with_letters(lambda token: token.translate(DIGITS)),
    "و written to every name": and_before_names,
}


def read_sets(data):
    """The evaluation sets: name -> list of (tokens, gold tags)."""
    sets = {"ANERcorp, last tenth": read_anercorp(data)[1], "AQMAR, 20 articles": read_aqmar(data)}
    return {
        name: [([token for token, _ in s], [tags[1] for _, tags in s]) for s in sentences]
        for name, sentences in sets.items()
    }


def print_scores(tagger, sets):
    print("| set | type | precision | recall | F1 | gold spans |\n|---|---|---|---|---|---|")
    for name, sentences in sets.items():
        gold = [tags for _, tags in sentences]
        rows = scores(gold, predict(tagger, [tokens for tokens, _ in sentences]))
        for kind, (precision, recall, f1, count) in rows.items():
            if count:
                print(f"| {name} | {kind} | {precision:.1f} | {recall:.1f} | {f1:.1f} | {count} |")


def print_perturbations(tagger, sets):
    print(f"\n| perturbation | {' | '.join(sets)} |\n|---|{'---|' * len(sets)}")
    for label, perturb in PERTURBATIONS.items():
        cells = []
        for sentences in sets.values():
            predicted = predict(tagger, perturb(sentences))
            cells.append(f"{scores([tags for _, tags in sentences], predicted)['micro'][2]:.1f}")
        print(f"| {label} | {' | '.join(cells)} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=pathlib.Path, default=pathlib.Path("../shared/data"))
    parser.add_argument("--work", type=pathlib.Path, help="score <work>/saved_models instead")
    parser.add_argument("--model", type=pathlib.Path, help="score this model file instead")
    parser.add_argument("--perturb", action="store_true", help="also the table of perturbations")
    args = parser.parse_args()
    logging.getLogger("stanza").setLevel(logging.ERROR)
    folder = args.work / "saved_models" if args.work else RESOURCES
    tagger = load_tagger(args.model or folder / "ner/news.pt", folder / "pretrain/news.pt")
    sets = read_sets(args.data)
    print_scores(tagger, sets)
    if args.perturb:
        print_perturbations(tagger, sets)


if __name__ == "__main__":
    main()
