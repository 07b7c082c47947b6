"""Downloading for real, from a server on the loopback address that has Stanza's own layout.

    lists/resources_<version>.json                              as STANZA_RESOURCES_URL has it
    stanza-ar/resolve/v<version>/models/<kind>/<model>.pt       as the list's "url" has it
    mirror/resources.json, mirror/ar/<kind>/<model>.pt          a directory copied to a web server

The package names are those of Stanza's Arabic default package; the files are made here, or are the
bundled weights. No request leaves this machine.
"""

import hashlib
import http.server
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from functools import partial
from importlib.metadata import version
from pathlib import Path

import filelock
import pytest
from tqdm import tqdm

from toolkit import cli, download, models, pipeline
from toolkit.annotating import loading

VERSION = "9.9.9"
BIG = 300_000  # bytes of the tagger; the others have a line
PACKAGE = {
    "tokenize": "padt",
    "mwt": "padt",
    "pos": "padt_charlm",
    "lemma": "padt_nocharlm",
    "depparse": "padt_charlm",
    "ner": "aqmar_charlm",
    "optional": {"coref": "none"},
}
CHARLM = [
    {"model": "forward_charlm", "package": "ccwiki"},
    {"model": "backward_charlm", "package": "ccwiki"},
]
CONLL17 = {"model": "pretrain", "package": "conll17"}
NEEDS = {
    "pos/padt_charlm": [CONLL17, *CHARLM],
    "depparse/padt_charlm": [CONLL17, *CHARLM],
    "ner/aqmar_charlm": [{"model": "pretrain", "package": "fasttextwiki"}, *CHARLM],
}
# What the five processors need, by hand; the parser is listed and not needed.
WANTED = {
    "tokenize/padt",
    "mwt/padt",
    "pos/padt_charlm",
    "lemma/padt_nocharlm",
    "ner/aqmar_charlm",
    "pretrain/conll17",
    "pretrain/fasttextwiki",
    "forward_charlm/ccwiki",
    "backward_charlm/ccwiki",
}
MANUAL = "copy Stanza's resources directory .* from another machine and name it in STANZA_RESOURCES"
TAGGER = "pos/padt_charlm"
UNUSED = {"depparse/padt_charlm", "pos/padt_nocharlm"}
CONTENTS = {key: f"official {key}".encode() for key in WANTED | UNUSED} | {
    TAGGER: bytes(range(256)) * (BIG // 256) + bytes(BIG % 256)
}


def listed(contents=CONTENTS, needs=NEEDS, package=PACKAGE):
    """The list of models, as Stanza publishes it, of these files."""
    arabic = {"lang_name": "Arabic", "default_md5": "0" * 32, "packages": {"default": package}}
    for key, content in contents.items():
        kind, model = key.split("/")
        entry = {"md5": hashlib.md5(content).hexdigest()}
        if key in needs:
            entry["dependencies"] = needs[key]
        arabic.setdefault(kind, {})[model] = entry
    english = {"packages": {"default": {"tokenize": "ewt"}}, "tokenize": {"ewt": {"md5": "e" * 32}}}
    return {"ar": arabic, "en": english, "english": {"alias": "en"}}


class Mirror:
    """What is served, how it is spoiled, and what was asked for."""

    def __init__(self, address):
        self.address = address
        self.files = {}
        self.faults = {}  # path -> what goes wrong there
        self.asked = []  # (path, Range header or None)
        self.sent = {}  # path -> bytes of the body of the last answer
        self.arrived, self.go_on = threading.Event(), threading.Event()

    def serve(self, contents=CONTENTS, resources=None):
        resources = listed(contents) if resources is None else resources
        if isinstance(resources, dict):
            path = "stanza-{lang}/resolve/v{resources_version}/models/{filename}"
            resources = json.dumps(resources | {"url": f"{self.address}/{path}"}).encode()
        self.files = {f"/lists/resources_{VERSION}.json": resources}
        self.files["/mirror/resources.json"] = resources
        for key, content in contents.items():
            self.files[self.path(key)] = content
            self.files[f"/mirror/ar/{key}.pt"] = content

    @staticmethod
    def path(key):
        return f"/stanza-ar/resolve/v{VERSION}/models/{key}.pt"

    def spoil(self, key, **fault):
        self.faults[self.path(key)] = self.faults[f"/mirror/ar/{key}.pt"] = fault

    def models_asked(self):
        return [path for path, _ in self.asked if path.endswith(".pt")]


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        mirror = self.server.mirror
        path = re.sub(r"^http://[^/]+", "", self.path)  # a proxy is asked for whole addresses
        asked = self.headers.get("Range")
        mirror.asked.append((path, asked))
        fault = mirror.faults.get(path, {})
        if "moved" in fault:
            self.send_response(302)
            self.send_header("Location", fault["moved"])
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        content = fault.get("content", mirror.files.get(path))
        if "status" in fault or content is None:
            self.send_error(fault.get("status", 404))
            return
        begin_at = 0
        if asked and not fault.get("no_ranges"):
            begin_at = int(re.fullmatch(r"bytes=(\d+)-", asked)[1]) + fault.get("shifted", 0)
            if begin_at >= len(content):
                self.send_error(416)
                return
        self.answer(path, content, begin_at, fault)

    def answer(self, path, content, begin_at, fault):
        mirror = self.server.mirror
        self.send_response(206 if begin_at else 200)
        if begin_at:
            self.send_header("Content-Range", f"bytes {begin_at}-{len(content) - 1}/{len(content)}")
        if fault.get("chunked"):
            self.send_header("Connection", "close")
            self.close_connection = True
        else:
            self.send_header("Content-Length", str(len(content) - begin_at))
        self.end_headers()
        body = content[begin_at : fault.get("cut", len(content))]
        mirror.sent[path] = len(body)
        self.wfile.write(body)
        self.wfile.flush()
        if "cut" in fault:
            if fault.get("stall"):
                mirror.arrived.set()
                mirror.go_on.wait(60)
            self.close_connection = True


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        pass  # the other end may have gone


@pytest.fixture
def mirror():
    server = Server(("127.0.0.1", 0), Handler)
    host, port = server.server_address
    server.mirror = Mirror(f"http://{host}:{port}")
    server.mirror.serve()
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield server.mirror
    server.mirror.go_on.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(autouse=True)
def places(mirror, tmp_path, monkeypatch):
    """The installed Stanza gets and keeps its models here."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "STANZA_RESOURCES_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    found = loading.StanzaPlaces(f"{mirror.address}/lists", "default", VERSION, tmp_path / "usual")
    monkeypatch.setattr(loading, "stanza_places", lambda: found)
    return found


@pytest.fixture
def usual(places):
    return places.folder


def tree(folder):
    """Every file below a folder with its bytes, what is unfinished left out."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and download.UNFINISHED not in path.parts
    }


