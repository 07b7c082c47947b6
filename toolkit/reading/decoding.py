"""Bytes to strings: encodings, headers, and what could not be read. `corpus.read_texts` uses it."""

import codecs
import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from toolkit.reading.front_matter import Header, front_matter

TEXT_SUFFIXES = frozenset({".txt", ".text", ".md"})
# Files that describe a folder of texts rather than belong to it.
COMPANIONS = re.compile(r"(README|LICEN[CS]E|CITATION|COPYING|NOTICE|CHANGELOG)\b.*", re.IGNORECASE)

# MacArabic has the letters of ISO-8859-6 in their places, and signs where that has none.
LEGACY_ENCODINGS = ("cp1256", "iso8859-6")
MAC_ENCODINGS = ("cp1256", "mac-arabic")
UNMARKED_ENCODINGS = ("utf-16-le", "utf-16-be")
# The mark of UTF-32 begins with that of UTF-16.
MARKED_ENCODINGS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
CONTROLS_OF_ISO = re.compile("[\x80-\x84\x86-\x9f]")
# Not white space, and not the control characters that text files are known to hold.
STRANGE_CONTROLS = re.compile("[\x00-\x08\x0e-\x19\x1b]")

# What is neither white space nor a mark without a shape: of direction, joining, variation.
SEEN = re.compile(
    "[^\\s\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
# Arabic letters, the most frequent first (counted in news and encyclopedia articles): read in a
# wrong encoding, a text has rare letters and letters of other scripts where it has frequent ones.
BY_FREQUENCY = "اليمونرتبةعدفسهقكأحجشصإطىخضزثذغئءظآؤ"
DIACRITICS = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652"
UNCOUNTED = frozenset("،؛؟«»“”‘’–—…\N{ARABIC TATWEEL}\N{NO-BREAK SPACE}\u200c\u200d\u200e\u200f")
# The mean rank in Arabic articles is 7 to 8, that of other languages read as Arabic 18 and more.
HIGHEST_MEAN_RANK = 13
RANK = {letter: rank for rank, letter in enumerate(BY_FREQUENCY)}
RANK |= dict.fromkeys(DIACRITICS, HIGHEST_MEAN_RANK)  # neither for nor against
# How much lower the sum of ranks must be than under the next encoding. Of samples of three words
# 1 in 1,000 is read wrongly and 1 in 10 found unclear; of ten words none and 1 in 500.
CLEAR_LEAD = 30
LOWEST_ARABIC_SHARE = 0.2

# The first line of a text of OpenITI.
OPENITI = ("######OpenITI#", "\ufeff######OpenITI#")

DATE_HEADER = re.compile(r"\ufeff?\s*date[\s:]+(\d{4})-(\d{2})-(\d{2})(?=\s|$)\s*")


class Unreadable(ValueError):
    """A file that cannot be read as text; `what` is the kind of problem, `detail` the reason."""

    def __init__(self, what: str, detail: str) -> None:
        super().__init__(detail)
        self.what = what
        self.detail = detail


@dataclass(frozen=True)
class ReadFile:
    """One file as read: its text, the encoding that was decided on, the hash of its bytes."""

    text: str
    encoding: str
    sha256: str


def read_file(path: Path, encoding: str | None = None) -> ReadFile:
    """Read one text file.

    Parameters
    ----------
    path : Path
        The file.
    encoding : str, optional
        Its encoding. By default a byte order mark decides, then UTF-8 is tried, then UTF-16
        without a mark, cp1256 and ISO-8859-6, of which one must be the clear choice.

    Returns
    -------
    ReadFile
        The text, never changed but for a byte order mark that decided.

    Raises
    ------
    Unreadable
        Empty file, binary file, bytes that do not fit the encoding, or no clear encoding.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable("cannot be opened", error.strerror or str(error)) from error
    return of_bytes(data, encoding)


def of_bytes(data: bytes, encoding: str | None = None) -> ReadFile:
    """The text of a file's bytes, as `read_file` gives it."""
    text, decided = decode(data, encoding)
    if is_blank(text):
        raise Unreadable("empty", only_blanks(text) if data else "the file holds no text")
    return ReadFile(text, decided, hashlib.sha256(data).hexdigest())


def is_blank(text: str) -> bool:
    """Whether nothing in a text can be seen.

    Examples
    --------
    >>> is_blank(" \N{RIGHT-TO-LEFT MARK}\N{ZERO WIDTH NON-JOINER}"), is_blank("و")
    (True, False)
    """
    return SEEN.search(text) is None


def only_blanks(text: str) -> str:
    """What a text holds in which nothing can be seen."""
    is_space = not text.strip("\ufeff").strip()
    return "only white space" if is_space else "only white space and invisible marks"


def decode(data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """The text that the bytes stand for, and the name of the encoding that was used."""
    if encoding is not None:
        return _decode_as(data, encoding), encoding
    for mark, name in MARKED_ENCODINGS:
        if data.startswith(mark):
            return _decode_as(data, name), name
    if b"\0" in data:
        # UTF-16 without its mark: half of the bytes of spaces and Latin letters are zero
        chosen = _most_arabic(data, UNMARKED_ENCODINGS)
        if chosen is None:
            raise Unreadable("binary", "the bytes are no text (zero bytes, and not UTF-16)")
        return _decode_as(data, chosen), chosen
    try:
        return _reject_binary(data.decode("utf-8")), "utf-8"
    except UnicodeDecodeError as error:
        candidates = MAC_ENCODINGS if _has_no_iso(data) else LEGACY_ENCODINGS
        chosen = _most_arabic(data, candidates)
        if chosen is None:
            raise Unreadable(
                "encoding",
                f"neither UTF-8 (byte 0x{data[error.start]:02X} at offset {error.start}) "
                "nor surely cp1256, ISO-8859-6 or MacArabic. Pass encoding=",
            ) from error
    return _decode_as(data, chosen), chosen


def _decode_as(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
        text.encode()  # some encodings have halves of surrogate pairs, which are no characters
    except UnicodeDecodeError as error:
        raise Unreadable(
            "encoding",
            f"not {encoding}: byte 0x{data[error.start]:02X} at offset {error.start}",
        ) from error
    except UnicodeError as error:
        raise Unreadable("encoding", f"not {encoding}: {error!s:.100}") from error
    return _reject_binary(text)


def _has_no_iso(data: bytes) -> bool:
    """Whether bytes are none of ISO-8859-6: undefined ones, or what it has as control codes.

    The Macintosh also has a space from right to left, where ISO has the one that never breaks.
    """
    if data.count(b"\xa0") > data.count(b" "):
        return True
    try:
        return CONTROLS_OF_ISO.search(data.decode("iso8859-6")) is not None
    except UnicodeDecodeError:
        return True


def _most_arabic(data: bytes, encodings: Sequence[str]) -> str | None:
    """The encoding under which the bytes are clearly Arabic, by how frequent their letters are."""
    ranked = []
    for encoding in encodings:
        try:
            counts = Counter(data.decode(encoding))
        except UnicodeDecodeError:
            continue
        ranked.append((*_rank_sum(counts), encoding))
    ranked.sort()
    if not ranked:
        return None
    rank_sum, letters, encoding = ranked[0]
    is_arabic = letters > 0 and rank_sum <= HIGHEST_MEAN_RANK * letters
    # MacArabic is rare: Windows need not lead it, but it must lead Windows
    is_alone = len(ranked) == 1 or (encoding, ranked[1][2]) == MAC_ENCODINGS
    is_clear = is_alone or ranked[1][0] - rank_sum >= CLEAR_LEAD
    return encoding if is_arabic and is_clear else None


def is_arabic(text: str) -> bool:
    """Whether the letters of a text are Arabic and as frequent as in Arabic.

    Examples
    --------
    >>> is_arabic("وصلت القافلة إلى الواحة"), is_arabic("ظژطعضضط"), is_arabic("oasis")
    (True, False, False)
    """
    rank_sum, letters = _rank_sum(Counter(text))
    return letters > 0 and rank_sum <= HIGHEST_MEAN_RANK * letters


def _rank_sum(counts: Counter[str]) -> tuple[int, int]:
    """Sum of the ranks of the letters beyond ASCII, and their number; 0 if they are few."""
    beyond = {c: n for c, n in counts.items() if c > "\x7f" and c not in UNCOUNTED}
    latin = sum(n for c, n in counts.items() if c <= "\x7f" and c.isalpha())
    letters = sum(beyond.values())
    rank_sum = sum(RANK.get(c, len(BY_FREQUENCY)) * n for c, n in beyond.items())
    return rank_sum, letters if letters >= LOWEST_ARABIC_SHARE * (letters + latin) else 0


def _reject_binary(text: str) -> str:
    controls = len(STRANGE_CONTROLS.findall(text))
    if controls > 0.01 * len(text) or "\0" in text:
        raise Unreadable("binary", f"the bytes are no text ({controls} control characters)")
    return text


def header(text: str) -> Header:
    """What stands before the body of a text: front matter, or a leading ``date YYYY-MM-DD``."""
    found = front_matter(text)
    if found.body_start:
        return found
    match = DATE_HEADER.match(text)
    if match is None:
        return Header({}, 0)
    try:
        day = date(*map(int, match.groups()))
    except ValueError:  # no day of the calendar
        return Header({}, 0)
    return Header({"date": day.isoformat()}, match.end())


def split_header(text: str) -> tuple[dict[str, str], int]:
    r"""Metadata in the header of a text, and the code point where its body begins.

    The header is front matter between two lines ``---`` (see `front_matter.front_matter`), or a
    leading ``date YYYY-MM-DD``, in digits of any script. It stays in the text; the body begins
    behind it.

    Examples
    --------
    >>> split_header(" date 2025-11-16 بحث وزير الدفاع")
    ({'date': '2025-11-16'}, 17)
    >>> split_header("---\ntitle: خبر\n---\nبحث وزير الدفاع")
    ({'title': 'خبر'}, 19)
    >>> split_header("بحث وزير الدفاع")
    ({}, 0)
    """
    return header(text)[:2]
