"""What the scripts of the model card share: CoNLL-U rows, the scorer, models, fresh processes.

A row is the list of the ten columns of CoNLL-U as strings; an empty row ends a sentence. The
scorer is that of the CoNLL 2018 shared task as UD maintains it (`udtools`).
"""

import json
import multiprocessing
import os
import statistics
import tempfile
from concurrent.futures import ProcessPoolExecutor
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from toolkit.normalise import clean

RESOURCES = Path(__file__).parents[1] / "toolkit" / "resources"
FORM, LEMMA, FEATS, HEAD, MISC = 1, 2, 5, 6, 9


# --- rows --------------------------------------------------------------------------------------


class Token(NamedTuple):
    """A token as written, what stands between it and the next, and the columns of its words.

    The columns of a word are the nine after its number; the head counts words from 1.
    """

    form: str
    gap: str
    words: list


def word_columns(form, lemma=None, upos=None, feats=None, head=None, relation=None):
    return [form, lemma or "_", upos or "_", "_", feats or "_", head, relation, "_", "_"]


def rows(sentences):
    """Rows of sentences, lists of `Token`; words without a head get a chain, which is a tree."""
    lines = []
    for sentence in sentences:
        index = 1
        for token in sentence:
            if len(token.words) > 1:
                span = f"{index}-{index + len(token.words) - 1}"
                lines.append([span, token.form, *"_" * 8])
            for word in token.words:
                *columns, head, relation, deps, misc = word
                if head is None:
                    head, relation = index - 1, "root" if index == 1 else "dep"
                lines.append([str(index), *columns, str(head), relation, deps, misc])
                index += 1
        lines.append([])
    return lines


def rows_of(document):
    """Rows of a Stanza document."""
    return rows(
        [
            Token(
                token.text,
                " ",
                [
                    word_columns(w.text, w.lemma, w.upos, w.feats, w.head, w.deprel)
                    if w.deprel
                    else word_columns(w.text, w.lemma, w.upos, w.feats)
                    for w in token.words
                ],
            )
            for token in sentence.tokens
        ]
        for sentence in document.sentences
    )


def read_rows(path):
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") if line else [] for line in lines if not line.startswith("#")]


def read_forms(path):
    """The words of each sentence of a CoNLL-U file."""
    groups = groupby(read_rows(path), key=bool)
    return [[row[FORM] for row in lines] for full, lines in groups if full]


def tokens_of(lines, text):
    """Sentences of `Token` of gold rows, with the white space that `text` has after each token.

    Heads are left out, so that tokens may be put in and taken away.
    """
    sentences, position, inside, sentence = [], 0, 0, []
    for row in lines:
        if not row:
            sentences, sentence = [*sentences, sentence], []
        elif inside:
            sentence[-1].words.append(_without_head(row))
            inside -= 1
        else:
            if not text.startswith(row[FORM], position):
                raise ValueError(
                    f"evaluate: {text[position : position + 30]!r} in the text where the gold file "
                    f"has {row[FORM]!r}. Prepare both again with training/treebank.py."
                )
            position += len(row[FORM])
            start = position
            while position < len(text) and text[position].isspace():
                position += 1
            whole = row[0].isdigit()
            sentence.append(
                Token(row[FORM], text[start:position], [_without_head(row)] if whole else [])
            )
            if not whole:
                first, last = map(int, row[0].split("-"))
                inside = last - first + 1
    return sentences


def _without_head(row):
    return [*row[1:HEAD], None, None, *row[HEAD + 2 :]]


def text_of(sentences):
    return "".join(token.form + token.gap for sentence in sentences for token in sentence)


def as_models_see(sentences):
    """Sentences with each token folded as `annotate` folds its text, and those that are left.

    A token that is nothing but a tatweel, which some writers use for a dash, is folded away.
    """
    folded = [
        [token._replace(form=clean(token.form)[0]) for token in sentence] for sentence in sentences
    ]
    kept = [[token for token in sentence if token.form] for sentence in folded]
    return [sentence for sentence in kept if sentence]


def with_column(lines, column, change):
    """Copy of the rows with `change(row)` in one column of every word."""
    return [
        [*row[:column], change(row), *row[column + 1 :]] if row and row[0].isdigit() else row
        for row in lines
    ]


# --- scores ------------------------------------------------------------------------------------


def score(gold, system):
    """Scores of the CoNLL 2018 scorer for two lists of rows."""
    from udtools import udeval as scorer

    documents = []
    with tempfile.TemporaryDirectory() as folder:
        for name, lines in (("gold", gold), ("system", system)):
            path = Path(folder) / name
            path.write_text("\n".join("\t".join(row) for row in lines) + "\n", encoding="utf-8")
            documents.append(scorer.load_conllu_file(str(path)))
    return scorer.evaluate(*documents)


def known_accuracy(gold, system, measure, column, known):
    """Share of right values in a column among aligned words of known gold, and how many those are.

    `known` tells of a gold row whether its value is known. The scorer has no such notion: the
    unknown ones get a value that no system has, and a system that always says that value counts
    how many of them are aligned.
    """
    # the scorer keeps universal features only, so the value must look like one
    nothing = "Case=\N{REPLACEMENT CHARACTER}"
    gold = with_column(gold, column, lambda row: row[column] if known(row) else nothing)
    right = score(gold, system)[measure]
    unknown = score(gold, with_column(system, column, lambda _: nothing))[measure].correct
    count = right.aligned_total - unknown
    return (right.correct / count if count else float("nan")), count


def has_lemma(row):
    return row[LEMMA] != "_"


def has_feats(row):
    """Whether the features of a gold word are known: `treebank.py` then names their source."""
    return "FeatsFrom=" in row[MISC]


def table(header, lines):
    """Markdown table of a list of column names and a list of lists of cells."""
    lines = [header, ["---"] * len(header), *lines]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


# --- models ------------------------------------------------------------------------------------


def package_of(resources=RESOURCES):
    """The packed processors: name to package."""
    path = Path(resources) / "resources.json"
    if not path.exists():
        raise FileNotFoundError(f"evaluate: {path} is not there. Run training/pack.py first.")
    return json.loads(path.read_text(encoding="utf-8"))["ar"]["packages"]["news"]


def load_pipeline(resources=RESOURCES, processors=None):
    """Stanza's pipeline of the packed models; all processors of the package unless named."""
    import stanza

    return stanza.Pipeline(
        "ar",
        dir=str(resources),
        package="news",
        download_method=None,
        processors=",".join(processors or package_of(resources)),
        use_gpu=False,
        verbose=False,
    )


# --- fresh processes ---------------------------------------------------------------------------


def _set_threads(threads):
    import torch

    torch.set_num_threads(threads)


def in_fresh_process(threads, function, *arguments, prepare=_set_threads):
    """What `function(*arguments)` returns in a process of its own with so many torch threads."""
    before = os.environ.get("OMP_NUM_THREADS")
    os.environ["OMP_NUM_THREADS"] = str(threads)
    try:
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(1, mp_context=context) as pool:
            if prepare:
                pool.submit(prepare, threads).result()
            return pool.submit(function, *arguments).result()
    finally:
        if before is None:
            del os.environ["OMP_NUM_THREADS"]
        else:
            os.environ["OMP_NUM_THREADS"] = before


def medians(measurements):
    """Median of each key of a list of dicts of numbers."""
    return {key: statistics.median(m[key] for m in measurements) for key in measurements[0]}
