"""What the bundled models make of frequent forms, told beforehand and kept in a file beside them.

The expander and the lemmatiser read a form letter by letter, and say the same of it in every text.
What they say of the forms that most texts hold is in the file, so that a first run need not have
the networks read them: it gives the same, sooner. ``training/known_forms.py`` writes the file.
"""

from functools import lru_cache
from pathlib import Path

import pyarrow as pa

from toolkit.annotating import told
from toolkit.models import ModelSet

FILE = "forms.parquet"
KINDS = ("mwt/", "lemma/")  # of the models that say it
SCHEMA = pa.schema([("kind", pa.string()), ("name", pa.string()), ("value", pa.string())])
WORDS, LEMMAS = "words", "lemmas"

Forms = dict[str, str]


def known_forms(model_set: ModelSet) -> tuple[Forms, Forms]:
    """The words of tokens and the lemmas of words, under the names that the memos know them by.

    A set of models that the file was not made with, or that has no such file, has none. A damaged
    file is told of in a warning and not used: the networks then read all forms.
    """
    return _read(model_set.folder / FILE, made_by(model_set))


def version_of(model_set: ModelSet) -> str:
    """The hash of what the file of a set tells; empty where it tells nothing."""
    path = model_set.folder / FILE
    return _kept(path, made_by(model_set), told.state_of(path))[2]


def made_by(model_set: ModelSet) -> bytes:
    """The expander and the lemmatiser of a set."""
    return told.made_by(model_set, KINDS)


def write(path: Path, words: Forms, lemmas: Forms, *, models: bytes) -> None:
    """Write the file, rows in the order of their names."""
    rows = [(WORDS, *pair) for pair in sorted(words.items())]
    rows += [(LEMMAS, *pair) for pair in sorted(lemmas.items())]
    columns = dict(zip(SCHEMA.names, zip(*rows, strict=True), strict=True))
    told.write(path, pa.table(columns, SCHEMA), models)


def _read(path: Path, models: bytes) -> tuple[Forms, Forms]:
    return _kept(path, models, told.state_of(path))[:2]


@lru_cache(maxsize=1)
def _kept(path: Path, models: bytes, state: told.State) -> tuple[Forms, Forms, str]:
    """What the file tells in this state, and its hash."""
    table, version = told.read(path, SCHEMA, models, without="annotation takes longer")
    kinds, names, values = (table[column].to_pylist() for column in SCHEMA.names)
    first = kinds.index(LEMMAS) if LEMMAS in kinds else len(kinds)
    both = list(zip(names, values, strict=True))
    return dict(both[:first]), dict(both[first:]), version
