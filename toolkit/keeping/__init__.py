"""How corpora and annotations are kept on disk."""
