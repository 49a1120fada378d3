"""Which files of an artifact matter: the card, license texts, notices, policies, configurations."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cleartitle.vocabulary.artifact import FileEntry

MAX_TEXTS = 24
"""Small files read of one artifact."""

MERGE_FILES = ("mergekit_config.yml", "mergekit_config.yaml", "mergekit_moe_config.yml", "mergekit_moe_config.yaml")
"""Recipes of mergekit."""
TRAINING_FILES = ("axolotl_config.yml", "axolotl_config.yaml", "axolotl.yml", "axolotl.yaml", "train_config.yaml")
"""Configurations of training tools."""
KITFILES = ("Kitfile", "kitfile", ".kitfile", "kitfile.yaml", "Kitfile.yaml", "Kitfile.yml")
"""The names of the file of KitOps, as the tool looks for them and people write them."""
MODELPACKS = ("modelpack.json", "model-config.json")
"""Configurations of ModelPack."""
MODELFILES = ("Modelfile", "modelfile")
LOCK_FILE = "cleartitle.lock"
"""What ``lock`` writes where nothing else is said."""
_CONFIGS = frozenset([
    "config.json", "adapter_config.json", *MERGE_FILES, *TRAINING_FILES, *KITFILES, *MODELPACKS, *MODELFILES,
])  # fmt: skip
_LEGAL = re.compile(
    r"(?:^|[._ -])(?:un)?(?:license|licence|licens|copying|copyright|notice|use[_ -]?policy|acceptable[_ -]?use|aup"
    r"|usage[_ -]?policy|prohibited[_ -]?use|terms(?:[_ -]of[_ -]use)?|eula|legal)(?:$|[._ -])",
    re.IGNORECASE,
)
_CODE = "py pyi ipynb js ts jsx tsx css c cc cpp h hpp rs go java sh bat toml lock"
_DATA = "csv parquet safetensors bin pt pth ckpt onnx gguf ggml h5 msgpack npz npy pkl joblib"
_PICTURES = "png jpg jpeg gif svg webp ico mp3 mp4 wav"
_OTHERWISE = frozenset(f"{_CODE} {_DATA} {_PICTURES}".split())
"""Endings of files that are code, data, weights or pictures, whatever they are called."""
_FOLDERS = ("licenses/", "licences/")
"""Folders whose every file is a license text, as REUSE has them."""


def is_legal(path: str) -> bool:
    """Return whether a file of this name holds license terms, a notice or a use policy.

    >>> [p for p in ("LICENSE", "Licence.PDF", "USE_POLICY.md", "LICENSES/MIT.txt", "license.py") if is_legal(p)]
    ['LICENSE', 'Licence.PDF', 'USE_POLICY.md', 'LICENSES/MIT.txt']
    """
    folder, _, name = path.rpartition("/")
    if folder.count("/") or name.rpartition(".")[2].lower() in _OTHERWISE:
        return False
    return path.lower().startswith(_FOLDERS) or bool(_LEGAL.search(name))


def worth_reading(files: Iterable[FileEntry]) -> tuple[FileEntry, ...]:
    """Return the files to read, the card first, at most `MAX_TEXTS`."""
    found = [f for f in files if f.path.lower() == "readme.md" or f.path in _CONFIGS or is_legal(f.path)]
    return tuple(sorted(found, key=_urgency)[:MAX_TEXTS])


def _urgency(entry: FileEntry) -> tuple[bool, int, bool, str]:
    path = entry.path
    return path.lower() != "readme.md", path.count("/"), path not in _CONFIGS, path