def parts(folder):
    return sorted((folder / download.UNFINISHED).glob("*.part"))


def part_of(folder, key, contents=CONTENTS):
    name = f"{key.replace('/', '-')}-{hashlib.md5(contents[key]).hexdigest()}.part"
    return folder / download.UNFINISHED / name


def assert_nothing_is_installed(folder):
    assert not folder.exists() or tree(folder) == {}
    with pytest.raises(FileNotFoundError):
        models.resolve("official")


# --- what arrives -----------------------------------------------------------------------------


def test_official_models_arrive_where_they_are_looked_for(mirror, usual):
    found = models.download("official")
    assert found == models.resolve("official")
    assert (found.name, found.folder, found.package) == ("official", usual, "default")
    assert set(found.files) == WANTED
    assert tree(usual) == {
        "resources.json": (usual / "resources.json").read_bytes(),
        **{f"ar/{key}.pt": CONTENTS[key] for key in WANTED},
    }
    assert sorted(mirror.models_asked()) == sorted(map(mirror.path, WANTED))


def test_nothing_is_left_beside_the_models(usual):
    models.download()
    assert sorted(path.name for path in usual.iterdir()) == ["ar", "resources.json"]


def test_list_of_the_folder_is_that_of_the_source(mirror, usual):
    models.download()
    written = json.loads((usual / "resources.json").read_text(encoding="utf-8"))
    assert written == json.loads(mirror.files[f"/lists/resources_{VERSION}.json"])


def test_second_call_fetches_no_model_and_writes_nothing(mirror, usual):
    first = models.download()
    written = {path: path.stat().st_mtime_ns for path in usual.rglob("*")}
    mirror.asked.clear()
    assert models.download() == first
    assert mirror.models_asked() == []
    assert {path: path.stat().st_mtime_ns for path in usual.rglob("*")} == written


def test_only_what_is_missing_or_damaged_is_fetched(mirror, usual):
    first = models.download()
    (usual / "ar/lemma/padt_nocharlm.pt").unlink()
    (usual / "ar/ner/aqmar_charlm.pt").write_bytes(b"damaged")
    mirror.asked.clear()
    assert models.download() == first
    assert sorted(mirror.models_asked()) == sorted(
        map(mirror.path, ("lemma/padt_nocharlm", "ner/aqmar_charlm"))
    )


