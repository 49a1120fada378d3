"""What every format renders: the checks of one run, and what could not be checked.

To add a format, add a module with a function ``Report -> str`` and a line in `FORMATS`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType

from attrs import frozen

from cleartitle.vocabulary.analysis import Check


@frozen(kw_only=True)
class Failed:
    """A reference of which nothing could be read; it is in no way clear.

    >>> Failed(ref="owner/poet", message="no such repository", advice="check the spelling").message
    'no such repository'
    """

    ref: str
    """As the user wrote it."""
    message: str
    advice: str = ""


@frozen(kw_only=True)
class Report:
    """The checks of one run.

    >>> import cleartitle
    >>> answer = cleartitle.check("microsoft/phi-2", cleartitle.Deployment(), source=cleartitle.OFFLINE)
    >>> renderer("markdown")(Report(checks=(answer,))).splitlines()[2]
    '## License check'
    """

    checks: tuple[Check, ...]
    failed: tuple[Failed, ...] = ()


Render = Callable[[Report], str]
FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "markdown": "cleartitle.report.markdown:render",
        "html": "cleartitle.report.html:render",
        "sarif": "cleartitle.report.sarif:render",
        "github": "cleartitle.report.github:render",
        "junit": "cleartitle.report.junit:render",
        "cyclonedx": "cleartitle.report.cyclonedx:render",
        "cyclonedx-1.7": "cleartitle.report.cyclonedx:render_1_7",
        "spdx": "cleartitle.report.spdx:render",
    }
)
"""Where each format is written; the module loads when it is asked for. Text and JSON are the command's own."""


@functools.cache
def renderer(form: str) -> Render:
    """Return the function that writes a format of `FORMATS`.

    >>> renderer("github")(Report(checks=()))
    ''

    Raises:
        KeyError: *form* is not in `FORMATS`.

    """
    module, _, name = FORMATS[form].partition(":")
    render: Render = getattr(import_module(module), name)
    return render
