"""What names, dates, places and pairs cost beside the annotation that they are told from.

    python benchmarks/content.py --data ../shared/data [--texts 200]

News of 2018, annotated in one process with nothing kept; then each step over its tables, the
fastest of three runs. The first four are part of every annotation, the others are asked for; that
of names that a text repeats is timed within the annotation.
"""

import argparse
import time
from contextlib import contextmanager
from pathlib import Path

from annotate import articles, table

from toolkit import cooccurrence, models, pipeline, places, timeline
from toolkit.annotating import content, worker
from toolkit.annotating.stages import Stages

RUNS = 3


def seconds(work):
    """The time of the fastest run."""
    found = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        work()
        found.append(time.perf_counter() - begin)
    return min(found)


@contextmanager
def timed(owner, name):
    """A list that gets the seconds of each call of a method."""
    whole, found = getattr(owner, name), []

    def called(*given):
        begin = time.perf_counter()
        try:
            return whole(*given)
        finally:
            found.append(time.perf_counter() - begin)

    setattr(owner, name, called)
    try:
        yield found
    finally:
        setattr(owner, name, whole)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--texts", type=int, default=200)
    options = parser.parse_args()
    given = [text for _, text in articles(options.data)]
    texts = table(given[: options.texts])
    worker.load(models.resolve("news"), "cpu")
    begin = time.perf_counter()
    with timed(Stages, "named") as together:
        news = pipeline.annotate(texts, cache=False, progress=False)
    whole = time.perf_counter() - begin
    entities, words = news.entities, news.words
    days = news.texts.assign(date="2018-06-01")
    steps = {
        "names within documents": lambda: content.named(entities, words),
        "names over the corpus": lambda: content.respelt(entities, content.counted(entities)),
        "dates": lambda: content.dated(days, news.sentences),
        "places located": lambda: places.locate(entities),
        "pairs in sentences": lambda: cooccurrence.cooccurrence(entities, news.sentences),
        "timeline by month": lambda: timeline.timeline(entities, days, words=words),
    }
    print(
        f"{len(texts):,} texts, {len(news.tokens):,} tokens, {len(entities):,} mentions, ", end=""
    )
    print(f"{len(news.dates):,} dates\n\n| step | seconds | of annotation |\n|---|---|---|")
    print(f"| annotation | {whole:.2f} | 100 % |")
    used = sum(together)
    print(f"| names of a text together | {used:.2f} | {100 * used / whole:.1f} % |")
    for name, work in steps.items():
        used = seconds(work)
        print(f"| {name} | {used:.2f} | {100 * used / whole:.1f} % |", flush=True)


if __name__ == "__main__":
    main()
