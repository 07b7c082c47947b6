"""How the names of mentions are told: the parts of `toolkit.entities` and `toolkit.places`."""
