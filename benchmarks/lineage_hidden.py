"""Declared bases, hidden: does the rest of a card, and the files beside it, still tell them?

Real cards that declare a base (``base_model``), without that declaration; cards of 2022 in which a tool's sentence
names the base, as they are; and the same without that sentence, which little else on the page repeats. What a card
names beside its declaration (all models of a recipe, of which one was declared) stands in ``lineage_also.toml``.
"""

from __future__ import annotations

import functools
import json
import re
import tarfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

from attrs import field, frozen

from cleartitle.card import Card, read_card
from cleartitle.formats.training import trainings_in
from cleartitle.lineage import clues
from cleartitle.lineage.weigh import weigh
from cleartitle.prose.mentions import known
from cleartitle.vocabulary.artifact import Artifact, FileEntry, Origin, TextFile
from cleartitle.vocabulary.lineage import Edge
from cleartitle.vocabulary.reference import ModelRef, Scheme
from cleartitle.vocabulary.relations import Relation

SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "corpus"
_KEYS = re.compile(
    r"^(?:base_models?|base_model_relation|finetuned_from|parent_model)[ \t]*:[^\n]*\n"
    r"(?:[ \t]*-[^\n]*\n|[ \t]+[^\n]*\n)*",
    re.MULTILINE,
)
_TAGS = re.compile(r"^[ \t]*-[ \t]*base_model:[^\n]*\n", re.MULTILINE)
_BESIDE = frozenset({Relation.TRAINED_ON, Relation.DISTILLED})
PRECISION, RECALL = 0.97, 0.90
_ENDINGS = {
    "adapter_config.json": "adapter_config.json",
    ".yml": "mergekit_config.yml",
    "config.json": "config.json",
}
_NAMING = re.compile(
    r"(?:\bmodel|base_model|source_model|base_model_name_or_path|_name_or_path)\"?[ \t]*:[ \t]*[\"']?"
    r"(?:(?P<id>[\w.-]+/[\w.-]+)(?=[\s\"'@+,]|$)|[^\s\"']*models--(?P<cached>[\w.-]+?)[/\\])"
)
FILES = ("adapter_config.json", "mergekit_config.yml", "config.json")


@frozen(kw_only=True)
class Case:
    """A repository whose base is hidden."""

    name: str
    kind: str
    bases: frozenset[str]
    """What was declared, in small letters."""
    text: str
    """The card without the declaration."""
    files: tuple[TextFile, ...] = ()
    listed: tuple[str, ...] = ()

    @property
    def named(self) -> frozenset[str]:
        """The bases that the rest of the card, or a file, still names."""
        rest = "\n".join((self.text, *(file.text for file in self.files))).casefold()
        own = self.name.casefold()
        rest = rest.replace(own, " ")
        return frozenset(b for b in self.bases if re.search(_called(b), rest))


@frozen(kw_only=True)
class Outcome:
    """What was recovered of one case."""

    case: Case
    found: tuple[Edge, ...] = field(repr=False)

    @property
    def names(self) -> frozenset[str]:
        """The parents that were found."""
        return frozenset(canonical(e.parent.name) for e in self.found if e.relation not in _BESIDE)

    @property
    def missed(self) -> frozenset[str]:
        """The bases that are still named and were not found."""
        return self.case.named - self.names

    @property
    def wrong(self) -> frozenset[str]:
        """What was found and is neither declared nor, read by hand, named as a parent."""
        return self.names - self.case.bases - also().get(self.case.name, frozenset())


def canonical(name: str) -> str:
    """Return the id in small letters, without the owner that the Hub gave to old names later."""
    low = name.casefold()
    last = low.rpartition("/")[2]
    legacy = known(last)
    return last if legacy and "/" not in legacy else low


@functools.cache
def also() -> dict[str, frozenset[str]]:
    """Return the parents that cards name beside those they declare."""
    entries = tomllib.loads(Path(__file__).with_name("lineage_also.toml").read_text(encoding="utf-8"))["also"]
    return {each["card"]: frozenset(map(canonical, each["parents"])) for each in entries}


def _called(base: str) -> str:
    return rf"(?<![\w-]){re.escape(base.rpartition('/')[2])}(?![\w-])"


def chosen() -> Iterator[Case]:
    """Yield the cards that were chosen because they are odd, with the files that belong to them."""
    entries = json.loads((SHARED / "cards" / "manifest.json").read_text(encoding="utf-8"))
    for entry in entries:
        stem = entry["file"].removesuffix(".md")
        texts = (SHARED / "lineage_files" / f"{stem}.{name}" for name in FILES)
        files = tuple(TextFile(path=p.name.removeprefix(f"{stem}."), data=p.read_bytes()) for p in texts if p.exists())
        data = (SHARED / "cards" / entry["file"]).read_bytes()
        yield from _cases(entry["id"], data, files=files)


