"""When two names mean one license."""

from __future__ import annotations

import re
import unicodedata

from cleartitle.vocabulary.statement import Expression, Unknown, licenses

_TRANSLATED = (
    ("模型", " model "), ("モデル", " model "), ("모델", " model "), ("社区", " community "),
    ("コミュニティ", " community "),
    ("커뮤니티", " community "), ("开放", " open "), ("公开", " open "), ("商用", " commercial "),
    ("商业", " commercial "),
)  # fmt: skip
_EMPTY = frozenset(
    [
        "the",
        "a",
        "an",
        "license",
        "licence",
        "licenses",
        "licences",
        "licensed",
        "agreement",
        "agreements",
        "of",
        "for",
        "custom",
        "model",
        "models",
        "licencia",
        "lizenz",
        "licença",
        "licenza",
        "open",
        "source",
        "version",
        "v",
        "许可协议",
        "许可证",
        "协议",
        "许可",
        "ライセンス",
        "契約",
        "ライセンス契約",
        "라이선스",
        "开源",
    ]
)
_DRESS = _EMPTY - {"model", "models", "custom"}
_PIECE = re.compile(r"[a-z]+|[0-9]+|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+")
_GENERIC_TAIL = re.compile(r"(?:开源)?(?:许可协议|许可证|授权协议|协议|许可|ライセンス(?:契約)?|라이[선센]스)+")


def key_of(said: str, license: Expression | None) -> str:  # noqa: A002 - the word of the field
    """Return what tells one license from another: the ids where they are known, else the words that count.

    >>> key_of("《Fox 模型社区许可协议》", None) == key_of("Fox Community License", None)
    True
    """
    if license is not None and not isinstance(license, Unknown):
        found = licenses(license)
        if found:
            return "id:" + " ".join(found)
    return "name:" + " ".join(sorted(pieces(said))) if said else ""


def pieces(said: str) -> frozenset[str]:
    """Return the words of a name that tell it from others."""
    low = unicodedata.normalize("NFKC", said).casefold()
    low = _GENERIC_TAIL.sub(" ", low)
    for foreign, plain in _TRANSLATED:
        low = low.replace(foreign, plain)
    found = frozenset(_PIECE.findall(low))
    return (found - _EMPTY) or (found - _DRESS) or found
