"""Altered copies of labelled sentences: other names in them, and other habits of spelling."""

import collections

from ner_names import HEADS, organisation, person, without_clitic
from ner_reading import CLASSIC, COARSE, EMPTY, FINE, spans_of
from treebank_reading import EASTERN_DIGITS
from vectors import ARABIC_NAME, HAMZA

CLITIC_RATES = (("و", 0.12), ("ل", 0.02), ("ب", 0.02), ("ف", 0.003), ("ك", 0.003))


def with_clitic(clitic, first):
    """The first token of a name with a clitic before it: ل + ال is written لل."""
    if clitic == "ل" and first.startswith("ال"):
        return "لل" + first[2:]
    return clitic + first


class Augmenter:
    """Makes altered copies of sentences: other names in them, and other habits of spelling."""

    def __init__(self, names, sentences, rng):
        self.names = names
        self.rng = rng
        # A first token that also occurs without its first letter carries a clitic.
        self.firsts = collections.Counter(
            token for s in sentences for token, tags in s if any(t.startswith("B-") for t in tags)
        )

    def clitic_of(self, token):
        if token.startswith("لل") and self.firsts["ال" + token[2:]]:
            return "ل"
        if token[0] in "وبلفك" and len(token) > 3 and self.firsts[token[1:]] > self.firsts[token]:
            return token[0]
        return ""

    def rename(self, sentence, rate):
        """Some names replaced by made-up ones, one name the same way throughout."""
        column = CLASSIC if sentence[0][1][CLASSIC] != EMPTY else COARSE
        out, done, chosen = [], 0, {}
        for first, last, kind in spans_of(sentence, column):
            out += sentence[done:first]
            span = sentence[first:last]
            after = sentence[last][1] if last < len(sentence) else []
            if replaceable(span) and not any(tag.startswith("I-") for tag in after):
                span = self.other_name(span, kind, chosen, rate)
            out += span
            done = last
        return out + sentence[done:]

    def other_name(self, span, kind, chosen, rate):
        """The span with another name in it, or as it was; `chosen` remembers which."""
        tokens = [token for token, _ in span]
        head = tokens[:1] if kind == "ORG" and is_head(tokens[0], span) else []
        name = tokens[len(head) :]
        clitic = "" if head else self.clitic_of(tokens[0])
        bare = name[0][len(clitic) :]
        if clitic == "ل" and name[0].startswith("لل"):
            bare = "ا" + bare
        key = (kind, bool(head), bare, *name[1:])
        if key not in chosen:
            chosen[key] = None
            if self.rng.random() < rate:
                chosen[key] = self.draw(span, kind, len(name), bool(head))
        new = chosen[key]
        if new is None:
            return span
        if clitic:
            new = [with_clitic(clitic, new[0]), *new[1:]]
        first = span[0][1]
        rest = ["I-" + tag[2:] if tag not in ("O", EMPTY) else tag for tag in first]
        return [(token, first if n == 0 else rest) for n, token in enumerate(head + new)]

    def draw(self, span, kind, length, headed):
        """A made-up name for a span, or None for organisations that have no likeness."""
        if kind == "PER":
            # given name, father's name, family name: news of today has more of the three
            longer = length == 2 and self.rng.random() < 0.4
            return person(self.names, length + longer, self.rng)
        if kind == "LOC":
            return self.names["place"].draw(self.rng).split()
        fine = span[0][1][FINE][2:]
        # Of a longer name without a head the words say what it is: مجلس الأمن الدولي.
        like = headed or length == 1 or (length == 2 and fine != "Non-Governmental")
        return organisation(self.names, fine, self.rng) if like else None

    def attach(self, sentence):
        """A clitic written to some names, at about its natural rate."""
        out = []
        for n, (token, tags) in enumerate(sentence):
            begins = any(t[0] == "B" for t in tags) and all(t[0] != "I" for t in tags)
            begins = begins and self.clitic_of(token) == ""
            after_verb = n > 0 and len(sentence[n - 1][0]) > 3
            if begins and after_verb and ARABIC_NAME.fullmatch(token):
                draw = self.rng.random()
                for clitic, rate in CLITIC_RATES:
                    if draw < rate:
                        # not ووالريان: the name may carry one that clitic_of does not know
                        if token[0] != clitic:
                            token = with_clitic(clitic, token)
                        break
                    draw -= rate
            out.append((token, tags))
        return out

    def respell(self, sentence):
        """Spelling habits of a writer: no hamza, final ya and ta marbuta confused, digits."""
        hamza = self.rng.random() < 0.3
        ya = self.rng.random()
        ta = self.rng.random() < 0.06
        digits = self.rng.random() < 0.05
        out = []
        for token, tags in sentence:
            if hamza:
                token = token.translate(HAMZA)
            if ya < 0.06 and token.endswith("ي"):
                token = token[:-1] + "ى"
            elif ya > 0.94 and token.endswith("ى"):
                token = token[:-1] + "ي"
            if ta and token.endswith("ة") and len(token) > 2:
                token = token[:-1] + "ه"
            if digits:
                token = token.translate(EASTERN_DIGITS)
            out.append((token, tags))
        return out

    def alter(self, sentence, rate):
        return self.respell(self.attach(self.rename(sentence, rate)))


def is_head(token, span):
    """Whether a span begins with a word such as club or company, and has a name after it."""
    return len(span) > 1 and without_clitic(token) in HEADS.get(span[0][1][FINE][2:], ())


def replaceable(span):
    """Whether a span is a person, a place or an organisation of HEADS on which the columns agree.

    Persons and places must have the same borders everywhere; an organisation may be part of a
    longer one in NewsFANE, which counts the word club in.
    """
    tags = [tags for _, tags in span]
    kind = next(tag for tag in (tags[0][CLASSIC], tags[0][COARSE]) if tag != EMPTY)[2:]
    if kind in ("PER", "LOC"):
        return all(EMPTY in t or t[COARSE] == t[CLASSIC] for t in tags)
    if kind != "ORG" or tags[0][FINE][2:] not in HEADS:
        return False
    return all(t[COARSE][2:] == "ORG" for t in tags) and all(
        t[COARSE][0] == "I" and t[FINE][2:] == tags[0][FINE][2:] for t in tags[1:]
    )
