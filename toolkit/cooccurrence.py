"""Names that are mentioned together: pairs, the sentences that show them, who with whom."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from toolkit import contingency
from toolkit.columns import Mask, coded, names_of, one_name, require, whole_number
from toolkit.statistics.measures import chosen
from toolkit.statistics.neighbours import ranked
from toolkit.statistics.pairings import counted_pairs, ends_of
from toolkit.statistics.units import units_of

_ADVICE = "Pass the entities of an annotated corpus."
_MOST_NAMES = 5000  # of a matrix: 25 million cells
# columns whose value for a and b is another than for b and a
_ONE_WAY = (
    "freq_a",
    "freq_b",
    "docs_a",
    "docs_b",
    "log_likelihood_two_term",
    "liddell",
    "delta_p_1_given_2",
    "delta_p_2_given_1",
    "log_ratio",
    "conservative_log_ratio",
    "simple_maths",
    "percent_diff",
    "difference_coefficient",
)

Member = str | tuple[str, str]


def cooccurrence(
    entities: pd.DataFrame,
    units: pd.DataFrame,
    *,
    within: str | int = "sentence",
    by: str = "name",
    types: str | Sequence[str] | None = None,
    min_freq: int = 1,
    measure: str | Sequence[str] = "log_likelihood",
    convention: str | None = None,
) -> pd.DataFrame:
    """How often two names are mentioned together, and how strongly they are associated.

    A name counts once in a unit, however often it is mentioned there.

    Parameters
    ----------
    entities : DataFrame
        One row per mention; columns ``doc``, ``type``, that of `by`, and ``sent`` (sentences) or
        ``start`` (paragraphs, words).
    units : DataFrame
        Where all units stand, those without a name included, because they are the denominator:
        the ``sentences`` of the corpus, its ``texts`` for paragraphs and documents, its ``tokens``
        or ``words`` for a number of words.
    within : str or int
        What a unit is: "sentence", "paragraph" (as of `corpus.with_paragraphs`), "document", or
        a number of words, see the notes.
    by : str
        The column that holds the names.
    types : str or sequence of str, optional
        The types of names that are counted; by default all.
    min_freq : int
        Pairs that occur in fewer units are left out.
    measure : str or sequence of str
        One or several names of `contingency.measures`; each gives a column.
    convention : {None, "antconc", "ucrel", "sketchengine", "quanteda", "ucs", "nltk"}
        Whose variant of the measure is computed, see `contingency.score`.

    Returns
    -------
    DataFrame
        One row per unordered pair, in the order of the first measure, then of ``freq``, then of
        code points. Index: ``name_a`` and ``name_b``, a before b by code point; columns ``type_a``,
        ``type_b``, ``freq`` (units with both, O11), ``freq_a`` (units with a, R1), ``freq_b``
        (units with b, C1), ``n`` (units in all), ``docs`` (documents with such a unit), ``docs_a``
        and ``docs_b`` (documents with each), ``expected`` (the ``freq`` that chance would give)
        and the measures.

    Raises
    ------
    ValueError
        A column, type, measure, convention or unit does not exist, a mention stands in no unit, or
        `min_freq` is no whole number from 1.

    Notes
    -----
    A name that occurs with two types is two names, as in `entities.mentions`; a name with itself,
    of another type too, is no pair. Mentions without a name or a type are passed over.

    Of a number of words N, the units are all stretches of N words of a document, those that
    overhang its ends included, which are its words + N - 1. A mention stands where its first word
    stands, and so in N of them; two names whose first words are d words apart share N - d, so that
    near ones weigh more. Punctuation takes no place, and the ends of sentences are no border.
    Stretches overlap and are not independent: the measures order pairs, but are no test there.

    References
    ----------
    Evert (2008), in Luedeling and Kytoe, Corpus Linguistics 2: 1212-1248 (textual co-occurrence).

    Examples
    --------
    >>> entities = pd.DataFrame(
    ...     {
    ...         "doc": ["a"] * 5,
    ...         "sent": [1, 1, 2, 2, 3],
    ...         "name": ["دمشق", "ليلى", "ليلى", "دمشق", "بغداد"],
    ...         "type": ["LOC", "PER", "PER", "LOC", "LOC"],
    ...     }
    ... )
    >>> sentences = pd.DataFrame({"doc": ["a"] * 4, "sent": [1, 2, 3, 4]})
    >>> found = cooccurrence(entities, sentences)
    >>> found[["freq", "freq_a", "freq_b", "n", "log_likelihood"]].round(3)
                   freq  freq_a  freq_b  n  log_likelihood
    name_a name_b
    دمشق   ليلى       2       2       2  4           5.545
    """
    measures = names_of("cooccurrence", "measure", measure)
    if not measures:
        raise ValueError("cooccurrence: measure names none; pass one or several of them.")
    for name in measures:
        chosen("cooccurrence", name, convention)
    min_freq = whole_number("cooccurrence", "min_freq", min_freq, least=1)
    require("cooccurrence", entities, [one_name("cooccurrence", by), "type", "doc"], advice=_ADVICE)
    if types is not None:
        entities = entities[_of_types(entities, names_of("cooccurrence", "types", types))]
    places = units_of("cooccurrence", entities, units, within=within)
    found = counted_pairs(places, coded(entities, [by, "type"]), min_freq)
    obs = contingency.observed(found["freq"], r1=found["freq_a"], c1=found["freq_b"], n=found["n"])
    scores = {name: contingency.score(obs, name, convention=convention) for name in measures}
    return ranked(
        found.assign(expected=contingency.expected(obs)["E11"], **scores),
        measures[0],
        convention=convention,
    )


def _of_types(entities: pd.DataFrame, types: Sequence[str]) -> Mask:
    present = sorted(map(str, entities["type"].dropna().unique()))
    for kind in types:
        if kind not in present and len(entities):
            raise ValueError(
                f"cooccurrence: no entity has the type {kind!r}; there are {', '.join(present)}. "
                "Pass some of them as types=."
            )
    return entities["type"].isin(list(types)).to_numpy(dtype=bool)


def evidence(
    entities: pd.DataFrame,
    pair: tuple[Member, Member],
    sentences: pd.DataFrame,
    *,
    texts: pd.DataFrame,
    within: str | int = "sentence",
    by: str = "name",
    tokens: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The sentences in which two names are mentioned together, as they stand in the text.

    Parameters
    ----------
    entities : DataFrame
        The mentions that `cooccurrence` counted; columns ``doc``, ``sent``, ``start``, that of
        `by`, and ``type`` where a type is named.
    pair : (str, str)
        The two names, in any order, such as an entry of the index of a table of `cooccurrence`.
        A name of one type alone is itself a pair: ``("دمشق", "LOC")``.
    sentences : DataFrame
        Those of the corpus; columns ``doc``, ``sent``, ``start``, ``end``.
    texts : DataFrame
        Those of the corpus; columns ``doc``, ``text``.
    within : str or int
        The unit that holds both: "sentence", "paragraph", "document" or a number of words.
    by : str
        The column that holds the names.
    tokens : DataFrame, optional
        The tokens or words that `cooccurrence` read, for a number of words.

    Returns
    -------
    DataFrame
        One row per sentence that mentions one of the two, or both, inside a unit that holds both,
        in the order of `sentences`: ``doc``, ``sent``, ``start``, ``end``, ``text`` (the raw
        sentence), ``freq_a`` and ``freq_b`` (its mentions of each, in the order of `pair`). Empty
        where the two never meet.

    Raises
    ------
    ValueError
        A column is missing, a name does not occur, the two are one, or a sentence is not found.

    Examples
    --------
    >>> entities = pd.DataFrame(
    ...     {
    ...         "doc": ["a", "a"],
    ...         "sent": [1, 1],
    ...         "name": ["ليلى", "دمشق"],
    ...         "start": [4, 9],
    ...     }
    ... )
    >>> sentences = pd.DataFrame({"doc": ["a"], "sent": [1], "start": [0], "end": [14]})
    >>> texts = pd.DataFrame({"doc": ["a"], "text": ["زارت ليلى دمشق."]})
    >>> found = evidence(entities, ("دمشق", "ليلى"), sentences, texts=texts)
    >>> found[["doc", "sent", "freq_a", "freq_b"]].to_numpy().tolist()
    [['a', 1, 1, 1]]
    """
    require("evidence", entities, ["doc", "sent", one_name("evidence", by)], advice=_ADVICE)
    columns = ["doc", "sent", "start", "end"]
    require("evidence", sentences, columns, advice="Pass the sentences of the corpus.")
    require("evidence", texts, ["doc", "text"], advice="Pass the texts of the corpus as texts=.")
    sides = [_mentions_of(entities, member, by) for member in _two(pair)]
    if (sides[0] & sides[1]).any():
        raise ValueError(f"evidence: the two of {pair!r:.80} are one name. Pass two names.")
    either = sides[0] | sides[1]
    met = entities[either].assign(freq_a=sides[0][either], freq_b=sides[1][either])
    other = tokens if not isinstance(within, str) else texts
    source = sentences if within == "sentence" else other
    places = units_of("evidence", met, source, within=within)
    both = np.ones(len(places.size), dtype=bool)
    for side in ("freq_a", "freq_b"):
        holding = places.unit[met[side].to_numpy()[places.row]]
        both &= np.isin(np.arange(len(both)), holding)
    rows = np.unique(places.row[both[places.unit]])
    counts = met.iloc[rows].groupby(["doc", "sent"], observed=True)[["freq_a", "freq_b"]].sum()
    return _with_text(counts, sentences[columns], texts)


