"""Shortest paths of a network: how many of them lead over each node."""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array

from toolkit.statistics.cells import Floats

_CELLS = 1 << 21  # numbers of one table of sources and nodes


def betweenness(
    edges: Sequence[tuple[int, int]], nodes: int, sources: Sequence[int] | None = None
) -> Floats:
    """The share of the shortest paths between two others that lead over each node.

    Brandes' algorithm for many sources at a time, so that a network of thousands of names takes
    seconds; edges are equally long and have no direction. 0 where there are not two others.

    From some of the nodes alone it is an estimate: the mean of what it would be from each of them,
    a node itself left out, which is without bias where they were drawn at random.

    Parameters
    ----------
    edges : sequence of (int, int)
        Pairs of numbers of nodes, each once, none of a node with itself.
    nodes : int
        How many nodes there are, numbered from 0.
    sources : sequence of int, optional
        The nodes where the paths begin, two or more, each once; by default all.

    Returns
    -------
    array of float
        One share per node.

    References
    ----------
    Brandes (2001), Journal of Mathematical Sociology 25(2): 163-177.
    Brandes and Pich (2007), International Journal of Bifurcation and Chaos 17(7): 2303-2318.

    Examples
    --------
    >>> betweenness([(0, 1), (1, 2)], 3).tolist()
    [0.0, 1.0, 0.0]
    """
    found = np.zeros(nodes)
    if not len(edges) or nodes < 3:
        return found
    ends = np.asarray(edges, dtype=np.int64)
    rows, columns = np.concatenate([ends, ends[:, ::-1]]).T
    joined = csr_array((np.ones(len(rows)), (rows, columns)), shape=(nodes, nodes))
    begins = np.arange(nodes) if sources is None else np.asarray(sources, dtype=np.int64)
    step = max(1, _CELLS // nodes)
    for first in range(0, len(begins), step):
        found += _dependencies(joined, begins[first : first + step])
    # no path of others begins at the node itself; those between two others end anywhere else
    of_others = np.full(nodes, len(begins))
    of_others[begins] -= 1
    shares: Floats = found / (of_others * (nodes - 2))
    return shares


def _dependencies(joined: csr_array, sources: np.ndarray) -> Floats:
    """For each node the dependencies of some sources on it, added up."""
    nodes, columns = joined.shape[0], np.arange(len(sources))
    paths = np.zeros((nodes, len(sources)))
    paths[sources, columns] = 1
    distance = np.full(paths.shape, -1, dtype=np.int32)
    distance[sources, columns] = 0
    reached = paths
    farthest = 0
    while True:
        reached = np.where(distance < 0, joined @ reached, 0)
        if not reached.any():
            break
        farthest += 1
        distance[reached > 0] = farthest
        paths = paths + reached
    depends = np.zeros_like(paths)
    for far in range(farthest, 1, -1):
        given = np.divide(1 + depends, paths, out=np.zeros_like(paths), where=distance == far)
        depends += np.where(distance == far - 1, (joined @ given) * paths, 0)
    total: Floats = depends.sum(axis=1)
    return total
