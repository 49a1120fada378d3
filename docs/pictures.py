"""The pictures of the documentation, each made from what the code does.

Lineage and report come from the made-up Hub of the examples, the terminal from a real run, the architecture from the
imports, the clauses from a reading. Most are drawn with the site. Those that the README shows lie in ``docs/pictures``:
``python docs/pictures.py`` draws the terminal anew (a test compares it), with ``--report`` the HTML report too.
"""

from __future__ import annotations

import ast
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path

from drawing import BRAND, TINT, Box, arrow, picture, text

import cleartitle
from cleartitle.clauses.reader import read
from cleartitle.report import view
from cleartitle.testing.hub import FixtureHub

HERE = Path(__file__).parent
OUT = HERE / "pictures"
HUB = HERE / "examples" / "hub"
MERGE = "example-merges/otteron-8b-GGUF"
FACTS = ("--commercial", "--channel", "hosted", "--domicile", "US", "--offered-in", "US", "--users", "1M")
SHOWN = ("check", "--offline", "-q", "deepseek-ai/DeepSeek-R1-Distill-Llama-70B", "--commercial", "--channel", "hosted")
COLUMNS = 96
STRONG = {"vocabulary", "sources", "lineage", "judgment", "rules", "pipeline", "report", "cli"}
"""Parts that the pictures name in bold: where most people begin to read."""
CUT = "\x1b[1;4mLimits of use"
"""Where the picture of the terminal ends."""


