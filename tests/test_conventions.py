"""The conventions that the whole public API and the repository keep."""

import hashlib
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import toolkit
from toolkit import (
    collocation,
    concordance,
    contingency,
    cooccurrence,
    corpus,
    counts,
    dates,
    diversity,
    duplicates,
    entities,
    keyness,
    places,
    timeline,
)
from toolkit.exploring import mentions
from toolkit.gold import errors, name_lists, scores
from toolkit.keeping import storage
from toolkit.naming import canonical_names
from toolkit.statistics import growth

ROOT = Path(toolkit.__file__).parent.parent
MODULES = sorted(
    module.name.removeprefix("toolkit.")
    for module in pkgutil.walk_packages(toolkit.__path__, "toolkit.")
    if module.name != "toolkit.__main__"
)
# The modules whose functions users call, most of them by this name, those of growth by
# `diversity`, of curves and figures by `plot`. The others are parts of these.
TOPICS = {
    "agreement",
    "annotations",
    "collocation",
    "concordance",
    "contingency",
    "cooccurrence",
    "corpus",
    "corrections",
    "counts",
    "dates",
    "diversity",
    "drawing.charts",
    "drawing.cloud",
    "drawing.collocates",
    "drawing.curves",
    "drawing.figures",
    "drawing.keywords",
    "drawing.maps",
    "drawing.topics",
    "drift",
    "duplicates",
    "entities",
    "explore",
    "exploring.mentions",
    "export",
    "gold.correction_files",
    "gold.errors",
    "gold.merging",
    "gold.name_lists",
    "gold.scores",
    "keeping.cache",
    "keeping.holdings",
    "keyness",
    "models",
    "naming.canonical_names",
    "networks",
    "normalise",
    "pipeline",
    "places",
    "plot",
    "report",
    "show",
    "statistics.growth",
    "timeline",
}
MOST_POSITIONAL = 3
MOST_PARAMETERS = 6
# Why each may pass the limit stands beside it.
MANY_PARAMETERS: dict[str, str] = {
    "collocation.collocates": "the node, what is near, what is counted, how it is scored",
    "collocation.relations": "the node, which relations, what is counted, how it is scored",
    "concordance.kwic": "what is searched, in what order, what a line shows",
    "pipeline.annotate": "the texts, the models, what is looked for, where it runs and is kept",
    "pipeline.annotate_to": "what annotate takes, and the folder",
    "cooccurrence.cooccurrence": "the units, what is a name, which count, how they are scored",
    "cooccurrence.evidence": "what the pairs were counted from, and the texts",
    "timeline.timeline": "what is counted, when, of what, beside which words",
    "counts.dispersion": "what is counted, the parts, which items, which measures",
    "counts.ngrams": "length, gaps, border, two thresholds, what is counted",
    "diversity.intervals": "those of diversity, and what is drawn and how often",
    "gold.merging.merge": "the tables, which mentions stay, what all annotators looked at",
    "keyness.keywords": "two tables, four choices of what is computed, two thresholds",
}
# A function of one parameter may describe it in its first lines.
PARAMETERS_BEGIN_AT = 2
# Their first line says what comes back.
RETURNS_IN_FIRST_LINE = {"drawing.figures.save", "drawing.figures.style"}
# Where tables are drawn.
DRAWING = (
    "drawing.charts",
    "drawing.cloud",
    "drawing.collocates",
    "drawing.curves",
    "drawing.keywords",
    "drawing.maps",
    "drawing.topics",
    "plot",
)
SECTIONS = [
    "Parameters",
    "Attributes",
    "Returns",
    "Yields",
    "Raises",
    "Warns",
    "See Also",
    "Notes",
    "References",
    "Examples",
]
HEADING = re.compile(r"^(\w[\w ]*)\n(-{3,})$", re.MULTILINE)


def public_names(module):
    loaded = importlib.import_module(f"toolkit.{module}")
    for name, value in vars(loaded).items():
        if not name.startswith("_") and getattr(value, "__module__", None) == loaded.__name__:
            yield f"{module}.{name}", value


PUBLIC = dict(item for module in MODULES for item in public_names(module))
FUNCTIONS = {name: value for name, value in PUBLIC.items() if inspect.isfunction(value)}
CLASSES = {name: value for name, value in PUBLIC.items() if inspect.isclass(value)}
METHODS = {
    f"{name}.{method}": value
    for name, owner in CLASSES.items()
    for method, value in vars(owner).items()
    if inspect.isfunction(value) and not method.startswith("_")
}
CALLABLES = FUNCTIONS | METHODS