def test_directory_copied_by_hand_without_its_list_is_completed(mirror, usual):
    first = models.download()
    (usual / "resources.json").unlink()
    mirror.asked.clear()
    assert models.download() == first
    assert mirror.models_asked() == []


def test_parser_is_fetched_when_it_is_asked_for(mirror, usual):
    models.download(extra=("depparse",))
    assert {f"ar/{key}.pt" for key in {*WANTED, "depparse/padt_charlm"}} < set(tree(usual))
    with pytest.raises(ValueError, match=rf"no model for sentiment; needed are .*{MANUAL}"):
        models.download(extra=("sentiment",))


def test_folder_and_environment_name_the_place(tmp_path, usual, monkeypatch):
    found = models.download(folder=tmp_path / "named")
    assert found.folder == tmp_path / "named"
    assert not usual.exists()
    assert models.resolve(tmp_path / "named").fingerprint == found.fingerprint
    monkeypatch.setenv("STANZA_RESOURCES_DIR", str(tmp_path / "environment"))
    assert models.download().folder == tmp_path / "environment"
    monkeypatch.setenv("STANZA_RESOURCES_DIR", str(tmp_path / "named"))
    assert models.resolve("official") == found


@pytest.mark.parametrize("slash", ["", "/"])
def test_mirror_is_a_directory_on_a_web_server(mirror, slash):
    found = models.download(source=f"{mirror.address}/mirror{slash}")
    assert found == models.resolve("official")
    assert sorted(mirror.models_asked()) == sorted(f"/mirror/ar/{key}.pt" for key in WANTED)


def test_mirror_may_name_its_list_by_version(mirror):
    mirror.files[f"/mirror/resources_{VERSION}.json"] = mirror.files.pop("/mirror/resources.json")
    assert set(models.download(source=f"{mirror.address}/mirror").files) == WANTED


def test_address_of_the_models_can_be_set_as_for_stanza(mirror, places, monkeypatch):
    pattern = f"{mirror.address}/mirror/{{lang}}/{{filename}}"
    monkeypatch.setattr(loading, "stanza_places", lambda: places._replace(models=pattern))
    models.download()
    assert sorted(mirror.models_asked()) == sorted(f"/mirror/ar/{key}.pt" for key in WANTED)


def test_redirects_are_followed_also_when_resuming(mirror, usual):
    mirror.files["/elsewhere"] = CONTENTS[TAGGER]
    mirror.faults["/elsewhere"] = {"cut": 200_000}
    mirror.spoil(TAGGER, moved="/elsewhere")
    with pytest.raises(ConnectionError, match="was cut off"):
        models.download()
    mirror.faults["/elsewhere"] = {}
    kept = part_of(usual, TAGGER).stat().st_size
    models.download()
    assert mirror.sent["/elsewhere"] == BIG - kept


def test_proxy_of_the_environment_is_used(mirror, usual, monkeypatch):
    monkeypatch.delenv("NO_PROXY")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.setenv("http_proxy", mirror.address)
    models.download(source="http://nowhere.invalid/mirror")
    assert f"ar/{TAGGER}.pt" in tree(usual)


def test_weights_of_the_bundled_set_annotate_as_official_models(mirror, texts):
    bundled = models.bundled_dir() / "ar"
    kinds = ("tokenize", "mwt", "pos", "lemma", "ner")
    contents = {
        f"{kind}/{PACKAGE[kind]}": (bundled / kind / "news.pt").read_bytes() for kind in kinds
    }
    contents["pretrain/conll17"] = (bundled / "pretrain" / "news.pt").read_bytes()
    needs = {TAGGER: [CONLL17], "ner/aqmar_charlm": [CONLL17]}
    mirror.serve(contents, listed(contents, needs))
    models.download()
    official = pipeline.annotate(texts, models="official")
    news = pipeline.annotate(texts)
    assert official.provenance["models"]["name"] == "official"
    for table in ("sentences", "tokens", "words", "entities"):
        assert getattr(official, table).equals(getattr(news, table))


# --- other languages and other models of the folder ---------------------------------------------


def test_other_languages_in_the_folder_stay_as_they_are(usual):
    usual.mkdir()
    english = {
        "packages": {"default": {}},
        "tokenize": {"ewt": {"md5": "of the file that is here"}},
    }
    there = {"en": english, "url": "as it was", "mine": {"alias": "en"}}
    (usual / "resources.json").write_text(json.dumps(there), encoding="utf-8")
    (usual / "en").mkdir()
    (usual / "en" / "tokenize.pt").write_bytes(b"english")
    models.download()
    written = json.loads((usual / "resources.json").read_text(encoding="utf-8"))
    assert {key: written[key] for key in there} == there
    assert written["ar"] == listed()["ar"]
    assert tree(usual)["en/tokenize.pt"] == b"english"


