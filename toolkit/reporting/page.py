"""The page of a report: one right-to-left HTML file with everything in it."""

import html
from collections.abc import Iterable
from typing import Any

from toolkit import concordance, counts, show
from toolkit.corpus import Corpus
from toolkit.summary import CONTENT_TAGS, Findings

ROWS_SHOWN = 40
NODES_SHOWN = 5
LINES_SHOWN = 10
TEXTS_SHOWN = 20

# Below this many words a rate per million pretends to a precision that is not there.
SMALLEST_FOR_RATES = 10_000

CHANGES_ARABIC = {
    "diacritics": "حركات",
    "tatweel": "تطويل",
    "presentation_forms": "أشكال عرض",
    "marks": "علامات خفية",
    "look_alikes": "حروف شبيهة",
    "composed_hamza": "همزات مركّبة",
    "control_characters": "محارف تحكّم",
}

CARD_ARABIC = {
    "documents": "وثائق",
    "sentences": "جمل",
    "tokens": "وحدات كما كُتبت",
    "words": "كلمات بعد فصل اللواصق",
    "token types": "أنواع الوحدات",
    "lemma types": "أنواع المداخل",
    "entity mentions": "إشارات إلى أعلام",
    "problems": "مشكلات",
}


def render(annotated: Corpus, found: Findings, figures: dict[str, str]) -> str:
    """The HTML of a report; `figures` are SVG by name."""
    parts = [
        _section("بطاقة المدوّنة", "Corpus card", _card_html(annotated, found)),
        _section("ما غيّره توحيد الإملاء", "What normalisation changed", _normalisation_html(found)),
        _section("الأعلام في النص", "Entities in the text", _entities_html(annotated)),
        _section("تواتر الأعلام", "Entity frequencies", _mentions_html(found, figures)),
        _section("تواتر المداخل", "Lemma frequencies", _lemmas_html(found, figures)),
        _section("كشّاف السياقات", "Concordance", _concordance_html(annotated, found)),
    ]
    if len(annotated.problems):
        parts.append(_section("ما تعذّرت معالجته", "Problems", show.table(annotated.problems).html))
    parts.append(_section("المصدر والنسخ", "Provenance", _provenance_html(annotated.provenance)))
    return PAGE.format(style=STYLE, body="\n".join(parts))


def _section(arabic: str, english: str, content: str) -> str:
    return (
        f"<section>\n<h2>{html.escape(arabic)} "
        f'<span lang="en" dir="ltr">{html.escape(english)}</span></h2>\n{content}\n</section>'
    )


def _note(arabic: str, english: str) -> str:
    return (
        f'<p class="note">{html.escape(arabic)}</p>\n'
        f'<p class="note" lang="en" dir="ltr">{html.escape(english)}</p>\n'
    )


def _card_html(annotated: Corpus, found: Findings) -> str:
    sizes = found.card["value"]
    tiles = "".join(
        f"<div><b>{sizes[name]:,}</b><span>{arabic}</span>"
        f'<span lang="en" dir="ltr">{html.escape(name)}</span></div>'
        for name, arabic in CARD_ARABIC.items()
    )
    note = _note(
        f"تُعدّ الوحدات كما كُتبت، والكلمات بعد فصل لواصقها: في {sizes['tokens with clitics']:,} "
        "وحدة أكثر من كلمة. ويشمل العدّان الكلمات والأعداد، دون "
        f"{sizes['punctuation and symbols']:,} من علامات الترقيم والرموز. والأنواع هي التهجئات "
        "المختلفة بعد توحيد الإملاء، والمداخل المختلفة.",
        f"Tokens are counted as written, words with their clitics split: "
        f"{sizes['tokens with clitics']:,} tokens hold more than one word. Both count words and "
        f"numbers; {sizes['punctuation and symbols']:,} punctuation marks and symbols are left "
        "out. Types are distinct spellings (folded) and distinct lemmas.",
    )
    return f'<div class="card">{tiles}</div>\n{note}\n{_texts_html(annotated)}'


def _texts_html(annotated: Corpus) -> str:
    words = annotated.words[annotated.words["kind"].isin(counts.COUNTED_KINDS)]
    per_text = words.groupby("doc", observed=True).size()
    known = {"doc": "الوثيقة", "title": "العنوان", "date": "التاريخ", "section": "القسم"}
    headings = {name: arabic for name, arabic in known.items() if name in annotated.texts}
    listed = annotated.texts[list(headings)].copy()
    listed["words"] = listed["doc"].map(per_text).fillna(0).astype("int64")
    headings["words"] = "الكلمات"
    return show.table(listed.set_index("doc"), headings=headings, limit=ROWS_SHOWN).html


def _normalisation_html(found: Findings) -> str:
    table = found.normalisation.rename(index=CHANGES_ARABIC)
    headings = {"change": "التغيير", "code_points": "عدد المحارف", "texts": "عدد النصوص"}
    note = _note(
        "هذا التوحيد للنماذج وحدها: تبقى النصوص كما هي، ويشير كل موضع إلى النص الخام. أما اختلافات "
        "الإملاء (الهمزة والياء والتاء المربوطة) فتُوحَّد في العمود norm.",
        "Folded for the models only: the texts stay as they are, and every offset points into "
        "the raw text. Spelling variants (hamza, ya, ta marbuta) are folded in the column norm.",
    )
    return show.table(table, headings=headings).html + note


