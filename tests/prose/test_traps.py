"""What names a license without stating one for this project is left alone."""

from __future__ import annotations

import pytest

from cleartitle.prose import read
from cleartitle.vocabulary.prose import Binding, Subject
from cleartitle.vocabulary.statement import Unknown
from cleartitle.vocabulary.words import Decision


@pytest.mark.parametrize(
    "text",
    [
        "# Acknowledgements\nWe build on Wren, released under the GPL-3.0 license.",
        "## License\nThanks to the authors of Wren, which is under the MIT license.",
        "# Finch\nUnlike Wren, which is under GPL-3.0, Finch is small.",
        "# Finch\nFinch was trained on the Nest corpus (released under CC BY-NC 4.0).",
        "# Finch\nIt was fine-tuned on Nest, a dataset published under the Creative Commons BY-NC-ND license.",
        "# 训练数据\n使用了以 CC BY-SA 4.0 发布的语料库进行训练。",
        "# 致谢\n感谢 Wren 项目（MIT 许可证）。",
        "```python\nlicense = 'mit'  # released under the MIT license\n```",
        "# Finch\n| Model | License | Params |\n|---|---|---|\n| Wren | Apache-2.0 | 7B |\n| Robin | MIT | 3B |",
        "# Finch\nThe model finds license plates in pictures and reads them.",
        "## Citation\n```\n@misc{x, note={arXiv.org perpetual, non-exclusive license}}\n```",
        "<!-- Licensed under the Apache License, Version 2.0 -->\n# Finch\nA small model.",
        "---\nlicense: mit\n---\n# Finch\nA small model.",
        "# Finch\nAt MIT CSAIL we study birds.",
        "# Finch\nmit dem Modell kann man Vögel erkennen.",
        "# Finch\nFinch surpasses proprietary commercial models.",
        "# Related work\nRobin: license: Apache-2.0",
        "# Finch\nLicense: [More Information Needed]",
        "",
        "\x00\x01\x02",
    ],
)
def test_no_statement_is_made(text: str) -> None:
    assert read(text).statements == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "The weights are not licensed under the MIT License.",
        "The model is not covered by the Apache 2.0 license.",
        "The weights are excluded from the MIT license.",
        "Neither the code nor the weights are under MIT.",
        "The MIT license does not apply to the model weights.",
        "- Weights: **not** Apache-2.0",
        "| Weights | not under MIT |",
        "模型权重不适用MIT许可证。",
        "モデルは MIT ライセンスの対象外です。",
        "모델 가중치에는 MIT 라이선스가 적용되지 않습니다.",
        "Die Gewichte stehen nicht unter der MIT-Lizenz.",
        "Running the demo requires an Acme license.",
        "The weights need a separate Acme license.",
        "No GPL components are used.",
        "All dependencies are MIT or BSD-3-Clause.",
        "It works with sparrow (MIT).",
        "The Finch License requires a notice.",
    ],
)
def test_a_license_that_does_not_hold_is_no_statement(sentence: str) -> None:
    assert read(f"## License\n{sentence}").statements == ()


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("The code is not under the GPL but under MIT.", ["MIT"]),
        ("Not only the code but also the weights are under MIT.", ["MIT", "MIT"]),
        ("This project is not affiliated with Acme and is released under the MIT license.", ["MIT license"]),
        ("本项目采用 MIT 许可证，不收取费用。", ["MIT许可证"]),
    ],
)
def test_a_no_to_something_else_denies_nothing(sentence: str, said: list[str]) -> None:
    assert [s.said for s in read(f"## License\n{sentence}").statements] == said


def test_a_former_license_is_left_out() -> None:
    text = "## License\nThe model license changes from the [Old Bird License](OLD.md) to the [MIT License](LICENSE)."
    assert [s.said for s in read(text).statements] == ["MIT License"]


def test_the_reason_for_a_license_is_not_one() -> None:
    text = "## License\nSince some corpora are only available under CC BY-SA 3.0, the model is under CC BY-NC 4.0."
    assert [s.said for s in read(text).statements] == ["CC BY-NC 4.0"]


def test_an_attribution_notice_to_copy_is_no_statement() -> None:
    text = "## License\nThe weights are under MIT.\n\nInclude:\n\n    Made with Finch, under the Apache 2.0 License."
    assert [s.said for s in read(text).statements] == ["MIT"]


def test_a_badge_does_not_repeat_the_prose() -> None:
    text = (
        "[![License](https://img.shields.io/badge/License-MIT-blue.svg)](LICENSE)\n## License\nThe code is under MIT."
    )
    assert [s.covers for s in read(text).statements] == [Subject.CODE]


def test_a_badge_alone_speaks() -> None:
    (made,) = read("![License: MIT](https://img.shields.io/badge/License-MIT-blue.svg)").statements
    assert (made.covers, made.said) == (Subject.PROJECT, "MIT")


def test_an_unknown_name_is_kept_as_said_and_means_nothing_known() -> None:
    (made,) = read("## License\nThe weights are under the Blue Finch Source License.").statements
    assert made.said == "Blue Finch Source License"
    assert isinstance(made.license, Unknown)
    assert made.license.reason