def test_other_arabic_models_keep_their_entries(usual):
    models.download(extra=("depparse",))
    path = usual / "resources.json"
    there = json.loads(path.read_text(encoding="utf-8"))
    there["ar"]["packages"]["own"] = {"pos": "own"}
    there["ar"]["pos"]["own"] = {"md5": "1" * 32}
    there["ar"]["depparse"]["padt_charlm"]["md5"] = "2" * 32  # its file is there
    there["ar"]["pos"]["padt_nocharlm"]["md5"] = "3" * 32  # its file is not
    path.write_text(json.dumps(there), encoding="utf-8")
    models.download()
    written = json.loads(path.read_text(encoding="utf-8"))["ar"]
    assert written["packages"] == {"own": {"pos": "own"}, "default": PACKAGE}
    assert written["pos"]["own"] == {"md5": "1" * 32}
    assert written["depparse"]["padt_charlm"]["md5"] == "2" * 32
    assert written["pos"]["padt_nocharlm"] == listed()["ar"]["pos"]["padt_nocharlm"]


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"ar": 1}', b'{"ar": {"pos": 1}}'])
def test_damaged_list_in_the_folder_is_named_before_anything_is_fetched(mirror, usual, content):
    usual.mkdir()
    (usual / "resources.json").write_bytes(content)
    with pytest.raises(ValueError, match=r"usual.resources\.json' is damaged .*move it away"):
        models.download()
    assert mirror.models_asked() == []
    assert tree(usual) == {"resources.json": content}


def test_new_version_replaces_the_models_of_the_package(mirror, usual):
    before = models.download()
    newer = CONTENTS | {TAGGER: b"newer tagger", "pretrain/conll17": b"newer vectors"}
    mirror.serve(newer)
    after = models.download()
    changed = {key for key in WANTED if before.files[key] != after.files[key]}
    assert changed == {TAGGER, "pretrain/conll17"}
    assert sorted(path.name for path in usual.iterdir()) == ["ar", "resources.json"]


# --- resuming -----------------------------------------------------------------------------------


@pytest.mark.parametrize("cut", [70_000, 200_000, BIG - 1])
def test_cut_transfer_is_resumed_with_the_rest_alone(mirror, usual, cut):
    mirror.spoil(TAGGER, cut=cut)
    with pytest.raises(ConnectionError) as refused:
        models.download()
    assert re.search(
        rf"padt_charlm\.pt was cut off after [\d,]+ bytes .*{MANUAL}", str(refused.value)
    )
    assert "bytes that have arrived are kept; the same call goes on from there" in str(
        refused.value
    )
    assert_nothing_is_installed(usual)
    kept = part_of(usual, TAGGER).stat().st_size
    assert 0 < kept <= cut
    finished = [path.name for path in parts(usual) if path != part_of(usual, TAGGER)]
    mirror.spoil(TAGGER)
    mirror.asked.clear()
    found = models.download()
    assert (mirror.path(TAGGER), f"bytes={kept}-") in mirror.asked
    assert mirror.sent[mirror.path(TAGGER)] == BIG - kept
    assert len(mirror.models_asked()) == len(WANTED) - len(finished)
    assert tree(usual)[f"ar/{TAGGER}.pt"] == CONTENTS[TAGGER]
    assert set(found.files) == WANTED


def begun(usual, content):
    """A part of the tagger that an earlier call has left."""
    part = part_of(usual, TAGGER)
    part.parent.mkdir(parents=True)
    part.write_bytes(content)


@pytest.mark.parametrize(
    ("fault", "requests"),
    [
        ({"no_ranges": True}, ["bytes=1000-"]),  # 200 and the whole file
        ({"shifted": 7}, ["bytes=1000-", None]),  # 206 and another part
    ],
)
def test_server_that_does_not_go_on_sends_the_whole_file(mirror, usual, fault, requests):
    begun(usual, CONTENTS[TAGGER][:1000])
    mirror.spoil(TAGGER, **fault)
    models.download()
    assert [asked for path, asked in mirror.asked if path == mirror.path(TAGGER)] == requests
    assert tree(usual)[f"ar/{TAGGER}.pt"] == CONTENTS[TAGGER]


@pytest.mark.parametrize("size", [1000, BIG, BIG + 5])
def test_part_of_another_file_is_fetched_again(mirror, usual, size):
    begun(usual, b"!" * size)
    models.download()
    asked = [asked for path, asked in mirror.asked if path == mirror.path(TAGGER)]
    assert asked == [f"bytes={size}-", None]
    assert tree(usual)[f"ar/{TAGGER}.pt"] == CONTENTS[TAGGER]


