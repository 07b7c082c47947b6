"""A person's corrections of mentions: drafted, read and checked, applied with a record of it."""

import hashlib
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from toolkit.annotating.bioes import TYPES, tags_of
from toolkit.annotations import sentence_starts
from toolkit.columns import require
from toolkit.corpus import Corpus
from toolkit.gold.correction_files import COLUMNS, EDGES, check_rows, hash_of, table_of
from toolkit.gold.correction_files import draft as draft
from toolkit.gold.correction_files import read as read
from toolkit.gold.correction_rows import Mentions, Outcome
from toolkit.gold.correction_targets import Mention
from toolkit.tables import sorted_categories, table_of_rows, typed_table

UNMATCHED = ("error", "warn")
MOST_SHOWN = 5


def apply(corpus: Corpus, corrections: pd.DataFrame, *, unmatched: str = "error") -> Corpus:
    """A corpus with its mentions corrected, and a record of it in its provenance.

    All corrections are matched against the mentions as they are, so the order of the rows does not
    matter. Of two that want different things of a mention the more specific one decides, whatever
    its action: a place before all else, then the row with more of ``doc``, ``type``, ``name`` and
    ``text`` filled in. So a mention stays that is renamed at its place, though a row deletes all of
    its name. Where they are equally specific, neither is done: that is an error.

    Applying a file again changes nothing.

    Parameters
    ----------
    corpus : Corpus
        An annotated corpus.
    corrections : DataFrame
        What `read` gives, or a table with some of its columns, ``action`` among them.
    unmatched : {"error", "warn"}
        What happens where a correction finds no mention, or not the letters that it names. With
        "warn" it has a row in ``problems``.

    Returns
    -------
    Corpus
        New ``entities``, numbered anew where a document changed, the ``ner`` of its ``tokens``
        (not of those in which names were not looked for), and in ``provenance["corrections"]`` one
        more entry: ``file`` and ``sha256`` (where the table is that of a file, unchanged),
        ``rows_sha256`` (of what the rows say), ``rows``, ``applied`` (rows by action that
        changed something), ``mentions`` (that are other than before, by action), ``already``
        (rows whose aim was reached before), ``outweighed`` (lines that changed nothing because
        more specific ones decided), ``unmatched`` (lines that found nothing) and
        ``entities_sha256`` (of the mentions that came out).

    Raises
    ------
    ValueError
        A row is malformed, gives a type that differs from one in use by its case alone, finds
        nothing to correct, or contradicts another; or two mentions would overlap.

    Examples
    --------
    >>> found = {"doc": ["a"], "sent": [1], "entity": [1], "text": ["دمشق"], "type": ["PER"]}
    >>> entities = pd.DataFrame(found | {"name": ["دمشق"], "start": [5], "end": [9]})
    >>> texts = pd.DataFrame({"doc": ["a"], "text": ["قالت دمشق"]})
    >>> corrections = pd.DataFrame({"name": ["دمشق"], "action": ["retype"], "value": ["LOC"]})
    >>> apply(Corpus(texts=texts, entities=entities), corrections).entities["type"].tolist()
    ['LOC']
    """
    if unmatched not in UNMATCHED:
        raise ValueError(f"apply: unmatched={unmatched!r}; pass 'error' or 'warn'.")
    if not isinstance(corpus, Corpus):
        raise ValueError(f"apply: corpus is of type {type(corpus).__name__}; pass a Corpus.")
    rows = _prepared(corrections)
    mentions = Mentions(corpus.entities, corpus.texts)
    _check_types(rows, corpus.entities["type"])
    digest = hash_of(rows)
    before = list(corpus.provenance.get("corrections", []))
    if before and _is_of(before[-1], digest, corpus.entities):
        return corpus
    known = any(entry.get("rows_sha256") == digest for entry in before)
    outcomes = mentions.correct(rows, known=known)
    failed = [outcome for outcome in outcomes if outcome.state == "unmatched"]
    if failed and unmatched == "error":
        raise ValueError(f"apply: {_listed(failed)}. Mend the file, or pass unmatched='warn'.")
    mentions.refuse_overlaps()
    if known and not mentions.changed:
        return corpus
    if failed:
        warnings.warn(f"apply: {_listed(failed)}. The problems table lists them.", stacklevel=2)
    entities = _entities(corpus, mentions)
    entry = _entry(corrections, digest, outcomes) | {"entities_sha256": _hash_of(entities)}
    return replace(
        corpus,
        entities=entities,
        tokens=_tokens(corpus.tokens, entities, mentions.changed),
        problems=_problems(corpus.problems, failed),
        provenance=corpus.provenance | {"corrections": [*before, entry]},
    )


