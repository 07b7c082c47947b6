"""The command: what it prints and writes, and one line for each failure."""

import io
import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
from dataclasses import replace

import command_line
import pandas as pd
import pytest

from toolkit import __version__, cli, corpus, models, pipeline, report
from toolkit.keeping import database
from toolkit.keeping.cache import Cache
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
    first, second = out.splitlines()
    assert code == 0
    assert first == f"mudawwana, version {__version__}"
    assert second == (
        f"bundled models: package news, fingerprint {models.resolve('news').fingerprint[:16]}"
    )


def test_version_without_models_is_printed(command, monkeypatch):
    def missing(*_):
        raise FileNotFoundError("models: 'x' is not there.")

    monkeypatch.setattr(models, "resolve", missing)
    code, out, err = command("--version")
    assert (code, err) == (0, "")
    said = "bundled models: none that can be used (models: 'x' is not there.)"
    assert out.splitlines()[1] == said


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
        "format": ([("a.doc", b"PK")], ".doc is not read; save it as .docx"),
        "damaged": ([("a.docx", b"PK")], "a.docx"),
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
        (["freq", "SAVED", "-o", "table.doc"], 2, "'table.doc' has no known format"),
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
    assert "there is no cache" in command("cache", "info")[1]


@pytest.mark.parametrize(
    ("answer", "code", "out", "left"),
    [
        ("y\n", 0, "removed: 3 records\n", 0),
        ("n\n", 0, "nothing was removed\n", 3),
        ("\n", 0, "nothing was removed\n", 3),
        ("", 2, "", 3),
    ],
)
def test_cache_clear_asks_before(command, kept, monkeypatch, answer, code, out, left):
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    found, printed, err = command("cache", "clear")
    assert (found, printed) == (code, out)
    assert err.startswith(f"Remove all records in {kept}? [y/N]: ")
    with Cache(kept) as cache:
        assert len(cache.get(["a" * 64, "b" * 64, "c" * 64])) == left


def test_cache_clear_without_anybody_to_ask_names_the_option(command, kept, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    err = command("cache", "clear")[2]
    assert "nobody is here to answer; --yes does not ask" in err
    assert "stopped" not in err


def test_refusal_of_the_system_is_said_in_words(command, tmp_path, monkeypatch):
    def refuse(*_args, **_keywords):
        raise PermissionError(13, "Permission denied", str(tmp_path / "closed"))

    monkeypatch.setattr(corpus, "load", refuse)
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "manifest.json").write_text("{}", encoding="utf-8")
    code, out, err = command("freq", tmp_path / "corpus")
    assert (code, out) == (1, "")
    assert err == f"mudawwana: {str(tmp_path / 'closed')!r}: Permission denied.\n"


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
    from toolkit.annotating import worker

    monkeypatch.setenv("MUDAWWANA_CACHE_DIR", str(tmp_path / "kept"))

    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(worker, "annotate", stop)
    code, out, err = command("annotate", "seeds", "--out", str(tmp_path / "corpus"), "--quiet")
    assert (code, out) == (130, "")
    assert err.lstrip().startswith("mudawwana: stopped. annotate: nothing is kept in")
    assert err.endswith("the same call begins anew.\n")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "kept in the cache, and the same call goes on from there."),
        (["--no-cache"], "not kept, as no cache is used; the same call begins anew."),
    ],
)
def test_stopped_report_says_what_is_kept(command, twelve, tmp_path, monkeypatch, given, said):
    monkeypatch.setattr(pipeline, "annotate", lambda *_, **__: twelve)

    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(report, "build", stop)
    code, out, err = command("run", "seeds", "--out", tmp_path / "report", "--quiet", *given)
    assert (code, out) == (130, "")
    assert err.lstrip() == f"mudawwana: stopped. run: all texts are annotated, and {said}\n"


