"""The word cloud: words as large as they are frequent, packed round the most frequent one.

`toolkit.plot` gives it under its own name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from toolkit.drawing.axes import (
    axes_of_size,
    check_rows,
    check_table,
    check_values,
    counted_units,
    empty_frame,
    span,
)
from toolkit.drawing.labelling import Floats
from toolkit.drawing.lettering import label_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text

_MEASURED = 48.0  # points at which words are measured
_LARGEST, _SMALLEST = 72.0, 4.0  # points of the letters
_GAP = 0.12  # round a word, of the height of its line
_AT_ONCE = 256  # places that are tried together
_MOST_TRIES = 6


def cloud(
    freqs: pd.DataFrame,
    *,
    ax: Axes | None = None,
    column: str = "freq",
    unit: str = "words",
    **kwargs: Any,
) -> Axes:
    """A word cloud: letters as high as the square root of the number, the largest in the middle.

    So of two equally long words the one that is twice as frequent covers twice the area. Words
    stand upright and do not overlap; equal tables give equal clouds.

    A cloud invites to look, and proves nothing: a long word covers more than a short one that is
    as frequent; place, neighbours and distance mean nothing; nearly equal numbers look equal, and
    none can be read. Print the table beside it, or draw `plot.frequencies`.

    Parameters
    ----------
    freqs : DataFrame
        A table of `counts.frequencies` or `counts.ngrams`: index = item; the column drawn, and
        `n`, the denominator. All its rows are drawn: choose them with ``freqs.head(60)``, without
        stop words.
    ax : Axes, optional
        Where to draw; by default a new figure. Words are placed for the size that it has now.
    column : str
        "freq" (occurrences), "per_million" or "docs" (documents that contain the item).
    unit : str
        What `n` counts, for the axis label: "words", "tokens", "bigrams".
    **kwargs
        To `Axes.text`, such as `color` and `fontfamily`.

    Returns
    -------
    Axes
        The words. The axis label tells what the size says, the largest number and the
        denominator, and how many words would be smaller than 4 points and are not written.

    Raises
    ------
    ValueError
        The table is empty, lacks a column, holds a number that is not above 0, or has more rows
        than a figure can show.

    Examples
    --------
    >>> import pandas as pd
    >>> freqs = pd.DataFrame({"freq": [9, 4], "n": 312}, index=["سوريا", "وزير"])
    >>> ax = cloud(freqs)
    >>> [text.get_text() for text in ax.texts]
    ['سوريا', 'وزير']
    >>> one, other = (text.get_fontsize() for text in ax.texts)
    >>> round((one / other) ** 2, 2)
    2.25
    >>> ax.get_xlabel()
    'area of a word, of equally long ones: occurrences, of 312 words; at most 9'
    """
    maker = "counts.frequencies(words, by='lemma')"
    check_table("cloud", freqs, [column, "n"], name="freqs", maker=maker)
    check_rows("cloud", len(freqs), "freqs.head(60)")
    told = counted_units("cloud", column, unit=unit, total=span(freqs["n"]))
    check_values("cloud", freqs, [column], name="freqs")
    if low := int((freqs[column] <= 0).sum()):
        raise ValueError(
            f"cloud: {low:,} of {len(freqs):,} rows have no {column} above 0, and so no size. "
            f"Leave them out, as in freqs[freqs[{column!r}] > 0]."
        )
    ax = axes_of_size(6.8, 4.6) if ax is None else ax
    words, numbers = _ordered(freqs, column)
    most = f"{numbers[0]:,.0f}" if column != "per_million" else f"{numbers[0]:,.2f}"
    label = f"area of a word, of equally long ones: {told}; at most {most}"
    empty_frame(ax)
    ax.set_xlabel(label, fontsize="small", wrap=True)
    lost = _filled(ax, words, numbers, options={"color": "C0", **kwargs})
    if lost:
        ax.set_xlabel(f"{label}\n{lost:,} of {len(words):,} words are too small to be written")
    return ax


def _ordered(freqs: pd.DataFrame, column: str) -> tuple[list[str], Floats]:
    """Words and numbers, the largest first, equal ones by code point."""
    words = [" ".join(map(str, item)) if isinstance(item, tuple) else str(item)
             for item in freqs.index]  # fmt: skip
    numbers = freqs[column].to_numpy(dtype="float64")
    order = sorted(range(len(words)), key=lambda row: (-numbers[row], words[row]))
    return [words[row] for row in order], numbers[order]


def _filled(ax: Axes, words: list[str], numbers: Floats, *, options: dict[str, Any]) -> int:
    """Write the words; how many of the last ones are too small for that."""
    figure = _figure(ax)
    figure.draw_without_rendering()  # so that the layout is done and the axes have their size
    box = ax.get_window_extent()
    frame = np.array([box.width, box.height]) * 72 / figure.dpi
    ax.set_xlim(0, 1)
    ax.set_ylim(0, 1)
    fonts = options.get("fontfamily", options.get("family"))
    texts = [
        ax.text(0.5, 0.5, word, **{"parse_math": False, **options, "ha": "center", "va": "center"})
        for word in (label_of(word, width=None, fonts=fonts) for word in words)
    ]
    for text in texts:  # they lie within the axes, whose size a later layout must not change
        text.set_in_layout(False)
    parts = np.sqrt(numbers / numbers[0])
    shapes = _shapes(figure, texts)
    kept = len(words)
    while True:
        places = _packed(shapes[:kept] * parts[:kept, None], float(frame[0] / frame[1]))
        largest = _largest(places, shapes[:kept] * parts[:kept, None], frame)
        # those that would be too small leave their room to the others
        written = int(np.searchsorted(-parts[:kept] * largest, -_SMALLEST, side="right"))
        if written >= kept or kept == 1:
            break
        kept = max(written, 1)
    for text in texts[kept:]:
        text.remove()
    _written(ax, texts[:kept], places, parts * largest, largest / frame)
    return len(words) - kept


def _figure(ax: Axes) -> Figure:
    figure = ax.get_figure(root=True)
    if figure is None:
        raise ValueError("cloud: the axes belong to no figure; were they removed from it?")
    return figure


def _shapes(figure: Figure, texts: list[Text]) -> Floats:
    """Width and height of each word with its gap, in heights of the letters."""
    for text in texts:
        text.set_fontsize(_MEASURED)
    boxes = [text.get_window_extent() for text in texts]
    points = np.array([(box.width, box.height) for box in boxes]) * 72 / figure.dpi
    shapes: Floats = points / _MEASURED + 2 * _GAP
    return shapes


def _packed(sizes: Floats, ratio: float) -> Floats:
    """The centres of boxes, each as near to the first as it finds room; 0, 0 is amid them all.

    Parameters
    ----------
    sizes : array, n rows of width and height
        The boxes, the first ones placed first.
    ratio : float
        How many times wider than high the whole is to be.
    """
    wide = np.sqrt([ratio, 1 / ratio])
    centres = np.zeros_like(sizes)
    for number in range(1, len(sizes)):
        half = (sizes[:number] + sizes[number]) / 2
        places = _touching(centres[:number], half)
        # rounded, so that of equally near places the first one is taken on every machine
        order = np.argsort(np.hypot(*(places / wide).T).round(6), kind="stable")
        for some in np.split(order, range(_AT_ONCE, len(order), _AT_ONCE)):
            apart = [
                np.abs(places[some, axis, None] - centres[:number, axis]) >= half[:, axis] - 1e-9
                for axis in (0, 1)
            ]
            free = some[(apart[0] | apart[1]).all(axis=1)]
            if len(free):  # as it is beyond the outermost box, at the latest
                centres[number] = places[free[0]]
                break
    low, high = (centres - sizes / 2).min(axis=0), (centres + sizes / 2).max(axis=0)
    around: Floats = centres - (low + high) / 2
    return around


def _touching(centres: Floats, half: Floats) -> Floats:
    """Places where a box touches one of others: beside it, above or below it."""
    found = []
    for along in (1, 0):
        across = 1 - along
        reach = half[:, along]
        middle = centres[:, along]
        # as near to the centre of all as it touches, in line, and at either end
        for shift in (np.clip(-middle, -reach, reach), 0 * reach, 0.98 * reach, -0.98 * reach):
            for side in (1, -1):
                place = np.empty_like(centres)
                place[:, along] = middle + shift
                place[:, across] = centres[:, across] + side * half[:, across]
                found.append(place)
    return np.concatenate(found)


def _largest(places: Floats, sizes: Floats, frame: Floats) -> float:
    """The size of the largest letters with which all boxes fit into the frame."""
    low, high = (places - sizes / 2).min(axis=0), (places + sizes / 2).max(axis=0)
    return float(min((frame / (high - low)).min(), _LARGEST))


def _written(ax: Axes, texts: list[Text], places: Floats, sizes: Floats, scale: Floats) -> None:
    """Give words their places and sizes; smaller, all of them, while two lie on one another."""
    for _ in range(_MOST_TRIES):
        for text, place, size in zip(texts, places, sizes, strict=False):
            text.set_position(tuple(0.5 + place * scale))
            text.set_fontsize(size)
        if not _overlapping(texts):
            return
        # letters of a few points are drawn wider than they were measured
        sizes = sizes * 0.96


def _overlapping(texts: list[Text]) -> bool:
    boxes = np.array([text.get_window_extent().extents for text in texts])
    low, high = boxes[:, :2], boxes[:, 2:]
    meet = ((low[:, None] < high[None]) & (low[None] < high[:, None])).all(axis=2)
    return bool(np.triu(meet, 1).any())
