"""What the pages show: code that runs, and names of functions, options and files that exist."""

import ast
import doctest
import importlib
import inspect
import json
import re
import shlex
from pathlib import Path
from types import ModuleType

import click
import pytest

from toolkit.cli import commands as command_line

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *ROOT.glob("*/*/README.md")])
PAGES += sorted([ROOT / "seeds" / "README.md", *(ROOT / "training").glob("*.md")])
FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
MODULES = {path.stem for path in (ROOT / "toolkit").glob("*.py")} - {"__init__", "__main__"}
CALLED = re.compile(r"(?<![\w./])({})\.([a-z]\w*)(?=[(\s,;]|$)".format("|".join(sorted(MODULES))))
# a name after a dot that is the end of a file, as in names.csv
ENDINGS = {
    "conllu",
    "csv",
    "html",
    "jsonl",
    "md",
    "parquet",
    "py",
    "tei",
    "tsv",
    "txt",
    "vrt",
    "xlsx",
}
PROGRAM = re.compile(r"^(?:\.venv[/\\](?:bin|Scripts)[/\\])?(mudawwana|python3?|make)(?= |$)")


def text_of(page):
    return page.read_text(encoding="utf-8")


def blocks(page, language):
    return [code for kind, code in FENCED.findall(text_of(page)) if kind == language]


def named(path):
    return path.relative_to(ROOT).as_posix()


PYTHON = [(page, code) for page in PAGES for code in blocks(page, "python")]
EXAMPLES = [page for page in PAGES if any(">>>" in code for code in blocks(page, "python"))]


def commands(page):
    """The lines of a page that call a program of the project, without what is said beside them."""
    lines = [line for code in blocks(page, "") for line in code.splitlines()]
    lines += INLINE.findall(FENCED.sub("", text_of(page)))
    parts = [part for line in lines for part in re.split(r"\s\|\s|&&", line)]
    told = [re.split(r"\s{2,}|\s#", part.strip())[0] for part in parts]
    return [line for line in told if PROGRAM.match(line)]


CALLS = [(page, line) for page in PAGES for line in dict.fromkeys(commands(page))]


def calls_of(program):
    """The arguments of each call of a program, with the page that shows it."""
    found = [(page, shlex.split(line.replace("\\", "/"))) for page, line in CALLS]
    chosen = [(page, words) for page, words in found if Path(words[0]).name.startswith(program)]
    return [
        pytest.param(words[1:], id=f"{named(page)}: {' '.join(words)}") for page, words in chosen
    ]


# --- Python -----------------------------------------------------------------------------------


def test_pages_have_code_to_look_at():
    assert {"README.md", "README.ar.md", "docs/evaluation.md", "docs/reading.md"} <= {
        named(page) for page, _ in PYTHON
    }
    assert all(len(calls_of(program)) > 3 for program in ("mudawwana", "python", "make"))


@pytest.mark.parametrize("page", [page for page in EXAMPLES if page.name != "README.md"], ids=named)
def test_examples_give_what_the_page_says(page):
    # README.md is run by pytest itself
    found = doctest.testfile(
        str(page), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE
    )
    assert found.attempted > 0
    assert found.failed == 0


def links_of(page):
    """What a page leads to within the project."""
    found = re.findall(r"\]\(([^)\s#]+)", text_of(page))
    return {each for each in found if "://" not in each and not each.endswith((".png", ".svg"))}


def test_the_arabic_page_leads_to_all_pages_that_the_english_one_leads_to():
    english, arabic = (links_of(ROOT / name) for name in ("README.md", "README.ar.md"))
    assert sorted(english - arabic - {"README.ar.md"}) == []


def test_the_arabic_page_asks_the_questions_of_the_notebooks():
    """Without the name of the step before a colon, which only some notebooks have."""
    table = re.findall(
        r"\(notebooks/([\w]+)\.ipynb\) \| (.+) \|$", text_of(ROOT / "README.ar.md"), re.M
    )
    asked = {}
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        first = "".join(json.loads(text_of(path))["cells"][0]["source"])
        title = re.search(r"^<strong>([\u0600-\u06ff][^<\n]*)</strong>", first, re.M)
        asked[path.stem] = title[1].split(": ", 1)[-1]
    assert dict(table) == asked


def test_code_within_arabic_reads_from_its_own_beginning():
    """What begins or ends with a sign or a digit would be shown as `venv.` or `/seeds`.

    A renderer may take ``dir`` from an element, and gives none to code between backticks.
    """
    for page in PAGES:
        prose = FENCED.sub("", text_of(page))
        for part in re.findall(r'<div dir="rtl".*?</div>', prose, re.DOTALL):
            unsure = [
                code
                for code in INLINE.findall(part)
                if not re.fullmatch(r"[A-Za-z]([^`]*[A-Za-z])?", code)
            ]
            assert unsure == [], named(page)
            assert "<code>" not in part, named(page)


