"""Train Stanza's tokeniser, and keep the checkpoint that marks multiword tokens best.

Stanza keeps the checkpoint with the best harmonic mean of token and sentence F1, where multiword
tokens count a hundredth. Here tokens are right after a few hundred steps and sentence ends are
repaired by rule later on, while the multiword marks decide on all the words: so they weigh most.
The command line is that of ``stanza.models.tokenizer``; ``--load_name``, which Stanza 1.15 calls
wrongly, goes on from the weights of a checkpoint.
"""

import torch
from stanza.models import tokenizer
from stanza.models.tokenization import utils
from stanza.models.tokenization.trainer import Trainer

LETTERS = "embeddings.weight"


def load_weights(trainer, path):
    """Weights of a checkpoint into a new model, each letter's vector to where the letter is now."""
    checkpoint = torch.load(path, map_location="cpu", weights_only=True)
    weights, places = checkpoint["model"], checkpoint["vocab"]["_unit2id"]
    letters = trainer.model.state_dict()[LETTERS].clone()
    for place, letter in enumerate(trainer.vocab._id2unit):
        if letter in places:
            letters[place] = weights[LETTERS][places[letter]]
    trainer.model.load_state_dict({**weights, LETTERS: letters})


def main():
    mean = utils.harmonic_mean
    # the three values are the F1 of tokens, sentences and multiword tokens
    utils.harmonic_mean = lambda values, weights: mean(values, [1, 0.1, 3])
    Trainer.load = load_weights
    tokenizer.main()


if __name__ == "__main__":
    main()
