"""How date expressions are found and what days they mean: the parts of `toolkit.dates`."""
