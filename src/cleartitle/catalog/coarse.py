"""Terms for the SPDX ids that have no entry of their own: from the id, its category, and what OSI and FSF say.

Such terms are coarse, and say so. What a category cannot tell is unknown, never allowed:

- An id that only says which version may be chosen, or that names the same text once more, has the terms of that text.
- Creative Commons ids spell their elements out: NC, ND, SA.
- What OSI approved or the FSF calls free may be used, also commercially: that is what they check. What is owed when
  it is handed on or served, only the text says; of copyleft it is not known either whether changes owe something.
- Of all others only an element of the id (``Noncommercial``) is certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import evolve

from cleartitle.catalog import spdx
from cleartitle.catalog.expressions import DEPRECATED
from cleartitle.catalog.spdx import Category, Listed
from cleartitle.vocabulary.conditions import Asked
from cleartitle.vocabulary.license import Checked, License
from cleartitle.vocabulary.terms import Condition, Duty, Grant, Terms
from cleartitle.vocabulary.words import Action, Decision, DutyKind, Effect, Kind, LicenseId, Purpose, Trigger

_CC = re.compile(r"CC(?P<by>-BY)?(?P<nc>-NC)?(?:(?P<nd>-ND)|(?P<sa>-SA))?-\d\.\d(?:-[A-Z]+)?")
_SERVED_FREELY = re.compile(r"L?GPL-[12]\.\d-(?:only|or-later)")
_HANDED_ON = frozenset({Trigger.REDISTRIBUTE, Trigger.DISTRIBUTE_DERIVATIVES, Trigger.EMBED})
_RUN = (Action.USE, Action.USE_COMMERCIALLY)
_SHARE = (Action.REDISTRIBUTE, Action.DISTRIBUTE_DERIVATIVES)
_FREELY = (*_RUN, Action.USE_OUTPUTS_COMMERCIALLY)
_KIND = {
    Category.PERMISSIVE: Kind.PERMISSIVE,
    Category.PUBLIC_DOMAIN: Kind.PUBLIC_DOMAIN,
    Category.COPYLEFT: Kind.COPYLEFT,
    Category.COPYLEFT_LIMITED: Kind.WEAK_COPYLEFT,
    Category.PROPRIETARY_FREE: Kind.PROPRIETARY,
}
_COPYLEFT = (Category.COPYLEFT, Category.COPYLEFT_LIMITED)


def stands_for(license_id: LicenseId) -> LicenseId | None:
    """Return the id whose text *license_id* names once more, or None.

    >>> stands_for(LicenseId("GPL-3.0-or-later")), stands_for(LicenseId("OFL-1.1-no-RFN"))
    ('GPL-3.0-only', 'OFL-1.1')
    """
    today = DEPRECATED.get(license_id, license_id).partition(" WITH ")[0]
    plain = re.sub(r"-(?:no-)?invariants-", "-", today).removesuffix("-no-copyleft-exception")
    plain = re.sub(r"-(?:no-)?RFN$", "", re.sub(r"-or-later$", "-only", plain))
    return LicenseId(plain) if plain != license_id else None


def same_text(row: Listed, entry: License) -> License:
    """Return *entry* under the id of *row*, which stands for the same text."""
    remark = f"{row.id} is judged as {entry.id}"
    if row.id.endswith("-or-later") or row.id.endswith("+"):
        remark += ": a later version may be chosen instead, this one always"
    elif " WITH " in DEPRECATED.get(row.id, ""):
        remark += ": what its exception permits besides was not read"
    else:
        remark += ": it names the same text"
    return evolve(entry, id=row.id, name=row.name, hub=(), aliases=(), links=(), remarks=(remark, *entry.remarks))


def coarse(row: Listed) -> License:
    """Return what is known of an SPDX id without its text.

    >>> coarse(spdx.listed("CC-BY-NC-2.5")).kind
    <Kind.NON_COMMERCIAL: 'non-commercial'>
    """
    return License(
        id=row.id,
        name=row.name,
        kind=_kind(row),
        family=row.id.partition("-")[0],
        url=f"https://spdx.org/licenses/{row.id}.html",
        summary=_summary(row),
        advice="Read the text, decide with it what the deployment owes, and keep a copy with its date.",
        checked=Checked.CATEGORY,
        verified=spdx.date(),
        remarks=(f"Coarse: nobody read this text for the catalog. {_basis(row)}.",),
        terms=_terms(row),
    )


def _kind(row: Listed) -> Kind:
    elements = _CC.fullmatch(row.id)
    if _non_commercial(row):
        return Kind.NON_COMMERCIAL
    if elements and not elements["nd"]:
        return Kind.COPYLEFT if elements["sa"] else Kind.ATTRIBUTION_ONLY
    return _KIND.get(row.category, Kind.OTHER)


def _basis(row: Listed) -> str:
    said = [f"its category in ScanCode LicenseDB is {row.category}" if row.category else "it has no category yet"]
    said += ["OSI approved it"] if row.osi else []
    said += ["the FSF calls it free"] if row.fsf else []
    return "What is known: " + ", ".join(said)


def _summary(row: Listed) -> str:
    if _CC.fullmatch(row.id):
        return "Creative Commons, judged by the elements that its id spells out. Read the text before you share."
    if row.free:
        return "Use it, also commercially. What is owed when it is served or handed on was not read: read the text."
    return "Only its category is known, and that does not say what is allowed: read the text."


def _non_commercial(row: Listed) -> bool:
    return bool(re.search(r"-NC\b|Noncommercial", row.id))


def _terms(row: Listed) -> Terms:
    if _CC.fullmatch(row.id):
        return _creative_commons(row)
    if not row.free:
        return _closed(row)
    return _copyleft(row) if row.category in _COPYLEFT else _permissive(row)


def _permissive(row: Listed) -> Terms:
    """Return what a free license without copyleft allows; of no category it may be one with."""
    known = row.category in (Category.PERMISSIVE, Category.PUBLIC_DOMAIN)
    if not known:
        return _copyleft(row)
    return Terms(
        grants=(_allowed((*_FREELY, Action.MODIFY), _free(row), general=True), _handing_on(row, Action.HOST)),
        duties=_duties(DutyKind.ATTRIBUTION, DutyKind.LICENSE_COPY),
    )


def _copyleft(row: Listed) -> Terms:
    note = "some licenses of this kind ask for the source of what is changed or served: the text was not read"
    open_ones = _grant((Action.MODIFY, Action.HOST), Decision.UNKNOWN, note)
    if _SERVED_FREELY.fullmatch(row.id):
        open_ones = _allowed((Action.MODIFY, Action.HOST), "the GPL before version 3 asks nothing of a service")
    kinds = (DutyKind.SHARE_ALIKE, DutyKind.DISCLOSE_SOURCE, DutyKind.LICENSE_COPY, DutyKind.ATTRIBUTION)
    return Terms(
        grants=(_allowed(_FREELY, _free(row)), open_ones, _handing_on(row)),
        duties=_duties(*(kinds if row.category in _COPYLEFT else kinds[2:])),
    )


def _closed(row: Listed) -> Terms:
    note = f"only the category of {row.id} is known; its text was not read"
    if not _non_commercial(row):
        return Terms(grants=(_grant(Action, Decision.UNKNOWN, note),))
    rest = tuple(action for action in Action if action not in _RUN)
    return Terms(grants=(*_only_non_commercial(), _grant(rest, Decision.UNKNOWN, note)))


def _creative_commons(row: Listed) -> Terms:
    has = _CC.fullmatch(row.id)
    assert has, "called for Creative Commons ids only"  # noqa: S101 - for the reader and the type checker
    run = _only_non_commercial() if has["nc"] else (_allowed(_RUN, "no NC in the id", general=True),)
    changes = (Action.MODIFY, Action.DISTRIBUTE_DERIVATIVES)
    changed = (
        _grant(changes, Decision.PROHIBITED, "ND: versions before 4.0 grant no right to change the work")
        if has["nd"]
        else _allowed(changes, "no ND in the id")
    )
    kinds = [DutyKind.LICENSE_COPY, DutyKind.FLOW_DOWN]
    kinds += [DutyKind.ATTRIBUTION, DutyKind.STATE_CHANGES] if has["by"] else []
    kinds += [DutyKind.SHARE_ALIKE] if has["sa"] else []
    return Terms(grants=(*run, changed, _allowed((Action.REDISTRIBUTE,), "")), duties=_duties(*kinds))


def _only_non_commercial() -> tuple[Grant, ...]:
    use = Grant(
        actions=frozenset({Action.USE}),
        decision=Decision.ALLOWED,
        purposes=frozenset({Purpose.NON_COMMERCIAL}),
        note="by its id",
    )
    return use, _grant((Action.USE_COMMERCIALLY,), Decision.PROHIBITED, "by its id")


def _free(row: Listed) -> str:
    return "approved by OSI" if row.osi else "called free by the FSF"


def _handing_on(row: Listed, *more: Action) -> Grant:
    question = f"what does {row.id} ask of who serves it or hands it on? (see https://spdx.org/licenses/{row.id}.html)"
    asked = Condition(when=Asked(question=question), effect=Effect.UNLOCKS, note="the text was not read")
    actions = frozenset({*_SHARE, *more})
    return Grant(actions=actions, decision=Decision.CONDITIONAL, conditions=(asked,), note=_free(row))


def _allowed(actions: Iterable[Action], note: str, *, general: bool = False) -> Grant:
    return Grant(actions=frozenset(actions), decision=Decision.ALLOWED, general=general, note=note)


def _grant(actions: Iterable[Action], decision: Decision, note: str) -> Grant:
    return Grant(actions=frozenset(actions), decision=decision, note=note)


def _duties(*kinds: DutyKind) -> tuple[Duty, ...]:
    return tuple(
        Duty(
            kind=kind,
            on=frozenset({Trigger.DISTRIBUTE_DERIVATIVES})
            if kind in (DutyKind.SHARE_ALIKE, DutyKind.STATE_CHANGES)
            else _HANDED_ON,
            note="usual for its kind; the text was not read",
        )
        for kind in kinds
    )
