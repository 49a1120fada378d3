"""The attribution file."""

from __future__ import annotations

from attrs import evolve

from cleartitle.report.interface import Failed
from cleartitle.report.notice import notices
from cleartitle.vocabulary.artifact import TextFile
from report.samples import ATTACK, blocked, duties


def test_it_holds_the_exact_words_and_where_the_texts_are() -> None:
    text = notices([duties().analysis]).text
    assert "      Built with Llama\n" in text
    assert "      Llama 3.1 is licensed under the Llama 3.1 Community License, Copyright © Meta Platforms, Inc." in text
    assert "Official text: https://www.llama.com/llama3_1/license/" in text
    assert "Text of Llama 3.1 Community License Agreement: LICENSE, SHA-256 " in text
    assert "own/Llama-poet-lora: adapter for this" in text


def test_each_license_stands_once_with_the_models_it_is_for() -> None:
    text = notices([duties().analysis, blocked().analysis]).text
    assert text.count("(LicenseRef-Meta-Llama-3.1-Community)") == 1
    assert "For: own/Llama-poet-lora, meta-llama/Llama-3.1-8B" in text


def test_notice_files_and_holders_are_handed_on() -> None:
    text = notices([blocked().analysis]).text
    assert "NOTICE of small/poet-GGUF, as it stands:\n\n    Poet\n    Copyright 2024 Maker Ltd.\n" in text
    assert "© 2024 Maker Ltd" in text


def test_what_is_missing_is_said_first() -> None:
    found = notices([ATTACK.checks[0].analysis], [Failed(ref="no/body", message="no such repository")])
    assert any("gone/base could not be read" in gap for gap in found.gaps)
    assert any("the license of evil/poet is not known for certain" in gap for gap in found.gaps)
    assert "no/body could not be read: no such repository" in found.gaps
    assert found.text.index("NOT COMPLETE") < found.text.index("evil/poet\n")
    assert not notices([duties().analysis]).gaps


def test_the_same_model_in_two_lineages_stands_once() -> None:
    once, twice = notices([blocked().analysis]).text, notices([blocked().analysis, blocked().analysis]).text
    assert once.count("\nmaker/poet\n") == twice.count("\nmaker/poet\n") == 1


def test_a_hostile_notice_is_no_command_and_moves_no_cursor() -> None:
    analysis = blocked().analysis
    (root, *rest) = analysis.lineage.nodes
    assert root.artifact is not None
    bad = TextFile(path="NOTICE", data="::error::x\nred \x1b[31m\n##vso[task]y\n\u202ekcab".encode())
    root = evolve(root, artifact=evolve(root.artifact, texts=(bad,)))
    text = notices([evolve(analysis, lineage=evolve(analysis.lineage, nodes=(root, *rest)))]).text
    assert "    : :error::x\n    red [31m\n    ## vso[task]y\n    kcab\n" in text
