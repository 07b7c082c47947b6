"""Mentions with the words around them: how a name is written, and what stands before it.

From the tables of a corpus to one `Mention` each: its name without clitics and title, its title,
and what the words before it say of it.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.arabic.clitics import ALLAH, PREPOSITION_LAM, PROCLITICS
from toolkit.arabic.whole_names import begins_with_conjunction
from toolkit.columns import coded
from toolkit.naming.ages import Behind, ages
from toolkit.naming.joining import CLITICS, LIKE, PERSON
from toolkit.naming.lands import NO_LANDS, Realm, lands_of, lands_of_ruler
from toolkit.naming.neighbours import (
    COMMAS,
    is_hers,
    may_be_hers,
    near,
    of_counterpart,
    relative,
)
from toolkit.naming.offices import MAN, WOMAN, Office, offices, sex_of
from toolkit.naming.parts import ARTICLE, KEPT, name_key, parts
from toolkit.naming.titles import LONGEST, NAME, before_name, ranks, royal_title, within_name
from toolkit.naming.words import (
    AGES,
    BEARERS,
    FAMILIES,
    GIVEN_WITH_ARTICLE,
    KINSWOMEN,
    NO_PREPOSITION,
    OF_CHURCHES,
    OF_COUNTRIES,
    ORDINALS,
    RULERS,
    WITH_LETTER,
)
from toolkit.normalise import fold, strip_diacritics, strip_marks, strip_tatweel

Places = npt.NDArray[np.int64]
DOCUMENT = 1 << 32  # more than a text has code points

CLOSING = {"(": ")", '"': '"', "«": "»", "“": "”"}
WITHIN = re.compile(r"[#_\s]+")
OUTSIDE = " \"'«»“”()[]{}،؛:.,;!?؟…*-–—"
# No name begins with these and a letter before them.
FIRST_OF_NAMES = frozenset({"ابن", "ابو", "ابي", "عبد"})
DOCTOR = ["د", "."]
# With a tatweel between them too: لـليون.
TWO_LAMS = ("لل", "ل\N{ARABIC TATWEEL}")


@dataclass(slots=True)
class Mention:
    """A mention of a name.

    Attributes
    ----------
    start : int
        Where it begins.
    type : str
        PER, LOC, ORG, MISC.
    name : str
        As written, without clitics, title, diacritics and tatweel; with ``الأب``, ``الابن`` or the
        like where that stands right behind.
    title : str
        Its title, or nothing.
    ranks : frozenset of str
        The heads of the title.
    royal : str
        The last of them that those have who go by their first name, with its article: الأمير.
    offices : frozenset of Office
        What its title says of it; nothing where that stands behind a word for relatives.
    lands : dict of str to str
        The countries that the title and the words before it name, each with its name as it is shown
        by what stands there.
    realm : Realm
        What these are.
    is_apart : bool
        Whether a surname is here no person's: a family's, a street's.
    is_relative : bool
        Whether it is told as the name of somebody's relative: والده سامي.
    near : str
        The word before its title for a relative of the holder, where nothing says whose name it is,
        the holder's or the relative's: نجل الرئيس. Or nothing.
    sex : str
        ``woman`` or ``man``, where its title or a word for a relative says so, or with a full name
        a verb of saying (قالت); or nothing.
    may_be_hers : bool
        Whether the word before it may go with a woman's name.
    is_whole : bool
        Whether the first letter of the name is surely no preposition.
    cut : str
        The clitic that is written onto the name, or nothing.
    with_lam : str
        Of ``لليون``, which is taken for ل and اليون, the other reading, ليون; or nothing.
    row : int
        Its row in the table.
    long_form : int or None
        The place, among the mentions of the document, of the name that this one is short for: it
        stands in brackets behind it.
    """

    start: int
    type: str
    name: str
    title: str = ""
    ranks: frozenset[str] = frozenset()
    royal: str = ""
    offices: frozenset[Office] = frozenset()
    lands: dict[str, str] = field(default_factory=dict)
    realm: Realm = NO_LANDS
    is_apart: bool = False
    is_relative: bool = False
    near: str = ""
    sex: str = ""
    may_be_hers: bool = False
    is_whole: bool = False
    cut: str = ""
    with_lam: str = ""
    row: int = -1
    long_form: int | None = None


def mentions_of(entities: pd.DataFrame, words: pd.DataFrame) -> list[list[Mention]]:
    """The mentions that have a text, in the order of the text, a list for each document.

    Parameters
    ----------
    entities, words : DataFrame
        As for `toolkit.naming.canonical_names.canonical`.
    """
    rows = np.flatnonzero((entities["text"].notna() & entities["doc"].notna()).to_numpy())
    mentions = entities.iloc[rows]
    docs = coded(mentions, ["doc"])
    starts, ends = (mentions[column].to_numpy(dtype=np.int64) for column in ("start", "end"))
    texts, types = (list(map(str, mentions[column])) for column in ("text", "type"))
    order = sorted(
        range(len(rows)),
        key=lambda n: (docs.codes[n], starts[n], ends[n], texts[n], types[n]),
    )
    around = _Words(words, docs.items)
    offset = docs.codes.astype(np.int64) * DOCUMENT
    first, last = (np.searchsorted(around.starts, offset + places) for places in (starts, ends))
    is_person = np.array(types, dtype="str") == PERSON
    around.in_name = around.covered(first, last, ~is_person)
    around.in_person = around.covered(first, last, is_person)
    ages_behind = _ages(around, offset, (first, last), texts, np.flatnonzero(is_person))
    found: list[list[Mention]] = []
    doc, before, ends_at = -1, None, (-1, -1)
    for number in order:
        if docs.codes[number] != doc:
            doc, before, ends_at = docs.codes[number], None, (-1, -1)
            found.append([])
        span = int(first[number]), int(last[number])
        place = int(offset[number] + starts[number])
        is_next = ends_at == (int(starts[number]) - 1, span[0])
        text = _without_conjunction(texts[number], is_next)
        mention = _mention(around, span, place, types[number], text)
        mention.start = int(starts[number])
        if types[number] == PERSON:
            mention.name = " ".join(filter(None, (mention.name, ages_behind.get(number))))
        follows = types[number] == "ORG" and before == (span[0] - 1, "ORG")
        is_short = follows and around.is_bracketed(span)
        mention.cut = around.clitic(span[0], place)
        mention.row, mention.long_form = int(rows[number]), len(found[-1]) - 1 if is_short else None
        found[-1].append(mention)
        before, ends_at = (span[1], types[number]), (int(ends[number]), span[1])
    return found


class _Words:
    """The words of the documents that have mentions, in the order of the text."""

    def __init__(self, words: pd.DataFrame, docs: pd.Index) -> None:
        of_words = coded(words, ["doc"])
        doc = np.append(docs.get_indexer(of_words.items), -1)[of_words.codes]
        start, end, sent, token, word = (
            words[column].to_numpy(dtype=np.int64)
            for column in ("start", "end", "sent", "token", "word")
        )
        kept = np.lexsort((word, token, start, doc))
        kept = kept[np.searchsorted(doc[kept], 0) :]
        offset = doc[kept] * DOCUMENT  # so that no place is in two documents
        self.starts, self.ends = offset + start[kept], offset + end[kept]
        self.doc, self.sent = doc[kept], sent[kept]
        forms = coded(words, ["form"])
        self.codes = forms.codes[kept]
        self.forms = [*forms.items.tolist(), ""]  # the last: a missing form
        self.in_name = self.in_person = np.zeros(len(kept), dtype=bool)

    def covered(
        self, first: Places, last: Places, wanted: npt.NDArray[np.bool_]
    ) -> npt.NDArray[np.bool_]:
        """Which words stand in some mentions."""
        depth = np.zeros(len(self.codes) + 1, dtype=np.int64)
        np.add.at(depth, first[wanted], 1)
        np.add.at(depth, last[wanted], -1)
        return depth.cumsum()[:-1] > 0

    def before(self, row: int, start: int) -> tuple[list[str], list[bool], list[bool]]:
        """The words of the sentence before a place, which are in a name, which in a person's."""
        inside = slice(max(row - LONGEST - 1, 0), row)
        at = row if self.starts[row : row + 1].tolist() == [start] else row - 1
        same = self.doc[inside] == start // DOCUMENT
        same &= (self.ends[inside] <= start) & (self.sent[inside] == self.sent[at : at + 1])
        forms = [self.forms[code] for code in self.codes[inside][same].tolist()]
        is_name, is_person = self.in_name[inside][same], self.in_person[inside][same]
        return forms, is_name.tolist(), is_person.tolist()

    def at(self, row: int, start: int, end: int) -> tuple[str, ...]:
        """The words that begin with the letters at a place, this row the first, and share them."""
        inside = slice(row, row + LONGEST)
        shared = (self.starts[inside] == start) & (self.ends[inside] <= end)
        codes = self.codes[inside][np.logical_and.accumulate(shared)].tolist()
        return tuple(self.forms[code] for code in codes)

    def clitic(self, row: int, start: int) -> str:
        """The letter before a place that was taken for a clitic, or nothing."""
        if row == 0 or self.ends[row - 1] != start:
            return ""
        form = self.forms[self.codes[row - 1]]
        return form if form in PROCLITICS else ""

    def behind(self, span: tuple[int, int]) -> list[str]:
        """The three words of the sentence behind these rows, or fewer."""
        row, end = span
        inside = slice(end, end + 3)
        same = self.doc[inside] == self.doc[row : row + 1]
        same &= self.sent[inside] == self.sent[row : row + 1]
        return [self.forms[code] for code in self.codes[inside][same].tolist()]

    def is_before_person(self, span: tuple[int, int]) -> bool:
        """Whether the name of a person stands right behind these rows in their sentence."""
        return bool(self.behind(span)) and bool(self.in_person[span[1]])

    def is_bracketed(self, span: tuple[int, int]) -> bool:
        """Whether a bracket or a quotation mark opens before these rows and closes behind them."""
        first, last = span
        if first == 0 or last >= len(self.codes) or self.doc[first - 1] != self.doc[last]:
            return False
        closing = CLOSING.get(self.forms[self.codes[first - 1]])
        return closing is not None and self.forms[self.codes[last]] == closing


