"""Weak folding of a text before the models, with the way back to its raw offsets."""

import unicodedata
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from toolkit.arabic.letters import (
    ARABIC_DIACRITICS,
    ARABIC_TATWEEL,
    EMOJI_JOINER,
    HAMZA_MARKS,
    INVISIBLE_MARKS,
    JOINED_HAMZA,
    WEAK_FORMS,
    WITHOUT_CONTROLS,
    WITHOUT_LOOK_ALIKES,
    ZERO_WIDTH_JOINER,
    require_text,
)

IntArray = NDArray[np.int32]
Codes = NDArray[np.uint32]

KINDS_OF_CHANGE = (
    "diacritics",
    "tatweel",
    "presentation_forms",
    "marks",
    "look_alikes",
    "composed_hamza",
    "control_characters",
)


class _Change(IntEnum):
    """What `clean` does with a code point; from TATWEEL on it is taken away."""

    KEPT = 0
    LOOK_ALIKE = 1
    FORM = 2
    LIGATURE = 3
    LINE_CONTROL = 4
    TATWEEL = 5
    DIACRITIC = 6
    HAMZA_MARK = 7
    GONE_FORM = 8
    MARK = 9
    CONTROL = 10


def _change_tables() -> tuple[NDArray[np.uint8], Codes, IntArray, Codes]:
    """Per code point: its change, its single replacement, its place among the ligatures' letters.

    The last array holds the letters of all ligatures, each run behind its length.
    """
    change = np.zeros(0x110000, np.uint8)
    single = np.arange(0x10000, dtype=np.uint32)
    place = np.zeros(0x10000, np.int32)
    letters: list[int] = []
    for table, kind in ((WITHOUT_LOOK_ALIKES, _Change.LOOK_ALIKE), (WEAK_FORMS, _Change.FORM)):
        for code, plain in table.items():
            change[code] = kind
            if len(plain) == 1:
                single[code] = ord(plain)
            elif plain:
                change[code], place[code] = _Change.LIGATURE, len(letters)
                letters += [len(plain), *map(ord, plain)]
            else:
                change[code] = _Change.GONE_FORM
    for code, plain in WITHOUT_CONTROLS.items():
        change[code] = _Change.LINE_CONTROL if plain else _Change.CONTROL
        single[code] = ord(plain or " ")
    change[[*map(ord, INVISIBLE_MARKS)]] = _Change.MARK
    change[[*map(ord, ARABIC_DIACRITICS)]] = _Change.DIACRITIC
    change[[*map(ord, HAMZA_MARKS)]] = _Change.HAMZA_MARK
    change[ord(ARABIC_TATWEEL)] = _Change.TATWEEL
    return change, single, place, np.array(letters, np.uint32)


_CHANGE, _SINGLE, _PLACE, _LIGATURE_LETTERS = _change_tables()


@dataclass(frozen=True, slots=True, eq=False)
class OffsetMap:
    """Raw span of every code point of a cleaned text.

    `raw_starts` and `raw_ends` hold one offset per cleaned code point, half-open, in code points
    of the raw text; both are None where nothing was changed. The span of a character takes in the
    diacritics and the tatweel that follow it, at the start of a word also those before it; bidi
    and zero-width marks and control characters at its edges stay outside. Letters of one expanded
    ligature all have the ligature's span, so that spans cut inside a ligature overlap.

    Examples
    --------
    >>> raw = "كِتَابٌ\\N{RIGHT-TO-LEFT MARK} جديد"
    >>> cleaned, offsets = clean(raw)
    >>> cleaned[0:4], offsets.span(0, 4)
    ('كتاب', (0, 7))
    >>> offsets.spans([0, 5], [4, 9])
    (array([0, 9], dtype=int32), array([ 7, 13], dtype=int32))
    """

    length: int
    raw_starts: IntArray | None = None
    raw_ends: IntArray | None = None

    def __len__(self) -> int:
        """Code points of the cleaned text."""
        return self.length

    @property
    def is_identity(self) -> bool:
        """True where the cleaned text is the raw text."""
        return self.raw_starts is None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Raw span `(start, end)` of the cleaned text's `[start:end]`, which is not empty."""
        if not 0 <= start < end <= self.length:
            raise ValueError(
                f"OffsetMap.span: [{start}:{end}] is not a span of the cleaned text, "
                f"which has {self.length} code points. Pass 0 <= start < end <= {self.length}."
            )
        if self.raw_starts is None or self.raw_ends is None:
            return int(start), int(end)
        return int(self.raw_starts[start]), int(self.raw_ends[end - 1])

    def spans(self, starts: ArrayLike, ends: ArrayLike) -> tuple[IntArray, IntArray]:
        """Raw starts and raw ends of many spans of the cleaned text, none of them empty."""
        first, last = np.asarray(starts, np.int32), np.asarray(ends, np.int32)
        wrong = (first < 0) | (first >= last) | (last > self.length)
        if wrong.any():
            position = int(np.flatnonzero(wrong)[0])
            self.span(int(first.flat[position]), int(last.flat[position]))
        if self.raw_starts is None or self.raw_ends is None:
            return first.copy(), last.copy()
        return self.raw_starts[first], self.raw_ends[last - 1]


