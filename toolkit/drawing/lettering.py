"""What is written in figures: text of a table as plain letters, of one length at most."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from toolkit.arabic.visible import SHOWN_AS, visible

if TYPE_CHECKING:
    from matplotlib.text import Text

LONGEST = 60  # code points of a label, its ellipsis included
BROAD, NARROW = 40, 22  # code points of a line of it: beside bars; at points and in legends

EMPTY = "(empty)"  # the label of an item without letters
_EARLIEST = 45  # where a blank is looked for, to cut there
_MARK = "\N{ARABIC LETTER MARK}"  # shapes letters and needs no glyph
# Byte order mark, zero width space, soft hyphen: the web is full of them, and they do no harm.
_HARMLESS = str.maketrans("", "", "\N{BYTE ORDER MARK}\N{ZERO WIDTH SPACE}\N{SOFT HYPHEN}")


def label_of(item: Any, *, width: int | None = NARROW, fonts: Any = None) -> str:
    """An entry of a table as it is written in a figure; the table keeps the whole of it.

    Blanks and line ends are single blanks, and the parts of an n-gram stand apart by one. What
    could reorder or hide text, and what no font has, is a box; byte order marks, zero width
    spaces and soft hyphens are left out. What has more than 60 code points is cut to at most 60,
    between words where it can be, and ends in an ellipsis. Where nothing is left, it says so.

    Parameters
    ----------
    item : object
        The entry; a tuple is an n-gram.
    width : int or None
        Code points of a line; None for one line.
    fonts : str or list of str, optional
        The font families that it is written in; by default those that matplotlib is set to.

    Examples
    --------
    >>> label_of("ب\\u202eس\\nج"), label_of(("قال", "الوزير"))
    ('ب▯س ج', 'قال الوزير')
    >>> label_of("\\ufeffسوريا"), label_of("")
    ('سوريا', '(empty)')
    >>> len(label_of("ا" * 61, width=None)), label_of("ا" * 61, width=None)[-2:]
    (60, 'ا…')
    """
    parts = item if isinstance(item, tuple) else (item,)
    letters = " ".join(map(str, parts)).translate(_HARMLESS)
    text = " ".join(visible(letters).split()) or EMPTY
    text = _drawable(_shortened(text), fonts)
    return text if width is None else textwrap.fill(text, width, break_on_hyphens=False)


def labels_of(items: Iterable[Any], *, width: int | None = NARROW) -> list[str]:
    """Entries of a table as they are written in a figure, in their order."""
    return [label_of(item, width=width) for item in items]


def no_maths(texts: Iterable[Text]) -> None:
    """Let texts that were drawn be read as letters: a ``$`` of a table begins no formula."""
    for text in texts:
        text.set_parse_math(False)


def _shortened(text: str) -> str:
    """No more than the longest label, cut at a blank or before a letter, never before its marks."""
    if len(text) <= LONGEST:
        return text
    end = text.rfind(" ", _EARLIEST, LONGEST)
    if end < 0:
        end = LONGEST - 1
        while end and unicodedata.combining(text[end]):
            end -= 1
    return text[: end or LONGEST - 1].rstrip() + "…"


def _drawable(text: str, fonts: Any) -> str:
    """The text with a box for what neither its fonts nor the one of matplotlib can draw.

    What the latter alone has stays, so that matplotlib tells which font lacks it.
    """
    import matplotlib

    families = fonts if fonts is not None else matplotlib.rcParams["font.family"]
    there = _glyphs(("DejaVu Sans", *([families] if isinstance(families, str) else families)))
    return "".join(char if ord(char) in there or char == _MARK else SHOWN_AS for char in text)


@lru_cache(maxsize=16)
def _glyphs(families: tuple[str, ...]) -> frozenset[int]:
    """The code points that some of the families has."""
    from matplotlib.font_manager import findfont, get_font

    found: set[int] = set()
    for family in families:
        try:
            path = findfont(family, fallback_to_default=False)
        except ValueError:  # not installed, which matplotlib says when it draws
            continue
        found.update(get_font(path).get_charmap())
    return frozenset(found)
