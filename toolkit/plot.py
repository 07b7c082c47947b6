"""Figures: a table in, matplotlib `Axes` out.

Each function draws the table of the same name, labels the axis with its unit and denominator, and
leaves the title to the caller. Arabic goes in as it is stored: matplotlib 3.11 shapes and orders
it. Labels stand at the left of the bars, flush at the axis, so that a right-to-left word begins
beside its bar, and numbers grow to the right as they do in Arabic and in English print. For a
mirrored figure, call ``ax.invert_xaxis()`` and ``ax.yaxis.tick_right()``.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from contextlib import AbstractContextManager
from io import BytesIO
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Okabe & Ito (2008), the colours whose contrast is at least 3:1 on white and on the dark ground.
# The hatches tell the types apart in grey.
TYPES = {
    "PER": ("#0072B2", ""),
    "LOC": ("#009E73", "///"),
    "ORG": ("#D55E00", "..."),
    "MISC": ("#CC79A7", "xxx"),
}
OTHER_TYPE = ("#808080", "\\\\\\")

_CYCLES = {
    "light": ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"],
    "dark": ["#56B4E9", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#F0E442", "#FFFFFF"],
}
# theme: (ground, text, lines)
_GROUNDS = {"light": ("#FFFFFF", "#1A1A1A", "#B3B3B3"), "dark": ("#161616", "#EDEDED", "#5C5C5C")}

# No date and no version in the file, so that equal figures are equal files.
_METADATA: dict[str, dict[str, None]] = {
    ".png": {"Software": None},
    ".svg": {"Date": None, "Creator": None},
    ".pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}

_SVG: Any = {"svg.hashsalt": "mudawwana", "svg.fonttype": "path"}
_LABEL_WIDTH = 40  # characters of a label before it is broken into lines
_ROW = 0.27  # inches from bar to bar where every label has one line
_MOST_ROWS = 200


def style(theme: str = "light") -> AbstractContextManager[None]:
    """A context in which figures are restrained, colour-blind safe and set in DejaVu Sans.

    DejaVu Sans comes with matplotlib and has the Arabic letters. The settings hold inside the
    ``with`` block alone; a figure begun there keeps its colours and fonts afterwards.

    Parameters
    ----------
    theme : str
        "light" or "dark".

    Raises
    ------
    ValueError
        There is no such theme.

    Examples
    --------
    >>> import matplotlib
    >>> with style("dark"):
    ...     print(matplotlib.rcParams["figure.facecolor"])
    #161616
    """
    if theme not in _GROUNDS:
        raise ValueError(
            f"style: no theme {theme!r}; there are light and dark. Pass one as theme=."
        )
    import matplotlib

    return matplotlib.rc_context(_rc(theme))


def frequencies(
    freqs: pd.DataFrame,
    *,
    ax: Axes | None = None,
    column: str = "freq",
    unit: str = "words",
    **kwargs: Any,
) -> Axes:
    """Horizontal bars, one per row of a frequency table, the first row on top.

    Draws the rows that it is given, in their order: choose them with ``freqs.head(20)``.

    Parameters
    ----------
    freqs : DataFrame
        A table of `counts.frequencies` or `counts.ngrams`: index = item; the column drawn, and
        `n`, the denominator.
    ax : Axes, optional
        Where to draw; by default a new figure, whose height grows with the rows.
    column : str
        "freq" (occurrences), "per_million" or "docs" (documents that contain the item).
    unit : str
        What `n` counts, for the axis label: "words", "tokens", "bigrams".
    **kwargs
        To `Axes.barh`.

    Returns
    -------
    Axes
        The bars; the axis label names the unit and the denominator.

    Raises
    ------
    ValueError
        The table is empty, lacks a column, or has more rows than a figure can show.

    Examples
    --------
    >>> import pandas as pd
    >>> freqs = pd.DataFrame({"freq": [9, 4], "n": 312}, index=["سوريا", "وزير"])
    >>> ax = frequencies(freqs)
    >>> ax.get_xlabel()
    'occurrences, of 312 words'
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['سوريا', 'وزير']
    """
    _check("frequencies", "freqs", freqs, [column, "n"], "counts.frequencies(words, by='lemma')")
    total = _span(freqs["n"])
    labels = {
        "freq": f"occurrences, of {total} {unit}",
        "per_million": f"occurrences per million {unit}, from {total} {unit}",
        "docs": "documents that contain the item",
    }
    if column not in labels:
        raise ValueError(
            f"frequencies: column {column!r} has no unit to label the axis with; "
            f"there are {', '.join(labels)}. Pass one of them as column=."
        )
    ax = _bars(freqs, column, ax, **kwargs)
    ax.set_xlabel(labels[column])
    return ax


def mentions(mentions: pd.DataFrame, *, ax: Axes | None = None, **kwargs: Any) -> Axes:
    """Horizontal bars, one per entity name, coloured and hatched by type, the first row on top.

    Parameters
    ----------
    mentions : DataFrame
        A table of `entities.mentions`: index = name; columns `type`, `freq`, and `n`, the number
        of mentions of all entities.
    ax : Axes, optional
        Where to draw; by default a new figure, whose height grows with the rows.
    **kwargs
        To `Axes.barh`.

    Returns
    -------
    Axes
        The bars, with a legend of the types that occur.

    Raises
    ------
    ValueError
        The table is empty, lacks a column, or has more rows than a figure can show.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"type": ["LOC"], "freq": [9], "n": [40]}, index=["سوريا"])
    >>> mentions(table).get_xlabel()
    'mentions, of 40 entity mentions'
    """
    _check("mentions", "mentions", mentions, ["type", "freq", "n"], "entities.mentions(entities)")
    types = [str(kind) for kind in mentions["type"]]
    colours, hatches = zip(*(TYPES.get(kind, OTHER_TYPE) for kind in types), strict=True)
    drawn = {"color": colours, "hatch": hatches, **kwargs}
    ax = _bars(mentions, "freq", ax, ground_edge=True, **drawn)
    ax.set_xlabel(f"mentions, of {_span(mentions['n'])} entity mentions")
    present = [*[t for t in TYPES if t in types], *sorted(set(types) - set(TYPES))]
    # Beside the axes: inside, it would lie on the bars of a short table. Its distance is in points,
    # not in axes widths, so that the layout settles at the first drawing.
    ax.legend(
        [ax.patches[types.index(kind)] for kind in present],
        present,
        loc="upper left",
        bbox_to_anchor=(1, 1),
        borderaxespad=0.6,
        frameon=False,
    )
    return ax


def save(figure: Axes | Figure, path: str | PathLike[str], *, dpi: int = 300) -> Path:
    """The path of the picture written: PNG, SVG or PDF by its suffix, the same bytes every time.

    Nothing is clipped: the picture is cut to what is drawn. The file holds no date and no
    version. SVG text is drawn as outlines, so that Arabic looks the same without the font.

    Parameters
    ----------
    figure : Axes or Figure
        What to write; of an Axes, its whole figure. It stays open: close it with
        ``matplotlib.pyplot.close``.
    path : path
        File to write, overwritten if it is there; ends in .png, .svg or .pdf.
    dpi : int
        Dots per inch of a PNG.

    Raises
    ------
    ValueError
        The suffix is none of the three.
    FileNotFoundError
        The folder does not exist.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in _METADATA:
        raise ValueError(
            f"save: {path.name!r} does not say the format; there are {', '.join(_METADATA)}. "
            "Give the path one of these endings."
        )
    if not path.parent.is_dir():
        raise FileNotFoundError(f"save: no folder {str(path.parent)!r}. Create it first.")
    import matplotlib
    from matplotlib.axes import Axes as AxesClass

    whole = figure.get_figure(root=True) if isinstance(figure, AxesClass) else figure
    if whole is None:
        raise ValueError("save: the axes belong to no figure; were they removed from it?")
    with matplotlib.rc_context(_SVG):
        path.write_bytes(_settled(whole, suffix, dpi))
    return path


