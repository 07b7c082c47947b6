"""No sentence of UD dev or test stands in a training file: checked by text.

The data are prepared here from the folder named by MUDAWWANA_DATA, or from ../shared/data beside
the checkout, and compared by a reader and a folding of this file's own. A held-out sentence is

- a sentence of UD dev or test,
- a SIGMORPHON or UD v1 sentence that is one of them: as many words, seven tenths of them the same.

It stands in a training file

- if a training sentence has just its letters, from four words on: shorter ones are datelines and
  headlines, which come again;
- if a training sentence has four fifths of its five-word sequences, from eight words on.
"""

import os
import subprocess
import sys
import unicodedata
from collections import Counter, defaultdict
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DATA = Path(os.environ.get("MUDAWWANA_DATA", ROOT.parent / "shared/data"))
PADT = [f"treebank/chdzdt-padt-upos/ar_padt-ud-{part}.txt" for part in ("dev", "test")]
SIGMORPHON = [f"treebank/sigmorphon2019-padt/ar_padt-um-{part}.conllu" for part in ("dev", "test")]
V1 = [f"treebank/ud-arabic-padt-v1/ar-ud-{part}.conllu" for part in ("dev", "test")]
TRAINING = [
    "tokenize.train.txt",
    "mwt.train.conllu",
    "pos.train.conllu",
    "pos.feats.conllu",
    "depparse.train.conllu",
    "lemma.train.conllu",
    "lemma.secondary.conllu",
]
LETTERS = {"ة": "ه", "ى": "ي", "ٱ": "ا", "ـ": ""}


@cache
def fold(text):
    """Letters and digits of `text` without hamza, vowels and tatweel, digits as 0 to 9."""
    folded = []
    for char in unicodedata.normalize("NFKD", text):
        if char.isalnum():
            char = LETTERS.get(char, char)
            folded.append(str(unicodedata.digit(char)) if char.isdigit() else char)
    return "".join(folded)


def folded(forms):
    return [form for form in map(fold, forms) if form]


def five_word_sequences(words):
    return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}


# --- readers: a sentence is a list of folded words ---------------------------------------------


def read_conllu(path):
    sentences = [[]]
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line:
            sentences.append([])
        elif line.split("\t")[0].isdigit():
            sentences[-1].append(line.split("\t")[1])
    return [folded(sentence) for sentence in sentences if sentence]


def read_tokenizer(path):
    """Tokens of the tokeniser's text; in its label file 1 and 3 end a token, 2 and 4 a sentence."""
    text = path.read_text(encoding="utf-8").split("\n\n")
    labels = path.with_suffix(".labels").read_text(encoding="utf-8").split("\n\n")
    sentences = []
    for paragraph, marks in zip(text, labels, strict=True):
        cut = "".join(
            char + {"0": "", "1": "\t", "3": "\t"}.get(mark, "\n")
            for char, mark in zip(paragraph.strip("\n"), marks.strip("\n"), strict=True)
        )
        sentences += [folded(sentence.split("\t")) for sentence in cut.split("\n") if sentence]
    return sentences


def read_padt(path):
    """Words and tokens of each sentence.

    The tag of a multiword token is _ and its words follow; how many, their letters tell.
    """
    sentences = []
    for line in path.read_text(encoding="utf-8").splitlines():
        forms, tags = (part.split(" ") for part in line.split("\t"))
        words = [form for form, tag in zip(forms, tags, strict=True) if tag != "_"]
        tokens, i = [], 0
        while i < len(forms):
            tokens.append(forms[i])
            i += 1 + (words_within(forms[i:], tags[i:]) if tags[i] == "_" else 0)
        sentences.append((folded(words), folded(tokens)))
    return sentences


def words_within(forms, tags):
    """How many of `forms` after the first are its words: two to six, by the number of letters."""
    end = next((i for i, tag in enumerate(tags[1:], 1) if tag == "_"), len(tags))
    counts = range(2, min(7, end))
    return min(counts, key=lambda n: abs(len("".join(forms[1 : n + 1])) - len(forms[0])), default=0)


# --- comparing ---------------------------------------------------------------------------------


def indexed(held_out):
    """What `standing_in` looks up: sentences by their letters, and by their five-word sequences."""
    letters = {"".join(words): words for words in held_out if len(words) >= 4}
    long = [(words, five_word_sequences(words)) for words in held_out if len(words) >= 8]
    holders = defaultdict(list)
    for number, (_, sequences) in enumerate(long):
        for sequence in sequences:
            holders[sequence].append(number)
    return letters, long, holders


def standing_in(index, training):
    """Held-out sentences of `index` that stand in `training` by the rules above."""
    letters, long, holders = index
    found = []
    for sentence in training:
        if "".join(sentence) in letters:
            found.append(letters["".join(sentence)])
        sequences = five_word_sequences(sentence)
        shared = Counter(n for sequence in sequences & holders.keys() for n in holders[sequence])
        for number, count in shared.items():
            words, own = long[number]
            if count >= max(4, 0.8 * min(len(own), len(sequences))):
                found.append(words)
    return found


def same_sentences(candidates, sentences):
    """Those of `candidates` that are one of `sentences`: as long, seven tenths of the words same.

    Under eight words all are the same: "Beijing 3 May 10:59" is another sentence than "10:41".
    """
    by_pair = defaultdict(set)
    for number, words in enumerate(sentences):
        for pair in pairwise(words):
            by_pair[len(words), *pair].add(number)
    same = []
    for words in candidates:
        near = Counter()
        for pair in pairwise(words):
            near.update(by_pair.get((len(words), *pair), ()))
        for number, _ in near.most_common(3):
            agreeing = sum(a == b for a, b in zip(words, sentences[number], strict=True))
            if agreeing >= (0.7 if len(words) >= 8 else 1) * len(words):
                same.append(words)
                break
    return same


