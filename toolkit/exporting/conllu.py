"""CoNLL-U: a corpus as the file that parsers and treebank tools read, and back.

What the format has no place for stands in MISC and in comments, so that `read_conllu` gives back
the tables and the raw text: docs/exporting.md lists the attributes.
"""

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

from toolkit import __version__
from toolkit.corpus import Corpus
from toolkit.exporting import conllu_reading
from toolkit.exporting.conllu_attached import attached
from toolkit.exporting.conllu_cells import (
    EMPTY,
    KEPT,
    escaped,
    plain_form,
    quoted,
    shown,
    shown_in_one,
)
from toolkit.exporting.conllu_parsing import GENERATOR
from toolkit.exporting.conllu_reading import METADATA, PLACEHOLDER
from toolkit.exporting.conllu_words import folded, tree_of, word_lines
from toolkit.exporting.documents import COLUMNS, Document, corpora, documents, paragraphs_of
from toolkit.exporting.files import appearing_text, target_of
from toolkit.exporting.xml import warn

SUFFIXES = (".conllu", ".conll")

# Where a file was read from is the business of one machine.
NOT_WRITTEN = frozenset({"path"})

Lines = list[str]


def write_conllu(corpus: Corpus | Iterable[Corpus], path: str | os.PathLike[str]) -> Path:
    """The path of the CoNLL-U file written, valid by the rules of Universal Dependencies.

    Forms are the letters of the text, a token of several words a range (``2-3``), its words with
    their letters restored. ``LEMMA`` is ``lemma_vocalised``, as in the Arabic treebanks. MISC has
    ``start_char``, ``end_char`` and ``ner`` (BIOES) as Stanza writes them, ``SpaceAfter``,
    ``SpacesAfter``, ``SpacesBefore``, and what else is needed to read the tables back. Where no
    parser gave ``head`` and ``deprel``, the first word is the root and the others depend on it as
    ``dep``, and a comment says ``dependencies = placeholder``.

    Parameters
    ----------
    corpus : Corpus or iterable of Corpus
        An annotated corpus; or its parts, one after the other, of which one is in memory at a
        time (see `export.parts`).
    path : path
        A file that ends in .conllu or .conll; replaced as a whole if it is there.

    Returns
    -------
    Path
        The path. A warning counts what CoNLL-U cannot hold: sentences and texts without tokens.

    Raises
    ------
    ValueError
        Another suffix, a table lacks a column, or rows are missing or out of order.
    """
    target = target_of("write_conllu", path, SUFFIXES)
    lost: Counter[str] = Counter()
    with appearing_text(target) as file:
        begins = True
        for part in corpora("write_conllu", corpus):
            paragraphs = paragraphs_of(part)
            for document in documents("write_conllu", part):
                lost["sentences without tokens were left out"] += document.untold
                if not document.sents:
                    lost["texts without tokens were left out"] += 1
                    spans = len(document.mentions["sent"]) + len(document.dates["sent"])
                    lost["mentions and dates in texts without tokens were left out"] += spans
                    continue
                heading = _heading(part) if begins else []
                file.writelines(_lines(document, heading, paragraphs))
                begins = False
    warn("write_conllu", lost)
    return target


def read_conllu(path: str | os.PathLike[str]) -> Corpus:
    """The corpus of a CoNLL-U file: its tables, its raw texts, and where they come from.

    Of a file that `write_conllu` wrote, the tables that were written: same columns, types and
    offsets, and the raw texts; of other metadata than ``body_start`` the strings. Any other file
    is read too: offsets are then those of the text that its forms and ``SpaceAfter`` give, a
    document is what stands after ``# newdoc``, or the whole file under its name. Empty nodes,
    XPOS, DEPS and unknown attributes are passed over.

    Parameters
    ----------
    path : path
        The file, UTF-8.

    Returns
    -------
    Corpus
        Its problems are empty; entities and dates are those of `write_conllu` alone.

    Raises
    ------
    FileNotFoundError
        There is no such file.
    ValueError
        It is not CoNLL-U, or its offsets and its forms contradict each other; the message names
        the line.
    """
    return conllu_reading.corpus_of(Path(path))