def test_part_that_is_whole_is_not_asked_for(mirror, usual):
    begun(usual, CONTENTS[TAGGER])
    models.download()
    assert mirror.path(TAGGER) not in mirror.models_asked()


def test_part_of_an_older_list_is_not_mixed_with_the_new_file(mirror, usual):
    mirror.spoil(TAGGER, cut=200_000)
    with pytest.raises(ConnectionError):
        models.download()
    mirror.spoil(TAGGER)
    newer = CONTENTS | {TAGGER: CONTENTS[TAGGER][::-1]}
    mirror.serve(newer)
    models.download()
    assert tree(usual)[f"ar/{TAGGER}.pt"] == newer[TAGGER]
    assert sorted(path.name for path in usual.iterdir()) == ["ar", "resources.json"]


# --- what goes wrong ----------------------------------------------------------------------------


@pytest.fixture
def installed(mirror, usual):
    """A working older installation, and a source that has newer files."""
    models.download()
    mirror.serve({key: content + b" newer" for key, content in CONTENTS.items()})
    mirror.asked.clear()
    return usual


def download_spoiled(mirror, fault):
    if fault == "refused":
        return models.download(source=refusing_address())
    mirror.spoil(TAGGER, **fault)
    return models.download()


def refusing_address():
    """An address of this machine where nothing listens."""
    server = Server(("127.0.0.1", 0), Handler)
    host, port = server.server_address
    server.server_close()
    return f"http://{host}:{port}"


FAULTS = {
    "refused": ("refused", ConnectionError, r"cannot be reached \(.*refused.*\)"),
    "cut": ({"cut": 200_000}, ConnectionError, r"was cut off after [\d,]+ bytes \(.+\)"),
    "cut at once": ({"cut": 0}, ConnectionError, r"was cut off after 0 bytes"),
    "cut unseen": ({"cut": 9, "chunked": True}, ValueError, r"is not the file that is listed"),
    "wrong file": (
        {"content": b"<html>"},
        ValueError,
        r"is not the file .* \(its md5 is [0-9a-f]{32}, ",
    ),
    "empty file": ({"content": b""}, ValueError, r"is not the file that is listed"),
    "404": ({"status": 404}, FileNotFoundError, r"padt_charlm\.pt answers 404 Not Found"),
    "403": ({"status": 403}, ConnectionError, r"padt_charlm\.pt answers 403 Forbidden"),
    "500": ({"status": 500}, ConnectionError, r"answers 500 Internal Server Error"),
    "416": ({"status": 416}, ConnectionError, r"answers 416"),
    "204": ({"status": 204}, ConnectionError, r"answers 204"),
    "circle": ({"moved": "http:"}, ConnectionError, r"cannot be reached"),
}


@pytest.mark.parametrize("case", FAULTS)
def test_failure_is_named_with_the_manual_way_and_installs_nothing(mirror, usual, case):
    fault, kind, reason = FAULTS[case]
    with pytest.raises(kind, match=rf"^download: .*{reason}.*{MANUAL}") as refused:
        download_spoiled(mirror, fault)
    assert "\n" not in str(refused.value)
    assert "object at" not in str(refused.value)
    assert_nothing_is_installed(usual)


@pytest.mark.parametrize("case", FAULTS)
def test_failure_leaves_an_older_installation_as_it_was(mirror, installed, case):
    fault, kind, _ = FAULTS[case]
    before, files = models.resolve("official"), tree(installed)
    with pytest.raises(kind):
        download_spoiled(mirror, fault)
    assert tree(installed) == files
    assert models.resolve("official") == before


def test_unknown_host_is_named(monkeypatch):
    def unknown(*_, **__):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    reason = r"nowhere\.invalid.* cannot be reached \(Name or service not known\)"
    with pytest.raises(ConnectionError, match=rf"^download: .*{reason}\..*{MANUAL}"):
        models.download(source="http://nowhere.invalid/models")


def test_refused_connection_leaves_no_folder(mirror, usual, tmp_path):
    with pytest.raises(ConnectionError, match="refused"):
        models.download(source=refusing_address())
    assert not usual.exists()
    mirror.spoil("tokenize/padt", status=404)  # the first that is asked for
    with pytest.raises(FileNotFoundError):
        models.download()
    assert not usual.exists()


def test_file_with_a_wrong_hash_is_not_kept_and_fetched_anew(mirror, usual):
    mirror.spoil(TAGGER, content=b"?" * BIG)
    with pytest.raises(ValueError, match="it was not kept"):
        models.download()
    assert part_of(usual, TAGGER) not in parts(usual)
    mirror.spoil(TAGGER)
    assert set(models.download().files) == WANTED