def _prepared(corrections: pd.DataFrame) -> pd.DataFrame:
    """The corrections with all columns, each row checked."""
    require("apply", corrections, ["action"], advice="Pass what corrections.read gives.")
    strange = [name for name in corrections.columns if name not in (*COLUMNS, "line")]
    if strange:
        raise ValueError(
            f"apply: unknown column {strange[0]!r} in the corrections; there are "
            f"{', '.join(COLUMNS)}."
        )
    cells = corrections.astype("object").where(corrections.notna(), "")
    lines = cells["line"].tolist() if "line" in cells.columns else range(1, len(cells) + 1)
    rows = [
        (int(line), dict.fromkeys(COLUMNS, "") | {str(key): _cell(key, row[key]) for key in row})
        for line, row in zip(lines, cells.drop(columns="line", errors="ignore").to_dict("records"),
                             strict=True)
    ]  # fmt: skip
    check_rows("apply: the corrections", rows)
    return table_of(rows)


def _cell(column: Any, cell: Any) -> str:
    """A cell as a file has it; a document may have a name with a space at its end."""
    return str(cell) if column == "doc" else str(cell).strip(EDGES)


def _check_types(rows: pd.DataFrame, types: pd.Series) -> None:
    """Refuse a type that differs from one of the corpus, or else a usual one, by case alone."""
    in_use = sorted(set(types.dropna().astype("str")))
    known = {kind.casefold(): kind for kind in [*TYPES, *in_use]}
    given = rows[rows["action"].isin(["retype", "add"])]
    for line, value in zip(given["line"], given["value"].astype("str").tolist(), strict=True):
        meant = known.get(value.casefold(), value)
        if value != meant and value not in in_use:
            raise ValueError(
                f"apply: the corrections, line {line}: type {value!r}; the mentions have "
                f"{', '.join(in_use) or 'none'}. Write {meant!r}."
            )


def _is_of(entry: dict[str, Any], digest: str, entities: pd.DataFrame) -> bool:
    """Whether the mentions are as an application of these rows has left them."""
    return entry.get("rows_sha256") == digest and entry.get("entities_sha256") == _hash_of(entities)


def _hash_of(entities: pd.DataFrame) -> str:
    """The sha256 of where the mentions stand, their types and their names."""
    digest = hashlib.sha256()
    cells = entities[["doc", "start", "end", "type", "name"]].astype("object")
    for row in cells.where(cells.notna(), "").itertuples(index=False):
        digest.update("\x1f".join(map(str, row)).encode("utf-8", "surrogatepass") + b"\x1e")
    return digest.hexdigest()


def _listed(failed: list[Outcome]) -> str:
    shown = "; ".join(f"line {each.line}: {each.reason}" for each in failed[:MOST_SHOWN])
    more = f"; and {len(failed) - MOST_SHOWN} more" if len(failed) > MOST_SHOWN else ""
    find = "correction finds" if len(failed) == 1 else "corrections find"
    return f"{len(failed)} {find} nothing to correct ({shown}{more})"


def _entry(corrections: pd.DataFrame, digest: str, outcomes: list[Outcome]) -> dict[str, Any]:
    """What the provenance says about a table of corrections."""
    applied = [outcome for outcome in outcomes if outcome.state == "applied"]
    mentions: dict[str, set[int]] = defaultdict(set)
    for outcome in applied:
        mentions[outcome.action] |= outcome.mentions
    name, sha256, of_rows = corrections.attrs.get("corrections", (None, None, None))
    is_file = of_rows == digest
    return {
        "file": name if is_file else None,
        "sha256": sha256 if is_file else None,
        "rows_sha256": digest,
        "rows": len(outcomes),
        "applied": dict(sorted(Counter(outcome.action for outcome in applied).items())),
        "mentions": {action: len(places) for action, places in sorted(mentions.items())},
        "already": sum(outcome.state == "already" for outcome in outcomes),
        "outweighed": [outcome.line for outcome in outcomes if outcome.state == "outweighed"],
        "unmatched": [outcome.line for outcome in outcomes if outcome.state == "unmatched"],
    }


