"""Prepare the treebank data of the tokeniser, the expander, the tagger and the lemmatiser.

    python training/treebank.py --data ../shared/data --out build/training

Sources (all derived from UD Arabic-PADT but the last two):

- ``chdzdt-padt-upos``: all sentences, multiword tokens and UPOS, but no spacing.
- ``sigmorphon2019-padt``: raw text and vocalised lemmas of a random fifth of them.
- ``ud-arabic-padt-v1``: vocalised lemmas of another part.
- ``iahlt-arabic``: press of 2021-22 with raw text, lemmas and its own UPOS.
- ``chainbank-lemmas``: a list of lemmas.

The split is that of UD. A sentence of UD dev or test never enters training, whichever file it
comes from: sentences are compared by their letters (folded, no spaces, no punctuation), and a
sentence that shares four fifths of its five-word sequences with dev or test is left out too. UD
test is read for that comparison only.

A sentence is a list of tokens, a token a dict with ``form`` (as written), ``words`` (a list of
dicts with ``form``, ``upos``, ``lemma``) and ``space`` (whether a space follows).
"""

import argparse
import csv
import hashlib
import json
import random
import re
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

SEED = 20251116
SOURCES = {
    "padt-train": "treebank/chdzdt-padt-upos/ar_padt-ud-train.txt",
    "padt-dev": "treebank/chdzdt-padt-upos/ar_padt-ud-dev.txt",
    "padt-test": "treebank/chdzdt-padt-upos/ar_padt-ud-test.txt",
    "sigmorphon-dev": "treebank/sigmorphon2019-padt/ar_padt-um-dev.conllu",
    "sigmorphon-test": "treebank/sigmorphon2019-padt/ar_padt-um-test.conllu",
    "v1-dev": "treebank/ud-arabic-padt-v1/ar-ud-dev.conllu",
    "v1-test": "treebank/ud-arabic-padt-v1/ar-ud-test.conllu",
    "iahlt-train": "treebank/iahlt-arabic/ar_iahlt-ud-train.conllu",
    "iahlt-dev": "treebank/iahlt-arabic/ar_iahlt-ud-dev.conllu",
    "iahlt-test": "treebank/iahlt-arabic/ar_iahlt-ud-test.conllu",
    "chainbank": "treebank/chainbank-lemmas/lemmas.csv",
}

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

CLOSING = set(".،,؛;:؟!?%٪)]}…")
OPENING = set("([{")
PAIRED = set("\"«»“”'")
LETTER_OR_DIGIT = re.compile(r"^\w")
# Letters that join a number or a quotation: they are tokens of their own before one.
CLITICS = {"و", "ف", "ب", "ل", "ك", "ال", "لل", "بال", "وال"}


def bare(text):
    """`text` as the models see it: no harakat, tatweel or invisible marks."""
    return INVISIBLE.sub("", text)


def skeleton(text):
    """Letters and digits of `text`, spelling folded: the key by which texts are compared."""
    return NOT_LETTERS.sub("", bare(text).translate(FOLD).translate(WESTERN_DIGITS))


# --- reading -----------------------------------------------------------------------------------


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
        distance = edit_distance(target, joined)
        if distance < cost:
            best, cost = count, distance
        if len(joined) > len(target) + 3:
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


# --- alignments --------------------------------------------------------------------------------


def words_of(sentence):
    return [word for token in sentence for word in token["words"]]


def set_spacing(sentence, text):
    """Set ``space`` of each token from the raw `text`; False if the letters do not match."""
    text = " ".join(bare(text).split())
    position, spaces = 0, []
    for token in sentence:
        if not text.startswith(token["form"], position):
            return False
        position += len(token["form"])
        spaces.append(text[position : position + 1] == " ")
        position += spaces[-1]
    if position < len(text):
        return False
    for token, space in zip(sentence, spaces, strict=True):
        token["space"] = space
    sentence[-1]["space"] = True
    return True


