"""The commands of the command line: the parts of `toolkit.cli`."""
