"""What the bundled models make of frequent forms, told beforehand and kept in a file beside them.

The expander and the lemmatiser read a form letter by letter, and say the same of it in every text.
What they say of the forms that most texts hold is in the file, so that a first run need not have
the networks read them: it gives the same, sooner. ``training/known_forms.py`` writes the file.
"""

import hashlib
import json
import warnings
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from toolkit.models import ModelSet

FILE = "forms.parquet"
MODELS, DIGEST = b"models", b"sha256"
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
    try:
        stated = pq.read_schema(path).metadata or {}
    except (OSError, ValueError):  # no file, or a damaged one, which is not used
        return ""
    is_used = stated.get(MODELS) == made_by(model_set)
    return stated.get(DIGEST, b"").decode() if is_used else ""


def made_by(model_set: ModelSet) -> bytes:
    """The expander and the lemmatiser of a set."""
    used = [key for key in sorted(model_set.files) if key.startswith(("mwt/", "lemma/"))]
    return " ".join(model_set.files[key]["sha256"] for key in used).encode()


def write(path: Path, words: Forms, lemmas: Forms, *, models: bytes) -> None:
    """Write the file, rows in the order of their names."""
    rows = [(WORDS, *pair) for pair in sorted(words.items())]
    rows += [(LEMMAS, *pair) for pair in sorted(lemmas.items())]
    columns = dict(zip(SCHEMA.names, zip(*rows, strict=True), strict=True))
    schema = SCHEMA.with_metadata({MODELS: models, DIGEST: _digest(columns)})
    pq.write_table(pa.table(columns, schema), path, compression="zstd", compression_level=19)


@lru_cache(maxsize=1)
def _read(path: Path, models: bytes) -> tuple[Forms, Forms]:
    if not path.is_file():
        return {}, {}
    try:
        table = pq.read_table(path)
        stated = table.schema.metadata or {}
        columns = {column: table[column].to_pylist() for column in SCHEMA.names}
    except (OSError, ValueError, KeyError) as error:  # ArrowInvalid is a ValueError
        return _nothing(path, type(error).__name__)
    if stated.get(MODELS) != models:
        return {}, {}
    if stated.get(DIGEST) != _digest(columns):
        return _nothing(path, "its content is not the one that was written")
    kinds, names, values = columns.values()
    first = kinds.index(LEMMAS) if LEMMAS in kinds else len(kinds)
    both = list(zip(names, values, strict=True))
    return dict(both[:first]), dict(both[first:])


def _digest(columns: Mapping[str, Sequence[str]]) -> bytes:
    content = json.dumps(list(map(list, columns.values())), ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest().encode()


def _nothing(path: Path, reason: str) -> tuple[Forms, Forms]:
    warnings.warn(
        f"annotate: {str(path)!r} is damaged ({reason}) and is not used, so that annotation takes "
        "longer; install mudawwana again.",
        stacklevel=5,
    )
    return {}, {}