def add_sigmorphon(sentences, paths):
    """Add raw spacing and lemmas to the `sentences` found in the SIGMORPHON files.

    Returns
    -------
    set of int
        Indices of the sentences whose spacing is real.
    """
    by_words = defaultdict(list)
    for index, sentence in enumerate(sentences):
        by_words[tuple(skeleton(word["form"]) for word in words_of(sentence))].append(index)
    real = set()
    for path in paths:
        for _, text, rows in read_conllu(path):
            rows = [row for row in rows if row[0].isdigit()]
            for index in by_words.get(tuple(skeleton(row[1]) for row in rows), []):
                for word, row in zip(words_of(sentences[index]), rows, strict=True):
                    word["lemma"] = row[2]
                if set_spacing(sentences[index], text):
                    real.add(index)
    return real


def add_v1(sentences, paths):
    """Add lemmas of the UD v1 files to words that have none; the forms there are vocalised.

    A sentence is taken for the same when it has as many words and seven tenths of them agree.

    Returns
    -------
    int
        How many sentences were aligned.
    """
    index_of = defaultdict(set)
    lengths = {}
    for index, sentence in enumerate(sentences):
        skeletons = [skeleton(word["form"]) for word in words_of(sentence)]
        lengths[index] = len(skeletons)
        for pair in pairwise(skeletons):
            index_of[pair].add(index)
    aligned = 0
    for path in paths:
        for _, _, rows in read_conllu(path):
            skeletons = [skeleton(row[1]) for row in rows]
            votes = Counter()
            for pair in pairwise(skeletons):
                found = index_of.get(pair, ())
                if len(found) <= 20:
                    votes.update(found)
            for index, _ in votes.most_common(3):
                if lengths[index] != len(rows):
                    continue
                words = words_of(sentences[index])
                agree = [skeleton(w["form"]) == s for w, s in zip(words, skeletons, strict=True)]
                if sum(agree) < 0.7 * len(rows):
                    continue
                for word, row, same in zip(words, rows, agree, strict=True):
                    if same and word["lemma"] is None:
                        word["lemma"] = row[2]
                aligned += 1
                break
    return aligned


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


# --- IAHLT -------------------------------------------------------------------------------------


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


# --- keeping dev and test out ------------------------------------------------------------------


def shingles(sentence, size=5):
    words = [skeleton(token["form"]) for token in sentence]
    words = [word for word in words if word]
    return {tuple(words[i : i + size]) for i in range(len(words) - size + 1)}


def without_held_out(sentences, held_out):
    """`sentences` that are neither equal nor nearly equal to one of `held_out`."""
    keys = {key_of(sentence) for sentence in held_out}
    known = set().union(*(shingles(sentence) for sentence in held_out))
    kept = []
    for sentence in sentences:
        own = shingles(sentence)
        near = len(own) >= 4 and len(own & known) >= 0.8 * len(own)
        if key_of(sentence) not in keys and not near:
            kept.append(sentence)
    return kept


# --- spacing -----------------------------------------------------------------------------------


def quote_roles(forms):
    """Role of each quotation mark among `forms` by its index: opening and closing in turn.

    The way a mark points says nothing: PADT has its guillemets both ways round. Where their number
    is odd and the last one ends the sentence, the quotation was opened in a sentence before.
    """
    marks = [i for i, form in enumerate(forms) if form in PAIRED]
    late = len(marks) % 2 == 1 and len(forms) - marks[-1] <= 2 and len(forms) > 3
    names = ("closing", "opening") if late else ("opening", "closing")
    return {index: names[turn % 2] for turn, index in enumerate(marks)}


def roles(sentence):
    """Role of each token: word, clitic, number, opening, closing, or the mark itself."""
    forms = [token["form"] for token in sentence]
    found, quotes = [], quote_roles(forms)
    for i, form in enumerate(forms):
        if i in quotes:
            found.append(quotes[i])
        elif form in OPENING:
            found.append("opening")
        elif form[0].isdigit():
            found.append("number")
        elif form in CLITICS:
            found.append("clitic")
        elif LETTER_OR_DIGIT.match(form):
            found.append("word")
        else:
            found.append(form)
    return found


