"""What ``cleartitle identify`` answers: for each file the licenses in it, and what it says of itself."""

from __future__ import annotations

from attrs import field, frozen
from attrs.validators import in_

from cleartitle._version import SCHEMA_VERSION, __version__
from cleartitle.vocabulary.evidence import Span
from cleartitle.vocabulary.identification import Identification, Status
from cleartitle.vocabulary.statement import Choice, Every, Expression, One, Unclear, Unknown


@frozen(kw_only=True)
class SpdxTag:
    """An ``SPDX-License-Identifier`` line of a file.

    >>> from cleartitle.identification.spdx import tags
    >>> tag = tags("# SPDX-License-Identifier: MIT")[0]
    >>> tag.canonical, tag.settled
    ('MIT', True)
    """

    said: str
    """The expression, verbatim."""
    canonical: str = ""
    """The same with the ids of today, spelled as SPDX spells them; empty where it is no expression."""
    expression: Expression
    span: Span
    snippet: bool = False
    """Said of a snippet inside the file, not of the file."""

    @property
    def settled(self) -> bool:
        """Whether every license that it names is known."""
        return _settled(self.expression)


@frozen(kw_only=True)
class FileAnswer:
    """What one file is.

    >>> from cleartitle.identification import identify
    >>> FileAnswer(path="LICENSE", identification=identify("You owe me nothing.")).settled
    False
    """

    path: str
    identification: Identification | None = None
    """None where only SPDX lines were looked for."""
    cut: bool = False
    """Whether the file is longer than what was read of it."""
    tags: tuple[SpdxTag, ...] = ()
    notice: bool = False
    """Whether its name says that it holds notices, not a license."""
    attributions: tuple[str, ...] = ()
    """The lines of a notice that give credit."""

    @property
    def settled(self) -> bool:
        """Whether every license in the file is known exactly; a notice need not hold one."""
        found = self.identification
        if found is None:
            return all(tag.settled for tag in self.tags)
        if self.cut or any(len(match.licenses) > 1 for match in found.matches):
            return False
        if self.notice:
            return found.status is not Status.ALTERED
        return found.status is Status.EXACT


@frozen(kw_only=True)
class Unread:
    """A path that could not be read, and why.

    >>> Unread(path="LICENSE", reason="Permission denied").reason
    'Permission denied'
    """

    path: str
    reason: str


@frozen(kw_only=True)
class IdentifyAnswer:
    """All files that were looked at: what ``cleartitle identify --format json`` prints.

    >>> IdentifyAnswer(unread=(Unread(path="LICENSE", reason="Permission denied"),)).files
    ()
    """

    schema_version: int = field(default=SCHEMA_VERSION, validator=in_((SCHEMA_VERSION,)))
    tool: str = f"cleartitle {__version__}"
    files: tuple[FileAnswer, ...] = ()
    unread: tuple[Unread, ...] = ()
    incomplete: tuple[str, ...] = ()
    """What was left out of folders, and why."""


def _settled(expression: Expression) -> bool:
    match expression:
        case One():
            return True
        case Every(of=of) | Choice(of=of):
            return all(map(_settled, of))
        case Unclear(of=of):
            return len(of) == 1 and _settled(of[0])
        case Unknown():
            return False
