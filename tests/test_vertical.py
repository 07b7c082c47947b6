"""Vertical files: the lines of the format's descriptions, well-formed, and the same counts back.

Expected lines are written by hand after the descriptions of the formats of CWB ("Encoding Corpora:
the CWB Corpus Encoding Tutorial") and Sketch Engine ("Preparing a text corpus"). Well-formedness is
what the parser of the standard library says.
"""

import re
import warnings
from collections import Counter
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import odd_corpora
import pandas as pd
import pytest
from hypothesis import given, settings

from toolkit import corpus, counts, export, pipeline
from toolkit.corpus import Corpus
from toolkit.exporting.xml import ILLEGAL

ROOT = Path(__file__).parent.parent

TOKENS_OF_B = """\
<text id="b" date="2025-11-16">
<p>
<s id="1">
وقالت	وقالت	word	و+قال	CCONJ+VERB	_+_	O
<name type="LOC" key="دمشق">
دمشق	دمشق	word	دمشق	PROPN	_	S-LOC
</name>
3	3	number	3	NUM	_	O
مرات	مرات	word	مرة	NOUN	_	O
<g/>
.	.	punctuation	.	PUNCT	_	O
</s>
</p>
</text>
"""
WORDS_OF_B = """\
<text id="b" date="2025-11-16">
<p>
<s id="1">
و	و	word	و	و	CCONJ	_	وقالت
<g/>
قالت	قالت	word	قال	قال	VERB	_	وقالت
<name type="LOC" key="دمشق">
دمشق	دمشق	word	دمشق	دمشق	PROPN	_	دمشق
</name>
3	3	number	3	3	NUM	_	3
مرات	مرات	word	مرة	مرة	NOUN	_	مرات
<g/>
.	.	punctuation	.	.	PUNCT	_	.
</s>
</p>
</text>
"""


def parsed(path):
    """The elements of a vertical file, as a parser of XML sees them."""
    return ElementTree.fromstring(f"<corpus>{path.read_text(encoding='utf-8')}</corpus>")


@pytest.fixture(scope="module")
def seed():
    return pipeline.annotate(corpus.read_texts(ROOT / "seeds"), progress=False)


@pytest.mark.parametrize(("unit", "lines"), [("tokens", TOKENS_OF_B), ("words", WORDS_OF_B)])
def test_lines_are_those_of_the_formats_descriptions(unit, lines, twelve, tmp_path):
    path = export.write_vrt(twelve, tmp_path / "a.vrt", unit=unit)
    found = path.read_text(encoding="utf-8")
    assert found.endswith(lines)
    assert found.count("<text ") == 2


@pytest.mark.parametrize("unit", ["tokens", "words"])
def test_counts_of_the_file_are_those_of_the_table(unit, seed, tmp_path):
    found = export.read_vrt(export.write_vrt(seed, tmp_path / "a.vrt", unit=unit))
    table = getattr(seed, unit)
    assert len(found) == len(table)
    assert found["norm"].tolist() == table["norm"].tolist()
    assert found["sent"].tolist() == table["sent"].tolist()
    assert found["mention"].max() == len(seed.entities)
    types = found[found["mention"] > 0].groupby("mention")["type"].first()
    assert Counter(types) == Counter(seed.entities["type"])
    again = counts.frequencies(found, by="norm", docs=False)
    pd.testing.assert_frame_equal(again, counts.frequencies(table, by="norm", docs=False))


def test_names_leave_proclitics_outside_where_words_stand_on_the_lines(twelve, tmp_path):
    words, tokens = twelve.words, twelve.tokens
    mention = {"doc": ["a"], "sent": [2], "entity": [2], "text": ["للرئيس"], "type": ["PER"],
               "name": ["الرئيس"], "start": [30], "end": [36]}  # fmt: skip
    made = replace(twelve, entities=pd.DataFrame(mention))
    found = export.read_vrt(export.write_vrt(made, tmp_path / "a.vrt", unit="words"))
    assert found.loc[found["mention"] > 0, "word"].tolist() == ["الرئيس"]
    found = export.read_vrt(export.write_vrt(made, tmp_path / "a.vrt", unit="tokens"))
    assert found.loc[found["mention"] > 0, "word"].tolist() == ["للرئيس"]
    assert words is twelve.words
    assert tokens is twelve.tokens


def test_names_in_names_and_across_names_are_counted(twelve, tmp_path):
    spans = [(0, 15), (4, 8), (9, 19), (20, 29)]  # around, inside, across, over two sentences
    rows = [
        ("a", 1, number, "-", "ORG", "-", start, end)
        for number, (start, end) in enumerate(spans, start=1)
    ]
    names = ["doc", "sent", "entity", "text", "type", "name", "start", "end"]
    made = replace(twelve, entities=pd.DataFrame(rows, columns=names))
    message = (
        r"^write_vrt: 2 names and dates that cross .*; 1 mentions within others were left out\.$"
    )
    with pytest.warns(UserWarning, match=message):
        path = export.write_vrt(made, tmp_path / "a.vrt")
    found = export.read_vrt(path)
    assert found.loc[found["mention"] > 0, "word"].tolist() == ["وصل", "وزير", "الدفاع"]


