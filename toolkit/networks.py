"""Networks of names: a graph of the pairs, its communities, files for other programs.

The graphs are those of networkx, so that all its measures apply; it is imported when a function
is called.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Hashable, Mapping
from io import BytesIO
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from toolkit.columns import whole_number
from toolkit.exporting.files import appearing
from toolkit.statistics.pairings import ends_of
from toolkit.statistics.paths import betweenness

if TYPE_CHECKING:
    import networkx

_OF_ONE_END = ("type_a", "type_b", "freq_a", "freq_b", "docs_a", "docs_b", "n")
# XML 1.0 has no other characters; a carriage return it would read as a line feed.
_ILLEGAL = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
# Up to so many names paths are counted from all of them; of more from some, which are drawn.
_MOST_SOURCES = 5000
_DRAWN_SOURCES = 1000
_DATED = re.compile(rb'(<meta) lastmodifieddate="[^"]*"(>\s*<creator>)[^<]*')


def graph(pairs: pd.DataFrame, *, min_freq: int = 1) -> networkx.Graph:
    """The network of some pairs: a node for each name, an edge for each pair.

    Parameters
    ----------
    pairs : DataFrame
        A table of `cooccurrence.cooccurrence`, or some of its rows.
    min_freq : int
        Pairs that occur in fewer units are no edge; names without an edge are no node.

    Returns
    -------
    networkx.Graph
        Nodes, the most frequent first: the name, with its type in brackets where it stands with
        two; attributes ``name``, ``type``, ``freq`` (units that mention it) and ``docs``. Edges, in
        the order of the pairs: ``weight`` and ``freq`` (units with both), ``docs``, ``expected``
        and the measures; a missing value is no attribute. The graph: ``n`` (units in all).

    Raises
    ------
    ValueError
        The table is not one of pairs, a pair stands there twice, a count is missing or no number,
        or `min_freq` is no whole number from 1.

    Examples
    --------
    >>> pairs = pd.DataFrame(
    ...     {"type_a": "LOC", "type_b": "PER", "freq": [2], "freq_a": [3], "freq_b": [4], "n": [9],
    ...      "docs": [1], "docs_a": [1], "docs_b": [2]},
    ...     index=pd.MultiIndex.from_tuples([("دمشق", "ليلى")], names=["name_a", "name_b"]),
    ... )
    >>> network = graph(pairs)
    >>> network.nodes["ليلى"]
    {'name': 'ليلى', 'type': 'PER', 'freq': 4, 'docs': 2}
    >>> network.edges["دمشق", "ليلى"]
    {'weight': 2, 'freq': 2, 'docs': 1}
    """
    import networkx

    min_freq = whole_number("graph", "min_freq", min_freq, least=1)
    ends = ends_of(
        "graph", pairs, attributes=["type", "freq", "docs"], columns=["freq", "docs", "n"]
    )
    for column in ("freq", "n"):
        _check_counts(pairs[column], column)
    kept = np.flatnonzero(pairs["freq"].to_numpy() >= min_freq)
    shown = np.unique(np.concatenate([ends.a[kept], ends.b[kept]]))
    columns = [name for name in pairs.columns if name not in _OF_ONE_END]
    labels = ends.names.index
    found = networkx.Graph(n=int(pairs["n"].max())) if len(pairs) else networkx.Graph()
    found.add_nodes_from(zip(labels[shown], _records(ends.names.iloc[shown]), strict=True))
    edges = _records(pairs[columns].iloc[kept].assign(weight=pairs["freq"].iloc[kept]))
    order = {name: place for place, name in enumerate(("weight", *columns))}
    for a, b, values in zip(labels[ends.a[kept]], labels[ends.b[kept]], edges, strict=True):
        found.add_edge(a, b, **dict(sorted(values.items(), key=lambda item: order[item[0]])))
    return found


def _check_counts(values: pd.Series, column: str) -> None:
    if not pd.api.types.is_numeric_dtype(values.dtype) or values.isna().any():
        raise ValueError(
            f"graph: the column {column!r} holds other things than numbers, or misses some. Pass a "
            "table of cooccurrence.cooccurrence."
        )


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as plain Python values, without those that are missing."""
    rows = table.to_dict("records")
    return [{str(key): value for key, value in row.items() if pd.notna(value)} for row in rows]


