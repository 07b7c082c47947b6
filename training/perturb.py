"""How people write: pure functions that respell a token, or a sentence, everywhere they apply.

A token function takes a token as written and returns it respelt; the same token always gives the
same result, for what is drawn (which diacritic, how many strokes) is drawn by `SEED` and the
token. The first line of each docstring is its statement in the model card. Everything is done
wherever it can be done, so a cost measured with these functions is an upper bound.
"""

import random
import re
import unicodedata
from difflib import SequenceMatcher

from treebank_reading import EASTERN_DIGITS
from vectors import HAMZA

from toolkit.arabic.joining import joins
from toolkit.normalise import skeleton

SEED = 20251124

LETTER = re.compile("[\u0621-\u063a\u0641-\u064a]")
SHADDA, SUKUN, TATWEEL = "\u0651", "\u0652", "\N{ARABIC TATWEEL}"
SHORT_VOWELS = "\u064e\u064f\u0650"
FATHATAN, CASE_TANWIN = "\u064b", "\u064c\u064d"
MARKS = re.compile("[\u064b-\u0652\u0670]")

PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
PERSIAN_KEYBOARD = str.maketrans(
    "كيى", "\N{ARABIC LETTER KEHEH}" + 2 * "\N{ARABIC LETTER FARSI YEH}"
)
DECIMAL, THOUSANDS = re.compile(r"(?<=\d)\.(?=\d)"), re.compile(r"(?<=\d),(?=\d{3})")

INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u00ad\ufeff\u2060"
EMBEDDING, END_OF_EMBEDDING = "\u202b", "\u202c"

LATIN_WORDS = ("online", "podcast", "software", "live", "startup", "hashtag", "update", "web")
LATIN_PERSONS = ("John Smith", "Maria Garcia", "Peter Novak", "Anna Schmidt", "Kim", "Robert Brown")
LATIN_PLACES = ("London", "New York", "Berlin", "Tokyo", "Buenos Aires", "Madrid", "Oslo")
LATIN_EVERY = 10  # tokens from one inserted Latin word to the next


def drawing(*what):
    """A random generator that depends on `SEED` and on `what` alone."""
    return random.Random(" ".join((str(SEED), *what)))


# --- signs that are not spelling ---------------------------------------------------------------


def all_diacritics(token):
    """A short vowel, a sukun or a shadda with a vowel, drawn, on every letter."""
    rng = drawing("diacritics", token)

    def marks():
        if rng.random() < 0.15:
            return SHADDA + rng.choice(SHORT_VOWELS)
        return rng.choice(SHORT_VOWELS + SUKUN)

    return LETTER.sub(lambda match: match[0] + marks(), token)


def shadda_and_tanwin(token):
    """A shadda on an inner letter, drawn, and tanwin on the last of every word of three letters."""
    if len(token) < 3 or not all(map(LETTER.match, token)):
        return token
    rng = drawing("shadda", token)
    place = rng.randrange(1, len(token) - 1)
    tanwin = FATHATAN if token[-1] in "اة" else rng.choice(CASE_TANWIN)
    return token[: place + 1] + SHADDA + token[place + 1 :] + tanwin


def vocalise(token, vocalised):
    """The diacritics that another source gives the same words; the letters stay as written.

    `vocalised` is the spelling of that source, the words of a token in one string. Letters are
    paired by their skeletons, so that للحظر takes those of لِاَلحَظرِ, and a letter without a partner
    stays bare.
    """
    letters = MARKS.sub("", vocalised)
    marks = [""] * (len(letters) + 1)
    place = 0
    for character in vocalised:
        if MARKS.match(character):
            marks[place] += character
        else:
            place += 1
    pairs = SequenceMatcher(None, skeleton(token), skeleton(letters), autojunk=False)
    partner = {}
    for start, other, size in pairs.get_matching_blocks():
        partner.update((start + i, other + i) for i in range(size))
    return "".join(
        letter + (marks[partner[i] + 1] if i in partner else "") for i, letter in enumerate(token)
    )


def stretch(token):
    """One to three strokes of tatweel, drawn, between all letters that are joined."""
    rng = drawing("tatweel", token)
    stretched = token[:1]
    for border in range(1, len(token)):
        stretched += TATWEEL * rng.randint(1, 3) * joins(token, border) + token[border]
    return stretched


def invisible_marks(token):
    """A zero-width or bidi mark, drawn, between all characters, and an embedding around them."""
    rng = drawing("marks", token)
    inside = token[0] + "".join(rng.choice(INVISIBLE) + character for character in token[1:])
    return EMBEDDING + inside + END_OF_EMBEDDING


