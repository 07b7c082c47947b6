"""How tables and texts become right-to-left HTML: the parts of `toolkit.show`."""
