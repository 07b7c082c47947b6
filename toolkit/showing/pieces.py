"""What every display is made of: escaped text, the frame around it, counts, checks."""

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from toolkit.arabic.joining import JOINER
from toolkit.arabic.visible import visible
from toolkit.columns import whole_number
from toolkit.drawing.axes import check_columns
from toolkit.showing.arabic_names import ARABIC_NAMES
from toolkit.showing.sheet import CSS

Headings = Mapping[Any, str] | str | None

# Joins the letter beside it and is not copied with the text, in which it does not stand.
JOINED = f'<span class="mudawwana-joiner">{JOINER}</span>'
_LINE_ENDS = re.compile("\\r\\n|[\\r\\u2028\\u2029]")


@dataclass(frozen=True, repr=False)
class Html:
    """A piece of HTML that Jupyter shows; ``str(piece)`` is the HTML, its repr one line of text.

    Attributes
    ----------
    html : str
        The HTML, with its style sheet; it can stand anywhere in a page.
    summary : str
        What it shows, as plain text.
    """

    html: str
    summary: str

    def __repr__(self) -> str:
        """The summary."""
        return self.summary

    def __str__(self) -> str:
        """The HTML."""
        return self.html

    def _repr_html_(self) -> str:
        return self.html


def framed(body: str, *, what: str, size: str, script: str = "", arabic: bool = True) -> Html:
    """The body with its style sheet; formulas are not looked for in it."""
    behind = f"<script>{script}</script>\n" if script else ""
    written = 'dir="rtl" lang="ar"' if arabic else 'dir="ltr" lang=""'
    page = (
        f'<div class="mudawwana tex2jax_ignore mathjax_ignore" {written}>'
        f"<style>{CSS}</style>\n{body}\n{behind}</div>"
    )
    return Html(page, f"{what}: {size}")


def escaped(value: Any) -> str:
    """A value as HTML text, and as the value of an attribute in double quotes."""
    return html.escape(_LINE_ENDS.sub("\n", visible(str(value))))


def isolated(value: Any) -> str:
    """An escaped text whose direction does not touch its neighbours'."""
    return f"<bdi>{escaped(value)}</bdi>"


def note(text: str, *, arabic: bool = False) -> str:
    """A line of ours, which is in English but where Arabic is asked for."""
    return isolated(text) if arabic else f'<bdi lang="en">{escaped(text)}</bdi>'


def captioned(texts: Sequence[str]) -> str:
    """The caption of a table, if there is a text for it."""
    return f"<caption>{'<br>'.join(texts)}</caption>" if texts else ""


def size_of(shown: int, total: int, noun: str) -> str:
    """How many of how many, in English.

    Examples
    --------
    >>> size_of(50, 1234, "line"), size_of(1, 1, "line")
    ('50 of 1,234 lines', '1 line')
    """
    count = f"{total:,}" if shown == total else f"{shown:,} of {total:,}"
    return f"{count} {noun}{'' if total == 1 else 's'}"


def arabic_size(shown: int, total: int, plural: str) -> str:
    """How many of how many, in Arabic, in a form that fits every number.

    Examples
    --------
    >>> arabic_size(50, 1234, "الأسطر")
    'عدد الأسطر: 50 من 1,234'
    """
    count = f"{total:,}" if shown == total else f"{shown:,} من {total:,}"
    return f"عدد {plural}: {count}"


def is_missing(value: Any) -> bool:
    """Whether a cell is empty."""
    return bool(pd.api.types.is_scalar(value) and pd.isna(value))


def whole_place(value: Any) -> int:
    """A whole number, -1 for all else."""
    whole = isinstance(value, (int, float)) or hasattr(value, "__index__")
    return int(value) if whole and value == value // 1 else -1


def body_begin(body_start: Any, first: int) -> int:
    """Where the body of a text begins: 0 where that is not known, or lies behind what is shown."""
    place = -1 if is_missing(body_start) else whole_place(body_start)
    return place if 0 <= place <= first else 0


def headings_of(function: str, headings: Headings, names: Sequence[Any]) -> dict[Any, str]:
    """What is shown for each of the names: the headings that are given, or the Arabic ones."""
    if isinstance(headings, str):
        if headings != "ar":
            raise ValueError(
                f"{function}: headings is {headings!r}; pass 'ar' for Arabic ones, or a mapping "
                "from columns to headings."
            )
        return {name: ARABIC_NAMES.get(name, heading(name)) for name in names}
    given = headings or {}
    if not isinstance(given, Mapping):
        raise ValueError(
            f"{function}: headings is of type {type(given).__name__}; pass 'ar' for Arabic ones, "
            "or a mapping from columns to headings."
        )
    check_names(function, given, names, option="headings")
    return {name: given.get(name, heading(name)) for name in names}


def heading(name: Any) -> str:
    """A column's own name, that of several levels in one line."""
    if isinstance(name, tuple):
        return " · ".join(heading(level) for level in name if level != "")
    return "" if is_missing(name) else str(name)


def check_table(where: str, frame: Any, columns: Sequence[str], *, name: str) -> None:
    """Refuse a table without some of the columns."""
    check_columns(where, frame, columns, name=name, advice=f"with {', '.join(columns)}")


def check_frame(where: str, frame: Any) -> None:
    """Refuse what is no table at all."""
    if not isinstance(frame, pd.DataFrame):
        raise ValueError(
            f"{where}: frame is of type {type(frame).__name__}, not a DataFrame. Pass a DataFrame; "
            "of a Series, series.to_frame()."
        )


def check_decimals(where: str, decimals: int | Mapping[Any, int] | None) -> None:
    """Refuse decimals that are no whole numbers."""
    for given in decimals.values() if isinstance(decimals, Mapping) else [decimals]:
        if given is not None:
            whole_number(where, "decimals", given, least=0)


def check_names(function: str, given: Iterable[Any], have: Sequence[Any], *, option: str) -> None:
    """Refuse an option that names a column that is not there."""
    unknown = [name for name in given if name not in have]
    if unknown:
        raise ValueError(
            f"{function}: {option} names {', '.join(map(repr, unknown))}, which the frame does "
            f"not have; there are {', '.join(str(name) for name in have if name is not None)}. "
            f"Correct {option}=."
        )


def checked_limit(where: str, limit: int | None, size: int) -> int:
    """How many are shown at most."""
    if limit is None:
        return size
    return whole_number(where, "limit", limit, least=1, otherwise="None to show all")
