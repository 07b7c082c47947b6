"""Worked examples of others computed again: writes `conformance.md` beside this file.

    python docs/conformance.py            # write the page
    python docs/conformance.py --check    # fail where a number or the page differs

The examples stand in `conformance.toml`. A number agrees where it is equal in all printed digits.
"""

import argparse
import sys
import tomllib
from pathlib import Path

import pandas as pd

from toolkit import collocation, contingency, counts, diversity
from toolkit.statistics import dispersion, growth, richness, sequences
from toolkit.statistics.p_values import corrected

HERE = Path(__file__).parent
PAGE = HERE / "conformance.md"
HEADER = ["statistic", "convention", "input", "published", "ours", "equal", "source"]
RECOMPUTED_HEADER = [cell.replace("published", "recomputed") for cell in HEADER]
KINDS = {
    "association": "Association and keyness",
    "collocation": "Collocates of a node",
    "dispersion": "Dispersion",
    "diversity": "Lexical diversity",
    "correction": "Correction of p values",
    "growth": "Growth",
}
CORRECTIONS = {
    "bonferroni": "p m, for m comparisons",
    "holm": "the highest of p_i (m + 1 - i) up to here, i the rank from the lowest p",
    "benjamini_hochberg": "the lowest of p_i m / i from here on, i the rank from the lowest p",
}
GROWTH = ("heaps", "zipf")
INTRODUCTION = """# Conformance

Every statistic beside figures of others, computed by the package and compared in all digits that
are given: {published} published figures, and {recomputed} that stand in no source, but follow from
the formula or program that the source names, recomputed apart from the package. Each section has
the published ones first, the others under a heading of their own. Written by
`python docs/conformance.py` from `docs/conformance.toml`; the tests compute it again. A convention
is passed as `convention=`; without one, the formula is that of the table.

Cells: O11 occurrences of the item in the target, O12 all else there, O21 and O22 the same
elsewhere; R1, R2, C1, C2 their sums, N all; E what they would be if the item had no preference.
Of a correction, the figure is how many of the hypotheses are rejected at the level.
In an input, `a b c d` are the frequencies of an item in two corpora and their sizes; `squared`
says that it is the square of the statistic that was published and compared. Of collocates, `node`
and `item` are words of the text, and `window` how many words before and after the node are near.
"""


WITHOUT_FIGURE = """## Without a figure

No worked example of these was found, in print or in the test files of other tools; the tests
compare them with a hand count or with another implementation.
"""


def statistics():
    """The names of all statistics that the package computes."""
    measures = [*contingency.measures().index, *dispersion.MEASURES, *diversity.MEASURES]
    return [*measures, *CORRECTIONS, *GROWTH]


def read(path=HERE / "conformance.toml"):
    """The texts and the examples."""
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    return found["texts"], found["example"]


def kind_of(statistic):
    if statistic in contingency.measures().index:
        return "association"
    if statistic in CORRECTIONS:
        return "correction"
    if statistic in GROWTH:
        return "growth"
    return "dispersion" if statistic in dispersion.MEASURES else "diversity"


def section_of(example):
    """The section of the page that an example stands in."""
    return "collocation" if "node" in example["input"] else kind_of(example["statistic"])


def formula_of(statistic):
    """The formula as the package states it."""
    if kind_of(statistic) == "association":
        return contingency.measures().loc[statistic, "formula"]
    if kind_of(statistic) == "correction":
        return CORRECTIONS[statistic]
    if kind_of(statistic) == "growth":
        function = getattr(growth, statistic)
    elif kind_of(statistic) == "dispersion":
        function = {**dispersion.OVER_PARTS, **dispersion.OVER_GAPS}[statistic]
    else:
        function = getattr(richness, statistic, None) or getattr(sequences, statistic)
    return function.__doc__.split("\n\n")[0].replace("\n", " ").rstrip(".")


def words_of(text):
    """A table of words: a document for each part."""
    if "freqs" in text:  # of the word x in parts of equal size
        size = max(text["freqs"])
        parts = [["x"] * f + ["y"] * (size - f) for f in text["freqs"]]
    elif "spectrum" in text:
        frequencies = [int(f) for f, items in text["spectrum"].items() for _ in range(items)]
        parts = [[item for item, f in enumerate(frequencies) for _ in range(f)]]
    else:
        parts = [part.split() for part in text["parts"]] if "parts" in text else [text["words"]]
    rows = [(str(number), 1, "word", word) for number, part in enumerate(parts) for word in part]
    return pd.DataFrame(rows, columns=["doc", "sent", "kind", "norm"])