def attached_by_rule(left, right):
    """The stated rule: whether two neighbours of these roles are written without a space.

    . ، ؛ : ؟ ! % and closing brackets and quotes stand at the word before them, opening ones at
    the word after; / joins both neighbours; - joins two numbers, and what stands between them; a
    clitic joins the number or the quotation after it.
    """
    if left == "clitic" and right in ("number", "opening"):
        return True
    if left == "opening" or right in CLOSING or right == "closing":
        return True
    if "/" in (left, right):
        return True
    return {left, right} == {"-", "number"}


def respace(sentence, attach=attached_by_rule):
    """Copy of `sentence` with its spacing set by `attach`."""
    kinds = roles(sentence)
    copy = [dict(token, space=True) for token in sentence]
    for i in range(len(copy) - 1):
        copy[i]["space"] = not attach(kinds[i], kinds[i + 1])
    # Decimals of the agencies, "4ر2": the letter is a token and joins both numbers.
    for i in range(1, len(copy) - 1):
        if copy[i]["form"] == "ر" and (kinds[i - 1], kinds[i + 1]) == ("number", "number"):
            copy[i - 1]["space"] = copy[i]["space"] = False
    # A dash joins two numbers only with both of them: "15-7" but "1995 - a headline".
    for i in range(1, len(copy) - 1):
        if kinds[i] == "-" and (kinds[i - 1], kinds[i + 1]) != ("number", "number"):
            copy[i - 1]["space"] = copy[i]["space"] = True
    return copy


def learn_spacing(sentences):
    """Share of attached pairs by the roles of the two neighbours, from sentences with real text."""
    attached, total = Counter(), Counter()
    for sentence in sentences:
        kinds = roles(sentence)
        for i in range(len(sentence) - 1):
            pair = (kinds[i], kinds[i + 1])
            if pair[0] in ("word", "number") and pair[1] in ("word", "number"):
                continue
            total[pair] += 1
            attached[pair] += not sentence[i]["space"]
    return {pair: attached[pair] / count for pair, count in total.items() if count >= 5}


def sampler(table, rng, flip=0.08):
    """An `attach` function that draws from the learned shares, and else mostly keeps the rule."""

    def attach(left, right):
        if (left, right) in table:
            return rng.random() < table[left, right]
        if {left, right} <= {"word", "number"} or (left == "word" and right == "clitic"):
            return False
        return attached_by_rule(left, right) != (rng.random() < flip)

    return attach


# --- augmentation ------------------------------------------------------------------------------

HAMZA = str.maketrans("أإآ", "ااا")
SHORT_MONTHS = [
    "فبراير/شباط",
    "مارس/آذار",
    "أبريل/نيسان",
    "مايو/أيار",
    "يونيو/حزيران",
    "يوليو/تموز",
    "أغسطس/آب",
    "سبتمبر/أيلول",
]
LONG_MONTHS = (
    "أكتوبر/تشرين الأول",
    "نوفمبر/تشرين الثاني",
    "ديسمبر/كانون الأول",
    "يناير/كانون الثاني",
)
NAMES = [
    "Reuters",
    "Google",
    "Facebook",
    "iPhone",
    "COVID-19",
    "AFP",
    "UN",
    "Twitter",
    "X5",
    "G20",
    "Microsoft",
    "OpenCourse",
]


def plain(*forms):
    """Tokens of one word each; a form that ends in '~' is written without a space after it."""
    made = []
    for form in forms:
        text = form.removesuffix("~")
        word = {"form": text, "upos": "X", "lemma": None}
        made.append({"form": text, "words": [word], "space": not form.endswith("~")})
    return made


