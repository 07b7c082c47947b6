"""Corrections of mentions: files, and what becomes of a corpus. Expected values: by hand."""

import csv
import dataclasses
import io

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit import corrections
from toolkit.annotating.bioes import spans
from toolkit.corpus import Corpus
from toolkit.keeping.storage import hash_file
from toolkit.tables import typed_table

TEXTS = {"a": "زار بشار الأسد دمشق اليوم. قال الأسد نعم", "b": "سوريا\nبعيدة"}
# زار 0-3 بشار 4-8 الأسد 9-14 دمشق 15-19 اليوم 20-25 . 25-26 قال 27-30 الأسد 31-36 نعم 37-40
TOKENS = [
    ("a", 1, "زار", 0, "O"),
    ("a", 1, "بشار", 4, "O"),
    ("a", 1, "الأسد", 9, "S-PER"),
    ("a", 1, "دمشق", 15, "S-PER"),
    ("a", 1, "اليوم", 20, "S-ORG"),
    ("a", 1, ".", 25, "O"),
    ("a", 2, "قال", 27, "O"),
    ("a", 2, "الأسد", 31, "O"),
    ("a", 2, "نعم", 37, "O"),
    ("b", 1, "سوريا", 0, "S-LOC"),
    ("b", 2, "بعيدة", 6, "O"),
]
ENTITIES = [
    ("a", 1, 1, "الأسد", "PER", "الأسد", 9, 14),
    ("a", 1, 2, "دمشق", "PER", "دمشق", 15, 19),
    ("a", 1, 3, "اليوم", "ORG", "اليوم", 20, 25),
    ("b", 1, 1, "سوريا", "LOC", "سوريا", 0, 5),
]
SENTENCES = [("a", 1, 0, 26), ("a", 2, 27, 40), ("b", 1, 0, 5), ("b", 2, 6, 11)]


def columns(names, rows):
    return dict(zip(names.split(), zip(*rows, strict=True), strict=True))


@pytest.fixture
def annotated():
    docs, sents, forms, starts, tags = zip(*TOKENS, strict=True)
    ends = [start + len(form) for start, form in zip(starts, forms, strict=True)]
    kinds = ["punctuation" if form == "." else "word" for form in forms]
    return Corpus(
        texts=typed_table("texts", {"doc": list(TEXTS), "text": list(TEXTS.values())}),
        sentences=typed_table("sentences", columns("doc sent start end", SENTENCES)),
        tokens=typed_table(
            "tokens",
            {"doc": docs, "sent": sents, "token": range(1, 12), "form": forms, "norm": forms}
            | {"kind": kinds, "start": starts, "end": ends, "ner": tags},
        ),
        entities=typed_table(
            "entities", columns("doc sent entity text type name start end", ENTITIES)
        ),
        provenance={"models": {"name": "by hand"}},
    )


HEADER = "doc,start,end,text,type,name,action,value,note\n"
FILE = HEADER + (
    "a,9,14,الأسد,PER,الأسد,span,بشار الأسد,اسم كامل\n"
    "a,15,19,دمشق,PER,دمشق,retype,LOC,\n"
    "a,20,25,اليوم,ORG,اليوم,delete,,\n"
    "a,31,36,الأسد,,بشار الأسد,add,PER,\n"
    ",,,,LOC,سوريا,rename,سورية,\n"
    "b,0,5,سوريا,LOC,سوريا,,,\n"
)
CORRECTED = [
    ("a", 1, 1, "بشار الأسد", "PER", "بشار الأسد", 4, 14),
    ("a", 1, 2, "دمشق", "LOC", "دمشق", 15, 19),
    ("a", 2, 3, "الأسد", "PER", "بشار الأسد", 31, 36),
    ("b", 1, 1, "سوريا", "LOC", "سورية", 0, 5),
]


def written(folder, content, name="corrections.csv", encoding="utf-8"):
    path = folder / name
    path.write_bytes(content.encode(encoding))
    return path


def rows(table):
    return [tuple(row) for row in table.astype("object").to_numpy().tolist()]


def equal(one, other):
    for field in dataclasses.fields(Corpus):
        left, right = getattr(one, field.name), getattr(other, field.name)
        if isinstance(left, pd.DataFrame):
            pd.testing.assert_frame_equal(left, right)
        else:
            assert left == right
    return True


# --- apply ------------------------------------------------------------------------------------


def test_every_action_does_what_it_says(tmp_path, annotated):
    path = written(tmp_path, FILE)
    before = {name: getattr(annotated, name).copy() for name in ("entities", "tokens")}
    found = corrections.apply(annotated, corrections.read(path))
    assert rows(found.entities) == CORRECTED
    assert found.entities.dtypes.astype("str").equals(annotated.entities.dtypes.astype("str"))
    tags = found.tokens["ner"].tolist()
    assert tags == ["O", "B-PER", "E-PER", "S-LOC", "O", "O", "O", "S-PER", "O", "S-LOC", "O"]
    assert found.tokens.drop(columns="ner").equals(annotated.tokens.drop(columns="ner"))
    for name, table in before.items():
        pd.testing.assert_frame_equal(getattr(annotated, name), table)
    assert found.provenance["models"] == {"name": "by hand"}
    (entry,) = found.provenance["corrections"]
    assert entry.pop("rows_sha256")
    assert entry.pop("entities_sha256")
    assert entry == {
        "file": "corrections.csv",
        "sha256": hash_file(path),
        "rows": 5,
        "applied": {"add": 1, "delete": 1, "rename": 1, "retype": 1, "span": 1},
        "mentions": {"add": 1, "delete": 1, "rename": 1, "retype": 1, "span": 1},
        "already": 0,
        "outweighed": [],
        "unmatched": [],
    }