def table_of(cells):
    """The contingency table of an example."""
    if "a" in cells:
        a, b, c, d = (cells[name] for name in "abcd")
        return contingency.observed(a, r1=c, c1=a + b, n=c + d)
    return contingency.observed(cells["O11"], r1=cells["R1"], c1=cells["C1"], n=cells["N"])


def value_of(example, texts):
    """What the package computes for an example, squared where a square was published."""
    value = statistic_of(example, texts)
    return value**2 if example.get("squared") else value


def statistic_of(example, texts):
    """The statistic of an example."""
    statistic, given = example["statistic"], example["input"]
    options = example.get("options", {})
    if "node" in given:
        return near_node(example, words_of(texts[given["text"]]))
    if kind_of(statistic) == "association":
        table = table_of(given)
        if options:
            return getattr(contingency, statistic)(table, **options).iloc[0]
        return contingency.score(table, statistic, convention=example.get("convention")).iloc[0]
    if kind_of(statistic) == "correction":
        return (corrected(given["p"], statistic) <= given["level"]).sum()
    words = words_of(texts[given["text"]] if "text" in given else given)
    if kind_of(statistic) == "dispersion":
        item = given.get("item", "x")
        return counts.dispersion(words, measures=[statistic]).loc[item, statistic]
    return diversity.diversity(words, measures=[statistic], **options)[statistic].iloc[0]


def near_node(example, words):
    """The score of an item among the collocates of a node."""
    given, measure = example["input"], example["statistic"]
    options = {"by": "norm", "measure": measure, "convention": example["convention"]}
    window = tuple(given["window"])
    found = collocation.collocates(words, given["node"], window=window, **options)
    return found.loc[given["item"], measure]


def rounded(value, published):
    """A value to as many digits as were published."""
    decimals = len(published.partition(".")[2])
    return f"{round(float(value), decimals) + 0.0:.{decimals}f}"


def compared(examples, texts):
    """One row per example: its section, whether it is recomputed, and the cells of the page."""
    for example in examples:
        published = example["published"]
        ours = rounded(value_of(example, texts), published)
        given = example["input"] | example.get("options", {})
        squared = ["squared"] if example.get("squared") else []
        cells = [
            f"`{example['statistic']}`",
            example.get("convention", ""),
            ", ".join([f"{name} {value}" for name, value in given.items()] + squared),
            published,
            ours,
            "yes" if ours == published else "**no**",
            example["source"],
        ]
        yield section_of(example), bool(example.get("recomputed")), cells


def markdown(header, rows):
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in lines
    )


def page():
    """The page as it should be."""
    texts, examples = read()
    rows = list(compared(examples, texts))
    recomputed = sum(apart for _, apart, _ in rows)
    parts = [INTRODUCTION.format(published=len(rows) - recomputed, recomputed=recomputed)]
    for kind, title in KINDS.items():
        named = dict.fromkeys(e["statistic"] for e in examples if section_of(e) == kind)
        if not named:
            continue
        formulas = [[f"`{name}`", formula_of(name)] for name in named]
        parts.append(f"## {title}\n\n{markdown(['statistic', 'formula'], formulas)}\n")
        for apart, heading, header in (
            (False, "Published", HEADER),
            (True, "Recomputed from the formula or program of the source", RECOMPUTED_HEADER),
        ):
            of_kind = [cells for found, how, cells in rows if (found, how) == (kind, apart)]
            if of_kind:
                parts.append(f"### {heading}\n\n{markdown(header, of_kind)}\n")
    shown = {example["statistic"] for example in examples}
    others = [[f"`{name}`", formula_of(name)] for name in statistics() if name not in shown]
    parts.append(f"{WITHOUT_FIGURE}\n{markdown(['statistic', 'formula'], others)}\n")
    return "\n".join(parts)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing, fail on a difference")
    check = parser.parse_args().check
    text = page()
    if not check:
        PAGE.write_text(text, encoding="utf-8")
    differing = text.count("**no**")
    print(f"{text.count('| yes |')} figures agree, {differing} differ")
    if differing or (check and PAGE.read_text(encoding="utf-8") != text):
        sys.exit("conformance: run python docs/conformance.py and read docs/conformance.md")


if __name__ == "__main__":
    main()
