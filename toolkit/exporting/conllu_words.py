"""The lines of the words of a sentence in CoNLL-U: their columns, and their place in a tree."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from toolkit.arabic.clitics import OWN, SHARED
from toolkit.exporting.conllu_cells import (
    EMPTY,
    KEPT,
    UNKNOWN,
    UPOS,
    escaped,
    feats_cell,
    is_relation,
    lemma_key,
    plain_kind,
    plain_norm,
    shown,
)
from toolkit.exporting.documents import Document

Lines = list[str]


def word_lines(
    document: Document,
    tokens: range,
    *,
    forms: Lines,
    misc: Lines,
    tree: list[tuple[str, str]],
    given: Lines | None,
) -> Iterator[str]:
    """The line of each word, that of its token before it where it is one of several.

    `forms` and `misc` are the cells of the document's tokens, `tree` the head and relation of each
    word of the sentence, and `given` what else was said of these.
    """
    columns = document.words
    begin = document.words_of[tokens[0]].start
    for token in tokens:
        words = document.words_of[token]
        if len(words) > 1:
            first, last = words[0] - begin + 1, words[-1] - begin + 1
            yield f"{first}-{last}\t{forms[token]}\t_\t_\t_\t_\t_\t_\t_\t{misc[token]}"
        for word in words:
            cells, rest = _cells(
                columns["lemma_vocalised"][word],
                columns["lemma"][word],
                columns["kind"][word],
                columns["upos"][word],
                columns["feats"][word],
            )
            head, deprel = tree[word - begin]
            if given is not None:
                rest += given[word - begin]
            if len(words) > 1:
                form, own = _within(document, token, word)
                found = (own + rest)[1:] or EMPTY
            else:
                form, found = forms[token], misc[token] + _alone(document, token, word) + rest
            yield f"{word - begin + 1}\t{form}\t{cells}\t{head}\t{deprel}\t_\t{found}"


def _alone(document: Document, token: int, word: int) -> str:
    """What a word that is a token alone does not share with it."""
    tokens, words = document.tokens, document.words
    found = ""
    if words["form"][word] != tokens["form"][token]:
        found += f"|WordForm={escaped(words['form'][word])}"
    if words["norm"][word] != tokens["norm"][token]:
        found += f"|WordNorm={escaped(words['norm'][word])}"
    if words["kind"][word] != tokens["kind"][token]:
        found += f"|WordKind={escaped(words['kind'][word])}"
    start, end = words["start"][word], words["end"][word]
    if start != tokens["start"][token] or end != tokens["end"][token]:
        found += f"|WordRange={start}:{end}"
    if words["span"][word] != OWN:
        found += f"|Span={escaped(words['span'][word])}"
    return found


def _within(document: Document, token: int, word: int) -> tuple[str, str]:
    """The form of one of several words of a token, and the attributes that tell where it is."""
    tokens, words = document.tokens, document.words
    start, end, span = (words[name][word] for name in ("start", "end", "span"))
    found, usual = "", SHARED
    if start != tokens["start"][token] or end != tokens["end"][token]:
        found, usual = f"|start_char={start}|end_char={end}", OWN
    if span != usual:
        found += f"|Span={escaped(span)}"
    form, more = _form(*(words[name][word] for name in ("form", "norm", "kind")))
    return form, found + more


@lru_cache(KEPT)
def _form(form: str | None, norm: str | None, kind: str | None) -> tuple[str, str]:
    column = EMPTY if form is None else shown(form)
    found = f"|Form={escaped(form)}" if column != form else ""
    return column, found + folded(form, norm, kind)


@lru_cache(KEPT)
def _cells(
    vocalised: str | None, lemma: str | None, kind: str | None, upos: str | None, feats: str | None
) -> tuple[str, str]:
    """Four columns of a word, and what they cannot hold."""
    column, rest = EMPTY if vocalised is None else shown(vocalised), ""
    if vocalised is not None and (column != vocalised or column == EMPTY):
        rest += f"|Lemma={escaped(vocalised)}"
    if lemma != lemma_key(vocalised, kind):
        rest += f"|LemmaKey={escaped(lemma)}"
    tag = upos if upos in UPOS else UNKNOWN
    if tag != upos:
        rest += f"|Upos={escaped(upos)}"
    features = feats_cell(feats)
    if (None if features == EMPTY else features) != feats:
        rest += f"|Feats={escaped(feats)}"
    return f"{column}\t{tag}\t_\t{features}", rest


def folded(form: str | None, norm: str | None, kind: str | None) -> str:
    """What is known of a form and does not follow from it, as attributes."""
    found = f"|Norm={escaped(norm)}" if norm != plain_norm(form) else ""
    return found + (f"|Kind={escaped(kind)}" if kind != plain_kind(form) else "")


# --- dependencies -----------------------------------------------------------------------------


def tree_of(document: Document, words: range) -> tuple[list[tuple[str, str]], Lines | None]:
    """Head and relation of each word; and where they make no tree, which were given."""
    heads = document.words["head"][words.start : words.stop]
    relations = document.words["deprel"][words.start : words.stop]
    if _is_tree(heads, relations):
        return [(str(head), deprel) for head, deprel in zip(heads, relations, strict=True)], None
    given = [_given(*pair) for pair in zip(heads, relations, strict=True)]
    return [("0", "root"), *[("1", "dep")] * (len(heads) - 1)], given


def _given(head: int | None, deprel: str | None) -> str:
    found = "" if head is None else f"|Head={head}"
    return found if deprel is None else f"{found}|Deprel={escaped(deprel)}"


def _is_tree(heads: list[Any], relations: list[Any]) -> bool:
    """Whether each word has a relation and leads to one root."""
    if None in heads or heads.count(0) != 1 or not all(map(is_relation, relations)):
        return False
    if not all(0 <= head <= len(heads) for head in heads):
        return False
    leads = {0}
    for word in range(1, len(heads) + 1):
        path: set[int] = set()
        while word not in leads:
            if word in path:
                return False
            path.add(word)
            word = heads[word - 1]
        leads |= path
    return True