def communities(graph: networkx.Graph, *, seed: int = 0) -> pd.DataFrame:
    """The names of a network with their community and their place in it.

    Communities are those of the Louvain method at resolution 1, by ``weight``; the result depends
    on the seed and on the network, not on the order of its nodes.

    Of more than 5,000 names ``betweenness`` is an estimate from the paths that begin at 1,000 of
    them, drawn at random; the column ``sources`` tells it. Names of high betweenness are found
    well by it, the order of those near 0 is not.

    Parameters
    ----------
    graph : networkx.Graph
        A network as `graph` makes them, undirected; an edge without ``weight`` weighs 1.
    seed : int
        In which random order the method visits the nodes, and which of many are drawn; from 0.

    Returns
    -------
    DataFrame
        One row per node; by community, the largest first, then by ``strength``, then by code
        point. Index: the node; columns ``type``, ``community`` (from 1), ``degree`` (its
        neighbours), ``strength`` (the weights of its edges together), ``betweenness`` (the share
        of the shortest paths between two others that lead over it, edges counted as equally long;
        0 where there are not two others), ``sources`` (names at which those paths begin: all, or
        those drawn) and ``modularity`` (of the whole division, the same in each row; missing
        without edges).

    Raises
    ------
    ValueError
        The network has no nodes, is directed or has several edges between two nodes, or a weight
        is not positive.

    References
    ----------
    Blondel, Guillaume, Lambiotte and Lefebvre (2008), Journal of Statistical Mechanics P10008.
    Freeman (1977), Sociometry 40(1): 35-41.
    Brandes (2001), Journal of Mathematical Sociology 25(2): 163-177.
    Brandes and Pich (2007), International Journal of Bifurcation and Chaos 17(7): 2303-2318.

    Examples
    --------
    >>> import networkx
    >>> network = networkx.Graph([("دمشق", "ليلى"), ("ليلى", "سعاد"), ("دمشق", "سعاد")])
    >>> network.add_edge("سعاد", "بغداد")
    >>> communities(network)[["community", "degree", "betweenness"]].round(2)
           community  degree  betweenness
    name
    سعاد           1       3         0.67
    بغداد          1       1         0.00
    دمشق           2       2         0.00
    ليلى           2       2         0.00
    """
    from networkx import community

    seed = whole_number("communities", "seed", seed, least=0)
    _check_graph("communities", graph)
    nodes = sorted(graph, key=str)
    plain = _plain(graph, nodes)
    groups = [sorted(group) for group in community.louvain_communities(plain, seed=seed)]
    groups.sort(key=lambda group: (-len(group), group))
    number = {node: place for place, group in enumerate(groups, 1) for node in group}
    edges, sources = plain.number_of_edges(), _sources(len(nodes), seed)
    found = pd.DataFrame(
        {
            "type": pd.Series([graph.nodes[node].get("type") for node in nodes], dtype="str"),
            "community": [number[place] for place in range(len(nodes))],
            "degree": [degree for _, degree in plain.degree()],
            "strength": [weight for _, weight in plain.degree(weight="weight")],
            "betweenness": betweenness(list(plain.edges), len(nodes), sources),
            "sources": len(sources),
            "modularity": community.modularity(plain, groups) if edges else np.nan,
        }
    ).set_axis(pd.Index(list(map(str, nodes)), dtype="str", name="name"))
    return found.sort_values(["community", "strength"], ascending=[True, False], kind="stable")


def _sources(nodes: int, seed: int) -> list[int]:
    """The nodes at which shortest paths begin: all, or some of very many."""
    if nodes <= _MOST_SOURCES:
        return list(range(nodes))
    drawn = np.random.default_rng(seed).choice(nodes, _DRAWN_SOURCES, replace=False)
    return sorted(drawn.tolist())


def _check_graph(function: str, graph: networkx.Graph) -> None:
    import networkx

    if type(graph) is not networkx.Graph:
        raise ValueError(
            f"{function}: the network is of type {type(graph).__name__}, not networkx.Graph. Pass "
            "one made by networks.graph."
        )
    if len(graph) == 0:
        raise ValueError(f"{function}: the network has no names; was min_freq too high?")
    for a, b, weight in graph.edges(data="weight", default=1):
        if not isinstance(weight, int | float | np.number) or not weight > 0:
            raise ValueError(
                f"{function}: the weight between {a!r:.60} and {b!r:.60} is {weight!r}; weights "
                "are positive numbers."
            )


