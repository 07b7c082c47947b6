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
_MOST_OUTLINES = 5000  # points that an SVG or PDF holds one by one


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
    maker = "counts.frequencies(words, by='lemma')"
    _check_table("frequencies", "freqs", freqs, [column, "n"], maker)
    _check_rows("frequencies", len(freqs), "freqs.head(20)")
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
    maker = "entities.mentions(entities)"
    _check_table("mentions", "mentions", mentions, ["type", "freq", "n"], maker)
    _check_rows("mentions", len(mentions), "mentions.head(20)")
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


def hits(
    hits: pd.DataFrame, *, ax: Axes | None = None, column: str = "relative", **kwargs: Any
) -> Axes:
    """Concordance plot (dispersion plot, barcode): a row per document, a stroke per hit.

    Documents stand in the order in which they come in the table, the first on top; those without
    hits have no row in it and none in the figure. A line shows how long each document is.

    Parameters
    ----------
    hits : DataFrame
        A table of `concordance.hits`: one row per hit; columns `doc`, and `relative`, or
        `position` and `length`.
    ax : Axes, optional
        Where to draw; by default a new figure, whose height grows with the documents.
    column : str
        "relative": all documents are equally long; "position": the axis counts words and
        punctuation.
    **kwargs
        To `Axes.vlines`, such as `color` and `linewidth`.

    Returns
    -------
    Axes
        The strokes, documents on the other axis.

    Raises
    ------
    ValueError
        The table is empty, lacks a column, or has more documents than a figure can show.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"doc": ["a", "a", "b"], "relative": [0.0, 0.5, 0.25]})
    >>> ax = hits(table)
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['a', 'b']
    >>> ax.get_xlabel()
    'position in the document, from 0 (its beginning) to 1 (its end)'
    """
    labels = {
        "relative": "position in the document, from 0 (its beginning) to 1 (its end)",
        "position": "position in the document, in words and punctuation",
    }
    if column not in labels:
        raise ValueError(
            f"hits: no column {column!r} to draw; there are {', '.join(labels)}. "
            "Pass one of them as column=."
        )
    needed = ["doc", column] if column == "relative" else ["doc", column, "length"]
    docs = list(dict.fromkeys(hits["doc"])) if "doc" in getattr(hits, "columns", []) else []
    _check_table("hits", "hits", hits, needed, "concordance.hits(tokens, node)")
    _check_rows("hits", len(docs), "hits[hits['doc'].isin(some)]")
    ax = _strokes(hits, docs, column, ax, **kwargs)
    ax.set_xlabel(labels[column])
    return ax


def growth(
    curve: pd.DataFrame,
    *,
    ax: Axes | None = None,
    heaps: pd.DataFrame | None = None,
    **kwargs: Any,
) -> Axes:
    """The curve of vocabulary growth: types and hapax legomena against words read.

    Parameters
    ----------
    curve : DataFrame
        A table of `diversity.growth`: columns `n`, `types`, `hapax`.
    ax : Axes, optional
        Where to draw; by default a new figure.
    heaps : DataFrame, optional
        The law fitted to the curve, a table of `diversity.heaps`, drawn as a dashed line; columns
        `constant` and `exponent`.
    **kwargs
        To `Axes.plot`, for the curves of types and hapax.

    Returns
    -------
    Axes
        The curves, with a legend.

    Raises
    ------
    ValueError
        The curve is empty, or a table lacks a column.

    Examples
    --------
    >>> import pandas as pd
    >>> curve = pd.DataFrame({"n": [10, 20], "types": [8, 14], "hapax": [7, 11]})
    >>> growth(curve).get_xlabel()
    'words read, of 20'
    """
    _check_table("growth", "curve", curve, ["n", "types", "hapax"], "diversity.growth(words)")
    ax = ax or _square_axes()
    for column, colour in (("types", "C0"), ("hapax", "C1")):
        ax.plot(curve["n"], curve[column], **{"color": colour, "label": column, **kwargs})
    if heaps is not None:
        _check_table("growth", "heaps", heaps, ["constant", "exponent"], "diversity.heaps(curve)")
        constant, exponent = (float(heaps[name].iloc[0]) for name in ("constant", "exponent"))
        law = f"Heaps, {constant:.3g} n$^{{{exponent:.3f}}}$"
        fitted = constant * curve["n"] ** exponent
        ax.plot(curve["n"], fitted, color=ax.xaxis.label.get_color(), ls="--", lw=1, label=law)
    ax.set_xlim(0, None)
    ax.set_ylim(0, None)
    ax.xaxis.set_major_formatter("{x:,.0f}")
    ax.yaxis.set_major_formatter("{x:,.0f}")
    ax.set_xlabel(f"words read, of {curve['n'].max():,}")
    ax.set_ylabel("different items so far")
    ax.legend(loc="upper left", frameon=False)
    return ax


