"""Which mentions of one document are short forms of a person's full name.

Where a short form could be of two persons, it stays by itself: a wrong merge is worse than a missed
one. A span that holds more than a name gives no other mention its name.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Set
from itertools import combinations

from toolkit.naming.joining import PERSON, TWO_LAMS, Document
from toolkit.naming.lands import Realm, are_apart, is_elsewhere
from toolkit.naming.mention_words import Mention
from toolkit.naming.offices import (
    MAN,
    TA_MARBUTA,
    WOMAN,
    Office,
    is_abroad,
    may_hold,
    settling,
)
from toolkit.naming.parts import ARTICLE, name_key, parts
from toolkit.naming.place_names import index, key_of
from toolkit.naming.words import (
    AFTER_SURNAME,
    AGES,
    BEARERS,
    FAMILIES,
    FIRST_SURNAMES,
    GENERATIONS,
    GIVEN,
    INITIALS,
    JUNIOR,
    JUNIORS,
    MONARCHS,
    OF_SHEIKHS,
    OF_WIVES,
    ORDINALS,
    PARTICLES,
    RANK,
    RELATIVES,
    SHEIKH,
)

MOST_PARTS = 8  # of a name that has short forms; more are a list of names
CONJOINED = tuple("ولب")  # what a span may have taken in with another name
SHORTEST = 3  # letters of that name
LATE = 4  # mentions of a name alone, after which a full name comes late
RARER = 3  # times
HEADLINE = 1  # mention of a first name before the full name
OF_FATHER = ("بن ", "بنت ")
OF_FAMILY = "ال "


class Persons:
    """The persons of one document, by their full names."""

    def __init__(self, document: Document) -> None:
        people = {key: known for key, known in document.items() if known.types[PERSON]}
        self.every = document
        self.alone = set(document) | {parts(key)[-1] for key in people if key}
        full = [key for key in people if self._is_full(key, people)]
        self.by_form: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self.by_first: dict[str, set[str]] = defaultdict(set)
        self.told_apart: set[tuple[str, ...]] = set()
        self.root: dict[str, str] = {}
        self.document = people
        for key in sorted(full, key=lambda key: (-len(parts(key)), key)):
            self.root[key] = self._longer(parts(key)) or key
            self._add(parts(key), self.root[key])
        self.titles: dict[str, set[str]] = defaultdict(set)
        self.offices: dict[str, set[Office]] = defaultdict(set)
        self.realms: dict[str, set[Realm]] = defaultdict(set)
        self.sexes: dict[str, set[str]] = defaultdict(set)
        self.near: dict[str, set[str]] = defaultdict(set)
        self.of_house: set[str] = set()
        self.perhaps_women: set[str] = set()
        self.first: dict[str, int] = {}
        self.counts: Counter[str] = Counter()
        members: dict[str, list[str]] = defaultdict(list)
        for key, root in self.root.items():
            members[root].append(key)
            self.titles[root] |= people[key].titles
            self.offices[root] |= settling(people[key].offices)
            self.realms[root] |= people[key].realms
            self.sexes[root] |= people[key].sexes
            self.near[root] |= people[key].near
            if people[key].is_of_house:
                self.of_house.add(root)
            if people[key].may_be_hers:
                self.perhaps_women.add(root)
            self.counts[root] += people[key].types.total()
            self.first[root] = min(self.first.get(root, people[key].first), people[key].first)
        self.shown = {
            root: min(self._introduced(root, keys), key=self._rank)
            for root, keys in members.items()
        }

    def _is_full(self, key: str, people: Document) -> bool:
        """Whether a name has first name and surname, and is surely no more than one name."""
        name = parts(key)
        is_one = key.split(" ", 1)[0] not in FAMILIES | RELATIVES | BEARERS
        is_one = is_one and 1 < len(name) <= MOST_PARTS and not _has_title(name)
        return is_one and not self._ends_in_another(name) and not _holds_two(name, people)

    def _ends_in_another(self, name: tuple[str, ...]) -> bool:
        """Whether the last part is a name of the document behind a clitic: كيم لترمب."""
        last = name[-1]
        rest = name_key(ARTICLE + last[2:] if last.startswith(TWO_LAMS) else last[1:])
        if last[:1] not in CONJOINED or len(rest) < SHORTEST or rest not in self.alone:
            return False
        known = self.every.get(rest)
        # بوفون is no clitic with وفون where that is what a model left of it
        return known is None or known.cuts[last[0]] < known.types.total()

    def _longer(self, form: tuple[str, ...]) -> str:
        """The one person of whose longer name these parts are a form, or nothing."""
        roots = set() if form in self.told_apart else self.by_form.get(form, set())
        return next(iter(roots)) if len(roots) == 1 and form[-1] not in GIVEN else ""

    def _add(self, name: tuple[str, ...], root: str) -> None:
        """Know the person by the short forms of a name."""
        places = range(1, len(name))
        forms = {name[place:] for place in places if _is_surname(name, place)}
        forms |= {name[:place] for place in places[1:] if not _is_numbered(name[place:])}
        forms |= {(part,) for part in name if part.startswith("بن ")}
        forms |= _with_family(name)
        if len(name) > 2 and name[-1] in GENERATIONS:  # جورج بوش الأب is not جورج بوش
            self.told_apart |= {name[:-1], (name[0], name[-2]), (name[-2],)}
        elif any(part in ORDINALS | INITIALS or len(part) == 1 for part in name[1:-1]):
            self.told_apart.add((name[0], name[-1]))
        elif not _skips_father(name):
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

    def _rank(self, key: str) -> tuple[int, bool, int, str]:
        name = parts(key)
        return -self.document[key].types.total(), self._ends_in_place(name), -len(name), key

    def _ends_in_place(self, name: tuple[str, ...]) -> bool:
        """Whether a span has taken in the place behind another full name of the document."""
        if " ".join(name[:-1]) not in self.root:
            return False
        return any(not found.common for found in index().get(key_of(name[-1]), ()))

    def key_of(self, key: str, mention: Mention) -> str:
        """The key of the person that is mentioned by this key, or the key itself.

        Parameters
        ----------
        key : str
            A key of the document.
        mention : Mention
            One of those that have it.
        """
        if key in self.root:
            return self.shown[self.root[key]]
        name = parts(key)
        if len(name) != 1 or name[0].startswith("ال "):
            return key
        found = self._one(name[0], mention)
        if not found or self._is_relatives(name[0], found, mention):
            return key
        return self.shown[found]

    def _is_relatives(self, name: str, root: str, mention: Mention) -> bool:
        """Whether a name is the first name of a relative of who has it as the last.

        The father of ``محمد سامي`` is ``سامي``, from where the text says so, but where he is called
        by the office of the other.
        """
        if self._is_first(name, root) or self.document[name].relative > mention.start:
            return False
        is_holder = may_hold(self.offices[root], settling(mention.offices))
        return mention.is_relative or not is_holder

    def _is_first(self, name: str, root: str) -> bool:
        """Whether this is the first name of the person."""
        return root in self.by_first.get(name, ())

    def _one(self, name: str, mention: Mention) -> str:
        """The one person who bears this name alone in the document, or nothing."""
        by_last, by_first = self.by_form.get((name,), set()), self.by_first.get(name, set())
        every = by_last | by_first
        either = {root for root in every if not self._is_of_other_sex(root, mention)}
        told = settling(mention.offices)
        same = {root for root in either if may_hold(self.offices[root], told)}
        if len(same) == 1:
            root = next(iter(same))
            others = (either & by_last if root in by_last else either) - same
            has_rival = self._has_rival(root, name, mention)
            return "" if has_rival or self._has_untitled(others, mention.ranks) else root
        if len(either) != 1:
            return ""
        root = next(iter(either))
        if either == every:
            is_sure = not self._has_namesake(root, name, mention)
        else:
            is_sure = self._is_alike(root, told)
        return root if is_sure and self._is_only(root, name, mention) else ""

    def _is_only(self, root: str, name: str, mention: Mention) -> bool:
        """Whether the only person who has this name as first or last is the one that is meant."""
        if (name,) in self.told_apart or _is_of_age(name, parts(root)):
            return False
        if self._comes_late(root, name):
            return False
        if is_abroad(self.offices[root], settling(mention.offices)):
            return False
        is_first, is_told = self._is_first(name, root), self.first[root] < mention.start
        royal = mention.ranks & MONARCHS
        if royal:
            return not is_first and name not in OF_SHEIKHS and royal == SHEIKH and is_told
        if root in self.by_form.get((name,), ()):
            return name not in GIVEN or is_told
        is_sure = self._before(root, name) <= HEADLINE or self.counts[root] > 1
        is_other = self._is_royal(root, name) or is_elsewhere(self.realms[root], mention.realm)
        return is_told and is_sure and not is_other and name not in GIVEN

    def _has_untitled(self, others: Set[str], titles: frozenset[str]) -> bool:
        """Whether one of the others who bear a surname may have the title: the text tells none."""
        return not titles & MONARCHS and not all(self.offices[each] for each in others)

    def _sex(self, root: str) -> str:
        sexes = self.sexes[root]
        return WOMAN if WOMAN in sexes else MAN if sexes else ""

    def _is_of_other_sex(self, root: str, mention: Mention) -> bool:
        """Whether a title is a man's and this person a woman, or the reverse.

        A wife's is only of whom a word tells to be a woman: ``السيدة ماكرون`` is no ``إيمانويل``.
        Who is told as ``وزير`` may be ``الوزيرة``.
        """
        sex = self._sex(root)
        heads = {office.head for office in mention.offices}
        if heads and heads <= OF_WIVES and not sex:
            return root not in self.perhaps_women
        masculine = {head.removesuffix(TA_MARBUTA) for head in heads}
        is_hers = mention.sex == WOMAN and masculine & {each.head for each in self.offices[root]}
        return not is_hers and {sex, mention.sex} == {WOMAN, MAN}

    def _is_alike(self, root: str, told: Set[Office]) -> bool:
        """Whether the one of the sex has no other office than is told, where others have the name.

        ``السيدة كلينتون`` is the woman, ``الرئيس`` who was president, and no minister.
        """
        heads = {office.head for office in told}
        own = {office.head for office in self.offices[root]}
        return bool(self._sex(root)) and heads <= own

    def _has_namesake(self, root: str, name: str, mention: Mention) -> bool:
        """Whether a surname may be somebody's whose full name the document lacks.

        ``الرئيس مبارك`` is not ``جمال مبارك``, who is perhaps a president's son, and ``مبارك``
        alone may be either of them then.
        """
        known = self.document[name]
        near = {office for office in settling(known.offices) if office.head in self.near[root]}
        if any(not may_hold(self.offices[root], {office}) for office in near):
            return True
        is_of_house = root in self.of_house and not self.offices[root]
        if is_of_house and not mention.title and not self._is_first(name, root):
            return True
        sex = self._sex(root)
        return bool(sex) and not mention.sex and not known.sexes <= {sex}

    def _has_rival(self, root: str, name: str, mention: Mention) -> bool:
        """Whether another may go by this first name with the title, under whatever title told.

        A surname has none: ``الشيخ قاسم`` is no ``قاسم سليماني``.
        """
        titles, realm = mention.ranks, mention.realm
        first = self.by_first.get(name, set())
        if not titles & MONARCHS or (root not in first and name not in OF_SHEIKHS):
            return False
        if self._is_of_another_land(root, name, realm):
            return True
        return any(
            self._may_bear(other, titles) and not is_elsewhere(self.realms[other], realm)
            for other in first - {root}
        )

    def _is_of_another_land(self, root: str, name: str, realm: Realm) -> bool:
        """Whether a first name may be that of a ruler of a country that is not this person's."""
        of_root, of_name = self.realms[root], self.document[name].realms
        if realm.lands and of_root:
            return is_elsewhere(of_root, realm)
        if of_root:
            return any(is_elsewhere(of_root, each) for each in of_name)
        return any(are_apart(one, other) for one, other in combinations(of_name, 2))

    def _may_bear(self, root: str, titles: frozenset[str]) -> bool:
        """Whether a title of those who go by their first name may be this person's.

        It is not where the document has another such title for the person: a king is no prince. Of
        one without such a title the form of the name tells whether it may be a ruler's.
        """
        known = _ranks_of(self.titles[root])
        if known:
            return not known.isdisjoint(_ranks_of(titles))
        rest = parts(root)[1:]
        is_of_dynasty = any(
            part.startswith((*OF_FATHER, OF_FAMILY)) or part in ORDINALS for part in rest
        )
        return is_of_dynasty or not titles.isdisjoint(SHEIKH)

    def _is_royal(self, root: str, name: str) -> bool:
        """Whether a name alone is also somebody's with a title that this person does not bear."""
        return not _ranks_of(self.document[name].titles) <= _ranks_of(self.titles[root])

    def _comes_late(self, root: str, name: str) -> bool:
        """Whether a full name comes too late and too seldom to be that of a name alone.

        News tells a full name first, at the latest behind a headline: after many mentions of a
        name, two names in one span are a mistake as a rule.
        """
        often = len(self.document[name].starts)
        return self._before(root, name) >= LATE and often >= RARER * self.counts[root]

    def _before(self, root: str, name: str) -> int:
        """How often a name stands alone before the full name."""
        return bisect_left(self.document[name].starts, self.first[root])

    def needs_title(self, key: str, titles: frozenset[str]) -> bool:
        """Whether a first name is no name without the title that goes with it: الأمير محمد.

        It is none where many have it, or where the document has it with two such titles.
        """
        if len(parts(key)) != 1 or not titles & MONARCHS:
            return False
        royal = self.document[key].royal
        return key in GIVEN or any(one.isdisjoint(titles) for one in royal)

    def lands_apart(self, key: str, mention: Mention) -> frozenset[str]:
        """The lands that tell who goes by a first name from another one of it, or nothing.

        Titles that have a land in common are one ruler's, who is king of all of their lands.
        """
        if len(parts(key)) != 1 or not mention.ranks & MONARCHS or not mention.lands:
            return frozenset()
        roots = (root for root in self.by_first.get(key, ()) if self.titles[root] & MONARCHS)
        realms = self.document[key].realms.union(*(self.realms[root] for root in roots))
        own, others = {mention.realm}, realms - {mention.realm}
        while shared := {each for each in others if not all(map(each.lands.isdisjoint, _of(own)))}:
            own, others = own | shared, others - shared
        if not any(are_apart(one, other) for one in own for other in others):
            return frozenset()
        return frozenset().union(*_of(own))


