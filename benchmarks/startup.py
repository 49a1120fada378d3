"""What starting costs over bare Python: import, ``--version``, a check from the atlas. Prints differences and ratios.

Run in an environment where the package is installed: ``python benchmarks/startup.py``. Whole processes, in turn with a
bare one, medians of many: a shared machine is noisy.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time

RUNS = 15
CHECK = ["check", "--offline", "-q", "Qwen/Qwen2.5-72B-Instruct-AWQ", "--users", "1M", "--domicile", "US"]
CASES = {
    "import cleartitle (target 60 ms)": ["-c", "import cleartitle"],
    "cleartitle --version (target 60 ms)": ["-m", "cleartitle", "--version"],
    "check from the atlas (target 250 ms)": ["-m", "cleartitle", *CHECK],
    "check from the atlas, JSON": ["-m", "cleartitle", *CHECK, "--format", "json"],
}


def seconds(arguments: list[str], home: str) -> float:
    """Return the wall time of one process."""
    environment = {**os.environ, "HF_HOME": home}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed package has its bytecode
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], capture_output=True, check=False, env=environment, cwd=home)
    return time.perf_counter() - start


def main() -> None:
    """Print a line a case."""
    with tempfile.TemporaryDirectory() as home:
        for name, arguments in CASES.items():
            seconds(arguments, home)
            pairs = [(seconds(["-c", "pass"], home), seconds(arguments, home)) for _ in range(RUNS)]
            over = statistics.median(mine - bare for bare, mine in pairs) * 1000
            ratio = statistics.median(mine / bare for bare, mine in pairs)
            bare = statistics.median(bare for bare, _ in pairs) * 1000
            print(f"{name:38} +{over:6.1f} ms   {ratio:5.1f} x bare Python ({bare:.1f} ms)")


if __name__ == "__main__":
    main()