def test_applying_twice_changes_nothing_more(tmp_path, annotated):
    table = corrections.read(written(tmp_path, FILE))
    once = corrections.apply(annotated, table)
    assert equal(corrections.apply(once, table), once)


def test_corrected_corpus_is_saved_and_loaded(tmp_path, annotated):
    table = corrections.read(written(tmp_path, FILE))
    once = corrections.apply(annotated, table)
    loaded = Corpus.load(once.save(tmp_path / "corpus"))
    assert equal(loaded, once)
    assert equal(corrections.apply(loaded, table), once)


def test_a_name_that_is_given_outlives_a_new_span(tmp_path, annotated):
    """A row on all mentions of a name is less specific than one on a place, but no less heard."""
    rows = [",,,,PER,الأسد,rename,الرئيس السابق,", "a,9,14,الأسد,PER,الأسد,span,بشار الأسد,"]
    for some in (rows, rows[::-1]):
        table = corrections.read(written(tmp_path, HEADER + "\n".join(some) + "\n"))
        found = corrections.apply(annotated, table).entities
        assert found["text"].iloc[0] == "بشار الأسد"
        assert found["name"].iloc[0] == "الرئيس السابق"


@pytest.mark.parametrize("seed", range(3))
def test_order_of_the_rows_does_not_matter(tmp_path, annotated, seed):
    table = corrections.read(written(tmp_path, FILE))
    mixed = table.sample(frac=1, random_state=seed)
    one, other = (corrections.apply(annotated, each) for each in (table, mixed))
    pd.testing.assert_frame_equal(one.entities, other.entities)
    assert [each.provenance["corrections"][0]["rows_sha256"] for each in (one, other)].count(
        one.provenance["corrections"][0]["rows_sha256"]
    ) == 2


def test_table_that_is_no_longer_its_file_does_not_claim_its_hash(tmp_path, annotated):
    table = corrections.read(written(tmp_path, FILE))
    (entry,) = corrections.apply(annotated, table.head(2)).provenance["corrections"]
    assert (entry["file"], entry["sha256"], entry["rows"]) == (None, None, 2)


def at(start, end, doc="a"):
    return {"doc": doc, "start": start, "end": end}


def act(annotated, unmatched="error", **cells):
    table = pd.DataFrame({name: [cell] for name, cell in cells.items()})
    return corrections.apply(annotated, table, unmatched=unmatched)


def test_name_means_all_its_mentions_in_any_spelling(annotated):
    one = act(annotated, action="add", doc="a", start=31, end=36, value="PER")
    both = act(one, name="الاسد", action="rename", value="بشار الأسد")
    assert both.entities["name"].tolist() == ["بشار الأسد", "دمشق", "اليوم", "بشار الأسد", "سوريا"]
    assert both.provenance["corrections"][1]["mentions"] == {"rename": 2}
    gone = act(one, text="الأسد", doc="a", action="delete")
    assert gone.entities["text"].tolist() == ["دمشق", "اليوم", "سوريا"]
    assert gone.entities["entity"].tolist() == [1, 2, 1]


def test_place_decides_against_a_name(annotated):
    table = pd.DataFrame(
        {
            "doc": [None, "a"],
            "start": [None, 9],
            "end": [None, 14],
            "name": ["الأسد", None],
            "action": ["retype", "retype"],
            "value": ["LOC", "MISC"],
        }
    )
    for each in (table, table.iloc[::-1]):
        assert corrections.apply(annotated, each).entities["type"].tolist()[0] == "MISC"


def test_span_is_given_by_letters_or_by_offsets(annotated):
    place = {"action": "span", **at(9, 14)}
    for value in ("بشار الأسد", "بشار  الأسد", "4..14"):
        found = act(annotated, **place, value=value).entities
        assert rows(found)[0][3:] == ("بشار الأسد", "PER", "بشار الأسد", 4, 14)
    shorter = act(annotated, **place, value="أسد").entities
    assert rows(shorter)[0][6:] == (11, 14)
    # by its letters the mention is known, and its old place with it
    by_text = act(annotated, action="span", doc="a", text="الأسد", value="بشار الأسد").entities
    assert rows(by_text)[0][6:] == (4, 14)


def test_added_mention_stands_at_its_place_or_at_the_only_place_of_its_text(annotated):
    found = act(annotated, action="add", doc="b", text="بعيدة", value="MISC", name="النائية")
    assert rows(found.entities)[-1] == ("b", 2, 2, "بعيدة", "MISC", "النائية", 6, 11)
    assert found.tokens["ner"].tolist()[-1] == "S-MISC"
    again = act(found, action="add", doc="b", text="بعيدة", value="MISC")
    assert rows(again.entities) == rows(found.entities)
    assert again.provenance["corrections"][1]["already"] == 1


def with_header(annotated):
    """The corpus, of whose first document the first two words are the header."""
    texts = annotated.texts.assign(body_start=[9, 0])
    return dataclasses.replace(annotated, texts=texts)


@pytest.mark.parametrize(
    "cells",
    [
        {"action": "add", **at(0, 3), "value": "PER"},
        {"action": "add", **at(4, 14), "value": "PER"},
        {"action": "span", **at(9, 14), "value": "4..14"},
        {"action": "span", **at(9, 14), "value": "بشار الأسد"},
    ],
)
def test_no_mention_is_put_into_the_header(annotated, cells):
    message = "is no place of a name in the text, whose header ends at 9; give a place behind it"
    with pytest.raises(ValueError, match=message):
        act(with_header(annotated), **cells)


