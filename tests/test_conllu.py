"""CoNLL-U: valid by another's rules, and read back as it was.

Expected lines are written by hand from the format's description
(https://universaldependencies.org/format.html); validity is what udtools, the validator of
Universal Dependencies, says at level 2.
"""

import io
import lzma
import os
import time
import warnings
from dataclasses import replace
from itertools import islice
from pathlib import Path

import odd_corpora
import pandas as pd
import pytest
from hypothesis import given, settings

from toolkit import __version__, corpus, export, pipeline
from toolkit.corpus import Corpus
from toolkit.tables import SCHEMA, typed_table

ROOT = Path(__file__).parent.parent
DATA = Path(os.environ.get("MUDAWWANA_DATA", ROOT.parent / "shared/data"))
NEWS = DATA / "raw/antcorpus_multisource/BBC.txt.xz"
TABLES = ("texts", "sentences", "tokens", "words", "entities", "dates")

SECOND_SENTENCE = """\
# sent_id = a-2
# text = قال للرئيس: نعم!
# dependencies = placeholder
1	قال	قال	VERB	_	_	0	root	_	start_char=26|end_char=29|ner=O
2-3	للرئيس	_	_	_	_	_	_	_	start_char=30|end_char=36|SpaceAfter=No|ner=O
2	ل	ل	ADP	_	_	1	dep	_	_
3	الرئيس	رئيس	NOUN	_	_	1	dep	_	_
4	:	:	PUNCT	_	_	1	dep	_	start_char=36|end_char=37|ner=O
5	نعم	نعم	PART	_	_	1	dep	_	start_char=38|end_char=41|SpaceAfter=No|ner=O
6	!	!	PUNCT	_	_	1	dep	_	start_char=41|end_char=42|ner=O
"""
THIRD_SENTENCE = """\
# newdoc id = b
# meta::date = 2025-11-16
# sent_id = b-1
# text = وقالت دمشق 3 مرات.
# dependencies = placeholder
1-2	وقالت	_	_	_	_	_	_	_	start_char=16|end_char=21|ner=O|\
SpacesBefore=date\\s2025-11-16\\s
1	و	و	CCONJ	_	_	0	root	_	start_char=16|end_char=17
2	قالت	قال	VERB	_	_	1	dep	_	start_char=17|end_char=21
3	دمشق	دمشق	PROPN	_	_	1	dep	_	start_char=22|end_char=26|ner=S-LOC|\
Mention=1:LOC:22:26:دمشق
4	3	3	NUM	_	_	1	dep	_	start_char=27|end_char=28|ner=O
5	مرات	مرة	NOUN	_	_	1	dep	_	start_char=29|end_char=33|SpaceAfter=No|ner=O
6	.	.	PUNCT	_	_	1	dep	_	start_char=33|end_char=34|ner=O
"""


def validated(path):
    """What udtools complains of; empty where the file is valid."""
    validator = pytest.importorskip("udtools").Validator
    out = io.StringIO()
    state = validator(lang="ud", level=2, output=out).validate_files([str(path)])
    return "" if state.passed() else out.getvalue() or "invalid"


def assert_same(found, expected, names=TABLES):
    for name in names:
        pd.testing.assert_frame_equal(getattr(found, name), getattr(expected, name), obj=name)


def small(text, rows, words=None, **metadata):
    """A corpus of one sentence; rows are (form, start, end), words (token, form)."""
    tokens = {
        "doc": ["d"] * len(rows),
        "sent": [1] * len(rows),
        "token": list(range(1, len(rows) + 1)),
        "form": [row[0] for row in rows],
        "start": [row[1] for row in rows],
        "end": [row[2] for row in rows],
    }
    of_words = words or [(number, row[0]) for number, row in enumerate(rows, start=1)]
    spans = [rows[token - 1][1:] for token, _ in of_words]
    given_words = {
        "doc": ["d"] * len(of_words),
        "sent": [1] * len(of_words),
        "token": [token for token, _ in of_words],
        "word": list(range(1, len(of_words) + 1)),
        "form": [form for _, form in of_words],
        "start": [start for start, _ in spans],
        "end": [end for _, end in spans],
    }
    return Corpus(
        texts=typed_table("texts", {"doc": ["d"], "text": [text]}).assign(**metadata),
        sentences=typed_table(
            "sentences", {"doc": ["d"], "sent": [1], "start": [rows[0][1]], "end": [rows[-1][2]]}
        ),
        tokens=filled("tokens", tokens),
        words=filled("words", given_words),
    )


