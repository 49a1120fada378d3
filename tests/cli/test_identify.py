"""``cleartitle identify`` as a user runs it: files, folders, formats, exit codes, hostile files."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cleartitle.cli import paths, run
from cleartitle.report.identify import lines
from cleartitle.serial.convert import plain, read
from cleartitle.vocabulary.evidence import Span
from cleartitle.vocabulary.identification import Change, ChangeKind, Identification, Match, Status
from cleartitle.vocabulary.identified import FileAnswer, IdentifyAnswer
from cleartitle.vocabulary.words import LicenseId

APACHE = (Path(__file__).parents[2] / "LICENSE").read_text(encoding="utf-8")
CLAUSE = "\n   You may not use the Work for the benefit of more than 5,000 monthly active users.\n"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def identify(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command on these arguments; return its exit code, its output and its errors."""

    def call(*arguments: str) -> tuple[int, str, str]:
        code = run(["identify", *arguments])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return code, captured.out, captured.err

    return call


def write(path: str, content: str | bytes) -> str:
    place = Path(path)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def altered() -> str:
    """Return the Apache License with a clause of our own in it."""
    head, tail = APACHE.split("   4. Redistribution.", 1)
    return f"{head}{CLAUSE}\n   4. Redistribution.{tail}"


def test_an_exact_license(identify: Run) -> None:
    text = APACHE.replace("[yyyy] [name of copyright owner]", "2024 Jane Doe")
    write("LICENSE", text)
    line = 1 + next(n for n, words in enumerate(text.splitlines()) if "Jane Doe" in words)
    code, out, err = identify("LICENSE")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "LICENSE",
        "  Apache-2.0  exact  100 %  Apache License 2.0",
        f"  © 2024 Jane Doe  line {line}",
    ]


def test_an_altered_license_names_the_lines_and_with_diff_the_words(identify: Run) -> None:
    write("LICENSE", altered())
    line = altered().splitlines().index(CLAUSE.strip("\n")) + 1
    code, out, _ = identify("LICENSE")
    assert code == 3
    assert "Apache-2.0  altered" in out
    assert "100 %" not in out
    assert f"line {line}  " in out
    assert "5,000" not in out
    code, out, _ = identify("--diff", "LICENSE")
    assert code == 3
    assert any(shown.strip().startswith("+ ") and "5,000 monthly" in shown for shown in out.splitlines())


def test_missing_words_are_counted(identify: Run) -> None:
    head, tail = APACHE.split("   3. Grant of Patent License.", 1)
    write("LICENSE", f"{head}   4. Redistribution.{tail.split('   4. Redistribution.', 1)[1]}")
    code, out, _ = identify("--diff", "LICENSE")
    assert code == 3
    assert "words missing" in out
    assert "words of the license)" in out


def test_a_text_that_is_no_license(identify: Run) -> None:
    write("LICENSE", "You owe me a coffee if we ever meet. Otherwise do as you like.\n")
    code, out, _ = identify("LICENSE")
    assert (code, out.splitlines()[1]) == (3, "  no license that we know")


def test_a_folder_shows_license_files_and_spdx_lines_of_the_others(identify: Run) -> None:
    write("p/LICENSE", APACHE)
    write("p/deep/er/still/LICENSE.txt", APACHE)
    write("p/LICENSES/Foo.txt", APACHE)
    write("p/NOTICE", "Foo\nCopyright 2024 Jane Doe\n")
    write("p/main.py", "# SPDX-License-Identifier: gpl-3.0\nprint()\n")
    write("p/README.md", "Hello.\n")
    write("p/node_modules/x/LICENSE", "not looked at")
    code, out, _ = identify("p")
    assert code == 0
    shown = out.splitlines()
    named = [line for line in shown if not line.startswith(" ")]
    assert named == ["p/LICENSE", "p/NOTICE", "p/main.py", "p/LICENSES/Foo.txt", "p/deep/er/still/LICENSE.txt"]
    assert "  GPL-3.0-only  SPDX line 1  (written gpl-3.0)" in shown
    assert "  notice: Copyright 2024 Jane Doe" in shown


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"LICENSE": APACHE, "a.py": "# SPDX-License-Identifier: MIT OR ISC\n"}, 0),
        ({"a.py": "# SPDX-License-Identifier: GPL-2.0 WITH Classpath-exception-2.0\n"}, 0),
        ({"a.py": "# SPDX-License-Identifier: MIT WITH Foo-exception\n"}, 3),
        ({"a.py": "# SPDX-License-Identifier: LicenseRef-Nobody-Knows\n"}, 3),
        ({"a.py": "# SPDX-License-Identifier: LicenseRef-Meta-Llama-3.1-Community\n"}, 0),
        ({"LICENSE": APACHE, "a.py": "# SPDX-License-Identifier: see LICENSE\n"}, 3),
        ({"LICENSE": APACHE, "LICENSE-MODEL": "Be nice to each other and to the model.\n"}, 3),
        ({"LICENSE": "SPDX-License-Identifier: MIT\nAnd you owe me a coffee.\n"}, 3),
        ({"a.py": "print()\n"}, 3),
    ],
)
def test_the_exit_code_says_whether_all_is_known(identify: Run, files: dict[str, str], expected: int) -> None:
    for path, content in files.items():
        write(f"p/{path}", content)
    assert identify("p")[0] == expected
    assert identify("--format", "json", "p")[0] == expected


