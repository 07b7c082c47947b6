"""Entity mentions as tags of tokens: BIOES, and the types that the models know."""

from collections.abc import Iterable

TYPES = ("PER", "LOC", "ORG", "MISC")


def spans(tags: Iterable[str]) -> list[tuple[int, int, str]]:
    """Entity spans of one sentence from its BIOES tags.

    A tag that does not continue what stands before it begins a new span, so that no tag is lost.

    Parameters
    ----------
    tags : iterable of str
        ``O``, or ``B-``, ``I-``, ``E-``, ``S-`` and a type, one per token.

    Returns
    -------
    list of (int, int, str)
        Half-open spans of token positions, from 0, and the type.

    Examples
    --------
    >>> spans(["B-PER", "E-PER", "O", "S-LOC"])
    [(0, 2, 'PER'), (3, 4, 'LOC')]
    """
    found: list[tuple[int, int, str]] = []
    open_type = None
    for position, tag in enumerate(tags):
        prefix, _, kind = tag.partition("-")
        if prefix == "O" or not kind:
            open_type = None
            continue
        if prefix in "IE" and open_type == kind:
            start, _, _ = found[-1]
            found[-1] = (start, position + 1, kind)
        else:
            found.append((position, position + 1, kind))
        open_type = None if prefix in "ES" else kind
    return found


def tags_of(size: int, kind: str) -> list[str]:
    """The BIOES tags of the tokens of a mention.

    Examples
    --------
    >>> tags_of(1, "LOC"), tags_of(3, "PER")
    (['S-LOC'], ['B-PER', 'I-PER', 'E-PER'])
    """
    if size == 1:
        return [f"S-{kind}"]
    return [f"B-{kind}", *[f"I-{kind}"] * (size - 2), f"E-{kind}"]
