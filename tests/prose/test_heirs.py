"""Licenses that came with the base model, though no sentence of the card says so."""

from __future__ import annotations

import pytest

from cleartitle.prose import read
from cleartitle.vocabulary.prose import Binding, Subject
from cleartitle.vocabulary.words import Decision


@pytest.mark.parametrize(
    "card",
    [
        "# Otter-8B\nIt starts from Llama 3.1 8B.\n## License\nIts use is governed by the Llama 3.1 Community License.",
        "# 水獭\n水獭以 Llama-3.1-8B 为底座。\n## 许可\n使用本模型须遵守 Llama 3.1 社区许可协议。",
        "# Rakko\nLlama 3.1 8B を追加学習。\n## ライセンス\nLlama 3.1 Community License が適用されます。",
    ],
)
def test_the_license_of_the_base_models_family_is_inherited(card: str) -> None:
    made = read(card)
    assert [s.binding for s in made.statements] == [Binding.INHERITS]
    assert len(made.base_models) == 1


def test_a_license_of_ones_own_is_not_inherited() -> None:
    made = read("# Otter-8B\nIt starts from Llama 3.1 8B.\n## License\nThe weights are under the Otter Model License.")
    assert [s.binding for s in made.statements] == [Binding.UNDER]


def test_a_limit_stays_with_the_inherited_license() -> None:
    card = (
        "# Otter LoRA\n## License\nThis adapter was trained on FLUX.1 [dev] and therefore falls under the FLUX.1 [dev]"
        " Non-Commercial License. The adapter must not be used for commercial purposes."
    )
    made = read(card).statements
    assert [(s.covers, s.binding, s.commercial_use) for s in made] == [
        (Subject.WEIGHTS, Binding.INHERITS, Decision.PROHIBITED)
    ]


def test_each_row_and_item_covers_its_part() -> None:
    card = (
        "# Otter\n## License\n| Part | License | Commercial use |\n|---|---|---|\n"
        "| Code | MIT | yes |\n| OtterBench problems | CC BY-NC 4.0 | no |\n"
    )
    told = [(s.covers, s.commercial_use) for s in read(card).statements]
    assert told == [(Subject.CODE, Decision.ALLOWED), (Subject.DATA, Decision.PROHIBITED)]
