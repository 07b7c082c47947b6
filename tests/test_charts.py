"""What the Axes of the network, the matrix and the timeline hold."""

from itertools import combinations

import matplotlib

matplotlib.use("Agg")

import networkx
import numpy as np
import pandas as pd
import pytest
from figures_drawn import is_whole
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib import pyplot
from matplotlib.colors import to_hex

from toolkit import plot
from toolkit.drawing import charts, figures
from toolkit.drawing.labelling import Scene, placed
from toolkit.drawing.layout import positions
from toolkit.drawing.ticks import chosen_ticks, printed

pytestmark = pytest.mark.usefixtures("closed_figures")

NAMES = [
    "بشار الأسد",
    "أم كلثوم",
    "القاهرة",
    "الولايات المتحدة الأمريكية",
    "منظمة الأمم المتحدة للتربية والعلم والثقافة",
    "مجلس الأمن الدولي",
    "ليلى",
    "COVID-19",
]
TYPES = ["PER", "LOC", "ORG", "MISC", "EVENT"]


def network_of(size, edges=None):
    """So many names in a ring, every third one joined with the first."""
    found = networkx.Graph(n=99)
    for place in range(size):
        name = NAMES[place % len(NAMES)] + (f" {place}" if place >= len(NAMES) else "")
        found.add_node(name, type=TYPES[place % len(TYPES)], freq=size - place, community=place % 3)
    names = list(found)
    ring = [(place, (place + 1) % size) for place in range(size)]
    for a, b in [*ring, *((0, place) for place in range(2, size, 3))]:
        if a != b:
            found.add_edge(names[a], names[b], weight=1 + a)
    return found


def shown(ax):
    return [text for text in ax.texts if text.get_text()]


def boxes(ax):
    ax.get_figure().canvas.draw()
    return [text.get_window_extent() for text in shown(ax)]


# --- network ----------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [1, 2, 40])
def test_labels_lie_on_no_other_label_and_inside_the_figure(theme, size):
    with figures.style(theme):
        ax = charts.network(network_of(size))
        extents = boxes(ax)
        assert len(extents) == size
        assert not any(one.overlaps(other) for one, other in combinations(extents, 2))
        assert is_whole(ax)
        frame = ax.get_window_extent()
        assert all(frame.x0 <= box.x0 and box.x1 <= frame.x1 for box in extents)


def test_long_labels_have_room_too():
    network = networkx.barabasi_albert_graph(40, 2, seed=1)
    for place, node in network.nodes.items():
        node |= {"type": TYPES[place % 5], "freq": 60 - place}
    name = "وزارة الخارجية والمغتربين في الجمهورية العربية السورية"
    long = networkx.relabel_nodes(network, {place: f"{place} {name}" for place in network})
    extents = boxes(charts.network(long))
    assert not any(one.overlaps(other) for one, other in combinations(extents, 2))


def test_labels_are_the_names_in_logical_order_on_short_lines():
    ax = charts.network(network_of(8))
    assert [" ".join(text.get_text().split()) for text in shown(ax)] == NAMES
    assert max(len(line) for text in shown(ax) for line in text.get_text().split("\n")) <= 22
    assert not any(text.get_parse_math() for text in shown(ax))


def test_marks_are_as_large_as_names_are_frequent_and_lines_as_wide_as_pairs():
    network = network_of(5)
    ax = charts.network(network)
    lines, *marks = ax.collections
    assert len(lines.get_segments()) == network.number_of_edges() == 6
    weights = [weight for *_, weight in network.edges(data="weight")]
    assert np.argsort(lines.get_linewidths()).tolist() == np.argsort(weights).tolist()
    sizes = [mark.get_sizes()[0] for mark in marks]
    assert sizes == sorted(sizes, reverse=True)
    places = positions(network)
    assert [tuple(mark.get_offsets()[0]) for mark in marks] == [places[name] for name in network]
    assert ax.get_xlabel() == (
        "mark: units with the name, at most 5\nline: units with both, at most 5; of 99 units"
    )


def test_types_have_the_colours_and_the_order_of_the_other_figures():
    ax = charts.network(network_of(8))
    assert [text.get_text() for text in ax.get_legend().get_texts()] == TYPES
    colours = [to_hex(mark.get_facecolor()[0]) for mark in ax.collections[1:]]
    expected = [plot.TYPES.get(kind, plot.OTHER_TYPE)[0].lower() for kind in TYPES]
    assert colours == expected
    markers = [mark.get_paths()[0].vertices.tolist() for mark in ax.collections[1:]]
    assert len({str(marker) for marker in markers}) == 5


