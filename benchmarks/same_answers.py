"""Whether annotation gives what a plain loop over Stanza's own pipeline gives.

    python benchmarks/same_answers.py --data ../shared/data --texts 2000

The loop takes one text at a time through Stanza's processors, with this package's text preparation,
sentence repair, names of God, evidence for names, names that a text repeats and the letter between
two names, which are no part of the question: tokens, then the repaired sentences in a Document,
then clitics, tags, lemmas and the scores of names as Stanza computes them. The engine takes all
texts at once. Equal are the shares of words (form, token, lemma, part of speech, features) and of
entities (place and type) that both have; what differs is printed.
"""

import argparse
import collections
import itertools
from dataclasses import replace
from pathlib import Path

import pandas as pd
from annotate import articles
from stanza.models.common.doc import Document as StanzaDocument

from toolkit import models, pipeline
from toolkit.annotating import loading
from toolkit.annotating.bioes import spans
from toolkit.annotating.known_names import known_names
from toolkit.annotating.pieces import batches, blank, parts_of, source_of
from toolkit.annotating.recogniser import StanzaRecogniser
from toolkit.annotating.repeated_names import stretches
from toolkit.annotating.rows import Sentence, with_conjunctions
from toolkit.annotating.stages import named
from toolkit.annotating.tokeniser import MARK_OF_FUSED, StanzaTokeniser
from toolkit.annotating.work import Document
from toolkit.arabic import sentences
from toolkit.arabic.clitics import known_words
from toolkit.arabic.sentences import RawToken

SHOWN = 20
AT_ONCE = 100  # texts


def entry(number, token):
    """A token as Stanza has it, to be split where the tokeniser says so."""
    found = {"id": (number,), "text": token.text, "start_char": token.start, "end_char": token.end}
    if known_words(token.text):
        return {**found, "manual_expansion": True}
    return {**found, "misc": MARK_OF_FUSED} if token.fused else found


def plain(nlp, number, text):
    """Words and entities of a text, as Stanza gives them."""
    source = source_of(Document(number, f"d{number}", text, 0))
    pieces = [piece for batch in batches([source]) for piece in batch]
    tokeniser = StanzaTokeniser(nlp.processors["tokenize"])
    entries, sizes = [], []
    for piece, tokens in zip(
        pieces, tokeniser.tokens([blank(piece.text) for piece in pieces]), strict=True
    ):
        parts = [part for token in tokens for part in parts_of(token)]
        repaired = sentences.split_sentences(parts)
        sizes.append((len(piece.text), len(repaired)))
        for sentence in repaired:
            moved = [
                token._replace(start=token.start + piece.start, end=token.end + piece.start)
                for token in sentence
            ]
            entries.append([entry(place, token) for place, token in enumerate(moved, 1)])
    document = StanzaDocument(entries, source.folded)
    known = [
        " ".join(known_words(token["text"]))
        for sentence in entries
        for token in sentence
        if "manual_expansion" in token
    ]
    document.set_mwt_expansions(known, process_manual_expanded=True)
    document = nlp.process(document, processors=["mwt", "pos", "lemma"])
    words, names = [], []
    taken = map(as_tables_take_it, document.sentences)
    parts = ((number, length, list(itertools.islice(taken, size))) for length, size in sizes)
    for sentence in together(nlp.processors["ner"], parts, known_names(models.resolve("news"))):
        repaired = with_conjunctions(sentence)
        for first, last, kind in spans(repaired.names):
            inside = repaired.tokens[first:last]
            names.append((source.offsets.span(inside[0].start, inside[-1].end), kind))
        columns = zip(repaired.lemmas, repaired.tags, strict=True)
        for token, forms in zip(repaired.tokens, repaired.words, strict=True):
            place = source.offsets.span(token.start, token.end)
            of_words = zip(forms, itertools.islice(columns, len(forms)), strict=True)
            words += [(place, form, lemma, *tags) for form, (lemma, tags) in of_words]
    return words, names


