"""What a lock notices: every change upstream that matters, in words, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from cleartitle.locking.compare import differences
from cleartitle.vocabulary.artifact import Origin
from cleartitle.vocabulary.deployment import Deployment
from cleartitle.vocabulary.lock import Difference, Digest, Lock, LockedArtifact, LockedField, Subject
from cleartitle.vocabulary.outcomes import Outcome
from cleartitle.vocabulary.policy import Policy
from cleartitle.vocabulary.words import Channel, Kind
from locks.conftest import APACHE, FREE, HOSTED, MODEL, TUNED, Publish, World
from strategies import of

CLOSED = {"gated": "manual"}


def by_subject(found: tuple[Difference, ...]) -> dict[Subject, list[str]]:
    told: dict[Subject, list[str]] = {}
    for each in found:
        told.setdefault(each.subject, []).append(each.message)
    return told


def test_the_same_is_no_difference(world: World) -> None:
    assert differences(world.lock(), world.lock()) == ()


def test_a_new_commit_with_nothing_about_the_license_is_only_worth_knowing(world: World) -> None:
    before = world.lock()
    world.publish("lab/poet", FREE, LICENSE=APACHE, config__json=b'{"layers": 2}')
    found = differences(before, world.lock())
    assert [(each.subject, each.outcome) for each in found] == [(Subject.COMMIT, Outcome.CLEAR)]
    assert "nothing in it about its license has changed" in found[0].message


def _merged(world: World) -> None:
    world.publish("other/bard", "license: cc-by-nc-4.0")
    world.publish(MODEL, f"{FREE}\nbase_model: [lab/poet, other/bard]", LICENSE=APACHE)


def _rooted(world: World) -> None:
    world.publish("old/verse", "license: gpl-3.0")
    world.publish("lab/poet", f"{FREE}\nbase_model: old/verse", LICENSE=APACHE)


CHANGES: dict[str, tuple[Publish, Subject, str]] = {
    "license text": (
        lambda w: w.publish("lab/poet", FREE, LICENSE=APACHE + b"\nNot for Mondays: no use on Mondays.\n"),
        Subject.TEXT,
        "LICENSE of lab/poet has changed",
    ),
    "license text gone": (lambda w: w.publish("lab/poet", FREE), Subject.TEXT, "LICENSE of lab/poet is gone"),
    "a use policy": (
        lambda w: w.publish("lab/poet", FREE, LICENSE=APACHE, USE_POLICY__md=b"Do no harm."),
        Subject.TEXT,
        "USE_POLICY.md of lab/poet is new",
    ),
    "tag": (
        lambda w: w.publish("lab/poet", "license: cc-by-nc-4.0", LICENSE=APACHE),
        Subject.FIELD,
        "the card of lab/poet stated license: apache-2.0, and states cc-by-nc-4.0 now",
    ),
    "tag of an unknown license": (
        lambda w: w.publish("lab/poet", "license: other\nlicense_name: poet-1", LICENSE=APACHE),
        Subject.FIELD,
        "the card of lab/poet states license_name now: poet-1",
    ),
    "gate": (
        lambda w: w.publish("lab/poet", FREE, hub=CLOSED, LICENSE=APACHE),
        Subject.GATE,
        "lab/poet grants access by hand",
    ),
    "another base": (
        _merged,
        Subject.ANCESTOR,
        "other/bard is a new ancestor of u/poet-tuned",
    ),
    "a base further back": (
        _rooted,
        Subject.ANCESTOR,
        "old/verse is a new ancestor of lab/poet",
    ),
    "no base": (
        lambda w: w.publish(MODEL, FREE, LICENSE=APACHE),
        Subject.ANCESTOR,
        "lab/poet is no longer an ancestor (it was of u/poet-tuned (finetune))",
    ),
    "another relation": (
        lambda w: w.publish(MODEL, TUNED.replace("finetune", "quantized"), LICENSE=APACHE),
        Subject.BASE,
        "u/poet-tuned was made from lab/poet by finetune, and is said now to be by quantized",
    ),
    "an ancestor gone": (lambda w: w.withdraw("lab/poet"), Subject.ACCESS, "lab/poet can no longer be read"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_upstream_is_told_in_words_and_asks_for_a_person(name: str, world: World) -> None:
    change, subject, words = CHANGES[name]
    before = world.lock()
    change(world)
    found = differences(before, world.lock())
    told = [each for each in found if each.subject is subject and words in each.message]
    assert told, [each.message for each in found]
    assert all(each.outcome.rank() >= Outcome.REVIEW.rank() for each in told)
    assert all(each.model == f"hf:{MODEL}" for each in found)


def test_a_license_that_forbids_the_use_now_blocks(world: World) -> None:
    before = world.lock()
    world.publish("lab/poet", "license: cc-by-nc-4.0")
    told = by_subject(differences(before, world.lock()))
    assert told[Subject.VERDICT] == ["the verdict was clear, and is blocked now"]
    assert "the license of lab/poet was Apache-2.0, and is CC-BY-NC-4.0 now" in told[Subject.CONCLUDED]
    worst = max((each.outcome for each in differences(before, world.lock())), key=Outcome.rank)
    assert worst is Outcome.BLOCKED


def test_what_gets_better_is_told_and_asks_for_nobody(world: World) -> None:
    world.publish("lab/poet", FREE, hub=CLOSED, LICENSE=APACHE)
    before = world.lock()
    world.publish("lab/poet", FREE, LICENSE=APACHE)
    found = {each.subject: each for each in differences(before, world.lock())}
    assert found[Subject.GATE].outcome is Outcome.CLEAR
    assert found[Subject.GATE].message == "lab/poet is open to everybody now; access had to be asked for"


def test_another_deployment_and_another_policy_are_told(world: World) -> None:
    before = world.lock()
    inside = Deployment(commercial=True, channels=frozenset({Channel.INTERNAL}))
    strict = Policy(name="strict", deny_kinds=frozenset({Kind.COPYLEFT}))
    told = by_subject(differences(before, world.lock(inside, strict)))
    assert told[Subject.DEPLOYMENT] == ["the deployment is not the one that was approved: channels"]
    assert told[Subject.POLICY] == ["the policy is 'strict' now, and was 'unnamed'"]


def test_a_new_duty_is_told(world: World) -> None:
    before = world.lock()
    shipped = evolve(HOSTED, channels=frozenset({Channel.WEIGHTS}))
    told = by_subject(differences(before, world.lock(shipped)))
    assert "the duty 'license copy' is owed now (Apache-2.0)" in told[Subject.DUTY]


def test_another_reading_of_the_catalog_is_told_by_the_kind_of_term(world: World) -> None:
    before = world.lock()
    (entry,) = before.licenses
    terms = tuple(Digest(of=each.of, sha256="0") if each.of == "duties" else each for each in entry.terms)
    told = differences(evolve(before, licenses=(evolve(entry, terms=terms),)), before)
    assert [each.message for each in told] == ["the catalog reads Apache-2.0 otherwise than when it was locked: duties"]
    assert told[0].outcome is Outcome.REVIEW


def test_another_version_alone_is_only_worth_knowing(world: World) -> None:
    before = world.lock()
    told = differences(evolve(before, tool="cleartitle 0.0.9"), before)
    assert [(each.subject, each.outcome) for each in told] == [(Subject.TOOL, Outcome.CLEAR)]


def test_of_pinned_commits_another_one_is_a_fault(world: World) -> None:
    before = world.lock()
    world.publish("lab/poet", FREE, LICENSE=APACHE, config__json=b"{}")
    told = by_subject(differences(before, world.lock(), pinned=True))
    assert "lab/poet was locked at" in told[Subject.COMMIT][0]


def test_a_base_that_is_still_an_ancestor_is_told_as_a_base(world: World) -> None:
    _rooted(world)
    world.publish(MODEL, f"{FREE}\nbase_model: [lab/poet, old/verse]\nbase_model_relation: merge", LICENSE=APACHE)
    before = world.lock()
    world.publish(MODEL, f"{FREE}\nbase_model: [lab/poet]\nbase_model_relation: merge", LICENSE=APACHE)
    now = world.lock()
    gone = "u/poet-tuned no longer says that it was made from old/verse (merge)"
    assert gone in by_subject(differences(before, now))[Subject.BASE]
    assert (
        "u/poet-tuned says now that it was made from old/verse (merge)"
        in by_subject(differences(now, before))[Subject.BASE]
    )


def test_an_ancestor_that_can_be_read_now_is_told_with_its_license(world: World) -> None:
    world.withdraw("lab/poet")
    before = world.lock()
    world.publish("lab/poet", FREE, LICENSE=APACHE)
    told = by_subject(differences(before, world.lock()))
    assert told[Subject.ACCESS] == ["lab/poet could not be read when it was locked, and can be now: Apache-2.0"]
    assert any("no longer found" in each for each in told[Subject.FINDING])


def test_a_policy_file_that_is_no_license_and_changes_is_told(world: World) -> None:
    world.publish("lab/poet", FREE, LICENSE=APACHE, USE_POLICY__md=b"Do no harm.")
    before = world.lock()
    world.publish("lab/poet", FREE, LICENSE=APACHE, USE_POLICY__md=b"Do good.")
    told = by_subject(differences(before, world.lock()))
    assert told[Subject.TEXT] == ["USE_POLICY.md of lab/poet has changed, and is still read as no license"]


def test_a_duty_that_is_gone_is_only_worth_knowing(world: World) -> None:
    before = world.lock(evolve(HOSTED, channels=frozenset({Channel.WEIGHTS})))
    found = [each for each in differences(before, world.lock()) if each.subject is Subject.DUTY]
    assert "the duty 'license copy' is no longer owed (Apache-2.0)" in {each.message for each in found}
    assert {each.outcome for each in found} == {Outcome.CLEAR}


def changed(lock: Lock, change: Callable[[LockedArtifact], LockedArtifact]) -> Lock:
    """Return the lock with other facts of its model."""
    (model,) = lock.models
    root, *others = model.artifacts
    return evolve(lock, models=(evolve(model, artifacts=(change(root), *others)),))


def test_facts_of_another_day_are_never_compared_as_if_they_were_the_files(world: World) -> None:
    before = world.lock()
    now = changed(before, lambda a: evolve(a, origin=Origin.ATLAS, revision=None, texts=(), fields=(), concluded="MIT"))
    (found,) = differences(before, now)
    assert (found.subject, found.outcome) == (Subject.ACCESS, Outcome.REVIEW)
    assert "only from the atlas: its files were not compared" in found.message


def test_the_cache_may_stand_in_for_the_hub_at_the_same_commit(world: World) -> None:
    before = world.lock()
    cached = changed(before, lambda a: evolve(a, origin=Origin.CACHE, texts=()))
    assert differences(before, cached) == ()
    assert differences(cached, changed(before, lambda a: evolve(a, origin=Origin.CACHE))) == ()


def test_facts_of_the_atlas_are_compared_with_each_other(world: World) -> None:
    before = changed(world.lock(), lambda a: evolve(a, origin=Origin.ATLAS, revision=None, texts=()))
    now = changed(before, lambda a: evolve(a, fields=(LockedField(key="license", values=("mit",)),)))
    assert "states mit now" in by_subject(differences(before, now))[Subject.FIELD][-1]


def test_another_statement_asks_for_a_person_unless_the_commit_is_the_same(world: World) -> None:
    before = changed(world.lock(), lambda a: evolve(a, declared=("README.md: MIT",)))
    now = changed(before, lambda a: evolve(a, declared=("README.md: ISC",)))
    messages = ["of u/poet-tuned is no longer said: README.md: MIT", "of u/poet-tuned is said now: README.md: ISC"]
    same = differences(before, now)
    assert ([each.message for each in same], {each.outcome for each in same}) == (messages, {Outcome.CLEAR})
    moved = [
        each
        for each in differences(before, changed(now, lambda a: evolve(a, revision="f" * 40)))
        if each.message in messages
    ]
    assert {each.outcome for each in moved} == {Outcome.REVIEW}


def test_another_reading_of_the_same_files_says_so(world: World) -> None:
    before = world.lock()
    (found,) = differences(before, changed(before, lambda a: evolve(a, concluded="MIT")))
    assert "(from the same files: cleartitle reads them otherwise)" in found.message


@given(lock=of(Lock))
@settings(max_examples=50)
def test_no_lock_differs_from_itself(lock: Lock) -> None:
    once = {model.model: model for model in lock.models}
    same = evolve(lock, models=tuple(once.values()))
    assert differences(same, same) == ()


@given(data=st.data())
@settings(max_examples=50)
def test_whatever_differs_is_said_of_a_model_that_both_have(data: st.DataObject) -> None:
    before, now = data.draw(of(Lock)), data.draw(of(Lock))
    both = {model.model for model in before.models} & {model.model for model in now.models}
    assert {each.model for each in differences(before, now)} <= {"", *both}
