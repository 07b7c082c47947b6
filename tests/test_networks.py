"""Networks of names. Expected values: by hand, and networkx's own count of shortest paths."""

import os
import subprocess
import sys

import networkx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import networks
from toolkit.networks import communities, graph, write
from toolkit.statistics.paths import betweenness

# a, b, freq, type_a, type_b, freq_a, freq_b, docs, docs_a, docs_b, mi; of 40 units
ROWS = [
    ("دمشق", "ليلى", 5, "LOC", "PER", 9, 7, 3, 4, 3, 1.5),
    ("بغداد", "دمشق", 3, "LOC", "LOC", 4, 9, 2, 2, 4, None),
    ("دمشق", "سعاد", 1, "ORG", "PER", 2, 3, 1, 1, 1, 0.25),
]
COLUMNS = [
    "name_a",
    "name_b",
    "freq",
    "type_a",
    "type_b",
    "freq_a",
    "freq_b",
    "docs",
    "docs_a",
    "docs_b",
    "mi",
]
PAIRS = pd.DataFrame(ROWS, columns=COLUMNS).assign(n=40).set_index(["name_a", "name_b"])


def plain(graph):
    return dict(graph.nodes(data=True)), {frozenset(e[:2]): e[2] for e in graph.edges(data=True)}


# --- graph ------------------------------------------------------------------------------------


def test_graph_has_the_names_and_the_pairs_with_what_is_known_of_them():
    found = graph(PAIRS)
    assert type(found) is networkx.Graph
    assert dict(found.nodes(data=True)) == {
        "دمشق (LOC)": {"name": "دمشق", "type": "LOC", "freq": 9, "docs": 4},
        "ليلى": {"name": "ليلى", "type": "PER", "freq": 7, "docs": 3},
        "بغداد": {"name": "بغداد", "type": "LOC", "freq": 4, "docs": 2},
        "سعاد": {"name": "سعاد", "type": "PER", "freq": 3, "docs": 1},
        "دمشق (ORG)": {"name": "دمشق", "type": "ORG", "freq": 2, "docs": 1},
    }
    assert list(found.edges(data=True)) == [
        ("دمشق (LOC)", "ليلى", {"weight": 5, "freq": 5, "docs": 3, "mi": 1.5}),
        ("دمشق (LOC)", "بغداد", {"weight": 3, "freq": 3, "docs": 2}),  # the missing mi is none
        ("سعاد", "دمشق (ORG)", {"weight": 1, "freq": 1, "docs": 1, "mi": 0.25}),
    ]
    assert found.graph == {"n": 40}
    values = [value for _, data in found.nodes(data=True) for value in data.values()]
    assert {type(value) for value in values} == {str, int}


def test_a_name_that_looks_like_another_with_its_type_is_a_node_of_its_own():
    like = pd.DataFrame(
        [("دمشق (LOC)", "سعاد", 1, "ORG", "PER", 2, 3, 1, 1, 1, 0.25)], columns=COLUMNS
    )
    found = graph(pd.concat([PAIRS, like.assign(n=40).set_index(["name_a", "name_b"])]))
    assert found.nodes["دمشق (LOC)"]["freq"] == 9
    assert found.nodes["دمشق (LOC) (ORG)"] == {
        "name": "دمشق (LOC)",
        "type": "ORG",
        "freq": 2,
        "docs": 1,
    }
    assert found.number_of_edges() == 4


def test_names_without_an_edge_are_left_out():
    found = graph(PAIRS, min_freq=3)
    assert list(found) == ["دمشق (LOC)", "ليلى", "بغداد"]
    assert found.number_of_edges() == 2
    assert len(graph(PAIRS, min_freq=6)) == 0
    assert len(graph(PAIRS.head(0))) == 0


