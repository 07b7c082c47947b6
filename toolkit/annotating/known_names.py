"""What the bundled model of names says of forms in the raw articles, kept in a file beside it.

The model was trained on labelled excerpts of these articles and has met most forms unlabelled. What
it says of a form there, on average of all places, it says as well of a place that tells little.
``training/known_names.py`` writes the file.
"""

from functools import lru_cache
from pathlib import Path

import numpy as np
import pyarrow as pa

from toolkit.annotating import told
from toolkit.annotating.evidence import NOTHING, STEP, Evidence, Known
from toolkit.models import ModelSet

FILE = "names.parquet"
KINDS = ("ner/", "pretrain/")  # of the models that say it
SCHEMA = pa.schema([("form", pa.string()), ("evidence", pa.binary())])
WITHOUT = "fewer names are found"


def known_names(model_set: ModelSet) -> Known:
    """The evidence for forms.

    A set of models that the file was not made with, or that has no such file, has none. A damaged
    file is told of in a warning and not used.
    """
    return _read(model_set)[0]


def version_of(model_set: ModelSet) -> str:
    """The hash of what the file of a set tells; empty where it tells nothing."""
    return _read(model_set)[1]


def write(model_set: ModelSet, known: dict[str, Evidence]) -> Path:
    """Write the file of a set, rows in the order of their forms."""
    forms = sorted(known)
    packed = [np.rint(known[form] / -STEP).clip(0, 255).astype(np.uint8) for form in forms]
    table = pa.table([forms, [row.tobytes() for row in packed]], SCHEMA)
    path = model_set.folder / FILE
    told.write(path, table, told.made_by(model_set, KINDS))
    return path


def _read(model_set: ModelSet) -> tuple[Known, str]:
    path = model_set.folder / FILE
    return _kept(path, told.made_by(model_set, KINDS), told.state_of(path))


@lru_cache(maxsize=1)
def _kept(path: Path, models: bytes, state: told.State) -> tuple[Known, str]:
    """What the file tells in this state, and its hash."""
    table, version = told.read(path, SCHEMA, models, without=WITHOUT)
    if not version:
        return NOTHING, ""
    forms, packed = table["form"].to_pylist(), table["evidence"].to_pylist()
    rows = np.frombuffer(b"".join(packed), np.uint8).reshape(len(forms), -1)
    return Known(dict(zip(forms, range(len(forms)), strict=True)), rows), version
