"""Score the packed models on UD Arabic-PADT dev and print Markdown tables.

    python training/evaluate.py --data ../shared/data
    python training/evaluate.py --data ../shared/data --test    # once, at the end: UD test as well

The scorer is that of the CoNLL 2018 shared task as UD maintains it, from raw text on. Scored are
the whole dev set, spaced by the rule of ``treebank.py`` since the source has no spacing; the same
as ``toolkit.pipeline.annotate`` gives it, which repairs sentences and knows some words; and the dev
sentences whose original text is known, each a paragraph of its own. Where the package has a parser,
the dev sentences that have a tree are scored too.

Lemmas and features are scored on the aligned words that have a gold one: lemmas once without vowel
signs and once as written, features (UFeats) over the universal features, all of a word right. The
sentences of dev are often paragraphs, so the sentence score of running text says little here.
"""

import argparse
import time
from pathlib import Path

from evaluate_scores import (
    FEATS,
    LEMMA,
    RESOURCES,
    Token,
    as_models_see,
    has_feats,
    has_lemma,
    known_accuracy,
    load_pipeline,
    package_of,
    read_rows,
    rows,
    rows_of,
    score,
    table,
    tokens_of,
    with_column,
    word_columns,
)
from treebank import bare, prepare

F1 = ("Tokens", "Sentences", "Words", "UPOS")
TREES = ("UAS", "LAS")
COLUMNS = (*F1, "UFeats", "Lemmas, unvocalised", "Lemmas, vocalised", *TREES)
TEXTS = {"UD dev, spaced by rule": "dev", "UD dev, original text": "dev_real"}


def scores_of(gold, system):
    """Percentages by column, and the numbers of words that they rest on."""
    measures = score(gold, system)
    values = {name: 100 * measures[name].f1 for name in F1}
    counts = {"words": measures["Words"].gold_total}

    def add(column, name, gold, system, *rest):
        share, counts[name] = known_accuracy(gold, system, *rest)
        if counts[name]:
            values[column] = 100 * share

    def unvocalised(lines):
        return with_column(lines, LEMMA, lambda row: bare(row[LEMMA]))

    lemmas = ("Lemmas", LEMMA, has_lemma)
    add("Lemmas, unvocalised", "gold lemmas", unvocalised(gold), unvocalised(system), *lemmas)
    add("Lemmas, vocalised", "gold lemmas", gold, system, *lemmas)
    if any(row and row[FEATS] != "_" for row in system):  # a tagger without features has no score
        add("UFeats", "gold features", gold, system, "UFeats", FEATS, has_feats)
    return values, counts


def tree_scores(gold, system):
    measures = score(gold, system)
    values = {name: 100 * measures[name].f1 for name in ("Words", *TREES)}
    return values, {"words": measures["Words"].gold_total}


def annotated_rows(text):
    """Rows of what `annotate` makes of a text."""
    import pandas as pd

    from toolkit.pipeline import annotate

    corpus = annotate(pd.DataFrame({"doc": ["dev"], "text": [text]}), progress=False)
    words = corpus.words.astype({"feats": "object", "upos": "object"}).set_index(["sent", "token"])
    words = words[["form", "lemma_vocalised", "upos", "feats"]].astype("object")
    columns = {}
    for at, *cells in words.where(words.notna(), None).itertuples(name=None):
        columns.setdefault(at, []).append(word_columns(*cells))
    sentences = {}
    for sent, token, form in corpus.tokens[["sent", "token", "form"]].itertuples(index=False):
        sentences.setdefault(sent, []).append(Token(form, " ", columns[sent, token]))
    return rows(sentences.values())


def evaluate(make_rows, gold, text, measure=scores_of):
    """Scores of one text, and a note on the sizes and on the speed."""
    start = time.perf_counter()
    system = make_rows(text)
    seconds = time.perf_counter() - start
    values, counts = measure(gold, system)
    tokens = sum(bool(row) for row in read_tokens(system))
    sizes = ", ".join(f"{count} {name}" for name, count in counts.items())
    return values, f"{sizes}; {tokens / seconds:.0f} tokens per second"


def read_tokens(lines):
    """The rows of tokens: ranges, and words that are in none."""
    inside = 0
    for row in lines:
        if row and "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            inside = last - first + 1
            yield row
        elif row and not inside:
            yield row
        elif row:
            inside -= 1


def print_table(results):
    """Print scores and notes by name of the text; columns without any value are left out."""
    columns = [name for name in COLUMNS if any(name in values for values, _ in results.values())]
    lines = [
        [name, *(f"{values[c]:.2f}" if c in values else "–" for c in columns)]
        for name, (values, _) in results.items()
    ]
    print(table(["text", *columns], lines), end="\n\n")
    print("\n".join(f"{name}: {note}." for name, (_, note) in results.items()))


def paragraphs(path):
    """The text of a CoNLL-U file, from its comments, a sentence a paragraph."""
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    mark = "# text = "
    return "\n\n".join(line.removeprefix(mark) for line in lines if line.startswith(mark))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default="../shared/data")
    parser.add_argument("--work", default="build/training")
    parser.add_argument("--resources", default=str(RESOURCES))
    parser.add_argument("--test", action="store_true", help="UD test as well: once, at the end")
    options = parser.parse_args()
    work = Path(options.work)
    if not (work / "dev.conllu").exists():
        prepare(Path(options.data), work)
    processors = [name for name in package_of(options.resources) if name != "ner"]
    nlp = load_pipeline(options.resources, [name for name in processors if name != "depparse"])

    def through_stanza(text):
        return rows_of(nlp(text))

    def inputs(stem):
        return read_rows(work / f"{stem}.conllu"), (work / f"{stem}.txt").read_text("utf-8")

    results = {name: evaluate(through_stanza, *inputs(stem)) for name, stem in TEXTS.items()}
    if Path(options.resources) == RESOURCES:
        gold, text = inputs("dev")
        gold = rows(as_models_see(tokens_of(gold, text)))
        annotated_rows("نص")  # loads the models, which the speed leaves out
        results["UD dev, spaced by rule, `annotate`"] = evaluate(annotated_rows, gold, text)
    print("### Segmentation, tagging, features, lemmas\n")
    print_table(results)
    if options.test:
        print("\n### UD test, scored once at the end\n")
        print_table({"UD test, spaced by rule": evaluate(through_stanza, *inputs("test"))})
    trees = work / "depparse.dev.conllu"
    if "depparse" in processors and trees.exists():
        nlp = load_pipeline(options.resources, processors)
        print("\n### Parser\n")
        gold = read_rows(trees)
        result = evaluate(through_stanza, gold, paragraphs(trees), measure=tree_scores)
        print_table({"UD dev, sentences with a tree": result})


if __name__ == "__main__":
    main()
