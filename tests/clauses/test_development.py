"""The texts that careful readers have labeled."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import terms

from shared import need


def test_labeled_texts(tmp_path: Path) -> None:
    texts, labels, scorer = need("corpus", "texts"), need("corpus", "labels"), need("bench", "score_terms.py")
    for path in labels.glob("*.json"):
        text = (texts / f"{path.stem}.txt").read_text(encoding="utf-8")
        found = terms.predict(text, known=False)
        (tmp_path / path.name).write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    command = [sys.executable, str(scorer), str(tmp_path), str(labels), str(texts)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    score = re.search(
        r"F1 ([0-9.]+)\nunsafe (\d+)  missed (\d+)/\d+.* unquoted (\d+)  quotes verbatim (\d+)/(\d+)", printed
    )
    assert score, printed
    assert float(score[1]) >= 0.97
    assert (score[2], score[3], score[4]) == ("0", "0", "0")
    assert score[5] == score[6]
