"""The page of a report: one right-to-left HTML file with everything in it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from toolkit import show
from toolkit.corpus import TABLES, Corpus
from toolkit.reporting import drawings, listing, markup, style
from toolkit.reporting.contents import Contents
from toolkit.reporting.files import ANNOTATION, CSV_ROWS
from toolkit.reporting.markup import english
from toolkit.reporting.parts import ROWS_SHOWN, Part, Table
from toolkit.reporting.rules import Absent, Words
from toolkit.showing.pieces import escaped
from toolkit.summary import Findings

TEXTS_SHOWN = 3
TEXT_SHOWN = 10_000  # code points of each

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

CARD = Words("بطاقة المدوّنة", "Corpus card")
SHOWN_TEXTS = Words("الأعلام في النص", "Entities in the text")
NORMALISATION = Words("ما غيّره توحيد الإملاء", "What normalisation changed")
PROBLEMS = Words("ما تعذّرت معالجته", "Problems")
ABSENT = Words("ما لا تحتمله هذه النصوص", "What these texts do not support")
FILES = Words("الملفات", "Files")
LINES = Words("كشّاف السياقات", "Concordance")
PROVENANCE = Words("المصدر والنسخ", "Provenance")

Section = tuple[str, Words, str]


def render(
    annotated: Corpus,
    found: Findings,
    contents: Contents,
    *,
    figures: Mapping[str, str],
    files: Sequence[str],
) -> str:
    """The HTML of a report.

    Parameters
    ----------
    annotated : Corpus
        The corpus.
    found : Findings
        Its first tables.
    contents : Contents
        The parts that it supports.
    figures : mapping
        SVG by the name of the figure.
    files : sequence of str
        The names of the tables written beside the page.
    """
    numbers = contents.book.numbers()
    parts = [(part.key, part.title, _part(part, numbers, figures)) for part in contents.parts]
    at = next((n for n, part in enumerate(parts) if part[0] == "names"), len(parts))
    sections: list[Section] = [
        ("card", CARD, _card(annotated, found)),
        *parts[:at],
        ("texts", SHOWN_TEXTS, _texts(annotated)),
        *parts[at:],
        ("normalisation", NORMALISATION, _normalisation(found)),
    ]
    if len(annotated.problems):
        sections.append(("problems", PROBLEMS, _problems(annotated)))
    if contents.absent:
        sections.append(("absent", ABSENT, _absent(contents.absent)))
    sections += [
        ("files", FILES, _files(annotated, files)),
        ("provenance", PROVENANCE, _provenance(annotated.provenance)),
        ("lines", LINES, listing.lines(contents)),
    ]
    return _page(found, sections, drawings.greys(figures.values()))


def _page(found: Findings, sections: Sequence[Section], greys: Sequence[str]) -> str:
    pieces = "\n".join(markup.section(*section) for section in sections)
    body, sheets = _without_sheets(pieces)
    links = "".join(
        f'<li><a href="#{key}">{escaped(title.arabic)}</a></li>' for key, title, _ in sections
    )
    sizes = found.card["value"]
    words = Words(
        f"{sizes['documents']:,} نص، {sizes['words']:,} كلمة",
        f"{sizes['documents']:,} {'text' if sizes['documents'] == 1 else 'texts'}, "
        f"{sizes['words']:,} words",
    )
    head = (
        f"<p>{escaped(words.arabic)} · {english(words.english)}</p>\n"
        f'<nav aria-label="الأقسام"><ul>{links}</ul></nav>'
    )
    sheet = style.sheet(greys) + "".join(sheets)
    return PAGE.format(style=sheet, head=head, body=body)


def _without_sheets(pieces: str) -> tuple[str, list[str]]:
    """The pieces without the style sheets that `show` gives each of them, and these, each once."""
    sheet = re.compile(r"<style>(.*?)</style>\n?", re.DOTALL)
    return sheet.sub("", pieces), list(dict.fromkeys(sheet.findall(pieces)))


def _part(part: Part, numbers: Mapping[Any, int], figures: Mapping[str, str]) -> str:
    notes = "".join(markup.note(words) for words in part.notes)
    drawn = "".join(
        markup.figure(
            figures[figure.name], figure.label, whole=figure.beside or figure.name == "places"
        )
        for figure in part.figures
    )
    tables = [markup.table(table, numbers) for table in part.tables]
    together = "\n".join(tables)
    if len(tables) > 1:
        together = f'<div class="several">\n{together}\n</div>'
    if any(figure.beside for figure in part.figures):
        return f'{notes}<div class="beside">{drawn}\n{together}</div>'
    return f"{notes}{drawn}\n{together}"


def _card(annotated: Corpus, found: Findings) -> str:
    sizes = found.card["value"]
    tiles = "".join(
        f'<div><b dir="ltr">{sizes[name]:,}</b><span>{arabic}</span>{english(name)}</div>'
        for name, arabic in CARD_ARABIC.items()
    )
    note = markup.note(
        Words(
            f"تُعدّ الوحدات كما كُتبت، والكلمات بعد فصل لواصقها: في {sizes['tokens with clitics']:,}"
            " وحدة أكثر من كلمة. ويشمل العدّان الكلمات والأعداد، دون "
            f"{sizes['punctuation and symbols']:,} من علامات الترقيم والرموز. والأنواع هي التهجئات "
            "المختلفة بعد توحيد الإملاء، والمداخل المختلفة.",
            f"Tokens are counted as written, words with their clitics split: "
            f"{sizes['tokens with clitics']:,} tokens hold more than one word. Both count words "
            f"and numbers; {sizes['punctuation and symbols']:,} punctuation marks and symbols are "
            "left out. Types are distinct spellings (folded) and distinct lemmas.",
        )
    )
    return f'<div class="card">{tiles}</div>\n{note}'


def _texts(annotated: Corpus) -> str:
    """How some texts begin, with their names marked."""
    shown, entities = _cut(annotated)
    total, long = len(annotated.texts), int((annotated.texts["text"].str.len() > TEXT_SHOWN).sum())
    note = ""
    if total > TEXTS_SHOWN or long:
        note = markup.note(
            Words(
                f"أول {min(total, TEXTS_SHOWN)} من {total:,} نص، ومن كل نص أول {TEXT_SHOWN:,} حرف.",
                f"The first {min(total, TEXTS_SHOWN)} of {total:,} texts, and of each the first "
                f"{TEXT_SHOWN:,} characters.",
            )
        )
    return note + show.entities(shown, entities, limit=None).html


def _cut(annotated: Corpus) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The first texts, behind their headers no longer than is shown, and their entities."""
    shown = annotated.texts[annotated.texts["text"].notna()].head(TEXTS_SHOWN)
    starts = shown["body_start"] if "body_start" in shown else pd.Series(0, shown.index)
    texts = [
        text[:begin] + text[begin : begin + TEXT_SHOWN].rstrip()
        for text, begin in zip(shown["text"], starts.fillna(0).astype(int), strict=True)
    ]
    long = dict(zip(shown["doc"].astype("str"), map(len, texts), strict=True))
    found = annotated.entities[annotated.entities["doc"].isin(shown["doc"])]
    fits = found["end"] <= found["doc"].astype("str").map(long).astype("int64")
    return shown.assign(text=texts), found[fits]


