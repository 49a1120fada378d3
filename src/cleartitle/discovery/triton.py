"""Triton's ``config.pbtxt``: the parameters that name a model or its tokenizer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from cleartitle.discovery.keys import valued
from cleartitle.discovery.sighting import Lines, Sighting

MAX_PARAMETERS = 2_000
_PARAMETER = re.compile(
    r'key[ \t]{0,8}:\s{0,20}"(?P<key>[\w-]{1,80})"[\s,]{0,40}value\s{0,20}:?\s{0,20}\{'
    r'\s{0,20}string_value\s{0,8}:\s{0,20}"(?P<value>[^"\n]{1,400})"'
)


def read_triton(text: str) -> Iterator[Sighting]:
    """Yield what the parameters of a model of Triton name.

    >>> text = 'parameters { key: "tokenizer_dir" value: { string_value: "a/b" } }'
    >>> [(s.by, s.said) for s in read_triton(text)]
    [('tokenizer_dir', 'a/b')]
    """
    lines = Lines(text)
    for parameter in islice(_PARAMETER.finditer(text), MAX_PARAMETERS):
        found = valued(parameter["key"], parameter["value"], lines.spot(parameter.start("value")))
        if found is not None:
            yield found