# --- texts ------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    """Two texts in two sections, and a file that is none."""
    texts = {"sport_1": "وصل الفريق إلى دمشق.", "arts_2": "قال الشاعر نعم."}
    (tmp_path / "texts").mkdir()
    for name, text in texts.items():
        (tmp_path / "texts" / f"{name}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "texts" / "empty.txt").write_text("", encoding="utf-8")
    return tmp_path / "texts"


PATTERN = ["--metadata", "{section}_{number}.txt"]


def test_read_as_a_process_prints_texts_and_problems(folder):
    done = command_line.process("read", folder, *PATTERN)
    assert done.returncode == 0
    found = command_line.rows(done.stdout)
    # by hand: 20 and 15 code points
    assert found[0][:3] == ["doc", "code_points", "begins"]
    assert [row[:3] for row in found[1:]] == [
        ["arts_2", "15", "قال الشاعر نعم."],
        ["sport_1", "20", "وصل الفريق إلى دمشق."],
    ]
    assert [row[found[0].index("section")] for row in found[1:]] == ["arts", "sport"]
    assert "empty.txt: empty (the file holds no text)" in done.stderr
    assert done.stderr.startswith("1 problem:") or "problems:" in done.stderr


def test_read_writes_the_texts_and_the_problems(command, folder, tmp_path):
    command("read", folder, "-o", tmp_path / "texts.parquet", "--quiet")
    assert pd.read_parquet(tmp_path / "texts.parquet")["text"].tolist() == [
        "قال الشاعر نعم.",
        "وصل الفريق إلى دمشق.",
    ]
    _, out, _ = command("read", folder, "--problems")
    assert ["empty.txt", "read", "empty", "the file holds no text"] in command_line.rows(out)


def test_file_that_cannot_be_opened_is_an_error_of_reading_not_of_the_call(
    command, folder, monkeypatch
):
    monkeypatch.setattr(os, "access", lambda *_, **__: False)
    opened = open

    def refuse(path, *arguments, **options):
        if str(path).endswith("sport_1.txt"):
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *arguments, **options)

    monkeypatch.setattr("builtins.open", refuse)
    monkeypatch.setattr("io.open", refuse)
    code, out, err = command("read", folder / "sport_1.txt")
    assert (code, out) == (1, "")
    assert "'sport_1.txt' could not be read: Permission denied" in err


def test_read_of_a_saved_corpus_shows_its_texts(command, saved):
    _, out, err = command("read", saved)
    assert len(out.splitlines()) == 2
    assert "read_texts" not in err


def test_tables_of_texts_are_read_by_their_columns(command, tmp_path):
    (tmp_path / "news.csv").write_text("id,body\nx,وصل الوزير\n", encoding="utf-8")
    _, out, _ = command("read", tmp_path / "news.csv", "--text", "body", "--doc", "id")
    assert command_line.rows(out)[1][:3] == ["x", "10", "وصل الوزير"]


def test_texts_are_chosen_before_they_are_annotated(command, folder, tmp_path):
    arguments = ["annotate", folder, "--out", tmp_path / "c", *PATTERN, "--no-entities"]
    code, out, _ = command(*arguments, "--where", "section=sport")
    assert code == 0
    assert out.startswith("1 document, 1 sentence, 4 tokens")
    loaded = corpus.load(tmp_path / "c")
    assert loaded.texts["section"].tolist() == ["sport"]
    assert loaded.tokens["ner"].isna().all()  # not looked for


def test_text_that_is_piped_in_as_a_process():
    text = "وصل وزير الدفاع إلى دمشق."
    out = command_line.succeeded("freq", "-", "--by", "norm", "--top", "all", input=text)
    assert {row[2] for row in command_line.rows(out)[1:]} == {"5"}
    encoded = "date 2025-11-16 زار موسكو أمس".encode("cp1256")
    out = command_line.succeeded("dates", "-", "--encoding", "cp1256", input=encoded)
    assert command_line.rows(out)[1] == ["stdin", "", "أمس", "26", "29", *["2025-11-15"] * 2, "day"]


def test_piped_text_has_no_path_of_this_machine(command, monkeypatch):
    piped = io.TextIOWrapper(io.BytesIO("زار موسكو أمس".encode()))
    monkeypatch.setattr("sys.stdin", piped)
    _, out, _ = command("read", "-")
    header, row = command_line.rows(out)
    assert row[header.index("path")] == "stdin"


