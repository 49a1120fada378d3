"""What is no license is said to be so, and has no terms."""

from __future__ import annotations

import pytest

from cleartitle.clauses import Problem, read
from cleartitle.vocabulary.terms import Terms

README = """# Acme

## Installation

    pip install acme

```python
import acme
```

## Usage

Run it. The license is MIT.

## Citation

Cite us.
"""
PRIVACY = """Privacy Policy

We may collect your personal data. Information we collect includes cookies. You agree to these terms.
"""
FRENCH = (
    "Le concédant accorde au réutilisateur un droit non exclusif et gratuit de réutilisation de l'information "
    "à des fins commerciales ou non, dans le monde entier et pour une durée illimitée. Le réutilisateur est libre "
    "de reproduire, copier, adapter, modifier, extraire et transformer l'information. "
) * 3


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", Problem.EMPTY),
        (" \n\t\n", Problem.EMPTY),
        ("\x7fELF\x00\x01\x02\x03" * 50, Problem.BINARY),
        ("\ufffd" * 300, Problem.BINARY),
        ("<!DOCTYPE html><html><body><h1>404 Not Found</h1></body></html>", Problem.ERROR_PAGE),
        ("Entry not found", Problem.ERROR_PAGE),
        (README, Problem.README),
        (PRIVACY, Problem.PRIVACY_POLICY),
        ("The quick brown fox.", Problem.NOT_A_LICENSE),
        (FRENCH, Problem.OTHER_LANGUAGE),
    ],
)
def test_it_says_what_it_is_not(text: str, problem: Problem) -> None:
    reading = read(text)
    assert (reading.problems, reading.terms) == ((problem,), Terms())


def test_a_license_in_a_page_is_read() -> None:
    page = "<html><body><p>You may use the model under this license for research only.</p></body></html>"
    assert read(page).terms.restrictions


def test_languages() -> None:
    assert read("您可以在遵守本协议的前提下使用、复制和修改本模型。").languages == ("zh",)
    assert read("You may use the model under this license.").languages == ("en",)
