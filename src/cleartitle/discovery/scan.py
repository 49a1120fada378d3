"""The whole way from a folder to the models that a project uses; no verdicts yet, and nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from attrs import evolve, frozen

from cleartitle.discovery.cache import read_cache
from cleartitle.discovery.naming import Around, meant, words
from cleartitle.discovery.notebook import NoNotebook
from cleartitle.discovery.places import kind_of
from cleartitle.discovery.project import Modules
from cleartitle.discovery.scopes import NotPython
from cleartitle.discovery.sighting import Sighting, Spot
from cleartitle.discovery.values import ENVIRONMENT, Project
from cleartitle.discovery.walk import File, NotText, TooLong, Walk, printable, read
from cleartitle.progress import Progress, silent
from cleartitle.vocabulary.discovery import How, Location, ScanAnswer, Use, UsedModel, UseKind
from cleartitle.vocabulary.evidence import Confidence
from cleartitle.vocabulary.identified import Unread

MAX_SIGHTINGS = 2_000
"""Of one file."""
NONE = "none"
"""What a comment says of a line that names no model, though it looks so: ``# cleartitle: none``."""
_MAIN = "main"
"""The branch that is meant where none is named."""
_SHELL_VARIABLE = re.compile(r"\$\{?(?P<name>[A-Za-z_]\w{0,80})\}?")
_SURE = {Confidence.HIGH: 0, Confidence.MEDIUM: 1, Confidence.LOW: 2}
_RANK = {
    How.STATED: 0,
    How.CALL: 0,
    How.COMMAND: 0,
    How.CACHE: 0,
    How.REQUIREMENT: 1,
    How.KEY: 1,
    How.LINK: 2,
    How.NAME: 3,
}


@frozen(kw_only=True)
class Uses:
    """What was found in a project.

    >>> Uses(uses=(), files=1, unread=(), incomplete=()).files
    1
    """

    uses: tuple[Use, ...]
    """In the order of files and lines."""
    files: int
    unread: tuple[Unread, ...]
    incomplete: tuple[str, ...]


def scan(root: Path, *, exclude: Iterable[str] = (), progress: Progress = silent) -> ScanAnswer:
    """Return the models that the project at *root* (a folder or a file) uses, not yet checked.

    *exclude* are patterns as in ``.gitignore``, of what is not looked at.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "app.py").write_text('AutoModel.from_pretrained("microsoft/phi-2")')
    ...     [model.model for model in scan(Path(folder)).models]
    ['hf:microsoft/phi-2']
    """
    found = find(root, exclude=exclude, progress=progress)
    named = [use for use in found.uses if use.model]
    return ScanAnswer(
        root=printable(str(root)),
        files=found.files,
        models=grouped(use for use in named if use.kind is UseKind.MODEL),
        datasets=grouped(use for use in named if use.kind is UseKind.DATASET),
        unresolved=tuple(use for use in found.uses if not use.model),
        unread=found.unread,
        incomplete=found.incomplete,
    )


def find(root: Path, *, exclude: Iterable[str] = (), progress: Progress = silent) -> Uses:
    """Return every place that names a model.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "Dockerfile").write_text("RUN hf download microsoft/phi-2")
    ...     [(use.model, str(use.place), use.by) for use in find(Path(folder)).uses]
    [('hf:microsoft/phi-2', 'Dockerfile:1', 'hf')]
    """
    walk = Walk(root, exclude)
    project = Modules(walk.root)
    uses: list[Use] = []
    unread: list[Unread] = []
    count = 0
    for file in walk:
        kind = kind_of(file.name)
        if kind is None:
            continue
        count += 1
        progress(f"{count:,} files: {file.name}")
        sightings, problem = _sightings(file, project)
        uses += _meant(file, sightings, walk.root)
        unread += [Unread(path=file.name, reason=problem)] if problem else []
    for repository in walk.caches:
        uses += _cached(repository, walk.root)
    return Uses(
        uses=tuple(
            sorted(_told(_once(uses)), key=lambda u: (u.place.file, u.place.cell or 0, u.place.line, u.place.column))
        ),
        files=count,
        unread=tuple(unread),
        incomplete=tuple(walk.left_out),
    )


def grouped(uses: Iterable[Use]) -> tuple[UsedModel, ...]:
    """Return each model, at each revision that is named, with all its places; in the order of their first.

    >>> first, second = Location(file="a.py", line=1), Location(file="b.py", line=2)
    >>> uses = [Use(said="o/poet", model="hf:o/poet", place=at, how=How.CALL, by="load") for at in (first, second)]
    >>> [(model.model, len(model.uses)) for model in grouped(uses)]
    [('hf:o/poet', 2)]
    """
    groups: dict[tuple[str, str | None], list[Use]] = {}
    for use in uses:
        groups.setdefault((use.model, None if use.revision == _MAIN else use.revision), []).append(use)
    return tuple(
        UsedModel(model=model, ref=group[0].ref, uses=tuple(sorted(group, key=lambda u: _SURE[u.confidence])))
        for (model, _), group in groups.items()
    )