def test_only_place_of_a_text_is_looked_for_behind_the_header(annotated):
    texts = annotated.texts.assign(body_start=[10, 0])
    corpus = dataclasses.replace(annotated, texts=texts, entities=annotated.entities.iloc[1:])
    found = act(corpus, action="add", doc="a", text="الأسد", value="PER").entities
    assert rows(found)[-2] == ("a", 2, 3, "الأسد", "PER", "الأسد", 31, 36)


def test_name_that_is_wrapped_at_the_margin_is_added(annotated):
    line = "قالت الحكومة إنها لن ترسل الوفد إلى المؤتمر"
    ends = ["في مدينة نيو", "يورك كل العام", "في كل الفصول", "في كل العواصم"]
    text = "\n".join(f"{line} {end}" if end[0] == "ف" else f"{end} {line}" for end in ends)
    start = text.index("نيو")
    texts = typed_table("texts", {"doc": ["w"], "text": [text]})
    corpus = dataclasses.replace(annotated, texts=texts, entities=annotated.entities.iloc[:0])
    place = {"doc": "w", "start": start, "end": start + 8, "action": "add", "value": "LOC"}
    assert act(corpus, **place).entities["text"].tolist() == ["نيو\nيورك"]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"action": "delete", "doc": "c", "start": 0, "end": 4}, "no document 'c'"),
        (
            {"action": "delete", **at(0, 3)},
            r"no mention at \[0:3\] of doc 'a'",
        ),
        ({"action": "delete", "name": "لبنان"}, "no mention with the name 'لبنان'"),
        ({"action": "delete", "name": "دمشق", "type": "LOC"}, "'دمشق' of type LOC"),
        ({"action": "delete", "text": "دمشق", "doc": "b"}, "the text 'دمشق' in doc 'b'"),
        (
            {
                "action": "retype",
                "doc": "a",
                "start": 9,
                "end": 14,
                "text": "لبنان",
                "value": "LOC",
            },
            "the text there is 'الأسد', not 'لبنان'",
        ),
        (
            {"action": "add", "doc": "a", "text": "الأسد", "value": "PER"},
            "stands 2 times in",
        ),
        ({"action": "add", "doc": "a", "text": "لبنان", "value": "PER"}, "stands 0 times"),
        (
            {"action": "add", **at(3, 8), "value": "PER"},
            "is no place of a name",
        ),
        (
            {"action": "add", **at(6, 99, "b"), "value": "PER"},
            "is no place of a name",
        ),
        (
            {"action": "add", **at(9, 14), "value": "LOC"},
            "a mention of type PER stands there; retype it",
        ),
        (
            {"action": "span", **at(9, 14), "value": "دمشق"},
            r"'دمشق' does not overlap the mention at \[9:14\]",
        ),
        (
            {"action": "span", **at(9, 14), "value": "12..99"},
            "is no place of a name in the text, which ends at 40",
        ),
        (
            {"action": "span", **at(9, 14), "value": "8..14"},
            "white space stands at its edge",
        ),
        (
            {"action": "span", **at(0, 5, "b"), "value": "0..11"},
            "a line ends in it",
        ),
        (
            {"action": "add", **at(0, 11, "b"), "value": "LOC"},
            r"\[0:11\] is no place of a name in the text, for a line ends in it; give",
        ),
        (
            {"action": "add", "doc": "b", "text": "سوريا بعيدة", "value": "LOC"},
            "a line ends in it",
        ),
        (
            {"action": "span", **at(27, 30), "value": "قال "},
            r"no mention at \[27",
        ),
    ],
)
def test_what_finds_nothing_is_an_error_or_a_warning_with_the_list(annotated, cells, reason):
    message = rf"^apply: 1 correction finds nothing to correct \(line 1: .*{reason}.*\)"
    with pytest.raises(ValueError, match=message):
        act(annotated, **cells)
    with pytest.warns(UserWarning, match=message):
        found = act(annotated, unmatched="warn", **cells)
    pd.testing.assert_frame_equal(found.entities, annotated.entities)
    pd.testing.assert_frame_equal(found.tokens, annotated.tokens)
    (row,) = found.problems.to_numpy().tolist()
    assert row[:3] == [cells.get("doc", ""), "correct", "nothing to correct"]
    assert found.provenance["corrections"][0]["unmatched"] == [1]
    # and again: the same corpus, without a second row
    table = pd.DataFrame({name: [cell] for name, cell in cells.items()})
    assert equal(corrections.apply(found, table), found)


def test_mention_that_is_gone_already_was_named_rightly_if_its_letters_stand_there(annotated):
    cells = {"action": "delete", **at(0, 3), "text": "زار"}
    found = act(annotated, **cells)
    assert found.provenance["corrections"][0]["already"] == 1


def test_mentions_never_overlap(annotated):
    message = (
        r"^apply: 'الأسد دمشق' \[9:19\] of doc 'a' would overlap 'الأسد' \[9:14\]|^apply: 'الأسد'"
    )
    with pytest.raises(ValueError, match=message):
        act(annotated, action="add", doc="a", start=9, end=19, value="PER")
    with pytest.raises(ValueError, match=r"would overlap 'الأسد دمشق' \[9:19\]"):
        act(annotated, action="span", doc="a", start=9, end=14, value="الأسد دمشق")
    table = pd.DataFrame(
        {
            "doc": "a",
            "start": [9, 15],
            "end": [14, 19],
            "action": ["span", "delete"],
            "value": ["الأسد دمشق", None],
        }
    )
    assert corrections.apply(annotated, table).entities["text"].tolist()[0] == "الأسد دمشق"