def rank_frequency(ranks: pd.DataFrame, *, ax: Axes | None = None, **kwargs: Any) -> Axes:
    """Frequency against rank on logarithmic axes, with the line of the fitted Zipf's law.

    Parameters
    ----------
    ranks : DataFrame
        A table of `diversity.rank_frequency`: columns `rank`, `freq`, `fitted`.
    ax : Axes, optional
        Where to draw; by default a new figure.
    **kwargs
        To `Axes.plot`, for the points.

    Returns
    -------
    Axes
        A point per item, and the line of the law, with a legend.

    Raises
    ------
    ValueError
        The table is empty or lacks a column.

    Examples
    --------
    >>> import pandas as pd
    >>> ranks = pd.DataFrame({"rank": [1, 2], "freq": [9, 4], "fitted": [9.0, 4.0]})
    >>> rank_frequency(ranks).get_xscale()
    'log'
    """
    maker = "diversity.rank_frequency(freqs)"
    _check_table("rank_frequency", "ranks", ranks, ["rank", "freq", "fitted"], maker)
    ax = ax or _square_axes()
    points: dict[str, Any] = {"marker": ".", "linestyle": "none", "color": "C0", "label": "items"}
    # as a picture inside the file where there are too many for outlines
    points["rasterized"] = len(ranks) > _MOST_OUTLINES
    ax.plot(ranks["rank"], ranks["freq"], **{**points, **kwargs})
    ax.plot(ranks["rank"], ranks["fitted"], color="C1", lw=1.5, label="Zipf's law, fitted")
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.xaxis.set_major_formatter("{x:,.0f}")
    ax.yaxis.set_major_formatter("{x:,.0f}")
    ax.set_xlabel(f"rank, of {len(ranks):,} items")
    ax.set_ylabel(f"occurrences, of {ranks['freq'].sum():,} words")
    ax.set_ylim(0.7, None)
    ax.legend(loc="upper right", frameon=False)
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


def _check_table(where: str, name: str, table: Any, columns: Sequence[str], maker: str) -> None:
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


def _check_rows(where: str, rows: int, advice: str) -> None:
    if rows > _MOST_ROWS:
        raise ValueError(
            f"{where}: {rows:,} rows are too many for one figure, which takes {_MOST_ROWS}. "
            f"Choose some, as in {advice}."
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


def _strokes(
    table: pd.DataFrame, docs: list[Any], column: str, ax: Axes | None, **kwargs: Any
) -> Axes:
    from matplotlib.ticker import MaxNLocator

    labels = [_label(doc) for doc in docs]
    if ax is None:
        ax = _new_axes(labels)
    row_of = {doc: row for row, doc in enumerate(docs)}
    rows = [row_of[doc] for doc in table["doc"]]
    # A position is the number of a word: the first stroke stands where the first word begins.
    whole = column == "position"
    places = [place - 1 for place in table[column]] if whole else list(table[column])
    lengths = dict(zip(rows, table["length"], strict=True)) if whole else dict.fromkeys(rows, 1)
    # the line of a document lies behind its strokes
    ax.hlines(list(lengths), 0, list(lengths.values()), color="0.6", linewidth=0.6, zorder=1)
    ends = [row - 0.36 for row in rows], [row + 0.36 for row in rows]
    ax.vlines(places, *ends, **{"color": "C0", "linewidth": 1, **kwargs})
    ax.set_yticks(range(len(docs)), labels, parse_math=False)
    ax.set_ylim(len(docs) - 0.5, -0.5)
    ax.set_ylabel("doc")
    ax.set_xlim(0, max(lengths.values()))
    ax.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=whole, steps=[1, 2, 5, 10]))
    ax.xaxis.set_major_formatter("{x:,.0f}" if whole else "{x:g}")
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


def _square_axes() -> Axes:
    from matplotlib import pyplot

    return pyplot.subplots(figsize=(6.4, 4.4), layout="constrained")[1]