def _sightings(file: File, project: Project) -> tuple[list[Sighting], str]:
    """Return what a file names, and why not all of it could be read."""
    kind = kind_of(file.name)
    found: list[Sighting] = []
    if kind is None:
        return found, ""
    try:
        text = read(file.path, kind.limit)
        for each in islice(kind.read(text, file.name, project), MAX_SIGHTINGS):
            found.append(each)  # noqa: PERF402 - what was found before an error stays
    except TooLong as error:
        return found, "" if kind.data or not kind.names else str(error)
    except NotText as error:
        return found, "" if not kind.names or str(error) == "it is no text" else str(error)
    except (NotPython, NoNotebook) as error:
        return found, str(error)
    except RecursionError:
        return found, "nested too deep"
    return found, f"only the first {MAX_SIGHTINGS:,} places were kept" if len(found) == MAX_SIGHTINGS else ""


def _meant(file: File, sightings: list[Sighting], root: Path) -> Iterator[Use]:
    around = Around(folders=(file.path.parent, root))
    said = {(s.spot.line, s.spot.cell): s for s in sightings if s.how is How.STATED}
    for sighting in sightings:
        use = _use(sighting, file.name, around)
        if use is None:
            continue
        line = _line(use, file.name)
        if not use.model and line in said and sighting.how is not How.STATED:
            continue  # a person says what is meant, or that it is no model
        yield use


def _line(use: Use, file: str) -> tuple[int, int | None]:
    where = use.used if use.used and use.used.file == file else use.place
    return where.line, where.cell


def _use(sighting: Sighting, file: str, around: Around) -> Use | None:
    """Return what a sighting means; None where it turns out to be no model."""
    if sighting.how is How.STATED and sighting.said == NONE:
        return None
    if sighting.kind is UseKind.DATASET and sighting.said in words().builders:
        return None
    place = _place(sighting.spot, file)
    if sighting.problem:
        return _open(sighting, place, file, sighting.problem)
    found = meant(sighting.said, sighting.scheme, revision=sighting.revision, bare=sighting.bare, around=around)
    if found.problem and sighting.how in (How.NAME, How.LINK):
        return None
    if found.problem:
        return _open(sighting, place, file, found.problem)
    kind = UseKind.DATASET if found.dataset else sighting.kind
    return evolve(
        _open(sighting, place, file, ""),
        kind=kind,
        model=found.model,
        ref=None if kind is UseKind.DATASET else found.ref,
        revision=found.revision or sighting.revision or None,
    )


def _open(sighting: Sighting, place: Location, file: str, problem: str) -> Use:
    return Use(
        said=sighting.said,
        kind=sighting.kind,
        problem=problem,
        place=place,
        used=_place(sighting.used, file) if sighting.used else None,
        how=sighting.how,
        by=sighting.by,
        revision=sighting.revision or None,
        confidence=sighting.confidence,
    )


def _place(spot: Spot, file: str) -> Location:
    return Location(file=spot.file or file, line=spot.line, column=spot.column, cell=spot.cell)


def _cached(repository: Path, root: Path) -> Iterator[Use]:
    try:
        name = printable(str(repository.relative_to(root)))
    except ValueError:
        name = printable(repository.name)
    for sighting in read_cache(repository):
        use = _use(sighting, name if name != "." else repository.name, Around())
        if use is not None:
            yield use


def _once(uses: Iterable[Use]) -> list[Use]:
    """Return each place once for a model and a revision; what only looks like one gives way to what is used."""
    best: dict[tuple[Location, str, str | None], Use] = {}
    for use in uses:
        key = (use.place, use.model or use.said, use.revision)
        if key not in best or _order(use) < _order(best[key]):
            best[key] = use
    certain = {(u.place, u.model) for u in best.values() if _RANK[u.how] == 0}
    return [u for u in best.values() if _RANK[u.how] == 0 or (u.place, u.model) not in certain]


def _told(uses: list[Use]) -> list[Use]:
    """Return the uses without those of a variable whose value another file of the project gives."""
    given = {use.by for use in uses if use.model and use.how is How.KEY}
    return [use for use in uses if use.model or _variable(use) not in given]


def _variable(use: Use) -> str:
    found = _SHELL_VARIABLE.fullmatch(use.said)
    return found["name"] if found else use.problem.removeprefix(ENVIRONMENT)


def _order(use: Use) -> tuple[int, int]:
    return _RANK[use.how], _SURE[use.confidence]