def test_tokens_that_were_not_looked_at_stay_missing(annotated):
    blank = dataclasses.replace(
        annotated, tokens=annotated.tokens.assign(ner=pd.Categorical([None] * 11))
    )
    found = act(blank, action="retype", doc="a", start=15, end=19, value="LOC")
    assert found.tokens["ner"].notna().sum() == 3  # the three mentions of the document
    assert found.tokens["ner"].tolist()[3] == "S-LOC"


def test_further_columns_of_the_mentions_are_kept(annotated):
    titled = annotated.entities.assign(title=pd.array(["الرئيس", None, None, None], dtype="str"))
    corpus = dataclasses.replace(annotated, entities=titled)
    found = act(corpus, action="add", doc="a", start=31, end=36, value="PER").entities
    assert found["title"].fillna("-").tolist() == ["الرئيس", "-", "-", "-", "-"]
    assert found["title"].dtype == "str"


def test_corpus_without_sentences_and_tokens_can_be_corrected(annotated):
    bare = Corpus(texts=annotated.texts, entities=annotated.entities)
    found = act(bare, action="add", doc="a", start=31, end=36, value="PER")
    assert rows(found.entities)[3][:4] == ("a", 2, 4, "الأسد")


def test_tags_of_a_corpus_that_was_annotated_are_those_of_its_mentions(twelve):
    """The rule that gives tags to tokens gives those that the fixture was typed with."""
    found = act(twelve, action="retype", name="دمشق", value="ORG")
    back = act(found, action="retype", name="دمشق", value="LOC")
    assert back.tokens["ner"].tolist() == twelve.tokens["ner"].tolist()
    pd.testing.assert_frame_equal(back.entities, twelve.entities)


ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(range(4)),
        st.sampled_from(["delete", "retype", "rename", ""]),
        st.sampled_from(["PER", "LOC", "ORG"]),
    ),
    max_size=4,
    unique_by=lambda each: each[0],
)


@given(ACTIONS)
@settings(max_examples=40)
def test_drafted_file_with_some_actions_is_applied_once_and_for_all(tmp_path_factory, actions):
    folder = tmp_path_factory.mktemp("draft")
    entities = typed_table(
        "entities", columns("doc sent entity text type name start end", ENTITIES)
    )
    texts = typed_table("texts", {"doc": list(TEXTS), "text": list(TEXTS.values())})
    corpus = Corpus(texts=texts, entities=entities)
    path = corrections.draft(entities, folder / "draft.csv", texts=texts)
    lines = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    for place, action, kind in actions:
        lines[place] |= {"action": action, "value": kind if action.startswith("re") else ""}
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(lines[0]))
        writer.writeheader()
        writer.writerows(lines)
    table = corrections.read(path)
    assert len(table) == sum(bool(action) for _, action, _ in actions)
    found = corrections.apply(corpus, table)
    expected = {place: row[4:6] for place, row in enumerate(ENTITIES)}
    for place, action, kind in actions:
        if action == "delete":
            del expected[place]
        elif action:
            old = expected[place]
            expected[place] = (kind, old[1]) if action == "retype" else (old[0], kind)
    assert [row[4:6] for row in rows(found.entities)] == list(expected.values())
    assert equal(corrections.apply(found, table), found)


# --- rows that want different things ----------------------------------------------------------

ROW = dict.fromkeys(["doc", "start", "end", "text", "type", "name", "value"])


def apply_rows(corpus, *some):
    return corrections.apply(corpus, pd.DataFrame([ROW | row for row in some]))


NAME_GOES = {"name": "دمشق", "action": "delete"}
HERE = {"doc": "a", "start": 15, "end": 19}


@pytest.mark.parametrize(
    ("at_the_place", "left"),
    [
        ({"action": "retype", "value": "LOC"}, ("LOC", "دمشق", 15, 19)),
        ({"action": "rename", "value": "الشام"}, ("PER", "الشام", 15, 19)),
        ({"action": "span", "value": "مشق"}, ("PER", "مشق", 16, 19)),
        ({"action": "add", "value": "PER"}, ("PER", "دمشق", 15, 19)),
    ],
)
def test_mention_that_is_corrected_at_its_place_outlives_the_deletion_of_its_name(
    annotated, at_the_place, left
):
    both = [NAME_GOES, HERE | at_the_place]
    for some in (both, both[::-1]):
        found = apply_rows(annotated, *some)
        assert rows(found.entities)[1][4:] == left
        assert len(found.entities) == 4
        (entry,) = found.provenance["corrections"]
        assert entry["outweighed"] == [1 + some.index(NAME_GOES)]
        assert "delete" not in entry["applied"] | entry["mentions"]


def test_mention_that_is_deleted_at_its_place_is_not_renamed_by_its_name(annotated):
    found = apply_rows(
        annotated,
        {"name": "دمشق", "action": "rename", "value": "الشام"},
        HERE | {"action": "delete"},
    )
    assert found.entities["text"].tolist() == ["الأسد", "اليوم", "سوريا"]
    (entry,) = found.provenance["corrections"]
    assert entry["mentions"] == {"delete": 1}
    assert entry["outweighed"] == [1]


def test_deletion_that_is_outweighed_leaves_the_less_specific_rows_as_they_are(annotated):
    found = apply_rows(
        annotated,
        {"name": "دمشق", "action": "rename", "value": "الشام"},
        {"name": "دمشق", "doc": "a", "action": "delete"},
        HERE | {"action": "retype", "value": "LOC"},
    )
    assert rows(found.entities)[1][4:6] == ("LOC", "الشام")