def test_a_named_source_file_is_settled_by_its_spdx_line(identify: Run) -> None:
    assert identify(write("a.py", "# SPDX-License-Identifier: MIT\n"))[0] == 0
    assert identify(write("b.py", "print()\n"))[0] == 3


def test_json_is_one_document_that_can_be_read_back(identify: Run) -> None:
    write("p/LICENSE", altered())
    write("p/a.py", "# SPDX-License-Identifier: MIT OR ISC\n")
    code, out, err = identify("--format", "json", "p", "absent")
    assert code == 4
    assert "absent" in err
    data: dict[str, Any] = json.loads(out)
    assert data["schema_version"] == 1
    answer = read(data, IdentifyAnswer, where="answer")
    assert json.loads(json.dumps(plain(answer))) == data
    license_file, source = answer.files
    assert license_file.identification is not None
    (match,) = license_file.identification.matches
    assert (match.licenses, match.status) == (("Apache-2.0",), Status.ALTERED)
    assert "5,000" in "".join(change.text for change in match.changes)
    assert [tag.canonical for tag in source.tags] == ["MIT OR ISC"]
    assert [each.path for each in answer.unread] == ["absent"]


def test_usage_and_help(identify: Run) -> None:
    assert identify()[0] == 2
    assert identify("--format", "xml", "x")[0] == 2
    code, out, _ = identify("--help")
    assert code == 0
    assert len(out.splitlines()) <= 25
    assert "Exit codes" in out


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-16-le"])
def test_other_encodings_are_read(identify: Run, encoding: str) -> None:
    assert identify(write("LICENSE", APACHE.encode(encoding)))[0] == 0


def test_one_endless_line_is_still_the_license(identify: Run) -> None:
    assert identify(write("LICENSE", " ".join(APACHE.split())))[0] == 0


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "no license"),
        (b"\x00" * 5000, "binary"),
        (b"PK\x03\x04" + b"x" * 500, "zip"),
        (b"MIT \xff\xfe\x80 License", "UTF-8"),
        (b"Permission\x00is", "binary"),
        (bytes(range(256)) * 40, "binary"),
        (b"a" * 2_000_000, "1,000,000 of 2,000,000 bytes"),
        (b"(" * 400_000, "no license"),
        (APACHE.encode() + b" x" * 700_000, "bytes were read"),
    ],
)
def test_hostile_files_get_a_clear_answer(identify: Run, content: bytes, word: str) -> None:
    code, out, _ = identify(write("LICENSE", content))
    assert code == 3
    assert word in out


def test_a_huge_file_is_read_in_part(identify: Run) -> None:
    with Path("LICENSE").open("wb") as stream:
        stream.write(APACHE.encode())
        stream.truncate(2**30)
    code, out, _ = identify("LICENSE")
    assert code == 3
    assert "of 1,073,741,824 bytes" in out


def test_what_is_no_file_is_refused_at_once(identify: Run) -> None:
    Path("p").mkdir()
    os.mkfifo("p/LICENSE")
    code, _, err = identify("p/LICENSE")
    assert (code, "named pipe" in err) == (4, True)
    code, _, err = identify("p")
    assert (code, "named pipe" in err) == (4, True)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("p/other")
        Path("p/LICENSE").unlink()
        write("p/LICENSE.txt", APACHE)
        assert identify("p")[0] == 0
    assert identify("/dev/zero")[0] == 4


def test_a_folder_named_like_a_license_is_a_folder(identify: Run) -> None:
    write("LICENSE/COPYING", APACHE)
    assert identify("LICENSE")[0] == 0
    Path("LICENSE/COPYING").unlink()
    code, out, _ = identify("LICENSE")
    assert (code, out) == (3, "no license text and no SPDX line was found\n")