def test_nothing_piped_in_is_one_line(command, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
    code, out, err = command("freq", "-")
    assert (code, out) == (1, "")
    assert "'stdin.txt' could not be read: the file holds no text" in err
    code, _, err = command("freq", "-", "-")
    assert code == 1
    assert "pass - once" in err
    monkeypatch.setattr("sys.stdin", None)
    code, _, err = command("freq", "-")
    assert code == 1
    assert "nothing is piped in" in err


def test_a_wrong_column_is_refused_before_texts_are_read(command):
    code, _, err = command("freq", "nowhere", "--by", "root")
    assert code == 1
    assert "no column 'root'" in err


def test_a_corpus_is_not_annotated_again(command, saved, tmp_path):
    for name in ("annotate", "run"):
        code, _, err = command(name, saved, "--out", tmp_path / "again")
        assert code == 1
        assert "is a saved corpus, which is annotated already" in err


@pytest.mark.parametrize(
    "arguments",
    [
        ["annotate", "texts", "--out", "texts"],
        ["run", "texts", "--out", "occupied"],
        ["annotate", "texts", "--out", "file/corpus"],
        ["run", "texts", "--out", "file/report"],
        ["report", "texts", "--out", "file/report"],
        ["freq", "texts", "-o", "file/table.csv"],
        ["export", "texts", "-o", "file/corpus.conllu"],
    ],
    ids=lambda arguments: " ".join(arguments),
)
def test_place_that_cannot_be_written_is_refused_before_texts_are_annotated(
    command, folder, tmp_path, monkeypatch, arguments
):
    (tmp_path / "file").write_text("", encoding="utf-8")
    (tmp_path / "occupied" / "corpus").mkdir(parents=True)
    (tmp_path / "occupied" / "corpus" / "mine.txt").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(pipeline, "annotate", lambda *_, **__: pytest.fail("annotated"))
    code, out, err = command(*arguments)
    assert (code, out) == (1, "")
    assert "is no saved corpus (" in err or f"{arguments[-1]!r} cannot be written (" in err
    assert len(err.splitlines()) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "occupied", "texts"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["kwic", "{saved}", "{word}"],
        ["collocates", "{saved}", "{word}", "--min-freq", "1"],
        ["freq", "{saved}", "--where", "section={word}"],
        ["read", "{word}", "--metadata", "{word}-{{number}}"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_what_is_typed_is_understood_in_a_locale_that_is_not_utf_8(twelve, tmp_path, arguments):
    word = "دمشق"
    (tmp_path / word).mkdir()
    (tmp_path / word / f"{word}-1.txt").write_text(word, encoding="utf-8")
    texts = twelve.texts.assign(section=word)
    saved = replace(twelve, texts=texts).save(tmp_path / "saved")
    given = [each.format(saved=saved, word=word) for each in arguments]
    env = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = command_line.process(*given, cwd=tmp_path, env=env)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) > 1
    assert done.stdout == command_line.succeeded(*given, cwd=tmp_path)


def test_report_as_a_process_of_a_saved_corpus(saved, tmp_path):
    out = command_line.succeeded("report", saved, "--out", tmp_path / "page")
    assert out.startswith("1 document, ")
    assert out.splitlines()[-1] == f"report: {tmp_path / 'page' / 'index.html'}"
    assert (tmp_path / "page" / "index.html").is_file()
    # the folder of a report is a source too
    assert command_line.succeeded("freq", tmp_path / "page", "--top", "1")


def test_models_and_cache_as_processes(tmp_path):
    assert "pos/news" in command_line.succeeded("models", "show")
    env = {**os.environ, "MUDAWWANA_CACHE_DIR": str(tmp_path / "none")}
    assert "there is no cache" in command_line.succeeded("cache", "info", env=env)
    done = command_line.process("models", "download", "news")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1


# --- how it ends ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", cli.commands.commands)
def test_every_command_has_an_example(command, name):
    code, out, err = command(name, "--help")
    assert (code, err) == (0, "")
    assert f"mudawwana {name} " in out[out.index("\n  Examples:\n    mudawwana ") :]


def test_every_example_is_a_call_that_is_understood():
    """Each example of each command parses, up to the files that it names."""
    found = []
    for command in (cli.commands, *cli.commands.commands.values()):
        for line in (command.epilog or "").splitlines():
            call = line.strip().partition("| mudawwana")
            call = f"mudawwana{call[2]}" if call[1] else call[0]
            if call.startswith("mudawwana "):
                words = shlex.split(call.partition(" | ")[0])[1:]
                found.append(words)
    assert len(found) > 40
    for name, *rest in found:
        called, given = cli.commands.commands[name], rest
        if name in ("models", "cache"):
            called, given = called.commands[rest[0]], rest[1:]
        called.make_context(name, given)


def test_unexpected_failure_is_one_line(command, monkeypatch, saved):
    def fail(*_, **__):
        raise RuntimeError("two\nlines")

    monkeypatch.setattr(corpus, "load", fail)
    code, out, err = command("freq", saved)
    assert (code, out) == (1, "")
    assert err == (
        "mudawwana: RuntimeError: two lines (unexpected; --debug shows where it comes from)\n"
    )
    for arguments in (["--debug", "freq", saved], ["freq", saved, "--debug"]):
        code, _, err = command(*arguments)
        assert code == 1
        assert err.startswith("Traceback (most recent call last):")
        assert err.splitlines()[-1].startswith("mudawwana: RuntimeError")
    monkeypatch.setenv("MUDAWWANA_DEBUG", "1")
    assert command("freq", saved)[2].startswith("Traceback")
    monkeypatch.setenv("MUDAWWANA_DEBUG", "0")
    assert command("freq", saved)[2].startswith("mudawwana: ")


@pytest.mark.parametrize("error", [MemoryError(), RecursionError("deep"), ImportError("no lxml")])
def test_failures_of_every_kind_are_one_line(command, monkeypatch, saved, error):
    def fail(*_, **__):
        raise error

    monkeypatch.setattr(corpus, "load", fail)
    code, out, err = command("freq", saved)
    assert (code, out, len(err.splitlines())) == (1, "", 1)


@pytest.mark.skipif(os.name == "nt", reason="no pipes of a POSIX shell")
@pytest.mark.parametrize(
    "arguments", [["freq", "SAVED", "--by", "norm", "--top", "all"], ["--help"]]
)
def test_reader_that_has_read_enough_is_no_error(saved, arguments):
    given = [str(saved) if part == "SAVED" else part for part in arguments]
    with subprocess.Popen(
        [sys.executable, "-m", "toolkit", *given],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        running.stdout.close()  # before anything is written
        said = running.stderr.read().decode()
    assert (running.returncode, said.replace("20 of", "")) == (0, "")


@pytest.mark.parametrize("error", [BrokenPipeError(32, "Broken pipe"), EOFError("ran out")])
def test_a_worker_that_ended_is_neither_a_reader_nor_a_stop(command, monkeypatch, folder, error):
    from toolkit import pipeline

    def fail(*_, **__):
        raise error

    monkeypatch.setattr(pipeline, "annotate", fail)
    code, out, err = command("freq", folder / "arts_2.txt")
    assert (code, out) == (1, "")
    assert "ended" in err


@pytest.mark.skipif(os.name == "nt", reason="no pipes of a POSIX shell")
def test_an_error_that_nobody_reads_is_an_error():
    with subprocess.Popen(
        [sys.executable, "-m", "toolkit", "freq", "nowhere"], stderr=subprocess.PIPE
    ) as running:
        running.stderr.close()
    assert running.returncode == 1


def heed_the_keyboard():
    """Shells start what runs in the background deaf to it, and that is passed on."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_stop_as_a_process(tmp_path):
    """What the keyboard sends while a text is awaited from it."""
    with subprocess.Popen(
        [sys.executable, "-m", "toolkit", "freq", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=heed_the_keyboard,
    ) as running:
        running.stdin.write("وصل".encode() * 50_000)  # more than a pipe holds: it is being read
        running.stdin.flush()
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=60)
    assert (running.returncode, out) == (130, b"")
    assert err.decode().strip() == "mudawwana: stopped."


@pytest.mark.skipif(os.name == "nt", reason="names of files are Unicode there")
def test_name_of_a_file_that_is_no_text_can_be_printed(tmp_path):
    done = command_line.process("freq", os.fsdecode(b"nowhere\xff"), cwd=tmp_path)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_module_prints_the_version_too():
    assert command_line.succeeded("--version").startswith(f"mudawwana, version {__version__}\n")


def completed(words, place, **env):
    env = {
        **os.environ,
        "_MUDAWWANA_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(place),
        **env,
    }
    return command_line.process(env=env).stdout.splitlines()


def test_shell_completes_commands_options_and_names():
    assert completed("mudawwana fr", 1) == ["plain,freq"]
    assert "plain,--min-freq" in completed("mudawwana ngrams --min", 2)
    assert completed("mudawwana collocates --measure mi,log_d", 3) == ["plain,mi,log_dice"]
    assert completed("mudawwana kwic --by lem", 3) == ["plain,lemma"]


@pytest.mark.parametrize(("shell", "said"), [("zsh", "#compdef mudawwana"), ("fish", "complete")])
def test_shell_gets_its_script(shell, said):
    env = {**os.environ, "_MUDAWWANA_COMPLETE": f"{shell}_source"}
    assert said in command_line.succeeded(env=env)