def test_what_a_more_specific_row_undoes_is_not_counted(annotated):
    """سوريا stays as it is by its place; of دمشق and سوريا one is renamed."""
    found = apply_rows(
        annotated,
        {"type": "LOC", "name": "سوريا", "action": "rename", "value": "سورية"},
        {"doc": "b", "start": 0, "end": 5, "action": "rename", "value": "سوريا"},
        {"name": "دمشق", "action": "rename", "value": "الشام"},
    )
    assert found.entities["name"].tolist() == ["الأسد", "الشام", "اليوم", "سوريا"]
    (entry,) = found.provenance["corrections"]
    assert entry["applied"] == {"rename": 1}
    assert entry["mentions"] == {"rename": 1}
    assert (entry["already"], entry["outweighed"]) == (1, [1])


def test_row_of_several_mentions_counts_those_that_it_changed(annotated):
    one = act(annotated, action="add", doc="a", start=31, end=36, value="PER")
    found = apply_rows(
        one,
        {"name": "الأسد", "action": "retype", "value": "MISC"},
        {"doc": "a", "start": 9, "end": 14, "action": "retype", "value": "PER"},
    )
    assert found.entities["type"].tolist() == ["PER", "PER", "ORG", "MISC", "LOC"]
    entry = found.provenance["corrections"][1]
    assert entry["mentions"] == {"retype": 1}
    assert entry["outweighed"] == []


BY_NAME, BY_TEXT = {"name": "دمشق"}, {"text": "دمشق"}
RETYPE, RENAME = {"action": "retype", "value": "LOC"}, {"action": "rename", "value": "الشام"}
DELETE = {"action": "delete"}
LINES = r"line 1 \(.*\) and line 2 \(.*\) contradict each other; keep one of them"
ELSE = ", or fill in doc, start and end in the one that is to decide"


@pytest.mark.parametrize(
    ("one", "other", "message"),
    [
        (BY_NAME | DELETE, BY_TEXT | RETYPE, LINES + ELSE),
        (BY_NAME | DELETE, BY_TEXT | RENAME, LINES + ELSE),
        (BY_NAME | RETYPE, BY_TEXT | {"action": "retype", "value": "ORG"}, LINES + ELSE),
        (BY_NAME | RENAME, BY_TEXT | {"action": "rename", "value": "جلق"}, LINES + ELSE),
        (
            BY_NAME | {"doc": "a"} | RETYPE,
            BY_NAME | {"type": "PER", "action": "retype", "value": "ORG"},
            LINES + ELSE,
        ),
        (BY_NAME | {"doc": "a"} | DELETE, BY_TEXT | {"type": "PER"} | RENAME, LINES + ELSE),
        (HERE | DELETE, HERE | {"text": "دمشق"} | RETYPE, LINES),
        (HERE | DELETE, HERE | {"type": "PER", "action": "span", "value": "مشق"}, LINES),
        (
            HERE | {"action": "span", "value": "مشق"},
            HERE | {"text": "دمشق", "action": "span", "value": "15..18"},
            LINES,
        ),
        (HERE | {"action": "add", "value": "PER"}, HERE | DELETE, LINES),
    ],
)
def test_rows_of_one_rank_that_contradict_each_other_are_refused(annotated, one, other, message):
    message = rf"^apply: 'دمشق' \[15:19\] of doc 'a': {message}\.$"
    for some in ([one, other], [other, one]):
        with pytest.raises(ValueError, match=message):
            apply_rows(annotated, *some)


def test_rows_on_the_same_words_are_compared_when_they_are_read(tmp_path):
    for row, other in (
        ("a,9,14,,,,delete,,", "a,9,14,,,,retype,LOC,"),
        (",,,,,دمشق,rename,الشام,", ",,,,,دمشق,delete,,"),
    ):
        path = written(tmp_path, f"{HEADER}{row}\n{other}\n")
        with pytest.raises(ValueError, match=r"^read: .*: lines 2 and 3 disagree; keep one"):
            corrections.read(path)


def test_two_mentions_that_are_added_at_one_place_are_one_or_are_refused(annotated):
    place = {"doc": "a", "start": 31, "end": 36, "action": "add"}
    words = {"doc": "b", "text": "بعيدة", "action": "add", "value": "LOC"}
    found = apply_rows(
        annotated,
        place | {"value": "PER"},
        place | {"value": "PER", "text": "الأسد", "name": "بشار الأسد"},
        words,
        words | {"start": 6, "end": 11},
    )
    assert rows(found.entities)[3][3:6] == ("الأسد", "PER", "بشار الأسد")
    assert len(found.entities) == 6
    assert found.provenance["corrections"][0]["mentions"] == {"add": 2}
    for more in ({"value": "ORG"}, {"value": "PER", "name": "حافظ الأسد"}):
        with pytest.raises(ValueError, match=r"^apply: 'الأسد' \[31:36\].* contradict each other"):
            apply_rows(
                annotated,
                place | {"value": "PER", "name": "بشار الأسد"},
                place | {"text": "الأسد"} | more,
            )


def test_two_rows_that_want_the_same_are_one_change(annotated):
    found = apply_rows(annotated, BY_NAME | RETYPE, BY_TEXT | RETYPE, HERE | RETYPE)
    (entry,) = found.provenance["corrections"]
    assert entry["applied"] == {"retype": 3}
    assert entry["mentions"] == {"retype": 1}


def test_name_and_text_mean_the_mentions_that_have_both(annotated):
    one = act(annotated, action="add", doc="a", start=31, end=36, value="PER", name="بشار الأسد")
    two = act(one, action="span", doc="a", start=9, end=14, value="بشار الأسد")
    assert two.entities["name"].tolist()[0] == two.entities["name"].tolist()[3] == "بشار الأسد"
    found = act(two, name="بشار الأسد", text="الأسد", action="delete")
    assert found.entities["text"].tolist() == ["بشار الأسد", "دمشق", "اليوم", "سوريا"]