@pytest.mark.parametrize("path", ["absent", "absent/LICENSE", "x" * 5000, "/proc/self/mem"])
def test_what_cannot_be_read_is_an_error_of_one_line(identify: Run, path: str) -> None:
    write("LICENSE", APACHE)
    code, out, err = identify(path, "LICENSE")
    assert code == 4
    assert len(err.splitlines()) == 1
    assert "Apache-2.0  exact" in out


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_denied_files_and_folders_are_named(identify: Run) -> None:
    write("p/LICENSE", APACHE)
    write("p/q/LICENSE", APACHE)
    Path("p/LICENSE").chmod(0)
    Path("p/q").chmod(0)
    try:
        code, _, err = identify("p")
    finally:
        Path("p/q").chmod(0o700)
    assert code == 4
    assert "p/LICENSE" in err
    assert "p/q" in err


def test_links_out_of_the_folder_are_not_followed(identify: Run) -> None:
    write("outside/LICENSE", APACHE)
    Path("p").mkdir()
    Path("p/LICENSE").symlink_to(Path("outside/LICENSE").resolve())
    Path("p/COPYING").symlink_to("COPYING")
    code, out, err = identify("p")
    assert code == 4
    assert "! p/LICENSE leads out of the folder" in out
    assert "p/COPYING" in err


def test_a_snapshot_in_the_cache_of_the_hub_is_read_through_its_links(identify: Run) -> None:
    write("models--a--b/blobs/123", APACHE)
    Path("models--a--b/snapshots/abc").mkdir(parents=True)
    Path("models--a--b/snapshots/abc/LICENSE").symlink_to("../../blobs/123")
    assert identify("models--a--b/snapshots/abc")[0] == 0


def test_a_folder_with_too_many_files_is_not_called_known(identify: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "MAX_FILES", 3)
    for name in ("LICENSE", "LICENSE.a", "LICENSE.b", "LICENSE.c"):
        write(f"p/{name}", APACHE)
    code, out, _ = identify("p")
    assert code == 3
    assert "only the first 3 files of p" in out


def test_names_and_passages_cannot_act_on_the_terminal(identify: Run) -> None:
    evil = altered().replace("5,000", "5,000 \x1b[2J\u202e")
    write("p/LICENSE.\x1b[31m", evil)
    Path(os.fsdecode(b"p/LICENSE.\xff")).write_text(APACHE, encoding="utf-8")
    code, out, _ = identify("--diff", "p")
    assert (code, "\x1b" in out, "\u202e" in out) == (3, False, False)
    assert "p/LICENSE.\ufffd" in out
    code, out, _ = identify("--format", "json", "p")
    assert (code, "\x1b" in out) == (3, False)


def test_a_tie_and_every_kind_of_change_are_shown() -> None:
    span = Span(line=3, end_line=4, start=10, end=20)
    changes = (
        Change(kind=ChangeKind.INSERTED, span=span, text="no sale\n\tat all", touches=("restriction: resale",)),
        Change(kind=ChangeKind.REMOVED, span=span, removed_words=1),
        Change(kind=ChangeKind.REPLACED, span=span, text="\x1b[2Jten", removed_words=2),
    )
    tie = (LicenseId("CC-BY-3.0"), LicenseId("CC-BY-4.0"))
    match = Match(licenses=tie, status=Status.ALTERED, score=0.99999, span=span, changes=changes)
    file = FileAnswer(path="L", identification=Identification(status=Status.ALTERED, matches=(match,)))
    shown = ["".join(part for part, _ in line) for line in lines(IdentifyAnswer(files=(file,)), diff=True)]
    assert shown == [
        "L",
        "  CC-BY-3.0 or CC-BY-4.0  altered  99.9 %  nothing here decides between these versions  lines 3-4",
        "    lines 3-4  4 words inserted: restriction: resale",
        "      + no sale",
        "      +  at all",
        "    lines 3-4  1 word missing",
        "      - (1 word of the license)",
        "    lines 3-4  2 words replaced by 1",
        "      - (2 words of the license)",
        "      + \\x1b[2Jten",
    ]
    assert not file.settled


def test_with_diff_the_clause_engine_says_what_new_words_bear_on(identify: Run) -> None:
    clause = "You may not use the Work for commercial purposes."
    path = write("LICENSE", APACHE.replace("   2. Grant of", f"   {clause}\n\n   2. Grant of", 1))
    code, out, _ = identify("--diff", path)
    assert code == 3
    assert f"+ {clause[:-1]}" in out
    assert "restriction: non-commercial" in out
