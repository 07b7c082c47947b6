"""Cells of CoNLL-U: what a column can hold, and what it cannot as an attribute in MISC.

A column holds no tab, no line break, no white space at its ends, only text in Unicode's composed
form (NFC). Where a value is something else, the column holds the nearest that is allowed, and MISC
the value itself, escaped, so that it can be read back.
"""

import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote, unquote

from toolkit import normalise

# Forms whose cells are kept, so that memory does not grow with the corpus.
KEPT = 1 << 17
NOTHING = r"\N"
EMPTY = "_"

UPOS = frozenset(
    {
        *("ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM"),
        *("PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"),
    }
)
UNKNOWN = "X"
# The 37 relations of Universal Dependencies; a subtype may follow.
RELATIONS = frozenset(
    {
        *("acl", "advcl", "advmod", "amod", "appos", "aux", "case", "cc", "ccomp", "clf"),
        *("compound", "conj", "cop", "csubj", "dep", "det", "discourse", "dislocated", "expl"),
        *("fixed", "flat", "goeswith", "iobj", "list", "mark", "nmod", "nsubj", "nummod"),
        *("obj", "obl", "orphan", "parataxis", "punct", "reparandum", "root", "vocative"),
        "xcomp",
    }
)
RELATION = re.compile("([a-z]+)(:[a-z]+)?")
FEATURE = re.compile(
    r"([A-Z][A-Za-z0-9]*(?:\[[a-z0-9]+\])?)=([A-Z0-9][A-Za-z0-9]*(?:,[A-Z0-9][A-Za-z0-9]*)*)"
)

# Letters, digits and marks that cleaning leaves as they are.
CLEAN = re.compile("[!-~\u060c\u061b\u061f\u0621-\u063a\u0641-\u064a]+")
SPACE = re.compile(r"[\s\x1c-\x1f]+")
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffd]")
DOTTED_CIRCLE = "\N{DOTTED CIRCLE}"
# The replacement character is what a reader shows for bytes that are no text: validators refuse it.
REPLACEMENT = "\N{WHITE SQUARE}"

SHORT = {" ": r"\s", "\t": r"\t", "\n": r"\n", "\r": r"\r", "|": r"\p", "\\": r"\\"}
LONG = {code[1]: character for character, code in SHORT.items()}
ESCAPE = re.compile(r"[\s|=\\\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffd]")
CODE = re.compile(r"\\(?:u([0-9a-f]{4})|U([0-9a-f]{8})|(.))")


def escaped(value: str | None, *, also: str = "", keep: str = "") -> str:
    r"""A value as it stands in MISC: without white space, ``|``, and the characters of `also`.

    Those of `keep` stay.

    Examples
    --------
    >>> escaped("\n\n"), escaped("a|b"), escaped(None), escaped("1:2", also=":")
    ('\\n\\n', 'a\\pb', '\\N', '1\\u003a2')
    >>> escaped("a b\n", keep=" |")
    'a b\\n'
    """
    if value is None:
        return NOTHING
    found = ESCAPE.sub(
        lambda match: match[0] if match[0] in keep else SHORT.get(match[0]) or _code(match[0]),
        value,
    )
    for character in also:
        found = found.replace(character, _code(character))
    if found[:1] and _leans(found[0]):
        found = _code(found[0]) + found[1:]
    if not unicodedata.is_normalized("NFC", found):
        found = "".join(_code(each) if _is_unstable(each) else each for each in found)
    return found


def unescaped(value: str) -> str | None:
    r"""What `escaped` was given.

    Examples
    --------
    >>> unescaped(escaped("a b|c")), unescaped(r"\N") is None
    ('a b|c', True)
    """
    if "\\" not in value:
        return value
    return None if value == NOTHING else CODE.sub(_character, value)


def _character(match: re.Match[str]) -> str:
    number = match[1] or match[2]
    return chr(int(number, 16)) if number else LONG.get(match[3], match[0])