def modern_pattern(rng):
    """Tokens of a construct that news of today is full of and the treebank is not."""
    year, small = str(rng.randint(1960, 2030)), str(rng.randint(1, 31))
    choice = rng.randrange(18)
    if choice == 0:
        month, _, rest = rng.choice(LONG_MONTHS).partition("/")
        first, second = rest.split()
        return plain(small, month + "~", "/~", first, second)
    if choice == 1:
        one, _, two = rng.choice(SHORT_MONTHS).partition("/")
        return plain(small, one + "~", "/~", two, year)
    if choice == 2:
        return plain(year + "~", "-~", str(int(year) + rng.randint(1, 9)))
    if choice == 3:
        return plain(f"{small}{rng.choice('.,')}{rng.randint(1, 99)}" + "~", rng.choice("%٪"))
    if choice == 4:
        return plain(small + "~", rng.choice("%٪"))
    if choice == 5:
        return plain("(~", *rng.choice([("د", "ب", "أ~"), ("أ", "ف", "ب~"), ("رويترز~",)]), ")")
    if choice == 6:
        return plain(rng.choice([name for name in NAMES if name.isalpha()]))
    if choice == 7:
        return plain("(~", rng.choice(NAMES[:4]) + "~", ")")
    if choice == 8:
        return plain(small + "~", "/~", str(rng.randint(1, 12)) + "~", "/~", year)
    if choice == 9:
        return plain(f"{rng.randint(1, 23)}~", ":~", f"{rng.randint(10, 59)}")
    if choice == 10:
        return plain(f"{rng.randint(1, 999)},{rng.randint(100, 999)}")
    if choice == 11:
        return plain("$~", small)
    if choice == 12:
        return plain("…")
    if choice == 13:
        return plain(f"{small}~", "-~", str(rng.randint(1, 9)))
    if choice == 14:
        return plain("(~", year + "~", ")")
    # the clitic stands alone before a number: "ب20", "و15", "ال7", and before a quotation
    clitic = rng.choice(["ب~", "و~", "ل~", "ال~", "ب~", "و~"])
    return plain(clitic, rng.choice([small, year, small + ".5"]))


def fold_hamza(sentence):
    """Copy of `sentence` as a writer without hamza spells it.

    The words of a multiword token keep theirs: the treebank restores it there ("واشار" = و +
    أشار), and so shall the expander.
    """
    copy = []
    for token in sentence:
        form, words = token["form"].translate(HAMZA), token["words"]
        if len(words) == 1:
            words = [dict(words[0], form=form)]
        copy.append(dict(token, form=form, words=words))
    return copy


def replace_forms(sentence, forms):
    """Copy of `sentence` with one-word tokens replaced by the dict `forms`."""
    copy = []
    for token in sentence:
        form = forms.get(token["form"], token["form"])
        if len(token["words"]) > 1 or form == token["form"]:
            copy.append(token)
        else:
            copy.append(dict(token, form=form, words=[dict(token["words"][0], form=form)]))
    return copy


def eastern_digits(sentence):
    """Copy of `sentence` with Arabic-Indic digits."""
    forms = [token["form"] for token in sentence]
    return replace_forms(sentence, {form: form.translate(EASTERN_DIGITS) for form in forms})


def modern_quotes(sentence, rng):
    """Copy of `sentence` whose quotation marks are all of one drawn style, in pairs."""
    opening, closing = rng.choice(["«»", "“”", '""', '""', "”“", "''"])
    copy, quotes = [], quote_roles([token["form"] for token in sentence])
    for i, token in enumerate(sentence):
        if i in quotes:
            form = opening if quotes[i] == "opening" else closing
            token = dict(token, form=form, words=[dict(token["words"][0], form=form)])
        copy.append(token)
    return copy


def quote_span(sentence, rng):
    """Copy of `sentence` with a few words put into quotation marks."""
    spots = [i for i, t in enumerate(sentence[:-3]) if LETTER_OR_DIGIT.match(t["form"])]
    if not spots or any(token["form"] in PAIRED for token in sentence):
        return sentence
    start = rng.choice(spots)
    stop = min(len(sentence) - 2, start + rng.randint(1, 4))
    opening, closing = rng.choice(["«»", "“”", '""', '""'])
    middle = [dict(token) for token in sentence[start : stop + 1]]
    space, middle[-1]["space"] = middle[-1]["space"], False
    mark = plain(closing)
    mark[0]["space"] = space
    return sentence[:start] + plain(opening + "~") + middle + mark + sentence[stop + 1 :]


