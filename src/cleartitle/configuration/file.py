"""``cleartitle.toml``: facts, policy, waivers, models with facts of their own, the baseline; read as a whole.

Every mistake in it is named at once, each with its key.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path

from attrs import evolve, field, frozen

from cleartitle.configuration import baseline, facts, policy
from cleartitle.configuration.toml import parse
from cleartitle.errors import DataError, ManyDataErrors
from cleartitle.serial.convert import mapping
from cleartitle.vocabulary.deployment import Deployment
from cleartitle.vocabulary.policy import Known, Policy

FILES = ("cleartitle.toml", "pyproject.toml")
"""Where it is looked for, in this order."""
_TABLES = ("deployment", "policy", "waiver", "model", "baseline")


@frozen(kw_only=True)
class ModelFacts:
    """Facts of the deployment of some models, over those of all.

    >>> ModelFacts(name="Qwen/*", stated={"commercial": False}).speaks_of("qwen/Qwen3-8B")
    True
    """

    name: str
    """The name of a model, or a pattern with ``*``."""
    stated: Mapping[str, object]

    def speaks_of(self, name: str) -> bool:
        """Return whether they are about the model of this name; case does not count."""
        return fnmatchcase(name.casefold(), self.name.casefold())


@frozen(kw_only=True)
class Configuration:
    """What is written down; empty where there is no file."""

    path: Path | None = None
    stated: Mapping[str, object] = field(factory=dict)
    """The facts of every deployment, as written."""
    models: tuple[ModelFacts, ...] = ()
    policy: Policy = Policy()

    def deployment(
        self, model: str = "", *, over: Mapping[str, object] | None = None, today: dt.date | None = None
    ) -> Deployment:
        """Return the deployment of a model: the facts of all, then its own in the order of the file, then *over*.

        >>> Configuration(stated={"commercial": True}).deployment(over={"commercial": False}).commercial
        False
        """
        own = (each.stated for each in self.models if each.speaks_of(model))
        merged: dict[str, object] = {}
        for stated in (self.stated, *own, over or {}):
            merged |= stated
        return facts.deployment(merged, today=today)


def find(folder: Path) -> Path | None:
    """Return the file of *folder* that holds a configuration, or None.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "cleartitle.toml").write_text("[deployment]")
    ...     find(Path(folder)).name
    'cleartitle.toml'

    Raises:
        DataError: a ``pyproject.toml`` is there, and is not TOML or cannot be read.

    """
    for name in FILES:
        path = folder / name
        if path.is_file() and (name == FILES[0] or _tool(parse(path)) is not None):
            return path
    return None


def load(path: Path | None, *, named: str | None = None) -> Configuration:
    """Return what the file at *path* says, with the policy *named* (a preset or a file) in place of its own.

    >>> load(None, named="research").policy.name
    'research'

    Raises:
        ManyDataErrors: the file has mistakes; each with its key.
        DataError: the file cannot be read, or is not TOML.

    """
    data = _table(path) if path else {}
    wrong: list[DataError] = [facts.unknown(key, _TABLES, "table") for key in data if key not in _TABLES]
    stated = _mapping(data, "deployment", wrong)
    wrong += [error.within("deployment") for error in facts.mistakes(stated)]
    models = tuple(_models(data, wrong))
    folder = path.parent if path else Path()
    table = _mapping(data, "policy", wrong)
    accepted, defaults = policy.named(named, Path(), wrong) if named else policy.from_table(table, folder, wrong)
    waivers = policy.waivers(_tables(data, "waiver", wrong), wrong)
    known = _known(data, folder, wrong)
    if not wrong:
        for place, model in enumerate(models):
            merged = {**defaults, **stated, **model.stated}
            wrong += [error.within(f"model[{place}]") for error in facts.mistakes(merged)]
        wrong += [error.within("deployment") for error in facts.mistakes({**defaults, **stated})]
    if wrong:
        raise ManyDataErrors(wrong, where=str(path or named))
    return Configuration(
        path=path,
        stated={**defaults, **stated},
        models=models,
        policy=evolve(accepted, waivers=(*accepted.waivers, *waivers), known=(*accepted.known, *known)),
    )


def _models(data: Mapping[str, object], wrong: list[DataError]) -> Iterator[ModelFacts]:
    for place, table in enumerate(_tables(data, "model", wrong)):
        name = table.get("name")
        stated = {key: value for key, value in table.items() if key != "name"}
        wrong += [error.within(f"model[{place}]") for error in facts.mistakes(stated)]
        if isinstance(name, str) and name:
            yield ModelFacts(name=name, stated=stated)
        else:
            wrong.append(DataError("the name of the model is missing", path=f"model[{place}].name"))


def _known(data: Mapping[str, object], folder: Path, wrong: list[DataError]) -> tuple[Known, ...]:
    if "baseline" not in data:
        return ()
    name = data["baseline"]
    if not isinstance(name, str) or not name:
        wrong.append(DataError(f"expected the name of a file, got {name!r}", path="baseline"))
        return ()
    try:
        return baseline.load(folder / name)
    except DataError as error:
        wrong.append(DataError(str(error), path="baseline", advice=error.advice))
        return ()


def _mapping(data: Mapping[str, object], key: str, wrong: list[DataError]) -> Mapping[str, object]:
    try:
        return mapping(data.get(key, {}), where=key)
    except DataError as error:
        wrong.append(error)
        return {}


def _tables(data: Mapping[str, object], key: str, wrong: list[DataError]) -> list[Mapping[str, object]]:
    listed = data.get(key, [])
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        wrong.append(DataError(f"expected tables, each written as [[{key}]]", path=key))
        return []
    return [mapping(each, where=key) for each in listed]


def _table(path: Path) -> Mapping[str, object]:
    data = parse(path)
    return data if path.name != FILES[1] else _tool(data) or {}


def _tool(data: Mapping[str, object]) -> Mapping[str, object] | None:
    """Return ``[tool.cleartitle]`` of a ``pyproject.toml``, or None."""
    tools = data.get("tool")
    own = tools.get("cleartitle") if isinstance(tools, dict) else None
    return None if own is None else mapping(own, where="tool.cleartitle")