def module_of(name):
    """Of ``counts.ngrams``, or of a method: the longest beginning that is a module."""
    return max((m for m in MODULES if name.startswith(f"{m}.")), key=len)


def is_topic(name):
    return module_of(name) in TOPICS


def is_figure(name):
    return module_of(name) in DRAWING


def parameters(function):
    found = inspect.signature(function).parameters.values()
    return [parameter for parameter in found if parameter.name not in ("self", "cls")]


def sections(function):
    """The docstring cut at its headings: the summary under "", then each block."""
    pieces = HEADING.split(inspect.getdoc(function) or "")
    return {"": pieces[0].strip()} | dict(zip(pieces[1::3], pieces[3::3], strict=True))


def documented(block):
    """The names that a block of a docstring describes: its lines that are not indented."""
    entries = [line for line in block.splitlines() if line and not line.startswith(" ")]
    return [name.strip(" *") for entry in entries for name in entry.split(" : ")[0].split(",")]


def test_walk_finds_the_api():
    """A walk that finds nothing would let every test here pass."""
    assert {"corpus", "counts", "concordance", "entities", "normalise", "show"} <= set(MODULES)
    assert {"corpus.read_texts", "counts.frequencies", "concordance.kwic"} <= set(FUNCTIONS)
    assert {"corpus.Corpus", "models.ModelSet"} <= set(CLASSES)
    assert "corpus.Corpus.save" in METHODS
    assert {"plot.frequencies", "plot.hits", "drawing.curves.growth"} <= set(
        filter(is_figure, FUNCTIONS)
    )


# --- docstrings -------------------------------------------------------------------------------


@pytest.mark.parametrize("module", MODULES)
def test_module_says_what_it_is_for(module):
    assert importlib.import_module(f"toolkit.{module}").__doc__.strip().split("\n")[0].endswith(".")


@pytest.mark.parametrize("name", PUBLIC)
def test_docstring_begins_with_a_sentence(name):
    if not (inspect.isfunction(PUBLIC[name]) or inspect.isclass(PUBLIC[name])):
        pytest.skip("a command, whose help is its docstring, or a value")
    first = sections(PUBLIC[name])[""].split("\n\n")[0]
    assert first[0].isupper() or not first[0].isalpha()
    assert first.endswith((".", ":", "%"))


@pytest.mark.parametrize("name", CALLABLES)
def test_docstring_blocks_are_known_and_in_order(name):
    found = [heading for heading in sections(CALLABLES[name]) if heading]
    assert found == [heading for heading in SECTIONS if heading in found]
    for heading, dashes in HEADING.findall(inspect.getdoc(CALLABLES[name])):
        assert len(dashes) == len(heading)


@pytest.mark.parametrize("name", CALLABLES)
def test_documented_parameters_are_those_of_the_signature(name):
    blocks, expected = sections(CALLABLES[name]), [p.name for p in parameters(CALLABLES[name])]
    if "Parameters" in blocks:
        assert documented(blocks["Parameters"]) == expected
    else:
        assert len(expected) < PARAMETERS_BEGIN_AT or not is_topic(name)


@pytest.mark.parametrize("name", CALLABLES)
def test_returns_block_stands_beside_parameters_where_something_comes_back(name):
    returned = inspect.signature(CALLABLES[name]).return_annotation
    blocks = sections(CALLABLES[name])
    gives_value = returned not in (None, "None")
    if "Parameters" in blocks and is_topic(name):
        assert ("Returns" in blocks or name in RETURNS_IN_FIRST_LINE) == gives_value
    assert gives_value or "Returns" not in blocks


@pytest.mark.parametrize("name", CALLABLES)
def test_every_parameter_and_result_is_typed(name):
    signature = inspect.signature(CALLABLES[name])
    assert signature.return_annotation is not signature.empty
    assert all(p.annotation is not p.empty for p in parameters(CALLABLES[name]))


def test_exceptions_are_still_needed():
    for name in RETURNS_IN_FIRST_LINE:
        assert "Returns" not in sections(CALLABLES[name])
    for name in MANY_PARAMETERS:
        assert len(parameters(CALLABLES[name])) > MOST_PARAMETERS