def clean(text: str) -> tuple[str, OffsetMap]:
    """Text as the models need it, and the map of its offsets back to the raw text.

    Taken away: diacritics, tatweel, bidi and zero-width marks (a joiner between emoji stays),
    control characters. Replaced: presentation forms and ligatures by plain letters, look-alikes
    by Arabic letters, a combining hamza or madda with its letter by one letter, CR LF and other
    line controls by LF. Spelling of hamza, alef, ya and ta marbuta, digits, other scripts with
    their accents, and emoji stay as written. Cleaning twice changes nothing.

    Parameters
    ----------
    text : str
        Raw text; it is not changed.

    Returns
    -------
    str
        Cleaned text, the same object where nothing is to be changed.
    OffsetMap
        Raw span of each code point of the cleaned text.

    Raises
    ------
    TypeError
        `text` is not a string.

    Examples
    --------
    >>> cleaned, offsets = clean("قالتْ سَوريّة")
    >>> cleaned
    'قالت سورية'
    >>> offsets.span(5, 10)
    (6, 13)
    """
    require_text("clean", text)
    codes, letters, change = _changes_of(text)
    if not change.any():
        return text, OffsetMap(len(text))
    seats, joined, _ = _hamza_pairs(codes, letters, change)
    change[seats[change[seats] == _Change.TATWEEL]] = _Change.FORM
    kept = np.flatnonzero(change < _Change.TATWEEL)
    owner, letters = _expand_ligatures(codes, letters, change, kept)
    last_letter = np.searchsorted(owner, seats, side="right") - 1
    letters[last_letter] = joined
    cleaned = letters.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
    starts, ends = _raw_spans(change, kept, owner, letters)
    return cleaned, OffsetMap(len(cleaned), starts, ends)


def changes(text: str) -> dict[str, int]:
    """Number of code points that `clean` takes away or replaces, by kind.

    Kinds, always all and in this order: diacritics, tatweel, presentation_forms, marks,
    look_alikes, composed_hamza (combining hamza or madda joined to its letter),
    control_characters. Each code point counts once; a CR before LF counts as a control character.

    Examples
    --------
    >>> {kind: count for kind, count in changes("مُدَوَّنـــة").items() if count}
    {'diacritics': 4, 'tatweel': 3}
    """
    require_text("changes", text)
    codes, letters, change = _changes_of(text)
    composed = len(_hamza_pairs(codes, letters, change)[2])
    count = np.bincount(change, minlength=len(_Change))
    return dict(
        zip(
            KINDS_OF_CHANGE,
            (
                int(count[_Change.DIACRITIC] + count[_Change.HAMZA_MARK]) - composed,
                int(count[_Change.TATWEEL]),
                int(count[[_Change.FORM, _Change.LIGATURE, _Change.GONE_FORM]].sum()),
                int(count[_Change.MARK]),
                int(count[_Change.LOOK_ALIKE]),
                composed,
                int(count[_Change.LINE_CONTROL] + count[_Change.CONTROL]),
            ),
            strict=True,
        )
    )


