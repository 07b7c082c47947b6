"""Figures: a table in, matplotlib `Axes` out.

Each function draws the table of the same name, labels the axis with its unit and denominator, and
leaves the title to the caller. Arabic goes in as it is stored: matplotlib 3.11 shapes and orders
it. Labels stand at the left of the bars, flush at the axis, so that a right-to-left word begins
beside its bar, and numbers grow to the right as they do in Arabic and in English print.

For a figure that runs from right to left, turn the axes round before they are drawn on: after
``ax.invert_xaxis()``, the call ``plot.frequencies(freqs, ax=ax)`` puts labels, numbers and legend
where they belong. Afterwards it is too late: the numbers would lie on the bars. So it is with
`frequencies`, `mentions`, `hits`, `keywords`, `growth`, `rank_frequency`, `matrix` and `timeline`;
`topics` runs from right to left by itself, and `network`, `collocates`, `cloud` and `places` have
no direction.

A label of more than 60 code points is cut, between words where it can be, and ends in an ellipsis;
the table has the whole of it.

What stands in the modules of `toolkit.drawing` is called from here, as ``plot.growth`` or
``plot.save``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.drawing.axes import (
    bars,
    check_rows,
    check_table,
    counted_units,
    legend_beside,
    room_for_numbers,
    span,
    strokes,
)
from toolkit.drawing.charts import matrix, network, timeline
from toolkit.drawing.cloud import cloud
from toolkit.drawing.collocates import collocates
from toolkit.drawing.curves import growth, rank_frequency
from toolkit.drawing.figures import save, style
from toolkit.drawing.keywords import keywords
from toolkit.drawing.maps import places
from toolkit.drawing.topics import topics

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = [
    "OTHER_TYPE",
    "TYPES",
    "cloud",
    "collocates",
    "frequencies",
    "growth",
    "hits",
    "keywords",
    "matrix",
    "mentions",
    "network",
    "places",
    "rank_frequency",
    "save",
    "style",
    "timeline",
    "topics",
]

# Okabe & Ito (2008), the colours whose contrast is at least 3:1 on white and on the dark ground.
# The hatches tell the types apart in grey.
TYPES = {
    "PER": ("#0072B2", ""),
    "LOC": ("#009E73", "///"),
    "ORG": ("#D55E00", "..."),
    "MISC": ("#CC79A7", "xxx"),
}
OTHER_TYPE = ("#808080", "\\\\\\")


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
    check_table("frequencies", freqs, [column, "n"], name="freqs", maker=maker)
    check_rows("frequencies", len(freqs), "freqs.head(20)")
    label = counted_units("frequencies", column, unit=unit, total=span(freqs["n"]))
    ax = bars(freqs, column, ax, options=kwargs)
    ax.set_xlabel(label)
    room_for_numbers(ax)
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
    check_table("mentions", mentions, ["type", "freq", "n"], name="mentions", maker=maker)
    check_rows("mentions", len(mentions), "mentions.head(20)")
    types = [str(kind) for kind in mentions["type"]]
    colours, hatches = zip(*(TYPES.get(kind, OTHER_TYPE) for kind in types), strict=True)
    drawn = {"color": colours, "hatch": hatches, **kwargs}
    ax = bars(mentions, "freq", ax, options=drawn, ground_edge=True)
    ax.set_xlabel(f"mentions, of {span(mentions['n'])} entity mentions")
    present = [*[t for t in TYPES if t in types], *sorted(set(types) - set(TYPES))]
    legend_beside(ax, [ax.patches[types.index(kind)] for kind in present], present)
    room_for_numbers(ax)
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
    check_table("hits", hits, needed, name="hits", maker="concordance.hits(tokens, node)")
    check_rows("hits", len(docs), "hits[hits['doc'].isin(some)]")
    ax = strokes(hits, column, ax, docs=docs, options=kwargs)
    ax.set_xlabel(labels[column])
    return ax