def _presentation_forms():
    forms = {}
    for code in range(0xFE80, 0xFEFD):
        kind, *letters = unicodedata.decomposition(chr(code)).split()
        forms["".join(chr(int(letter, 16)) for letter in letters), kind.strip("<>")] = chr(code)
    return forms


FORMS = _presentation_forms()
LAM_ALEF = re.compile("ل[اأإآ]")


def presentation_forms(token):
    """Every letter as the code of its shape (U+FE80 to U+FEFC), lam and alef as a ligature."""
    shaped, place = "", 0
    while place < len(token):
        size = 2 if LAM_ALEF.match(token, place) else 1
        before, after = joins(token, place), joins(token, place + size)
        kind = {(0, 0): "isolated", (0, 1): "initial", (1, 0): "final", (1, 1): "medial"}
        letters = token[place : place + size]
        shaped += FORMS.get((letters, kind[before, after]), letters)
        place += size
    return shaped


def persian_keyboard(token):
    """ک for ك, and ی for both ي and ى, as a Persian keyboard writes them."""
    return token.translate(PERSIAN_KEYBOARD)


# --- spelling ----------------------------------------------------------------------------------


def drop_hamza(token):
    """ا for أ, إ and آ."""
    return token.translate(HAMZA)


def ya_undotted(token):
    """ى for every ي at the end of a token."""
    return token[:-1] + "ى" if token.endswith("ي") and len(token) > 1 else token


def maqsura_dotted(token):
    """ي for every ى."""
    return token.replace("ى", "ي")


def ta_without_dots(token):
    """ه for every ة."""
    return token.replace("ة", "ه") if len(token) > 1 else token


def ha_dotted(token):
    """ة for every ه at the end of a token, the pronoun in كتابه included."""
    return token[:-1] + "ة" if token.endswith("ه") and len(token) > 1 else token


def hasty(token):
    """ا for أ, إ and آ, ى for final ي, and ه for ة, all at once."""
    return ta_without_dots(ya_undotted(drop_hamza(token)))


def arabic_indic_digits(token):
    """Arabic-Indic digits for 0 to 9."""
    return token.translate(EASTERN_DIGITS)


def arabic_indic_numbers(token):
    """Arabic-Indic digits, with the Arabic signs of decimals, thousands and per cent."""
    token = THOUSANDS.sub("\N{ARABIC THOUSANDS SEPARATOR}", DECIMAL.sub("\u066b", token))
    return token.replace("%", "\N{ARABIC PERCENT SIGN}").translate(EASTERN_DIGITS)


def persian_digits(token):
    """Persian digits for 0 to 9."""
    return token.translate(PERSIAN)


# --- sentences ---------------------------------------------------------------------------------


def latin_insertions(spaced):
    """A Latin word, no name, after every tenth token or the next with a space behind it.

    `spaced` tells for each token of the sentence whether it has one; the answer maps the position
    of a token to the word that follows it.
    """
    rng, due, words = drawing("latin", str(len(spaced))), LATIN_EVERY, {}
    for position, space in enumerate(spaced):
        due -= 1
        if due <= 0 and space:
            words[position], due = rng.choice(LATIN_WORDS), LATIN_EVERY
    return words


def _tagged_spans(sentence):
    """Runs of (token, tag): the tokens of one name, or one token outside."""
    runs = []
    for token, tag in sentence:
        if tag.startswith("I-") and runs and runs[-1][-1][1][2:] == tag[2:]:
            runs[-1].append((token, tag))
        else:
            runs.append([(token, tag)])
    return runs


def latin_names(sentence, share=1.0):
    """A name in Latin letters for the name of a person or place, drawn.

    Done for `share` of them, drawn; the BIO tags follow.
    """
    rng = drawing("names", *(token for token, _ in sentence))
    respelt = []
    for run in _tagged_spans(sentence):
        kind = run[0][1][2:]
        if kind in ("PER", "LOC") and rng.random() < share:
            name = rng.choice(LATIN_PERSONS if kind == "PER" else LATIN_PLACES).split()
            respelt += [(part, f"{'I' if i else 'B'}-{kind}") for i, part in enumerate(name)]
        else:
            respelt += run
    return respelt


def and_before_names(sentence):
    """و written to the first token of every name that begins with an Arabic letter."""
    return [
        (f"و{token}" if tag.startswith("B-") and LETTER.match(token) else token, tag)
        for token, tag in sentence
    ]
