"""Configurations, commands, notebooks, caches: the places beside Python."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleartitle.discovery.scan import scan
from cleartitle.vocabulary.discovery import ScanAnswer

SPACY = "https://github.com/explosion/spacy-models/releases/download"


def answer(tmp_path: Path, name: str, text: str) -> ScanAnswer:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return scan(tmp_path)


def found(tmp_path: Path, name: str, text: str) -> list[tuple[str, str | None, int]]:
    return [(m.model, m.revision, m.uses[0].place.line) for m in answer(tmp_path, name, text).models]


@pytest.mark.parametrize(
    ("command", "model", "revision"),
    [
        ("vllm serve a/b --revision v1", "hf:a/b", "v1"),
        ("vllm serve --tensor-parallel-size 2 a/b", "hf:a/b", None),
        ("CUDA_VISIBLE_DEVICES=0 nohup vllm serve 'a/b' > log 2>&1 &", "hf:a/b", None),
        ("python -m vllm.entrypoints.openai.api_server --model=a/b", "hf:a/b", None),
        ("python -m sglang.launch_server --model-path a/b", "hf:a/b", None),
        ("ollama run llama3.2:1b 'hi'", "ollama:llama3.2:1b", None),
        ("docker exec -it x ollama pull hf.co/a/b:Q4_K_M", "hf:a/b", None),
        ("huggingface-cli download a/b config.json --revision v1", "hf:a/b", "v1"),
        ("hf download --quiet a/b", "hf:a/b", None),
        ("text-generation-launcher --model-id a/b", "hf:a/b", None),
        ("docker run --gpus all -e MODEL_ID=a/b ghcr.io/x/y:1", "hf:a/b", None),
        ("docker run ghcr.io/x/y:1 --model-id a/b", "hf:a/b", None),
        ("git clone https://user:token@huggingface.co/a/b.git", "hf:a/b", None),
        ("GIT_LFS_SKIP_SMUDGE=1 git clone git@hf.co:a/b", "hf:a/b", None),
        ("mlx_lm.generate --model a/b --prompt hi", "hf:a/b", None),
        ("llama-server -hf a/b:Q4_K_M", "hf:a/b", None),
        ("curl -L https://huggingface.co/a/b/resolve/v1/x.gguf -o x.gguf", "hf:a/b", "v1"),
        ("modelscope download --model a/b", "ms:a/b", None),
        ("python -m spacy download en_core_web_sm", "hf:spacy/en_core_web_sm", None),
        ("accelerate launch train.py --model_name_or_path a/b", "hf:a/b", None),
        ("python -c \"from huggingface_hub import snapshot_download; snapshot_download('a/b')\"", "hf:a/b", None),
        ('bash -c "vllm serve a/b"', "hf:a/b", None),
        ("M=a/b; vllm serve ${M}", "hf:a/b", None),
        ("vllm serve ${M:-a/b}", "hf:a/b", None),
        ("./train.sh --teacher_model_name_or_path a/b --hub-model-id me/mine --dataset c/d", "hf:a/b", None),
        ("./run.sh --download_model a/b", "hf:a/b", None),
        ("trl sft --model_name_or_path a/b --dataset_name c/d", "hf:a/b", None),
        ("lm_eval --model_args pretrained=a/b,revision=v1", "hf:a/b", "v1"),
    ],
)
def test_commands(command: str, model: str, revision: str | None, tmp_path: Path) -> None:
    assert found(tmp_path, "run.sh", f"#!/bin/sh\n\n{command}\n") == [(model, revision, 3)]


def test_a_script_without_an_ending_is_known_by_its_first_line(tmp_path: Path) -> None:
    assert found(tmp_path, "bin/serve", "#!/usr/bin/env bash\nvllm serve a/b\n") == [("hf:a/b", None, 2)]


def test_python_in_a_here_document_keeps_its_lines(tmp_path: Path) -> None:
    text = "python3 - <<'EOF'\nfrom transformers import AutoModel\nAutoModel.from_pretrained('a/b')\nEOF\necho done\n"
    assert found(tmp_path, "run.sh", text) == [("hf:a/b", None, 3)]


def test_a_command_whose_model_is_not_known_is_said(tmp_path: Path) -> None:
    ((use,),) = (answer(tmp_path, "run.sh", "set -e\nvllm serve $MODEL\n").unresolved,)
    assert (use.said, use.place.line, use.by) == ("$MODEL", 2, "vllm")
    assert use.problem


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("a.yaml", "base_model: a/b", 1),
        ("a.yaml", "x:\n  - model_id: a/b", 2),
        ("a.yaml", "serve:\n  command: [vllm, serve, a/b]", 2),
        ("a.yaml", "serve:\n  command:\n    - --model\n    - a/b", 4),
        ("a.yaml", "steps:\n  - run: |\n      set -e\n      vllm serve a/b\n", 4),
        ("a.yaml", "steps:\n  - run: >-\n      vllm serve\n      a/b\n", 4),
        ("a.yaml", "env:\n  - name: MODEL_ID\n    value: a/b", 3),
        ("a.yaml", "environment:\n  MODEL_ID: a/b", 2),
        ("a.yaml", "one: 1\n---\nmodel_name_or_path: a/b", 3),
        ("a.yaml", "{{ if x }}\nmodelName: a/b\n{{ end }}", 2),
        ("a.yaml", "model_list:\n  - litellm_params:\n      model: huggingface/a/b", 3),
        ("a.yaml", "storageUri: hf://a/b", 1),
        ("a.json", '{\n\t"model": "a/b"\n}', 2),
        ("a.toml", '[serve]\nname = "x"\nmodel = "a/b"', 3),
        ("a.toml", '[serve]\nmodel = """\nno"""\nbase_model = "a/b"', 4),
        ("adapter_config.json", '{"peft_type": "LORA",\n "base_model_name_or_path": "a/b"}', 2),
        ("config.json", '{"_name_or_path": "a/b"}', 1),
        (".env.production", "HF_MODEL_ID=a/b", 1),
        ("Dockerfile", "FROM x\nENV MODEL_ID a/b", 2),
        ("Dockerfile.gpu", 'FROM x\n# hi\nENTRYPOINT ["vllm", "serve", \\\n  "a/b"]', 4),
        ("Dockerfile", "FROM x\nRUN --mount=type=cache,target=/x hf download a/b", 2),
        ("Dockerfile", "FROM x\nRUN <<EOF\nhf download a/b\nEOF", 3),
        ("Dockerfile", "FROM x\nRUN pip install x && \\\n    # why\n    hf download a/b", 4),
        ("Modelfile", "# mine\nFROM hf.co/a/b:Q4", 2),
        ("main.tf", 'environment = {\n  HF_MODEL_ID = "a/b"\n  HF_TASK = "x"\n}', 2),
        ("app.ini", "[app]\nbase_model=a/b", 2),
        ("Makefile", "M := a/b\nrun:\n\tvllm serve $(M)\n", 1),
    ],
)
def test_configurations(name: str, text: str, line: int, tmp_path: Path) -> None:
    places = {(m.model, m.uses[0].place.line) for m in answer(tmp_path, name, text).models}
    assert places == {("hf:a/b", line)}


@pytest.mark.parametrize(
    "text",
    [
        "uses: actions/checkout@v4",
        "image: owner/name",
        "repository: owner/name",
        "model: gpt-4o",
        "path: data/train",
        "hub_model_id: me/mine",
        "served_model_name: me/mine",
        "model_type: llama",
        "model: output/last",
        "model: models/best.pt",
        "content_type: application/json\nmodel: text/plain",
        "model: {{ .Values.model }}",
        "run: echo ollama run llama3",
        "run: pip install acme/model",
    ],
)
def test_what_is_no_model_is_passed_over(text: str, tmp_path: Path) -> None:
    everything = answer(tmp_path, "a.yaml", text)
    assert everything.models == ()
    assert everything.unresolved == ()


@pytest.mark.parametrize("value", ["${MODEL}", "./missing", "{{ model }}", "s3://x/y"])
def test_a_key_that_names_a_model_for_certain_is_reported_unresolved(value: str, tmp_path: Path) -> None:
    (use,) = answer(tmp_path, "a.yaml", f'x: 1\nbase_model: "{value}"').unresolved
    assert (use.said, use.place.line) == (value, 2)


def test_revisions_stand_beside_the_model(tmp_path: Path) -> None:
    assert found(tmp_path, "a.yaml", "base_model: a/b\nrevision_of_model: v1") == [("hf:a/b", "v1", 1)]


def test_both_parts_of_a_merge_with_an_adapter(tmp_path: Path) -> None:
    text = "merge_method: linear\nmodels:\n  - model: a/b+c/lora\n"
    assert [m[0] for m in found(tmp_path, "merge.yml", text)] == ["hf:a/b", "hf:c/lora"]


@pytest.mark.parametrize(
    ("line", "model"),
    [
        ("en_core_web_sm==3.7.1", "hf:spacy/en_core_web_sm"),
        ("en-core-web-trf", "hf:spacy/en_core_web_trf"),
        (
            f"en_core_web_md @ {SPACY}/en_core_web_md-3.7.1/en_core_web_md-3.7.1-py3-none-any.whl",
            "hf:spacy/en_core_web_md",
        ),
        (
            f"{SPACY}/de_core_news_lg-3.7.0/de_core_news_lg-3.7.0.tar.gz",
            "hf:spacy/de_core_news_lg",
        ),
        ("https://huggingface.co/a/b/resolve/main/x-1.0-py3-none-any.whl", "hf:a/b"),
    ],
)
@pytest.mark.parametrize("form", ["requirements.txt", "pyproject.toml"])
def test_requirements_that_ship_weights(line: str, model: str, form: str, tmp_path: Path) -> None:
    text = f"torch\n{line}\n" if form.endswith("txt") else f'[project]\ndependencies = [\n  "torch", "{line}"]\n'
    places = [(m.model, m.uses[0].place.line) for m in answer(tmp_path, form, text).models]
    assert places == [(model, 2 if form.endswith("txt") else 3)]


def notebook(*cells: str) -> str:
    return json.dumps({"cells": [{"cell_type": "code", "source": cell} for cell in cells], "nbformat": 4})


def test_cells_of_a_notebook_share_their_names(tmp_path: Path) -> None:
    text = notebook(
        "%load_ext x\n!pip install y\nM = 'a/b'",
        "from transformers import AutoModel",
        "\nm = AutoModel.from_pretrained(M)",
        "%%bash\nset -e\nollama pull llama3",
        "out = !hf download c/d",
    )
    places = {m.model: (m.uses[0].place.cell, m.uses[0].place.line) for m in answer(tmp_path, "n.ipynb", text).models}
    assert places == {"hf:a/b": (1, 3), "ollama:llama3": (4, 3), "hf:c/d": (5, 1)}


def test_a_broken_cell_is_said_and_the_others_are_read(tmp_path: Path) -> None:
    text = notebook(
        "AutoModel.from_pretrained('x/y'", "from transformers import AutoModel\nAutoModel.from_pretrained('a/b')"
    )
    everything = answer(tmp_path, "n.ipynb", text)
    assert [m.model for m in everything.models] == ["hf:a/b"]
    assert "cell 1" in everything.unread[0].reason


def test_a_variable_that_another_file_gives_is_told(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(
        "import os\nfrom transformers import AutoModel\n"
        "AutoModel.from_pretrained(os.environ['MODEL_ID'])\nAutoModel.from_pretrained(os.getenv('OTHER'))\n"
    )
    (tmp_path / "run.sh").write_text("vllm serve $MODEL_ID\n")
    everything = answer(tmp_path, ".env", "MODEL_ID=a/b\n")
    assert [m.model for m in everything.models] == ["hf:a/b"]
    assert [use.said for use in everything.unresolved] == ["os.getenv('OTHER')"]


def test_a_cache_of_the_client_lists_its_repositories(tmp_path: Path) -> None:
    commit = "0123456789abcdef0123456789abcdef01234567"
    (tmp_path / "models--a--b" / "snapshots" / commit).mkdir(parents=True)
    (tmp_path / "models--a--b" / "snapshots" / commit / "run.sh").write_text("vllm serve x/y")
    (tmp_path / "datasets--c--d" / "snapshots" / commit).mkdir(parents=True)
    (tmp_path / "models--e--f" / "blobs").mkdir(parents=True)
    everything = scan(tmp_path)
    assert [(m.model, m.revision, m.pinned, str(m.uses[0].place)) for m in everything.models] == [
        ("hf:a/b", commit, True, "models--a--b:1")
    ]
    assert [d.model for d in everything.datasets] == ["hf:c/d"]


def test_a_single_file_is_a_project(tmp_path: Path) -> None:
    (tmp_path / "run.sh").write_text("vllm serve a/b")
    (tmp_path / "other.sh").write_text("vllm serve c/d")
    assert [m.model for m in scan(tmp_path / "run.sh").models] == ["hf:a/b"]
