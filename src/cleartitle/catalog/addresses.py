"""Addresses of licenses: what makes no difference in them, and which license an address names by itself."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from cleartitle.vocabulary.artifact import Declared

_HOSTS = {"hf.co": "huggingface.co", "hf-mirror.com": "huggingface.co", "llama.meta.com": "llama.com"}
"""Other names of the same site."""
_RAW = re.compile(r"^raw\.githubusercontent\.com/([^/]+/[^/]+)/(?:refs/heads/)?(?:main|master)/")
_BRANCH = re.compile(r"/(?:(?:blob|raw|resolve|tree)/(?:refs/heads/)?(?:main|master|head)|file/view/master)/")
_SITE = re.compile(r"(?:https?://)?(?:[a-z0-9-]+\.)+[a-z]{2,10}/\S+", re.IGNORECASE)
_CREATIVE = re.compile(
    r"creativecommons\.org/licenses/(by(?:-nc)?(?:-nd|-sa)?|sa)/(\d\.\d)(?:/([a-z]{2,3}))?(?:/(?:deed|legalcode)(?:\.[a-z_-]+)?)?"
)
_DEDICATION = re.compile(r"creativecommons\.org/publicdomain/(zero|mark)/1\.0(?:/(?:deed|legalcode)(?:\.[a-z_-]+)?)?")
_GNU = re.compile(r"gnu\.org/(?:licenses|copyleft)/(?:old-licenses/)?(a?gpl|lgpl|fdl)(-\d\.\d)?(?:\.[a-z-]{2,5})?")
_LISTS = re.compile(
    r"(?:spdx\.org/licenses|opensource\.org/licen[sc]es?|choosealicense\.com/licenses|apache\.org/licenses)/([a-z0-9.+-]+)"
)
_FILE = re.compile(
    r"(?:huggingface\.co|modelscope\.cn/models)/([\w.-]+/[\w.-]+)/blob/main/"
    r"(?:licen[sc]e(?:[-_.](?:model|weights))?|(?:model|weights)[-_]licen[sc]e)"
)


def fold(address: str) -> str:
    """Return an address without what makes no difference, for comparison.

    A branch named after a commit stays: the text may have been another one then.

    >>> fold("http://www.apache.org/licenses/LICENSE-2.0.txt/") == fold("apache.org/licenses/license-2.0")
    True
    >>> fold("https://hf.co/Qwen/Qwen3-8B/resolve/main/LICENSE?download=true")
    'huggingface.co/qwen/qwen3-8b/blob/main/license'
    """
    text = address.strip().partition("#")[0].partition("?")[0]
    text = re.sub(r"^[a-z]+://", "", unquote(text).casefold()).removeprefix("www.").rstrip("/.,;:)>\"'")
    host, slash, path = text.partition("/")
    text = _RAW.sub(r"github.com/\1/blob/main/", f"{_HOSTS.get(host, host)}{slash}{path}")
    return re.sub(r"\.(?:txt|md|html?|php)$", "", _BRANCH.sub("/blob/main/", text))


def is_address(text: str) -> bool:
    """Return whether *text* is an address, with or without its scheme.

    >>> is_address("llama.com/llama3/license"), is_address("MIT/X11")
    (True, False)
    """
    return bool(_SITE.fullmatch(text))


def named(address: str) -> str | None:
    """Return the id or name that the address of a well-known list of licenses spells out, or None.

    >>> named("https://creativecommons.org/licenses/by-nc-sa/2.5/deed.fr"), named("gnu.org/licenses/lgpl-3.0.en.html")
    ('cc-by-nc-sa-2.5', 'lgpl-3.0')
    """
    text = fold(address)
    if found := _CREATIVE.fullmatch(text):
        return "-".join(filter(None, ("cc", *found.groups())))
    if found := _DEDICATION.fullmatch(text):
        return "CC0-1.0" if found[1] == "zero" else "CC-PDM-1.0"
    if found := _GNU.fullmatch(text):
        return f"{'gfdl' if found[1] == 'fdl' else found[1]}{found[2] or ''}"
    found = _LISTS.fullmatch(text)
    if found and text.startswith("apache.org"):
        return f"apache-{found[1].removeprefix('license-')}"
    return found[1] if found else None


def of_model(address: str) -> Declared | None:
    """Return what a well-known model declares whose license file this is the address of, or None.

    Only of models that their owner made from nobody else's: a license file beside a derivative may be any text.

    >>> of_model("https://huggingface.co/bigscience/bloom/blob/main/LICENSE").license
    ('bigscience-bloom-rail-1.0',)
    """
    from cleartitle import atlas

    found = _FILE.fullmatch(fold(address))
    model = atlas.lookup(_models().get(found[1], "")) if found else None
    if model is None or model.declared is None:
        return None
    owner = f"{model.ref.name.partition('/')[0]}/"
    return model.declared if all(base.startswith(owner) for base in model.declared.base_models) else None


@functools.cache
def _models() -> dict[str, str]:
    from cleartitle import atlas

    return {name.casefold(): name for name in atlas.names()}