def test_other_tables_are_refused():
    with pytest.raises(
        ValueError, match=r"^graph: no column 'docs_a' in the table.*cooccurrence\."
    ):
        graph(PAIRS.drop(columns="docs_a"))
    with pytest.raises(ValueError, match=r"^graph: the pair .* stands twice in the table"):
        graph(pd.concat([PAIRS, PAIRS]))
    with pytest.raises(ValueError, match=r"^graph: the column 'freq' holds other things than num"):
        graph(PAIRS.assign(freq=["5", "3", "1"]))
    with pytest.raises(ValueError, match=r"^graph: the column 'n' holds other .*, or misses some"):
        graph(PAIRS.assign(n=[40, None, 40]))
    with pytest.raises(ValueError, match=r"^graph: min_freq is 0; pass a whole number"):
        graph(PAIRS, min_freq=0)
    with pytest.raises(ValueError, match=r"^graph: the table is of type list, not a DataFrame"):
        graph([])


# --- communities ------------------------------------------------------------------------------


def two_triangles():
    """Two triangles and an edge between them, and a name of no one."""
    found = networkx.Graph()
    for name in "ابتثجح":
        found.add_node(name, type="PER")
    found.add_edges_from(["اب", "بت", "تا", "ثج", "جح", "حث"], weight=2)
    found.add_edge("ت", "ث", weight=1)
    return found


def test_communities_are_the_triangles():
    found = communities(two_triangles())
    # by hand: a triangle holds weight 6 of 13, and half of all ends
    assert found["modularity"].tolist() == pytest.approx([2 * (6 / 13 - 0.25)] * 6)
    assert found["community"].tolist() == [1, 1, 1, 2, 2, 2]
    assert found.index.tolist() == ["ت", "ا", "ب", "ث", "ج", "ح"]
    assert found["degree"].tolist() == [3, 2, 2, 3, 2, 2]
    assert found["strength"].tolist() == [5, 4, 4, 5, 4, 4]
    # the 3 * 2 paths from ا and ب to the other triangle lead over ت, of 5 * 4 / 2 pairs of others
    assert found["betweenness"].tolist() == pytest.approx([0.6, 0, 0, 0.6, 0, 0])
    assert found["type"].tolist() == ["PER"] * 6
    assert found.index.name == "name"


def test_communities_do_not_depend_on_the_order_of_names_and_pairs():
    network = two_triangles()
    turned = networkx.Graph()
    turned.add_nodes_from(reversed(list(network.nodes(data=True))))
    turned.add_edges_from((b, a, data) for a, b, data in reversed(list(network.edges(data=True))))
    pd.testing.assert_frame_equal(communities(turned), communities(network))