def insert_pattern(sentence, rng):
    """Copy of `sentence` with a modern construct between two of its words."""
    spots = [
        i
        for i in range(1, len(sentence))
        if sentence[i - 1]["space"] and LETTER_OR_DIGIT.match(sentence[i - 1]["form"])
    ]
    if not spots:
        return sentence
    spot = rng.choice(spots)
    return sentence[:spot] + modern_pattern(rng) + sentence[spot:]


def augment(sentence, rng, attach):
    """A variant of `sentence` for the tokeniser: other spacing, digits, quotes, spelling."""
    if rng.random() < 0.1:
        sentence = [dict(token, space=True) for token in sentence]
    else:
        sentence = respace(sentence, attach)
    sentence = modern_quotes(sentence, rng)
    if rng.random() < 0.25:
        sentence = quote_span(sentence, rng)
    if rng.random() < 0.45:
        sentence = insert_pattern(sentence, rng)
    if rng.random() < 0.3:
        sentence = fold_hamza(sentence)
    if rng.random() < 0.2:
        sentence = eastern_digits(sentence)
    if rng.random() < 0.1:
        sentence = replace_forms(sentence, {"،": ",", "؛": ";", "؟": "?"})
    if rng.random() < 0.05:
        sentence = replace_forms(sentence, {"،": "؛"})
    return sentence


def split_inside(sentence):
    """Cut a treebank sentence that is a paragraph at the full stops within it.

    A stop counts outside brackets and quotes and between two tokens of three letters or more, so
    that abbreviations stay whole.
    """
    parts, current, depth = [], [], 0
    kinds = roles(sentence)
    for i, token in enumerate(sentence):
        current.append(token)
        depth += (kinds[i] == "opening") - (kinds[i] == "closing" or token["form"] in ")]}")
        if token["form"] in ".؟!" and 1 < i < len(sentence) - 2 and depth <= 0:
            before, after = sentence[i - 1]["form"], sentence[i + 1]["form"]
            if min(len(before), len(after)) >= 3 and before.isalpha() and after.isalpha():
                parts.append(current)
                current = []
    return [*parts, current] if current else parts


def end_with_stop(sentence, rng, share=0.9):
    """Copy of a sentence, mostly with a full stop where it has no end mark.

    Headlines end in nothing. In running text such an end teaches the tokeniser to see sentence
    ends anywhere, and at run time a headline is a paragraph of its own anyway.
    """
    if sentence[-1]["form"] in ".؟!?:…" or rng.random() > share:
        return sentence
    last = dict(sentence[-1], space=rng.random() < 0.2)
    return [*sentence[:-1], last, *plain(".")]


# --- writing -----------------------------------------------------------------------------------


def text_of(sentence):
    text = "".join(token["form"] + " " * token["space"] for token in sentence)
    return text.rstrip()


def write_conllu(path, sentences, *, lemmas=False):
    """Write CoNLL-U with multiword ranges, SpaceAfter and, if asked, the gold lemmas."""
    lines = []
    for number, sentence in enumerate(sentences, 1):
        lines += [f"# sent_id = {number}", f"# text = {text_of(sentence)}"]
        index = 1
        for token in sentence:
            misc = "_" if token["space"] or token is sentence[-1] else "SpaceAfter=No"
            words = token["words"]
            if len(words) > 1:
                span = f"{index}-{index + len(words) - 1}"
                lines.append("\t".join([span, token["form"], *"_" * 7, misc]))
            for word in words:
                # heads are a chain: Stanza's reader wants a tree, no model here reads it
                lemma = (tidy_lemma(word) if lemmas else None) or "_"
                single = misc if len(words) == 1 else "_"
                row = [str(index), word["form"], lemma, word["upos"], "_", "_", str(index - 1)]
                relation = "root" if index == 1 else "dep"
                lines.append("\t".join([*row, relation, "_", single]))
                index += 1
        lines.append("")
    Path(path).write_text("\n".join(lines) + "\n", encoding="utf-8")


