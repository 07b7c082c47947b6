"""Where an annotation comes from: models, options, versions, and the code that made it."""

import hashlib
import json
import platform
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from toolkit import __version__
from toolkit.models import ModelSet

# The folders and modules that decide what is in a record.
CODE_OF_RECORDS = (
    *("annotating", "arabic", "dating", "naming"),
    *("columns.py", "dates.py", "normalise.py", "tables.py"),
)


def settings_of(provenance: dict[str, Any]) -> str:
    """All but the text that decides what an annotation says, as one string."""
    return json.dumps([provenance, _code()], sort_keys=True)


@lru_cache(maxsize=1)
def _code() -> str:
    """The hash of the code that decides a record: another version's is not taken for this one's."""
    digest = hashlib.sha256()
    for name in CODE_OF_RECORDS:
        path = Path(__file__).parent.parent / name
        for source in sorted(path.glob("*.py")) if path.is_dir() else [path]:
            digest.update(source.read_bytes())
    return digest.hexdigest()


def provenance_of(model_set: ModelSet, *, entities: bool, device: str = "cpu") -> dict[str, Any]:
    """What a corpus says about its annotation, as plain JSON values."""
    packages = ("stanza", "torch", "numpy", "pandas")
    return {
        "models": {
            "name": model_set.name,
            "package": model_set.package,
            "fingerprint": model_set.fingerprint,
            "files": model_set.files,
        },
        "options": {"entities": entities},
        "versions": {
            "mudawwana": __version__,
            "python": platform.python_version(),
            **{package: version(package) for package in packages},
        },
        "processor": platform.machine() if device == "cpu" else f"{platform.machine()}, {device}",
    }
