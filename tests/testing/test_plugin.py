"""The plugin for pytest as a project uses it: in test runs of their own, in processes of their own."""

from __future__ import annotations

import pytest

from cleartitle import OFFLINE, Deployment
from cleartitle.errors import NotFound
from cleartitle.facts import Channel
from cleartitle.testing import assert_clear
from cleartitle.testing.hub import FixtureHub
from hubs import repository

pytest_plugins = ["pytester"]

FREE = "microsoft/phi-2"
FORBIDDEN = "facebook/nllb-200-distilled-600M"
HOSTED = Deployment(commercial=True, channels=frozenset({Channel.HOSTED}))
COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """Return a project with a deployment, that asks no Hub; its cache has a free model, and one that is not."""
    pytester.makefile(".toml", cleartitle='[deployment]\ncommercial = true\nchannel = ["hosted"]\n')
    pytester.makeini("[pytest]\ncleartitle_offline = true\n")
    monkeypatch.setenv("HF_HOME", str(pytester.path / "hf"))
    monkeypatch.delenv("HF_HUB_CACHE", raising=False)
    for name, front in (("free", "license: mit"), ("bound", "license: cc-by-nc-4.0")):
        snapshot = pytester.path / "hf" / "hub" / f"models--lab--{name}" / "snapshots" / COMMIT
        snapshot.mkdir(parents=True)
        (snapshot / "README.md").write_text(f"---\n{front}\n---\n# {name}\n")
        (snapshot / "config.json").write_text("{}")
    return pytester


def run(project: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    plugin = ("-p", "no:cleartitle", "-p", "cleartitle.testing.plugin", "-p", "no:cacheprovider")
    return project.runpytest_subprocess(*plugin, *arguments)


def load(*names: str) -> str:
    paths = [f"hf/hub/models--lab--{name}/snapshots/{COMMIT}/config.json" for name in names]
    return (
        f"def test_loads():\n    for path in {paths}:\n        with open(path) as stream:\n            stream.read()\n"
    )


def test_a_marker_fails_the_test_before_it_runs(project: pytest.Pytester) -> None:
    project.makepyfile(
        f"""
        import pytest

        @pytest.mark.cleartitle("{FREE}")
        def test_free():
            pass

        @pytest.mark.cleartitle("{FREE}", "{FORBIDDEN}")
        def test_forbidden():
            raise RuntimeError("it ran")

        @pytest.mark.cleartitle("nobody/has-this")
        def test_unknown():
            pass
        """
    )
    done = run(project, "--strict-markers")
    done.assert_outcomes(passed=1, errors=2)
    done.stdout.fnmatch_lines([f"{FORBIDDEN} is not clear: blocked", "nobody/has-this could not be checked: *"])
    assert "it ran" not in done.stdout.str()


def test_the_fixture_judges_by_the_project_s_deployment(project: pytest.Pytester) -> None:
    project.makepyfile(
        f"""
        def test_free(assert_clear):
            assert_clear("{FREE}")

        def test_forbidden(assert_clear):
            assert_clear("{FORBIDDEN}")
        """
    )
    run(project).assert_outcomes(passed=1, failed=1)
    project.makefile(".toml", cleartitle='[deployment]\nresearch = true\ncommercial = false\nchannel = ["internal"]\n')
    run(project).assert_outcomes(passed=2)


def test_a_loaded_model_that_is_not_clear_fails_the_run(project: pytest.Pytester) -> None:
    project.makepyfile(load("free", "bound"))
    done = run(project, "--cleartitle")
    done.assert_outcomes(passed=1)
    assert done.ret == pytest.ExitCode.TESTS_FAILED
    done.stdout.fnmatch_lines(["*models that were loaded*", "lab/bound is not clear: blocked", f"lab/free@{COMMIT}"])


def test_what_the_hub_s_client_downloads_is_a_load(project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    repository(project.path / "served", "new/bound", "license: cc-by-nc-4.0", config__json=b"{}")
    project.makeini("[pytest]\ncleartitle_config = cleartitle.toml\n")
    project.makepyfile(
        """
        def test_loads():
            from huggingface_hub import hf_hub_download

            hf_hub_download("new/bound", "config.json")
        """
    )
    with FixtureHub(project.path / "served") as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.endpoint)
        monkeypatch.setenv("HF_HUB_OFFLINE", "")
        done = run(project, "--cleartitle", "-W", "ignore")
    done.assert_outcomes(passed=1)
    assert done.ret == pytest.ExitCode.TESTS_FAILED
    done.stdout.fnmatch_lines(["new/bound is not clear: blocked"])


def test_what_the_workers_of_xdist_load_counts(project: pytest.Pytester) -> None:
    pytest.importorskip("xdist", reason="pytest-xdist is not installed")
    project.makepyfile(test_one=load("free"), test_two=load("bound"))
    done = run(project, "--cleartitle", "-n", "2")
    assert done.ret == pytest.ExitCode.TESTS_FAILED
    done.stdout.fnmatch_lines(["lab/bound is not clear: blocked", f"lab/free@{COMMIT}"])


def test_loaded_models_that_are_clear_change_nothing(project: pytest.Pytester) -> None:
    project.makepyfile(load("free"))
    done = run(project, "--cleartitle")
    assert done.ret == pytest.ExitCode.OK
    done.stdout.fnmatch_lines([f"lab/free@{COMMIT}"])


def test_what_only_a_check_reads_was_not_loaded(project: pytest.Pytester) -> None:
    project.makepyfile("def test_free(assert_clear):\n    assert_clear('lab/free')\n")
    refs = project.path / "hf" / "hub" / "models--lab--free" / "refs"
    refs.mkdir()
    (refs / "main").write_text(COMMIT)
    done = run(project, "--cleartitle")
    assert done.ret == pytest.ExitCode.OK
    done.stdout.fnmatch_lines(["*models that were loaded*", "none"])


def test_unasked_nothing_is_watched(project: pytest.Pytester) -> None:
    project.makepyfile(load("bound"))
    done = run(project)
    assert done.ret == pytest.ExitCode.OK
    assert "models that were loaded" not in done.stdout.str()


def test_a_mistake_in_the_configuration_is_said(project: pytest.Pytester) -> None:
    project.makepyfile(f"def test_free(assert_clear):\n    assert_clear('{FREE}')\n")
    project.makefile(".toml", cleartitle="[deployment]\ncomercial = true\n")
    done = run(project)
    done.assert_outcomes(failed=1)
    done.stdout.fnmatch_lines(["*comercial*"])


def test_the_assertion_says_what_stands_against_a_model() -> None:
    assert_clear(FREE, HOSTED, source=OFFLINE)
    with pytest.raises(AssertionError, match="is not clear: blocked") as caught:
        assert_clear(FORBIDDEN, HOSTED, source=OFFLINE)
    assert "\n- " in str(caught.value)


def test_the_assertion_lets_no_model_pass_that_cannot_be_read() -> None:
    with pytest.raises(NotFound):
        assert_clear("nobody/has-this", HOSTED, source=OFFLINE)


def test_the_plugin_is_light(pytester: pytest.Pytester) -> None:
    code = "import sys, cleartitle.testing.plugin; print(sorted(sys.modules))"
    done = pytester.run("python", "-c", code)
    loaded = done.stdout.str()
    for heavy in ("attr", "cattrs", "click", "huggingface_hub", "yaml"):
        assert f"'{heavy}'" not in loaded
