"""A Hub of small repositories of our own, each made to show one thing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from cleartitle.sources.chain import Chain
from cleartitle.sources.hub import Hub
from cleartitle.sources.store import Store
from cleartitle.testing.hub import FixtureHub
from hubs import repository

APACHE = (Path(__file__).parents[2] / "LICENSE").read_bytes()
"""This project's own license text."""


def fill(root: Path) -> None:
    """Write all repositories of the scenarios."""
    repository(root, "meta/Llama-3.1-8B", "license: llama3.1", hub={"pipeline_tag": "text-generation"})
    repository(root, "tuner/poet-8b", "license: llama3.1\nbase_model: meta/Llama-3.1-8B")
    repository(root, "tuner/poet-8b-chat", "license: apache-2.0\nbase_model: tuner/poet-8b")
    gguf = "license: apache-2.0\nbase_model: tuner/poet-8b-chat\nbase_model_relation: quantized"
    repository(root, "quants/poet-8b-chat-GGUF", gguf)
    repository(root, "open/base", "license: apache-2.0", LICENSE=APACHE)
    repository(root, "closed/base", "license: cc-by-nc-4.0")
    merge = "license: apache-2.0\nbase_model:\n- open/base\n- closed/base\nbase_model_relation: merge"
    repository(root, "merger/both", merge)
    lora = "license: mit\nbase_model: meta/Llama-3.1-8B\nlibrary_name: peft"
    config = json.dumps({"base_model_name_or_path": "meta/Llama-3.1-8B", "peft_type": "LORA"}).encode()
    repository(root, "adapters/lora", lora, adapter_config__json=config)
    repository(root, "deepseek/R1-Distill-Llama-8B", "license: mit\nbase_model: meta/Llama-3.1-8B")
    repository(root, "tencent/A13B", "license: other\nlicense_name: tencent-hunyuan-a13b")
    vision = {"pipeline_tag": "image-text-to-text"}
    repository(root, "meta/Llama-3.2-11B-Vision", "license: llama3.2\npipeline_tag: image-text-to-text", hub=vision)
    repository(root, "meta/Llama-3.2-3B", "license: llama3.2\npipeline_tag: text-generation")
    repository(root, "qwen/72B", "license: other\nlicense_name: qwen\npipeline_tag: text-generation")
    repository(root, "stability/sd", "license: other\nlicense_name: stabilityai-ai-community")
    repository(root, "gnu/model", "license: gpl-3.0")
    repository(root, "mistral/code", "license: other\nlicense_name: mnpl")
    kimi = "LicenseRef-Moonshot-Modified-MIT-Kimi-K2"
    repository(root, "moon/k2", f"license: other\nlicense_name: {kimi}")
    repository(root, "mit/base", "license: mit")
    repository(root, "mit/tune", "license: mit\nbase_model: mit/base")
    repository(root, "murky/other", "license: other")
    repository(root, "murky/nothing")


@pytest.fixture(scope="session")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FixtureHub]:
    """The Hub of the scenarios, on loopback."""
    root = tmp_path_factory.mktemp("hub")
    fill(root)
    with FixtureHub(root) as server:
        yield server


@pytest.fixture(scope="session")
def source(hub: FixtureHub, tmp_path_factory: pytest.TempPathFactory) -> Chain:
    """The sources of cleartitle, with that Hub as the Hub."""
    return Chain(hub=Hub(endpoint=hub.endpoint, token=False, store=Store(tmp_path_factory.mktemp("store"))))