def test_type_that_differs_by_case_alone_is_refused(annotated):
    for action in ("retype", "add"):
        with pytest.raises(ValueError, match=r"line 1: type 'loc'; the mentions have .*'LOC'\.$"):
            act(annotated, action=action, **HERE, value="loc")
    own = dataclasses.replace(annotated, entities=annotated.entities.assign(type="Loc"))
    with pytest.raises(ValueError, match=r"line 1: type 'LOC'; the mentions have Loc. Write 'Loc'"):
        act(own, action="retype", **HERE, value="LOC")
    assert (
        act(annotated, action="retype", **HERE, value="FAC").entities["type"].tolist()[1] == "FAC"
    )


def test_cells_of_a_table_lose_the_spaces_at_their_ends(annotated):
    found = act(annotated, action="retype", name="\u200fدمشق ", value=" LOC")
    assert found.entities["type"].tolist()[1] == "LOC"


def test_two_mentions_of_one_place_are_told_apart_by_their_types(annotated):
    twin = annotated.entities.iloc[[1]].assign(type="ORG")
    both = pd.concat([annotated.entities, twin]).sort_values(["doc", "start"], kind="stable")
    corpus = dataclasses.replace(annotated, entities=typed_table("entities", dict(both.items())))
    found = act(corpus, action="delete", **HERE, type="ORG")
    assert found.entities["type"].tolist() == ["PER", "PER", "ORG", "LOC"]
    with pytest.raises(ValueError, match="2 mentions stand there, none of type LOC"):
        act(corpus, action="delete", **HERE, type="LOC")
    with pytest.raises(ValueError, match="2 mentions; give type"):
        act(corpus, action="span", **HERE, value="مشق")
    with pytest.raises(ValueError, match=r"'دمشق' \[15:19\] of doc 'a' would be LOC twice"):
        act(corpus, action="retype", **HERE, value="LOC")


def test_corpus_that_was_changed_since_is_corrected_again(annotated):
    table = pd.DataFrame([ROW | BY_NAME | RETYPE])
    once = corrections.apply(annotated, table)
    turned = dataclasses.replace(once, entities=annotated.entities)
    assert corrections.apply(turned, table).entities["type"].tolist()[1] == "LOC"


def test_types_that_change_places_change_them_once(annotated):
    """Matched anew, the second application would change them back."""
    one = act(annotated, action="rename", doc="b", start=0, end=5, value="دمشق")
    table = pd.DataFrame(
        [
            ROW | {"type": "PER", "name": "دمشق", "action": "retype", "value": "LOC"},
            ROW | {"type": "LOC", "name": "دمشق", "action": "retype", "value": "PER"},
        ]
    )
    once = corrections.apply(one, table)
    assert once.entities["type"].tolist() == ["PER", "LOC", "ORG", "PER"]
    assert equal(corrections.apply(once, table), once)


PEOPLE = [
    ("a", 1, 1, "الأسد", "PER", "الأسد", 9, 14),
    ("a", 1, 2, "دمشق", "PER", "دمشق", 15, 19),
    ("a", 2, 3, "الأسد", "LOC", "دمشق", 31, 36),
    ("b", 1, 1, "سوريا", "LOC", "الأسد", 0, 5),
]
CELLS = st.fixed_dictionaries(
    {
        "place": st.sampled_from([None, None, 0, 1, 2, 3]),
        "doc": st.sampled_from([None, "a", "b"]),
        "type": st.sampled_from([None, None, "PER", "LOC"]),
        "name": st.sampled_from([None, "الأسد", "دمشق"]),
        "text": st.sampled_from([None, "الأسد", "سوريا"]),
        "action": st.sampled_from(["delete", "retype", "rename"]),
        "value": st.sampled_from("XYZ"),
    }
)


def means(row, mention):
    doc, _, _, text, kind, name, *_ = mention
    if row["place"] is not None:
        return PEOPLE[row["place"]] == mention
    own = {"doc": doc, "text": text, "type": kind, "name": name}
    return all(row[column] in (None, cell) for column, cell in own.items())


def specific(row):
    if row["place"] is not None:
        return 9
    return sum(row[column] is not None for column in ("doc", "type", "name", "text"))


def say_two_things(one, other):
    """Whether two rows on the same words cannot both be done, whatever a third one says."""
    own = (
        ("place", "name") if one["place"] is not None else ("place", "doc", "type", "name", "text")
    )
    if any(one[column] != other[column] for column in own):
        return False
    if one["action"] == other["action"]:
        return one["action"] != "delete" and one["value"] != other["value"]
    return "delete" in (one["action"], other["action"])


def by_asking_each_row(given):
    """What is left of each mention, row by row; None where rows contradict each other."""
    if any(say_two_things(one, other) for one in given for other in given):
        return None
    left = []
    for mention in PEOPLE:
        about = [row for row in given if means(row, mention)]
        deletions = max([specific(row) for row in about if row["action"] == "delete"], default=-1)
        others = max([specific(row) for row in about if row["action"] != "delete"], default=-1)
        if deletions > others:
            continue
        if deletions == others and about:
            return None
        cells = list(mention)
        for action, column in (("retype", 4), ("rename", 5)):
            rivals = [row for row in about if row["action"] == action]
            best = max(map(specific, rivals), default=-1)
            values = {row["value"] for row in rivals if specific(row) == best}
            if len(values) > 1:
                return None
            cells[column] = values.pop() if values else cells[column]
        left.append((cells[0], *cells[3:]))
    return left


