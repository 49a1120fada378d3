"""How well and how fast license prose is read: ``python benchmarks/readme.py [--misses] [--half dev|held]
[--texts DIR --labels DIR]``.

Needs ``../shared``. A predicted statement and a labelled one are the same when they cover the same thing and name the
same license: the same catalog ids (of the label's id or name), or the same words once "license", "the" and the like are
left out, or the same address-only file, or neither names any. Of equal ones, one predicted meets one labelled.
Accuracy of terms is taken over the matched pairs: ``commercial_use``, ``research_only``, and the set of conditions
(kind, value, currency).
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from attrs import define, field, frozen

from cleartitle.card import read_card
from cleartitle.prose import read
from cleartitle.prose.markdown import MAX_TEXT
from cleartitle.prose.names import meaning
from cleartitle.prose.sameness import pieces
from cleartitle.vocabulary.prose import Prose, ProseStatement
from cleartitle.vocabulary.statement import Unknown, licenses

CORPUS = Path(__file__).resolve().parents[1].parent / "shared" / "corpus"
TEXTS, LABELS = CORPUS / "readme", CORPUS / "readme_labels"
SEED = 20260823
"""Splits the labelled names in two: patterns were written on the first half."""


@frozen(kw_only=True)
class Wanted:
    """A labelled statement."""

    covers: str
    license: str
    license_id: str
    binding: str
    commercial_use: str
    conditions: tuple[tuple[str, int | None, str | None], ...]
    research_only: bool
    quote: str

    def __str__(self) -> str:
        return (
            f"{self.covers}: {self.license or '-'} ({self.license_id or '-'}) {self.commercial_use} [{self.quote[:70]}]"
        )


@frozen(kw_only=True)
class Labelled:
    """A text with its labels."""

    key: str
    language: str
    text: str
    statements: tuple[Wanted, ...]
    bases: tuple[str, ...]


@define(kw_only=True)
class Score:
    """Counts of one language."""

    right: int = 0
    extra: int = 0
    missed: int = 0
    commercial: int = 0
    conditions: int = 0
    research: int = 0
    binding: int = 0
    unsafe: int = 0
    """Allowed where the label limits or forbids."""
    bases: list[int] = field(factory=lambda: [0, 0, 0])
    """Right, extra, missed."""

    def line(self, name: str) -> str:
        """Return the figures on one line."""
        precision = self.right / max(1, self.right + self.extra)
        recall = self.right / max(1, self.right + self.missed)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        of = max(1, self.right)
        return (
            f"{name:6} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}"
            f"  ({self.right} right, {self.extra} extra, {self.missed} missed)"
            f"  commercial_use {self.commercial / of:.3f}  conditions {self.conditions / of:.3f}"
            f"  research_only {self.research / of:.3f}  relation {self.binding / of:.3f}  unsafe {self.unsafe}"
            f"  bases {self.bases[0]}/{self.bases[0] + self.bases[2]} (+{self.bases[1]})"
        )


def labelled(texts: Path = TEXTS, labels: Path = LABELS) -> list[Labelled]:
    """Return the labelled texts, by name."""
    return [_labelled(texts / f"{path.stem}.md", path) for path in sorted(labels.glob("*.json"))]


def half(texts: Sequence[Labelled], which: Literal["dev", "held"]) -> list[Labelled]:
    """Return one half of the texts, split at random by name."""
    names = sorted(each.key for each in texts)
    random.Random(SEED).shuffle(names)
    kept = set(names[: len(names) // 2] if which == "dev" else names[len(names) // 2 :])
    return [each for each in texts if each.key in kept]


def same(predicted: ProseStatement, wanted: Wanted) -> bool:
    """Return whether both state the same license for the same thing."""
    if predicted.covers.value != wanted.covers:
        return False
    named = bool(wanted.license or wanted.license_id)
    if not named or not (predicted.said or predicted.license):
        return not named and not predicted.said and predicted.license is None
    ids = {i for said in (wanted.license_id, wanted.license) if said for i in _ids(said)}
    found = set(licenses(predicted.license)) if predicted.license else set()
    if ids & found:
        return True
    words = pieces(predicted.said)
    return words == pieces(wanted.license) or (bool(wanted.license_id) and words == pieces(wanted.license_id))


def score(texts: Iterable[Labelled], *, misses: bool = False) -> dict[str, Score]:
    """Return the counts by language and for all."""
    scores: dict[str, Score] = defaultdict(Score)
    for text in texts:
        made = read(text.text)
        pairs, extra, missed = _match(made.statements, text.statements)
        for name in (text.language, "all"):
            _count(scores[name], pairs, len(extra), len(missed))
            _count_bases(scores[name], made, text.bases)
        if misses:
            _show(text, made, pairs, extra, missed)
    return scores


def _match(
    predicted: Sequence[ProseStatement], wanted: Sequence[Wanted]
) -> tuple[list[tuple[ProseStatement, Wanted]], list[ProseStatement], list[Wanted]]:
    left = list(wanted)
    pairs, extra = [], []
    for each in predicted:
        fitting = [w for w in left if same(each, w)]
        if fitting:
            best = max(
                fitting, key=lambda w: (w.commercial_use == each.commercial_use, w.binding == each.binding.value)
            )
            left.remove(best)
            pairs.append((each, best))
        else:
            extra.append(each)
    return pairs, extra, left


def _count(into: Score, pairs: Sequence[tuple[ProseStatement, Wanted]], extra: int, missed: int) -> None:
    into.right += len(pairs)
    into.extra += extra
    into.missed += missed
    for predicted, wanted in pairs:
        into.commercial += predicted.commercial_use.value == wanted.commercial_use
        into.conditions += _conditions(predicted) == set(wanted.conditions)
        into.research += predicted.research_only == wanted.research_only
        into.binding += predicted.binding.value == wanted.binding
        into.unsafe += predicted.commercial_use.value == "allowed" and wanted.commercial_use in (
            "conditional",
            "prohibited",
        )


def _count_bases(into: Score, made: Prose, wanted: Sequence[str]) -> None:
    found = [pieces(b.name) for b in made.base_models]
    left = [pieces(name) for name in wanted]
    right = 0
    for each in found:
        match = next((w for w in left if w == each or w <= each or each <= w), None)
        if match is not None:
            left.remove(match)
            right += 1
    for place, number in enumerate((right, len(found) - right, len(left))):
        into.bases[place] += number


def _conditions(made: ProseStatement) -> set[tuple[str, int | None, str | None]]:
    return {(c.kind.value.replace("-", "_"), c.value, c.currency) for c in made.conditions}


def _show(
    text: Labelled,
    made: Prose,
    pairs: Sequence[tuple[ProseStatement, Wanted]],
    extra: Sequence[ProseStatement],
    missed: Sequence[Wanted],
) -> None:
    lines = [f"  missed  {each}" for each in missed] + [f"  extra   {_brief(each)}" for each in extra]
    for predicted, wanted in pairs:
        if predicted.commercial_use.value != wanted.commercial_use:
            lines.append(f"  commercial_use {predicted.commercial_use.value}, wanted {wanted}")
        if predicted.research_only != wanted.research_only:
            lines.append(f"  research_only {predicted.research_only}, wanted {wanted}")
        if _conditions(predicted) != set(wanted.conditions):
            lines.append(
                f"  conditions {sorted(map(str, _conditions(predicted)))}, wanted {sorted(map(str, wanted.conditions))}"
            )
        if predicted.binding.value != wanted.binding:
            lines.append(f"  relation {predicted.binding.value}, wanted {wanted.binding} {wanted}")
    if {*map(pieces, text.bases)} != {pieces(b.name) for b in made.base_models}:
        lines.append(f"  bases {[b.name for b in made.base_models]}, wanted {list(text.bases)}")
    if lines:
        print(f"{text.key} ({text.language})", *lines, sep="\n")


def _brief(made: ProseStatement) -> str:
    words = (made.covers.value, made.said or "-", made.binding.value, made.commercial_use.value)
    return f"{': '.join(words)} [{made.evidence.quote[:70]!r}]"


def _ids(said: str) -> tuple[str, ...]:
    found = meaning(said)
    return () if isinstance(found, Unknown) else tuple(licenses(found))


def _labelled(text: Path, label: Path) -> Labelled:
    data = json.loads(label.read_text(encoding="utf-8"))
    return Labelled(
        key=label.stem,
        language=str(data["language"]),
        text=read_card(text.read_bytes()).body,
        statements=tuple(_wanted(each) for each in data["statements"]),
        bases=tuple(map(str, data["base_models"])),
    )


def _wanted(said: dict[str, object]) -> Wanted:
    listed = said.get("conditions")
    found = [c for c in listed if isinstance(c, dict)] if isinstance(listed, list) else []
    return Wanted(
        covers=str(said["covers"]),
        license=str(said["license"] or ""),
        license_id=str(said["license_id"] or ""),
        binding=str(said["relation"]),
        commercial_use=str(said["commercial_use"]),
        conditions=tuple(dict.fromkeys((str(c["kind"]), c["value"], c["currency"]) for c in found)),
        research_only=bool(said["research_only"]),
        quote=str(said["quote"]),
    )


def speed(folder: Path = CORPUS) -> list[str]:
    """Return how fast real cards, long ones and hostile ones are read."""
    cards = [read_card(path.read_bytes()).body for path in sorted((folder / "cards").glob("*.md"))]
    joined = "\n\n".join(cards)
    pieces_8k = [joined[at : at + 8_000] for at in range(0, min(len(joined), 2_000_000), 8_000)]
    read(pieces_8k[0])
    lines = [f"{len(pieces_8k) / _seconds(pieces_8k):.0f} cards of 8 kB a second ({len(pieces_8k)} of them)"]
    for size in (50_000, 100_000, 200_000, 400_000):
        long = (joined * 3)[:size]
        lines.append(f"{size // 1000:>4} kB of cards: {_seconds([long]):.3f} s")
    for name, text in hostile().items():
        lines.append(f"{len(text) // 1000:>4} kB of {name}: {_seconds([text]):.3f} s")
    return lines


def hostile(size: int = MAX_TEXT) -> dict[str, str]:
    """Return texts made to be slow to read."""
    seeds = {
        "one long sentence on licenses": "license the model under ",
        "opening brackets": "[",
        "nested links": "[MIT](",
        "license names": "MIT License, ",
        "capital words": "Acme ",
        "headings": "# License\n",
        "list items ever deeper": "- license: MIT\n  ",
        "table cells": "| license | MIT ",
        "newlines": "\n",
        "stars": "**",
        "Chinese licenses": "模型许可协议",
        "Chinese commerce": "商用",
        "compound names": "A-",
        "comments": "<!--",
        "commercial": "commercial use for research only not ",
        "HTML openings": "<a href='",
        "images": "![license:",
        "sentences": "## License\nThe model is for commercial use of 1 million users. ",
        "digits": "1,000",
        "short paragraphs": "## License\n\nThe code and the weights are under the Fox License for 1 million users.\n\n",
        "items on commerce": "- Commercial use is not allowed, if you need a license, please contact us (MIT).\n",
        "Chinese titles": "《模型许可",
        "reasons": "since the data is because ",
        "references": "[license][a]\n\n[a]: https://x.org/LICENSE\n\n",
        "Korean": "모델 라이선스 상업적 이용 ",
        "open quotes": '"license ',
        "fences": "```\n",
    }
    return {name: (seed * (size // len(seed) + 1))[:size] for name, seed in seeds.items()}


def _seconds(texts: Iterable[str]) -> float:
    begun = time.perf_counter()
    for text in texts:
        read(text)
    return time.perf_counter() - begun


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0] if __doc__ else "")
    parser.add_argument("--misses", action="store_true", help="list what is wrong")
    parser.add_argument("--half", choices=("dev", "held"), help="one half of the labelled texts")
    parser.add_argument("--texts", type=Path, default=TEXTS, help="a folder of texts, KEY.md")
    parser.add_argument("--labels", type=Path, default=LABELS, help="a folder of labels, KEY.json")
    parser.add_argument("--no-speed", action="store_true", help="leave out the timings")
    options = parser.parse_args()
    texts = labelled(options.texts, options.labels)
    if options.half:
        texts = half(texts, options.half)
    scores = score(texts, misses=options.misses)
    print(f"{len(texts)} texts")
    for name in sorted(scores, key=lambda n: (n == "all", n)):
        print(scores[name].line(name))
    if not options.no_speed:
        print(*speed(), sep="\n")


if __name__ == "__main__":
    main()