def _two(pair: object) -> list[Member]:
    if isinstance(pair, tuple | list) and len(pair) == 2:
        return list(pair)
    raise ValueError(
        f"evidence: pair is {pair!r:.80}; pass two names, such as an entry of the index of the "
        "pairs."
    )


def _mentions_of(entities: pd.DataFrame, member: Member, by: str) -> Mask:
    """The mentions of a name, or of a name of one type."""
    name, kind = member if isinstance(member, tuple) else (member, None)
    found = entities[by].eq(name).fillna(False).to_numpy(dtype=bool)
    if kind is not None:
        require("evidence", entities, ["type"], advice=_ADVICE)
        found = found & entities["type"].eq(kind).fillna(False).to_numpy(dtype=bool)
    if not found.any():
        of_type = "" if kind is None else f" of type {kind!r}"
        raise ValueError(
            f"evidence: no entity has the {by} {name!r}{of_type}; look for it in "
            f"entities[{by!r}].unique()."
        )
    return found


def _with_text(counts: pd.DataFrame, sentences: pd.DataFrame, texts: pd.DataFrame) -> pd.DataFrame:
    """The sentences that are counted, in their order, each cut out of its text."""
    found = sentences.astype({"doc": "str"}).merge(
        counts.reset_index().astype({"doc": "str"}), on=["doc", "sent"], how="inner"
    )
    if len(found) != len(counts):
        raise ValueError(
            f"evidence: {len(counts):,} sentences hold the mentions, and {len(found):,} of them "
            "stand in sentences. Pass the sentences of the same corpus."
        )
    text_of = dict(zip(texts["doc"].astype("str"), texts["text"], strict=True))
    lost = [doc for doc in found["doc"].unique() if doc not in text_of]
    if lost:
        raise ValueError(f"evidence: texts has no doc {lost[0]!r}. Pass the texts of the corpus.")
    spans = zip(found["doc"], found["start"], found["end"], strict=True)
    cut = pd.Series([text_of[doc][start:end] for doc, start, end in spans], dtype="str")
    found.insert(4, "text", cut)
    return found


