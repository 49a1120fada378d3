"""A mirror that others made, in front of the fixture Hub: olah, in an environment of its own."""

from __future__ import annotations

import contextlib
import os
import queue
import re
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

VARIABLE = "CLEARTITLE_OLAH"
"""The environment variable with the path of ``olah-cli``."""
_STARTED = re.compile(r"Uvicorn running on (http://[\w.]+:\d+)")
_PATIENCE = 60


@contextlib.contextmanager
def olah_mirror(upstream: str, folder: Path) -> Iterator[str]:
    """Run olah in front of the Hub at the address *upstream*, its files in *folder*; give its address."""
    netloc = urlsplit(upstream).netloc
    folder.mkdir()
    command = [os.environ[VARIABLE], "--host", "127.0.0.1", "--port", "0", "--hf-scheme", "http"]
    command += ["--hf-netloc", netloc, "--hf-lfs-netloc", netloc]
    command += ["--repos-path", str(folder / "repos"), "--log-path", str(folder / "logs")]
    clean = {"PATH": os.environ.get("PATH", ""), "HOME": str(folder)}
    with subprocess.Popen(
        command, cwd=folder, env=clean, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        lines: queue.Queue[str] = queue.Queue()
        reader = threading.Thread(target=_read, args=(process.stdout, lines))
        reader.start()
        try:
            yield _address(lines)
        finally:
            process.terminate()
            try:
                process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
            reader.join()


def _read(output: IO[str], lines: queue.Queue[str]) -> None:
    for line in output:
        lines.put(line)
    lines.put("")


def _address(lines: queue.Queue[str]) -> str:
    said = ""
    while line := lines.get(timeout=_PATIENCE):
        said += line
        if started := _STARTED.search(line):
            return started[1]
    raise AssertionError(f"olah did not start:\n{said}")
