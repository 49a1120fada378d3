"""Known models, served as repositories: is every chain recovered, and every change of license that must not be?

Facts on models as their publishers declared them (``facts/known_models.json``) become repositories of the fixture Hub.
What must be reported is decided here by the declared tags alone, apart from the catalog: `FREE` and `BOUND`.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from attrs import frozen

from cleartitle.lineage.walk import trace
from cleartitle.pipeline import judge_again
from cleartitle.sources.chain import Chain
from cleartitle.sources.hub import Hub
from cleartitle.sources.shelf import other_names
from cleartitle.sources.store import Store
from cleartitle.testing.hub import FixtureHub
from cleartitle.vocabulary.analysis import Analysis
from cleartitle.vocabulary.deployment import Deployment
from cleartitle.vocabulary.lineage import Lineage
from cleartitle.vocabulary.reference import ModelRef
from cleartitle.vocabulary.verdict import Finding

FACTS = Path(__file__).resolve().parents[1].parent / "shared" / "facts" / "known_models.json"
PUBLISHED = {"finetune": (0.1976, "138,694 edges, Laufer et al. 2025")}
FREE = frozenset([
    "apache-2.0", "mit", "bsd", "bsd-2-clause", "bsd-3-clause", "bsd-3-clause-clear", "cc0-1.0", "unlicense", "isc",
    "zlib", "wtfpl", "afl-3.0", "ms-pl", "artistic-2.0", "ecl-2.0", "cc-by-4.0", "cc-by-3.0", "cc-by-2.0", "pddl",
    "odc-by", "bsl-1.0", "cdla-permissive-1.0", "cdla-permissive-2.0",
])  # fmt: skip
"""Tags whose license lets a derivative be declared under any other."""
BOUND = {
    "agreement": (
        "llama", "gemma", "qwen", "tongyi-qianwen", "yi-license", "deepseek", "falcon", "mrl", "mnpl", "stabilityai",
        "cc-by-nc", "research", "nvidia", "jamba", "flux",
    ),
    "restrictions": ("openrail", "creativeml-openrail", "bigscience", "bigcode", "deepfloyd"),
    "itself only": ("cc-by-sa", "cc-by-nc-sa", "gpl", "agpl", "lgpl"),
}  # fmt: skip
"""Beginnings of tags and names whose license goes along, by the reason."""
CONFLICTS = {
    "AI-MO/NuminaMath-7B-TIR": "deepseek",
    "NousResearch/Hermes-2-Theta-Llama-3-8B": "llama-3",
    "numind/NuExtract-tiny": "tongyi",
    "allenai/Molmo-72B-0924": "tongyi",
    "OpenGVLab/InternVL2_5-4B": "qwen-research",
    "vidore/colqwen2.5-v0.1": "qwen-research",
    "vidore/colqwen2.5-v0.2": "qwen-research",
    "watt-ai/watt-tool-70B": "llama-3.3",
    "vicgalle/CarbonBeagle-11B": "cc-by-nc",
    "TheBloke/orca_mini_13B-GGML": "cc-by-nc-sa",
    "h1t/TCD-SDXL-LoRA": "openrail",
    "minimaxir/sdxl-wrong-lora": "openrail",
}
"""Conflicts that are known, with a part of the id of the license that was dropped."""


@frozen(kw_only=True)
class Known:
    """A model as it was declared."""

    name: str
    license: str
    title: str
    """``license_name``, or the link, or the license itself."""
    bases: tuple[str, ...]
    relation: str | None
    guessed: bool
    entry: Mapping[str, object]


def known() -> dict[str, Known]:
    """Return the models that have a base, and all their ancestors, by their names in small letters."""
    entries = json.loads(FACTS.read_text(encoding="utf-8"))["models"]
    every = {entry["id"].casefold(): _known(entry) for entry in entries if " " not in entry["id"]}
    wanted: dict[str, Known] = {}
    queue = [name for name, model in every.items() if model.bases]
    while queue:
        name = queue.pop()
        if name in every and name not in wanted:
            wanted[name] = every[name]
            queue += [base.casefold() for base in every[name].bases]
    return wanted


def _known(entry: Mapping[str, object]) -> Known:
    bases = entry["base_models"] or []
    said = [str(entry.get(key) or "") for key in ("license_name", "license_link", "license")]
    return Known(
        name=str(entry["id"]),
        license=str(entry.get("license") or "").casefold(),
        title=next((text for text in said if text), "").casefold(),
        bases=tuple(map(str, bases)) if isinstance(bases, list) else (),
        relation=str(entry["relation"]) if entry["relation"] else None,
        guessed=entry.get("relation_source") == "guessed",
        entry=entry,
    )


def write(models: Mapping[str, Known], root: Path) -> None:
    """Write the models as repositories."""
    for model in models.values():
        folder = root / model.name
        folder.mkdir(parents=True)
        keys = ("license", "license_name", "license_link")
        front = {key: model.entry[key] for key in keys if model.entry.get(key)}
        if model.bases:
            front["base_model"] = list(model.bases)
        if model.bases and model.relation:
            front["base_model_relation"] = model.relation
        lines = "".join(f"{key}: {json.dumps(value)}\n" for key, value in front.items())
        (folder / "README.md").write_text(f"---\n{lines}---\n# {model.name}\n", encoding="utf-8")
        former = [name for name in other_names(model.name) if name.casefold() not in models]
        (folder / ".hub.json").write_text(json.dumps({"renamed_from": former}), encoding="utf-8")


def traced(models: Mapping[str, Known]) -> Iterator[tuple[Known, Lineage]]:
    """Yield the lineage of each model that has a base, from the fixture Hub."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place) / "hub"
        root.mkdir()
        write(models, root)
        with FixtureHub(root) as server:
            hub = Hub(endpoint=server.endpoint, token=False, store=Store(Path(place) / "store"), wait=lambda _: None)
            for model in models.values():
                if model.bases:
                    yield model, trace(ModelRef.hub(model.name), Chain(hub=hub))