def _of(realms: Set[Realm]) -> list[frozenset[str]]:
    return [realm.lands for realm in realms]


def _ranks_of(titles: Set[str]) -> set[str]:
    """What titles say of those who go by their first name, one of each that one person may bear."""
    return {RANK[title] for title in titles if title in RANK}


def _has_title(name: tuple[str, ...]) -> bool:
    """Whether the title of another person stands behind a whole name: a span of two."""
    return any(part.removeprefix(ARTICLE) in MONARCHS for part in name[2:-1] if part[:2] == ARTICLE)


def _is_surname(name: tuple[str, ...], place: int) -> bool:
    """Whether the end of a name is surely the surname, or a whole name after a surname.

    An end of two parts is the father's full name as a rule: سعد رفيق الحريري.
    """
    first, *rest = name[place:]
    if not rest:
        return first not in AGES
    if first.startswith(("بن ", OF_FAMILY)) or first in PARTICLES | INITIALS:
        return True
    if len(rest) == 1 and rest[0] in AGES:
        return True  # بوش الأب
    return (place == 1 and name[0] in FIRST_SURNAMES) or (
        len(rest) == 1 and rest[0] in AFTER_SURNAME
    )


def _is_numbered(rest: tuple[str, ...]) -> bool:
    """Whether the rest of a name tells its bearer from others of the name before: the second."""
    return rest[0] in ORDINALS | GENERATIONS


