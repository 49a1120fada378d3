"""How well and how fast cards are read: ``python benchmarks/cards.py [--misses]``; needs ``../shared``.

1. Real cards of 2022 against the Hub's own answers. 2. Cards chosen because they are odd. 3. Speed, and hostile cards.
"""

from __future__ import annotations

import argparse
import json
import tarfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from attrs import frozen

from cleartitle.card import Card, RepairKind, Scalar, read_card
from cleartitle.card.decoding import MAX_BYTES

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
SAMPLE = SHARED / "corpus" / "hub_sample_2022.tar.xz"
CARDS = SHARED / "corpus" / "cards"


@frozen(kw_only=True)
class Sample:
    """A repository: its card and the tags that the Hub gave it."""

    name: str
    card: bytes
    tags: tuple[str, ...]

    def tagged(self, prefix: str) -> list[str]:
        """Return the sorted tags of one kind, without the prefix."""
        return sorted(tag.removeprefix(prefix) for tag in self.tags if tag.startswith(prefix))


@frozen(kw_only=True)
class Comparison:
    """What we read against what the Hub did; the lists name repositories."""

    agree: list[str]
    differ: list[str]
    silent: list[str]
    extra: list[str]


def sample(path: Path = SAMPLE) -> Iterator[Sample]:
    """Yield the repositories of the archive, which holds each card before its answer; nothing is written to disk."""
    with tarfile.open(path) as archive:
        card = b""
        for member in archive:
            name, _, file = member.name.partition("/")[2].rpartition("/")
            content = archive.extractfile(member)
            if content and file == "README.md":
                card = content.read()
            elif content and file == "infos.json":
                yield Sample(name=name, card=card, tags=_tags(json.loads(content.read())))


def compare(samples: Iterable[Sample], cards: Mapping[str, Card]) -> Comparison:
    """Compare the licenses, in the Hub's form."""
    found = Comparison(agree=[], differ=[], silent=[], extra=[])
    for one in samples:
        theirs, ours = one.tagged("license:"), sorted(value.normal for value in cards[one.name].license)
        if theirs:
            (found.agree if theirs == ours else found.differ).append(one.name)
        else:
            (found.extra if ours else found.silent).append(one.name)
    return found


def kinds(cards: Iterable[Card]) -> Counter[RepairKind]:
    """Count the cards that have each kind of repair."""
    return Counter(kind for card in cards for kind in {repair.kind for repair in card.repairs})


def odd() -> dict[str, Card]:
    """Return the cards that were chosen because they are odd."""
    return {path.stem: read_card(path.read_bytes()) for path in sorted(CARDS.glob("*.md"))}


def against_manifest(cards: Mapping[str, Card]) -> dict[str, str]:
    """Return where we differ from what the collectors of the odd cards noted, with both readings."""
    entries: object = json.loads((CARDS / "manifest.json").read_text(encoding="utf-8"))
    differences = {}
    for entry in entries if isinstance(entries, list) else []:
        match entry:
            case {"file": str(file), "license": licenses, "base_model": bases}:
                card = cards[file.removesuffix(".md")]
                noted = [*_strings(licenses), *_strings(bases)]
                read = [value.text for value in (*card.license, *card.base_models)]
                if noted != read:
                    differences[file] = f"noted {noted}, read {read}"
            case _:
                pass
    return differences


