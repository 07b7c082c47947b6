"""Where networks compute: the processor, or a GPU where torch sees one."""

from importlib.metadata import version

DEVICES = ("auto", "cpu", "cuda")


def device_of(name: str) -> str:
    """Where networks compute: "cpu", or "cuda" where torch sees such a GPU and it may be used."""
    if name not in DEVICES:
        raise ValueError(f"annotate: no device {name!r}; there are {', '.join(DEVICES)}.")
    there = name != "cpu" and _has_gpu()
    if name == "cuda" and not there:
        raise ValueError("annotate: torch sees no GPU for device='cuda'; pass 'auto' or 'cpu'.")
    return "cuda" if there else "cpu"


def _has_gpu() -> bool:
    if version("torch").endswith("+cpu"):  # known without the second that its import takes
        return False
    import torch

    return bool(torch.cuda.is_available())
