"""The command: what it prints and writes, and one line for each failure."""

import io
import json
import shutil
import subprocess
import sys

import pandas as pd
import pytest

from toolkit import cli, corpus, database
from toolkit.cache import Cache
from toolkit.models import bundled_dir


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cli") / "corpus"
    with pytest.raises(SystemExit) as stop:
        cli.main(["annotate", "seeds", "--out", str(folder), "--quiet"])
    assert stop.value.code == 0
    return folder


@pytest.fixture
def command(capsys):
    """Run the command in this process; return exit code, stdout, stderr."""

    def run(*arguments):
        with pytest.raises(SystemExit) as stop:
            cli.main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return stop.value.code, printed.out, printed.err

    return run


def test_run_as_a_process_writes_the_report(tmp_path):
    finished = subprocess.run(
        [sys.executable, "-m", "toolkit", "run", "seeds", "--out", str(tmp_path / "report")],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    assert "1 document, " in finished.stdout
    assert "report: " in finished.stdout
    assert (tmp_path / "report" / "index.html").is_file()
    assert "Traceback" not in finished.stderr


def test_annotate_writes_a_corpus_that_loads(saved):
    assert len(corpus.load(saved).texts) == 1


def test_freq_prints_items_with_their_denominator(command, saved):
    code, out, _ = command("freq", saved, "--top", 3)
    lines = out.splitlines()
    assert code == 0
    assert lines[0].split("\t") == ["lemma", "freq", "n", "per_million", "docs"]
    assert len(lines) == 4
    loaded = corpus.load(saved).words
    assert int(lines[1].split("\t")[2]) == loaded["kind"].isin(["word", "number"]).sum()


def test_kwic_prints_each_occurrence(command, saved):
    # by hand: وزير stands alone four times in the article (وزير الدفاع three, وزير الرياضة one)
    _, out, _ = command("kwic", saved, "وزير")
    assert len(out.splitlines()) == 1 + 4


@pytest.mark.parametrize("suffix", ["csv", "tsv", "json", "parquet"])
def test_table_goes_to_a_file(command, saved, tmp_path, suffix):
    target = tmp_path / f"names.{suffix}"
    code, out, _ = command("entities", saved, "-o", target)
    assert (code, out) == (0, "")
    readers = {
        "csv": pd.read_csv,
        "tsv": lambda path: pd.read_csv(path, sep="\t"),
        "json": lambda path: pd.DataFrame(json.loads(path.read_text(encoding="utf-8"))),
        "parquet": lambda path: pd.read_parquet(path).reset_index(),
    }
    table = readers[suffix](target)
    assert table["freq"].sum() == len(corpus.load(saved).entities)


def test_models_show_names_every_file(command):
    _, out, _ = command("models", "show")
    for processor in ("tokenize", "mwt", "pos", "lemma", "ner", "pretrain"):
        assert f"{processor}/news" in out


def test_version_is_printed(command):
    code, out, _ = command("--version")
    assert code == 0
    assert out.startswith("mudawwana, version ")


@pytest.fixture
def bad_folder(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    return folder


def bad_inputs():
    return {
        "empty folder": ([], "no text file"),
        "empty file": ([("a.txt", b"")], "the file holds no text"),
        "white space": ([("a.txt", b" \n\n")], "only white space"),
        "binary": ([("a.txt", bytes(range(256)) * 20)], "a.txt"),
        "latin": ([("a.txt", b"no letter of the script")], "no Arabic letter"),
        "format": ([("a.docx", b"PK")], ".docx is not read"),
    }


@pytest.mark.parametrize("case", bad_inputs())
def test_bad_input_is_one_line_and_a_failure(command, bad_folder, tmp_path, case):
    files, reason = bad_inputs()[case]
    for name, content in files:
        (bad_folder / name).write_bytes(content)
    code, out, err = command("run", bad_folder, "--out", tmp_path / "report")
    assert code == 1
    assert out == ""
    assert err.startswith("mudawwana: ")
    assert len(err.splitlines()) == 1
    assert reason in err
    assert not (tmp_path / "report").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "reason"),
    [
        (["run", "nowhere"], 1, "no file or folder 'nowhere'"),
        (["run", "seeds", "--models", "nowhere"], 1, "neither a known name"),
        (["run", "seeds", "--encoding", "utf-9"], 1, "utf-9"),
        (["freq", "SAVED", "--by", "root"], 1, "no column 'root' in the table"),
        (["freq", "SAVED", "-o", "table.doc"], 1, "'table.doc' has no known format"),
        (["kwic", "SAVED", " "], 1, "node is empty"),
        (["freq", "SAVED", "--bye", "lemma"], 2, "No such option"),
        (["frequency"], 2, "No such command 'frequency'"),
        (["run"], 2, "Missing argument"),
        (["entities", "SAVED", "--by", "place"], 2, "'place' is not one of"),
    ],
)
def test_wrong_call_is_one_line_and_a_failure(command, saved, arguments, code, reason):
    found, out, err = command(*[saved if part == "SAVED" else part for part in arguments])
    assert found == code
    assert out == ""
    assert len(err.splitlines()) == 1
    assert reason in err


