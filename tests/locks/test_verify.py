"""``check --locked``: at the locked commits nothing is a surprise, and what is otherwise is a finding."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import huggingface_hub
import pytest
from attrs import evolve

from cleartitle.errors import DataError
from cleartitle.locking.record import lock as locked
from cleartitle.locking.record import record
from cleartitle.locking.verify import commits, verify
from cleartitle.pipeline import check
from cleartitle.report.view import waived_line
from cleartitle.sources.ollama import OllamaRegistry
from cleartitle.sources.pinned import Pinned
from cleartitle.testing.ollama import FixtureOllama, store_model
from cleartitle.vocabulary.analysis import Check
from cleartitle.vocabulary.artifact import Artifact
from cleartitle.vocabulary.lock import Lock
from cleartitle.vocabulary.outcomes import Outcome
from cleartitle.vocabulary.policy import Policy
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.verdict import Finding
from cleartitle.vocabulary.words import LicenseId
from formats.writers import gguf
from locks.conftest import APACHE, FREE, HOSTED, MODEL, TUNED, World

UNKNOWN = "license: other\nlicense_name: poet-9\nbase_model: lab/poet\nbase_model_relation: finetune"


def verified(lock: Lock, answer: Check, model: str = MODEL) -> Check:
    return verify(ModelRef.parse(model), answer, lock, file="cleartitle.lock")


def told(answer: Check) -> list[Finding]:
    return [finding for finding in answer.verdict.findings if finding.rule == "differs-from-lock"]


def test_what_is_as_it_was_locked_is_clear(world: World) -> None:
    answer = verified(world.lock(), world.check())
    assert answer.verdict.outcome is Outcome.CLEAR
    assert told(answer) == []


def test_every_difference_is_a_finding_with_the_path_to_where_it_was_seen(world: World) -> None:
    lock = world.lock()
    world.publish("lab/poet", FREE, LICENSE=APACHE + b"\nNo use on Mondays.\n")
    answer = verified(lock, world.check())
    text = next(f for f in told(answer) if f.subject == "text LICENSE")
    assert [ref.short for ref in text.path] == [MODEL, "lab/poet"]
    assert text.outcome is Outcome.REVIEW
    assert text.evidence[0].path == "cleartitle.lock"
    assert answer.verdict.outcome is Outcome.REVIEW
    assert any("lock it anew" in each.ask for each in answer.verdict.settles)


def test_the_whole_lineage_is_read_at_the_locked_commits(world: World) -> None:
    asked: list[str] = []

    class Ear:
        def fetch(self, ref: ModelRef) -> Artifact:
            asked.append(str(ref))
            return world.source.fetch(ref)

    lock = world.lock()
    (model,) = lock.models
    check(MODEL, HOSTED, source=Pinned(source=Ear(), commits=commits(model)))
    assert sorted(asked) == sorted(f"{a.model}@{a.revision}" for a in model.artifacts)


def test_what_a_person_approved_counts_no_more_and_is_shown(world: World) -> None:
    world.publish(MODEL, UNKNOWN)
    assert world.check().verdict.outcome is Outcome.REVIEW
    answer = verified(world.lock(by="Jane Doe"), world.check())
    assert answer.verdict.outcome is Outcome.CLEAR
    (waived,) = [waived for waived in answer.verdict.waived if waived.finding.rule == "license-unknown"]
    assert waived_line(waived).endswith("approved by Jane Doe")


def test_what_nobody_approved_still_counts(world: World) -> None:
    world.publish(MODEL, UNKNOWN)
    assert verified(world.lock(), world.check()).verdict.outcome is Outcome.REVIEW


def test_a_finding_that_was_not_there_when_a_person_approved_counts(world: World) -> None:
    world.publish(MODEL, UNKNOWN)
    lock = world.lock(by="Jane Doe")
    world.publish("lab/poet", "license: other\nlicense_name: verse-3")
    answer = verified(lock, world.check())
    assert answer.verdict.outcome is Outcome.REVIEW
    assert any("found now" in finding.message for finding in told(answer))


def test_what_the_policy_refuses_now_is_blocked(world: World) -> None:
    lock = world.lock()
    policy = Policy(deny_licenses=frozenset({LicenseId("Apache-2.0")}))
    answer = verified(lock, world.check(policy=policy))
    assert answer.verdict.outcome is Outcome.BLOCKED
    assert any("the policy" in finding.message for finding in told(answer))


def test_a_model_that_nobody_locked_is_for_a_person(world: World) -> None:
    answer = verified(world.lock(), world.check(model="lab/poet"), model="lab/poet")
    assert answer.verdict.outcome is Outcome.REVIEW
    assert [f.message for f in told(answer)] == ["lab/poet is not in cleartitle.lock: nobody has approved it"]


def test_a_model_is_known_however_it_is_capitalized(world: World) -> None:
    answer = world.check()
    assert told(verified(world.lock(), answer, model=MODEL.upper())) == []


def test_a_commit_that_is_not_the_locked_one_is_for_a_person(world: World) -> None:
    lock = world.lock()
    world.publish(MODEL, TUNED, LICENSE=APACHE, config__json=b"{}")
    answer = verified(lock, world.check())
    assert answer.verdict.outcome is Outcome.REVIEW
    assert any("was locked at" in finding.message for finding in told(answer))


def test_the_deployment_of_today_is_no_other_deployment(world: World) -> None:
    lock = world.lock()
    answer = world.check(evolve(HOSTED, today=dt.date(2027, 1, 1)))
    assert told(verified(lock, answer)) == []


def test_a_model_of_ollama_is_read_by_the_digest_of_its_manifest(tmp_path: Path) -> None:
    ref, terms = ModelRef.ollama("poet:1b"), "Use it as you like, but not on Mondays."
    store_model(tmp_path, "poet:1b", model=gguf({"general.name": "Poet"}, b""), license=[terms])
    with FixtureOllama(tmp_path) as running:
        client = OllamaRegistry(endpoint=running.endpoint)
        lock = locked([record(ref, check(ref, HOSTED, source=client))], Policy())
        manifest = next((tmp_path / "manifests").rglob("1b"))
        shutil.copy(manifest, manifest.with_name("older"))  # a registry keeps what it once served
        store_model(tmp_path, "poet:1b", model=gguf({"general.name": "Poet"}, b""), license=[f"{terms} Or Fridays."])
        pinned = Pinned(source=client, commits=commits(lock.models[0]))
        assert told(verified(lock, check(ref, HOSTED, source=pinned), model="ollama:poet:1b")) == []
        now = told(verified(lock, check(ref, HOSTED, source=client), model="ollama:poet:1b"))
        assert any("has changed" in finding.message for finding in now)
    huggingface_hub.close_session()


@pytest.mark.parametrize("revision", ["../../etc", "a/../b", "-x", "main?x=1", "a" * 121, "a b", "\n", "\u0301"])
def test_a_revision_that_is_none_is_never_asked_for(revision: str, world: World) -> None:
    (model,) = world.lock().models
    root, *others = model.artifacts
    with pytest.raises(DataError, match="which is none"):
        commits(evolve(model, artifacts=(evolve(root, revision=revision), *others)))
