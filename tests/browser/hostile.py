"""A corpus whose every cell attacks the page that shows it; its tables are made by hand."""

import json

import pandas as pd

from toolkit.corpus import Corpus
from toolkit.tables import typed_table

NOTEBOOK = "hostile.ipynb"
RUN = "window.attacked=1"
MARKUP = [
    f"<script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f'"><svg onload={RUN}>',
    f"'><svg/onload={RUN}>",
    f'" onmouseover="{RUN}" autofocus onfocus="{RUN}" x="',
    f"</td></table></div><script>{RUN};alert(1)</script>",
    f"</style></title></textarea><script>{RUN}</script>",
    f"--><script>{RUN}</script><!--",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    "<img src=http://hostile.example:9/asked>",
    "<style>@import 'http://hostile.example:9/style';*{display:none}</style>",
    "<meta http-equiv=refresh content='0;url=http://hostile.example:9/gone'>",
    f"<a href=javascript:{RUN} id=x>",
    "<base href=http://hostile.example:9/>",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    "{style} {0} %s ${" + RUN + "} $(x) `x`",
]
MATHS = [
    rf"$\href{{javascript:{RUN}}}{{x}}$",
    r"$$\frac{1}{$$ \(x\) \[y\]",
]
INVISIBLE = [
    "\N{RIGHT-TO-LEFT OVERRIDE}aaa",
    "\N{LEFT-TO-RIGHT OVERRIDE}ببب",
    "\N{RIGHT-TO-LEFT EMBEDDING}aaa\N{LEFT-TO-RIGHT ISOLATE}ببب",
    "\N{FIRST STRONG ISOLATE}\N{POP DIRECTIONAL FORMATTING}\N{POP DIRECTIONAL ISOLATE}aaa",
    "".join(map(chr, [*range(1, 9), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0)])),
    "\x00<\x00script>" + RUN + "</script>",
    "\u2028\u2029\ufeff\ufffe\uffff",
]
ATTACKS = [*MARKUP, *MATHS, *INVISIBLE]
TAME = [f"كلمة{chr(0x0628 + number)}" for number in range(len(ATTACKS))]
# What stands beside an attack: its letters must keep their order.
LATIN, ARABIC = "beside", "دمشق"


def corpus(attacks=ATTACKS, *, sentences=2):
    """A document for each attack; a sentence holds two attacks, as words and as entities.

    The sections have several documents, and two of three dates are days, so that a report of
    many sentences has every part that it can have.
    """
    rows = {name: [] for name in ("texts", "sentences", "tokens", "words", "entities", "dates")}
    for number in range(len(attacks)):
        _document(rows, number, attacks, sentences)
    tables = {name: typed_table(name, _columns(name, rows[name])) for name in rows}
    days = [f"20{10 + number // 3}-11-16" for number in range(len(attacks))]
    metadata = {
        "title": attacks,
        "date": [attacks[n] if n % 3 == 0 else day for n, day in enumerate(days)],
        "section": [attacks[n % 5] for n in range(len(attacks))],
        "source": [attacks[n % 5 + 5] for n in range(len(attacks))],
        attacks[0]: attacks,
    }
    for column, cells in metadata.items():
        tables["texts"][column] = pd.Series(cells, dtype="str")
    problem = dict.fromkeys(("doc", "stage", "what", "detail"), attacks)
    return Corpus(
        **tables,
        problems=typed_table("problems", problem),
        provenance={"models": dict(zip(attacks, attacks, strict=True))},
    )


COLUMNS = {
    "texts": "doc text",
    "sentences": "doc sent start end",
    "tokens": "doc sent token start end form norm kind ner",
    "words": "doc sent token word start end form norm kind lemma lemma_vocalised upos feats head "
    "deprel span",
    "entities": "doc sent entity text type name start end",
    "dates": "doc sent text start end first last precision",
}


def _columns(name, rows):
    return dict(zip(COLUMNS[name].split(), zip(*rows, strict=True), strict=True))


def _document(rows, number, attacks, sentences):
    doc, text = f"{attacks[number]} {number}", ""
    for sent in range(1, sentences + 1):
        opened = len(text)
        pair = (attacks[number], attacks[(number + sent) % len(attacks)])
        for place, form in enumerate(["زار", pair[0], LATIN, pair[1], ARABIC], start=1):
            start, end = len(text), len(text) + len(form)
            text += f"{form} "
            token = (doc, sent, place)
            tag = "NOUN" if form in pair else "ADP"
            rows["tokens"].append((*token, start, end, form, form, "word", "O"))
            tagged = (form, form, "word", form, form, tag, form, None, form, "own")
            rows["words"].append((*token, place, start, end, *tagged))
            if form in pair:
                kind = ("PER", "LOC", form)[sent % 3]
                named = (form, kind, form, start, end)
                rows["entities"].append((doc, sent, place, *named))
                day = ("2025-11-16", "2025-11-16", form)
                rows["dates"].append((doc, sent, form, start, end, *day))
        rows["sentences"].append((doc, sent, opened, len(text)))
    rows["texts"].append((doc, text))


CELLS = [
    "import sys\nsys.path.insert(0, {tests!r})\nfrom browser import hostile\nimport pandas as pd",
    "from toolkit import concordance, show\nbad = hostile.corpus()",
    "show.table(bad.texts.set_index('doc'), caption=hostile.ATTACKS[0], limit=None)",
    "show.table(pd.DataFrame([[1] * len(hostile.ATTACKS)], columns=hostile.ATTACKS))",
    "show.entities(bad.texts, bad.entities, limit=None)",
    "lines = [concordance.kwic(bad.words, {'upos': 'NOUN'}, window=3, texts=bad.texts)]\n"
    "show.kwic(lines[0], limit=None)",
    "show.table(lines[0].set_index('node'), limit=None)",
    "from IPython.display import HTML\nHTML('<p class=control>$x^2$</p>')",
]


def write_notebook(path):
    """A notebook that shows the corpus."""
    from pathlib import Path

    sources = [cell.replace("{tests!r}", repr(str(Path(__file__).parents[1]))) for cell in CELLS]
    fresh = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": []}
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    cells = [
        fresh | {"id": f"cell-{number}", "source": source} for number, source in enumerate(sources)
    ]
    notebook = {
        "cells": cells,
        "metadata": {"kernelspec": kernel},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")
