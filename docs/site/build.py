"""The site: notebooks, pages and the reference of all functions as static pages.

    python docs/site/build.py --out build/site

The sources are put together in a folder of their own, in the order in which they are read, and
Sphinx makes pages of them. A link that leads nowhere, within the site, is an error.
"""

import argparse
import ast
import importlib
import inspect
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PAGES = ("README*.md", "CHANGELOG.md", "docs/*.md", "data/*/*.md", "notebooks/*.ipynb")
OTHERS = ("seeds/README.md", "training/README.md", "training/gold/*.md")
FILES = (
    "LICENSE",
    "CITATION.cff",
    "docs/references.bib",
    "docs/figures/*",
    "tests/data/*/README.md",
    "tests/fuzz/promises.py",
)
LICENCES = ("toolkit/resources/LICENSE.md",)
REFERENCE = {
    "From texts to tables": ["corpus", "duplicates", "normalise", "models", "pipeline", "drift"],
    "Counting": ["counts", "keyness", "collocation", "concordance", "contingency", "diversity"],
    "Names, places and dates": [
        *("entities", "places", "dates", "timeline", "networks"),
        *("annotations", "corrections", "agreement"),
    ],
    "Showing and writing": ["plot", "show", "explore", "summary", "report", "export"],
}
INTRODUCTIONS = {
    "Notebooks": "Thirteen steps from a text to tables and figures, one question each. Open them "
    "with `make lab`, or read them here with their stored outputs.",
    "Methods": "How texts are read, what the tables hold, how good the models are, how names and "
    "dates are told, what is fast and what is not.",
    "Corpora and models": "What the notebooks read, what the models were made from, and how both "
    "were checked.",
    "Reference": "All functions that are called, with what they take and give.",
}
INDEX = """# Mudawwana · مُدَوَّنة

```{{include}} README.md
:start-line: 2
:end-before: "```"
```

{sections}

[README](README.md) · [بالعربية](README.ar.md)

```{{toctree}}
:hidden:

{pages}
```
"""
LIST = """```{{toctree}}
{options}

{pages}
```
"""


def gather(source):
    """Copy what the site is made of, folders as they are in the repository."""
    shutil.rmtree(source, ignore_errors=True)
    for pattern in (*PAGES, *OTHERS, *FILES, *LICENCES):
        for path in sorted(ROOT.glob(pattern)):
            target = source / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    shutil.copyfile(HERE / "conf.py", source / "conf.py")
    (source / "_static").mkdir()
    shutil.copyfile(HERE / "site.css", source / "_static" / "site.css")


def names_of(module):
    """What users call by this module: what is defined there, or imported to be called there."""
    loaded = importlib.import_module(f"toolkit.{module}")
    tree = ast.parse(Path(loaded.__file__).read_text(encoding="utf-8"))
    meant = list(getattr(loaded, "__all__", []))
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            meant.append(node.name)
        elif isinstance(node, ast.ImportFrom):
            meant += [each.name for each in node.names if each.asname == each.name]
    for name in dict.fromkeys(meant):
        value = getattr(loaded, name)
        if not name.startswith("_") and (inspect.isfunction(value) or inspect.isclass(value)):
            yield name, value


def write_reference(source):
    """A page for each module, with the docstring of each function and class."""
    folder = source / "reference"
    folder.mkdir()
    for module in (name for names in REFERENCE.values() for name in names):
        title = f"toolkit.{module}"
        lines = [title, "=" * len(title), "", f".. automodule:: {title}", ""]
        for name, value in names_of(module):
            kind = "autoclass" if inspect.isclass(value) else "autofunction"
            lines += [f".. {kind}:: {title}.{name}", *["   :members:"][: kind == "autoclass"], ""]
        (folder / f"{module}.rst").write_text("\n".join(lines), encoding="utf-8")


