"""Canonical names of entity mentions, in two steps: within each document, then over a corpus.

`canonical` gives every mention the name that its document knows it by: clitics and titles off,
short forms as the full form (``الأسد`` as ``بشار الأسد``) where only one can be meant, in the most
frequent of the spellings. `spellings` then chooses among the spellings of all documents.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping

import pandas as pd

from toolkit.arabic.whole_names import WITH_LAM
from toolkit.columns import require
from toolkit.naming.joining import (
    PERSON,
    PLACE,
    TWO_LAMS,
    Document,
    Known,
    of_organisations,
    without_clitics,
)
from toolkit.naming.mention_words import Mention, mentions_of
from toolkit.naming.parts import ARTICLE, name_key
from toolkit.naming.persons import Persons
from toolkit.naming.place_names import index, key_of
from toolkit.naming.words import HOLDERS, IN_LAWS

ENTITY_COLUMNS = ("doc", "type", "text", "start", "end")
# What may be written onto a name of another document, and the fewest letters of its first word.
LONG = {"و": 4, "ب": 5, "ل": 5}
WORD_COLUMNS = ("doc", "sent", "token", "word", "form", "start", "end")


def canonical(entities: pd.DataFrame, words: pd.DataFrame) -> pd.DataFrame:
    """The name, the key and the title of each mention, as far as its own document tells.

    A name has no clitics, no title, no diacritics and no tatweel. Mentions that differ in spelling
    only have one name, the most frequent of the spellings (of equally frequent ones the first by
    code point). A short form of a person's name has the full name where the document has one person
    only who may be meant: ``بوتين`` with ``فلاديمير بوتين``, not ``عائلة الأسد`` with ``بشار
    الأسد``, nor one of two brothers. The answer does not depend on other documents, on the order of
    rows or on a column ``name``.

    Parameters
    ----------
    entities : DataFrame
        One row per mention; columns ``doc``, ``type``, ``text``, ``start``, ``end``.
    words : DataFrame
        One row per word of these documents, clitics apart; columns ``doc``, ``sent``, ``token``,
        ``word``, ``form``, ``start``, ``end``. They tell titles before a name from the text, and
        contracted clitics; without rows nothing is known of these.

    Returns
    -------
    DataFrame
        Same rows and index as `entities`; columns ``name``, ``key`` (the folded name, equal where
        two mentions are taken to name the same) and ``title`` (missing where there is none). What
        has no text has no name.

    Raises
    ------
    ValueError
        A column is missing.

    Examples
    --------
    >>> rows = [("بشار الأسد", 0, 10), ("الأسد", 15, 20)]
    >>> entities = pd.DataFrame(rows, columns=["text", "start", "end"]).assign(doc="a", type="PER")
    >>> words = pd.DataFrame(columns=["doc", "sent", "token", "word", "form", "start", "end"])
    >>> canonical(entities, words)["name"].tolist()
    ['بشار الأسد', 'بشار الأسد']
    """
    require("canonical", entities, ENTITY_COLUMNS, advice="Pass the entities of a corpus.")
    require("canonical", words, WORD_COLUMNS, advice="Pass the words of the same corpus.")
    columns: dict[str, list[str | None]] = {
        column: [None] * len(entities) for column in ("name", "key", "title")
    }
    for mentions in mentions_of(entities, words):
        for mention, (name, key) in zip(mentions, _names(mentions), strict=True):
            columns["name"][mention.row] = name
            columns["key"][mention.row] = key
            columns["title"][mention.row] = mention.title or None
    return pd.DataFrame(
        {column: pd.array(values, dtype="str") for column, values in columns.items()},
        index=entities.index,
    )


def spellings(counted: Mapping[str, int]) -> dict[str, str]:
    """For each name of `canonical` the spelling that is shown, the most frequent in the corpus.

    Parameters
    ----------
    counted : mapping of str to int
        How often each name occurs.

    Returns
    -------
    dict of str to str
        For each name one of those that have the same key: the most frequent, of equally frequent
        ones the first by code point.

    Examples
    --------
    >>> spellings({"سوريا": 5, "سورية": 2, "عبدالله صالح": 1})
    {'سوريا': 'سوريا', 'سورية': 'سوريا', 'عبدالله صالح': 'عبدالله صالح'}
    """
    keys = {name: name_key(name) for name in counted}
    total: Counter[str] = Counter()
    for name, key in keys.items():
        total[key] += counted[name]
    keys = {name: _without_clitic(key, total) for name, key in keys.items()}
    best: dict[str, str] = {}
    for name in sorted(counted, key=lambda name: (-counted[name], name)):
        best.setdefault(keys[name], name)
    return {name: best[keys[name]] for name in counted}


def _without_clitic(key: str, total: Mapping[str, int]) -> str:
    """The key without a letter that hides a more frequent name of several words."""
    rest = key[1:]
    least = LONG.get(key[:1])
    is_long = least is not None and " " in rest and len(rest.partition(" ")[0]) >= least
    return rest if is_long and total.get(rest, 0) > total[key] else key


def _names(mentions: list[Mention]) -> list[tuple[str, str]]:
    """The name and the key of each mention of one document."""
    _read_two_lams(mentions)
    own = [name_key(mention.name) for mention in mentions]
    clitics = without_clitics(_known(mentions, own))
    plain = [clitics.get(key, key) for key in own]
    document = _known(mentions, plain)
    persons = Persons(document)
    acronyms = [
        (plain[mention.long_form], key)
        for mention, key in zip(mentions, plain, strict=True)
        if mention.long_form is not None
    ]
    others = {
        is_place: of_organisations(document, acronyms, is_place=is_place)
        for is_place in (False, True)
    }
    royal = _royal_names(mentions, plain, persons)
    keys = [
        _key(mention, key, persons, others[mention.type == PLACE], royal[place])
        for place, (mention, key) in enumerate(zip(mentions, plain, strict=True))
    ]
    shown = _most_frequent(mentions, own, plain) | _royal(royal, keys)
    return [(shown[key], key) for key in keys]


def _read_two_lams(mentions: list[Mention]) -> None:
    """Name ``لليون`` ليون, not اليون, where the document, a list or the gazetteer has only that."""
    if not any(mention.with_lam for mention in mentions):
        return
    keys = {name_key(mention.name) for mention in mentions if not mention.with_lam}
    for mention in mentions:
        if mention.with_lam and _is_with_lam(mention, keys):
            mention.name = mention.with_lam


def _is_with_lam(mention: Mention, keys: set[str]) -> bool:
    one, other = name_key(mention.with_lam), name_key(mention.name)
    if one in keys or one.split(" ", 1)[0] in WITH_LAM:
        return True
    if mention.type != PLACE or other in keys:
        return False
    return key_of(mention.with_lam) in index() and key_of(mention.name) not in index()


def _known(mentions: list[Mention], keys: list[str]) -> Document:
    """What the document says of each key."""
    document: defaultdict[str, Known] = defaultdict(Known)
    for mention, key in zip(mentions, keys, strict=True):
        known = document[key]
        held = frozenset() if mention.near else mention.ranks
        known.add(mention.type, mention.start, held)
        known.clear |= mention.is_whole
        known.cuts[mention.cut] += 1
        known.offices |= mention.offices
        if mention.near:
            known.near |= mention.ranks
            known.is_of_house |= mention.near not in IN_LAWS
        elif mention.lands:
            known.realms.add(mention.realm)
        known.sexes |= {mention.sex} - {""}
        known.may_be_hers |= mention.may_be_hers
        known.names.add(mention.name)
        if mention.is_relative:
            known.near |= HOLDERS
            known.relative = min(known.relative, mention.start)
    return document


def _key(
    mention: Mention, key: str, persons: Persons, others: Mapping[str, str], royal: tuple[str, str]
) -> str:
    """The key of what the mention names in its document."""
    if mention.type != PERSON and not persons.every[key].is_person:
        return others.get(key, key)
    if mention.is_apart:
        return key
    found = persons.key_of(key, mention)
    if found != key:
        return found
    is_told_apart = royal[0] != royal[1]
    if is_told_apart or persons.needs_title(key, mention.ranks):
        return name_key(royal[is_told_apart])
    return key


def _royal_names(
    mentions: list[Mention], keys: list[str], persons: Persons
) -> list[tuple[str, str]]:
    """What each is called by first name and title, or nothing; and with what tells it apart."""
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for mention in mentions:
        for land, name in mention.lands.items():
            written[land][name] += 1
    shown = {land: min(names, key=lambda n: (-names[n], n)) for land, names in written.items()}
    return [
        _royal_name(mention, [shown[land] for land in sorted(persons.lands_apart(key, mention))])
        for mention, key in zip(mentions, keys, strict=True)
    ]


def _royal_name(mention: Mention, lands: list[str]) -> tuple[str, str]:
    if not mention.royal:
        return "", ""
    name = f"{mention.royal} {mention.name}"
    return name, f"{name} ({' '.join(lands)})" if lands else name


def _most_frequent(mentions: list[Mention], own: list[str], plain: list[str]) -> dict[str, str]:
    """For each key the most frequent of the names that are written so."""
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for mention, key in zip(mentions, own, strict=True):
        written[key][mention.name] += 1
    never = set(plain) - set(own)  # a country that is written with a clitic only
    for mention, key in zip(mentions, plain, strict=True):
        if key in never:
            written[key][_without_letter(mention.name, key)] += 1
    return {key: min(names, key=lambda n: (-names[n], n)) for key, names in written.items()}


def _without_letter(name: str, key: str) -> str:
    """A name without the clitic that its key is without, لل as an article where the key has one."""
    return ARTICLE + name[2:] if name.startswith(TWO_LAMS) and key.startswith(ARTICLE) else name[1:]


def _royal(names: list[tuple[str, str]], keys: list[str]) -> dict[str, str]:
    """The names of those who go by their first name and title, by their keys."""
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for both, key in zip(names, keys, strict=True):
        for name in set(both):
            if name and name_key(name) == key:
                written[key][name] += 1
    return {key: min(names, key=lambda n: (-names[n], n)) for key, names in written.items()}
