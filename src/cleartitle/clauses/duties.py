"""Duties: what is owed, when, and with which words."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from cleartitle.clauses.language import shape
from cleartitle.clauses.layout import Document
from cleartitle.clauses.names import displayed, named, notice
from cleartitle.clauses.quotes import evidence
from cleartitle.clauses.scan import Hit, Hits
from cleartitle.clauses.thresholds import Found
from cleartitle.vocabulary.conditions import AnyOf, Test
from cleartitle.vocabulary.terms import Condition, Duty
from cleartitle.vocabulary.words import DutyKind, Effect, Level, NameRule, Place, Role, Trigger

MAX_KEPT = 4
"""Clauses of one kind that are shown; the first say it all."""
_ADVISED = shape("duties.advised")
_OWED = shape("duties.owed")
_TRIGGERS = (
    (Trigger.EMBED, shape("duties.triggers-embed")),
    (Trigger.HOST, shape("duties.triggers-host")),
    (Trigger.DISTRIBUTE_DERIVATIVES, shape("duties.triggers-distribute-derivatives")),
    (Trigger.PUBLICATION, shape("duties.triggers-publication")),
    (Trigger.PUBLISH_OUTPUT, shape("duties.triggers-publish-output")),
)
_TRAINED = shape("duties.triggers-train")
_MARKED = frozenset({DutyKind.ATTRIBUTION, DutyKind.LICENSE_COPY})
_PLACES = (
    (Place.WEBSITE, shape("duties.places-website")),
    (Place.USER_INTERFACE, shape("duties.places-user-interface")),
    (Place.BLOG, shape("duties.places-blog")),
    (Place.ABOUT_PAGE, shape("duties.places-about-page")),
    (Place.DOCUMENTATION, shape("duties.places-documentation")),
    (Place.MODEL_CARD, shape("duties.places-model-card")),
    (Place.OTHER, shape("duties.places-other")),
)
_SHOWN = ("source-named", "words-displayed", "credit-line", "credit-line-zh", "credit-listed-zh")
"""The patterns of attribution that is shown, not only kept."""
_BEGINS = shape("duties.begins")
_THEIRS, _FREED = shape("duties.theirs"), shape("duties.freed")
_FILLED_IN, _BARE = shape("duties.name-filled-in"), shape("duties.name-bare")
MAX_AFTER = 40
"""Characters after what is owed in which a text says that it is not."""
_CONDITIONAL = frozenset({DutyKind.DISCLOSE_AI})


def duties(document: Document, hits: Hits, limits: tuple[Found, ...]) -> Iterator[Duty]:
    """Yield what the text asks for, kind by kind."""
    for kind in DutyKind:
        found = tuple(hit for hit in hits.get(f"duty.{kind.value}", ()) if not _of_nobody(hit))
        if kind is DutyKind.KEEP_NAME_OFF and "duty.derivative-name" in hits:
            continue  # the name is asked for: the ban beside it has that exception
        made = _once(kind, [_duty(document, kind, hit, limits) for hit in _first(found)])
        owed = [duty for duty in made if duty.level is Level.OWED]
        yield from (
            (owed[:MAX_KEPT] or made[:1])
            if not owed
            else [*owed[:MAX_KEPT], *(d for d in made if d.level is Level.RECOMMENDED)][:MAX_KEPT]
        )
    yield from _trained(document, hits)


def _once(kind: DutyKind, made: list[Duty]) -> list[Duty]:
    """Return the duties, a name that is asked for twice (in two languages) once."""
    if kind is not DutyKind.DERIVATIVE_NAME:
        return made
    on = {duty.words: frozenset[Trigger]().union(*(d.on for d in made if d.words == duty.words)) for duty in made}
    return [evolve(d, on=on[d.words]) for d in {duty.words: duty for duty in reversed(made)}.values()][::-1]


def _of_nobody(hit: Hit) -> bool:
    """Tell whether the licensee owes nothing here: the licensor does, or the text says that it need not be."""
    text, start = hit.passage.text, hit.start
    who = list(_THEIRS.finditer(text[: hit.end]))
    if who and who[-1]["them"] and who[-1].end() >= start - MAX_AFTER:
        return True
    return _FREED.search(text, start, hit.end + MAX_AFTER) is not None


def _first(found: tuple[Hit, ...]) -> list[Hit]:
    seen: dict[int, Hit] = {}
    for hit in found:
        seen.setdefault(hit.passage.start, hit)
    return list(seen.values())


def _duty(document: Document, kind: DutyKind, hit: Hit, limits: tuple[Found, ...]) -> Duty:
    conditions = tuple(
        _condition(document, f) for f in limits if f.effect is Effect.ADDS_DUTY and f.passage == hit.passage
    )
    words = _words(document, kind, hit)
    places = _places(kind, hit) if words or kind is DutyKind.ATTRIBUTION else frozenset()
    said = hit.passage.text
    return Duty(
        kind=kind,
        on=_on(kind, hit),
        level=_level(hit),
        words=words,
        places=places,
        every_place=len(places) > 1 and " or " not in said and "或" not in said,
        name_rule=_name_rule(kind, hit),
        conditions=conditions if kind is DutyKind.ATTRIBUTION else (),
        exempt=_exempt(said),
        section=hit.passage.section,
        evidence=(evidence(document, hit.passage, hit.start, hit.end),),
    )


def _condition(document: Document, found: Found) -> Condition:
    return Condition(
        when=either(found),
        effect=Effect.ADDS_DUTY,
        section=found.passage.section,
        evidence=(evidence(document, found.passage, found.start, found.end),),
    )


def either(found: Found) -> Test:
    """Return the test that any of the thresholds is passed."""
    return found.thresholds[0] if len(found.thresholds) == 1 else AnyOf(tests=found.thresholds)


def _level(hit: Hit) -> Level:
    before = hit.passage.before(hit.start)[-240:]
    advised = [m.end() for m in _ADVISED.finditer(before)]
    owed = [m.end() for m in _OWED.finditer(before + hit.said)]
    return Level.RECOMMENDED if advised and (not owed or owed[-1] <= advised[-1]) else Level.OWED


def _on(kind: DutyKind, hit: Hit) -> frozenset[Trigger]:
    base = frozenset(hit.compiled.pattern.on or (Trigger.REDISTRIBUTE,))
    if Trigger.TRAIN_AND_DISTRIBUTE in base and not _TRAINED.search(hit.passage.before(len(hit.passage.text))):
        base -= {Trigger.TRAIN_AND_DISTRIBUTE}
    if kind not in _MARKED:
        return base
    said = hit.passage.before(len(hit.passage.text))
    return base | {trigger for trigger, words in _TRIGGERS if words.search(said)}


def _words(document: Document, kind: DutyKind, hit: Hit) -> tuple[str, ...]:
    if kind is DutyKind.ATTRIBUTION and hit.compiled.pattern.name in _SHOWN:
        return displayed(hit)
    if kind is DutyKind.NOTICE:
        return notice(document, hit)
    return _name(hit) if kind is DutyKind.DERIVATIVE_NAME else ()


def _name(hit: Hit) -> tuple[str, ...]:
    """Return the word that a derivative's name must hold, without what is to be filled in: "Acme" of "Acme-<name>"."""
    words = named(hit)
    if not words:
        bare = _BARE.search(hit.passage.plain, hit.start, hit.end)
        words = (bare[0],) if bare else ()
    return tuple(_FILLED_IN.sub("", word) or word for word in words)