def test_another_attribute_can_give_the_colours():
    ax = charts.network(network_of(8), by="community")
    legend = [text.get_text() for text in ax.get_legend().get_texts()]
    assert legend == ["community 0", "community 1", "community 2"]


def test_equal_networks_give_equal_figures(tmp_path):
    def drawn(network):
        return figures.save(charts.network(network), tmp_path / "a.png", dpi=50).read_bytes()

    network = network_of(12)
    turned = networkx.Graph(**network.graph)
    turned.add_nodes_from(network.nodes(data=True))
    turned.add_edges_from(network.edges(data=True))
    assert drawn(network) == drawn(turned)


def test_networks_that_cannot_be_drawn_are_named():
    with pytest.raises(ValueError, match=r"^network: the network has no names"):
        charts.network(networkx.Graph())
    with pytest.raises(ValueError, match=r"^network: 151 names are too many .* min_freq=5"):
        charts.network(network_of(151))
    with pytest.raises(ValueError, match=r"^network: 'ا' has no attribute 'freq'; it has none"):
        charts.network(networkx.Graph([("ا", "ب")]))
    with pytest.raises(ValueError, match=r"has no attribute 'group'; it has type, freq, community"):
        charts.network(network_of(3), by="group")


def test_parts_of_a_network_stand_beside_one_another():
    network = networkx.Graph([("ا", "ب"), ("ب", "ت"), ("ث", "ج"), ("ح", "خ")])
    places = positions(network)
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in places.values())
    extents = [
        np.array([places[name] for name in part]) for part in networkx.connected_components(network)
    ]
    for one, other in combinations(extents, 2):
        apart = (one.min(axis=0) > other.max(axis=0)) | (other.min(axis=0) > one.max(axis=0))
        assert apart.any()


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(st.floats(0, 300), st.floats(0, 200), st.floats(10, 60)), min_size=1, max_size=25
    )
)
def test_labels_are_placed_apart_where_there_is_room(points):
    places = np.array([point[:2] for point in points])
    sizes = np.array([(point[2], 10.0) for point in points])
    bounds = (-200.0, -200.0, 500.0, 400.0)
    scene = Scene(places, np.full(len(points), 3.0), sizes, np.empty((0, 4)), bounds)
    centres = placed(scene, np.arange(len(points)))
    for one, other in combinations(range(len(points)), 2):
        gap = np.abs(centres[one] - centres[other]) - (sizes[one] + sizes[other]) / 2
        assert gap.max() >= -1e-9
    assert (centres - sizes / 2 >= [-200, -200]).all()
    assert (centres + sizes / 2 <= [500, 400]).all()


# --- matrix -----------------------------------------------------------------------------------


def matrix_of(size):
    names = [f"{NAMES[place % len(NAMES)]} {place}" for place in range(size)]
    cells = np.add.outer(np.arange(size), np.arange(size)).astype("float64")
    np.fill_diagonal(cells, np.nan)
    return pd.DataFrame(cells, index=names, columns=names).astype("Int64")


def test_matrix_has_a_cell_for_each_pair_the_first_row_on_top():
    table = matrix_of(3)
    ax = charts.matrix(table)
    cells = ax.collections[0].get_array()
    assert cells.mask.tolist() == np.eye(3, dtype=bool).tolist()
    assert cells.filled(-1).tolist() == [[-1, 1, 2], [1, -1, 3], [2, 3, -1]]
    for labels in (ax.get_xticklabels(), ax.get_yticklabels()):
        assert [label.get_text() for label in labels] == list(table.index)
    bottom, top = ax.get_ylim()
    assert (bottom, top) == (3, 0)
    numbers = {(text.get_position(), text.get_text()) for text in ax.texts}
    assert ((1.5, 0.5), "1") in numbers
    assert len(numbers) == 6


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [1, 2, 40])
def test_matrix_is_whole_and_its_labels_are_apart(theme, size):
    with figures.style(theme):
        ax = charts.matrix(matrix_of(size))
        assert is_whole(ax)
        for labels in (ax.get_xticklabels(), ax.get_yticklabels()):
            extents = [label.get_window_extent() for label in labels]
            assert not any(one.overlaps(other) for one, other in combinations(extents, 2))


def test_scale_of_a_matrix_of_zeros_begins_at_zero():
    table = pd.DataFrame([[np.nan, 0], [0, np.nan]], index=["أ", "ب"], columns=["أ", "ب"])
    (cells,) = plot.matrix(table).collections
    assert cells.get_clim() == (0, 1)


