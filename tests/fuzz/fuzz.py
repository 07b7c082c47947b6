"""Run checks of `promises.py` on inputs for some minutes: `make fuzz MINUTES=65`.

Two engines. `hypothesis` makes inputs by the strategies of `inputs.py` and shrinks what fails;
`atheris` (libFuzzer) changes bytes and keeps what reaches lines of the package that were not
reached before. Each target runs in a process of its own; a failure is written down once for each
place where it comes from, as JSON in `--out`, and the run goes on. The exit code is 1 where
anything failed.
"""

import argparse
import contextlib
import faulthandler
import importlib.util
import json
import subprocess
import sys
import tempfile
import time
import traceback
import warnings
from pathlib import Path

HERE = Path(__file__).parent
MOST_BYTES = 20_000
# Target: its engine, its check, and the share of the time.
TARGETS = {
    "spelling": ("hypothesis", "spelling", "spellings", 2),
    "spelling, guided": ("atheris", "spelling", "text", 2),
    "dates": ("hypothesis", "date_expressions", "near_dates", 3),
    "dates, guided": ("atheris", "date_expressions", "dated", 3),
    "growth": ("hypothesis", "growth", "repeated", 3),
    "headers": ("hypothesis", "header", "header_texts", 1),
    "headers, guided": ("atheris", "header", "text", 1),
    "plain files": ("hypothesis", "files", "plain_files", 2),
    "tables": ("hypothesis", "files", "tables", 2),
    "marked up": ("hypothesis", "files", "marked_up", 3),
    "packages": ("hypothesis", "files", "packages", 2),
    "workbooks": ("hypothesis", "files", "workbooks", 1),
    "damaged files": ("hypothesis", "files", "whole_files", 2),
    "archives": ("hypothesis", "files", "archives", 3),
    "options": ("hypothesis", "files_with_options", "with_options", 2),
    "side tables": ("hypothesis", "side_tables", "side_tables", 1),
    "files, guided": ("atheris", "files", "file", 6),
    "display": ("hypothesis", "display", "displays", 2),
}


class Ledger:
    """Inputs tried, seconds, and one failure for each place that fails, in a file."""

    def __init__(self, target, path):
        self.path, self.begun, self.written = path, time.time(), 0.0
        self.found = {"target": target, "inputs": 0, "seconds": 0.0, "failures": {}}

    def is_known(self, place):
        if place in self.found["failures"]:
            self.found["failures"][place]["times"] += 1
            return True
        return False

    def add(self, place, error, given):
        lines = traceback.format_exception(error)[-12:]
        self.found["failures"][place] = {"times": 1, "error": "".join(lines), "input": repr(given)}
        self.write()

    def count(self):
        self.found["inputs"] += 1
        if time.time() - self.written > 1:
            self.write()

    def write(self):
        self.written = time.time()
        self.found["seconds"] = round(self.written - self.begun, 1)
        self.found["seconds of processor"] = round(time.process_time(), 1)
        self.path.write_text(json.dumps(self.found, ensure_ascii=False, indent=1), "utf-8")


