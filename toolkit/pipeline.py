"""Texts to annotation tables, with Stanza. The only module that imports stanza.

The text that the models see is folded (no diacritics, no tatweel ...); an offset map leads each
span back to the raw text, which is never changed.
"""

import os
import platform
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from tqdm import TqdmWarning, tqdm

from toolkit import __version__, models, normalise, sentences
from toolkit.clitics import known_words
from toolkit.corpus import Corpus, problems
from toolkit.entities import names
from toolkit.rows import RawSpans, Rows, Source, add_sentence
from toolkit.sentences import RawToken
from toolkit.tables import table_of_rows, typed_table

# Code points of folded text that are tokenised at once, and tokens that are tagged at once:
# enough to fill the matrices, little enough to stay in memory.
BATCH_CHARACTERS = 40_000
# A paragraph longer than this is cut at white space: memory grows with the longest.
LONGEST_PARAGRAPH = 20_000

PIECE_BREAK = "\n\n"

# What the tokeniser leaves in one token, and its parts: الضيف…ثم
GLUED = re.compile("[ …]")
PART = re.compile("…+|[^ …]+")

# What is wrong with a cell that cannot be kept as text.
NO_TEXT = "no text"
SURROGATE = re.compile("[\ud800-\udfff]")

# Letters of Arabic script, presentation forms included.
ARABIC_LETTER = re.compile("[\u0620-\u064a\u066e-\u06d3\ufb50-\ufdfb\ufe70-\ufefc]")


@dataclass(frozen=True)
class _Piece:
    """A paragraph of one document as the models see it."""

    doc: int
    start: int
    text: str


def annotate(
    texts: pd.DataFrame,
    *,
    models: str | os.PathLike[str] = "news",
    progress: bool | None = None,
) -> Corpus:
    """The annotated corpus of the texts: sentences, tokens, words and entities.

    Parameters
    ----------
    texts : DataFrame
        One row per document, as `corpus.read_texts` returns it: ``doc`` (unique), ``text``, and
        where present ``body_start`` (what stands before it is not annotated).
    models : str or path
        ``"news"`` (bundled), ``"official"``, or a directory; see `models.resolve`.
    progress : bool, optional
        Whether to show a progress bar on stderr; by default only in a terminal.

    Returns
    -------
    Corpus
        Every token, word, sentence and entity with its offsets into ``texts.text``. What could
        not be annotated has a row in ``problems``; the rest is complete.

    Raises
    ------
    ValueError
        A missing column, a repeated ``doc``, or not one text with Arabic letters.
    FileNotFoundError
        The models are not there.
    """
    _check_texts(texts)
    model_set = _resolve(models)
    rows = Rows()
    sources = list(_sources(texts, rows.problems))
    if not sources:
        detail = "; ".join(f"{row[0]!r}: {row[3]}" for row in rows.problems[:3])
        raise ValueError(f"annotate: no text to annotate ({detail or 'the table has no rows'}).")
    stages = _Stages(_load(model_set))
    with tqdm(total=len(sources), desc="annotate", unit="text", disable=_hide(progress)) as bar:
        last_doc = -1
        for batch in _batches(sources):
            for piece, piece_start, piece_sentences in stages.run(batch):
                if piece.doc != last_doc:
                    bar.update(piece.doc - max(last_doc, 0))
                    last_doc = piece.doc
                for sentence in piece_sentences:
                    raw = RawSpans(sources[piece.doc], piece.start - piece_start)
                    add_sentence(rows, raw, sentence)
        bar.update(len(sources) - bar.n)
    return _corpus(texts, rows, model_set)


class StanzaPlaces(NamedTuple):
    """Where the installed Stanza gets its models and where it keeps them.

    ``resources`` is the address of the folder of the lists, ``models`` the pattern of a model's
    address or ``default`` for the one that the list names, ``version`` that of the list, ``folder``
    where the models lie. Stanza reads its own environment variables for the first three.
    """

    resources: str
    models: str
    version: str
    folder: Path


