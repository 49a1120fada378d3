"""How terms travel along the lineage: one table, with its reasons.

The table is shown in the docs; `portion` is the only place that reads it.
"""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from cleartitle.judgment.binding import Portion
from cleartitle.vocabulary.lineage import Edge
from cleartitle.vocabulary.relations import Relation
from cleartitle.vocabulary.terms import Terms
from cleartitle.vocabulary.words import DerivedWork, DutyKind, Kind, Level


class Carries(StrEnum):
    """What a relation carries from parent to child."""

    EVERYTHING = "everything"
    """The child is, or contains, the parent's work: all limits and duties keep applying."""
    BY_SCOPE = "by-scope"
    """All terms where the parent's license calls such a model a derivative, else what it says of outputs."""
    DATA = "data"
    """The license is reported; at most a review."""


@frozen(kw_only=True)
class Row:
    """A row of the table."""

    carries: Carries
    reason: str


_WEIGHTS = "the child holds the parent's weights, changed or not: it is a derivative of them"
TABLE: dict[Relation, Row] = {
    Relation.FINETUNE: Row(carries=Carries.EVERYTHING, reason=_WEIGHTS),
    Relation.MERGE: Row(carries=Carries.EVERYTHING, reason=_WEIGHTS + ", of each of its parents"),
    Relation.QUANTIZED: Row(carries=Carries.EVERYTHING, reason=_WEIGHTS),
    Relation.PRUNED: Row(carries=Carries.EVERYTHING, reason=_WEIGHTS),
    Relation.CONVERTED: Row(carries=Carries.EVERYTHING, reason="another file format of the same weights"),
    Relation.COPY: Row(carries=Carries.EVERYTHING, reason="the same weights in another place"),
    Relation.CONTINUED_PRETRAINING: Row(carries=Carries.EVERYTHING, reason=_WEIGHTS),
    Relation.ADAPTER: Row(
        carries=Carries.EVERYTHING,
        reason="two works: the adapter under its own terms, and the base under its own, since it cannot run alone",
    ),
    Relation.COMPONENT: Row(
        carries=Carries.EVERYTHING, reason="each part keeps its own terms; the whole obeys all of them"
    ),
    Relation.DISTILLED: Row(
        carries=Carries.BY_SCOPE,
        reason="it depends on whether the teacher's license calls a model trained on its outputs a derivative",
    ),
    Relation.TRAINED_ON: Row(
        carries=Carries.DATA, reason="how far a dataset's license reaches into a model is not settled law"
    ),
}


def portion(path: tuple[Edge, ...], terms: Terms) -> Portion:
    """Return how much of an ancestor's *terms* comes down along *path*: the least that any step lets through.

    >>> portion((), Terms())
    <Portion.ALL: 'all'>
    """
    steps = {TABLE[edge.relation].carries for edge in path}
    if Carries.DATA in steps:
        return Portion.DATA
    trained = any(DerivedWork.TRAINED_ON_OUTPUTS in scope.works for scope in terms.derivatives)
    if Carries.BY_SCOPE in steps and not trained:
        return Portion.OUTPUTS
    return Portion.ALL


class Relicensing(StrEnum):
    """What a license lets the publisher of a derivative declare."""

    FREE = "free"
    """Any license, as long as the notices are kept."""
    RESTRICTIONS_GO_ALONG = "restrictions-go-along"
    """Another license, with the use restrictions in it."""
    AGREEMENT_GOES_ALONG = "agreement-goes-along"
    """The agreement itself goes along: the derivative stays under it."""
    FORBIDDEN = "forbidden"
    """No other license."""


_FREE = frozenset({Kind.PERMISSIVE, Kind.PUBLIC_DOMAIN, Kind.ATTRIBUTION_ONLY})


def relicensing(terms: Terms, kind: Kind) -> Relicensing:
    """Return what *terms* let the publisher of a derivative declare."""
    owed = {d.kind for d in terms.duties if d.level is Level.OWED}
    if DutyKind.SHARE_ALIKE in owed:
        return Relicensing.FORBIDDEN
    if kind in _FREE:
        return Relicensing.FREE
    if kind is Kind.RESPONSIBLE_AI:
        return Relicensing.RESTRICTIONS_GO_ALONG
    return Relicensing.AGREEMENT_GOES_ALONG
