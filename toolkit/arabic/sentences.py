"""Paragraphs of a text and sentences of a paragraph, from line breaks and punctuation.

Arabic tokenisers learn sentence borders from a treebank whose "sentences" are often whole
paragraphs, so a model's borders are not used here: a sentence ends at a final punctuation
mark, unless the mark stands in brackets, in quotation marks, in a number or in an abbreviation,
or is an ellipsis that is but a pause. How often that is right: training/evaluate_sentences.py.
"""

import re
from collections.abc import Iterable
from itertools import takewhile
from typing import NamedTuple

FINAL_MARKS = frozenset(".!?؟…\N{ARABIC FULL STOP}")
OPENERS = {"(": ")", "[": "]", "{": "}", "«": "»", "“": "”", "‹": "›", "﴿": "﴾"}
CLOSERS = frozenset(OPENERS.values())
# A bracket or quotation mark that is never closed must not swallow the rest of a paragraph.
LONGEST_ENCLOSURE = 80

# An ellipsis is a pause in a sentence, not its end, after fewer words than these (a topic), before
# fewer than these and a full stop (an afterthought), and before a word that leans on the last one.
FEWEST_WORDS_BEFORE_PAUSE, FEWEST_WORDS_AFTER_PAUSE = 5, 3
LEANING = re.compile(
    "و?(?:الذي|التي|الذين|اللذان|اللتان|اللذين|اللتين|اللواتي|اللاتي|بين)|وهو|وهي|إلا|الا"
    "|بل|أو|او|أم|لأن|لأنه|لأنها|لأنهم|إذ|حيث|بقدر|سوى"
)

# An initial or a title of one letter, also with "and"; وي ون وو are Chinese and Korean names.
INITIAL = re.compile(r"(?!و[ينو])و?[^\W\d_]")

# Latin letters by their names, as in جي.بي مورغان, and the ends of web addresses.
LETTER_NAME = re.compile(
    "(?:و|ب|ل|ال)?(?:[إاآأ]يه|[أإئا]ي|آ[يى]|بي|سي|دي|[إا]ف|في|جي|[إا]تش|جيه|كيه?|[إا]ل|[إاأ]م"
    "|[إاأ]ن|[أا]و|كيو|[آأا]ر|[إاأ]س|تي|يو|دبليو|[إا]كس|واي|ز[دي])"
)
SITE_ENDINGS = frozenset({"نت", "كوم"})

# A hard-wrapped file has lines that are full up to a margin; texts with a paragraph a line do not.
NARROWEST_MARGIN, WIDEST_MARGIN = 40, 120
LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")


class RawToken(NamedTuple):
    """A token as the tokeniser gives it: its letters, its place, and whether it is to be split."""

    text: str
    start: int
    end: int
    fused: bool = False


def paragraphs(text: str) -> list[tuple[int, int]]:
    r"""Spans of the paragraphs of a text, without the white space around them.

    A blank line always ends a paragraph. A single line break does too, except in a text whose
    lines are wrapped at a margin: there the lines of a block are one paragraph.

    Parameters
    ----------
    text : str
        Any text; line breaks may be ``\n``, ``\r\n``, ``\r`` or mixed.

    Returns
    -------
    list of (int, int)
        Half-open spans in code points, in order; none is empty.

    Examples
    --------
    >>> paragraphs("عنوان\n\n نص أول \nنص ثان")
    [(0, 5), (8, 14), (16, 22)]
    """
    lines = [(m.start(), m.end()) for m in LINE.finditer(text)]
    lines = [_strip(text, start, end) for start, end in lines]
    lines = [line for line in lines if line[0] < line[1]]
    if not _is_wrapped(text, lines):
        return lines
    blocks: list[tuple[int, int]] = []
    for start, end in lines:
        if blocks and not _has_blank_line(text[blocks[-1][1] : start]):
            blocks[-1] = (blocks[-1][0], end)
        else:
            blocks.append((start, end))
    return blocks


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _has_blank_line(gap: str) -> bool:
    return len(gap.replace("\r\n", "\n").strip(" \t\N{NO-BREAK SPACE}").splitlines()) > 1


