"""What the commands of the command line share that print a table of a corpus."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from toolkit.corpus import Corpus

OF_WORDS = ("lemma", "lemma_vocalised", "upos", "feats", "head", "deprel", "span")


def unit(
    found: "Corpus", tokens: bool | None, by: str | Sequence[str], *, usual: str = "words"
) -> "pd.DataFrame":
    """Tokens or words: what is asked for, else what has the column, else what is usual."""
    names = [by] if isinstance(by, str) else by
    if tokens is None:
        tokens = usual == "tokens" and not set(names) & set(OF_WORDS)
    return found.tokens if tokens else found.words


def one_or_several(names: Sequence[str]) -> str | list[str]:
    """One name as a string, several as a list.

    Examples
    --------
    >>> one_or_several(("lemma",)), one_or_several(("lemma", "upos"))
    ('lemma', ['lemma', 'upos'])
    """
    return names[0] if len(names) == 1 else list(names)


def frequent(table: "pd.DataFrame", least: int, in_docs: int) -> "pd.DataFrame":
    """The rows that reach a frequency and a number of documents."""
    return table[(table["freq"] >= least) & (table["docs"] >= in_docs)]
