"""The datasets that a card names: their licenses, and whose outputs they are, as far as that is known."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen
from attrs.validators import min_len

from cleartitle.catalog import get
from cleartitle.judgment.binding import Binding, Portion
from cleartitle.judgment.grants import dataset
from cleartitle.rules.case import Case
from cleartitle.serial.convert import read
from cleartitle.vocabulary.evidence import Confidence, Evidence, Method
from cleartitle.vocabulary.lineage import Node
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.rule import Audience
from cleartitle.vocabulary.verdict import Finding
from cleartitle.vocabulary.words import LicenseId

if TYPE_CHECKING:
    from cleartitle.card import Scalar

_MAX_NAMED = 200
_SHOWN = 5


@frozen(kw_only=True)
class Dataset:
    """A dataset that many cards name."""

    ids: tuple[str, ...] = field(validator=min_len(1))
    license: LicenseId | None = None
    """What its own card declares; None where it declares nothing."""
    outputs_of: str = ""
    """The models whose outputs it holds, in words."""
    terms: LicenseId | None = None
    """The terms under which those outputs were made."""


@frozen(kw_only=True)
class _Datasets:
    datasets: tuple[Dataset, ...]


@functools.cache
def known() -> Mapping[str, Dataset]:
    """Return the datasets that are known, by their ids in lower case."""
    text = (files("cleartitle.rules") / "datasets.toml").read_text(encoding="utf-8")
    listed = read(tomllib.loads(text), _Datasets, where="datasets.toml", trusted=True).datasets
    return {name.casefold(): each for each in listed for name in each.ids}


def check(case: Case) -> Iterator[Finding]:
    """Yield a review for a license that stands against this use, a warning for a teacher, a note for what is unread.

    How far either reaches into a model is not settled: a teacher's terms bind whoever made the outputs.
    """
    for node in case.lineage.nodes:
        unread: list[Scalar] = []
        for named in _named(node):
            found = known().get(named.normal)
            if found is None:
                unread.append(named)
                continue
            if found.license:
                yield from _licensed(case, node, named, found.license)
            if found.terms:
                yield _taught(case, node, named, found)
        if unread:
            yield _unread(case, node, unread)


def _named(node: Node) -> tuple[Scalar, ...]:
    """Return the datasets of the card, each once."""
    texts = node.artifact.texts if node.artifact else ()
    file = next((t for t in texts if t.path.lower() == "readme.md"), None)
    if file is None or b"datasets" not in file.data:
        return ()
    from cleartitle.card import read_card

    listed = (s for s in read_card(file.data).datasets if not s.empty)
    return tuple({s.normal: s for s in listed}.values())[:_MAX_NAMED]


def _licensed(case: Case, node: Node, named: Scalar, license_id: LicenseId) -> Iterator[Finding]:
    binding = Binding(license=get(license_id), path=case.lineage.path(node.ref), portion=Portion.DATA)
    for finding in dataset(binding, case.deployment):
        yield evolve(
            finding,
            message=f"{node.ref.short} was trained on {named.text}: {finding.message}",
            subject=named.normal,
            confidence=Confidence.MEDIUM,
            advice="have counsel decide how far licenses of training data reach, or take another model",
            evidence=(_evidence(node, named), *finding.evidence),
        )


def _taught(case: Case, node: Node, named: Scalar, found: Dataset) -> Finding:
    terms = get(found.terms) if found.terms else None
    return Finding(
        rule="teacher-terms",
        outcome=Outcome.CLEAR,
        severity=Severity.WARNING,
        confidence=Confidence.MEDIUM,
        message=f"{node.ref.short} was trained on {named.text}, outputs of {found.outputs_of}, whose terms limit "
        "training other models with them",
        subject=named.normal,
        advice="the terms bind whoever made the outputs; whether they reach further is not settled",
        license=found.terms,
        path=case.lineage.path(node.ref),
        evidence=(_evidence(node, named), *((Evidence(method=Method.CATALOG, path=str(terms.id)),) if terms else ())),
    )


def _unread(case: Case, node: Node, unread: list[Scalar]) -> Finding:
    more = f" and {len(unread) - _SHOWN} more" if len(unread) > _SHOWN else ""
    return Finding(
        rule="datasets-unread",
        outcome=Outcome.CLEAR,
        severity=Severity.NOTE,
        audience=Audience.STRICT,
        message=f"{node.ref.short} names datasets whose licenses were not read: "
        f"{', '.join(s.text for s in unread[:_SHOWN])}{more}",
        advice="look at their licenses where your policy asks for that",
        path=case.lineage.path(node.ref),
        evidence=tuple(_evidence(node, s) for s in unread[:_SHOWN]),
    )


def _evidence(node: Node, named: Scalar) -> Evidence:
    return Evidence(
        method=Method.FRONT_MATTER, artifact=node.ref, path="README.md", span=named.span, quote=named.text[:200]
    )