def filled(name, columns):
    rows = len(columns["doc"])
    return typed_table(name, {column: [None] * rows for column in SCHEMA[name]} | columns)


@pytest.fixture(scope="module")
def seed():
    return pipeline.annotate(corpus.read_texts(ROOT / "seeds"), progress=False)


@pytest.fixture(scope="module")
def news():
    """Twenty articles of news."""
    if not NEWS.is_file():
        pytest.skip("the raw data do not lie beside the checkout or in MUDAWWANA_DATA")
    with lzma.open(NEWS, "rt", encoding="utf-8") as file:
        blocks = file.read(200_000).split("\n\n")
    articles = [block.partition("\n")[2] for block in islice(blocks, 20)]
    docs = [f"news/{number}" for number in range(len(articles))]
    return pipeline.annotate(pd.DataFrame({"doc": docs, "text": articles}), progress=False)


# --- what is written --------------------------------------------------------------------------


def test_lines_are_those_of_the_format_description(twelve, tmp_path):
    lines = export.write_conllu(twelve, tmp_path / "a.conllu").read_text(encoding="utf-8")
    first, second, third, rest = lines.split("\n\n")
    heading = [
        f"# generator = mudawwana {__version__}",
        '# provenance = {"models": {"name": "by hand"}}',
        "# newdoc id = a",
    ]
    assert first.split("\n")[:3] == heading
    assert second + "\n" == SECOND_SENTENCE
    assert third + "\n" == THIRD_SENTENCE
    assert rest == ""


def test_file_is_valid_for_universal_dependencies(twelve, tmp_path):
    assert validated(export.write_conllu(twelve, tmp_path / "a.conllu")) == ""


def test_seed_is_valid_and_read_back_as_it_was(seed, tmp_path):
    path = export.write_conllu(seed, tmp_path / "seed.conllu")
    assert validated(path) == ""
    found = export.read_conllu(path)
    assert_same(found, replace(seed, texts=seed.texts[list(found.texts)]))
    assert set(seed.texts) - set(found.texts) <= {"path"} | set(
        seed.texts.columns[seed.texts.isna().all()]
    )
    assert found.provenance == seed.provenance


def test_twenty_articles_are_valid_and_read_back_as_they_were(news, tmp_path):
    path = export.write_conllu(news, tmp_path / "news.conllu")
    assert validated(path) == ""
    assert_same(export.read_conllu(path), news)


def test_stanza_reads_the_same_tokens_offsets_and_names(seed, tmp_path):
    from stanza.utils.conll import CoNLL

    path = export.write_conllu(seed, tmp_path / "seed.conllu")
    document = CoNLL.conll2doc(str(path))
    tokens = [token for sentence in document.sentences for token in sentence.tokens]
    assert [token.start_char for token in tokens] == seed.tokens["start"].tolist()
    assert [token.end_char for token in tokens] == seed.tokens["end"].tolist()
    assert [token.ner for token in tokens] == seed.tokens["ner"].tolist()
    words = [word.text for token in tokens for word in token.words]
    assert len(words) == len(seed.words)
    text = seed.texts["text"].iloc[0]
    assert (
        "".join(text[token.start_char : token.end_char] + token.spaces_after for token in tokens)
        in text + " "
    )


def test_text_is_the_raw_text_with_its_vowel_signs(tmp_path):
    text = "سُبل\N{ARABIC TATWEEL} التعاون"
    made = small(text, [("سبل", 0, 5), ("التعاون", 6, 13)])
    lines = export.write_conllu(made, tmp_path / "a.conllu").read_text(encoding="utf-8")
    assert f"# text = {text}\n" in lines


def test_white_space_between_tokens_is_told_and_shown_as_one_space(tmp_path):
    made = small("أ\t\n ب ج", [("أ", 0, 1), ("ب", 4, 5), ("ج", 6, 7)])
    lines = export.write_conllu(made, tmp_path / "a.conllu").read_text(encoding="utf-8")
    assert "# text = أ ب ج\n" in lines
    assert "|SpacesAfter=\\t\\n\\s" in lines
    assert lines.count("SpacesAfter") == 1
    assert validated(tmp_path / "a.conllu") == ""


