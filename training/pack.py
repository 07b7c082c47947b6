"""Pack the trained models into the resource folder that ships with the package.

    python training/pack.py --work build/training

Reads ``<work>/saved_models/<model>/news.pt`` and writes Stanza's own layout,
``toolkit/resources/resources.json`` and ``toolkit/resources/ar/<model>/news.pt``, so that stock
Stanza loads it: ``stanza.Pipeline("ar", dir="toolkit/resources", package="news",
download_method=None)``. A model that has not been trained yet is an error: nothing is written.

Weights are stored as float16: loading copies them into float32 parameters, so the models run as
before. The word vectors stay float32, since Stanza uses that tensor as it stands in the file.
Optimiser state is dropped, and file names in the stored options lose their folders.
"""

import argparse
import hashlib
import io
import json
import pickle
import pickletools
from pathlib import Path
from types import SimpleNamespace

import torch

PACKAGE = "news"
PROCESSORS = ("tokenize", "mwt", "pos", "lemma", "ner")
RESOURCES = Path(__file__).parents[1] / "toolkit" / "resources"
TRAINING_STATE = ("optimizer_state_dict", "bert_optimizer_state_dict", "scheduler_state_dict")


class ShortPickler(pickle.Pickler):
    """Pickler that leaves out the marks that nothing refers to.

    PyTorch reads a file's containers step by step in Python, so half the steps of a word list are
    half of its loading time.
    """

    def __init__(self, file, protocol):
        self.file, self.buffer = file, io.BytesIO()
        super().__init__(self.buffer, protocol)

    def dump(self, value):
        super().dump(value)
        self.file.write(pickletools.optimize(self.buffer.getvalue()))


PICKLING = SimpleNamespace(Pickler=ShortPickler, __name__="pickle")


def half(value):
    """`value` with every float32 tensor in it as float16; containers are copied."""
    if isinstance(value, torch.Tensor):
        # clone: a view would drag its whole storage into the file
        value = value.detach().clone()
        return value.half() if value.dtype == torch.float32 else value
    if isinstance(value, dict):
        return type(value)((key, half(item)) for key, item in value.items())
    if isinstance(value, (list, tuple)):
        return type(value)(half(item) for item in value)
    return value


def without_folders(options):
    """Copy of the stored options with bare file names: folders mean nothing elsewhere."""
    copy = dict(options)
    for key, value in options.items():
        is_path = key.endswith(("_file", "_dir")) or key in ("save_name", "load_name")
        if is_path and isinstance(value, str) and not key.startswith("charlm"):
            copy[key] = Path(value).name
    return copy


def slim(checkpoint):
    """Checkpoint as it is shipped."""
    kept = {key: value for key, value in checkpoint.items() if key not in TRAINING_STATE}
    kept["model"] = half(kept["model"])
    kept["config"] = without_folders(kept["config"])
    return kept


def load(path):
    try:
        return torch.load(path, map_location="cpu", weights_only=True)
    except (RuntimeError, EOFError, OSError) as error:
        raise ValueError(f"pack: {path} cannot be read ({error}). Train it again.") from error


def save(checkpoint, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    # a rename at the end, so that a running program never sees half a model
    part = path.with_name("part.pt")
    torch.save(checkpoint, part, pickle_module=PICKLING)
    part.replace(path)


def md5(path):
    return hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()


def pack(work, resources):
    """Write the models under `work` into `resources`.

    Returns
    -------
    dict of str to int
        Bytes of each model written.

    Raises
    ------
    FileNotFoundError
        When a model has not been trained: a package without it would not load.
    """
    saved = {
        m: Path(work) / "saved_models" / m / f"{PACKAGE}.pt" for m in (*PROCESSORS, "pretrain")
    }
    missing = [model for model, path in saved.items() if not path.exists()]
    if missing:
        raise FileNotFoundError(
            f"pack: no trained {', '.join(missing)} under {work}/saved_models. Run the recipes "
            "first, or copy the packed files there."
        )
    language, package, sizes = {}, {}, {}
    for model in ("pretrain", *PROCESSORS):
        checkpoint = load(saved[model])
        entry = {}
        if model == "pretrain":
            shipped = {key: checkpoint[key] for key in ("vocab", "emb")}
        else:
            shipped = slim(checkpoint)
            if model in ("pos", "ner") and checkpoint["config"].get("pretrain", True):
                entry["dependencies"] = [{"model": "pretrain", "package": PACKAGE}]
            package[model] = PACKAGE
        target = Path(resources) / "ar" / model / f"{PACKAGE}.pt"
        save(shipped, target)
        language[model] = {PACKAGE: {"md5": md5(target), **entry}}
        sizes[model] = target.stat().st_size
    language["packages"] = {"default": package, PACKAGE: package}
    language["lang_name"] = "Arabic"
    text = json.dumps({"ar": language}, indent=2) + "\n"
    (Path(resources) / "resources.json").write_text(text, encoding="utf-8")
    return sizes


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--work", default="build/training")
    parser.add_argument("--resources", default=RESOURCES, type=Path)
    options = parser.parse_args()
    sizes = pack(options.work, options.resources)
    for model, size in sizes.items():
        print(f"{model:10} {size / 1e6:6.2f} MB")
    print(f"{'total':10} {sum(sizes.values()) / 1e6:6.2f} MB")


if __name__ == "__main__":
    main()
