"""Training and dev data of the named-entity tagger, in Stanza's JSON form.

    python training/ner_data.py --data ../shared/data --work build/training

Two label sets are learned side by side, each by an output layer of its own (Stanza's
``multi_ner``): the one of WikiFANE and NewsFANE (column 0: generous, with groups of people,
currencies left out) and the one of ANERcorp (column 1, which the shipped model predicts). Their
guidelines differ too much to be merged into one column: what WikiFANE teaches about names reaches
the ANERcorp layer through the shared network.

Written to ``<work>/ner``:

- ``train.json``: ANERcorp without its last tenth and 15 articles of AQMAR, as they are and in
  augmented copies, and WikiFANE;
- ``anneal.json``: the same with a third of WikiFANE, for the first part and one of the two ends;
- ``dev.json``: the last tenth of ANERcorp, contiguous, as it is;
- ``aqmar.json``: the five AQMAR articles that are never trained on, one a subject
  (the article-specific classes of AQMAR count as O).
"""

import argparse
import collections
import csv
import itertools
import json
import lzma
import pathlib
import random
import re

from treebank_reading import EASTERN_DIGITS
from vectors import HAMZA, TOKEN, fold

TYPES = ("PER", "LOC", "ORG", "MISC")
EMPTY = "-"
ARABIC_NAME = re.compile("[\u0621-\u063a\u0641-\u064a]{3,}")
INNER_TA = re.compile("ة(?=[\u0621-\u064a])")
INNER_YA = re.compile("ى(?=[\u0621-\u064a])")
COMMON_WORDS = 60_000  # how far down the frequency list an ordinary word may stand
# AQMAR articles that are scored and never trained on: energy, science, sport, history, computing.
AQMAR_HELD_OUT = ("Nuclear_Power", "Physics", "Raul_Gonzales", "Razi", "Richard_Stallman")
LONGEST = 80  # tokens in a training sentence; longer ones are cut between entities

# --------------------------------------------------------------------------------- reading


def subtokens(token):
    """Pieces of a source token as the tokeniser gives them: punctuation stands alone."""
    pieces = [m.group() for m in TOKEN.finditer(fold(token))]
    # A number and the clitic or unit written to it stay one token, as in the source.
    if all(piece.isalnum() for piece in pieces):
        return ["".join(pieces)] if pieces else []
    return pieces


def spread(token, tags):
    """Pieces of a token, each with its copy of the tags (B- on the first, I- on the rest)."""
    pieces = subtokens(token)
    rest = [f"I-{tag[2:]}" if tag.startswith("B-") else tag for tag in tags]
    return [(piece, tags if number == 0 else rest) for number, piece in enumerate(pieces)]


def repair(tags, tokens):
    """BIO tags whose spans begin with B- and neither begin nor end in punctuation."""
    tags = list(tags)
    marks = [
        i
        for i, token in enumerate(tokens)
        if tags[i] not in ("O", EMPTY) and not any(c.isalnum() for c in token)
    ]
    for i in marks:
        if tags[i][0] == "B" or tags[i - 1 : i] in (["O"], [EMPTY]):
            tags[i] = "O"
    for i in reversed(marks):
        if not tags[i + 1 : i + 2] or not tags[i + 1].startswith("I-"):
            tags[i] = "O"
    for i, tag in enumerate(tags):
        if tag.startswith("I-") and (i == 0 or tags[i - 1][2:] != tag[2:]):
            tags[i] = f"B-{tag[2:]}"
    return tags


def read_columns(lines, columns):
    """Sentences of a column file, each a list of (token, [tag, ...]); blank line = sentence end."""
    sentences, sentence = [], []
    for line in lines:
        line = line.rstrip("\n")
        if line.startswith("# token"):
            continue
        fields = line.split("\t")
        if len(fields) > 1:
            tags = [EMPTY if c is None or fields[c] == "?" else fields[c] for c in columns]
            sentence += spread(fields[0], tags)
        elif sentence:
            sentences.append(sentence)
            sentence = []
    if sentence:
        sentences.append(sentence)
    return [mend(s) for s in sentences]