def test_matrix_of_many_names_has_no_numbers_and_a_scale_with_its_unit():
    ax = charts.matrix(matrix_of(16), unit="sentences with both")
    assert list(ax.texts) == []
    (scale,) = [other for other in ax.get_figure().axes if other is not ax]
    assert scale.get_ylabel() == "sentences with both"


def test_cells_without_a_value_differ_from_zero():
    ax = charts.matrix(matrix_of(2).where(lambda table: table.isna(), 0))
    cells = ax.collections[0]
    tint = to_hex(cells.cmap(cells.norm(0)))
    assert tint != to_hex(ax.get_facecolor())
    assert [text.get_text() for text in ax.texts] == ["0", "0"]


def test_measures_keep_a_decimal_and_options_are_passed_on():
    table = matrix_of(2).astype("float64") / 4
    ax = charts.matrix(table, cmap="Greys", vmax=9)
    assert [text.get_text() for text in ax.texts] == ["0.2", "0.2"]
    assert ax.collections[0].get_cmap().name == "Greys"
    assert ax.collections[0].norm.vmax == 9


def test_wrong_matrices_are_named():
    with pytest.raises(ValueError, match=r"^matrix: the rows and the columns have different names"):
        charts.matrix(matrix_of(4).head(2))
    with pytest.raises(ValueError, match=r"^matrix: matrix is of type NoneType, not a DataFrame"):
        charts.matrix(None)
    with pytest.raises(ValueError, match=r"^matrix: `matrix` is empty"):
        charts.matrix(matrix_of(0))
    with pytest.raises(ValueError, match=r"^matrix: 201 rows .* matrix\.iloc\[:40, :40\]"):
        charts.matrix(matrix_of(201))


# --- timeline ---------------------------------------------------------------------------------

# Two items in four months, one of which has no document, and two rows without a period.
TIMELINE = pd.DataFrame(
    {
        "first": [*[f"2015-{month:02d}-01" for month in (9, 10, 11, 12)], None, None] * 2,
        "last": ["2015-09-30", "2015-10-31", "2015-11-30", "2015-12-31", None, None] * 2,
        "item": ["دمشق"] * 6 + ["ليلى"] * 6,
        "freq": [2, 0, 0, 4, 3, 0, 1, 1, 0, 0, 1, 2],
        "docs": [1, 0, 0, 2, 1, 0, 1, 1, 0, 0, 1, 1],
        "n_docs": [1, 1, 0, 3, 1, 1] * 2,
        "n": pd.array([1000, 500, 0, 2000, 10, 10] * 2, dtype="Int64"),
        "per_million": [2000, 0, None, 2000, None, None, 1000, 2000, None, 0, None, None],
        "per_document": [2, 0, None, 4 / 3, 3, 0, 1, 1, None, 0, 1, 2],
    },
    index=pd.Index(
        ["2015-09", "2015-10", "2015-11", "2015-12", "undated", "several"] * 2, name="period"
    ),
)


def test_timeline_draws_a_line_for_each_item_broken_at_the_gap():
    ax = charts.timeline(TIMELINE)
    one, other = ax.lines
    np.testing.assert_array_equal(one.get_ydata(), [2000, 0, np.nan, 2000])
    np.testing.assert_array_equal(other.get_ydata(), [1000, 2000, np.nan, 0])
    # the middle of September, in days
    assert one.get_xdata()[0] == (np.datetime64("2015-09-16") - np.datetime64("1970-01-01")).astype(
        int
    )
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["دمشق", "ليلى"]
    assert ax.get_ylim()[0] == 0


@pytest.mark.parametrize(
    ("column", "label", "heights"),
    [
        ("per_million", "occurrences per million words, of 500 to 2,000 words a period", 2000),
        ("per_document", "occurrences per document, of 1 to 3 documents a period", 4 / 3),
        ("freq", "occurrences, in 1 to 3 documents a period", 4),
        ("docs", "documents with the item, of 1 to 3 a period", 2),
    ],
)
def test_the_axis_names_the_unit_and_the_denominators(column, label, heights):
    ax = charts.timeline(TIMELINE, column=column)
    assert ax.get_ylabel().replace("\n", " ") == label
    data = ax.lines[0].get_ydata()
    assert np.isnan(data[2])  # there is nothing to read in November
    assert data[3] == heights


def test_what_has_no_period_is_told():
    assert charts.timeline(TIMELINE).get_xlabel() == (
        "period (occurrences not shown: 4 undated, 2 several)"
    )
    assert charts.timeline(TIMELINE[TIMELINE["first"].notna()]).get_xlabel() == "period"


def test_the_strip_shows_the_documents_of_each_period():
    ax = charts.timeline(TIMELINE)
    (strip,) = ax.child_axes
    assert [bar.get_height() for bar in strip.patches] == [1, 1, 0, 3]
    assert strip.get_ylabel() == "docs"


