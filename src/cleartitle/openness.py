"""How open a license is: derived from its terms, with the terms that decided it.

What OSI has approved and what FSF calls free is taken from the SPDX license list; the questions are those of the Open
Source Definition and of the EU AI Act, as `cleartitle.vocabulary.openness` names them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from attrs import frozen

from cleartitle.catalog import coarse, spdx
from cleartitle.judgment.sheet import agreements, answer, general_grant, leaves, thresholds
from cleartitle.territory import listed
from cleartitle.vocabulary.conditions import ByOrganization, ForPurpose, ForUse, ToRecipient
from cleartitle.vocabulary.license import Checked, License
from cleartitle.vocabulary.openness import (
    DecidingTerm,
    Openness,
    OpennessLevel,
    OpennessQuestion,
    OpennessReply,
    Reply,
)
from cleartitle.vocabulary.terms import Clause, Condition, Grant, Restriction, Terms
from cleartitle.vocabulary.words import (
    Action,
    AgreementKind,
    Decision,
    Ending,
    Kind,
    Purpose,
    RestrictionKind,
    UseCategory,
)

_SAY = {
    Action.USE: "use",
    Action.USE_COMMERCIALLY: "commercial use",
    Action.MODIFY: "changing it",
    Action.REDISTRIBUTE: "handing it on",
    Action.DISTRIBUTE_DERIVATIVES: "handing on what was made of it",
    Action.HOST: "offering it as a service",
    Action.USE_OUTPUTS_COMMERCIALLY: "commercial use of outputs",
    Action.TRAIN_OTHER_MODELS: "training other models",
}
_FIELDS = (
    *(Action.USE, Action.USE_COMMERCIALLY, Action.HOST),
    *(Action.USE_OUTPUTS_COMMERCIALLY, Action.TRAIN_OTHER_MODELS),
)
_FREEDOMS = (Action.MODIFY, Action.REDISTRIBUTE, Action.DISTRIBUTE_DERIVATIVES)
_LIMITING = {
    RestrictionKind.RESEARCH_ONLY: "for research only",
    RestrictionKind.NON_PRODUCTION: "not in production",
    RestrictionKind.NO_COMPETE: "not to compete with the licensor",
}


@frozen
class _Point:
    """A term that speaks against an answer of yes, or leaves it open."""

    question: OpennessQuestion
    reply: Reply
    term: DecidingTerm


def openness(license: License) -> Openness:  # noqa: A002 - the word of the field
    """Return how open *license* is; give the whole of it, with the policies that it makes part of itself.

    >>> from cleartitle import catalog
    >>> str(openness(catalog.whole(spdx.listed("CC-BY-NC-4.0").id)).level)
    'open-weights-with-limits'
    """
    points = tuple(_points(license))
    derived = (OpennessQuestion.NO_DISCRIMINATION, OpennessQuestion.ANY_FIELD, OpennessQuestion.AI_ACT)
    replies = (_approved(license), *(_reply(question, points) for question in derived))
    return Openness(level=_level(license, {each.question: each.reply for each in replies}), replies=replies)


def _reply(question: OpennessQuestion, points: tuple[_Point, ...]) -> OpennessReply:
    speaking = [point for point in points if point.question is question]
    worst = next((r for r in (Reply.NO, Reply.UNKNOWN) if any(p.reply is r for p in speaking)), Reply.YES)
    deciding = dict.fromkeys(p.term for p in speaking if p.reply in (worst, Reply.YES))
    return OpennessReply(question=question, reply=worst, reasons=tuple(deciding))


def _level(license: License, replies: dict[OpennessQuestion, Reply]) -> OpennessLevel:  # noqa: A002
    terms = license.terms
    if license.kind is Kind.ACCEPTABLE_USE_POLICY:
        return OpennessLevel.UNKNOWN
    if replies.pop(OpennessQuestion.OSI_APPROVED) is Reply.YES:
        return OpennessLevel.OPEN_SOURCE
    if _research_only(terms):
        return OpennessLevel.RESEARCH_ONLY
    if Decision.PROHIBITED in (answer(terms, Action.USE).decision, answer(terms, Action.REDISTRIBUTE).decision):
        return OpennessLevel.CLOSED
    if license.kind is Kind.PROPRIETARY and answer(terms, Action.REDISTRIBUTE).decision is Decision.SILENT:
        return OpennessLevel.CLOSED
    if Reply.NO in replies.values():
        return OpennessLevel.LIMITED
    return OpennessLevel.UNKNOWN if Reply.UNKNOWN in replies.values() else OpennessLevel.OPEN


def _research_only(terms: Terms) -> bool:
    """Return whether research is all that is allowed, whatever one agrees to or registers for."""
    if answer(terms, Action.USE_COMMERCIALLY).decision not in (Decision.PROHIBITED, Decision.SILENT):
        return False
    purposes = {p for g in terms.grants if Action.USE in g.actions for p in g.purposes or (None,)}
    return purposes == {Purpose.RESEARCH} or any(r.kind is RestrictionKind.RESEARCH_ONLY for r in terms.restrictions)


def _approved(license: License) -> OpennessReply:  # noqa: A002
    row = _listed(license)
    if row is None:
        said = DecidingTerm(says="the list of the Open Source Initiative does not have it")
        return OpennessReply(question=OpennessQuestion.OSI_APPROVED, reply=Reply.NO, reasons=(said,))
    said = DecidingTerm(says=f"SPDX list of {spdx.date()}: {'approved' if row.osi else 'not approved'} by OSI")
    reply = Reply.YES if row.osi else Reply.NO
    return OpennessReply(question=OpennessQuestion.OSI_APPROVED, reply=reply, reasons=(said,))


def _listed(license: License) -> spdx.Listed | None:  # noqa: A002
    return spdx.listed(coarse.stands_for(license.id) or license.id) or spdx.listed(license.id)


def _points(license: License) -> Iterator[_Point]:  # noqa: A002
    row = _listed(license)
    if row is not None and row.free:
        who = "the Open Source Initiative approved it" if row.osi else "the Free Software Foundation calls it free"
        for question in tuple(OpennessQuestion)[1:]:
            yield _Point(question, Reply.YES, DecidingTerm(says=who))
        return
    if license.checked is not Checked.TEXT or answer(license.terms, Action.USE).decision is Decision.UNKNOWN:
        unread = DecidingTerm(says="its terms were not checked against a text: limits may be missing")
        yield _Point(OpennessQuestion.NO_DISCRIMINATION, Reply.UNKNOWN, unread)
        yield _Point(OpennessQuestion.ANY_FIELD, Reply.UNKNOWN, unread)
        yield _Point(OpennessQuestion.AI_ACT, Reply.UNKNOWN, unread)
    found = tuple(point for part in _PARTS for point in part(license.terms))
    yield from found
    for point in found:
        if point.question is not OpennessQuestion.AI_ACT:
            yield _for_act(point)


def _for_act(point: _Point) -> _Point:
    """Return what a limit on persons or fields means for the AI Act: a list of forbidden uses leaves it open."""
    listed = point.term.says.startswith("forbids uses")
    return _Point(OpennessQuestion.AI_ACT, Reply.UNKNOWN if listed else point.reply, point.term)


def _of_actions(terms: Terms) -> Iterator[_Point]:
    """Yield the actions that are not simply allowed to all."""
    for question, actions in ((OpennessQuestion.ANY_FIELD, _FIELDS), (OpennessQuestion.AI_ACT, _FREEDOMS)):
        for action in actions:
            said = answer(terms, action)
            clause = said.clauses[0] if said.clauses else None
            match said.decision:
                case Decision.PROHIBITED:
                    yield _point(question, Reply.NO, f"does not allow {_SAY[action]}", clause)
                case Decision.UNKNOWN:
                    yield _point(question, Reply.UNKNOWN, f"{_SAY[action]} is not determined", clause)
                case Decision.SILENT if general_grant(terms) is None:
                    yield _point(question, Reply.UNKNOWN, f"says nothing of {_SAY[action]}", clause)
                case _:
                    yield from _purposes(question, terms, action)


def _purposes(question: OpennessQuestion, terms: Terms, action: Action) -> Iterator[_Point]:
    """Yield where every grant of an action is for some purposes, or for some licensees, only."""
    grants = [g for g in terms.grants if action in g.actions and g.decision is not Decision.SILENT]
    limited = [g for g in grants if (g.purposes and Purpose.COMMERCIAL not in g.purposes) or g.actors]
    if limited and len(limited) == len(grants):
        only = sorted({str(word) for g in limited for word in (*g.purposes, *g.actors)})
        yield _point(question, Reply.NO, f"{_SAY[action]} only for: {', '.join(only)}", limited[0])


def _of_conditions(terms: Terms) -> Iterator[_Point]:
    """Yield the conditions of rights that depend on who one is, how large, or what one does."""
    for condition in terms.conditions:
        yield from _of_condition(condition, condition)
    for grant in terms.grants:
        for condition in grant.conditions:
            yield from _of_condition(condition, grant)


def _of_duties(terms: Terms) -> Iterator[_Point]:
    """Yield the duties that fall on some licensees only: whether that discriminates is for a person to say."""
    for duty in terms.duties:
        if any(thresholds(condition.when) for condition in duty.conditions):
            said = "a duty falls on licensees of a certain size only"
            yield _point(OpennessQuestion.NO_DISCRIMINATION, Reply.UNKNOWN, said, duty)


def _of_condition(condition: Condition, clause: Condition | Grant) -> Iterator[_Point]:
    tests = leaves(condition.when)
    if thresholds(condition.when) or any(isinstance(t, (ByOrganization, ToRecipient)) for t in tests):
        yield _point(OpennessQuestion.NO_DISCRIMINATION, Reply.NO, "depends on size or kind of organization", clause)
    elif any(isinstance(t, (ForUse, ForPurpose)) for t in tests):
        yield _point(OpennessQuestion.ANY_FIELD, Reply.NO, "depends on the purpose of use", clause)
    elif kinds := {kind for a in agreements(condition.when) for kind in a.agreements}:
        free = kinds & {AgreementKind.REGISTRATION, AgreementKind.ACCEPTANCE}
        if free:
            yield _point(OpennessQuestion.AI_ACT, Reply.UNKNOWN, "asks for a registration", clause)
        else:
            touched = not clause.actions or clause.actions & set(_FIELDS)
            question = OpennessQuestion.ANY_FIELD if touched else OpennessQuestion.AI_ACT
            yield _point(question, Reply.NO, "asks for a separate license", clause)
    else:
        yield _point(OpennessQuestion.AI_ACT, Reply.UNKNOWN, "has a condition that only a person can judge", clause)


def _of_limits(terms: Terms) -> Iterator[_Point]:
    for restriction in terms.restrictions:
        yield from _of_restriction(restriction)
    for territory in terms.territories:
        where = ", ".join(listed(territory.excluded or territory.allowed))
        said = f"{'not' if territory.excluded else 'only'} in {where}"
        yield _point(OpennessQuestion.NO_DISCRIMINATION, Reply.NO, said, territory)
    for ending in terms.terminations:
        if ending.on is Ending.LICENSOR_WILL:
            said = "the licensor may end or change it at will"
            yield _point(OpennessQuestion.AI_ACT, Reply.UNKNOWN, said, ending)


def _of_restriction(limit: Restriction) -> Iterator[_Point]:
    if limit.kind is RestrictionKind.NO_REVERSE_ENGINEERING:
        yield _point(OpennessQuestion.AI_ACT, Reply.NO, "forbids to study it by reverse engineering", limit)
    elif limit.kind is not RestrictionKind.PROHIBITED_USES:
        yield _point(OpennessQuestion.ANY_FIELD, Reply.NO, _LIMITING[limit.kind], limit)
    elif named := sorted(_words(limit.uses - {UseCategory.ILLEGAL})):
        more = f" and {len(named) - 3} more" if len(named) > 3 else ""
        said = f"forbids uses: {', '.join(named[:3])}{more}"
        yield _point(OpennessQuestion.ANY_FIELD, Reply.NO, said, limit)
    elif limit.policy:
        yield _point(OpennessQuestion.ANY_FIELD, Reply.NO, f"forbids uses by a policy: {limit.policy}", limit)


def _words(uses: Iterable[UseCategory]) -> list[str]:
    return [use.replace("-", " ") for use in uses]


def _point(question: OpennessQuestion, reply: Reply, says: str, clause: Clause | None) -> _Point:
    place = clause or Clause()
    return _Point(question, reply, DecidingTerm(says=says, section=place.section, anchor=place.anchor))


_PARTS: tuple[Callable[[Terms], Iterator[_Point]], ...] = (_of_actions, _of_conditions, _of_duties, _of_limits)
