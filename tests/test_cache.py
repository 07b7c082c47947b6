"""The cache: what was put comes back or is missing, and nothing that befalls the file is fatal.

What the tests do to it is real: processes that are killed, files that are overwritten, users who
may not write.
"""

import gc
import hashlib
import json
import os
import random
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.keeping import cache, claims, database, holdings
from toolkit.keeping.cache import Cache, CacheWarning

# a warning that no test waits for is a failure
pytestmark = pytest.mark.filterwarnings("error::toolkit.keeping.sharing.CacheWarning")
posix_only = pytest.mark.skipif(os.name != "posix", reason="users and signals of POSIX")

PAGE = 4096  # bytes of a page of SQLite


def key_of(name):
    return hashlib.sha256(str(name).encode()).hexdigest()


def record_of(name, size=200):
    """Bytes that follow from a name, `size` of them."""
    return hashlib.shake_128(str(name).encode()).digest(size)


def records_of(names, size=200):
    return {key_of(name): record_of(name, size) for name in names}


RECORDS = records_of(range(200))
KEYS = list(RECORDS)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "cache"


@pytest.fixture
def filled(folder):
    """A folder whose cache holds RECORDS, closed."""
    with Cache(folder) as opened:
        opened.put(RECORDS, group="news 3f2a")
    return folder


def sql(folder, statement, *values):
    with closing(sqlite3.connect(folder / database.FILE)) as connection, connection:
        return connection.execute(statement, values).fetchall()


# What a process runs before its own lines: `key_of` and `record_of` as they are here.
BEGIN = """
import hashlib, json, os, random, signal, sys, time, warnings
from pathlib import Path
from toolkit.keeping.cache import Cache

def key_of(name):
    return hashlib.sha256(str(name).encode()).hexdigest()

def record_of(name, size=200):
    return hashlib.shake_128(str(name).encode()).digest(size)

def wait_for(path):
    while not Path(path).exists():
        time.sleep(0.005)
"""


def process(code, *arguments):
    """A running Python process, in which every warning is an error."""
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", BEGIN + textwrap.dedent(code), *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def outcome(running):
    """What a process has printed, as JSON, when it has ended well."""
    out, err = running.communicate(timeout=120)
    assert running.returncode == 0, err
    return json.loads(out)


# --- records ----------------------------------------------------------------------------------


def test_what_is_put_is_there_now_and_later(folder):
    with Cache(folder) as opened:
        opened.put(RECORDS)
        assert opened.get(KEYS) == RECORDS
    with Cache(folder) as again:
        assert again.get(KEYS) == RECORDS
        assert again.problems == []


def test_missing_keys_are_left_out_and_order_is_that_of_the_keys(filled):
    asked = [KEYS[7], key_of("absent"), KEYS[3], KEYS[7]]
    with Cache(filled) as opened:
        assert list(opened.get(asked).items()) == [(key, RECORDS[key]) for key in asked[::2]]
        assert opened.get([]) == {}


def test_later_record_takes_the_place_of_the_earlier(filled):
    with Cache(filled) as opened:
        opened.put({KEYS[0]: b"new"}, group="other")
        assert opened.get(KEYS[:2]) == {KEYS[0]: b"new", KEYS[1]: RECORDS[KEYS[1]]}
    assert holdings.info(filled).records == len(RECORDS)


def test_twenty_thousand_records(folder):
    many = records_of(range(20_000), size=40)
    with Cache(folder) as opened:
        opened.put(many)
        assert opened.get([*many, *map(key_of, range(20_000, 25_000))]) == many


@settings(max_examples=40)  # each makes a file
@given(
    st.dictionaries(
        st.binary(min_size=32, max_size=32).map(bytes.hex), st.binary(max_size=5000), max_size=20
    ),
    st.text(),
)
def test_any_bytes_come_back(records, group):
    with tempfile.TemporaryDirectory() as folder:
        with Cache(folder) as opened:
            opened.put(records, group=group.encode(errors="replace").decode())
        with Cache(folder) as opened:
            assert opened.get(list(records)) == records


def test_record_too_large_for_sqlite_is_said_and_the_others_are_kept(folder, monkeypatch):
    monkeypatch.setattr(cache, "LARGEST", 1000)  # 900 MB would fill the memory of the machine
    with Cache(folder) as opened:
        with pytest.warns(CacheWarning, match="a record of more than 1,000 bytes is not kept"):
            opened.put({KEYS[0]: bytes(1001), KEYS[1]: bytes(1000)})
        opened.put({KEYS[0]: bytes(1001)})  # is said once
        assert opened.get(KEYS[:2]) == {KEYS[1]: bytes(1000)}


def test_put_that_is_interrupted_keeps_nothing_and_the_next_one_works(filled, monkeypatch):
    def interrupted(key, record):
        if record == b"last":
            raise KeyboardInterrupt  # as Ctrl-C would at this moment
        return checksum(key, record)

    checksum = cache._checksum
    monkeypatch.setattr(cache, "_checksum", interrupted)
    with Cache(filled) as opened:
        with pytest.raises(KeyboardInterrupt):
            opened.put({key_of("first"): b"first", key_of("last"): b"last"})
        assert opened.get([*KEYS, key_of("first")]) == RECORDS
        opened.put({key_of("first"): b"first"})
        assert len(opened.get([*KEYS, key_of("first")])) == 201


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda c: c.get("ab" * 32), "the keys are one string"),
        (lambda c: c.get(["ab"]), "'ab' is no key"),
        (lambda c: c.get(["AB" * 32]), "is no key"),
        (lambda c: c.get([b"a" * 64]), "is no key"),
        (lambda c: c.claim([None]), "None is no key"),
        (lambda c: c.release(["\n" + "a" * 64]), "is no key"),
        (lambda c: c.put({KEYS[0]: "text"}), f"the record of {KEYS[0]} is of type str, not bytes"),
        (lambda c: c.put({"a": b""}), "'a' is no key"),
        (lambda c: (c.close(), c.get(KEYS)), "it is closed"),
        (lambda c: (c.close(), c.put(RECORDS)), "it is closed"),
    ],
)
def test_wrong_call_is_an_error(folder, call, message):
    with Cache(folder) as opened, pytest.raises(ValueError, match=f"^cache: .*{message}"):
        call(opened)


