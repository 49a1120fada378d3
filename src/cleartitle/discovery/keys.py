"""Keys whose value is a model: which, and how sure that is, is in ``keys.toml``."""

from __future__ import annotations

import functools
import re
import tomllib
from enum import StrEnum
from importlib.resources import files

from attrs import frozen

from cleartitle.discovery.calls import table as calls
from cleartitle.discovery.naming import hub_link, known, plausible
from cleartitle.discovery.sighting import Sighting, Spot
from cleartitle.serial.convert import read
from cleartitle.vocabulary.discovery import How
from cleartitle.vocabulary.evidence import Confidence
from cleartitle.vocabulary.reference import Scheme

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class Weight(StrEnum):
    """How sure it is that the value of a key is a model."""

    CERTAIN = "certain"
    LIKELY = "likely"
    WEAK = "weak"


@frozen(kw_only=True)
class Keys:
    """The table, as its comments describe it."""

    certain: frozenset[str]
    likely: frozenset[str]
    weak: frozenset[str]
    endings: tuple[str, ...]
    never: frozenset[str]
    path_below: frozenset[str]
    revision: tuple[str, ...]
    ollama: frozenset[str]
    commands: frozenset[str]
    environment: frozenset[str]

    def weight(self, key: str, above: tuple[str, ...] = ()) -> Weight | None:
        """Return how sure it is that a key means a model; *above* are the keys that it stands under."""
        name = normal(key)
        if name in self.never:
            return None
        if name == "path":
            return Weight.WEAK if above and normal(above[-1]) in self.path_below else None
        if name in self.certain:
            return Weight.CERTAIN
        if name in self.likely or name in self.ollama:
            return Weight.LIKELY
        return Weight.WEAK if name in self.weak or name.endswith(self.endings) else None


@functools.cache
def keys() -> Keys:
    """Return the table, read once."""
    text = files("cleartitle.discovery").joinpath("keys.toml").read_text(encoding="utf-8")
    return read(tomllib.loads(text), Keys, where="keys.toml", trusted=True)


def normal(key: str) -> str:
    """Return a key as the table spells it.

    >>> normal("MODEL-ID"), normal("modelName")
    ('model_id', 'model_name')
    """
    return _HUMP.sub("_", key.strip()).lower().replace("-", "_")


def valued(key: str, value: str, spot: Spot, *, above: tuple[str, ...] = (), revision: str = "") -> Sighting | None:
    """Return what the value of a key names; None for what is no model.

    >>> valued("base_model", "gpt2", Spot(line=1)).said
    'gpt2'
    >>> valued("model", "gpt-4o", Spot(line=1)) is None
    True
    """
    said = value.strip()
    weight = keys().weight(key, above)
    if weight is None or not said or len(said) > 400 or "\n" in said:
        return None
    found = functools.partial(Sighting, spot=spot, how=How.KEY, by=key, revision=revision)
    if normal(key) in keys().ollama:
        return found(said=said, scheme=Scheme.OLLAMA)
    way, _, rest = said.partition("/")
    scheme = calls().routes.get(way) if rest else None
    if scheme is not None and (scheme is Scheme.OLLAMA or plausible(rest)):
        return found(said=rest, scheme=scheme)
    if said.startswith(("hf://", "hf:")) or hub_link(said):
        return found(said=said)
    if plausible(said.partition("@")[0].partition("+")[0]) or known(said):
        sure = Confidence.HIGH if weight is not Weight.WEAK or known(said) else Confidence.MEDIUM
        return found(said=said, confidence=sure)
    if weight is Weight.CERTAIN or (weight is Weight.LIKELY and _open(said)):
        return found(said=said)
    return None


def _open(said: str) -> bool:
    """Return whether a value is to be filled in, or a path: something that a person has to look at."""
    return said.startswith(("${", "{{", "/", "./", "../", "s3://", "gs://"))


def in_environment(name: str, value: str) -> Sighting | None:
    """Return what an environment variable names, at a place that is yet to be set; None for what is no model."""
    found = valued(name, value, Spot(line=1))
    if found is None or "$" in value:
        return None
    return found
