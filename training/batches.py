"""Batches of sentences of about one length.

Stanza mixes long and short sentences in a batch; then most steps of an LSTM work on the few longest
ones. With even batches a training step takes about half the time on a processor.
"""

import random

POOL = 600  # sentences that are sorted by length together


def even_batches(lengths, words):
    """Indices of all sentences in random batches, each of about `words` words and one length."""
    order = random.sample(range(len(lengths)), len(lengths))
    batches = []
    for start in range(0, len(order), POOL):
        batch, size = [], 0
        for index in sorted(order[start : start + POOL], key=lengths.__getitem__):
            batch.append(index)
            size += lengths[index]
            if size >= words:
                batches.append(batch)
                batch, size = [], 0
        if batch:
            batches.append(batch)
    random.shuffle(batches)
    return batches
