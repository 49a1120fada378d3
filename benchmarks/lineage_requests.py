"""What a lineage costs: requests for ten models over five generations, and what hostile repositories can make of it."""

from __future__ import annotations

import json
import struct
import tempfile
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from cleartitle.lineage.walk import trace
from cleartitle.pipeline import judge_again
from cleartitle.sources.chain import Chain
from cleartitle.sources.hub import Hub
from cleartitle.sources.store import Store
from cleartitle.testing.hub import FixtureHub
from cleartitle.vocabulary.analysis import Analysis
from cleartitle.vocabulary.deployment import Deployment
from cleartitle.vocabulary.reference import ModelRef

PARENTS = {
    "o/files-GGUF": ["o/merge"],
    "o/merge": ["o/left", "o/right"],
    "o/left": ["o/lower-left"],
    "o/right": ["o/lower-right", "o/lora"],
    "o/lower-left": ["o/chat"],
    "o/lower-right": ["o/chat"],
    "o/lora": ["o/chat"],
    "o/chat": ["o/base", "o/eye"],
    "o/base": [],
    "o/eye": [],
}
CALLS, FILES = 2, 6
SECONDS, MEGABYTES = 30, 400


def _write(root: Path) -> None:
    for name, bases in PARENTS.items():
        folder = root / name
        folder.mkdir(parents=True)
        base = f"base_model: {json.dumps(bases)}\n" if bases else ""
        (folder / "README.md").write_text(f"---\nlicense: mit\n{base}---\n# {name}\n", encoding="utf-8")
        for path in ("LICENSE", "NOTICE", "USE_POLICY.md"):
            (folder / path).write_text("Some words.\n", encoding="utf-8")
        (folder / "config.json").write_text("{}", encoding="utf-8")
        (folder / "tokenizer.json").write_text("{}", encoding="utf-8")
        (folder / "model-00001-of-00001.safetensors").write_bytes(bytes(2_000_000))
    (root / "o/files-GGUF" / "q4.gguf").write_bytes(b"GGUF" + struct.pack("<IQQ", 3, 0, 0) + bytes(100_000))


def requests() -> bool:
    """Print the requests for a model of the first run, and those of the second; return whether they are few enough."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place) / "hub"
        _write(root)
        with FixtureHub(root) as server:
            hub = Hub(endpoint=server.endpoint, token=False, store=Store(Path(place) / "store"), fresh=600)
            lineage = trace(ModelRef.hub("o/files-GGUF"), Chain(hub=hub))
            first = [request.path for request in server.requests]
            trace(ModelRef.hub("o/files-GGUF"), Chain(hub=hub))
            second = len(server.requests) - len(first)
    calls = Counter(path.split("/revision/")[0] for path in first if path.startswith("/api/"))
    files = Counter(path.split("/resolve/")[0] for path in first if "/resolve/" in path)
    print(
        f"  {len(lineage.nodes)} models, {len(lineage.edges)} edges: at most {max(calls.values())} metadata calls and "
        f"{max(files.values())} files a model ({len(first)} requests in all); second run: {second} requests"
    )
    return max(calls.values()) <= CALLS and max(files.values()) <= FILES and not second


def hostile() -> bool:
    """Print what hostile repositories cost; return whether each is bounded and ends in a finding."""
    good = True
    for name, build in {
        "a GGUF header that claims 2^60 entries": _claims,
        "a merge file of 10,000 models": _merge,
        "a cycle through three owners": _cycle,
        "a README of 50 MB": _readme,
    }.items():
        with tempfile.TemporaryDirectory() as place:
            root = Path(place) / "hub"
            build(root)
            with FixtureHub(root) as server:
                hub = Hub(endpoint=server.endpoint, token=False, store=Store(Path(place) / "store"))
                tracemalloc.start()
                begun = time.perf_counter()
                lineage = trace(ModelRef.hub("a/one"), Chain(hub=hub))
                verdict = judge_again(Analysis(lineage=lineage), Deployment()).verdict
                took, (_, peak) = time.perf_counter() - begun, tracemalloc.get_traced_memory()
                tracemalloc.stop()
                asked = len(server.requests)
        rules = sorted({f.rule for f in verdict.findings})
        cost = f"{took:.1f} s, {peak / 1e6:.0f} MB, {asked} requests, {len(lineage.nodes)} nodes"
        print(f"  {name}: {cost}; {', '.join(rules)}")
        good = good and took < SECONDS and peak < MEGABYTES * 1e6 and bool(rules)
    return good


def _repository(root: Path, name: str, card: str, **files: bytes) -> None:
    folder = root / name
    folder.mkdir(parents=True)
    (folder / "README.md").write_text(card, encoding="utf-8")
    for path, data in files.items():
        (folder / path.replace("__", ".")).write_bytes(data)


def _claims(root: Path) -> None:
    _repository(root, "a/one", "# One\n", q4__gguf=b"GGUF" + struct.pack("<IQQ", 3, 1 << 60, 1 << 60) + bytes(10_000))


def _merge(root: Path) -> None:
    listed = "".join(f"  - model: b/model-{n}\n" for n in range(10_000))
    _repository(root, "a/one", "# One\n", mergekit_config__yml=f"merge_method: ties\nmodels:\n{listed}".encode())


def _cycle(root: Path) -> None:
    for name, base in (("a/one", "b/two"), ("b/two", "c/three"), ("c/three", "a/one")):
        _repository(root, name, f"---\nlicense: mit\nbase_model: {base}\n---\n# It\n")


def _readme(root: Path) -> None:
    words = "This model is a fine-tuned version of [Base](https://huggingface.co/b/Base-1) and more words. " * 600_000
    _repository(root, "a/one", f"---\nlicense: mit\n---\n{words[: 50 << 20]}")


BENCHMARKS: tuple[Callable[[], bool], ...] = (requests, hostile)
