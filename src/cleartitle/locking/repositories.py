"""What differs in a repository: its commit, gate, texts, card and bases."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from cleartitle.vocabulary.artifact import Gate, Origin
from cleartitle.vocabulary.lock import Difference, LockedArtifact, LockedBase, LockedText, Subject
from cleartitle.vocabulary.outcomes import Outcome

_WHOLE = (Origin.LIVE, Origin.FOLDER)
"""Origins that show all files."""


@frozen(kw_only=True)
class Pair:
    """An artifact as it was locked and as it is."""

    model: str
    before: LockedArtifact
    now: LockedArtifact
    pinned: bool
    """Whether the locked commit was asked for: another one is then no news, but a fault."""

    @property
    def name(self) -> str:
        """How the artifact is called, without its scheme where it is a Hub's."""
        return plainly(self.now.model)

    @property
    def same_commit(self) -> bool:
        """Whether both are of one commit, so that its files are the same."""
        return bool(self.before.revision) and self.before.revision == self.now.revision

    def say(
        self,
        subject: Subject,
        message: str,
        *,
        outcome: Outcome = Outcome.REVIEW,
        item: str = "",
        before: str = "",
        now: str = "",
    ) -> Difference:
        """Return a difference that was seen at this artifact."""
        return Difference(
            subject=subject,
            model=self.model,
            artifact=self.now.model,
            item=item,
            message=message,
            before=before,
            now=now,
            outcome=outcome,
        )


def plainly(model: str) -> str:
    """Return a reference as people say it.

    >>> plainly("hf:lab/poet"), plainly("ollama:poet")
    ('lab/poet', 'ollama:poet')
    """
    return model.removeprefix("hf:")


def repository(pair: Pair) -> Iterator[Difference]:
    """Yield what differs in a repository."""
    before, now = pair.before, pair.now
    if before.missing or now.missing:
        yield from _reach(pair)
        return
    if before.origin in _WHOLE and now.origin not in _WHOLE and not pair.same_commit:
        said = f"{pair.name} could not be read as it is now, only from {_from(now)}: its files were not compared"
        yield pair.say(Subject.ACCESS, said, before=str(before.origin), now=str(now.origin))
        return
    found = [*_gate(pair), *_contents(pair), *_concluded(pair)]
    yield from _commit(pair, quiet=not found)
    yield from found


def _from(artifact: LockedArtifact) -> str:
    return {Origin.ATLAS: "the atlas", Origin.CACHE: "the local cache"}.get(artifact.origin or Origin.LIVE, "elsewhere")


def _reach(pair: Pair) -> Iterator[Difference]:
    before, now = pair.before, pair.now
    if now.missing and not before.missing:
        yield pair.say(Subject.ACCESS, f"{pair.name} can no longer be read: {now.missing}", now=now.missing)
    elif before.missing and not now.missing:
        said = f"{pair.name} could not be read when it was locked, and can be now: {now.concluded}"
        yield pair.say(Subject.ACCESS, said, before=before.missing, now=now.concluded)


def _gate(pair: Pair) -> Iterator[Difference]:
    before, now = pair.before.gate, pair.now.gate
    if before is now or not _both_whole(pair):
        return
    said = {
        Gate.OPEN: f"{pair.name} is open to everybody now; access had to be asked for",
        Gate.AUTOMATIC: f"{pair.name} asks for acceptance of its terms before its files can be loaded",
        Gate.MANUAL: f"{pair.name} grants access by hand: its publisher decides who may load its files",
    }[now]
    outcome = Outcome.CLEAR if now is Gate.OPEN else Outcome.REVIEW
    yield pair.say(Subject.GATE, said, outcome=outcome, before=str(before), now=str(now))


def _both_whole(pair: Pair) -> bool:
    return pair.before.origin in _WHOLE and pair.now.origin in _WHOLE


def _commit(pair: Pair, *, quiet: bool) -> Iterator[Difference]:
    before, now = pair.before.revision, pair.now.revision
    if not before or before == now or (now is None and not pair.pinned):
        return
    if pair.pinned:
        said = f"{pair.name} was locked at {before[:12]}, and was read at {now[:12] if now else 'no known commit'}"
        yield pair.say(Subject.COMMIT, said, before=before, now=now or "")
        return
    still = ", and nothing in it about its license has changed" if quiet else ""
    said = f"{pair.name} has moved on from {before[:12]} to {(now or '')[:12]}{still}"
    yield pair.say(Subject.COMMIT, said, outcome=Outcome.CLEAR, before=before, now=now or "")


