"""Train Stanza's named-entity tagger, keeping a running mean of the weights.

Takes the command line of ``stanza.models.ner_tagger`` and adds four things to its trainer:

- What is scored on the dev set, and saved, are averaged weights (averaging.py).
- With ``--lr_decay 0`` the learning rate falls in a straight line to zero at ``--max_steps``, and
  the weights of that last step are saved as ``last.pt`` beside the checkpoint.
- The batches of training hold sentences of about one length (batches.py).
- The table of fine-tuned word vectors is left out of the file when fine-tuning is off
  (``--no_emb_finetune``): Stanza would save one row of zeros per training word.
"""

import torch
from averaging import Averaging
from batches import even_batches
from stanza.models import ner_tagger
from stanza.models.ner.data import DataLoader
from stanza.models.ner.trainer import Trainer


class AveragingTrainer(Averaging, Trainer):
    """Stanza's trainer, with averaged weights; its file holds no table of zeros."""

    def falls(self):
        return self.options["lr_decay"] == 0

    def save(self, filename, skip_modules=True):
        super().save(filename, skip_modules)
        saved = torch.load(filename, weights_only=True)
        if self.args["emb_finetune"] or "delta" not in saved["vocab"]:
            return
        del saved["model"]["delta_emb.weight"]
        del saved["vocab"]["delta"], saved["vocab"]["_key2class"]["delta"]
        torch.save(saved, filename, _use_new_zipfile_serialization=False)


def chunk_batches(self, data):
    """Stanza's batches for scoring, even ones of ``max_batch_words`` for training."""
    if self.eval:
        return mixed_batches(self, data)
    lengths = [len(words) for words, _, _ in data]
    return [[data[i] for i in batch] for batch in even_batches(lengths, self.max_batch_words)]


mixed_batches = DataLoader.chunk_batches


def main():
    AveragingTrainer.options = ner_tagger.parse_args()
    ner_tagger.Trainer = AveragingTrainer
    DataLoader.chunk_batches = chunk_batches
    ner_tagger.main()


if __name__ == "__main__":
    main()
