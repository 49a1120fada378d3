"""Running what the documentation shows: each page from top to bottom, in a folder of its own, beside a Hub of its own.

- A block of ``sh`` or ``python`` is run; a block of ``text`` right behind it is what it prints (``...`` is any lines,
  or any part of one). Python blocks of a page see what earlier ones defined. Every command of a ``sh`` block must end
  with 0, 1 or 3, as a check that came to an answer; with ``exit=2`` behind ``sh`` the block ends so.
- A block with a ``title="name"`` is a file of that name in the page's folder; one inside a wider fence is only shown.
- ``cleartitle`` is this checkout, and the Hub serves ``docs/examples/hub``.
- A line that sets up an environment of its own is run without that (``.ci/run`` runs it as it stands), one that
  activates it is passed over.
- A block marked ``no-run`` is for reading only; the page says why.

When an output has changed for good reasons, ``EXAMPLES=write python -m pytest --no-cov docs README.md`` writes the new
one into the page: read the diff before you commit it.
"""

from __future__ import annotations

import difflib
import functools
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sybil import Document, Example, Region, Sybil

from cleartitle.testing.hub import FixtureHub

ROOT = Path(__file__).parents[1]
HUB = ROOT / "docs" / "examples" / "hub"
DRAWN = ROOT / "docs" / "generated"
ANSWERS = {0, 1, 3}
"""Exit codes of a check that came to an answer."""
_BLOCK = re.compile(
    r"^(?P<fence>`{3,})(?P<kind>\w+)[ \t]*(?P<more>[^\n]*)\n(?P<code>.*?)^(?P=fence)[ \t]*$", re.DOTALL | re.MULTILINE
)
_TITLE = re.compile(r'title="([^"/][^"]*)"')
_EXIT = re.compile(r"\bexit=(\d+)")
_SETUP = re.compile(r"^python3 -m venv .*&& (?:\.venv/bin/)?(?P<rest>.*)$", re.MULTILINE)
_ACTIVATE = re.compile(r"^\. \.venv/bin/activate$", re.MULTILINE)
_MARK = "---- the block itself ----"
_TRAP = """trap 'code=$?; case $code:$BASH_COMMAND in [13]:cleartitle*) ;; *) exit $((code + 100)) ;; esac' ERR
"""
"""Whatever fails ends the block with a code above 100; a check that came to an answer has not failed."""
_WRITE = os.environ.get("EXAMPLES") == "write"


def parse(document: Document) -> Iterator[Region]:
    """Yield every block that is run, written or compared."""
    end, last = -1, ""
    for found in _BLOCK.finditer(document.text):
        kind, more, code = found["kind"], found["more"], found["code"]
        title, code_wanted = _TITLE.search(more), _EXIT.search(more)
        close = not document.text[max(end, 0) : found.start()].strip()
        region: tuple[str, str, str] | None = None
        if title:
            region = ("file", title[1], code)
        elif "no-run" in more or (kind == "text" and not (close and last in {"sh", "python"})):
            region = None
        elif kind in {"sh", "python", "text"}:
            region = (kind, code_wanted[1] if code_wanted else "", code)
        last, end = ("" if title or "no-run" in more else kind), found.end()
        if region:
            yield Region(found.start("code"), found.end("code"), region, run)


def run(example: Example) -> str | None:
    """Run, write or compare a block; return what is wrong."""
    kind, more, code = example.parsed
    page, space = Path(example.path), example.namespace
    if "folder" not in space:
        space["folder"] = Path(tempfile.mkdtemp(prefix="page-"))
    folder = space["folder"]
    if kind == "file":
        place = folder / more
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(code, encoding="utf-8")
        return None
    if kind == "text":
        wrong = differs(code, space["printed"])
        if wrong and _WRITE and (new := renewed(code, space["printed"])):
            space.setdefault("edits", []).append((page, example.start, example.end, new))
            return None
        return wrong
    done = _python(code, space, folder) if kind == "python" else _shell(code, folder)
    space["printed"] = done.stdout.rpartition(f"{_MARK}\n")[2].replace(hub().endpoint, "https://huggingface.co")
    wanted = {int(more) + 100} if more else ANSWERS if kind == "sh" else {0}
    bad = done.returncode not in wanted
    return f"{page.name}: exit {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}" if bad else None


