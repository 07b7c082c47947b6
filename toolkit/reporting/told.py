"""The dates that the texts of a corpus tell, as a part of its report."""

from collections.abc import Hashable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit import plot
from toolkit.columns import ordered
from toolkit.corpus import Corpus
from toolkit.reporting import rules
from toolkit.reporting.frequent import SPAN
from toolkit.reporting.lines import Book, rows_by_code
from toolkit.reporting.parts import ROWS_SHOWN, Figure, Part, Table
from toolkit.reporting.periods import near
from toolkit.reporting.rules import Absent, Words
from toolkit.statistics.periods import (
    first_days,
    intervals,
    iso,
    labels_of,
    last_days,
    numbers_of,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Days = npt.NDArray[np.datetime64]
Codes = npt.NDArray[np.intp]


def told(annotated: Corpus, book: Book) -> Part | Absent:
    """The dates that the texts mention most, and the times that they tell of.

    Parameters
    ----------
    annotated : Corpus
        The corpus.
    book : Book
        Where the lines go.
    """
    dates = annotated.dates[annotated.dates["first"].notna() & annotated.dates["last"].notna()]
    if len(dates) < rules.TOLD_DATES:
        return rules.no_told_dates(len(dates))
    codes, labels = _labelled(dates)
    counted = _counted(dates, codes, labels)
    begins, ends = (
        intervals("report", dates[name], end=name == "last") for name in ("first", "last")
    )
    by_period, period, drawn = _by_period(dates, begins, ends)
    of_label = {label: code for code, label in enumerate(labels)}
    shown = [of_label[label] for label in counted.index[:ROWS_SHOWN]]
    rows = rows_by_code(codes, shown)
    keys = [book.add(("told", labels[c]), labels[c], dates.iloc[rows[c]][SPAN]) for c in shown]
    label = Words("الأزمنة التي تتحدث عنها النصوص", f"Dates told in the texts, by {period}")
    figures = []
    if (by_period["freq"] > 0).sum() >= rules.TIMELINE_PERIODS:
        figures.append(Figure("told_dates", partial(_draw, by_period), label))
    return Part(
        "dates",
        rules.TOLD,
        [_note(len(annotated.dates), len(dates), drawn, period)],
        figures,
        [_shown(counted, keys)],
        {"told_dates": counted, "told_dates_by_period": by_period},
    )


def _labelled(dates: pd.DataFrame) -> tuple[Codes, list[str]]:
    """For each expression the number of its interval, and the intervals after ISO 8601."""
    pairs = dates["first"].astype("str") + "/" + dates["last"].astype("str")
    codes, distinct = pd.factorize(pairs)
    return codes, [interval(*pair.split("/")) for pair in distinct]


def interval(first: str, last: str) -> str:
    """A day, month or year by its name, and what is longer by its first and last.

    Examples
    --------
    >>> interval("2015-10-01", "2015-10-31"), interval("-0195-01-01", "-0195-12-31")
    ('2015-10', '-0195')
    >>> interval("1901-01-01", "2000-12-31"), interval("2015-10-28", "2015-11-02")
    ('1901/2000', '2015-10-28/2015-11-02')
    """
    ends = [first, last]
    if first.endswith("-01-01") and last.endswith("-12-31"):
        ends = [day[:-6] for day in ends]
    elif first.endswith("-01") and _ends_a_month(last):
        ends = [day[:-3] for day in ends]
    return "/".join(dict.fromkeys(ends))


def _ends_a_month(day: str) -> bool:
    days = intervals("report", pd.Series([day, day[:-3]]), end=True)
    return bool(days[0] == days[1])


def _counted(dates: pd.DataFrame, codes: Codes, labels: list[str]) -> pd.DataFrame:
    """One row per interval: ``text`` (its most frequent wording), ``freq``, ``n``, ``docs``."""
    told = pd.DataFrame(
        {"code": codes, "text": dates["text"].astype("str").to_numpy(),
         "doc": dates["doc"].astype("str").to_numpy()}
    )  # fmt: skip
    wordings = told.groupby(["code", "text"]).size().rename("freq").reset_index()
    first = wordings.sort_values(["code", "freq", "text"], ascending=[True, False, True])
    found = told.groupby("code").agg(freq=("doc", "size"), docs=("doc", "nunique"))
    found.insert(0, "text", first.drop_duplicates("code").set_index("code")["text"])
    found.insert(2, "n", len(dates))
    found.index = pd.Index([labels[code] for code in found.index], name="interval")
    return ordered(found)


def _by_period(dates: pd.DataFrame, begins: Days, ends: Days) -> tuple[pd.DataFrame, str, int]:
    """Expressions and texts per period, gaps included; the period; how many are in one."""
    (low, high), period = near(begins, ends)
    number, last = numbers_of(begins, period), numbers_of(ends, period)
    bounds = numbers_of(np.array([low, high]), period)
    whole = (number == last) & (number >= bounds[0]) & (number <= bounds[1])
    every = np.arange(bounds[0], bounds[1] + 1)
    place = number[whole] - bounds[0]
    docs = pd.factorize(dates["doc"].astype("str"))[0][whole]
    in_docs = pd.DataFrame({"place": place, "doc": docs}).drop_duplicates()["place"]
    found = pd.DataFrame(
        {
            "first": iso(first_days(every, period)),
            "last": iso(last_days(every, period)),
            "freq": np.bincount(place, minlength=len(every)),
            "n": int(whole.sum()),
            "docs": np.bincount(in_docs, minlength=len(every)),
        },
        index=pd.Index(labels_of(every, period), name="period"),
    )
    return found, period, int(whole.sum())


def _draw(by_period: pd.DataFrame) -> "Axes":
    table = by_period.assign(item="dates told", n_docs=by_period["docs"])
    ax = plot.timeline(table, column="freq")
    ax.set_ylabel(f"dates told, of {int(by_period['n'].iloc[0]):,};\nabove: texts that tell them")
    return ax


def _shown(counted: pd.DataFrame, keys: Sequence[Hashable]) -> Table:
    n = int(counted["n"].iloc[0])
    return Table(
        counted,
        {"interval": "المدة", "text": "كما كُتبت", "freq": "الذكر", "docs": "النصوص"},
        Words(f"الأكثر ذكرًا، من {n:,}.", f"Most frequent, of {n:,} expressions."),
        keys=keys,
    )


def _note(every: int, known: int, drawn: int, period: str) -> Words:
    return Words(
        f"{every:,} عبارة تاريخ، عُرف زمن {known:,} منها؛ وفي الشكل {drawn:,}، وهي ما يقع كله في "
        "وحدة واحدة من وحدات المحور. والمدة بصيغة ISO 8601.",
        f"{every:,} expressions, of which the time of {known:,} is known; the figure has "
        f"{drawn:,}, those that lie in one {period} as a whole and not far from the others. "
        "Intervals are written after ISO 8601.",
    )
