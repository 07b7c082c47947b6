"""Annotate the corpora of the notebooks and keep the result, or say what would differ now.

    python data/freeze.py                          rebuild data/*/annotated/
    python data/freeze.py --drift                  compare it with the bundled models of now
    python data/freeze.py --drift --models official
    python data/freeze.py --drift --all mawsua   every difference, not the first ones alone

The notebooks read the kept annotations, so that they run in seconds and give the same numbers on
every machine; each carries the names, versions and hashes of what made it in its manifest.json.
"""

import argparse
import os
from pathlib import Path

from toolkit import corpus, drift, pipeline

ROOT = Path(__file__).resolve().parent.parent
TEXTS = {"seed": "seeds", "mawsua": "data/mawsua/texts"}
SHOWN = 20  # differences that are printed unless all are asked for


def kept(name):
    """Where the annotation of a corpus lies."""
    return Path("data", name, "annotated")


def annotated(name, models):
    """The corpus as the models annotate it now."""
    return pipeline.annotate(corpus.read_texts(TEXTS[name]), models=models)


def print_drift(name, models, *, shown=SHOWN):
    """Print how much of a corpus differs, and the first differences, or with None all of them."""
    frozen, live = corpus.load(kept(name)), annotated(name, models)
    print(f"{name}: {frozen!r}")
    print(drift.summary(frozen, live).to_string(index=False, float_format="{:.4f}".format))
    rows = drift.drift(frozen, live)
    if len(rows):
        listed = rows if shown is None else rows.head(shown)
        part = f"first {len(listed):,} of " if len(listed) < len(rows) else "all "
        print(f"\n{part}{len(rows):,} differences")
        print(listed.to_string(index=False))
    print()


def main():
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--drift", action="store_true", help="change nothing, print what differs")
    parser.add_argument("--all", action="store_true", help="with --drift: list every difference")
    parser.add_argument("--models", default="news", help="news, official, or a directory")
    parser.add_argument("names", nargs="*", help=f"of {', '.join(TEXTS)}; by default all")
    options = parser.parse_args()
    os.chdir(ROOT)
    for name in options.names or TEXTS:
        if options.drift:
            print_drift(name, options.models, shown=None if options.all else SHOWN)
        else:
            print(f"{kept(name)}: {annotated(name, options.models).save(kept(name))}")


if __name__ == "__main__":
    main()
