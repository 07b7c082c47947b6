"""Text made safe to look at: what could reorder it, hide in it or take no place is a box."""

import re

SHOWN_AS = "▯"
# Control characters but tab and line ends, bidi embeddings, overrides and isolates, deprecated
# format characters, half code points, characters that are no characters, and those that take no
# place though they are no marks of Arabic: soft hyphen, Mongolian separator, fillers, zero width
# space and no-break space, word joiner, invisible operators, annotation signs, tags.
_UNSAFE = re.compile(
    "[\\0-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\xad\\u034f\\u115f\\u1160\\u17b4\\u17b5"
    "\\u180e\\u200b\\u202a-\\u202e\\u2060-\\u206f\\u3164\\ud800-\\udfff\\ufdd0-\\ufdef"
    "\\ufeff\\uffa0\\ufff0-\\ufffb\\ufffe\\uffff\\U000e0000-\\U000e0fff]"
)


def visible(text: str) -> str:
    """The text with a box for each character that could reorder, hide or break what it stands in.

    Pages, tables and figures show all text that comes from a table through it.

    Examples
    --------
    >>> visible("ب\\u202eس")
    'ب▯س'
    """
    return _UNSAFE.sub(SHOWN_AS, text)
