"""Arabic spelling: folded `str -> str`, or cleaned with an offset map back to the raw text.

Two strengths. `clean` is weak and comes before the models: it takes away what is not spelling
(diacritics, tatweel, presentation forms, bidi and zero-width marks, look-alike letters, control
characters) and returns an `OffsetMap`. `fold` is strong and serves counting and queries: it also
folds hamza and alef, ya, ta marbuta, digits and letter case. Both leave alone the letters that
differ in sound (پ چ ژ ڤ گ), and the honorific and currency signs that stand for whole phrases
(U+FDFA, U+FDFD, U+FDFC, ...), so that one character never becomes several words.
"""

import re
import unicodedata
from functools import lru_cache

from toolkit.arabic import transliterate as romanise
from toolkit.arabic.letters import (
    ARABIC_TATWEEL,
    DIGITS_FOLDED,
    FOR_READERS,
    HAMZA_FOLDED,
    HAS_HAMZA_MARK,
    JOINED_HAMZA,
    LETTER_AND_HAMZA,
    LOOSE_JOINER,
    NOT_LETTERS,
    SKELETON,
    TA_MARBUTA_FOLDED,
    WEAK,
    WEAK_BEFORE_HAMZA,
    WITHOUT_CONTROLS,
    WITHOUT_FORMS,
    WITHOUT_HARAKAT_OR_HAMZA_MARKS,
    WITHOUT_LOOK_ALIKES,
    WITHOUT_MARKS,
    WITHOUT_MARKS_ON_LETTERS,
    YA_FOLDED,
    ZERO_WIDTH_JOINER,
    Table,
    require_text,
)
from toolkit.arabic.offsets import OffsetMap, changes, clean

__all__ = [
    "SCHEMES",
    "OffsetMap",
    "changes",
    "clean",
    "fold",
    "fold_digits",
    "fold_hamza",
    "fold_lookalikes",
    "fold_presentation_forms",
    "fold_ta_marbuta",
    "fold_ya",
    "join_hamza",
    "kind",
    "skeleton",
    "strip_controls",
    "strip_diacritics",
    "strip_marks",
    "strip_tatweel",
    "transliterate",
]

SCHEMES = ("buckwalter", "hsb", "ijmes")


# --- one kind of folding each -----------------------------------------------------------------


def join_hamza(text: str) -> str:
    """Text with each hamza or madda that is written as a combining mark joined to its letter.

    U+0653, U+0654 and U+0655 after ا و ي (diacritics may stand between) give آ أ إ ؤ ئ as in NFC;
    ى with a hamza gives ئ, and so does a tatweel with a hamza, the tooth of Quranic print.
    A mark after any other letter stays.

    Examples
    --------
    >>> join_hamza("ا\\N{ARABIC HAMZA ABOVE}حمد")
    'أحمد'
    """
    require_text("join_hamza", text)
    return LETTER_AND_HAMZA.sub(_joined, text) if HAS_HAMZA_MARK.search(text) else text


def _joined(match: re.Match[str]) -> str:
    letter, diacritics, mark = match.groups()
    joined = JOINED_HAMZA.get(letter + mark)
    return match[0] if joined is None else joined + diacritics


def strip_diacritics(text: str) -> str:
    """Text without harakat, tanwin, shadda, sukun, superscript alef and Quranic marks.

    A hamza or madda written as a combining mark is first joined to its letter (`join_hamza`),
    for it is spelling; one that has no letter to join goes.

    Examples
    --------
    >>> strip_diacritics("مُدَوَّنة")
    'مدونة'
    """
    require_text("strip_diacritics", text)
    return join_hamza(text).translate(WITHOUT_HARAKAT_OR_HAMZA_MARKS)


def strip_tatweel(text: str) -> str:
    """Text without tatweel (U+0640); a tatweel that carries a hamza is ئ (`join_hamza`).

    Examples
    --------
    >>> strip_tatweel("كتـــاب")
    'كتاب'
    """
    require_text("strip_tatweel", text)
    return join_hamza(text).replace(ARABIC_TATWEEL, "")


def strip_marks(text: str) -> str:
    """Text without bidi controls, zero-width characters, soft hyphens and byte-order marks.

    A zero-width joiner between two emoji stays: it makes them one.

    Examples
    --------
    >>> strip_marks("دمشق\\N{RIGHT-TO-LEFT MARK}")
    'دمشق'
    """
    require_text("strip_marks", text)
    if ZERO_WIDTH_JOINER in text:
        text = LOOSE_JOINER.sub("", text)
    return text.translate(WITHOUT_MARKS)


def strip_controls(text: str) -> str:
    r"""Text without control characters, its lines kept.

    CR LF and whatever else `str.splitlines` takes for a line end among the control characters
    (CR, VT, FF, FS, GS, RS, NEL) become LF, the unit separator a space; tab and LF stay.

    Examples
    --------
    >>> strip_controls("سطر\r\nآخر\x00")
    'سطر\nآخر'
    """
    require_text("strip_controls", text)
    return text.replace("\r\n", "\n").translate(WITHOUT_CONTROLS)