def mend(sentence):
    """The sentence with each column of tags repaired."""
    tokens = [token for token, _ in sentence]
    columns = zip(*(tags for _, tags in sentence), strict=True)
    columns = [repair(column, tokens) for column in columns]
    # Stanza's CRF cannot leave out the first token alone: then the column says nothing at all.
    columns = [[EMPTY] * len(c) if c[0] == EMPTY else c for c in columns]
    return [(token, list(tags)) for token, *tags in zip(tokens, *columns, strict=True)]


def cut(sentence):
    """The sentence in pieces of at most about LONGEST tokens, cut outside entities."""
    pieces, piece = [], []
    for number, (token, tags) in enumerate(sentence):
        piece.append((token, tags))
        following = sentence[number + 1][1] if number + 1 < len(sentence) else []
        inside = any(tag.startswith("I-") for tag in following)
        if not inside and (
            len(piece) >= LONGEST or (len(piece) >= LONGEST * 0.7 and token in "،؛,;-.")
        ):
            pieces.append(piece)
            piece = []
    if piece:
        pieces.append(piece)
    return pieces


def read_anercorp(data):
    """ANERcorp as (train, dev): dev is the last tenth of the tokens, from a sentence border on."""
    path = data / "ner/anercorp/anercorp_train.tsv"
    with open(path, encoding="utf-8") as lines:
        sentences = read_columns(lines, [3, 1])
    total = sum(map(len, sentences))
    seen, train, dev = 0, [], []
    for sentence in sentences:
        (train if seen < 0.9 * total else dev).append(sentence)
        seen += len(sentence)
    return train, dev


def read_wikifane(data):
    """WikiFANE sentences; letters that change before a suffix are set right (كليةه -> كليته)."""
    path = data / "ner/wikifane_gold/wikifane_gold_rejoined.tsv.xz"
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        lines = (INNER_TA.sub("ت", INNER_YA.sub("ا", line)) for line in lines)
        return read_columns(lines, [2, None])


def read_aqmar(data):
    """AQMAR as (train, held out), two lists of sentences; split by article.

    AQMAR names no guideline of WikiFANE, so column 0 is empty. Classes of one article only
    (MIS0 ...) and typing errors become O.
    """
    train, held_out = [], []
    for path in sorted((data / "ner/aqmar").glob("*.txt")):
        if path.name == "PROVENANCE.txt":
            continue
        lines = []
        for line in path.read_text(encoding="utf-8").splitlines():
            token, _, tag = line.strip().rpartition(" ")
            tag = tag if tag[2:] in ("PER", "LOC", "ORG") else "O"
            lines.append(f"{token}\t{tag}" if token else "")
        (held_out if path.stem in AQMAR_HELD_OUT else train).extend(read_columns(lines, [None, 1]))
    return train, held_out


# --------------------------------------------------------------------------- augmentation


def read_names(data):
    """Parts of names: Arab given names and surnames, ordinary words, foreign name tokens, places.

    Many Arab surnames are ordinary nouns and adjectives, so these are drawn too. Words of the
    texts in ``seeds/`` are not: the names in them are a test of the model.

    Places and foreign names carry a weight; large places and frequent names come up more often,
    but far less than in proportion.
    """
    folder = data / "gazetteers"

    def table(name):
        lines = (folder / name).read_text(encoding="utf-8").splitlines()[1:]
        return [line.split("\t") for line in lines]

    def whole(name):
        return bool(name) and all(ARABIC_NAME.fullmatch(part) for part in name.split())

    def plain(name):
        return [
            line.strip()
            for line in (folder / name).read_text(encoding="utf-8").splitlines()
            if line.strip()
        ]

    foreign = {r[0]: float(r[2]) ** 0.3 for r in table("wikidata_person_name_tokens_ar_en.tsv")}
    for row in table("google_ar2en_names.tsv"):
        foreign.setdefault(row[0], 1.0)
    foreign = {name: weight for name, weight in foreign.items() if whole(name)}
    places = {}
    for row in table("geonames_cities500_ar.tsv"):
        name = fold(row[0]).replace("-", " ")
        if whole(name):
            places[name] = max(places.get(name, 0), (float(row[3] or 0) + 1000) ** 0.3)
    countries = json.loads((folder / "cldr_ar.json").read_text(encoding="utf-8"))
    territories = countries.get("territories", {})
    for code, name in territories.items():
        # numbers are codes of regions such as "World"
        if code.isalpha() and whole(fold(name)):
            places[fold(name)] = 60.0
    return {
        "given": plain("faker_first_names.txt"),
        "surname": [n for n in plain("faker_last_names.txt") if n],
        "word": read_ordinary_words(data),
        "foreign": Weighted(foreign),
        "place": Weighted(places),
    }


