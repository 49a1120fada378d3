"""Hostile and broken input: bounded, said, and never in the way of the rest."""

from __future__ import annotations

import os
import socket
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleartitle.discovery import walk
from cleartitle.discovery.commands import read_shell
from cleartitle.discovery.config import read_config
from cleartitle.discovery.docker import read_dockerfile
from cleartitle.discovery.makefile import read_makefile
from cleartitle.discovery.naming import Around, meant
from cleartitle.discovery.notebook import NoNotebook, read_notebook
from cleartitle.discovery.python import read_python
from cleartitle.discovery.requirements import read_requirements
from cleartitle.discovery.scan import scan
from cleartitle.discovery.scopes import NotPython
from cleartitle.discovery.triton import read_triton

IMPORT = "from transformers import AutoModel\n"
GOOD = f"{IMPORT}AutoModel.from_pretrained('a/b')\n"
N = 20_000


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "good.py").write_text(GOOD)
    return tmp_path


def models(root: Path) -> list[str]:
    return [model.model for model in scan(root).models]


@pytest.mark.parametrize(
    "text",
    [
        f"{IMPORT}print 'old'\nAutoModel.from_pretrained('x/y')",
        f"{IMPORT}AutoModel.from_pretrained(" + "(" * 5000,
        f"{IMPORT}AutoModel.from_pretrained('x/y')\nx = " + "-" * 100_000 + "1",
        f"{IMPORT}AutoModel.from_pretrained('x/y')\x00",
    ],
)
def test_what_is_no_python_is_said_and_the_rest_is_read(text: str, project: Path) -> None:
    (project / "bad.py").write_text(text)
    answer = scan(project)
    assert [m.model for m in answer.models] == ["hf:a/b"]
    assert [u.path for u in answer.unread] in (["bad.py"], [])
    assert answer.unread or "\x00" in text


@pytest.mark.parametrize(
    "text",
    [
        IMPORT + "AutoModel.from_pretrained(" + "+".join(["'a'"] * 3000) + ")",
        IMPORT
        + "a0 = 'x'\n"
        + "".join(f"a{n} = a{n - 1} + a{n - 1}\n" for n in range(1, 60))
        + "AutoModel.from_pretrained(a59)",
        IMPORT + "m = m\nAutoModel.from_pretrained(m)",
        IMPORT + "def f(x):\n    return f(f(x))\nAutoModel.from_pretrained(f('a'))",
        IMPORT + "class A(B): pass\nclass B(A): pass\nAutoModel.from_pretrained(A.m)",
        IMPORT + "x = [" + "'q',\n" * N + "]\nfor m in x:\n    AutoModel.from_pretrained(m)",
        IMPORT + "AutoModel.from_pretrained(m)\n" * 3000 + "m = 1",
        IMPORT
        + "".join(f"m{n} = m{n + 1} or m{n + 2}\n" for n in range(200))
        + "AutoModel.from_pretrained(m0)\n" * 500,
        IMPORT + "".join(f"{' ' * n}if x:\n" for n in range(90)) + " " * 90 + "AutoModel.from_pretrained('q/r')",
    ],
)
def test_python_that_leads_in_circles_or_grows_ends(text: str, project: Path) -> None:
    (project / "odd.py").write_text(text)
    started = time.process_time()
    assert "hf:a/b" in models(project)
    assert time.process_time() - started < 20


@pytest.mark.parametrize(
    "text",
    [
        "'" * N, '"' * N, "\\" * N, "$" * N, "${" * N, "$(" * N, "`" * N, "<<E\n" * N, "a=" * N, "; " * N,
        "--model " * N, "vllm serve " * N, "x" * 100 * N,
        "bash -c " * 2000 + "x", "python -c " * 2000 + "x", "ollama pull a\n" * N,
        "# " * N, "\\\n" * N, "env " * N, "M=$M$M\n" * 200, "-e " * N,
    ],
    ids=range(21),
)  # fmt: skip
@pytest.mark.parametrize("read", [read_shell, read_dockerfile, read_makefile])
def test_commands_take_time_by_their_length(text: str, read: object) -> None:
    assert callable(read)
    started = time.process_time()
    for _ in zip(read(text if read is not read_dockerfile else f"RUN {text}"), range(5_000), strict=False):
        pass
    assert time.process_time() - started < 15


@pytest.mark.parametrize(
    "text",
    [
        "[" * N, "{" * N, "model: " * N, "- " * N, "a: &a [*a, *a]\n" * 50, "base_model: a/b\n" * N, "? " * N,
        "%TAG\n" * N, "---\n" * N, '{"model": ' * 5000, "model:\n" + " command: vllm serve a/b\n" * 5000,
        "base_model: '" + "x" * N,
        "[a]\n" * N, "model = '''" + "'" * N, '\t"model": "a/b"\n' * N,
    ],
    ids=range(15),
)  # fmt: skip
@pytest.mark.parametrize("toml", [False, True])
def test_configurations_take_time_by_their_length(text: str, toml: bool) -> None:  # noqa: FBT001 - a case
    started = time.process_time()
    list(read_config(text, toml=toml))
    assert time.process_time() - started < 15


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"cells": 1}', '{"cells": [1, {}]}', "[" * N, '{"cells": [{"source": [1]}]}']
)
def test_a_broken_notebook_is_none(text: str) -> None:
    with suppress(NoNotebook):
        assert list(read_notebook(text, "n.ipynb")) == []


