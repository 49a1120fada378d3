"""What the fixture Hub refuses, and to whom; old names."""

from __future__ import annotations

from pathlib import Path

import pytest
from huggingface_hub import hf_hub_download
from huggingface_hub.errors import (
    DisabledRepoError,
    GatedRepoError,
    HfHubHTTPError,
    RemoteEntryNotFoundError,
    RepositoryNotFoundError,
)

from cleartitle.testing.hub import FixtureHub
from testing.helpers import client, write


@pytest.mark.parametrize(("token", "status"), [(None, 401), ("signed-in", 404)])
def test_a_missing_repository(hub: FixtureHub, token: str | None, status: int) -> None:
    with pytest.raises(RepositoryNotFoundError) as caught:
        client(hub, token).model_info("acme/absent")
    assert caught.value.response.status_code == status


def test_a_missing_file_is_remembered_for_the_commit(hub: FixtureHub) -> None:
    with pytest.raises(RemoteEntryNotFoundError) as caught:
        hf_hub_download("acme/base", "absent", endpoint=hub.endpoint, token=False)
    assert caught.value.response.headers["X-Repo-Commit"] == client(hub).model_info("acme/base").sha


def test_a_gate_closes_the_files_and_not_the_metadata(hub: FixtureHub) -> None:
    def download(token: str | None) -> str:
        path = hf_hub_download("vendor/gated", "LICENSE", endpoint=hub.endpoint, token=token or False)
        return Path(path).read_text(encoding="utf-8")

    assert client(hub).model_info("vendor/gated", files_metadata=True).gated == "manual"
    for token, status in ((None, 401), ("signed-in", 403)):
        with pytest.raises(GatedRepoError) as caught:
            download(token)
        assert caught.value.response.status_code == status
    with pytest.raises(GatedRepoError):
        client(hub).list_repo_commits("vendor/gated")
    assert download("let-in") == "ask first\n"


def test_a_private_repository_is_missing_to_others(root: Path) -> None:
    write(root, {"acme/quant/.hub.json": {"private": True}})
    with FixtureHub(root, tokens={"owner": ["*"]}) as hub:
        with pytest.raises(RepositoryNotFoundError):
            client(hub).model_info("acme/quant")
        assert "acme/quant" not in {model.id for model in client(hub).list_models()}
        assert client(hub, "owner").model_info("acme/quant").private is True
        assert "acme/quant" in {model.id for model in client(hub, "owner").list_models()}


def test_a_bad_token_is_refused_even_where_none_is_needed(hub: FixtureHub) -> None:
    with pytest.raises(HfHubHTTPError, match="Invalid credentials") as caught:
        client(hub, "mistyped").model_info("acme/base")
    assert caught.value.response.status_code == 401
    assert not isinstance(caught.value, RepositoryNotFoundError)


def test_without_a_list_of_tokens_any_signs_in_and_opens_nothing(root: Path) -> None:
    with FixtureHub(root) as hub:
        assert client(hub).whoami(token="anything")["name"] == "fixture"
        with pytest.raises(GatedRepoError):
            hf_hub_download("vendor/gated", "LICENSE", endpoint=hub.endpoint, token="anything")


def test_tokens_are_not_recorded(hub: FixtureHub) -> None:
    client(hub, "signed-in").model_info("acme/base")
    client(hub).model_info("acme/base")
    assert [seen.has_authorization for seen in hub.requests] == [True, False]
    assert "signed-in" not in repr((hub.requests, vars(hub)))


@pytest.mark.parametrize("old", ["older/base", "acme/BASE", "base"])
def test_old_names_lead_to_the_new_one(root: Path, old: str) -> None:
    write(root, {"acme/base/.hub.json": {"renamed_from": ["older/base", "base"]}})
    with FixtureHub(root) as hub:
        assert client(hub).model_info(old, expand=["sha"]).id == "acme/base"
        assert [(seen.status, seen.path, seen.query) for seen in hub.requests] == [
            (307, f"/api/models/{old}", "expand=sha"),
            (200, "/api/models/acme/base", "expand=sha"),
        ]
        path = hf_hub_download(old, "LICENSE", endpoint=hub.endpoint, token=False)
        assert Path(path).read_text(encoding="utf-8") == "The license of the base.\n"


def test_a_disabled_repository_keeps_its_metadata(root: Path) -> None:
    write(root, {"acme/base/.hub.json": {"disabled": True}})
    with FixtureHub(root) as hub:
        assert client(hub).model_info("acme/base").disabled is True
        with pytest.raises(DisabledRepoError):
            client(hub).list_repo_commits("acme/base")