def stanza_places() -> StanzaPlaces:
    """The places of the installed Stanza, as its code and its environment variables state them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", TqdmWarning)  # as in _load_cached
        from stanza.resources import common

    address = common.DEFAULT_RESOURCES_URL
    if address.lower() in ("stanford", "stanfordnlp"):
        address = common.STANFORDNLP_RESOURCES_URL
    return StanzaPlaces(
        resources=address,
        models=common.DEFAULT_MODEL_URL,
        version=common.DEFAULT_RESOURCES_VERSION,
        folder=Path(common.USER_CACHE_DIR) / "resources",
    )


def _resolve(name: str | os.PathLike[str]) -> models.ModelSet:
    return models.resolve(name)


def _hide(progress: bool | None) -> bool | None:
    return None if progress is None else not progress


def _check_texts(texts: pd.DataFrame) -> None:
    missing = [column for column in ("doc", "text") if column not in texts.columns]
    if missing:
        raise ValueError(
            f"annotate: no column {', '.join(missing)} in texts; its columns are "
            f"{', '.join(map(str, texts.columns))}. Pass what corpus.read_texts returns."
        )
    repeated = texts["doc"][texts["doc"].duplicated()]
    if len(repeated):
        raise ValueError(f"annotate: doc {repeated.iloc[0]!r} occurs twice; make doc unique.")


def _sources(
    texts: pd.DataFrame, problem_rows: list[tuple[str, str, str, str]]
) -> Iterator[Source]:
    """The documents that can be annotated; the others get a problem row."""
    starts = texts["body_start"] if "body_start" in texts.columns else [0] * len(texts)
    for doc, text, body_start in zip(texts["doc"], texts["text"], starts, strict=True):
        reason = _unfit(text, body_start)
        if reason is not None:
            problem_rows.append((str(doc), "annotate", *reason))
            continue
        folded, offsets = normalise.clean(text[body_start:])
        yield Source(str(doc), text, int(body_start), folded, offsets)


def _unfit(text: Any, body_start: Any) -> tuple[str, str] | None:
    """Why a text cannot be annotated: what, detail."""
    if not isinstance(text, str):
        return NO_TEXT, f"the text is {type(text).__name__}, not a string"
    surrogate = SURROGATE.search(text)
    if surrogate:
        return NO_TEXT, f"code point {surrogate.start()} is half a surrogate pair, no character"
    if pd.isna(body_start) or not 0 <= body_start <= len(text):
        return "header", f"body_start is {body_start}, the text has {len(text)} code points"
    if not text[body_start:].strip():
        return "empty", "the text has no body, only white space"
    if not ARABIC_LETTER.search(text, body_start):
        return "no Arabic", "the text has no Arabic letter"
    return None


def _batches(sources: list[Source]) -> Iterator[list[_Piece]]:
    batch: list[_Piece] = []
    size = 0
    for doc, source in enumerate(sources):
        for start, end in sentences.paragraphs(source.folded):
            for piece_start, piece_end in _cut(source.folded, start, end):
                batch.append(_Piece(doc, piece_start, source.folded[piece_start:piece_end]))
                size += piece_end - piece_start
                if size >= BATCH_CHARACTERS:
                    yield batch
                    batch, size = [], 0
    if batch:
        yield batch


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Parts of a span that are no longer than `LONGEST_PARAGRAPH`, cut at white space."""
    while end - start > LONGEST_PARAGRAPH:
        limit = start + LONGEST_PARAGRAPH
        space = next((at for at in range(limit, start, -1) if text[at].isspace()), limit)
        yield start, space
        start = space
    yield start, end


@lru_cache(maxsize=1)
def _load_cached(folder: Path, package: str, fingerprint: str) -> Any:
    with warnings.catch_warnings():
        # in a notebook without ipywidgets, an import inside Stanza warns about progress bars
        warnings.simplefilter("ignore", TqdmWarning)
        import stanza

    return stanza.Pipeline(
        models.LANGUAGE,
        dir=str(folder),
        package=package,
        processors=",".join(models.PROCESSORS),
        download_method=None,
        use_gpu=False,
        logging_level="CRITICAL",
    )


def _load(model_set: models.ModelSet) -> Any:
    """The Stanza pipeline of a model set, kept for the next call."""
    try:
        return _load_cached(model_set.folder, model_set.package, model_set.fingerprint)
    except Exception as error:  # torch and pickle raise many kinds for a damaged file
        raise ValueError(
            f"annotate: Stanza cannot load the models in {str(model_set.folder)!r} "
            f"({type(error).__name__}); restore the directory or install mudawwana again."
        ) from error


