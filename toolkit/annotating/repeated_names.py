"""Names that a text has more than once, found wherever they stand in it.

A model reads one sentence at a time: it finds a name in one, misses it in the next, and takes it
for a place in a third. Here the sentences of a text are read together. A name that was missed is
added where the model was not sure, and it may have been the surer the more often it found the name
elsewhere. So does a type that a name has at least twice as often as another one become that of all.
The surname of a person who is named in full counts as a name. MISC, a class of many things, is
never added.

Nothing is added where less than half of all occurrences were found as a name of this type, and no
adjective becomes a place or an organisation (`المساعدات السعودية`, `الحصار الحوثي`).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from math import log2
from typing import NamedTuple

from toolkit.annotating.bioes import spans, tags_of
from toolkit.annotating.name_clitics import clitics_before_name
from toolkit.annotating.rows import Sentence, folded

# Code points of a text that are read together: the parts of a long one are of different things.
STRETCH = 20_000
# How far tags with the name may score below the best ones, in the model's own measure: for a name
# that was found once, and how much more for each doubling.
DOUBT, MORE_DOUBT = 4.0, 1.0
SHARE = 0.5  # of all occurrences, that must have been found as a name of this type
TIMES = 2  # as frequent as another type must be the one that it gives way to
ADDED = ("PER", "LOC", "ORG")

Key = tuple[str, ...]  # a name: its first token without clitics, its other tokens, all folded


class Claim(NamedTuple):
    """That tokens of a sentence, from `first` to before `last`, are a name of this type."""

    sentence: int
    first: int
    last: int
    kind: str


Costs = Callable[[Sequence[Claim]], Sequence[float]]


def _set(words: str) -> frozenset[str]:
    return frozenset(map(folded, words.split()))


ABD = "عبد"
# Last words of persons' names that are no surnames: of صلاح الدين, ناصر الدولة, محمد السادس.
NO_SURNAMES = _set(
    "الدين الله الدولة الإسلام الحق الملك الرحمن الملة الزمان الهدى الابن الأب الأكبر "
    "الأول الثاني الثالث الرابع الخامس السادس السابع الثامن"
)


def stretches(
    parts: Iterable[tuple[int, int, list[Sentence]]],
) -> Iterator[tuple[int, list[Sentence]]]:
    """The sentences of each document in lists that are read together.

    Parameters
    ----------
    parts : iterable of (int, int, list of Sentence)
        Paragraphs: the number of their document, their code points, their sentences.

    Yields
    ------
    (int, list of Sentence)
        The number of a document, the sentences of `STRETCH` code points of it and what is left of
        the last paragraph, or of what the document has left.
    """
    doc, size = 0, 0
    held: list[Sentence] = []
    for number, length, sentences in parts:
        if held and (number != doc or size >= STRETCH):
            yield doc, held
            size, held = 0, []
        doc, size = number, size + length
        held.extend(sentences)
    if held:
        yield doc, held


def bare_forms(sentence: Sentence) -> list[str]:
    """The tokens of a sentence without clitics that stand before a name."""
    return [
        "".join(words[clitics_before_name(words, upos) :]) if len(words) > 1 else words[0]
        for words, upos in zip(sentence.words, _tags_of_tokens(sentence), strict=True)
    ]


def agreed(sentences: Sequence[Sentence], costs: Costs) -> list[Sentence]:
    """The sentences with the names that they tell one another.

    Parameters
    ----------
    sentences : sequence of Sentence
        Those of one text, names looked for.
    costs : callable
        For a list of claims, how far the best tags with each score below the best ones.

    Returns
    -------
    list of Sentence
        The same; where a name was missed, or is of another type, with other `names`.
    """
    read = list(map(_Read.of, sentences))
    known = _Known(read)
    possible = [*known.retyped(), *known.missed(read)]
    doubts = costs([claim for claim, _ in possible]) if possible else []
    taken = [claim for (claim, most), cost in zip(possible, doubts, strict=True) if cost <= most]
    names = {claim.sentence: list(read[claim.sentence].names) for claim in taken}
    for number, first, last, kind in taken:
        names[number][first:last] = tags_of(last - first, kind)
    return [
        replace(sentence, names=names[number]) if number in names else sentence
        for number, sentence in enumerate(sentences)
    ]


@dataclass(frozen=True)
class _Read:
    """What is read of a sentence, a list each of its tokens.

    `bare` are the folded tokens without clitics that stand before a name, `endings` the parts of
    speech of their last words.
    """

    names: list[str]
    tokens: list[str]
    bare: list[str]
    endings: list[str | None]

    @classmethod
    def of(cls, sentence: Sentence) -> "_Read":
        tokens = [folded(token.text) for token in sentence.tokens]
        bare = list(map(folded, bare_forms(sentence)))
        endings = [upos[-1] for upos in _tags_of_tokens(sentence)]
        return cls(sentence.names or [], tokens, bare, endings)

    def is_beside(self, first: int, last: int, kind: str) -> bool:
        """Whether these tokens may be a part of a mention of this type right before or behind."""
        return any(
            self.names[place].endswith(kind) and self.tokens[second] == self.bare[second]
            for place, second in ((first - 1, first), (last, last))
            if 0 <= place < len(self.names)
        )

    def key(self, first: int, last: int) -> Key:
        return (self.bare[first], *self.tokens[first + 1 : last])


class _Known:
    """The names that were found in a text, and how often as which type."""

    def __init__(self, read: Sequence[_Read]) -> None:
        self.mentions = [
            (Claim(number, *span), each.key(*span[:2]))
            for number, each in enumerate(read)
            for span in spans(each.names)
        ]
        self.found: dict[Key, Counter[str]] = defaultdict(Counter)
        for claim, key in self.mentions:
            self.found[key][claim.kind] += 1
        # the same, and the surnames of those who are named in full
        self.kinds = {key: Counter(kinds) for key, kinds in self.found.items()}
        for claim, key in self.mentions:
            if claim.kind == "PER" and len(key) > 1 and _has_surname(key):
                self.kinds.setdefault(key[-1:], Counter())["PER"] += 1
        # by their first token, the longest first
        self.of_first: dict[str, list[Key]] = defaultdict(list)
        for key in sorted(self.kinds, key=len, reverse=True):
            self.of_first[key[0]].append(key)

    def retyped(self) -> list[tuple[Claim, float]]:
        """The mentions that are of another type than most of their name, and the limits of them."""
        found = []
        for claim, key in self.mentions:
            # a firm may have the name of its founder
            kinds = self.found[key] if claim.kind == "ORG" else self.kinds[key]
            [(kind, count)] = kinds.most_common(1)
            if kind != claim.kind and count >= TIMES * kinds[claim.kind]:
                found.append((claim._replace(kind=kind), _limit(count)))
        return found

    def missed(self, read: Sequence[_Read]) -> list[tuple[Claim, float]]:
        """The places where a name may have been missed, and the limits of them."""
        places = [place for number, each in enumerate(read) for place in self._free(number, each)]
        free = Counter(key for *_, key in places)
        found = []
        for number, first, last, key in places:
            [(kind, count)] = self.kinds[key].most_common(1)
            all_of_it = self.kinds[key].total() + free[key]
            # many a foreign person's name is tagged as an adjective too
            adjective = last - first == 1 and read[number].endings[first] == "ADJ"
            if kind not in ADDED or count < SHARE * all_of_it or (adjective and kind != "PER"):
                continue
            if not read[number].is_beside(first, last, kind):
                found.append((Claim(number, first, last, kind), _limit(count)))
        return found

    def _free(self, number: int, each: _Read) -> Iterator[tuple[int, int, int, Key]]:
        """Where in a sentence a known name stands that was not found."""
        first = 0
        while first < len(each.tokens):
            key = self._at(each, first)
            if key:
                yield number, first, first + len(key), key
            first += len(key) or 1

    def _at(self, each: _Read, first: int) -> Key:
        """The longest known name that begins at a token, where none was found; or nothing."""
        if each.names[first] != "O":
            return ()
        for begin in dict.fromkeys((each.tokens[first], each.bare[first])):
            for key in self.of_first.get(begin, ()):
                last = first + len(key)
                is_free = all(tag == "O" for tag in each.names[first:last])
                if is_free and each.tokens[first + 1 : last] == list(key[1:]):
                    return key
        return ()


def _tags_of_tokens(sentence: Sentence) -> list[list[str | None]]:
    """The parts of speech of the words of each token."""
    tags = iter([upos for upos, _ in sentence.tags])
    return [list(islice(tags, len(words))) for words in sentence.words]


def _has_surname(key: Key) -> bool:
    """Whether the last word of a person's name can stand for the person."""
    return key[-1] not in NO_SURNAMES and key[-2] != ABD


def _limit(count: int) -> float:
    """How far tags with a name may score below the best ones, found so many times elsewhere."""
    return DOUBT + MORE_DOUBT * log2(count)