def test_the_arabic_page_runs_on_the_article_of_the_project(monkeypatch):
    monkeypatch.chdir(ROOT)
    variables = {}
    for code in blocks(ROOT / "README.ar.md", "python"):
        exec(compile(code, "README.ar.md", "exec"), variables)
    assert len(variables["news"].entities) > 0


@pytest.mark.parametrize("page", sorted({page for page, _ in PYTHON}), ids=named)
def test_calls_in_blocks_fit_the_functions(page):
    """Names are looked up in the modules that the page imports, one block after the other."""
    variables = {}
    for code in blocks(page, "python"):
        tree = ast.parse(as_code(code))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom | ast.Import):
                exec(compile(ast.Module([node], []), named(page), "exec"), variables)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and (function := looked_up(node.func, variables)):
                keywords = {keyword.arg: None for keyword in node.keywords}
                inspect.signature(function).bind(*node.args, **keywords)


def as_code(code):
    """A block without the prompts and the output of examples."""
    if ">>>" not in code:
        return code
    return "".join(example.source for example in doctest.DocTestParser().get_examples(code))


def looked_up(node, variables):
    """What a name with dots stands for, where it begins with a module; else nothing."""
    if isinstance(node, ast.Attribute):
        owner = looked_up(node.value, variables)
        return getattr(owner, node.attr) if isinstance(owner, ModuleType) else None
    found = variables.get(node.id) if isinstance(node, ast.Name) else None
    return found if isinstance(found, ModuleType) or inspect.isfunction(found) else None


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_functions_named_in_prose_exist(page):
    spans = INLINE.findall(FENCED.sub("", text_of(page)))
    named_there = {
        call for span in spans for call in CALLED.findall(span) if call[1] not in ENDINGS
    }
    lacking = [
        f"{module}.{name}"
        for module, name in sorted(named_there)
        if not hasattr(importlib.import_module(f"toolkit.{module}"), name)
    ]
    assert lacking == []


# --- commands ---------------------------------------------------------------------------------


@pytest.mark.parametrize("words", calls_of("mudawwana"))
def test_commands_have_the_options_that_pages_give_them(words):
    command = command_line
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        assert words[0] in command.commands, f"{command.name} has no command {words[0]}"
        command, words = command.commands[words[0]], words[1:]
    # prose names an option without its value
    ends_in_option = bool(words) and words[-1].startswith("-") and words[-1] != "-"
    context = click.Context(command)
    given, _, _ = command.make_parser(context).parse_args([*words, *["value"] * ends_in_option])
    for parameter in command.get_params(context):
        if isinstance(parameter.type, click.Choice) and given.get(parameter.name):
            parameter.type_cast_value(context, given[parameter.name])


@pytest.mark.parametrize("words", calls_of("python"))
def test_scripts_have_the_options_that_pages_give_them(words):
    if words[:1] in ([], ["-m"]):
        assert words[1:2] in ([], ["pip"], ["toolkit"], ["venv"])
        return
    script = ROOT / words[0]
    assert script.is_file()
    options = [word for word in words[1:] if word.startswith("--")]
    assert [name for name in options if f'"{name}"' not in text_of(script)] == []


@pytest.mark.parametrize("words", calls_of("make"))
def test_make_has_the_targets_and_variables_that_pages_name(words):
    makefile = text_of(ROOT / "Makefile")
    for word in words:
        name, is_variable, _ = word.partition("=")
        there = rf"\$[({{]{name}\b" if is_variable else rf"^{re.escape(name)}:"
        assert re.search(there, makefile, re.MULTILINE), f"the Makefile has no {name}"


def test_extras_that_pages_install_exist():
    extras = text_of(ROOT / "pyproject.toml").partition("[project.optional-dependencies]")[2]
    known = set(re.findall(r"^(\w+) = \[", extras.partition("\n[")[0], re.MULTILINE))
    wanted = {name for page in PAGES for name in re.findall(r"mudawwana\[(\w+)\]", text_of(page))}
    assert wanted
    assert wanted <= known


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_tests_that_pages_name_exist(page):
    tests = "".join(map(text_of, sorted(Path(__file__).parent.rglob("*.py"))))
    spans = INLINE.findall(text_of(page))
    wanted = {name for span in spans for name in re.findall(r"^test_\w+$", span)}
    assert {name for name in wanted if f"def {name}(" not in tests} == set()
