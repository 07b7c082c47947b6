"""What each way of writing costs: words, UPOS and entity F1 under the perturbations of `perturb`.

    python training/evaluate_robustness.py --data ../shared/data

The path is the user's: the respelt raw text is folded as `toolkit.pipeline.annotate` folds it
(`toolkit.normalise.clean`) and then goes to Stanza; the entity sets are tokenised, so each of
their tokens is respelt and folded. Every perturbation is done wherever it can be done, so each
cost is an upper bound. Printed is one Markdown table with the cost of each row behind its score,
in points against the first row, in bold where it is more than `LIMIT`.

How words are compared, in all rows alike: the forms of gold and system are both folded by
`toolkit.normalise.fold` (hamza, ya, ta marbuta, digits), as the ``norm`` column that the toolkit
counts by. A word is right when its letters are cut where the gold cuts them, and no model gains or
loses by restoring a letter that the writer left out (واشار = و + أشار). So the first row stands a
little above the words F1 of ``evaluate.py``, which compares forms as they stand; the note under the
table gives both.

Vocalised sentences: UD v1 has vocalised forms for some sentences of dev. Each token of these takes
the diacritics of its words there, and its score is compared with the same sentences as written.
"""

import argparse
import collections
import logging
from functools import partial
from pathlib import Path
from typing import NamedTuple

import perturb
from evaluate_ner import PACKED, load_tagger, predict, read_sets, scores
from evaluate_scores import (
    FORM,
    Token,
    as_models_see,
    load_pipeline,
    read_forms,
    read_rows,
    rows,
    rows_of,
    score,
    table,
    text_of,
    tokens_of,
    word_columns,
)
from treebank import prepare

from toolkit.normalise import clean, fold

LIMIT = 2.0  # points of cost that the card has to explain
V1 = ("treebank/ud-arabic-padt-v1/ar-ud-dev.conllu", "treebank/ud-arabic-padt-v1/ar-ud-test.conllu")
ALIKE = 0.7  # share of equal words that makes a v1 sentence one of dev

# name in the table -> what is done to each token, or to a tagged sentence (entities alone)
TOKENS = {
    "diacritics on every letter": perturb.all_diacritics,
    "shadda and tanwin alone": perturb.shadda_and_tanwin,
    "tatweel": perturb.stretch,
    "zero-width and bidi marks": perturb.invisible_marks,
    "presentation forms": perturb.presentation_forms,
    "Persian keyboard (ک ی)": perturb.persian_keyboard,
    "hamza dropped (أإآ → ا)": perturb.drop_hamza,
    "final ي → ى": perturb.ya_undotted,
    "ى → ي": perturb.maqsura_dotted,
    "ة → ه": perturb.ta_without_dots,
    "final ه → ة": perturb.ha_dotted,
    "hamza, final ي and ة at once": perturb.hasty,
    "Arabic-Indic digits": perturb.arabic_indic_digits,
    "Arabic-Indic digits with ٫ ٬ ٪": perturb.arabic_indic_numbers,
    "Persian digits": perturb.persian_digits,
}
NAMES = {
    "one name in ten in Latin letters": partial(perturb.latin_names, share=0.1),
    "every name in Latin letters": perturb.latin_names,
    "و written to every name": perturb.and_before_names,
}
AS_WRITTEN, LATIN, VOCALISED = "as written", "Latin words in between", "fully vocalised (UD v1)"


class Result(NamedTuple):
    """Words and UPOS F1 of a text, and the share of tokens altered, raw and after folding."""

    words: float
    upos: float
    altered: float
    left: float


# --- the treebank ------------------------------------------------------------------------------


def respell(sentences, change):
    """Sentences of `Token` with `change` done to the form of each."""
    return [[token._replace(form=change(token.form)) for token in s] for s in sentences]


