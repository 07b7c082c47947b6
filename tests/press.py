"""A corpus of twelve short news texts, made by rule, whose counts can be told by heart.

Text i, from 0 to 11, is of 2020-01-(i+1), of section sport (0 to 5) or economy (6 to 11) and of
source x (even) or y (odd). It has four sentences and 204 words and numbers:

1. TOWN i TOWN i+1 LEADER .        the towns in a circle of six: each is mentioned in four texts,
                                   two neighbours share a sentence in two texts
2. عام YEAR .                      a date that is told: 2015, 2016, 2017, 2015 ...
3. KEY KEY KEY .                   هدف in sport, سهم in economy: 18 of each
4. 195 times كلمة .                so that each section has 6 * 204 = 1,224 words
"""

import pandas as pd

from toolkit.corpus import Corpus
from toolkit.tables import typed_table

TOWNS = ["دمشق", "بيروت", "القاهرة", "بغداد", "تونس", "الرباط"]
LEADER = "ليلى حداد"
WORDS_OF_TEXT = 4 + 2 + 3 + 195  # the leader is two words
SECTIONS = {"sport": "هدف", "economy": "سهم"}


def corpus(texts=12, **metadata):
    """The corpus, or its first texts; `metadata` replace columns, None leaves one out."""
    rows = {name: [] for name in ("texts", "sentences", "tokens", "words", "entities", "dates")}
    for number in range(texts):
        _text(rows, number)
    tables = {name: typed_table(name, _columns(name, rows[name])) for name in rows}
    sections = ["sport" if number < 6 else "economy" for number in range(texts)]
    columns = {
        "date": [f"2020-01-{number + 1:02d}" for number in range(texts)],
        "section": sections,
        "source": ["xy"[number % 2] for number in range(texts)],
    }
    for name, cells in (columns | metadata).items():
        if cells is not None:
            tables["texts"][name] = pd.Series(cells, dtype="str")
    return Corpus(**tables, provenance={"models": {"fingerprint": "f00"}})


NAMES = {
    "texts": "doc text",
    "sentences": "doc sent start end",
    "tokens": "doc sent token form norm kind start end ner",
    "words": "doc sent token word form norm kind lemma lemma_vocalised upos feats head deprel "
    "start end span",
    "entities": "doc sent entity text type name start end title",
    "dates": "doc sent text start end first last precision",
}


def _columns(table, rows):
    names = NAMES[table].split()
    return {name: [row[name] for row in rows] for name in names}


def _text(rows, number):
    doc, at, written, named = f"t{number:02d}", 0, [], 0
    key = list(SECTIONS.values())[number // 6]
    towns = [TOWNS[number % 6], TOWNS[(number + 1) % 6]]
    year = 2015 + number % 3
    sentences = [
        [*towns, *LEADER.split(), "."],
        ["عام", str(year), "."],
        [key, key, key, "."],
        [*["كلمة"] * 195, "."],
    ]
    for sent, forms in enumerate(sentences, start=1):
        begin = at
        for token, form in enumerate(forms, start=1):
            kind, upos = _kind(form)
            place = {"doc": doc, "sent": sent, "start": at, "end": at + len(form)}
            common = {"token": token, "form": form, "norm": form, "kind": kind}
            rows["tokens"].append(place | common | {"ner": "O"})
            more = {"word": token, "lemma": form, "lemma_vocalised": form, "upos": upos}
            rest = {"feats": None, "head": None, "deprel": None, "span": "own"}
            rows["words"].append(place | common | more | rest)
            if form in TOWNS or form == LEADER.split()[0]:
                named += 1
                name = form if form in TOWNS else LEADER
                mention = {"entity": named, "text": name, "name": name, "title": None}
                kind = "LOC" if form in TOWNS else "PER"
                span = {"end": at + len(name), "type": kind}
                rows["entities"].append(place | mention | span)
            at += len(form) + 1
        rows["sentences"].append({"doc": doc, "sent": sent, "start": begin, "end": at - 1})
        if sent == 2:
            told = {"text": f"عام {year}", "first": f"{year}-01-01", "last": f"{year}-12-31"}
            span = {"doc": doc, "sent": sent, "start": begin, "end": begin + 8}
            rows["dates"].append(told | span | {"precision": "year"})
        written += forms
    rows["texts"].append({"doc": doc, "text": " ".join(written)})


def _kind(form):
    if form == ".":
        return "punctuation", "PUNCT"
    return ("number", "NUM") if form.isdigit() else ("word", "NOUN")
