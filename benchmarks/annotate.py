"""Annotation of the same texts by the same models: Stanza's own ways beside this package's.

    python benchmarks/annotate.py --data ../shared/data [--strophe FOLDER] [--texts 200] \
        [--models small=FOLDER ...]

Three sets of news of 2018: headlines, articles, and articles joined to one long document. Every way
runs in a process of its own; models are loaded and a few other articles annotated before the clock
starts. Tokens per second, how often that is the plain loop's, and the largest memory of the process
with its workers. Each way may use all cores.

plain loop      for text in texts: nlp(text)
bulk_process    nlp.bulk_process(texts)
one process     pipeline.annotate(texts), nothing kept
two processes   the same with workers=2
later run, one  pipeline.annotate(texts) with a cache that holds none of the texts, but the forms of
                other articles that another process has annotated before
later run, two  the same with workers=2
from the cache  the same call again, from a cache
strophe         the PyPI package strophe over the same models, which strophe-convert has converted;
                tokens and clitics alone: it cannot read these taggers

With ``--models NAME=FOLDER``, models in Stanza's layout, such as those of the table of sizes in
docs/models.md, have rows of their own: the plain loop, one process and two. They are compared with
the plain loop over the bundled models.
"""

import argparse
import json
import lzma
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pandas as pd
import psutil

LOOP, CACHE = ("plain loop", "bulk_process"), "from the cache"
FRESH, LATER = ("one process", "two processes"), ("later run, one", "later run, two")
WAYS = (*LOOP, *FRESH, *LATER, CACHE, "strophe")
WARM = 20  # articles that are annotated before the clock starts
SIZES = (LOOP[0], *FRESH)  # the ways of models other than the bundled ones
EARLIER = 1_000  # articles of the earlier run
PAUSE = 0.05  # seconds between two looks at the memory


def articles(data):
    """Title and text of the articles of all files, one of each file in turn."""
    sources = []
    for path in sorted((data / "raw/antcorpus_multisource").glob("*.txt.xz")):
        found, lines = [], []
        with lzma.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                if line.startswith("# ") and "\t" in line:
                    found.append(lines)
                    lines = []
                else:
                    lines.append(line)
        found.append(lines)
        sources.append([each for each in found if len(each) > 1])
    for some in zip(*sources, strict=False):
        yield from ((each[0].strip(), "".join(each)) for each in some)


def texts_of(data, size):
    """The sets of texts, and what is read before the clock starts."""
    found = list(articles(data))
    warm, rest = found[:WARM], found[WARM:]
    chosen = [text for _, text in rest[:size]]
    return {
        "warm": [text for _, text in warm],
        "headlines": [title for title, _ in rest[: 10 * size] if title],
        "articles": chosen,
        "earlier": [text for _, text in rest[10 * size : 10 * size + EARLIER]],
        "one long document": ["\n".join(chosen)],
    }


def table(texts):
    return pd.DataFrame({"doc": [f"d{number}" for number in range(len(texts))], "text": texts})


def meet(texts, folder):
    """Annotate texts and keep of them nothing but the forms that they hold."""
    from toolkit import pipeline
    from toolkit.keeping import holdings

    pipeline.annotate(table(texts), cache=folder, progress=False)
    (group,) = holdings.info(folder).groups
    holdings.clear(folder, group=group)


def measured(way, texts, warm, strophe, forms, source):
    """Seconds and tokens of one way, the models of `source` loaded."""
    from toolkit import models, pipeline
    from toolkit.annotating import loading

    if way == "strophe":
        import stanza
        import strophe as native

        nlp = native.Pipeline(
            "ar",
            processors="tokenize,mwt",
            package="news",
            model_dir=strophe,
            resources_version=stanza.__version__,
        )
        nlp.bulk_process(warm)
        begin = time.perf_counter()
        found = nlp.bulk_process(texts)
        return time.perf_counter() - begin, sum(document.num_tokens for document in found)
    if way in LOOP:
        chosen = models.resolve(source)
        nlp = loading.stanza_pipeline(chosen.folder, chosen.package)
        run = nlp.bulk_process if way == "bulk_process" else lambda given: list(map(nlp, given))
        run(warm)
        begin = time.perf_counter()
        found = run(texts)
        return time.perf_counter() - begin, sum(document.num_tokens for document in found)
    workers = 2 if way in (FRESH[1], LATER[1]) else 1
    with tempfile.TemporaryDirectory() as folder:
        cache = False if way in FRESH else Path(folder, "cache")
        if way in LATER:
            shutil.copytree(forms, cache)
        if way == CACHE:
            pipeline.annotate(table(texts), cache=cache, models=source)
        with pipeline._annotation(source, True, workers, cache, False, "cpu", None) as annotation:
            for number in range(workers):
                annotation.tables(table([f"{text} {number}" for text in warm * workers]))
            begin = time.perf_counter()
            found = annotation.tables(table(texts))
            return time.perf_counter() - begin, len(found["tokens"])


