"""Files annotated with names. Expected values: by hand, from the text of each small file."""

import json
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit import corpus
from toolkit.annotations import read_entities, sentence_starts
from toolkit.gold.columns import tag_of
from toolkit.tables import SCHEMA

BIO = "زار O\nبشار B-PER\nالأسد I-PER\nدمشق B-LOC\n\nقال O\nالأسد B-PER\n"
BIOES = BIO.replace("الأسد I-PER", "الأسد E-PER").replace("دمشق B", "دمشق S")
BIOES = BIOES.replace("\nالأسد B-PER", "\nالأسد S-PER")
BILOU = BIOES.replace(" E-", " L-").replace(" S-", " U-")
IOB1 = BIO.replace("B-", "I-")
# زار بشار الأسد دمشق / قال الأسد: 0-3 4-8 9-14 15-19, line end, 20-23 24-29
NAMES = [(4, 14, "PER", "بشار الأسد"), (15, 19, "LOC", "دمشق"), (24, 29, "PER", "الأسد")]
TEXT = "زار بشار الأسد دمشق\nقال الأسد"


def written(folder, name, content):
    path = folder / name
    path.write_text(content, encoding="utf-8", newline="")
    return path


def mentions(entities):
    columns = ["start", "end", "type", "text"]
    return [tuple(row) for row in entities[columns].astype("object").to_numpy().tolist()]


def notes(texts):
    return corpus.problems(texts)[["what", "detail"]].to_numpy().tolist()


# --- columns ----------------------------------------------------------------------------------


SCHEMES = {"BIO": BIO, "BIOES": BIOES, "BILOU": BILOU, "IOB1": IOB1}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("gap", [" ", "\t", "   "])
def test_columns_of_every_scheme_give_the_same_mentions(tmp_path, scheme, end, gap):
    content = SCHEMES[scheme].replace(" ", gap).replace("\n", end)
    texts, entities = read_entities(written(tmp_path, "news.conll", content))
    assert texts["doc"].tolist() == ["news"]
    assert texts["text"].tolist() == [TEXT]
    assert mentions(entities) == NAMES
    assert entities["sent"].tolist() == [1, 1, 2]
    assert entities["entity"].tolist() == [1, 2, 3]
    assert list(entities.columns) == list(SCHEMA["entities"])
    assert notes(texts) == []


def test_adjacent_names_of_iob1_are_told_apart(tmp_path):
    path = written(tmp_path, "a.iob", "ليبيا I-LOC\nتونس B-LOC\nالعاصمة I-LOC\n")
    assert mentions(read_entities(path)[1]) == [
        (0, 5, "LOC", "ليبيا"),
        (6, 18, "LOC", "تونس العاصمة"),
    ]


def test_mixed_schemes_are_read_and_counted(tmp_path):
    # دمشق begins with I although بشار, behind O, begins with B: line 4; and line 7
    content = "زار O\nبشار B-PER\nالأسد I-PER\nدمشق I-LOC\n\nقال O\nالأسد I-PER\n"
    texts, entities = read_entities(written(tmp_path, "a.conll", content))
    assert mentions(entities) == NAMES
    detail = "2: tags that continue nothing; each begins a name (first: line 4)"
    assert notes(texts) == [["tags", detail]]


@pytest.mark.parametrize(
    ("given", "tag"),
    [
        ("O", "O"),
        ("B-PER", "B-PER"),
        ("M-PER", "I-PER"),
        ("W-PER", "S-PER"),
        ("b-Per", "B-Per"),
        ("\u200fB-PER\u200f", "B-PER"),
        ("O\u200f", "O"),
        ("B-MIS-1", "B-MIS-1"),
        ("OO", None),
        ("B-", None),
        ("PER", None),
        ("NOUN", None),
        ("", None),
        ("X-PER", None),
    ],
)
def test_tags_are_read_as_bioes(given, tag):
    assert tag_of(given) == tag