def read_ordinary_words(data):
    """Short nouns and adjectives of the dictionary, none of which stands in the seed texts."""
    seen = set()
    for path in pathlib.Path("seeds").glob("*.txt"):
        for match in TOKEN.finditer(fold(path.read_text(encoding="utf-8"))):
            seen |= {match.group(), match.group().removeprefix("ال")}
    path = data / "treebank/chainbank-lemmas/lemmas.csv"
    with open(path, encoding="utf-8", newline="") as rows:
        words = {
            fold(row["LEMMA_ARA"]) for row in csv.DictReader(rows) if row["POS"] in ("NOUN", "ADJ")
        }
    # Common ones: a rare word has no vector and looks like a name anyway.
    path = data / "raw/wordfreq/wordfreq_large_ar.tsv.xz"
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        common = {line.split("\t")[0] for line in itertools.islice(lines, COMMON_WORDS)}
    words = (words & common) - seen
    return sorted(w for w in words if ARABIC_NAME.fullmatch(w) and len(w) <= 5)


class Weighted:
    """A bag of names to draw from by weight, in constant time."""

    def __init__(self, weights):
        self.names = list(weights)
        self.cumulative, total = [], 0.0
        for weight in weights.values():
            total += weight
            self.cumulative.append(total)

    def draw(self, rng):
        return rng.choices(self.names, cum_weights=self.cumulative)[0]


def person(names, length, rng):
    """A made-up person's name of about ``length`` tokens."""
    foreign = names["foreign"]
    if rng.random() < 0.25:
        return [foreign.draw(rng) for _ in range(min(length, 4))]
    given = lambda: rng.choice(names["given"])  # noqa: E731
    kind = rng.random()
    if kind < 0.2:
        surname = rng.choice(names["surname"])
    elif kind < 0.3:
        surname = foreign.draw(rng)
    else:
        surname = rng.choice(("", "", "ال")) + rng.choice(names["word"])
    if length == 1:
        return surname.split() if rng.random() < 0.7 else given().split()
    parts = given().split()
    while len(parts) < length - 1:
        if rng.random() < 0.25:
            parts += [rng.choice(["بن", "ابن", "أبو", "عبد"])]
        parts += given().split()
    return parts + surname.split()


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
        """Persons and places replaced by made-up ones, one name the same way throughout."""
        out, i, column = [], 0, 1 if sentence[0][1][1] != EMPTY else 0
        chosen = {}
        while i < len(sentence):
            tag = sentence[i][1][column]
            j = i + 1
            while j < len(sentence) and sentence[j][1][column].startswith("I-"):
                j += 1
            if tag in ("B-PER", "B-LOC"):
                out += self.other_name(sentence[i:j], tag[2:], chosen, rate)
            else:
                j = i + 1
                out.append(sentence[i])
            i = j
        return out

    def other_name(self, span, kind, chosen, rate):
        tokens = [token for token, _ in span]
        clitic = self.clitic_of(tokens[0])
        key = (kind, tokens[0][len(clitic) :], *tokens[1:])
        if key not in chosen:
            chosen[key] = None
            # Only spans on which both columns agree, or where there is one column.
            tags = [t for _, t in span]
            same = all(EMPTY in t or t[0] == t[1] for t in tags)
            if same and self.rng.random() < rate:
                # given name, father's name, family name: news of today has more of the three
                longer = len(span) == 2 and self.rng.random() < 0.4
                chosen[key] = (
                    person(self.names, len(span) + longer, self.rng)
                    if kind == "PER"
                    else self.names["place"].draw(self.rng).split()
                )
        new = chosen[key]
        if new is None:
            return span
        if clitic:
            new = [with_clitic(clitic, new[0]), *new[1:]]
        first = span[0][1]
        rest = [f"I-{kind}" if tag != EMPTY else EMPTY for tag in first]
        return [(token, first if n == 0 else rest) for n, token in enumerate(new)]

    def attach(self, sentence):
        """A clitic written to some names, at about its natural rate."""
        out = []
        for n, (token, tags) in enumerate(sentence):
            begins = any(t.startswith("B-") for t in tags) and self.clitic_of(token) == ""
            after_verb = n > 0 and len(sentence[n - 1][0]) > 3
            if begins and after_verb and ARABIC_NAME.fullmatch(token):
                draw = self.rng.random()
                for clitic, rate in CLITIC_RATES:
                    if draw < rate:
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


