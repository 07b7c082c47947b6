"""Arabic letters in Latin script: the tables and rules behind `normalise.transliterate`.

Tables: Buckwalter and Habash-Soudi-Buckwalter (HSB) as published with the schemes, one character
for one; IJMES after the table of the International Journal of Middle East Studies, by rule.
"""

import re

BUCKWALTER = {
    "ء": "'", "آ": "|", "أ": ">", "ؤ": "&", "إ": "<", "ئ": "}", "ا": "A", "ب": "b", "ة": "p",
    "ت": "t", "ث": "v", "ج": "j", "ح": "H", "خ": "x", "د": "d", "ذ": "*", "ر": "r", "ز": "z",
    "س": "s", "ش": "$", "ص": "S", "ض": "D", "ط": "T", "ظ": "Z", "ع": "E", "غ": "g", "ف": "f",
    "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "w", "ى": "Y", "ي": "y",
    "پ": "P", "چ": "J", "ڤ": "V", "گ": "G",
    "\N{ARABIC TATWEEL}": "_", "\N{ARABIC FATHATAN}": "F", "\N{ARABIC DAMMATAN}": "N",
    "\N{ARABIC KASRATAN}": "K", "\N{ARABIC FATHA}": "a", "\N{ARABIC DAMMA}": "u",
    "\N{ARABIC KASRA}": "i", "\N{ARABIC SHADDA}": "~", "\N{ARABIC SUKUN}": "o",
    "\N{ARABIC LETTER SUPERSCRIPT ALEF}": "`", "\N{ARABIC LETTER ALEF WASLA}": "{",
}  # fmt: skip

HSB = BUCKWALTER | {
    "آ": "Ā", "أ": "Â", "ؤ": "ŵ", "إ": "Ă", "ئ": "ŷ", "ة": "ħ", "ث": "θ", "ذ": "ð", "ش": "š",
    "ظ": "Ď", "ع": "ς", "غ": "γ", "ى": "ý", "پ": "p", "چ": "c", "ڤ": "v", "گ": "g",
    "\N{ARABIC FATHATAN}": "ã", "\N{ARABIC DAMMATAN}": "ũ", "\N{ARABIC KASRATAN}": "ĩ",
    "\N{ARABIC SUKUN}": ".", "\N{ARABIC LETTER SUPERSCRIPT ALEF}": "á",
    "\N{ARABIC LETTER ALEF WASLA}": "Ä",
}  # fmt: skip

IJMES_CONSONANTS = {
    "ء": "ʾ", "أ": "ʾ", "إ": "ʾ", "ؤ": "ʾ", "ئ": "ʾ", "ب": "b", "ت": "t", "ث": "th", "ج": "j",
    "ح": "ḥ", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z", "س": "s", "ش": "sh", "ص": "ṣ",
    "ض": "ḍ", "ط": "ṭ", "ظ": "ẓ", "ع": "ʿ", "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ل": "l",
    "م": "m", "ن": "n", "ه": "h", "و": "w", "ي": "y", "پ": "p", "چ": "ch", "ژ": "zh", "ڤ": "v",
    "گ": "g",
}  # fmt: skip

FATHA, DAMMA, KASRA = "\N{ARABIC FATHA}", "\N{ARABIC DAMMA}", "\N{ARABIC KASRA}"
FATHATAN = "\N{ARABIC FATHATAN}"
SHADDA, SUKUN = "\N{ARABIC SHADDA}", "\N{ARABIC SUKUN}"
VOWELS = {
    FATHA: "a",
    DAMMA: "u",
    KASRA: "i",
    FATHATAN: "an",
    "\N{ARABIC DAMMATAN}": "un",
    "\N{ARABIC KASRATAN}": "in",
}
DAGGER_ALEF = "\N{ARABIC LETTER SUPERSCRIPT ALEF}"
ALEFS = ("ا", "\N{ARABIC LETTER ALEF WASLA}")
LONG = {"و": ("u", "ū"), "ي": ("i", "ī")}

WHOLE_WORDS = {
    "الله": "allāh",
    "والله": "wa-llāh",
    "بالله": "bi-llāh",
    "لله": "li-llāh",
    "الذي": "alladhī",
    "التي": "allatī",
    "الذين": "alladhīn",
}
PUNCTUATION = str.maketrans("،؛؟", ",;?")

_TO_BUCKWALTER = str.maketrans(BUCKWALTER)
_FROM_BUCKWALTER = str.maketrans({latin: arabic for arabic, latin in BUCKWALTER.items()})
_TO_HSB = str.maketrans(HSB)
_HARAKAT = "\N{ARABIC FATHATAN}-\N{ARABIC SUKUN}" + DAGGER_ALEF
_LETTERS = "ء-غف-ي\N{ARABIC LETTER ALEF WASLA}پچژڤگ"
_WORD = re.compile(f"[{_LETTERS}{_HARAKAT}]+")
_LETTER = re.compile(f"([{_LETTERS}])([{_HARAKAT}]*)")
_DEFINITE_NEXT = re.compile(
    rf"[ \t\N{{NO-BREAK SPACE}}]+[{''.join(ALEFS)}]ل[{_LETTERS}{_HARAKAT}]{{2}}"
)