@given(st.lists(CELLS, min_size=1, max_size=4))
@settings(max_examples=100, deadline=None)
def test_what_is_left_is_what_each_mention_would_say_of_the_rows(given_rows):
    given_rows = [
        row for row in given_rows if row["place"] is not None or row["name"] or row["text"]
    ]
    given_rows = [row for row in given_rows if any(means(row, mention) for mention in PEOPLE)]
    table = []
    for row in given_rows:
        cells = ROW | {key: cell for key, cell in row.items() if key != "place"}
        if row["place"] is not None:
            doc, _, _, text, kind, _, start, end = PEOPLE[row["place"]]
            cells |= {"doc": doc, "start": start, "end": end, "text": text, "type": kind}
        table.append(cells | ({"value": None} if row["action"] == "delete" else {}))
    corpus = Corpus(
        texts=typed_table("texts", {"doc": list(TEXTS), "text": list(TEXTS.values())}),
        entities=typed_table(
            "entities", columns("doc sent entity text type name start end", PEOPLE)
        ),
    )
    expected = by_asking_each_row(given_rows)
    frame = pd.DataFrame(table, columns=[*ROW, "action"])
    if expected is None:
        with pytest.raises(ValueError, match=r"contradict each other|disagree"):
            corrections.apply(corpus, frame)
        return
    found = corrections.apply(corpus, frame)
    assert [(row[0], *row[3:]) for row in rows(found.entities)] == expected
    (entry,) = found.provenance["corrections"]
    states = [*entry["applied"].values(), entry["already"], len(entry["outweighed"])]
    assert sum(states) == len(given_rows)
    places = {(row[0], *row[4:]): row for row in expected}
    kept = [(row, places.get((row[0], row[6], row[7]))) for row in PEOPLE]
    changes = {
        "delete": sum(after is None for _, after in kept),
        "rename": sum(after is not None and after[3] != row[5] for row, after in kept),
        "retype": sum(after is not None and after[2] != row[4] for row, after in kept),
    }
    assert entry["mentions"] == {action: number for action, number in changes.items() if number}
    assert equal(corrections.apply(found, frame), found)


# --- files ------------------------------------------------------------------------------------


def test_draft_is_what_a_spreadsheet_can_take(tmp_path, annotated):
    entities = annotated.entities.assign(
        name=["=SUM(A1)", "+963", "-", "@x"], text=["'=a", "\tb", "c,d", 'e"f\ng']
    )
    path = corrections.draft(entities, tmp_path / "draft.csv")
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == 5
    cells = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert cells[0] == HEADER.strip().split(",")
    assert [row[5] for row in cells[1:]] == ["'=SUM(A1)", "'+963", "'-", "'@x"]
    assert [row[3] for row in cells[1:]] == ["''=a", "'\tb", "c,d", 'e"f\ng']
    assert [row[6:] for row in cells[1:]] == [["", "", ""]] * 4
    assert corrections.read(path).empty


@given(st.lists(st.text("=+-@'ابc\t", min_size=1, max_size=4), min_size=1, max_size=4))
@settings(max_examples=60)
def test_cells_come_back_as_they_were(tmp_path_factory, names):
    names = [name.strip() or "x" for name in names]
    table = {"doc": "a", "start": range(len(names)), "end": range(1, len(names) + 1)}
    entities = pd.DataFrame(table | {"text": names, "type": "PER", "name": names})
    path = corrections.draft(entities, tmp_path_factory.mktemp("cells") / "draft.csv")
    path.write_text(path.read_text("utf-8-sig").replace(",,,", ",delete,,"), "utf-8-sig")
    found = corrections.read(path)
    assert found["name"].tolist() == names
    assert found["text"].tolist() == names


def test_draft_by_name_has_a_row_per_name_and_type(tmp_path, annotated):
    entities = pd.concat([annotated.entities, annotated.entities.tail(1)])
    path = corrections.draft(entities, tmp_path / "draft.csv", by="name")
    cells = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
    assert [row[4:6] for row in cells[1:3]] == [["LOC", "سوريا"], ["ORG", "اليوم"]]
    assert all(row[:4] == [""] * 4 for row in cells[1:])
    path.write_text(
        path.read_text("utf-8-sig").replace("ORG,اليوم,,", "ORG,اليوم,delete,"), "utf-8"
    )
    found = corrections.apply(annotated, corrections.read(path))
    assert found.entities["text"].tolist() == ["الأسد", "دمشق", "سوريا"]


def test_draft_shows_what_stands_around_a_mention(tmp_path, annotated):
    path = corrections.draft(
        annotated.entities, tmp_path / "draft.csv", texts=annotated.texts, context=6
    )
    lines = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    assert (lines[0]["before"], lines[0]["after"]) == ("بشار", "دمشق")
    assert (lines[3]["before"], lines[3]["after"]) == ("", "بعيدة")
    with pytest.raises(ValueError, match=r"^draft: no document 'b' in texts"):
        corrections.draft(annotated.entities, path, texts=annotated.texts.head(1))
    with pytest.raises(ValueError, match=r"^draft: by='type' is unknown"):
        corrections.draft(annotated.entities, path, by="type")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_file_of_any_spreadsheet_is_read(tmp_path, delimiter, encoding, end):
    content = FILE.replace(",", delimiter).replace("\n", end)
    found = corrections.read(written(tmp_path, content, encoding=encoding))
    assert found["action"].tolist() == ["span", "retype", "delete", "add", "rename"]
    assert found["line"].tolist() == [2, 3, 4, 5, 6]
    assert found["start"].tolist()[:4] == [9, 15, 20, 31]
    assert found["value"].tolist()[0] == "بشار الأسد"
    assert found[["doc", "start", "text"]].isna().to_numpy().tolist()[4] == [True] * 3