def sampled() -> Iterator[Case]:
    """Yield the cards of the sample of 2022."""
    with tarfile.open(SHARED / "hub_sample_2022.tar.xz") as archive:
        data = b""
        for member in archive:
            name, _, file = member.name.partition("/")[2].rpartition("/")
            content = archive.extractfile(member)
            if content and file == "README.md":
                data = content.read()
            elif content and file == "infos.json":
                info = json.loads(content.read())
                yield from _cases(name, data, listed=tuple(s["rfilename"] for s in info.get("siblings", ())))


def alone() -> Iterator[Case]:
    """Yield the files without a card: what they name, read by their lines, is what must be found."""
    for path in sorted((SHARED / "lineage_files").iterdir()):
        kind = next((k for ending, k in _ENDINGS.items() if path.name.endswith(ending)), "")
        if not kind or ".card-" in path.name:
            continue
        file = TextFile(path=kind, data=path.read_bytes())
        named = {each["id"] or each["cached"].replace("--", "/") for each in _NAMING.finditer(file.text)}
        if named:
            bases = frozenset(map(canonical, named))
            yield Case(name=f"alone/{path.name[:60]}", kind="files", bases=bases, text="", files=(file,))


def _cases(name: str, data: bytes, files: tuple[TextFile, ...] = (), listed: tuple[str, ...] = ()) -> Iterator[Case]:
    card = read_card(data)
    declared = [value.text for value in card.base_models]
    if declared:
        texts, bases = {"declared": _hidden(card)}, declared
    else:
        told = [t.base for t in trainings_in(card) if t.base.key == "sentence"]
        texts, bases = {"named": card.text, "silenced": card.text}, [t.named.name for t in told]
        for mention in told:
            texts["silenced"] = _without_sentence(texts["silenced"], mention.span.start)
    wanted = frozenset(canonical(_bare(b)) for b in bases if _bare(b).count("/") < 2) - {canonical(name)}
    for kind, text in texts.items() if wanted else ():
        yield Case(name=name, kind=kind, bases=wanted, text=text, files=files, listed=listed)


def _bare(base: str) -> str:
    found = re.search(r"huggingface\.co/([\w.-]+(?:/[\w.-]+)?)", base)
    return (found[1] if found else base).partition("@")[0].strip("/")


def _hidden(card: Card) -> str:
    if card.front_matter is None:
        return card.text
    start, end = card.front_matter.start, card.front_matter.end
    return card.text[:start] + _TAGS.sub("", _KEYS.sub("", card.text[start:end])) + card.text[end:]


def _without_sentence(text: str, at: int) -> str:
    """Return *text* with the line of a template's sentence blanked."""
    begin, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    return text[:begin] + " " * ((end if end >= 0 else len(text)) - begin) + (text[end:] if end >= 0 else "")


def recover(case: Case) -> Outcome:
    """Return what the clues that are left say."""
    readme = TextFile(path="README.md", data=case.text.encode())
    paths = dict.fromkeys((*case.listed, *(f.path for f in case.files), "README.md"))
    ref = ModelRef(Scheme.HF, case.name)
    artifact = Artifact(
        ref=ref,
        origin=Origin.LIVE,
        files=tuple(FileEntry(path=path) for path in paths),
        texts=(readme, *case.files),
    )
    return Outcome(case=case, found=weigh(ref, artifact, clues.find(artifact, read_card(readme.data))))


def main(*, misses: bool) -> bool:
    """Print precision and recall; return whether both reach their targets where something is left to find."""
    outcomes = [recover(case) for source in (chosen, sampled, alone) for case in source()]
    good = True
    for kinds in (("declared",), ("named",), ("files",), ("declared", "named", "files"), ("silenced",)):
        those = [o for o in outcomes if o.case.kind in kinds]
        found, wrong = sum(len(o.names) for o in those), sum(len(o.wrong) for o in those)
        beyond = sum(len(o.names - o.case.bases) for o in those) - wrong
        named, missed = sum(len(o.case.named) for o in those), sum(len(o.missed) for o in those)
        precision, recall = (found - wrong) / max(found, 1), (named - missed) / max(named, 1)
        print(
            f"  {' + '.join(kinds):24} {len(those):3} cards, {sum(len(o.case.bases) for o in those):3} bases, "
            f"{named:3} named: precision {precision:.3f} ({found - wrong}/{found}, {beyond} beyond the declaration), "
            f"recall {recall:.3f} ({named - missed}/{named})"
        )
        good = good and (kinds == ("silenced",) or (precision >= PRECISION and recall >= RECALL))
    for outcome in outcomes if misses else ():
        _show(outcome)
    return good


def _show(outcome: Outcome) -> None:
    if outcome.missed or outcome.wrong:
        print(f"    {outcome.case.name} ({outcome.case.kind})")
    for name in sorted(outcome.missed):
        print(f"      missed {name}")
    for edge in outcome.found:
        if canonical(edge.parent.name) in outcome.wrong:
            quote = " ".join(edge.evidence[0].quote.split())[:160]
            print(f"      wrong  {edge.parent.name} ({edge.relation}): {edge.evidence[0].method} {quote!r}")