def test_documents_begin_where_the_file_says_so(tmp_path):
    content = (
        "-DOCSTART- -X- O\n\nدمشق NN B-LOC\n\n# newdoc id = second\n# text = بيروت\n"
        "بيروت NN B-LOC\n\n# newdoc\nعمان NN B-LOC\n\n-DOCSTART- -X- O\n\n"
    )
    texts, entities = read_entities(written(tmp_path, "news.conll", content))
    assert texts["doc"].tolist() == ["news-1", "second", "news-3"]
    assert entities["doc"].tolist() == ["news-1", "second", "news-3"]
    assert [row[3] for row in mentions(entities)] == ["دمشق", "بيروت", "عمان"]
    assert notes(texts) == [["empty", "1: documents without a token; left out (first: news)"]]


def test_hash_is_a_token_where_a_tag_ends_the_line_and_else_a_comment(tmp_path):
    content = "# source: hand O X\n# O\n#سوريا B-LOC\nدمشق B-LOC\n# a comment\n"
    texts, entities = read_entities(written(tmp_path, "a.conll", content))
    assert texts["text"].tolist() == ["# #سوريا دمشق"]
    assert [row[3] for row in mentions(entities)] == ["#سوريا", "دمشق"]


def test_columns_are_chosen_by_place(tmp_path):
    content = "1\tدمشق\tB-CITY\tB-LOC\n2\tأمس\tO\tO\n"
    path = written(tmp_path, "a.tsv", content)
    assert [row[2] for row in mentions(read_entities(path, columns=(1, 2))[1])] == ["CITY"]
    assert [row[2] for row in mentions(read_entities(path, columns=(1, -1))[1])] == ["LOC"]
    with pytest.raises(ValueError, match=r"a.tsv has 4 columns, and columns=\(1, 4\) names 4"):
        read_entities(path, columns=(1, 4))
    with pytest.raises(ValueError, match=r"^read_entities: columns=\(0,\); pass the places"):
        read_entities(path, columns=(0,))


@pytest.mark.parametrize("first", [0, 1])
def test_numbers_of_tokens_are_not_taken_for_the_tokens(tmp_path, first):
    rows = ["زار\tO\tO", "دمشق\tB-LOC\tO", "", "دمشق\tB-LOC\tO"]
    numbers = [first, first + 1, "", first]
    content = "\n".join(
        f"{at}\t{row}" if row else "" for at, row in zip(numbers, rows, strict=True)
    )
    path = written(tmp_path, "a.tsv", content)
    message = r"^read_entities: a.tsv: column 0 numbers the tokens .* such as columns=\(1, -1\)"
    with pytest.raises(ValueError, match=message):
        read_entities(path)
    texts, entities = read_entities(path, columns=(1, 2))
    assert texts["text"].tolist() == ["زار دمشق\nدمشق"]
    assert [row[:2] for row in mentions(entities)] == [(4, 8), (9, 13)]


def test_token_with_a_blank_or_a_hard_space_is_one_where_tabs_divide(tmp_path):
    content = "أبو ظبي\tB-LOC\n1\u00a0000\tO\n"
    texts, entities = read_entities(written(tmp_path, "a.tsv", content))
    assert texts["text"].tolist() == ["أبو ظبي 1\u00a0000"]
    assert mentions(entities) == [(0, 7, "LOC", "أبو ظبي")]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("دمشق OO", r"line 2: 'OO' is no tag"),
        ("دمشق B-", r"line 2: 'B-' is no tag"),
        ("دمشق", r"line 2: 1 columns, where the file has 2"),
        ("أبو ظبي B-LOC", r"line 2: 3 columns, where the file has 2"),
    ],
)
def test_malformed_line_is_named_or_repaired_and_counted(tmp_path, line, message):
    path = written(tmp_path, "a.conll", f"زار O\n{line}\nبيروت B-LOC\n")
    with pytest.raises(ValueError, match=rf"^read_entities: a.conll, {message}"):
        read_entities(path)
    texts, entities = read_entities(path, malformed="repair")
    assert [row[3] for row in mentions(entities)] == ["بيروت"]
    assert [what for what, _ in notes(texts)] == ["malformed"]
    assert notes(texts)[0][1].endswith("(first: line 2)")