def _entities_html(annotated: Corpus) -> str:
    shown = annotated.texts.head(TEXTS_SHOWN)
    note = ""
    if len(annotated.texts) > TEXTS_SHOWN:
        note = _note(
            f"أول {TEXTS_SHOWN} وثيقة من {len(annotated.texts):,}.",
            f"The first {TEXTS_SHOWN} of {len(annotated.texts):,} documents.",
        )
    entities_shown = annotated.entities[annotated.entities["doc"].isin(shown["doc"])]
    return note + show.entities(shown, entities_shown).html


def _mentions_html(found: Findings, figures: dict[str, str]) -> str:
    if not len(found.mentions):
        return _note("لم يُعثر على أعلام.", "No entity was found.")
    headings = {
        "name": "العَلَم",
        "type": "النوع",
        "freq": "الذكر",
        "n": "من مجموع",
        "share": "النسبة",
        "docs": "الوثائق",
    }
    table = show.table(found.mentions, headings=headings, decimals=3, limit=ROWS_SHOWN)
    return _figure(figures, "mentions", "Entity mentions by name and type") + table.html


def _lemmas_html(found: Findings, figures: dict[str, str]) -> str:
    headings = {"lemma": "المدخل", "freq": "التواتر", "n": "من مجموع", "docs": "الوثائق"}
    n = int(found.lemmas["n"].iloc[0])
    tags = ", ".join(sorted(CONTENT_TAGS))
    note = _note(
        f"من {n:,} كلمة وعدد. يعرض الشكل مداخل كلمات المحتوى ({tags})، والجدول المداخل كلها؛ "
        "والمقام واحد.",
        f"Of {n:,} words and numbers. The figure shows lemmas of content words ({tags}), the "
        "table all lemmas; the denominator is the same.",
    )
    if n >= SMALLEST_FOR_RATES:
        headings["per_million"] = "في المليون"
    else:
        note += _note(
            f"لا نسبة في المليون: {n:,} كلمة أقلّ من أن تُقاس بالمليون.",
            f"No rate per million: {n:,} words are too few to speak of a million.",
        )
    shown = found.lemmas[[column for column in found.lemmas if column in headings]]
    table = show.table(shown, headings=headings, decimals=1, limit=ROWS_SHOWN)
    return note + _figure(figures, "lemmas", "Lemma frequencies of content words") + table.html


def _figure(figures: dict[str, str], name: str, label: str) -> str:
    if name not in figures:
        return ""
    svg = figures[name]
    drawing = svg[svg.index("<svg") :]
    return f'<figure role="img" aria-label="{html.escape(label)}">{drawing}</figure>'


def _concordance_html(annotated: Corpus, found: Findings) -> str:
    parts = []
    for lemma in found.content_lemmas.index[:NODES_SHOWN]:
        lines = concordance.kwic(
            annotated.words, lemma, by="lemma", fold=False, texts=annotated.texts
        )
        title = f"<h3>{html.escape(lemma)}</h3>"
        parts.append(title + show.kwic(lines, limit=LINES_SHOWN).html)
    return "\n".join(parts)


def _provenance_html(provenance: dict[str, Any]) -> str:
    rows = "".join(
        f"<tr><th>{html.escape(key)}</th><td>{html.escape(value)}</td></tr>"
        for key, value in _flattened(provenance)
    )
    return f'<table class="provenance" lang="en" dir="ltr">{rows}</table>'


def _flattened(value: Any, prefix: str = "") -> Iterable[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flattened(inner, f"{prefix} {key}".strip())
    else:
        yield prefix, str(value)


STYLE = """
:root { color-scheme: light dark;
  --ink: #1d2430; --paper: #fdfcf9; --line: #d8d4ca; --soft: #6b6f76; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e3dc; --paper: #16181d; --line: #3a3d44; --soft: #9a9da4; }
  figure { background: #fdfcf9; border-radius: 6px; }
}
body { margin: 0 auto; padding: 1rem; max-width: 68rem; color: var(--ink); background: var(--paper);
  font: 1.05rem/1.8 "Noto Naskh Arabic", "Amiri", "Scheherazade New", "Geeza Pro", "Segoe UI",
  "DejaVu Sans", sans-serif; }
h1, h2, h3 { line-height: 1.4; }
h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--line); }
h1 span, h2 span { color: var(--soft); font-size: 0.7em; font-weight: normal; }
.note { color: var(--soft); font-size: 0.9rem; line-height: 1.6; margin: 0.25rem 0; }
.note[lang] { text-align: left; line-height: 1.4; }
.card { display: grid; grid-template-columns: repeat(auto-fit, minmax(7rem, 1fr)); gap: 0.75rem; }
.card div { border: 1px solid var(--line); border-radius: 6px; padding: 0.5rem 0.75rem; }
.card b { display: block; font-size: 1.6rem; }
.card span { display: block; line-height: 1.4; }
.card span[lang] { color: var(--soft); font-size: 0.8rem; text-align: right; }
figure { margin: 1rem 0; text-align: center; overflow-x: auto; }
figure svg { max-width: 100%; height: auto; }
.provenance { font: 0.8rem/1.5 ui-monospace, monospace; text-align: left; border-spacing: 0.75rem 0;
  display: block; overflow-x: auto; }
.provenance th { font-weight: normal; color: var(--soft); white-space: nowrap; text-align: left; }
"""

PAGE = """<!DOCTYPE html>
<html lang="ar" dir="rtl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>مُدَوَّنة: تقرير</title>
<style>{style}</style>
</head>
<body>
<h1>مُدَوَّنة: تقرير <span lang="en" dir="ltr">Mudawwana report</span></h1>
{body}
</body>
</html>
"""
