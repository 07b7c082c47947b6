"""Which models a name stands for, and what is wrong with a directory. Files made here."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from toolkit import models

PROCESSORS = ("tokenize", "mwt", "pos", "lemma", "ner")
CHARLM = [{"model": "forward_charlm", "package": "tiny"}]


@pytest.fixture
def folder(tmp_path):
    """A directory in Stanza's layout: two packages of five models, two of which need others."""
    root = tmp_path / "resources"
    resources = {"packages": {"news": {}, "small": {}}}
    for kind in (*PROCESSORS, "pretrain", "forward_charlm"):
        for model in ("news", "tiny"):
            content = f"{kind} {model}".encode()
            path = root / "ar" / kind / f"{model}.pt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            resources.setdefault(kind, {})[model] = {"md5": hashlib.md5(content).hexdigest()}
    for kind in PROCESSORS:
        resources["packages"]["news"][kind] = "news"
        resources["packages"]["small"][kind] = "tiny"
    needs = [{"model": "pretrain", "package": "news"}]
    resources["pos"]["news"]["dependencies"] = needs
    resources["ner"]["news"]["dependencies"] = needs + CHARLM
    write(root, resources)
    return root


def write(root, resources):
    (root / "resources.json").write_text(json.dumps({"ar": resources}), encoding="utf-8")


def change(root, edit):
    resources = json.loads((root / "resources.json").read_text(encoding="utf-8"))["ar"]
    edit(resources)
    write(root, resources)


def test_directory_gives_its_models_and_those_they_need(folder):
    found = models.resolve(folder)
    assert (found.name, found.folder, found.package) == ("resources", folder, "news")
    assert sorted(found.files) == [
        "forward_charlm/tiny",
        "lemma/news",
        "mwt/news",
        "ner/news",
        "pos/news",
        "pretrain/news",
        "tokenize/news",
    ]
    assert found.files["pos/news"] == {
        "file": "ar/pos/news.pt",
        "sha256": hashlib.sha256(b"pos news").hexdigest(),
    }
    assert models.resolve(str(folder)) == found


def test_package_is_chosen_by_name(folder):
    found = models.resolve(folder, package="small")
    assert sorted(found.files) == sorted(f"{kind}/tiny" for kind in PROCESSORS)


@pytest.mark.parametrize(
    ("packages", "chosen"),
    [
        (["news", "default"], "news"),
        (["default", "other"], "default"),
        (["other"], "other"),
    ],
)
def test_package_is_news_or_default_or_the_only_one(folder, packages, chosen):
    def rename(resources):
        models_of = resources["packages"]["small"]
        resources["packages"] = dict.fromkeys(packages, models_of)

    change(folder, rename)
    assert models.resolve(folder).package == chosen


def test_fingerprint_changes_with_any_file_and_with_nothing_else(folder):
    before = models.resolve(folder).fingerprint
    assert models.resolve(folder).fingerprint == before
    moved = folder.rename(folder.parent / "moved")
    assert models.resolve(moved).fingerprint == before
    for path in sorted(moved.rglob("*.pt")):
        if path.stem != "news" and path.parent.name != "forward_charlm":
            continue
        kept = path.read_bytes()
        path.write_bytes(kept + b"!")
        change(moved, lambda resources: [entry.pop("md5", 0) for entry in entries(resources)])
        needed = f"{path.parent.name}/{path.stem}" in models.resolve(moved).files
        assert (models.resolve(moved).fingerprint != before) == needed
        path.write_bytes(kept)


def entries(resources):
    return [
        entry for kind, found in resources.items() if kind != "packages" for entry in found.values()
    ]


def test_bundled_models_are_whole_and_have_every_processor():
    found = models.resolve()
    assert found.folder == models.bundled_dir()
    assert {f"{processor}/news" for processor in PROCESSORS} <= set(found.files)
    assert models.resolve("news") == found


def test_missing_directory_is_named(tmp_path):
    with pytest.raises(
        FileNotFoundError, match=r"^models: '.*none' is neither a known name \(news"
    ):
        models.resolve(tmp_path / "none")
    with pytest.raises(
        FileNotFoundError, match=r"'newz' is neither a known name \(news, official\)"
    ):
        models.resolve("newz")


def test_file_in_the_place_of_a_directory_is_named(folder):
    with pytest.raises(FileNotFoundError, match=r"resources\.json' is neither a known name"):
        models.resolve(folder / "resources.json")


def test_directory_without_resources_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"holds no resources\.json; name a directory in"):
        models.resolve(tmp_path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe\x00",
        b"[]",
        b"null",
        b"{}",
        b'{"ar": {}}',
        b'{"ar": []}',
        b'{"ar": {"packages": []}}',
        b'{"ar": {"packages": {"news": {"pos": ',
        b'{"en": {"packages": {}}}',
    ],
)
def test_damaged_resources_are_named(folder, content):
    (folder / "resources.json").write_bytes(content)
    with pytest.raises(ValueError, match=r"^models: .*resources\.json' is damaged or knows no pac"):
        models.resolve(folder)