def _settled(figure: Figure, suffix: str, dpi: int) -> bytes:
    """The file once two drawings agree: the layout starts from that of the drawing before."""
    drawn = b""
    for _ in range(5):
        before, buffer = drawn, BytesIO()
        figure.savefig(
            buffer, format=suffix[1:], dpi=dpi, bbox_inches="tight", metadata=_METADATA[suffix]
        )
        drawn = buffer.getvalue()
        if drawn == before:
            break
    return drawn


def _rc(theme: str) -> Any:
    from matplotlib.rcsetup import cycler

    ground, text, lines = _GROUNDS[theme]
    colours: dict[str, Any] = dict.fromkeys(
        ("figure.facecolor", "axes.facecolor", "savefig.facecolor"), ground
    )
    colours |= dict.fromkeys(
        ("text.color", "axes.labelcolor", "axes.titlecolor", "xtick.labelcolor"), text
    )
    colours |= dict.fromkeys(("axes.edgecolor", "xtick.color", "ytick.color", "grid.color"), lines)
    return {
        **_SVG,
        **colours,
        "ytick.labelcolor": text,
        # By its name, not as "sans-serif", which is looked up again outside the block.
        "font.family": ["DejaVu Sans"],
        "font.size": 10,
        "axes.prop_cycle": cycler(color=_CYCLES[theme]),
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.titlelocation": "left",
        "axes.axisbelow": True,
        "ytick.major.size": 0,
        "hatch.linewidth": 0.6,
        "legend.frameon": False,
    }


