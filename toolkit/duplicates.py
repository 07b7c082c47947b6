"""Texts that occur more than once in a corpus, word for word or nearly so."""

import hashlib
import importlib
import re
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.columns import require, whole_number
from toolkit.normalise import fold
from toolkit.reading.documents import EXTRA

Hashes = npt.NDArray[np.uint64]

WORD = re.compile(r"\w+")
PERMUTATIONS, SEED = 128, 1
# The sketches are compared at a lower threshold, so that few pairs above it are missed.
SLACK = 0.15
LOWEST = 0.3
MULTIPLIER, MIXER = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)
KINDS = pd.CategoricalDtype(["text", "words", "near"])


def duplicates(
    texts: pd.DataFrame, *, min_similarity: float = 0.8, shingle: int = 3
) -> pd.DataFrame:
    """Pairs of texts that are the same or nearly the same.

    Compared are the bodies, spelling folded, punctuation and white space apart. Similarity is the
    Jaccard index of their runs of words: shared runs by all runs. Candidates are found by MinHash
    (128 permutations) and then compared exactly: no pair is given that is below the threshold,
    and few near it are missed.

    Parameters
    ----------
    texts : DataFrame
        One row per document; columns ``doc``, ``text`` and where present ``body_start``.
    min_similarity : float
        The least similarity of a pair, 0.3 to 1; with 1, only texts of the same words.
    shingle : int
        How many words in a row are compared.

    Returns
    -------
    DataFrame
        One row per pair, in the order of the texts: ``doc`` and ``other``, which stands later;
        ``kind``: ``text`` (the same characters), ``words`` (the same words), ``near``;
        ``similarity``. Of several texts that are the same, each is paired with the first only,
        and the first stands for them among those that are near. Texts without a word are in no
        pair.

    Raises
    ------
    ValueError
        A column is missing, a number is out of range, or datasketch is not installed.

    References
    ----------
    Broder (1997), On the resemblance and containment of documents.

    Examples
    --------
    >>> texts = pd.DataFrame({"doc": ["a", "b"], "text": ["وصلت القافلة.", "وصلتِ القافلةُ"]})
    >>> duplicates(texts, min_similarity=1)[["doc", "other", "kind"]].values.tolist()
    [['a', 'b', 'words']]
    """
    require("duplicates", texts, ["doc", "text"], advice="Pass what corpus.read_texts returns.")
    if not isinstance(min_similarity, int | float) or not LOWEST <= min_similarity <= 1:
        raise ValueError(
            f"duplicates: min_similarity is {min_similarity!r:.60}; pass a number from {LOWEST} "
            "to 1."
        )
    whole_number("duplicates", "shingle", shingle, least=1)
    bodies = _bodies(texts)
    rows, runs = _same(bodies, shingle)
    if min_similarity < 1:
        rows += _near(runs, float(min_similarity))
    return _table(texts["doc"].astype("str").tolist(), sorted(rows))


def _bodies(texts: pd.DataFrame) -> list[str]:
    starts = texts["body_start"] if "body_start" in texts.columns else [0] * len(texts)
    return [
        text[0 if pd.isna(start) else int(start) :] if isinstance(text, str) else ""
        for text, start in zip(texts["text"], starts, strict=True)
    ]


Pair = tuple[int, int, str, float]


def _same(bodies: Sequence[str], shingle: int) -> tuple[list[Pair], dict[int, Hashes]]:
    """Pairs of the same text or words, and the runs of words of the first text of each kind."""
    by_words: dict[bytes, int] = {}
    by_text: dict[bytes, bytes] = {}
    rows: list[Pair] = []
    runs: dict[int, Hashes] = {}
    of_first: dict[int, bytes] = {}
    for place, body in enumerate(bodies):
        text = hashlib.sha256(body.strip().encode("utf-8", "surrogatepass")).digest()
        words: list[str] = []
        key = by_text.get(text)
        if key is None:
            words = WORD.findall(fold(body))
            if not words:
                continue
            key = by_text[text] = hashlib.sha256(" ".join(words).encode("utf-8")).digest()
        earlier = by_words.setdefault(key, place)
        if earlier == place:
            runs[place], of_first[place] = _runs(words, shingle), text
        else:
            kind = "text" if of_first[earlier] == text else "words"
            rows.append((earlier, place, kind, 1.0))
    return rows, runs


def _runs(words: Sequence[str], shingle: int) -> Hashes:
    """The runs of words of a text as numbers of 32 bits, each once."""
    size = min(shingle, len(words))
    numbers = np.array([zlib.crc32(word.encode("utf-8", "surrogatepass")) for word in words])
    numbers = numbers.astype(np.uint64)
    mixed = np.zeros(len(words) - size + 1, dtype=np.uint64)
    for offset in range(size):
        mixed = (mixed ^ numbers[offset : offset + len(mixed)]) * MULTIPLIER
        mixed ^= mixed >> np.uint64(29)
    mixed *= MIXER
    found: Hashes = np.unique(mixed >> np.uint64(32))
    return found


def _near(sets: Mapping[int, Hashes], min_similarity: float) -> list[Pair]:
    datasketch = _datasketch()
    index = datasketch.MinHashLSH(threshold=max(min_similarity - SLACK, 0.1), num_perm=PERMUTATIONS)
    empty = datasketch.MinHash(num_perm=PERMUTATIONS, seed=SEED, hashfunc=int)
    rows: list[Pair] = []
    for place, runs in sets.items():
        sketch = empty.copy()
        sketch.update_batch(runs.tolist())
        for earlier in sorted(index.query(sketch)):
            similarity = _jaccard(sets[earlier], runs)
            if similarity >= min_similarity:
                rows.append((earlier, place, "near", similarity))
        index.insert(place, sketch)
    return rows


def _datasketch() -> Any:
    try:
        return importlib.import_module("datasketch")
    except ImportError as error:
        raise ValueError(
            "duplicates: near duplicates are found with datasketch, which is not installed: "
            f"{EXTRA}. Or pass min_similarity=1."
        ) from error


def _jaccard(one: Hashes, other: Hashes) -> float:
    shared = len(np.intersect1d(one, other, assume_unique=True))
    return shared / (len(one) + len(other) - shared)


def _table(docs: Sequence[str], rows: Sequence[Pair]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "doc": pd.Series([docs[row[0]] for row in rows], dtype="str"),
            "other": pd.Series([docs[row[1]] for row in rows], dtype="str"),
            "kind": pd.Series([row[2] for row in rows], dtype=KINDS),
            "similarity": pd.Series([row[3] for row in rows], dtype="float64"),
        }
    )
