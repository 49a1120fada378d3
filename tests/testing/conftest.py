"""huggingface_hub as a stranger uses it: no token, no telemetry, no progress bars, whatever the environment says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import huggingface_hub
import huggingface_hub.constants
import pytest
from huggingface_hub.utils.tqdm import disable_progress_bars

from cleartitle.testing.hub import FixtureHub
from testing.helpers import card, write


@pytest.fixture(autouse=True)
def _plain_client(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    for name in ("HF_HUB_OFFLINE", "HF_HUB_DISABLE_IMPLICIT_TOKEN", "HF_HUB_DISABLE_TELEMETRY"):
        monkeypatch.setattr(huggingface_hub.constants, name, name != "HF_HUB_OFFLINE")
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path / "cache"))
    disable_progress_bars()
    yield
    huggingface_hub.close_session()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a base model, a quantization and an adapter of it, a gated model, and one without owner."""
    return write(
        tmp_path / "repositories",
        {
            "acme/base/README.md": card(license="MIT", pipeline_tag="text-generation", datasets=["acme/texts"]),
            "acme/base/LICENSE": "The license of the base.\n",
            "acme/base/config.json": {"architectures": ["LlamaForCausalLM"], "model_type": "llama"},
            "acme/base/model.safetensors": bytes(range(256)) * 16,
            "acme/base/notes/deep/why.txt": "because\n",
            "acme/quant/README.md": card(license="mit", base_model="acme/base"),
            "acme/quant/q4.gguf": b"GGUF" + bytes(100),
            "acme/lora/README.md": card(base_model="acme/base"),
            "acme/lora/adapter_config.json": {"base_model_name_or_path": "acme/base", "task_type": "CAUSAL_LM"},
            "vendor/gated/.hub.json": {"gated": "manual"},
            "vendor/gated/README.md": card(license="other"),
            "vendor/gated/LICENSE": "ask first\n",
            "solo/README.md": card(license="apache-2.0"),
        },
    )


@pytest.fixture
def hub(root: Path) -> Iterator[FixtureHub]:
    """Serve `root`."""
    with FixtureHub(root, tokens={"let-in": ["vendor/gated"], "signed-in": []}) as running:
        yield running