def test_one_bad_file_is_counted_and_the_rest_is_read(command, bad_folder, tmp_path):
    (bad_folder / "good.txt").write_text("وصل الرئيس إلى دمشق.", encoding="utf-8")
    (bad_folder / "bad.txt").write_bytes(b"")
    code, out, err = command("annotate", bad_folder, "--out", tmp_path / "kept")
    assert code == 0
    assert "1 document, " in out
    assert "1 problem" in out
    assert "1 of 2 files were not read" in err
    assert corpus.load(tmp_path / "kept").problems["doc"].tolist() == ["bad.txt"]


def test_without_arguments_the_help_is_printed(command):
    code, out, err = command()
    assert (code, err) == (0, "")
    assert "Commands:" in out


def test_unloadable_model_without_a_stated_hash_is_one_line(tmp_path):
    models = tmp_path / "models"
    shutil.copytree(bundled_dir(), models)
    damaged = models / "ar" / "ner" / "news.pt"
    damaged.write_bytes(damaged.read_bytes()[:200_000])
    listed = (models / "resources.json").read_text(encoding="utf-8")
    (models / "resources.json").write_text(listed.replace('"md5"', '"was"'), encoding="utf-8")
    finished = subprocess.run(
        [sys.executable, "-m", "toolkit", "freq", "seeds", "--models", str(models)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert finished.returncode == 1
    assert len(finished.stderr.splitlines()) == 1, finished.stderr
    assert "Stanza cannot load the models" in finished.stderr


def test_table_by_type_can_be_written_as_json(command, saved, tmp_path):
    target = tmp_path / "types.json"
    code, _, _ = command("entities", saved, "--by", "type", "-o", target)
    assert code == 0
    assert {row["type"] for row in json.loads(target.read_text(encoding="utf-8"))} <= {
        "PER",
        "LOC",
        "ORG",
        "MISC",
    }


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """The folder of a cache with three records in two groups, which the command uses."""
    folder = tmp_path / "kept"
    monkeypatch.setenv("MUDAWWANA_CACHE_DIR", str(folder))
    with Cache(folder) as cache:
        cache.put({"a" * 64: bytes(1_500_000), "b" * 64: bytes(500_000)}, group="news 3f2a")
        cache.put({"c" * 64: b"record"}, group="official 77aa")
    return folder


def test_cache_info_says_where_and_how_much(command, kept):
    code, out, err = command("cache", "info")
    lines = out.splitlines()
    assert (code, err) == (0, "")
    assert lines[0] == f"cache: {kept / database.FILE}"
    assert lines[1] == "3 records, 2.0 MB on disk"
    assert [line.split() for line in lines[2:]] == [
        ["news", "3f2a", "2", "2.0", "MB"],
        ["official", "77aa", "1", "0.0", "MB"],
    ]


def test_cache_info_says_when_there_is_none(command, tmp_path, monkeypatch):
    monkeypatch.setenv("MUDAWWANA_CACHE_DIR", str(tmp_path / "none"))
    code, out, err = command("cache", "info")
    assert (code, err) == (0, "")
    assert out == f"there is no cache; the next annotation begins it in {tmp_path / 'none'}\n"
    assert not (tmp_path / "none").exists()


def test_cache_clear_removes_a_group_or_all(command, kept):
    assert command("cache", "clear", "--yes", "--group", "news 3f2a")[:2] == (
        0,
        "removed: 2 records\n",
    )
    assert "1 record, " in command("cache", "info")[1]
    assert command("cache", "clear", "--yes")[:2] == (0, "removed: 1 record\n")
    assert "0 records, " in command("cache", "info")[1]


@pytest.mark.parametrize(
    ("answer", "code", "out", "left"),
    [
        ("y\n", 0, "removed: 3 records\n", 0),
        ("n\n", 0, "nothing was removed\n", 3),
        ("\n", 0, "nothing was removed\n", 3),
        ("", 130, "", 3),
    ],
)
def test_cache_clear_asks_before(command, kept, monkeypatch, answer, code, out, left):
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    found, printed, err = command("cache", "clear")
    assert (found, printed) == (code, out)
    assert err.startswith(f"Remove all records in {kept}? [y/N]: ")
    with Cache(kept) as cache:
        assert len(cache.get(["a" * 64, "b" * 64, "c" * 64])) == left


def test_cache_clear_of_an_unknown_group_is_one_line(command, kept):
    code, out, err = command("cache", "clear", "--yes", "--group", "old")
    assert (code, out) == (1, "")
    assert len(err.splitlines()) == 1
    assert "no group 'old'" in err
    assert "there are news 3f2a, official 77aa." in err


def test_damaged_cache_is_one_line_and_can_be_cleared(command, kept):
    (kept / database.FILE).write_bytes(b"no database" * 100)
    code, out, err = command("cache", "info")
    assert (code, out) == (1, "")
    assert len(err.splitlines()) == 1
    assert "is not a database" in err
    assert "mudawwana cache clear removes it" in err
    assert command("cache", "clear", "--yes")[0] == 0
    assert command("cache", "info")[1].startswith("there is no cache")


def test_damaged_cache_moved_aside_is_listed(command, kept):
    (kept / database.FILE).write_bytes(b"no database" * 100)
    with pytest.warns(UserWarning, match="moved to"):
        Cache(kept).close()
    assert command("cache", "info")[1].splitlines()[-1] == (
        f"damaged, moved aside: {kept / 'cache.damaged-1.sqlite'}"
    )


@pytest.mark.parametrize("arguments", [["cache"], ["cache", "info"], ["cache", "clear"]])
def test_cache_help_has_an_example(command, arguments):
    code, out, err = command(*arguments, "--help")
    assert (code, err) == (0, "")
    assert "Examples:\n    mudawwana cache info\n" in out


def test_annotate_in_two_processes_without_a_cache(command, tmp_path, monkeypatch):
    monkeypatch.setenv("MUDAWWANA_CACHE_DIR", str(tmp_path / "kept"))
    for name, text in (("a", "وصل الرئيس إلى دمشق."), ("b", "عاد الوفد إلى موسكو.")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    texts = [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]
    out = str(tmp_path / "corpus")
    code, printed, _ = command("annotate", *texts, "--out", out, "--workers", "2", "--no-cache")
    assert code == 0
    assert printed.startswith("2 documents, 2 sentences, 8 tokens")
    assert not (tmp_path / "kept").exists()


def test_no_worker_is_refused(command):
    code, _, err = command("annotate", "seeds", "--out", "x", "--workers", "0")
    assert code == 2
    assert "0 is not in the range x>=1" in err


def test_stopped_annotation_says_how_to_go_on(command, tmp_path, monkeypatch):
    from toolkit import worker

    monkeypatch.setenv("MUDAWWANA_CACHE_DIR", str(tmp_path / "kept"))

    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(worker, "annotate", stop)
    code, out, err = command("annotate", "seeds", "--out", str(tmp_path / "corpus"), "--quiet")
    assert (code, out) == (130, "")
    assert err.lstrip().startswith(
        "mudawwana: stopped. annotate: 0 of 1 texts are finished and kept in"
    )
    assert err.endswith("the same call goes on from there.\n")
