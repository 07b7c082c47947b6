"""How to cite a corpus: BibTeX of the texts, the models and the programs, from the provenance."""

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from toolkit import __version__
from toolkit.columns import require
from toolkit.corpus import Corpus
from toolkit.models import resolve
from toolkit.summary import without_annotation

# As in CITATION.cff, which is not installed with the package.
TITLE = "{Mudawwana}: {Arabic} corpus analysis in {Jupyter}"
AUTHORS = ("The Mudawwana authors",)
LICENCE = "Apache-2.0"
# Of the bundled models, as toolkit/resources/LICENSE.md says.
NEWS = {
    "tokenize": "CC BY-NC-SA 4.0",
    "mwt": "CC BY-NC-SA 4.0",
    "pos": "CC BY-NC-SA 4.0",
    "lemma": "CC BY-NC-SA 4.0",
    "pretrain": "CC BY-SA 4.0",
    "ner": "CC BY-SA 4.0",
}
UNKNOWN = "licence: that of the models, which the corpus does not state"
STANZA = (
    "Qi, Peng and Zhang, Yuhao and Zhang, Yuhui and Bolton, Jason and Manning, Christopher D.",
    "{Stanza}: A {Python} Natural Language Processing Toolkit for Many Human Languages",
    "Proceedings of the 58th Annual Meeting of the Association for Computational Linguistics: "
    "System Demonstrations",
)
SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: f"\\{character}" for character in "&%$#_{}"},
    }
)


def citation(corpus: Corpus) -> str:
    """BibTeX entries for the corpus, the models that annotated it, and the programs.

    Parameters
    ----------
    corpus : Corpus
        An annotated corpus.

    Returns
    -------
    str
        Entries ``corpus``, ``models``, ``mudawwana`` and ``stanza``: sizes, dates and the hash of
        the texts; the name, the licences, the fingerprint and the hash of each file of the
        models; versions. What the provenance does not say is left out. Who wrote or collected the
        texts is for you to add.

    Raises
    ------
    ValueError
        It is no corpus.
    """
    if not isinstance(corpus, Corpus):
        raise ValueError(f"citation: {type(corpus).__name__} is no Corpus. Pass an annotated one.")
    require("citation", corpus.texts, ["doc", "text"], advice="Pass an annotated corpus.")
    versions = _mapping(corpus.provenance.get("versions"))
    models = _mapping(corpus.provenance.get("models"))
    entries = [_corpus(corpus), _models(models), _software(versions)]
    if "stanza" in versions:
        entries.append(_stanza(str(versions["stanza"])))
    return "\n".join(filter(None, entries))


def _mapping(found: Any) -> Mapping[str, Any]:
    return found if isinstance(found, Mapping) else {}


def _entry(kind: str, key: str, fields: Mapping[str, str]) -> str:
    width = max(map(len, fields))
    lines = [f"  {name:{width}} = {{{value}}}," for name, value in fields.items()]
    return "\n".join([f"@{kind}{{{key},", *lines, "}\n"])


def _plain(text: object) -> str:
    return " ".join(str(text).split()).translate(SPECIAL)


def _corpus(corpus: Corpus) -> str:
    missing = without_annotation(corpus)
    beside = {"documents": f", {missing:,} of them without annotation" * (missing > 0)}
    sizes = [
        f"{len(table):,} {name}{beside.get(name, '')}"
        for name, table in (
            ("documents", corpus.texts),
            ("sentences", corpus.sentences),
            ("tokens", corpus.tokens),
            ("words", corpus.words),
        )
    ]
    note = f"{', '.join(sizes)}, punctuation included"
    dates = corpus.texts["date"].dropna().astype("str").tolist() if "date" in corpus.texts else []
    if dates:
        first, last = min(dates), max(dates)
        note += f"; texts of {_plain(first if first == last else f'{first} to {last}')}"
    entries = corpus.provenance.get("corrections", [])
    applied = sum(sum(entry["applied"].values()) for entry in entries)
    note += "; annotated by machine, "
    note += f"{applied:,} correction{'s' * (applied != 1)} applied" if applied else "not corrected"
    return _entry(
        "misc",
        "corpus",
        {
            "title": "Arabic corpus, annotated with {Mudawwana}",
            "version": f"sha256 of the texts {_hash(corpus)}",
            "note": note,
        },
    )


def _hash(corpus: Corpus) -> str:
    """One hash of all texts and their names, in their order."""
    digest = hashlib.sha256()
    for cell in corpus.texts[["doc", "text"]].astype("object").to_numpy().ravel():
        text = cell if isinstance(cell, str) else ""
        data = text.encode("utf-8", "surrogatepass")
        digest.update(f"{len(data)}:".encode() + data)
    return digest.hexdigest()


def _models(models: Mapping[str, Any]) -> str:
    if not models:
        return ""
    files = _mapping(models.get("files"))
    hashes = [f"{_plain(key)} {_file_hash(file)}" for key, file in sorted(files.items())]
    fields = {"title": f"Stanza models for Arabic: {_plain(models.get('name', 'unnamed'))}"}
    if models.get("fingerprint"):
        fields["version"] = f"fingerprint {_plain(models['fingerprint'])}"
    fields["note"] = "; ".join([_licences(models, files), *hashes])
    return _entry("misc", "models", fields)


def _file_hash(file: Any) -> str:
    return _plain(f"sha256 {_mapping(file).get('sha256', 'unknown')}")


def _licences(models: Mapping[str, Any], files: Mapping[str, Any]) -> str:
    """The licences of the bundled models, which are known, or that they are not."""
    if models.get("fingerprint") != _fingerprint_of_news():
        return UNKNOWN
    kinds = sorted({key.partition("/")[0] for key in files} & set(NEWS))
    found = dict.fromkeys(NEWS[kind] for kind in kinds)
    of = {licence: [kind for kind in kinds if NEWS[kind] == licence] for licence in found}
    return "licence: " + ", ".join(
        f"{licence} ({', '.join(kinds)})" for licence, kinds in sorted(of.items())
    )


@lru_cache(maxsize=1)
def _fingerprint_of_news() -> str | None:
    try:
        return resolve("news").fingerprint
    except (FileNotFoundError, ValueError):
        return None


def _software(versions: Mapping[str, Any]) -> str:
    return _entry(
        "software",
        "mudawwana",
        {
            "author": " and ".join(f"{{{_plain(author)}}}" for author in AUTHORS),
            "title": TITLE,
            "version": _plain(versions.get("mudawwana", __version__)),
            "note": f"licence: {LICENCE}",
        },
    )


def _stanza(version: str) -> str:
    author, title, booktitle = STANZA
    fields = {"author": author, "title": title, "booktitle": booktitle, "year": "2020"}
    return _entry("inproceedings", "stanza", {**fields, "note": f"version {_plain(version)}"})