def test_metadata_have_names_that_both_programs_take(twelve, tmp_path):
    texts = twelve.texts.assign(**{"Section 1": "أ", "قسم": '<&">', "section_1": "ب", "path": "x"})
    path = export.write_vrt(replace(twelve, texts=texts), tmp_path / "a.vrt")
    text = parsed(path)[0]
    assert text.attrib == {
        "id": "a",
        "section_1": "أ",
        "meta___": '<&">',
        "section_1_2": "ب",
    }
    registry = path.with_suffix(".cwb").read_text(encoding="utf-8")
    for name in ("text_id", "text_date", "text_section_1", "text_meta___", "text_section_1_2"):
        assert f"\nSTRUCTURE {name}\n" in registry


def test_registries_name_every_column_and_structure(twelve, tmp_path):
    path = export.write_vrt(twelve, tmp_path / "Akhbar 2.vrt", unit="words")
    cwb = path.with_suffix(".cwb").read_text(encoding="utf-8")
    nosketch = path.with_suffix(".nosketch").read_text(encoding="utf-8")
    columns = ["word", "norm", "kind", "lemma", "lemma_vocalised", "upos", "feats", "surface"]
    assert re.findall(r"^ATTRIBUTE (\w+)", cwb, re.MULTILINE) == columns
    assert re.findall(r"^ATTRIBUTE (\w+)", nosketch, re.MULTILINE) == columns
    assert "\nID akhbar_2\n" in cwb
    assert "-S text:0+id+date -S p:0 -S s:0+id -S name:0+type+key -0 g" in cwb
    assert re.findall(r"^STRUCTURE (\w+)", nosketch, re.MULTILINE) == [
        "text",
        "p",
        "s",
        "name",
        "g",
    ]
    assert 'RIGHTTOLEFT "1"' in nosketch


@settings(max_examples=30)
@given(odd_corpora.corpora())
def test_odd_corpora_are_well_formed_and_have_the_same_counts(tmp_path_factory, made):
    folder = tmp_path_factory.mktemp("odd")
    for unit in ("tokens", "words"):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # names that cross, characters that XML lacks
            path = export.write_vrt(made, folder / f"{unit}.vrt", unit=unit)
        found = export.read_vrt(path)
        assert len(found) == len(getattr(made, unit))
        elements = parsed(path)
        ids = [ILLEGAL.sub("\ufffd", doc) for doc in made.texts["doc"]]
        assert [text.get("id") for text in elements] == ids
        if len(found):
            assert found["sent"].tolist() == getattr(made, unit)["sent"].tolist()
        lines = [line for text in elements.itertext() for line in text.split("\n") if line]
        assert len(lines) == len(found)


def test_characters_that_xml_lacks_are_counted(twelve, tmp_path):
    texts = twelve.texts.assign(title="\x00\x01")
    with pytest.warns(UserWarning, match=r"^write_vrt: 4 characters that XML does not have were"):
        path = export.write_vrt(replace(twelve, texts=texts), tmp_path / "a.vrt")
    assert parsed(path)[0].get("title") == "\ufffd\ufffd"


def test_empty_corpus_makes_an_empty_file(tmp_path):
    path = export.write_vrt(Corpus(), tmp_path / "a.vrt")
    assert path.read_bytes() == b""
    assert len(export.read_vrt(path)) == 0


def test_unknown_unit_is_refused(twelve, tmp_path):
    with pytest.raises(ValueError, match=r"^write_vrt: unit='lemma' is unknown; pass 'tokens' or"):
        export.write_vrt(twelve, tmp_path / "a.vrt", unit="lemma")


def test_columns_are_named_where_no_registry_is_beside_the_file(twelve, tmp_path):
    path = export.write_vrt(twelve, tmp_path / "a.vrt")
    path.with_suffix(".nosketch").unlink()
    with pytest.raises(FileNotFoundError, match=r"no registry 'a\.nosketch' beside 'a\.vrt'"):
        export.read_vrt(path)
    names = ["word", "norm", "kind", "lemma", "upos", "feats", "ner"]
    assert len(export.read_vrt(path, attributes=names)) == len(twelve.tokens)


@pytest.mark.parametrize("line", ["<s id=1>", "a\tb", "<S>"])
def test_line_that_is_neither_tag_nor_columns_is_refused(line, tmp_path):
    path = tmp_path / "a.vrt"
    path.write_text(f"<s>\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"^read_vrt: a\.vrt, line 2: neither a tag nor 1 columns"):
        export.read_vrt(path, attributes=["word"])


def test_missing_file_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"^read_vrt: no file '.*none\.vrt'"):
        export.read_vrt(tmp_path / "none.vrt")
