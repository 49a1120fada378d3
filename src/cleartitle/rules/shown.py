"""What a repository shows beside its weights: license texts, notices, the card; and whose it is."""

from __future__ import annotations

import re

from cleartitle.files import is_legal
from cleartitle.vocabulary.artifact import Artifact
from cleartitle.vocabulary.lineage import Node
from cleartitle.vocabulary.reference import ModelRef, Scheme

_NOTICE = re.compile(r"notice", re.IGNORECASE)
_COPYRIGHT = re.compile(r"©|\bcopyright\s*(?:\(c\)|\d{4})", re.IGNORECASE)


def listed(node: Node) -> Artifact | None:
    """Return the artifact of *node* if all its files are known: only then does it say something that one lacks."""
    artifact = node.artifact
    return artifact if artifact and artifact.complete and artifact.files else None


def license_files(artifact: Artifact) -> tuple[str, ...]:
    """Return the paths of what may be license texts."""
    return tuple(f.path for f in artifact.files if is_legal(f.path) and not _NOTICE.search(f.path))


def notice_files(artifact: Artifact) -> tuple[str, ...]:
    """Return the paths of what may be NOTICE files."""
    return tuple(f.path for f in artifact.files if is_legal(f.path) and _NOTICE.search(f.path))


def card(artifact: Artifact) -> str | None:
    """Return the text of the card, or None where it was not read."""
    return next((t.text for t in artifact.texts if t.path.lower() == "readme.md"), None)


def names_holder(text: str) -> bool:
    """Return whether *text* has a copyright notice.

    >>> names_holder("Copyright (c) 2024 Jane Doe"), names_holder("respect copyright")
    (True, False)
    """
    return bool(_COPYRIGHT.search(text))


def published(ref: ModelRef) -> bool:
    """Return whether *ref* is public, as opposed to a folder of this machine."""
    return ref.scheme is not Scheme.FILE


def same_owner(one: ModelRef, other: ModelRef) -> bool:
    """Return whether both belong to one account."""
    owners = {ref.name.rpartition("/")[0].casefold() for ref in (one, other)}
    return one.scheme is other.scheme and len(owners) == 1 and "" not in owners


def title(ref: ModelRef) -> str:
    """Return the name of an artifact without its owner.

    >>> title(ModelRef.hub("tuner/poet-8b"))
    'poet-8b'
    """
    return ref.name.rpartition("/")[2]
