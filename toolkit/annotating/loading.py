"""Stanza's models in memory, and the places where the installed Stanza keeps and gets its own."""

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from tqdm import TqdmWarning

from toolkit.annotating.known_names import known_names
from toolkit.annotating.stages import Stages
from toolkit.models import LANGUAGE, PROCESSORS, ModelSet

OF_NAMES = "ner"  # Stanza's processor that is loaded when names are looked for
WORDS_AT_ONCE = 500  # that the expander and the lemmatiser read letter by letter

_ONE_AT_A_TIME = Lock()


class StanzaPlaces(NamedTuple):
    """Where the installed Stanza gets its models and where it keeps them.

    ``resources`` is the address of the folder of the lists, ``models`` the pattern of a model's
    address or ``default`` for the one that the list names, ``version`` that of the list, ``folder``
    where the models lie. Stanza reads its own environment variables for the first three.
    """

    resources: str
    models: str
    version: str
    folder: Path


def stanza_places() -> StanzaPlaces:
    """The places of the installed Stanza, as its code and its environment variables state them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", TqdmWarning)  # as in stanza_pipeline
        from stanza.resources import common

    address = common.DEFAULT_RESOURCES_URL
    if address.lower() in ("stanford", "stanfordnlp"):
        address = common.STANFORDNLP_RESOURCES_URL
    return StanzaPlaces(
        resources=address,
        models=common.DEFAULT_MODEL_URL,
        version=common.DEFAULT_RESOURCES_VERSION,
        folder=Path(common.USER_CACHE_DIR) / "resources",
    )


def stanza_pipeline(
    folder: Path,
    package: str,
    device: str = "cpu",
    *,
    processors: Sequence[str] = PROCESSORS,
    foundation: Any = None,
) -> Any:
    """Stanza's own pipeline of the models in a folder.

    What another one has loaded for all its processors, its `foundation_cache`, may be shared.
    """
    with warnings.catch_warnings():
        # in a notebook without ipywidgets, an import inside Stanza warns about progress bars
        warnings.simplefilter("ignore", TqdmWarning)
        import stanza

    with _without_optimizers():
        return stanza.Pipeline(
            LANGUAGE,
            dir=str(folder),
            package=package,
            processors=",".join(processors),
            download_method=None,
            device=device,
            foundation_cache=foundation,
            logging_level="CRITICAL",
            mwt_batch_size=WORDS_AT_ONCE,
            lemma_batch_size=WORDS_AT_ONCE,
        )


@contextmanager
def _without_optimizers() -> Iterator[None]:
    """Stanza builds no optimizer: to annotate takes none, and torch's compiler comes with one.

    Importing that compiler takes about as long as reading the models. A transformer has its
    optimizer, which Stanza hands to a schedule. Meanwhile no thread of the process gets one from
    Stanza: train in another process.
    """
    from stanza.models.common import utils

    def build_for_transformers(name: str, parameters: list[Any], *args: Any, **options: Any) -> Any:
        if any(group["param_group_name"] == "bert" for group in parameters):
            return build(name, parameters, *args, **options)
        return None

    with _ONE_AT_A_TIME:
        build = utils.dispatch_optimizer
        utils.dispatch_optimizer = build_for_transformers
        try:
            yield
        finally:
            utils.dispatch_optimizer = build


@lru_cache(maxsize=1)
def _cached(folder: Path, package: str, fingerprint: str, device: str) -> Stages:
    others = [name for name in PROCESSORS if name != OF_NAMES]
    nlp = stanza_pipeline(folder, package, device, processors=others)

    def names() -> Any:
        processors = (others[0], OF_NAMES)  # Stanza loads none without the tokeniser
        shared = nlp.foundation_cache
        return stanza_pipeline(
            folder, package, device, processors=processors, foundation=shared
        ).processors[OF_NAMES]

    return Stages(nlp, names)


def load(model_set: ModelSet, device: str, *, entities: bool = True) -> Stages:
    """The models of a set, kept for the next call; that of names where it is needed."""
    try:
        stages = _cached(model_set.folder, model_set.package, model_set.fingerprint, device)
        if entities:
            _ = stages.recogniser
            stages.known = known_names(model_set)
        return stages
    except Exception as error:  # torch and pickle raise many kinds for a damaged file
        raise ValueError(
            f"annotate: Stanza cannot load the models in {str(model_set.folder)!r} "
            f"({type(error).__name__}); restore the directory or install mudawwana again."
        ) from error
