"""Ollama's Modelfile: what a model is made FROM, and with which ADAPTER."""

from __future__ import annotations

from collections.abc import Iterator

from cleartitle.discovery.sighting import Lines, Sighting
from cleartitle.formats.modelfile import read_modelfile
from cleartitle.vocabulary.discovery import How
from cleartitle.vocabulary.reference import Scheme


def read_model(text: str) -> Iterator[Sighting]:
    r"""Yield what a Modelfile names.

    >>> [(s.said, str(s.scheme)) for s in read_model("FROM llama3.2:1b\n")]
    [('llama3.2:1b', 'ollama')]
    """
    lines = Lines(text)
    for command in read_modelfile(text).commands:
        if command.name in ("from", "adapter", "draft"):
            spot = lines.spot(command.span.start)
            yield Sighting(said=command.value, spot=spot, how=How.KEY, by=command.name.upper(), scheme=Scheme.OLLAMA)