def _check(where: str, name: str, table: Any, columns: Sequence[str], maker: str) -> None:
    have = list(getattr(table, "columns", []))
    missing = [column for column in columns if column not in have]
    if missing:
        there = f"its columns are {', '.join(map(str, have))}" if have else "it has no columns"
        raise ValueError(
            f"{where}: no column {', '.join(map(repr, missing))} in {name}; {there}. "
            f"Pass a table made by {maker}."
        )
    if len(table) == 0:
        raise ValueError(f"{where}: `{name}` is empty (0 rows); was the filter too strict?")
    if len(table) > _MOST_ROWS:
        raise ValueError(
            f"{where}: {len(table):,} rows are too many for one figure, which takes {_MOST_ROWS}. "
            f"Choose some, as in {name}.head(20)."
        )


def _span(n: pd.Series[Any]) -> str:
    low, high = n.min(), n.max()
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def _bars(
    table: pd.DataFrame, column: str, ax: Axes | None, *, ground_edge: bool = False, **kwargs: Any
) -> Axes:
    from matplotlib.ticker import MaxNLocator

    labels = [_label(item) for item in table.index]
    if ax is None:
        ax = _new_axes(labels)
    if ground_edge:
        # The hatch takes the colour of the edge.
        kwargs = {"edgecolor": ax.get_facecolor(), "linewidth": 0, **kwargs}
    thickness = 0.72 * _ROW / _row_height(labels)
    bars = ax.barh(range(len(labels)), table[column], **{"height": thickness, **kwargs})
    whole = column != "per_million" or table[column].max() >= 100
    number = "{:,.0f}" if whole else "{:,.2f}"
    ax.bar_label(bars, fmt=number, padding=3, fontsize="small")
    ax.set_yticks(range(len(labels)), labels, parse_math=False)
    ax.set_ylim(len(labels) - 0.5, -0.5)
    ax.set_ylabel(str(table.index.name or ""), parse_math=False)
    ax.margins(x=0.1)
    ax.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=whole, steps=[1, 2, 5, 10]))
    ax.xaxis.set_major_formatter("{x:,.0f}" if whole else "{x:,g}")
    return ax


def _label(item: Any) -> str:
    """An index entry on lines of at most 40 characters; the parts of an n-gram with spaces."""
    text = " ".join(map(str, item)) if isinstance(item, tuple) else str(item)
    return textwrap.fill(text, _LABEL_WIDTH, break_on_hyphens=False)


def _row_height(labels: Sequence[str]) -> float:
    """Inches from bar to bar: the highest label sets it for all."""
    lines = max(label.count("\n") + 1 for label in labels)
    return max(_ROW, 0.18 * lines + 0.09)


def _new_axes(labels: Sequence[str]) -> Axes:
    from matplotlib import pyplot

    height = max(1.2, 0.75 + _row_height(labels) * len(labels))
    _, ax = pyplot.subplots(figsize=(6.4, height), layout="constrained")
    return ax
