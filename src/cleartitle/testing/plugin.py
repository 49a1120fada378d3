"""The plugin for pytest: the models that a test suite needs and loads are clear, or it fails.

- ``@pytest.mark.cleartitle("owner/name")``: the test fails, before it runs, unless the model is clear.
- The fixture ``assert_clear``: the same for a name that the test finds out.
- ``pytest --cleartitle``: every model whose files the tests open in the cache of the Hub's client is checked at the
  end, at the commit that was opened; one that is not clear fails the run.

Deployment and policy are those of ``cleartitle.toml``, or ``[tool.cleartitle]``, in the root folder of the tests, or of
the file that the setting ``cleartitle_config`` names; ``cleartitle_offline = true`` asks no Hub.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cleartitle.testing.loads import Loads

if TYPE_CHECKING:
    from cleartitle.configuration import Configuration
    from cleartitle.sources.interface import Source

_OPTION = "--cleartitle"
_OUTPUT = "cleartitle_loads"


class _Desk:
    """Knows the configuration of the project, checks each model once, and watches what is loaded."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._said: dict[str, str] = {}
        self._setup: tuple[Configuration, Source] | None = None
        self._unclear: list[str] = []
        self.loads = Loads()

    def objection(self, ref: str) -> str:
        """Return why a model is not clear; nothing where it is."""
        if ref not in self._said:
            with self.loads.paused():
                self._said[ref] = self._check(ref)
        return self._said[ref]

    def _check(self, ref: str) -> str:
        from cleartitle.errors import ClearTitleError
        from cleartitle.guard import NotClear, require
        from cleartitle.testing.words import explained
        from cleartitle.vocabulary.reference import ModelRef

        try:
            stated, source = self._setup = self._setup or self._read()
            meant = ModelRef.parse(ref)
            today = dt.datetime.now(tz=dt.UTC).date()
            require(meant, stated.deployment(meant.name, today=today), policy=stated.policy, source=source)
        except NotClear as error:
            return explained(error)
        except ClearTitleError as error:
            return f"{ref} could not be checked: {error}" + (f" ({error.advice})" if error.advice else "")
        return ""

    def _read(self) -> tuple[Configuration, Source]:
        from cleartitle.configuration import find, load
        from cleartitle.sources.chain import Chain
        from cleartitle.sources.shared import Shared

        root = Path(self._config.rootpath)
        named = str(self._config.getini("cleartitle_config"))
        offline = bool(self._config.getini("cleartitle_offline"))
        return load(root / named if named else find(root)), Shared(Chain(offline=offline))

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: object) -> None:
        """Take over what a worker of pytest-xdist has seen."""
        output: object = getattr(node, "workeroutput", None)
        if isinstance(output, dict):
            self.loads.add(str(ref) for ref in output.get(_OUTPUT, ()))

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Check what was loaded; a model that is not clear fails a run that was good otherwise."""
        if not self._config.getoption(_OPTION):
            return
        output: object = getattr(self._config, "workeroutput", None)
        if isinstance(output, dict):  # of pytest-xdist: the run that started this one checks
            output[_OUTPUT] = list(self.loads.models)
            return
        self._unclear = [said for ref in self.loads.models if (said := self.objection(ref))]
        if self._unclear and session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say which models were loaded, and what stands against them."""
        if not self._config.getoption(_OPTION):
            return
        terminalreporter.section("models that were loaded")
        for ref in self.loads.models or ("none",):
            said = self._said.get(ref, "")
            terminalreporter.line(said or ref, red=bool(said))


_KEY = pytest.StashKey[_Desk]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option and the settings."""
    group = parser.getgroup("cleartitle")
    group.addoption(_OPTION, action="store_true", help="fail if a model that the tests load is not clear")
    parser.addini("cleartitle_config", "file with the deployment and the policy", default="")
    parser.addini("cleartitle_offline", "ask no Hub: only the local cache and the atlas", type="bool", default=False)


def pytest_configure(config: pytest.Config) -> None:
    """Announce the marker, and begin to watch where that was asked for."""
    config.addinivalue_line("markers", "cleartitle(ref, ...): fail unless the deployment of these models is clear")
    desk = config.stash[_KEY] = _Desk(config)
    config.pluginmanager.register(desk, "cleartitle-desk")
    if config.getoption(_OPTION):
        desk.loads.start()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Fail a test whose marker names a model that is not clear."""
    refs = [str(ref) for marker in item.iter_markers("cleartitle") for ref in marker.args]
    said = [objection for ref in refs if (objection := item.config.stash[_KEY].objection(ref))]
    if said:
        pytest.fail("\n".join(said), pytrace=False)


@pytest.fixture(scope="session")
def assert_clear(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Return an assertion that the project's deployment of a model, given by its reference, is clear."""

    def check(ref: str) -> None:
        __tracebackhide__ = True
        said = request.config.stash[_KEY].objection(ref)
        if said:
            raise AssertionError(said)

    return check
