"""Maps: what is on the axes, where names stand, what is refused."""

import subprocess
import sys
from itertools import combinations

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from matplotlib.path import Path
from matplotlib.text import Text

from toolkit.drawing import figures, maps
from toolkit.drawing.map_labels import place_labels

mpl.use("Agg")


@pytest.fixture(autouse=True)
def _closed():
    yield
    pyplot.close("all")


def table(*rows):
    """Rows of name, lat, lon, kind, freq, ambiguous."""
    names = pd.Index([row[0] for row in rows], name="name")
    columns = zip(*[row[1:] for row in rows], strict=True)
    named = dict(zip(("lat", "lon", "kind", "freq", "ambiguous"), columns, strict=True))
    return pd.DataFrame(named, index=names).assign(docs=1)


DAMASCUS = ("دمشق", 33.51, 36.29, "capital", 9, False)
TABLE = table(
    DAMASCUS,
    ("سوريا", 35.0, 38.5, "country", 4, False),
    ("طرابلس", 32.89, 13.19, "capital", 1, True),
    ("الفازة", None, None, None, 3, False),
)


def many(rows, *, spread):
    """Places on a square of so many degrees, drawn with a fixed seed."""
    rng = np.random.default_rng(7)
    lat, lon = 33 + spread * rng.random(rows), 36 + spread * rng.random(rows)
    names = [f"مدينة {number}" for number in range(rows)]
    return table(*[(n, y, x, "city", 5, False) for n, y, x in zip(names, lat, lon, strict=True)])


def points(ax):
    return [c for c in ax.collections if isinstance(c, PathCollection)]


# --- outlines ---------------------------------------------------------------------------------


def holds(kind, lat, lon):
    return any(Path(shape).contains_point((lon, lat)) for shape in maps._outlines(kind))


# From an atlas: towns away from the coast, and the middle of seas.
@pytest.mark.parametrize(
    ("lat", "lon"),
    [(33.5, 36.3), (30.0, 31.2), (24.7, 46.7), (39.9, 32.9), (55.8, 37.6), (39.1, -94.6),
     (-15.8, -47.9), (-25.0, 134.0), (66.0, 175.0), (66.0, -173.0), (-85.0, 100.0)],
)  # fmt: skip
def test_land_is_land(lat, lon):
    assert holds("land", lat, lon)


@pytest.mark.parametrize(
    ("lat", "lon"),
    [(34.0, 28.0), (20.0, 38.5), (27.0, 51.5), (43.0, 34.0), (0.0, -30.0), (-40.0, -120.0)],
)
def test_sea_is_no_land(lat, lon):
    assert not holds("land", lat, lon)


def test_caspian_sea_is_water_inside_land():
    assert holds("land", 42.0, 50.5)
    assert holds("water", 42.0, 50.5)


def test_outlines_are_closed_and_inside_the_world():
    for kind in ("land", "water"):
        for shape in maps._outlines(kind):
            assert np.allclose(shape[0], shape[-1])
    every = np.concatenate(maps._outlines("land") + maps._outlines("border"))
    assert np.abs(every[:, 1]).max() <= 90
    # no outline jumps from one edge of the map to the other, but along the pole
    for shape in maps._outlines("land"):
        steps = np.abs(np.diff(shape, axis=0))
        assert steps[shape[1:, 1] > -89, 0].max(initial=0) < 90


def test_border_of_syria_and_jordan_is_drawn():
    """It runs about 33.0 N, 37.6 E."""
    near = [np.hypot(*(line - [37.6, 33.0]).T).min() for line in maps._outlines("border")]
    lines = [line for line in maps._outlines("border") if len(line) > 1]
    assert len(lines) > 300
    assert min(near) < 1.5


# --- what is drawn ----------------------------------------------------------------------------


def test_places_are_points_with_areas_in_proportion():
    ax = maps.places(TABLE)
    drawn = {tuple(c.get_offsets()[0].round(2)): c.get_sizes()[0] for c in points(ax)}
    assert list(drawn) == [(36.29, 33.51), (13.19, 32.89), (38.5, 35.0)]
    assert drawn[36.29, 33.51] == pytest.approx(drawn[38.5, 35.0] * 9 / 4)