def _plain(graph: networkx.Graph, nodes: list[Hashable]) -> networkx.Graph:
    """The same network of numbers, whose order is that of the nodes: no string hash decides."""
    import networkx

    place = {node: number for number, node in enumerate(nodes)}
    edges = [
        (*sorted((place[a], place[b])), weight)
        for a, b, weight in graph.edges(data="weight", default=1)
        if a != b
    ]
    plain = networkx.Graph()
    plain.add_nodes_from(range(len(nodes)))
    plain.add_weighted_edges_from(sorted(edges))
    return plain


def write(graph: networkx.Graph, path: str | PathLike[str]) -> Path:
    """The path of the file written: GraphML or GEXF by its suffix, the same bytes every time.

    Both are read by Gephi, Cytoscape, igraph and networkx. Attributes whose value is missing are
    left out. Characters that XML does not have, such as control characters, become U+FFFD, and a
    warning counts them; names that would become one by it get a number.

    Parameters
    ----------
    graph : networkx.Graph
        A network as `graph` makes them; attributes are strings, numbers, True or False.
    path : path
        File that ends in .graphml or .gexf; replaced as a whole if it is there.

    Returns
    -------
    Path
        The path.

    Raises
    ------
    ValueError
        The suffix is none of the two, an attribute is something else, or what is passed is no
        network, or one with several edges between two nodes.
    FileNotFoundError
        The folder does not exist.
    """
    import networkx

    path = Path(path)
    formats = {".graphml": networkx.write_graphml_xml, ".gexf": networkx.write_gexf}
    if path.suffix.lower() not in formats:
        raise ValueError(
            f"write: {path.name!r} does not say the format; there are {', '.join(formats)}. "
            "Give the path one of these endings."
        )
    if not path.parent.is_dir():
        raise FileNotFoundError(f"write: no folder {str(path.parent)!r}. Create it first.")
    if getattr(graph, "is_multigraph", lambda: True)():
        raise ValueError(
            f"write: the network is of type {type(graph).__name__}, not networkx.Graph. Pass one "
            "made by networks.graph."
        )
    legal, replaced = _legal(graph)
    if replaced:
        warnings.warn(
            f"write: {replaced:,} characters that XML does not have were replaced by U+FFFD.",
            stacklevel=2,
        )
    buffer = BytesIO()
    formats[path.suffix.lower()](legal, buffer)
    with appearing(path) as unfinished:
        unfinished.write_bytes(_DATED.sub(rb"\1\2Mudawwana", buffer.getvalue()))
    return path


def _legal(graph: networkx.Graph) -> tuple[networkx.Graph, int]:
    """A copy that XML can hold, and how many characters were replaced in it."""
    replaced = 0

    def repaired(value: Any) -> Any:
        nonlocal replaced
        text, changed = _ILLEGAL.subn(_REPLACEMENT, value) if isinstance(value, str) else (value, 0)
        replaced += changed
        return text

    def attributes(values: Mapping[Any, Any]) -> dict[str, Any]:
        kept = {str(key): _value(key, value) for key, value in values.items()}
        return {repaired(key): repaired(value) for key, value in kept.items() if value is not None}

    found = type(graph)(**attributes(graph.graph))
    name: dict[Hashable, str] = {}
    taken: set[str] = set()
    for node, values in graph.nodes(data=True):
        name[node] = _untaken(repaired(str(node)), taken)
        taken.add(name[node])
        found.add_node(name[node])
        found.nodes[name[node]].update(attributes(values))
    for a, b, values in graph.edges(data=True):
        found.add_edge(name[a], name[b])
        found.edges[name[a], name[b]].update(attributes(values))
    return found, replaced


def _value(key: object, value: Any) -> str | int | float | bool | None:
    """An attribute as a plain Python value, None where it is missing."""
    plain = value.item() if isinstance(value, np.generic) else value
    if plain is None or plain is pd.NA or plain != plain:
        return None
    if isinstance(plain, str | int | float):
        return plain
    raise ValueError(
        f"write: the attribute {key!r} is of type {type(value).__name__}; strings, numbers, True "
        "and False can be written."
    )


def _untaken(name: str, taken: set[str]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name} #{number}"
    return free
