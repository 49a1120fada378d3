"""What a few words, taken out of their text, bear on: for changes in a known license."""

from __future__ import annotations

import functools

from attrs import evolve

from cleartitle.clauses.language import shape
from cleartitle.clauses.layout import Document, lay_out
from cleartitle.clauses.patterns import Compiled, compiled, patterns
from cleartitle.clauses.places import regions
from cleartitle.clauses.scan import scan
from cleartitle.clauses.thresholds import METRICS

MAX_READ = 4000
"""Characters that are read."""
_FAMILIES = {
    "restriction": "restriction: {}",
    "duty": "duty: {}",
    "disclaimed": "disclaimer: {}",
    "ending": "termination: {}",
    "use": "restriction: prohibited-uses",
    "law-abiding": "restriction: prohibited-uses",
    "territory": "territory",
    "outputs": "outputs",
    "derivative": "derivatives",
}
_SIGNALS = {
    "noncommercial": "restriction: non-commercial",
    "commerce-banned": "restriction: non-commercial",
    "research-defined": "restriction: research-only",
    "reference-only": "restriction: research-only",
    "use-list": "restriction: prohibited-uses",
    "policy": "restriction: prohibited-uses",
    "commerce-granted": "grant: use-commercially",
    "act-consent": "grant: redistribute",
    "modification-banned": "grant: modify",
    "host-commercial": "grant: host",
    "commerce-registered": "condition: registration",
    "commerce-licensed": "condition: separate-license",
    "nonproduction-grant": "restriction: non-production",
    "application": "condition: registration",
    "organization-limited": "grant: use-commercially",
    "field-limited": "grant: use-commercially",
    "combination-limited": "grant: use-commercially",
    "commerce-internal": "grant: use-commercially",
    "any-purpose": "grant: use-commercially",
    "end-users-exempt": "territory",
    "governing": "governing law",
    "venue": "governing law",
    "sublicense-denied": "grant: sublicense",
    "sublicense-granted": "grant: sublicense",
    "patents-granted": "grant: practice-patents",
    "patents-excluded": "grant: practice-patents",
    "training-banned": "grant: train-other-models",
    "training-limited": "grant: train-other-models",
    "training-allowed": "grant: train-other-models",
    "training-marked": "grant: train-other-models",
    "host-allowed": "grant: host",
    "host-banned": "grant: host",
    "host-conditional": "grant: host",
    "host-outside-purpose": "grant: host",
    "outputs-allowed": "outputs",
    "outputs-banned": "outputs",
    "outputs-bound": "outputs",
    "distribution-banned": "grant: redistribute",
    "distribution-limited": "grant: redistribute",
    "derivatives-unshared": "grant: distribute-derivatives",
}


def touched(passage: str) -> tuple[str, ...]:
    """Return the names of the terms that *passage* bears on, whether or not it decides them by itself.

    >>> touched("unless your annual revenue exceeds $1,000,000")
    ('condition: annual-revenue', 'number')
    >>> touched("for military purposes")
    ('restriction: prohibited-uses',)
    """
    document = lay_out(passage[:MAX_READ])
    names = [name for term in scan(document, _loose()) if (name := _name(term))]
    names += _figures(document)
    return tuple(sorted(set(names)))


@functools.cache
def _loose() -> tuple[Compiled, ...]:
    """Return the patterns without what must lead to them: that may stand outside the passage."""
    return tuple(compiled(evolve(each.pattern, banned=False, after="")) for each in patterns())


def _name(term: str) -> str:
    family, _, rest = term.partition(".")
    return _SIGNALS.get(rest, "") if family == "signal" else _FAMILIES[family].format(rest)


def _figures(document: Document) -> list[str]:
    said = "\n".join(passage.text for passage in document.passages)
    names = [f"condition: {metric.value}" for metric, words in METRICS if words.search(said)]
    names += [name for name, words in _LOOSE if words.search(said)]
    return [*names, "territory"] if regions(said) else names


_LOOSE = (
    ("number", shape("touched.number")),
    ("territory", shape("touched.territory")),
    ("duty: attribution", shape("touched.attribution")),
    ("condition: separate-license", shape("touched.separate-license")),
    ("condition: registration", shape("touched.registration")),
)