def test_file_of_words_alone_is_refused(tmp_path):
    with pytest.raises(ValueError, match="line 1: 1 columns, where the file has 1 and a token and"):
        read_entities(written(tmp_path, "a.conll", "زار\nدمشق\n"))


TYPES = st.sampled_from(["PER", "LOC"])
SENTENCES = st.lists(
    st.lists(st.tuples(st.none() | TYPES, st.integers(1, 3)), min_size=1, max_size=5),
    min_size=1,
    max_size=4,
)


@given(SENTENCES, st.sampled_from(["BIO", "BIOES"]))
@settings(max_examples=50)
def test_mentions_written_as_columns_come_back(tmp_path_factory, sentences, scheme):
    lines, expected, place = [], [], 0
    for sentence in sentences:
        for kind, length in sentence:
            tags = ["O"] * length
            if kind:
                tags = [f"B-{kind}"] + [f"I-{kind}"] * (length - 1)
                expected.append((place, place + 5 * length - 1, kind))
            if kind and scheme == "BIOES":
                tags = [*tags[:-1], f"{'E' if length > 1 else 'S'}-{kind}"]
            lines += [f"كلمة {tag}" for tag in tags]
            place += 5 * length
        lines.append("")
    path = written(tmp_path_factory.mktemp("columns"), "a.conll", "\n".join(lines))
    texts, entities = read_entities(path)
    assert [row[:3] for row in mentions(entities)] == expected
    assert all(texts["text"][0][start:end] == text for start, end, _, text in mentions(entities))


# --- CoNLL-U ----------------------------------------------------------------------------------

CONLLU = """# newdoc id = x
# text = زار للأمم المتحدة، وبيروت.
1\tزار\t_\tVERB\t_\t_\t0\troot\t_\tner=O
2-3\tللأمم\t_\t_\t_\t_\t_\t_\t_\t_
2\tل\t_\tADP\t_\t_\t3\tcase\t_\tner=O
3\tالأمم\t_\tNOUN\t_\t_\t1\tobl\t_\tner=B-ORG
4\tالمتحدة\t_\tADJ\t_\t_\t3\tamod\t_\tSpaceAfter=No|ner=E-ORG
5\t،\t_\tPUNCT\t_\t_\t6\tpunct\t_\tner=O
6-7\tوبيروت\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
6\tو\t_\tCCONJ\t_\t_\t7\tcc\t_\tner=O
7\tبيروت\t_\tPROPN\t_\t_\t3\tconj\t_\tner=S-LOC
7.1\tزار\t_\tVERB\t_\t_\t_\t_\t_\t_
8\t.\t_\tPUNCT\t_\t_\t1\tpunct\t_\t_

1\tدمشق\t_\tPROPN\t_\t_\t0\troot\t_\tNE=B-LOC
"""


def test_conllu_gives_its_text_and_cuts_clitics_off(tmp_path):
    texts, entities = read_entities(written(tmp_path, "a.conllu", CONLLU))
    assert texts["doc"].tolist() == ["x"]
    assert texts["text"].tolist() == ["زار للأمم المتحدة، وبيروت.\nدمشق"]
    # لل is contracted, so ل shares the span; و has letters of its own
    assert mentions(entities) == [
        (4, 17, "ORG", "للأمم المتحدة"),
        (20, 25, "LOC", "بيروت"),
        (27, 31, "LOC", "دمشق"),
    ]
    assert entities["sent"].tolist() == [1, 1, 2]
    assert notes(texts) == []


def test_conllu_takes_the_tag_of_a_token_where_it_has_one(tmp_path):
    content = (
        "1-2\tوبيروت\t_\t_\t_\t_\t_\t_\t_\tner=S-LOC\n1\tو" + "\t_" * 8 + "\n2\tبيروت" + "\t_" * 8
    )
    assert mentions(read_entities(written(tmp_path, "a.conllu", content))[1]) == [
        (0, 6, "LOC", "وبيروت")
    ]


