"""Which words set each group of texts apart from the rest, as a part of a report."""

from collections.abc import Hashable

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit import counts, keyness
from toolkit.columns import coded
from toolkit.corpus import Corpus
from toolkit.reporting import rules
from toolkit.reporting.frequent import SPAN, rows_of_lemmas
from toolkit.reporting.groups import ARABIC, MISSING, Grouping, groupings, table_of
from toolkit.reporting.lines import Book, Rows
from toolkit.reporting.parts import Part, Table
from toolkit.reporting.rules import Absent, Words
from toolkit.statistics.tallies import PER_MILLION
from toolkit.summary import Findings

KEYWORDS_SHOWN = 10


def keywords(
    annotated: Corpus, found: Findings, book: Book, *, words: npt.NDArray[np.int64]
) -> Part | Absent:
    """The words that each group prefers, each group against the rest of the corpus.

    Parameters
    ----------
    annotated : Corpus
        The corpus.
    found : Findings
        Its frequencies.
    book : Book
        Where the lines go.
    words : array of int
        The words of each text.
    """
    every = groupings(annotated.texts)
    if not every:
        return rules.no_keyness(0, None)
    grouping = every[0]
    sizes = table_of(grouping, words)
    large = sizes[(sizes["words"] >= rules.KEYNESS_WORDS) & (sizes.index != MISSING)]
    if len(large) < rules.FEWEST_GROUPS:
        return rules.no_keyness(len(large), grouping.column)
    chosen = large.head(rules.KEYNESS_GROUPS).index
    of_row = _groups_of_rows(annotated, grouping, chosen)
    tables = {
        group: _keywords(annotated.words[["doc", "kind", "lemma"]].iloc[of_row == number], found)
        for number, group in enumerate(chosen)
    }
    lemmas = [lemma for table in tables.values() for lemma in table.index[:KEYWORDS_SHOWN]]
    rows = rows_of_lemmas(annotated.words, lemmas)
    shown = []
    for number, (group, table) in enumerate(tables.items()):
        here = {lemma: row[of_row[row] == number] for lemma, row in rows.items()}
        where = (grouping.column, str(group))
        shown.append(_shown_keywords(annotated.words, table, here, book, where=where))
    return Part(
        "keyness",
        rules.KEYNESS,
        _notes(grouping.column, len(large), len(sizes)),
        tables=shown,
        files={"keywords": pd.concat(tables, names=[grouping.column])},
    )


def _groups_of_rows(
    annotated: Corpus, grouping: Grouping, chosen: pd.Index
) -> "npt.NDArray[np.int16]":
    """The number of the group of each word, -1 where it is none of them."""
    docs = coded(annotated.words, ["doc"])
    of_text = chosen.get_indexer(pd.Index(grouping.of_text.fillna(MISSING)))
    places = pd.Index(annotated.texts["doc"].astype("str")).get_indexer(docs.items)
    of_doc = np.append(np.append(of_text, -1)[places], -1)
    return of_doc[docs.codes].astype(np.int16)


def _keywords(part: pd.DataFrame, found: Findings) -> pd.DataFrame:
    """The content lemmas that a group prefers, `docs` being its texts that have them."""
    target = counts.frequencies(part, by="lemma")
    aligned = target.reindex(found.lemmas.index, fill_value=0)
    n = int(found.lemmas["n"].iloc[0]) - int(target["n"].iloc[0])
    rest = pd.DataFrame(
        {
            "freq": found.lemmas["freq"] - aligned["freq"],
            "n": n,
            "docs": found.lemmas["docs"] - aligned["docs"],
        }
    )
    rest["per_million"] = rest["freq"] / max(n, 1) * PER_MILLION
    scores = keyness.keywords(
        target, rest[rest["freq"] > 0], correction="holm", min_freq=rules.KEYNESS_FREQ
    )
    scores.insert(2, "docs", aligned["docs"].reindex(scores.index))
    liked = (scores["log_ratio"] > 0) & (scores["docs"] >= rules.KEYNESS_DOCS)
    return scores[liked & scores.index.isin(found.content_lemmas.index)]


def _shown_keywords(
    words: pd.DataFrame,
    table: pd.DataFrame,
    rows: dict[str, Rows],
    book: Book,
    *,
    where: tuple[str, str],
) -> Table:
    column, group = where
    keys: list[Hashable] = [
        book.add(
            ("lemma", lemma, column, group),
            str(lemma),
            words.iloc[rows[lemma]][SPAN],
            detail=f"{column}: {group}",
        )
        for lemma in table.index[:KEYWORDS_SHOWN]
    ]
    return Table(
        table,
        {
            "lemma": "المدخل",
            "freq_target": "هنا",
            "freq_reference": "سواه",
            "log_ratio": "الأثر",
            "log_likelihood": "G²",
        },
        Words(str(group), "against the rest"),
        rows=KEYWORDS_SHOWN,
        keys=keys,
        decimals={"log_ratio": 1, "log_likelihood": 0},
    )


def _notes(column: str, large: int, groups: int) -> list[Words]:
    return [
        Words(
            f"كل مجموعة من «{ARABIC.get(column, column)}» إزاء سائر المدوّنة، بمداخل كلمات المحتوى "
            f"التي ترد {rules.KEYNESS_FREQ} مرات على الأقل. الترتيب بنسبة الأرجحية اللوغارتمية "
            "(G²)، والأثر لوغاريتم النسبة بين التواترين للأساس 2.",
            f"Each {column} against the rest of the corpus: content lemmas that occur at least "
            f"{rules.KEYNESS_FREQ} times there or in the rest, in at least {rules.KEYNESS_DOCS} of "
            "its texts, by log-likelihood (G2); log_ratio is the base 2 logarithm of the ratio of "
            "the two rates. p, corrected after Holm for all comparisons, stands in the file.",
        ),
        Words(
            f"المجموعات المقارَنة: {min(large, rules.KEYNESS_GROUPS)} من {groups}، وهي أكبرها.",
            f"Compared are {min(large, rules.KEYNESS_GROUPS)} of {groups} groups: the largest, "
            f"each of at least {rules.KEYNESS_WORDS:,} words.",
        ),
    ]