def _places(kind: DutyKind, hit: Hit) -> frozenset[Place]:
    if kind is DutyKind.NOTICE:
        return frozenset({Place.NOTICE_FILE})
    if hit.compiled.pattern.name not in _SHOWN:
        return frozenset()
    return frozenset(place for place, words in _PLACES if words.search(hit.passage.text))


def _name_rule(kind: DutyKind, hit: Hit) -> NameRule | None:
    if kind is not DutyKind.DERIVATIVE_NAME:
        return None
    return NameRule.BEGINS_WITH if _BEGINS.search(hit.passage.text) else NameRule.CONTAINS


def _exempt(said: str) -> frozenset[Role]:
    return frozenset({Role.END_USER}) if "not apply to end user" in said or "不适用于最终用户" in said else frozenset()


def _trained(document: Document, hits: Hits) -> Iterator[Duty]:
    """Yield the duties on models that were trained with this one."""
    for hit in hits.get("signal.training-marked", ())[:2]:
        duty = _duty(document, DutyKind.ATTRIBUTION, hit, ())
        words = displayed(hit)
        listed = not words and hit.passage.text.endswith((" to", ":"))
        if listed or (words and not any("name" in part for part in hit.passage.text.split(words[0].lower())[1:2])):
            yield evolve(duty, on=frozenset({Trigger.TRAIN_AND_DISTRIBUTE}), words=words)
