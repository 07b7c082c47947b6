"""TEI: valid by the Guidelines' rules for the elements used, and the raw text whole within it.

The table of elements below is written by hand from the TEI P5 Guidelines (version 4.3.0). Where
MUDAWWANA_TEI_SCHEMA names the RELAX NG schema tei_all of the TEI Consortium, files are validated
against it too.
"""

import os
import warnings
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

import odd_corpora
import pandas as pd
import pytest
from hypothesis import given, settings

from toolkit import corpus, pipeline
from toolkit.corpus import Corpus
from toolkit.exporting import tei
from toolkit.exporting.xml import ILLEGAL

ROOT = Path(__file__).parent.parent
SCHEMA = os.environ.get("MUDAWWANA_TEI_SCHEMA")
TEI = "{http://www.tei-c.org/ns/1.0}"
XML = "{http://www.w3.org/XML/1998/namespace}"
NAMES = {"persName", "placeName", "orgName", "name", "date"}
PHRASES = {"w", "pc", *NAMES}
GLOBAL = {f"{XML}id", f"{XML}lang", f"{XML}space", "n"}
LINGUISTIC = {"lemma", "pos", "msd", "join", "norm"}
# For each element: its children, its attributes beside the global ones, and whether it has text.
ELEMENTS = {
    "teiCorpus": ({"teiHeader", "TEI"}, set(), False),
    "TEI": ({"teiHeader", "text"}, set(), False),
    "teiHeader": ({"fileDesc", "encodingDesc", "profileDesc"}, set(), False),
    "fileDesc": ({"titleStmt", "extent", "publicationStmt", "sourceDesc"}, set(), False),
    "titleStmt": ({"title", "author"}, set(), False),
    "extent": ({"measure"}, set(), True),
    "measure": (set(), {"unit", "quantity"}, True),
    "publicationStmt": ({"p"}, set(), False),
    "sourceDesc": ({"p", "bibl"}, set(), False),
    "bibl": ({"title", "author", "date", "idno", "note"}, set(), True),
    "encodingDesc": ({"projectDesc", "editorialDecl", "appInfo"}, set(), False),
    "projectDesc": ({"p"}, set(), False),
    "editorialDecl": ({"segmentation", "interpretation"}, set(), False),
    "segmentation": ({"p"}, set(), False),
    "interpretation": ({"p"}, set(), False),
    "appInfo": ({"application"}, set(), False),
    "application": ({"label"}, {"ident", "version"}, False),
    "label": (set(), set(), True),
    "profileDesc": ({"langUsage"}, set(), False),
    "langUsage": ({"language"}, set(), False),
    "language": (set(), {"ident"}, True),
    "title": (set(), set(), True),
    "author": (set(), set(), True),
    "idno": (set(), {"type"}, True),
    "note": (set(), {"type"}, True),
    "list": ({"item"}, set(), False),
    "item": (set(), set(), True),
    "text": ({"front", "body"}, set(), False),
    "front": ({"div"}, set(), False),
    "div": ({"p"}, {"type"}, False),
    "body": ({"p"}, set(), False),
    "p": ({"s", "list"}, set(), True),
    "s": (PHRASES, set(), True),
    "persName": (PHRASES, {"key"}, True),
    "placeName": (PHRASES, {"key"}, True),
    "orgName": (PHRASES, {"key"}, True),
    "name": (PHRASES, {"key", "type"}, True),
    "date": (PHRASES, {"when", "from", "to"}, True),
    "w": ({"w"}, LINGUISTIC, True),
    "pc": (set(), LINGUISTIC, True),
}
# In this order, where they are there.
ORDER = {
    "fileDesc": ["titleStmt", "extent", "publicationStmt", "sourceDesc"],
    "teiHeader": ["fileDesc", "encodingDesc", "profileDesc"],
    "TEI": ["teiHeader", "text"],
    "text": ["front", "body"],
}
# These must hold one at least.
NEEDED = {
    "teiCorpus": {"teiHeader", "TEI"},
    "TEI": {"teiHeader", "text"},
    "teiHeader": {"fileDesc"},
    "fileDesc": {"titleStmt", "publicationStmt", "sourceDesc"},
    "titleStmt": {"title"},
    "text": {"body"},
    "body": {"p"},
}