def labels_of(sentence):
    """Stanza's character labels: 1 token end, 2 sentence end, 3 and 4 the same for multiword."""
    labels = []
    for token in sentence:
        last = token is sentence[-1]
        label = (3 if len(token["words"]) > 1 else 1) + last
        labels.append("0" * (len(token["form"]) - 1) + str(label))
        if token["space"] and not last:
            labels.append("0")
    return "".join(labels)


def write_characters(stem, paragraphs):
    """Write the raw text and the label file of the tokeniser; `paragraphs` are sentence lists."""
    texts = [" ".join(text_of(sentence) for sentence in part) for part in paragraphs]
    labels = ["0".join(labels_of(sentence) for sentence in part) for part in paragraphs]
    for text, label in zip(texts, labels, strict=True):
        if len(text) != len(label):
            raise ValueError(
                f"treebank: {len(text)} characters but {len(label)} labels in {text[:60]}. "
                "A form with a space in it, or an empty one?"
            )
    Path(f"{stem}.txt").write_text("\n\n".join(texts) + "\n", encoding="utf-8")
    Path(f"{stem}.labels").write_text("\n\n".join(labels) + "\n", encoding="utf-8")


def paragraphs_of(sentences, rng, longest=5):
    """Runs of neighbouring sentences; one without an end mark closes its paragraph."""
    parts, current, size = [], [], rng.randint(1, longest)
    for sentence in sentences:
        current.append(sentence)
        if len(current) >= size or sentence[-1]["form"] not in ".؟!?":
            parts.append(current)
            current, size = [], rng.randint(1, longest)
    return [*parts, current] if current else parts


def write_mwt_counts(path, sentences):
    """Counts of (token, its words), as Stanza's tokeniser reads them."""
    counts = Counter(
        (token["form"], tuple(word["form"] for word in token["words"]))
        for sentence in sentences
        for token in sentence
        if len(token["words"]) > 1
    )
    rows = [((form, words), count) for (form, words), count in counts.most_common()]
    Path(path).write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


# --- the files of the four models --------------------------------------------------------------


def write_tokenizer(out, train, dev, rng, table):
    """Real text as it is, PADT by the rule, and one augmented variant of every sentence."""
    attach = sampler(table, rng)
    sentences = []
    for sentence in train:
        for part in split_inside(sentence):
            sentences.append(end_with_stop(part, rng))
            sentences.append(end_with_stop(augment(part, rng, attach), rng))
    order = paragraphs_of(sentences[0::2], rng) + paragraphs_of(sentences[1::2], rng)
    write_characters(out / "tokenize.train", order)
    write_mwt_counts(out / "tokenize.mwt.json", train)
    parts = [part for sentence in dev for part in split_inside(sentence)]
    write_characters(out / "tokenize.dev", paragraphs_of(parts, random.Random(SEED)))


def and_forms(sentences, least=2):
    """Tokens of و and a content word that never is a multiword token itself, and their words.

    The conjunction goes before any word, so the expander's dictionary can know what it leaves:
    "وساهمت" is و + ساهمت, whatever else the letters could spell.
    """
    counts, never = Counter(), set()
    for sentence in sentences:
        for token in sentence:
            if len(token["words"]) > 1:
                never.add(token["form"])
            elif token["words"][0]["upos"] in ("NOUN", "ADJ", "VERB", "X", "PROPN"):
                counts[token["form"]] += 1
    made = []
    for form, count in counts.items():
        joined = "و" + form
        taken = form in never or joined in never or joined in counts
        if count >= least and len(form) >= 3 and form.isalpha() and form > "ء" and not taken:
            words = [{"form": part, "upos": "X", "lemma": None} for part in ("و", form)]
            made.append({"form": joined, "words": words, "space": True})
    return made


