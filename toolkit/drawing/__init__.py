"""How figures are drawn: the parts of `toolkit.plot`."""
