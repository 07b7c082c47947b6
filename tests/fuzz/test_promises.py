"""Each check of `promises.py` on a few inputs of its strategy, the same ones in every run.

`make fuzz` tries as many as there is time for.
"""

import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

pytest.importorskip("lxml")
pytest.importorskip("openpyxl")
pytest.importorskip("pypdf")
pytest.importorskip("trafilatura")
sys.path.insert(0, str(Path(__file__).parent))

import inputs
import promises
import small_files
from fuzz import TARGETS, fuzzer_options

FEW = {"growth": 2}  # it takes a second for each; else
OTHERS = 15
MADE = {name: one for name, one in TARGETS.items() if one[0] == "hypothesis"}


@pytest.mark.parametrize("target", MADE)
def test_promise_is_kept_for_a_few_inputs(target):
    _, check, strategy, _ = MADE[target]

    @settings(
        max_examples=FEW.get(target, OTHERS), database=None, suppress_health_check=list(HealthCheck)
    )
    @given(getattr(inputs, strategy))
    def kept(example):
        getattr(promises, check)(example)

    kept()


def test_files_that_are_well_are_read():
    """Else the checks of damaged ones would say nothing."""
    whole = {
        f"{number}{suffix}": text.encode()
        for suffix, texts in small_files.TEXTUAL.items()
        for number, text in enumerate(texts)
    }
    whole |= {f"whole{suffix}": data for suffix, data in small_files.binary().items()}
    with promises.folder_of(whole) as folder:
        texts, _ = promises.read(folder, {})
    assert texts["path"].map(lambda path: Path(path).suffix).nunique() > 15
    promises.check_texts(texts)


def test_guided_target_ends_however_short_its_share_is():
    # libFuzzer: "-max_total_time: if positive, the maximal total time in seconds"
    assert "-max_total_time=1" in fuzzer_options(0.2, "words")
    assert "-max_total_time=90" in fuzzer_options(90.0, "words")
