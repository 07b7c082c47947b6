"""Names to put into the training text of the entity tagger in place of those that stand there.

Persons and places come from gazetteers. Organisations come from the labelled corpora, by the fine
class that NewsFANE and WikiFANE give them, and from raw text: a word that often follows ``نادي``
is a club also where it stands alone.
"""

import collections
import csv
import itertools
import json
import lzma
import pathlib

from ner_reading import FINE, spans_of
from vectors import ARABIC_NAME, TOKEN, fold

COMMON_WORDS = 60_000  # how far down the frequency list an ordinary word may stand
# Words that say what the name after them is, by the fine class of the organisation.
HEADS = {
    "Sports": ("نادي", "فريق", "منتخب"),
    "Commercial": ("شركة", "مجموعة", "بنك", "مصرف", "مؤسسة"),
    "Media": ("صحيفة", "قناة", "وكالة", "جريدة", "مجلة", "إذاعة", "موقع", "شبكة"),
    "Non-Governmental": ("حزب", "حركة", "تنظيم", "جماعة", "منظمة", "ميليشيا", "ميليشيات"),
}
ATTACHED = ("لل", "وال", "بال", "فال")  # a labelled name that begins so has a clitic
MINED_LEAST, MINED_SHARE = 4, 0.08  # times after such a word, and their share of all its uses
CLUB_WORDS = ("ريال", "دينامو", "سبارتاك", "اتحاد", "شباب", "أولمبيك", "سبورتينغ", "مولودية", "نجم")


def read_names(data, work, sentences):
    """Bags of names by kind, each with a method ``draw(rng)``.

    ``given``, ``surname``, ``word``, ``foreign`` are parts of persons' names, ``place`` whole names
    of places; ``Sports``, ``Commercial``, ``Media``, ``Non-Governmental`` are organisations without
    the word that says what they are. Many Arab surnames and clubs are ordinary nouns and
    adjectives, so these are drawn too, but not the words of the texts in ``seeds/``: a surname made
    of one would spoil the names there as a test. Places and foreign names carry a weight; large
    places and frequent names come up more often, but far less than in proportion.
    """
    folder = data / "gazetteers"

    def table(name):
        lines = (folder / name).read_text(encoding="utf-8").splitlines()[1:]
        return [line.split("\t") for line in lines]

    def whole(name):
        return bool(name) and all(ARABIC_NAME.fullmatch(part) for part in name.split())

    def plain(name):
        lines = (folder / name).read_text(encoding="utf-8").splitlines()
        return Weighted({line.strip(): 1.0 for line in lines if line.strip()})

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
    territories = countries.get("territories", {}).items()
    # numbers are codes of regions such as "World"
    countries = {fold(name) for code, name in territories if code.isalpha() and whole(fold(name))}
    places |= dict.fromkeys(sorted(countries), 60.0)
    words, lemmas = read_ordinary_words(data)
    names = {
        "given": plain("faker_first_names.txt"),
        "surname": plain("faker_last_names.txt"),
        "word": Weighted(dict.fromkeys(words, 1.0)),
        "foreign": Weighted(foreign),
        "place": Weighted(places),
    }
    return names | read_organisations(work, sentences, lemmas, countries)


def read_ordinary_words(data):
    """Short common nouns and adjectives, none of which stands in the seed texts; all lemmas."""
    seen = set()
    for path in pathlib.Path("seeds").glob("*.txt"):
        for match in TOKEN.finditer(fold(path.read_text(encoding="utf-8"))):
            seen |= {match.group(), match.group().removeprefix("ال")}
    path = data / "treebank/chainbank-lemmas/lemmas.csv"
    with open(path, encoding="utf-8", newline="") as rows:
        lemmas = {fold(row["LEMMA_ARA"]): row["POS"] for row in csv.DictReader(rows)}
    # Common ones: a rare word has no vector and looks like a name anyway.
    path = data / "raw/wordfreq/wordfreq_large_ar.tsv.xz"
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        common = {line.split("\t")[0] for line in itertools.islice(lines, COMMON_WORDS)}
    words = {word for word, kind in lemmas.items() if kind in ("NOUN", "ADJ")}
    words = (words & common) - seen
    return sorted(w for w in words if ARABIC_NAME.fullmatch(w) and len(w) <= 5), set(lemmas)


