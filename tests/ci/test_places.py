"""The files by which others run cleartitle do what they say: they are parsed and run as they stand."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from cleartitle.testing.hub import FixtureHub
from hubs import repository

ROOT = Path(__file__).parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
SPEC, JOBS = yaml.safe_load_all((ROOT / "ci" / "gitlab.yml").read_text(encoding="utf-8"))
CLEAR, FORBIDDEN, OPEN = "lab/free", "lab/bound", "lab/unclear"
STATED = '[deployment]\ncommercial = true\nchannel = ["hosted"]\n'


class Project:
    """A project in a folder of its own, before a Hub of its own, with the command as the places would find it."""

    def __init__(self, folder: Path, hub: FixtureHub) -> None:
        self.folder, self.hub = folder, hub
        self.temp = folder.parent / "runner"
        programs = self.temp / "cleartitle" / "bin"
        programs.mkdir(parents=True)
        program = programs / "cleartitle"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cleartitle "$@"\n')
        program.chmod(0o755)
        self._variables = {
            **{key: value for key, value in os.environ.items() if not key.startswith(("HF_", "CLEARTITLE"))},
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "HF_ENDPOINT": hub.endpoint,
            "HF_HOME": str(folder.parent / "hf"),
            "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1",
        }

    def uses(self, *models: str) -> None:
        """Let the program of the project load these models."""
        lines = [f'AutoModel.from_pretrained("{model}")' for model in models]
        (self.folder / "app.py").write_text("\n".join(["from transformers import AutoModel", *lines, ""]))

    def run(self, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run a command in the folder of the project."""
        environment = {**self._variables, **variables}
        return subprocess.run(
            command, capture_output=True, text=True, cwd=self.folder, env=environment, check=False, timeout=100
        )


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    root = tmp_path / "hub"
    repository(root, CLEAR, "license: mit")
    repository(root, FORBIDDEN, "license: cc-by-nc-4.0")
    repository(root, OPEN, "license: other\nlicense_name: free-for-all-1")
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "cleartitle.toml").write_text(STATED)
    with FixtureHub(root) as hub:
        made = Project(folder, hub)
        made.uses(CLEAR)
        yield made


# The GitHub Action


def steps() -> dict[str, Mapping[str, Any]]:
    return {step["id"]: step for step in ACTION["runs"]["steps"]}


def act(project: Project, **inputs: str) -> tuple[subprocess.CompletedProcess[str], dict[str, str], str]:
    """Run the step that checks; return what it printed, its outputs and its summary."""
    given = {name: str(each.get("default", "")) for name, each in ACTION["inputs"].items()} | {
        name.replace("_", "-"): value for name, value in inputs.items()
    }
    step = steps()["check"]
    variables = {
        key: given[value.removeprefix("${{ inputs.").removesuffix(" }}")] for key, value in step["env"].items()
    }
    outputs, summary = project.temp / "outputs", project.temp / "summary"
    for file in (outputs, summary):
        file.write_text("")
    files = {"RUNNER_TEMP": str(project.temp), "GITHUB_OUTPUT": str(outputs), "GITHUB_STEP_SUMMARY": str(summary)}
    done = project.run("bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"], **variables, **files)
    told = dict(line.split("=", 1) for line in outputs.read_text().splitlines())
    return done, told, summary.read_text(encoding="utf-8")


def sarif(project: Project, name: str = "cleartitle.sarif") -> dict[str, Any]:
    found: dict[str, Any] = json.loads((project.folder / name).read_text(encoding="utf-8"))
    return found


def test_the_action_scans_the_project_and_passes_when_all_is_clear(project: Project) -> None:
    done, outputs, summary = act(project)
    assert (done.returncode, done.stderr) == (0, "")
    assert outputs == {"exit-code": "0", "sarif": "cleartitle.sarif"}
    assert CLEAR in summary
    assert sarif(project)["version"] == "2.1.0"
    assert "::error" not in done.stdout


def test_the_action_annotates_and_fails_when_a_model_is_blocked(project: Project) -> None:
    project.uses(CLEAR, FORBIDDEN)
    done, outputs, summary = act(project)
    assert done.returncode == 1
    assert outputs["exit-code"] == "1"
    assert "::error " in done.stdout
    assert "app.py" in done.stdout
    assert FORBIDDEN in summary
    assert any(result["level"] == "error" for result in sarif(project)["runs"][0]["results"])


@pytest.mark.parametrize(
    ("model", "fail_on", "code"),
    [
        (OPEN, "review", 3),
        (OPEN, "blocked", 0),
        (OPEN, "never", 0),
        (FORBIDDEN, "blocked", 1),
        (FORBIDDEN, "never", 0),
        ("lab/none", "never", 4),
        (CLEAR, "sometimes", 2),
    ],
)
def test_what_fails_the_job_is_the_user_s_choice(model: str, fail_on: str, code: int, project: Project) -> None:
    done, _, _ = act(project, models=model, fail_on=fail_on)
    assert done.returncode == code, done.stderr