def test_a_file_alone_names_no_license() -> None:
    (made,) = read("## License\nSee [LICENSE](LICENSE).").statements
    assert (made.said, made.license, made.address) == ("", None, "LICENSE")


def test_the_notice_of_an_upstream_model_is_inherited() -> None:
    text = "# Finch\n## License\nFinch is under the Finch License.\n\nLlama 2 is licensed under the Llama 2 License."
    made = read(text).statements
    assert [(s.said, s.binding) for s in made] == [
        ("Finch License", Binding.UNDER),
        ("Llama 2 License", Binding.INHERITS),
    ]


def test_a_use_policy_holds_besides() -> None:
    text = "## License\nThe model is under the Finch License. Use must also follow our [Acceptable Use Policy](AUP.md)."
    assert [s.binding for s in read(text).statements] == [Binding.UNDER, Binding.ALSO_SUBJECT_TO]


@pytest.mark.parametrize(
    ("sentence", "decision"),
    [
        ("Commercial use of the weights is allowed.", Decision.ALLOWED),
        (
            "The weights support commercial use, except for companies above $10M in annual revenue.",
            Decision.CONDITIONAL,
        ),
        ("Commercial use of the weights is not allowed.", Decision.PROHIBITED),
        ("The weights may be used commercially only with our written permission.", Decision.CONDITIONAL),
        ("You may not use the weights commercially without our consent.", Decision.CONDITIONAL),
        ("The weights are free for research; for commercial use, please contact us.", Decision.CONDITIONAL),
        ("We are not sure whether commercial use of the weights is allowed.", Decision.UNKNOWN),
        ("Your best bet is probably to avoid using the weights commercially.", Decision.UNKNOWN),
        ("Nobody is permitted for commercial use of the weights.", Decision.SILENT),
        ("Commercial use of the weights may be allowed in the future.", Decision.SILENT),
        ("Commercial use of the weights: no", Decision.PROHIBITED),
        ("Commercial use of the weights is allowed, provided that credit is given.", Decision.ALLOWED),
        (
            "Commercial use of the weights is allowed, provided credit is given and your revenue is below $1 million.",
            Decision.CONDITIONAL,
        ),
        ("| Weights | commercial use: allowed up to 100 employees |", Decision.CONDITIONAL),
        ("权重允许商用。", Decision.ALLOWED),
        ("权重暂不支持商用。", Decision.PROHIBITED),
        ("모델의 상업적 사용을 지원하지 않습니다.", Decision.PROHIBITED),
        ("权重不允许商用。", Decision.PROHIBITED),
        ("权重商用需申请授权。", Decision.CONDITIONAL),
        ("モデルの商用利用はできません。", Decision.PROHIBITED),
        ("모델의 상업적 이용은 허용되지 않습니다.", Decision.PROHIBITED),
        ("L'utilisation commerciale du modèle n'est pas autorisée.", Decision.PROHIBITED),
        ("Die kommerzielle Nutzung des Modells ist nicht erlaubt.", Decision.PROHIBITED),
        ("El uso comercial del modelo no está permitido.", Decision.PROHIBITED),
    ],
)
def test_commercial_use_is_as_the_sentence_limits_it(sentence: str, decision: Decision) -> None:
    made = read(f"## License\nThe weights are under the Finch License.\n\n{sentence}").statements
    assert [s.commercial_use for s in made] == [decision]


def test_a_grant_and_a_limit_are_the_limit() -> None:
    text = "## License\nThe weights are under MIT. The model supports commercial use. The model is for research only."
    (made,) = read(text).statements
    assert made.commercial_use is Decision.PROHIBITED
    assert made.research_only
    assert len(made.terms_evidence) == 2


def test_a_column_on_commercial_use_tells_of_each_row() -> None:
    text = (
        "# Finch\n## License\n| Part | License | Commercial use |\n|---|---|---|\n"
        "| Code | MIT | yes |\n| Weights | Finch License | no, ask us |\n| Data | Nest License | up to $1M revenue |"
    )
    made = {s.covers: s.commercial_use for s in read(text).statements}
    assert made == {
        Subject.CODE: Decision.ALLOWED,
        Subject.WEIGHTS: Decision.PROHIBITED,
        Subject.DATA: Decision.CONDITIONAL,
    }


def test_the_head_of_a_column_allows_nothing() -> None:
    text = "# Finch\n## License\n| Part | License | Commercial use allowed |\n|---|---|---|\n| Weights | MIT | no |"
    assert [s.commercial_use for s in read(text).statements] == [Decision.PROHIBITED]


def test_what_is_left_open_is_shown() -> None:
    text = "## License\nThe model is under MIT. Your best bet is probably to avoid using it commercially."
    (passage,) = read(text).unclear
    assert passage.evidence.quote.startswith("Your best bet")


def test_base_models_are_named() -> None:
    text = "Finch is fine-tuned from [robin/Robin-7B](https://huggingface.co/robin/Robin-7B) on the Nest dataset."
    assert [(b.name, b.address) for b in read(text).base_models] == [
        ("robin/Robin-7B", "https://huggingface.co/robin/Robin-7B")
    ]