def test_silent_server_is_given_up(mirror, usual, monkeypatch):
    monkeypatch.setattr(download, "TIMEOUT", (5, 0.3))
    mirror.spoil(TAGGER, cut=200_000, stall=True)
    with pytest.raises(ConnectionError, match=r"was cut off after [\d,]+ bytes \(timed out\)"):
        models.download()
    assert_nothing_is_installed(usual)


def test_password_of_an_address_is_not_shown():
    address = refusing_address().replace("http://", "http://someone:secret@")
    with pytest.raises(ConnectionError, match="cannot be reached") as refused:
        models.download(source=address)
    assert "secret" not in str(refused.value)


def test_password_of_an_address_is_not_shown_with_its_list(mirror):
    mirror.serve(resources=b'{"ar": {"packages": {}}}')
    address = mirror.address.replace("http://", "http://someone:secret@")
    with pytest.raises(ValueError, match="lists no package 'default'") as refused:
        models.download(source=f"{address}/mirror")
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "resources",
    [
        b"",
        b"<!DOCTYPE html><title>Log in</title>",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b"[]",
        b"null",
        b"{}",
        b'{"en": {"packages": {}}}',
        b'{"ar": []}',
        b'{"ar": {}}',
        b'{"ar": {"packages": []}}',
        b'{"ar": {"packages": {}}}',
        b'{"ar": {"packages": {"padt": {}}}}',
        b'{"ar": {"packages": {"default": {"tokenize": "padt"}}}}',
    ],
)
def test_garbage_in_the_place_of_a_list_is_named(mirror, usual, resources):
    mirror.serve(resources=resources)
    with pytest.raises(ValueError, match=rf"^(download|models): .*resources_.*{MANUAL}") as refused:
        models.download()
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 600
    assert_nothing_is_installed(usual)
    assert mirror.models_asked() == []


def test_missing_list_is_named(mirror, usual):
    mirror.files.clear()
    with pytest.raises(FileNotFoundError, match=rf"resources_9\.9\.9\.json answers 404 .*{MANUAL}"):
        models.download()
    with pytest.raises(FileNotFoundError, match=rf"resources_9\.9\.9\.json answers 404 .*{MANUAL}"):
        models.download(source=mirror.address)
    assert_nothing_is_installed(usual)


def test_endless_list_is_given_up(mirror, monkeypatch):
    monkeypatch.setattr(download, "LARGEST_LISTING", 100)
    with pytest.raises(ValueError, match="is too large for a list"):
        models.download()
    assert mirror.models_asked() == []


HOSTILE = [
    "../../evil",
    "..",
    "/evil",
    "a/b",
    "a\\b",
    "C:evil",
    "",
    ".hidden",
    "a\n",
    "%2e%2e",
    7,
    None,
]


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("place", ["package", "dependency", "kind"])
def test_names_that_lead_out_of_the_folder_are_refused(mirror, usual, tmp_path, name, place):
    resources = listed()
    arabic = resources["ar"]
    needed = arabic["pos"]["padt_charlm"]["dependencies"]
    if place == "package":
        arabic["packages"]["default"] = PACKAGE | {"pos": name}
        arabic["pos"][str(name)] = {"md5": "0" * 32}
    elif place == "dependency":
        arabic["pos"]["padt_charlm"]["dependencies"] = [*needed, CONLL17 | {"package": name}]
    else:
        arabic["pos"]["padt_charlm"]["dependencies"] = [*needed, CONLL17 | {"model": name}]
    mirror.serve(resources=resources)
    before = tree(tmp_path)
    with pytest.raises(ValueError, match=rf"is no name of a model\. .*{MANUAL}"):
        models.download()
    assert tree(tmp_path) == before
    assert mirror.models_asked() == []


@pytest.mark.parametrize("dependencies", [7, [7], [{}], [{"model": "pretrain"}], {"a": 1}])
def test_dependencies_of_another_shape_are_named(mirror, usual, dependencies):
    resources = listed()
    resources["ar"]["pos"]["padt_charlm"]["dependencies"] = dependencies
    mirror.serve(resources=resources)
    with pytest.raises(ValueError, match=rf"is damaged .*{MANUAL}"):
        models.download()
    assert_nothing_is_installed(usual)


@pytest.mark.parametrize(
    "entry", [None, {}, {"md5": None}, {"md5": "../../evil"}, {"md5": "0" * 31}]
)
def test_model_without_a_hash_is_not_fetched(mirror, usual, entry):
    resources = listed()
    resources["ar"]["lemma"] = {"padt_nocharlm": entry} if entry is not None else {}
    mirror.serve(resources=resources)
    with pytest.raises(ValueError, match=rf"lemma/padt_nocharlm.*{MANUAL}"):
        models.download()
    assert_nothing_is_installed(usual)
    assert mirror.models_asked() == []


