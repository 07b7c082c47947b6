"""Which of the words of a token are clitics before a name."""

from collections.abc import Sequence

from toolkit.arabic.clitics import PROCLITICS
from toolkit.arabic.whole_names import is_whole

# How a clitic on the front of a name is tagged.
PROCLITIC_TAGS = frozenset({"ADP", "CCONJ", "SCONJ", "PART", "AUX"})


def clitics_before_name(forms: Sequence[str], tags: Sequence[str | None]) -> int:
    """How many words of a name's first token are clitics before it.

    Parameters
    ----------
    forms : sequence of str
        The words of the token.
    tags : sequence of str or None
        Their parts of speech.

    Examples
    --------
    >>> clitics_before_name(["و", "ل", "لندن"], ["CCONJ", "ADP", "X"])
    2
    >>> clitics_before_name(["س", "تولمان"], ["AUX", "X"])
    0
    """
    clitics = 0
    while clitics < len(forms) - 1 and _is_proclitic(forms[clitics:], tags[clitics]):
        clitics += 1
    if all(tag == "PRON" for tag in tags[clitics:]):
        return 0  # a name is no pronoun: the split is doubtful
    return clitics


def _is_proclitic(forms: Sequence[str], tag: str | None) -> bool:
    """Whether the first of these words is written onto the name that the others are."""
    first, *rest = forms
    return first in PROCLITICS and tag in PROCLITIC_TAGS and not is_whole(first, "".join(rest))
