"""Files of environment variables: ``.env``, ``.env.production``."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from cleartitle.discovery.keys import in_environment
from cleartitle.discovery.shell import Variables, assigned, commands
from cleartitle.discovery.sighting import Lines, Sighting


def read_environment(text: str) -> Iterator[Sighting]:
    r"""Yield what the variables of a file name.

    >>> [(s.by, s.said) for s in read_environment("# models\nexport MODEL_ID='a/b'\nPORT=80")]
    [('MODEL_ID', 'a/b')]
    """
    lines, variables = Lines(text), Variables()
    for line in commands(text, variables):
        for word in line.words:
            pair = assigned(word)
            found = in_environment(pair[0], pair[1].text) if pair else None
            if pair and found:
                yield evolve(found, spot=lines.spot(pair[1].at))
