"""How texts are read from files of many formats: the parts of `toolkit.corpus.read_texts`."""
