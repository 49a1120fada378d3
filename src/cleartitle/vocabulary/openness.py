"""How open a license is: what follows from its terms, and which of them decided it."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen


class OpennessLevel(StrEnum):
    """How open what stands under a license is, as far as the license goes."""

    OPEN_SOURCE = "open-source"
    """Approved by the Open Source Initiative."""
    OPEN = "open"
    """Not approved by OSI, but free to use, change and hand on, by anybody and for any purpose."""
    LIMITED = "open-weights-with-limits"
    """To be had and handed on, but not by everybody, not for every purpose, or not everywhere."""
    RESEARCH_ONLY = "research-only"
    """For research, education or evaluation and nothing else."""
    CLOSED = "closed"
    """May not be used, or not be handed on."""
    UNKNOWN = "unknown"
    """What decides it is not known."""


class OpennessQuestion(StrEnum):
    """What is asked of a license."""

    OSI_APPROVED = "osi-approved"
    """Is it on the list of the Open Source Initiative?"""
    NO_DISCRIMINATION = "no-discrimination"
    """Does it hold for every person and group? (Open Source Definition, 5)"""
    ANY_FIELD = "any-field-of-use"
    """Does it hold for every field of endeavor? (Open Source Definition, 6)"""
    AI_ACT = "eu-ai-act-free-and-open-source"
    """Is it free and open-source as the exemptions of the EU AI Act ask? (Regulation (EU) 2024/1689, 2(12) and 53(2))

    That is: may everybody use, change and hand on the model without such limits? The exemption asks for more than the
    license: weights, architecture and information on use made public, no money taken, no systemic risk.
    """


class Reply(StrEnum):
    """The reply to an `OpennessQuestion`."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@frozen(kw_only=True)
class DecidingTerm:
    """A term that decided a reply.

    >>> from cleartitle import catalog
    >>> from cleartitle.openness import openness
    >>> reply = openness(catalog.whole("CC-BY-NC-4.0")).replies[2]
    >>> reply.reasons[0].says, reply.reasons[0].section
    ('use only for: non-commercial', '2(a)(1)')
    """

    says: str
    section: str = ""
    """Where it stands in the license."""
    anchor: str = ""
    """A few words that find it there."""


@frozen(kw_only=True)
class OpennessReply:
    """The reply to one question, with what decided it.

    >>> from cleartitle import catalog
    >>> from cleartitle.openness import openness
    >>> [(str(each.question), str(each.reply)) for each in openness(catalog.whole("CC-BY-NC-4.0")).replies[:2]]
    [('osi-approved', 'no'), ('no-discrimination', 'yes')]
    """

    question: OpennessQuestion
    reply: Reply
    reasons: tuple[DecidingTerm, ...] = ()


@frozen(kw_only=True)
class Openness:
    """How open a license is.

    >>> from cleartitle import catalog
    >>> from cleartitle.openness import openness
    >>> openness(catalog.whole("Apache-2.0")).reply(OpennessQuestion.OSI_APPROVED)
    <Reply.YES: 'yes'>
    """

    level: OpennessLevel
    replies: tuple[OpennessReply, ...]

    def reply(self, question: OpennessQuestion) -> Reply:
        """Return the reply to *question*."""
        return next(each.reply for each in self.replies if each.question is question)