def test_paragraphs_begin_with_newpar(twelve, tmp_path):
    text = "نعم.\n\nلا."
    made = small(text, [("نعم", 0, 3), (".", 3, 4), ("لا", 6, 8), (".", 8, 9)])
    later = made.tokens["start"] > 4
    number = {"sent": made.tokens["sent"].mask(later, 2), "token": [1, 2, 1, 2]}
    tokens = made.tokens.assign(**number)
    words = made.words.assign(**number, word=[1, 2, 1, 2])
    cut = pd.DataFrame({"doc": "d", "sent": [1, 2], "start": [0, 6], "end": [4, 9]})
    made = replace(made, tokens=tokens, words=words, sentences=cut)
    lines = export.write_conllu(made, tmp_path / "a.conllu").read_text(encoding="utf-8")
    assert lines.count("# newpar\n") == 1
    assert "# newpar\n# sent_id = d-2\n" in lines
    assert validated(tmp_path / "a.conllu") == ""


def test_head_and_relation_of_a_parser_are_written(twelve, tmp_path):
    heads = [2, 0, 2, 5, 2, 2, 0, 3, 1, 1, 1, 1, 2, 0, 2, 5, 2, 2]
    names = ["root" if head == 0 else "nmod:poss" for head in heads]
    parsed = twelve.words.assign(head=pd.Series(heads, dtype="Int32"), deprel=names)
    words = parsed.assign(deprel=parsed["deprel"].astype("category"))
    made = replace(twelve, words=words)
    path = export.write_conllu(made, tmp_path / "a.conllu")
    lines = path.read_text(encoding="utf-8")
    assert "placeholder" not in lines
    assert "1\tوصل\tوصل\tVERB\t_\t_\t2\tnmod:poss\t_\t" in lines
    assert validated(path) == ""
    assert_same(export.read_conllu(path), made, ["words"])


@pytest.mark.parametrize(
    ("heads", "deprels"),
    [
        ([2, 1], ["dep", "dep"]),  # in a circle
        ([0, 0], ["root", "root"]),  # two roots
        ([0, 7], ["root", "dep"]),  # no such word
        ([0, 1], ["root", "Pred"]),  # no relation of UD
        ([0, None], ["root", None]),  # half a tree
    ],
)
def test_what_is_no_tree_is_kept_beside_the_placeholder(heads, deprels, tmp_path):
    made = small("أ ب", [("أ", 0, 1), ("ب", 2, 3)])
    words = made.words.assign(head=pd.Series(heads, dtype="Int32"), deprel=deprels)
    made = replace(made, words=words.astype({"deprel": "category"}))
    path = export.write_conllu(made, tmp_path / "a.conllu")
    assert "# dependencies = placeholder" in path.read_text(encoding="utf-8")
    assert validated(path) == ""
    found = export.read_conllu(path).words
    assert found["head"].tolist() == made.words["head"].tolist()
    assert found["deprel"].tolist() == made.words["deprel"].tolist()


def test_tokens_that_share_a_letter_keep_their_place(tmp_path):
    ligature = "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}"
    made = small(f"النبي {ligature} قال", [("النبي", 0, 5), ("صلى", 6, 7), ("الله", 6, 7),
                                            ("قال", 8, 11)])  # fmt: skip
    path = export.write_conllu(made, tmp_path / "a.conllu")
    assert "# text = النبي صلى الله قال\n" in path.read_text(encoding="utf-8")
    assert validated(path) == ""
    found = export.read_conllu(path)
    assert found.texts["text"].tolist() == made.texts["text"].tolist()
    assert found.tokens[["start", "end"]].equals(made.tokens[["start", "end"]])


# --- round trips ------------------------------------------------------------------------------


def told(made):
    """The part of a corpus that the format holds, each table's rows as plain tuples."""
    docs = set(made.tokens["doc"].astype("str"))
    sents = set(zip(made.tokens["doc"].astype("str"), made.tokens["sent"], strict=True))
    found = {}
    for name in TABLES:
        table = getattr(made, name)
        plain = table.astype("object").where(table.notna(), None)
        rows = [row for row in plain.to_dict("records") if row["doc"] in docs]
        if name == "sentences":
            rows = [row for row in rows if (row["doc"], row["sent"]) in sents]
        if name in ("entities", "dates"):  # read in the order of the tokens that they begin in
            rows = sorted(rows, key=lambda row: [str(cell) for cell in row.values()])
        found[name] = rows
    return found


