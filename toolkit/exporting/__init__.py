"""How a corpus is written for other programs, and read back: the parts of `toolkit.export`."""
