"""Where the words of a fused token stand in its letters."""

import re

from toolkit.arabic.whole_names import WITH_LAM
from toolkit.normalise import fold, skeleton

OWN, SHARED = "own", "shared"
PREPOSITION_LAM = "\N{ARABIC LETTER LAM}"
NUN = "\N{ARABIC LETTER NOON}"
ARTICLE = "\N{ARABIC LETTER ALEF}\N{ARABIC LETTER LAM}"

# One-letter words that are written on the front of the next one.
PROCLITICS = frozenset(
    "\N{ARABIC LETTER WAW}\N{ARABIC LETTER FEH}\N{ARABIC LETTER BEH}\N{ARABIC LETTER LAM}"
    "\N{ARABIC LETTER KAF}\N{ARABIC LETTER SEEN}\N{ARABIC LETTER ALEF WITH HAMZA ABOVE}"
)

# Words that expanders tear apart, since the letters of the name look like clitics.
ALLAH = "الله"
KNOWN_FUSED = re.compile(f"([وف])?([بت])?{ALLAH}|([وف])?(ل)له")
END_OF_ALLAH = "لله"
# Of للندن they make an article that no name has.
TWO_LAMS = re.compile("([وف])?(ل)(ل.+)")

Placement = tuple[int, int, str]


def known_words(token: str) -> list[str] | None:
    """The words of a token that is no model's to decide: ``الله`` with its clitics, ``للندن``.

    Parameters
    ----------
    token : str
        A token without diacritics.

    Returns
    -------
    list of str or None
        The words, two or more; None for any other token.

    Examples
    --------
    >>> known_words("ولله"), known_words("بالله"), known_words("الله")
    (['و', 'ل', 'الله'], ['ب', 'الله'], None)
    >>> known_words("لليفربول"), known_words("للجزيرة")
    (['ل', 'ليفربول'], None)
    """
    two = TWO_LAMS.fullmatch(token)
    if two is not None and fold(two[3]) in WITH_LAM:
        return [word for word in two.groups() if word]
    if not token.endswith(END_OF_ALLAH):
        return None
    match = KNOWN_FUSED.fullmatch(token)
    if match is None or token == ALLAH:
        return None
    return [*(clitic for clitic in match.groups() if clitic), ALLAH]


def place_words(token: str, forms: list[str]) -> list[Placement]:
    """Spans of the words of a token, in code points of the token.

    Words whose letters follow one another in the token, up to spellings that change at a seam
    (``ة`` and ``ت``, ``ى`` and ``ي``, hamza), get a span of their own. Where letters are
    contracted (``لل`` for ``ل`` and ``ال``, ``مما`` for ``من`` and ``ما``, ``إلي`` for ``إلى`` and
    ``ي``) the words concerned share the token's whole span.

    Parameters
    ----------
    token : str
        The token as written, without diacritics.
    forms : list of str
        Its words with their letters restored.

    Returns
    -------
    list of (int, int, str)
        Start, end and ``own`` or ``shared`` for each form.

    Examples
    --------
    >>> place_words("وقالت", ["و", "قالت"])
    [(0, 1, 'own'), (1, 5, 'own')]
    >>> place_words("وللرئيس", ["و", "ل", "الرئيس"])
    [(0, 1, 'own'), (0, 7, 'shared'), (0, 7, 'shared')]
    """
    letters = skeleton(token)
    front, start = _match_front(letters, forms)
    if front == len(forms):
        *before, (last, _, _) = _consecutive(forms)
        return [*before, (last, len(token), OWN)]
    back, end = _match_back(letters[start:], forms[front:])
    end += start
    middle = forms[front : len(forms) - back]
    if _is_lam_and_article(forms, front, middle) or (start == end and front > 0):
        front -= 1
    elif _is_assimilated(letters[start:end], middle):
        back = max(back - 1, 0)
    elif len(middle) == 1 and start < end:
        return [*_consecutive(forms[:front]), (start, end, OWN), *_ending(token, forms, back)]
    shared = [(0, len(token), SHARED)] * (len(forms) - front - back)
    return [*_consecutive(forms[:front]), *shared, *_ending(token, forms, back)]


def _match_front(letters: str, forms: list[str]) -> tuple[int, int]:
    """How many leading words match letter by letter, and where they end."""
    matched, position = 0, 0
    for form in forms:
        if not form or not letters.startswith(skeleton(form), position):
            break
        matched, position = matched + 1, position + len(form)
    return matched, position


def _match_back(letters: str, forms: list[str]) -> tuple[int, int]:
    """How many of the remaining words match at the end, and where they begin."""
    matched, position = 0, len(letters)
    for form in reversed(forms[1:]):
        if not form or not letters[:position].endswith(skeleton(form)):
            break
        matched, position = matched + 1, position - len(form)
    return matched, position


def _is_lam_and_article(forms: list[str], front: int, middle: list[str]) -> bool:
    return (
        len(middle) == 1
        and front > 0
        and forms[front - 1] == PREPOSITION_LAM
        and middle[0].startswith(ARTICLE)
    )


def _is_assimilated(letters: str, middle: list[str]) -> bool:
    """Whether the letters are those of a word without its last ``ن``, as ``م`` of ``مما``."""
    return len(middle) == 1 and middle[0].endswith(NUN) and letters == skeleton(middle[0][:-1])


def _consecutive(forms: list[str]) -> list[Placement]:
    placements, position = [], 0
    for form in forms:
        placements.append((position, position + len(form), OWN))
        position += len(form)
    return placements


def _ending(token: str, forms: list[str], back: int) -> list[Placement]:
    """Placements of the last `back` words, which end with the token."""
    if back == 0:
        return []
    last = forms[len(forms) - back :]
    offset = len(token) - sum(map(len, last))
    return [(start + offset, end + offset, span) for start, end, span in _consecutive(last)]
