"""The figures of a report: as files, and as SVG that follows the theme of the page."""

import re
from collections.abc import Iterable
from pathlib import Path

from toolkit import plot
from toolkit.reporting.parts import Figure

SUFFIXES = (".png", ".svg")
NAMES = ("lemmas", "mentions", "network", "places", "timeline", "told_dates")
PNG_DPI = 200
PAPER, INK = 0xFF, 0x1A  # the greys of the ground and of the text in the light style

_GREY = re.compile(r"#([0-9a-f]{2})\1\1\b")
_NAME = re.compile(r'\bid="|(?:xlink:)?href="#|url\(#')


def write(figures: Iterable[Figure], folder: Path) -> dict[str, str]:
    """The SVG of each figure by its name, for the page; the files are written to the folder."""
    from matplotlib import pyplot

    folder.mkdir(exist_ok=True)
    drawings = {}
    for figure in figures:
        with plot.style():
            axes = figure.draw()
            for suffix in SUFFIXES:
                plot.save(axes, folder / f"{figure.name}{suffix}", dpi=PNG_DPI)
            pyplot.close(axes.get_figure(root=True))
        svg = (folder / f"{figure.name}.svg").read_text(encoding="utf-8")
        drawings[figure.name] = inlined(svg, figure.name)
    for name in set(NAMES) - set(drawings):  # of an earlier report
        for suffix in SUFFIXES:
            (folder / f"{name}{suffix}").unlink(missing_ok=True)
    return drawings


def inlined(svg: str, name: str) -> str:
    """The drawing for a page: its greys those of the theme, its ids its own.

    Examples
    --------
    >>> inlined('<?xml?><svg><path id="a" style="fill: #1a1a1a"/><use xlink:href="#a"/></svg>', "n")
    '<svg><path id="n-a" style="fill: var(--grey-1a)"/><use href="#n-a"/></svg>'
    """
    drawing = svg[svg.index("<svg") :]
    drawing = _GREY.sub(lambda found: f"var(--grey-{found[1]})", drawing)
    return _NAME.sub(lambda found: found[0].replace("xlink:", "") + f"{name}-", drawing)


def greys(drawings: Iterable[str]) -> list[str]:
    """The greys that occur, as two hexadecimal digits.

    Examples
    --------
    >>> greys(['<path style="fill: var(--grey-1a)"/>'])
    ['1a']
    """
    return sorted({grey for one in drawings for grey in re.findall(r"--grey-([0-9a-f]{2})", one)})


def theme(found: Iterable[str], *, paper: int, ink: int) -> str:
    """CSS that gives each grey its place between the ground and the text of a theme.

    Parameters
    ----------
    found : iterable of str
        The greys.
    paper, ink : int
        The colours of the theme, as 0xRRGGBB.

    Examples
    --------
    >>> theme(["ff", "1a"], paper=0x16181D, ink=0xE6E3DC)
    '--grey-ff: #16181d; --grey-1a: #e6e3dc;'
    """
    return " ".join(f"--grey-{grey}: {_between(int(grey, 16), paper, ink)};" for grey in found)


def _between(grey: int, paper: int, ink: int) -> str:
    part = min(max((PAPER - grey) / (PAPER - INK), 0.0), 1.0)
    pairs = zip(paper.to_bytes(3), ink.to_bytes(3), strict=True)
    mixed = (round(one + (other - one) * part) for one, other in pairs)
    return "#" + "".join(f"{channel:02x}" for channel in mixed)