def write_expander(out, train, dev):
    """Every sentence, and multiword tokens that follow from the ones seen.

    The hamza-less spelling of those that differ, and the conjunction before the words of the
    training text. They are strung together by the fifty: alone, one word could pass for a
    held-out sentence.
    """
    variants = []
    for sentence in train:
        for one, two in zip(sentence, fold_hamza(sentence), strict=True):
            if len(two["words"]) > 1 and one["form"] != two["form"]:
                variants.append(two)
    variants += and_forms(train)
    strung = [variants[start : start + 50] for start in range(0, len(variants), 50)]
    write_conllu(out / "mwt.train.conllu", train + strung)
    write_conllu(out / "mwt.dev.conllu", dev)


def write_tagger(out, padt, rng, dev):
    """PADT alone, since the UPOS of IAHLT follow other conventions; some spellings varied."""
    sentences = []
    for sentence in padt:
        if rng.random() < 0.15:
            sentence = fold_hamza(sentence)
        if rng.random() < 0.1:
            sentence = eastern_digits(sentence)
        sentences.append(modern_quotes(sentence, rng) if rng.random() < 0.3 else sentence)
    write_conllu(out / "pos.train.conllu", sentences)
    write_conllu(out / "pos.dev.conllu", dev)


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


def damped(counts):
    """Rows of a Counter repeated 1 + log2(count) times, the frequent ones first.

    The lemmatiser knows frequent words by its dictionary; the network is there for the rare
    ones and should not spend its time on conjunctions. The order decides the dictionary's ties.
    """
    rows = []
    for row, count in counts.most_common():
        rows += [row] * count.bit_length()
    return rows


def write_rows(path, rows):
    """One word a row; a sentence is fifty rows, since the lemmatiser looks at single words."""
    sentences = []
    for start in range(0, len(rows), 50):
        part = rows[start : start + 50]
        words = [{"form": form, "upos": upos, "lemma": lemma} for form, upos, lemma in part]
        sentences.append([{"form": w["form"], "words": [w], "space": True} for w in words])
    write_conllu(path, sentences, lemmas=True)


def further_forms(gold, chainbank):
    """(form, UPOS, lemma) that follow from the known ones, for the dictionary alone.

    The hamza-less spelling of every gold form, and the ChainBank lemmas as forms of themselves,
    nouns and adjectives with the article too.
    """
    rows = [(form.translate(HAMZA), upos, lemma) for form, upos, lemma in gold]
    for form, upos, lemma in chainbank:
        rows.append((form, upos, lemma))
        if upos in ("NOUN", "ADJ"):
            rows.append(("ال" + form, upos, lemma))
    return rows


def write_lemmatizer(out, padt, iahlt, chainbank, dev):
    """Words with a gold lemma: PADT first, IAHLT where PADT is silent, ChainBank last."""
    counts = Counter()
    for sentence in padt:
        for word in words_of(sentence):
            lemma = tidy_lemma(word)
            if lemma:
                counts[word["form"], word["upos"], lemma] += 1
    known = {(form, upos) for form, upos, _ in counts}
    # the vocalised spelling PADT gives to each bare lemma, so that one lemma has one spelling
    spelling = {}
    for (_, upos, lemma), _ in counts.most_common():
        spelling.setdefault((bare(lemma), upos), lemma)
    others = Counter()
    for sentence in iahlt:
        for word in words_of(sentence):
            upos = {"PROPN": "X"}.get(word["upos"], word["upos"])
            lemma = tidy_lemma(word)
            if lemma and (word["form"], upos) not in known:
                others[word["form"], upos, spelling.get((bare(lemma), upos), lemma)] += 1
    extra = []
    seen = {(form, upos) for form, upos, _ in [*counts, *others]}
    for form, upos, lemma in further_forms([*counts, *others], chainbank):
        if (form, upos) not in seen:
            seen.add((form, upos))
            extra.append((form, upos, spelling.get((bare(lemma), upos), lemma)))
    write_rows(out / "lemma.train.conllu", damped(counts) + damped(others))
    write_rows(out / "lemma.secondary.conllu", extra)
    gold = [
        (word["form"], word["upos"], tidy_lemma(word))
        for sentence in dev
        for word in words_of(sentence)
        if word["lemma"] is not None and tidy_lemma(word)
    ]
    write_rows(out / "lemma.dev.conllu", gold)
    return {"padt": sum(counts.values()), "iahlt": sum(others.values()), "dictionary": len(extra)}


