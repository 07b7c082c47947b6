"""The browser, and how its pages are opened and watched; `make test-browser` runs these tests.

They need Chromium and Playwright, so they are collected only when this folder is named.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from browser import hostile, jupyter_lab
from browser.watching import DESK, PHONE, Watched

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "build" / "browser"
NAMES = ["chromium", "chromium-browser", "google-chrome"]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_ignore_collect(collection_path, config):
    named = any(Path(__file__).parent.name in Path(given).parts for given in config.args)
    return None if named else True


def _program():
    """The path of Chromium, or the end of the run with one line that says what to install."""
    asked = os.environ.get("CHROMIUM")
    found = shutil.which(asked) if asked else next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        missing = f"no program at CHROMIUM={asked}" if asked else "no Chromium on the PATH"
        pytest.exit(
            f"tests/browser: {missing}. Install it (on Debian: apt install chromium), or name "
            "it: make test-browser CHROMIUM=path.",
            returncode=1,
        )
    return found


@pytest.fixture(scope="session")
def chromium():
    program = _program()
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        pytest.exit("tests/browser: Playwright is missing; run make test-browser.", returncode=1)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def open_page(chromium):
    """Open a file or an address, with every request elsewhere blocked and kept in `asked`."""
    contexts = []

    def opened(where, *, size=DESK, dark=False):
        address = where.as_uri() if isinstance(where, Path) else where
        local = isinstance(where, Path)
        phone = size == PHONE
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            is_mobile=phone,
            has_touch=phone,
            offline=local,
            service_workers="block",
        )
        contexts.append(context)
        context.set_default_timeout(30_000 if local else 120_000)
        own = re.escape(address) if local else re.escape(_origin(address)) + r"(/.*)?"
        watched = Watched(context.new_page(), re.compile(own))
        watched.page.goto(address, wait_until="load")
        return watched

    yield opened
    for context in contexts:
        context.close()


def _origin(address):
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


@pytest.fixture(scope="session")
def pictures():
    """The folder for screenshots, to be looked at."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    return PICTURES


@pytest.fixture(scope="session")
def workplace(tmp_path_factory):
    """A copy of what the notebooks read and of the notebooks, without their outputs."""
    folder = tmp_path_factory.mktemp("workplace")
    for name in ("data", "seeds"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copytree(ROOT / "notebooks", folder / "published")
    (folder / "notebooks").mkdir()
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        jupyter_lab.without_outputs(path, folder / "notebooks" / path.name)
    hostile.write_notebook(folder / "notebooks" / hostile.NOTEBOOK)
    return folder


@pytest.fixture(scope="session")
def lab(workplace, tmp_path_factory):
    with jupyter_lab.started(workplace, tmp_path_factory.mktemp("jupyter")) as running:
        yield running


@pytest.fixture(scope="session")
def exported(workplace, tmp_path_factory):
    """Run `jupyter nbconvert --to html` on a notebook and return the page."""
    folder = tmp_path_factory.mktemp("exported")

    def export(notebook, *options):
        page = folder / f"{Path(notebook).stem}.html"
        if not page.exists():
            command = [sys.executable, "-m", "jupyter", "nbconvert", "--to", "html", *options]
            subprocess.run(
                [*command, "--output-dir", str(folder), str(notebook)],
                check=True,
                capture_output=True,
                cwd=workplace / "notebooks",
                env=jupyter_lab.environment(tmp_path_factory.mktemp("jupyter")),
            )
        return page

    return export


@pytest.fixture(scope="session")
def seed_report(tmp_path_factory):
    from toolkit import corpus, report

    annotated = corpus.load(ROOT / "data" / "seed" / "annotated")
    return report.build(annotated, tmp_path_factory.mktemp("report"))