class _Stages:
    """The steps of a batch: tokens, sentence repair, clitics, tags, lemmas, names."""

    def __init__(self, nlp: Any) -> None:
        self.nlp = nlp

    def run(self, batch: list[_Piece]) -> Iterator[tuple[_Piece, int, list[Any]]]:
        """Each piece with Stanza's sentences, and where the piece begins in their offsets."""
        from stanza.models.common.doc import Document

        # A blank line ends a paragraph, so no sentence or token crosses from piece to piece.
        joined = PIECE_BREAK.join(_blank(piece.text) for piece in batch)
        lengths = [len(piece.text) + len(PIECE_BREAK) for piece in batch]
        starts = np.cumsum([0, *lengths[:-1]])
        entries, sizes = [], []
        for tokens in self._tokenise(joined, starts):
            repaired = sentences.split_sentences(tokens)
            sizes.append(len(repaired))
            entries += [[_entry(*item) for item in enumerate(part, 1)] for part in repaired]
        document = Document(entries, joined)
        document.set_mwt_expansions(
            [
                " ".join(known_words(entry["text"]) or ())
                for sentence in entries
                for entry in sentence
                if "manual_expansion" in entry
            ],
            process_manual_expanded=True,
        )
        if entries:
            document = self.nlp.process(document, processors=list(models.PROCESSORS[1:]))
        done = 0
        for piece, start, size in zip(batch, starts, sizes, strict=True):
            yield piece, int(start), document.sentences[done : done + size]
            done += size

    def _tokenise(self, joined: str, starts: Any) -> list[list[RawToken]]:
        """The tokens of each piece of the joined text."""
        tokens: list[list[RawToken]] = [[] for _ in starts]
        for sentence in self.nlp.processors["tokenize"].process(joined).sentences:
            for token in sentence.tokens:
                first, last = token.start_char, token.end_char
                place = int(np.searchsorted(starts, first, side="right")) - 1
                fused = "MWT=Yes" in (token.misc or "")
                tokens[place] += _parts(RawToken(joined[first:last], first, last, fused))
        return tokens


def _blank(text: str) -> str:
    """The text with each white-space character as one space: same length, one paragraph."""
    return "".join(" " if char.isspace() else char for char in text)


def _parts(token: RawToken) -> list[RawToken]:
    """The token, or its parts where white space or an ellipsis stands beside its letters."""
    if not GLUED.search(token.text):
        return [token]
    return [
        RawToken(part[0], token.start + part.start(), token.start + part.end(), token.fused)
        for part in PART.finditer(token.text)
    ]


def _entry(number: int, token: RawToken) -> dict[str, Any]:
    """A token as Stanza's dict; a known word is marked as expanded by us, not by the model."""
    entry = {
        "id": (number,),
        "text": token.text,
        "start_char": token.start,
        "end_char": token.end,
    }
    if known_words(token.text):
        entry["manual_expansion"] = True
    elif token.fused:
        entry["misc"] = "MWT=Yes"
    return entry


def _corpus(texts: pd.DataFrame, rows: Rows, model_set: models.ModelSet) -> Corpus:
    rows.entities["name"] = list(names(pd.Series(rows.entities["name"], dtype="str")))
    kept = texts.reset_index(drop=True)
    kept.attrs = {}
    no_text = {doc for doc, _, what, _ in rows.problems if what == NO_TEXT}
    kept["text"] = kept["text"].mask(kept["doc"].astype("str").isin(no_text)).astype("str")
    return Corpus(
        texts=kept,
        sentences=typed_table("sentences", rows.sentences),
        tokens=typed_table("tokens", rows.tokens),
        words=typed_table("words", rows.words),
        entities=typed_table("entities", rows.entities),
        problems=pd.concat(
            [problems(texts), table_of_rows("problems", rows.problems)], ignore_index=True
        ),
        provenance=_provenance(model_set),
    )


def _provenance(model_set: models.ModelSet) -> dict[str, Any]:
    packages = ("stanza", "torch", "numpy", "pandas")
    return {
        "models": {
            "name": model_set.name,
            "package": model_set.package,
            "fingerprint": model_set.fingerprint,
            "files": model_set.files,
        },
        "versions": {
            "mudawwana": __version__,
            "python": platform.python_version(),
            **{package: version(package) for package in packages},
        },
        "processor": platform.machine(),
    }