def test_resources_without_a_package_are_named(folder):
    change(folder, lambda resources: resources["packages"].clear())
    with pytest.raises(ValueError, match=r"^models: .*resources\.json' lists no package\."):
        models.resolve(folder)


def test_unknown_package_lists_what_there_is(folder):
    with pytest.raises(ValueError, match=r"no package 'big' in .*; there are news, small\. Pass"):
        models.resolve(folder, package="big")


def test_several_packages_ask_for_one(folder):
    def rename(resources):
        resources["packages"]["old"] = resources["packages"].pop("news")

    change(folder, rename)
    with pytest.raises(
        ValueError, match=r"several packages in .*; there are old, small\. Pass one"
    ):
        models.resolve(folder)


def test_package_without_a_processor_is_named(folder):
    def drop(resources):
        del resources["packages"]["news"]["mwt"]
        del resources["packages"]["news"]["ner"]

    change(folder, drop)
    with pytest.raises(ValueError, match=r"package 'news' in .* has no model for mwt, ner; needed"):
        models.resolve(folder)


@pytest.mark.parametrize("file", ["lemma/news.pt", "pretrain/news.pt", "forward_charlm/tiny.pt"])
def test_missing_model_file_is_named(folder, file):
    (folder / "ar" / file).unlink()
    with pytest.raises(FileNotFoundError, match="is missing; restore the directory") as refused:
        models.resolve(folder)
    assert file.replace("/", "") in str(refused.value).replace("/", "").replace("\\", "")


@pytest.mark.parametrize("file", ["tokenize/news.pt", "pretrain/news.pt"])
@pytest.mark.parametrize("kept", [0, 4])
def test_truncated_model_file_is_named_with_its_size(folder, file, kept):
    path = folder / "ar" / file
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(ValueError, match=rf"news\.pt' is damaged \({kept} bytes, its md5 is not"):
        models.resolve(folder)


def test_official_models_are_found_where_stanza_keeps_them(folder, monkeypatch):
    def rename(resources):
        resources["packages"] = {"default": resources["packages"]["small"]}

    change(folder, rename)
    monkeypatch.setenv("STANZA_RESOURCES_DIR", str(folder))
    found = models.resolve("official")
    assert (found.name, found.folder, found.package) == ("official", folder, "default")


def test_official_models_that_are_not_there_say_how_to_get_them(tmp_path, monkeypatch):
    monkeypatch.setenv("STANZA_RESOURCES_DIR", str(tmp_path))
    with pytest.raises(
        FileNotFoundError,
        match=r"no official Arabic models in .* run mudawwana models download official\. "
        r"Without the network: copy Stanza's resources directory .* in STANZA_RESOURCES_DIR\.$",
    ):
        models.resolve("official")


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"")])
def test_incomplete_official_models_say_how_to_complete_them(folder, monkeypatch, damage):
    monkeypatch.setenv("STANZA_RESOURCES_DIR", str(folder))
    change(folder, lambda resources: resources.update(packages={"default": small(resources)}))
    damage(folder / "ar" / "lemma" / "tiny.pt")
    remedy = r"; run mudawwana models download official\. Without the network: copy .*_DIR\.$"
    with pytest.raises((FileNotFoundError, ValueError), match=rf"tiny\.pt' is .*{remedy}"):
        models.resolve("official")


def small(resources):
    return resources["packages"]["small"]


def test_official_models_are_looked_for_where_the_installed_stanza_keeps_them(monkeypatch):
    """The first place is the default of Stanza itself; the second, that of versions before it."""
    monkeypatch.delenv("STANZA_RESOURCES_DIR", raising=False)
    code = "from stanza.resources.common import DEFAULT_MODEL_DIR; print(DEFAULT_MODEL_DIR)"
    usual = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True
    ).stdout.strip()
    assert models.official_dirs() == [Path(usual), Path.home() / "stanza_resources"]


def test_official_models_are_found_in_the_place_of_older_versions(folder, tmp_path, monkeypatch):
    monkeypatch.delenv("STANZA_RESOURCES_DIR", raising=False)
    change(folder, lambda resources: resources.update(packages={"default": small(resources)}))
    monkeypatch.setattr(models, "official_dirs", lambda: [tmp_path / "usual", folder])
    assert models.resolve("official").folder == folder
    (tmp_path / "usual" / "ar").mkdir(parents=True)  # models of no list are no installation
    assert models.resolve("official").folder == folder


@pytest.mark.parametrize("name", ["../../evil", "/evil", "a/b", "..", "", 7, None])
def test_names_that_lead_out_of_the_directory_are_refused(folder, name):
    change(folder, lambda resources: resources["packages"]["news"].update(pos=name))
    with pytest.raises(ValueError, match=r"resources\.json' is no name of a model\.$"):
        models.resolve(folder)


@pytest.mark.parametrize("dependencies", [7, [7], [{}], [{"model": "pretrain"}]])
def test_damaged_dependencies_are_named(folder, dependencies):
    change(folder, lambda resources: resources["pos"]["news"].update(dependencies=dependencies))
    with pytest.raises(ValueError, match=r"resources\.json' is damaged \("):
        models.resolve(folder)