@pytest.mark.parametrize(
    "address", ["", "models", "file:models", "ftp://models.invalid", "http://["]
)
def test_source_that_is_no_address_is_named(address):
    with pytest.raises(ValueError, match="is no http or https address; a directory needs no down"):
        models.download(source=address)


@pytest.mark.parametrize("name", ["news", "nowhere", "default"])
def test_only_official_models_are_downloaded(mirror, name):
    with pytest.raises(ValueError, match=rf"^models: '{name}' cannot be downloaded, only official"):
        models.download(name)
    assert mirror.asked == []


# --- the folder ---------------------------------------------------------------------------------


def test_folder_that_cannot_be_made_is_named(mirror, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OSError, match=rf"cannot write to '.*inside' \(.+\)\. .*{MANUAL}"):
        models.download(folder=tmp_path / "file" / "inside")
    assert mirror.models_asked() == []


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere"
)
def test_folder_without_permission_is_named(mirror, tmp_path):
    (tmp_path / "locked").mkdir(mode=0o500)
    with pytest.raises(
        OSError, match=rf"cannot write to '.*locked' \(Permission denied\)\. .*{MANUAL}"
    ):
        models.download(folder=tmp_path / "locked")
    assert mirror.models_asked() == []


def test_two_downloads_do_not_write_into_one_file(usual):
    (usual / download.UNFINISHED).mkdir(parents=True)
    with filelock.FileLock(usual / download.UNFINISHED / "lock"):
        with pytest.raises(OSError, match="another process is downloading into"):
            models.download()
        assert (usual / download.UNFINISHED / "lock").exists()
    assert set(models.download().files) == WANTED


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, "No space left on device")])
@pytest.mark.parametrize("move", [1, 5, 2 * len(WANTED), 2 * len(WANTED) + 1])
def test_move_that_fails_takes_all_others_back(installed, monkeypatch, error, move):
    """Nine models are moved aside, nine to their places, and the list at the end."""
    before, files = models.resolve("official"), tree(installed)
    replace, done = os.replace, []

    def fail(start, end):
        done.append(end)
        if len(done) == move:
            raise error
        replace(start, end)

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(type(error)):
        models.download()
    monkeypatch.setattr(os, "replace", replace)
    assert tree(installed) == files
    assert models.resolve("official") == before
    assert models.download().fingerprint != before.fingerprint


def test_process_that_was_killed_between_the_moves_is_made_good(mirror, installed, monkeypatch):
    replace, done = os.replace, []

    def stop(start, end):
        done.append(end)
        if len(done) > 5:
            raise KeyboardInterrupt  # no move works any more, so nothing is taken back
        replace(start, end)

    monkeypatch.setattr(os, "replace", stop)
    with pytest.raises(KeyboardInterrupt):
        models.download()
    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(ValueError, match=r"is damaged .* run mudawwana models download official"):
        models.resolve("official")
    mirror.asked.clear()
    assert set(models.download().files) == WANTED
    assert mirror.models_asked() == []


# --- progress -----------------------------------------------------------------------------------


def test_progress_is_silent_unless_asked_for_or_in_a_terminal(capsys, tmp_path):
    models.download()
    assert capsys.readouterr().err == ""
    models.download(folder=tmp_path / "other", progress=True)
    shown = capsys.readouterr().err
    assert "pos/padt_charlm.pt" in shown
    assert "300k/300k" in shown


def test_progress_of_a_resumed_file_begins_where_it_stopped(usual, monkeypatch):
    begun(usual, CONTENTS[TAGGER][:100_000])
    bars = []

    class Bar(tqdm):
        def close(self):
            bars.append((self.desc, self.initial, self.n, self.total))
            super().close()

    monkeypatch.setattr(download, "tqdm", Bar)
    models.download(progress=True)
    assert ("pos/padt_charlm.pt", 100_000, BIG, BIG) in bars


# --- the command --------------------------------------------------------------------------------