def _normalisation(found: Findings) -> str:
    table = Table(
        found.normalisation.rename(index=CHANGES_ARABIC),
        {"change": "التغيير", "code_points": "المحارف", "texts": "النصوص"},
        Words("عدد المحارف التي غُيّرت.", "Code points changed, and texts that have any."),
    )
    words = Words(
        "هذا التوحيد للنماذج وحدها: تبقى النصوص كما هي، ويشير كل موضع إلى النص الخام. أما اختلافات "
        "الإملاء (الهمزة والياء والتاء المربوطة) فتُوحَّد في العمود norm.",
        "Folded for the models only: the texts stay as they are, and every offset points into "
        "the raw text. Spelling variants (hamza, ya, ta marbuta) are folded in the column norm.",
    )
    return markup.table(table, {}) + markup.note(words)


def _problems(annotated: Corpus) -> str:
    columns = {"doc": "الوثيقة", "stage": "المرحلة", "what": "المشكلة", "detail": "التفصيل"}
    caption = Words("كل ما لم يُقرأ أو لم يُحلَّل.", "All that was not read or not annotated.")
    table = Table(annotated.problems, columns, caption, rows=ROWS_SHOWN)
    return markup.table(table, {})


def _absent(absent: Iterable[Absent]) -> str:
    return "".join(
        f"<p><b>{escaped(one.part.arabic)}</b> {english(one.part.english)}</p>\n"
        f"{markup.note(one.reason)}"
        for one in absent
    )


def _files(annotated: Corpus, files: Sequence[str]) -> str:
    links = "".join(
        f'<li dir="ltr"><a href="tables/{escaped(name)}">{escaped(name)}</a></li>' for name in files
    )
    left = [name for name in ANNOTATION if len(getattr(annotated, name)) > CSV_ROWS]
    words = Words(
        f"الجداول حتى {CSV_ROWS:,} صف في tables بصيغة CSV، والأشكال في figures بصيغتي PNG وSVG، "
        "والمدوّنة كلها في corpus بصيغة Parquet.",
        f"Tables of up to {CSV_ROWS:,} rows are CSV files in tables/, larger statistics Parquet; "
        f"figures are PNG and SVG in figures/; corpus/ holds all {len(TABLES)} tables of the "
        "corpus as Parquet, for corpus.load"
        + (f", and it alone holds {', '.join(left)}: too long for CSV." if left else "."),
    )
    return f'{markup.note(words)}<ul class="files">{links}</ul>'


def _provenance(provenance: dict[str, Any]) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escaped(key)}</th><td>{escaped(value)}</td></tr>'
        for key, value in _flattened(provenance)
    )
    return f'<table class="provenance" lang="en" dir="ltr">{rows}</table>'


def _flattened(value: Any, prefix: str = "") -> Iterable[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flattened(inner, f"{prefix} {key}".strip())
    else:
        yield prefix, str(value)


PAGE = """<!DOCTYPE html>
<html lang="ar" dir="rtl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>مُدَوَّنة: تقرير</title>
<style>{style}</style>
</head>
<body>
<header>
<h1>مُدَوَّنة: تقرير <span lang="en" dir="ltr">Mudawwana report</span></h1>
{head}
</header>
<main>
{body}
</main>
</body>
</html>
"""
