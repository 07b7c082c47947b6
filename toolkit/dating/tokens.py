"""Texts as tags: one letter for each word, number or sign, by what it may be in a date.

Text is cleaned, folded letter by letter so that offsets stay, and cut into tokens once; each is
looked up in one dict. What has no part in dates is tagged `OTHER`, and the grammar passes over it.
"""

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from toolkit.arabic.letters import (
    ARABIC_TATWEEL,
    DIGITS_FOLDED,
    HAMZA_FOLDED,
    TA_MARBUTA_FOLDED,
    YA_FOLDED,
)
from toolkit.arabic.offsets import OffsetMap, clean
from toolkit.dating.number_words import Value, Words
from toolkit.dating.words import (
    ALONE,
    CARRIERS,
    CONTRACTED,
    FOLLOWERS,
    LAST_WORD,
    PARTICLES,
    PREFIXES,
    SIGNS,
    Piece,
)

OTHER = "x"
LONGEST_YEAR = 2999
LAST_DAY = 31
LONGEST_NUMBER = 4
PLACE = "i"  # how arrays name a whole number: long texts have millions of places
# Letter for letter, so that a place in the folded text is a place in the cleaned one; in an array,
# which is five times faster than `str.translate`.
BEHIND_ARABIC = 0x700
FOLDED = np.arange(BEHIND_ARABIC, dtype=np.uint32)
for _code, _plain in (HAMZA_FOLDED | YA_FOLDED | TA_MARBUTA_FOLDED | DIGITS_FOLDED).items():
    FOLDED[_code] = ord(_plain)

TATWEEL_DASH = re.compile(rf"(?<=[\d\s]){ARABIC_TATWEEL}+(?=[\d\s])")

