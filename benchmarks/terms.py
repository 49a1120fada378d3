"""Read license texts and write what they say in the format of LABELING.md; score it family by family.

python benchmarks/terms.py --texts DIR --out DIR [--no-catalog]
python benchmarks/terms.py --texts DIR --labels DIR --scorer FILE
python benchmarks/terms.py --texts DIR --crosscheck
python benchmarks/terms.py --texts DIR --speed

With ``--no-catalog`` the text alone is read; without it the catalog speaks where a text is a known one.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import labels
import terms_families
import terms_speed

from cleartitle import catalog, clauses
from cleartitle.catalog import anchors
from cleartitle.clauses.patterns import prepare
from cleartitle.identification import license_of
from cleartitle.judgment.sheet import answer
from cleartitle.vocabulary.terms import Clause, Terms
from cleartitle.vocabulary.words import Disclaimer, DutyKind, Ending, Level, RestrictionKind


def record(terms: Terms, text: str) -> labels.Record:
    """Return the flat record of *terms*, with a quote for every positive answer."""
    found: labels.Record = {
        **labels.permissions(terms),
        **labels.duties(terms),
        **labels.limits(terms),
        **labels.law(terms),
    }
    quotes = {field: _quote(sources, text) for field, sources in _sources(terms).items()}
    empty: tuple[labels.Value, ...] = (None, "silent", "none", "unclear", False, "", [])
    evidence: dict[str, labels.Value] = {f: q for f, q in quotes.items() if q and found.get(f) not in empty}
    found["evidence"] = evidence
    return found


def _sources(terms: Terms) -> dict[str, list[Clause]]:
    """Return the clauses behind each field."""
    owed = [d for d in terms.duties if d.level is Level.OWED]
    sources: dict[str, list[Clause]] = {f: [*answer(terms, a).clauses] for f, a in labels.PERMISSIONS.items()}
    sources |= {f: [d for d in owed if d.kind in kinds] for f, kinds in labels.DUTIES.items()}
    sources |= {f: [r for r in terms.restrictions if r.kind is kind] for f, kind in labels.RESTRICTIONS.items()}
    sharing = (DutyKind.SHARE_ALIKE, DutyKind.FLOW_DOWN, DutyKind.BIND_USERS)
    sources["share_alike"] = [d for kind in sharing for d in owed if d.kind is kind]
    sources["derivative_name_prefix"] = [d for d in owed if d.kind is DutyKind.DERIVATIVE_NAME]
    sources["use_restriction_categories"] = [
        r for r in terms.restrictions if r.kind is RestrictionKind.PROHIBITED_USES and r.uses
    ]
    sources["aup_reference"] = [r for r in terms.restrictions if r.policy]
    sources["excluded_regions"] = [t for t in terms.territories if t.excluded]
    sources["allowed_regions_only"] = [t for t in terms.territories if t.allowed]
    endings = {
        "termination_on_breach": Ending.BREACH,
        "terminates_on_ip_claim": Ending.IP_CLAIM,
        "revocable_or_changeable": Ending.LICENSOR_WILL,
    }
    sources |= {f: [t for t in terms.terminations if t.on is ending] for f, ending in endings.items()}
    sources["outputs_owner"] = [*terms.outputs]
    sources["governing_law"] = [a for a in terms.laws if a.governing]
    sources["venue"] = [a for a in terms.laws if a.venue]
    sources["warranty_disclaimer"] = [d for d in terms.disclaimers if d.of is Disclaimer.WARRANTY]
    sources["liability_limit"] = [d for d in terms.disclaimers if d.of is Disclaimer.LIABILITY]
    return sources


def _quote(sources: Iterable[Clause], text: str) -> str | None:
    for clause in sources:
        if clause.evidence:
            return clause.evidence[0].quote
        found = anchors.quote(clause.anchor, text, artifact=None, path="") if clause.anchor else None
        if found:
            return found.quote
    return None


def predict(text: str, *, known: bool, without: frozenset[str] = frozenset()) -> labels.Record:
    """Return what *text* says; where *known*, by the catalog if it has it."""
    entry = license_of(text) if known else None
    kept = catalog.get(entry).terms if entry and catalog.has(entry) else None
    return record(kept or clauses.read(text, without=without).terms, text)


def main() -> None:
    """Do what is asked: write predictions, score families, compare with the catalog, or measure speed."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--texts", type=Path, help="a folder of KEY.txt")
    options.add_argument("--out", type=Path, help="where KEY.json are written")
    options.add_argument("--no-catalog", action="store_true")
    options.add_argument("--labels", type=Path, help="a folder of KEY.json made by careful readers")
    options.add_argument("--scorer", type=Path, help="the program that scores predictions against labels")
    options.add_argument("--crosscheck", action="store_true", help="the engine against the catalog")
    options.add_argument("--speed", action="store_true")
    chosen = options.parse_args()
    prepare()
    clauses.read("This license is governed by the laws of Norway.")
    if chosen.speed:
        terms_speed.report(chosen.texts)
    if chosen.crosscheck:
        crosscheck(chosen.texts)
    if chosen.out:
        write(chosen.texts, chosen.out, known=not chosen.no_catalog)
    if chosen.labels:
        terms_families.report(chosen.texts, chosen.labels, chosen.scorer, predict)


