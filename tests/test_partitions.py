"""Dask tables: what is counted partition by partition is what is counted in memory."""

import re
from itertools import pairwise

import dask
import dask.dataframe as dd
import numpy as np
import pandas as pd
import pytest
from distributed import Client, LocalCluster
from hypothesis import given, settings
from hypothesis import strategies as st
from test_conventions import loaded_after
from test_keeping import SENTENCES, texts_of

from toolkit import concordance, corpus, diversity, pipeline
from toolkit.annotating import pieces
from toolkit.collocation import collocates
from toolkit.columns import is_partitioned
from toolkit.counts import dispersion, frequencies, ledger, ngrams
from toolkit.keyness import keywords
from toolkit.statistics import larger
from toolkit.statistics.dispersion import MEASURES

KINDS = ["word", "number", "punctuation", "symbol"]
ITEMS = st.sampled_from(["ا", "ب", "ا ب", "ت", "كتاب", None])
ROWS = st.tuples(
    ITEMS, st.sampled_from(["NOUN", "VERB", None]), st.sampled_from(KINDS[:3]), st.booleans()
)
DOCUMENTS = st.lists(st.lists(ROWS, min_size=1, max_size=9), max_size=7)
CUTS = st.lists(st.integers(0, 7), max_size=4).map(sorted)


@pytest.fixture(autouse=True, scope="module")
def _in_this_thread():
    with dask.config.set(scheduler="synchronous"):
        yield


