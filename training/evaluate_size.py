"""Size on disk, loading time and speed of the packed models, as Markdown.

    python training/evaluate_size.py --data ../shared/data

Each time is the median of `RUNS` fresh processes with one torch thread, and again with two:
importing Stanza (torch included), loading all models of the package as `annotate` does and as plain
Stanza does, and annotating news articles of the raw data with plain Stanza. Not counted: starting
Python, and reading the articles.
"""

import argparse
import time
from pathlib import Path

from evaluate_scores import RESOURCES, in_fresh_process, load_pipeline, medians, table
from evaluate_tradeoff import THREADS, news_text

from toolkit.normalise import clean

RUNS = 3
GOAL = 3.0  # seconds of loading
CHARACTERS = 40_000


def as_annotate_loads(resources):
    """Seconds of loading in a process that has imported all but the models."""
    from toolkit import models, pipeline  # noqa: F401
    from toolkit.annotating.loading import load, stanza_places

    stanza_places()  # imports Stanza
    start = time.perf_counter()
    load(models.resolve(resources), "cpu")
    return {"annotate": time.perf_counter() - start}


def timed(resources, text):
    """Seconds of import and of loading, and tokens per second, in a process that has neither."""
    start = time.perf_counter()
    import stanza  # noqa: F401

    imported = time.perf_counter()
    nlp = load_pipeline(resources)
    loaded = time.perf_counter()
    result = {"import": imported - start, "load": loaded - imported}
    if text:
        tokens = nlp(text).num_tokens
        result["speed"] = tokens / (time.perf_counter() - loaded)
    return result


def limit_threads(threads):
    """Nothing: OMP_NUM_THREADS does it, and importing torch here would hide its cost."""


def size_lines(resources):
    """Cells of the table of files, largest first, and their sum."""
    files = sorted(Path(resources).glob("ar/*/*.pt"), key=lambda path: -path.stat().st_size)
    for path in files:
        yield [f"{path.parent.name}/{path.stem}", f"{path.stat().st_size / 1e6:.2f}"]
    whole = sum(path.stat().st_size for path in Path(resources).rglob("*") if path.is_file())
    yield ["the folder, all files", f"{whole / 1e6:.2f}"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--resources", type=Path, default=RESOURCES)
    options = parser.parse_args()
    print("### Size and time\n")
    print(table(["model", "MB"], size_lines(options.resources)), end="\n\n")
    try:
        text = clean(news_text(options.data))[0][:CHARACTERS]
    except FileNotFoundError:
        text = ""
    lines = []
    for threads in THREADS:
        runs = [
            in_fresh_process(threads, timed, options.resources, text, prepare=limit_threads)
            | in_fresh_process(threads, as_annotate_loads, options.resources, prepare=limit_threads)
            for _ in range(RUNS)
        ]
        middle = medians(runs)
        speed = f"{middle['speed']:.0f}" if text else "–"
        seconds = [f"{middle[name]:.1f}" for name in ("import", "annotate", "load")]
        lines.append([threads, *seconds, speed])
    header = ["threads", "import, s", "load, s", "load, plain Stanza, s", "tokens per second"]
    print(table(header, lines), end="\n\n")
    print(f"Median of {RUNS} fresh processes; the goal for loading is {GOAL:.0f} s.")


if __name__ == "__main__":
    main()
