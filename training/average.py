"""Weighted mean of two checkpoints of one model.

    python training/average.py before.pt after.pt --weight 0.8 --out news.pt

Two ends of a fine-tuning, averaged, keep most of what the second learned and lose less of what the
first knew. Everything but the weights is taken from the first file; packed weights (float16) are
widened.
"""

import argparse
from pathlib import Path

import torch


def average(first, second, weight):
    """Checkpoint with ``(1 - weight) * first + weight * second`` in each floating-point tensor."""
    if first["model"].keys() != second["model"].keys():
        raise ValueError("average: the two files do not hold the same model; their weights differ.")
    mean = dict(first)
    mean["model"] = {
        name: torch.lerp(value.float(), second["model"][name].float(), weight)
        if value.is_floating_point()
        else value
        for name, value in first["model"].items()
    }
    return mean


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    parser.add_argument("--weight", type=float, default=0.5, help="share of the second")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    files = [torch.load(path, weights_only=True) for path in (options.first, options.second)]
    torch.save(average(*files, options.weight), options.out, _use_new_zipfile_serialization=False)


if __name__ == "__main__":
    main()