def test_communities_do_not_depend_on_the_hashes_of_strings():
    code = (
        "import networkx; from toolkit.networks import communities\n"
        "g = networkx.relabel_nodes(networkx.gnm_random_graph(60, 150, seed=2), 'name{}'.format)\n"
        "print(communities(g, seed=5).to_csv())"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_names_of_no_one_and_a_network_without_pairs_have_communities():
    network = two_triangles()
    network.add_node("وحيد")
    found = communities(network)
    assert found.loc["وحيد", ["community", "degree", "strength", "betweenness"]].tolist() == [
        3,
        0,
        0,
        0,
    ]
    assert pd.isna(found.loc["وحيد", "type"])
    alone = networkx.Graph()
    alone.add_nodes_from("اب")
    assert communities(alone)["community"].tolist() == [1, 2]
    assert communities(alone)["modularity"].isna().all()


def test_a_name_with_itself_is_passed_over():
    network = two_triangles()
    network.add_edge("ا", "ا", weight=50)
    pd.testing.assert_frame_equal(communities(network), communities(two_triangles()))


def test_networks_that_cannot_be_divided_are_refused():
    with pytest.raises(ValueError, match=r"^communities: the network has no names"):
        communities(networkx.Graph())
    with pytest.raises(ValueError, match=r"^communities: the network is of type DiGraph"):
        communities(networkx.DiGraph([("ا", "ب")]))
    for weight in (0, -1, float("nan"), "5", None):
        with pytest.raises(ValueError, match=r"^communities: the weight between 'ا' and 'ب' is"):
            communities(networkx.Graph([("ا", "ب", {"weight": weight})]))
    with pytest.raises(ValueError, match=r"^communities: seed is -1"):
        communities(two_triangles(), seed=-1)


@given(st.integers(0, 14), st.sets(st.tuples(st.integers(0, 13), st.integers(0, 13)), max_size=40))
def test_betweenness_is_that_of_networkx(nodes, edges):
    pairs = sorted(
        {tuple(sorted(edge)) for edge in edges if edge[0] != edge[1] and max(edge) < nodes}
    )
    network = networkx.Graph()
    network.add_nodes_from(range(nodes))
    network.add_edges_from(pairs)
    expected = list(networkx.betweenness_centrality(network).values())
    np.testing.assert_allclose(betweenness(pairs, nodes), expected, atol=1e-12)


def test_betweenness_from_some_names_is_near_that_of_all_and_without_bias():
    network = networkx.barabasi_albert_graph(200, 2, seed=3)
    expected = np.array(list(networkx.betweenness_centrality(network).values()))
    draws = [np.random.default_rng(seed).choice(200, 60, replace=False) for seed in range(100)]
    found = np.array([betweenness(list(network.edges), 200, drawn) for drawn in draws])
    # half-width of Hoeffding's bound for 60 of values from 0 to 1, at one in 10,000
    assert np.abs(found - expected).max() < np.sqrt(np.log(2 / 1e-4) / (2 * 59))
    spread = found.std(axis=0) / np.sqrt(len(draws))
    assert (np.abs(found.mean(axis=0) - expected) < 5 * spread + 1e-12).all()
    assert (np.argsort(-found.mean(axis=0))[:5] == np.argsort(-expected)[:5]).all()


def test_the_middle_of_a_star_of_very_many_names_has_all_paths():
    found = communities(networkx.star_graph(5000))
    # by hand: every path between two of the 5,000 others leads over the middle
    assert found["betweenness"].loc["0"] == pytest.approx(1)
    assert found["betweenness"].drop("0").tolist() == [0] * 5000
    assert found["sources"].unique().tolist() == [1000]


def test_which_of_very_many_names_are_drawn_depends_on_the_seed_alone(monkeypatch):
    monkeypatch.setattr(networks, "_MOST_SOURCES", 59)
    monkeypatch.setattr(networks, "_DRAWN_SOURCES", 20)
    network = networkx.relabel_nodes(networkx.gnm_random_graph(60, 150, seed=2), "name{}".format)
    turned = networkx.Graph()
    turned.add_nodes_from(reversed(list(network)))
    turned.add_edges_from(network.edges)
    one, again, other = communities(network), communities(turned), communities(network, seed=1)
    pd.testing.assert_frame_equal(one, again)
    assert one["sources"].tolist() == [20] * 60
    assert not np.allclose(one["betweenness"], other["betweenness"].reindex(one.index))


def test_paths_are_counted_from_all_names_where_they_are_not_very_many():
    assert communities(two_triangles())["sources"].tolist() == [6] * 6


# --- files ------------------------------------------------------------------------------------

READ = {".graphml": networkx.read_graphml, ".gexf": networkx.read_gexf}


def read(path):
    """The network in a file, without the label that GEXF gives each node."""
    found = READ[path.suffix](path)
    for _, data in found.nodes(data=True):
        data.pop("label", None)
    for _, _, data in found.edges(data=True):
        data.pop("id", None)
    return found


@pytest.mark.parametrize("suffix", READ)
def test_a_network_is_read_as_it_was_written(tmp_path, suffix):
    network = graph(PAIRS)
    path = write(network, tmp_path / f"names{suffix}")
    assert path == tmp_path / f"names{suffix}"
    assert plain(read(path)) == plain(network)


@pytest.mark.parametrize("suffix", READ)
def test_writing_again_gives_the_same_bytes_without_a_date(tmp_path, suffix):
    one = write(graph(PAIRS), tmp_path / f"a{suffix}").read_bytes()
    assert write(graph(PAIRS), tmp_path / f"b{suffix.upper()}").read_bytes() == one
    assert b"date" not in one
    assert b"NetworkX" not in one
    assert "ليلى".encode() in one


@pytest.mark.parametrize("suffix", READ)
def test_characters_that_xml_lacks_are_replaced_and_counted(tmp_path, suffix):
    network = networkx.Graph()
    network.add_node("لي\x00لى", name="لي\x00لى", type="PER")
    network.add_node("لي\x07لى", name="\ud800", type="<&\"'>")
    network.add_edge("لي\x00لى", "لي\x07لى", weight=1.0)
    # three in the names as they stand twice, one surrogate
    with pytest.warns(
        UserWarning, match=r"^write: 4 characters that XML does not have were replac"
    ):
        path = write(network, tmp_path / f"names{suffix}")
    nodes, edges = plain(read(path))
    assert nodes == {
        "لي\ufffdلى": {"name": "لي\ufffdلى", "type": "PER"},
        "لي\ufffdلى #2": {"name": "\ufffd", "type": "<&\"'>"},
    }
    assert list(edges.values()) == [{"weight": 1.0}]


@pytest.mark.parametrize("suffix", READ)
@given(
    names=st.sets(
        st.text("ابل\u200f\u0640\u064b<&>\"' \t\n\x01]", min_size=1, max_size=4), min_size=1
    )
)
def test_any_names_make_a_file_that_can_be_read(tmp_path_factory, suffix, names):
    network = networkx.Graph()
    for name in sorted(names):
        network.add_node(name, name=name, freq=len(name))
    path = tmp_path_factory.mktemp("any") / f"names{suffix}"
    if any("\x01" in name for name in names):
        with pytest.warns(UserWarning, match="XML does not have"):
            write(network, path)
    else:
        write(network, path)
    found = dict(read(path).nodes(data=True))
    assert [data["name"] for data in found.values()] == [
        name.replace("\x01", "\ufffd") for name in sorted(names)
    ]
    assert [data["freq"] for data in found.values()] == [len(name) for name in sorted(names)]


def test_missing_values_are_left_out_and_numbers_of_numpy_are_plain(tmp_path):
    network = networkx.Graph()
    network.add_node(1, freq=np.int64(3), mi=np.float32(0.5), type=None, share=np.nan, docs=pd.NA)
    assert dict(read(write(network, tmp_path / "a.graphml")).nodes(data=True)) == {
        "1": {"freq": 3, "mi": 0.5}
    }
    assert set(network.nodes[1]) == {"freq", "mi", "type", "share", "docs"}


def test_what_cannot_be_written_is_named(tmp_path):
    network = graph(PAIRS)
    with pytest.raises(
        ValueError, match=r"^write: 'a.csv' does not say the format; there are \.graph"
    ):
        write(network, tmp_path / "a.csv")
    with pytest.raises(FileNotFoundError, match=r"^write: no folder .* Create it first"):
        write(network, tmp_path / "none" / "a.gexf")
    network.nodes["ليلى"]["docs"] = ["a"]
    with pytest.raises(ValueError, match=r"^write: the attribute 'docs' is of type list; strings"):
        write(network, tmp_path / "a.gexf")
    for other in (None, [], networkx.MultiGraph([("ا", "ب")])):
        with pytest.raises(
            ValueError, match=r"^write: the network is of type .*, not networkx\.Gr"
        ):
            write(other, tmp_path / "a.gexf")
    assert list(tmp_path.iterdir()) == []


def test_importing_the_module_does_not_import_networkx():
    code = "import sys, toolkit.networks; sys.exit('networkx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
