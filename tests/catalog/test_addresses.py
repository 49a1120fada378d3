"""How people link to licenses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleartitle import atlas, catalog
from cleartitle.catalog import addresses, resolve
from cleartitle.vocabulary.statement import One, Unclear, Unknown, licenses
from cleartitle.vocabulary.words import LicenseId

LINKED = [(entry.id, address) for entry in catalog.every() for address in (entry.url, *entry.links) if address]
HUB = "https://huggingface.co"


@pytest.mark.parametrize(
    ("address", "license_id"),
    [
        ("https://llama.meta.com/llama3_1/license/", "LicenseRef-Meta-Llama-3.1-Community"),
        ("http://www.llama.com/llama3_1/license#top", "LicenseRef-Meta-Llama-3.1-Community"),
        (
            "https://raw.githubusercontent.com/meta-llama/llama-models/main/models/llama3_1/LICENSE",
            "LicenseRef-Meta-Llama-3.1-Community",
        ),
        (
            "https://github.com/meta-llama/llama-models/tree/main/models/llama3_1/LICENSE",
            "LicenseRef-Meta-Llama-3.1-Community",
        ),
        (
            "https://hf.co/meta-llama/Llama-3.1-8B/resolve/main/LICENSE?download=true",
            "LicenseRef-Meta-Llama-3.1-Community",
        ),
        ("https://ai.google.dev/gemma/terms?hl=de", "LicenseRef-Google-Gemma-Terms-2025-03-24"),
        ("https://mistral.ai/licenses/MNPL-0.1.md", "LicenseRef-Mistral-AI-Non-Production"),
        ("https://mistral.ai/licenses/MRL-0.1", "LicenseRef-Mistral-AI-Research"),
        (f"{HUB}/Qwen/Qwen2.5-3B/blob/main/LICENSE", "LicenseRef-Alibaba-Qwen-Research-2024-09-19"),
        (f"{HUB}/Qwen/Qwen2.5-72B/blob/main/LICENSE", "LicenseRef-Alibaba-Qwen-2024-09-19"),
        (f"{HUB}/Qwen/Qwen2.5-7B/raw/main/LICENSE", "Apache-2.0"),
        ("https://www.modelscope.cn/models/Qwen/Qwen2.5-7B-Instruct/file/view/master/LICENSE", "Apache-2.0"),
        (f"{HUB}/bigscience/bloom/blob/main/LICENSE", "LicenseRef-BigScience-BLOOM-RAIL-1.0"),
        (f"{HUB}/deepseek-ai/DeepSeek-V2/blob/main/LICENSE", "LicenseRef-DeepSeek-Model-1.0"),
        (f"{HUB}/black-forest-labs/FLUX.1-schnell/blob/main/LICENSE.md", "Apache-2.0"),
        ("https://creativecommons.org/licenses/by-nc/4.0/deed.de", "CC-BY-NC-4.0"),
        ("https://creativecommons.org/licenses/by-nc-sa/2.5/", "CC-BY-NC-SA-2.5"),
        ("https://creativecommons.org/licenses/by/3.0/us/", "CC-BY-3.0-US"),
        ("https://creativecommons.org/publicdomain/mark/1.0/", "CC-PDM-1.0"),
        ("https://opensource.org/licenses/mit-license.php", "MIT"),
        ("https://opensource.org/license/apache-2-0", "Apache-2.0"),
        ("https://www.gnu.org/licenses/old-licenses/gpl-2.0.en.html", "GPL-2.0-only"),
        ("https://apache.org/licenses/LICENSE-1.1", "Apache-1.1"),
    ],
)
def test_links_as_people_write_them(address: str, license_id: str) -> None:
    assert resolve.link(address) == One(license=LicenseId(license_id))


@pytest.mark.parametrize(
    "address",
    [
        "https://bfl.ai/legal/non-commercial-license-terms",
        "https://www.gnu.org/licenses/gpl.html",
        "https://www.nvidia.com/en-us/agreements/enterprise-software/nvidia-open-model-license/",
        f"{HUB}/01-ai/Yi-34B/blob/main/LICENSE",
    ],
)
def test_an_address_whose_text_has_changed_means_several(address: str) -> None:
    assert isinstance(resolve.link(address), Unclear)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.apache.org/licenses/",
        "https://creativecommons.org/licenses/by-nc-xx/4.0/",
        "https://creativecommons.org/licenses/by/3.0/xx/",
        "https://opensource.org/licenses/alphabetical",
        "https://github.com/nobody/nothing/blob/main/LICENSE",
        f"{HUB}/nobody/Qwen2.5-7B/blob/main/LICENSE",
        f"{HUB}/Qwen/Qwen2.5-7B/blob/main/LICENSE-CODE",
        f"{HUB}/Qwen/Qwen2.5-7B/blob/0123456789abcdef/LICENSE",
        f"{HUB}/Qwen/Qwen2.5-7B",
        "https://stability.ai/license",
        "https://www.llama.com/llama-downloads/",
        "javascript:alert(1)",
    ],
)
def test_an_address_that_is_near_is_unknown(address: str) -> None:
    assert isinstance(resolve.link(address), Unknown)


def test_the_license_file_of_a_derivative_is_not_taken_for_what_its_card_declares() -> None:
    made_from_others = [
        name
        for name in atlas.names()
        if (model := atlas.lookup(name)) and model.declared and model.declared.license
        if any(not base.startswith(f"{name.partition('/')[0]}/") for base in model.declared.base_models)
    ]
    assert made_from_others
    assert not any(addresses.of_model(f"{HUB}/{name}/blob/main/LICENSE") for name in made_from_others)


@given(
    st.sampled_from(LINKED),
    st.sampled_from(["{}", "{}/", "{}#license", "{}?x=1", " {} ", "{}."]),
    st.booleans(),
)
def test_what_makes_no_difference_in_an_address_makes_none(linked: tuple[str, str], shape: str, shout: bool) -> None:  # noqa: FBT001
    license_id, address = linked
    said = shape.format(address.upper() if shout else address)
    assert license_id in licenses(resolve.link(said))


@given(st.text(max_size=200))
def test_no_words_break_an_address(said: str) -> None:
    assert addresses.fold(addresses.fold(said)) is not None
    addresses.named(said)
    addresses.of_model(said)