@settings(max_examples=30)
@given(odd_corpora.corpora())
def test_odd_corpora_are_valid_and_read_back_as_they_were(tmp_path_factory, made):
    path = tmp_path_factory.mktemp("odd") / "odd.conllu"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # texts without tokens
        export.write_conllu(made, path)
    if len(made.tokens):
        assert validated(path) == ""
    found = export.read_conllu(path)
    assert told(found) == told(made)
    if len(made.tokens):
        assert found.provenance == made.provenance
        for name in ("sentences", "tokens", "words", "entities", "dates"):
            types = [getattr(each, name).dtypes.map(str).to_dict() for each in (found, made)]
            assert types[0] == types[1]


def test_parts_of_a_corpus_make_the_same_file(twelve, tmp_path):
    def only(doc):
        tables = {name: getattr(twelve, name) for name in TABLES}
        cut = {name: table[table["doc"] == doc] for name, table in tables.items()}
        return Corpus(**cut, provenance=twelve.provenance)

    whole = export.write_conllu(twelve, tmp_path / "whole.conllu")
    parts = export.write_conllu(map(only, "ab"), tmp_path / "parts.conllu")
    assert whole.read_bytes() == parts.read_bytes()


def test_index_of_the_tables_and_unused_categories_do_not_matter(twelve, tmp_path):
    def askew(table):
        wider = table.assign(doc=table["doc"].astype("category").cat.add_categories(["z"]))
        return wider.set_index(pd.Index(range(900, 900 - len(table), -1)))

    tables = {name: askew(getattr(twelve, name)) for name in TABLES}
    made = export.write_conllu(replace(twelve, **tables), tmp_path / "askew.conllu")
    usual = export.write_conllu(twelve, tmp_path / "usual.conllu")
    assert made.read_bytes() == usual.read_bytes()


def test_what_conllu_cannot_hold_is_counted(twelve, tmp_path):
    texts = pd.concat([twelve.texts, pd.DataFrame({"doc": ["e"], "text": ["نص"]})])
    more = pd.DataFrame({"doc": ["a"], "sent": [3], "start": [42], "end": [42]})
    sentences = pd.concat([twelve.sentences.astype({"doc": "str"}), more])
    made = replace(twelve, texts=texts, sentences=sentences)
    expected = (
        r"^write_conllu: 1 sentences without tokens were left out; "
        r"1 texts without tokens were left out\.$"
    )
    with pytest.warns(UserWarning, match=expected):
        export.write_conllu(made, tmp_path / "a.conllu")


def test_empty_corpus_makes_an_empty_file(tmp_path):
    path = export.write_conllu(Corpus(), tmp_path / "a.conllu")
    assert path.read_bytes() == b""
    assert len(export.read_conllu(path).texts) == 0


# --- files of others --------------------------------------------------------------------------

OTHERS = """\
# newdoc id = first doc
# sent_id = weekly-1
# text = وقال: نعم
1-2\tوقال\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
1\tو\tوَ\tCCONJ\tC---------\t_\t2\tcc\t_\t_
2\tقال\tقَال\tVERB\tVP-A-3MS--\tGender=Masc\t0\troot\t_\t_
3\t:\t:\tPUNCT\tG---------\t_\t2\tpunct\t_\t_
3.1\tهو\t_\tPRON\t_\t_\t_\t_\t2:nsubj\t_
4\tنعم\tنَعَم\tPART\t_\t_\t2\tobj\t_\tSpacesAfter=\\n\\n|Gloss=yes|Date=x|Norm=y|Mention=z

# sent_id = weekly-2
# text = لا
1\tلا\tلَا\tPART\t_\t_\t0\troot\t_\t_

# newdoc
# text = لا
1\tلا\tلَا\tPART\t_\t_\t0\troot\t_\t_
"""


def test_file_of_another_tool_is_read(tmp_path):
    path = tmp_path / "other.conllu"
    path.write_text(OTHERS, encoding="utf-8")
    found = export.read_conllu(path)
    assert found.texts["doc"].tolist() == ["first doc", "other"]
    assert found.texts["text"].tolist() == ["وقال: نعم\n\nلا", "لا"]
    first = found.words[found.words["doc"] == "first doc"]
    assert first["start"].tolist() == [0, 1, 4, 6, 11]
    assert first["end"].tolist() == [1, 4, 5, 9, 13]
    assert first["lemma"].tolist() == ["و", "قال", ":", "نعم", "لا"]
    assert first["head"].tolist() == [2, 0, 2, 2, 0]
    assert found.tokens["sent"].tolist() == [1, 1, 1, 2, 1]
    assert found.tokens["ner"].isna().all()


