"""The facts of a deployment, as a reader checks them: what was stated, and what was not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Set
from enum import StrEnum

from attrs import fields

from cleartitle.report.view import words_of
from cleartitle.vocabulary.deployment import Agreement, Deployment, Figure

_NAMES = {
    "figures": "size",
    "hosted_in": "runs in",
    "offered_in": "offered in",
    "fine_tunes": "fine-tuned or modified",
    "trains_on_outputs": "trains other models",
    "purposes": "restricted fields of use",
    "agreements": "agreements held",
    "sanctions_screened": "screened against sanctions lists",
    "today": "date of the judgment",
    "domicile": "seat of the licensee",
    "derivative_name": "name of the derivative",
}


def stated(deployment: Deployment) -> list[tuple[str, str]]:
    """Return each stated fact and its value, in words.

    >>> stated(Deployment(commercial=True, role=None, fine_tunes=None, trains_on_outputs=None, purposes=None,
    ...     agreements=None))
    [('commercial', 'yes')]
    """
    return [(name, said) for name, said in _facts(deployment) if said]


def unstated(deployment: Deployment) -> list[str]:
    """Return the names of the facts that nobody stated: they are unknown, whatever their answer would be."""
    return [name for name, said in _facts(deployment) if not said]


def _facts(deployment: Deployment) -> Iterator[tuple[str, str]]:
    for each in fields(Deployment):
        value: object = getattr(deployment, each.name)
        said = "none" if value == () and each.name == "agreements" else _say(value)
        yield _NAMES.get(each.name, words_of(each.name.replace("_", "-"))), said


def _say(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case StrEnum():
            return words_of(value.value)
        case dt.date():
            return value.isoformat()
        case Figure():
            money = f" {value.currency}" if value.currency else ""
            month = f", {value.on:%Y-%m}" if value.on else ""
            return f"{value.value:,}{money} {words_of(value.metric)} of the {value.counted}{month}"
        case Agreement():
            filed = f" ({value.reference})" if value.reference else ""
            return f"{words_of(value.kind)} for {value.license}{filed}"
        case tuple():
            return "; ".join(map(_say, value))
        case Set():
            return ", ".join(sorted(map(_say, value))) or "none"
        case _:
            return str(value)