def with_latin(sentences):
    """Sentences with Latin words between their tokens; UD tags a foreign word X."""
    respelt = []
    for sentence in sentences:
        insertions = perturb.latin_insertions([token.gap == " " for token in sentence])
        respelt.append([])
        for position, token in enumerate(sentence):
            respelt[-1].append(token)
            if position in insertions:
                word = insertions[position]
                respelt[-1].append(Token(word, " ", [word_columns(word, upos="X")]))
    return respelt


def vocalised_twins(sentences, v1):
    """Those sentences that v1 has too, as written and with the diacritics of v1.

    A twin has as many words and `ALIKE` of them equal when folded.
    """
    by_length = collections.defaultdict(list)
    for forms in v1:
        by_length[len(forms)].append((forms, [fold(form) for form in forms]))
    plain, vocalised = [], []
    for sentence in sentences:
        own = [fold(word[FORM - 1]) for token in sentence for word in token.words]
        agreement = [
            (sum(a == b for a, b in zip(own, folded, strict=True)) / len(own), forms)
            for forms, folded in by_length[len(own)]
        ]
        best, forms = max(agreement, default=(0, []))
        if best >= ALIKE:
            sentence = [*sentence[:-1], sentence[-1]._replace(gap="\n\n")]
            plain.append(sentence)
            rest = iter(forms)
            vocalised.append(
                [
                    token._replace(
                        form=perturb.vocalise(token.form, "".join(next(rest) for _ in token.words))
                    )
                    for token in sentence
                ]
            )
    return plain, vocalised


def folded_forms(lines):
    return [[*row[:FORM], fold(row[FORM]), *row[FORM + 1 :]] if row else row for row in lines]


def make_measure(nlp):
    """A function from original and respelt sentences to their `Result`.

    A text that folding has made equal to one already seen is not sent to the models again.
    """
    seen = {}

    def measure(original, respelt):
        text = clean(text_of(respelt))[0]
        if text not in seen:
            gold, system = rows(as_models_see(respelt)), rows_of(nlp(text))
            measures = score(folded_forms(gold), folded_forms(system))
            seen[text] = tuple(100 * measures[name].f1 for name in ("Words", "UPOS"))
        pairs = [
            (one.form, two.form)
            for before, after in zip(original, respelt, strict=True)
            for one, two in zip(before, after, strict=False)
            if len(before) == len(after)
        ]
        altered = sum(one != two for one, two in pairs)
        left = sum(clean(one)[0] != clean(two)[0] for one, two in pairs)
        share = 100 / max(1, len(pairs))
        return Result(*seen[text], altered * share, left * share)

    return measure


def treebank_rows(nlp, sentences, v1):
    """Results by name of the perturbation, and the names of the row each is compared with."""
    measure = make_measure(nlp)
    plain, vocalised = vocalised_twins(sentences, v1)
    subset = f"{len(plain)} sentences that UD v1 has, as written"
    results = {AS_WRITTEN: measure(sentences, sentences)}
    if plain:
        results |= {subset: measure(plain, plain), VOCALISED: measure(plain, vocalised)}
    for name, change in TOKENS.items():
        results[name] = measure(sentences, respell(sentences, change))
    results[LATIN] = measure(sentences, with_latin(sentences))
    return results, {VOCALISED: subset, subset: None}


# --- entities ----------------------------------------------------------------------------------


def on_tokens(change):
    return lambda sentence: [(change(token), tag) for token, tag in sentence]


def latin_between(sentence):
    insertions = perturb.latin_insertions([True] * len(sentence))
    respelt = []
    for position, (token, tag) in enumerate(sentence):
        respelt.append((token, tag))
        following = sentence[position + 1][1] if position + 1 < len(sentence) else "O"
        if position in insertions and not following.startswith("I-"):
            respelt.append((insertions[position], "O"))
    return respelt


