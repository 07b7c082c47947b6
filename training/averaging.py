"""A running mean of the weights, and a learning rate that falls to zero, for Stanza's trainers.

What is scored and saved are exponentially averaged weights: they vary less from one evaluation to
the next than the weights of the last step, and score higher.
"""

import contextlib

import torch

DECAY = 0.998


class Averaging:
    """To be inherited before one of Stanza's trainers; `predict` and `save` use the mean."""

    options = None  # the command line; a model loaded to go on with brings its old one in `args`

    def optimizers_in_use(self):
        return [self.optimizer]

    def update(self, batch, eval=False):
        self.steps = getattr(self, "steps", 0) + 1
        if self.falls():
            share = max(0.0, 1 - self.steps / self.options["max_steps"])
            share *= min(1.0, self.steps / 100)
            for optimizer in self.optimizers_in_use():
                for group in optimizer.param_groups:
                    group["lr"] = self.options["lr"] * share
        loss = super().update(batch, eval)
        with torch.no_grad():
            # A short memory at first, so that the random start is forgotten.
            decay = min(DECAY, (1 + self.steps) / (10 + self.steps))
            weights = [p for p in self.model.parameters() if p.requires_grad]
            if self.steps == 1:
                self.mean = [p.detach().clone() for p in weights]
            for mean, weight in zip(self.mean, weights, strict=True):
                mean.lerp_(weight, 1 - decay)
        if self.falls() and self.steps == self.options["max_steps"]:
            self.save_last()
        return loss

    def falls(self):
        """Whether the learning rate falls in a straight line to zero at ``max_steps``."""
        return True

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

    def predict(self, *args, **kwargs):
        with self.averaged(), torch.no_grad():
            return super().predict(*args, **kwargs)

    def save(self, *args, **kwargs):
        with self.averaged():
            super().save(*args, **kwargs)

    def save_last(self):
        """The end of the schedule as ``last.pt``: not chosen by its score on the dev set."""
        self.save(f"{self.options['save_dir']}/last.pt")
