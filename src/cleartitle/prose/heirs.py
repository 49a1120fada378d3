"""Licenses that came with the model a work was made from, though no sentence says that they did."""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import evolve

from cleartitle.vocabulary.prose import Binding, NamedBase, ProseStatement, Subject

_FAMILIES = (
    ("llama", "llama"),
    ("gemma", "gemma"),
    ("qwen|通义", "qwen|通义"),
    ("deepseek", "deepseek"),
    ("flux", "flux"),
    ("exaone", "exaone"),
    ("falcon", "falcon"),
    ("mistral|mnpl", "mistral|mixtral|codestral|ministral"),
    ("hunyuan|混元", "hunyuan|混元"),
    ("internlm", "internlm"),
    ("chatglm|glm-", "glm"),
    ("baichuan", "baichuan"),
    ("yi series|yi model", r"\byi\b"),
    ("stability", "stable|sdxl|sd ?3"),
)
"""What the name of a family's license has in it, and what those of its models have."""
_MADE = tuple((re.compile(named), re.compile(model)) for named, model in _FAMILIES)


def handed_down(statement: ProseStatement, bases: Iterable[NamedBase], title: str) -> ProseStatement:
    r"""Return a statement as inherited, where its license is that of the family of a named base model.

    A text whose title (*title*) is that base model's own name states its own license.

    >>> from cleartitle.prose import read
    >>> text = "# Fox\nFox is fine-tuned from Llama-3.1-8B.\n## License\nLlama 3.1 Community License"
    >>> str(read(text).statements[0].binding)
    'inherits'
    """
    if statement.binding is not Binding.UNDER or statement.covers not in (Subject.WEIGHTS, Subject.PROJECT):
        return statement
    low = statement.said.lower()
    names = [base.name.lower().rpartition("/")[2] for base in bases]
    for named, model in _MADE:
        family = named.search(low)
        if family and any(model.search(low_name) and low_name != title for low_name in names):
            return evolve(statement, binding=Binding.INHERITS)
    return statement
