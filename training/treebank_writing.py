"""Write sentences as CoNLL-U and as the raw text and labels of Stanza's tokeniser."""

import json
from collections import Counter
from pathlib import Path

from treebank_reading import tidy_lemma

SEED = 20251116  # of everything drawn


def text_of(sentence):
    text = "".join(token["form"] + " " * token["space"] for token in sentence)
    return text.rstrip()


def write_conllu(path, sentences, *, lemmas=False, feats=False, trees=False):
    """Write CoNLL-U with multiword ranges, SpaceAfter and, if asked, the gold columns.

    `feats` writes FeatsFrom into MISC of the words whose features are known: `_` in FEATS means "no
    features" with that mark and "not known" without it. Without `trees` the heads are a chain:
    Stanza's reader wants a tree, and what reads those files does not look at it.
    """
    lines = []
    for number, sentence in enumerate(sentences, 1):
        lines += [f"# sent_id = {number}", f"# text = {text_of(sentence)}"]
        index = 1
        for token in sentence:
            misc = "_" if token["space"] or token is sentence[-1] else "SpaceAfter=No"
            words = token["words"]
            if len(words) > 1:
                span = f"{index}-{index + len(words) - 1}"
                lines.append("\t".join([span, token["form"], *"_" * 7, misc]))
            for word in words:
                lemma = (tidy_lemma(word) if lemmas else None) or "_"
                features = word.get("feats", "_") if feats else "_"
                head = word["head"] if trees else index - 1
                relation = word["deprel"] if trees else "dep" if head else "root"
                note = misc if len(words) == 1 else "_"
                if feats and "feats" in word:
                    note = f"FeatsFrom={word['feats_from']}" + ("|" + note if note != "_" else "")
                row = [str(index), word["form"], lemma, word["upos"], "_", features]
                lines.append("\t".join([*row, str(head), relation, "_", note]))
                index += 1
        lines.append("")
    Path(path).write_text("\n".join(lines) + "\n", encoding="utf-8")


def labels_of(sentence):
    """Stanza's character labels: 1 token end, 2 sentence end, 3 and 4 the same for multiword."""
    labels = []
    for token in sentence:
        last = token is sentence[-1]
        label = (3 if len(token["words"]) > 1 else 1) + last
        labels.append("0" * (len(token["form"]) - 1) + str(label))
        if token["space"] and not last:
            labels.append("0")
    return "".join(labels)


def write_characters(stem, paragraphs):
    """Write the raw text and the label file of the tokeniser; `paragraphs` are sentence lists."""
    texts = [" ".join(text_of(sentence) for sentence in part) for part in paragraphs]
    labels = ["0".join(labels_of(sentence) for sentence in part) for part in paragraphs]
    for text, label in zip(texts, labels, strict=True):
        if len(text) != len(label):
            raise ValueError(
                f"treebank: {len(text)} characters but {len(label)} labels in {text[:60]}. "
                "A form with a space in it, or an empty one?"
            )
    Path(f"{stem}.txt").write_text("\n\n".join(texts) + "\n", encoding="utf-8")
    Path(f"{stem}.labels").write_text("\n\n".join(labels) + "\n", encoding="utf-8")


def paragraphs_of(sentences, rng, longest=5):
    """Runs of neighbouring sentences; one without an end mark closes its paragraph."""
    parts, current, size = [], [], rng.randint(1, longest)
    for sentence in sentences:
        current.append(sentence)
        if len(current) >= size or sentence[-1]["form"] not in ".؟!?":
            parts.append(current)
            current, size = [], rng.randint(1, longest)
    return [*parts, current] if current else parts


def write_mwt_counts(path, sentences):
    """Counts of (token, its words), as Stanza's tokeniser reads them."""
    counts = Counter(
        (token["form"], tuple(word["form"] for word in token["words"]))
        for sentence in sentences
        for token in sentence
        if len(token["words"]) > 1
    )
    rows = [((form, words), count) for (form, words), count in counts.most_common()]
    Path(path).write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