# What follows a date is looked at as far as words are long, so that a text without spaces is read
# in one go.
# A date in three numbers; a number with its decimals, a time; a number; a word; a sign.
TOKEN = re.compile(
    r"""
    (?P<word> [^\W\da-zA-Z_]+ )
  | (?P<numbers> (?<![0-9a-zA-Z_/.,:\-])
        [0-9]{1,4} [ ]? ([/.\-–]) [ ]? [0-9]{1,2} [ ]? \3 [ ]? [0-9]{1,4}
        (?! [\w/]{0,64}[0-9a-zA-Z/] | [.,:\-][0-9] ) )
  | (?P<iso> (?<![0-9a-zA-Z_/.,:\-]) [0-9]{4}-[0-9]{2}-[0-9]{2} (?=T[0-9]{2}) )
  | (?P<figure> [0-9]+ (?: [.,:][0-9]+ )+ %? | [0-9]+ (?: [ ]?% | [a-zA-Z]\w* ) )
  | (?P<number> [0-9]+ )
  | (?P<latin> [a-zA-Z_]\w* )
  | (?P<sign> [^\w\s] | \n+ )
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class Tokens:
    """A text as tokens: their tags as one string, and for each its value and its place.

    Attributes
    ----------
    tags : str
        One letter per token, see `TAGS`.
    values : list
        What each token says: a number, the unit of a noun; the word itself of `OTHER` ones.
    starts, ends : array of int
        Places in the cleaned text.
    cleaned : str
        The text that was cut.
    offsets : OffsetMap
        The way from it to the raw text.
    """

    tags: str
    values: list[Value]
    starts: "array[int]"
    ends: "array[int]"
    cleaned: str
    offsets: OffsetMap


def _classes() -> Iterator[tuple[str, Words, bool]]:
    """Each class with its words, and whether these take proclitics."""
    for tables, carries in ((PARTICLES, False), (FOLLOWERS, False), (CARRIERS, True)):
        for name, words in tables.items():
            yield name, words, carries


NUMBERS = ("day", "small", "year", "numbers")
CLITICS = ("and_", "by", "the")
# class -> its letter; the letters carry no meaning.
TAGS: dict[str, str] = {
    name: chr(ord("α") + place)
    for place, name in enumerate(
        [*(name for name, _, _ in _classes()), *NUMBERS, *CLITICS, *SIGNS]
    )
}  # fmt: skip


def _spellings(word: str, carries: bool) -> Iterator[tuple[str, tuple[Piece, ...]]]:
    """The word with each proclitic that it may carry, and these as pieces."""
    prefixes = PREFIXES if carries and word not in ALONE else {"": (), "و": PREFIXES["و"]}
    if not carries:
        prefixes = {**prefixes, "ف": PREFIXES["ف"]}
    for prefix, pieces in prefixes.items():
        yield prefix + word, pieces
    if carries and word.startswith("ال"):
        for prefix, pieces in CONTRACTED.items():
            yield prefix + word[2:], pieces


def _lexicon() -> dict[str, tuple[Piece, ...]]:
    """Every spelling -> its pieces (tag, value, length); a word as such goes before others."""
    plain: dict[str, tuple[Piece, ...]] = {}
    carried: dict[str, tuple[Piece, ...]] = {}
    for name, words, carries in _classes():
        for word, value in words.items():
            if LAST_WORD.get(word, name) != name:
                continue
            for spelling, pieces in _spellings(word, carries):
                tagged = tuple((TAGS[clitic], what, length) for clitic, what, length in pieces)
                rest = len(spelling) - sum(length for _, _, length in pieces)
                entry = (*tagged, (TAGS[name], value, rest))
                (carried if pieces or spelling != word else plain).setdefault(spelling, entry)
    plain |= {sign: ((TAGS[name], sign, 1),) for name, signs in SIGNS.items() for sign in signs}
    plain |= {
        clitic: ((TAGS[name], clitic, len(clitic)),)
        for clitic, name in {"و": "and_", "ب": "by", "ل": "by", "ال": "the"}.items()
    }
    plain["وال"] = ((TAGS["and_"], "and", 1), (TAGS["the"], "the", 2))
    plain["بال"] = plain["لل"] = ((TAGS["by"], "by", 1), (TAGS["the"], "the", 2))
    return carried | plain


LEXICON = _lexicon()
# Two words that say one thing: قبل الماضي is one step further back than الماضي.
FURTHER = re.compile(f"[{TAGS['before']}{TAGS['after']}]{TAGS['direction']}")
SIDES: dict[str, Value] = {TAGS["before"]: -1, TAGS["after"]: 1}
WHAT = "ما"


def _number_tag(figures: str) -> str:
    if len(figures) > LONGEST_NUMBER:
        return OTHER
    value = int(figures)
    if len(figures) <= 2 and 1 <= value <= LAST_DAY:
        return TAGS["day"]
    if len(figures) == 4 and 1000 <= value <= LONGEST_YEAR:
        return TAGS["year"]
    return TAGS["small"] if len(figures) <= 3 or value > LONGEST_YEAR else OTHER


def tokens(text: str, begin: int = 0) -> Tokens:
    """The tokens of a raw text that begin at a place or behind it.

    Examples
    --------
    >>> found = tokens("في 15 مايو")
    >>> [found.cleaned[a:b] for a, b in zip(found.starts, found.ends)]
    ['في', '15', 'مايو']
    """
    if ARABIC_TATWEEL in text:  # between numbers it is a dash
        text = TATWEEL_DASH.sub(lambda match: "-" * len(match[0]), text)
    cleaned, offsets = clean(text)
    folded = _folded(cleaned)
    tags: list[str] = []
    values: list[Value] = []
    starts, ends = array(PLACE), array(PLACE)
    look_up = LEXICON.get
    words: dict[str, str] = {}  # a word that recurs is held once
    for match in TOKEN.finditer(folded, _cleaned_place(offsets, begin)):
        token = match[0]
        start, end = match.span()
        entry = look_up(token)
        if entry is None:
            tags.append(_tag(match) if match.lastgroup != "word" else OTHER)
            values.append(words.setdefault(token, token))
            starts.append(start)
            ends.append(end)
            continue
        for tag, value, length in entry:
            tags.append(tag)
            values.append(value)
            starts.append(start)
            start += length
            ends.append(start)
    _join_further(tags, values, starts, ends)
    return Tokens("".join(tags), values, starts, ends, cleaned, offsets)


def _join_further(
    tags: list[str], values: list[Value], starts: "array[int]", ends: "array[int]"
) -> None:
    """Make one token, two steps away, of `قبل الماضي`, `ما قبل الماضي`, `بعد المقبل`."""
    gone: set[int] = set()
    for match in FURTHER.finditer("".join(tags)):
        place, away = match.start(), match.end() - 1
        if SIDES[tags[place]] == values[away]:
            first = place - (place > 0 and values[place - 1] == WHAT)
            values[away] = 2 * int(values[away])
            starts[away] = starts[first]
            gone.update(range(first, away))
    if gone:
        kept = [place for place in range(len(tags)) if place not in gone]
        tags[:], values[:] = [tags[at] for at in kept], [values[at] for at in kept]
        starts[:], ends[:] = (array(PLACE, [each[at] for at in kept]) for each in (starts, ends))


def _folded(text: str) -> str:
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").copy()
    arabic = codes < BEHIND_ARABIC
    codes[arabic] = FOLDED[codes[arabic]]
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


def _cleaned_place(offsets: OffsetMap, place: int) -> int:
    """Place in the cleaned text of a place in the raw one."""
    if offsets.raw_starts is None:
        return max(place, 0)
    return int(np.searchsorted(offsets.raw_starts, place))


def _tag(match: re.Match[str]) -> str:
    if match.lastgroup == "number":
        return _number_tag(match[0])
    if match.lastgroup in ("numbers", "iso"):
        return TAGS["numbers"]
    if match.lastgroup == "sign" and match[0][0] == "\n":
        return TAGS["line"]
    return OTHER