def _problems(problems: pd.DataFrame, failed: list[Outcome]) -> pd.DataFrame:
    if not failed:
        return problems
    rows = [
        (each.doc, "correct", "nothing to correct", f"line {each.line}: {each.reason}")
        for each in failed
    ]
    return pd.concat([problems, table_of_rows("problems", rows)], ignore_index=True)


# --- tables -----------------------------------------------------------------------------------


def _entities(corpus: Corpus, mentions: Mentions) -> pd.DataFrame:
    """The table of the mentions in text order, as it was where nothing was corrected."""
    old = corpus.entities.reset_index(drop=True)
    kept = mentions.kept()
    columns = {
        "doc": [each.doc for each in kept],
        "sent": _sentences(corpus, kept, old),
        "entity": _numbers(kept, old, mentions.changed),
        "text": [each.text for each in kept],
        "type": [each.type for each in kept],
        "name": [each.name for each in kept],
        "start": [each.start for each in kept],
        "end": [each.end for each in kept],
    }
    rows = pd.Index([-1 if each.row is None else each.row for each in kept], dtype="int64")
    extra = {name: old[name].reindex(rows) for name in old.columns if name not in columns}
    return typed_table("entities", columns | {name: part.array for name, part in extra.items()})


def _numbers(kept: list[Mention], old: pd.DataFrame, changed: set[str]) -> list[int]:
    numbers = old["entity"].tolist()
    place: Counter[str] = Counter()
    found = []
    for each in kept:
        place[each.doc] += 1
        is_new = each.doc in changed or each.row is None
        found.append(place[each.doc] if is_new else int(numbers[each.row or 0]))
    return found


def _sentences(corpus: Corpus, kept: list[Mention], old: pd.DataFrame) -> list[int]:
    """The sentence of each mention, looked for where it is new or has moved."""
    numbers = old["sent"].tolist()
    moved = {each.doc for each in kept if each.moved}
    borders = dict(_borders(corpus, moved))
    found = []
    for each in kept:
        if not each.moved and each.row is not None:
            found.append(int(numbers[each.row]))
            continue
        starts, sents = borders[each.doc]
        place = int(np.searchsorted(starts, each.start, side="right")) - 1
        found.append(int(sents[max(place, 0)]))
    return found


def _borders(corpus: Corpus, docs: set[str]) -> Iterable[tuple[str, tuple[Any, Any]]]:
    """Where the sentences of some documents begin, and their numbers."""
    texts = dict(zip(corpus.texts["doc"].astype("str"), corpus.texts["text"], strict=True))
    known = corpus.sentences[corpus.sentences["doc"].astype("str").isin(docs)]
    of_doc = dict(iter(known.groupby(known["doc"].astype("str"))))
    for doc in docs:
        if doc in of_doc:
            yield doc, (of_doc[doc]["start"].to_numpy(), of_doc[doc]["sent"].to_numpy())
        else:
            starts = sentence_starts(texts[doc])
            yield doc, (starts, range(1, len(starts) + 1))


def _tokens(tokens: pd.DataFrame, entities: pd.DataFrame, changed: set[str]) -> pd.DataFrame:
    """The tokens with the tags of the mentions in the documents that changed."""
    if "ner" not in tokens.columns or not changed:
        return tokens
    docs = tokens["doc"].astype("str").to_numpy()
    tags = tokens["ner"].astype("object").to_numpy(copy=True)
    missing = tokens["ner"].isna().to_numpy()
    of_doc = dict(iter(entities.groupby(entities["doc"].astype("str"))))
    rows_of = pd.Series(range(len(docs))).groupby(docs).indices
    for doc in sorted(changed & set(rows_of)):
        rows = rows_of[doc]
        new = _tags(tokens.iloc[rows], of_doc.get(doc))
        tags[rows] = np.where(missing[rows] & (new == "O"), None, new)
    return tokens.assign(ner=sorted_categories(pd.Series(tags, index=tokens.index)))


def _tags(tokens: pd.DataFrame, mentions: pd.DataFrame | None) -> Any:
    """The tags of the tokens of a document, in BIOES."""
    tags = np.full(len(tokens), "O", dtype=object)
    starts, ends = tokens["start"].to_numpy(), tokens["end"].to_numpy()
    for each in () if mentions is None else mentions.itertuples():
        inside = np.flatnonzero((starts < each.end) & (ends > each.start) & (tags == "O"))
        if len(inside):
            tags[inside] = tags_of(len(inside), str(each.type))
    return tags
