"""Which names of one document are forms of one name: clitics left on, kinds of things, acronyms.

All here goes by the keys of `toolkit.naming.parts` and what is known of their mentions in the
document; `toolkit.naming.persons` has the short forms of persons.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from toolkit.arabic.clitics import PREPOSITION_LAM
from toolkit.arabic.whole_names import WITH_LAM
from toolkit.naming.lands import Realm
from toolkit.naming.offices import Office
from toolkit.naming.parts import ARTICLE, name_key
from toolkit.naming.words import (
    CLEARER_WITH_GENERIC,
    COUNTRIES,
    GENERIC,
    MONARCHS,
    OF_PLACES,
    OTHER_WITH_GENERIC,
    STATE,
)

PERSON = "PER"
PLACE = "LOC"
NOWHERE = 1 << 62
LETTERS = 4  # of a word of an acronym that is spelled out: إم آي تي

# What is written onto names, and the fewest letters that it leaves of the first word; of a person
# one more, for كلارا and لارا may be sisters. لبي بي سي, which is no person, needs two.
CLITICS = {"و": 3, "ب": 3, "ل": 3, "ف": 4, "ك": 4}
FEWEST = 2
TWO_LAMS = PREPOSITION_LAM * 2
LIKE = "ك"  # the rarest before a name, and the first letter of many
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
    starts : list of int
        Where its mentions begin, in the order of the text.
    royal : set of frozenset of str
        The heads of a title that goes with a first name, of each mention that has such a title.
    offices : set of Office
        What its titles say.
    realms : set of Realm
        The countries that its titles name.
    relative : int
        Where it is first told as the name of a relative of somebody: والده سامي.
    near : set of str
        The heads of titles that are perhaps a relative's: نجل الرئيس, نجله.
    is_of_house : bool
        Whether such a relative has the surname of the holder as a rule.
    sexes : set of str
        Whether its titles and what it is told as are a woman's, a man's or both.
    may_be_hers : bool
        Whether a word before it goes with a woman's name.
    names : set of str
        How it is written.
    """

    types: Counter[str] = field(default_factory=Counter)
    first: int = NOWHERE
    titles: set[str] = field(default_factory=set)
    clear: bool = False
    cuts: Counter[str] = field(default_factory=Counter)
    starts: list[int] = field(default_factory=list)
    royal: set[frozenset[str]] = field(default_factory=set)
    offices: set[Office] = field(default_factory=set)
    realms: set[Realm] = field(default_factory=set)
    relative: int = NOWHERE
    near: set[str] = field(default_factory=set)
    is_of_house: bool = False
    sexes: set[str] = field(default_factory=set)
    may_be_hers: bool = False
    names: set[str] = field(default_factory=set)

    def add(self, kind: str, start: int, ranks: frozenset[str]) -> None:
        """Count a mention."""
        self.types[kind] += 1
        self.starts.append(start)
        self.first = min(self.first, start)
        self.titles |= ranks
        if ranks & MONARCHS:
            self.royal.add(ranks & MONARCHS)

    @property
    def is_person(self) -> bool:
        """Whether it names a person more often than anything else."""
        return 2 * self.types[PERSON] > self.types.total()

    @property
    def is_place(self) -> bool:
        """Whether it names a place more often than anything else."""
        return 2 * self.types[PLACE] > self.types.total()


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
        rest = _without_clitic(key, known, document)
        other = document.get(rest) if rest else None
        if _needs_no_other(key, rest) and not known.types[PERSON] and not known.clear:
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


def _needs_no_other(key: str, rest: str) -> bool:
    """Whether a name without a clitic is known, whatever the document says."""
    is_whole = key.startswith(TWO_LAMS) and rest.split(" ", 1)[0] in WITH_LAM
    return is_whole or rest in COUNTRIES


def _is_torn(key: str, known: Known, other: Known) -> bool:
    """Whether the other key is this one without a letter that was taken for a clitic."""
    cuts, often = other.cuts[key[0]], known.types.total()
    often -= key[0] in CONJUNCTIONS  # and: more often a word than a letter
    return cuts == other.types.total() and (known.clear or often >= cuts)


