"""The facts of a deployment as people write them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleartitle.configuration.facts import READERS, deployment, mistakes
from cleartitle.errors import DataError, ManyDataErrors
from cleartitle.vocabulary.deployment import Agreement, Figure
from cleartitle.vocabulary.words import AgreementKind, Channel, Counted, Metric, Region

TODAY = dt.date(2026, 11, 25)


def test_facts_are_read_as_flags_and_as_toml_have_them() -> None:
    flags = {"commercial": True, "channel": ("hosted",), "offered_in": ("EU,US",), "users": ("2M@2026-10",)}
    toml = {
        "commercial": True,
        "channel": "hosted",
        "offered_in": ["EU", "United States"],
        "users": "2_000_000@2026-10",
    }
    assert deployment(flags, today=TODAY) == deployment(toml, today=TODAY)
    made = deployment(toml, today=TODAY)
    assert made.channels == frozenset({Channel.HOSTED})
    assert made.offered_in == frozenset({Region("EU"), Region("US")})
    assert made.figures == Figure.for_all(Metric.MONTHLY_ACTIVE_USERS, 2_000_000, on=dt.date(2026, 10, 1))
    assert made.today == TODAY


def test_what_is_not_stated_is_unknown_but_for_what_is_listed_as_done() -> None:
    made = deployment({})
    assert (made.commercial, made.channels, made.hosted_in, made.sanctions_screened) == (None, None, None, None)
    assert (made.fine_tunes, made.purposes, made.agreements) == (False, frozenset(), ())


def test_users_of_one_circle_stand_apart() -> None:
    made = deployment({"users": 5, "group_users": 7})
    assert {f.counted: f.value for f in made.figures} == {Counted.PRODUCT: 5, Counted.LICENSEE: 5, Counted.GROUP: 7}


def test_an_agreement_can_say_who_when_and_which_text() -> None:
    table = {"kind": "acceptance", "license": "llama3.1", "by": "Jane Doe", "on": TODAY, "reference": "box 3"}
    (made,) = deployment({"agreement": [table]}).agreements or ()
    about = "LicenseRef-Meta-Llama-3.1-Community"
    kind = AgreementKind.ACCEPTANCE
    assert made == Agreement(kind=kind, license=about, by="Jane Doe", on=TODAY, reference="box 3")


def test_every_mistake_is_named_with_its_key() -> None:
    wrong = {"comercial": True, "research": "yes", "channel": ["hostd"], "domicile": "Atlantis", "users": "many"}
    with pytest.raises(ManyDataErrors) as caught:
        deployment(wrong)
    said = [str(error) for error in caught.value.errors]
    assert len(said) == len(wrong)
    assert "did you mean 'commercial'" in said[0]
    assert [error.path for error in caught.value.errors] == ["", "research", "channel", "domicile", "users"]


def test_figures_that_contradict_each_other_are_a_mistake() -> None:
    with pytest.raises(DataError, match="contradict"):
        deployment({"product_users": 9, "group_users": 3})


@pytest.mark.parametrize("key", ["channel", "hosted_in", "recipient"])
def test_an_empty_list_is_no_statement(key: str) -> None:
    (wrong,) = mistakes({key: []})
    assert wrong.path == key


WILD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(stated=st.dictionaries(st.sampled_from(sorted(READERS)) | st.text(max_size=8), WILD, max_size=4))
def test_whatever_is_written_is_read_or_named(stated: dict[str, object]) -> None:
    wrong = mistakes(stated)
    if wrong:
        with pytest.raises(DataError):
            deployment(stated)
    else:
        deployment(stated)
