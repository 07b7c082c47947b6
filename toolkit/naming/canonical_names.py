"""Canonical names of entity mentions, in two steps: within each document, then over a corpus.

`canonical` gives every mention the name that its document knows it by: clitics and titles off,
short forms as the full form (``الأسد`` as ``بشار الأسد``) where only one can be meant, in the most
frequent of the spellings. `spellings` then chooses among the spellings of all documents.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping

import pandas as pd

from toolkit.columns import require
from toolkit.naming.joining import (
    CLITICS,
    PERSON,
    Document,
    Known,
    Persons,
    of_organisations,
    without_clitics,
)
from toolkit.naming.mention_words import Mention, mentions_of
from toolkit.naming.parts import name_key

ENTITY_COLUMNS = ("doc", "type", "text", "start", "end")
LONG = 4  # letters of the first word of a name, from which one may be missing
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
    is_long = len(rest.partition(" ")[0]) >= LONG and " " in rest
    return rest if key[:1] in CLITICS and is_long and total.get(rest, 0) > total[key] else key


def _names(mentions: list[Mention]) -> list[tuple[str, str]]:
    """The name and the key of each mention of one document."""
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
    others = of_organisations(document, acronyms)
    keys = [
        _key(mention, key, document, persons, others)
        for mention, key in zip(mentions, plain, strict=True)
    ]
    shown = _most_frequent(mentions, own, plain)
    return [(shown[key], key) for key in keys]


def _known(mentions: list[Mention], keys: list[str]) -> Document:
    """What the document says of each key."""
    document: defaultdict[str, Known] = defaultdict(Known)
    for mention, key in zip(mentions, keys, strict=True):
        known = document[key]
        known.types[mention.type] += 1
        known.first = min(known.first, mention.start)
        known.titles |= mention.ranks
        known.clear |= mention.is_whole
        known.cuts[mention.cut] += 1
    return document


def _key(
    mention: Mention, key: str, document: Document, persons: Persons, others: Mapping[str, str]
) -> str:
    """The key of what the mention names in its document."""
    if mention.type != PERSON and not document[key].is_person:
        return others.get(key, key)
    return key if mention.is_apart else persons.key_of(key, mention.ranks, mention.start)


def _most_frequent(mentions: list[Mention], own: list[str], plain: list[str]) -> dict[str, str]:
    """For each key the most frequent of the names that are written so."""
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for mention, key in zip(mentions, own, strict=True):
        written[key][mention.name] += 1
    never = set(plain) - set(own)  # a country that is written with a clitic only
    for mention, key in zip(mentions, plain, strict=True):
        if key in never:
            written[key][mention.name[1:]] += 1
    return {key: min(names, key=lambda n: (-names[n], n)) for key, names in written.items()}