def test_towns_are_circles_and_what_is_unsure_is_hollow():
    ax = maps.places(TABLE)
    town, unsure, country = points(ax)
    assert len(country.get_paths()[0].vertices) < len(town.get_paths()[0].vertices)
    assert len(unsure.get_facecolors()) == 0
    assert len(town.get_facecolors()) == 1
    assert [text.get_text() for text in ax.get_legend().get_texts()] == [
        "town",
        "town, unsure which",
        "country, region or water",
    ]


def test_one_sort_of_points_has_no_legend():
    assert maps.places(TABLE.head(1)).get_legend() is None


def test_names_are_written_as_they_are_stored():
    ax = maps.places(TABLE)
    assert sorted(text.get_text() for text in ax.texts) == sorted(["دمشق", "سوريا", "طرابلس"])
    assert ax.get_title() == ""


def test_line_below_the_map_says_what_is_not_on_it():
    assert maps.places(TABLE).get_xlabel() == (
        "area of a point: mentions, at most 9; 1 of 4 names is without coordinates"
    )
    ax = maps.places(TABLE, column="docs", region=(30, 40, 30, 40))
    assert ax.get_xlabel() == (
        "area of a point: documents, at most 1; 1 of 4 names is without coordinates; 1 lie outside"
    )


def test_names_that_find_no_room_are_counted():
    crowd = many(120, spread=0.5)
    ax = maps.places(crowd)
    lost = 120 - len(ax.texts)
    assert lost > 0
    assert ax.get_xlabel().endswith(f"; {lost} names find no room")


@pytest.mark.parametrize("rows", [1, 10, 40])
@pytest.mark.parametrize("spread", [0.0, 1.0, 12.0])
def test_names_lie_on_no_name_and_no_other_point_and_inside(rows, spread):
    ax = maps.places(many(rows, spread=spread))
    ax.figure.draw_without_rendering()
    frame = ax.get_window_extent()
    # where a text stands, without the line that leads from it
    boxes = [Text.get_window_extent(text) for text in ax.texts]
    assert len(boxes) >= min(rows, 5)
    for box in boxes:
        assert frame.x0 - 1 <= box.x0
        assert box.x1 <= frame.x1 + 1
        assert frame.y0 - 1 <= box.y0
        assert box.y1 <= frame.y1 + 1
    for one, other in combinations(boxes, 2):
        assert not one.shrunk(0.9, 0.8).overlaps(other.shrunk(0.9, 0.8))


def test_labels_do_not_move_with_the_resolution():
    def places_at(dpi):
        _, ax = pyplot.subplots(dpi=dpi)
        ax.set_xlim(0, 10)
        ax.set_ylim(0, 10)
        where = np.array([[5.0, 5.0], [5.1, 5.0], [5.0, 5.1]])
        assert place_labels(ax, where, ["دمشق", "حمص", "حلب"], radii=np.full(3, 4.0)) == [True] * 3
        return np.array([text.get_position() for text in ax.texts])

    assert np.allclose(places_at(72), places_at(300), atol=1.5)


# --- region and axes --------------------------------------------------------------------------


def shown(ax):
    return (*ax.get_xlim(), *ax.get_ylim())


def test_region_is_cut_to_the_points_with_a_margin():
    west, east, south, north = shown(maps.places(TABLE))
    assert west < 13.19 - 2
    assert east > 38.5 + 2
    assert south < 32.89 - 2
    assert north > 35 + 2
    assert east - west < 60


def test_one_place_is_shown_with_its_surroundings():
    west, east, south, north = shown(maps.places(TABLE.head(1)))
    assert west < 36.29 < east
    assert 8 < north - south < 15


def test_region_may_be_given():
    ax = maps.places(TABLE, region=(30, 45, 30, 38))
    assert shown(ax) == pytest.approx((30, 45, 30, 38))
    assert sorted(text.get_text() for text in ax.texts) == sorted(["دمشق", "سوريا"])


