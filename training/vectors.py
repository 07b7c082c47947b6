"""Word vectors for the bundled models: fastText skip-grams over Arabic news and Wikipedia.

Three steps, in this order::

    python training/vectors.py --step text  --data ../shared/data --work build/training
    python training/vectors.py --step train --work build/training --threads 2
    python training/vectors.py --step pack  --data ../shared/data --work build/training

``text`` writes one folded, tokenised paragraph per line; ``train`` runs fastText (the package
``fasttext`` or ``fasttext-wheel``) on it; ``pack`` chooses the vocabulary, reduces the dimensions
and writes a Stanza pretrain file (float32: Stanza's tagger cannot read half-precision vectors).
No treebank is read, so that the vectors carry no treebank licence.
"""

import argparse
import collections
import lzma
import math
import pathlib
import re
import unicodedata

NEWS = "raw/antcorpus_multisource"
WIKI = "raw/arwiki"

# Marks that the run-time folding removes before Stanza sees the text.
MARKS = re.compile(
    "[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
PRESENTATION = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]+")
TOKEN = re.compile(
    r"\d+(?:[.,:/٫٬]\d+)*"  # numbers, times and dates stay whole
    r"|[^\W\d_]+(?:\d+)?"
    r"|([^\w\s])\1*"  # a run of one mark, as in ...
)
BOILERPLATE = re.compile(
    r"^\W*$|يمكنكم (?:استلام|تسلم) إشعارات|جميع المقالات المنشورة تمثل رأي|^\*\s*نقلاً? عن"
)
HAMZA = str.maketrans("أإآ", "ااا")
ARABIC_NAME = re.compile("[\u0621-\u063a\u0641-\u064a]{3,}")

PROCLITICS = "وفبلكس"
ENCLITICS = ("هما", "كما", "هم", "هن", "ها", "نا", "كم", "ني", "ه", "ك", "ي")
CLITICS = [*PROCLITICS, *ENCLITICS]


def fold(text):
    """Text as Stanza sees it at run time: no marks, no presentation forms; hamza as written."""
    text = PRESENTATION.sub(lambda m: unicodedata.normalize("NFKC", m.group()), text)
    return MARKS.sub("", text)


def tokenise(line):
    """Tokens of a line: words with their clitics attached, numbers, runs of one punctuation."""
    return [m.group() for m in TOKEN.finditer(line)]


def read_articles(folder, name="*.txt.xz"):
    """Yield the articles of the ``*.txt.xz`` files of a folder, each a list of folded lines.

    Boilerplate lines (notices of the broadcasters, dashed lines) are dropped.
    """
    paths = sorted(folder.glob(name))
    if not paths:
        raise FileNotFoundError(f"{folder}: no {name} here. Pass the data folder as --data.")
    for path in paths:
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            article = []
            for line in lines:
                if line.startswith("# ") and "\t" in line:
                    if article:
                        yield article
                    article = []
                elif not BOILERPLATE.search(line):
                    article.append(fold(line))
            if article:
                yield article


def make_splitter(freqs):
    """A crude clitic splitter that knows only how often each form occurs.

    A clitic comes off where the rest is a known form that is not much rarer than the whole.
    It is right often enough to give clitics and bare stems the company that they keep.
    """
    cache = {}

    def known(rest, whole, factor):
        return len(rest) > 1 and freqs[rest] >= max(20, factor * freqs[whole])

    def split(word):
        if word in cache:
            return cache[word]
        before, after, rest = [], [], word
        for letter in "وف":
            if rest[0] == letter and len(rest) > 2 and known(rest[1:], word, 0.3):
                before, rest = [letter], rest[1:]
                break
        if rest.startswith("لل") and len(rest) > 4:
            before, rest = [*before, "ل"], "ال" + rest[2:]
        elif rest[0] in "بلك" and len(rest) > 3:
            factor = 0.05 if rest[1:3] == "ال" else 1.5
            if known(rest[1:], rest, factor):
                before, rest = [*before, rest[0]], rest[1:]
        elif rest[0] == "س" and len(rest) > 4 and rest[1] in "يتنأ" and known(rest[1:], rest, 0.5):
            before, rest = [*before, "س"], rest[1:]
        if not rest.startswith("ال"):
            for ending in ENCLITICS[:-3]:
                stem = rest[: -len(ending)]
                if not rest.endswith(ending) or len(stem) < 2:
                    continue
                if stem.endswith("ت") and known(stem[:-1] + "ة", rest, 1.0):
                    after, rest = [ending], stem[:-1] + "ة"
                elif known(stem, rest, 1.0):
                    after, rest = [ending], stem
                break
            else:
                stem = rest[:-1]
                if rest[-1] == "ه" and len(stem) > 2 and known(stem, rest, 1.0):
                    after, rest = ["ه"], stem
        cache[word] = [*before, rest, *after]
        return cache[word]

    return split