def _is_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Whether most lines stop near one margin, in the middle of a sentence."""
    if len(lines) < 4:
        return False
    lengths = sorted(end - start for start, end in lines)
    margin = lengths[int(0.9 * (len(lengths) - 1))]
    if not NARROWEST_MARGIN <= margin <= WIDEST_MARGIN or lengths[-1] > 1.25 * margin:
        return False
    full = sum(end - start >= 0.75 * margin for start, end in lines)
    unfinished = sum(text[end - 1] not in FINAL_MARKS for _, end in lines)
    return full >= 0.6 * len(lines) and unfinished >= 0.6 * len(lines)


def split_sentences(tokens: list[RawToken]) -> list[list[RawToken]]:
    """Sentences of one paragraph.

    A sentence ends after ``.`` ``!`` ``?`` ``؟`` ``…`` and the closing marks that follow, but not
    inside brackets or quotation marks that are closed within 80 tokens, not inside a number, not
    after a single letter (``د.``, ``ود.``) or the number of a list item (``1.``), and not before
    a token that is attached, unless both neighbours are Arabic words (a forgotten space) and no
    names of Latin letters (``بي.بي.سي``) or parts of an address (``العربية.نت``). An ellipsis
    (``..`` or ``…``) ends a sentence only between two stretches that can stand alone, as far as
    their length and the word that follows tell.

    Parameters
    ----------
    tokens : list of RawToken
        The tokens of the paragraph, in order.

    Returns
    -------
    list of list of RawToken
        The same tokens, none lost, none empty.
    """
    inside = _enclosed(tokens)
    sentences: list[list[RawToken]] = []
    current: list[RawToken] = []
    for position, token in enumerate(tokens):
        current.append(token)
        if _ends_sentence(tokens, position, inside, begun=len(current)):
            sentences.append(current)
            current = []
    if current:
        sentences.append(current)
    return sentences


def _enclosed(tokens: list[RawToken]) -> list[bool]:
    """For each token: does it stand between an opening mark and the mark that closes it?"""
    inside = [False] * len(tokens)
    position = 0
    while position < len(tokens):
        closing = _closing_position(tokens, position)
        if closing is None:
            position += 1
            continue
        for between in range(position, closing):
            inside[between] = True
        position = closing + 1
    return inside


def _closing_position(tokens: list[RawToken], position: int) -> int | None:
    opener = tokens[position].text
    closer = '"' if opener == '"' else OPENERS.get(opener)
    if closer is None:
        return None
    depth = 0
    for ahead in range(position + 1, min(position + LONGEST_ENCLOSURE, len(tokens))):
        if tokens[ahead].text == closer:
            if closer == '"' and _reopens(tokens, ahead):
                continue
            if depth == 0:
                return ahead
            depth -= 1
        elif tokens[ahead].text == opener:
            depth += 1
    return None


def _reopens(tokens: list[RawToken], position: int) -> bool:
    """Whether a straight mark only resumes a quotation: its paragraphs each begin with one."""
    for ahead in range(position, min(position + LONGEST_ENCLOSURE, len(tokens))):
        before, mark, *following = tokens[ahead - 1 : ahead + 2]
        if mark.text != '"':
            continue
        if before.end == mark.start:
            return ahead > position
        if not _is_final(before) or not following or mark.end < following[0].start:
            return False
    return False


def _ends_sentence(tokens: list[RawToken], position: int, inside: list[bool], begun: int) -> bool:
    """Whether a sentence of ``begun`` tokens ends with the token at ``position``."""
    token = tokens[position]
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    if following is None or inside[position]:
        return False
    if _closes(token):
        # ended by the mark before the closing ones, as in: قال "انتهى." ثم
        enclosed = (tokens[position - back] for back in range(1, begun))
        last = next((before for before in enclosed if not _closes(before)), token)
        return _is_final(last) and not _continues(following)
    if not _is_final(token) or _continues(following):
        return False
    attached = following.start == token.end
    before = tokens[position - 1] if begun > 1 else None
    if _is_pause(tokens, position, begun):
        return False
    if token.text != ".":
        return not attached or _is_arabic_word(following)
    if before is not None and before.end == token.start:
        if INITIAL.fullmatch(before.text):
            return False
        if begun == 2 and before.text.isdigit():
            return False
    if attached:
        return before is not None and _is_space_forgotten(before, following)
    return True


def _is_pause(tokens: list[RawToken], position: int, begun: int) -> bool:
    """Whether the mark at ``position`` is an ellipsis that ends no sentence of ``begun`` tokens."""
    sentence = tokens[position + 1 - begun : position + 1]
    if not _is_ellipsis(takewhile(_is_final, reversed(sentence))):
        return False
    following = tokens[position + 1]
    if following.start == tokens[position].end or LEANING.fullmatch(following.text):
        return True
    if sum(map(_is_word, sentence)) < FEWEST_WORDS_BEFORE_PAUSE:
        return True
    ahead = tokens[position + 1 : position + 1 + 2 * FEWEST_WORDS_AFTER_PAUSE]
    stretch = list(takewhile(lambda token: not _is_final(token), ahead))
    if sum(map(_is_word, stretch)) >= FEWEST_WORDS_AFTER_PAUSE:
        return False
    return not _is_ellipsis(takewhile(_is_final, ahead[len(stretch) :]))


def _is_ellipsis(marks: Iterable[RawToken]) -> bool:
    """Whether marks in a row are dots alone, and more than a full stop."""
    run = "".join(mark.text for mark in marks)
    return run not in ("", ".") and not run.strip(".…")


def _is_word(token: RawToken) -> bool:
    return any(letter.isalnum() for letter in token.text)


def _is_space_forgotten(before: RawToken, following: RawToken) -> bool:
    """Whether a full stop between two tokens, attached to both, ends a sentence."""
    if not _is_arabic_word(before) or not _is_arabic_word(following):
        return False
    return not LETTER_NAME.fullmatch(before.text) and following.text not in SITE_ENDINGS


def _closes(token: RawToken) -> bool:
    return token.text in CLOSERS or token.text == '"'


def _is_final(token: RawToken) -> bool:
    return bool(token.text) and all(mark in FINAL_MARKS for mark in token.text)


def _continues(following: RawToken) -> bool:
    """Whether a mark follows that belongs to the sentence before it."""
    return _is_final(following) or following.text in CLOSERS or following.text in {"،", "؛", ","}


def _is_arabic_word(token: RawToken) -> bool:
    return len(token.text) > 1 and all("\u0621" <= letter <= "\u064a" for letter in token.text)
