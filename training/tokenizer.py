"""Train Stanza's tokeniser, and keep the checkpoint that marks multiword tokens best.

Stanza keeps the checkpoint with the best harmonic mean of token and sentence F1, where multiword
tokens count a hundredth. Here tokens are right after a few hundred steps and sentence ends are
repaired by rule later on, while the multiword marks decide on all the words: so they weigh most.
The command line is that of ``stanza.models.tokenizer``.
"""

from stanza.models import tokenizer
from stanza.models.tokenization import utils


def main():
    mean = utils.harmonic_mean
    # the three values are the F1 of tokens, sentences and multiword tokens
    utils.harmonic_mean = lambda values, weights: mean(values, [1, 0.1, 3])
    tokenizer.main()


if __name__ == "__main__":
    main()
