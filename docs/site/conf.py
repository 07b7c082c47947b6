"""What Sphinx makes the site with; `build.py` puts this file beside the sources."""

from toolkit import __version__

project = "Mudawwana"
author = "The authors of Mudawwana"
copyright = "Apache-2.0; the teaching corpus is CC0-1.0"
version = release = __version__

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinxcontrib.bibtex",
]
root_doc = "index"
default_role = "code"
bibtex_bibfiles = ["docs/references.bib"]
bibtex_default_style = "plain"

# The stored outputs are shown: tests hold them to what the cells give.
nb_execution_mode = "off"
nb_merge_streams = True
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence"]

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_preserve_defaults = True
napoleon_google_docstring = False
napoleon_use_rtype = False
napoleon_preprocess_types = False

html_theme = "pydata_sphinx_theme"
html_title = "Mudawwana · مُدَوَّنة"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_show_sourcelink = False
html_theme_options = {
    "navbar_align": "left",
    "header_links_before_dropdown": 7,
    "show_toc_level": 2,
    "navigation_depth": 2,
    # Notebooks, which alone begin with n, have none: a concordance needs the width. A page that
    # fits two patterns would be a warning.
    "secondary_sidebar_items": {"[!n]**": ["page-toc"]},
    "footer_start": ["copyright"],
    "footer_end": [],
}
# Nothing is asked of another machine: no script, font or style from elsewhere.
mathjax_path = "mathjax-is-not-used.js"
suppress_warnings = ["mystnb.unknown_mime_type", "bibtex.missing_field"]
