"""Run one training recipe.

    python training/train.py training/recipes/mwt.toml --work build/training --data ../shared/data

A recipe is a TOML file with these keys:

- ``model``: the name of what is trained, for the log and for the packer.
- ``module``: the module whose command line trains it, for example ``stanza.models.mwt_expander``,
  or ``script``: a Python file beside this one.
- ``seed`` and ``threads``: passed as ``--seed``, and as the number of threads of the process.
- ``minutes`` (optional): wall-clock budget; training is stopped after it. Stanza saves its best
  checkpoint as it goes, so a stopped training has a model.
- ``[args]``: the command line. ``true`` gives the bare flag, ``false`` leaves it out. ``{work}``
  and ``{data}`` stand for the two folders named on our own command line.
- ``base`` (optional): a recipe beside this one; what this one leaves out is taken from it.
- ``[data]`` and ``[score]``: where the data come from and what came out; read by people.
"""

import argparse
import os
import subprocess
import sys
import time
import tomllib
from pathlib import Path


def read_recipe(path):
    """Recipe at `path` as a dict; a missing key is an error that names the file."""
    try:
        recipe = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"train: {path} is not valid TOML ({error}). Mend that line.") from error
    if "base" in recipe:
        whole = read_recipe(Path(path).parent / recipe.pop("base"))
        recipe = {**whole, **recipe, "args": {**whole["args"], **recipe.get("args", {})}}
    missing = [key for key in ("model", "args") if key not in recipe]
    if ("module" in recipe) == ("script" in recipe):
        missing.append("exactly one of module and script")
    if missing:
        raise ValueError(f"train: {path} lacks {', '.join(missing)}. Add it to the recipe.")
    return recipe


def command_line(recipe, *, work, data):
    """Command of a recipe, as a list of strings, with the placeholders filled in."""
    if "script" in recipe:
        command = [sys.executable, str(Path(__file__).parent / recipe["script"])]
    else:
        command = [sys.executable, "-m", recipe["module"]]
    args = dict(recipe["args"])
    if "seed" in recipe:
        args["seed"] = recipe["seed"]
    for name, value in args.items():
        if value is False:
            continue
        command.append(f"--{name}")
        if value is not True:
            command.append(str(value).replace("{work}", str(work)).replace("{data}", str(data)))
    return command


def run(recipe, *, work, data):
    """Train as `recipe` says; the log goes to ``<work>/logs/<model>.log``.

    Returns
    -------
    float
        Minutes of wall-clock time.
    """
    threads = str(recipe.get("threads", 1))
    environment = dict(os.environ, OMP_NUM_THREADS=threads, MKL_NUM_THREADS=threads)
    log = Path(work) / "logs" / f"{recipe['model']}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    seconds = recipe["minutes"] * 60 if "minutes" in recipe else None
    command = command_line(recipe, work=work, data=data)
    print(" ".join(command), f"\nlog: {log}", flush=True)
    start = time.monotonic()
    with log.open("w", encoding="utf-8") as file:
        file.write(" ".join(command) + "\n")
        file.flush()
        try:
            subprocess.run(
                command,
                stdout=file,
                stderr=subprocess.STDOUT,
                env=environment,
                timeout=seconds,
                check=True,
            )
        except subprocess.TimeoutExpired:
            print(f"stopped after {recipe['minutes']} minutes; the best checkpoint is kept")
        except subprocess.CalledProcessError as error:
            raise RuntimeError(
                f"train: {recipe['model']} ended with status {error.returncode}; read {log}."
            ) from error
    return (time.monotonic() - start) / 60


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("recipe", help="TOML file in training/recipes/")
    parser.add_argument("--work", default="build/training", help="prepared data and checkpoints")
    parser.add_argument("--data", default="../shared/data", help="source data")
    options = parser.parse_args()
    minutes = run(read_recipe(options.recipe), work=options.work, data=options.data)
    print(f"{minutes:.1f} minutes")


if __name__ == "__main__":
    main()
