"""Spacing of sentences whose source has none, and where a long one may be cut."""

from collections import Counter

from treebank_reading import LETTER_OR_DIGIT

CLOSING = set(".،,؛;:؟!?%٪)]}…")
OPENING = set("([{")
PAIRED = set("\"«»“”'")
# Letters that join a number or a quotation: they are tokens of their own before one.
CLITICS = {"و", "ف", "ب", "ل", "ك", "ال", "لل", "بال", "وال"}


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