def fold_presentation_forms(text: str) -> str:
    """Text with the glyph codes FB50-FDFB and FE70-FEFC as plain letters, ligatures expanded.

    The letters are those of Unicode's NFKC, character by character; a spacing diacritic becomes
    the diacritic without its space. Ligatures of one word expand (U+FDF2 is الله); those of a
    phrase (U+FDFA, U+FDFB, U+FDFD, ...) and the rial sign stay: they are symbols.

    Examples
    --------
    >>> fold_presentation_forms("\\N{ARABIC LIGATURE LAM WITH ALEF ISOLATED FORM}")
    'لا'
    """
    require_text("fold_presentation_forms", text)
    return text.translate(WITHOUT_FORMS)


def fold_lookalikes(text: str) -> str:
    """Text with letters of other keyboards as the Arabic letter they look like (`LOOK_ALIKES`).

    Persian and Urdu kaf, yeh, heh, noon ghunna; high hamza; alef wasla, whose sign is
    vocalisation. Letters that differ in sound (پ چ ژ ڤ گ) stay.

    Examples
    --------
    >>> fold_lookalikes("\\N{ARABIC LETTER KEHEH}تاب")
    'كتاب'
    """
    require_text("fold_lookalikes", text)
    return text.translate(WITHOUT_LOOK_ALIKES)


def fold_hamza(text: str) -> str:
    """Text with أ إ آ ٱ as ا, and with ؤ ئ as ء; a bare ء stays.

    Alef as in CAMeL Tools and Lucene. These leave ؤ and ئ; here they become ء, because the seat
    is spelling: مسؤول and مسئول are one word, so are أبناؤه, أبنائه and أبناءه.

    A second combining mark on one letter stays, and a second folding would join it; after
    `strip_diacritics`, as in `fold`, there is none.

    Examples
    --------
    >>> fold_hamza("أمن مسؤول مسئول")
    'امن مسءول مسءول'
    """
    require_text("fold_hamza", text)
    return join_hamza(text).translate(HAMZA_FOLDED)


def fold_ya(text: str) -> str:
    """Text with ى (alef maqsura) as ي.

    Examples
    --------
    >>> fold_ya("على")
    'علي'
    """
    require_text("fold_ya", text)
    return text.translate(YA_FOLDED)


def fold_ta_marbuta(text: str) -> str:
    """Text with ة as ه.

    Examples
    --------
    >>> fold_ta_marbuta("مدرسة")
    'مدرسه'
    """
    require_text("fold_ta_marbuta", text)
    return text.translate(TA_MARBUTA_FOLDED)


def fold_digits(text: str) -> str:
    """Text with Arabic-Indic and Persian digits as 0-9, and their signs ٫ ٬ ٪ as . , %

    Examples
    --------
    >>> fold_digits("٢٠٢٥ و ٣٫٥٪")
    '2025 و 3.5%'
    """
    require_text("fold_digits", text)
    return text.translate(DIGITS_FOLDED)


# --- the strong folding -----------------------------------------------------------------------


def fold(
    text: str,
    *,
    hamza: bool = True,
    ya: bool = True,
    ta_marbuta: bool = True,
    digits: bool = True,
) -> str:
    """Text folded for counting and for queries: one spelling for each word.

    Always: all that `clean` does, then NFC and lower case (Latin, Greek, Cyrillic). On top of
    it what the keywords say. Folding twice changes nothing.

    Parameters
    ----------
    text : str
        Any text; line structure and spaces stay.
    hamza : bool
        أ إ آ become ا, and ؤ ئ become ء (see `fold_hamza`).
    ya : bool
        ى becomes ي.
    ta_marbuta : bool
        ة becomes ه.
    digits : bool
        Arabic-Indic and Persian digits become 0-9, ٫ ٬ ٪ become . , %

    Returns
    -------
    str
        The folded text, for the eyes of a counter rather than of a reader.

    Raises
    ------
    TypeError
        `text` is not a string.

    Examples
    --------
    >>> fold("المَدْرَسَة الأُولى")
    'المدرسه الاولي'
    >>> fold("المدرسة", ta_marbuta=False)
    'المدرسة'
    """
    require_text("fold", text)
    strong, both = _strong_tables(hamza, ya, ta_marbuta, digits)
    if ZERO_WIDTH_JOINER in text or "\r" in text or HAS_HAMZA_MARK.search(text):
        text = _weak(text).translate(strong)
    else:
        text = text.translate(both)
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).lower())


@lru_cache
def _strong_tables(hamza: bool, ya: bool, ta_marbuta: bool, digits: bool) -> tuple[Table, Table]:
    """Strong table alone, and joined to the weak one for text that needs no context."""
    strong: Table = {}
    for wanted, table in (
        (hamza, HAMZA_FOLDED),
        (ya, YA_FOLDED),
        (ta_marbuta, TA_MARBUTA_FOLDED),
        (digits, DIGITS_FOLDED),
    ):
        strong |= table if wanted else {}
    weak = {code: plain.translate(strong) for code, plain in WEAK.items()}
    return strong, strong | weak


