"""All parts of the report of a corpus, in their order."""

from dataclasses import dataclass

import pandas as pd

from toolkit.corpus import Corpus
from toolkit.reporting import frequent, groups, periods, ties, told, typical
from toolkit.reporting.lines import Book
from toolkit.reporting.parts import Figure, Part
from toolkit.reporting.rules import Absent
from toolkit.summary import Findings


@dataclass(frozen=True)
class Contents:
    """What a report shows beside the card.

    Attributes
    ----------
    parts : list of Part
        The sections.
    absent : list of Absent
        What the corpus does not support, and why.
    book : Book
        The concordance lines of all items.
    """

    parts: list[Part]
    absent: list[Absent]
    book: Book

    def figures(self) -> list[Figure]:
        """The figures of all parts."""
        return [figure for part in self.parts for figure in part.figures]

    def files(self) -> dict[str, pd.DataFrame]:
        """The tables of all parts by the names of their files."""
        return {name: table for part in self.parts for name, table in part.files.items()}


def contents(annotated: Corpus, found: Findings) -> Contents:
    """The parts that the corpus supports.

    Parameters
    ----------
    annotated : Corpus
        The corpus, with words.
    found : Findings
        What `summary.findings` returned for it.
    """
    book = Book(annotated.texts)
    words = groups.words_of_texts(annotated)
    firsts = groups.first_sentences(annotated)
    every = [
        groups.groups(annotated, words, book, firsts=firsts),
        periods.over_time(annotated, words, book, firsts=firsts),
        frequent.names(annotated, found, book),
        frequent.lemmas(annotated, found, book),
        typical.keywords(annotated, found, book, words=words),
        ties.network(annotated, book),
        ties.place_map(annotated, book),
        told.told(annotated, book),
    ]
    return Contents(
        [part for part in every if isinstance(part, Part)],
        [part for part in every if isinstance(part, Absent)],
        book,
    )
