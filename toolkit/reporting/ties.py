"""Who is mentioned with whom, and where: the network and the map of a report."""

from collections.abc import Hashable
from functools import partial

import numpy as np
import pandas as pd

from toolkit import cooccurrence, networks, places, plot
from toolkit.columns import ordered
from toolkit.corpus import Corpus
from toolkit.reporting import rules
from toolkit.reporting.frequent import lines_of_names, rows_of_names
from toolkit.reporting.lines import Book
from toolkit.reporting.parts import ROWS_SHOWN, Figure, Part, Table
from toolkit.reporting.rules import Absent, Words


def network(annotated: Corpus, book: Book) -> Part | Absent:
    """The names that sentences mention together most.

    Parameters
    ----------
    annotated : Corpus
        The corpus.
    book : Book
        Where the lines go: sentences with both names.
    """
    if not len(annotated.entities):
        return rules.no_network(0)
    pairs = cooccurrence.cooccurrence(
        annotated.entities, annotated.sentences, min_freq=rules.NETWORK_TOGETHER
    )
    names = len(set(pairs.index.get_level_values(0)) | set(pairs.index.get_level_values(1)))
    if names < rules.NETWORK_NAMES:
        return rules.no_network(names)
    pairs = ordered(pairs, ["freq", "log_likelihood"])
    drawn = _drawn(pairs)
    graph = networks.graph(drawn)
    least, n = int(drawn["freq"].min()), int(pairs["n"].iloc[0])
    note = Words(
        f"عَلَمان يجتمعان في جملة، من {n:,} جملة. في الشكل {len(graph):,} من {names:,} عَلَم، وهي "
        f"أكثرها اجتماعًا بغيرها، و{len(drawn):,} من أزواجها ({least:,} جمل على الأقل).",
        f"Two names in one sentence, of {n:,} sentences. The figure has {len(graph):,} of "
        f"{names:,} names, those that meet others most, and {len(drawn):,} of their pairs, which "
        f"share {least:,} sentences at least.",
    )
    label = Words("شبكة الأعلام التي تجتمع في الجمل", "Network of names that sentences share")
    table = Table(
        _numbered(pairs),
        {"name_a": "العَلَم", "name_b": "مع", "freq": "جمل", "docs": "النصوص",
         "log_likelihood": "G²"},
        Words("الأزواج الأكثر اجتماعًا.", "Pairs that meet most."),
        keys=_lines_of_pairs(annotated.entities, pairs.head(ROWS_SHOWN), book),
        decimals={"log_likelihood": 0},
    )  # fmt: skip
    figures = [Figure("network", partial(plot.network, graph), label)]
    return Part("network", rules.NETWORK, [note], figures, [table], {"pairs": pairs})


def _numbered(pairs: pd.DataFrame) -> pd.DataFrame:
    """The pairs with their two names as columns of a plain index."""
    return pairs.reset_index(level="name_b")


def _drawn(pairs: pd.DataFrame) -> pd.DataFrame:
    """The most frequent pairs of the names that meet others most, which hang together."""
    ends = [
        pd.MultiIndex.from_arrays([pairs.index.get_level_values(level), pairs[kind]])
        for level, kind in ((0, "type_a"), (1, "type_b"))
    ]
    meets = pd.concat([pd.Series(pairs["freq"].to_numpy(), end) for end in ends])
    met = meets.groupby(level=[0, 1]).sum().rename("freq").to_frame()
    chosen = ordered(met).index[: rules.MOST_NETWORK_NAMES]
    return pairs[ends[0].isin(chosen) & ends[1].isin(chosen)].head(rules.MOST_NETWORK_PAIRS)


def _lines_of_pairs(entities: pd.DataFrame, pairs: pd.DataFrame, book: Book) -> list[Hashable]:
    kinds = zip(pairs["type_a"], pairs["type_b"], strict=True)
    members = [
        ((str(one), str(kind)), (str(other), str(other_kind)))
        for (one, other), (kind, other_kind) in zip(pairs.index, kinds, strict=True)
    ]
    rows = rows_of_names(entities, [member for pair in members for member in pair])
    return [
        book.add(
            ("pair", one, other),
            f"{one[0]} + {other[0]}",
            _together(entities.iloc[rows[one]], entities.iloc[rows[other]]),
        )
        for one, other in members
    ]


def _together(one: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """The first mention of each of two names in every sentence that has both."""
    where = ["doc", "sent"]
    sides = [
        side.astype({"doc": "str"}).drop_duplicates(where)[[*where, "start", "end"]]
        for side in (one, other)
    ]
    both = sides[0].merge(sides[1], on=where, suffixes=("_a", "_b"), sort=False)
    first = both["start_a"] <= both["start_b"]
    ends = both["end_a"].where(first, both["end_b"])
    begins = both["start_b"].where(first, both["start_a"])
    return pd.DataFrame(
        {
            "doc": both["doc"],
            "start": both["start_a"].where(first, both["start_b"]),
            "inner_end": ends,
            "inner_start": np.maximum(begins, ends),
            "end": np.maximum(both["end_a"], both["end_b"]),
        }
    )


def place_map(annotated: Corpus, book: Book) -> Part | Absent:
    """The places that the texts mention most, on a map.

    Parameters
    ----------
    annotated : Corpus
        The corpus.
    book : Book
        Where the lines go.
    """
    if not (annotated.entities["type"] == "LOC").any():
        return rules.no_map(0)
    found = places.locate(annotated.entities)
    located = found[found["lat"].notna()]
    points = len(located.drop_duplicates(["lat", "lon"]))
    if points < rules.MAP_PLACES:
        return rules.no_map(points)
    shown = located.head(ROWS_SHOWN)
    mentions = int(found["freq"].sum())
    note = Words(
        f"عُرف موضع {len(located):,} من {len(found):,} اسم مكان، ولها "
        f"{located['freq'].sum() / mentions:.0%} من {mentions:,} ذكر. في الشكل أكثرها ذكرًا.",
        f"The gazetteer knows {len(located):,} of {len(found):,} names of places, which have "
        f"{located['freq'].sum() / mentions:.0%} of {mentions:,} mentions; the map shows the "
        f"{min(len(located), rules.MOST_PLACES)} most frequent. An ambiguous name may be another "
        "place in some texts.",
    )
    label = Words("خريطة الأماكن المذكورة", "Map of the places that are mentioned")
    table = Table(
        located,
        {"name": "المكان", "english": "بالإنكليزية", "country": "البلد", "freq": "الذكر",
         "docs": "النصوص"},
        Words("الأماكن الأكثر ذكرًا.", "Most frequent places."),
        keys=lines_of_names(annotated.entities, [(str(name), "LOC") for name in shown.index], book),
    )  # fmt: skip
    figure = Figure("places", partial(plot.places, located.head(rules.MOST_PLACES)), label)
    return Part("places", rules.PLACES, [note], [figure], [table], {"places": found})