def wrong(element):
    """What a file has that the Guidelines' rules for its elements do not allow."""
    found = []
    name = element.tag.removeprefix(TEI)
    children, attributes, has_text = ELEMENTS.get(name, (set(), set(), False))
    names = [child.tag.removeprefix(TEI) for child in element]
    found += [] if name in ELEMENTS else [f"element {name}"]
    found += [f"{child} in {name}" for child in names if child not in children]
    found += [f"@{each} of {name}" for each in set(element.attrib) - attributes - GLOBAL]
    found += [f"no {child} in {name}" for child in NEEDED.get(name, set()) - set(names)]
    order = [child for child in ORDER.get(name, []) if child in names]
    found += [] if order == list(dict.fromkeys(names)) or not order else [f"order in {name}"]
    texts = [element.text, *(child.tail for child in element)]
    if not has_text and any((text or "").strip(" \t\r\n") for text in texts):
        found.append(f"text in {name}")
    return found + [each for child in element for each in wrong(child)]


def validated(path):
    """What is wrong with a file; empty where it is valid."""
    root = ElementTree.parse(path).getroot()
    found = wrong(root)
    ids = [element.get(f"{XML}id") for element in root.iter() if element.get(f"{XML}id")]
    found += [] if len(set(ids)) == len(ids) else ["an id twice"]
    return found + (_complaints(path) if SCHEMA else [])


@lru_cache(maxsize=1)
def _schema():
    etree = pytest.importorskip("lxml.etree")
    return etree.RelaxNG(etree.parse(SCHEMA))


def _complaints(path):
    """What the schema of the TEI Consortium says."""
    parser = pytest.importorskip("lxml.etree").XMLParser(resolve_entities=False, no_network=True)
    document = pytest.importorskip("lxml.etree").parse(path, parser)
    return [] if _schema().validate(document) else [str(_schema().error_log)]


def texts_in(path):
    texts = ElementTree.parse(path).getroot().iterfind(f".//{TEI}text")
    return ["".join(text.itertext()) for text in texts]


@pytest.fixture(scope="module")
def seed():
    return pipeline.annotate(corpus.read_texts(ROOT / "seeds"), progress=False)


SECOND = (
    '<s xml:id="d1.s2"><w xml:id="d1.s2.t1" lemma="قال" pos="VERB">قال</w> '
    '<w xml:id="d1.s2.t2" join="right">للرئيس<w norm="ل" lemma="ل" pos="ADP"/>'
    '<w norm="الرئيس" lemma="رئيس" pos="NOUN"/></w>'
    '<pc xml:id="d1.s2.t3" lemma=":" pos="PUNCT">:</pc> '
    '<w xml:id="d1.s2.t4" lemma="نعم" pos="PART" join="right">نعم</w>'
    '<pc xml:id="d1.s2.t5" lemma="!" pos="PUNCT">!</pc></s>'
)


def test_elements_are_those_of_the_guidelines(twelve, tmp_path):
    path = tei.write_tei(twelve, tmp_path / "a.xml")
    assert SECOND in path.read_text(encoding="utf-8")
    assert validated(path) == []


def test_text_in_the_elements_is_the_raw_text(twelve, tmp_path):
    path = tei.write_tei(twelve, tmp_path / "a.xml")
    assert texts_in(path) == twelve.texts["text"].tolist()


def test_seed_is_valid_and_its_text_and_numbers_are_whole(seed, tmp_path):
    path = tei.write_tei(seed, tmp_path / "seed.xml")
    assert validated(path) == []
    assert texts_in(path) == seed.texts["text"].tolist()
    root = ElementTree.parse(path).getroot()
    body = root.find(f".//{TEI}body")
    tokens = [each for each in body.iter() if each.get(f"{XML}id", "").count(".t")]
    assert len(tokens) == len(seed.tokens)
    assert len(list(body.iter(f"{TEI}s"))) == len(seed.sentences)
    persons = body.findall(f".//{TEI}persName")
    expected = seed.entities.loc[seed.entities["type"] == "PER", "name"]
    assert [each.get("key") for each in persons] == expected.tolist()
    hashes = [item.text.split()[-1] for item in root.iter(f"{TEI}item")]
    files = seed.provenance["models"]["files"].values()
    assert sorted(hashes) == sorted(file["sha256"] for file in files)


def test_header_says_what_is_known_about_a_text(twelve, tmp_path):
    texts = twelve.texts.assign(title="عنوان & <خبر>", author="كاتب", source="وكالة", path="/x/y")
    path = tei.write_tei(replace(twelve, texts=texts), tmp_path / "a.xml", title="أخبار")
    assert validated(path) == []
    root = ElementTree.parse(path).getroot()
    bibl = root.findall(f".//{TEI}bibl")[1]
    assert {child.tag.removeprefix(TEI): child.text for child in bibl} == {
        "title": "عنوان & <خبر>",
        "author": "كاتب",
        "date": "2025-11-16",
        "idno": "b",
        "note": "وكالة",
    }
    assert bibl.find(f"{TEI}date").get("when") == "2025-11-16"
    assert root.find(f"{TEI}teiHeader//{TEI}title").text == "أخبار"
    assert "/x/y" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("value", ["2025-02-30", "أمس", "0000", "2025-13", "1446-12-30 هـ", ""])
