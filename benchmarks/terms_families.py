"""Scores family by family, and what is left of each when the patterns that fire in no other family are taken away.

A family is a publisher or a lineage of texts: a pattern that fires in one family only may have been fitted to it.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import labels

from cleartitle.clauses.layout import lay_out
from cleartitle.clauses.scan import scan

LINEAGES = {
    "bigcode": "rail",
    "bigscience": "rail",
    "creativeml": "rail",
    "openrail": "rail",
    "chatglm": "glm",
    "chatglm3": "glm",
    "cogvlm": "glm",
    "qwen": "alibaba",
    "tongyi": "alibaba",
    "opt": "meta-research",
    "fair": "meta-research",
    "dinov3": "meta-sam",
    "sam": "meta-sam",
    "ltxv": "ltx",
    "svd": "stability",
}
"""Texts of one hand under several names."""
_SCORE = re.compile(r"F1 ([0-9.]+)\nunsafe ([0-9]+)  missed ([0-9]+/[0-9]+)")


class Predict(Protocol):
    """How a text becomes a record."""

    def __call__(self, text: str, *, known: bool, without: frozenset[str] = ...) -> labels.Record:
        """Return what *text* says."""


def family(key: str) -> str:
    """Return the publisher or lineage of a text by the first word of its key."""
    first = key.split("-", maxsplit=1)[0]
    return LINEAGES.get(first, first)


def report(texts: Path, labeled: Path, scorer: Path, predict: Predict) -> None:
    """Print the scores of all labeled texts and of each family."""
    read = {p.stem: (texts / f"{p.stem}.txt").read_text(encoding="utf-8") for p in sorted(labeled.glob("*.json"))}
    keys: dict[str, list[str]] = defaultdict(list)
    for key in read:
        keys[family(key)].append(key)
    only = _only(read)
    for name, known in (("text alone", False), ("with the catalog", True)):
        found = {key: predict(text, known=known) for key, text in read.items()}
        print(f"{name}: all {len(read)} texts, {_score(found, labeled, scorer)}")
    left: dict[str, labels.Record] = {}
    print(
        "family, texts: F1, unsafe, missed; with the catalog; without its own patterns (what fires in no other family)"
    )
    for name, members in sorted(keys.items()):
        alone = {key: predict(read[key], known=False) for key in members}
        known_too = {key: predict(read[key], known=True) for key in members}
        taken = {key: predict(read[key], known=False, without=only[name]) for key in members}
        left |= taken
        scores = " | ".join(_score(one, labeled, scorer) for one in (alone, known_too, taken))
        print(f"{name:14} {len(members):2}: {scores} | own: {', '.join(sorted(only[name])) or 'none'}")
    print(f"every family without its own patterns: {_score(left, labeled, scorer)}")


def _only(read: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Return, for each family, the patterns that fire in no other."""
    fired: dict[str, set[str]] = defaultdict(set)
    for key, text in read.items():
        for hits in scan(lay_out(text)).values():
            for hit in hits:
                fired[hit.compiled.pattern.name].add(family(key))
    families = {family(key) for key in read}
    return {one: frozenset(name for name, where in fired.items() if where == {one}) for one in families}


def _score(found: Mapping[str, labels.Record], labeled: Path, scorer: Path) -> str:
    """Return what the scorer says of these predictions."""
    with tempfile.TemporaryDirectory() as folder:
        said, wanted = Path(folder, "said"), Path(folder, "wanted")
        said.mkdir()
        wanted.mkdir()
        for key, one in found.items():
            (said / f"{key}.json").write_text(json.dumps(one, ensure_ascii=False), encoding="utf-8")
            (wanted / f"{key}.json").write_bytes((labeled / f"{key}.json").read_bytes())
        command = [sys.executable, str(scorer), str(said), str(wanted)]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    score = _SCORE.search(printed)
    return f"F1 {score[1]} unsafe {score[2]} missed {score[3]}" if score else "no score"
