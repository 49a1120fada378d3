"""Which license a text is, which version, and what was changed in it.

>>> identify("You owe me nothing.").status
<Status.NONE: 'none'>
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from cleartitle.vocabulary.identification import Change, Identification, Status

if TYPE_CHECKING:
    from cleartitle.identification.engine import Engine
    from cleartitle.vocabulary.words import LicenseId


def identify(text: str) -> Identification:
    """Return which licenses *text* holds, with what was changed in them.

    What differs in form only (line ends, markup, quotes, titles, holders, filled blanks, list marks) is no change; a
    number always is one. Where nothing in the text decides between licenses, all of them are named.

    >>> found = identify("This model is licensed under the Apache License, Version 2.0.")
    >>> str(found.status), found.mentions
    ('mention', ('Apache-2.0',))
    """
    found = _engine().identify(text)
    if 5 * sum(match.span.end - match.span.start for match in found.matches) > 4 * len(text):
        return found
    from attrs import evolve

    from cleartitle.identification.mentions import mentions

    named = mentions(text, (match.span for match in found.matches))
    named = tuple(each for each in named if not any(each in match.licenses for match in found.matches))
    status = Status.MENTION if named and found.status is Status.NONE else found.status
    return evolve(found, status=status, mentions=named) if named else found


def read_changes(found: Identification) -> Identification:
    """Return *found* with what each inserted or replaced passage bears on, as the clause engine reads it.

    Apart from `identify`, which already names the clauses of a known license that a change stands in: reading takes
    some milliseconds a passage.

    >>> read_changes(identify("You owe me nothing.")).matches
    ()
    """
    if not any(match.changes for match in found.matches):
        return found
    from attrs import evolve

    from cleartitle.clauses import touched

    def read(change: Change) -> Change:
        return evolve(change, touches=tuple(dict.fromkeys((*change.touches, *touched(change.text)))))

    matches = (evolve(match, changes=tuple(map(read, match.changes))) for match in found.matches)
    return evolve(found, matches=tuple(matches))


def identify_bytes(data: bytes) -> Identification:
    """Return what a file of these bytes is; a file that is no text is said to be so, and raises nothing.

    >>> identify_bytes(bytes(1000)).problems
    ('this is a binary file, not a text',)
    """
    from cleartitle.identification.decoding import decode

    text, problem = decode(data)
    found = identify(text)
    if problem is None:
        return found
    from attrs import evolve

    return evolve(found, problems=(problem, *found.problems))


def license_of(text: str) -> LicenseId | None:
    """Return the one license that *text* is, up to form, or None.

    >>> license_of("You owe me nothing.") is None
    True
    """
    found = identify(text)
    if found.status is not Status.EXACT or len(found.matches) != 1 or len(found.matches[0].licenses) != 1:
        return None
    return found.matches[0].licenses[0]


@functools.cache
def _engine() -> Engine:
    from cleartitle.identification import index
    from cleartitle.identification.engine import Engine

    return Engine(index.load())
