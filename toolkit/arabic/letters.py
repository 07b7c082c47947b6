"""The letters, marks and folding tables behind `normalise` and `offsets`.

Constants are strings or dicts of characters under speaking names; the tables after them are made
of these, for `str.translate`.
"""

import re
import unicodedata

from toolkit.arabic import transliterate as romanise

Table = dict[int, str]

ARABIC_TATWEEL = "\N{ARABIC TATWEEL}"
HAMZA_MARKS = "\N{ARABIC MADDAH ABOVE}\N{ARABIC HAMZA ABOVE}\N{ARABIC HAMZA BELOW}"


def _characters(*ranges: tuple[int, int]) -> str:
    return "".join(chr(code) for first, last in ranges for code in range(first, last + 1))


ARABIC_HARAKAT = _characters((0x064B, 0x0652), (0x0656, 0x065F), (0x0670, 0x0670))
QURANIC_MARKS = _characters(
    (0x0610, 0x061A), (0x06D6, 0x06DC), (0x06DF, 0x06E8), (0x06EA, 0x06ED),
    (0x0898, 0x089F), (0x08CA, 0x08E1), (0x08E3, 0x08FF),
)  # fmt: skip
ARABIC_DIACRITICS = ARABIC_HARAKAT + QURANIC_MARKS

ZERO_WIDTH_JOINER = "\N{ZERO WIDTH JOINER}"
INVISIBLE_MARKS = _characters(
    (0x00AD, 0x00AD), (0x061C, 0x061C), (0x200B, 0x200F), (0x202A, 0x202E),
    (0x2060, 0x2064), (0x2066, 0x206F), (0xFEFF, 0xFEFF),
)  # fmt: skip

LINE_CONTROLS = "\r\v\f\x1c\x1d\x1e\x85"
CONTROL_CHARACTERS = "".join(
    chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n\x1f"
)

# Letters of other languages' keyboards that an Arabic reader takes for an Arabic letter.
LOOK_ALIKES = {
    "\N{ARABIC LETTER KEHEH}": "ك",
    "\N{ARABIC LETTER SWASH KAF}": "ك",
    "\N{ARABIC LETTER FARSI YEH}": "ي",
    "\N{ARABIC LETTER YEH WITH TAIL}": "ي",
    "\N{ARABIC LETTER YEH BARREE}": "ي",
    "\N{ARABIC LETTER YEH BARREE WITH HAMZA ABOVE}": "ئ",
    "\N{ARABIC LETTER HEH DOACHASHMEE}": "ه",
    "\N{ARABIC LETTER HEH GOAL}": "ه",
    "\N{ARABIC LETTER HEH GOAL WITH HAMZA ABOVE}": "ه",
    "\N{ARABIC LETTER HEH WITH YEH ABOVE}": "ه",
    "\N{ARABIC LETTER AE}": "ه",
    "\N{ARABIC LETTER TEH MARBUTA GOAL}": "ة",
    "\N{ARABIC LETTER NOON GHUNNA}": "ن",
    "\N{ARABIC LETTER ALEF WASLA}": "ا",
    "\N{ARABIC LETTER ALEF WITH WAVY HAMZA ABOVE}": "أ",
    "\N{ARABIC LETTER ALEF WITH WAVY HAMZA BELOW}": "إ",
    "\N{ARABIC LETTER HIGH HAMZA}": "ء",
    "\N{ARABIC LETTER HIGH HAMZA ALEF}": "أ",
    "\N{ARABIC LETTER HIGH HAMZA WAW}": "ؤ",
    "\N{ARABIC LETTER HIGH HAMZA YEH}": "ئ",
}

HAMZA_FORMS = {
    "أ": "ا",
    "إ": "ا",
    "آ": "ا",
    "\N{ARABIC LETTER ALEF WASLA}": "ا",
    "ؤ": "ء",
    "ئ": "ء",
}
YA_FORMS = {"ى": "ي"}
TA_MARBUTA_FORMS = {"ة": "ه"}
DIGIT_FORMS = {
    **{chr(0x0660 + value): str(value) for value in range(10)},
    **{chr(0x06F0 + value): str(value) for value in range(10)},
    "\N{ARABIC DECIMAL SEPARATOR}": ".",
    "\N{ARABIC THOUSANDS SEPARATOR}": ",",
    "\N{ARABIC PERCENT SIGN}": "%",
}

# A letter and the mark that belongs to it; ى counts as the seat it looks like, and a tatweel
# under a hamza (Quranic print) is the tooth of a ئ.
JOINED_HAMZA = {
    "ا\N{ARABIC MADDAH ABOVE}": "آ",
    "ا\N{ARABIC HAMZA ABOVE}": "أ",
    "ا\N{ARABIC HAMZA BELOW}": "إ",
    "و\N{ARABIC HAMZA ABOVE}": "ؤ",
    "ي\N{ARABIC HAMZA ABOVE}": "ئ",
    "ى\N{ARABIC HAMZA ABOVE}": "ئ",
    "\N{ARABIC LETTER FARSI YEH}\N{ARABIC HAMZA ABOVE}": "ئ",
    ARABIC_TATWEEL + "\N{ARABIC HAMZA ABOVE}": "ئ",
    ARABIC_TATWEEL + "\N{ARABIC HAMZA BELOW}": "ئ",
}