def _without_clitic(key: str, known: Known, document: Document) -> str:
    """The key without the letter that may be a clitic, or nothing."""
    if key.startswith(TWO_LAMS):
        return _without_lam(key, document)
    least = CLITICS.get(key[:1])
    if least is None or key in COUNTRIES:
        return ""
    if known.is_person:
        least += 1
    elif " " in key and key[0] == PREPOSITION_LAM:
        least = FEWEST
    rest = name_key(key[1:]) if len(key.split(" ", 1)[0]) > least else ""
    other = document.get(rest)
    return "" if key[0] == LIKE and other and not _is_likened(known, other) else rest


def _is_likened(known: Known, other: Known) -> bool:
    """Whether a name that begins with ك may be another one with "like" before it.

    It is spelled as that one then (``كاميليا`` is not like ``إميليا``); nobody is likened more
    often than named.
    """
    is_alike = any(name[1:] in other.names for name in known.names)
    return is_alike and (not known.is_person or known.types.total() < other.types.total())


def _without_lam(key: str, document: Document) -> str:
    """The key without ل: where what is left begins with another one, an article or the name."""
    whole, definite = name_key(key[1:]), name_key(ARTICLE + key[2:])
    is_whole = whole in document or whole.split(" ", 1)[0] in WITH_LAM
    return whole if is_whole else definite


def _without_suffix(key: str, known: Known) -> str:
    """The key without a pronoun, or nothing."""
    least = SUFFIX + 2 if known.is_person else SUFFIX + 1
    return key[:-SUFFIX] if key.endswith(PRONOUNS) and len(key) > least + 1 else ""


def of_organisations(
    document: Document, acronyms: Iterable[tuple[str, str]], *, is_place: bool
) -> dict[str, str]:
    """The keys of what is no person that are another form of a key of the document.

    ``شركة أبل`` is ``أبل``, ``الفيفا`` is ``فيفا``, and what stands in brackets behind a name is
    short for it, where the document has both.

    Parameters
    ----------
    document : mapping of str to Known
        What the document says of each key.
    acronyms : iterable of (str, str)
        Keys of a name and of what stands in brackets behind it.
    is_place : bool
        Whether it is asked for mentions of places: the Middle East is no newspaper of that name.
    """
    others = {key: known for key, known in document.items() if not known.is_person}
    found = dict(_with_article(others))
    found |= _with_generic(others, is_place=is_place)
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


def _with_generic(others: Document, *, is_place: bool) -> Iterator[tuple[str, str]]:
    """Names that are written with what kind of thing it is and without, and the one to keep."""
    kinds: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for key in others:
        generic, _, rest = key.partition(" ")
        if (
            generic in GENERIC
            and rest in others
            and _are_of_kind(others[key], others[rest], generic)
        ):
            kinds[rest].append((key, generic))
    for rest, found in kinds.items():
        if len({GENERIC[generic] for _, generic in found}) > 1:
            continue  # a club and a movement of one name: whose it is alone, nobody knows
        for key, generic in found:
            is_same = is_place == others[key].is_place
            if rest in COUNTRIES and GENERIC[generic] != GENERIC[STATE]:
                continue  # Kuwait City is not Kuwait
            if key in CLEARER_WITH_GENERIC:
                if CLEARER_WITH_GENERIC[key] not in others and is_same:
                    yield rest, key
            elif rest.startswith(ARTICLE) and " " in rest:
                if is_same:
                    yield rest, key  # وكالة الأنباء السورية: no name without its first word
            elif key not in OTHER_WITH_GENERIC:
                yield key, rest


def _are_of_kind(whole: Known, bare: Known, generic: str) -> bool:
    """Whether both names are of what the word says: ``إذاعة دمشق`` is not ``دمشق``."""
    may_be_place = generic in OF_PLACES or not bare.is_place
    return not bare.types[PERSON] and whole.is_place == bare.is_place and may_be_place


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