def together(processor, parts, known):
    """The sentences of a text with the names that they tell one another, by Stanza's own scores."""
    recogniser = StanzaRecogniser(processor)
    for _, stretch in stretches(parts):
        forms = [[token.text for token in sentence.tokens] for sentence in stretch]
        scores = recogniser.scores(forms)
        scored = [replace(s, scores=each) for s, each in zip(stretch, scores, strict=True)]
        yield from named(scored, recogniser, known)


def as_tables_take_it(sentence):
    """A sentence of Stanza's as the tables are made from it."""
    words = [word for token in sentence.tokens for word in token.words]
    return Sentence(
        start=0,
        tokens=[
            RawToken(token.text, token.start_char, token.end_char, len(token.words) > 1)
            for token in sentence.tokens
        ],
        words=[[word.text for word in token.words] for token in sentence.tokens],
        tags=[(word.upos, word.feats) for word in words],
        lemmas=[word.lemma for word in words],
    )


def engine(texts, numbers):
    """The same of all texts, by the engine."""
    table = pd.DataFrame({"doc": [f"d{n}" for n in numbers], "text": texts})
    found = pipeline.annotate(table, cache=False, progress=False)
    tokens = found.tokens.rename(columns={"start": "first", "end": "last"})
    keys = ["doc", "sent", "token"]
    words = found.words.merge(tokens[[*keys, "first", "last", "ner"]], on=keys)
    for number in numbers:
        of_doc = words[words["doc"] == f"d{number}"]
        rows = of_doc.astype(object).where(of_doc.notna(), None)
        columns = [rows[name] for name in ("form", "lemma_vocalised", "upos", "feats", "kind")]
        places = zip(rows["first"], rows["last"], strict=True)
        of_words = list(zip(places, *columns, strict=True))
        of_tokens = tokens[tokens["doc"] == f"d{number}"]
        of_names = []
        for _, sentence in of_tokens.groupby("sent"):
            starts, ends = sentence["first"].tolist(), sentence["last"].tolist()
            of_names += [
                ((starts[first], ends[last - 1]), kind)
                for first, last, kind in spans(sentence["ner"])
            ]
        yield of_words, of_names


def comparable(words):
    """The engine's lemma of what is no word is its form."""
    return [row[:-1] if row[-1] == "word" else (*row[:2], None, *row[3:-1]) for row in words]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--texts", type=int, default=2000)
    options = parser.parse_args()
    found = models.resolve("news")
    nlp = loading.stanza_pipeline(found.folder, found.package)
    source = articles(options.data)
    texts = [text for _, (_, text) in zip(range(options.texts), source, strict=False)]
    totals, shown = collections.Counter(), 0
    for begin in range(0, len(texts), AT_ONCE):
        some = texts[begin : begin + AT_ONCE]
        numbers = range(begin, begin + len(some))
        for number, text, (words, names) in zip(numbers, some, engine(some, numbers), strict=True):
            theirs, their_names = plain(nlp, number, text)
            kinds = {(row[0], row[1]): row[-1] for row in words}
            theirs = [(*row, kinds.get((row[0], row[1]), "word")) for row in theirs]
            one, other = (
                collections.Counter(comparable(theirs)),
                collections.Counter(comparable(words)),
            )
            totals["words"] += len(theirs)
            totals["words equal"] += (one & other).total()
            ours, expected = collections.Counter(names), collections.Counter(their_names)
            totals["entities"] += len(their_names)
            totals["entities equal"] += (ours & expected).total()
            for label, left in (
                ("Stanza", (one - other) + (expected - ours)),
                ("engine", (other - one) + (ours - expected)),
            ):
                for row in left if shown < SHOWN else ():
                    print(f"text {number}, {label}: {row}", flush=True)
                    shown += 1
        print(f"{begin + len(some)} texts: {dict(totals)}", flush=True)
    for name in ("words", "entities"):
        share = 100 * totals[f"{name} equal"] / totals[name]
        print(f"{name}: {totals[name]:,}, equal {share:.4f} %")


if __name__ == "__main__":
    main()