def write_text(data, work):
    """Write ``vectors.txt``: every article once, and further copies of some of them.

    Every third article comes again with its clitics split (as the tagger sees words), every
    fourth with hamza dropped from the alefs (as many people write).
    """
    articles = [
        [tokens for line in article if (tokens := tokenise(line))]
        for folder in (NEWS, WIKI)
        for article in read_articles(data / folder)
    ]
    freqs = collections.Counter(t for a in articles for line in a for t in line)
    split = make_splitter(freqs)
    work.mkdir(parents=True, exist_ok=True)
    with open(work / "vectors.txt", "w", encoding="utf-8") as out:
        for number, article in enumerate(articles):
            for line in article:
                out.write(" ".join(line) + "\n")
            if number % 3 == 1:
                for line in article:
                    out.write(" ".join(w for t in line for w in split(t)) + "\n")
            if number % 4 == 2:
                for line in article:
                    out.write(" ".join(line).translate(HAMZA) + "\n")
    print(f"{len(articles)} articles, {sum(freqs.values())} tokens, {len(freqs)} forms")


def train(work, *, threads, dim, epochs, minn, maxn):
    """Train fastText skip-grams on ``vectors.txt`` and save ``vectors.bin``."""
    import fasttext

    text = work / "vectors.txt"
    if not text.exists():
        raise FileNotFoundError(f"{text}: missing. Run training/vectors.py --step text first.")
    model = fasttext.train_unsupervised(
        str(text), model="skipgram", dim=dim, epoch=epochs, minCount=5, minn=minn, maxn=maxn,
        bucket=300_000, ws=5, neg=5, lr=0.05, thread=threads, verbose=2,
    )  # fmt: skip
    model.save_model(str(work / "vectors.bin"))


def read_wordfreq(data):
    """Zipf-like weight of each form of the wordfreq list: its share per million words."""
    path = data / "raw/wordfreq/wordfreq_large_ar.tsv.xz"
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        pairs = (line.rstrip("\n").split("\t") for line in lines)
        return {form: 10 ** (6 + float(log)) for form, log in pairs}


def choose_vocabulary(freqs, extra, size):
    """The ``size`` forms with the highest mean log share in our text and in wordfreq.

    Our text weighs more: wordfreq has no hamza-less and no clitic-split forms by design, so it
    may only raise a word, never push one out that our text has often.
    """
    total = sum(freqs.values())
    score = {}
    for form, count in freqs.items():
        if count < 5 or form == "</s>":
            continue
        ours = math.log(1e6 * count / total)
        theirs = math.log(extra[form]) if extra.get(form, 0) > 0 else -math.inf
        score[form] = max(ours, 0.5 * ours + 0.5 * theirs)
    for clitic in CLITICS:
        score[clitic] = math.inf
    ranked = sorted(score, key=lambda form: (-score[form], form))
    return ranked[:size]


def pack(data, work, *, words, dim):
    """Write the pretrain file: the chosen words, their vectors reduced to ``dim`` numbers."""
    import fasttext
    import numpy
    import torch
    from stanza.models.common.pretrain import Pretrain, PretrainedWordVocab
    from stanza.models.common.vocab import VOCAB_PREFIX

    model = fasttext.load_model(str(work / "vectors.bin"))
    forms, counts = model.get_words(include_freq=True)
    freqs = collections.Counter(dict(zip(forms, map(int, counts), strict=True)))
    chosen = choose_vocabulary(freqs, read_wordfreq(data), words)
    matrix = numpy.stack([model.get_word_vector(form) for form in chosen])
    # Principal axes by plain SVD of the covariance: exact, and the same on every machine.
    mean = matrix.mean(axis=0)
    values, axes = numpy.linalg.eigh(numpy.cov((matrix - mean).T))
    kept = axes[:, ::-1][:, :dim]
    share = values[::-1][:dim].sum() / values.sum()
    covered = sum(freqs[form] for form in chosen) / sum(freqs.values())
    # One scale for all, so that the inputs of every model start at a like size.
    matrix = (matrix - mean) @ kept
    matrix *= 0.5 / matrix.std()
    emb = numpy.zeros((len(chosen) + len(VOCAB_PREFIX), dim), dtype=numpy.float32)
    emb[len(VOCAB_PREFIX) :] = matrix
    pretrain = Pretrain()
    pretrain._vocab = PretrainedWordVocab(chosen)
    pretrain._emb = torch.from_numpy(emb)
    path = work / "saved_models/pretrain/news.pt"
    pretrain.save(str(path))
    print(
        f"{path}: {len(chosen)} words x {dim}, "
        f"{path.stat().st_size / 1e6:.1f} MB, "
        f"{share:.1%} of the variance, {covered:.1%} of the running text"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--step", choices=["text", "train", "pack"], required=True)
    parser.add_argument("--data", type=pathlib.Path, default=pathlib.Path("../shared/data"))
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path("build/training"))
    parser.add_argument("--threads", type=int, default=2, help="1 for the same result every time")
    parser.add_argument("--train-dim", type=int, default=100)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--minn", type=int, default=3)
    parser.add_argument("--maxn", type=int, default=3)
    parser.add_argument("--words", type=int, default=60_000)
    parser.add_argument("--dim", type=int, default=80)
    args = parser.parse_args()
    if args.step == "text":
        write_text(args.data, args.work)
    elif args.step == "train":
        train(
            args.work, threads=args.threads, dim=args.train_dim, epochs=args.epochs,
            minn=args.minn, maxn=args.maxn,
        )  # fmt: skip
    else:
        pack(args.data, args.work, words=args.words, dim=args.dim)


if __name__ == "__main__":
    main()
