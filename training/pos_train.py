"""Train Stanza's part-of-speech tagger from a taught encoder, with a running mean of the weights.

Takes the command line of ``stanza.models.tagger``. The weights begin with those of ``encoder.pt``
in ``--save_dir`` where it is there (see encoder.py); the learning rate falls in a straight line to
zero at ``--max_steps``, and the averaged weights of that last step are saved as ``last.pt``. A
batch holds sentences of about one length (batches.py), and as many words as ``--batch_size``
sentences of mean length.
"""

from pathlib import Path

import torch
from averaging import Averaging
from batches import even_batches
from stanza.models import tagger
from stanza.models.pos import data
from stanza.models.pos.trainer import Trainer
from torch.utils.data import DataLoader


class AveragingTrainer(Averaging, Trainer):
    """Stanza's trainer, with averaged weights and a taught beginning."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        encoder = Path(self.options["save_dir"]) / "encoder.pt"
        if encoder.exists():
            taught = torch.load(encoder, weights_only=True)["model"]
            unknown = set(taught) - set(self.model.state_dict())
            if unknown:
                raise ValueError(
                    f"pos_train: {encoder} has {sorted(unknown)[0]}, which this model has not; "
                    "run encoder.py again with this recipe."
                )
            self.model.load_state_dict(taught, strict=False)
            print(f"begun with {encoder}", flush=True)

    def optimizers_in_use(self):
        return list(self.optimizers.values())


class EvenBatches:
    """Indices of the sentences of a data set in batches, drawn anew for every epoch."""

    def __init__(self, dataset, batch_size):
        self.lengths = [len(sample.text) for sample in dataset.data]
        self.words = batch_size * sum(self.lengths) / len(self.lengths)

    def __len__(self):
        return max(1, round(sum(self.lengths) / self.words))

    def __iter__(self):
        return iter(even_batches(self.lengths, self.words))


def to_loader(self, batch_size, shuffle=False):
    """Stanza's loader of a data set; the training sets are shuffled, with even batches."""
    if not shuffle:
        return DataLoader(self, batch_size=batch_size, collate_fn=self.collate_fn)
    return DataLoader(self, batch_sampler=EvenBatches(self, batch_size), collate_fn=self.collate_fn)


def main():
    AveragingTrainer.options = tagger.parse_args()
    tagger.Trainer = AveragingTrainer
    data.Dataset.to_loader = to_loader
    tagger.main()


if __name__ == "__main__":
    main()
