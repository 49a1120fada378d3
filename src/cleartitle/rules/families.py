"""A model named after a family whose license goes along with derivatives, under another license and without a base."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files

from attrs import evolve, field, frozen
from attrs.validators import min_len

from cleartitle.rules.case import Case
from cleartitle.rules.shown import title
from cleartitle.rules.told import Words, words
from cleartitle.serial.convert import read
from cleartitle.vocabulary.evidence import Confidence, Evidence, Method
from cleartitle.vocabulary.lineage import Node
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.reference import ModelRef, Scheme
from cleartitle.vocabulary.statement import render
from cleartitle.vocabulary.verdict import Finding, Settlement

_MAX_NAME = 200


@frozen(kw_only=True)
class Family:
    """A family of models: how it is called, how its name is recognized, what its derivatives are under."""

    title: str
    names: tuple[str, ...] = field(validator=min_len(1))
    under: tuple[str, ...] = field(validator=min_len(1))
    owners: tuple[str, ...] = ()
    """Accounts that may give its name to what they like."""
    mistagged: bool = False
    """Whether its owners tag their own models as the code is licensed, though the weights are not."""
    binding: bool = True
    """Whether its license goes along with every derivative."""
    called: tuple[str, ...] = field(validator=min_len(1))
    """Names of models that are called after it."""
    otherwise: tuple[str, ...] = field(validator=min_len(1))
    """Names much like these that are not."""

    def named(self, name: str) -> bool:
        """Return whether a model of this name, without its owner, is called after the family.

        >>> [f.title for f in families() if f.named("Llama2-Chinese-13b")]
        ['Llama 2']
        """
        return self.found(name[:_MAX_NAME].lower())

    def found(self, said: str) -> bool:
        """Return whether its name stands in lower-case words.

        >>> any(f.found("fine-tuned from llama 3 8b") for f in families())
        True
        """
        return re.search(rf"(?<![a-z])(?:{'|'.join(self.names)})", said) is not None


@frozen(kw_only=True)
class _Families:
    families: tuple[Family, ...]


@functools.cache
def families() -> tuple[Family, ...]:
    """Return the families that are known."""
    text = (files("cleartitle.rules") / "families.toml").read_text(encoding="utf-8")
    return read(tomllib.loads(text), _Families, where="families.toml", trusted=True).families


def named_after(ref: ModelRef) -> Family | None:
    """Return the family that a model bears the name of, one that binds before one that does not.

    >>> ref = ModelRef.parse("ehartford/dolphin-2.1-mistral-7b")
    >>> [f.title for f in [named_after(ref)] if f]
    ['Mistral or Mixtral']
    """
    named = [family for family in families() if family.named(title(ref))]
    return next((family for family in named if family.binding), named[0] if named else None)


def told(node: Node) -> tuple[Family, Words] | None:
    """Return the binding family that a card says the model was made from, by its name alone, and in which words."""
    for said in words(node):
        family = next((family for family in families() if family.binding and family.found(said.low)), None)
        if family:
            return family, said
    return None


def nameless(node: Node) -> Words | None:
    """Return where a card names what the model was made from, and it is of no family that is known."""
    own = title(node.ref).casefold()
    for said in words(node):
        name = said.name
        if name and name.casefold() != own and not any(family.found(said.low) for family in families()):
            return said
    return None


def rootless(case: Case, node: Node) -> bool:
    """Return whether nothing, readable or not, is known that the weights of a model come from."""
    if node.ref.scheme is Scheme.DATASET or node.missing or node.unresolved:
        return False
    return not case.lineage.bases(node.ref)


def check(case: Case) -> Iterator[Finding]:
    """Yield a review for each model of the lineage that is so named and has neither a base nor such a license."""
    for node in case.lineage.nodes:
        if not rootless(case, node):
            continue
        under = {name for entry in case.licenses(node) for name in (entry.family, entry.id)}
        named = named_after(node.ref)
        owner = node.ref.name.partition("/")[0].lower()
        said = None if named and named.binding else told(node)
        if said and owner in said[0].owners:
            said = None
        family = said[0] if said else named
        if not family or not family.binding or not under or under & set(family.under):
            continue
        if said:
            yield _told(case, node, *said)
        elif owner not in family.owners:
            yield _finding(case, node, family)
        elif family.mistagged:
            yield _mistagged(case, node, family)


def _told(case: Case, node: Node, family: Family, said: Words) -> Finding:
    return evolve(
        _finding(case, node, family),
        message=f"the card of {node.ref.short} says that it was made from {family.title}, names no repository, and "
        f"says {render(node.statements.concluded)}: that license goes along",
        advice="ask the publisher which model it was made from, and go by its license, too",
        evidence=(
            Evidence(
                method=Method.PROSE, artifact=node.ref, path="README.md", quote=said.quote, confidence=Confidence.MEDIUM
            ),
            *(s.evidence for s in node.statements.declared[:1]),
        ),
    )


def _mistagged(case: Case, node: Node, family: Family) -> Finding:
    said = render(node.statements.concluded)
    return evolve(
        _finding(case, node, family),
        message=f"{node.ref.short} says {said}, which is what the code of {family.title} is under; its publisher put "
        f"the weights under a license of their own",
        advice="read the license of the weights in the repository, and go by it",
        settles=(Settlement(fact="", ask=f"which license are the weights of {node.ref.short} under?"),),
    )


def _finding(case: Case, node: Node, family: Family) -> Finding:
    said = render(node.statements.concluded)
    return Finding(
        rule="named-after-family",
        outcome=Outcome.REVIEW,
        severity=Severity.WARNING,
        confidence=Confidence.MEDIUM,
        message=f"{node.ref.short} is named after {family.title} and says {said}, and no base: if it was made from it, "
        f"its license goes along",
        subject=family.title,
        advice="ask the publisher what it was made from; if it was trained from scratch, the name misleads",
        path=case.lineage.path(node.ref),
        evidence=(
            Evidence(method=Method.FILE, artifact=node.ref, quote=node.ref.short, confidence=Confidence.MEDIUM),
            *(s.evidence for s in node.statements.declared[:1]),
        ),
        settles=(Settlement(fact="", ask=f"was {node.ref.short} made from a model of {family.title}?"),),
    )