def process(*arguments, **options):
    return subprocess.Popen(
        [sys.executable, "-m", "toolkit", "models", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        **options,
    )


def finished(running):
    out, err = running.communicate(timeout=120)
    return running.returncode, out, err


@pytest.mark.skipif(os.name == "nt", reason="no variable moves the folder of a user there")
def test_command_installs_where_stanza_looks(mirror, tmp_path, monkeypatch):
    """Stanza's own variables lead a fresh process to the server; nothing is replaced in it."""
    stanza = version("stanza")
    mirror.files[f"/lists/resources_{stanza}.json"] = mirror.files["/mirror/resources.json"]
    for key, content in CONTENTS.items():
        mirror.files[f"/stanza-ar/resolve/v{stanza}/models/{key}.pt"] = content
    monkeypatch.setenv("STANZA_RESOURCES_URL", f"{mirror.address}/lists")
    monkeypatch.setenv("STANZA_RESOURCES_VERSION", stanza)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HOME", str(tmp_path / "cache"))
    code, out, err = finished(process("download", "official"))
    assert (code, err) == (0, "")
    first, second = out.splitlines()
    assert first.startswith("official: package default, 9 models, 0.3 MB, in ")
    assert second == "use them with --models official"
    folder = Path(first.rpartition(" in ")[2])
    assert tmp_path / "cache" in folder.parents
    assert set(tree(folder)) == {"resources.json", *(f"ar/{key}.pt" for key in WANTED)}


def test_command_names_the_folder_and_the_mirror(mirror, tmp_path, capsys):
    folder = tmp_path / "named"
    source = f"{mirror.address}/mirror"
    with pytest.raises(SystemExit) as stop:
        cli.main(["models", "download", "official", "--to", str(folder), "--from", source])
    assert stop.value.code == 0
    assert f"use them with --models {folder}\n" in capsys.readouterr().out
    with pytest.raises(SystemExit) as stop:
        cli.main(["models", "download", "official", "--to", str(folder), "--quiet"])
    assert stop.value.code == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("refused", "cannot be reached"),
        ({"cut": 200_000}, "was cut off after"),
        ({"content": b"?"}, "is not the file that is listed"),
        ({"status": 404}, "answers 404"),
    ],
)
def test_failed_command_is_one_line_that_names_the_manual_way(mirror, tmp_path, fault, reason):
    folder = tmp_path / "named"
    address = refusing_address() if fault == "refused" else f"{mirror.address}/mirror"
    if fault != "refused":
        mirror.spoil(TAGGER, **fault)
    code, out, err = finished(process("download", "official", "--to", folder, "--from", address))
    assert (code, out) == (1, "")
    assert len(err.splitlines()) == 1, err
    assert re.match(rf"mudawwana: download: .*{reason}.*{MANUAL}", err)
    assert not folder.exists() or tree(folder) == {}


def test_command_without_a_name_asks_for_one(capsys):
    with pytest.raises(SystemExit) as stop:
        cli.main(["models", "download"])
    assert stop.value.code == 2
    assert "Missing argument" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="a signal cannot be sent to one process")
def test_interrupt_leaves_nothing_half_installed_and_the_next_call_goes_on(mirror, tmp_path):
    folder = tmp_path / "named"
    mirror.spoil(TAGGER, cut=200_000, stall=True)
    source = f"{mirror.address}/mirror"
    # a test run in the background of a shell ignores the signal, and so would its children
    heed = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    running = process("download", "official", "--to", folder, "--from", source, preexec_fn=heed)
    assert mirror.arrived.wait(60)
    part = part_of(folder, TAGGER)
    give_up_at = time.monotonic() + 60
    while not (part.exists() and part.stat().st_size) and time.monotonic() < give_up_at:
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    code, out, err = finished(running)
    said = "mudawwana: stopped; what has arrived is kept, and the same command goes on from there."
    assert (code, out, err) == (130, "", f"{said}\n")
    assert tree(folder) == {}
    with pytest.raises(FileNotFoundError, match=r"holds no resources\.json"):
        models.resolve(folder)
    kept = part.stat().st_size
    assert 0 < kept <= 200_000
    mirror.spoil(TAGGER)
    models.download(folder=folder, source=source)
    assert mirror.sent[f"/mirror/ar/{TAGGER}.pt"] == BIG - kept


@pytest.mark.skipif(os.name == "nt", reason="no limit on the size of files")
def test_full_disk_is_named(mirror, tmp_path):
    """A limit on the size of files makes the system refuse to write, as a full disk does."""
    import resource

    folder = tmp_path / "named"
    source = f"{mirror.address}/mirror"

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    running = process("download", "official", "--to", folder, "--from", source, preexec_fn=limit)
    code, out, err = finished(running)
    assert (code, out) == (1, "")
    assert len(err.splitlines()) == 1, err
    assert re.search(rf"cannot write to .* \(File too large\)\. The [\d,]+ bytes .*{MANUAL}", err)
    assert tree(folder) == {}
    shutil.rmtree(folder / download.UNFINISHED)
    assert set(models.download(folder=folder, source=source).files) == WANTED
