"""A saved corpus as other programs read it: the same cells by DuckDB and polars, plain types for R.

Expected cells are those of the tables in memory; counts are by hand from the twelve-word corpus.
"""

import re
from pathlib import Path

import duckdb
import pandas as pd
import polars
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from toolkit import corpus
from toolkit.keeping import storage

ROOT = Path(__file__).resolve().parents[1]
# What the R package arrow turns into a vector or a factor without a warning or a loss: factors
# need character values and an index of at most 32 bits.
PLAIN = {pa.string(), pa.large_string(), pa.int32(), pa.int64(), pa.float64(), pa.bool_()}
FACTOR = pa.dictionary(pa.int32(), pa.string())


@pytest.fixture
def saved(twelve, tmp_path):
    return twelve.save(tmp_path / "corpus")


@pytest.fixture
def in_parts(twelve, tmp_path):
    """The same corpus, a document a part: forms, and with them dictionaries, differ."""
    folder, tables = tmp_path / "parts", tables_of(twelve)
    parts = [
        {name: table[table["doc"].isin(docs)] for name, table in tables.items()}
        for docs in (["a"], ["b", "c"])  # c was not read
    ]
    return storage.write_parts(parts, twelve.provenance, folder, finish=lambda _: None)


def tables_of(kept):
    return {name: getattr(kept, name) for name in corpus.TABLES}


def rows(table):
    """The cells as plain Python values, None where one is missing."""
    cells = table.astype("object").where(table.notna(), None)
    return list(cells.itertuples(index=False, name=None))


@pytest.mark.parametrize("name", corpus.TABLES)
def test_duckdb_reads_the_same_cells(twelve, saved, in_parts, name):
    expected = rows(getattr(twelve, name))
    assert duckdb.sql(f"FROM '{saved}/{name}.parquet'").fetchall() == expected
    ordered = duckdb.sql(f"FROM read_parquet('{in_parts}/{name}/*.parquet')").fetchall()
    assert ordered == expected


@pytest.mark.parametrize("name", corpus.TABLES)
def test_polars_reads_the_same_cells(twelve, saved, in_parts, name):
    expected = rows(getattr(twelve, name))
    assert polars.read_parquet(saved / f"{name}.parquet").rows() == expected
    assert polars.scan_parquet(in_parts / name / "*.parquet").collect().rows() == expected


def test_duckdb_finds_a_name_in_its_text(twelve, saved):
    query = f"""
        SELECT substr(t.text, e.start + 1, e."end" - e.start), e.text
        FROM '{saved}/entities.parquet' e JOIN '{saved}/texts.parquet' t USING (doc)
    """
    found = duckdb.sql(query).fetchall()
    assert len(found) == len(twelve.entities) > 0
    assert all(cut == text for cut, text in found)


def test_polars_counts_as_pandas_does(twelve, saved):
    words = polars.read_parquet(saved / "words.parquet")
    found = dict(words.group_by("lemma").len().rows())
    assert found == twelve.words["lemma"].value_counts(dropna=False).to_dict()


@pytest.mark.parametrize("name", corpus.TABLES)
def test_columns_are_of_types_that_r_has(saved, in_parts, name):
    for path in [saved / f"{name}.parquet", *(in_parts / name).iterdir()]:
        for field in pq.read_table(path).schema:
            assert field.type in PLAIN | {FACTOR}, (path.name, field)


@pytest.mark.parametrize("name", corpus.TABLES)
def test_nothing_is_only_in_the_notes_of_pandas(twelve, saved, tmp_path, name):
    """Without the metadata that pandas alone reads, columns, order and cells are the same."""
    table = pq.read_table(saved / f"{name}.parquet").replace_schema_metadata(None)
    assert table.column_names == list(getattr(twelve, name).columns)
    pq.write_table(table, tmp_path / "plain.parquet")
    found = pd.read_parquet(tmp_path / "plain.parquet")
    assert rows(found) == rows(getattr(twelve, name))


def examples(language):
    """The blocks of a language in the section on other programs."""
    said = (ROOT / "docs" / "exporting.md").read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", said, re.DOTALL)


def test_examples_of_the_documentation_give_the_rows_of_pandas(monkeypatch):
    monkeypatch.chdir(ROOT)
    words = pd.read_parquet("data/mawsua/annotated/words.parquet").query("upos == 'NOUN'")
    freq = words["lemma"].astype("str").value_counts()
    docs = words.groupby("lemma", observed=True)["doc"].nunique()
    expected = [(lemma, freq[lemma], docs[lemma]) for lemma in freq.index[:3]]
    assert expected[0] == ("عام", 230, 86)
    (query,), (code,) = examples("sql"), examples("python")
    assert duckdb.sql(query).fetchall() == expected
    *statements, last = code.strip().splitlines()
    names = {"polars": polars}
    exec("\n".join(statements), names)
    assert eval(last, names).rows() == expected


def test_parts_that_have_other_columns_are_united_by_name(twelve, tmp_path):
    tables = tables_of(twelve)
    titled = {**tables, "texts": twelve.texts.assign(title="عنوان")}
    parts = [tables, titled]
    folder = storage.write_parts(parts, {}, tmp_path / "kept", finish=lambda _: None)
    files = folder / "texts" / "*.parquet"
    query = f"SELECT title FROM read_parquet('{files}', union_by_name = true)"
    expected = [None, None, "عنوان", "عنوان"]
    assert [cell for (cell,) in duckdb.sql(query).fetchall()] == expected
    lazy = polars.concat(map(polars.scan_parquet, sorted(files.parent.iterdir())), how="diagonal")
    assert lazy.collect()["title"].to_list() == expected
