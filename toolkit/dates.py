"""Arabic date expressions and the days that they mean."""

from collections.abc import Iterator
from numbers import Real
from typing import Any

import pandas as pd

from toolkit.columns import require
from toolkit.dating.calendars import Day, iso
from toolkit.dating.document_days import days_of
from toolkit.dating.joining import dated
from toolkit.dating.tokens import tokens
from toolkit.tables import typed_table

PRECISIONS = (
    "day",
    "week",
    "month",
    "season",
    "quarter",
    "year",
    "decade",
    "century",
    "range",
    "vague",
    "unresolved",
)
ADVICE = "Pass texts, as corpus.read_texts gives them."


def find_dates(texts: pd.DataFrame) -> pd.DataFrame:
    """One row per date expression: where it stands, and the first and last day that it means.

    Gregorian and Hijri dates, in figures and in words; years, decades, centuries and ranges of
    them; and what is said beside the document's date (`أمس`, `العام الماضي`, `28 أكتوبر`), which
    takes the nearest day that fits, see docs/dates.md.

    Parameters
    ----------
    texts : DataFrame
        One row per document; columns ``doc``, ``text`` and, where known, ``date`` (day of the
        document: ISO, or eight figures such as 20151028) and ``body_start`` (code point, 0 to the
        length of the text; nothing before it is read).

    Returns
    -------
    DataFrame
        One row per expression in the order of the texts: ``doc``, ``sent`` (missing), ``text`` (as
        written, without proclitics and prepositions), ``start`` and ``end`` (code points),
        ``first`` and ``last`` (ISO days; years before Christ are 0 and less), ``precision``: day,
        week, month, season, quarter, year, decade, century, range; ``vague`` or ``unresolved``
        where the days are missing.

    Raises
    ------
    ValueError
        A column is missing, or a ``body_start`` is no place in its text.

    Examples
    --------
    >>> texts = pd.DataFrame({"doc": ["a"], "date": ["2025-11-16"], "text": ["زار موسكو أمس"]})
    >>> find_dates(texts)[["text", "first", "last", "precision"]]
      text       first        last precision
    0  أمس  2025-11-15  2025-11-15       day
    """
    require("find_dates", texts, ["doc", "text"], advice=ADVICE)
    known = [column for column in ("date", "body_start") if column in texts.columns]
    require("find_dates", texts, known, advice=ADVICE)
    columns: dict[str, list[Any]] = {
        name: [] for name in ("doc", "sent", "text", "start", "end", "first", "last", "precision")
    }
    for doc, text, document, begin in _documents(texts):
        for row in _rows(text, document, begin):
            for name, value in zip(columns, (doc, pd.NA, *row), strict=True):
                columns[name].append(value)
    return typed_table("dates", columns)


def _rows(text: str, document: Day | None, begin: int) -> Iterator[tuple[Any, ...]]:
    """Text, start, end, first, last and precision of each expression of one document."""
    cut = tokens(text, begin)
    for found in dated(cut, document):
        start, _ = cut.offsets.span(cut.starts[found.start], cut.ends[found.start])
        _, end = cut.offsets.span(cut.starts[found.end - 1], cut.ends[found.end - 1])
        meant = found.meant
        days = (iso(day) if day else None for day in (meant.first, meant.last))
        yield text[start:end], start, end, *days, meant.precision


def _documents(texts: pd.DataFrame) -> Iterator[tuple[str, str, Day | None, int]]:
    """Each text that is one, with its name, its day and where its body begins."""
    documents: list[Day | None] = [None] * len(texts)
    if "date" in texts:
        documents = days_of("find_dates", texts["date"], stacklevel=4)
    begins = texts["body_start"] if "body_start" in texts else pd.Series(0, index=texts.index)
    for doc, text, document, begin in zip(
        texts["doc"], texts["text"], documents, begins, strict=True
    ):
        if isinstance(text, str):
            yield str(doc), text, document, _place(begin, str(doc), len(text))


def _place(begin: Any, doc: str, size: int) -> int:
    """The place where the body of a document begins, which must lie in its text."""
    number = isinstance(begin, Real) and not isinstance(begin, bool)
    if number and 0 <= begin <= size and begin == int(begin):
        return int(begin)
    raise ValueError(
        f"find_dates: body_start of document {doc!r:.60} is {begin!r:.40}, no place in its text of "
        f"{size} code points. Pass a whole number from 0 (no header) to {size}, or drop the column."
    )
