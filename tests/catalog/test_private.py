"""Licenses of one's own: found by id and name, checked as a whole, and never in the place of a shipped one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from cleartitle import catalog
from cleartitle.catalog import private, resolve
from cleartitle.vocabulary.statement import One
from cleartitle.vocabulary.words import LicenseId

OURS = LicenseId("LicenseRef-Acme-Models-1.0")
ENTRY = f"""
id = "{OURS}"
name = "Acme Model License 1.0"
kind = "proprietary"
family = "Acme"
publisher = "Acme Inc."
url = "https://acme.example/model-license"
aliases = ["acme-models"]
summary = "Use it inside the company only."
checked = "knowledge"
verified = 2026-01-31

[[terms.grants]]
actions = ["use", "use-commercially"]
decision = "allowed"
"""

REGISTERED = '{ effect = "unlocks", when = { is = "has-agreement", agreements = ["registration"] } }'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(private.VARIABLE, str(tmp_path))
    private.forget()
    return tmp_path


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    yield
    private.forget()


def mistakes(folder: Path, text: str, name: str = f"{OURS}.toml") -> list[str]:
    (folder / name).write_text(text, encoding="utf-8")
    return [str(mistake) for each in private.look(folder) for mistake in each.mistakes]


def test_it_is_found_by_id_name_alias_and_address(folder: Path) -> None:
    assert mistakes(folder, ENTRY) == []
    assert catalog.get(OURS).publisher == "Acme Inc."
    for said in (
        OURS,
        "Acme Models 1.0",
        "acme model license 1.0",
        "Acme-Models",
        "https://acme.example/model-license",
    ):
        assert resolve.name(said) == One(license=OURS), said
    assert OURS not in catalog.ids()


def test_without_a_folder_there_are_none(folder: Path) -> None:
    folder.rmdir()
    assert private.entries() == {}
    assert private.look(folder) == ()


def test_the_usual_place_is_the_configuration_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(private.VARIABLE, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", "/somewhere")
    assert private.folder() == Path("/somewhere/cleartitle/licenses")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (f'id = "{OURS}"', 'id = "MIT"', "LicenseRef-"),
        ('name = "Acme Model License 1.0"', 'name = "MIT License"', "means MIT already"),
        ('aliases = ["acme-models"]', 'aliases = ["qwen"]', "already"),
        ('aliases = ["acme-models"]', 'aliases = ["modified-mit"]', "already"),
        ('aliases = ["acme-models"]', 'aliases = ["other"]', "names no license"),
        ('aliases = ["acme-models"]', 'hub = ["acme"]', "hub must be empty"),
        ("https://acme.example/model-license", "https://mit-license.org", "means another license already"),
        ('summary = "Use it inside the company only."', "", "summary is missing"),
        ('decision = "allowed"', 'decision = "unknown"', "without a note"),
        ('decision = "allowed"', 'decision = "maybe"', "'maybe' is not a valid Decision"),
        ('actions = ["use", "use-commercially"]', 'actions = ["modify"]', "no grant decides about use"),
        ('decision = "allowed"', f'decision = "conditional"\nconditions = [{REGISTERED}]', "no duty of kind notify-"),
        ('kind = "proprietary"', 'kind = "secret"', "'secret' is not a valid Kind"),
        ("verified = 2026-01-31", 'verified = "last week"', "verified"),
        ('checked = "knowledge"', 'checked = "text"', f"no {OURS}.txt beside it"),
        ('checked = "knowledge"', 'checked = "category"', "must be 'text' or 'knowledge'"),
        ('checked = "knowledge"', 'checked = "knowledge"\ntext = "acme"', "beside the file"),
        ('checked = "knowledge"', 'checked = "knowledge"\nincludes = ["LicenseRef-No"]', "does not have"),
        ('checked = "knowledge"', 'checked = "knowledge"\nincludes = ["MIT"]', "no acceptable-use policy"),
        ("[[terms.grants]]", "[[terms.grants]", "is not TOML"),
        ('family = "Acme"', "", "'family' is missing"),
    ],
)
def test_each_mistake_is_named(folder: Path, old: str, new: str, said: str) -> None:
    broken = ENTRY.replace(old, new)
    assert broken != ENTRY
    assert any(said in mistake for mistake in mistakes(folder, broken)), mistakes(folder, broken)
    with pytest.raises(private.BadPrivateLicenses):
        private.entries()


def test_every_mistake_of_every_file_is_named_at_once(folder: Path) -> None:
    (folder / "LicenseRef-Other.toml").write_text('id = "LicenseRef-Other"\nname = 1\nkind = "x"\n', encoding="utf-8")
    found = mistakes(folder, ENTRY.replace('summary = "Use it inside the company only."', 'hub = ["mit"]'))
    assert len(found) >= 5, found
    with pytest.raises(private.BadPrivateLicenses, match=r"(?s)LicenseRef-Acme.*LicenseRef-Other"):
        private.entries()


def test_a_shipped_entry_is_never_replaced(folder: Path) -> None:
    shipped = LicenseId("LicenseRef-Meta-Llama-3.1-Community")
    found = mistakes(folder, ENTRY.replace(OURS, shipped), f"{shipped}.toml")
    assert any("cannot replace it" in mistake for mistake in found)
    assert catalog.get(shipped).publisher != "Acme Inc."


def test_two_private_licenses_cannot_share_a_name(folder: Path) -> None:
    (folder / "LicenseRef-Acme-Models-2.0.toml").write_text(ENTRY.replace("Models-1.0", "Models-2.0"), encoding="utf-8")
    assert any(f"means {OURS} already" in mistake for mistake in mistakes(folder, ENTRY))


def test_the_text_beside_it_is_compared_anchor_by_anchor(folder: Path) -> None:
    entry = ENTRY.replace('"knowledge"', '"text"') + 'anchor = "for your own internal purposes"\n'
    (folder / f"{OURS}.txt").write_text("You may use the Model\nfor your own INTERNAL purposes.", encoding="utf-8")
    assert mistakes(folder, entry) == []
    (folder / f"{OURS}.txt").write_text("You may use the Model for nothing.", encoding="utf-8")
    assert any("does not stand in the text" in mistake for mistake in mistakes(folder, entry))


def test_hostile_files_are_mistakes_and_nothing_worse(folder: Path) -> None:
    (folder / "LicenseRef-Long.toml").write_bytes(b"a = 1\n" * 200_000)
    (folder / "LicenseRef-Bytes.toml").write_bytes(b"\xff\xfe\x00")
    (folder / "LicenseRef-Deep.toml").write_text("a = " + "[" * 300 + "]" * 300, encoding="utf-8")
    (folder / "LicenseRef-Folder.toml").mkdir()
    os.mkfifo(folder / "LicenseRef-Pipe.toml")
    (folder / "LicenseRef-Endless.toml").symlink_to("/dev/zero")
    looked = private.look(folder)
    assert len(looked) == 6
    assert all(each.mistakes for each in looked)
