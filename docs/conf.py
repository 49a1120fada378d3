"""The site: Sphinx with MyST and Furo.

Chosen because all three are alive (Material for MkDocs ends in 2027, its successor Zensical is not yet at 1.0 for the
Pythons we support), the search needs no service, and `autodoc` reads the same docstrings that are tested as examples.
One command: ``python -m sphinx -W -b html docs site``. With a network, ``python -m sphinx -b linkcheck docs
site/links`` asks every address whether it is still there.
"""

from __future__ import annotations

import enum
import re
import sys
from importlib.util import find_spec
from pathlib import Path

import attrs
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
linkcheck_ignore = [
    r"https?://(127\.0\.0\.1|localhost)\b",
    r"https?://([\w-]+\.)*example\b",
    r"https://huggingface\.co/example-",
]
"""Hosts and models of the examples, which are nobody's."""
linkcheck_anchors = False  # many sites make theirs with JavaScript
linkcheck_timeout = 30
linkcheck_retries = 2
linkcheck_workers = 4
suppress_warnings = ["ref.python"]  # two classes of the same name: either link will do

generate.main()
MOST = 40
"""Characters of a default that is shown."""
_FIELD = re.compile(r"attr_dict\['(\w+)'\]\.default")
_TITLED = re.compile(r'^```(\w+)[^\n]* title="([^"]+)"$', re.MULTILINE)


def caption(app: Sphinx, page: str, source: list[str]) -> None:  # noqa: ARG001 - Sphinx's signature
    """Show the name of a file above its block: ``title="name"`` is what the tests read."""
    source[0] = _TITLED.sub(r"```{code-block} \1\n:caption: \2\n", source[0])


def defaults(
    app: Sphinx,  # noqa: ARG001 - Sphinx's signature, as the next ones
    what: str,  # noqa: ARG001
    name: str,  # noqa: ARG001
    value: object,
    options: object,  # noqa: ARG001
    signature: str | None,
    returns: str | None,
) -> tuple[str | None, str | None]:
    """Show the defaults of a class's fields, where attrs shows how it comes by them."""
    if not isinstance(value, type) or not attrs.has(value) or signature is None:
        return signature, returns
    shown = {each.name: _default(each.default) for each in attrs.fields(value)}
    return _FIELD.sub(lambda found: shown[found[1]], signature).replace("NOTHING", "..."), returns


def _default(value: object) -> str:
    """Return a default as people write it, what is long left out."""
    match value:
        case enum.Enum():
            return f"{type(value).__name__}.{value.name}"
        case _ if len(repr(value)) <= MOST:
            return repr(value)
        case _:
            return f"{type(value).__name__}(...)"


def setup(app: Sphinx) -> None:
    """Let `caption` see every page as it is read, and `defaults` every signature."""
    app.connect("source-read", caption)
    app.connect("autodoc-process-signature", defaults)