def test_without_words_the_rate_is_that_per_document():
    table = TIMELINE.assign(n=pd.array([None] * 12, dtype="Int64"), per_million=None)
    ax = charts.timeline(table)
    assert ax.get_ylabel().startswith("occurrences per document")
    assert ax.lines[0].get_ydata()[0] == 2


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("items", [1, 40])
def test_timeline_is_whole_and_every_line_differs(theme, items):
    one = TIMELINE.head(6)
    table = pd.concat([one.assign(item=f"{NAMES[place % 8]} {place}") for place in range(items)])
    with figures.style(theme):
        ax = charts.timeline(table)
        assert is_whole(ax)
        looks = {(line.get_color(), line.get_linestyle(), line.get_marker()) for line in ax.lines}
        assert len(looks) == len(ax.lines) == items


@pytest.mark.parametrize("items", [2, 9, 40])
def test_lines_of_a_timeline_differ_in_grey(items):
    """Printed in grey, a colour says nothing: the marker or the dash must differ."""
    one = TIMELINE.head(6)
    ax = charts.timeline(pd.concat([one.assign(item=str(place)) for place in range(items)]))
    looks = {(line.get_linestyle(), line.get_marker()) for line in ax.lines}
    assert len(looks) == items
    # the first ones, which most figures have alone, differ in their markers
    assert len({line.get_marker() for line in ax.lines[:8]}) == min(items, 8)


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("1001/1100", "11th c."),
        ("2001/2100", "21st c."),
        ("1101/1200", "12th c."),
        ("0001/0100", "1st c."),
        ("-0099/0000", "1st c. BC"),  # 100 BC to 1 BC
        ("-0999/-0900", "10th c. BC"),  # 1000 BC to 901 BC
        ("2010/2019", "2010s"),
        ("0760/0769", "760s"),
        ("-0050/-0041", "-0050/-0041"),
        ("0762", "762"),
        ("0000", "1 BC"),
        ("2015-W53", "2015-W53"),
        ("2015-10-26", "2015-10-26"),
        ("undated", "undated"),
    ],
)
def test_periods_are_named_as_in_print(key, name):
    """By hand: after ISO 8601 the year 0 is 1 BC, so that a century BC ends in a year of 00."""
    assert printed(key) == name


def test_the_axis_of_a_timeline_has_centuries():
    spans = [(year, year + 99) for year in range(801, 1301, 100)]
    table = pd.DataFrame(
        {"first": [f"{one:04d}-01-01" for one, _ in spans],
         "last": [f"{other:04d}-12-31" for _, other in spans],
         "item": "دمشق", "freq": 1, "n_docs": 1, "n": 9},
        index=pd.Index([f"{one:04d}/{other:04d}" for one, other in spans], name="century"),
    )  # fmt: skip
    ax = charts.timeline(table, column="freq")
    named = [label.get_text() for label in ax.get_xticklabels()]
    assert named == ["9th c.", "10th c.", "11th c.", "12th c.", "13th c."]


def test_names_of_forty_periods_do_not_touch():
    for unit, labels in {
        "days": pd.date_range("2015-01-01", periods=40).strftime("%Y-%m-%d"),
        "weeks": [f"2015-W{week:02d}" for week in range(1, 41)],
        "years": [str(year) for year in range(1976, 2016)],
    }.items():
        first = pd.date_range("2015-01-01", periods=40).strftime("%Y-%m-%d")
        table = pd.DataFrame(
            {"first": first, "last": first, "item": "دمشق", "freq": 1, "n_docs": 1, "n": 9},
            index=pd.Index(labels, name="period"),
        )
        ax = charts.timeline(table, column="freq")
        ax.get_figure().canvas.draw()
        extents = [label.get_window_extent() for label in ax.get_xticklabels()]
        assert len(extents) >= 3, unit
        assert not any(one.overlaps(other) for one, other in combinations(extents, 2)), unit


@pytest.mark.parametrize("inverted", [False, True])
@pytest.mark.parametrize("width", [3.0, 4.0, 7.0])
def test_names_of_periods_do_not_touch_in_narrow_axes(width, inverted):
    years = [str(year) for year in range(1976, 2016)]
    table = pd.DataFrame(
        {"first": [f"{year}-01-01" for year in years], "last": [f"{year}-12-31" for year in years],
         "item": "دمشق", "freq": 1, "n_docs": 1, "n": 9},
        index=pd.Index(years, name="year"),
    )  # fmt: skip
    _, given_axes = pyplot.subplots(figsize=(width, 3), layout="constrained")
    if inverted:
        given_axes.invert_xaxis()
    ax = charts.timeline(table, ax=given_axes, column="freq")
    ax.get_figure().canvas.draw()
    extents = [label.get_window_extent() for label in ax.get_xticklabels()]
    assert extents
    assert not any(one.overlaps(other) for one, other in combinations(extents, 2))
    assert (ax.yaxis.get_label_position() == "right") == inverted
    legend = ax.get_legend().get_window_extent()
    assert not any(legend.overlaps(label.get_window_extent()) for label in ax.get_yticklabels())


