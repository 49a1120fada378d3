"""What is on record of a model: enough to see every later change, and nothing that is not public."""

from __future__ import annotations

import hashlib

from cleartitle.locking.record import lock, record
from cleartitle.vocabulary.artifact import Gate, Origin
from cleartitle.vocabulary.outcomes import Outcome
from cleartitle.vocabulary.policy import Policy
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.relations import Relation
from locks.conftest import APACHE, FREE, MODEL, TUNED, World


def test_the_lineage_is_on_record_with_commits_texts_and_fields(world: World) -> None:
    world.publish("lab/poet", FREE, hub={"gated": "auto"}, LICENSE=APACHE)
    (model,) = world.lock().models
    tuned, base = model.artifacts
    assert (tuned.model, base.model) == (f"hf:{MODEL}", "hf:lab/poet")
    assert [len(artifact.revision or "") for artifact in model.artifacts] == [40, 40]
    assert [(b.model, b.relation) for b in tuned.bases] == [("hf:lab/poet", Relation.FINETUNE)]
    assert {field.key: field.values for field in tuned.fields}["license"] == ("apache-2.0",)
    assert (base.gate, base.origin, base.concluded) == (Gate.AUTOMATIC, Origin.LIVE, "Apache-2.0")
    assert tuned.texts[0].sha256 == hashlib.sha256(APACHE).hexdigest()
    assert tuned.texts[0].states == "Apache-2.0"
    assert model.licenses == ("Apache-2.0",)


def test_an_ancestor_that_cannot_be_read_is_on_record_with_the_reason(world: World) -> None:
    world.withdraw("lab/poet")
    (model,) = world.lock().models
    assert model.outcome is Outcome.REVIEW
    assert "lab/poet" in model.artifacts[1].missing


def test_a_long_value_is_kept_as_its_hash(world: World) -> None:
    prompt = "You agree. " * 100
    world.publish(MODEL, f'{TUNED}\nextra_gated_prompt: "{prompt}"')
    (model,) = world.lock().models
    (kept,) = [field.values[0] for field in model.artifacts[0].fields if field.key == "extra_gated_prompt"]
    assert kept == f"sha256:{hashlib.sha256(prompt.strip().encode()).hexdigest()}"


def test_models_and_licenses_are_in_order_and_each_license_is_there_once(world: World) -> None:
    checks = [(name, world.check(model=name)) for name in (MODEL, "lab/poet")]
    made = lock([record(ModelRef.parse(name), check) for name, check in checks], Policy())
    assert [model.model for model in made.models] == ["hf:lab/poet", f"hf:{MODEL}"]
    assert [entry.license for entry in made.licenses] == ["Apache-2.0"]
    assert {part.of for part in made.licenses[0].terms} >= {"grants", "duties"}


def test_a_finding_is_on_record_when_it_leads_to_a_review_only(world: World) -> None:
    world.publish(MODEL, "license: other\nlicense_name: poet-9\nbase_model: lab/poet")
    (model,) = world.lock(by="Jane Doe").models
    assert model.findings
    assert {each.outcome for each in model.findings} == {Outcome.REVIEW}
    assert model.approved_by == "Jane Doe"