def _mention(around: _Words, span: tuple[int, int], start: int, kind: str, text: str) -> Mention:
    """A mention of some rows of the words; its place and its long form are left open."""
    row, _ = span
    contracted = text[:1] in PROCLITICS
    written = around.at(row, start, start + len(text)) if contracted else ()
    name = _written(text, written)
    other = _written(text, ()) if text.startswith(TWO_LAMS) and written else ""
    with_lam = other[1:] if other != name else ""
    if kind != PERSON and name[:1] not in CLITICS:
        return Mention(start, kind, name, with_lam=with_lam)
    forms, in_name, in_person = around.before(row, start)
    whole = fold(forms[-1]) in NO_PREPOSITION if forms else name_key(name) in WITH_LETTER
    if kind != PERSON:
        return Mention(start, kind, name, is_whole=whole, with_lam=with_lam)
    if forms and (forms[-1] in COMMAS or forms[-2:] == DOCTOR):
        # a comma between title and name: الرئيس التركي، رجب طيب أردوغان
        del forms[-1], in_name[-1], in_person[-1]
    front = [_outside(form, named) for form, named in zip(forms, in_name, strict=True)]
    if front and front[-1] in GIVEN_WITH_ARTICLE and before_name(front[:-1]):
        name = f"{forms.pop()} {name}"  # a first name that the span lacks
        del front[-1], in_name[-1], in_person[-1]
    swallowed = _swallowed(name, front)
    every = name.split()
    inner, rest = [word.rstrip(".") for word in every[:swallowed]], " ".join(every[swallowed:])
    size = before_name([*front, *map(fold, inner)]) if swallowed else before_name(front)
    outer = max(size - swallowed, 0)
    words = forms[len(forms) - outer :] + inner
    title = _joined(words)
    before = "" if title or not forms else name_key(forms[-1])
    is_one = len(parts(name_key(rest))) == 1
    apart = is_one and before in FAMILIES | BEARERS
    if is_one and before in FAMILIES:
        rest = f"{forms[-1]} {rest}"
    size = len(forms) - outer
    ahead, named = forms[:size], in_name[size:] + [False] * swallowed
    kin, counterpart = relative(ahead), of_counterpart(ahead)
    unnamed = ["" if is_name else form for form, is_name in zip(ahead, in_name, strict=False)]
    is_clear = not title or kin or _is_ruler(words, rest) or around.is_before_person(span)
    mention = Mention(
        start,
        kind,
        rest,
        title,
        lands=counterpart,
        realm=NO_LANDS._replace(lands=frozenset(counterpart)),
        is_apart=apart,
        is_relative=bool(kin),
        near="" if is_clear else near(unnamed, in_person),
        may_be_hers=may_be_hers(unnamed),
        is_whole=whole or (bool(title) and rest.startswith(LIKE)),
        with_lam="" if swallowed else with_lam,
    )
    if title:
        _add_title(mention, words, named)
    if kin and mention.sex != WOMAN:
        mention.sex = WOMAN if kin in KINSWOMEN else MAN
    if len(parts(name_key(rest))) > 1 and is_hers(unnamed):
        mention.sex = WOMAN
    return mention


