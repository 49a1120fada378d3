"""Python is read by its syntax: what an argument can be, and which calls load models."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleartitle.discovery.scan import scan
from cleartitle.vocabulary.discovery import How, ScanAnswer
from cleartitle.vocabulary.evidence import Confidence
from discovery.projects import write

IMPORT = "from transformers import AutoModel\n"


def found(tmp_path: Path, text: str) -> dict[str, int]:
    return {m.model: m.uses[0].place.line for m in answer(tmp_path, text).models}


def answer(tmp_path: Path, text: str) -> ScanAnswer:
    return scan(write(tmp_path, app_py=text))


@pytest.mark.parametrize(
    ("text", "models"),
    [
        ('M = "a/b"\ndef f():\n    return AutoModel.from_pretrained(M)', {"hf:a/b": 2}),
        ('def f(m="a/b"):\n    return AutoModel.from_pretrained(m)', {"hf:a/b": 2}),
        ('def f(m):\n    return AutoModel.from_pretrained(m)\nf("a/b")\nf(m="c/d")', {"hf:a/b": 4, "hf:c/d": 5}),
        ('class A:\n    m = "a/b"\n    def f(self):\n        AutoModel.from_pretrained(self.m)', {"hf:a/b": 3}),
        ('class A:\n    def __init__(self, m):\n        AutoModel.from_pretrained(m)\nA("a/b")', {"hf:a/b": 5}),
        (
            'class A:\n    m = "a/b"\nclass B(A):\n    def f(self):\n        AutoModel.from_pretrained(self.m)',
            {"hf:a/b": 3},
        ),
        ('o = "a"\nAutoModel.from_pretrained(f"{o}/b")', {"hf:a/b": 3}),
        ('o = "a"\nAutoModel.from_pretrained(o + "/" + "b")', {"hf:a/b": 3}),
        ('AutoModel.from_pretrained("%s/%s" % ("a", "b"))', {"hf:a/b": 2}),
        ('x = input()\nAutoModel.from_pretrained("a/b" if x else "c/d")', {"hf:a/b": 3, "hf:c/d": 3}),
        ('import os\nAutoModel.from_pretrained(os.getenv("M", "a/b"))', {"hf:a/b": 3}),
        ('import os\nAutoModel.from_pretrained(os.environ.get("M") or "a/b")', {"hf:a/b": 3}),
        ('import os\nos.environ["M"] = "a/b"\nAutoModel.from_pretrained(os.environ["M"])', {"hf:a/b": 3}),
        ('D = {"x": "a/b", "y": "c/d"}\nAutoModel.from_pretrained(D["x"])', {"hf:a/b": 2}),
        ('D = {"x": {"id": "a/b"}}\nAutoModel.from_pretrained(D["x"]["id"])', {"hf:a/b": 2}),
        ('D = {"x": "a/b", "y": "c/d"}\nAutoModel.from_pretrained(D[input()])', {"hf:a/b": 2, "hf:c/d": 2}),
        ('for m in ["a/b", "c/d"]:\n    AutoModel.from_pretrained(m)', {"hf:a/b": 2, "hf:c/d": 2}),
        ('for k, m in {"k": "a/b"}.items():\n    AutoModel.from_pretrained(m)', {"hf:a/b": 2}),
        ('[AutoModel.from_pretrained(m) for m in ("a/b",)]', {"hf:a/b": 2}),
        ('def name():\n    return "a/b"\nAutoModel.from_pretrained(name())', {"hf:a/b": 3}),
        ('import enum\nclass E(enum.Enum):\n    X = "a/b"\nAutoModel.from_pretrained(E.X.value)', {"hf:a/b": 4}),
        ('AutoModel.from_pretrained("a/b").to("cuda").eval()', {"hf:a/b": 2}),
        ('AutoModel.from_pretrained(pretrained_model_name_or_path="a/b")', {"hf:a/b": 2}),
        ('if (m := "a/b"):\n    AutoModel.from_pretrained(m)', {"hf:a/b": 2}),
        ('a, b = "a/b", "c/d"\nAutoModel.from_pretrained(b)', {"hf:c/d": 2}),
        ('def f():\n    return "x", "a/b"\nx, m = f()\nAutoModel.from_pretrained(m)', {"hf:a/b": 3}),
        ('for x, m in [("x", "a/b")]:\n    AutoModel.from_pretrained(m)', {"hf:a/b": 2}),
        ('AutoModel.from_pretrained(Prompt.ask("which?", default="a/b"))', {"hf:a/b": 2}),
    ],
)
def test_an_argument_is_followed_to_the_string(text: str, models: dict[str, int], tmp_path: Path) -> None:
    everything = answer(tmp_path, IMPORT + text)
    sure = {m.model: m.uses[0].place.line for m in everything.models if m.uses[0].how is How.CALL}
    assert sure == models
    assert everything.unresolved == ()


@pytest.mark.parametrize(
    "text",
    [
        "import click\n@click.option('--model', default='a/b')\ndef f(model):\n    AutoModel.from_pretrained(model)",
        "p.add_argument('--model-name', default='a/b')\nAutoModel.from_pretrained(p.parse_args().model_name)",
        "import typer\ndef f(model: str = typer.Option('a/b')):\n    AutoModel.from_pretrained(model)",
        "from attrs import field\nclass C:\n    m = field(default='a/b')\ndef f(c):\n  AutoModel.from_pretrained(c.m)",
    ],
)
def test_options_and_fields_stand_for_their_defaults(text: str, tmp_path: Path) -> None:
    assert list(found(tmp_path, IMPORT + text)) == ["hf:a/b"]


@pytest.mark.parametrize(
    ("text", "model"),
    [
        ("from transformers import pipeline as p\np('x', 'a/b')", "hf:a/b"),
        ("import transformers as t\nt.pipeline(task='x', model='a/b')", "hf:a/b"),
        ("from transformers import *\npipeline('x', model='a/b')", "hf:a/b"),
        ("from modelscope import snapshot_download\nsnapshot_download('a/b')", "ms:a/b"),
        ("import huggingface_hub as h\nh.snapshot_download('a/b')", "hf:a/b"),
        ("from peft import AutoPeftModelForCausalLM as A\nA.from_pretrained('a/b')", "hf:a/b"),
        ("from ollama import Client\nc = Client()\nc.generate('llama3')", "ollama:llama3"),
        ("import ollama\nollama.chat(model='hf.co/a/b:Q4_K_M')", "hf:a/b"),
        ("from litellm import completion\ncompletion('ollama/llama3')", "ollama:llama3"),
        ("import whisper\nwhisper.load_model('base')", "hf:openai/whisper-base"),
        ("import mlx_lm\nmlx_lm.load('a/b')", "hf:a/b"),
        ("from mlx_lm import load\nload('a/b')", "hf:a/b"),
        ("from llama_cpp import Llama\nLlama.from_pretrained(repo_id='a/b', filename='*Q4*')", "hf:a/b"),
        ("import outlines\noutlines.models.transformers('a/b')", "hf:a/b"),
        ("import spacy\nspacy.load('en_core_web_sm')", "hf:spacy/en_core_web_sm"),
        ("import timm\ntimm.create_model('hf-hub:a/b', pretrained=True)", "hf:a/b"),
        ("from langchain.chat_models import init_chat_model\ninit_chat_model('ollama:llama3')", "ollama:llama3"),
        ("from openai import OpenAI\nOpenAI(base_url='x').chat.completions.create(model='a/b')", "hf:a/b"),
        ("import requests\nrequests.get('https://huggingface.co/a/b/resolve/main/x.bin')", "hf:a/b"),
    ],
)
def test_calls_are_known_however_they_are_imported(text: str, model: str, tmp_path: Path) -> None:
    assert list(found(tmp_path, text)) == [model]


@pytest.mark.parametrize(
    "text",
    [
        "def pipeline(a, b):\n    pass\npipeline('x', 'gpt2')",
        "from mine import pipeline\npipeline('x', 'gpt2')",
        "import timm\ntimm.create_model('resnet50', pretrained=False)",
        "from openai import OpenAI\nOpenAI().chat.completions.create(model='gpt-4o')",
        "import litellm\nlitellm.completion(model='gpt-4o')",
        "HEADERS = {'accept': 'application/json', 'path': 'src/main.py'}",
        "'''We used Qwen/Qwen2.5-7B once.'''\n# model = 'Qwen/Qwen2.5-7B'",
        "MODEL_TYPE = 'and/or'.split()",
        "from transformers import pipeline\npipeline('x', model=build())",
        "model_id = 'anthropic/claude-3-5-sonnet'\nother_model = 'openai/gpt-4o'",
        "from torch import nn\nnn.Embedding.from_pretrained(weights())",
        "import ollama\nclient = ollama.Client()\nclient('x/y')\nollama.Client()('x/y')",
        "from datasets import load_dataset\nload_dataset('csv', data_files='x.csv')",
        "from huggingface_hub import snapshot_download\nsnapshot_download('a/b', repo_type='space')",
    ],
)
def test_what_is_no_model_is_passed_over(text: str, tmp_path: Path) -> None:
    everything = answer(tmp_path, text)
    assert everything.models == ()
    assert everything.unresolved == ()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("import os\nAutoModel.from_pretrained(os.environ['M'])", "environment variable M"),
        ("def f(m):\n    AutoModel.from_pretrained(m)", "m is a parameter of f()"),
        ("AutoModel.from_pretrained('./here')", "not in the project"),
        ("AutoModel.from_pretrained('s3://bucket/x')", "a place that cleartitle does not read"),
        ("AutoModel.from_pretrained(choose())", "what choose() returns"),
    ],
)
def test_what_cannot_be_told_says_why(text: str, why: str, tmp_path: Path) -> None:
    (use,) = answer(tmp_path, IMPORT + text).unresolved
    assert why in use.problem
    assert use.place.line == IMPORT.count("\n") + text.count("\n") + 1


@pytest.mark.parametrize(
    ("text", "model", "line"),
    [
        ("import subprocess\nsubprocess.run(['ollama', 'pull', 'llama3'], check=True)", "ollama:llama3", 2),
        ("from subprocess import Popen\nPopen([\n  'vllm', 'serve',\n  'a/b'])", "hf:a/b", 4),
        ("import subprocess as s\nM = 'a/b'\ns.run(['vllm', 'serve', M])", "hf:a/b", 2),
        ("import subprocess\ncmd = ['vllm', 'serve', 'a/b']\nsubprocess.run(cmd)", "hf:a/b", 2),
        ("import os\nos.system('hf download a/b')", "hf:a/b", 2),
        ("import os\nM = 'a/b'\nos.system(f'vllm serve {M} --port 1')", "hf:a/b", 3),
        ("import asyncio\nasyncio.create_subprocess_exec('ollama', 'run', 'llama3')", "ollama:llama3", 2),
    ],
)
def test_commands_that_are_started(text: str, model: str, line: int, tmp_path: Path) -> None:
    places = {(m.model, u.place.line) for m in answer(tmp_path, text).models for u in m.uses if u.how is How.COMMAND}
    assert places == {(model, line)}


def test_a_started_command_whose_model_is_not_known_is_said(tmp_path: Path) -> None:
    text = "import subprocess\ndef f(m):\n    subprocess.run(['vllm', 'serve', m])\n    subprocess.run(['ls', m])"
    ((line, said),) = ((u.place.line, u.said) for u in answer(tmp_path, text).unresolved)
    assert (line, said) == (3, "$m")


def test_what_a_loaded_model_is_given_is_no_model(tmp_path: Path) -> None:
    text = f"{IMPORT}m = AutoModel.from_pretrained('a/b')\nm('owner/name')\nAutoModel.from_pretrained('a/b')('x/y')\n"
    everything = answer(tmp_path, text + "def f(t):\n    return m(t)\n")
    assert [m.model for m in everything.models] == ["hf:a/b"]
    assert everything.unresolved == ()


def test_a_comment_says_which_model_it_is(tmp_path: Path) -> None:
    text = f"{IMPORT}def f(m, n):\n    AutoModel.from_pretrained(m)  # cleartitle: a/b@v1\n"
    text += "    AutoModel.from_pretrained(n)  # cleartitle: none\n"
    everything = answer(tmp_path, text)
    assert everything.unresolved == ()
    ((model, revision, how),) = ((m.model, m.revision, m.uses[0].how) for m in everything.models)
    assert (model, revision, how) == ("hf:a/b", "v1", How.STATED)


@pytest.mark.parametrize("end", ["`", ")", " or so"])
def test_prose_about_the_comment_is_none(end: str, tmp_path: Path) -> None:
    everything = answer(tmp_path, f"{IMPORT}# write cleartitle: a/b\n#  # cleartitle: a/b{end}\nAutoModel\n")
    assert [m.model for m in everything.models] == []
    assert everything.unresolved == ()


def test_a_comment_does_not_hide_a_model_that_is_named(tmp_path: Path) -> None:
    assert list(found(tmp_path, f"{IMPORT}AutoModel.from_pretrained('a/b')  # cleartitle: none")) == ["hf:a/b"]


def test_names_that_no_call_uses_are_found_less_surely(tmp_path: Path) -> None:
    text = "CHAT_MODEL = 'some/thing'\nother = ['BAAI/bge-m3']\nEmbedder(model_name='other/thing')\ntitle = 'no/model'"
    sure = {m.model: m.uses[0].confidence for m in answer(tmp_path, text).models}
    assert sure == {
        "hf:some/thing": Confidence.LOW,
        "hf:BAAI/bge-m3": Confidence.MEDIUM,
        "hf:other/thing": Confidence.LOW,
    }


def test_a_constant_of_another_module_is_followed(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        pkg__config_py="MODEL = 'a/b'\nclass S:\n    name = 'c/d'\ns = S()\n",
        pkg__deep__use_py=f"{IMPORT}from ..config import MODEL, s\nfrom pkg import config\n"
        "AutoModel.from_pretrained(MODEL)\nAutoModel.from_pretrained(s.name)\nAutoModel.from_pretrained(config.S.name)",
    )
    places = {m.model: [str(u.place) for u in m.uses] for m in scan(root).models}
    assert places == {"hf:a/b": ["pkg/config.py:1"], "hf:c/d": ["pkg/config.py:3"]}


def test_modules_that_import_each_other_end(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        one_py=f"{IMPORT}from two import M\nAutoModel.from_pretrained(M)",
        two_py=f"{IMPORT}from one import M\nAutoModel.from_pretrained(M)",
    )
    assert len(scan(root).unresolved) == 2


def test_the_same_model_at_two_revisions_is_two_questions(tmp_path: Path) -> None:
    text = f"{IMPORT}AutoModel.from_pretrained('a/b')\nAutoModel.from_pretrained('a/b', revision='{'0' * 40}')"
    assert [(m.revision, m.pinned) for m in answer(tmp_path, text).models] == [(None, False), ("0" * 40, True)]


def test_a_folder_of_the_project_is_a_model_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "weights").mkdir()
    (model,) = answer(tmp_path, f"{IMPORT}AutoModel.from_pretrained('./weights')").models
    assert model.model == "file:./weights"
    assert model.ref
    assert model.ref.name == str((tmp_path / "weights").resolve())


@pytest.mark.parametrize("given", ["sys.argv[1]", "os.environ['MODEL']", "os.getenv('MODEL')"])
def test_a_name_from_outside_is_no_object_that_was_loaded_before(given: str, tmp_path: Path) -> None:
    text = f"import os\nimport sys\nfrom transformers import pipeline\npipeline('summarization', model={given})\n"
    (use,) = answer(tmp_path, text).unresolved
    assert (use.place.line, use.said) == (4, given)
