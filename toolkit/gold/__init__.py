"""Annotations of names set beside others: their files, scores, errors, corrections and merging."""
