"""``cleartitle.toml`` and ``[tool.cleartitle]``: what holds for which model, and every mistake at once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from cleartitle import policies
from cleartitle.configuration import Configuration, find, load
from cleartitle.errors import DataError, ManyDataErrors
from cleartitle.vocabulary.policy import Unsettled
from cleartitle.vocabulary.words import Action, Channel, Kind, LicenseId, RestrictionKind

WHOLE = """
[deployment]
commercial = true
channel = ["hosted"]
users = "2M"

[policy]
name = "ours"
extends = "commercial-hosted"
deny_kinds = ["copyleft"]
deny_licenses = ["llama3.1"]
review_origins = ["China"]
unknown = "blocked"

[[model]]
name = "lab/*"
channel = ["internal"]

[[model]]
name = "lab/base"
users = 5

[[waiver]]
model = "lab/base"
rule = "relicensed"
reason = "asked them"
owner = "Jane Doe"
expires = 2027-01-31
license = "gemma"
"""


def written(folder: Path, text: str, name: str = "cleartitle.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def mistakes(folder: Path, text: str) -> dict[str, str]:
    """Return what is wrong with a file: the key, the words."""
    with pytest.raises(ManyDataErrors) as caught:
        load(written(folder, text))
    return {error.path: error.message for error in caught.value.errors}


def test_a_whole_file(tmp_path: Path) -> None:
    found = load(written(tmp_path, WHOLE))
    policy = found.policy
    assert (policy.name, policy.unknown) == ("ours", Unsettled.BLOCKED)
    assert policy.deny_kinds == {Kind.COPYLEFT}
    assert policy.deny_licenses == {"LicenseRef-Meta-Llama-3.1-Community"}
    assert policy.review_origins == {"CN"}
    assert Action.HOST in policy.require_grants  # of the preset that it extends
    assert policy.deny_restrictions == {RestrictionKind.RESEARCH_ONLY, RestrictionKind.NON_PRODUCTION}
    (waiver,) = policy.waivers
    assert waiver.expires == dt.date(2027, 1, 31)
    assert waiver.license == "LicenseRef-Google-Gemma-Terms-2025-03-24"


def test_a_model_has_facts_of_its_own_over_those_of_all_and_flags_are_over_both(tmp_path: Path) -> None:
    found = load(written(tmp_path, WHOLE))

    def facts(model: str, over: dict[str, object] | None = None) -> tuple[object, int]:
        made = found.deployment(model, over=over)
        return made.channels, made.figures[0].value

    assert facts("other/model") == ({Channel.HOSTED}, 2_000_000)
    assert facts("Lab/other") == ({Channel.INTERNAL}, 2_000_000)
    assert facts("lab/base") == ({Channel.INTERNAL}, 5)
    assert facts("lab/base", {"channel": ["weights"], "users": 9}) == ({Channel.WEIGHTS}, 9)
    assert found.deployment("lab/base").production is True  # presumed by the preset


def test_a_preset_in_place_of_the_table_keeps_waivers_and_facts(tmp_path: Path) -> None:
    found = load(written(tmp_path, WHOLE), named="no-copyleft")
    assert found.policy.name == "no-copyleft"
    assert not found.policy.deny_licenses
    assert found.policy.waivers
    assert found.deployment().commercial is True


def test_every_mistake_is_named_at_once_with_its_key(tmp_path: Path) -> None:
    found = mistakes(
        tmp_path,
        """
        baseline = "gone.json"
        [polcy]
        [deployment]
        usres = 3
        domicile = "Atlantis"
        [policy]
        extends = "no-copylft"
        deny_kinds = ["copyleft", "copylefty"]
        deny_licenses = ["Foo-9"]
        review_origins = ["Narnia"]
        unknown = "perhaps"
        denny = 1
        [[model]]
        chanel = 1
        [[waiver]]
        rule = "relicensd"
        reason = " "
        owner = "Jane Doe"
        expires = "soon"
        until = 3
        """,
    )
    assert set(found) == {
        "",
        "deployment",
        "deployment.domicile",
        "policy",
        "policy.extends",
        "policy.deny_kinds[1]",
        "policy.deny_licenses",
        "policy.review_origins",
        "policy.unknown",
        "model[0]",
        "model[0].name",
        "waiver[0]",
        "waiver[0].model",
        "waiver[0].rule",
        "waiver[0].reason",
        "waiver[0].expires",
        "baseline",
    }
    assert "did you mean 'policy'" in found[""]
    assert "did you mean 'users'" in found["deployment"]
    assert "did you mean 'copyleft'" in found["policy.deny_kinds[1]"]
    assert "did you mean 'relicensed'" in found["waiver[0].rule"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("model = 3", "model"),
        ("waiver = [3]", "waiver"),
        ("policy = 3", "policy"),
        ("deployment = []", "deployment"),
        ("baseline = 3", "baseline"),
        ("[policy]\nextends = 3", "policy.extends"),
        ("[policy]\nallow_kinds = 'copyleft'", "policy.allow_kinds"),
        ("[policy]\nwaivers = []", "policy"),
        ("[deployment]\nproduct_users = 9\ngroup_users = 3", "deployment"),
        ("[deployment]\nproduct_users = 9\n[[model]]\nname = 'a/b'\ngroup_users = 3", "model[0]"),
    ],
)
def test_a_wrong_shape_names_its_key(text: str, key: str, tmp_path: Path) -> None:
    assert key in mistakes(tmp_path, text)


def test_a_name_without_a_version_means_all_versions_in_a_policy_and_none_in_a_waiver(tmp_path: Path) -> None:
    found = load(written(tmp_path, "[policy]\ndeny_licenses = ['grok2-community']"))
    firsts = {LicenseId(f"LicenseRef-xAI-Grok-2-Community-{which}") for which in ("first", "second")}
    assert firsts < found.policy.deny_licenses
    waiver = "model = 'a/b'\nrule = 'relicensed'\nreason = 'r'\nowner = 'o'\nexpires = 2027-01-01\n"
    assert "waiver[0].license" in mistakes(tmp_path, f"[[waiver]]\n{waiver}license = 'grok2-community'")


def test_a_policy_that_extends_itself_ends(tmp_path: Path) -> None:
    written(tmp_path, "[policy]\nextends = './a.toml'", "a.toml")
    assert "policy.extends" in mistakes(tmp_path, "[policy]\nextends = './a.toml'")


def test_pyproject_is_read_where_it_has_the_table(tmp_path: Path) -> None:
    assert find(tmp_path) is None
    project = written(tmp_path, "[project]\nname = 'x'\n", "pyproject.toml")
    assert find(tmp_path) is None
    written(tmp_path, "[tool.cleartitle.deployment]\ncommercial = true\n", "pyproject.toml")
    assert find(tmp_path) == project
    assert load(project).deployment().commercial is True
    own = written(tmp_path, "[deployment]\ncommercial = false\n")
    assert find(tmp_path) == own


@pytest.mark.parametrize("data", [b"\xff", b"[", b"x = " + b"[" * 5000, b" " * 1_000_001])
def test_what_is_no_toml_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "cleartitle.toml"
    path.write_bytes(data)
    with pytest.raises(DataError):
        load(path)


def test_no_file_states_nothing() -> None:
    assert load(None) == Configuration()


@pytest.mark.parametrize("name", policies.names())
def test_every_preset_is_right_and_says_what_it_is_for(name: str) -> None:
    found = load(None, named=name)
    assert found.policy.name == name
    assert found.policy.summary.endswith(".")
    found.deployment()