def _contents(pair: Pair) -> Iterator[Difference]:
    if not _both_whole(pair) and pair.before.origin is not pair.now.origin:
        return
    yield from _texts(pair)
    yield from _fields(pair)
    yield from _declared(pair)


def _texts(pair: Pair) -> Iterator[Difference]:
    before = {text.path: text for text in pair.before.texts}
    now = {text.path: text for text in pair.now.texts}
    chance = pair.same_commit and not _both_whole(pair)  # which files a cache has of a commit
    for path in sorted(before.keys() & now.keys() if chance else before.keys() | now.keys()):
        old, new = before.get(path), now.get(path)
        if old and new and old.sha256 == new.sha256:
            continue
        said = f"{path} of {pair.name} {_text(old, new)}"
        yield pair.say(Subject.TEXT, said, item=path, before=old.sha256 if old else "", now=new.sha256 if new else "")


def _text(old: LockedText | None, new: LockedText | None) -> str:
    if new is None:
        return f"is gone (it was read as {_read_as(old)})"
    if old is None:
        return f"is new, and is read as {_read_as(new)}"
    if old.states == new.states:
        return f"has changed, and is still read as {_read_as(new)}"
    return f"has changed: it was read as {_read_as(old)}, and is read as {_read_as(new)} now"


def _read_as(text: LockedText | None) -> str:
    return (text.states if text else "") or "no license"


def _fields(pair: Pair) -> Iterator[Difference]:
    before = {field.key: ", ".join(field.values) for field in pair.before.fields}
    now = {field.key: ", ".join(field.values) for field in pair.now.fields}
    for key in sorted({*before, *now}):
        old, new = before.get(key), now.get(key)
        if old == new:
            continue
        if new is None:
            said = f"the card of {pair.name} no longer states {key} (it was {old})"
        elif old is None:
            said = f"the card of {pair.name} states {key} now: {new}"
        else:
            said = f"the card of {pair.name} stated {key}: {old}, and states {new} now"
        yield pair.say(Subject.FIELD, said, item=key, before=old or "", now=new or "")


def _declared(pair: Pair) -> Iterator[Difference]:
    """Yield other statements; of the same commit only the reading can have changed, and the conclusion shows that."""
    outcome = Outcome.CLEAR if pair.same_commit else Outcome.REVIEW
    before, now = set(pair.before.declared), set(pair.now.declared)
    for each in sorted(before - now):
        said = f"of {pair.name} is no longer said: {each}"
        yield pair.say(Subject.DECLARED, said, outcome=outcome, item=each, before=each)
    for each in sorted(now - before):
        yield pair.say(Subject.DECLARED, f"of {pair.name} is said now: {each}", outcome=outcome, item=each, now=each)


def _concluded(pair: Pair) -> Iterator[Difference]:
    before, now = pair.before.concluded, pair.now.concluded
    if before != now:
        why = " (from the same files: cleartitle reads them otherwise)" if pair.same_commit else ""
        said = f"the license of {pair.name} was {before}, and is {now} now{why}"
        yield pair.say(Subject.CONCLUDED, said, before=before, now=now)


def bases(pair: Pair, known: frozenset[str]) -> Iterator[Difference]:
    """Yield what differs in the bases of an artifact; what is no part of both lineages (*known*) is told elsewhere."""
    if pair.now.missing or pair.before.missing:
        return
    before, now = set(pair.before.bases), set(pair.now.bases)
    for base in sorted(before ^ now, key=_order):
        if base.model.casefold() not in known:
            continue
        other = next(
            (b for b in (before | now) - {base} if b.model == base.model and (b in now) is (base in before)), None
        )
        if other is None:
            verb = "no longer says that it was" if base in before else "says now that it was"
            said = f"{pair.name} {verb} made from {plainly(base.model)} ({base.relation})"
            yield pair.say(Subject.BASE, said, item=base.model)
        elif base in before:
            said = f"{pair.name} was made from {plainly(base.model)} by {base.relation}, and is said now to be by"
            yield pair.say(
                Subject.BASE,
                f"{said} {other.relation}",
                item=base.model,
                before=str(base.relation),
                now=str(other.relation),
            )


def _order(base: LockedBase) -> tuple[str, str]:
    return base.model, base.relation