def listed(pages, *, caption=None):
    """A list of links to pages, which is also where they stand in the order of the site."""
    options = ":maxdepth: 1" + (f"\n:caption: {caption}" if caption else "")
    return LIST.format(options=options, pages="\n".join(pages))


def write_indexes(source):
    """The first page, and the first page of each section."""
    notes = ("data/*/*.md", *OTHERS, *LICENCES, "tests/data/*/*.md", "CHANGELOG.md")
    notes = [path.relative_to(source) for each in notes for path in sorted(source.glob(each))]
    sections = {
        "notebooks/index": ("Notebooks", listed(stems(source, "notebooks/*.ipynb"))),
        "docs/index": ("Methods", listed(stems(source, "docs/*.md"))),
        "about": ("Corpora and models", listed(path.with_suffix("").as_posix() for path in notes)),
        "reference/index": (
            "Reference",
            "\n".join(listed(names, caption=caption) for caption, names in REFERENCE.items()),
        ),
    }
    for page, (title, lists) in sections.items():
        text = f"# {title}\n\n{INTRODUCTIONS[title]}\n\n{lists}"
        (source / f"{page}.md").write_text(text, encoding="utf-8")
    sources = "# Literature\n\n```{bibliography}\n:all:\n```\n"
    (source / "literature.md").write_text(sources, encoding="utf-8")
    said = (
        f"**[{title}]({page}.md)**: {INTRODUCTIONS[title]}" for page, (title, _) in sections.items()
    )
    pages = ["About <README>", "بالعربية <README.ar>", *sections, "literature"]
    index = INDEX.format(sections="\n\n".join(said), pages="\n".join(pages))
    (source / "index.md").write_text(index, encoding="utf-8")


def stems(source, pattern):
    """The names of files without their ends, in order."""
    return sorted(path.stem for path in source.glob(pattern))


class Links(HTMLParser):
    """The addresses and the anchors of a page."""

    def __init__(self, page):
        super().__init__()
        self.leading_to, self.anchors, self.loaded = [], {""}, []
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        """Note what a tag leads to, what it loads and what it is called."""
        given = dict(attributes)
        self.anchors |= {given.get("id") or "", given.get("name") or ""}
        if tag == "a" and given.get("href"):
            self.leading_to.append(given["href"])
        loaded = given.get("src") if tag in ("script", "img", "iframe") else None
        if tag == "link" and given.get("rel") in ("stylesheet", "preload", "icon"):
            loaded = given.get("href")
        self.loaded += [loaded] if loaded else []


def dead_links(site):
    """The links within the site that lead nowhere, and what pages load from other machines."""
    found = (path.resolve() for path in sorted(site.rglob("*.html")))
    pages = {path: Links(path) for path in found if path.parent.name != "_static"}
    for path, page in pages.items():
        where = path.relative_to(site.resolve())
        for address in page.loaded:
            if urlsplit(address).netloc:
                yield f"{where} loads {address}"
        for address in [*page.leading_to, *page.loaded]:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc or where.name == "search.html":
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            target = target / "index.html" if target.is_dir() else target
            known = target in pages and unquote(parts.fragment) in pages[target].anchors
            if not (known if target in pages else target.is_file()):
                yield f"{where} leads to {address}"


def main():
    """Build the site and check it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "site")
    out = parser.parse_args().out
    source, pages = out / "source", out / "html"
    gather(source)
    write_reference(source)
    write_indexes(source)
    shutil.rmtree(pages, ignore_errors=True)
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-q",
        "-W",
        "--keep-going",
        "-d",
        str(out / "doctrees"),
    ]
    done = subprocess.run([*command, str(source), str(pages)], check=False)
    dead = list(dead_links(pages)) if pages.is_dir() else []
    print(*dead, sep="\n")
    number = len(list(pages.rglob("*.html")))
    print(f"{number} pages in {pages}, {len(dead)} dead links")
    sys.exit(done.returncode or bool(dead))


if __name__ == "__main__":
    main()
