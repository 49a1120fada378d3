"""The published schemas: up to date, and true of what the package writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from cleartitle import atlas, catalog
from cleartitle.errors import DataError
from cleartitle.pipeline import check
from cleartitle.serial.convert import plain, read
from cleartitle.serial.schema import FOLDER, PUBLISHED, main, schema
from cleartitle.sources.chain import OFFLINE
from cleartitle.vocabulary.analysis import Bound, Check, TermsAnswer
from cleartitle.vocabulary.deployment import UNSTATED, Deployment, Figure
from cleartitle.vocabulary.words import WORLD, Channel, LicenseId, Metric, Region
from strategies import of

VALIDATORS = {name: Draft202012Validator(schema(name), format_checker=FormatChecker(("date",))) for name in PUBLISHED}
MODELS = atlas.names()[::300]
SHIPPING = Deployment(
    commercial=True,
    domicile=Region("DE"),
    offered_in=frozenset({WORLD}),
    channels=frozenset({Channel.WEIGHTS, Channel.HOSTED}),
    figures=Figure.for_all(Metric.MONTHLY_ACTIVE_USERS, 1_000_000),
)


def written(value: object) -> Any:
    return json.loads(json.dumps(plain(value)))


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_published_file_is_up_to_date(name: str, tmp_path: Path) -> None:
    main([str(tmp_path)])
    published = Path(__file__).parents[2] / FOLDER / f"{name}.json"
    assert published.read_text(encoding="utf-8") == (tmp_path / f"{name}.json").read_text(encoding="utf-8"), (
        "run python -m cleartitle.serial.schema"
    )


@pytest.mark.parametrize("name", PUBLISHED)
def test_it_is_a_schema(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))


@pytest.mark.parametrize("deployment", [UNSTATED, SHIPPING], ids=["unstated", "shipping"])
@pytest.mark.parametrize("model", MODELS)
def test_real_answers_are_valid_and_can_be_read_back(model: str, deployment: Deployment) -> None:
    answer = check(model, deployment, source=OFFLINE)
    VALIDATORS["check"].validate(written(answer))
    VALIDATORS["analysis"].validate(written(answer.analysis))
    VALIDATORS["check"].validate(written(evolve(answer, analysis=answer.analysis.slim())))
    assert read(written(answer), Check, where="answer") == answer


@pytest.mark.parametrize("license_id", catalog.ids())
def test_every_license_of_the_catalog_is_valid(license_id: LicenseId) -> None:
    VALIDATORS["license"].validate(written(catalog.get(license_id)))
    VALIDATORS["terms"].validate(written(TermsAnswer(licenses=(Bound(license=catalog.whole(license_id)),))))


@pytest.mark.parametrize("name", PUBLISHED)
@given(data=st.data())
@settings(max_examples=50)
def test_every_value_is_valid(name: str, data: st.DataObject) -> None:
    VALIDATORS[name].validate(written(data.draw(of(PUBLISHED[name]))))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "permissve"),
        ("verified", "yesterday"),
        ("hub", "mit"),
        ("hub", [1]),
        ("nickname", "x"),
        ("name", None),
        ("terms", {"grants": [{"actions": [], "decision": "allowed"}]}),
        ("terms", {"grants": [{"decision": "allowed"}]}),
        ("terms", {"conditions": [{"effect": "ends", "when": {"is": "rain"}}]}),
        ("terms", {"conditions": [{"effect": "ends", "when": {"question": "is it raining?"}}]}),
        ("terms", {"conditions": [{"effect": "ends", "when": {"is": "all-of", "tests": []}}]}),
    ],
)
def test_what_the_schema_refuses_is_refused_when_read(field: str, value: object) -> None:
    broken = written(catalog.get(LicenseId("MIT"))) | {field: value}
    assert not VALIDATORS["license"].is_valid(broken)
    with pytest.raises(DataError):
        read(broken, PUBLISHED["license"], where="MIT")


def test_versions_come_first_even_though_they_are_defaults() -> None:
    answer = check("microsoft/phi-2", UNSTATED, source=OFFLINE)
    assert list(written(answer))[:2] == ["schema_version", "tool"]
    assert list(written(answer)["analysis"])[:2] == ["schema_version", "tool"]


def test_an_answer_of_another_schema_version_is_refused() -> None:
    answer = written(check("microsoft/phi-2", UNSTATED, source=OFFLINE)) | {"schema_version": 2}
    assert not VALIDATORS["check"].is_valid(answer)
    with pytest.raises(DataError, match="schema_version"):
        read(answer, Check, where="answer")