def test_conllu_without_tags_and_with_broken_lines_says_so(tmp_path):
    plain = written(tmp_path, "a.conllu", "1\tدمشق" + "\t_" * 8 + "\n")
    texts, entities = read_entities(plain)
    assert entities.empty
    assert [what for what, _ in notes(texts)] == ["no tags"]
    broken = written(tmp_path, "b.conllu", "1 دمشق _ _\n")
    with pytest.raises(ValueError, match=r"b.conllu, line 1: 1 columns, .* no line of CoNLL-U"):
        read_entities(broken)
    with pytest.raises(ValueError, match=r"c.conllu, line 1: 'PER_1' is no tag"):
        read_entities(written(tmp_path, "c.conllu", "1\tدمشق" + "\t_" * 7 + "\tNE=PER_1\n"))


# --- JSON -------------------------------------------------------------------------------------

SENTENCE = "زار بشار الأسد دمشق"
SPANS = [[4, 14, "PER"], [15, 19, "LOC"]]
DICTS = [{"start": 4, "end": 14, "label": "PER"}, {"start": 15, "end": 19, "label": "LOC"}]
RECORDS = {
    "doccano label": {"id": 7, "text": SENTENCE, "label": SPANS},
    "doccano labels": {"id": 7, "text": SENTENCE, "labels": SPANS, "Comments": []},
    "doccano data": {"id": 7, "data": SENTENCE, "label": SPANS},
    "doccano relations": {
        "id": 7,
        "text": SENTENCE,
        "relations": [],
        "entities": [
            {"id": 1, "label": "PER", "start_offset": 4, "end_offset": 14},
            {"id": 2, "label": "LOC", "start_offset": 15, "end_offset": 19},
        ],
    },
    "spaCy": [SENTENCE, {"entities": SPANS}],
    "spaCy, to_json": {"text": SENTENCE, "ents": DICTS, "sents": [], "tokens": []},
    "Prodigy": {"text": SENTENCE, "spans": DICTS, "answer": "accept", "tokens": []},
    "Label Studio": {
        "id": 7,
        "data": {"text": SENTENCE, "source": "x"},
        "annotations": [
            {
                "was_cancelled": False,
                "result": [
                    {"type": "choices", "value": {"choices": ["news"]}},
                    {"type": "labels", "value": {"start": 4, "end": 14, "labels": ["PER"]}},
                    {
                        "type": "labels",
                        "value": {"start": 15, "end": 19, "text": "دمشق", "labels": ["LOC"]},
                    },
                ],
            }
        ],
    },
    "Label Studio, short, control of another name": {
        "id": 7,
        "text": SENTENCE,
        "annotator": 1,
        "annotation_id": 3,
        "names": [
            {"start": 4, "end": 14, "text": "بشار الأسد", "labels": ["PER"]},
            {"start": 15, "end": 19, "text": "دمشق", "labels": ["LOC"]},
        ],
    },
    "Label Studio, short": {
        "id": 7,
        "text": SENTENCE,
        "label": [
            {"start": 4, "end": 14, "text": "بشار الأسد", "labels": ["PER"]},
            {"start": 15, "end": 19, "text": "دمشق", "labels": ["LOC"]},
        ],
    },
}


@pytest.mark.parametrize("tool", RECORDS)
@pytest.mark.parametrize("suffix", [".jsonl", ".json"])
def test_records_of_every_tool_give_the_same_mentions(tmp_path, tool, suffix):
    record = RECORDS[tool]
    content = json.dumps(record, ensure_ascii=False)
    content = content + "\n" if suffix == ".jsonl" else f"[{content}]"
    texts, entities = read_entities(written(tmp_path, f"gold{suffix}", content))
    assert texts["text"].tolist() == [SENTENCE]
    assert mentions(entities) == NAMES[:2]
    has_id = isinstance(record, dict) and "id" in record
    assert texts["doc"].tolist() == ["gold-7" if has_id else "gold"]
    assert notes(texts) == []