def _add_title(mention: Mention, words: list[str], named: list[bool]) -> None:
    """Add what a title says of its bearer; ``named`` tells the words that stand in other names."""
    if not mention.near:
        mention.offices = offices(mention.title)
    mention.ranks, mention.royal = ranks(mention.title), royal_title(mention.title)
    mention.sex = sex_of(mention.offices)
    lands, realm = lands_of(words), mention.realm
    if mention.ranks & OF_COUNTRIES:
        lands, realm = lands_of_ruler(words, named)
    if not mention.ranks & OF_CHURCHES:
        mention.lands |= lands
    is_of_words = realm.lands == mention.lands.keys()
    mention.realm = Realm(
        frozenset(mention.lands), realm.are_listed, realm.are_places and is_of_words
    )


def _is_ruler(title: list[str], name: str) -> bool:
    """Whether title or name have the form of a ruler's: العاهل, إليزابيث الثانية."""
    of_title = (fold(word).removeprefix(ARTICLE) for word in title)
    return name_key(name).rpartition(" ")[2] in ORDINALS or not RULERS.keys().isdisjoint(of_title)


def _ages(
    around: _Words, docs: Places, spans: tuple[Places, Places], texts: list[str], persons: Places
) -> dict[int, str]:
    """The age behind each mention of a person that has one, which is no word before the next."""
    first, last = spans
    begin = set(first[persons].tolist())
    behind = {}
    for number in persons.tolist():
        end = int(last[number])
        words = around.behind((int(first[number]), end))
        if words and name_key(words[0]) in AGES:
            behind[number] = Behind(words, len(words) > 1 and end + 1 in begin)
    people: dict[int, list[tuple[int, str, Behind]]] = {docs[number]: [] for number in behind}
    for number in persons.tolist() if people else ():
        if docs[number] in people:
            nothing = Behind([], is_person=False)
            people[docs[number]].append((number, texts[number], behind.get(number, nothing)))
    found = {number: age for group in people.values() for number, age in ages(group).items()}
    around.in_name[last[list(found)]] = True
    return found