PIECES = st.sampled_from(
    ["vllm serve ", "a/b", "$M", "${M:-a/b}", "'", '"', "\\", "\n", "=", "--model", " ", "<<E",
     "E", "{{ x }}", "- ", ": ", "base_model", "ENV ", "RUN ", "[", "]", "AutoModel.from_pretrained(", ")", "@", "#"]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=5), max_size=40).map("".join))
@settings(max_examples=150)
def test_readers_raise_nothing_of_their_own(text: str) -> None:
    for read in (read_shell, read_dockerfile, read_makefile, read_config, read_requirements, read_triton):
        for sighting in read(text):
            assert 1 <= sighting.spot.line <= text.count("\n") + 2
    with suppress(NotPython):
        list(read_python(text, "x.py"))


@given(st.text(max_size=40) | st.text(alphabet="a/b@:.{}$%<>~\\-_ ", max_size=40))
def test_any_name_is_a_reference_or_has_a_problem(said: str) -> None:
    found = meant(said, around=Around())
    assert bool(found.problem) != bool(found.model)


def test_links_do_not_lead_out_or_in_circles(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.py").write_text(GOOD.replace("a/b", "out/side"))
    (project / "loop").symlink_to(project, target_is_directory=True)
    (project / "out").symlink_to(outside, target_is_directory=True)
    (project / "link.py").symlink_to(outside / "secret.py")
    (project / "gone.py").symlink_to(project / "nowhere.py")
    assert models(project) == ["hf:a/b"]


def test_a_path_does_not_lead_out_of_the_project(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (project / "x.py").write_text(f"{IMPORT}AutoModel.from_pretrained({str(outside)!r})\n")
    assert [m.model for m in scan(project).models] == ["hf:a/b"]
    assert len(scan(project).unresolved) == 1


def test_pipes_sockets_and_binaries_are_passed_over(project: Path) -> None:
    os.mkfifo(project / "pipe.py")
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(project / "socket.sh"))
        (project / "binary.py").write_bytes(b"\x7fELF\0\0from_pretrained('x/y')")
        answer = scan(project)
    assert [m.model for m in answer.models] == ["hf:a/b"]


def test_what_is_too_long_is_said(project: Path) -> None:
    (project / "long.py").write_text("#" * (walk.MAX_BYTES + 1))
    (unread,) = scan(project).unread
    assert unread.path == "long.py"
    assert "longer than" in unread.reason


def test_data_is_passed_over(project: Path) -> None:
    (project / "rows.json").write_text('["model: x/y"]' + " " * walk.MAX_BYTES)
    assert scan(project).unread == ()


def test_too_many_files_and_levels_are_said(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "MAX_FILES", 3)
    for n in range(5):
        (project / f"x{n}.py").write_text("")
    assert scan(project).incomplete == ("only the first 3 files were looked at",)
    monkeypatch.setattr(walk, "MAX_DEPTH", 1)
    (project / "a" / "b" / "c").mkdir(parents=True)
    assert any("levels down" in each for each in scan(project / "a").incomplete + scan(project).incomplete)


@pytest.mark.parametrize("folder", [".git", "node_modules", ".venv", "site-packages", "mine"])
def test_what_is_installed_is_passed_over(folder: str, project: Path) -> None:
    (project / folder).mkdir()
    (project / folder / "x.py").write_text(GOOD.replace("a/b", "x/y"))
    if folder == "mine":
        (project / folder / "pyvenv.cfg").write_text("")
    assert models(project) == ["hf:a/b"]


def test_gitignore_is_obeyed_as_git_does(project: Path) -> None:
    (project / ".gitignore").write_text("scratch/\n*.tmp.py\n!keep.tmp.py\n")
    for name in ("scratch/a.py", "b.tmp.py", "keep.tmp.py", "sub/c.py", "sub/d.py"):
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_text(GOOD.replace("a/b", f"x/{Path(name).stem[0]}"))
    (project / "sub" / ".gitignore").write_text("/c.py\n")
    assert sorted(models(project)) == ["hf:a/b", "hf:x/d", "hf:x/k"]


def test_a_pattern_that_takes_long_is_left_out(project: Path) -> None:
    (project / ".gitignore").write_text("*a" * 40 + "b\ngood.*\n[z-\n")
    (project / ("a" * 200 + ".py")).write_text(GOOD.replace("a/b", "x/y"))
    assert models(project) == ["hf:x/y"]


def test_excluded_patterns(project: Path) -> None:
    (project / "tests").mkdir()
    (project / "tests" / "x.py").write_text(GOOD.replace("a/b", "x/y"))
    assert [m.model for m in scan(project, exclude=["tests/"]).models] == ["hf:a/b"]


def test_names_of_files_that_are_no_text(project: Path) -> None:
    Path(os.fsdecode(os.fsencode(project) + b"/\xff\xfe.py")).write_text(GOOD.replace("a/b", "x/y"))
    assert sorted(models(project)) == ["hf:a/b", "hf:x/y"]