def read_organisations(work, sentences, lemmas, countries):
    """Bags of organisations by fine class: labelled ones, and those mined from raw text.

    `countries` are left out: a national team is no club.
    """
    found = {kind: collections.Counter() for kind in HEADS}
    for sentence in sentences:
        for first, last, kind in spans_of(sentence, FINE):
            tokens = [token for token, _ in sentence[first:last]]
            if kind in HEADS and without_clitic(tokens[0]) in HEADS[kind]:
                tokens = tokens[1:]
            if kind not in HEADS or not 0 < len(tokens) <= 3 or tokens[0].startswith(ATTACHED):
                continue
            if all(map(ARABIC_NAME.match, tokens)) and " ".join(tokens) not in countries:
                found[kind][" ".join(tokens)] += 1
    bags = {}
    for kind, mined in mine(work, lemmas).items():
        weights = collections.defaultdict(float)
        for name, count in (*found[kind].items(), *mined.items()):
            weights[name] += count**0.4
        bags[kind] = Weighted(dict(sorted(weights.items())))
    return bags


def mine(work, lemmas):
    """Words that often follow a head of HEADS in ``vectors.txt``, counted, by fine class."""
    kinds = {head: kind for kind, heads in HEADS.items() for head in heads}
    counts, after = collections.Counter(), collections.defaultdict(collections.Counter)
    with open(work / "vectors.txt", encoding="utf-8") as lines:
        for line in lines:
            words = line.split()
            counts.update(words)
            for head, word in itertools.pairwise(words):
                if without_clitic(head) in kinds:
                    after[kinds[without_clitic(head)]][word] += 1

    def is_name(word, count):
        bare = word.removeprefix("ال")
        ordinary = {word, bare, bare.removesuffix("ة"), bare.removesuffix("ية") + "ي"}
        if word.startswith("ال"):
            ordinary = set()  # a name made from a word: الهلال
        return (
            count >= MINED_LEAST
            and count >= MINED_SHARE * counts[word]
            and len(word) >= 4
            and ARABIC_NAME.fullmatch(word)
            and not ordinary & lemmas
            and not (word.endswith("ية") and not word.startswith("ال"))
        )

    return {
        kind: {word: count for word, count in after[kind].items() if is_name(word, count)}
        for kind in HEADS
    }


def without_clitic(token):
    """A head of HEADS without the clitic before it: ``لنادي`` is ``نادي``."""
    return token[1:] if token[0] in "ولب" and len(token) > 3 else token


class Weighted:
    """A bag of names to draw from by weight, in logarithmic time."""

    def __init__(self, weights):
        self.names = list(weights)
        self.cumulative = list(itertools.accumulate(weights.values()))

    def draw(self, rng):
        return rng.choices(self.names, cum_weights=self.cumulative)[0]


def person(names, length, rng):
    """A made-up person's name of about ``length`` tokens."""
    if rng.random() < 0.25:
        return [names["foreign"].draw(rng) for _ in range(min(length, 4))]
    kind = rng.random()
    if kind < 0.2:
        surname = names["surname"].draw(rng)
    elif kind < 0.3:
        surname = names["foreign"].draw(rng)
    else:
        surname = rng.choice(("", "", "ال")) + names["word"].draw(rng)
    if length == 1:
        return (surname if rng.random() < 0.7 else names["given"].draw(rng)).split()
    parts = names["given"].draw(rng).split()
    while len(parts) < length - 1:
        if rng.random() < 0.25:
            parts += [rng.choice(["بن", "ابن", "أبو", "عبد"])]
        parts += names["given"].draw(rng).split()
    return parts + surname.split()


def organisation(names, kind, rng):
    """A name of an organisation of a fine class, without the word that says what it is.

    Clubs are also named after towns and ordinary words, companies after persons.
    """
    draw = rng.random()
    if kind == "Sports" and draw < 0.45:
        place = names["place"].draw(rng)
        if draw < 0.2:
            return place.split()
        if draw < 0.3:
            return [rng.choice(CLUB_WORDS), *place.split()]
        return ["ال" + names["word"].draw(rng)]
    if kind == "Commercial" and draw < 0.25:
        return names["foreign"].draw(rng).split()
    return names[kind].draw(rng).split()