def test_forty_long_names_in_the_legend_leave_the_lines_their_room():
    one = TIMELINE.head(6)
    ax = charts.timeline(pd.concat([one.assign(item=f"{NAMES[4]} {n}") for n in range(40)]))
    ax.get_figure().canvas.draw()
    assert ax.get_window_extent().width / ax.get_figure().dpi > 3.5


def test_matrix_on_axes_that_are_turned_round_begins_at_the_right():
    _, given_axes = pyplot.subplots(layout="constrained")
    given_axes.invert_xaxis()
    ax = charts.matrix(matrix_of(3), ax=given_axes)
    ax.get_figure().canvas.draw()
    frame = ax.get_window_extent()
    assert all(label.get_window_extent().x0 >= frame.x1 for label in ax.get_yticklabels())
    places = [label.get_window_extent().x0 for label in ax.get_xticklabels()]
    assert places == sorted(places, reverse=True)


@pytest.mark.parametrize(
    ("labels", "named"),
    [
        (["2015"], ["2015"]),
        ([str(year) for year in range(1801, 1851)], ["1810", "1820", "1830", "1840", "1850"]),
        ([f"2015-Q{q}" for q in (2, 3, 4)], ["2015-Q2", "2015-Q3", "2015-Q4"]),
        (["-0099/0000", "0001/0100", "0101/0200"], ["-0099/0000", "0001/0100", "0101/0200"]),
        (["كانون", "شباط"], ["كانون", "شباط"]),
    ],
)
def test_round_periods_are_named(labels, named):
    assert [labels[place] for place in chosen_ticks(labels)] == named


def test_wrong_timelines_are_named():
    with pytest.raises(
        ValueError, match=r"^timeline: column 'share' has no unit .* per_million, per"
    ):
        charts.timeline(TIMELINE, column="share")
    with pytest.raises(
        ValueError, match=r"^timeline: no column 'n_docs' in timeline.*timeline\.time"
    ):
        charts.timeline(TIMELINE.drop(columns="n_docs"))
    with pytest.raises(ValueError, match=r"^timeline: no column 'docs' in timeline"):
        charts.timeline(TIMELINE.drop(columns="docs"), column="docs")
    with pytest.raises(ValueError, match=r"^timeline: `timeline` is empty"):
        charts.timeline(TIMELINE.head(0))
    with pytest.raises(ValueError, match=r"^timeline: the table has no period that is dated"):
        charts.timeline(TIMELINE[TIMELINE["first"].isna()])
    many = pd.concat([TIMELINE.head(6).assign(item=str(place)) for place in range(41)])
    with pytest.raises(ValueError, match=r"^timeline: 41 items are too many lines"):
        charts.timeline(many)


# --- all --------------------------------------------------------------------------------------

FIGURES = {
    "network": (charts.network, network_of(4), {"alpha": 0.5}),
    "matrix": (charts.matrix, matrix_of(3), {"alpha": 0.5}),
    "timeline": (charts.timeline, TIMELINE, {"alpha": 0.5}),
}


@pytest.mark.parametrize("name", FIGURES)
def test_figures_draw_where_told_and_leave_table_title_and_settings_alone(name):
    figure, table, options = FIGURES[name]
    before, settings_before = table.copy(), dict(matplotlib.rcParams)
    _, given_axes = pyplot.subplots(figsize=(8, 6))
    ax = figure(table, ax=given_axes, **options)
    assert ax is given_axes
    assert ax.get_title() == ""
    drawn = [*ax.collections, *ax.lines]
    assert any(artist.get_alpha() == 0.5 for artist in drawn)
    assert dict(matplotlib.rcParams) == settings_before
    if isinstance(table, pd.DataFrame):
        pd.testing.assert_frame_equal(table, before)
    else:
        assert networkx.utils.graphs_equal(table, before)


def test_importing_the_module_does_not_import_matplotlib_or_networkx():
    import subprocess
    import sys

    code = (
        "import sys, toolkit.drawing.charts; "
        "sys.exit(bool({'matplotlib', 'networkx'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
