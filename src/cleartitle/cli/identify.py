"""``cleartitle identify``: which license a text is, and what was changed in it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cleartitle.cli import output
from cleartitle.cli.paths import Found, NoFile, Walk, is_folder, legal, printable, read
from cleartitle.errors import SourceError

if TYPE_CHECKING:
    from cleartitle.progress import Progress
    from cleartitle.vocabulary.identified import FileAnswer, IdentifyAnswer, Unread
    from cleartitle.vocabulary.statement import Expression


class CannotRead(SourceError):
    """A file or folder of this machine could not be read."""

    advice = "give files and folders that you may read"


@click.command()
@click.argument(
    "paths", nargs=-1, required=True, metavar="FILE|FOLDER...", type=click.Path(path_type=Path, readable=False)
)
@click.option(
    "--diff",
    is_flag=True,
    help="Show the inserted and replaced passages, what they bear on, and where words are missing.",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("-q", "--quiet", is_flag=True, help="Show no progress.")
def command(paths: tuple[Path, ...], form: str, *, diff: bool, quiet: bool) -> int:
    """Say which license a text is, and what was changed in it.

    Of a folder, every file that is named like a license, a notice or a use policy is read, and of all others the
    SPDX-License-Identifier lines. Each license is exact (up to formatting and holders), altered (with the lines and the
    clauses that the changes stand in) or partial; a file that only names a license is a mention. Two ids where one is
    expected are versions between which nothing in the file decides.

    Exit codes: 0 every license was identified exactly, 3 something is altered, partial, unknown or undecided,
    2 wrong usage, 4 a file could not be read.
    """
    with output.progress(quiet=quiet) as progress:
        answer = look(paths, progress, terms=diff or form == "json")
    for each in answer.unread:
        output.complain(CannotRead(f"cannot read {each.path}: {each.reason}"))
    if form == "json":
        output.dump(answer)
    else:
        _print(answer, diff=diff)
    return code(answer)


def _print(answer: IdentifyAnswer, *, diff: bool) -> None:
    from cleartitle.report.identify import Style, lines

    looks = {Style.STRONG: "1", Style.FAINT: "2", Style.GOOD: "32", Style.DOUBTFUL: "33", Style.BAD: "31"}
    plain = "NO_COLOR" in os.environ or not sys.stdout.isatty()
    for line in lines(answer, diff=diff):
        parts = (text if plain or style not in looks else f"\x1b[{looks[style]}m{text}\x1b[0m" for text, style in line)
        sys.stdout.write(f"{''.join(parts).rstrip()}\n")


def code(answer: IdentifyAnswer) -> int:
    """Return the exit code of an answer."""
    if answer.unread:
        return 4
    return 0 if answer.files and not answer.incomplete and all(map(_settled, answer.files)) else 3


def _settled(file: FileAnswer) -> bool:
    """Return whether nothing is open about a file; of one not named like a license, its SPDX lines may decide."""
    from cleartitle.vocabulary.identification import Status

    found = file.identification
    if file.settled or found is None or file.cut or legal(Path(file.path)):
        return file.settled
    return found.status in (Status.NONE, Status.MENTION) and bool(file.tags) and all(t.settled for t in file.tags)


def look(paths: tuple[Path, ...], progress: Progress, *, terms: bool) -> IdentifyAnswer:
    """Return what the files at *paths* and in the folders there are; with *terms*, what new passages bear on."""
    from cleartitle.vocabulary.identified import IdentifyAnswer, Unread

    files: list[FileAnswer] = []
    unread: list[Unread] = []
    left_out: list[str] = []
    for path in paths:
        walk = Walk(path) if is_folder(path) else None
        for n, found in enumerate(walk or [Found(path=path, whole=True)], 1):
            progress(f"{n:,} files: {printable(found.path)}" if walk else printable(path))
            answered = _file(found, terms=terms)
            if isinstance(answered, Unread):
                unread.append(answered)
            elif answered is not None:
                files.append(answered)
        if walk:
            unread += [Unread(path=printable(place), reason=reason) for place, reason in walk.unread]
            left_out += walk.left_out
    return IdentifyAnswer(files=tuple(files), unread=tuple(unread), incomplete=tuple(left_out))


def _file(found: Found, *, terms: bool) -> FileAnswer | Unread | None:
    """Return what a file is; None for a file that is no license text and has no SPDX line."""
    from attrs import evolve

    from cleartitle.identification import identify_bytes, read_changes
    from cleartitle.identification.decoding import decode
    from cleartitle.identification.holders import holders
    from cleartitle.identification.notices import attributions, is_notice
    from cleartitle.identification.spdx import tags
    from cleartitle.vocabulary.identified import FileAnswer, Unread

    path = printable(found.path)
    try:
        content = read(found)
    except NoFile as error:
        return Unread(path=path, reason=str(error))
    except OSError as error:
        return Unread(path=path, reason=error.strerror or str(error))
    text = decode(content.data)[0] if found.whole or b"SPDX-" in content.data else ""
    said = tags(text, _known)
    if not found.whole:
        return FileAnswer(path=path, tags=said) if said else None
    notice = is_notice(path)
    identification = identify_bytes(content.data)
    identification = read_changes(identification) if terms else identification
    if content.cut:
        problem = f"only the first {len(content.data):,} of {content.size:,} bytes were read"
        identification = evolve(identification, problems=(*identification.problems, problem))
    return FileAnswer(
        path=path,
        identification=evolve(identification, holders=identification.holders or holders(text)),
        cut=content.cut,
        tags=said,
        notice=notice,
        attributions=attributions(text) if notice else (),
    )


def _known(said: str) -> Expression:
    """Return the license of an id; a ``LicenseRef-`` that is no entry of the catalog could be anything."""
    from cleartitle import catalog
    from cleartitle.catalog.expressions import license_id
    from cleartitle.vocabulary.statement import One, Unknown

    found = license_id(said)
    if isinstance(found, One) and "LicenseRef-" in found.license:
        try:
            catalog.get(found.license)
        except catalog.UnknownLicense:
            return Unknown(reason=f"the catalog has no {said}", said=said, settle=f"the text of {said}")
    return found
