"""How long a user waits at the start: imports, and the main job on the seed.

    python benchmarks/start.py

Each figure is the wall time of a fresh process, the median of several, with the range. What is
already on disk (packages, models) is read from the file cache after the first time.
"""

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time

MODULES = ["toolkit", "toolkit.corpus", "toolkit.counts", "toolkit.plot", "toolkit.show"]


def seconds(command):
    """Wall time of a process that must succeed."""
    begun = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - begun


def timed(command, runs):
    """Median and range of several runs, as text."""
    times = [seconds(command) for _ in range(runs)]
    return f"{statistics.median(times):7.2f} s  ({min(times):.2f} to {max(times):.2f})"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    python = [sys.executable, "-c"]
    print(f"{'an empty process':32} {timed([*python, 'pass'], runs)}")
    for module in MODULES:
        print(f"{'import ' + module:32} {timed([*python, f'import {module}'], runs)}")
    with tempfile.TemporaryDirectory() as out:
        job = [sys.executable, "-m", "toolkit", "run", "seeds", "--out", out]
        print(f"{'mudawwana run seeds/':32} {timed(job, runs)}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{'peak memory of the largest':32} {peak:7.0f} MB")


if __name__ == "__main__":
    main()
