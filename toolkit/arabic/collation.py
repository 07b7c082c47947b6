"""The order of the Arabic alphabet, for sorting what is read rather than what is counted."""

import unicodedata
from collections.abc import Iterable

from toolkit.arabic import letters

# The letter that each is sorted with: a hamza by its seat, ى with ي, ة with ت.
_SORTED_WITH = letters.WITHOUT_LOOK_ALIKES | {
    ord(letter): plain
    for letter, plain in {
        "ء": "ا",
        "آ": "ا",
        "أ": "ا",
        "إ": "ا",
        "\N{ARABIC LETTER ALEF WASLA}": "ا",
        "ؤ": "و",
        "ئ": "ي",
        "ى": "ي",
        "ة": "ت",
    }.items()
}
_FOLDED = (
    letters.WITHOUT_MARKS_ON_LETTERS
    | letters.WITHOUT_MARKS
    | letters.DIGITS_FOLDED
    | _SORTED_WITH
    | {code: form.translate(_SORTED_WITH) for code, form in letters.WITHOUT_FORMS.items()}
)
_ARABIC, _DIGIT, _LETTER, _OTHER = "0123"


class _Classed(dict[int, str]):
    """A table for `str.translate`: each letter behind its class, made when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = chr(code).translate(_FOLDED).casefold()
        self[code] = "".join(_class_of(letter) + letter for letter in folded)
        return self[code]


_CLASSED = _Classed()


def collation_key(text: str) -> tuple[str, str]:
    """What to sort a text by, so that Arabic words come in the order of the alphabet.

    First by letters: those of the Arabic script from ا to ي, then digits, then other letters
    (upper and lower case alike), then punctuation and symbols; within each by code point. Vowel
    signs and tatweel do not count, ء آ أ إ go with ا, ؤ with و, ئ and ى with ي, ة with ت. Texts
    of equal letters follow by code point.

    Examples
    --------
    >>> sorted(["وزير", "Nato", "أمن", "3", "إلى", "بيت", "اسم"], key=collation_key)
    ['اسم', 'إلى', 'أمن', 'بيت', 'وزير', '3', 'Nato']
    """
    return text.translate(_CLASSED), text


def _class_of(letter: str) -> str:
    if "ء" <= letter <= "ۓ":
        return _ARABIC
    if letter.isdigit():
        return _DIGIT
    return _LETTER if unicodedata.category(letter)[0] in "LM" else _OTHER


def ranks(texts: Iterable[str]) -> dict[str, int]:
    """The place of each text among the others in the order of the alphabet, from 0."""
    return {text: place for place, text in enumerate(sorted(set(texts), key=collation_key))}
