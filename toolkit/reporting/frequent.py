"""The most frequent names and lemmas of a corpus, as parts of its report."""

from collections.abc import Hashable, Sequence

import pandas as pd

from toolkit import plot
from toolkit.columns import COUNTED_KINDS, coded, mask_of_kinds
from toolkit.corpus import Corpus
from toolkit.reporting import rules
from toolkit.reporting.lines import Book, Rows, rows_by_code
from toolkit.reporting.parts import ROWS_SHOWN, Figure, Part, Table
from toolkit.reporting.rules import Absent, Words
from toolkit.summary import CONTENT_TAGS, Findings

SPAN = ["doc", "start", "end"]


def names(annotated: Corpus, found: Findings, book: Book) -> Part | Absent:
    """The most frequent names."""
    if not len(found.mentions):
        return rules.no_names()
    shown = found.mentions.head(ROWS_SHOWN)
    members = list(zip(shown.index, shown["type"], strict=True))
    label = Words("تواتر الأعلام بحسب النوع", "Entity mentions by name and type")
    n = int(found.mentions["n"].iloc[0])
    table = Table(
        found.mentions,
        {"name": "العَلَم", "type": "النوع", "freq": "الذكر", "docs": "النصوص"},
        Words(f"الأعلام الأكثر ذكرًا، من {n:,} ذكر.", f"Most frequent names, of {n:,} mentions."),
        keys=lines_of_names(annotated.entities, members, book),
    )
    drawn = Figure("mentions", lambda: plot.mentions(shown), label, beside=True)
    files = {"entity_mentions": found.mentions}
    return Part("names", rules.NAMES, figures=[drawn], tables=[table], files=files)


def lines_of_names(
    entities: pd.DataFrame, members: Sequence[tuple[str, str]], book: Book
) -> list[Hashable]:
    """For each name and type its key in the book, its lines added.

    Parameters
    ----------
    entities : DataFrame
        Those of the corpus.
    members : sequence of (str, str)
        Names and types that occur.
    book : Book
        Where the lines go.
    """
    rows = rows_of_names(entities, members)
    return [
        book.add(("name", *member), member[0], entities.iloc[rows[member]][SPAN], detail=member[1])
        for member in members
    ]


def rows_of_names(
    entities: pd.DataFrame, members: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], Rows]:
    """The rows of the mentions of each name of a type, in text order."""
    column = coded(entities, ["name", "type"])
    distinct = list(dict.fromkeys(members))
    places = column.items.get_indexer(pd.MultiIndex.from_tuples(distinct))
    found = rows_by_code(column.codes, places)
    return {member: found[int(place)] for member, place in zip(distinct, places, strict=True)}


def lemmas(annotated: Corpus, found: Findings, book: Book) -> Part:
    """The most frequent lemmas: of content words in the figure, all in the file."""
    shown = found.content_lemmas.head(ROWS_SHOWN)
    n = int(found.lemmas["n"].iloc[0])
    tags = ", ".join(sorted(CONTENT_TAGS))
    notes = [
        Words(
            f"من {n:,} كلمة وعدد. يُعرض هنا ما يكون في أكثر مواضعه من كلمات المحتوى، وفي الملف "
            "المداخل كلها، والمقام واحد.",
            f"Of {n:,} words and numbers. Shown are lemmas that are content words ({tags}) in most "
            "of their occurrences; the file holds all lemmas, the denominator is the same.",
        )
    ]
    columns = {"lemma": "المدخل", "freq": "التواتر", "docs": "النصوص"}
    if n >= rules.RATE_WORDS:
        columns["per_million"] = "في المليون"
    else:
        notes.append(
            Words(
                f"لا نسبة في المليون: {n:,} كلمة أقلّ من أن تُقاس بالمليون.",
                f"No rate per million: {n:,} words are too few to speak of a million.",
            )
        )
    table = Table(
        found.content_lemmas,
        columns,
        Words("المداخل الأكثر تواترًا.", "Most frequent lemmas of content words."),
        keys=_lines_of_lemmas(annotated.words, list(shown.index), book),
        decimals={"per_million": 1},
    )
    label = Words("تواتر مداخل كلمات المحتوى", "Lemma frequencies of content words")
    drawn = Figure("lemmas", lambda: plot.frequencies(shown), label, beside=True)
    figures = [drawn] if len(shown) else []
    files = {"lemma_frequencies": found.lemmas, "token_frequencies": found.forms}
    title = Words("تواتر المداخل", "Lemma frequencies")
    return Part("lemmas", title, notes, figures, [table] if len(shown) else [], files)


def _lines_of_lemmas(words: pd.DataFrame, lemmas: Sequence[str], book: Book) -> list[Hashable]:
    rows = rows_of_lemmas(words, lemmas)
    return [book.add(("lemma", lemma), lemma, words.iloc[rows[lemma]][SPAN]) for lemma in lemmas]


def rows_of_lemmas(words: pd.DataFrame, lemmas: Sequence[str]) -> dict[str, Rows]:
    """The rows of the words and numbers of each lemma, in text order."""
    column, counted = coded(words, ["lemma"]), mask_of_kinds(words, COUNTED_KINDS)
    distinct = list(dict.fromkeys(lemmas))
    places = column.items.get_indexer(pd.Index(distinct, dtype="str"))
    found = rows_by_code(column.codes, places)
    return {
        lemma: found[int(place)][counted[found[int(place)]]]
        for lemma, place in zip(distinct, places, strict=True)
    }
