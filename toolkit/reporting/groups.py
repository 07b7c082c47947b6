"""The texts of a corpus by their metadata, as a part of its report."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.columns import COUNTED_KINDS, coded, mask_of_kinds, ordered
from toolkit.corpus import Corpus
from toolkit.reporting import rules
from toolkit.reporting.frequent import SPAN
from toolkit.reporting.lines import Book
from toolkit.reporting.parts import ROWS_SHOWN, Part, Table
from toolkit.reporting.rules import Absent, Words

NO_GROUPS = frozenset(
    ("doc", "text", "date", "title", "body_start", "path", "encoding", "sha256", "url")
)
FIRST = ("section", "source", "year")
COLUMNS_SHOWN = 4
ARABIC = {"section": "القسم", "source": "المصدر", "year": "السنة", "period": "العصر"}
MISSING = "–"


@dataclass(frozen=True)
class Grouping:
    """A column of metadata whose values are groups of texts.

    Attributes
    ----------
    column : str
        Its name.
    of_text : Series of str
        The group of each text, missing where there is none; index as that of the texts.
    """

    column: str
    of_text: "pd.Series[Any]"


def groupings(texts: pd.DataFrame) -> list[Grouping]:
    """The columns that put texts into groups, section and source first."""
    columns = {name: texts[name] for name in texts.columns if name not in NO_GROUPS}
    if "year" not in columns and "date" in texts.columns:
        years = texts["date"].astype("str").str.extract(r"^(\d{4})(?:\D|$)", expand=False)
        columns["year"] = years.where(texts["date"].notna())
    order = [name for name in FIRST if name in columns]
    order += [name for name in columns if name not in FIRST]
    found = (Grouping(str(name), _as_text(columns[name])) for name in order)
    return [grouping for grouping in found if _is_grouping(grouping.of_text)]


def _as_text(values: "pd.Series[Any]") -> "pd.Series[Any]":
    return values.astype("object").map(str, na_action="ignore").astype("str")


def _is_grouping(values: "pd.Series[Any]") -> bool:
    known = values.dropna()
    number = known.nunique()
    enough = len(known) >= rules.TEXTS_PER_GROUP * number
    return rules.FEWEST_GROUPS <= number <= rules.MOST_GROUPS and enough


def words_of_texts(annotated: Corpus) -> npt.NDArray[np.int64]:
    """How many words and numbers each text has, in the order of the texts."""
    docs = coded(annotated.words, ["doc"])
    counted = mask_of_kinds(annotated.words, COUNTED_KINDS) & (docs.codes >= 0)
    sizes = np.bincount(docs.codes[counted], minlength=len(docs.items))
    places = docs.items.get_indexer(pd.Index(annotated.texts["doc"].astype("str")))
    return np.append(sizes, 0)[places].astype(np.int64)


def first_sentences(annotated: Corpus) -> pd.DataFrame:
    """Where the first sentence of each text stands; index: the number of the text."""
    firsts = annotated.sentences.drop_duplicates("doc")[SPAN].astype({"doc": "str"})
    place = pd.Series(np.arange(len(annotated.texts)), annotated.texts["doc"].astype("str"))
    return firsts.set_index(place.loc[firsts["doc"]].to_numpy()).sort_index()


def table_of(grouping: Grouping, words: npt.NDArray[np.int64]) -> pd.DataFrame:
    """One row per group: ``texts``, ``words``, ``n`` (words of all), ``share``.

    Parameters
    ----------
    grouping : Grouping
        The group of each text.
    words : array of int
        The words of each text.
    """
    column = grouping.of_text.fillna(MISSING).to_numpy()
    sizes = pd.DataFrame({"texts": 1, "words": words}).groupby(column).sum()
    found = sizes.assign(n=int(words.sum()), share=sizes["words"] / max(int(words.sum()), 1))
    found = found.astype({"texts": "int64", "words": "int64"}).rename_axis(grouping.column)
    return found.sort_index() if grouping.column == "year" else ordered(found, "words")


def groups(
    annotated: Corpus, words: npt.NDArray[np.int64], book: Book, *, firsts: pd.DataFrame
) -> Part | Absent:
    """The texts, words and share of each group.

    Parameters
    ----------
    annotated : Corpus
        The corpus.
    words : array of int
        The words of each text.
    book : Book
        Where the lines go: how some texts of each group begin.
    firsts : DataFrame
        The first sentence of each text.
    """
    found = groupings(annotated.texts)
    if not found:
        columns = [str(name) for name in annotated.texts if name not in ("doc", "text")]
        return rules.no_groups(len(annotated.texts), columns)
    shown = found[:COLUMNS_SHOWN]
    tables = {grouping.column: table_of(grouping, words) for grouping in found}
    left = ", ".join(grouping.column for grouping in found[COLUMNS_SHOWN:])
    notes = [
        Words(f"أعمدة أخرى في الملفات: {left}.", f"More columns, in the files alone: {left}.")
    ] * bool(left)
    return Part(
        "groups",
        rules.GROUPS,
        notes,
        tables=[_shown(grouping, tables[grouping.column], firsts, book) for grouping in shown],
        files={f"texts_by_{_file_name(name)}": table for name, table in tables.items()},
    )


def _file_name(column: str) -> str:
    return "".join(letter if letter.isalnum() else "_" for letter in column)[:60]


def _shown(grouping: Grouping, table: pd.DataFrame, firsts: pd.DataFrame, book: Book) -> Table:
    place = grouping.of_text.fillna(MISSING).to_numpy()
    keys = [
        book.add(
            ("texts", grouping.column, value),
            str(value),
            firsts[place[firsts.index] == value],
            detail=grouping.column,
        )
        for value in table.index[:ROWS_SHOWN]
    ]
    n, texts = int(table["n"].iloc[0]), int(table["texts"].sum())
    name = ARABIC.get(grouping.column, grouping.column)
    return Table(
        table,
        {grouping.column: name, "texts": "النصوص", "words": "الكلمات", "share": "من الكلمات"},
        Words(
            f"بحسب {name}: {texts:,} نص و{n:,} كلمة وعدد.",
            f"By {grouping.column}: {texts:,} texts, {n:,} words and numbers.",
        ),
        keys=keys,
        bar="share",
    )
