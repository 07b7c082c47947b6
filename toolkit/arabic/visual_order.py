"""Lines of Arabic that were stored as they are seen, from left to right, put into reading order."""

import re
from collections.abc import Iterable

from toolkit.arabic.letters import WITHOUT_FORMS

RIGHT = "\u0590-\u065f\u066a-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
DIGIT = "0-9\u0660-\u0669\u06f0-\u06f9"
LATIN = "A-Za-z\u00aa\u00b5\u00ba\u00c0-\u024f\u0370-\u052f\u1e00-\u1fff"
# From a letter or a digit that is read from the left to the last one before Arabic begins.
FROM_LEFT = re.compile(f"[{LATIN}{DIGIT}](?:[^{RIGHT}\n]*[{LATIN}{DIGIT}])?")
# After Arabic letters, hyphens and signs of percent are no parts of a number (UAX 9, W2 to W5).
NUMBER = re.compile(f"[{DIGIT}]+(?:[.,:/٫٬][{DIGIT}]+)*")
HAS_RIGHT, HAS_LATIN = re.compile(f"[{RIGHT}]"), re.compile(f"[{LATIN}]")
FORMS = re.compile("[\ufb50-\ufdfb\ufe70-\ufefc]")
WORD = re.compile(f"[{RIGHT}]+")
PAIRS = "()[]{}«»‹›﴾﴿“”<>"
MIRRORED = {
    ord(a): b for a, b in zip(PAIRS, (PAIRS[place ^ 1] for place in range(len(PAIRS))), strict=True)
}
OPENERS = dict(zip(PAIRS[1::2], PAIRS[::2], strict=True))
# Letters that no word begins with.
FINAL = ("ة", "ى")
SHORTEST_WITH_ARTICLE = 5


def is_visual(text: str) -> bool:
    """Whether the words of a text are mirrored: ة and ى begin them, or the article ال ends them.

    Examples
    --------
    >>> is_visual("ةحاولا ىلإ ةلفاقلا تلصو"), is_visual("وصلت القافلة إلى الواحة")
    (True, False)
    """
    words = WORD.findall(FORMS.sub(lambda form: form[0].translate(WITHOUT_FORMS), text))
    last: int = sum(word.endswith(FINAL) for word in words)
    first: int = sum(word.startswith(FINAL) for word in words)
    if first != last:
        return first > last
    long = [word for word in words if len(word) >= SHORTEST_WITH_ARTICLE]
    begins: int = sum(word.startswith("ال") for word in long)
    ends: int = sum(word.endswith("لا") for word in long)
    return ends > begins


def in_reading_order(text: str) -> str:
    """Lines that were stored as they are seen, in reading order; lines without Arabic stay.

    Numbers and words of Latin letters keep their order. Brackets are turned round where that
    makes more of them fit.

    Examples
    --------
    >>> in_reading_order("ادج 2024 يف اليوط ناك )ميدقلا( قيرطلا نإ")
    'إن الطريق (القديم) كان طويلا في 2024 جدا'
    """
    lines = text.split("\n")
    turned = [_turned(line, mirror=True) for line in lines]
    unmirrored = [_turned(line, mirror=False) for line in lines]
    return "\n".join(max(turned, unmirrored, key=_fitting))


def _turned(line: str, *, mirror: bool) -> str:
    if not HAS_RIGHT.search(line):
        return line
    table = MIRRORED if mirror else {}

    def from_left(match: re.Match[str]) -> str:
        if HAS_LATIN.search(match[0]):
            return match[0][::-1].translate(table)
        return NUMBER.sub(lambda number: number[0][::-1], match[0])

    return FROM_LEFT.sub(from_left, line[::-1].translate(table))


def _fitting(lines: Iterable[str]) -> int:
    """How many brackets close one that is open, less those that do not."""
    score = 0
    for line in lines:
        waiting: list[str] = []
        for char in line:
            if char in OPENERS:
                fits = bool(waiting) and waiting[-1] == OPENERS[char]
                score += 1 if fits else -1
                if fits:
                    waiting.pop()
            elif char in PAIRS:
                waiting.append(char)
    return score


def plain_letters(text: str) -> tuple[str, int]:
    """A text with plain letters for presentation forms, and how many there were.

    Examples
    --------
    >>> plain_letters("\\ufefbحول")
    ('لاحول', 1)
    """
    number = len(FORMS.findall(text))
    return (text.translate(WITHOUT_FORMS) if number else text), number
