"""What the models make of a form alone, kept between runs beside the cache of documents.

A form is taken apart and lemmatised the same way in every text, and most forms of a new text were
met in one before. So the second corpus costs less than the first.
"""

import hashlib
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from toolkit.keeping.cache import Cache
from toolkit.keeping.sharing import CacheWarning

FOLDER = "forms"  # below that of the documents
SEPARATOR = "\x1f"


class Memo:
    """Strings under strings, of one kind and of one set of models: those given, and in a `Cache`.

    Examples
    --------
    >>> memo = Memo(None, "", "", {"وقال": "و قال"})
    >>> memo.known(["وقال", "قال"])
    {'وقال': 'و قال'}
    """

    def __init__(
        self, cache: Cache | None, settings: str, group: str, given: Mapping[str, str]
    ) -> None:
        self.cache, self.settings, self.group, self.given = cache, settings, group, given

    def known(self, names: Iterable[str]) -> dict[str, str]:
        """What is given or kept of these names."""
        names = list(names)
        found = {name: self.given[name] for name in names if name in self.given}
        if self.cache is not None:
            keys = {self._key(name): name for name in names if name not in found}
            kept = self.cache.get(list(keys))
            found |= {keys[key]: value.decode() for key, value in kept.items()}
        return found

    def keep(self, found: Mapping[str, str]) -> None:
        """Keep these for the next run."""
        if self.cache is not None and found:
            records = {self._key(name): value.encode() for name, value in found.items()}
            self.cache.put(records, group=self.group)

    def _key(self, name: str) -> str:
        text = f"{self.settings}{SEPARATOR}{self.group}{SEPARATOR}{name}"
        return hashlib.blake2b(text.encode(), digest_size=32).hexdigest()


NO_MEMO = Memo(None, "", "", {})


@contextmanager
def memos(
    folder: Path | None, settings: str, given: tuple[Mapping[str, str], Mapping[str, str]]
) -> Iterator[tuple[Memo, Memo]]:
    """The memos of words and of lemmas: what is given of both, and what a folder keeps.

    The folder is the cache's and is made with it; where it is gone, someone has removed it.
    """
    words, lemmas = given
    if folder is None or not folder.is_dir():
        yield Memo(None, "", "words", words), Memo(None, "", "lemmas", lemmas)
        return
    digest = hashlib.sha256(settings.encode()).hexdigest()
    with warnings.catch_warnings():
        # whatever is wrong with the folder, the cache of documents says it
        warnings.simplefilter("ignore", CacheWarning)
        with Cache(folder / FOLDER) as opened:
            yield (
                Memo(opened, digest, "words", words),
                Memo(opened, digest, "lemmas", lemmas),
            )