# --- fixtures ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """Folder of the prepared data."""
    missing = [path for path in (*PADT, *SIGMORPHON, *V1) if not (DATA / path).exists()]
    if missing:
        pytest.skip(
            f"the treebank sources are not at {DATA} ({missing[0]} is missing); "
            "name their folder in MUDAWWANA_DATA to run this test"
        )
    out = tmp_path_factory.mktemp("training")
    command = [sys.executable, "training/treebank.py", "--data", str(DATA), "--out", str(out)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return out


@pytest.fixture(scope="module")
def held_out(prepared):
    """Held-out sentences as lists of words, and as lists of tokens."""
    padt = [sentence for path in PADT for sentence in read_padt(DATA / path)]
    words = [sentence for sentence, _ in padt]
    others = [sentence for path in (*SIGMORPHON, *V1) for sentence in read_conllu(DATA / path)]
    return {
        "words": words + same_sentences(others, words),
        "tokens": [tokens for _, tokens in padt],
    }


@pytest.fixture(scope="module")
def index(held_out):
    return {view: indexed(sentences) for view, sentences in held_out.items()}


def plant(path, forms):
    """Add a sentence of one-word tokens to a training file."""
    if path.suffix == ".txt":
        labels = path.with_suffix(".labels")
        marks = "0".join("0" * (len(form) - 1) + "1" for form in forms)[:-1] + "2"
        additions = {path: " ".join(forms), labels: marks}
    else:
        rows = [f"{i}\t{form}" + "\t_" * 8 for i, form in enumerate(forms, 1)]
        additions = {path: "\n".join(rows)}
    for file, text in additions.items():
        old = file.read_text(encoding="utf-8").rstrip("\n")
        file.write_text(f"{old}\n\n{text}\n", encoding="utf-8")


def read_training(path):
    """Sentences of a training file, and which view of a held-out one goes with them."""
    if path.suffix == ".txt":
        return read_tokenizer(path), "tokens"
    return read_conllu(path), "words"


# --- tests -------------------------------------------------------------------------------------


def test_fold_drops_what_spelling_varies():
    assert fold("أُسْرَة") == fold("اسره") == "اسره"
    assert fold("مــؤتمرٌ ٢٠") == fold("موتمر 20") == "موتمر20"


def test_words_within_counts_the_words_of_a_multiword_token():
    assert words_within(["وقال", "و", "قال", ":"], ["_", "CCONJ", "VERB", "PUNCT"]) == 2
    assert words_within(["للرئيس", "ل", "الرئيس", "بوش"], ["_", "ADP", "NOUN", "X"]) == 2


@pytest.mark.parametrize(
    ("training", "count"),
    [
        ("قال الوزير نعم امس", 1),
        ("قال الوزير نعم", 0),
        ("و قال الوزير نعم امس", 0),
        ("ا ب ت ث ج ح خ د ذ ر ز س", 1),
        ("ا ب ت ث ج ح خ د ذ ر ز ش", 1),
        ("ا ب ت ث ج ح ش د ذ ر ز س", 0),
        ("ش ض ا ب ت ث ج ح خ د ذ ر ز س ض ش ش", 1),
        ("ا ب ت ث ج ح خ د", 1),
    ],
    ids=[
        "the same four words",
        "the same three words",
        "four words within five",
        "the same",
        "the last of twelve words changed",
        "the seventh of twelve words changed",
        "the whole within a longer one",
        "eight words cut off",
    ],
)
def test_standing_in_follows_the_stated_rules(training, count):
    # eight five-word sequences of twelve words: a change at the end spoils one, inside it five
    held_out = ["قال الوزير نعم امس", "قال الوزير نعم", "ا ب ت ث ج ح خ د ذ ر ز س"]
    index = indexed([sentence.split() for sentence in held_out])
    found = standing_in(index, [training.split()])
    assert len({tuple(sentence) for sentence in found}) == count


def test_all_of_ud_dev_and_test_is_held_out(held_out):
    # 909 and 680 sentences; of SIGMORPHON and v1, PROVENANCE counts 167 + 152 and 480 + 487
    assert len(held_out["tokens"]) == 909 + 680
    assert len(held_out["words"]) == pytest.approx(909 + 680 + 167 + 152 + 480 + 487, rel=0.02)


@pytest.mark.parametrize("name", TRAINING)
def test_no_held_out_sentence_stands_in(name, prepared, index):
    sentences, view = read_training(prepared / name)
    assert len(sentences) > 400
    assert standing_in(index[view], sentences) == []


@pytest.mark.parametrize("name", TRAINING)
def test_a_planted_sentence_is_found_in(name, prepared, held_out, index, tmp_path):
    for file in prepared.glob(f"{Path(name).stem}.*"):
        start = file.read_text(encoding="utf-8").split("\n\n")[:100]
        (tmp_path / file.name).write_text("\n\n".join(start) + "\n", encoding="utf-8")
    # a sentence without multiword tokens is the same as words and as tokens
    words, tokens = held_out["words"][: 909 + 680], held_out["tokens"]
    sentence = next(
        one for one, two in zip(words, tokens, strict=True) if one == two and len(one) > 8
    )
    plant(tmp_path / name, sentence)
    sentences, view = read_training(tmp_path / name)
    assert sentences[-1] == sentence
    assert sentence in standing_in(index[view], sentences)


def test_the_sentence_that_ud_has_both_in_train_and_held_out_is_found(index):
    # of the 36 sentences of UD train that the preparation leaves out, 35 have three words or fewer
    train = [words for words, _ in read_padt(DATA / PADT[0].replace("-dev", "-train"))]
    found = standing_in(index["words"], train)
    assert len({tuple(words[:9]) for words in found}) == 1