def entity_rows(tagger, sets):
    """Micro F1 by name of the perturbation, one for each set."""
    changes = {AS_WRITTEN: lambda sentence: sentence}
    changes |= {name: on_tokens(change) for name, change in TOKENS.items()}
    changes |= {LATIN: latin_between, **NAMES}
    results, seen = collections.defaultdict(list), {}
    for name, change in changes.items():
        for sentences in sets.values():
            tagged = [change(list(zip(*sentence, strict=True))) for sentence in sentences]
            tokens = [[clean(token)[0] or token for token, _ in sentence] for sentence in tagged]
            key = str(tokens)
            if key not in seen:
                seen[key] = predict(tagger, tokens)
            gold = [[tag for _, tag in sentence] for sentence in tagged]
            results[name].append(scores(gold, seen[key])["micro"][2])
    return results


# --- the table ---------------------------------------------------------------------------------


def cell(value, base, digits):
    """A score and its cost against `base`, bold where it costs more than `LIMIT`."""
    if base is None:
        return f"{value:.{digits}f}"
    cost = round(value - base, digits) + 0.0  # no minus before a zero
    text = f"{value:.{digits}f} ({cost:+.{digits}f})"
    return f"**{text}**" if cost < -LIMIT else text


def lines_of(treebank, bases, entities, sets):
    """Cells of the table, a row a perturbation."""
    lines = []
    for name in dict.fromkeys([*treebank, *entities]):
        base = None if name == AS_WRITTEN else bases.get(name, AS_WRITTEN)
        cells = ["–"] * (3 + len(sets))
        if name in treebank:
            result = treebank[name]
            against = treebank[base] if base else Result(None, None, 0, 0)
            if result.altered:
                cells[0] = f"{result.altered:.0f} % / {result.left:.0f} %"
            cells[1] = cell(result.words, against.words, 2)
            cells[2] = cell(result.upos, against.upos, 2)
        if name in entities:
            against = entities[base] if base else [None] * len(sets)
            cells[3:] = map(partial(cell, digits=1), entities[name], against)
        lines.append([name, *cells])
    return lines


def statements():
    """What each perturbation does, from its docstring."""
    named = {**TOKENS, LATIN: perturb.latin_insertions, **NAMES, VOCALISED: perturb.vocalise}
    for name, change in named.items():
        change = getattr(change, "func", change)
        yield f"- *{name}*: {change.__doc__.splitlines()[0]}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--work", type=Path, default=Path("build/training"))
    parser.add_argument("--sentences", type=int, help="about so many of dev and of each set")
    options = parser.parse_args()
    logging.getLogger("stanza").setLevel(logging.ERROR)
    if not (options.work / "dev.conllu").exists():
        prepare(options.data, options.work)
    gold, text = (
        read_rows(options.work / "dev.conllu"),
        (options.work / "dev.txt").read_text("utf-8"),
    )

    def sample(items):
        step = len(items) // options.sentences if options.sentences else 1
        return items[:: max(1, step)]

    sentences = sample(tokens_of(gold, text))
    v1 = [forms for path in V1 for forms in read_forms(options.data / path)]
    nlp = load_pipeline(processors=("tokenize", "mwt", "pos"))
    treebank, bases = treebank_rows(nlp, sentences, v1)
    sets = {name: sample(s) for name, s in read_sets(options.data).items()}
    entities = entity_rows(load_tagger(PACKED / "ner/news.pt", PACKED / "pretrain/news.pt"), sets)
    print("### Robustness: what each way of writing costs\n")
    header = ["perturbation", "tokens altered / after folding", "words F1", "UPOS F1", *sets]
    print(table(header, lines_of(treebank, bases, entities, sets)), end="\n\n")
    plain = score(rows(sentences), rows_of(nlp(text_of(sentences))))["Words"]
    print(
        f"{plain.gold_total} words of UD dev. Forms compared as they stand (evaluate.py): words "
        f"F1 as written {100 * plain.f1:.2f}. Entities: micro F1 over PER, LOC and ORG.\n"
    )
    print("\n".join(statements()))


if __name__ == "__main__":
    main()
