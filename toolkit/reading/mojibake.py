"""Texts whose letters were lost before: read in a wrong encoding and saved again."""

import re
from collections.abc import Iterator

from toolkit.reading.decoding import is_arabic
from toolkit.reading.wording import counted

# The first byte of an Arabic letter in UTF-8, and its second, as other encodings show them.
LEAD, TRAIL = bytes(range(0xD8, 0xDC)), bytes(range(0x80, 0xC0))
# How UTF-8 was read, and what was then done with it once more.
WRONG_READINGS = ("cp1252", "latin-1", "cp1256", "mac-roman", "cp437")
FEWEST_RUNS = 2
HIGHEST_LOSS = 0.05
LEAST_SHARE = 0.5
# Possessive, and begun where a row begins: a row of a million marks is looked at once.
QUESTION_MARKS = re.compile(r"(?<!\?)\?{3,}+(?: ++\?{2,}+)+")
LATIN_LETTERS = re.compile("[\xc0-\xff]{2}")


def _letters(data: bytes, encoding: str) -> str:
    """What single bytes look like, in a class of a regex; bytes that it lacks as in Latin-1."""
    shown = (_shown(bytes([byte]), encoding) for byte in data)
    return re.escape("".join(shown))


def _shown(byte: bytes, encoding: str) -> str:
    try:
        return byte.decode(encoding)
    except UnicodeDecodeError:
        return byte.decode("latin-1")


# Two letters of UTF-8 or more in a row: in a text that is well, one pair is chance.
RUNS = {
    encoding: re.compile(f"(?:[{_letters(LEAD, encoding)}][{_letters(TRAIL, encoding)}]){{2,}}")
    for encoding in WRONG_READINGS
}
# Alef and lam, of which every text of more than a few words has one: a quick first look.
MARKS = {
    encoding: tuple(
        "".join(_shown(bytes([byte]), encoding) for byte in letter.encode()) for letter in "ال"
    )
    for encoding in WRONG_READINGS
}
TWICE = re.compile("(?:\xc3[\x80-\xbf\u0152-\u2122](?:\xc2[\x80-\xbf]|[\xc2\xc3\xe2].)){2,}")


def signs(text: str) -> Iterator[tuple[str, str]]:
    """What is wrong with the letters of a text (what, detail), from the most to the least sure.

    Nothing is repaired: the detail says how it could be.

    Examples
    --------
    >>> [what for what, _ in signs("وصلت البنت".encode().decode("cp1252"))]
    ['mojibake']
    >>> list(signs("وصلت القافلة إلى الواحة"))
    []
    """
    wrong = _misread(text) or _windows_as_latin(text)
    if wrong:
        yield "mojibake", wrong
    lost = text.count("\N{REPLACEMENT CHARACTER}")
    if lost:
        yield (
            "lost letters",
            f"{counted(lost, 'replacement characters')} (U+FFFD): bytes were lost before this file "
            "was saved",
        )
    marks = sum(len(run) for run in QUESTION_MARKS.findall(text)) if "???" in text else 0
    if marks > HIGHEST_LOSS * len(text):
        yield "lost letters", f"{marks:,} question marks in rows, where letters stood before"


def _misread(text: str) -> str | None:
    if text.isascii():
        return None
    marked = [name for name in RUNS if any(mark in text for mark in MARKS[name])]
    found = {name: [match[0] for match in RUNS[name].finditer(text)] for name in marked}
    encoding = max(found, key=lambda name: sum(map(len, found[name])), default="utf-8")
    runs = found.get(encoding, [])
    is_much = sum(map(len, runs)) >= LEAST_SHARE * len(text.strip())
    if runs and (len(runs) >= FEWEST_RUNS or is_much) and _readable(max(runs, key=len), encoding):
        return (
            f"looks like UTF-8 that was read as {encoding}, such as {runs[0]!r:.40}. Where all of "
            f"it is: text.encode({encoding!r}).decode('utf-8')"
        )
    runs = TWICE.findall(text) if "\xc3" in text else []
    if len(runs) >= FEWEST_RUNS:
        return "looks like UTF-8 that was read as cp1252 twice"
    return None


def _readable(run: str, encoding: str) -> bool:
    """Whether a run, read back, is Arabic letters."""
    try:
        data = b"".join(_byte(char, encoding) for char in run)
        letters = data.decode("utf-8")
    except UnicodeError:
        return False
    return any("\u0621" <= letter <= "\u064a" for letter in letters)


def _byte(char: str, encoding: str) -> bytes:
    try:
        return char.encode(encoding)
    except UnicodeEncodeError:
        return char.encode("latin-1")


def _windows_as_latin(text: str) -> str | None:
    """Arabic of Windows that was read as Latin: ``ÇáÓáÇã`` for ``السلام``."""
    if not LATIN_LETTERS.search(text):
        return None
    try:
        data = text.encode("cp1252")
    except UnicodeEncodeError:
        return None
    for encoding in ("cp1256", "iso8859-6"):
        try:
            found = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if is_arabic(found):
            return (
                f"looks like {encoding} that was read as cp1252. Read the file with "
                f"encoding={encoding!r}, or text.encode('cp1252').decode({encoding!r})"
            )
    return None
