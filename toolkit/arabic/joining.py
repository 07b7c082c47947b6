"""Which Arabic letters are joined in writing, for text that is cut into pieces."""

import unicodedata

# Joining types of the Unicode file ArabicShaping.txt for the blocks Arabic and Arabic Supplement.
JOINER = "\N{ZERO WIDTH JOINER}"
NON_JOINING = frozenset("\u0621\u0674\u06e5\u06e6\N{ZERO WIDTH NON-JOINER}")
RIGHT_JOINING = frozenset(
    "\u0622\u0623\u0624\u0625\u0627\u0629\u062f\u0630\u0631\u0632\u0648\u0671\u0672\u0673"
    "\u0675\u0676\u0677\u0688\u0689\u068a\u068b\u068c\u068d\u068e\u068f\u0690\u0691\u0692"
    "\u0693\u0694\u0695\u0696\u0697\u0698\u0699\u06c0\u06c3\u06c4\u06c5\u06c6\u06c7\u06c8"
    "\u06c9\u06ca\u06cb\u06cd\u06cf\u06d2\u06d3\u06d5\u06ee\u06ef\u0759\u075a\u075b\u076b"
    "\u076c\u0771\u0773\u0774\u0778\u0779"
)


def joins(text: str, border: int) -> bool:
    """Whether the letters on both sides of a border are joined in writing.

    Parameters
    ----------
    text : str
        Any text.
    border : int
        A place between two code points; marks beside it are passed over.

    Examples
    --------
    >>> joins("وموسكو", 1), joins("بموسكو", 1)
    (False, True)
    """
    before, after = border - 1, border
    while before >= 0 and _is_transparent(text[before]):
        before -= 1
    while after < len(text) and _is_transparent(text[after]):
        after += 1
    if before < 0 or after == len(text):
        return False
    return _joins_next(text[before]) and (_joins_next(text[after]) or text[after] in RIGHT_JOINING)


def _joins_next(char: str) -> bool:
    if char in "\N{ARABIC TATWEEL}\N{ZERO WIDTH JOINER}":
        return True
    arabic = "\u0620" <= char <= "\u06ff" or "\u0750" <= char <= "\u077f"
    letter = arabic and unicodedata.category(char) == "Lo"
    return letter and char not in RIGHT_JOINING and char not in NON_JOINING


def _is_transparent(char: str) -> bool:
    """Whether letters join past it: combining marks and invisible format characters."""
    if char in "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}\u06dd":
        return False
    return unicodedata.category(char) in {"Mn", "Me", "Cf"}
