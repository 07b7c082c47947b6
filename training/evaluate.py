"""Score the packed models on UD Arabic-PADT dev and print a Markdown table.

    python training/evaluate.py --data ../shared/data

The scorer is that of the CoNLL 2018 shared task as UD maintains it, from raw text on. Two texts are
scored: the whole dev set, spaced by the rule of ``treebank.py`` since the source has no spacing,
and the dev sentences whose original text is known, each a paragraph of its own. Lemmas are scored
on the words that have a gold lemma, once without vowel signs and once as written. The sentences of
dev are often paragraphs, so the sentence score of running text says little here.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pack import RESOURCES
from treebank import bare, prepare

COLUMNS = ("Tokens", "Sentences", "Words", "UPOS", "Lemmas, unvocalised", "Lemmas, vocalised")


def rows_of(doc):
    """Lines of a Stanza document with a chain of heads, which the scorer asks for."""
    lines = []
    for sentence in doc.sentences:
        index = 1
        for token in sentence.tokens:
            if len(token.words) > 1:
                span = f"{index}-{index + len(token.words) - 1}"
                lines.append([span, token.text, *"_" * 8])
            for word in token.words:
                columns = [word.text, word.lemma or "_", word.upos or "_", "_", "_"]
                relation = "root" if index == 1 else "dep"
                lines.append([str(index), *columns, str(index - 1), relation, "_", "_"])
                index += 1
        lines.append([])
    return lines


def read_rows(path):
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") if line else [] for line in lines if not line.startswith("#")]


def with_lemmas(rows, change):
    """Copy of `rows` with the lemma column changed; an unknown lemma stays unknown."""
    return [
        [*row[:2], change(row[2]) if row[2] != "_" else "_", *row[3:]] if row else row
        for row in rows
    ]


def score(gold, system):
    """Scores of the CoNLL 2018 scorer for two lists of rows."""
    from udtools import udeval as scorer

    documents = []
    with tempfile.TemporaryDirectory() as folder:
        for name, rows in (("gold", gold), ("system", system)):
            path = Path(folder) / name
            path.write_text("\n".join("\t".join(row) for row in rows) + "\n", encoding="utf-8")
            documents.append(scorer.load_conllu_file(str(path)))
    return scorer.evaluate(*documents)


def lemma_accuracy(gold, system):
    """Share of right lemmas among the aligned words with a gold lemma, and how many those are.

    The scorer counts a word without a gold lemma as right. Scoring a system that is wrong
    everywhere counts just those words, which are then left out.
    """
    right = score(gold, system)["Lemmas"]
    free = score(gold, with_lemmas(system, lambda _: "\N{REPLACEMENT CHARACTER}"))["Lemmas"]
    known = right.aligned_total - free.correct
    return (right.correct - free.correct) / known if known else float("nan"), known


def evaluate(nlp, gold_path, text_path):
    """Scores of one text as a dict of column name to percentage, and notes on sizes and speed."""
    text = Path(text_path).read_text(encoding="utf-8")
    gold = read_rows(gold_path)
    start = time.perf_counter()
    doc = nlp(text)
    seconds = time.perf_counter() - start
    system = rows_of(doc)
    scores = score(gold, system)
    values = {name: 100 * scores[name].f1 for name in COLUMNS[:3]}
    if "pos" in nlp.processors:
        values["UPOS"] = 100 * scores["UPOS"].f1
    known = 0
    if "lemma" in nlp.processors:
        unvocalised, known = lemma_accuracy(with_lemmas(gold, bare), with_lemmas(system, bare))
        values["Lemmas, unvocalised"] = 100 * unvocalised
        values["Lemmas, vocalised"] = 100 * lemma_accuracy(gold, system)[0]
    notes = f"{scores['Words'].gold_total} words, {known} with a gold lemma; "
    return values, notes + f"{doc.num_tokens / seconds:.0f} tokens per second"


def table(results):
    """Markdown table of a dict of text name to scores."""
    lines = ["| text | " + " | ".join(COLUMNS) + " |", "|---" * (len(COLUMNS) + 1) + "|"]
    for name, values in results.items():
        cells = [f"{values[column]:.2f}" if column in values else "–" for column in COLUMNS]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main():
    import stanza

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default="../shared/data")
    parser.add_argument("--work", default="build/training")
    parser.add_argument("--resources", default=str(RESOURCES))
    options = parser.parse_args()
    work = Path(options.work)
    if not (work / "dev.conllu").exists():
        prepare(Path(options.data), work)
    nlp = stanza.Pipeline(
        "ar",
        dir=options.resources,
        package="news",
        download_method=None,
        processors=",".join(name for name in package_of(options.resources) if name != "ner"),
        use_gpu=False,
        verbose=False,
    )
    results, notes = {}, []
    for name, stem in (("UD dev, spaced by rule", "dev"), ("UD dev, original text", "dev_real")):
        results[name], note = evaluate(nlp, work / f"{stem}.conllu", work / f"{stem}.txt")
        notes.append(f"{name}: {note}.")
    print("### Segmentation, tagging, lemmas\n")
    print(table(results) + "\n\n" + "\n".join(notes))
    # the entity scores print themselves, from a script of their own
    script = Path(__file__).with_name("evaluate_ner.py")
    if script.exists() and "ner" in package_of(options.resources):
        print("\n### Named entities\n", flush=True)
        command = [sys.executable, str(script), "--data", options.data, "--perturb"]
        subprocess.run(command, check=True)


def package_of(resources):
    """The packed processors: name to package."""
    path = Path(resources) / "resources.json"
    if not path.exists():
        raise FileNotFoundError(f"evaluate: {path} is not there. Run training/pack.py first.")
    return json.loads(path.read_text(encoding="utf-8"))["ar"]["packages"]["news"]


if __name__ == "__main__":
    main()
