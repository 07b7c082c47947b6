"""Where an annotation comes from: models, options, versions, and the code that made it."""

import hashlib
import json
import platform
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from toolkit import __version__
from toolkit.annotating import known_forms, known_names
from toolkit.models import ModelSet

PACKAGE = Path(__file__).parent.parent
# The folders and modules that decide what is in a record.
CODE_OF_RECORDS = (
    *("annotating", "arabic", "dating", "naming"),
    *("columns.py", "dates.py", "normalise.py", "tables.py"),
)
# The tables that this code reads: names are told by the gazetteer too.
RESOURCES_OF_RECORDS = ("places.tsv",)
# Packages that the tables are told by: those that an annotation names, and the calendar of dates.
NAMED_PACKAGES = ("stanza", "torch", "numpy", "pandas")
OTHER_PACKAGES = ("hijridate",)


def settings_of(provenance: dict[str, Any], model_set: ModelSet) -> str:
    """All but the text that decides what an annotation says, as one string."""
    return json.dumps([provenance, made_with(model_set)], sort_keys=True)


@lru_cache(maxsize=1)
def code_of_records() -> str:
    """The hash of the code and the tables that decide a record.

    A record of another version of them is not taken for one of this version.
    """
    digest = hashlib.sha256()
    paths = [PACKAGE / name for name in CODE_OF_RECORDS]
    paths += [PACKAGE / "resources" / name for name in RESOURCES_OF_RECORDS]
    for path in paths:
        for source in sorted(path.glob("*.py")) if path.is_dir() else [path]:
            digest.update(source.read_bytes())
    return digest.hexdigest()


def made_with(model_set: ModelSet) -> dict[str, str]:
    """What of this process decides a record, by name: versions, code and tables, models."""
    return {
        "mudawwana": __version__,
        "Python": ".".join(platform.python_version_tuple()[:2]),
        **{package: version(package) for package in (*NAMED_PACKAGES, *OTHER_PACKAGES)},
        "code of records": code_of_records(),
        "models": model_set.fingerprint,
        "told forms": known_forms.version_of(model_set) or "none",
    }


def provenance_of(model_set: ModelSet, *, entities: bool, device: str = "cpu") -> dict[str, Any]:
    """What a corpus says about its annotation, as plain JSON values.

    ``evidence`` is the hash of what the models are told of forms in other texts, where there is
    such a file and names were looked for.
    """
    evidence = known_names.version_of(model_set) if entities else ""
    return {
        "models": {
            "name": model_set.name,
            "package": model_set.package,
            "fingerprint": model_set.fingerprint,
            "files": model_set.files,
            **({"evidence": evidence} if evidence else {}),
        },
        "options": {"entities": entities},
        "versions": {
            "mudawwana": __version__,
            "python": platform.python_version(),
            **{package: version(package) for package in NAMED_PACKAGES},
        },
        "processor": platform.machine() if device == "cpu" else f"{platform.machine()}, {device}",
    }
