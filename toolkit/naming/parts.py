"""Names folded for comparing: one key for the spellings of a name, and the parts of a key.

`fold` takes away what differs in spelling between any two words; what differs between spellings of
names alone is here: ``عبد الله`` and ``عبدالله``, ``أبو`` and ``أبي``, ``ابن`` and ``بن``,
``سورية`` and ``سوريا``, ``غوغل`` and ``جوجل``. The lists hold only what names nothing else.
"""

import re
from functools import lru_cache

from toolkit.naming.words import ARTICLE_VARIES, BEFORE, FATHERS, NAME, NO_KUNYA, SPELLING
from toolkit.normalise import fold

KEPT = 1 << 16
ARTICLE = "\N{ARABIC LETTER ALEF}\N{ARABIC LETTER LAM}"

# What is no letter of a name; a stop or a dash between digits is part of a number.
MARKS = re.compile(r"[\"'«»“”‘’„‹›`()\[\]{}#@،؛:!?؟…*,;|=<>]+")
JOINTS = re.compile(r"(?:(?<!\d)[-–—._·•/\\]|[-–—._·•/\\](?!\d)|\s)+")
# رائد and رايد are one name: within a word the seat of this hamza is spoken as ya.
SEAT = re.compile(r"اء(?=\w)(?!الدين|الله)")

# آبي before a name is no أبي, father of: its madda is kept as the two alefs that it stands for.
NO_FATHER = re.compile(r"(?<!\w)(?:آ|ا\N{ARABIC MADDAH ABOVE})بي(?=[\s_]+\w)")

SON = "بن"
# With what follows they are one part of a name: بن سلمان, آل سعود.
JOINING = frozenset({SON, "بنت", "ولد", "ال"})
LETTER_NAME = 2  # letters of what is spelled out: إم بي سي is no mother
OUTSIDE_ARABIC = str.maketrans("ڤپ", "فب")


@lru_cache(KEPT)
def name_key(name: str) -> str:
    """What all spellings of a name have in common.

    Diacritics, tatweel, hamza, ``ي``/``ى``, ``ة``/``ه``, quotation marks and dashes do not count,
    nor how ``عبد``, ``أبو`` and ``بن`` are joined and declined; well-known names have one spelling.
    ``أبي أحمد`` is the prime minister of Ethiopia and no case of ``أبو أحمد``.
    The key of a key is the key itself.

    Parameters
    ----------
    name : str
        A name without clitics and titles.

    Returns
    -------
    str
        The folded name; where nothing but marks is left, the folded marks.

    Examples
    --------
    >>> name_key("عبد الله أبي بكر"), name_key("عبدالله ابو بكر")
    ('عبدالله ابوبكر', 'عبدالله ابوبكر')
    >>> name_key("سورية"), name_key("#الأمم_المتحدة")
    ('سوريا', 'الامم المتحده')
    """
    folded = fold(NO_FATHER.sub("اابي", name)).translate(OUTSIDE_ARABIC)
    plain = JOINTS.sub(" ", MARKS.sub(" ", folded)).strip()
    words: list[str] = []
    for word in plain.split():
        _append(words, SPELLING.get(seated := SEAT.sub("اي", word), seated))
    key = " ".join(_plural(_without_article(SPELLING.get(word, word))) for word in words)
    return NAME.get(key, key) or " ".join(folded.split())


def _append(words: list[str], word: str) -> None:
    """Add a word of a name, or write it onto the one before where both are one."""
    before = words[-1] if words else ""
    if before == "عبد" and word != SON:
        words[-1] += word
    elif before in FATHERS and word != SON and (*words, word) not in NO_KUNYA:
        words[-1] = FATHERS[before] + word
    elif (before == "ام" and len(word) > LETTER_NAME) or before in BEFORE.get(word, ()):
        words[-1] += word
    else:
        words.append(SON if word == "ابن" else word)


def _without_article(word: str) -> str:
    bare = word.removeprefix(ARTICLE)
    bare = SPELLING.get(bare, bare)
    return bare if bare in ARTICLE_VARIES else word


def _plural(word: str) -> str:
    """الحوثيين as الحوثيون: a name does not change with its case."""
    is_plural = word.startswith(ARTICLE) and word.endswith("يين")
    return word[:-2] + "ون" if is_plural else word


@lru_cache(KEPT)
def parts(key: str) -> tuple[str, ...]:
    """The parts of a key of which a short form has some: its words, ``بن`` with what follows.

    Examples
    --------
    >>> parts("محمد بن سلمان ال سعود")
    ('محمد', 'بن سلمان', 'ال سعود')
    """
    found: list[str] = []
    is_open = False
    for word in key.split():
        if is_open:
            found[-1] += f" {word}"
        else:
            found.append(word)
        is_open = word in JOINING
    return tuple(found)
