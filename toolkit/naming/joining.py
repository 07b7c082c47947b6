"""Which names of one document are forms of one name: short forms, clitics left on, acronyms.

All here goes by the keys of `name_parts` and what is known of their mentions in the document. Where
a short form could be of two persons, it stays by itself: a wrong merge is worse than a missed one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from toolkit.arabic.clitics import PREPOSITION_LAM
from toolkit.naming.parts import ARTICLE, name_key, parts
from toolkit.naming.words import BEARERS, COUNTRIES, FAMILIES, GENERIC, GIVEN, MONARCHS, RELATIVES

PERSON = "PER"
LETTERS = 4  # of a word of an acronym that is spelled out: إم آي تي
MOST_PARTS = 8  # of a name that has short forms; more are a list of names

CITY = "مدينه"
# What is written onto names, and the fewest letters that it leaves of the first word; of a person
# one more, for كلارا and لارا may be sisters. لبي بي سي needs two.
CLITICS = {"و": 3, "ب": 3, "ل": 3, "ف": 4, "ك": 4}
FEWEST = 2
CONJUNCTIONS = "وف"
PRONOUNS = ("نا", "ها", "هم", "كم")
SUFFIX = 2


@dataclass
class Known:
    """What a document says of a key.

    Attributes
    ----------
    types : Counter of str
        How often it is mentioned with each type.
    first : int
        Where its first mention begins.
    titles : set of str
        The heads of its titles.
    clear : bool
        Whether a mention shows that its first letter is no clitic.
    cuts : Counter of str
        How often it stands behind each letter that was taken for a clitic.
    """

    types: Counter[str] = field(default_factory=Counter)
    first: int = 1 << 62
    titles: set[str] = field(default_factory=set)
    clear: bool = False
    cuts: Counter[str] = field(default_factory=Counter)

    @property
    def is_person(self) -> bool:
        """Whether it names a person more often than anything else."""
        return 2 * self.types[PERSON] > self.types.total()


Document = Mapping[str, Known]


def without_clitics(document: Document) -> dict[str, str]:
    """The keys that still have a clitic, or have lost a letter as one, and the key that they are.

    A letter is a clitic where the document also has the name without it. Where the name without it
    stands behind just this letter only, and less often, a letter of the name was cut off as a
    clitic: ``يفربول`` is ``ليفربول`` then.

    Examples
    --------
    >>> without_clitics({"لرويترز": Known(Counter(ORG=1)), "رويترز": Known(Counter(ORG=2))})
    {'لرويترز': 'رويترز'}
    """
    found = {}
    for key, known in document.items():
        rest = _without_clitic(key, known)
        other = document.get(rest) if rest else None
        if rest in COUNTRIES and not known.types[PERSON] and not known.clear:
            found[key] = rest
        elif not other:
            rest = _without_suffix(key, known)
            if rest and rest in document:
                found[key] = rest
        elif known.is_person == other.is_person:
            if _is_torn(key, known, other):
                found[rest] = key
            elif not known.clear:
                found[key] = rest
    return {key: end_of(found, key) for key in found}


def _is_torn(key: str, known: Known, other: Known) -> bool:
    """Whether the other key is this one without a letter that was taken for a clitic."""
    cuts, often = other.cuts[key[0]], known.types.total()
    often -= key[0] in CONJUNCTIONS  # and: more often a word than a letter
    return cuts == other.types.total() and (known.clear or often >= cuts)


def _without_clitic(key: str, known: Known) -> str:
    """The key without the letter that may be a clitic, or nothing."""
    if key.startswith("لل"):
        return name_key(ARTICLE + key[2:])
    least = CLITICS.get(key[:1])
    if least is None or key in COUNTRIES:
        return ""
    if " " in key and key[0] == PREPOSITION_LAM:
        least = FEWEST
    elif known.is_person:
        least += 1
    return name_key(key[1:]) if len(key.split(" ", 1)[0]) > least else ""


def _without_suffix(key: str, known: Known) -> str:
    """The key without a pronoun, or nothing."""
    least = SUFFIX + 2 if known.is_person else SUFFIX + 1
    return key[:-SUFFIX] if key.endswith(PRONOUNS) and len(key) > least + 1 else ""


def of_organisations(document: Document, acronyms: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The keys of what is no person that are another form of a key of the document.

    ``شركة أبل`` is ``أبل``, ``الفيفا`` is ``فيفا``, and what stands in brackets behind a name is
    short for it, where the document has both.

    Parameters
    ----------
    document : mapping of str to Known
        What the document says of each key.
    acronyms : iterable of (str, str)
        Keys of a name and of what stands in brackets behind it.
    """
    others = {key: known for key, known in document.items() if not known.is_person}
    found = dict(_with_article(others))
    found |= _with_generic(others)
    long_forms = defaultdict(set)
    for long, short in acronyms:
        if _is_short_for(short, long):
            long_forms[short].add(long)
    for short, forms in long_forms.items():
        if len(forms) == 1 and short in others and short not in forms:
            found[short] = next(iter(forms))
    return {key: end_of(found, key) for key in found}


