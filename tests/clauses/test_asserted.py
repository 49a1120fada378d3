"""Words of permission that give none: they are denied, asked for, wished or put off."""

from __future__ import annotations

import pytest

from cleartitle.clauses import read
from cleartitle.vocabulary.words import Decision

GIVES_NOTHING = (
    "Access to this repository does not automatically grant permission to redistribute, publish, sell or deploy it.",
    "The availability of the files does not in itself (or by implication) grant a license to use and modify the model.",
    "Nothing in this notice gives you the right to use, modify or distribute the model.",
    "Publication here should not be read as permission to use, modify or distribute the model.",
    "Downloading does not mean that you are licensed to use, modify or share the model.",
    "We have not yet decided whether you may use, modify and distribute the weights.",
    "Whether you may use, modify or sell the model depends on your agreement with us.",
    "Do not assume that you can use, modify, distribute or sell the weights.",
    "This is not a license to use, modify or distribute the weights.",
    "This license will, once approved, permit you to use, modify and distribute the model for any purpose.",
    "访问本仓库并不自动授予您使用、复制、分发或销售模型权重的许可。",
    "公开本仓库不构成对使用、修改、分发模型权重的授权。",
    "若您希望获得使用、修改、分发模型的许可，请与我们联系。",
    "尚未授权任何人使用、修改、分发本模型。",
)
GIVES = (
    "The license is not only free of charge but also grants you the right to use and modify the model.",
    "If you accept these terms, you may use, modify and distribute the model.",
    "We want you to be able to build: you may use, modify and distribute the model.",
    "Once you accept this license you may use, modify and distribute the model.",
    "如您接受本协议，您可以使用、修改和分发本模型。",
)


def decisions(text: str) -> set[Decision]:
    return {grant.decision for grant in read(text).terms.grants}


@pytest.mark.parametrize("text", GIVES_NOTHING)
def test_what_is_denied_asked_or_put_off_allows_nothing(text: str) -> None:
    assert Decision.ALLOWED not in decisions(text)


@pytest.mark.parametrize("text", GIVES)
def test_what_is_given_all_the_same_is_allowed(text: str) -> None:
    assert Decision.ALLOWED in decisions(text)
