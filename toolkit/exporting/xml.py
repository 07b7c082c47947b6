"""Text in XML and in vertical files: escaped, and without the characters that XML lacks."""

import re
import unicodedata
import warnings

# XML 1.0 has no others. Each becomes one character, so that places stay what they are.
ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
# A parser reads a carriage return as a line feed, and white space in an attribute as a space.
TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
ATTRIBUTE = TEXT | str.maketrans({'"': "&quot;", "\t": "&#9;", "\n": "&#10;"})


def as_word(text: str, otherwise: str) -> str:
    """What TEI takes as one word, where a name is asked for: no spaces, marks and controls.

    Examples
    --------
    >>> as_word("press agency", "note"), as_word(" ", "note")
    ('press_agency', 'note')
    """
    kept = (each if unicodedata.category(each)[0] in "LNPS" else "_" for each in text)
    return "".join(kept).strip("_") or otherwise


class Escape:
    """Escapes text for XML and counts what had to be replaced.

    Examples
    --------
    >>> escape = Escape()
    >>> escape.text("a < b"), escape.attribute('"\\n'), escape.text("\\x00"), escape.replaced
    ('a &lt; b', '&quot;&#10;', '\N{REPLACEMENT CHARACTER}', 1)
    """

    def __init__(self) -> None:
        self.replaced = 0

    def legal(self, text: str) -> str:
        """The text with U+FFFD for what XML lacks."""
        found, count = ILLEGAL.subn(REPLACEMENT, text)
        self.replaced += count
        return found

    def text(self, text: str) -> str:
        """The text between tags."""
        return self.legal(text).translate(TEXT)

    def attribute(self, text: str) -> str:
        """The text between quotation marks."""
        return self.legal(text).translate(ATTRIBUTE)

    def attributes(self, values: dict[str, str]) -> str:
        """Attributes of a tag, each with a space before it."""
        return "".join(f' {name}="{self.attribute(value)}"' for name, value in values.items())


def warn(function: str, lost: dict[str, int]) -> None:
    """Warn of what could not be written, where there is any."""
    found = "; ".join(f"{count:,} {what}" for what, count in lost.items() if count)
    if found:
        warnings.warn(f"{function}: {found}.", stacklevel=3)