def _is_short_for(short: str, long: str) -> bool:
    """Whether a name in brackets can be an acronym of the one before, or its name in Latin."""
    words = short.split()
    is_acronym = max(map(len, words)) <= LETTERS or len(words) == 1
    return short.isascii() != long.isascii() or (is_acronym and " " in long)


def end_of(links: Mapping[str, str], key: str) -> str:
    """Where a chain of links ends; in a ring of them, at its first key by code point."""
    met: list[str] = []
    while key in links and key not in met:
        met.append(key)
        key = links[key]
    return min(met[met.index(key) :]) if key in met else key


def _with_generic(others: Document) -> Iterator[tuple[str, str]]:
    """Names that are written with what kind of thing it is and without, and the one to keep."""
    for key in others:
        generic, _, rest = key.partition(" ")
        if generic not in GENERIC or rest not in others or others[rest].types[PERSON]:
            continue
        if generic == CITY and rest in COUNTRIES:
            continue  # Kuwait City is not Kuwait
        if rest.startswith(ARTICLE) and " " in rest:
            yield rest, key  # وكالة الأنباء السورية: no name without its first word
        else:
            yield key, rest


def _with_article(others: Document) -> Iterator[tuple[str, str]]:
    """Names of one word that are written with the article and without, and the one to keep."""
    for key, known in others.items():
        definite = ARTICLE + key
        if " " in key or definite not in others or len(key) <= len(ARTICLE):
            continue
        if known.types[PERSON] or others[definite].types[PERSON]:
            continue  # somebody, and a country whose name is alike
        if others[definite].types.total() >= known.types.total():
            yield key, definite
        else:
            yield definite, key


class Persons:
    """The persons of one document, by their full names."""

    def __init__(self, document: Document) -> None:
        people = {key: known for key, known in document.items() if known.types[PERSON]}
        full = [key for key in people if self._is_full(key)]
        self.by_form: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self.by_first: dict[str, set[str]] = defaultdict(set)
        self.root: dict[str, str] = {}
        self.document = people
        for key in sorted(full, key=lambda key: (-len(parts(key)), key)):
            self.root[key] = self._longer(parts(key)) or key
            self._add(parts(key), self.root[key])
        self.titles: dict[str, set[str]] = defaultdict(set)
        self.first: dict[str, int] = {}
        members: dict[str, list[str]] = defaultdict(list)
        for key, root in self.root.items():
            members[root].append(key)
            self.titles[root] |= people[key].titles
            self.first[root] = min(self.first.get(root, people[key].first), people[key].first)
        self.shown = {
            root: min(self._introduced(root, keys), key=self._rank)
            for root, keys in members.items()
        }

    @staticmethod
    def _is_full(key: str) -> bool:
        first = key.split(" ", 1)[0]
        is_one = first not in FAMILIES | RELATIVES | BEARERS
        return is_one and 1 < len(parts(key)) <= MOST_PARTS

    def _longer(self, form: tuple[str, ...]) -> str:
        """The one person of whose longer name these parts are a form, or nothing."""
        roots = self.by_form.get(form, set())
        return next(iter(roots)) if len(roots) == 1 and form[-1] not in GIVEN else ""

    def _add(self, name: tuple[str, ...], root: str) -> None:
        """Know the person by the short forms of a name."""
        last = len(name)
        forms = {name[place:] for place in range(1, last)}
        forms |= {name[:place] for place in range(2, last)}
        forms |= {(part,) for part in name if part.startswith("بن ")}
        forms.add((name[0], name[-1]))  # of two parts it is the name itself
        for form in forms:
            self.by_form[form].add(root)
        self.by_first[name[0]].add(root)

    def _introduced(self, root: str, keys: list[str]) -> list[str]:
        """The forms without those that are the end of a longer one that stands before them."""
        document, whole = self.document, parts(root)
        return [
            key
            for key in keys
            if document[key].first <= document[root].first
            or whole[-len(parts(key)) :] != parts(key)
            or key == root
        ]

    def _rank(self, key: str) -> tuple[int, int, str]:
        return -self.document[key].types.total(), -len(parts(key)), key

    def key_of(self, key: str, titles: frozenset[str], start: int) -> str:
        """The key of the person that is mentioned by this key, or the key itself.

        Parameters
        ----------
        key : str
            A key of the document.
        titles : frozenset of str
            The heads of the title of the mention.
        start : int
            Where it begins.
        """
        if key in self.root:
            return self.shown[self.root[key]]
        name = parts(key)
        if len(name) != 1 or name[0].startswith("ال "):
            return key
        found = self._one(name[0], titles, start)
        return self.shown[found] if found else key

    def _one(self, name: str, titles: frozenset[str], start: int) -> str:
        """The one person who bears this name alone in the document, or nothing."""
        by_last, by_first = self.by_form.get((name,), set()), self.by_first.get(name, set())
        either = by_last | by_first
        same = {root for root in either if self.titles[root] & titles}
        if len(either) != 1 or titles & MONARCHS:
            return next(iter(same)) if len(same) == 1 else ""
        root = next(iter(either))
        if same or (root in by_last and name not in GIVEN):
            return root
        is_clear = self.first[root] < start and (root in by_last or name not in GIVEN)
        return root if is_clear else ""