def _heading(part: Corpus) -> Lines:
    """What is said of the whole file, as comments of the first sentence."""
    others = part.entities.columns.drop(["doc", *COLUMNS["entities"]])
    said = [f"# generator = {GENERATOR}{__version__}"]
    if part.provenance:
        said.append(f"# provenance = {json.dumps(part.provenance, sort_keys=True, default=str)}")
    if len(others):
        said.append(f"# mention_columns = {'|'.join(escaped(str(name)) for name in others)}")
    return said


# --- a document -------------------------------------------------------------------------------


def _lines(document: Document, heading: Lines, paragraphs: set[tuple[str, int]]) -> Iterator[str]:
    """The file's lines for a document, those of a sentence at a time."""
    forms, misc, glued = _token_cells(document)
    name = quoted(document.doc)
    for place, sent in enumerate(document.sents):
        tokens = document.tokens_of[place]
        comments = heading + _document_comments(document) if not place else []
        if (document.doc, sent) in paragraphs and not glued[tokens.start - 1]:
            comments.append("# newpar")
        comments.append(f"# sent_id = {name}-{sent}")
        if document.spans[place] != (
            document.tokens["start"][tokens[0]],
            document.tokens["end"][tokens[-1]],
        ):
            comments.append("# sent_range = {}:{}".format(*document.spans[place]))
        spaces = ["" if glued[token] else " " for token in tokens[:-1]]
        pieces = [forms[token] + space for token, space in zip(tokens, [*spaces, ""], strict=True)]
        comments.append("# text = " + "".join(pieces))
        tree, given = tree_of(document, document.words_of_sentence(place))
        if given is not None:
            comments.append(f"# dependencies = {PLACEHOLDER}")
        lines = word_lines(document, tokens, forms=forms, misc=misc, tree=tree, given=given)
        yield "\n".join([*comments, *lines, "", ""])


def _document_comments(document: Document) -> Lines:
    metadata = [
        f"# {METADATA}{escaped(name, also='=:')} = {escaped(value, keep=' |=')}"
        for name, value in document.metadata.items()
        if name not in NOT_WRITTEN
    ]
    return [f"# newdoc id = {quoted(document.doc, keep='/')}", *metadata]


def _token_cells(document: Document) -> tuple[Lines, Lines, list[bool]]:
    """For each token its form, its attributes, and whether no space follows it."""
    tokens, text = document.tokens, document.raw
    starts, ends = tokens["start"], tokens["end"]
    reached = list(accumulate(ends, max))
    following = [*starts[1:], len(text)]
    begin = [0, *reached[:-1]]
    spans = attached(document)
    forms, misc, glued = [], [], []
    columns = (tokens[name] for name in ("form", "norm", "kind", "ner"))
    cells = zip(starts, ends, begin, reached, following, document.words_of, *columns, strict=True)
    last = len(starts) - 1
    for place, (start, end, before, after, then, words, form, norm, kind, ner) in enumerate(cells):
        surface = text[start:end]
        # several tokens may have the same letters: one character of the text, such as ﷺ
        alone = start >= before and then >= after and start < end
        column = surface if alone else form or EMPTY
        column = shown(column) if len(words) == 1 else shown_in_one(column)
        gap = text[after:then] if then >= after else " "
        space = _space(gap, place == last)
        glued.append(space.startswith("|SpaceAfter"))
        forms.append(column)
        found = f"start_char={start}|end_char={end}{space}"
        if ner is not None:
            found += f"|ner={_tag(ner)}"
        found += _token_attributes(surface, column, form, norm, kind)
        misc.append(found + spans.get(place, ""))
    if starts and starts[0]:
        misc[0] += f"|SpacesBefore={escaped(text[: starts[0]])}"
    return forms, misc, glued


_tag = lru_cache(1 << 10)(escaped)


@lru_cache(1 << 10)
def _space(gap: str, is_last: bool) -> str:
    """What stands between a token and the next as attributes."""
    default = "" if is_last else " "
    if gap == default:
        return ""
    # a file that ends, or a document that begins, needs no space
    no = "" if is_last or any(each.isspace() for each in gap) else "|SpaceAfter=No"
    return no + (f"|SpacesAfter={escaped(gap)}" if gap else "")


@lru_cache(KEPT)
def _token_attributes(
    surface: str, column: str, form: str | None, norm: str | None, kind: str | None
) -> str:
    found = f"|Raw={escaped(surface)}" if column != surface else ""
    if form != plain_form(surface):
        found += f"|Form={escaped(form)}"
    return found + folded(form, norm, kind)