def _code(character: str) -> str:
    number = ord(character)
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def quoted(name: str, *, keep: str = "") -> str:
    """A name of a document without white space, ``%`` and ``/``, as percent codes of UTF-8.

    Examples
    --------
    >>> quoted("أخبار/a b"), quoted("أخبار/a b", keep="/")
    ('أخبار%2Fa%20b', 'أخبار/a%20b')
    """
    return "".join(
        quote(each, safe="", errors="surrogatepass")
        if _is_code(each) and each not in keep
        else each
        for each in name
    )


def unquoted(name: str) -> str:
    """What `quoted` was given.

    Examples
    --------
    >>> unquoted("أخبار%2Fa%20b")
    'أخبار/a b'
    """
    return unquote(name, errors="surrogatepass") if "%" in name else name


def _is_code(character: str) -> bool:
    return character in "%/" or bool(ESCAPE.match(character)) or _is_unstable(character)


def _leans(character: str) -> bool:
    """Whether a character may join what stands before it into another one."""
    return unicodedata.category(character)[0] == "M" or "\u1160" <= character <= "\u11ff"


def _is_unstable(character: str) -> bool:
    return _leans(character) or not unicodedata.is_normalized("NFC", character)


@lru_cache(KEPT)
def shown(value: str) -> str:
    r"""The nearest to a value that a column of text can hold; `_` where that is nothing.

    Examples
    --------
    >>> shown("عشرة\nآلاف"), shown("\t"), shown("سوريا")
    ('عشرة آلاف', '_', 'سوريا')
    """
    if value.isascii() and value.isalnum():
        return value
    found = CONTROL.sub(REPLACEMENT, SPACE.sub(" ", value).strip(" "))
    if found and _leans(found[0]):
        found = DOTTED_CIRCLE + found
    return unicodedata.normalize("NFC", found) or EMPTY


def shown_in_one(value: str) -> str:
    """`shown` without spaces, as a token of several words must be.

    Examples
    --------
    >>> shown_in_one("و قال")
    'وقال'
    """
    return shown(value).replace(" ", "")


@lru_cache(KEPT)
def plain_form(surface: str) -> str:
    """The form that the models see of a token, as far as its letters tell.

    Examples
    --------
    >>> plain_form("سُبُل")
    'سبل'
    """
    return surface if CLEAN.fullmatch(surface) else normalise.clean(surface)[0]


@lru_cache(KEPT)
def plain_norm(form: str | None) -> str | None:
    """What `norm` is for a form."""
    return None if form is None else normalise.fold(form)


@lru_cache(KEPT)
def plain_kind(form: str | None) -> str | None:
    """What `kind` is for a form."""
    return None if form is None else normalise.kind(form)


@lru_cache(KEPT)
def lemma_key(vocalised: str | None, kind: str | None) -> str | None:
    """What `lemma` is for a vocalised lemma.

    Examples
    --------
    >>> lemma_key("سَبِيل", "word")
    'سبيل'
    """
    if vocalised is None:
        return None
    key = normalise.strip_tatweel(normalise.strip_diacritics(vocalised))
    return normalise.fold_digits(key) if kind == "number" else key or vocalised


@lru_cache(KEPT)
def feats_cell(feats: str | None) -> str:
    """Features in the order that Universal Dependencies asks for; `_` where they are none.

    Examples
    --------
    >>> feats_cell("Number=Sing|Case=Gen"), feats_cell("III"), feats_cell(None)
    ('Case=Gen|Number=Sing', '_', '_')
    """
    parts = feats.split("|") if feats else []
    found = [FEATURE.fullmatch(part) for part in parts]
    names = [match[1].lower() for match in found if match]
    if len(names) < len(parts) or len(set(names)) < len(names):
        return EMPTY
    cells = [f"{match[1]}={_values(match[2])}" for match in found if match]
    return "|".join(sorted(cells, key=str.lower)) or EMPTY


def _values(values: str) -> str:
    return ",".join(sorted(dict.fromkeys(values.split(",")), key=str.lower))


def is_relation(deprel: str | None) -> bool:
    """Whether this is a relation of Universal Dependencies, with a subtype or without.

    Examples
    --------
    >>> is_relation("nmod:poss"), is_relation("Pred"), is_relation(None)
    (True, False, False)
    """
    match = RELATION.fullmatch(deprel or "")
    return match is not None and match[1] in RELATIONS