def words_of(documents, first=0, missing=None):
    """A words table of documents given as rows: item, part of speech, kind, begins a sentence."""
    rows = [
        (None if number == missing else f"d{number}", *row)
        for number, document in enumerate(documents, start=first)
        for row in document
    ]
    table = pd.DataFrame(rows, columns=["doc", "norm", "upos", "kind", "sent"])
    table["sent"] = table["sent"].cumsum().astype("int32")
    table["section"] = (np.arange(len(table)) // 5).astype("str")
    names = ["doc", "norm", "upos", "kind", "section"]
    return table.astype(dict.fromkeys(names, "str"))


def cut(table, documents, cuts, dtype="category"):
    """The table as partitions that end after some of its documents, and as a Dask table."""
    ends = np.cumsum([0, *map(len, documents)])
    borders = [0, *(ends[min(place, len(documents))] for place in cuts), len(table)]
    columns = {name: dtype for name in table.columns if name != "sent"}
    parts = [table.iloc[first:last].astype(columns) for first, last in pairwise(borders)]
    return partitioned(parts)


def partitioned(parts):
    return dd.from_map(lambda part: part, parts, meta=parts[0].iloc[:0])


def check(statistic, table, partitions):
    pd.testing.assert_frame_equal(statistic(partitions), statistic(table))


# --- the same as in memory --------------------------------------------------------------------


@settings(deadline=None, max_examples=60)
@given(
    DOCUMENTS,
    CUTS,
    st.sampled_from(["norm", ["norm", "upos"], ["upos"], "doc"]),
    st.sampled_from([("word", "number"), KINDS, "word", []]),
    st.booleans(),
    st.booleans(),
)
def test_frequencies(documents, cuts, by, kinds, docs, stop):
    table = words_of(documents, missing=2)
    stop_words = {1: ["ب", "d1"], 2: [("ا", "NOUN")]}[2 if by == ["norm", "upos"] else 1]
    options = {"stop_words": stop_words if stop else None, "docs": docs}
    check(
        lambda t: frequencies(t, by=by, kinds=kinds, **options), table, cut(table, documents, cuts)
    )


@settings(deadline=None, max_examples=60)
@given(
    DOCUMENTS,
    CUTS,
    st.integers(1, 9),
    st.integers(0, 2),
    st.booleans(),
    st.integers(1, 2),
    st.integers(1, 2),
    st.integers(1, 5),
)
def test_ngrams(documents, cuts, n, skip, across, min_freq, min_docs, most):
    table = words_of(documents, missing=0)
    options = {"skip": skip, "across_sentences": across, "min_freq": min_freq, "min_docs": min_docs}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(larger, "MOST_GRAMS", most)
        check(lambda t: ngrams(t, n, **options), table, cut(table, documents, cuts))


def test_ngrams_of_more_bits_than_a_number_has():
    rng = np.random.default_rng(4)
    documents = [
        [(f"و{number}", None, "word", False) for number in rng.integers(0, 300, 200)]
        for _ in range(4)
    ]
    table = words_of(documents)
    doubled = pd.concat([table, table.assign(doc="again" + table["doc"])])
    partitions = cut(doubled, documents * 2, [1, 2, 5])
    for n in (1, 2, 7, 8, 9):
        check(lambda t, n=n: ngrams(t, n), doubled, partitions)
        check(lambda t, n=n: ngrams(t, n, min_docs=2), doubled, partitions)


@settings(deadline=None, max_examples=60)
@given(
    DOCUMENTS,
    CUTS,
    st.sampled_from(["norm", ["norm", "upos"]]),
    st.sampled_from(["doc", "section", 1, 3]),
    st.integers(1, 2),
    st.booleans(),
    st.integers(1, 20),
)
def test_dispersion(documents, cuts, by, parts, min_freq, some, most):
    table = words_of(documents)
    rows = table["kind"].isin(["word", "number"]).sum()
    parts = parts if isinstance(parts, str) else min(parts, max(rows, 1))
    items = {"norm": ["ا", "ليس"]}.get(by if isinstance(by, str) else "", [("ا", "NOUN"), ("", "")])
    options = {"by": by, "parts": parts, "min_freq": min_freq, "items": items if some else None}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(larger, "MOST_PLACES", most)
        check(lambda t: dispersion(t, **options), table, cut(table, documents, cuts))


NODES = st.sampled_from(
    ["ا", "ا*", "ا ب", re.compile("ا.*"), {"upos": "VERB"}, [{"norm": "ا"}, {"upos": "NOUN"}]]
)


@settings(deadline=None, max_examples=100)
@given(
    DOCUMENTS,
    CUTS,
    NODES,
    st.sampled_from([1, 3, (0, 2), (2, 1)]),
    st.booleans(),
    st.sampled_from([None, "antconc", "nltk", "berry_rogghe"]),
    st.integers(1, 2),
    st.sampled_from(["word", ("word", "number"), KINDS]),
)
def test_collocates(documents, cuts, node, window, across, convention, min_freq, kinds):
    table = words_of(documents, missing=1)
    options = {"window": window, "across_sentences": across, "convention": convention}
    options |= {"min_freq": min_freq, "kinds": kinds, "measure": ["mi", "z_score", "log_dice"]}
    check(lambda t: collocates(t, node, by="norm", **options), table, cut(table, documents, cuts))


@settings(deadline=None, max_examples=30)
@given(DOCUMENTS, DOCUMENTS, CUTS)
def test_keywords(documents, others, cuts):
    start = [[("ا", "NOUN", "word", True)]]  # an empty table is refused
    documents, others = start + documents, start + others
    tables = words_of(documents), words_of(others, first=100)
    partitions = cut(tables[0], documents, cuts), cut(tables[1], others, cuts)
    expected, found = (keywords(*(frequencies(t) for t in both)) for both in (tables, partitions))
    pd.testing.assert_frame_equal(found, expected)


@pytest.mark.parametrize("dtype", ["str", "object", "category"])
def test_columns_of_any_type(dtype):
    documents = [[(item, "NOUN", "word", True) for item in text.split()] for text in SENTENCES]
    table, node = words_of(documents), SENTENCES[0].split()[0]
    partitions = cut(table, documents, [1, 1, 4], dtype)
    check(frequencies, table, partitions)
    check(ngrams, table, partitions)
    check(dispersion, table, partitions)
    check(lambda t: collocates(t, node, by="norm"), table, partitions)


def test_what_can_be_read_once_only_is_read_once():
    documents = [[("ا", None, "word", True), ("ب", None, "word", True)]] * 3
    table = words_of(documents)
    partitions = cut(table, documents, [1, 2])
    check(lambda t: frequencies(t, stop_words=iter(["ا"])), table, partitions)
    check(lambda t: frequencies(t, kinds=iter(["word"])), table, partitions)
    check(lambda t: dispersion(t, items=iter(["ا", "ا"])), table, partitions)
    check(lambda t: dispersion(t, measures=iter(["dp"])), table, partitions)
    check(lambda t: collocates(t, "ا", by="norm", measure=iter(["mi"])), table, partitions)


@pytest.mark.parametrize(
    "statistic",
    [
        lambda t: ngrams(t, stop_words=["ب"]),
        lambda t: ngrams(t, 3, stop_words=pd.Index(["ا", "ج"])),
        lambda t: frequencies(t, stop_words=pd.Index(["ا"])),
        lambda t: dispersion(t, parts=["doc", "sent"], measures="dp"),
        lambda t: collocates(t, "ا ب", by="norm", node_kinds=("word", "number"), window=2),
        lambda t: collocates(t, "ا ب", by="norm", window=2),
        lambda t: collocates(t, {"ا", "ب"}, by="norm", stop_words=["ج"], measure="mi"),
        lambda t: collocates(t, "ا", by="norm", measure="fisher_exact", convention="ucs"),
    ],
)
def test_stop_words_and_kinds_of_nodes_are_those_of_memory(statistic):
    words = [("ا", None, "word", True), (".", None, "punctuation", True), ("ب", None, "word", True)]
    documents = [[*words, ("ج", None, "word", True)], [*words, *words, words[2]], [words[0]] * 3]
    table = words_of(documents)
    check(statistic, table, cut(table, documents, [1, 2]))


# --- a corpus in a folder ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    texts = texts_of([*SENTENCES, " ", *SENTENCES[:3]])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pieces, "SLICE_CHARACTERS", 60)
        where = tmp_path_factory.mktemp("larger") / "news"
        return pipeline.annotate_to(texts, where, cache=False)


STATISTICS = {
    "frequencies": lambda t: frequencies(t, by="lemma"),
    "pairs": lambda t: frequencies(t, by=["lemma", "upos"]),
    "ngrams": ngrams,
    "dispersion": dispersion,
    "parts": lambda t: dispersion(t, by="lemma", parts=3, measures=MEASURES[:3]),
    "collocates": lambda t: collocates(t, "في", measure=["mi", "log_dice"]),
    "phrase": lambda t: collocates(t, [{"upos": "VERB"}, {"upos": "NOUN"}], by="norm"),
}


@pytest.mark.parametrize("name", STATISTICS)
def test_the_parts_of_a_folder_give_what_the_corpus_gives(folder, name):
    partitions = dd.read_parquet(folder / "words")
    assert partitions.npartitions > 3
    check(STATISTICS[name], corpus.load(folder).words, partitions)


def test_tokens_are_counted_too(folder):
    tokens, partitions = corpus.load(folder).tokens, dd.read_parquet(folder / "tokens")
    check(frequencies, tokens, partitions)
    check(lambda t: collocates(t, "في", by="form"), tokens, partitions)


@pytest.mark.parametrize("by", ["norm", "form", "lemma"])
def test_tokens_and_words_stand_side_by_side(folder, by):
    whole, names = corpus.load(folder), ("tokens", "words")
    partitions = [dd.read_parquet(folder / name) for name in names]
    expected = ledger(whole.tokens, whole.words, by=by)
    pd.testing.assert_frame_equal(ledger(*partitions, by=by), expected)
    assert expected["clitics"].str.len().max() > 3


def test_tokens_and_words_of_some_documents_stand_side_by_side(folder):
    tables = [getattr(corpus.load(folder), name) for name in ("tokens", "words")]
    partitions = [dd.read_parquet(folder / name) for name in ("tokens", "words")]
    for docs in (["d0", "d4"], [], ["d8"]):
        expected, found = (
            ledger(*(table[table["doc"].isin(docs)] for table in both), by="lemma")
            for both in (tables, partitions)
        )
        pd.testing.assert_frame_equal(found, expected)


def test_keywords_of_documents_chosen_by_their_metadata(folder):
    words, partitions = corpus.load(folder).words, dd.read_parquet(folder / "words")
    docs = sorted(words["doc"].unique())

    def compared(t):
        target = t["doc"].isin(docs[::2])
        return keywords(frequencies(t[target], by="lemma"), frequencies(t[~target], by="lemma"))

    check(compared, words, partitions)


def test_schedulers_give_the_same(folder):
    words, partitions = corpus.load(folder).words, dd.read_parquet(folder / "words")
    with dask.config.set(scheduler="threads"):
        for statistic in STATISTICS.values():
            check(statistic, words, partitions)
    with (
        dask.config.set(scheduler=None),
        LocalCluster(n_workers=1, threads_per_worker=2, dashboard_address=":0") as cluster,
        Client(cluster),
    ):
        for statistic in STATISTICS.values():
            check(statistic, words, partitions)


# --- errors -----------------------------------------------------------------------------------


@pytest.fixture
def in_two():
    """Document d1 lies in two partitions."""
    documents = [[("ا", "NOUN", "word", False)] * 2] * 3
    table = words_of(documents)
    return table, partitioned([table.iloc[:3], table.iloc[:0], table.iloc[3:]])


@pytest.mark.parametrize(
    "statistic", [frequencies, ngrams, lambda t: collocates(t, "ا", by="norm")]
)
def test_a_document_in_two_partitions_is_named(in_two, statistic):
    with pytest.raises(ValueError, match=r"^\w+: document 'd1' lies in two partitions of the tab"):
        statistic(in_two[1])


def test_a_document_in_two_partitions_does_not_matter_to_some(in_two):
    check(lambda t: frequencies(t, docs=False), *in_two)
    check(dispersion, *in_two)


def test_rows_without_a_document_in_two_partitions_matter_to_neighbours():
    table = words_of([[("ا", "NOUN", "word", False)] * 4], missing=0)
    partitions = partitioned([table.iloc[:2], table.iloc[2:]])
    check(frequencies, table, partitions)
    with pytest.raises(ValueError, match=r"^ngrams: rows without a document lie in two part"):
        ngrams(partitions)


def test_options_are_refused_before_anything_is_read(folder):
    def unread(_):
        raise AssertionError("read")

    words = corpus.load(folder).words
    partitions = dd.from_map(unread, [0], meta=words.iloc[:0])
    wrong = [
        lambda t: frequencies(t, by="root"),
        lambda t: frequencies(t, kinds=["noun"]),
        lambda t: frequencies(t, stop_words="في"),
        lambda t: ngrams(t, 10),
        lambda t: ngrams(t, by=["lemma"]),
        lambda t: ngrams(t.drop(columns="sent")),
        lambda t: dispersion(t, measures=["range"]),
        lambda t: dispersion(t, parts="section"),
        lambda t: collocates(t, ""),
        lambda t: collocates(t, "في", window=0),
        lambda t: collocates(t, "في", measure="loglik"),
        lambda t: collocates(t, {"root": "في"}),
    ]
    for statistic in wrong:
        with pytest.raises(ValueError, match=r"^\w+: ") as in_memory:
            statistic(words)
        with pytest.raises(ValueError, match=re.escape(str(in_memory.value))):
            statistic(partitions)


def test_parts_that_cannot_be_are_refused_as_in_memory():
    documents = [[("ا", "NOUN", "word", True)] * 3] * 3
    table = words_of(documents, missing=1)
    for parts in ("doc", 10, 0, 2.5):
        with pytest.raises(ValueError, match=r"^dispersion: ") as in_memory:
            dispersion(table, parts=parts)
        with pytest.raises(ValueError, match=re.escape(str(in_memory.value))):
            dispersion(cut(table, documents, [1]), parts=parts)


def test_tokens_and_words_of_different_parts_are_refused(folder):
    tokens, words = (dd.read_parquet(folder / name) for name in ("tokens", "words"))
    with pytest.raises(ValueError, match=r"^ledger: tokens has 3 partitions and words 2 part"):
        ledger(tokens.partitions[:3], words.partitions[:2])
    with pytest.raises(ValueError, match=r"^ledger: tokens has \d partitions and words no part"):
        ledger(tokens, words.compute())
    with pytest.raises(ValueError, match=r"^ledger: document 'd\d' is in \w+ and not in \w+; pass"):
        ledger(tokens.partitions[:2], words.partitions[1:3])


@pytest.mark.parametrize(
    ("name", "statistic"),
    [
        ("kwic", lambda t: concordance.kwic(t, "ا")),
        ("diversity", diversity.diversity),
        ("keywords", lambda t: keywords(t, t)),
    ],
)
def test_what_needs_the_table_in_memory_says_so(in_two, name, statistic):
    with pytest.raises(ValueError, match=rf"^{name}: .*Dask.*compute\(\)"):
        statistic(in_two[1])


def test_a_dask_table_is_known_by_its_type(in_two):
    assert is_partitioned(in_two[1])
    for other in (in_two[0], in_two[1]["norm"], None, "dask", []):
        assert not is_partitioned(other)


def test_dask_is_imported_for_its_tables_only():
    counting = "\n".join(
        [
            "import pandas as pd",
            "from toolkit import collocation, counts, keyness",
            "from toolkit.statistics import larger, partitions",
            "words = pd.DataFrame({'doc': ['a'], 'kind': ['word'], 'norm': ['قال']})",
            "counts.frequencies(words)",
        ]
    )
    assert loaded_after(counting, ["dask", "distributed"]) == []
