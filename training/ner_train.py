"""Train Stanza's named-entity tagger, keeping a running mean of the weights.

Takes the command line of ``stanza.models.ner_tagger`` and adds three things to its trainer:

- What is scored on the dev set, and saved, are exponentially averaged weights. They vary less from
  one evaluation to the next than the weights of the last step, and score higher.
- With ``--lr_decay 0`` the learning rate falls in a straight line to zero at ``--max_steps``, and
  the weights of that last step are saved as ``last.pt`` beside the checkpoint: they are the end of
  the schedule, and not chosen by their score on the dev set.
- The table of fine-tuned word vectors is left out of the file when fine-tuning is off
  (``--no_emb_finetune``): Stanza would save one row of zeros per training word.
"""

import contextlib
import os

import torch
from stanza.models import ner_tagger
from stanza.models.ner.trainer import Trainer

DECAY = 0.998


class AveragingTrainer(Trainer):
    """Stanza's trainer; its `predict` and `save` use the running mean of the weights."""

    options = None  # the command line; a model loaded to go on with brings its old one in `args`

    def update(self, batch, eval=False):
        self.steps = getattr(self, "steps", 0) + 1
        if self.options["lr_decay"] == 0:
            for group in self.optimizer.param_groups:
                group["lr"] = self.options["lr"] * (1 - self.steps / self.options["max_steps"])
        loss = super().update(batch, eval)
        with torch.no_grad():
            # A short memory at first, so that the random start is forgotten.
            decay = min(DECAY, (1 + self.steps) / (10 + self.steps))
            weights = [p for p in self.model.parameters() if p.requires_grad]
            if self.steps == 1:
                self.mean = [p.detach().clone() for p in weights]
            for mean, weight in zip(self.mean, weights, strict=True):
                mean.lerp_(weight, 1 - decay)
        if self.options["lr_decay"] == 0 and self.steps == self.options["max_steps"]:
            self.save(os.path.join(self.options["save_dir"], "last.pt"))
        return loss

    @contextlib.contextmanager
    def averaged(self):
        """Put the mean weights in place for the time of a block."""
        if not hasattr(self, "mean"):
            yield
            return
        weights = [p for p in self.model.parameters() if p.requires_grad]
        latest = [p.detach().clone() for p in weights]
        with torch.no_grad():
            for weight, mean in zip(weights, self.mean, strict=True):
                weight.copy_(mean)
            try:
                yield
            finally:
                for weight, kept in zip(weights, latest, strict=True):
                    weight.copy_(kept)

    def predict(self, batch, unsort=True):
        with self.averaged(), torch.no_grad():
            return super().predict(batch, unsort)

    def save(self, filename, skip_modules=True):
        with self.averaged():
            super().save(filename, skip_modules)
        saved = torch.load(filename, weights_only=True)
        if self.args["emb_finetune"] or "delta" not in saved["vocab"]:
            return
        del saved["model"]["delta_emb.weight"]
        del saved["vocab"]["delta"], saved["vocab"]["_key2class"]["delta"]
        torch.save(saved, filename, _use_new_zipfile_serialization=False)


def main():
    AveragingTrainer.options = ner_tagger.parse_args()
    ner_tagger.Trainer = AveragingTrainer
    ner_tagger.main()


if __name__ == "__main__":
    main()