def hostile() -> dict[str, Callable[[], bytes]]:
    """Return cards that try to be costly; the first is honest, with long evaluation results."""
    full = MAX_BYTES - 200
    laughs = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 40))
    result = "- task:\n    type: retrieval\n  metrics:\n  - type: map_at_10\n    value: 27.15\n"
    return {
        "(long evaluation results)": lambda: _front("license: mit\nmodel-index:\n" + result * 3_000),
        "billion laughs": lambda: _front("a0: &a0 [ha, ha]\n" + laughs + "license: mit"),
        "100,000 brackets": lambda: _front("license: mit\nx: " + "[" * 100_000),
        "100,000 dashes": lambda: _front("license: mit\nx:\n  " + "- " * 100_000),
        "100,000 question marks": lambda: _front("? " * 100_000 + "\nlicense: mit"),
        "50 MB": lambda: ordinary(50_000_000),
        "one endless line": lambda: b"x" * full,
        "one endless value": lambda: _front("license: " + "x" * full),
        "one endless quote": lambda: _front('license: "' + "x" * full),
        "1,000,000 duplicate keys": lambda: _front("license: mit\n" * 1_000_000),
        "as many duplicate keys as fit": lambda: _front("license: mit\n" * (full // 13)),
        "as many keys as fit": lambda: _front("\n".join(f"k{n}:" for n in range(full // 9))),
        "a list of values": lambda: _front("tags: [" + "a," * (full // 2) + "]\nlicense: mit"),
        "a broken list of values": lambda: _front("license:\n" + "- a\n" * (full // 4) + "[["),
        "anchors": lambda: _front("\n".join(f"k{n}: &a{n} v" for n in range(full // 24))),
        "aliases": lambda: _front("a: &a v\ntags:\n" + "- *a\n" * (full // 5)),
        "%TAG directives": lambda: _front("".join(f"%TAG !{n}! t\n" for n in range(full // 16)) + "license: mit"),
        "rulers": lambda: b"---\n" * (full // 4),
        "front matters": lambda: b"---\nlicense: mit\n" * (full // 17),
        "blanks": lambda: _front("license: mit\na" + " " * full),
        "carriage returns": lambda: b"\r" * full,
        "NUL bytes": lambda: b"x" + b"\x00" * full,
        "no encoding": lambda: b"x" + b"\xff" * full,
    }


def ordinary(size: int) -> bytes:
    """Return a card like most: a short front matter and prose."""
    head = (
        b"---\nlicense: apache-2.0\nlanguage:\n- en\ntags:\n- text-generation\nbase_model: owner/base\n---\n# Model\n\n"
    )
    prose = b"It was trained on some texts, and answers questions about them.\n\n"
    return (head + prose * (size // len(prose) + 1))[:size]


def seconds(card: bytes, repeat: int = 3) -> float:
    """Return how long a card takes to read, the best of some runs."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        read_card(card)
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="list the cards where we differ, with what was odd")
    misses = bool(parser.parse_args().misses)
    if SAMPLE.exists():
        _report_sample(misses=misses)
        _report_odd(misses=misses)
    else:
        print(f"{SHARED} is absent: only hostile cards are measured")
    print("\nhostile cards: time, and its ratio to an ordinary card of equal size (at most what is read)")
    for name, make in hostile().items():
        card = make()
        taken, usual = seconds(card), seconds(ordinary(min(len(card), MAX_BYTES)))
        print(f"  {name:32}{len(card) / 1e6:7.2f} MB {taken * 1000:8.1f} ms {taken / usual:8.1f} x")


def _report_sample(*, misses: bool) -> None:
    samples = tuple(sample())
    start = time.perf_counter()
    cards = {one.name: read_card(one.card) for one in samples}
    taken = time.perf_counter() - start
    found = compare(samples, cards)
    tagged, untagged = len(found.agree) + len(found.differ), len(found.silent) + len(found.extra)
    datasets = [n for n in samples if n.tagged("dataset:") != sorted({v.text for v in cards[n.name].datasets})]
    stray = [name for name, card in cards.items() if card.stray_licenses]
    size = sum(len(one.card) for one in samples)
    print(
        f"Hub sample of 2022: {len(samples)} cards, {len(samples) / taken:.0f} cards/s, {size / taken / 1e6:.1f} MB/s"
    )
    print(f"  license on the Hub: {tagged}, we agree on {len(found.agree)}, differ on {len(found.differ)}")
    print(f"  none on the Hub: {untagged}, we agree on {len(found.silent)}, declare one on {len(found.extra)}")
    print(f"  stated where the Hub does not look: {len(stray)}; datasets differ on {len(datasets)}")
    _print_kinds(cards.values())
    if misses:
        for name in (*found.differ, *found.extra, *stray):
            print(f"  {name}: {_said(cards[name].license)}, stray {_said(cards[name].stray_licenses)}")
            print("".join(f"    {repair}\n" for repair in cards[name].repairs), end="")
        for one in datasets:
            print(f"  {one.name}: datasets {one.tagged('dataset:')}, read {_said(cards[one.name].datasets)}")


def _report_odd(*, misses: bool) -> None:
    cards = odd()
    differences = against_manifest(cards)
    print(
        f"\nodd cards: {len(cards)} read, {len(differences)} differ from the collectors' notes on license or base model"
    )
    _print_kinds(cards.values())
    if misses:
        for name, readings in differences.items():
            print(f"  {name}: {readings}")
            print("".join(f"    {repair}\n" for repair in cards[name.removesuffix(".md")].repairs), end="")


def _print_kinds(cards: Iterable[Card]) -> None:
    for kind, count in kinds(cards).most_common():
        print(f"    {kind.value:20}{count:6}")


def _said(values: Iterable[Scalar]) -> list[str]:
    return [value.text for value in values]


def _front(yaml: str) -> bytes:
    return f"---\n{yaml}\n---\n# A model\n".encode()


def _tags(answer: object) -> tuple[str, ...]:
    match answer:
        case {"tags": tags}:
            return tuple(_strings(tags))
        case _:
            return ()


def _strings(value: object) -> list[str]:
    return (
        [value]
        if isinstance(value, str)
        else [v for v in value if isinstance(v, str)]
        if isinstance(value, list)
        else []
    )


if __name__ == "__main__":
    main()
