"""Arabic function words, the stop words of a frequency list, as data."""

from functools import cache
from importlib.resources import files

import pandas as pd

from toolkit.normalise import fold

STOP_WORD_COLUMNS = ("norm", "form", "lemma")


def stop_words(by: str = "norm") -> list[str]:
    """Arabic function words: what a frequency list begins with and says least about a text.

    Nothing leaves them out unless it is told to: ``frequencies(words, stop_words=stop_words())``.

    Parameters
    ----------
    by : str
        The column they are compared with: ``norm``, ``form`` or ``lemma``. Some lemmas, such as
        ``من``, also stand for other words.

    Returns
    -------
    list of str
        The words in code point order.

    Raises
    ------
    ValueError
        They are not listed by this column.

    See Also
    --------
    function_words : The same with class and translation.

    Examples
    --------
    >>> [word for word in stop_words("lemma") if word.startswith("إل")]
    ['إلا', 'إلام', 'إلى']
    >>> "الي" in stop_words("norm")
    True
    """
    known = function_words()
    if by not in STOP_WORD_COLUMNS:
        raise ValueError(
            f"stop_words: no list by {by!r}; there are {', '.join(STOP_WORD_COLUMNS)}. "
            "Pass one of them as by=."
        )
    return sorted(set(known[by]))


def function_words() -> pd.DataFrame:
    """The table behind `stop_words`: one row per written form of an Arabic function word.

    Columns ``form``, ``norm`` (the form, folded), ``lemma`` (without vowels), ``class``
    (preposition, conjunction, particle, negation, interrogative, pronoun, demonstrative, relative,
    quantifier, adverb, auxiliary, clitic) and ``gloss`` (English). To keep a class, leave its rows
    out: ``known.loc[known["class"] != "pronoun", "lemma"]``.

    Examples
    --------
    >>> function_words().query("form == 'إلى'").iloc[0].to_dict()
    {'form': 'إلى', 'norm': 'الي', 'lemma': 'إلى', 'class': 'preposition', 'gloss': 'to'}
    """
    return _function_words().copy()


@cache
def _function_words() -> pd.DataFrame:
    source = files("toolkit") / "resources" / "stop_words.tsv"
    with source.open("r", encoding="utf-8") as rows:
        table = pd.read_csv(rows, sep="\t", dtype="str", keep_default_na=False)
    table.insert(0, "norm", table["form"].map(fold))
    return table[["form", "norm", "lemma", "class", "gloss"]]