def hamza_restorer(work):
    """Map a bare-alef form to its commonest spelling with hamza, by the counts in our text."""
    best = {}
    counts = collections.Counter()
    with open(work / "vectors.txt", encoding="utf-8") as lines:
        for line in lines:
            counts.update(line.split())
    for form, count in counts.items():
        bare = form.translate(HAMZA)
        if form != bare and count > best.get(bare, ("", 0))[1]:
            best[bare] = (form, count)
    # One article in four comes again without hamza: these copies do not count as bare forms.
    return {
        bare: form
        for bare, (form, count) in best.items()
        if count >= 5 and count > 1.5 * (counts[bare] - count / 4)
    }


# ------------------------------------------------------------------------------- writing


def shingles(sentence, size=8):
    tokens = [token.translate(HAMZA) for token, _ in sentence]
    return {tuple(tokens[i : i + size]) for i in range(len(tokens) - size + 1)}


def write(sentences, path):
    """Stanza's JSON: a list of sentences, each a list of tokens with their columns of tags."""
    document = [
        [{"text": token, "multi_ner": tags} for token, tags in sentence] for sentence in sentences
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    tags = collections.Counter(
        tag for s in sentences for _, columns in s for tag in columns[1:] if tag[0] == "B"
    )
    print(f"{path}: {len(sentences)} sentences, {sum(map(len, sentences))} tokens, {dict(tags)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=pathlib.Path, default=pathlib.Path("../shared/data"))
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path("build/training"))
    parser.add_argument("--copies", type=int, default=2, help="altered copies of ANERcorp, AQMAR")
    parser.add_argument("--seed", type=int, default=20)
    args = parser.parse_args()
    rng = random.Random(args.seed)

    train, dev = read_anercorp(args.data)
    aqmar, held_out = read_aqmar(args.data)
    wiki = read_wikifane(args.data)
    # WikiFANE and AQMAR both come from Wikipedia: what it shares with held-out text is left out.
    held_back = set().union(*map(shingles, held_out), *map(shingles, dev))
    kept = [s for s in wiki if not shingles(s) & held_back]
    print(f"WikiFANE: {len(wiki) - len(kept)} of {len(wiki)} sentences left out (shared text)")
    train = [s for s in train if not shingles(s) & held_back]
    aqmar = [s for s in aqmar if not shingles(s) & held_back]
    train = [piece for s in train + aqmar for piece in cut(s)]
    wiki = [piece for s in kept for piece in cut(s)]

    augmenter = Augmenter(read_names(args.data), train + wiki, rng)
    restore = hamza_restorer(args.work)
    news, other = list(train), []
    for _ in range(args.copies):
        news += [augmenter.alter(s, 0.6) for s in train]
    for sentence in wiki:
        if rng.random() < 0.7:
            sentence = [(restore.get(token, token), tags) for token, tags in sentence]
        other.append(augmenter.alter(sentence, 0.25))
    for name, rows in (("train", news + other), ("anneal", news + other[::3])):
        rng.shuffle(rows)
        write(rows, args.work / f"ner/{name}.json")
    write(dev, args.work / "ner/dev.json")
    write(held_out, args.work / "ner/aqmar.json")


if __name__ == "__main__":
    main()