def lines(*records):
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in records) + "\n"


def test_documents_are_named_by_doc_by_id_or_by_number(tmp_path):
    content = lines(
        {"doc": "a/1", "text": "دمشق", "label": [[0, 4, "LOC"]]},
        {"id": 5, "text": "دمشق", "label": []},
        {"text": "دمشق", "label": []},
    )
    texts, entities = read_entities(written(tmp_path, "g.jsonl", content))
    assert texts["doc"].tolist() == ["a/1", "g-5", "g-3"]
    assert entities["doc"].tolist() == ["a/1"]


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ("{", "no JSON"),
        ('{"label": []}', "no text; there are label"),
        ('{"text": "دمشق"}', "none of spans, labels, label, .* holds spans; there are text"),
        ('{"text": "دمشق", "label": [[0, 4, "LOC"]], "spans": [[0, 4, "LOC"]]}', "spans and label"),
        ('{"text": "دمشق", "label": ["positive"]}', "'positive' is no span"),
        (
            '{"text": "دمشق", "label": [[0, 5, "LOC"]]}',
            r"\[0:5\] is no span of the text, whi",
        ),
        ('{"text": "دمشق", "label": [[3, 3, "LOC"]]}', r"\[3:3\] is no span"),
        ('{"text": "دمشق", "label": [[-1, 3, "LOC"]]}', r"\[-1:3\] is no span"),
        ('{"text": "دمشق", "label": [[true, 3, "LOC"]]}', "is no span"),
        ('{"text": "دمشق", "label": [["0", 3, "LOC"]]}', "is no span"),
        ('{"text": "دمشق", "label": [[0, 3, ""]]}', "is no span"),
        ('{"text": "قال  نعم", "label": [[3, 5, "LOC"]]}', "white space alone"),
        ('{"text": "\\ud83d", "label": []}', "surrogates not allowed"),
        ('{"data": {"text": "دمشق"}, "annotations": [null]}', "an annotation is no object"),
        ('{"data": {"text": "دمشق"}, "annotations": [{"result": null}]}', "is no list of objects"),
        ('{"data": {"text": "دمشق"}, "annotations": [{"result": ["x"]}]}', "is no list of objects"),
        (
            '{"text": "دمشق", "ents": [], "spans": {"sc": [[0, 4, "LOC"]]}}',
            r"spans holds groups of spans \(sc\), no list",
        ),
        ('{"data": {"text": "دمشق"}}', "no annotations"),
        ("3", "of type int, not a document"),
    ],
)
def test_malformed_record_is_named_or_left_out_and_counted(tmp_path, record, message):
    good = {"doc": "good", "text": "زار دمشق", "label": [[4, 8, "LOC"]]}
    path = written(tmp_path, "g.jsonl", lines(good) + record + "\n")
    with pytest.raises(ValueError, match=rf"^read_entities: g.jsonl, line 2: .*{message}"):
        read_entities(path)
    texts, entities = read_entities(path, malformed="repair")
    assert mentions(entities) == [(4, 8, "LOC", "دمشق")]
    assert [what for what, _ in notes(texts)] == ["malformed"]


def test_offsets_in_utf16_are_corrected_where_the_letters_prove_it(tmp_path):
    # one emoji: a code point in Python, two units in JavaScript
    text = "\N{GRINNING FACE} زار دمشق"
    span = {"start": 7, "end": 11, "text": "دمشق", "labels": ["LOC"]}
    path = written(tmp_path, "g.json", json.dumps([{"id": 1, "text": text, "label": [span]}]))
    texts, entities = read_entities(path)
    assert mentions(entities) == [(6, 10, "LOC", "دمشق")]
    assert [what for what, _ in notes(texts)] == ["UTF-16"]
    wrong = span | {"text": "بيروت"}
    path = written(tmp_path, "g.json", json.dumps([{"id": 1, "text": text, "label": [wrong]}]))
    with pytest.raises(ValueError, match="record 1: the letters at its offsets are not those of"):
        read_entities(path)


