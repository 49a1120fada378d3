"""The site: Sphinx with MyST and Furo.

Chosen because all three are alive (Material for MkDocs ends in 2027, its successor Zensical is not yet at 1.0 for the
Pythons we support), the search needs no service, and `autodoc` reads the same docstrings that are tested as examples.
One command: ``python -m sphinx -W -b html docs site``.
"""

from __future__ import annotations

import re
import sys
from importlib.util import find_spec
from pathlib import Path

from sphinx.application import Sphinx

sys.path.insert(0, str(Path(__file__).parent))

import generate

from cleartitle import __version__

project = "cleartitle"
author = "The cleartitle developers"
release = __version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_copybutton"]
exclude_patterns = ["examples/**", "reference/schema/**", "**/.*"]
exclude_patterns += [
    f"generated/{part}.md" for part in ("travel", "facts", "policy-keys", "families")
]  # parts of pages
myst_enable_extensions = ["colon_fence", "deflist", "attrs_block"]
myst_heading_anchors = 4
html_theme = "furo"
html_title = "cleartitle"
html_static_path = ["assets"]
html_css_files = ["site.css"]
html_js_files = ["filter.js"]
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#0f766e", "color-brand-content": "#0f766e"},
    "dark_css_variables": {"color-brand-primary": "#5eead4", "color-brand-content": "#5eead4"},
}
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
autodoc_mock_imports = [] if find_spec("pytest") else ["pytest"]  # the plugin is documented where it is not installed
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
python_maximum_signature_line_length = 88
default_role = "py:obj"
autodoc_member_order = "bysource"
autodoc_class_signature = "mixed"
add_module_names = False
suppress_warnings = ["ref.python"]  # two classes of the same name: either link will do

generate.main()
_TITLED = re.compile(r'^```(\w+)[^\n]* title="([^"]+)"$', re.MULTILINE)


def caption(app: Sphinx, page: str, source: list[str]) -> None:  # noqa: ARG001 - Sphinx's signature
    """Show the name of a file above its block: ``title="name"`` is what the tests read."""
    source[0] = _TITLED.sub(r"```{code-block} \1\n:caption: \2\n", source[0])


def setup(app: Sphinx) -> None:
    """Let `caption` see every page as it is read."""
    app.connect("source-read", caption)
