"""Many ways of saying the same: made-up sentences of ``wordings.txt``, English and Chinese, each with its answers."""

from __future__ import annotations

from pathlib import Path

import labels
import pytest
import terms

GRANTS = {
    (
        False,
        False,
    ): "NORDWIND MODEL LICENSE AGREEMENT\n\nThe Licensor grants you a non-exclusive, worldwide license to use, "
    "copy and modify the Model.\n\n",
    (False, True): "北风模型许可协议\n\n许可方授予您一项非排他的、全球范围的许可，允许您使用、复制、修改本模型。\n\n",
    (True, False): "NORDWIND MODEL LICENSE\n\n",
    (True, True): "北风模型许可协议\n\n",
}
"""What stands above a sentence: by whether it stands alone, and whether it is Chinese."""


def lines() -> list[str]:
    text = Path(__file__).with_name("wordings.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize("line", lines())
def test_sentence_gives_its_answers(line: str) -> None:
    wanted, _, sentence = line.partition(" | ")
    alone = wanted.startswith("alone ")
    chinese = any("一" <= c <= "鿿" for c in sentence)
    found = terms.predict(GRANTS[alone, chinese] + sentence.replace("\\n", "\n"), known=False)
    for answer in wanted.removeprefix("alone ").split("; "):
        name, _, value = answer.partition("=")
        assert holds(found, name, value), f"{answer}: {conditions(found) if name == 'cond' else found[name]}"


def holds(found: labels.Record, name: str, value: str) -> bool:
    if name == "cond":
        return value in conditions(found)
    said = found[name]
    if isinstance(said, list):
        return value[1:] not in said if value.startswith("!") else value in said
    return str(said).lower() == value if isinstance(said, bool) else str(said) in value.split("/")


def conditions(found: labels.Record) -> list[str]:
    listed = found["commercial_conditions"]
    assert isinstance(listed, list)
    entries = [entry for entry in listed if isinstance(entry, dict)]
    return [":".join(shown(entry[part]) for part in ("kind", "comparator", "value", "currency")) for entry in entries]


def shown(value: labels.Value) -> str:
    return "" if value is None else str(value)