def test_closing_twice_is_none(folder):
    opened = Cache(folder)
    opened.close()
    opened.close()


def test_folder_is_named_by_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("MUDAWWANA_CACHE_DIR", str(tmp_path))
    assert cache.default_folder() == tmp_path
    monkeypatch.setenv("MUDAWWANA_CACHE_DIR", "")
    assert "mudawwana" in cache.default_folder().parts
    assert cache.default_folder().is_absolute()


# --- several at once --------------------------------------------------------------------------


def test_four_processes_write_and_read_the_same_keys(folder, tmp_path):
    code = """
    folder, go, seed = sys.argv[1:]
    names = list(range(300))
    random.Random(int(seed)).shuffle(names)
    wrong = 0
    with Cache(folder) as cache:
        print("ready", file=sys.stderr, flush=True)
        wait_for(go)
        for first in range(0, len(names), 10):
            batch = names[first : first + 10]
            cache.put({key_of(name): record_of(name, 3000) for name in batch})
            found = cache.get([key_of(name) for name in names])
            put = names[: first + 10]
            wrong += sum(found.get(key_of(name)) != record_of(name, 3000) for name in put)
        problems = cache.problems
    print(json.dumps([wrong, problems]))
    """
    running = [process(code, folder, tmp_path / "go", seed) for seed in range(4)]
    for one in running:
        assert one.stderr.readline() == "ready\n"
    (tmp_path / "go").touch()
    assert [outcome(one) for one in running] == [[0, []]] * 4
    with Cache(folder) as opened:
        assert opened.get([key_of(n) for n in range(300)]) == records_of(range(300), 3000)


def test_threads_share_one_object(folder):
    with Cache(folder) as opened, ThreadPoolExecutor(8) as pool:

        def work(number):
            mine = records_of(range(number * 20, number * 20 + 20))
            opened.put(mine)
            return opened.get(list(mine)) == mine

        assert list(pool.map(work, range(40))) == [True] * 40
        assert len(opened.get([key_of(n) for n in range(800)])) == 800


def test_processes_that_begin_at_once_make_one_file(folder, tmp_path):
    code = """
    folder, go, number = sys.argv[1:]
    wait_for(go)
    with Cache(folder) as cache:
        cache.put({key_of(number): b"here"})
        print(json.dumps(cache.problems))
    """
    running = [process(code, folder, tmp_path / "go", number) for number in range(4)]
    (tmp_path / "go").touch()
    assert [outcome(one) for one in running] == [[]] * 4
    with Cache(folder) as opened:
        assert len(opened.get([key_of(number) for number in range(4)])) == 4


@posix_only
def test_forked_process_opens_its_own(filled):
    code = """
    cache = Cache(sys.argv[1])
    child = os.fork()
    if child == 0:
        try:
            cache.get([key_of(0)])
        except ValueError as error:
            cache.close()
            with Cache(sys.argv[1]) as own:
                os._exit(40 + len(own.get([key_of(0)])) if "before the fork" in str(error) else 1)
        os._exit(2)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    cache.put({key_of("after"): b"after"})
    print(json.dumps([code, len(cache.get([key_of(0), key_of("after")]))]))
    """
    assert outcome(process(code, filled)) == [41, 2]


@posix_only
def test_killed_process_leaves_each_put_whole_or_not_at_all(folder):
    code = """
    folder, first = sys.argv[1], int(sys.argv[2])
    with Cache(folder) as cache:
        for batch in range(first, first + 10_000):
            names = [f"{batch} {n}" for n in range(40)]
            cache.put({key_of(name): record_of(name, 20_000) for name in names})
            print(batch, flush=True)
    """
    moments = random.Random(20251116)
    first = 0
    for _ in range(10):
        writer = process(code, folder, first)
        assert writer.stdout.readline() == f"{first}\n"
        time.sleep(moments.uniform(0, 0.2))
        writer.kill()
        said, _ = writer.communicate(timeout=60)
        last = int(said.split()[-1]) if said.split() else first
        with Cache(folder) as opened:
            for batch in range(first, last + 3):
                expected = records_of((f"{batch} {n}" for n in range(40)), 20_000)
                found = opened.get(list(expected))
                if batch == last + 1:  # the one that was under way
                    assert found in ({}, expected)
                else:
                    assert found == (expected if batch <= last else {})
            assert opened.problems == []
            first = last + 1 + bool(opened.get([key_of(f"{last + 1} 0")]))
    with Cache(folder) as opened:
        names = (f"{batch} {n}" for batch in range(first) for n in range(40))
        assert len(opened.get([key_of(name) for name in names])) == 40 * first
    assert sql(folder, "PRAGMA integrity_check") == [("ok",)]