def place_of(error):
    """Kind of error and the last line of the package, and of the checks, that it passed."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "/toolkit/" in frame.filename]
    checks = [frame for frame in frames if frame.filename.endswith("promises.py")]
    shown = [f"{Path(frame.filename).name}:{frame.name}:{frame.lineno}" for frame in own[-1:]]
    shown += [f"{frame.name}:{frame.lineno}" for frame in checks[-1:]]
    return " ".join([type(error).__name__, *shown])


def with_hypothesis(check, name, ledger, seconds):
    import inputs
    from hypothesis import HealthCheck, Phase, given, seed, settings

    end = time.time() + seconds

    def trial(example):
        if time.time() > end:
            return
        ledger.count()
        try:
            check(example)
        except Exception as error:
            trial.last = (place_of(error), error, example)
            if trial.last[0] not in known:
                raise

    known, trial.last = set(), None
    run = settings(
        max_examples=500,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
    )(given(getattr(inputs, name))(trial))
    number = int(end * 1000)
    while time.time() < end:
        try:
            seed(number)(run)()
        except Exception:
            if trial.last is None:
                raise
            place, error, example = trial.last
            known.add(place)
            if not ledger.is_known(place):
                ledger.add(place, error, example)
        number += 1


def with_atheris(checks, check, name, ledger, seconds):
    import atheris
    import small_files

    suffixes = list(small_files.TEXTUAL) + list(small_files.binary())

    def as_given(data):
        if name == "file":
            suffix = suffixes[data[0] % len(suffixes)] if data else ".txt"
            body = data[1:]
            if suffix in small_files.PARTS:
                body = small_files.package(suffix, body)
            return {f"a{suffix}": body}
        text = data.decode("utf-8", "ignore")
        return (text, "2025-11-16", 0) if name == "dated" else text

    def trial(data):
        ledger.count()
        try:
            check(as_given(data))
        except Exception as error:
            place = place_of(error)
            if not ledger.is_known(place):
                ledger.add(place, error, as_given(data))

    with tempfile.TemporaryDirectory() as folder:
        seeds = Path(folder, "seeds")
        seeds.mkdir()
        for number, data in enumerate(seeds_of(name, suffixes)):
            (seeds / str(number)).write_bytes(data[:MOST_BYTES])
        words = Path(folder, "words")
        words.write_text(dictionary(name), "utf-8")
        options = fuzzer_options(seconds, words)
        atheris.Setup([sys.argv[0], *options, str(seeds)], trial)
        atheris.Fuzz()


def fuzzer_options(seconds, words):
    """What libFuzzer is told; for it, no time at all is time without end."""
    return [
        *(f"-max_total_time={max(1, round(seconds))}", f"-max_len={MOST_BYTES}", f"-dict={words}"),
        *("-timeout=600", "-rss_limit_mb=4096", "-verbosity=0", "-print_final_stats=0"),
    ]


def seeds_of(name, suffixes):
    """Bytes to begin with."""
    import small_files

    if name != "file":
        for texts in small_files.TEXTUAL.values():
            yield from (text.encode() for text in texts)
        return
    for place, suffix in enumerate(suffixes):
        if suffix in small_files.TEXTUAL:
            bodies = [text.encode() for text in small_files.TEXTUAL[suffix]]
        elif suffix in small_files.PARTS:
            bodies = [small_files.PARTS[suffix][1].encode()]
        else:
            bodies = [small_files.binary()[suffix]]
        yield from (bytes([place]) + body for body in bodies)


def dictionary(name):
    """Words that libFuzzer puts in, in its own format."""
    import inputs

    words = {
        "text": [*inputs.PIECES, "---\n", "title: ", "\u064b\u0651", "\u200f"],
        "dated": inputs.VOCABULARY,
        "file": sorted({piece for pieces in inputs.FRAGMENTS.values() for piece in pieces}),
    }[name]
    escaped = ("".join(f"\\x{byte:02X}" for byte in word.encode()) for word in words)
    return "".join(f'"{word}"\n' for word in escaped if 0 < len(word) < 400)


def one_target(target, seconds, path):
    engine, check, name, _ = TARGETS[target]
    sys.path[:0] = [str(HERE), str(HERE.parent)]
    faulthandler.enable()
    warnings.simplefilter("ignore")
    ledger = Ledger(target, path)
    if engine == "atheris":
        import atheris

        with atheris.instrument_imports(include=["toolkit"]):
            import promises

            import toolkit.reading.delimited
            import toolkit.reading.html_text
            import toolkit.reading.marked_up
            import toolkit.reading.openiti
            import toolkit.reading.packaged
            import toolkit.reading.pdf_text
            import toolkit.reading.tabular  # noqa: F401
    else:
        import promises
    ledger.begun = time.time()
    try:
        if engine == "atheris":
            with_atheris(promises, getattr(promises, check), name, ledger, seconds)
        else:
            with_hypothesis(getattr(promises, check), name, ledger, seconds)
    finally:
        ledger.write()


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=5, help="of all targets together")
    parser.add_argument("--only", action="append", help="these targets alone")
    parser.add_argument("--out", type=Path, default=Path("build/fuzz"), help="where failures stand")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        one_target(given.only[0], given.minutes * 60, given.child)
        return
    given.out.mkdir(parents=True, exist_ok=True)
    chosen = {name: TARGETS[name] for name in given.only or TARGETS}
    if importlib.util.find_spec("atheris") is None:
        print("atheris is not installed: the guided targets are left out", flush=True)
        chosen = {name: one for name, one in chosen.items() if one[0] != "atheris"}
    shares = sum(share for *_, share in chosen.values())
    failed = 0
    for name, (*_, share) in chosen.items():
        minutes = given.minutes * share / shares
        path = given.out / f"{name.replace(', ', '-').replace(' ', '-')}-{int(time.time())}.json"
        command = [sys.executable, __file__, "--child", str(path), "--only", name]
        command += ["--minutes", str(minutes)]
        # a process that dies is a failure as well: the standard error says where it was
        with contextlib.suppress(subprocess.TimeoutExpired):
            ended = subprocess.run(
                command,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                timeout=minutes * 60 + 300,
            )
            if not path.exists() or ended.returncode:
                Path(f"{path}.stderr").write_bytes(ended.stderr)
        found = json.loads(path.read_text("utf-8")) if path.exists() else {}
        failures = found.get("failures", {})
        failed += len(failures) + (not found)
        print(
            f"{name}: {found.get('inputs', 0):,} inputs in {found.get('seconds', 0) / 60:.1f} "
            f"minutes, {len(failures)} failures",
            flush=True,
        )
        for place in failures:
            print(f"    {place}", flush=True)
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
