"""Every module of `training/` can be imported: the recipes run for hours, not in the tests."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

TRAINING = Path(__file__).parents[1] / "training"
MODULES = sorted(path.stem for path in TRAINING.glob("*.py"))
# What each module that cannot be imported says, so that one hides no other.
IMPORT_ALL = """
import importlib, json, sys
failures = {}
for name in sys.argv[1:]:
    try:
        importlib.import_module(name)
    except BaseException as error:
        failures[name] = f"{type(error).__name__}: {error}"
print(json.dumps(failures))
"""


@pytest.fixture(scope="module")
def failures():
    command = [sys.executable, "-c", IMPORT_ALL, *MODULES]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=TRAINING)
    return json.loads(done.stdout.splitlines()[-1])


def test_walk_finds_the_recipes():
    assert {"train", "treebank", "evaluate"} <= set(MODULES)


@pytest.mark.parametrize("module", MODULES)
def test_module_can_be_imported(module, failures):
    assert module not in failures, f"training/{module}.py: {failures[module]}"
