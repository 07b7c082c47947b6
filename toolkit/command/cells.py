"""Text in the cells of a terminal: how many it takes, how it is cut, padded and kept in its place.

A terminal shows a line in cells of one width. Marks that take none (vowel signs, joiners) and
letters that take two (East Asian ones) are measured as terminals do. Some terminals order Arabic
from right to left, and would take the numbers beside it along: so a cell with Arabic stands between
isolates (FSI and PDI), which keep its order to itself. Other terminals show these as nothing.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

FSI, PDI = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
ELLIPSIS = "…"

CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
HALVES = re.compile("[\ud800-\udfff]")
FROM_THE_RIGHT = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
# Signs over the figures of a number, of category Cf for that, and the soft hyphen.
VISIBLE_FORMATS = re.compile("[\xad\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2]")
JAMO_AFTER_THE_FIRST = re.compile("[\u1160-\u11ff]")


def width(text: str) -> int:
    r"""How many cells of a terminal a text takes.

    Examples
    --------
    >>> width("كتاب"), width("كِتَاب"), width("ab"), width("مدونة 語料庫")
    (4, 4, 2, 12)
    """
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(map(cells_of, text))


@lru_cache(maxsize=4096)
def cells_of(char: str) -> int:
    """How many cells a character takes: none, one or two."""
    kind = unicodedata.category(char)
    hidden = kind in ("Mn", "Me", "Cc") or (kind == "Cf" and not VISIBLE_FORMATS.match(char))
    if hidden or JAMO_AFTER_THE_FIRST.match(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def plain(text: str) -> str:
    r"""A text on one line, without what would steer the terminal or the order of other cells.

    Examples
    --------
    >>> plain("سطر\n\x1b[31mأول"), plain("a\u202eb")
    ('سطر [31mأول', 'ab')
    """
    return HALVES.sub("\ufffd", DIRECTIONS.sub("", CONTROLS.sub(" ", text)))


def isolated(text: str, *, always: bool = False) -> str:
    """The text between isolates where it holds something that is read from right to left.

    Among cells from right to left, every cell needs them (`always`), or two of Latin letters side
    by side would change places.

    Examples
    --------
    >>> isolated("word"), len(isolated("كلمة"))
    ('word', 6)
    """
    return f"{FSI}{text}{PDI}" if always or FROM_THE_RIGHT.search(text) else text


def cut(text: str, most: int) -> str:
    """The text in at most so many cells, its end replaced by an ellipsis.

    Examples
    --------
    >>> cut("abcdef", 4), cut("abc", 4)
    ('abc…', 'abc')
    """
    if width(text) <= most:
        return text
    return "".join(_first(text, most - 1)).rstrip() + ELLIPSIS


def cut_words(text: str, most: int, *, keep: str = "start") -> str:
    """The first words (or the last) of a text that fit in the cells, the others an ellipsis.

    Examples
    --------
    >>> cut_words("قال وزير الدفاع", 9), cut_words("قال وزير الدفاع", 9, keep="end")
    ('قال وزير…', '…الدفاع')
    """
    if width(text) <= most:
        return text
    if keep == "end":
        return cut_words(text[::-1], most)[::-1]
    kept = "".join(_first(text, most - 1))
    whole, space, _ = kept.rpartition(" ")
    goes_on = text[len(kept) : len(kept) + 1] != " "
    return (whole if space and goes_on else kept).rstrip() + ELLIPSIS


def _first(text: str, most: int) -> Iterator[str]:
    """The characters that fit in the cells, marks with their letter."""
    for char in text:
        most -= cells_of(char)
        if most < 0:
            return
        yield char


def padded(text: str, cells: int, *, at: str = "end", always: bool = False) -> str:
    """The text, isolated where needed, with spaces at its end or its start to fill the cells.

    Examples
    --------
    >>> padded("12", 4, at="start"), padded("ab", 4)
    ('  12', 'ab  ')
    """
    space = " " * (cells - width(text))
    shown = isolated(text, always=always)
    return f"{shown}{space}" if at == "end" else f"{space}{shown}"
