"""Arabic corpus analysis in Jupyter: from a folder of Arabic texts to tables and figures.

Import the topic that is needed: ``from toolkit import corpus, pipeline, counts, plot, show``.
Nothing heavy is imported here: torch and Stanza come in when annotation starts, matplotlib
when a figure is drawn.
"""

__version__ = "0.1.0"