def test_the_action_verifies_a_lock(project: Project) -> None:
    assert project.run("cleartitle", "lock", CLEAR).returncode == 0
    assert act(project, lock="cleartitle.lock")[0].returncode == 0
    lock = project.folder / "cleartitle.lock"
    lock.write_text(lock.read_text().replace('"concluded": "MIT"', '"concluded": "ISC"'))
    done, _, _ = act(project, lock="cleartitle.lock")
    assert done.returncode == 3
    assert "was ISC, and is MIT now" in done.stdout


HOSTILE = '--output=pwned\nexit-code=0\n$(touch pwned)`touch pwned`"; touch pwned; "\n*'


@pytest.mark.parametrize("where", ["models", "scan", "config", "policy", "lock", "sarif", "fail_on"])
def test_no_input_is_ever_run_or_taken_for_an_option(where: str, project: Project) -> None:
    done, outputs, _ = act(project, **{where: HOSTILE})
    assert not (project.folder / "pwned").exists()
    assert outputs.get("exit-code", str(done.returncode)) == str(done.returncode)


def test_no_step_of_the_action_interpolates_what_others_wrote() -> None:
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step["run"]
        assert step["shell"] == "bash"
        assert subprocess.run(["bash", "-n", "-c", step["run"]], check=False, capture_output=True).returncode == 0


def test_every_input_is_described_used_and_has_a_default() -> None:
    used = {value for step in ACTION["runs"]["steps"] for value in step["env"].values()}
    for name, each in ACTION["inputs"].items():
        assert each["description"]
        assert "default" in each
        assert f"${{{{ inputs.{name} }}}}" in used


# pre-commit


@pytest.mark.parametrize(("model", "code"), [(CLEAR, 0), (FORBIDDEN, 1), (OPEN, 3)])
def test_the_scan_hook_stops_what_is_not_clear(model: str, code: int, project: Project) -> None:
    project.uses(model)
    done = project.run(*shlex.split(HOOKS["cleartitle-scan"]["entry"]))
    assert done.returncode == code
    assert model in done.stdout


def test_the_lock_hook_verifies_the_lock(project: Project) -> None:
    command = shlex.split(HOOKS["cleartitle-locked"]["entry"])
    assert project.run(*command).returncode == 2
    project.run("cleartitle", "lock", CLEAR)
    assert project.run(*command).returncode == 0
    (project.folder / "cleartitle.toml").write_text(STATED.replace("hosted", "weights"))
    assert project.run(*command).returncode == 3


def test_hooks_are_as_pre_commit_wants_them() -> None:
    for hook in HOOKS.values():
        assert {"id", "name", "entry", "language"} <= hook.keys()
        assert hook["pass_filenames"] is False


# GitLab


def gitlab(project: Project, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run the script of the job, with the inputs put where GitLab puts them."""
    given = {name: str(each.get("default", "")) for name, each in SPEC["spec"]["inputs"].items()} | {
        name.replace("_", "-"): value for name, value in inputs.items()
    }
    (job,) = JOBS.values()
    variables = {
        key: given[value.removeprefix("$[[ inputs.").removesuffix(" ]]")] for key, value in job["variables"].items()
    }
    return project.run("sh", "-e", "-c", "\n".join(job["script"]), **variables)


@pytest.mark.parametrize(
    ("models", "fail_on", "code"),
    [
        ("", "review", 0),
        (f"{CLEAR}\n{FORBIDDEN}", "review", 1),
        (OPEN, "review", 3),
        (OPEN, "blocked", 0),
        (FORBIDDEN, "never", 0),
        ("--output=pwned", "review", 2),
        ("$(touch pwned)", "review", 2),
    ],
)
def test_the_gitlab_job_checks_and_leaves_a_test_report(models: str, fail_on: str, code: int, project: Project) -> None:
    done = gitlab(project, models=models, fail_on=fail_on)
    assert done.returncode == code, done.stderr
    assert not (project.folder / "pwned").exists()
    if code != 2:
        assert ET.parse(project.folder / "cleartitle.xml").getroot().tag == "testsuites"  # noqa: S314 - our own


def test_the_gitlab_job_verifies_a_lock(project: Project) -> None:
    assert gitlab(project, lock="cleartitle.lock").returncode == 2
    project.run("cleartitle", "lock", CLEAR)
    assert gitlab(project, lock="cleartitle.lock").returncode == 0


def test_nothing_but_variables_takes_an_input_of_the_gitlab_job() -> None:
    (job,) = JOBS.values()
    for line in (*job["before_script"], *job["script"]):
        assert "$[[" not in line


# The page that shows them

PAGE = (ROOT / "docs" / "how-to" / "run-it-everywhere.md").read_text(encoding="utf-8")
BLOCKS = [yaml.safe_load(block) for block in re.findall(r"^```yaml\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)]


def test_the_page_shows_what_is_there() -> None:
    github, gitlab_, hooks = BLOCKS
    (own,) = [s for s in github["jobs"]["models"]["steps"] if s.get("uses", "").startswith("cleartitle/")]
    assert own["with"].keys() <= ACTION["inputs"].keys()
    assert gitlab_["include"][0]["inputs"].keys() <= SPEC["spec"]["inputs"].keys()
    assert {hook["id"] for hook in hooks["repos"][0]["hooks"]} == HOOKS.keys()