def test_date_that_is_none_has_no_when(value, twelve, tmp_path):
    texts = twelve.texts.assign(date=value)
    path = tei.write_tei(replace(twelve, texts=texts), tmp_path / "a.xml")
    assert "when=" not in path.read_text(encoding="utf-8")
    assert validated(path) == []


def test_dates_have_their_days(twelve, tmp_path):
    rows = [("a", 1, "وصل", 0, 3, "2025-01-01", "2025-12-31", "year"),
            ("a", 1, "وزير", 4, 8, "2025-11-16", "2025-11-16", "day"),
            ("a", 1, "الدفاع", 9, 15, None, None, "vague")]  # fmt: skip
    names = ["doc", "sent", "text", "start", "end", "first", "last", "precision"]
    made = replace(twelve, dates=pd.DataFrame(rows, columns=names))
    path = tei.write_tei(made, tmp_path / "a.xml")
    body = ElementTree.parse(path).getroot().find(f".//{TEI}body")
    assert [date.attrib for date in body.iter(f"{TEI}date")] == [
        {"from": "2025-01-01", "to": "2025-12-31"},
        {"when": "2025-11-16"},
        {},
    ]
    assert validated(path) == []


def test_names_in_names_are_nested(twelve, tmp_path):
    rows = [("a", 1, 1, "-", "PER", "داخل", 4, 8), ("a", 1, 2, "-", "ORG", "خارج", 4, 15),
            ("a", 1, 3, "-", "VEHICLE X", "قاطع", 9, 19)]  # fmt: skip
    names = ["doc", "sent", "entity", "text", "type", "name", "start", "end"]
    made = replace(twelve, entities=pd.DataFrame(rows, columns=names))
    with pytest.warns(UserWarning, match=r"^write_tei: 1 names and dates that cross others"):
        path = tei.write_tei(made, tmp_path / "a.xml")
    body = ElementTree.parse(path).getroot().find(f".//{TEI}body")
    outer = body.find(f".//{TEI}orgName")
    assert "".join(outer.itertext()) == "وزير الدفاع"
    assert "".join(outer.find(f"{TEI}persName").itertext()) == "وزير"
    assert validated(path) == []


@settings(max_examples=30)
@given(odd_corpora.corpora())
def test_odd_corpora_are_valid_and_their_text_is_whole(tmp_path_factory, made):
    path = tmp_path_factory.mktemp("odd") / "odd.xml"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tei.write_tei(made, path)
    assert validated(path) == []
    assert texts_in(path) == [ILLEGAL.sub("\ufffd", text) for text in made.texts["text"]]


def test_characters_that_xml_lacks_are_counted(twelve, tmp_path):
    texts = twelve.texts.assign(text=twelve.texts["text"].str.replace(" ", "\x00"))
    spaces = twelve.texts["text"].str.count(" ").sum()
    expected = rf"^write_tei: {spaces} characters that XML does not have were replaced by U\+FFFD"
    with pytest.warns(UserWarning, match=expected):
        path = tei.write_tei(replace(twelve, texts=texts), tmp_path / "a.xml")
    assert texts_in(path) == texts["text"].str.replace("\x00", "\ufffd").tolist()


def test_text_that_is_not_annotated_is_written_as_it_is(twelve, tmp_path):
    texts = pd.concat(
        [twelve.texts, pd.DataFrame({"doc": ["e", "f"], "text": ["نص\r\nثان", None]})]
    )
    path = tei.write_tei(replace(twelve, texts=texts), tmp_path / "a.xml")
    assert texts_in(path)[2:] == ["نص\r\nثان", ""]
    assert validated(path) == []


def test_corrections_by_hand_are_named(twelve, tmp_path):
    given = [{"file": "names.csv", "sha256": "0" * 64, "rows": 3, "unmatched": []}]
    made = replace(twelve, provenance={"models": {"name": "news"}, "corrections": given})
    path = tei.write_tei(made, tmp_path / "a.xml")
    item = ElementTree.parse(path).getroot().find(f".//{TEI}projectDesc//{TEI}item")
    assert item.text == f"file names.csv, sha256 {'0' * 64}, rows 3, unmatched []"
    assert validated(path) == []


def test_no_entity_and_no_address_is_defined_in_a_file(seed, tmp_path):
    lines = tei.write_tei(seed, tmp_path / "a.xml").read_text(encoding="utf-8")
    assert "<!" not in lines
    assert lines.count("<?") == 1
    assert "xi:" not in lines


def test_corpus_without_texts_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"^write_tei: the corpus has no texts"):
        tei.write_tei(Corpus(), tmp_path / "a.xml")
    assert list(tmp_path.iterdir()) == []