def test_windows_line_ends_and_a_mark_at_the_begin_are_read(twelve, tmp_path):
    path = export.write_conllu(twelve, tmp_path / "a.conllu")
    other = tmp_path / "b.conllu"
    other.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert_same(export.read_conllu(other), twelve, ["tokens", "words"])


def test_offsets_that_cannot_be_are_counted_anew(twelve, tmp_path):
    path = export.write_conllu(twelve, tmp_path / "a.conllu")
    lines = path.read_text(encoding="utf-8").replace("start_char=26", "start_char=25")
    path.write_text(lines, encoding="utf-8")
    with pytest.warns(UserWarning, match=r"^read_conllu: the offsets of 1 document does not fit"):
        found = export.read_conllu(path)
    assert found.tokens["start"].tolist() == twelve.tokens["start"].tolist()


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("1\tأ\t_\n\n", r"a\.conllu, line 1: 3 columns, CoNLL-U has 10"),
        ("2" + "\tأ" * 9 + "\n\n", r"line 1: word 2 where 1 is expected"),
        ("# text = أ\nx" + "\tأ" * 9 + "\n", r"line 1: 'x' is no number of a word"),
        ("1-2" + "\tأ" * 9 + "\n1" + "\tأ" * 9 + "\n\n", r"line 1: a range without its words"),
    ],
)
def test_what_is_no_conllu_is_refused_with_its_line(lines, message, tmp_path):
    path = tmp_path / "a.conllu"
    path.write_text(lines, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        export.read_conllu(path)


def test_file_that_is_not_utf8_is_refused(tmp_path):
    path = tmp_path / "a.conllu"
    path.write_bytes("# text = نعم\n".encode("cp1256"))
    with pytest.raises(ValueError, match=r"^read_conllu: a\.conllu is not UTF-8"):
        export.read_conllu(path)


def test_missing_file_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"^read_conllu: no file '.*none\.conllu'"):
        export.read_conllu(tmp_path / "none.conllu")


# --- refusals ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        (lambda c: {"tokens": c.tokens[c.tokens["kind"] == "word"]}, "rows of tokens are missing"),
        (lambda c: {"words": c.words[c.words["kind"] == "word"]}, "rows of words are missing"),
        (lambda c: {"tokens": c.tokens.iloc[::-1]}, "rows of tokens are missing or out of order"),
        (lambda c: {"words": c.words[:-1]}, "tokens and words do not belong together"),
        (lambda c: {"tokens": c.tokens.drop(columns="ner")}, "no column 'ner' in the table"),
        (lambda c: {"texts": c.texts[:1]}, "doc 'b' of sentences is not in texts"),
        (lambda c: {"texts": pd.concat([c.texts, c.texts])}, "doc 'a' occurs twice in texts"),
        (lambda c: {"texts": c.texts.assign(text="نص")}, "a token of doc 'a' ends at 42, its"),
        (lambda c: {"words": c.words.assign(start=pd.NA)}, "start in words is not all whole"),
        (lambda c: {"entities": c.entities.assign(end=2.0)}, "end in entities is not all whole"),
        (lambda c: {"entities": c.entities.assign(doc=None)}, "a doc is missing in entities"),
        (lambda c: {"dates": c.dates.drop(columns="first")}, "no column 'first' in the table"),
    ],
)
def test_tables_that_are_not_whole_are_refused(changed, message, twelve, tmp_path):
    with pytest.raises(ValueError, match=rf"^write_conllu: {message}"):
        export.write_conllu(replace(twelve, **changed(twelve)), tmp_path / "a.conllu")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("given", [None, 3, "folder", pd.DataFrame(), [pd.DataFrame()]])
def test_what_is_no_corpus_is_refused(given, tmp_path):
    with pytest.raises(ValueError, match=r"^write_conllu: .* is of type \w+, not a Corpus\."):
        export.write_conllu(given, tmp_path / "a.conllu")


# --- speed ------------------------------------------------------------------------------------


@pytest.mark.slow
def test_hundred_thousand_words_take_seconds(seed, tmp_path):
    copies = 100_000 // len(seed.words) + 1
    tables = {}
    for name in TABLES:
        table = getattr(seed, name).astype({"doc": "str"})
        tables[name] = pd.concat(
            [table.assign(doc=table["doc"] + f"#{number}") for number in range(copies)]
        )
    begin = time.process_time()
    export.write_conllu(Corpus(**tables), tmp_path / "a.conllu")
    assert time.process_time() - begin < 10