def _presentation_forms() -> Table:
    """Plain letters (and diacritics) of each presentation form, spaces and phrases apart."""
    table = {0xFE73: ""}  # ARABIC TAIL FRAGMENT: half a letter, which Unicode maps to nothing
    for code in (*range(0xFB50, 0xFDFC), *range(0xFE70, 0xFEFD)):
        plain = unicodedata.normalize("NFKC", chr(code)).lstrip(" ")
        if plain != chr(code) and " " not in plain:
            table[code] = plain
    return table


def _table(letters: dict[str, str], gone: str = "") -> Table:
    return {ord(letter): plain for letter, plain in letters.items()} | dict.fromkeys(
        map(ord, gone), ""
    )


_EMOJI = "\u2190-\u2bff\U0001f000-\U0001faff"
EMOJI_JOINER = re.compile(f"(?<=[{_EMOJI}\ufe0f]){ZERO_WIDTH_JOINER}(?=[{_EMOJI}])")
LOOSE_JOINER = re.compile(
    f"(?<![{_EMOJI}\ufe0f]){ZERO_WIDTH_JOINER}|{ZERO_WIDTH_JOINER}(?![{_EMOJI}])"
)
HAS_HAMZA_MARK = re.compile(f"[{HAMZA_MARKS}]")
LETTER_AND_HAMZA = re.compile(
    "([{letters}])([{diacritics}]*)([{marks}])".format(
        letters="".join(dict.fromkeys(pair[0] for pair in JOINED_HAMZA)),
        diacritics=ARABIC_DIACRITICS,
        marks=HAMZA_MARKS,
    )
)

WITHOUT_MARKS = _table({}, INVISIBLE_MARKS.replace(ZERO_WIDTH_JOINER, ""))
WITHOUT_CONTROLS = _table(dict.fromkeys(LINE_CONTROLS, "\n") | {"\x1f": " "}) | {
    ord(character): "" for character in CONTROL_CHARACTERS if character not in LINE_CONTROLS
}
WITHOUT_LOOK_ALIKES = _table(LOOK_ALIKES)
WITHOUT_FORMS = _presentation_forms()
HAMZA_FOLDED = _table(HAMZA_FORMS)
YA_FOLDED = _table(YA_FORMS)
TA_MARBUTA_FOLDED = _table(TA_MARBUTA_FORMS)
DIGITS_FOLDED = _table(DIGIT_FORMS)
WITHOUT_DIACRITICS = _table({}, ARABIC_DIACRITICS)
WITHOUT_HARAKAT_OR_HAMZA_MARKS = _table({}, ARABIC_DIACRITICS + HAMZA_MARKS)
WITHOUT_MARKS_ON_LETTERS = _table({}, ARABIC_DIACRITICS + HAMZA_MARKS + ARABIC_TATWEEL)
WEAK_FORMS = {
    code: plain.translate(WITHOUT_MARKS_ON_LETTERS).translate(WITHOUT_LOOK_ALIKES)
    for code, plain in WITHOUT_FORMS.items()
}
WEAK_BEFORE_HAMZA = (
    WITHOUT_MARKS | WITHOUT_CONTROLS | WITHOUT_LOOK_ALIKES | WEAK_FORMS | WITHOUT_DIACRITICS
)
WEAK = WEAK_BEFORE_HAMZA | WITHOUT_MARKS_ON_LETTERS
_WEAK_LETTERS = "ا\N{ARABIC LETTER ALEF WASLA}أإآءؤئىي"
SKELETON = WITHOUT_LOOK_ALIKES | _table(
    dict.fromkeys(_WEAK_LETTERS, "ا")
    | {letter: "ا" for letter, plain in LOOK_ALIKES.items() if plain in _WEAK_LETTERS}
    | {"ة": "ت", "\N{ARABIC LETTER TEH MARBUTA GOAL}": "ت"}
)
FOR_READERS = _table({}, QURANIC_MARKS) | {
    code: plain for code, plain in WITHOUT_LOOK_ALIKES.items() if chr(code) not in romanise.ALEFS
}
# Unicode calls these letters: a stroke that lengthens a word, two phrases of praise.
NOT_LETTERS = {
    ord(ARABIC_TATWEEL): "_",
    ord("\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}"): "\N{WHITE STAR}",
    ord("\N{ARABIC LIGATURE JALLAJALALOUHOU}"): "\N{WHITE STAR}",
}


def require_text(function: str, text: object) -> None:
    """Raise TypeError in the name of `function` where `text` is not a string."""
    if not isinstance(text, str):
        raise TypeError(
            f"{function}: `text` is {text!r:.60} of type {type(text).__name__}, not a string. "
            f"For a column, use table[column].map({function})."
        )
