"""Multiword tokens that no treebank sentence has, but a list of frequent forms and known words.

The expander spells the words of a token letter by letter, and on tokens it has not seen it errs in
what the letters do not show: مباراتها is مباراة + ها, not مبارات + ها; لاطفاء is ل + إطفاء, not
ل + أطفاء. A frequent form that can be taken apart so that what is left is a word of the treebank or
the dictionary, in one way or in one that is six times as common as the next, is a multiword token
as if it had been seen. Whether a token is to be split at all is the tokeniser's matter, which sees
it in its sentence.
"""

import itertools
import lzma
from collections import Counter, defaultdict

from treebank_reading import words_of
from vectors import HAMZA

FREQUENT = 150_000  # forms of the list that are looked at
CONJUNCTIONS = ("", "و", "ف")
PREPOSITIONS = ("", "ب", "ل", "ك")
SUFFIXES = ("ه", "ها", "هم", "هما", "هن", "نا", "كم")
NOMINAL = {"NOUN", "ADJ", "X", "PROPN"}
SUFFIXED = {"NOUN", "VERB"}
CLEAR = 6  # how much commoner one reading must be than the next


def known_words(sentences, chainbank):
    """Words without hamza, each with its spellings and parts of speech, counted."""
    known = defaultdict(Counter)
    for sentence in sentences:
        for word in words_of(sentence):
            if word["form"].isalpha() and len(word["form"]) > 2:
                known[word["form"].translate(HAMZA)][word["form"], word["upos"]] += 1
    for form, upos, _ in chainbank:
        if form.isalpha() and len(form) > 2:
            known[form.translate(HAMZA)][form, upos] += 1
    return known


def stems(rest, suffix, known):
    """(spelling, UPOS, count) of the known words that `rest` may be before a suffix."""
    spelt = [rest]
    if suffix:
        # a final ة becomes ت, the silent alef of a plural verb goes
        spelt = [rest[:-1] + "ة"] if rest.endswith("ت") else []
        spelt += [rest, rest + "ا"] if rest.endswith("و") else [rest]
    for one in spelt:
        for (form, upos), count in known.get(one.translate(HAMZA), {}).items():
            # a letter with hamza is not another one; a bare alef may be any
            same = all(a in ("ا", b) for a, b in zip(one, form, strict=True))
            if same and not (suffix and (form.endswith("ة") and one == rest)):
                yield form, upos, count


def readings(token, known):
    """Counter of the ways to take a token apart, each a tuple of words."""
    found = Counter()
    for conjunction, preposition in itertools.product(CONJUNCTIONS, PREPOSITIONS):
        before = [clitic for clitic in (conjunction, preposition) if clitic]
        rest = token[len(conjunction) + len(preposition) :]
        if not token.startswith(conjunction + preposition) or len(rest) < 3:
            continue
        # للمرة is ل + المرة, لليل may be ل + الليل or ل + ليل
        lam = preposition == "ل" and rest.startswith("ل")
        for written in ("ا" + rest, "ال" + rest, rest) if lam else (rest,):
            for words, count in endings(written, preposition, known):
                if lam and written != rest and not words[0].startswith("ال"):
                    continue
                if before or len(words) > 1:
                    found[(*before, *words)] += count
    return found


def endings(rest, preposition, known):
    """(words, count) of a token without its proclitics: a known word, alone or with a pronoun.

    A final ه may also be written for ة: then what looks like a pronoun is none.
    """
    for suffix in ("", *SUFFIXES):
        stem = rest.removesuffix(suffix) if suffix else rest
        if (suffix and stem == rest) or len(stem) < 3:
            continue
        # منحته is منحت + ه, "she gave him", as well as منحة + ه, "his grant"
        if suffix and stem.endswith("ت"):
            for form, upos, count in stems(stem[:-1], "", known):
                if upos == "VERB" and not preposition:
                    yield (form + "ت", suffix), count
        for form, upos, count in stems(stem, suffix, known):
            fits = upos in NOMINAL or not preposition
            fits &= not suffix or (upos in SUFFIXED and not form.startswith("ال"))
            if fits and upos in NOMINAL | SUFFIXED:
                yield ((form, suffix) if suffix else (form,)), count
    if rest.endswith("ه"):
        for form, upos, count in stems(rest[:-1] + "ة", "", known):
            if upos in NOMINAL:
                yield (form,), count


def attested_tokens(sentences, chainbank, wordfreq):
    """Tokens, as `treebank_reading` has them, of frequent forms with one clear reading.

    `wordfreq` is the path of a list of forms, the commonest first. Forms that stand in the
    sentences, split or not, are left out.
    """
    known = known_words(sentences, chainbank)
    seen = {token["form"] for sentence in sentences for token in sentence}
    made = []
    with lzma.open(wordfreq, "rt", encoding="utf-8") as lines:
        for line in itertools.islice(lines, FREQUENT):
            form = line.split("\t")[0]
            # A form that is a known word may be that word; رئيسيه may be written for رئيسية.
            folded = form.translate(HAMZA)
            alike = {folded, folded[:-1] + "ة" if folded.endswith("ه") else folded}
            if len(form) < 4 or form in seen or any(one in known for one in alike):
                continue
            ranked = readings(form, known).most_common(2)
            if not ranked or (len(ranked) > 1 and ranked[0][1] < CLEAR * ranked[1][1]):
                continue
            if form.endswith("ه") and ranked[0][0][-1].endswith("ة"):
                continue  # another spelling; the other variants have it
            words = [{"form": part, "upos": "X", "lemma": None} for part in ranked[0][0]]
            made.append({"form": form, "words": words, "space": True})
    return made