def test_numbers_and_marks_that_spreadsheets_leave_are_understood(tmp_path):
    content = (
        "Doc ,START,end,text,action,value\n"
        "a,9.0,١٤,\u200fالأسد\u200f, Retype ,PER\u200f\n"
        '"x, y",1,2,"two\nlines",delete,\n'
        ",,,,,\n"
    )
    found = corrections.read(written(tmp_path, content))
    assert rows(found[["doc", "start", "end", "text", "action", "value", "line"]].fillna("")) == [
        ("a", 9, 14, "الأسد", "retype", "PER", 2),
        ("x, y", 1, 2, "two\nlines", "delete", "", 3),
    ]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("a,9,14,,,,remove,,", "line 2: action 'remove'; there are delete, retype"),
        ("a,9,14,,,,,PER,", "line 2: action ''"),
        ("a,9,14,,,,retype,,", "line 2: retype needs a value"),
        ("a,9,14,,,,delete,PER,", "line 2: delete has no value, and 'PER' is one"),
        ("a,9,14,,,,retype,PRE,", "line 2: type 'PRE' is none of PER, LOC, ORG, MISC; pass more"),
        ("a,x,14,,,,delete,,", "line 2: start is 'x', not a whole number"),
        ("a,9.5,14,,,,delete,,", "line 2: start is '9.5', not a whole number"),
        ("a,-9,14,,,,delete,,", "line 2: start is '-9', not a whole number"),
        ("a,9,,,,,delete,,", "line 2: start or end alone is no span"),
        ("a,14,9,,,,delete,,", "line 2: 14 to 9 is no span"),
        (",9,14,الأسد,,,delete,,", "line 2: start and end without a doc"),
        ("a,,,,,,delete,,", "line 2: no mention is named"),
        ("a,,,,,دمشق,add,PER,", "line 2: no mention is named"),
        (",,,دمشق,,,add,PER,", "line 2: add needs a doc"),
        ("a,9,14,,,,span,14..9,", "line 2: 14..9 is no span"),
        ("a,9,14,,,,delete,,,,x", "line 2: 11 cells under 9 columns"),
        ("a,9,14,,,,retype,PER,\na,9,14,,,,retype,LOC,", "lines 2 and 3 disagree"),
        (",,,,,س,rename,ص,\n,,,,,ص,rename,ع,", "line 2 gives the name 'ص', which line 3 changes"),
        ('a,9,14,"x,,,delete,,', "line 2: unexpected end of data"),
    ],
)
def test_row_that_does_not_say_what_to_do_is_named(tmp_path, row, message):
    with pytest.raises(ValueError, match=rf"^read: corrections.csv[,:] .*{message}|{message}"):
        corrections.read(written(tmp_path, HEADER + row + "\n"))


def test_file_that_is_none_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"^read: no file "):
        corrections.read(tmp_path / "none.csv")
    for header, message in (
        ("doc,start", "no column 'action' in its first line"),
        ("doc,action,valeu", "unknown column 'valeu' in its first line; columns are doc, start"),
        ("doc,doc,action", "column 'doc' twice"),
    ):
        with pytest.raises(ValueError, match=f"^read: corrections.csv: {message}"):
            corrections.read(written(tmp_path, header + "\n"))
    with pytest.raises(ValueError, match=r"cannot be read: the file holds no text"):
        corrections.read(written(tmp_path, ""))


def test_types_of_ones_own_can_be_given(tmp_path):
    path = written(tmp_path, HEADER + "a,9,14,,,,retype,FAC,\n")
    assert corrections.read(path, types=("PER", "FAC"))["value"].tolist() == ["FAC"]


def test_wrong_calls_are_told_what_to_pass(annotated):
    table = pd.DataFrame({"action": ["delete"], "name": ["دمشق"]})
    with pytest.raises(ValueError, match=r"^apply: unmatched='skip'; pass 'error' or 'warn'"):
        corrections.apply(annotated, table, unmatched="skip")
    with pytest.raises(ValueError, match=r"^apply: corpus is of type DataFrame; pass a Corpus"):
        corrections.apply(annotated.entities, table)
    with pytest.raises(ValueError, match=r"^apply: no column 'action' in the table"):
        corrections.apply(annotated, table.drop(columns="action"))
    with pytest.raises(ValueError, match=r"^apply: unknown column 'freq' in the corrections"):
        corrections.apply(annotated, table.assign(freq=3))
    with pytest.raises(ValueError, match=r"^apply: the corrections, line 1: action 'x'"):
        corrections.apply(annotated, table.assign(action="x"))
    with pytest.raises(ValueError, match=r"^apply: no document 'a' in texts, which has mentions"):
        corrections.apply(dataclasses.replace(annotated, texts=annotated.texts.tail(1)), table)


def test_empty_table_changes_nothing_but_the_provenance(annotated):
    table = pd.DataFrame({"action": pd.Series([], dtype="str")})
    found = corrections.apply(annotated, table)
    pd.testing.assert_frame_equal(found.entities, annotated.entities)
    assert found.provenance["corrections"][0]["rows"] == 0


def test_tags_and_mentions_tell_the_same(tmp_path, annotated):
    found = corrections.apply(annotated, corrections.read(written(tmp_path, FILE)))
    for (_, _), part in found.tokens.groupby(["doc", "sent"], observed=True):
        for first, last, kind in spans(part["ner"]):
            start, end = part["start"].iloc[first], part["end"].iloc[last - 1]
            assert (start, end, kind) in {(*row[6:], row[4]) for row in rows(found.entities)}