def _weak(text: str) -> str:
    """Same string as `clean`, by translation tables."""
    if ZERO_WIDTH_JOINER in text:
        text = LOOSE_JOINER.sub("", text)
    text = text.replace("\r\n", "\n").translate(WEAK_BEFORE_HAMZA)
    return join_hamza(text).translate(WITHOUT_MARKS_ON_LETTERS)


# --- letters side by side ---------------------------------------------------------------------


def skeleton(text: str) -> str:
    """Text of the same length in which letters that change at a clitic's border are alike.

    Position by position: alef, ya and hamza in every spelling (ا أ إ آ ٱ ى ي ئ ؤ ء) become ا,
    and ة becomes ت; look-alikes become Arabic letters. So مدرسته equals مدرسة + ه, عليه equals
    على + ه, مستواه equals مستوى + ه, أبنائه and أبناؤه equal أبناء + ه, بانه equals ب + أن + ه.
    For comparing letters, not for counting: it makes different words alike (ناي, نأى).

    Examples
    --------
    >>> skeleton("عليه") == skeleton("على" + "ه")
    True
    """
    require_text("skeleton", text)
    return text.translate(SKELETON)


def kind(form: str) -> str:
    """Kind of a token's surface: `word`, `number`, `punctuation` or `symbol`.

    A form with any letter is a word (م2, 5G), else with any digit or other numeral a number (1.5,
    10%, ٣), else one of punctuation marks only is punctuation. Everything else is a symbol:
    currency, emoji, signs of mathematics, honorific signs (U+FDFA), the empty string. By Unicode
    category, so "%", "#", "@", "*" and "&" are punctuation, "+", "=" and "$" symbols; but a
    tatweel alone is punctuation, and U+FDFA and U+FDFB are symbols like the other honorifics.

    Examples
    --------
    >>> [kind(form) for form in ("وزير", "٣٫٥", "؟", "$")]
    ['word', 'number', 'punctuation', 'symbol']
    """
    require_text("kind", form)
    form = form.translate(NOT_LETTERS)
    if any(character.isalpha() for character in form):
        return "word"
    categories = {unicodedata.category(character)[0] for character in form}
    if "N" in categories:
        return "number"
    return "punctuation" if categories - {"M", "C", "Z"} == {"P"} else "symbol"


# --- for readers without Arabic ---------------------------------------------------------------


def transliterate(text: str, scheme: str = "ijmes", *, reverse: bool = False) -> str:
    """Arabic text in Latin letters; characters that a scheme does not know stay.

    "buckwalter": one ASCII character for one letter or diacritic in the order of the text,
    reversible where the text has no ASCII letters or signs of its own. "hsb":
    Habash-Soudi-Buckwalter, one for one, easier to read.

    "ijmes": for readers, with Latin punctuation and digits. Long vowels, diphthongs, doubled
    letters and tanwin are given where the text is vocalised; bare text gives its consonants, with
    w and y, and ā for alef. The article is al- (li-l- after ل; wa-l- and the like where the
    proclitic is vocalised), never assimilated. An initial hamza is dropped; without a vowel sign
    أ gives a, and إ or a bare ا gives i. ة is a, and at before a definite word when its own word
    has no article. Limits: every word in ال with two letters more is taken to have the article
    (التقى), other proclitics of bare text are not split, case endings are kept where they are
    written, names are not capitalised.

    Parameters
    ----------
    text : str
        Arabic text, or Buckwalter letters with `reverse`.
    scheme : str
        "buckwalter", "hsb" or "ijmes".
    reverse : bool
        From Latin back to Arabic; "buckwalter" only.

    Returns
    -------
    str
        The text in the other script.

    Raises
    ------
    ValueError
        The scheme is unknown, or `reverse` is asked of a scheme that cannot be reversed.
    TypeError
        `text` is not a string.

    References
    ----------
    Habash, Soudi & Buckwalter (2007), On Arabic Transliteration, in: Arabic Computational
    Morphology, 15-22. IJMES Transliteration System for Arabic, Persian, and Turkish.

    Examples
    --------
    >>> transliterate("المُدَوَّنة"), transliterate("وزير")
    ('al-mudawwana', 'wzyr')
    >>> transliterate("مُدَوَّنة", "buckwalter"), transliterate("مُدَوَّنة", "hsb")
    ('mudawa~np', 'mudawa~nħ')
    >>> transliterate("ktAb", "buckwalter", reverse=True)
    'كتاب'
    """
    require_text("transliterate", text)
    if scheme not in SCHEMES:
        raise ValueError(
            f"transliterate: no scheme {scheme!r}; the schemes are {', '.join(SCHEMES)}. "
            "Pass one of them as scheme=."
        )
    if reverse and scheme != "buckwalter":
        raise ValueError(
            f"transliterate: scheme {scheme!r} cannot be reversed. Pass scheme='buckwalter'."
        )
    if scheme == "buckwalter":
        return romanise.from_buckwalter(text) if reverse else romanise.buckwalter(text)
    if scheme == "hsb":
        return romanise.hsb(text)
    letters = fold_presentation_forms(strip_marks(text)).translate(FOR_READERS)
    return fold_digits(romanise.ijmes(strip_tatweel(letters)))