def matrix(pairs: pd.DataFrame, *, column: str = "freq") -> pd.DataFrame:
    """Who with whom: a square table of the names of some pairs, the most frequent name first.

    Parameters
    ----------
    pairs : DataFrame
        A table of `cooccurrence`, or some of its rows; index ``name_a`` and ``name_b``, columns
        ``type_a``, ``type_b``, ``freq_a``, ``freq_b`` and that of the cells.
    column : str
        What stands in the cells: ``freq`` or a measure. A measure that compares a with b
        otherwise than b with a, such as ``delta_p_1_given_2``, is refused.

    Returns
    -------
    DataFrame
        One row and one column per name, in the order of ``freq_a`` and ``freq_b`` (units that
        mention it), ties by code point; symmetric. Missing are the cells of pairs that are not in
        `pairs`, and of a name with itself, which is no pair: ``.fillna(0)`` where the pairs are
        all there are. A name with two types has two rows, with the type in brackets.

    Raises
    ------
    ValueError
        A column is missing, or there are more than 5,000 names.

    Examples
    --------
    >>> pairs = pd.DataFrame(
    ...     {"type_a": "LOC", "type_b": "PER", "freq": [2], "freq_a": [3], "freq_b": [4]},
    ...     index=pd.MultiIndex.from_tuples([("دمشق", "ليلى")], names=["name_a", "name_b"]),
    ... )
    >>> matrix(pairs)
    name  ليلى  دمشق
    name
    ليلى  <NA>     2
    دمشق     2  <NA>
    """
    if column in _ONE_WAY:
        raise ValueError(
            f"matrix: {column} of a with b is not that of b with a, so no symmetric table holds "
            "it. Pass another column=."
        )
    found = ends_of(
        "matrix", pairs, attributes=["type", "freq"], columns=[one_name("matrix", column)]
    )
    if not pd.api.types.is_numeric_dtype(pairs[column].dtype):
        raise ValueError(f"matrix: column {column!r} holds no numbers; pass freq or a measure.")
    if len(found.names) > _MOST_NAMES:
        raise ValueError(
            f"matrix: {len(found.names):,} names are too many for one table, which takes "
            f"{_MOST_NAMES:,}. Choose pairs, as in pairs[pairs['freq'] >= 5]."
        )
    values = pairs[column].to_numpy()
    cells = np.full((len(found.names), len(found.names)), np.nan)
    cells[found.a, found.b] = cells[found.b, found.a] = values
    square = pd.DataFrame(cells, index=found.names.index, columns=found.names.index)
    return square.astype("Int64") if np.issubdtype(values.dtype, np.integer) else square
