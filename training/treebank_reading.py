"""Read the treebank sources as sentences.

A sentence is a list of tokens, a token a dict with ``form`` (as written), ``words`` and ``space``
(whether a space follows). A word is a dict with ``form``, ``upos`` and ``lemma``, and, where a
source knows them, ``feats`` (UD v2 features) with ``feats_from`` (the name of that source), and
``head`` (number of the head among the words of the sentence, from 1; 0 for the root) with
``deprel``.
"""

import csv
import re
from functools import cache

# What the package removes before the models see a text: harakat and Quranic signs, tatweel,
# zero-width and bidi marks.
INVISIBLE = re.compile(
    "[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640"
    "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u061c\u00ad]"
)
FOLD = str.maketrans("أإآٱىةؤئ", "ااااي" + "هوي")
EASTERN_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
WESTERN_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")
NOT_LETTERS = re.compile(r"[\W_]+")
LETTER_OR_DIGIT = re.compile(r"^\w")


def bare(text):
    """`text` as the models see it: no harakat, tatweel or invisible marks."""
    return INVISIBLE.sub("", text)


@cache
def skeleton(text):
    """Letters and digits of `text`, spelling folded: the key by which texts are compared."""
    return NOT_LETTERS.sub("", bare(text).translate(FOLD).translate(WESTERN_DIGITS))


def read_conllu(path):
    """Yield (sentence id, text or None, rows); a row is the list of the ten columns."""
    rows, text, name = [], None, None
    with open(path, encoding="utf-8") as file:
        for line in file:
            line = line.rstrip("\n")
            if line.startswith("# text ="):
                text = line.removeprefix("# text =").strip()
            elif line.startswith("# sent_id"):
                name = line.split(None, 2)[-1].removeprefix("= ")
            elif not line:
                if rows:
                    yield name, text, rows
                rows, text, name = [], None, None
            elif not line.startswith("#"):
                rows.append(line.split("\t"))
    if rows:
        yield name, text, rows


@cache
def edit_distance(one, two):
    """Levenshtein distance of two short strings."""
    previous = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        current = [i]
        for j, b in enumerate(two, 1):
            current.append(min(previous[j] + 1, current[-1] + 1, previous[j - 1] + (a != b)))
        previous = current
    return previous[-1]


