"""The texts and names of a corpus over time, and the dates that its texts tell."""

import re
from collections.abc import Hashable
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit import plot, timeline
from toolkit.columns import ordered
from toolkit.corpus import Corpus
from toolkit.reporting import rules
from toolkit.reporting.frequent import SPAN
from toolkit.reporting.lines import Book
from toolkit.reporting.parts import Figure, Part, Table
from toolkit.reporting.rules import Absent, Words
from toolkit.statistics.periods import (
    PERIODS,
    first_days,
    intervals,
    iso,
    labels_of,
    last_days,
    no_dates,
    numbers_of,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Days = npt.NDArray[np.datetime64]

NAMES_DRAWN = 6
NAMES_FREQ = 10
PERIODS_SHOWN = 60
_ISO = re.compile(r"-?\d{4,6}(-\d\d(-\d\d([T ].*)?)?)?")
ARABIC = {
    "day": "اليوم",
    "week": "الأسبوع",
    "month": "الشهر",
    "quarter": "ربع السنة",
    "year": "السنة",
    "decade": "العقد",
    "century": "القرن",
}


def dated(texts: pd.DataFrame) -> pd.DataFrame:
    """The columns ``doc`` and ``date`` of the texts; what is no date is missing."""
    column = texts["date"] if "date" in texts.columns else pd.Series(None, texts.index, "object")
    column = column.astype("object").map(str, na_action="ignore")
    good = column.astype("str").str.fullmatch(_ISO, na=False) & ~no_dates(column)
    return pd.DataFrame({"doc": texts["doc"], "date": column.where(good)})


def near(days: Days, last: Days | None = None) -> tuple[Days, str]:
    """The first and last day of what is drawn, and the shortest period with enough in each.

    A few dates far from all others, as a mistaken 1970, would leave one point for the rest: what
    is drawn goes beyond the middle 98 of 100 dates by the time that these take.

    Parameters
    ----------
    days : array of datetime64
        Days, or the first days of intervals.
    last : array of datetime64, optional
        The last days of the intervals, most of which then lie in one period as a whole.
    """
    last = days if last is None else last
    low, high = np.quantile(days.astype(np.int64), [0.01, 0.99])
    inside = np.abs(days.astype(np.int64) - (low + high) / 2) <= 1.5 * (high - low + 1)
    days, last = days[inside], last[inside]
    ends = np.array([days.min(), days.max()])
    numbers = {period: numbers_of(ends, period) for period in PERIODS}
    sizes = {period: int(final - first) + 1 for period, (first, final) in numbers.items()}
    fit = [period for period in PERIODS if sizes[period] <= rules.MOST_PERIODS]
    fit = [period for period in fit if _mostly_whole(days, last, period)] or [PERIODS[-1]]
    several = [period for period in fit if sizes[period] >= rules.TIMELINE_PERIODS] or fit[:1]
    full = [p for p in several if sizes[p] * rules.TEXTS_PER_PERIOD <= len(days)]
    return ends, (full or several[-1:])[0]


def _mostly_whole(first: Days, last: Days, period: str) -> bool:
    whole = numbers_of(first, period) == numbers_of(last, period)
    return bool(2 * whole.sum() > len(first))


def over_time(
    annotated: Corpus, words: npt.NDArray[np.int64], book: Book, *, firsts: pd.DataFrame
) -> Part | Absent:
    """The texts of each period, and the most frequent names in it.

    Parameters
    ----------
    annotated : Corpus
        The corpus.
    words : array of int
        The words of each text.
    book : Book
        Where the lines go.
    firsts : DataFrame
        The first sentence of each text.
    """
    texts = dated(annotated.texts)
    days = intervals("report", texts["date"])
    known = ~np.isnat(days)
    distinct = len(np.unique(days[known]))
    if known.sum() < rules.TIMELINE_TEXTS or distinct < rules.TIMELINE_PERIODS:
        return rules.no_timeline(int(known.sum()), distinct)
    ends, period = near(days[known])
    drawn = known & (days >= ends[0]) & (days <= ends[1])
    counted = _texts_by_period(days, drawn, words, period)
    texts["date"] = texts["date"].where(drawn)
    names = _names_by_period(annotated, texts, period)
    notes = _notes(len(texts), known, drawn, ends)
    tables = [_shown_periods(counted, period, _lines_of_periods(counted, days, firsts, book))]
    files = {"texts_over_time": counted}
    if names is None:
        figure = Figure("timeline", partial(_draw_texts, counted), rules.TIMELINE)
    else:
        label = Words("أكثر الأعلام ذكرًا عبر الزمن", "The most frequent names over time")
        figure = Figure("timeline", partial(plot.timeline, names), label)
        days = np.where(drawn, days, np.datetime64("NaT"))
        tables.append(_shown_names(names, days, annotated, book, period=period))
        files["names_over_time"] = names
    return Part("timeline", rules.TIMELINE, notes, [figure], tables, files)


def _texts_by_period(
    days: Days, drawn: npt.NDArray[np.bool_], words: npt.NDArray[np.int64], period: str
) -> pd.DataFrame:
    """One row per period, gaps included: ``first``, ``last``, ``texts``, ``words``, ``n``."""
    number = numbers_of(days[drawn], period)
    every = np.arange(number.min(), number.max() + 1)
    place = number - number.min()
    sizes = np.zeros(len(every), np.int64)
    np.add.at(sizes, place, words[drawn])
    n = int(words[drawn].sum())
    return pd.DataFrame(
        {
            "first": iso(first_days(every, period)),
            "last": iso(last_days(every, period)),
            "texts": np.bincount(place, minlength=len(every)),
            "words": sizes,
            "n": n,
            "share": sizes / max(n, 1),
        },
        index=pd.Index(labels_of(every, period), name="period"),
    )


def _names_by_period(annotated: Corpus, texts: pd.DataFrame, period: str) -> pd.DataFrame | None:
    freqs = annotated.entities["name"].astype("str").dropna().value_counts().rename("freq")
    frequent = ordered(freqs[freqs >= NAMES_FREQ].to_frame()).index[:NAMES_DRAWN]
    if not len(frequent):
        return None
    words = annotated.words[["doc", "kind"]]
    return timeline.timeline(
        annotated.entities, texts, period=period, items=list(frequent), words=words
    )


def _notes(
    texts: int, known: npt.NDArray[np.bool_], drawn: npt.NDArray[np.bool_], ends: Days
) -> list[Words]:
    first, last = iso(ends)
    without, far = texts - int(known.sum()), int(known.sum() - drawn.sum())
    notes = [
        Words(
            f"من {first} إلى {last} بحسب تاريخ النص: {int(drawn.sum()):,} من {texts:,} نص.",
            f"From {first} to {last}, by the date of the text: {int(drawn.sum()):,} of "
            f"{texts:,} texts.",
        )
    ]
    if without or far:
        notes.append(
            Words(
                f"بلا تاريخ: {without:,}. وتاريخه بعيد عن سائر التواريخ: {far:,}.",
                f"Without a date: {without:,}; of a date far from all others: {far:,}.",
            )
        )
    return notes


def _lines_of_periods(
    counted: pd.DataFrame, days: Days, firsts: pd.DataFrame, book: Book
) -> list[Hashable]:
    first, last = (counted[name].to_numpy(dtype="M8[D]") for name in ("first", "last"))
    day = days[firsts.index]
    return [
        book.add(("texts", "date", label), label, firsts[(day >= one) & (day <= other)])
        for label, one, other in zip(counted.index[:PERIODS_SHOWN], first, last, strict=False)
    ]


def _shown_periods(counted: pd.DataFrame, period: str, keys: list[Hashable]) -> Table:
    return Table(
        counted,
        {"period": ARABIC[period], "texts": "النصوص", "words": "الكلمات", "share": "من الكلمات"},
        Words("النصوص في كل مدة.", f"Texts of each {period}, by their dates."),
        rows=PERIODS_SHOWN,
        keys=keys,
        bar="share",
    )


def _shown_names(
    names: pd.DataFrame, days: Days, annotated: Corpus, book: Book, *, period: str
) -> Table:
    """The period in which each name is mentioned most, with lines of that period."""
    peaks, keys = [], []
    entities = annotated.entities
    column = entities["name"].astype("str")
    for item, rows in names.groupby("item", sort=False):
        inside = rows[rows["first"].notna()]
        peak = inside.loc[inside["freq"] == inside["freq"].max()].iloc[0]
        first, last = np.datetime64(peak["first"]), np.datetime64(peak["last"])
        docs = annotated.texts["doc"][(days >= first) & (days <= last)]
        spans = entities[(column == item).to_numpy() & entities["doc"].isin(docs).to_numpy()]
        label = str(peak.name)
        peaks.append((item, int(rows["freq"].sum()), label, peak["freq"], peak["per_million"]))
        keys.append(book.add(("name over time", item), str(item), spans[SPAN], detail=label))
    head = ["name", "freq", "peak", "freq_peak", "per_million_peak"]
    return Table(
        pd.DataFrame(peaks, columns=head).set_index("name"),
        {
            "name": "العَلَم",
            "freq": "الذكر",
            "peak": "الذروة",
            "freq_peak": "فيها",
            "per_million_peak": "في المليون",
        },
        Words(
            f"متى كان كل عَلَم أكثر ذكرًا ({ARABIC[period]}).",
            f"The {period} in which each name is mentioned most.",
        ),
        keys=keys,
    )


def _draw_texts(counted: pd.DataFrame) -> "Axes":
    """The texts of each period as a line of its own, where no name is frequent."""
    table = counted.assign(item="texts", freq=counted["texts"], n_docs=counted["texts"])
    ax = plot.timeline(table, column="freq")
    ax.set_ylabel("texts a period")
    return ax