def _without_conjunction(text: str, is_next: bool) -> str:
    """The text without a letter that is a word of its own: و right behind another name."""
    return text[1:] if begins_with_conjunction(text, after_name=is_next) else text


@lru_cache(KEPT)
def _plain(form: str) -> str:
    """A word folded; مديره (his director) is not مديرة (director)."""
    return f"{fold(form)}'" if form.endswith("ه") and form != ALLAH else fold(form)


def _outside(form: str, named: bool) -> str:
    """A word before a name, folded; within another name but ل, which للأمم shares with its span."""
    return NAME if named and form != PREPOSITION_LAM else _plain(form)


def _swallowed(name: str, before: list[str]) -> int:
    """How many words of a name are its title."""
    words = [fold(word.rstrip(".")) for word in name.split()]
    return within_name(words, before) if len(words) > 1 else 0


@lru_cache(KEPT)
def _written(text: str, forms: tuple[str, ...]) -> str:
    """A name as written, its first word without the clitic that it is contracted with."""
    plain = strip_tatweel(strip_diacritics(strip_marks(text)))
    words = WITHIN.sub(" ", plain).strip(OUTSIDE).split()
    if not words:
        return plain.strip() or text
    kept = _without_proclitics(forms)
    if len(kept) < len(forms) and words[0].startswith(forms[0]):
        words[0] = "".join(kept)
    if len(words) > 1 and words[0][:1] in CLITICS and fold(words[0][1:]) in FIRST_OF_NAMES:
        words[0] = words[0][1:]
    return " ".join(words)


def _without_proclitics(forms: tuple[str, ...]) -> tuple[str, ...]:
    while len(forms) > 1 and forms[0] in PROCLITICS:
        forms = forms[1:]
    return forms


def _joined(forms: list[str]) -> str:
    """The words of a title as they are written."""
    written = ""
    for form in forms:
        if written.endswith(f" {PREPOSITION_LAM}") and form.startswith(ARTICLE):
            written += PREPOSITION_LAM + form[len(ARTICLE) :]
        elif written.rpartition(" ")[2] in PROCLITICS:
            written += form
        else:
            written += f" {form}" if written else form
    return written
