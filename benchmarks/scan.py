"""Files per second of ``cleartitle scan``, and what it finds where nothing should be found.

``python benchmarks/scan.py [FOLDER...]``: a synthetic tree (made in a temporary folder), then each folder given. With
none given, the installed package of the Hub's client: real code about models that itself uses next to none, so that
nearly all that is found there is noise. Printed is what was found, so that it can be looked at.
"""

from __future__ import annotations

import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

from cleartitle.discovery.scan import scan

COPIES = 150
FILES = {
    "pkg{n}/plain.py": "def add(a: int, b: int) -> int:\n    return a + b\n\n\n" * 60,
    "pkg{n}/load.py": "from transformers import AutoModel\n\nNAME = 'owner/model-{n}'\n\n\ndef load():\n"
    "    return AutoModel.from_pretrained(NAME)\n",
    "pkg{n}/util.py": "import json\n\nTABLE = {{'application/json': 'a/b.txt', 'x': 'y'}}\n" * 40,
    "deploy{n}/values.yaml": "replicas: 1\nimage:\n  repository: acme/app\nenv:\n  - name: PORT\n    value: '80'\n" * 1,
    "deploy{n}/serve.sh": "#!/bin/sh\nset -e\nvllm serve owner/served-{n}\n",
    "deploy{n}/Dockerfile": "FROM python:3.11\nRUN pip install x\nCMD ['python']\n",
    "docs{n}/page.md": "# Page\n\nvllm serve owner/documented\n",
    "data{n}/rows.json": '[{{"name": "row", "value": 1}}' + ', {{"name": "row", "value": 2}}' * 400 + "]",
}


def synthetic(root: Path) -> None:
    """Write a tree in which each copy names two models."""
    for n in range(COPIES):
        for name, text in FILES.items():
            path = root / name.format(n=n)
            path.parent.mkdir(exist_ok=True)
            path.write_text(text.format(n=n), encoding="utf-8")


def measure(title: str, root: Path, *, show: bool) -> None:
    """Print the speed of one scan; with *show*, what it found."""
    clock, started = time.perf_counter(), time.process_time()
    answer = scan(root)
    wall, used = time.perf_counter() - clock, time.process_time() - started
    counts = f"{len(answer.models)} models, {len(answer.datasets)} datasets, {len(answer.unresolved)} unresolved"
    print(
        f"{title}: {answer.files:,} files read, {answer.files / used:,.0f} files/s of CPU ({wall:.1f} s of wall time)"
    )
    print(f"  {counts}, {len(answer.unread)} unread")
    if show:
        for model in answer.models:
            use = model.uses[0]
            print(f"  found       {model.model}  {use.place}  {use.how}, {use.by}, {use.confidence}")
        for use in answer.unresolved:
            print(f"  unresolved  {use.said}  {use.place}  {use.by}: {use.problem}")


def main(arguments: list[str]) -> None:
    """Print a paragraph a folder."""
    with tempfile.TemporaryDirectory() as folder:
        synthetic(Path(folder))
        scan(Path(folder) / "pkg0")  # the tables are read once
        measure(f"synthetic tree ({2 * COPIES} models)", Path(folder), show=False)
    spec = find_spec("huggingface_hub")
    usual = [str(Path(spec.origin).parent)] if spec and spec.origin else []
    for each in arguments or usual:
        measure(each, Path(each), show=True)


if __name__ == "__main__":
    main(sys.argv[1:])
