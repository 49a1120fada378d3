"""Fifty fully stated deployments over the best-known models of the atlas: what each gets, and why a review is one.

Run: ``python benchmarks/deployments.py`` (nothing is fetched). Target: at most 10 % reviews, each for a reason that a
lawyer would share. With ``--atlas``: every model of the atlas in one of these deployments, and why reviews are reviews.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections import Counter

from attrs import evolve

from cleartitle import atlas
from cleartitle.pipeline import check
from cleartitle.sources.chain import OFFLINE
from cleartitle.vocabulary.deployment import Deployment, Figure
from cleartitle.vocabulary.outcomes import Outcome
from cleartitle.vocabulary.words import Channel, Metric, Organization, Region

USD = "USD"
STARTUP = Deployment(
    commercial=True,
    research=False,
    production=True,
    organization=Organization.COMPANY,
    domicile=Region("US"),
    hosted_in=frozenset({Region("US")}),
    offered_in=frozenset({Region("US"), Region("CA")}),
    channels=frozenset({Channel.HOSTED}),
    recipients=frozenset(),
    figures=(
        *Figure.for_all(Metric.MONTHLY_ACTIVE_USERS, 200_000),
        *Figure.for_all(Metric.DAILY_ACTIVE_USERS, 20_000),
        *Figure.for_all(Metric.ANNUAL_REVENUE, 600_000, currency=USD),
        *Figure.for_all(Metric.MONTHLY_REVENUE, 50_000, currency=USD),
        *Figure.for_all(Metric.FUNDING, 0, currency=USD),
        *Figure.for_all(Metric.DEVICES, 0),
        *Figure.for_all(Metric.EMPLOYEES, 12),
    ),
    sanctions_screened=True,
    today=dt.date(2026, 11, 23),
)
BIG = (
    *Figure.for_all(Metric.MONTHLY_ACTIVE_USERS, 20_000_000),
    *Figure.for_all(Metric.DAILY_ACTIVE_USERS, 5_000_000),
    *Figure.for_all(Metric.ANNUAL_REVENUE, 900_000_000, currency=USD),
    *Figure.for_all(Metric.MONTHLY_REVENUE, 75_000_000, currency=USD),
    *Figure.for_all(Metric.FUNDING, 0, currency=USD),
    *Figure.for_all(Metric.DEVICES, 0),
    *Figure.for_all(Metric.EMPLOYEES, 4000),
)
GERMANY = frozenset({Region("DE")})
PROFILES = {
    "US startup, hosted": STARTUP,
    "German company, hosted": evolve(
        STARTUP, domicile=Region("DE"), hosted_in=GERMANY, offered_in=GERMANY, figures=BIG
    ),
    "Brazilian company, weights in a product": evolve(
        STARTUP,
        domicile=Region("BR"),
        hosted_in=frozenset({Region("BR")}),
        offered_in=frozenset({Region("BR")}),
        channels=frozenset({Channel.EMBEDDED}),
        recipients=frozenset({Organization.COMPANY}),
        figures=BIG,
    ),
    "US company, internal": evolve(STARTUP, channels=frozenset({Channel.INTERNAL}), figures=BIG),
    "university, research": evolve(
        STARTUP,
        commercial=False,
        research=True,
        production=False,
        organization=Organization.ACADEMIC,
        channels=frozenset({Channel.INTERNAL}),
    ),
}
MODELS = (
    "meta-llama/Llama-3.1-8B-Instruct",
    "meta-llama/Llama-3.2-11B-Vision-Instruct",
    "meta-llama/Llama-3.2-3B-Instruct",
    "meta-llama/Llama-3.3-70B-Instruct",
    "meta-llama/Llama-4-Scout-17B-16E-Instruct",
    "meta-llama/Llama-2-7b-chat-hf",
    "meta-llama/Meta-Llama-3-8B-Instruct",
    "google/gemma-2-9b-it",
    "google/gemma-3-12b-it",
    "mistralai/Mistral-7B-Instruct-v0.3",
    "mistralai/Mixtral-8x7B-Instruct-v0.1",
    "mistralai/Codestral-22B-v0.1",
    "mistralai/Mistral-Small-Instruct-2409",
    "Qwen/Qwen2.5-7B-Instruct",
    "Qwen/Qwen2.5-72B-Instruct",
    "Qwen/Qwen3-8B",
    "Qwen/Qwen-14B",
    "deepseek-ai/DeepSeek-R1",
    "deepseek-ai/DeepSeek-R1-Distill-Llama-8B",
    "deepseek-ai/deepseek-coder-6.7b-instruct",
    "tencent/Hunyuan-A13B-Instruct",
    "microsoft/phi-2",
    "microsoft/Phi-3.5-mini-instruct",
    "black-forest-labs/FLUX.1-dev",
    "black-forest-labs/FLUX.1-schnell",
    "stabilityai/stable-diffusion-xl-base-1.0",
    "runwayml/stable-diffusion-v1-5",
    "stabilityai/stable-diffusion-3.5-large",
    "bigscience/bloom",
    "bigcode/starcoder2-7b",
    "tiiuae/falcon-7b",
    "openai/whisper-large-v3",
    "openai-community/gpt2",
    "google-bert/bert-base-uncased",
    "FacebookAI/roberta-base",
    "sentence-transformers/all-MiniLM-L6-v2",
    "BAAI/bge-m3",
    "google/flan-t5-base",
    "facebook/nllb-200-distilled-600M",
    "facebook/musicgen-small",
    "01-ai/Yi-1.5-34B-Chat",
    "THUDM/chatglm3-6b",
    "NousResearch/Hermes-2-Theta-Llama-3-8B",
    "HuggingFaceH4/zephyr-7b-beta",
    "teknium/OpenHermes-2.5-Mistral-7B",
    "bartowski/Codestral-22B-v0.1-GGUF",
    "mosaicml/mpt-7b",
    "EleutherAI/pythia-6.9b",
    "microsoft/deberta-v3-base",
    "moonshotai/Kimi-K2-Instruct",
)


def whole_atlas() -> None:
    """Print what each model of the atlas gets as a startup's hosted service, and the rules that ask for a person."""
    counts: Counter[Outcome] = Counter()
    rules: Counter[str] = Counter()
    for name in atlas.names():
        verdict = check(name, STARTUP, source=OFFLINE).verdict
        counts[verdict.outcome] += 1
        if verdict.outcome is Outcome.REVIEW:
            rules.update({f.rule for f in verdict.findings if f.outcome is Outcome.REVIEW})
    print(f"{counts.total()} models of the atlas: {', '.join(f'{o} {counts[o]}' for o in Outcome)}")
    print(f"reviews, by rule: {', '.join(f'{rule} {n}' for rule, n in rules.most_common(8))}")


def main() -> None:
    """Print one line a deployment, then the counts."""
    counts: Counter[Outcome] = Counter()
    profiles = list(PROFILES.items())
    for number, model in enumerate(MODELS):
        name, deployment = profiles[number % len(profiles)]
        verdict = check(model, deployment, source=OFFLINE).verdict
        counts[verdict.outcome] += 1
        first = next((f for f in verdict.findings if f.outcome is verdict.outcome), None)
        why = first.message if first and verdict.outcome in (Outcome.REVIEW, Outcome.BLOCKED) else ""
        print(f"{verdict.outcome:8} {model:48} {name:40} {why[:150]}")
    reviews = counts[Outcome.REVIEW]
    print(f"{len(MODELS)} deployments: " + ", ".join(f"{o} {counts[o]}" for o in Outcome))
    print(f"reviews {reviews / len(MODELS):.0%} (target: at most 10 %)")


if __name__ == "__main__":
    whole_atlas() if "--atlas" in sys.argv[1:] else main()