def test_offsets_in_bytes_are_corrected_where_the_letters_prove_it(tmp_path):
    # دمشق is 4 to 8; each letter of Arabic is two bytes of UTF-8, the space is one
    span = {"start": 7, "end": 15, "text": "دمشق", "labels": ["LOC"]}
    texts, entities = read_entities(
        written(tmp_path, "g.json", json.dumps([{"text": "زار دمشق", "label": [span]}]))
    )
    assert mentions(entities) == [(4, 8, "LOC", "دمشق")]
    assert notes(texts) == [["bytes", "1: offsets count bytes; corrected (first: record 1)"]]


def test_offsets_that_nothing_proves_are_named_where_tools_count_in_two_ways(tmp_path):
    record = {"text": "زار \N{GRINNING FACE} دمشق", "label": [[0, 3, "MISC"], [6, 10, "LOC"]]}
    texts, entities = read_entities(written(tmp_path, "g.jsonl", lines(record)))
    assert [row[3] for row in mentions(entities)] == ["زار", "دمشق"]
    ((what, detail),) = notes(texts)
    assert what == "not checked"
    assert detail.startswith("1: offsets behind characters that some tools count as two, read as")


def task(labels, **data):
    """A task of Label Studio: the place and the text of each label."""
    result = [
        {
            "type": "labels",
            "to_name": name,
            "value": {"start": at, "end": at + 4, "labels": ["LOC"]},
        }
        for name, at in labels
    ]
    return json.dumps([{"id": 1, "data": data, "annotations": [{"result": result}]}])


def test_labels_of_a_task_with_two_texts_are_of_the_one_that_they_name(tmp_path):
    two = {"text": "زار بيروت", "title": "عن دمشق"}
    path = written(tmp_path, "g.json", task([("title", 3)], **two))
    assert mentions(read_entities(path)[1]) == [(3, 7, "LOC", "دمشق")]
    path = written(tmp_path, "g.json", task([("title", 3), ("text", 4)], **two))
    with pytest.raises(
        ValueError, match=r"record 1: the labels are of several texts \(text, title"
    ):
        read_entities(path)
    # the name of the text is that of the control, and need not be that of the data
    path = written(tmp_path, "g.json", task([("shown", 4)], text="زار دمشق"))
    assert mentions(read_entities(path)[1]) == [(4, 8, "LOC", "دمشق")]


