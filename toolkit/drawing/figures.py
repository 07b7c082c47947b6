"""Figures as wholes: the style they are drawn in, and the files they are written to.

`toolkit.plot` gives both under its own name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from io import BytesIO
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

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
    return _settings(_rc(theme))


@contextmanager
def _settings(rc: Mapping[str, Any]) -> Iterator[None]:
    """Some settings for a while; `rc_context` would also undo what a notebook sets meanwhile."""
    import matplotlib

    current: Any = matplotlib.rcParams
    before = {name: current[name] for name in rc}
    current.update(rc)
    try:
        yield
    finally:
        current.update(before)


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


def _undo_layout(figure: Figure) -> None:
    """Put the axes where they began: where the layout ends depends on that in the last digits."""
    if figure.get_layout_engine() is None:
        return
    for ax in figure.axes:
        cell = ax.get_subplotspec()
        if cell is not None and ax.get_in_layout():
            ax.set_subplotspec(cell)


def _settled(figure: Figure, suffix: str, dpi: int) -> bytes:
    """The file once two drawings agree: the layout starts from that of the drawing before."""
    _undo_layout(figure)
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