def sha256(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def prepare(data, out):
    """Write all training and dev files of the four models under `out`; return the sizes."""
    paths = {name: Path(data) / path for name, path in SOURCES.items()}
    missing = [str(path) for path in paths.values() if not path.exists()]
    if missing:
        raise FileNotFoundError(f"treebank: {missing[0]} is not there. Pass its folder as --data.")
    out.mkdir(parents=True, exist_ok=True)
    rng = random.Random(SEED)

    dev, test = read_padt(paths["padt-dev"]), read_padt(paths["padt-test"])
    held_out = dev + test
    padt = without_held_out(read_padt(paths["padt-train"]), held_out)
    sigmorphon = [paths["sigmorphon-dev"], paths["sigmorphon-test"]]
    v1 = [paths["v1-dev"], paths["v1-test"]]
    real = add_sigmorphon(padt, sigmorphon)
    aligned = add_v1(padt, v1)
    dev_real = add_sigmorphon(dev, sigmorphon)
    add_v1(dev, v1)
    iahlt = read_iahlt([paths[f"iahlt-{part}"] for part in ("train", "dev", "test")])
    iahlt = without_held_out(iahlt, held_out)

    table = learn_spacing([padt[i] for i in sorted(real)])
    padt = [s if i in real else respace(s) for i, s in enumerate(padt)]
    dev_ruled = [respace(sentence) for sentence in dev]
    dev_true = [dev[i] for i in sorted(dev_real)]

    write_conllu(out / "dev.conllu", dev_ruled, lemmas=True)
    write_conllu(out / "dev_real.conllu", dev_true, lemmas=True)
    paragraphs = paragraphs_of(dev_ruled, random.Random(SEED))
    write_characters(out / "dev", paragraphs)
    write_characters(out / "dev_real", [[sentence] for sentence in dev_true])

    write_tokenizer(out, padt + iahlt, dev_ruled, rng, table)
    write_expander(out, padt + iahlt, dev_ruled)
    write_tagger(out, padt, rng, dev_ruled)
    lemmas = write_lemmatizer(out, padt, iahlt, chainbank_rows(paths["chainbank"]), dev)

    sizes = {
        "sources": {path: sha256(paths[name]) for name, path in SOURCES.items()},
        "padt_train_sentences": len(padt),
        "padt_train_words": sum(len(words_of(s)) for s in padt),
        "padt_train_real_text": len(real),
        "padt_train_aligned_v1": aligned,
        "iahlt_sentences": len(iahlt),
        "iahlt_words": sum(len(words_of(s)) for s in iahlt),
        "lemma_words": lemmas,
        "dev_sentences": len(dev),
        "dev_words": sum(len(words_of(s)) for s in dev),
        "dev_real_sentences": len(dev_true),
        "dev_words_with_lemma": sum(w["lemma"] is not None for s in dev for w in words_of(s)),
        "spacing": {" ".join(pair): round(share, 3) for pair, share in sorted(table.items())},
    }
    (out / "treebank.json").write_text(
        json.dumps(sizes, ensure_ascii=False, indent=1), encoding="utf-8"
    )
    return sizes


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default="../shared/data")
    parser.add_argument("--out", default="build/training")
    options = parser.parse_args()
    sizes = prepare(Path(options.data), Path(options.out))
    for name, value in sizes.items():
        if name not in ("sources", "spacing"):
            print(f"{name}: {value}")


if __name__ == "__main__":
    main()
