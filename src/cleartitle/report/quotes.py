"""Evidence as a reader wants it: the words, what stands around them, where, and the address of the place."""

from __future__ import annotations

import functools
from urllib.parse import quote as _percent

from attrs import frozen

from cleartitle.catalog import get, has
from cleartitle.report.escape import passage, terminal
from cleartitle.vocabulary.artifact import Artifact
from cleartitle.vocabulary.evidence import Evidence, Method, Span
from cleartitle.vocabulary.lineage import Lineage
from cleartitle.vocabulary.reference import ModelRef, Scheme
from cleartitle.vocabulary.words import LicenseId

AROUND = 240
"""Characters shown on each side of a quote."""
LONGEST = 1200
"""Characters of a quote that are shown."""
percent = functools.partial(_percent, errors="replace")
"""Percent-encode a part of an address; names of files need not be valid Unicode."""
_FILES = frozenset({Method.FRONT_MATTER, Method.LICENSE_TEXT, Method.FILE, Method.PROSE})


@frozen(kw_only=True)
class Quote:
    """A quote in its context."""

    words: str
    before: str = ""
    after: str = ""
    place: str
    """In words: ``owner/name LICENSE, lines 3-5``."""
    link: str = ""
    """An address of a known site, or empty; made from the reference, never taken from a text."""


def quote(evidence: Evidence, lineage: Lineage) -> Quote:
    """Return what *evidence* quotes, with what stands around it where the text is at hand."""
    if evidence.method is Method.CATALOG:
        return _from_catalog(evidence)
    artifact = _artifact(evidence, lineage)
    before, after = _around(evidence, artifact)
    ref = (artifact.ref if artifact else None) or evidence.artifact
    path = evidence.path if evidence.method in _FILES else None
    return Quote(
        words=passage(evidence.quote[:LONGEST]) + ("…" if len(evidence.quote) > LONGEST else ""),
        before=before,
        after=after,
        place=place(evidence),
        link=address(ref, path, evidence.span) if ref else "",
    )


def place(evidence: Evidence) -> str:
    """Return where a fact was read, in words."""
    said = evidence.path or evidence.method.value
    if evidence.span:
        first, last = evidence.span.line, evidence.span.end_line
        said += f", line {first}" if first == last else f", lines {first}-{last}"
    return terminal(f"{evidence.artifact.short} {said}" if evidence.artifact else said)


def address(ref: ModelRef, path: str | None = None, span: Span | None = None) -> str:
    r"""Return the web address of an artifact or of lines of a file in it; empty where there is none.

    >>> address(ModelRef.parse("q/poet@v1"), "LICENSE", Span.of("a\nb", 2, 3))
    'https://huggingface.co/q/poet/blob/v1/LICENSE#L2'
    """
    name = percent(ref.name)
    match ref.scheme:
        case Scheme.HF:
            base, blob = f"https://huggingface.co/{name}", f"blob/{percent(ref.revision or 'main')}"
        case Scheme.MODELSCOPE:
            base, blob = f"https://modelscope.cn/models/{name}", f"file/view/{percent(ref.revision or 'master')}"
        case Scheme.OLLAMA:
            model = ref.name.partition(":")[0]
            return "" if model.count("/") > 1 else f"https://ollama.com/{'' if '/' in model else 'library/'}{name}"
        case _:
            return ""
    if path is None:
        return f"{base}/tree/{percent(ref.revision)}" if ref.revision and ref.scheme is Scheme.HF else base
    lines = ""
    if span:
        lines = f"#L{span.line}" + (f"-L{span.end_line}" if span.end_line > span.line else "")
    return f"{base}/{blob}/{percent(path)}{lines}"


def _from_catalog(evidence: Evidence) -> Quote:
    """Return the words by which a clause is found in the official text, since no copy of it was at hand."""
    license_id, _, section = (evidence.path or "").partition(" section ")
    entry = get(LicenseId(license_id)) if has(LicenseId(license_id)) else None
    said = f"{entry.name if entry else license_id}, {f'section {section} of ' if section else ''}the official text"
    return Quote(words=passage(evidence.quote), place=terminal(said), link=entry.url or "" if entry else "")


def _artifact(evidence: Evidence, lineage: Lineage) -> Artifact | None:
    about = evidence.artifact
    if about is None:
        return None
    same = (n.artifact for n in lineage.nodes if (n.ref.scheme, n.ref.name) == (about.scheme, about.name))
    return next(same, None)


def _around(evidence: Evidence, artifact: Artifact | None) -> tuple[str, str]:
    file = artifact.text(evidence.path) if artifact and evidence.path else None
    span = evidence.span
    if file is None or span is None or not evidence.quote:
        return "", ""
    text = file.text
    if text[span.start : span.end] != evidence.quote:
        return "", ""
    start, end = max(0, span.start - AROUND), min(len(text), span.end + AROUND)
    before, after = text[start : span.start], text[span.end : end]
    if start:
        before = "…" + before.partition(" ")[2]
    if end < len(text):
        after = after.rpartition(" ")[0] + "…"
    return passage(before), passage(after)