def run(*arguments: str, endpoint: str = "http://127.0.0.1:9", color: bool = False) -> str:
    """Return what the command prints, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": folder,
            "HF_HOME": folder,
            "HF_ENDPOINT": endpoint,
            "COLUMNS": str(COLUMNS),
            **({"FORCE_COLOR": "1", "TERM": "xterm-256color"} if color else {}),
        }
        command = [sys.executable, "-m", "cleartitle", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=folder, check=False)
    if done.returncode not in {0, 1, 3}:
        raise SystemExit(done.stderr)
    return done.stdout


def merge() -> str:
    """Draw the lineage of a merge, as ``cleartitle trace --format svg`` does."""
    with FixtureHub(HUB) as hub:
        return run("trace", "-q", MERGE, "--format", "svg", endpoint=hub.endpoint)


def flow() -> str:
    """Draw the flow of an analysis: from a name to a verdict."""
    stages = (
        ("name", ("owner/model", "a folder, a file")),
        ("artifact", ("card, license files,", "configuration, heads")),
        ("lineage", ("back to the roots,", "each step with evidence")),
        ("terms", ("of every license,", "with its words")),
        ("verdict", ("clear · duties", "review · blocked")),
    )
    width, gap, left, top = 172, 34, 16, 74
    boxes = [
        Box(left + place * (width + gap), top, width, head, lines, strong=head == "verdict")
        for place, (head, lines) in enumerate(stages)
    ]
    parts = [box.drawn() for box in boxes]
    parts += [arrow(a.x + width + 3, a.y + 34, b.x - 4, b.y + 34) for a, b in pairwise(boxes)]
    asides = (
        ("sources", ("Hub, folder, cache,", "snapshot, atlas"), 1),
        ("clues", ("card, recipe, headers,", "prose, hashes"), 2),
        ("licenses", ("catalog, identification,", "clauses"), 3),
    )
    for head, said, place in asides:
        x = boxes[place].x
        parts += [text(x + 12, 18, head, bold=True, size=12)]
        parts += [text(x + 12, 34 + 14 * row, line, soft=True, size=11) for row, line in enumerate(said)]
        parts += [arrow(x + width - 14, 22, x + width - 14, top - 4, faint=True)]
    below = Box(
        boxes[3].x,
        top + 116,
        width * 2 + gap,
        "your deployment, your policy",
        ("facts that you state; what you accept",),
    )
    parts += [
        below.drawn(),
        arrow(boxes[4].x + width / 2, below.y - 3, boxes[4].x + width / 2, top + boxes[4].height + 4),
    ]
    reports = Box(
        boxes[0].x, top + 116, width * 2 + gap, "every step is a value", ("saved, compared, judged again: no network",)
    )
    return picture(boxes[-1].x + width + 16, top + 180, "From a name to a verdict", [*parts, reports.drawn()])


def terminal() -> str:
    """Draw a run in a terminal."""
    from rich.console import Console
    from rich.text import Text

    printed = run(*SHOWN, color=True)
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    words = [word for word in SHOWN if word != "-q"]
    console.print(Text(f"$ cleartitle {' '.join(words)}", style="bold green"))
    console.print(Text.from_ansi(printed.partition(CUT)[0].rstrip("\n")))
    drawn = console.export_svg(title="cleartitle", unique_id="terminal")
    drawn = re.sub(r"<!--.*?-->\s*", "", drawn, flags=re.DOTALL)
    drawn = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)
    return re.sub(
        r"font-family: ?Fira Code, ?monospace", "font-family: 'DejaVu Sans Mono', Menlo, Consolas, monospace", drawn
    )


def clauses() -> str:
    """Draw sentences of a made-up license, and the terms that are read from them."""
    license_text = (HUB / "example-lab" / "heron-8b" / "LICENSE").read_text(encoding="utf-8")
    rows = [
        row
        for row in view.term_rows(read(license_text).terms)
        if row.what in {"condition", "duty", "territory", "restriction"}
    ]
    parts, y, seen = [], 46.0, set[str]()
    parts += [text(24, 26, "what the text says", soft=True, size=12), text(560, 26, "what is read", soft=True, size=12)]
    for row in rows:
        if row.words in seen:
            continue
        seen.add(row.words)
        said = textwrap.wrap(row.words, 66, max_lines=3, placeholder=" …")
        term = Box(
            560, y, 400, row.what, tuple(textwrap.wrap(row.answer, 52, max_lines=2, placeholder=" …")), strong=True
        )
        parts += [term.drawn(), arrow(522, y + 24, 556, y + 24)]
        parts += [text(24, y + 16 + 18 * place, line, size=13) for place, line in enumerate(said)]
        y += max(term.height, 18 * len(said) + 6) + 14
    return picture(984, y + 6, "Sentences of a license and the terms that are read from them", parts)


def imports() -> dict[str, set[str]]:
    """Return which parts of the package import which, from the code itself."""
    root = Path(cleartitle.__file__).parent
    found: dict[str, set[str]] = {}
    for path in root.rglob("*.py"):
        here = found.setdefault(path.relative_to(root).with_suffix("").parts[0], set())
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "cleartitle":
                here.update((node.module or "").split(".")[1:2] or [alias.name for alias in node.names])
    return {part: {each for each in used if each in found and each != part} for part, used in found.items()}


def ranked(used: Mapping[str, set[str]]) -> dict[str, int]:
    """Return how many imports lie below each part, at the longest."""
    rank: dict[str, int] = {}

    def of(part: str, above: tuple[str, ...] = ()) -> int:
        if part not in rank:
            below = [of(each, (*above, part)) for each in sorted(used[part]) if each not in above]
            rank[part] = 1 + max(below, default=-1)
        return rank[part]

    for part in sorted(used):
        of(part)
    return rank


def architecture() -> str:
    """Draw who imports whom as a matrix, what is imported first; that all is on one side shows that it goes one way."""
    hidden = {"__init__", "__main__", "_version"}
    used = {part: below - hidden for part, below in imports().items() if part not in hidden}
    rank = ranked(used)
    order = sorted(used, key=lambda part: (rank[part], part))
    step, left, top = 19, 118, 96
    parts = []
    for row, part in enumerate(order):
        x, y = left + row * step, top + row * step
        parts += [text(12, y + 14, part, size=12, bold=part in STRONG)]
        name = text(0, 0, part, size=12, bold=part in STRONG)
        parts += [f'<g transform="translate({x + 13} {top - 8}) rotate(-60)">{name}</g>']
        parts += [f'<path d="M{left} {y + step} H{left + len(order) * step}" stroke="#e5e7eb"/>']
        parts += [f'<path d="M{x + step} {top} V{top + len(order) * step}" stroke="#e5e7eb"/>']
        parts += [f'<rect x="{x + 2}" y="{y + 2}" width="{step - 4}" height="{step - 4}" rx="3" fill="{TINT}"/>']
        for column, other in enumerate(order):
            if other in used[part]:
                parts += [
                    f'<circle cx="{left + column * step + step / 2}" cy="{y + step / 2}" r="4.5" fill="{BRAND}"/>'
                ]
    size = len(order) * step
    parts += [text(left + size - 262, top + 22, "a dot: the part on the left", soft=True, size=12)]
    parts += [text(left + size - 262, top + 38, "imports the part above", soft=True, size=12)]
    return picture(left + size + 70, top + size + 14, "Who imports whom: always to the left", parts)


def report() -> None:
    """Take a picture of the HTML report, where Chromium is installed."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        raise SystemExit("no Chromium here")
    with FixtureHub(HUB) as hub, tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        printed = run("check", "-q", MERGE, *FACTS, "--format", "html", endpoint=hub.endpoint)
        page.write_text(printed.replace(hub.endpoint, "https://huggingface.co"), encoding="utf-8")
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1100,1150"]
        shot = OUT / "report.png"
        subprocess.run(
            [browser, *flags, f"--screenshot={shot}", page.as_uri()], check=True, capture_output=True, timeout=60
        )


PICTURES: Mapping[str, Callable[[], str]] = {
    "merge.svg": merge,
    "flow.svg": flow,
    "clauses.svg": clauses,
    "architecture.svg": architecture,
}
"""Those that are drawn with the site."""


def main() -> None:
    """Draw those that are kept."""
    OUT.mkdir(exist_ok=True)
    (OUT / "terminal.svg").write_text(terminal(), encoding="utf-8")
    if "--report" in sys.argv[1:]:
        report()


if __name__ == "__main__":
    main()
