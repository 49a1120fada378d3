"""How well and how fast licenses are told, by what was done to their texts.

python benchmarks/identify.py --scancode DIR [--texts DIR --manifest FILE] [--seed N] [--sample N] [--worst N]

DIR is ``licensedcode/data/licenses`` of an installed scancode-toolkit-mini; with --texts the licenses of models too.
The truth is the license that a text is published as; of ties the first named counts. Times are CPU times of one core.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import re
import resource
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path

import perturb
from attrs import field, frozen

from cleartitle.identification import identify, index
from cleartitle.identification.sources import Source, gather, scancode
from cleartitle.identification.tokens import prepare, words
from cleartitle.vocabulary.identification import Identification, Status
from cleartitle.vocabulary.words import LicenseId


@frozen(kw_only=True)
class Sample:
    """A text, and the licenses that are a right answer."""

    key: str
    text: str
    right: frozenset[LicenseId]
    model: bool
    """Whether it is a license of models or data, not one of SPDX."""


@frozen
class Score:
    """Right answers of a kind, and the wrong ones."""

    right: Counter[str] = field(factory=Counter)
    asked: Counter[str] = field(factory=Counter)
    wrong: list[str] = field(factory=list)

    def add(self, kind: str, sample: Sample, right: object, said: Identification) -> None:
        """Count one answer."""
        self.asked[kind] += 1
        self.right[kind] += bool(right)
        if not right:
            found = [(each.licenses[:2], each.status.value, each.score) for each in said.matches[:2]]
            self.wrong.append(f"{kind}: {sample.key}: {said.status.value} {found}")

    def show(self, title: str) -> None:
        """Print shares by kind."""
        print(title)
        for kind, asked in self.asked.items():
            print(f"  {kind:28} {self.right[kind]:5}/{asked:<5} {100 * self.right[kind] / asked:6.2f} %")


def samples(found: Iterable[Source]) -> list[Sample]:
    """Return the distinct texts with the ids that are published for them."""
    grouped: dict[bytes, list[Source]] = defaultdict(list)
    for source in found:
        if not source.notice and len(source.text.split()) >= 20:
            grouped[index.digest(words(prepare(source.text)))].append(source)
    made: list[Sample] = []
    for group in grouped.values():
        listed = index.load().ids()
        right = frozenset(each.license for each in group if each.license in listed)
        if right:
            model = all(each.startswith("LicenseRef") for each in right)
            made.append(Sample(key=group[0].key, text=group[0].text, right=right, model=model))
    return made


def is_first(said: Identification, sample: Sample) -> bool:
    """Return whether the first license of the best match is right."""
    best = max(said.matches, key=lambda m: m.score * (m.span.end - m.span.start), default=None)
    return best is not None and best.licenses[0] in sample.right


def named(said: Identification) -> set[LicenseId]:
    """Return every license that was named."""
    return {each for match in said.matches for each in match.licenses}


def accuracy(every: Sequence[Sample], chosen: Sequence[Sample], seed: int) -> tuple[Score, Score, Score]:
    """Return how often the license was told, how often a change was seen, and how often none was imagined."""
    told, seen, calm = Score(), Score(), Score()
    for sample in every:
        kind = "exact, model licenses" if sample.model else "exact, SPDX"
        said = identify(sample.text)
        told.add(kind, sample, said.status is Status.EXACT and is_first(said, sample), said)
    for sample in chosen:
        group = "model" if sample.model else "SPDX"
        for name, benign in perturb.BENIGN.items():
            said = identify(benign(sample.text, random.Random(f"{seed}{name}{sample.key}")))
            told.add(f"{name}, {group}", sample, is_first(said, sample), said)
            calm.add(name, sample, said.status is Status.EXACT, said)
        for name, partial in perturb.PARTIAL.items():
            said = identify(partial(sample.text, random.Random(f"{seed}{name}{sample.key}")))
            told.add(f"{name}, {group}", sample, is_first(said, sample), said)
        _altered(sample, told, seen, random.Random(f"{seed}{sample.key}"))
        other = random.Random(f"{seed}two{sample.key}").choice(chosen)
        said = identify(f"{sample.text.rstrip()}\n\n{'-' * 40}\n\n{other.text}")
        both = bool(named(said) & sample.right) and bool(named(said) & other.right)
        told.add("both of two in one file", sample, both, said)
    return told, seen, calm


def _altered(sample: Sample, told: Score, seen: Score, chance: random.Random) -> None:
    group = "model" if sample.model else "SPDX"
    text, clause = perturb.with_clause(sample.text, chance)
    said = identify(text)
    shown = " ".join(" ".join(change.text for match in said.matches for change in match.changes).split())
    told.add(f"clause inserted, {group}", sample, is_first(said, sample), said)
    seen.add("a clause inserted", sample, said.status is Status.ALTERED and clause[:40] in shown, said)
    edited = perturb.with_number(sample.text, chance)
    if edited:
        said = identify(edited[0])
        spans = [change.span for match in said.matches for change in match.changes]
        marked = any(span.start <= edited[2] and edited[1] <= span.end for span in spans)
        told.add(f"number edited, {group}", sample, is_first(said, sample), said)
        seen.add("a number edited", sample, said.status is Status.ALTERED and marked, said)


def _seconds(texts: Sequence[str]) -> float:
    start = time.process_time()
    for text in texts:
        identify(text)
    return time.process_time() - start


def speed(every: Sequence[Sample], chosen: Sequence[Sample], seed: int) -> None:
    """Print files per second beside the floor: to normalize, split and digest the same texts."""
    exact = [sample.text for sample in every]
    changes = {**perturb.BENIGN, **perturb.PARTIAL}
    changed = [change(s.text, random.Random(f"{seed}{n}")) for s in chosen for n, change in changes.items()]
    for name, texts in (("exact", exact), ("perturbed", changed)):
        start = time.process_time()
        for text in texts:
            hashlib.blake2b(" ".join(re.findall(r"[^\W_]+", text.lower())).encode()).digest()
        floor = time.process_time() - start
        ours = min(_seconds(texts) for _ in range(2))
        size = sum(map(len, texts)) / len(texts) / 1000
        print(
            f"  {name}: {len(texts) / ours:,.0f} texts/s of {size:.1f} kB; the floor {len(texts) / floor:,.0f}; "
            f"ratio {floor / ours:.2f}"
        )


def _start() -> None:
    environment = dict(os.environ)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed package has its bytecode
    license_file = str(Path(__file__).parents[1] / "LICENSE")

    def best(code: str) -> float:
        command = [sys.executable, "-c", code]
        times: list[float] = []
        for _ in range(7):
            start = time.perf_counter()
            subprocess.run(command, check=False, capture_output=True, env=environment)
            times.append(time.perf_counter() - start)
        return min(times)

    bare = best("pass")
    once = best(
        "from cleartitle.identification import identify; identify('Permission is hereby granted, free of charge')"
    )
    command = best(
        f"import sys; sys.argv = ['cleartitle', 'identify', {license_file!r}]\n"
        "from cleartitle.__main__ import main; main()"
    )
    print(
        f"  over bare Python: import and first answer {1000 * (once - bare):.0f} ms, "
        f"the command {1000 * (command - bare):.0f} ms"
    )


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--scancode", type=Path, required=True)
    options.add_argument("--texts", type=Path)
    options.add_argument("--manifest", type=Path)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--sample", type=int, default=250, help="SPDX texts that are changed; of models all are")
    options.add_argument("--worst", type=int, default=0, help="wrong answers to show")
    asked = options.parse_args()
    found = gather(asked.texts, asked.manifest, asked.scancode) if asked.texts else scancode(asked.scancode, {})
    every = samples(found)
    listed = [sample for sample in every if not sample.model]
    chosen = random.Random(asked.seed).sample(listed, min(asked.sample, len(listed))) + [s for s in every if s.model]
    print(f"{len(every)} texts, {len(chosen)} of them changed in each way; seed {asked.seed}")
    told, seen, calm = accuracy(every, chosen, asked.seed)
    told.show("the right license first")
    seen.show("what was changed is reported, with its place")
    calm.show("nothing is reported where only the form changed")
    for wrong in [*told.wrong, *seen.wrong, *calm.wrong][: asked.worst]:
        print("  wrong:", wrong)
    print("cost")
    speed(every, chosen, asked.seed)
    _start()
    size = (Path(str(files("cleartitle.identification"))) / index.NAME).stat().st_size
    print(
        f"  index {size / 1e6:.2f} MB, {len(index.load().ids())} licenses; "
        f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
    )


if __name__ == "__main__":
    main()