# --- signatures -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CALLABLES)
def test_few_parameters_and_fewer_by_position(name):
    found = parameters(CALLABLES[name])
    by_position = [p for p in found if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    assert len(by_position) <= MOST_POSITIONAL
    assert len(found) <= MOST_PARAMETERS or name in MANY_PARAMETERS


@pytest.mark.parametrize("name", CALLABLES)
def test_switches_are_passed_by_keyword(name):
    for parameter in parameters(CALLABLES[name]):
        if isinstance(parameter.default, bool):
            assert parameter.kind is parameter.KEYWORD_ONLY


@pytest.mark.parametrize("name", CALLABLES)
def test_defaults_are_immutable(name):
    for parameter in parameters(CALLABLES[name]):
        if parameter.default is not parameter.empty:
            assert isinstance(parameter.default, (str, int, float, tuple, frozenset, type(None)))


@pytest.mark.parametrize("name", CALLABLES)
def test_keywords_are_passed_on_in_plot_only(name):
    kinds = {parameter.kind for parameter in parameters(CALLABLES[name])}
    assert inspect.Parameter.VAR_POSITIONAL not in kinds
    assert inspect.Parameter.VAR_KEYWORD not in kinds or is_figure(name)


@pytest.mark.parametrize("name", list(filter(is_figure, FUNCTIONS)))
def test_figures_take_a_table_and_an_axes(name):
    found = parameters(FUNCTIONS[name])
    assert "Axes" in str(inspect.signature(FUNCTIONS[name]).return_annotation)
    assert [p.kind is p.KEYWORD_ONLY for p in found[1:-1]] == [True] * (len(found) - 2)
    assert found[1].name == "ax"
    assert found[1].default is None


# --- statistics -------------------------------------------------------------------------------

TABLE = contingency.observed([7, 3], r1=10, c1=[9, 10], n=19)


def lemmas(corpus):
    return counts.frequencies(corpus.words, by="lemma")


STATISTICS = {
    "collocation.collocates": lambda c: (c.words, lambda t: collocation.collocates(t, "دمشق")),
    "collocation.relations": lambda c: (
        c.words.assign(head=0, deprel="root"),
        lambda t: collocation.relations(t, "قال"),
    ),
    "concordance.hits": lambda c: (c.tokens, lambda t: concordance.hits(t, "دمشق")),
    "concordance.kwic": lambda c: (c.tokens, lambda t: concordance.kwic(t, "دمشق")),
    "contingency.expected": lambda c: (TABLE, contingency.expected),
    "contingency.p_value": lambda c: (contingency.score(TABLE), contingency.p_value),
    "contingency.score": lambda c: (TABLE, contingency.score),
    "corpus.problems": lambda c: (c.texts, corpus.problems),
    "counts.dispersion": lambda c: (c.words, lambda t: counts.dispersion(t, by="lemma")),
    "counts.frequencies": lambda c: (c.words, lambda t: counts.frequencies(t, by="lemma")),
    "counts.ledger": lambda c: (c.tokens, lambda t: counts.ledger(t, c.words)),
    "counts.ngrams": lambda c: (c.words, counts.ngrams),
    "corpus.with_paragraphs": lambda c: (
        c.tokens,
        lambda t: corpus.with_paragraphs(t, c.texts),
    ),
    "diversity.diversity": lambda c: (c.words, lambda t: diversity.diversity(t, groups="doc")),
    "diversity.intervals": lambda c: (c.words, lambda t: diversity.intervals(t, samples=20)),
    "gold.errors.errors": lambda c: (
        c.entities,
        lambda t: errors.errors(t, c.entities.head(1), c.texts),
    ),
    "gold.scores.confusion": lambda c: (
        c.entities,
        lambda t: scores.confusion(t, c.entities),
    ),
    "gold.scores.evaluate": lambda c: (
        c.entities,
        lambda t: scores.evaluate(t, c.entities),
    ),
    "gold.name_lists.from_list": lambda c: (
        c.tokens,
        lambda t: name_lists.from_list(t, ["دمشق"], c.texts),
    ),
    "entities.mentions": lambda c: (c.entities, entities.mentions),
    "exploring.mentions.hits_of": lambda c: (
        c.entities,
        lambda t: mentions.hits_of(t, c.tokens),
    ),
    "duplicates.duplicates": lambda c: (c.texts, duplicates.duplicates),
    "entities.names": lambda c: (c.entities, entities.names),
    "cooccurrence.cooccurrence": lambda c: (
        c.entities,
        lambda t: cooccurrence.cooccurrence(t, c.sentences),
    ),
    "cooccurrence.evidence": lambda c: (
        c.entities.assign(name=["x", "y"], doc="a"),
        lambda t: cooccurrence.evidence(t, ("x", "y"), c.sentences, texts=c.texts),
    ),
    "cooccurrence.matrix": lambda c: (
        cooccurrence.cooccurrence(c.entities.assign(name=["a", "b"], doc="a"), c.sentences),
        cooccurrence.matrix,
    ),
    "naming.canonical_names.canonical": lambda c: (
        c.entities,
        lambda t: canonical_names.canonical(t, c.words),
    ),
    "dates.find_dates": lambda c: (c.texts, dates.find_dates),
    "places.gloss": lambda c: (c.entities["name"], places.gloss),
    "places.locate": lambda c: (c.entities, places.locate),
    "timeline.timeline": lambda c: (c.entities, lambda t: timeline.timeline(t, c.texts)),
    "statistics.growth.growth": lambda c: (c.words, growth.growth),
    "statistics.growth.heaps": lambda c: (growth.growth(c.words), growth.heaps),
    "statistics.growth.rank_frequency": lambda c: (lemmas(c), growth.rank_frequency),
    "statistics.growth.zipf": lambda c: (lemmas(c), growth.zipf),
    "keyness.keywords": lambda c: (lemmas(c), lambda t: keyness.keywords(t, t)),
    "keyness.observed": lambda c: (lemmas(c), lambda t: keyness.observed(t, t)),
}


def table_to_table():
    """The functions that take a table first and give one."""
    table = re.compile(r"(?:pd\.|pandas\.)?(?:DataFrame|Series)\b")
    for name, function in FUNCTIONS.items():
        first = [getattr(p.annotation, "__name__", str(p.annotation)) for p in parameters(function)]
        given = inspect.signature(function).return_annotation
        if not (is_topic(name) and first):
            continue
        if table.match(first[0]) and table.match(getattr(given, "__name__", str(given))):
            yield name


def test_every_statistic_is_tested_for_its_input():
    assert set(table_to_table()) == set(STATISTICS)


@pytest.mark.parametrize("name", STATISTICS)
def test_statistic_gives_a_new_plain_table_and_keeps_its_input(name, twelve):
    table, statistic = STATISTICS[name](twelve)
    before = table.copy(deep=True)
    found = statistic(table)
    pandas_type = type(table)
    if pandas_type is pd.DataFrame:
        pd.testing.assert_frame_equal(table, before)
    else:
        pd.testing.assert_series_equal(table, before)
    assert type(found) in (pd.DataFrame, pd.Series)
    assert found is not table
    assert found.equals(statistic(before))


COUNTING = ("counts", "keyness", "collocation", "concordance", "diversity", "statistics.growth")
# What is given second, or makes no table.
SECOND = {
    "keywords": lambda c, t: keyness.keywords(lemmas(c), t),
    "observed": lambda c, t: keyness.observed(lemmas(c), t),
    "ledger": lambda c, t: counts.ledger(c.tokens, t),
    "index": lambda c, t: concordance.index(t),
}


@pytest.mark.parametrize("name", [name for name in STATISTICS if module_of(name) in COUNTING])
def test_what_is_no_table_is_named(name, twelve):
    statistic = STATISTICS[name](twelve)[1]
    for given in (None, 3, [], pd.Series(["قال"], name="lemma"), twelve):
        kind = type(given).__name__
        message = rf"^{name.rsplit('.', 1)[1]}: the table is of type {kind}, not a DataFrame\. \w+"
        with pytest.raises(ValueError, match=message):
            statistic(given)


@pytest.mark.parametrize("name", SECOND)
def test_what_is_no_second_table_is_named(name, twelve):
    for given in (None, 3, [], pd.Series(["قال"], name="lemma"), twelve):
        kind = type(given).__name__
        with pytest.raises(ValueError, match=rf"^{name}: the table is of type {kind}, not a Data"):
            SECOND[name](twelve, given)


# --- imports ----------------------------------------------------------------------------------

HEAVY = ("torch", "stanza", "matplotlib", "networkx")


def loaded_after(statement, watched):
    code = f"import sys\n{statement}\nprint(*sorted({set(watched)!r} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return done.stdout.split()


def test_import_of_the_package_loads_nothing_heavy():
    assert loaded_after("import toolkit", (*HEAVY, "pandas", "numpy", "pyarrow", "click")) == []


def test_import_of_every_module_loads_no_models_and_no_figures():
    statement = "\n".join(f"import toolkit.{module}" for module in MODULES)
    assert loaded_after(statement, (*HEAVY, "toolkit.pipeline")) == ["toolkit.pipeline"]


def test_command_line_shows_its_help_without_pandas():
    assert loaded_after("import toolkit.cli", (*HEAVY, "pandas")) == []


STAGES = ["expander", "lemmatiser", "recogniser", "tagger", "tokeniser", "vectors"]


def test_stanza_is_imported_where_models_are_loaded_and_run_only():
    importing = re.compile(r"^\s*(?:import|from) (?:stanza|torch)\b", re.MULTILINE)
    found = [
        path for path in sources_of_package() if importing.search(path.read_text(encoding="utf-8"))
    ]
    assert {path.parent.name for path in found} == {"annotating"}
    assert [path.stem for path in found] == sorted(["devices", "loading", *STAGES])


def sources_of_package():
    return sorted(Path(toolkit.__file__).parent.rglob("*.py"))


# --- repository -------------------------------------------------------------------------------

ARTICLE = ROOT / "seeds" / "000_7fa08adb6b02ef67.txt"
GENERATED = {".git", ".venv", "build", "dist", "report", "__pycache__", "node_modules"}
MACHINE_PATH = re.compile(
    r"(?<![\w.:/])/(?:home|Users|root|mnt|srv|private)/[\w.-]+"
    r"|\b[A-Za-z]:\\+Users\\+\w+"
    r"|file:///\w+"
)
# Where packages come from is each machine's own matter.
INDEX = re.compile(
    r"--(?:extra-)?index-url|--find-links|--trusted-host|\bindex-url\s*=|\bindex_url\s*="
    r"|https?://[^\s\"'<>]*(?:/simple\b|/api/(?:pypi|npm|conda)/|artifactory|nexus)"
    r"|https?://(?:localhost|\d{1,3}(?:\.\d{1,3}){3}|[\w.-]+\.(?:internal|local|lan|corp))\b"
)


def repository_texts():
    """Path and text of each file of the repository that is text and was not generated."""
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        hidden = any(part.startswith(".") and part not in (".ci", ".github") for part in parts[:-1])
        if hidden or GENERATED & set(parts) or not path.is_file():
            continue
        if any(part.endswith(".egg-info") for part in parts):
            continue
        try:
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def found_in_repository(pattern):
    return [
        (name, match[0])
        for name, text in repository_texts()
        if Path(name).name != Path(__file__).name
        for match in pattern.finditer(text)
    ]


def test_walk_finds_the_repository():
    names = {name for name, _ in repository_texts()}
    assert {"pyproject.toml", "Makefile", "toolkit/corpus.py", "tests/conftest.py"} <= names


def test_patterns_find_what_they_look_for():
    home = "/home" + "/someone/project"
    assert MACHINE_PATH.search(f"open('{home}')")
    assert MACHINE_PATH.search("C:\\Users" + "\\someone")
    assert not MACHINE_PATH.search("https://example.org/home/page ../home/page a/root/b")
    assert INDEX.search("pip install --index" + "-url x")
    assert INDEX.search("http://10.0.0.7" + ":8080/x")
    assert not INDEX.search("https://example.org/simplest")


def test_no_path_of_a_machine_stands_in_the_repository():
    assert found_in_repository(MACHINE_PATH) == []


def test_path_of_this_checkout_stands_nowhere_in_it():
    if len(ROOT.parts) < 3:
        pytest.skip("a path of one name is a word of many texts")
    here = re.compile("|".join(re.escape(path) for path in (str(ROOT), ROOT.as_posix())) + r"\b")
    assert found_in_repository(here) == []


def test_no_package_index_stands_in_the_repository():
    in_files = [hit for hit in found_in_repository(INDEX) if not hit[0].endswith(".md")]
    assert in_files == []


def test_article_is_the_one_that_was_given():
    # sha256sum of the file as it was given
    assert storage.hash_file(ARTICLE) == (
        "a8a3eb096f7e2313aa9f3c7dc03859ee596395c11e956e16ac2b53a0d249c0ff"
    )
    assert hashlib.sha256(ARTICLE.read_bytes()).hexdigest() == storage.hash_file(ARTICLE)


def test_article_is_described():
    readme = (ROOT / "seeds" / "README.md").read_text(encoding="utf-8")
    assert ARTICLE.name in readme
    assert storage.hash_file(ARTICLE) in readme
    assert sorted(path.name for path in ARTICLE.parent.iterdir()) == [ARTICLE.name, "README.md"]