def test_short_export_of_a_text_without_labels_is_read_without_names(tmp_path):
    record = {"id": 1, "text": SENTENCE, "annotator": 1, "annotation_id": 3, "lead_time": 2.5}
    texts, entities = read_entities(written(tmp_path, "g.json", json.dumps([record])))
    assert (texts["text"].tolist(), len(entities)) == ([SENTENCE], 0)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 9) | st.sampled_from(["", "text", "PER", SENTENCE]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["text", "data", "label", "spans", "annotations", "result", "value", "start", "end"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


def read_or_refuse(path, **options):
    """Read a file of whatever content: its spans have their letters, or our error says why not."""
    try:
        texts, entities = read_entities(path, malformed="repair", **options)
    except ValueError as error:
        assert str(error).startswith("read_entities: ")  # noqa: PT017
        return
    text = texts.set_index("doc")["text"]
    for row in entities.itertuples():
        assert text[row.doc][row.start : row.end] == row.text


@given(JSON, st.sampled_from([".json", ".jsonl"]))
@settings(max_examples=120, deadline=None)
def test_no_record_breaks_the_reader_of_json(tmp_path_factory, record, suffix):
    path = written(tmp_path_factory.mktemp("any"), f"a{suffix}", json.dumps(record))
    read_or_refuse(path)


def test_what_annotators_did_not_accept_is_left_out_and_counted(tmp_path):
    record = {"text": "زار دمشق", "spans": [{"start": 4, "end": 8, "label": "LOC"}]}
    content = lines(record, record | {"answer": "reject"}, record | {"answer": "ignore"})
    texts, entities = read_entities(written(tmp_path, "g.jsonl", content))
    assert len(texts) == len(entities) == 1
    assert [what for what, _ in notes(texts)] == ["not accepted"] * 2


def test_of_several_annotators_the_ground_truth_is_read_and_the_others_are_counted(tmp_path):
    def made(kind, **about):
        value = {"start": 0, "end": 4, "labels": [kind]}
        return {"result": [{"type": "labels", "value": value}], **about}

    task = {
        "id": 1,
        "data": {"text": "دمشق"},
        "annotations": [made("A"), made("B", was_cancelled=True), made("C", ground_truth=True)],
    }
    empty = {"id": 2, "data": {"text": "دمشق"}, "annotations": []}
    texts, entities = read_entities(written(tmp_path, "g.json", json.dumps([task, empty])))
    assert entities["type"].tolist() == ["C"]
    whats = [what for what, _ in notes(texts)]
    assert whats == ["several annotators", "not annotated", "unknown type"]


def test_spans_are_trimmed_and_stand_once(tmp_path):
    record = {"text": "زار دمشق أمس", "label": [[3, 9, "LOC"], [4, 8, "LOC"], [4, 8, "ORG"]]}
    texts, entities = read_entities(written(tmp_path, "g.jsonl", lines(record)))
    assert mentions(entities) == [(4, 8, "LOC", "دمشق"), (4, 8, "ORG", "دمشق")]
    assert [what for what, _ in notes(texts)] == ["white space", "twice"]


def test_sentences_of_a_running_text_are_those_of_its_punctuation(tmp_path):
    text = "زُرتُ دمشق. قال الأسد: نعم!\nفي بيروت"
    assert sentence_starts(text) == [0, 12, 28]
    record = {"text": text, "label": [[6, 10, "LOC"], [16, 21, "PER"], [31, 36, "LOC"]]}
    entities = read_entities(written(tmp_path, "g.jsonl", lines(record)))[1]
    assert entities["text"].tolist() == ["دمشق", "الأسد", "بيروت"]
    assert entities["sent"].tolist() == [1, 2, 3]


# --- brat -------------------------------------------------------------------------------------


def test_brat_is_read_with_the_text_beside_it(tmp_path):
    written(tmp_path, "a.txt", SENTENCE)
    ann = "T1\tPER 4 14\tبشار الأسد\nT2\tLOC 15 19\tدمشق\nR1\tIn Arg1:T1 Arg2:T2\n#1\tNote T1\tx\n"
    path = written(tmp_path, "a.ann", ann + "T3\tPER 4 8;15 19\tبشار دمشق\n")
    texts, entities = read_entities(path)
    assert texts["text"].tolist() == [SENTENCE]
    assert mentions(entities) == NAMES[:2]
    assert notes(texts) == [
        ["in pieces", "1: mentions of several pieces; left out (first: line 5)"]
    ]


@pytest.mark.parametrize("content", ["", "\n"])
def test_brat_file_without_names_is_a_text_without_names(tmp_path, content):
    written(tmp_path, "a.txt", SENTENCE)
    texts, entities = read_entities(written(tmp_path, "a.ann", content))
    assert len(texts) == 1
    assert entities.empty


def test_brat_that_disagrees_with_its_text_or_lacks_it_is_refused(tmp_path):
    path = written(tmp_path, "a.ann", "T1\tLOC 15 19\tبيروت\n")
    with pytest.raises(FileNotFoundError, match=r"a.ann' has no 'a.txt' beside it"):
        read_entities(path)
    written(tmp_path, "a.txt", SENTENCE)
    with pytest.raises(ValueError, match="line 1: the letters at its offsets are not those"):
        read_entities(path)
    with pytest.raises(ValueError, match="line 1: 'T1 LOC' is no text-bound annotation"):
        read_entities(written(tmp_path, "a.ann", "T1 LOC\n"))


# --- types, names, files ----------------------------------------------------------------------


def test_types_are_renamed_left_out_kept_and_counted(tmp_path):
    content = "بشار B-PERS\nدمشق B-LOC\nالعيد B-EVENT\nالعيد B-EVENT\nنوبل B-PRIZE\n"
    path = written(tmp_path, "a.conll", content)
    texts, entities = read_entities(path, types={"PERS": "PER", "PRIZE": None, "FAC": "LOC"})
    assert entities["type"].tolist() == ["PER", "LOC", "EVENT", "EVENT"]
    known = "PER, LOC, ORG, MISC"
    place = r"(first: a [10:15])"
    assert notes(texts) == [
        [
            "unknown type",
            f"2: mentions of type EVENT, which is none of {known}; kept {place}",
        ],
        ["left out", "1: mentions of type PRIZE, as types= says (first: a [22:26])"],
        ["type does not occur", "types= names it, and no mention has it"],
    ]


def test_name_folds_the_spelling_of_the_surface(tmp_path):
    path = written(tmp_path, "a.conll", "أحمد B-PER\nاحمد B-PER\nأحمد B-PER\n")
    entities = read_entities(path)[1]
    assert entities["text"].tolist() == ["أحمد", "احمد", "أحمد"]
    assert entities["name"].tolist() == ["أحمد"] * 3


def test_folder_is_read_in_order_and_strangers_are_listed(tmp_path):
    (tmp_path / "b").mkdir()
    written(tmp_path / "b", "x.conll", BIO)
    written(tmp_path, "a.jsonl", lines({"text": "دمشق", "label": []}))
    written(tmp_path, "c.txt", SENTENCE)
    written(tmp_path, "c.ann", "T1\tLOC 15 19\tدمشق\n")
    written(tmp_path, "notes.docx", "x")
    written(tmp_path, "README.txt", "x")
    texts, _ = read_entities(tmp_path)
    assert texts["doc"].tolist() == ["a", "x", "c"]
    assert corpus.problems(texts)[["doc", "what"]].to_numpy().tolist() == [["notes.docx", "format"]]
    assert [os.path.basename(path) for path in texts["path"]] == ["a.jsonl", "x.conll", "c.ann"]
    assert read_entities(tmp_path, format="jsonl")[0]["doc"].tolist() == ["a"]


def test_legacy_encoding_is_found_or_named(tmp_path):
    path = tmp_path / "a.conll"
    path.write_bytes((BIO * 5).encode("cp1256"))
    texts, entities = read_entities(path)
    assert texts["encoding"].tolist() == ["cp1256"]
    assert len(entities) == 15
    assert len(read_entities(path, encoding="cp1256")[1]) == 15
    path.write_bytes(b"\xef\xbb\xbf" + BIO.encode())
    assert mentions(read_entities(path)[1]) == NAMES


def test_wrong_calls_are_told_what_to_pass(tmp_path):
    path = written(tmp_path, "a.conll", BIO)
    with pytest.raises(FileNotFoundError, match=r"^read_entities: no file or folder 'nowhere'"):
        read_entities("nowhere")
    with pytest.raises(ValueError, match=r"^read_entities: no format 'xml'; there are columns"):
        read_entities(path, format="xml")
    with pytest.raises(ValueError, match=r"^read_entities: malformed='skip'; pass 'error' or"):
        read_entities(path, malformed="skip")
    with pytest.raises(ValueError, match=r"^read_entities: types is of type list; pass a dict"):
        read_entities(path, types=["PER"])
    with pytest.raises(ValueError, match=r"cannot be read: the file holds no text"):
        read_entities(written(tmp_path, "e.conll", ""))
    with pytest.raises(ValueError, match=r"^read_entities: no annotated document in "):
        read_entities([])
    with pytest.raises(ValueError, match=r"^read_entities: document 'a' occurs 2 times"):
        read_entities([path, path])


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader_of_columns(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("any") / "a.conll"
    path.write_bytes(content.encode("utf-8", "replace"))
    read_or_refuse(path, encoding="utf-8")