def _changes_of(text: str) -> tuple[Codes, Codes, NDArray[np.uint8]]:
    """Code points of a text, their single replacements, and the change of each in its context."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.uint32)
    change = _CHANGE[codes]
    if ZERO_WIDTH_JOINER in text:
        emoji_joiners = [match.start() for match in EMOJI_JOINER.finditer(text)]
        change[emoji_joiners] = _Change.KEPT
    if "\r" in text:
        before_line_feed = (codes[:-1] == ord("\r")) & (codes[1:] == ord("\n"))
        change[:-1][before_line_feed] = _Change.CONTROL
    letters = codes.copy()
    single = (change >= _Change.LOOK_ALIKE) & (change <= _Change.LINE_CONTROL)
    letters[single] = _SINGLE[codes[single]]
    return codes, letters, change


def _hamza_pairs(
    codes: Codes, letters: Codes, change: NDArray[np.uint8]
) -> tuple[NDArray[np.intp], Codes, NDArray[np.intp]]:
    """Positions of letters that take a combining hamza or madda, what they become, the marks."""
    marks = np.flatnonzero(change == _Change.HAMZA_MARK)
    if not marks.size:
        return marks, letters[:0], marks
    stays = (change <= _Change.TATWEEL) | (change == _Change.HAMZA_MARK)
    candidates = np.flatnonzero(stays)
    rank = np.searchsorted(candidates, marks)
    marks, seats = marks[rank > 0], candidates[rank[rank > 0] - 1]
    seat_letters = letters[seats]
    ligature = change[seats] == _Change.LIGATURE
    place = _PLACE[codes[seats[ligature]]]
    seat_letters[ligature] = _LIGATURE_LETTERS[place + _LIGATURE_LETTERS[place]]
    joined = np.zeros(len(marks), np.uint32)
    for pair, letter in JOINED_HAMZA.items():
        joined[(seat_letters == ord(pair[0])) & (codes[marks] == ord(pair[1]))] = ord(letter)
    found = joined > 0
    return seats[found], joined[found], marks[found]


def _expand_ligatures(
    codes: Codes, letters: Codes, change: NDArray[np.uint8], kept: NDArray[np.intp]
) -> tuple[NDArray[np.intp], Codes]:
    """Raw position and code of each cleaned code point."""
    ligatures = np.flatnonzero(change[kept] == _Change.LIGATURE)
    if not ligatures.size:
        return kept, letters[kept]
    places = _PLACE[codes[kept[ligatures]]]
    lengths = _LIGATURE_LETTERS[places].astype(np.intp)
    counts = np.ones(len(kept), np.intp)
    counts[ligatures] = lengths
    owner = np.repeat(kept, counts)
    expanded = letters[owner]
    within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    inside = np.repeat(change[kept] == _Change.LIGATURE, counts)
    expanded[inside] = _LIGATURE_LETTERS[np.repeat(places, lengths) + 1 + within]
    return owner, expanded


def _raw_spans(
    change: NDArray[np.uint8], kept: NDArray[np.intp], owner: NDArray[np.intp], letters: Codes
) -> tuple[IntArray, IntArray]:
    """Raw start and raw end of each cleaned code point, frozen."""
    starts, ends = kept.astype(np.int32), (kept + 1).astype(np.int32)
    ligatures = len(owner) > len(kept)
    first_letters = letters[np.searchsorted(owner, kept)] if ligatures else letters
    last_letters = letters[np.searchsorted(owner, kept, side="right") - 1] if ligatures else letters
    visible = np.flatnonzero((change >= _Change.TATWEEL) & (change <= _Change.GONE_FORM))
    if visible.size and kept.size:
        before = np.cumsum(change < _Change.TATWEEL, dtype=np.int32)[visible] - 1
        opens = np.r_[True, before[1:] != before[:-1]]
        closes = np.r_[opens[1:], True]
        before = before[opens]
        backward, forward = _owners(before, first_letters, last_letters)
        ends[before[backward]] = visible[closes][backward] + 1
        starts[before[forward] + 1] = visible[opens][forward]
    if ligatures:
        index = np.searchsorted(kept, owner)
        starts, ends = starts[index], ends[index]
    starts.flags.writeable = ends.flags.writeable = False
    return starts, ends


def _owners(
    before: IntArray, first_letters: Codes, last_letters: Codes
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which runs of diacritics and tatweel belong to the character before, which to that after.

    Each run follows kept character number `before` (-1: none). It goes to that character if this
    is a letter or digit, else to the next one if that is, else to whichever is not a space.
    """
    after = before + 1
    has_previous, has_next = before >= 0, after < len(first_letters)
    previous = np.where(has_previous, last_letters[before], ord(" "))
    following = np.where(has_next, first_letters[np.where(has_next, after, 0)], ord(" "))
    present = np.flatnonzero(np.bincount(np.r_[previous, following]))
    word = np.zeros(present[-1] + 1, np.bool_)
    solid = word.copy()
    for code in present:
        character = chr(code)
        word[code] = character.isalnum() or unicodedata.category(character)[0] == "M"
        solid[code] = not character.isspace()
    backward = word[previous] | (solid[previous] & ~word[following])
    return backward, ~backward & solid[following]