# --- damaged records --------------------------------------------------------------------------

DAMAGES = {
    "flipped bit": "value = CAST(substr(value, 1, 99) || x'00' || substr(value, 101) AS BLOB)",
    "truncated": "value = substr(value, 1, 150)",
    "empty": "value = x''",
    "text": "value = 'text'",
    "no text": "value = CAST(x'ff00fe' AS TEXT)",
    "number": "value = 3",
    "checksum": "checksum = x'00'",
    "checksum of another type": "checksum = 'a'",
    "another's record": "(checksum, value) = (SELECT checksum, value FROM records WHERE key != ?1)",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_record_is_missing_said_and_removed(filled, damage):
    key = bytes.fromhex(KEYS[5])
    sql(filled, f"UPDATE records SET {DAMAGES[damage]} WHERE key = ?1", key)
    with Cache(filled) as opened:
        with pytest.warns(CacheWarning) as said:
            found = opened.get(KEYS)
        assert found == {key: RECORDS[key] for key in KEYS if key != KEYS[5]}
        assert [str(warning.message) for warning in said] == opened.problems
        assert opened.problems == [
            f"cache: 1 of 200 records in {str(opened.path)!r} was damaged and is computed again."
        ]
        assert said[0].filename == __file__
        assert sql(filled, "SELECT count(*) FROM records") == [(199,)]
        assert opened.claim(KEYS) == [KEYS[5]]
        opened.put({KEYS[5]: RECORDS[KEYS[5]]})
        assert opened.get(KEYS) == RECORDS


def test_damaged_records_are_summed_up_at_the_end(filled):
    sql(filled, "UPDATE records SET value = x'00'")
    opened = Cache(filled)
    with pytest.warns(CacheWarning, match=r"10 of 10 records in .* were damaged and are computed"):
        assert opened.get(KEYS[:10]) == {}
    assert opened.get(KEYS[10:60]) == {}
    with pytest.warns(CacheWarning, match="60 of 60 records"):
        opened.close()
    assert len(opened.problems) == 2


def test_good_record_that_another_put_meanwhile_is_not_removed(filled):
    sql(filled, "UPDATE records SET value = x'00' WHERE key = ?", bytes.fromhex(KEYS[0]))
    with Cache(filled) as opened, Cache(filled) as other:
        # between reading and removing there is only this
        original = opened._remove

        def put_first(damaged):
            other.put({KEYS[0]: RECORDS[KEYS[0]]})
            original(damaged)

        opened._remove = put_first
        with pytest.warns(CacheWarning, match="1 of 1"):
            assert opened.get(KEYS[:1]) == {}
        assert opened.get(KEYS[:1]) == {KEYS[0]: RECORDS[KEYS[0]]}
        assert opened.claim(KEYS[:1]) == []


def test_damaged_record_that_stays_is_claimed_all_the_same(filled):
    """Else whoever waits for a record would wait for ever."""
    sql(filled, "UPDATE records SET value = x'00' WHERE key = ?", bytes.fromhex(KEYS[0]))
    sql(filled, "CREATE TRIGGER keep BEFORE DELETE ON records BEGIN SELECT RAISE(IGNORE); END")
    with Cache(filled) as opened:
        assert opened.claim(KEYS[:2]) == []
        with pytest.warns(CacheWarning, match="1 of 2"):
            opened.get(KEYS[:2])
        assert opened.claim(KEYS[:2]) == KEYS[:1]
        opened.put({KEYS[0]: RECORDS[KEYS[0]]})
        assert opened.claim(KEYS[:2]) == []
        assert opened.get(KEYS[:2]) == {key: RECORDS[key] for key in KEYS[:2]}


# --- damaged files ----------------------------------------------------------------------------


def is_repaired(folder):
    """Whether the cache gives no wrong record, takes the missing ones, and is whole afterwards."""
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        with Cache(folder) as opened:
            found = opened.get(KEYS)
            assert all(RECORDS[key] == record for key, record in found.items())
            lost = {key: RECORDS[key] for key in KEYS if key not in found}
            # more, where a page that was read late put an end to the file
            assert set(opened.claim(KEYS)) >= set(lost)
            opened.put(lost)
            if opened.get(KEYS) != RECORDS:  # a page was hit that only writing touches
                opened.put(RECORDS)
            assert opened.get(KEYS) == RECORDS
            texts = [str(warning.message) for warning in said]
            assert bool(texts) >= bool(lost)
            assert all("damaged" in text for text in texts)
    with Cache(folder) as opened:
        assert opened.get(KEYS) == RECORDS
    return texts


@pytest.mark.parametrize("seed", range(12))
def test_overwritten_pages_give_no_wrong_record(filled, seed):
    chance = random.Random(seed)
    path = filled / database.FILE
    content = bytearray(path.read_bytes())
    for page in chance.sample(range(len(content) // PAGE), 3):
        content[page * PAGE : (page + 1) * PAGE] = chance.randbytes(PAGE)
    path.write_bytes(content)
    assert is_repaired(filled)


@pytest.mark.parametrize("seed", range(30))
def test_flipped_bits_give_no_wrong_record(filled, seed):
    chance = random.Random(seed)
    path = filled / database.FILE
    content = bytearray(path.read_bytes())
    for place in chance.sample(range(100, len(content)), 20):
        content[place] ^= 1 << chance.randrange(8)
    path.write_bytes(content)
    is_repaired(filled)


@pytest.mark.parametrize("kept", [99, 100, 511, 512, 1000, PAGE, PAGE + 1, 5 * PAGE, -PAGE, -1])
def test_truncated_file_is_begun_anew(filled, kept):
    path = filled / database.FILE
    path.write_bytes(path.read_bytes()[:kept])
    assert is_repaired(filled)


def is_working(opened):
    """Whether records are kept in a new file."""
    with opened:
        opened.put(RECORDS)
        assert opened.get(KEYS) == RECORDS


@pytest.mark.parametrize("content", [b"", b"S"])  # to SQLite, one byte is none
def test_empty_file_is_a_new_cache(folder, content):
    folder.mkdir()
    (folder / database.FILE).write_bytes(content)
    if not content:
        assert holdings.info(folder).records == 0
    is_working(Cache(folder))


@pytest.mark.parametrize(
    "content", [b"notes of somebody\n", "ملاحظات".encode() * 2000, b"\0" * 10_000]
)
def test_file_that_is_no_database_is_moved_aside(folder, content):
    folder.mkdir()
    path = folder / database.FILE
    path.write_bytes(content)
    with pytest.warns(CacheWarning) as said:
        opened = Cache(folder)
    is_working(opened)
    aside = folder / "cache.damaged-1.sqlite"
    assert [str(warning.message) for warning in said] == [
        f"cache: {str(path)!r} is damaged (file is not a database); it was moved to {str(aside)!r} "
        "and a new one begun. What was in it is computed again."
    ]
    assert aside.read_bytes() == content
    assert holdings.info(folder).set_aside == [aside]
    path.write_bytes(content)
    with pytest.warns(CacheWarning, match=r"damaged-2\.sqlite"):
        Cache(folder).close()


@pytest.mark.parametrize(
    "statements",
    [
        ["CREATE TABLE notes (text)"],
        ["CREATE TABLE notes (text)", "PRAGMA user_version = 9"],
        ["CREATE TABLE records (key)", f"PRAGMA application_id = {database.APPLICATION}"],
        [f"PRAGMA application_id = {database.APPLICATION}", "PRAGMA user_version = 1"],
    ],
)
def test_database_of_another_make_is_moved_aside(folder, statements):
    folder.mkdir()
    for statement in statements:
        sql(folder, statement)
    with pytest.warns(CacheWarning, match="is damaged .*; it was moved to"):
        opened = Cache(folder)
    is_working(opened)


def test_directory_in_the_place_of_the_file_is_left_alone(folder):
    (folder / database.FILE / "mine").mkdir(parents=True)
    with pytest.warns(CacheWarning, match="cannot be used .*; this run goes on without it"):
        is_off(Cache(folder))
    assert (folder / database.FILE / "mine").is_dir()


def test_leftovers_of_another_file_do_no_harm(filled):
    for suffix in database.COMPANIONS:
        Path(f"{filled / database.FILE}{suffix}").write_bytes(random.Random(0).randbytes(3 * PAGE))
    is_repaired(filled)
    (filled / database.FILE).unlink()
    Path(f"{filled / database.FILE}-wal").write_bytes(random.Random(0).randbytes(3 * PAGE))
    with Cache(filled) as opened:
        assert opened.get(KEYS) == {}
        opened.put(RECORDS)
        assert opened.get(KEYS) == RECORDS


def spoil(folder):
    """Overwrite all but the header while others have the file open.

    In a process of its own: a file that is closed here would take the locks of SQLite with it.
    """
    code = """
    import random
    path = Path(sys.argv[1])
    with path.open("r+b") as file:
        file.seek(100)
        file.write(random.Random(0).randbytes(path.stat().st_size - 100))
    print("[]")
    """
    outcome(process(code, folder / database.FILE))


def test_file_damaged_during_the_run_is_replaced_for_all_who_use_it(filled):
    first, second = Cache(filled), Cache(filled)
    spoil(filled)
    with pytest.warns(CacheWarning, match="is damaged"):
        assert first.get(KEYS) == {}
    assert (filled / "cache.damaged-1.sqlite-wal").exists()  # the second one has it open
    first.put(records_of(range(100)))
    # the second one sees the new file, without a word
    assert second.get(KEYS) == records_of(range(100))
    second.put(records_of(range(100, 200)))
    assert first.get(KEYS) == RECORDS
    first.close()
    second.close()
    assert len(holdings.info(filled).set_aside) == 1
    with Cache(filled) as opened:
        assert opened.get(KEYS) == RECORDS


def test_file_that_another_has_replaced_is_not_moved(filled):
    first, second = Cache(filled), Cache(filled)
    spoil(filled)
    with pytest.warns(CacheWarning, match="is damaged"):
        first.get(KEYS)
    first.put(RECORDS)
    # as if it had read the old file just before
    second._file._recover(database.Damaged("seen in the old file"), writes=False)
    assert second.get(KEYS) == RECORDS
    first.close()
    second.close()
    assert len(holdings.info(filled).set_aside) == 1


def test_connection_to_a_file_that_was_moved_does_not_touch_the_new_one(filled):
    idle, active = Cache(filled), Cache(filled)
    spoil(filled)
    with pytest.warns(CacheWarning, match="is damaged"):
        active.get(KEYS)
    active.put(RECORDS)
    idle.close()  # the last one on the old file, whose name the new one has
    active.put(records_of(range(200, 400)))
    active.close()
    with Cache(filled) as opened:
        assert len(opened.get([key_of(n) for n in range(400)])) == 400


def test_put_into_a_damaged_file_is_not_lost(filled):
    with Cache(filled) as opened:
        spoil(filled)
        with pytest.warns(CacheWarning, match="is damaged"):
            opened.put({key_of("new"): b"new"})
        assert opened.get([key_of("new")]) == {key_of("new"): b"new"}


# --- newer files, and places that cannot be written to ----------------------------------------


def is_off(opened):
    """Whether nothing is kept, nothing is found, and all is to be computed."""
    with opened:
        assert len(opened.problems) == 1
        opened.put(RECORDS)
        assert opened.get(KEYS) == {}
        assert opened.claim(KEYS) == KEYS
        opened.release(KEYS)
        assert len(opened.problems) == 1


def test_file_of_a_newer_version_is_not_touched(filled):
    sql(filled, "PRAGMA user_version = 2")
    before = (filled / database.FILE).read_bytes()
    with pytest.warns(CacheWarning, match=r"it has schema 2; .* up to 1.* Update mudawwana, or"):
        is_off(Cache(filled))
    assert (filled / database.FILE).read_bytes() == before
    with pytest.raises(ValueError, match="Update mudawwana"):
        holdings.info(filled)
    with pytest.raises(ValueError, match="Update mudawwana"):
        holdings.clear(filled)
    assert (filled / database.FILE).read_bytes() == before


def test_folder_that_cannot_be_made_turns_the_cache_off(tmp_path):
    (tmp_path / "file").write_text("a file")
    with pytest.warns(CacheWarning) as said:
        is_off(Cache(tmp_path / "file" / "cache"))
    assert len(said) == 1
    assert "name another folder in MUDAWWANA_CACHE_DIR" in str(said[0].message)
    assert str(tmp_path / "file" / "cache" / database.FILE) in str(said[0].message)


def test_folder_removed_between_two_puts_turns_the_cache_off(filled):
    opened = Cache(filled)
    opened.claim([key_of("new")])
    shutil.rmtree(filled)
    with pytest.warns(CacheWarning, match="was removed; this run goes on without it"):
        opened.put({key_of("new"): b"new"})
    is_off(opened)
    assert not filled.exists()


def test_file_removed_between_two_puts_is_begun_anew(filled):
    with Cache(filled) as opened:
        (filled / database.FILE).unlink()
        opened.put({KEYS[0]: b"new"})
        assert opened.get(KEYS) == {KEYS[0]: b"new"}


REPORT = """
def report(folder):
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        with Cache(folder) as cache:
            cache.put({key_of("new"): b"new"})
            cache.put({key_of("newer"): b"newer"})
            keys = [key_of(name) for name in [*range(200), "last", "new", "newer"]]
            found, claimed = cache.get(keys), cache.claim(keys)
        with Cache(folder.parent / "another"):
            pass
    print(json.dumps([len(found), len(claimed), [str(warning.message) for warning in said]]))
"""
AS_NOBODY = """
def become_nobody(*folders):
    for folder in folders:  # what is imported late must be there before
        with Cache(folder) as cache:
            cache.claim([key_of(0)])
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
"""


@pytest.fixture
def public():
    """A filled cache in a folder that every user may look into."""
    with tempfile.TemporaryDirectory() as place:
        os.chmod(place, 0o755)
        with Cache(Path(place) / "cache") as opened:
            opened.put(RECORDS)
        (Path(place) / "another").mkdir(mode=0o777)
        os.chmod(Path(place) / "another", 0o777)
        yield Path(place) / "cache"
        os.chmod(Path(place) / "cache", 0o755)


@posix_only
@pytest.mark.parametrize(
    ("mode_of_folder", "mode_of_file", "found", "what"),
    [
        (0o555, 0o444, 200, "cannot be written to"),
        (0o777, 0o444, 200, "cannot be written to"),
        (0o555, 0o666, 200, "cannot be written to"),
        (0o000, 0o666, 0, "cannot be used"),
        (0o777, 0o000, 0, "cannot be used"),
    ],
)
def test_place_without_permission_is_read_where_it_can_be(
    public, mode_of_folder, mode_of_file, found, what
):
    for path in public.iterdir():
        os.chmod(path, mode_of_file)
    os.chmod(public, mode_of_folder)
    code = REPORT + AS_NOBODY + "become_nobody(Path(sys.argv[2]))\nreport(Path(sys.argv[1]))"
    with tempfile.TemporaryDirectory() as own:
        got, claimed, said = outcome(process(code, public, own))
    assert (got, claimed) == (found, 203)
    assert len([text for text in said if str(public) in text]) == 1
    assert what in said[0]
    assert "Make it writable, or name another folder in MUDAWWANA_CACHE_DIR." in said[0]


@posix_only
def test_written_file_beside_a_killed_writer_is_read_without_permission(public):
    writer = process(
        """
        cache = Cache(sys.argv[1])
        cache.put({key_of("last"): b"last"})
        print("put", flush=True)
        sys.stdin.read()
        """,
        public,
    )
    assert writer.stdout.readline() == "put\n"
    writer.kill()
    writer.communicate()
    for path in public.iterdir():
        os.chmod(path, 0o444)
    os.chmod(public, 0o555)
    code = REPORT + AS_NOBODY + "become_nobody(Path(sys.argv[2]))\nreport(Path(sys.argv[1]))"
    with tempfile.TemporaryDirectory() as own:
        got, _, said = outcome(process(code, public, own))
    assert got == 201  # with the last one, which is not in the file yet but beside it
    assert "cannot be written to" in said[0]


FULL = """
import resource
from toolkit.keeping.cache import CacheWarning

def limit(size):  # files cannot grow beyond it, as on a full disk
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
"""


@posix_only
def test_full_disk_ends_writing_and_not_reading(filled):
    code = """
    folder = Path(sys.argv[1])
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        cache = Cache(folder)
        cache.put({key_of("small"): b"small"})
        claimed = cache.claim([key_of("big")])
        limit(1_000_000)
        cache.put({key_of(name): record_of(name, 300_000) for name in ("big", "other", "third",
                   "fourth", "fifth")})
        cache.put({key_of("after"): b"after"})
        names = [*range(200), "small", "big", "other", "third", "fourth", "fifth", "after"]
        found = cache.get([key_of(name) for name in names])
        alive = len(list(folder.glob("claims-*")))
        cache.close()
    print(json.dumps([len(found), alive, [str(warning.message) for warning in said]]))
    """
    found, alive, said = outcome(process(FULL + textwrap.dedent(code), filled))
    assert found == 201
    assert alive == 0
    assert len(said) == 1
    assert "this run reads what is in it and adds nothing" in said[0]
    with Cache(filled) as opened:
        opened.put({key_of("after"): b"after"})
        assert len(opened.get([*KEYS, key_of("small"), key_of("after")])) == 202


@posix_only
def test_disk_that_was_full_from_the_beginning_turns_the_cache_off(folder):
    code = """
    folder = Path(sys.argv[1])
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        limit(0)
        with Cache(folder) as cache:
            cache.put({key_of(0): b"record"})
            found = cache.get([key_of(0)])
    print(json.dumps([found, [str(warning.message) for warning in said]]))
    """
    found, said = outcome(process(FULL + textwrap.dedent(code), folder))
    assert found == {}
    assert len(said) == 1
    assert "cannot be used" in said[0]


HOLDER = """
import filelock, sqlite3
path = Path(sys.argv[1])
if sys.argv[2] == "file":
    connection = sqlite3.connect(path / "cache.sqlite", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
else:
    lock = filelock.FileLock(path / "cache.lock")
    lock.acquire()
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def patience(monkeypatch):
    monkeypatch.setattr(database, "PATIENCE", 0.2)


def begun_and_put(folder):
    opened = Cache(folder)
    opened.put({key_of("new"): b"new"})
    return opened


@pytest.mark.parametrize("what", ["file", "lock"])
@pytest.mark.usefixtures("patience")
def test_place_that_another_process_holds_is_read_only(filled, what):
    holder = process(HOLDER, filled, what)
    assert holder.stdout.readline() == "held\n"
    with pytest.warns(CacheWarning, match=r"cannot be written to .*End the process that holds it"):
        opened = begun_and_put(filled)
    with opened:
        opened.put({key_of("newer"): b"newer"})
        assert opened.claim(KEYS) == KEYS
        assert opened.get([*KEYS, key_of("new"), key_of("newer")]) == RECORDS
        assert len(opened.problems) == 1
    holder.communicate()
    with Cache(filled) as opened:
        opened.put({key_of("new"): b"new"})
        assert len(opened.get([*KEYS, key_of("new")])) == 201


def test_place_that_is_held_for_a_moment_is_waited_for(filled):
    holder = process(HOLDER, filled, "file")
    assert holder.stdout.readline() == "held\n"
    threading.Timer(0.5, holder.stdin.close).start()
    with Cache(filled) as opened:
        opened.put({key_of("new"): b"new"})
        assert opened.get([key_of("new")]) == {key_of("new"): b"new"}
    holder.wait()
    holder.stdout.close()
    holder.stderr.close()


# --- claims -----------------------------------------------------------------------------------


def test_claimed_key_is_given_to_one_only(folder):
    with Cache(folder) as first, Cache(folder) as second:
        assert first.claim([KEYS[2], KEYS[0], KEYS[2]]) == [KEYS[2], KEYS[0]]
        assert second.claim(KEYS[:4]) == [KEYS[1], KEYS[3]]
        assert first.claim(KEYS[:3]) == [KEYS[0], KEYS[2]]  # its own, again
        first.put({KEYS[0]: b"done"})
        assert sql(folder, "SELECT count(*) FROM claims") == [(3,)]
        assert second.claim(KEYS[:4]) == [KEYS[1], KEYS[3]]  # done, or being done
        assert second.get(KEYS[:4]) == {KEYS[0]: b"done"}


def test_claim_ends_with_release_and_close(folder):
    first, second = Cache(folder), Cache(folder)
    first.claim(KEYS[:4])
    first.release(KEYS[:1])
    assert second.claim(KEYS[:4]) == KEYS[:1]
    second.release(KEYS[1:2])  # not its own
    assert second.claim(KEYS[:4]) == KEYS[:1]
    first.close()
    assert second.claim(KEYS[:4]) == KEYS[:4]
    second.close()
    assert list(folder.glob("claims-*")) == []
    assert sql(folder, "SELECT count(*) FROM claims") == [(0,)]


CLAIMANT = """
cache = Cache(sys.argv[1])
print(len(cache.claim([key_of(name) for name in range(100)])), flush=True)
sys.stdin.read()
"""


def test_claim_of_a_dead_process_is_given_to_another(folder):
    claimant = process(CLAIMANT, folder)
    assert claimant.stdout.readline() == "100\n"
    with Cache(folder) as opened:
        assert opened.claim(KEYS) == KEYS[100:]
        claimant.kill()
        claimant.communicate()
        assert opened.claim(KEYS) == KEYS
        assert len(list(folder.glob("claims-*"))) == 1


@pytest.mark.parametrize("ago", [claims.LAPSE + 5, -claims.LAPSE - 5])
def test_claim_of_a_silent_process_lapses(folder, ago):
    with Cache(folder) as silent, Cache(folder) as other:
        silent.claim(KEYS)
        sql(folder, "UPDATE claims SET since = since - ? / 2.0", ago)
        assert other.claim(KEYS) == []
        sql(folder, "UPDATE claims SET since = since - ? / 2.0", ago)
        assert other.claim(KEYS) == KEYS
        silent.put({KEYS[0]: b"late"})  # it was only slow
        assert other.get(KEYS) == {KEYS[0]: b"late"}


@pytest.fixture
def short_lapse(monkeypatch):
    monkeypatch.setattr(claims, "RENEWAL", 0.05)
    monkeypatch.setattr(claims, "LAPSE", 1)


@pytest.mark.usefixtures("short_lapse")
def test_claim_holds_as_long_as_its_process_works(folder):
    with Cache(folder) as slow, Cache(folder) as other:
        slow.claim(KEYS[:2])
        began = time.time()
        while time.time() < began + 3 * claims.LAPSE:  # three times what an unrenewed one holds
            assert other.claim(KEYS[:2]) == []
            time.sleep(0.2)
        slow.release(KEYS[:1])
        assert other.claim(KEYS[:2]) == KEYS[:1]


@posix_only
@pytest.mark.usefixtures("short_lapse")
def test_claim_of_a_stopped_process_lapses(folder):
    claimant = process(CLAIMANT, folder)
    assert claimant.stdout.readline() == "100\n"
    with Cache(folder) as opened:
        claimant.send_signal(signal.SIGSTOP)
        assert opened.claim(KEYS) == KEYS[100:]
        time.sleep(claims.LAPSE + 0.5)
        assert opened.claim(KEYS) == KEYS
        claimant.kill()
        claimant.communicate()


@pytest.mark.usefixtures("short_lapse")
def test_claims_of_a_cache_that_nobody_closed_end_with_it(folder):
    forgotten = Cache(folder)
    forgotten.claim(KEYS)
    thread = forgotten._renewing
    with Cache(folder) as opened:
        assert opened.claim(KEYS) == []
        del forgotten
        gc.collect()
        thread.join(timeout=30)
        assert not thread.is_alive()
        assert opened.claim(KEYS) == KEYS


@pytest.mark.parametrize("owner", ["", "../../x", "a\0b", b"\xff", "a" * 32, "a" * 300])
def test_damaged_claim_does_not_hold(folder, owner):
    with Cache(folder) as opened:
        now = time.time()
        sql(folder, "INSERT INTO claims VALUES (?, ?, ?)", bytes.fromhex(KEYS[0]), owner, now)
        assert opened.claim(KEYS[:1]) == KEYS[:1]


def test_files_of_dead_claimants_are_removed(folder):
    claimant = process(CLAIMANT, folder)
    claimant.stdout.readline()
    claimant.kill()
    claimant.communicate()
    sql(folder, "DELETE FROM claims")
    assert len(list(folder.glob("claims-*"))) == 1
    with Cache(folder) as opened:
        opened.claim(KEYS)
    assert list(folder.glob("claims-*")) == []


WORKER = """
folder, go, number = sys.argv[1:]
names = {key_of(name): name for name in range(60)}
computed = []
with Cache(folder) as cache:
    print("ready", file=sys.stderr, flush=True)
    wait_for(go)
    left = list(names)
    while left:
        mine = cache.claim(left)[:3]
        cache.release([key for key in left if key not in mine])
        for key in mine:
            time.sleep(0.005)
            computed.append(names[key])
        cache.put({key: record_of(names[key]) for key in mine})
        found = cache.get(left)
        left = [key for key in left if key not in found]
        if not mine:
            time.sleep(0.01)
print(json.dumps(computed))
"""


def test_two_processes_compute_no_key_twice(folder, tmp_path):
    running = [process(WORKER, folder, tmp_path / "go", number) for number in range(2)]
    for one in running:
        assert one.stderr.readline() == "ready\n"
    (tmp_path / "go").touch()
    computed = [name for one in running for name in outcome(one)]
    assert sorted(computed) == list(range(60))
    with Cache(folder) as opened:
        assert opened.get([key_of(n) for n in range(60)]) == records_of(range(60))


# --- what is in it ----------------------------------------------------------------------------


def test_info_counts_records_and_bytes_by_group(filled):
    with Cache(filled) as opened:
        opened.put(records_of(range(200, 203), size=1000), group="official 77aa")
        found = holdings.info(filled)  # while it is open
    assert found.path == filled / database.FILE
    assert found.records == 203
    assert found.groups == {"news 3f2a": (200, 200 * 200), "official 77aa": (3, 3000)}
    assert found.bytes > 43_000
    assert found.set_aside == []


def test_info_of_no_cache_makes_none(folder):
    assert holdings.info(folder) == (folder / database.FILE, 0, 0, {}, [])
    assert not folder.exists()


def test_info_of_a_damaged_file_says_what_to_do(filled):
    (filled / database.FILE).write_text("no database, however long it may be " * 10)
    with pytest.raises(ValueError, match=r"not a database\)\. mudawwana cache clear removes it"):
        holdings.info(filled)


def test_clear_removes_a_group_or_all_and_frees_the_space(filled):
    with Cache(filled) as opened:
        opened.put(records_of(range(200, 300), size=10_000), group="official 77aa")
    assert holdings.clear(filled, group="official 77aa") == 100
    with Cache(filled) as opened:
        assert opened.get(KEYS) == RECORDS
    small = holdings.info(filled)
    assert list(small.groups) == ["news 3f2a"]
    assert small.bytes < 300_000
    assert holdings.clear(filled) == 200
    assert holdings.info(filled).records == 0


def test_clear_of_no_cache_removes_nothing(folder):
    assert holdings.clear(folder) == 0
    assert not folder.exists()


def test_clear_of_an_unknown_group_names_those_that_are_there(filled):
    with pytest.raises(ValueError, match=r"no group 'old' in .*; there are news 3f2a\."):
        holdings.clear(filled, group="old")
    with pytest.raises(ValueError, match="there are no records"):
        holdings.clear(filled / "nowhere", group="old")


def test_clear_while_others_use_it(filled):
    with Cache(filled) as opened:
        opened.get(KEYS)
        assert holdings.clear(filled) == 200
        assert opened.get(KEYS) == {}
        opened.put(RECORDS)
        assert opened.get(KEYS) == RECORDS


def test_clear_removes_damaged_files(filled):
    path = filled / database.FILE
    path.write_bytes(b"x" * 2000)
    with pytest.warns(CacheWarning, match="is damaged"):
        Cache(filled).close()
    path.write_bytes(b"x" * 2000)
    assert holdings.clear(filled) == 0
    assert holdings.info(filled) == (path, 0, 0, {}, [])
    assert sorted(p.name for p in filled.iterdir()) == [database.LOCK]


@pytest.mark.usefixtures("patience")
def test_clear_of_a_group_of_a_file_that_is_held_says_so(filled):
    holder = process(HOLDER, filled, "file")
    holder.stdout.readline()
    with pytest.raises(OSError, match=r"database is locked.*End the process that holds it"):
        holdings.clear(filled, group="news 3f2a")
    assert holdings.info(filled).records == 200
    holder.communicate()


@posix_only
def test_clear_while_another_process_writes_leaves_a_sound_cache(filled):
    code = """
    cache = Cache(sys.argv[1])
    cache.put({key_of("before"): record_of("before")})
    print("put", flush=True)
    sys.stdin.readline()
    cache.put({key_of("after"): record_of("after")})
    cache.close()
    """
    writer = process(code, filled)
    assert writer.stdout.readline() == "put\n"
    assert holdings.clear(filled) == 201
    with Cache(filled) as opened:
        opened.put({KEYS[0]: RECORDS[KEYS[0]]})
        _, err = writer.communicate("go on\n", timeout=120)
        assert writer.returncode == 0, err
        asked = [*KEYS, key_of("before"), key_of("after")]
        assert opened.get(asked) == {
            KEYS[0]: RECORDS[KEYS[0]],
            key_of("after"): record_of("after"),
        }


CLEAR = """
from toolkit.keeping import holdings

def tried(**options):
    try:
        return holdings.clear(sys.argv[1], **options)
    except OSError as error:
        return str(error)
"""


@posix_only
def test_clear_works_on_a_full_disk(filled):
    code = """
    limit(0)
    print(json.dumps([tried(group="news 3f2a"), tried()]))
    """
    of_group, of_all = outcome(process(FULL + CLEAR + textwrap.dedent(code), filled))
    assert f"'{filled / database.FILE}' cannot be used" in of_group
    assert of_all == 200
    assert holdings.info(filled).records == 0
    with Cache(filled) as opened:
        opened.put(RECORDS)
        assert opened.get(KEYS) == RECORDS


@posix_only
@pytest.mark.skipif(getattr(os, "getuid", int)() != 0, reason="mounting is root's")
def test_clear_frees_a_disk_that_the_cache_has_filled(tmp_path):
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", tmp_path], check=False
    )
    if mounted.returncode:
        pytest.skip("nothing may be mounted here")
    try:
        many = records_of(range(2000), size=1000)
        keys = list(many)
        with Cache(tmp_path) as opened:

            def fill():
                for begin in range(0, len(keys), 50):
                    opened.put({key: many[key] for key in keys[begin : begin + 50]})

            with pytest.warns(CacheWarning, match=r"Free space there \(mudawwana cache clear"):
                fill()
        with pytest.raises(OSError, match=r"No space"), (tmp_path / "rest").open("wb") as rest:
            rest.write(bytes(2_000_000))
        before = holdings.info(tmp_path).records
        assert holdings.clear(tmp_path) == before > 100
        (tmp_path / "other").write_bytes(bytes(300_000))  # there is room again
    finally:
        subprocess.run(["umount", "-l", tmp_path], check=True)


@posix_only
def test_clear_in_a_place_without_permission_says_so(public):
    os.chmod(public, 0o555)
    code = """
    become_nobody(Path(sys.argv[2]))
    print(json.dumps(tried()))
    """
    with tempfile.TemporaryDirectory() as own:
        said = outcome(process(CLEAR + AS_NOBODY + textwrap.dedent(code), public, own))
    assert f"'{public / database.FILE}' cannot be used" in said
    assert "Make it writable, or name another folder in MUDAWWANA_CACHE_DIR." in said
    assert holdings.info(public).records == 200


@posix_only
def test_files_are_for_their_owner_as_the_mask_says(filled):
    mask = os.umask(0)
    os.umask(mask)
    mode = stat.S_IMODE((filled / database.FILE).stat().st_mode)
    assert mode == 0o644 & ~mask
