"""Loading Stanza's models: what comes with it, and what it leaves as it was."""

import subprocess
import sys

import pytest

from toolkit import models
from toolkit.annotating import loading

LOADED_AND_USED = """
import sys
import pandas as pd
from toolkit import pipeline
found = pipeline.annotate(pd.DataFrame({"doc": ["a"], "text": ["وقالت إنه وصل إلى دمشق."]}))
assert found.entities["text"].tolist() == ["دمشق"], found.entities
print(*(name for name in ("torch", "torch._dynamo", "sympy") if name in sys.modules))
"""


@pytest.fixture
def utils():
    from stanza.models.common import utils

    return utils


def test_the_compiler_of_torch_is_not_imported():
    done = subprocess.run(
        [sys.executable, "-c", LOADED_AND_USED], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["torch"]


def test_stanza_builds_its_optimizers_again_once_the_models_are_loaded(utils):
    build = utils.dispatch_optimizer
    found = models.resolve("news")
    nlp = loading.stanza_pipeline(found.folder, found.package, processors=["tokenize"])
    assert nlp.processors["tokenize"].trainer.optimizer is None
    assert utils.dispatch_optimizer is build


def test_and_once_it_could_not_load_them(utils, tmp_path):
    build = utils.dispatch_optimizer
    with pytest.raises(Exception, match=r"resources\.json"):
        loading.stanza_pipeline(tmp_path, "news")
    assert utils.dispatch_optimizer is build


@pytest.mark.parametrize(("group", "is_built"), [("base", False), ("bert", True)])
def test_a_transformer_has_the_optimizer_that_its_schedule_needs(utils, group, is_built):
    import torch

    weights = {"param_group_name": group, "params": [torch.nn.Parameter(torch.zeros(1))]}
    options = {"lr": 0.1, "betas": (0.9, 0.9), "eps": 1e-8}
    with loading._without_optimizers():
        optimizer = utils.dispatch_optimizer("adam", [weights], utils.logger, **options)
    assert isinstance(optimizer, torch.optim.Adam) == is_built
