"""How open a license is follows from its terms; silence and what nobody read are never taken for yes."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from cleartitle import catalog
from cleartitle.catalog import spdx
from cleartitle.openness import openness
from cleartitle.vocabulary.license import Checked, License
from cleartitle.vocabulary.openness import OpennessLevel, OpennessQuestion, Reply
from cleartitle.vocabulary.terms import Restriction, Terms, Territory
from cleartitle.vocabulary.words import Decision, LicenseId, Region, RestrictionKind, TerritoryBasis, UseCategory

DERIVED = (OpennessQuestion.NO_DISCRIMINATION, OpennessQuestion.ANY_FIELD, OpennessQuestion.AI_ACT)
NONE = Terms()
TEXTS = [i for i in catalog.ids() if catalog.get(i).checked is Checked.TEXT]


def ours(license_id: str, more: Terms = NONE) -> License:
    """Return a license of our own with the terms of an entry, and *more* besides."""
    entry = catalog.whole(LicenseId(license_id))
    return evolve(entry, id=LicenseId("LicenseRef-Ours"), terms=entry.terms.merge(more))


@pytest.mark.parametrize(
    ("license_id", "level"),
    [
        ("Apache-2.0", OpennessLevel.OPEN_SOURCE),
        ("GPL-3.0-or-later", OpennessLevel.OPEN_SOURCE),
        ("AFL-2.1", OpennessLevel.OPEN_SOURCE),
        ("CC0-1.0", OpennessLevel.OPEN),
        ("CC-BY-4.0", OpennessLevel.OPEN),
        ("CC-BY-NC-4.0", OpennessLevel.LIMITED),
        ("LicenseRef-Meta-Llama-3.1-Community", OpennessLevel.LIMITED),
        ("LicenseRef-CreativeML-OpenRAIL-M", OpennessLevel.LIMITED),
        ("LicenseRef-Tencent-Hunyuan-Large-Community", OpennessLevel.LIMITED),
        ("LicenseRef-Baichuan-2-Community", OpennessLevel.LIMITED),
        ("LicenseRef-Mistral-AI-Research", OpennessLevel.RESEARCH_ONLY),
        ("LicenseRef-Alibaba-Qwen-Research-2024-09-19", OpennessLevel.RESEARCH_ONLY),
        ("LicenseRef-OpenAI-Terms-of-Use-2024-12-11", OpennessLevel.CLOSED),
        ("JSON", OpennessLevel.UNKNOWN),
    ],
)
def test_levels(license_id: str, level: OpennessLevel) -> None:
    assert openness(catalog.whole(LicenseId(license_id))).level is level


@pytest.mark.parametrize(
    ("license_id", "replies"),
    [
        ("MIT", "yes yes yes"),
        ("CC-BY-ND-4.0", "yes yes no"),
        ("CC-BY-NC-4.0", "yes no no"),
        ("LicenseRef-Meta-Llama-3.1-Community", "no no no"),
        ("LicenseRef-Alibaba-Qwen-2024-09-19", "no yes no"),
        ("LicenseRef-CreativeML-OpenRAIL-M", "yes no unknown"),
        ("LicenseRef-Moonshot-Modified-MIT-Kimi-K2", "unknown yes unknown"),
    ],
)
def test_replies(license_id: str, replies: str) -> None:
    found = openness(catalog.whole(LicenseId(license_id)))
    assert " ".join(found.reply(question) for question in DERIVED) == replies


@pytest.mark.parametrize("license_id", [i for i in TEXTS if (row := spdx.listed(i)) and row.osi])
def test_the_terms_of_what_osi_approved_do_not_speak_against_it(license_id: LicenseId) -> None:
    renamed = openness(ours(license_id))
    assert renamed.level is not OpennessLevel.OPEN_SOURCE
    assert Reply.NO not in [renamed.reply(question) for question in DERIVED]


@pytest.mark.parametrize("license_id", catalog.ids())
def test_every_no_names_the_term_that_decided_it(license_id: LicenseId) -> None:
    for each in openness(catalog.whole(license_id)).replies:
        assert each.reasons or each.reply is Reply.YES


@pytest.mark.parametrize("license_id", catalog.ids())
def test_what_is_open_allows_it_all(license_id: LicenseId) -> None:
    entry = catalog.whole(license_id)
    if openness(entry).level is OpennessLevel.OPEN:
        assert not entry.terms.territories
        assert not [r for r in entry.terms.restrictions if r.uses - {UseCategory.ILLEGAL}]


@given(st.sampled_from(TEXTS), st.sampled_from(sorted(RestrictionKind)))
def test_a_further_limit_never_opens_a_license(license_id: LicenseId, kind: RestrictionKind) -> None:
    uses = frozenset({UseCategory.MEDICAL}) if kind is RestrictionKind.PROHIBITED_USES else frozenset()
    before = openness(ours(license_id))
    after = openness(ours(license_id, Terms(restrictions=(Restriction(kind=kind, uses=uses),))))
    order = [Reply.YES, Reply.UNKNOWN, Reply.NO]
    for question in DERIVED:
        assert order.index(before.reply(question)) <= order.index(after.reply(question))
    assert after.level not in (OpennessLevel.OPEN, OpennessLevel.OPEN_SOURCE)


def test_a_territory_discriminates() -> None:
    not_here = Territory(excluded=frozenset({Region("EU")}), by=frozenset({TerritoryBasis.DOMICILE}), section="5")
    found = openness(ours("MIT", Terms(territories=(not_here,))))
    assert found.reply(OpennessQuestion.NO_DISCRIMINATION) is Reply.NO
    said = next(each for each in found.replies if each.question is OpennessQuestion.NO_DISCRIMINATION)
    assert [(reason.says, reason.section) for reason in said.reasons] == [("not in EU", "5")]


def test_what_was_not_read_is_not_called_open() -> None:
    unread = evolve(ours("MIT"), checked=Checked.KNOWLEDGE)
    assert openness(unread).level is OpennessLevel.UNKNOWN
    assert openness(evolve(ours("MIT"), terms=Terms())).level is OpennessLevel.UNKNOWN


def test_a_grant_nobody_determined_is_not_called_open() -> None:
    grants = catalog.get(LicenseId("MIT")).terms.grants
    open_one = evolve(grants[0], decision=Decision.UNKNOWN, general=False, note="the text contradicts itself")
    assert openness(evolve(ours("MIT"), terms=Terms(grants=(open_one,)))).level is OpennessLevel.UNKNOWN
