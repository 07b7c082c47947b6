"""What stands behind `toolkit.explore`: its state, the part of a corpus, its panes, its widget."""