def _shell(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    code = _ACTIVATE.sub("", code)
    code = _SETUP.sub(lambda found: "" if "-m pytest" in found["rest"] else found["rest"], code)
    return subprocess.run(
        ["bash", "-uc", _TRAP + code],
        capture_output=True,
        text=True,
        cwd=folder,
        env=_environment(folder),
        check=False,
        stdin=subprocess.DEVNULL,
    )


def _python(code: str, space: dict[str, object], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a block in a process of its own, behind the earlier ones of the page: HF_ENDPOINT is read at import."""
    before = str(space.get("before", ""))
    space["before"] = before + code
    script = f"{before}\nprint({_MARK!r})\n{code}"
    return subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        cwd=folder,
        env=_environment(folder),
        check=False,
    )


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("LANG", "TMPDIR", "COVERAGE_PROCESS_START") if name in os.environ}
    return {
        **kept,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(folder / ".home"),
        "HF_HOME": str(folder / ".hf"),
        "HF_ENDPOINT": hub().endpoint,
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "COLUMNS": "100",
    }


@functools.cache
def hub() -> FixtureHub:
    """Return the running Hub of the documentation's examples."""
    served = FixtureHub(HUB)
    served.start()
    return served


def close() -> None:
    """End the Hub, if one runs: its thread would keep Python from ending."""
    if hub.cache_info().currsize:
        hub().close()
        hub.cache_clear()


def differs(shown: str, printed: str) -> str | None:
    """Return how what is shown differs from what was printed; ``...`` is any lines, or any part of one."""
    parts = [re.escape(line.rstrip()) for line in shown.strip("\n").splitlines()]
    dots = re.escape("...")
    pattern = "\n".join(".*?" if part == dots else part.replace(dots, "[^\n]*?") for part in parts)
    lines = "\n".join(line.rstrip() for line in printed.strip("\n").splitlines())
    return None if re.fullmatch(pattern, lines, re.DOTALL) else f"shown:\n{shown}\nprinted:\n{lines}"


def renewed(shown: str, printed: str) -> str | None:
    """Return what to show in place of *shown*: the same parts of what is printed now, as far as they can be told."""
    lines = [line.rstrip() for line in printed.strip("\n").splitlines()]
    parts: list[list[str]] = [[]]
    for line in shown.strip("\n").splitlines():
        if line == "...":
            parts.append([])
        else:
            parts[-1].append(line.rstrip())
    if len(parts) == 1:
        return "".join(f"{line}\n" for line in lines)
    kept, at = [], 0
    for place, part in enumerate(parts):
        if part:
            first = 0 if place == 0 else _nearest(part[0], lines, at)
            last = len(lines) - 1 if place == len(parts) - 1 else _nearest(part[-1], lines, max(first, at))
            if first < 0 or last < first:
                return None
            kept.append("".join(f"{line}\n" for line in lines[first : last + 1]))
            at = last + 1
        else:
            kept.append("")
    return "...\n".join(kept)


def _nearest(line: str, lines: list[str], at: int) -> int:
    later = lines[at:]
    close_ones = [line] if line in later else difflib.get_close_matches(line, later, n=1, cutoff=0.5)
    return at + later.index(close_ones[0]) if close_ones else -1


def _leave(space: dict[str, object]) -> None:
    if "folder" in space:
        shutil.rmtree(str(space["folder"]), ignore_errors=True)
    edits = space.get("edits")
    for page, start, end, new in reversed(edits if isinstance(edits, list) else []):
        text = page.read_text(encoding="utf-8")
        page.write_text(text[:start] + new + text[end:], encoding="utf-8")


def _pages() -> list[str]:
    found = [page for page in (ROOT / "docs").rglob("*.md") if not page.is_relative_to(DRAWN)]
    return ["README.md", ".github/CONTRIBUTING.md", *(str(page.relative_to(ROOT)) for page in sorted(found))]


pages = Sybil(parsers=[parse], patterns=_pages(), path=str(ROOT), teardown=_leave)
"""Every block of Python and shell in the README and the docs is run, and its shown output compared."""