def test_world_is_not_left():
    world = table(("a", 80, -179, "city", 1, False), ("b", -80, 179, "city", 2, False))
    assert shown(maps.places(world)) == (-180, 180, -90, 90)


def test_figure_is_drawn_where_it_is_told_and_keywords_reach_the_points():
    figure, ax = pyplot.subplots()
    assert maps.places(TABLE, ax=ax, color="#123456", alpha=1) is ax
    assert to_hex(points(ax)[0].get_facecolor()[0]) == "#123456"
    assert len(figure.axes) == 1


def test_table_and_settings_are_left_alone():
    before, settings = TABLE.copy(deep=True), dict(mpl.rcParams)
    maps.places(TABLE)
    pd.testing.assert_frame_equal(TABLE, before)
    assert dict(mpl.rcParams) == settings


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_land_sea_and_text_are_told_apart_in_both_themes(theme):
    with figures.style(theme):
        ax = maps.places(TABLE)
        text = mpl.rcParams["text.color"]
    ground, land = ax.get_facecolor(), ax.collections[0].get_facecolor()[0]
    assert to_hex(ground) != to_hex(land)
    assert contrast(text, land) > 7
    assert to_hex(ax.texts[0].get_color()) == to_hex(text)


def contrast(one, other):
    """WCAG 2.2, relative luminance."""

    def luminance(colour):
        channels = mpl.colors.to_rgb(colour)
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return float(np.dot(linear, (0.2126, 0.7152, 0.0722)))

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_saving_again_gives_the_same_bytes(tmp_path):
    saved = [
        figures.save(maps.places(TABLE), tmp_path / name, dpi=60).read_bytes()
        for name in ("one.png", "two.png")
    ]
    assert saved[0] == saved[1]


# --- what is refused --------------------------------------------------------------------------


def test_wrong_tables_are_answered():
    with pytest.raises(ValueError, match=r"^places: `places` is empty \(0 rows\)"):
        maps.places(TABLE.head(0))
    with pytest.raises(ValueError, match=r"^places: no column 'lat' .*places\.locate"):
        maps.places(TABLE.drop(columns="lat"))
    with pytest.raises(ValueError, match=r"^places: none of the 1 rows of places is with coord"):
        maps.places(TABLE.tail(1))
    with pytest.raises(
        ValueError, match=r"^places: none of the 4 rows of places is inside the reg"
    ):
        maps.places(TABLE, region=(0, 1, 0, 1))
    with pytest.raises(ValueError, match=r"^places: 201 rows are too many .* places\.head\(40\)"):
        maps.places(many(201, spread=1.0))
    with pytest.raises(
        ValueError, match=r"^places: the column 'lat' of places is of type .* not num"
    ):
        maps.places(TABLE.assign(lat="x"))
    with pytest.raises(
        ValueError, match=r"^places: the column 'lon' of places has infinite numbers"
    ):
        maps.places(TABLE.assign(lon=float("inf")))
    with pytest.raises(
        ValueError, match=r"^places: the lat of 4 rows is beyond 90 degrees, first 91"
    ):
        maps.places(TABLE.assign(lat=91.0, lon=0.0))
    with pytest.raises(
        ValueError, match=r"^places: the lon of 4 rows is beyond 180 degrees, first"
    ):
        maps.places(TABLE.assign(lat=0.0, lon=-181.0))
    with pytest.raises(
        ValueError, match=r"^places: no column 'population' to draw; there are freq"
    ):
        maps.places(TABLE, column="population")


@pytest.mark.parametrize(
    "region", [(40, 30, 30, 40), (1, 2, 3), "abcd", 7, (0, 1, 0, float("nan"))]
)
def test_wrong_regions_are_answered(region):
    with pytest.raises(ValueError, match=r"^places: region is .*pass \(west, east, south, north\)"):
        maps.places(TABLE, region=region)


def test_importing_the_module_does_not_import_matplotlib():
    code = "import sys, toolkit.drawing.maps; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
