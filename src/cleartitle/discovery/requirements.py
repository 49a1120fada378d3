"""Requirements of Python packages that ship weights, and addresses of files on a Hub."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from itertools import islice

from attrs import evolve

from cleartitle.discovery.naming import hub_link
from cleartitle.discovery.sighting import Lines, Sighting, Spot
from cleartitle.serial.convert import mapping
from cleartitle.vocabulary.discovery import How

MAX_LINES = 20_000
_LINE = re.compile(r"^[ \t]{0,20}(?P<said>[A-Za-z0-9h][^\n#]{0,1000})", re.MULTILINE)
_NAME = re.compile(r"(?P<name>[A-Za-z0-9][\w.-]{0,100})")
_SPACY = re.compile(r"[a-z]{2,3}_(?:core|dep|ent|sent)_(?:web|news|wiki|ud|np|sci|msc)[a-z]*_(?:sm|md|lg|trf)")
_WHEEL = re.compile(r"/(?P<name>[a-z]{2,3}_[a-z]+_[a-z0-9]+_[a-z]+)-\d[\w.]*(?:-py3-none-any\.whl|\.tar\.gz)")
_ADDRESS = re.compile(r"https?://[^\s\"';,]{1,600}")


def read_requirements(text: str) -> Iterator[Sighting]:
    r"""Yield the models in the packages that a file of requirements names.

    >>> [s.said for s in read_requirements("torch>=2\nen_core_web_sm==3.7.1\n")]
    ['spacy/en_core_web_sm']
    """
    lines = Lines(text)
    for line in islice(_LINE.finditer(text), MAX_LINES):
        for found in required(line["said"].strip()):
            yield evolve(found, spot=lines.spot(line.start("said")))


def required(requirement: str) -> Iterator[Sighting]:
    """Yield the models in one requirement, at a place that is yet to be set."""
    address = _ADDRESS.search(requirement)
    wheel = _WHEEL.search(requirement) if address else None
    name = wheel or _NAME.match(requirement)
    found = None if name is None else _shipped(name["name"])
    if found is not None:
        yield evolve(found, by=requirement[:200])
    elif address and "/resolve/" in address[0] and hub_link(address[0]):
        yield Sighting(said=address[0], spot=Spot(line=1), how=How.LINK, by=requirement[:200])


def _shipped(name: str) -> Sighting | None:
    spacy = name.lower().replace("-", "_")
    if _SPACY.fullmatch(spacy):
        return Sighting(said=f"spacy/{spacy}", spot=Spot(line=1), how=How.REQUIREMENT, by=name)
    model = _packages().get(re.sub(r"[-_.]+", "-", name.lower()))
    if model is None:
        return None
    problem = "" if model else "ships weights that no Hub has"
    return Sighting(said=model or name, spot=Spot(line=1), how=How.REQUIREMENT, by=name, problem=problem)


@functools.cache
def _packages() -> dict[str, str]:
    text = files("cleartitle.discovery").joinpath("requirements.toml").read_text(encoding="utf-8")
    return {name: str(model) for name, model in mapping(tomllib.loads(text)["packages"]).items()}