def range_length(surface, forms, longest=6):
    """How many of `forms` the multiword token `surface` covers: nearest joined letters win."""
    target = surface.translate(FOLD).replace("ه", "ت")
    best, cost = 0, 1e9
    for count in range(2, min(longest, len(forms)) + 1):
        joined = "".join(forms[:count]).translate(FOLD).replace("ه", "ت")
        distance = edit_distance(target, joined) if target != joined else 0
        if distance < cost:
            best, cost = count, distance
        if not distance or len(joined) > len(target) + 3:
            break
    return best if cost <= max(1, len(target) // 3) else 0


def read_padt(path):
    """Sentences of the chdzdt files, with the lengths of the multiword tokens recovered."""
    sentences = []
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            forms, tags = (part.split(" ") for part in line.rstrip("\n").split("\t"))
            if len(forms) != len(tags):
                raise ValueError(
                    f"treebank: {path}, line {number}: {len(forms)} forms, {len(tags)} tags. "
                    "Fetch the file again."
                )
            forms = [bare(form) or form for form in forms]
            sentence, i = [], 0
            while i < len(forms):
                count = 0
                if tags[i] == "_" and forms[i] != "_":
                    following = []
                    for form, tag in zip(forms[i + 1 :], tags[i + 1 :], strict=True):
                        if tag == "_":
                            break
                        following.append(form)
                    count = range_length(forms[i], following)
                if count:
                    words = [
                        {"form": form, "upos": tag, "lemma": None}
                        for form, tag in zip(
                            forms[i + 1 : i + 1 + count], tags[i + 1 : i + 1 + count], strict=True
                        )
                    ]
                    sentence.append({"form": forms[i], "words": words, "space": True})
                elif tags[i] != "_":
                    word = {"form": forms[i], "upos": tags[i], "lemma": None}
                    sentence.append({"form": forms[i], "words": [word], "space": True})
                i += 1 + count
            sentences.append(sentence)
    return sentences


def key_of(sentence):
    return skeleton("".join(token["form"] for token in sentence))


def words_of(sentence):
    return [word for token in sentence for word in token["words"]]


def tidy_lemma(word):
    """Lemma of a gold word in one style, or None: no final case vowel, digits as written."""
    lemma = word["lemma"]
    if not LETTER_OR_DIGIT.match(word["form"]) or word["form"][0].isdigit():
        return word["form"]
    if lemma in (None, "", "_"):
        return None
    lemma = lemma.replace("ـ", "").replace("ْ", "").replace("ٱ", "ا")
    # A lemma of another word: the sources hold slips such as a typing error's neighbour.
    if not skeleton(lemma):
        return None
    return re.sub("(?<=[^ا])[َُِ]$", "", lemma) if len(skeleton(lemma)) > 2 else lemma


def rejoin_article(rows):
    """Words of an IAHLT sentence as dicts, the article ال back on its noun as in PADT."""
    words, article = [], False
    for row in rows:
        if not row[0].isdigit():
            continue
        form = bare(row[1])
        if form == "ال" and row[3] == "DET":
            article = True
            continue
        lemma = None if row[2] == "_" else row[2]
        words.append({"form": ("ال" if article else "") + form, "upos": row[3], "lemma": lemma})
        article = False
    return words


def group_words(words, text):
    """Tokens of `text` with their words: each run of letters takes the words that spell it.

    Returns None where the letters do not lead through.
    """
    tokens, position = [], 0
    pieces = []
    for chunk in text.split():
        parts = re.findall(r"\d+(?:[.,،]\d+)*|[^\W\d]+|[^\w\s]|_", chunk)
        pieces += [(part, i == len(parts) - 1) for i, part in enumerate(parts)]
    for surface, space in pieces:
        count = 0
        if position < len(words) and words[position]["form"] == surface:
            count = 1
        else:
            rest = [word["form"] for word in words[position : position + 6]]
            count = range_length(surface, rest)
            joined = "".join(rest[:count]).translate(FOLD)
            if not count or abs(len(joined) - len(surface)) > 1:
                return None
        tokens.append(
            {"form": surface, "words": words[position : position + count], "space": space}
        )
        position += count
    return tokens if position == len(words) else None


def read_iahlt(paths):
    """IAHLT sentences whose words group into tokens; the first good one for each text."""
    sentences, seen = [], set()
    for path in paths:
        for _, text, rows in read_conllu(path):
            text = " ".join(bare(text or "").split())
            if not text or skeleton(text) in seen:
                continue
            sentence = group_words(rejoin_article(rows), text)
            if sentence:
                seen.add(skeleton(text))
                sentences.append(sentence)
    return sentences


CHAINBANK_POS = {"NOUN": "NOUN", "VERB": "VERB", "ADJ": "ADJ", "ADV": "ADV", "NOUN_PROP": "X"}


def chainbank_rows(path):
    """(form, UPOS, lemma) of the ChainBank lemmas, in the treebank's style of vocalising."""
    rows = []
    with open(path, encoding="utf-8") as file:
        for entry in csv.DictReader(file):
            pos = CHAINBANK_POS.get(entry["POS"].upper())
            word = {"form": bare(entry["LEMMA_ARA"]).replace("ٱ", "ا"), "upos": pos}
            word["lemma"] = entry["LEMMA_ARA"]
            lemma = tidy_lemma(word) if pos and word["form"] else None
            if lemma and word["form"].isalpha():
                rows.append((word["form"], pos, lemma))
    return rows