Letter = tuple[str, str]


def buckwalter(text: str) -> str:
    """Buckwalter letters, one for one."""
    return text.translate(_TO_BUCKWALTER)


def from_buckwalter(text: str) -> str:
    """Arabic letters of a text in Buckwalter letters."""
    return text.translate(_FROM_BUCKWALTER)


def hsb(text: str) -> str:
    """Habash-Soudi-Buckwalter letters, one for one."""
    return text.translate(_TO_HSB)


def ijmes(text: str) -> str:
    """IJMES romanisation; `text` has plain letters and harakat only."""
    return _WORD.sub(_word, text).translate(PUNCTUATION)


def _word(match: re.Match[str]) -> str:
    letters = _LETTER.findall(match[0])
    known = WHOLE_WORDS.get("".join(letter for letter, _ in letters))
    if known is not None:
        return known
    prefix, stem = _split_article(letters)
    construct = not prefix.endswith("l-") and bool(_DEFINITE_NEXT.match(match.string, match.end()))
    return prefix + _stem(stem, after_article=prefix.endswith("l-"), construct=construct)


def _split_article(letters: list[Letter]) -> tuple[str, list[Letter]]:
    """Romanised article with its vocalised proclitic, and the letters that follow."""
    plain = "".join(letter for letter, _ in letters)
    if len(plain) < 4:
        return "", letters
    if plain[0] in ALEFS and plain[1] == "ل" and _is_bare_lam(letters[1]):
        return "al-", letters[2:]
    if plain.startswith("لل") and _is_bare_lam(letters[1]):
        return "li-l-", letters[2:]
    proclitic, marks = letters[0]
    vowel = VOWELS.get(marks, "")
    if proclitic in "وفبك" and vowel and plain[1] in ALEFS and not letters[1][1]:
        closed = SUKUN in letters[2][1] or SHADDA in letters[3][1]
        if plain[2] == "ل" and _is_bare_lam(letters[2]) and closed:
            return f"{IJMES_CONSONANTS[proclitic]}{vowel}-l-", letters[3:]
    return "", letters


def _is_bare_lam(letter: Letter) -> bool:
    return letter[1] in ("", SUKUN)


def _stem(letters: list[Letter], *, after_article: bool, construct: bool) -> str:
    """Romanise the letters of one word, article apart."""
    latin = ""
    for position, (letter, marks) in enumerate(letters):
        first, last = position == 0, position == len(letters) - 1
        vowel = _vowel(marks)
        if letter in ALEFS or letter == "ى":
            latin += vowel or "i" if first else ""
            if not first and not _is_silent_alef(latin, letters[position - 1], last=last):
                latin = latin.removesuffix("a") + (vowel or "ā")
        elif letter == "آ":
            latin += "ā" if first else "ʾā"
        elif letter == "ة":
            latin = _ta_marbuta(latin, vowel, construct=construct)
        elif first and letter in "أإ":
            latin += vowel or ("a" if letter == "أ" else "i")
        elif letter in LONG and (not vowel or SHADDA in marks):
            plural = (
                letter == "و" and not first and [c for c, _ in letters[position + 1 :]] == ["ا"]
            )
            latin = _glide(latin, letter, marks, last=last, plural=plural)
        else:
            double = SHADDA in marks and not (first and after_article)
            latin += IJMES_CONSONANTS[letter] * (2 if double else 1) + vowel
    return latin


def _vowel(marks: str) -> str:
    if DAGGER_ALEF in marks:
        return "ā"
    return "".join(VOWELS.get(mark, "") for mark in marks)


def _is_silent_alef(latin: str, before: Letter, *, last: bool) -> bool:
    """Alef that only carries a tanwin, or closes the plural ـوا."""
    letter, marks = before
    return FATHATAN in marks or (last and letter == "و" and latin.endswith("ū"))


def _ta_marbuta(latin: str, vowel: str, *, construct: bool) -> str:
    if not latin.endswith(("a", "ā")):
        latin += "a"
    return latin + "t" + vowel if vowel or construct or latin.endswith("ā") else latin


def _glide(latin: str, letter: str, marks: str, *, last: bool, plural: bool) -> str:
    """و and ي as a long vowel after their own short vowel, else as a consonant."""
    short, long = LONG[letter]
    vowel = _vowel(marks)
    if SHADDA in marks:
        if latin.endswith(short) and last and not vowel:
            return latin[:-1] + long
        return latin + IJMES_CONSONANTS[letter] * 2 + vowel
    if latin.endswith(short) and SUKUN not in marks:
        return latin[:-1] + long
    if plural and not latin.endswith("a"):
        return latin + long
    return latin + IJMES_CONSONANTS[letter]
