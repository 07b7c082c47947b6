"""Tables of what models say, told beforehand and kept in a file beside them.

A table is used with the models that said it and no others, and only as it was written.
"""

import hashlib
import json
import warnings
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from toolkit.models import ModelSet

MODELS, DIGEST = b"models", b"sha256"
# What pyarrow raises of a damaged file; ArrowInvalid and UnicodeDecodeError are ValueErrors.
DAMAGE = (OSError, ValueError, KeyError, TypeError, NotImplementedError)

State = tuple[int, ...]


def made_by(model_set: ModelSet, kinds: tuple[str, ...]) -> bytes:
    """The hashes of the models of these kinds."""
    used = [key for key in sorted(model_set.files) if key.startswith(kinds)]
    return " ".join(model_set.files[key]["sha256"] for key in used).encode()


def state_of(path: Path) -> State:
    """What tells whether a file is another one now; nothing where there is none."""
    try:
        stat = path.stat()
    except OSError:
        return ()
    return stat.st_size, stat.st_mtime_ns, stat.st_ino


def write(path: Path, table: pa.Table, models: bytes) -> None:
    """Write a table of strings and bytes that these models said."""
    stated = {**(table.schema.metadata or {}), MODELS: models, DIGEST: _digest(table)}
    told = table.replace_schema_metadata(stated)
    pq.write_table(told, path, compression="zstd", compression_level=19)


def read(path: Path, schema: pa.Schema, models: bytes, *, without: str) -> tuple[pa.Table, str]:
    """The table of a file and its hash; no rows and "" where these models said none.

    A damaged file is told of in a warning, with what is lost `without` it, and not used.
    """
    nothing = schema.empty_table(), ""
    if not path.exists():
        return nothing
    try:
        table = pq.read_table(path)
        stated = table.schema.metadata or {}
        table = table.select(schema.names).cast(schema.with_metadata(stated))
        digest = _digest(table)
    except DAMAGE as error:
        _warn(path, type(error).__name__, without)
        return nothing
    if stated.get(MODELS) != models:
        return nothing
    if stated.get(DIGEST) != digest:
        _warn(path, "its content is not the one that was written", without)
        return nothing
    return table, digest.decode()


def _digest(table: pa.Table) -> bytes:
    texts = [column.to_pylist() for column in table.columns if column.type == pa.string()]
    digest = hashlib.sha256(json.dumps(texts, ensure_ascii=False).encode())
    for column in table.columns:
        if column.type != pa.string():
            digest.update(b"".join(column.to_pylist()))
    return digest.hexdigest().encode()


def _warn(path: Path, reason: str, without: str) -> None:
    warnings.warn(
        f"annotate: {str(path)!r} is damaged ({reason}) and is not used, so that {without}; "
        "install mudawwana again.",
        stacklevel=6,
    )
