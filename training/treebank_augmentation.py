"""Variants of a sentence: other spellings, digits, quotation marks, and constructs of today's news.

Each takes a sentence and gives back a copy.
"""

from treebank_reading import EASTERN_DIGITS, LETTER_OR_DIGIT
from treebank_spacing import PAIRED, quote_roles, respace
from vectors import HAMZA

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


def respell_tokens(sentence, change):
    """Copy of `sentence` whose tokens are written as `change`, a str -> str, has them.

    The words of a multiword token keep their letters: the treebank restores them there ("واشار" =
    و + أشار), and so shall the expander.
    """
    copy = []
    for token in sentence:
        form, words = change(token["form"]), token["words"]
        if len(words) == 1:
            words = [dict(words[0], form=form)]
        copy.append(dict(token, form=form, words=words))
    return copy


def fold_hamza(sentence):
    """Copy of `sentence` as a writer without hamza spells it."""
    return respell_tokens(sentence, lambda form: form.translate(HAMZA))


def fold_ta(sentence):
    """Copy of `sentence` as a writer spells it who ends feminine words in ه instead of ة."""

    def change(form):
        return form[:-1] + "ه" if form.endswith("ة") and len(form) > 2 else form

    return respell_tokens(sentence, change)


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


def augment(sentence, rng, attach, ta=0.12):
    """A variant of `sentence` for the tokeniser: other spacing, digits, quotes, spelling.

    `ta` is the share of sentences that are respelt with ه for ة.
    """
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
    if rng.random() < ta:
        sentence = fold_ta(sentence)
    if rng.random() < 0.2:
        sentence = eastern_digits(sentence)
    if rng.random() < 0.1:
        sentence = replace_forms(sentence, {"،": ",", "؛": ";", "؟": "?"})
    if rng.random() < 0.05:
        sentence = replace_forms(sentence, {"،": "؛"})
    return sentence


def end_with_stop(sentence, rng, share=0.9):
    """Copy of a sentence, mostly with a full stop where it has no end mark.

    Headlines end in nothing. In running text such an end teaches the tokeniser to see sentence
    ends anywhere, and at run time a headline is a paragraph of its own anyway.
    """
    if sentence[-1]["form"] in ".؟!?:…" or rng.random() > share:
        return sentence
    last = dict(sentence[-1], space=rng.random() < 0.2)
    return [*sentence[:-1], last, *plain(".")]