def expected(child: Known, parent: Known) -> str:
    """Return why the child's license may not replace the parent's, by their tags; empty where it may, or nobody knows.

    ``?`` where a tag says too little, or both are versions of one license.
    """
    if child.license in FREE | {parent.license} and parent.license in FREE:
        return ""
    if not child.license or not parent.license or child.license in ("other", "unknown", parent.license):
        return "?"
    why, own = (
        next((w for w, words in BOUND.items() if said.startswith(words)), "?") for said in (parent.title, child.title)
    )
    return "?" if why == own == "restrictions" or child.license[:5] == parent.title[:5] else why


def dropped(lineage: Lineage) -> list[Finding]:
    """Return the findings of a dropped license."""
    verdict = judge_again(Analysis(lineage=lineage), Deployment()).verdict
    return [finding for finding in verdict.findings if finding.rule == "relicensed"]


def _recovered(model: Known, lineage: Lineage, models: Mapping[str, Known]) -> list[str]:
    """Return what of the chain behind a model was not recovered."""
    edges = {(e.child.name.casefold(), e.parent.name.casefold()): str(e.relation) for e in lineage.edges}
    lost, queue, seen = [], [model], set[str]()
    while queue:
        child = queue.pop()
        if child.name in seen:
            continue
        seen.add(child.name)
        for base in child.bases:
            if base.casefold() == child.name.casefold():
                continue
            names = (base, *other_names(base))
            found = next((edges[pair] for n in names if (pair := (child.name.casefold(), n.casefold())) in edges), None)
            if found is None or (child.relation and found != child.relation):
                lost.append(f"{child.name} <- {base} ({child.relation}): {found or 'not found'}")
            if base.casefold() in models:
                queue.append(models[base.casefold()])
    return lost


def main(*, misses: bool) -> bool:
    """Print what was recovered and reported; return whether it is all that must be."""
    begun, models = time.perf_counter(), known()
    lost: list[str] = []
    reported: dict[str, list[Finding]] = {}
    for model, lineage in traced(models):
        lost += _recovered(model, lineage, models)
        reported[model.name] = dropped(lineage)
    chains = sum(bool(model.bases) for model in models.values())
    took = time.perf_counter() - begun
    print(f"  {chains} chains over {len(models)} repositories in {took:.0f} s: {len(lost)} edges lost")
    print("".join(f"    lost {each}\n" for each in lost[:20]), end="")
    absent = [
        name for name, part in CONFLICTS.items() if not any(part in str(f.license).casefold() for f in reported[name])
    ]
    print(f"  known conflicts reported with their license: {len(CONFLICTS) - len(absent)} of {len(CONFLICTS)}")
    print("".join(f"    absent {name}: {[f.message for f in reported[name]]}\n" for name in absent), end="")
    wrong, silent = _pairs(models, reported)
    print(f"  pairs that have none by their tags, and are reported: {len(wrong)}")
    print("".join(f"    wrong {each}\n" for each in wrong[:20]), end="")
    print(f"  pairs that have one by their tags, and are not reported: {len(silent)}")
    print("".join(f"    silent {each}\n" for each in (silent if misses else ())), end="")
    _rates(models)
    return not (lost or absent or wrong)


def _pairs(models: Mapping[str, Known], reported: Mapping[str, list[Finding]]) -> tuple[list[str], list[str]]:
    wrong, silent = [], []
    for model in models.values():
        said = {f.path[-1].name.casefold() for f in reported.get(model.name, ()) if f.path[-2].name == model.name}
        for base in model.bases:
            parent = models.get(base.casefold())
            if parent is None or parent is model:
                continue
            why = expected(model, parent)
            pair = f"{model.name} ({model.license}) <- {parent.name} ({parent.title}): {why or 'none'}"
            if not why and base.casefold() in said:
                wrong.append(pair)
            elif why not in ("", "?") and base.casefold() not in said:
                silent.append(pair)
    return wrong, silent


def _rates(models: Mapping[str, Known]) -> None:
    """Print how often the license changes from parent to child, by relation."""
    edges: dict[str, Counter[bool]] = defaultdict(Counter)
    for model in models.values():
        for base in model.bases:
            parent = models.get(base.casefold())
            if parent and model.license and parent.license and parent is not model:
                edges[model.relation or "not said"][model.license != parent.license] += 1
    print("  license changed from parent to child, where both declare one:")
    for relation, counts in sorted(edges.items()):
        rate, of = PUBLISHED.get(relation, (None, ""))
        beside = f"; published {rate:.4f} ({of})" if rate else ""
        print(
            f"    {relation:10} {counts[True] / counts.total():.4f} ({counts[True]} of {counts.total()} edges){beside}"
        )
