"""Corpora that no model would make: odd characters everywhere, cells missing, spans askew."""

import pandas as pd
from hypothesis import strategies as st

from toolkit.corpus import Corpus
from toolkit.tables import sorted_categories, typed_table

ODD = [
    *"ابتةىيءأآل",
    *"\N{ARABIC FATHA}\N{ARABIC SHADDA}\N{ARABIC KASRA}\N{ARABIC MADDAH ABOVE}",
    *"\N{ARABIC TATWEEL}\N{RIGHT-TO-LEFT MARK}\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT OVERRIDE}",
    *"\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NO-BREAK SPACE}\N{NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}",
    *" \t\n\r\v\f\x1c\x85\u2028\u2029",
    *"\x00\x07\x1f\x7f\x9f\ufffe\uffff\ufffd",
    *"|\\=#_<>&\"'%/:,-+0٣aé",
    "e\N{COMBINING ACUTE ACCENT}",
    "\N{COMBINING LONG SOLIDUS OVERLAY}",
    "\N{HANGUL CHOSEONG KIYEOK}",
    "\N{HANGUL JUNGSEONG A}",
    "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}",
    "\N{ARABIC LIGATURE LAM WITH ALEF ISOLATED FORM}",
    "\N{GRINNING FACE}",
    r"\s",
    r"\u0020",
    r"\N",
    "SpaceAfter=No",
    "&amp;",
]
texts = st.lists(st.sampled_from(ODD), max_size=6).map("".join)
cells = st.one_of(st.none(), st.sampled_from(["", "_", "O", "NOUN", "Case=Gen"]), texts)
TOKEN = ("form", "norm", "kind", "ner")
WORD = ("form", "norm", "kind", "lemma", "lemma_vocalised", "upos", "feats", "deprel", "span")
COLUMNS = {
    "texts": ("doc", "text", "title", "body_start"),
    "sentences": ("doc", "sent", "start", "end"),
    "tokens": ("doc", "sent", "token", "start", "end", *TOKEN),
    "words": ("doc", "sent", "token", "word", "start", "end", "head", *WORD),
    "entities": ("doc", "sent", "entity", "start", "end", "text", "type", "name", "title"),
    "dates": ("doc", "sent", "start", "end", "text", "first", "last", "precision"),
}


@st.composite
def corpora(draw, max_docs=3):
    """A corpus; sentences may be empty, tokens overlap or be empty, spans be anything."""
    rows = {name: [] for name in COLUMNS}
    names = draw(st.lists(texts, min_size=1, max_size=max_docs, unique=True))
    for doc in names:
        text = "".join(draw(st.lists(st.sampled_from(ODD), max_size=30)))
        rows["texts"].append((doc, text, draw(texts), draw(st.integers(0, 3))))
        _document(draw, doc, text, rows)
    tables = {}
    for name, columns in COLUMNS.items():
        cells_of = {column: [row[n] for row in rows[name]] for n, column in enumerate(columns)}
        tables[name] = typed_table(name, cells_of)
    titles = pd.Series(tables["entities"]["title"], dtype="object")
    tables["entities"]["title"] = sorted_categories(titles)
    tables["texts"]["title"] = tables["texts"]["title"].astype("str")
    tables["texts"]["body_start"] = tables["texts"]["body_start"].astype("int32")
    return Corpus(**tables, provenance={"models": {"name": draw(texts)}})


def _document(draw, doc, text, rows):
    sizes = draw(st.lists(st.integers(0, 3), max_size=3))
    places = st.integers(0, len(text))
    starts = sorted(draw(st.lists(places, min_size=sum(sizes), max_size=sum(sizes))))
    sent = row = 0
    for size in sizes:
        sent += draw(st.integers(1, 2))
        first, last = sorted((draw(places), draw(places)))
        rows["sentences"].append((doc, sent, first, last))
        word = 0
        for token in range(1, size + 1):
            start = starts[row]
            later = starts[row + 1] if row + 1 < len(starts) else len(text)
            end = draw(st.sampled_from([later, start, len(text)]))
            row += 1
            rows["tokens"].append((doc, sent, token, start, end, *(draw(cells) for _ in TOKEN)))
            for _ in range(draw(st.integers(1, 3))):
                word += 1
                span = draw(st.sampled_from([(start, end), (0, start)]))
                head = draw(st.none() | st.integers(0, 3))
                given_cells = tuple(draw(cells) for _ in WORD)
                rows["words"].append((doc, sent, token, word, *span, head, *given_cells))
        for _ in range(draw(st.integers(0, 2))):
            span = sorted((draw(places), draw(places)))
            named = tuple(draw(cells) for _ in range(4))
            number = len(rows["entities"]) + 1
            rows["entities"].append((doc, sent, number, *span, *named))
            of = draw(st.sampled_from([sent, None]))
            rows["dates"].append((doc, of, *span, *(draw(cells) for _ in range(4))))