def _is_of_age(name: str, full: tuple[str, ...]) -> bool:
    """Whether a name may be that of the father or son of this person: ترامب of ترامب جونيور."""
    return full[0] == name and full[1] in AGES and not (full[1] == JUNIOR and name in JUNIORS)


def _skips_father(name: tuple[str, ...]) -> bool:
    """Whether first and last part would make a grandfather the father: فيصل بن عبد العزيز."""
    is_father = name[-1].startswith(OF_FATHER)
    return is_father and any(part.startswith(OF_FATHER) for part in name[1:-1])


def _with_family(name: tuple[str, ...]) -> set[tuple[str, ...]]:
    """The forms with the family, but not with all of the fathers: محمد بن سلمان آل سعود."""
    *rest, family = name
    if not family.startswith(OF_FAMILY) or len(rest) < 2:
        return set()
    is_of_fathers = all(part.startswith(OF_FATHER) for part in rest[1:])
    places = range(2, len(rest)) if is_of_fathers else ()
    return {(*rest[:place], family) for place in places}


def _holds_two(name: tuple[str, ...], people: Document) -> bool:
    """Whether both ends of a longer name stand alone, and nothing longer: two, and what one did."""
    first, last = name[0], name[-1]
    if len(name) <= 2 or first == last or last.startswith(("بن ", "ال ")):
        return False
    shorter = (name[:-1], name[1:], (first, last))
    return first in people and last in people and not any(" ".join(s) in people for s in shorter)
