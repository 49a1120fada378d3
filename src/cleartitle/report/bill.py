"""What the bills of materials share: names, addresses and license expressions of the artifacts of a lineage."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import uuid
from collections.abc import Mapping

from attrs import frozen

from cleartitle.catalog import get, has
from cleartitle.lineage.origins import publisher
from cleartitle.report import quotes, view
from cleartitle.report.escape import terminal
from cleartitle.vocabulary.analysis import Check
from cleartitle.vocabulary.artifact import FileEntry
from cleartitle.vocabulary.evidence import Method
from cleartitle.vocabulary.lineage import Lineage, Node
from cleartitle.vocabulary.reference import ModelRef, Scheme
from cleartitle.vocabulary.relations import Relation
from cleartitle.vocabulary.statement import Choice, Every, Expression, One, Unclear, Unknown, licenses
from cleartitle.vocabulary.words import LicenseId

_NAMESPACE = uuid.UUID("6d0c1c0c-5f3e-5c0e-9f57-2c3b8e1f7a10")
"""Of the identifiers that documents of ours carry; any constant will do."""
_SHA256 = re.compile(r"[0-9a-fA-F]{64}")
_COMMIT = re.compile(r"[0-9a-f]{40}")


@frozen(kw_only=True)
class Said:
    """The license of an artifact, as a bill states it."""

    expression: str
    """An SPDX expression: SPDX ids, and ``LicenseRef-`` for the others."""
    unknown: Mapping[str, str]
    """What the ``LicenseRef-`` names that no catalog explains stand for."""


def said(expression: Expression) -> Said | None:
    """Return *expression* as SPDX writes it, or None where nothing can be asserted.

    >>> said(Choice(of=(One(license=LicenseId("MIT")), One(license=LicenseId("Apache-2.0"))))).expression
    'MIT OR Apache-2.0'
    >>> said(Unknown(reason="no license is declared"))
    """
    unknown: dict[str, str] = {}
    text = _text(expression, unknown)
    return Said(expression=text, unknown=unknown) if text else None


def _text(expression: Expression, unknown: dict[str, str]) -> str | None:
    match expression:
        case One(license=license_id):
            return license_id
        case Every(of=of):
            return _joined(of, " AND ", unknown)
        case Choice(of=of):
            return _joined(of, " OR ", unknown)
        case Unclear():
            return None
        case Unknown(said=words):
            if not terminal(words):
                return None
            name = f"LicenseRef-unknown-{hashlib.sha256(words.encode(errors='replace')).hexdigest()[:12]}"
            unknown[name] = terminal(words)
            return name


def _joined(of: tuple[Expression, ...], operator: str, unknown: dict[str, str]) -> str | None:
    parts = [_text(each, unknown) for each in of]
    if None in parts:
        return None
    inner = [
        f"({p})" if isinstance(e, (Every, Choice)) and len(e.of) > 1 else p for p, e in zip(parts, of, strict=True)
    ]
    return operator.join(filter(None, inner))


def stated(node: Node) -> Expression | None:
    """Return what the publisher declares: the strongest statement that somebody chose."""
    return next((s.expression for s in node.statements.declared if not s.tool_default), None)


def texts(node: Node) -> dict[LicenseId, tuple[str, str]]:
    """Return for each license whose text the artifact holds: the file, and the SHA-256 of the text as it stands."""
    found: dict[LicenseId, tuple[str, str]] = {}
    for statement in node.statements.declared:
        path = statement.evidence.path
        file = node.artifact.text(path) if node.artifact and path else None
        if file is None or file.cut or statement.evidence.method is not Method.LICENSE_TEXT:
            continue
        for license_id in licenses(statement.expression):
            found.setdefault(license_id, (file.path, hashlib.sha256(file.data).hexdigest()))
    return found


def url(license_id: str) -> str:
    """Return where the official text of a license of the catalog is, or nothing."""
    return get(LicenseId(license_id)).url or "" if has(LicenseId(license_id)) else ""


def purl(ref: ModelRef) -> str:
    """Return the package URL of an artifact, or nothing where its place has no type of its own.

    >>> purl(ModelRef.parse("Qwen/Qwen2.5-7B@0123456789abcdef0123456789abcdef01234567"))
    'pkg:huggingface/Qwen/Qwen2.5-7B@0123456789abcdef0123456789abcdef01234567'
    """
    if ref.scheme is not Scheme.HF:
        return ""
    commit = f"@{ref.revision}" if ref.revision and _COMMIT.fullmatch(ref.revision) else ""
    return f"pkg:huggingface/{quotes.percent(ref.name)}{commit}"


def datasets(lineage: Lineage) -> frozenset[ModelRef]:
    """Return the artifacts that are data, not models."""
    return frozenset(e.parent for e in lineage.edges if e.relation is Relation.TRAINED_ON)


def resolved(lineage: Lineage, ref: ModelRef) -> ModelRef:
    """Return an artifact at its commit, with a name that is safe to write."""
    at = view.at(lineage, ref)
    return ModelRef(at.scheme, terminal(at.name), terminal(at.revision) if at.revision else None)


def address(ref: ModelRef) -> str:
    """Return where an artifact is: on the web, else as it was referred to."""
    return quotes.address(ref) or f"{ref.scheme}:{quotes.percent(ref.name)}"


def supplier(ref: ModelRef) -> str:
    """Return who published an artifact: the entity, where it is known, else the account."""
    known = publisher(ref)
    owner = ref.name.rpartition("/")[0] if ref.scheme in (Scheme.HF, Scheme.MODELSCOPE) else ""
    return known.entity if known else owner


def digests(node: Node) -> tuple[FileEntry, ...]:
    """Return the files of an artifact whose SHA-256 is known."""
    files = node.artifact.files if node.artifact else ()
    return tuple(file for file in files if file.sha256 and _SHA256.fullmatch(file.sha256))


def made(checks: tuple[Check, ...]) -> dt.datetime:
    """Return the time that a document of these checks states: the date of their judgment, else now."""
    dates = [check.deployment.today for check in checks if check.deployment.today]
    if dates:
        return dt.datetime.combine(max(dates), dt.time(), tzinfo=dt.UTC)
    return dt.datetime.now(tz=dt.UTC).replace(microsecond=0)


def identifier(*parts: str) -> str:
    """Return a UUID that is the same for the same parts."""
    return str(uuid.uuid5(_NAMESPACE, "\0".join(parts)))