def in_process(way, texts, options, forms, source):
    """What a fresh process measures, and the largest memory of it and its children."""
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder, "texts.json")
        given.write_text(json.dumps(texts), encoding="utf-8")
        job = [sys.executable, __file__, "--job", way, str(given), "--forms", str(forms)]
        job += ["--models", f"{way}={source}"]
        if options.strophe:
            job += ["--strophe", str(options.strophe)]
        process = subprocess.Popen(job, stdout=subprocess.PIPE, text=True)
        peak = [0]
        watch = threading.Thread(target=watch_memory, args=(process, peak))
        watch.start()
        out, _ = process.communicate()
        watch.join()
    if process.returncode:
        raise SystemExit(f"{way}: the process ended with {process.returncode}")
    return {**json.loads(out.splitlines()[-1]), "peak": peak[0] / 2**20}


def watch_memory(process, peak):
    """Note the largest memory of a process and its children while it runs."""
    root = psutil.Process(process.pid)
    while process.poll() is None:
        total = 0
        try:
            for each in (root, *root.children(recursive=True)):
                total += each.memory_info().rss
        except psutil.Error:  # one of them has just ended
            pass
        peak[0] = max(peak[0], total)
        time.sleep(PAUSE)


def report(sets, ways, options, forms):
    """Print a table for each set of texts."""
    from importlib.metadata import version

    print(f"Python {platform.python_version()}, torch {version('torch')}, stanza", end=" ")
    print(f"{version('stanza')}; {os.cpu_count()} cores, {platform.machine()}.\n")
    for name, texts in sets.items():
        if name in ("warm", "earlier"):
            continue
        characters = sum(map(len, texts))
        print(f"### {name}: {len(texts):,} texts, {characters:,} code points\n")
        print("| way | tokens | seconds | tokens per second | times the loop | peak memory, MB |")
        print("|---|---|---|---|---|---|", flush=True)
        loop = None
        for label, way, source in ways:
            given = {"texts": texts, "warm": sets["warm"]}
            found = in_process(way, given, options, forms, source)
            speed = found["tokens"] / found["seconds"]
            loop = loop or speed
            row = [label, f"{found['tokens']:,}", f"{found['seconds']:.2f}", f"{speed:,.0f}"]
            row += [f"{speed / loop:.1f}", f"{found['peak']:,.0f}"]
            print(f"| {' | '.join(row)} |", flush=True)
        print()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--texts", type=int, default=200, help="articles")
    parser.add_argument("--strophe", type=Path, help="folder of models converted for strophe")
    parser.add_argument("--models", nargs="*", default=[], metavar="NAME=FOLDER")
    parser.add_argument("--forms", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--job", nargs=2, metavar=("WAY", "FILE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.job:
        given = json.loads(Path(options.job[1]).read_text(encoding="utf-8"))
        way = options.job[0]
        if way == "meet":
            meet(given["texts"], options.forms)
            return
        (source,) = (each.partition("=")[2] for each in options.models)
        how = given["warm"], options.strophe, options.forms, source
        seconds, tokens = measured(way, given["texts"], *how)
        print(json.dumps({"seconds": seconds, "tokens": tokens}))
        return
    ways = [(way, way, "news") for way in WAYS if way != "strophe" or options.strophe]
    for name, folder in (each.split("=", 1) for each in options.models):
        ways += [(f"{way}, {name}", way, folder) for way in SIZES]
    sets = texts_of(options.data, options.texts)
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder, "earlier.json")
        given.write_text(json.dumps({"texts": sets["earlier"]}), encoding="utf-8")
        forms = Path(folder, "forms")
        job = [sys.executable, __file__, "--job", "meet", str(given), "--forms", str(forms)]
        subprocess.run(job, check=True)
        report(sets, ways, options, forms)


if __name__ == "__main__":
    main()
