"""What is shipped: every module, the models, the licences of all; no tests, no training.

The fast part lets setuptools say and copy what a wheel would hold. The slow part (`make test-slow`)
builds the wheel and the source archive, and installs the wheel in a folder and in an environment.
"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import venv
import zipfile
from fnmatch import fnmatch
from pathlib import Path

import pytest

import toolkit
from toolkit import models

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LICENCES = ROOT / "toolkit" / "resources" / "LICENSE.md"
SHIPPED = ("toolkit", "LICENSES")
FILES = ("pyproject.toml", "MANIFEST.in", "README.md", "LICENSE", "CHANGELOG.md", "CITATION.cff")
OF_ARCHIVE = ("constraints.txt",)
MAIN_JOB = "1 document, 11 sentences, 334 tokens, 394 words, 24 entity mentions, 0 problems"


def sources():
    """The files of the package, by their path below the root."""
    return {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "toolkit").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.name != ".DS_Store"
    }


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """A copy of what a build reads: old builds beside the original would get into a new one."""
    copy = tmp_path_factory.mktemp("packaging") / "tree"
    for name in SHIPPED:
        leave_out = shutil.ignore_patterns("__pycache__", ".DS_Store")
        shutil.copytree(ROOT / name, copy / name, ignore=leave_out)
    for name in (*FILES, *OF_ARCHIVE):
        shutil.copy(ROOT / name, copy / name)
    return copy


def python(*arguments, where, path="", executable=sys.executable):
    """What a Python process outside the checkout prints."""
    settings = {"MUDAWWANA_CACHE_DIR": str(where / "cache"), "PYTHONPATH": str(path)}
    ran = subprocess.run(
        [executable, *map(str, arguments)],
        cwd=where,
        env={**os.environ, "PYTHONUTF8": "1", **settings},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def built(tree):
    """The folder of what setuptools would put into a wheel."""
    setup = "from setuptools import setup; setup()"
    arguments = ["-q", "egg_info", "--egg-base", tree.parent, "build_py", "--build-lib"]
    python("-c", setup, *arguments, tree.parent / "lib", where=tree)
    return tree.parent / "lib"


def test_every_file_of_the_package_is_in_the_wheel_and_nothing_else(built):
    found = {path.relative_to(built).as_posix() for path in built.rglob("*") if path.is_file()}
    assert found == sources()
    assert "toolkit/py.typed" in found
    assert {f"toolkit/resources/ar/{kind}/news.pt" for kind in ("tokenize", "pos", "ner")} <= found


def test_copy_outside_the_checkout_says_its_version_and_models(built, tmp_path):
    fingerprint = models.resolve("news").fingerprint[:16]
    first, second = python("-m", "toolkit", "--version", where=tmp_path, path=built).splitlines()
    assert first == f"mudawwana, version {toolkit.__version__}"
    assert "news" in second
    assert fingerprint in second


def test_version_is_the_same_wherever_it_stands():
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## \[([0-9][^]]*)\] - (\S+)$", changes, re.MULTILINE)
    assert PROJECT["version"] == toolkit.__version__
    assert f"\nversion: {toolkit.__version__}\n" in citation
    assert newest
    assert newest[1] == toolkit.__version__
    assert re.fullmatch(r"unreleased|\d{4}-\d\d-\d\d", newest[2])


def test_citation_names_the_authors_and_the_licence_of_the_code():
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    authors = re.findall(r"^  - name: \"(.*)\"$", citation, re.MULTILINE)
    assert authors == [author["name"] for author in PROJECT["authors"]]
    (licence,) = re.findall(r"^license: (\S+)$", citation, re.MULTILINE)
    assert licence == PROJECT["license"].split(" AND ")[0]
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")[:200]


def test_text_of_every_licence_is_shipped():
    patterns = PROJECT["license-files"]
    shipped = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("LICENSES/*")}
    assert all(any(fnmatch(name, pattern) for pattern in patterns) for name in shipped)
    texts = {Path(name).stem for name in shipped}
    assert {*PROJECT["license"].split(" AND "), "ISC", "MIT"} - {"Apache-2.0"} <= texts


def test_every_resource_has_a_licence():
    said = LICENCES.read_text(encoding="utf-8")
    folder = LICENCES.parent
    resources = {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    }
    unnamed = {name for name in resources if f"`{name}`" not in said}
    assert unnamed == {"LICENSE.md", "resources.json"}  # of the models themselves


# --- wheel, source archive and installation: make test-slow ------------------------------------


def build(command, tree, to):
    """The file that setuptools builds of a tree, with the setuptools of the tests."""
    code = f"from setuptools import build_meta; print(build_meta.{command}({str(to)!r}))"
    return to / python("-c", code, where=tree).splitlines()[-1]


@pytest.fixture(scope="module")
def wheel(tree):
    return build("build_wheel", tree, tree.parent)


@pytest.fixture(scope="module")
def archive(tree):
    return build("build_sdist", tree, tree.parent)


def contents(path):
    """The bytes of each file of a wheel but the list of them."""
    with zipfile.ZipFile(path) as opened:
        names = [name for name in opened.namelist() if not name.endswith("RECORD")]
        return {name: opened.read(name) for name in names}


@pytest.mark.slow
def test_wheel_holds_the_package_and_all_licences(wheel):
    found = set(contents(wheel))
    about = {name for name in found if not name.startswith("toolkit/")}
    assert found - about == sources()
    folder = f"mudawwana-{toolkit.__version__}.dist-info"
    licences = {f"LICENSES/{path.name}" for path in ROOT.glob("LICENSES/*")}
    licences |= {"LICENSE", "toolkit/resources/LICENSE.md"}
    about_package = {"METADATA", "WHEEL", "entry_points.txt", "top_level.txt"}
    assert about == {
        *(f"{folder}/{name}" for name in about_package),
        *(f"{folder}/licenses/{name}" for name in licences),
    }


@pytest.mark.slow
def test_source_archive_builds_the_same_wheel(archive, wheel, tmp_path):
    shutil.unpack_archive(archive, tmp_path)
    (unpacked,) = tmp_path.iterdir()
    for name in (*FILES, *OF_ARCHIVE):
        assert (unpacked / name).read_bytes() == (ROOT / name).read_bytes()
    assert not (unpacked / "tests").exists()
    (tmp_path / "again").mkdir()
    assert contents(build("build_wheel", unpacked, tmp_path / "again")) == contents(wheel)


def install(wheel, *arguments, executable=sys.executable):
    pip = ["-m", "pip", "install", "--no-deps", "--no-index", "--disable-pip-version-check"]
    python(*pip, *arguments, wheel, where=wheel.parent, executable=executable)


def run_main_job(where, *, path="", executable=sys.executable):
    out = python(
        *("-m", "toolkit", "run", ROOT / "seeds", "--out", "out"),
        where=where,
        path=path,
        executable=executable,
    )
    assert out.splitlines()[0] == MAIN_JOB
    assert (where / "out" / "index.html").stat().st_size > 10_000


@pytest.mark.slow
def test_main_job_runs_from_a_target_folder(wheel, tmp_path):
    install(wheel, "--target", tmp_path / "target")
    code = "import toolkit; print(toolkit.__file__)"
    found = python("-c", code, where=tmp_path, path=tmp_path / "target").strip()
    assert Path(found).is_relative_to(tmp_path / "target")
    run_main_job(tmp_path, path=tmp_path / "target")


@pytest.mark.slow
def test_main_job_runs_in_an_environment_of_its_own(wheel, tmp_path):
    """The environment borrows the heavy packages of this one, but not this checkout."""
    venv.create(tmp_path / "venv")
    executable = tmp_path / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    own = Path(python("-c", where, where=tmp_path, executable=executable).strip())
    borrowed = python("-c", where, where=tmp_path)
    (own / "borrowed.pth").write_text(borrowed, encoding="utf-8")
    install(wheel, "--ignore-installed", executable=executable)
    code = "import toolkit; print(toolkit.__file__)"
    found = python("-c", code, where=tmp_path, executable=executable).strip()
    assert Path(found).is_relative_to(own)
    assert "No broken requirements" in python(
        *("-m", "pip", "check"), where=tmp_path, executable=executable
    )
    run_main_job(tmp_path, executable=executable)
