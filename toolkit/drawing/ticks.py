"""Which periods of a timeline are named at its axis, and how."""

import re
from collections.abc import Iterator, Sequence
from itertools import count

_MOST = 8  # names at the axis
_CHARACTERS = 60  # of them together
_MONTH = re.compile(r"(-?\d+)-(\d\d)")
_QUARTER = re.compile(r"(-?\d+)-Q(\d)")
_YEARS = re.compile(r"(-?\d+)(?:/(-?\d+))?")


def chosen_ticks(labels: Sequence[str], *, room: float = 1.0) -> list[int]:
    """The places of the periods that are named: evenly spaced, at round years where they can be.

    Parameters
    ----------
    labels : sequence of str
        The names of all periods.
    room : float
        How many times as long as usual the axis is.

    Returns
    -------
    list of int
        The places of those that are named.

    Examples
    --------
    >>> months = [f"{year}-{month:02d}" for year in (2014, 2015, 2016) for month in range(1, 13)]
    >>> [months[place] for place in chosen_ticks(months[1:31])]
    ['2014-06', '2014-12', '2015-06', '2015-12', '2016-06']
    """
    numbers, steps = _numbered(labels)
    most = max(min(int(room * _CHARACTERS) // (2 + max(map(len, labels))), _MOST), 1)
    for step in steps:
        places = [place for place, number in enumerate(numbers) if number % step == 0]
        if len(places) <= most:
            return places or [0]
    return [0]


def printed(label: str) -> str:
    """The name of a period as print has it, where it is a key: a century, a decade, an old year.

    Years before Christ are counted as in ISO 8601, 0 for 1 BC. All else stays as it is.

    Examples
    --------
    >>> [printed(label) for label in ("1101/1200", "-0099/0000", "1990/1999", "0762", "-0043")]
    ['12th c.', '1st c. BC', '1990s', '762', '44 BC']
    """
    found = _YEARS.fullmatch(label)
    if found is None:
        return label
    first, last = int(found[1]), int(found[2] or found[1])
    if first == last:
        return str(first) if first > 0 else f"{1 - first} BC"
    if last - first == 99 and last % 100 == 0:
        return (
            f"{_ordinal(last // 100)} c." if first > 0 else f"{_ordinal((1 - first) // 100)} c. BC"
        )
    return f"{first}s" if last - first == 9 and first > 0 and first % 10 == 0 else label


def _ordinal(number: int) -> str:
    teens = number // 10 % 10 == 1
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _numbered(labels: Sequence[str]) -> tuple[list[int], Iterator[int]]:
    """A number for each period, consecutive ones for consecutive periods, and steps to choose."""
    for form, a_year, within in ((_MONTH, 12, (1, 2, 3, 6)), (_QUARTER, 4, (1, 2))):
        found = [form.fullmatch(label) for label in labels]
        if all(found):
            numbers = [int(m[1]) * a_year + int(m[2]) - 1 for m in found if m]
            return numbers, _steps(within, a_year)
    spans = [_YEARS.fullmatch(label) for label in labels]
    if all(spans):
        pairs = [(int(m[1]), int(m[2] or m[1])) for m in spans if m]
        return [first // (last - first + 1) for first, last in pairs], _steps((), 1)
    return list(range(len(labels))), _steps((), 1)


def _steps(within: Sequence[int], a_year: int) -> Iterator[int]:
    """Steps inside a year, then of 1, 2, 5, 10, 20 ... years."""
    yield from within
    for power in count():
        for times in (1, 2, 5):
            yield times * 10**power * a_year
