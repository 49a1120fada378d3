"""The examples of the rules: small made-up repositories, in the file of each rule. They are its tests."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from attrs import field, frozen
from attrs.validators import min_len

from cleartitle.rules.registry import prose
from cleartitle.serial.convert import read
from cleartitle.vocabulary.artifact import Gate
from cleartitle.vocabulary.deployment import Deployment
from cleartitle.vocabulary.outcomes import Outcome
from cleartitle.vocabulary.policy import Policy


@frozen(kw_only=True)
class Repository:
    """What an example puts into a repository."""

    front: str = ""
    """The front matter of its card."""
    body: str = ""
    """The card below the front matter."""
    files: Mapping[str, str] = field(factory=dict)
    """Other files: the path, the text."""
    gate: Gate = Gate.OPEN

    def write(self, folder: Path) -> None:
        """Write it as a folder of a :class:`~cleartitle.testing.hub.FixtureHub`."""
        folder.mkdir(parents=True)
        card = f"---\n{self.front}\n---\n{self.body}\n"
        for path, text in {"README.md": card, **self.files}.items():
            (folder / path).write_text(text, encoding="utf-8")
        if self.gate is not Gate.OPEN:
            (folder / ".hub.json").write_text(json.dumps({"gated": str(self.gate)}), encoding="utf-8")


@frozen(kw_only=True)
class Example:
    """A case that a rule must find, or must not."""

    shows: str
    """What it shows, in a few words."""
    finds: bool
    model: str
    """Which of the repositories is asked about."""
    repositories: Mapping[str, Repository] = field(validator=min_len(1))
    deployment: Deployment = Deployment()
    policy: Policy = Policy()
    outcome: Outcome | None = None
    """The outcome of the finding, where it matters."""


@frozen(kw_only=True)
class _Examples:
    examples: tuple[Example, ...] = ()


def examples(rule: str) -> tuple[Example, ...]:
    """Return the examples of a rule; none where it takes more than repositories to show it (a network that fails).

    >>> [example.finds for example in examples("relicensed")][:2]
    [True, False]
    """
    data = {"examples": prose(rule).get("examples", [])}
    return read(data, _Examples, where=f"{rule}.toml").examples