def write(texts: Path, out: Path, *, known: bool) -> None:
    """Write the predictions, and say how long it took."""
    out.mkdir(parents=True, exist_ok=True)
    spent, size, count = 0.0, 0, 0
    for path in sorted(texts.glob("*.txt")):
        text = path.read_text(encoding="utf-8", errors="replace")
        start = time.perf_counter()
        found = predict(text, known=known)
        spent += time.perf_counter() - start
        size += len(text)
        count += 1
        (out / f"{path.stem}.json").write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
    rate = size / 12000 / max(spent, 1e-9)
    print(f"{count} texts, {size:,} characters, {spent:.2f} s: {rate:.0f} texts of 12 kB a second")


def crosscheck(texts: Path) -> None:
    """Print each answer on which the engine and the catalog differ."""
    entries = total = doubted = 0
    for key, identifier, differences in disagreements(texts):
        entries += 1
        total += len(differences)
        doubted += sum(difference.endswith('catalog "allowed", engine "unclear"') for difference in differences)
        for difference in differences:
            print(f"{identifier} ({key}) {difference}")
    print(f"{entries} licenses of the catalog have their text here; {total} answers differ")
    print(f"{doubted} answers are allowed by the catalog and unknown to the engine: the safety net, or a conflict")


def disagreements(texts: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Yield, for each catalog entry whose text is here, the answers on which the engine differs."""
    for identifier in catalog.ids():
        entry = catalog.get(identifier)
        path = texts / f"{entry.text}.txt"
        if entry.text is None or not path.exists():
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        said, found = answers(record(entry.terms, text)), answers(predict(text, known=False))
        differences = [f"{f}: catalog {said[f]}, engine {found[f]}" for f in said if said[f] != found[f]]
        yield entry.text, identifier, differences


def answers(found: labels.Record) -> dict[str, str]:
    """Return what is compared: permissions, duties, limits, law; places and wordings of notices are not."""
    compared = {f: json.dumps(v, ensure_ascii=False) for f, v in found.items() if f not in _NOT_COMPARED}
    conditions = sorted({_condition(c) for c in _list(found["commercial_conditions"])})
    return compared | {"commercial_conditions": json.dumps(conditions)}


def _condition(one: labels.Value) -> str:
    assert isinstance(one, dict)
    return " ".join(str(one.get(f) or "") for f in ("kind", "value", "currency")).strip()


def _list(value: labels.Value) -> list[labels.Value]:
    return value if isinstance(value, list) else []


_NOT_COMPARED = frozenset(
    ["evidence", "attribution_text", "attribution_where", "notice_text", "region_scope", "who", "venue", "cure_days"]
) | {"aup_reference", "age_or_capacity", "allowed_regions_only"}


if __name__ == "__main__":
    main()
